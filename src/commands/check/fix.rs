//! `check --fix`: shows what can be put right without asking, asks all the same, and does it.

use super::super::{Console, hold, plural};
use crate::diagnostic::Finding;
use crate::diagnostic::print::Choice;
use crate::site::lint::fix::{self, Fixed};
use crate::system::edit::Edit;
use crate::workspace::{Clock, Request, Workspace};

/// Puts right what can be; what cannot is left to the check that follows.
pub(super) fn run(yes: bool, request: &Request, console: &Console, clock: &Clock) {
    // What is held back has mistakes as well. Settings that cannot be read are the check's to tell.
    let request = Request { drafts: true, future: true, ..request.clone() };
    let Ok(mut workspace) = Workspace::open(request.clone(), *clock) else { return };
    let (Some(site), Some(settings)) = (workspace.site(), workspace.settings()) else { return };
    let fixable = fix::fixable(&site, &settings.config);
    if fixable.is_empty() {
        return console.say("there is nothing that can be put right without asking");
    }
    let edits: Vec<Edit> = fixable.iter().map(|fixed| edit(fixed, &request)).collect();
    for edit in &edits {
        console.print(&edit.diff());
    }
    let changes = fixable.iter().map(|fixed| fixed.fixes.len()).sum();
    let what = format!("{} in {}", plural(changes, "change"), plural(edits.len(), "file"));
    match if yes { Some(true) } else { console.confirm(&format!("make {what}?")) } {
        Some(true) => {
            let _lock = hold(&request.root.join("content"), console);
            apply(&edits, &what, console);
        }
        Some(false) => console.say("nothing was changed"),
        None => console.say(&format!("nothing was changed; `--yes` makes {what} without asking")),
    }
}

fn edit(fixed: &Fixed, request: &Request) -> Edit {
    let shown = fixed.source.path.clone();
    let before = Some(fixed.source.text.clone());
    Edit { path: request.root.join(&shown), shown, before, after: fixed.text.clone() }
}

fn apply(edits: &[Edit], what: &str, console: &Console) {
    let failed: Vec<Finding> = edits.iter().filter_map(|edit| edit.apply().err()).collect();
    if failed.is_empty() {
        console.say(&format!("made {what}"));
    }
    console.findings(&failed, Choice { every: true, ..Choice::default() });
}
