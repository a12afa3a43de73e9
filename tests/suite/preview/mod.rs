//! The real program serving a site in a temporary folder, and a small HTTP client of it.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

/// Long enough for a busy machine; nothing waits this long unless something is wrong.
const PATIENCE: Duration = Duration::from_mins(1);

/// What stands in every page of a preview and in no page of a build.
pub(crate) const SCRIPT: &str = "<script src=\"/__offprint/client.js\" defer></script>";

/// A running preview; ends when dropped.
pub(crate) struct Preview {
    program: Child,
    /// What it has said so far.
    said: Arc<Mutex<String>>,
    /// `127.0.0.1:4040`
    pub(crate) host: String,
}

/// An HTTP answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) headers: BTreeMap<String, String>,
    pub(crate) body: Vec<u8>,
}

impl Answer {
    pub(crate) fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    pub(crate) fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", String::as_str)
    }

    /// The body without the script of previews.
    pub(crate) fn as_built(&self) -> Vec<u8> {
        if self.header("content-type").starts_with("text/html") {
            self.text().replacen(SCRIPT, "", 1).into_bytes()
        } else {
            self.body.clone()
        }
    }
}

impl Preview {
    /// Serves a folder on a free port, with further options.
    pub(crate) fn start(root: &Path, options: &[&str]) -> Self {
        let mut command = crate::desk::program();
        command.args(["serve", "--root"]).arg(root).args(options);
        if !options.contains(&"--port") {
            command.args(["--port", "0"]);
        }
        let mut program = command
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let said = Arc::new(Mutex::new(String::new()));
        let (lines, heard) = (BufReader::new(program.stderr.take().unwrap()), Arc::clone(&said));
        std::thread::spawn(move || {
            for line in lines.lines().map_while(Result::ok) {
                let mut heard = heard.lock().unwrap();
                heard.push_str(&line);
                heard.push('\n');
            }
        });
        let mut preview = Self { program, said, host: String::new() };
        preview.until("it listens", |preview| preview.said().contains("serving at "));
        let said = preview.said();
        let address = said.split("serving at http://").nth(1).unwrap();
        address.split('/').next().unwrap().clone_into(&mut preview.host);
        preview
    }

    pub(crate) fn said(&self) -> String {
        self.said.lock().unwrap().clone()
    }

    /// Waits until something holds.
    pub(crate) fn until(&self, what: &str, holds: impl Fn(&Self) -> bool) {
        let start = Instant::now();
        while !holds(self) {
            assert!(
                start.elapsed() < PATIENCE,
                "{what}: not in {PATIENCE:?}; it said:\n{}",
                self.said()
            );
            std::thread::sleep(Duration::from_millis(5));
        }
    }

    /// Waits until a page holds a text, and returns it.
    pub(crate) fn until_page(&self, path: &str, text: &str) -> Answer {
        self.until(&format!("{path} holds {text:?}"), |preview| {
            preview.get(path).text().contains(text)
        });
        self.get(path)
    }

    /// The state that browsers are told.
    pub(crate) fn state(&self) -> serde_json::Value {
        let mut stream = self.connect();
        let request = format!("GET /__offprint/events HTTP/1.1\r\nHost: {}\r\n\r\n", self.host);
        stream.write_all(request.as_bytes()).unwrap();
        let mut lines = BufReader::new(stream).lines().map_while(Result::ok);
        let message = lines.find_map(|line| line.strip_prefix("data: ").map(str::to_owned));
        serde_json::from_str(&message.unwrap()).unwrap()
    }

    pub(crate) fn get(&self, path: &str) -> Answer {
        self.ask("GET", path, &[])
    }

    /// Any request, with further headers; `Host` among them replaces ours.
    pub(crate) fn ask(&self, method: &str, path: &str, headers: &[(&str, &str)]) -> Answer {
        let named = headers.iter().any(|(name, _)| *name == "Host");
        let mut request = format!("{method} {path} HTTP/1.1\r\nConnection: close\r\n");
        if !named {
            write!(request, "Host: {}\r\n", self.host).unwrap();
        }
        for (name, value) in headers {
            write!(request, "{name}: {value}\r\n").unwrap();
        }
        let mut stream = self.connect();
        stream.write_all(format!("{request}\r\n").as_bytes()).unwrap();
        let mut bytes = Vec::new();
        stream.read_to_end(&mut bytes).unwrap();
        parse(&bytes)
    }

    fn connect(&self) -> TcpStream {
        let stream = TcpStream::connect(&self.host).unwrap();
        stream.set_read_timeout(Some(PATIENCE)).unwrap();
        stream
    }

    /// Ends it as Ctrl-C does; the exit code.
    pub(crate) fn end(&mut self) -> Option<i32> {
        let told =
            Command::new("kill").args(["-INT", &self.program.id().to_string()]).status().unwrap();
        assert!(told.success());
        self.program.wait().unwrap().code()
    }
}

impl Drop for Preview {
    fn drop(&mut self) {
        // It may have ended already.
        let _ = self.program.kill();
        let _ = self.program.wait();
    }
}

fn parse(bytes: &[u8]) -> Answer {
    let end = bytes.windows(4).position(|window| window == b"\r\n\r\n").unwrap();
    let head = String::from_utf8_lossy(&bytes[..end]).into_owned();
    let mut lines = head.lines();
    let status = lines.next().unwrap().split(' ').nth(1).unwrap().parse().unwrap();
    let headers = lines
        .filter_map(|line| line.split_once(": "))
        .map(|(name, value)| (name.to_lowercase(), value.to_owned()));
    Answer { status, headers: headers.collect(), body: bytes[end + 4..].to_vec() }
}

/// A site in a temporary folder.
pub(crate) struct Desk {
    pub(crate) folder: tempfile::TempDir,
}

impl Desk {
    /// A small site in two languages below a sub-path, with a theme of its own, a page, an image and a vault.
    pub(crate) fn new() -> Self {
        let desk = Self { folder: tempfile::tempdir().unwrap() };
        desk.write("site/config.toml", CONFIG);
        desk.write("site/content/2025-03-12.md", FIRST);
        desk.write("site/content/2025-03-14.md", SECOND);
        desk.write("site/content/소개.md", "+++\ntitle = \"소개\"\n+++\n\n이 사이트에 대하여.\n");
        desk.write("site/content/images/lamp.svg", &svg(40));
        desk.write(
            "site/themes/mine/theme.toml",
            "name = \"mine\"\ntheme_api = 1\nextends = \"offprint\"\n",
        );
        desk.write(
            "site/themes/mine/templates/partials/footer.html",
            "<footer><p>{{ t(key=\"farewell\") }}</p></footer>\n",
        );
        desk.write("site/themes/mine/strings/en.toml", "farewell = \"Good night\"\n");
        desk.write("site/themes/mine/static/extra.css", "p { margin: 1em }\n");
        desk.write("vault/250310 Wax Tables.md", NOTE);
        desk
    }

    pub(crate) fn root(&self) -> PathBuf {
        self.path("site")
    }

    pub(crate) fn path(&self, path: &str) -> PathBuf {
        self.folder.path().join(path)
    }

    /// Writes a file in place, with its folders.
    pub(crate) fn write(&self, path: &str, text: &str) {
        let path = self.path(path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    }

    /// Writes a file beside and renames it over, as many editors do.
    pub(crate) fn save(&self, path: &str, text: &str) {
        let beside = format!("{path}.tmp~");
        self.write(&beside, text);
        std::fs::rename(self.path(&beside), self.path(path)).unwrap();
    }

    pub(crate) fn read(&self, path: &str) -> String {
        std::fs::read_to_string(self.path(path)).unwrap()
    }

    pub(crate) fn remove(&self, path: &str) {
        std::fs::remove_file(self.path(path)).unwrap();
    }
}

/// An image of a width.
pub(crate) fn svg(width: u32) -> String {
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" height=\"20\"><rect width=\"9\" height=\"9\"/></svg>\n"
    )
}

/// The configuration of the site.
pub(crate) const CONFIG: &str = r#"title = "등불 노트"
base_url = "https://example.org/notes/"
languages = ["ko", "en"]
timezone = "Asia/Seoul"
theme = "mine"
home = { digests = 2, papers = 30, pages = true }
authors = { min_papers = 1 }

[[sources]]
path = "../vault"
format = "notes"
"#;

/// A digest of two papers.
pub(crate) const FIRST: &str = r"+++
title = 'Lamps'
+++

A word before.

## Inferring the Wick from the Flame

(Ada Kerze, 김등불)
https://arxiv.org/abs/2503.00101

> Flames know their wicks.

등불은 심지를 안다. ![램프](images/lamp.svg)

::: en
The lamp knows its wick. See arXiv:2503.00102.
:::

#lamps #확산

## Oil Without Lamps

(Ada Kerze)
https://arxiv.org/abs/2503.00102

기름만으로도 된다.

#oil
";

/// A digest of one paper.
pub(crate) const SECOND: &str = r"## Lamps at Noon

(Bo Licht)
https://arxiv.org/abs/2503.00103

낮에 켠 등불에 대하여, [[250310 Wax Tables]]와 함께.

#lamps
";

const NOTE: &str =
    "https://arxiv.org/abs/2503.00099\n\n*Wax Tables* (Cy Wachs)\n\n밀랍 위에 쓴 표.\n\n#wax\n";
