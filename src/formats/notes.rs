//! An Obsidian-style vault: one note a paper, dated by its file name.
//!
//! A note has a link first, then the title with its authors, the abstract as a quote, commentary, an
//! `<english>` block, a line of tags, and links to other notes; older notes leave most of it out.

mod above;
mod abstracts;
mod breaks;
mod byline;
mod cited;
mod credited;
mod early;
mod frame;
mod head_lines;
mod headed;
mod kind;
mod label;
mod labelled;
mod links;
mod name;
mod people;
mod quoted;
mod review;
mod said;
mod section;
mod slip;
mod tags;
mod tame;
mod title;
mod value;
mod works;

use jiff::civil::Date;
use rustc_hash::FxHashSet;

use crate::diagnostic::{Code, Finding};
use crate::model::{Digest, Entry, Lang, Link, Passage};

use super::front_matter::{self, Day, Front};
use super::heading::{title_of, unwrap};
use super::passages::Passages;
use super::text::{Fence, Line, behind_bullet, heading, lines};
use super::{Format, Hints, Maker, Reading, dates, fields, metadata};
pub(super) use kind::{is_note_name, opens_entry};
pub(super) use links::{called_so as link_called_so, of_paper as links_of};
pub(super) use name::{filed, in_brackets, take_placed};
use said::Said;
pub(super) use tags::cut_off as tags_at_end;

/// The format.
pub const FORMAT: &Format = &Format {
    name: "notes",
    about: "a folder of notes, one a paper, dated by their names: `250310 Title.md`",
    extensions: &["md", "txt"],
    maker: Maker::Writer,
    detect: kind::is_note,
    read,
};

/// Reads a note.
pub(super) fn read(text: &str, hints: &Hints<'_>) -> Reading {
    let mut front = front_matter::read(text, hints.names);
    let mut findings = std::mem::take(&mut front.findings);
    let all: Vec<Line<'_>> = lines(text, front.body..text.len()).collect();
    let mut entry = Entry::default();
    let labelled = labelled::read(&all, hints.names, &front);
    let others = std::mem::take(&mut front.others);
    let (mut said, mut rest) = if let Some(mut head) = labelled {
        findings.append(&mut head.unknown);
        let others = said::joined(std::mem::take(&mut head.said), others, hints.names);
        entry.links = std::mem::take(&mut head.links);
        let mut said = Said::of(others, hints.names, &mut entry, &mut findings);
        let rest = titled(text, head, (&mut said, name::title(hints)), &mut entry);
        (said, rest)
    } else {
        let said = Said::of(others, hints.names, &mut entry, &mut findings);
        (said, head(text, &all, name::title(hints), &mut entry))
    };
    let told = front.meta.title.texts.first().map(|(_, title)| title.as_str());
    link(&mut rest, (told, hints), &mut said, &mut entry);
    let titled = title::of_heading(&all, &mut rest, hints, &mut entry);
    if let Some(at) = titled.filter(|_| !said.has_authors()) {
        let from = skip_blank(&rest, at);
        let end = take_people(&rest, from, &mut entry);
        rest.drain(from..end);
    }
    let is_review =
        is_unlinked(&entry) && (review::is_review(&front.meta) || name::is_key(name::own(hints)));
    let date = dated(hints, &front, &said, &all);
    adopt(&mut front, (&mut said, name::title(hints)), &mut entry);
    refer(&rest, hints, &mut entry);
    if is_review && is_unlinked(&entry) {
        entry.links.extend(early::only(&rest));
    }
    abstracts::take_section(text, &mut rest, hints, &mut entry);
    unwrap(&mut entry);
    let whole = review::unkind(&mut entry);
    said.complete(&mut entry, &mut findings);
    name::complete(hints, &mut entry);
    review::name_also(whole, &mut entry);
    tame::findings(&mut findings, text);
    cited::read(&rest, hints, &mut entry);
    findings.extend(date.is_none().then(|| undated(&entry)));
    let (commentary, rest_findings) =
        commentary(text, rest, (name::title(hints), hints.languages), &mut entry);
    findings.extend(rest_findings);
    entry.body = commentary;
    if !hints.stem.is_empty() {
        entry.fields.insert(0, ("note".to_owned(), name::own(hints).to_owned()));
    }
    if entry.title.is_empty() {
        let finding =
            Finding::new(Code::MissingTitle, "neither the note nor its file name tells a title");
        findings
            .push(finding.at(entry.span.clone()).help("put `*Title* (Authors)` under its link"));
    }
    let digest = Digest { date, meta: front.meta, entries: vec![entry], ..Digest::default() };
    Reading { digests: vec![digest], findings, ..Reading::default() }
}

fn undated(entry: &Entry) -> Finding {
    Finding::new(Code::Undated, "the note has no date, and its name has none")
        .at(entry.span.clone())
        .help("rename it, such as `250312 Title.md`")
}

/// Looks for the paper where the head leads to none: a link of its title, one that is called the paper's, one near the start.
fn link(
    rest: &mut Vec<Line<'_>>,
    (told, hints): (Option<&str>, &Hints<'_>),
    said: &mut Said,
    entry: &mut Entry,
) {
    if !is_unlinked(entry) {
        return;
    }
    if let Some((link, people)) = early::by_title(rest, told.unwrap_or(&entry.title)) {
        entry.links.push(link);
        said.credit(people.as_deref());
    }
    if is_unlinked(entry) {
        entry.links.extend(links::called_so(rest.iter()));
    }
    if is_unlinked(entry) {
        call(rest, hints, said, entry);
    }
}

/// Takes the paper whose title a line near the start links; what the note was called by is another name then. A sentence that
/// points to the paper stays.
fn call(rest: &mut Vec<Line<'_>>, hints: &Hints<'_>, said: &mut Said, entry: &mut Entry) {
    let Some(found) = early::early(rest, hints.names) else { return };
    let Some(title) = found.title else {
        entry.links.extend(found.stays.then_some(found.link));
        return;
    };
    entry.links.push(found.link);
    said.credit(found.people);
    if let Some(venue) = found.venue {
        metadata::add_field(entry, "venue", venue);
    }
    let known = std::mem::take(&mut entry.title);
    title_of(title).give(entry);
    let is_other = known != entry.title && known != name::title(hints);
    said.title = said.title.take().or(Some(known).filter(|known| is_other && !known.is_empty()));
    rest.remove(found.at);
}

/// Takes what a section about the paper refers to.
fn refer(rest: &[Line<'_>], hints: &Hints<'_>, entry: &mut Entry) {
    if !is_unlinked(entry) {
        return;
    }
    if let Some((link, people)) = section::reference(rest, hints.names) {
        entry.links.push(link);
        if entry.authors.is_empty() {
            entry.authors = people;
        }
    }
}

/// Gives the note's paper what the front matter says: in a vault it speaks of the note, not of a day.
fn adopt(front: &mut Front, (said, name): (&mut Said, &str), entry: &mut Entry) {
    entry.tags.splice(0..0, std::mem::take(&mut front.meta.tags));
    let (addresses, mut names): (Vec<String>, Vec<String>) =
        std::mem::take(&mut front.meta.aliases)
            .into_iter()
            .partition(|name| name.contains('/') && !name.contains(' '));
    entry.fields.extend(
        addresses.iter().map(|address| alias(address)).filter(|(_, alias)| !alias.is_empty()),
    );
    let title =
        std::mem::take(&mut front.meta.title).texts.into_iter().next().map(|(_, title)| title);
    // The name of a file is no title where a key says one.
    if title.is_none() && entry.title == name {
        entry.title = said.title.take().unwrap_or_else(|| std::mem::take(&mut entry.title));
    }
    let is_of_paper = said.is_of_paper && entry.title != name;
    let is_told = entry.authors.is_empty() && entry.org.is_none() && !is_of_paper;
    let other = match title {
        Some(title) if is_told && !title.starts_with('@') => {
            entry.title_markup = None;
            Some(std::mem::replace(&mut entry.title, title)).filter(|before| before != name)
        }
        // Where the note itself says its title, this is one more name that links may use.
        title => title,
    };
    names.extend(
        [other, said.title.take()].into_iter().flatten().filter(|name| *name != entry.title),
    );
    if !names.is_empty() {
        entry.fields.push(("aliases".to_owned(), names.join(", ")));
    }
}

fn alias(address: &str) -> (String, String) {
    ("alias".to_owned(), address.trim_start_matches('/').to_owned())
}

/// Gives the entry the title that a labelled head tells, and reads on below it; what is left is commentary.
fn titled<'t>(
    text: &'t str,
    head: labelled::Head<'t>,
    (said, name): (&mut Said, &str),
    entry: &mut Entry,
) -> Vec<Line<'t>> {
    let mut rest = head.rest;
    match head.title {
        Some((title, place)) => {
            entry.span = place;
            let is_told = said.is_of_paper && title.link.is_none();
            entry.links.extend(title.link.clone().map(|url| Link { key: None, url }));
            metadata::one_a_paper(&mut entry.links);
            title.give(entry);
            // A heading with a day in it is what the writer calls the day's reading.
            let is_name = title.link.is_none() && (!head.is_only || name::says_day(&entry.title));
            if let Some(own) = said.title.take_if(|_| is_told || is_name) {
                let above = std::mem::replace(&mut entry.title, own);
                entry.title_markup = None;
                // The file may be called after the paper as well.
                if entry.title == name {
                    review::name_also(Some(above), entry);
                } else {
                    said.title = Some(above);
                }
            }
        }
        None if said.title.is_some() => entry.title = said.title.take().unwrap_or_default(),
        None => return self::head(text, &rest, name, entry),
    }
    let at = take_again(&rest, skip_blank(&rest, 0), name, entry);
    let at = if said.has_authors() { at } else { take_people(&rest, at, entry) };
    rest.drain(..skip_blank(&rest, at));
    let frames = frame::frames(&rest);
    // A callout that says so holds the abstract, wherever it stands above the first heading.
    let mut above = rest.iter().take_while(|line| heading(line.text).is_none());
    let in_callout = rest[..frames].last().is_some_and(|line| quoted::kind(line).is_some());
    let from = above.position(|line| quoted::kind(line).is_some_and(quoted::is_abstract));
    let from = from.unwrap_or(frames - usize::from(in_callout));
    let length = abstracts::take(text, &rest[from..], entry);
    rest.drain(from..from + length);
    rest
}

/// The note's day.
fn dated(hints: &Hints<'_>, front: &Front, said: &Said, all: &[Line<'_>]) -> Option<Date> {
    let folder = || dates::of_path(hints.folder, hints.stem).and_then(dates::When::date);
    match front.day {
        Day::On(date) => Some(date),
        Day::None | Day::Unsaid => {
            let told = said
                .date
                .or_else(|| name::dated(name::own(hints)).map(|(date, _)| date))
                .or(hints.date)
                .or_else(folder);
            told.or(said.saved)
                .or_else(|| {
                    let line = all.iter().find(|line| !line.is_blank())?.text.trim();
                    dates::whole(behind_bullet(line).unwrap_or(line))
                        .filter(|when| when.year.and(when.day).is_some())?
                        .date()
                })
                .or_else(|| saved_under(all))
                .or(said.edited)
        }
    }
}

/// Whether nothing leads to the paper so far.
fn is_unlinked(entry: &Entry) -> bool {
    entry.ids().is_empty() && entry.links.iter().all(links::is_beside)
}

/// The first day in a heading that says what was saved then: `## Highlights added March 10, 2025`, `### Imported: 2025-03-10`.
fn saved_under(all: &[Line<'_>]) -> Option<Date> {
    all.iter().find_map(|line| {
        let (_, title) = heading(line.text)?;
        let end = title.find(|c: char| c.is_ascii_digit() || c == ':')?;
        let words = title[..end].trim_start_matches("New ").trim();
        let named =
            |name: &str| fields::named(name, &[]).is_some_and(|field| field.name == "saved");
        let month = || words.rsplit_once(' ').is_some_and(|(words, _)| named(words));
        let when = dates::find(title).filter(|when| when.day.is_some())?;
        (named(words) || month()).then(|| when.date()).flatten()
    })
}

/// Reads what stands before the commentary; the lines that are left for it.
fn head<'t>(text: &str, all: &[Line<'t>], name: &str, entry: &mut Entry) -> Vec<Line<'t>> {
    let (slip, mut at) = lead(all, entry);
    entry.span = all.get(at).map_or(0..0, |line| line.start..line.end());
    at = take_links(all, at, entry);
    if let Some(title) = title::read(&all[at..], name, entry.links.is_empty()) {
        entry.span = all[at].start..all[at].end();
        at = skip_blank(all, at + title.lines);
        title.apply(entry);
        at = take_people(all, at, entry);
        if entry.links.is_empty() {
            at = take_links(all, at, entry);
        }
    } else {
        at = take_heading(all, at, name, entry);
        if entry.title.is_empty() {
            name.clone_into(&mut entry.title);
        } else {
            at = take_again(all, at, name, entry);
            at = take_people(all, at, entry);
        }
    }
    if let Some((quote, end)) = all.get(at).and_then(|line| quoted::quoted(text, line)) {
        entry.abstract_text = Some(quote);
        at += all[at..].iter().take_while(|line| line.start < end).count();
    }
    all[slip].iter().chain(&all[at..]).copied().collect()
}

/// What stands before a note's links or title: tags, which go to the entry, and a line or two that the writer did not put
/// there for long, which stay commentary. Returns their range, and where the head starts.
fn lead(all: &[Line<'_>], entry: &mut Entry) -> (std::ops::Range<usize>, usize) {
    let mut at = skip_blank(all, 0);
    while let Some(tags) = all.get(at).and_then(|line| tags::of_line(line.text)) {
        entry.tags.extend(tags);
        at = skip_blank(all, at + 1);
    }
    let end = at + all[at..].iter().take(3).take_while(|line| !line.is_blank()).count();
    let after = skip_blank(all, end);
    let mut title = after;
    while is_link(all, title) {
        title = skip_blank(all, title + 1);
    }
    let is_slip = end - at < 3
        && title > after
        && !is_link(all, at)
        && title::read(&all[at..], "", true).is_none();
    if is_slip && title::read(&all[title..], "", false).is_some() {
        (at..after, after)
    } else {
        (at..at, at)
    }
}

fn is_link(all: &[Line<'_>], at: usize) -> bool {
    all.get(at).is_some_and(|line| links::of_paper(line.text).is_some())
}

/// Takes a line that says the title again, perhaps with the authors.
fn take_again(all: &[Line<'_>], at: usize, name: &str, entry: &mut Entry) -> usize {
    let again = all.get(at).and_then(|_| title::read(&all[at..], name, false));
    let Some(again) = again.filter(|again| again.says(&entry.title)) else { return at };
    let next = skip_blank(all, at + again.lines);
    again.apply(entry);
    next
}

/// Takes authors that stand below the title.
fn take_people(all: &[Line<'_>], at: usize, entry: &mut Entry) -> usize {
    if !entry.authors.is_empty() || entry.org.is_some() {
        return at;
    }
    let Some((people, lines)) = people::read(&all[at..]) else { return at };
    metadata::add_people(entry, people);
    skip_blank(all, at + lines)
}

fn skip_blank(all: &[Line<'_>], from: usize) -> usize {
    all[from..].iter().position(|line| !line.is_blank()).map_or(all.len(), |lead| from + lead)
}

/// Takes a heading of the first level as the title where links follow, or where the note is called so; else nothing, for a
/// commentary may begin with one.
fn take_heading(all: &[Line<'_>], at: usize, name: &str, entry: &mut Entry) -> usize {
    let Some((1, title)) = all.get(at).and_then(|line| heading(line.text)) else { return at };
    let next = skip_blank(all, at + 1);
    let after = take_links(all, next, entry);
    let title = title_of(title);
    if after == next && name::before(name, &title.words).is_none() {
        return at;
    }
    title.give(entry);
    after
}

/// Takes lines that hold nothing but links; the next line that holds something.
fn take_links(all: &[Line<'_>], from: usize, entry: &mut Entry) -> usize {
    let known: FxHashSet<String> = entry.links.iter().map(|link| link.url.clone()).collect();
    let mut at = from;
    while let Some(links) = all.get(at).and_then(|line| links::of_paper(line.text)) {
        // Front matter may name it as well.
        entry.links.extend(links.into_iter().filter(|link| !known.contains(&link.url)));
        at = skip_blank(all, at + 1);
    }
    at
}

/// The passages of the rest, without its tags and its links to other notes, which go to the entry.
fn commentary<'t>(
    text: &'t str,
    mut rest: Vec<Line<'t>>,
    (name, languages): (&str, &'t [Lang]),
    entry: &mut Entry,
) -> (Vec<Passage>, Vec<Finding>) {
    let mut fence = Fence::default();
    let is_code: Vec<bool> = rest.iter().map(|line| fence.take(line.text)).collect();
    let mut keep: Vec<bool> = vec![true; rest.len()];
    let tags = tags::take(&rest, &is_code, &mut keep, &mut entry.tags);
    let see = links::take(&rest, &is_code, &mut keep);
    // Tags may end the last paragraph as well.
    let end = (0..rest.len()).rev().find(|&index| keep[index] && !rest[index].is_blank());
    if let Some(index) = end.filter(|&index| !is_code[index]) {
        entry.tags.extend(tags::cut_off(&mut rest[index]));
    }
    let own = |target: &String| entry.links.iter().any(|link| link.url == *target);
    let see: Vec<String> = see.into_iter().filter(|target| !own(target)).collect();
    entry.fields.extend(see.into_iter().map(|target| ("see".to_owned(), target)));
    if entry.links.is_empty() {
        let titled = !entry.authors.is_empty() || entry.org.is_some();
        let names = [name, &entry.title];
        entry.links = links::below(&rest, &is_code, &mut keep, &names, titled);
    }
    // An `<english>` that never closes ends at the tags.
    let (mut passages, mut findings) = (Vec::new(), Vec::new());
    for part in [0..tags, tags..rest.len()] {
        let end = rest[part.clone()].last().map_or(0, |line| line.next);
        let kept = part.filter(|&index| keep[index]).map(|index| rest[index]);
        let (more, odd) = Passages::of(text, kept, end, languages);
        passages.extend(more);
        findings.extend(odd);
    }
    for passage in &mut passages {
        passage.text = breaks::hard(&std::mem::take(&mut passage.text));
    }
    (passages, findings)
}
