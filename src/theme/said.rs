//! Short texts that a page says in several languages at once: dates, labels, the words of the interface.
//!
//! Such a text is one value to templates: all its versions between three characters that no text holds. Where it stands in a
//! finished page decides what becomes of it. Between tags, also in a drawing, each version gets an element of its own, of which
//! style sheets show one. In an attribute the first version stands, and all of them in another beside it, by a line each, from
//! which a script says it in the language that is read: `aria-label="등불" data-said-aria-label="등불⏎Lamps"`. In a title, where
//! neither can be, the first version stays.

use std::ops::Range;

use memchr::memmem;

use crate::model::Lang;

// Noncharacters: they mean nothing to anybody else.
const OPEN: &str = "\u{fdd0}";
const NEXT: &str = "\u{fdd1}";
const CLOSE: &str = "\u{fdd2}";
/// The first bytes of each.
const BEGINNING: &[u8] = b"\xef\xb7";

/// Elements whose text holds no elements.
const PLAIN: [&[u8]; 7] =
    [b"title", b"script", b"style", b"desc", b"option", b"textarea", b"noscript"];

/// One value of what is said in each language of a site, in the order of the languages.
pub fn join(texts: Vec<String>) -> String {
    if texts.iter().all(|text| *text == texts[0]) {
        return texts.into_iter().next().unwrap_or_default();
    }
    format!("{OPEN}{}{CLOSE}", texts.join(NEXT))
}

/// Whether a text has several versions.
pub fn is_several(text: &str) -> bool {
    text.contains(OPEN)
}

/// A finished file in which every such value has become what can stand there: elements only in a page of these languages.
pub fn spread(file: Vec<u8>, languages: Option<&[Lang]>) -> Vec<u8> {
    if memmem::find(&file, BEGINNING).is_none() {
        return file;
    }
    let mut out = Vec::with_capacity(file.len() + file.len() / 4);
    let openings = languages.map(openings);
    let mut done = 0;
    for at in memmem::find_iter(&file, OPEN) {
        if at < done {
            continue;
        }
        // Only a page has tags: elsewhere they would be looked for from each text back to the start of the file.
        let attribute_of = |languages| Some((languages, attribute_around(&file, at)?));
        if let Some((languages, (name, value))) = languages.and_then(attribute_of) {
            out.extend_from_slice(&file[done..value.start]);
            done = value.end;
            attribute(name, &file[value], languages.len(), &mut out);
            continue;
        }
        let start = at + OPEN.len();
        let end = memmem::find(&file[start..], CLOSE.as_bytes()).map(|length| start + length);
        // A text of somebody's may hold such a character alone.
        let Some(end) = end.filter(|&end| memchr::memchr(b'<', &file[start..end]).is_none()) else {
            continue;
        };
        out.extend_from_slice(&file[done..at]);
        done = end + CLOSE.len();
        let mut texts = versions(&file[start..end]);
        let element_of = |openings| Some((openings, element_behind(&file[..at])?));
        match openings.as_ref().and_then(element_of) {
            Some((openings, name)) => elements(texts, name, openings, &mut out),
            None => out.extend_from_slice(texts.next().unwrap_or_default()),
        }
    }
    out.extend_from_slice(&file[done..]);
    without_marks(out)
}

fn versions(text: &[u8]) -> impl Iterator<Item = &[u8]> {
    let cuts = memmem::find_iter(text, NEXT).map(Some).chain([None]);
    cuts.scan(0, |from, cut| {
        let part = &text[*from..cut.unwrap_or(text.len())];
        *from = cut.map_or(text.len(), |cut| cut + NEXT.len());
        Some(part)
    })
}

/// The attribute of an element for people that a place is in: its name, and where its value stands.
fn attribute_around(file: &[u8], at: usize) -> Option<(&[u8], Range<usize>)> {
    let open = memchr::memrchr2(b'<', b'>', &file[..at]).filter(|&open| file[open] == b'<')?;
    let tag = &file[open + 1..at];
    if tag.starts_with(b"meta") || tag.starts_with(b"link") {
        return None;
    }
    let quote = memchr::memrchr(b'"', tag)?;
    let before = tag[..quote].strip_suffix(b"=")?;
    let name = &before[memchr::memrchr2(b' ', b'\n', before)? + 1..];
    let start = open + 1 + quote + 1;
    let end = start + memchr::memchr(b'"', &file[start..])?;
    Some((name, start..end))
}

/// The value of an attribute in the first language, and behind it another with that of each.
fn attribute(name: &[u8], value: &[u8], languages: usize, out: &mut Vec<u8>) {
    let first = in_language(value, 0);
    out.extend_from_slice(&first);
    out.extend_from_slice(b"\" data-said-");
    out.extend_from_slice(name);
    out.extend_from_slice(b"=\"");
    out.extend_from_slice(&first);
    for place in 1..languages {
        out.push(b'\n');
        out.extend_from_slice(&in_language(value, place));
    }
}

/// A text with each such value in it as one language says it.
fn in_language(text: &[u8], place: usize) -> Vec<u8> {
    let (mut out, mut done) = (Vec::with_capacity(text.len()), 0);
    while let Some(at) = memmem::find(&text[done..], OPEN.as_bytes()).map(|at| done + at) {
        let start = at + OPEN.len();
        let Some(length) = memmem::find(&text[start..], CLOSE.as_bytes()) else { break };
        out.extend_from_slice(&text[done..at]);
        let mut said = versions(&text[start..start + length]);
        out.extend_from_slice(said.nth(place).unwrap_or_default());
        done = start + length + CLOSE.len();
    }
    out.extend_from_slice(&text[done..]);
    out
}

/// The element that a text behind this can be, between tags and in an element that can hold it.
fn element_behind(before: &[u8]) -> Option<&'static str> {
    let close = memchr::memrchr2(b'<', b'>', before).filter(|&at| before[at] == b'>')?;
    let open = memchr::memrchr(b'<', &before[..close]).unwrap_or(close);
    let tag = &before[open + 1..=close];
    let name = tag
        .strip_prefix(b"/")
        .unwrap_or(tag)
        .split(|b| !b.is_ascii_alphanumeric())
        .next()
        .unwrap_or_default();
    let element = if matches!(name, b"text" | b"tspan") { "tspan" } else { "span" };
    (!PLAIN.contains(&name)).then_some(element)
}

/// How the element of each language goes on behind its name, up to its classes, and its own class.
fn openings(languages: &[Lang]) -> Vec<(String, String)> {
    languages
        .iter()
        .enumerate()
        .map(|(place, lang)| {
            let turned = lang.direction() != languages[0].direction();
            let direction =
                if turned { format!(" dir=\"{}\"", lang.direction()) } else { String::new() };
            (format!(" lang=\"{lang}\"{direction} class=\""), format!("l{}", place + 1))
        })
        .collect()
}

/// `<span class="said">`, or whatever the element is called, with one for each language; those that say it alike share one. A
/// page has hundreds of them, so nothing is put together twice.
fn elements<'t>(
    texts: impl Iterator<Item = &'t [u8]>,
    name: &str,
    openings: &[(String, String)],
    out: &mut Vec<u8>,
) {
    let said: Vec<&[u8]> = texts.take(openings.len()).collect();
    let mut add = |parts: &[&[u8]]| parts.iter().for_each(|part| out.extend_from_slice(part));
    add(&[b"<", name.as_bytes(), b" class=\"said\">"]);
    for (place, text) in said.iter().enumerate() {
        if said[..place].contains(text) {
            continue;
        }
        let (opening, class) = &openings[place];
        add(&[b"<", name.as_bytes(), opening.as_bytes(), class.as_bytes()]);
        let alike = said.iter().zip(openings).skip(place + 1).filter(|(other, _)| *other == text);
        for (_, (_, class)) in alike {
            add(&[b" ", class.as_bytes()]);
        }
        add(&[b"\">", text, b"</", name.as_bytes(), b">"]);
    }
    add(&[b"</", name.as_bytes(), b">"]);
}

/// What is left of such characters came from somebody's text.
fn without_marks(file: Vec<u8>) -> Vec<u8> {
    if memmem::find(&file, BEGINNING).is_none() {
        return file;
    }
    match String::from_utf8(file) {
        Ok(text) => text.replace(['\u{fdd0}', '\u{fdd1}', '\u{fdd2}'], "").into_bytes(),
        Err(error) => error.into_bytes(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn page(text: &str) -> String {
        let languages = ["ko", "en", "ar"].map(|tag| Lang::parse(tag).unwrap());
        String::from_utf8(spread(text.as_bytes().to_vec(), Some(&languages))).unwrap()
    }

    fn said(texts: [&str; 3]) -> String {
        join(texts.map(str::to_owned).into())
    }

    #[test]
    fn what_is_said_alike_is_one_text() {
        assert_eq!(said(["BLIP", "BLIP", "BLIP"]), "BLIP");
        assert_eq!(
            page(&format!("<b>{}</b>", said(["등불", "Lamps", "Lamps"]))),
            "<b><span class=\"said\"><span lang=\"ko\" class=\"l1\">등불</span>\
             <span lang=\"en\" class=\"l2 l3\">Lamps</span></span></b>"
        );
        assert_eq!(
            page(&format!("<text x=\"1\">{}</text>", said(["등불", "Lamps", "Lamps"]))),
            "<text x=\"1\"><tspan class=\"said\"><tspan lang=\"ko\" class=\"l1\">등불</tspan>\
             <tspan lang=\"en\" class=\"l2 l3\">Lamps</tspan></tspan></text>"
        );
        let arabic = page(&format!("<b>{}</b>", said(["등불", "Lamps", "مصباح"])));
        assert!(arabic.contains("<span lang=\"ar\" dir=\"rtl\" class=\"l3\">"), "{arabic}");
    }

    #[test]
    fn where_no_elements_can_be_the_first_stays() {
        let lamps = said(["등불", "Lamps", "Lampes"]);
        for (before, after) in [
            ("<meta content=\"", "\">"),
            ("<p>a</p><title>", "</title>"),
            ("<title>a &gt; ", "</title>"),
            ("", " in a text"),
        ] {
            assert_eq!(page(&format!("{before}{lamps}{after}")), format!("{before}등불{after}"));
        }
        let feed = format!("<title>{lamps}</title><p>{lamps}</p>");
        let plain = spread(feed.into_bytes(), None);
        assert_eq!(String::from_utf8(plain).unwrap(), "<title>등불</title><p>등불</p>");
    }

    #[test]
    fn an_attribute_has_all_of_them_beside_it() {
        let [lamps, none] = [["등불", "Lamps", "Lampes"], ["없음", "none", "rien"]].map(said);
        assert_eq!(
            page(&format!(
                "<ul class=\"a\" title=\"{lamps}, {none}!\" id=\"b\"><li title=\"{none}\">"
            )),
            "<ul class=\"a\" title=\"등불, 없음!\" data-said-title=\"등불, 없음!\nLamps, none!\nLampes, rien!\" id=\"b\">\
             <li title=\"없음\" data-said-title=\"없음\nnone\nrien\">"
        );
        // Of feeds and data there is one version.
        let plain = spread(format!("<ul title=\"{lamps}\">").into_bytes(), None);
        assert_eq!(String::from_utf8(plain).unwrap(), "<ul title=\"등불\">");
    }

    #[test]
    fn such_characters_of_a_text_are_gone() {
        assert_eq!(page("<p>a\u{fdd0}b<i>c\u{fdd2}d</i>\u{fdd1}</p>"), "<p>ab<i>cd</i></p>");
        assert_eq!(page("<p>\u{fdd2}</p>"), "<p></p>");
    }
}
