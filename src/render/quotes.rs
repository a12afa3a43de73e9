//! What is said of a paper elsewhere: the sentences of other papers' texts that name it.

use std::ops::Range;

use super::PageRenderer;
use super::view::Html;
use super::views::{MentionView, TextView};
use crate::model::Prose;
use crate::prose::{self, Target};
use crate::site::{EntryIndex, Meant, PaperIndex};

/// Longest quotation in characters.
const LONGEST: usize = 240;

/// The papers whose texts name a paper, each with the first sentence that does in every language that the page shows.
pub(super) fn quotes(press: &PageRenderer<'_>, paper: PaperIndex) -> Vec<MentionView> {
    let naming = press.site.mentioned_in(paper).iter();
    naming
        .map(|&by| MentionView { paper: press.paper_link(by), said: said_by(press, by, paper) })
        .collect()
}

fn said_by(press: &PageRenderer<'_>, by: PaperIndex, paper: PaperIndex) -> Vec<TextView> {
    let mut said: Vec<TextView> = Vec::new();
    for &entry in press.site.entries_of(by) {
        let shown = press.shown_of(entry);
        let texts = press.site.entry(entry).body.iter().map(|passage| &passage.text);
        for (text, lang) in texts.zip(press.langs_of(entry)) {
            let is_new = said.iter().all(|other| other.lang != lang.as_str());
            if is_new
                && press.edition.shows(&shown, lang)
                && let Some(quote) = sentence_about(press, paper, entry, text)
            {
                said.push(press.edition.text_view(lang.as_str().to_owned(), Html::of_text(&quote)));
            }
        }
    }
    said
}

/// The first sentence of a text that names a paper, as plain text.
fn sentence_about(
    press: &PageRenderer<'_>,
    paper: PaperIndex,
    entry: EntryIndex,
    text: &Prose,
) -> Option<String> {
    let seen = press.seen(&press.site.digest_of(entry).folder);
    let meant = |target: &Target| match target {
        Target::Paper(id) => press.site.paper_with_id(id),
        Target::Key(key) => press.site.paper_with_key(key),
        Target::Wikilink(name) => match seen.named(name)? {
            Meant::Entry(entry) => Some(press.site.paper_of(entry)),
            _ => None,
        },
    };
    let mentions = prose::mentions(&text.text).into_iter();
    let mut quotes = mentions
        .filter(|mention| meant(&mention.target) == Some(paper))
        .map(|mention| press.excerpt(&text.text[sentence(&text.text, &mention.span)], LONGEST));
    quotes.find(|quote| !quote.is_empty())
}

/// The sentence around a place in Markdown, within its paragraph.
fn sentence(text: &str, place: &Range<usize>) -> Range<usize> {
    let (before, after) = (&text[..place.start], &text[place.end..]);
    let paragraph = before.rfind("\n\n").map_or(0, |at| at + 2);
    let end = after.find("\n\n").map_or(text.len(), |at| place.end + at);
    let from = ends(&text[paragraph..place.start]).last().map_or(paragraph, |at| paragraph + at);
    let to = ends(&text[place.end..end]).next().map_or(end, |at| place.end + at);
    from..to
}

/// Where sentences end in a stretch of text: behind a mark that white space or the end follows.
fn ends(text: &str) -> impl Iterator<Item = usize> {
    let marks =
        text.char_indices().filter(|(_, c)| matches!(c, '.' | '!' | '?' | '。' | '！' | '？'));
    marks.map(|(at, mark)| at + mark.len_utf8()).filter(|&end| {
        let wide = text[..end].ends_with(['。', '！', '？']);
        wide || text[end..].starts_with(char::is_whitespace)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sentence_ends_at_its_marks_or_with_its_paragraph() {
        let text =
            "Before. It burns like [the lamp](x), v1.5 too. After.\n\nAnother [[lamp]] here\n\nEnd";
        let at = text.find("[the").unwrap();
        assert_eq!(
            &text[sentence(text, &(at..at + 13))],
            " It burns like [the lamp](x), v1.5 too."
        );
        let at = text.find("[[").unwrap();
        assert_eq!(&text[sentence(text, &(at..at + 8))], "Another [[lamp]] here");
        let text = "심지는。 [[등잔]]을 닮았다. 끝.";
        let at = text.find("[[").unwrap();
        assert_eq!(text[sentence(text, &(at..at + 10))].trim(), "[[등잔]]을 닮았다.");
    }
}
