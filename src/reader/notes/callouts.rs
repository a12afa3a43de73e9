//! Callouts, as Obsidian has them, as the alerts that every Markdown has: `> [!info]- Title` is a note with that title.

use crate::digest::Prose;
use crate::reader::text::{Fence, lines};

/// The alert that a kind of callout is; what nobody knows is a note, as in Obsidian.
fn alert(kind: &str) -> &'static str {
    match kind {
        "tip" | "hint" | "success" | "check" | "done" => "TIP",
        "important" => "IMPORTANT",
        "warning" | "attention" => "WARNING",
        "caution" | "danger" | "error" | "bug" | "failure" | "fail" | "missing" => "CAUTION",
        _ => "NOTE",
    }
}

/// The same text with alerts for callouts. A title becomes a first line in bold, and so does the name of a kind that no
/// alert has.
pub(super) fn as_alerts(prose: Prose) -> Prose {
    if !prose.text.contains("[!") {
        return prose;
    }
    let (mut out, mut from, mut fence) = (Prose::default(), 0, Fence::default());
    for line in lines(&prose.text, 0..prose.text.len()) {
        let Some(callout) = (!fence.take(line.text)).then(|| Callout::of(line.text)).flatten() else { continue };
        out.append(&prose.slice(from..line.start));
        callout.write(&mut out.text);
        from = line.end();
    }
    out.append(&prose.slice(from..prose.text.len()));
    out
}

/// The first line of a callout.
struct Callout<'t> {
    /// `> `, more of them where it is nested.
    quote: &'t str,
    kind: &'t str,
    title: &'t str,
}

impl<'t> Callout<'t> {
    fn of(line: &'t str) -> Option<Self> {
        let (quote, rest) = line.split_once("[!").filter(|(quote, _)| quote.contains('>'))?;
        let (kind, title) = rest.split_once(']')?;
        let is_kind = !kind.is_empty() && kind.chars().all(|c| c.is_alphanumeric() || c == '-');
        let quoted = quote.chars().all(|c| c == '>' || c == ' ');
        let title = title.trim_start_matches(['-', '+']).trim();
        (is_kind && quoted).then_some(Self { quote, kind, title })
    }

    fn write(&self, out: &mut String) {
        let Self { quote, kind, title } = *self;
        let lower = kind.to_lowercase();
        let alert = alert(&lower);
        let title = if title.is_empty() && alert.to_lowercase() != lower { kind } else { title };
        out.extend([quote, "[!", alert, "]"]);
        if !title.is_empty() {
            let stop = quote.trim_end();
            out.extend(["\n", quote, "**", title, "**\n", stop]);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn callouts_are_alerts() {
        for (text, alerts) in [
            ("> [!note]\n> a", "> [!NOTE]\n> a"),
            ("> [!TIP]- Try it\n> a", "> [!TIP]\n> **Try it**\n>\n> a"),
            ("> [!info]+\n> a", "> [!NOTE]\n> **info**\n>\n> a"),
            ("> > [!bug] x\n> > a", "> > [!CAUTION]\n> > **x**\n> >\n> > a"),
            ("```\n> [!info] x\n```", "```\n> [!info] x\n```"),
            ("a [!info] b", "a [!info] b"),
            ("> [![badge](a)](b)", "> [![badge](a)](b)"),
        ] {
            assert_eq!(as_alerts(Prose::new(text)).text, alerts, "{text}");
        }
    }
}
