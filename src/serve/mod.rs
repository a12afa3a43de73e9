//! `serve`: the site in a browser while it is being written.
//!
//! A watcher says what was touched, a workshop reads it again and makes a new whole `State`, and the
//! server answers every request from the state of the moment, rendering what is asked for. Three threads of
//! control, one way between them. Nothing is printed here: news go to whoever asked for the preview.

mod debounce;
mod edit_links;
mod host;
mod last_edit;
mod poll;
mod response;
mod retry;
mod server;
mod snapshot;
mod state;
mod told;
mod update;
mod watch;

use std::net::TcpListener;
use std::sync::Arc;
use std::time::Duration;

use tokio::sync::watch as channel;

pub use update::Change;

use crate::diagnostic::Finding;
use crate::workspace::{Clock, Request};
use state::State;
use update::Workshop;
use watch::Watch;

/// How to serve.
#[derive(Debug, Clone)]
pub struct Options {
    /// The address or name to listen on.
    pub host: String,
    /// The port; the next free one is taken where it is not.
    pub port: u16,
    /// How often to look for changes, instead of waiting for the system to tell.
    pub poll: Option<Duration>,
}

/// Something to tell whoever is looking.
#[derive(Debug)]
pub enum News {
    /// The server answers at these addresses; the first is the one to open.
    Listening(Vec<String>),
    /// The port asked for was taken; this one is used.
    PortTaken(u16, u16),
    /// Changes are looked for this often, and why.
    Polling(Duration, &'static str),
    /// The site changed.
    Changed(Change),
    /// What is wrong now and was not before.
    Findings(Vec<Finding>),
    /// What was wrong before and is no longer.
    Gone(Vec<Finding>),
    /// Sources have errors: the last good site stays.
    Broken(Vec<Finding>),
    /// The end was asked for.
    Ended,
}

/// Takes news; called from several threads.
pub type Tell = Arc<dyn Fn(News) + Send + Sync>;

/// Serves a site until the end is asked for; the error says why it could not begin.
pub fn serve(request: Request, options: &Options, clock: Clock, tell: &Tell) -> Result<(), String> {
    let (listener, port) = host::listen(&options.host, options.port)?;
    if port != options.port && options.port != 0 {
        tell(News::PortTaken(options.port, port));
    }
    let (sender, receiver) = channel::channel(Arc::new(State::default()));
    let mut workshop = Workshop::new(request, clock, sender, Arc::clone(tell));
    workshop.start();
    let base = workshop.base_path();
    let (watch, signals) = Watch::start(workshop.roots(), options.poll, tell);
    tell(News::Listening(host::addresses(&options.host, port, &base)));
    std::thread::spawn(move || workshop.work(&watch, &signals));
    let app = server::App::new(receiver, &options.host);
    run(listener, app).map_err(|error| format!("the server stopped: {error}"))?;
    tell(News::Ended);
    Ok(())
}

/// Answers until Ctrl-C; streams that are still open then are cut.
fn run(listener: TcpListener, app: server::App) -> std::io::Result<()> {
    let runtime =
        tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build()?;
    let result = runtime.block_on(async {
        listener.set_nonblocking(true)?;
        let listener = tokio::net::TcpListener::from_std(listener)?;
        let server = tokio::spawn(server::run(listener, app));
        end().await;
        server.abort();
        Ok(())
    });
    runtime.shutdown_timeout(Duration::from_millis(200));
    result
}

/// Waits for Ctrl-C, or for what a service manager sends instead.
async fn end() {
    #[cfg(unix)]
    {
        use std::future::{Future as _, poll_fn};
        use std::task::Poll;
        use tokio::signal::unix::{SignalKind, signal};
        if let Ok(mut terminate) = signal(SignalKind::terminate()) {
            let mut interrupt = std::pin::pin!(tokio::signal::ctrl_c());
            return poll_fn(|context| {
                match (terminate.poll_recv(context), interrupt.as_mut().poll(context)) {
                    (Poll::Pending, Poll::Pending) => Poll::Pending,
                    _ => Poll::Ready(()),
                }
            })
            .await;
        }
    }
    // Without a handler nothing would ever end; a failed one ends at once.
    let _ = tokio::signal::ctrl_c().await;
}
