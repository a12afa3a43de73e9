//! `publish --to`: builds, and brings an object store to what was built.

use std::sync::atomic::{AtomicU64, Ordering};

use camino::Utf8PathBuf;

use super::{build, figures, list, no_address, plural, read_config, tell};
use crate::cli::{Environment, Publish};
use crate::commands::{Console, Exit, hold};
use crate::diagnostic::print::Choice;
use crate::diagnostic::{Code, Finding};
use crate::output::bucket::{self, Steps};
use crate::output::publish;
use crate::system::store::{Access, IS_BUILT, Place, Store};
use crate::workspace::{self, Clock, Request};

pub(super) fn steps(
    options: &Publish,
    place: &Place,
    root: &Utf8PathBuf,
    (console, clock): (&Console, &Clock),
) -> Result<Exit, Vec<Finding>> {
    let store = open(options, place)?;
    let config = read_config(root)?;
    let base_url = options.base_url.clone().unwrap_or(config.base_url);
    if base_url.is_local() {
        return Err(no_address("").into());
    }
    let _held = hold(root, console);
    let there = store.list().map_err(|why| unreachable_store(place, &why))?;
    if !options.force {
        bucket::may_be_written(place, &there)?;
    }
    let request = Request {
        base_url: Some(base_url.clone()),
        cards: Environment::draws_cards(),
        ..Request::new(root.clone())
    };
    let report = build::make(&request, clock, console);
    console.findings(&report.findings, Choice { allow: report.allow.clone(), ..Choice::default() });
    let Some(written) = report.written.as_ref().filter(|_| !workspace::has_error(&report.findings))
    else {
        console.say(&format!(
            "nothing was published; {place} still holds the old site, if there is one"
        ));
        return Ok(Exit::Errors);
    };
    let site = root.join(&written.folder);
    let files = publish::files(&site)?;
    let steps = bucket::steps(&site, &files, &there)?;
    say(&steps, options, place, console);
    if !options.dry_run && !steps.changes.is_empty() {
        send(&site, &store, &steps, console)?;
        let address = base_url.absolute("");
        console.say(&format!("published to {place}: {}", figures(&steps.changes)));
        console.say(&format!("the site's address: {address}"));
        console.tell("address", address);
    }
    Ok(Exit::Done)
}

fn open(options: &Publish, place: &Place) -> Result<Store, Finding> {
    if !IS_BUILT {
        let finding = Finding::new(Code::Publish, "this program was built without object stores");
        return Err(
            finding.help("releases have them; from source: cargo install offprint --features s3")
        );
    }
    let access = Access {
        endpoint: options.endpoint.clone(),
        parallel: options.parallel,
        retries: options.retries,
        variables: Environment::object_store(),
    };
    if !access.variables.iter().any(|(name, _)| name == "AWS_ACCESS_KEY_ID") {
        let finding = Finding::new(Code::Publish, format!("nothing says who asks {place}"));
        return Err(finding.help(
            "put AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY into the environment, and AWS_REGION where the store has regions",
        ));
    }
    Store::open(place, &access).map_err(|why| unreachable_store(place, &why))
}

fn unreachable_store(place: &Place, why: &str) -> Finding {
    Finding::new(Code::Publish, format!("{place} cannot be asked: {why}")).help(
        "see whether the bucket exists and the key may list it; stores other than Amazon's need --endpoint",
    )
}

fn send(
    site: &Utf8PathBuf,
    store: &Store,
    steps: &Steps,
    console: &Console,
) -> Result<(), Finding> {
    let all: usize = steps.sent.iter().map(Vec::len).sum();
    let (bar, sent) = (console.progress(all as u64), AtomicU64::new(0));
    let taken = bucket::take(site, store, steps, &|| {
        bar.set_position(sent.fetch_add(1, Ordering::Relaxed) + 1);
    });
    bar.finish_and_clear();
    if taken.is_err() {
        let sent = sent.load(Ordering::Relaxed) as usize;
        console.say(&format!("{} of {all} were sent", plural(sent, "file")));
    }
    taken
}

fn say(steps: &Steps, options: &Publish, place: &Place, console: &Console) {
    console.tell("to", place.to_string());
    tell(&steps.changes, console);
    if options.dry_run {
        console.print(&list(&steps.changes));
        console.say(&format!("would publish to {place}: {}", figures(&steps.changes)));
    } else if steps.changes.is_empty() {
        console.say(&format!("{place} holds this very site already; nothing was sent"));
    }
}
