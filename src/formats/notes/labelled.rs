//! The head of a note as most people and programs write it: a heading that is the title, and lines that say what they
//! hold: `**Authors**: …`, `- **Authors:** …`, `> **作者**：…`, `Authors: …`, `authors:: …`, `| Authors | … |`.

use std::ops::Range;

use super::above::{self, Above};
use super::early::early;
use super::frame::{closes, frames, is_frame};
use super::head_lines::{Lines, is_whole_day};
pub(super) use super::label::{label, said, takes};
use super::review::is_kind;
use super::value::{is_nothing, names_id};
use super::{byline, cited, credited, headed, links, quoted, slip};
use crate::diagnostic::Finding;
use crate::formats::Hints;
use crate::formats::fields::{self, Field, Kind, Names};
use crate::formats::front_matter::{Front, Other};
use crate::formats::heading::{Title, title_of, unlabelled};
use crate::formats::list::is_paper;
use crate::formats::markdown::is_section;
use crate::formats::text::{Fence, Line, behind_bullet, heading, is_rule};
use crate::model::{Entry, Link, PaperId};
use rustc_hash::FxHashSet;

/// More lines than these are no head.
pub(super) const LONGEST: usize = 80;

/// A head, read.
#[derive(Default)]
pub(super) struct Head<'t> {
    /// What its labels say.
    pub(super) said: Vec<Other>,
    /// Labels that say what nobody knows: their lines are commentary.
    pub(super) unknown: Vec<Finding>,
    /// Links that stand alone on their lines.
    pub(super) links: Vec<Link>,
    /// The heading above all, and where it stands.
    pub(super) title: Option<(Title, Range<usize>)>,
    /// Whether the text has no other heading of its level or above.
    pub(super) is_only: bool,
    /// The level of that heading.
    pub(super) level: usize,
    /// Whether a paper's authors or its title in full stand below it, BibTeX or a reference in the text has its title, or some labels
    /// stand in it, one of them for a link or for people, though what they say may be nothing.
    pub(super) is_of_paper: bool,
    /// Whether the first section below it is called the abstract, as in papers and in little else.
    pub(super) has_abstract: bool,
    /// The lines of the text that are no part of the head, those first that stand within it.
    pub(super) rest: Vec<Line<'t>>,
}

/// Reads the head of a text; `None` where it has no labels, and no heading that is the title beyond doubt.
pub(super) fn read<'t>(all: &[Line<'t>], names: &Names, front: &Front) -> Option<Head<'t>> {
    let told = front.says_something();
    if let Some(head) = headed::read(all, names).or_else(|| credited::read(all)) {
        return Some(head);
    }
    let mut head = Head::default();
    let (mut at, mut before, called) = leading(all, names, &mut head);
    if front.meta.title.is_empty() {
        at = slip::to_title(all, at, names, (&mut before, &mut head)).unwrap_or(at);
    }
    let first = all.get(at)?;
    let (mut at, mut above) = open(all, at, (names, front), &mut head)?;
    let is_told = above.title.is_some() || !above.said.is_empty();
    let title = head
        .title
        .as_ref()
        .map(|(title, _)| front.meta.title.is_empty() || front.meta.title.says(&title.words));
    if let Some(is_own) = title.filter(|_| !is_told) {
        at = introduce(all, at, (&mut head, is_own), &mut before);
    } else if title.is_none() && !front.meta.title.is_empty() {
        at += refer(&all[at..], &mut head, &mut before, |entry| {
            entry.links.iter().any(|link| is_paper(&link.url))
        });
    }
    // What is told above has its own lines below the title.
    if !is_told {
        at = slip::to_facts(all, at, names, &mut before).unwrap_or(at);
    }
    let mut lines = Lines::of(all, names, at);
    if is_told {
        (head.is_of_paper, lines.kept) = (true, std::mem::take(&mut above.kept));
        head.said.extend(lines.kept.iter().filter(|line| is_whole_day(line)).map(saved));
        head.said.append(&mut above.said);
        let span = first.start..first.end();
        head.said.extend(above.title.map(|full| Other::of_line("title", full, span)));
        at += above.lines;
    }
    lines.read(at..at + LONGEST, false, &mut head);
    let start = lines.end;
    let is_bare = (head.title.is_some() || told) && lines.say_nothing(&head);
    let section = lines.section(is_bare, &mut head);
    let (at, from) = section.map_or((at, at), |from| (start, from));
    head.mention(&lines.ids, names);
    if is_bare && head.links.is_empty() {
        let found = early(&all[at..], names).filter(|found| found.title.is_none());
        head.links.extend(found.map(|found| found.link));
    }
    let is_head = head.tells(all, &lines, told);
    let called = called.filter(|line| !head.says(line.text));
    before.extend(called.filter(|line| !head.is_called(line, names)));
    before.extend(&all[at..from]);
    if section.is_some() && !lines.kept.iter().any(|line| line.start >= start_of(all, from)) {
        before.pop_if(|line| names_field(line, names));
    }
    head.rest = left(all, lines, before);
    is_head.then_some(head)
}

/// Whether a line is a heading that names a field: below it nothing else stood.
fn names_field(line: &Line<'_>, names: &Names) -> bool {
    let words = heading(line.text).map(|(_, text)| title_of(text).words);
    words.is_some_and(|words| fields::named(&words, names).is_some())
}

fn start_of(all: &[Line<'_>], at: usize) -> usize {
    all.get(at).map_or(usize::MAX, |line| line.start)
}

/// How many lines at the start are blank.
pub(super) fn blank(lines: &[Line<'_>]) -> usize {
    lines.iter().take_while(|line| line.is_blank()).count()
}

/// Reads what stands above the title: ways to other files, which stay, the name of the note, and properties. Where it ends.
fn leading<'t>(
    all: &[Line<'t>],
    names: &Names,
    head: &mut Head<'t>,
) -> (usize, Vec<Line<'t>>, Option<Line<'t>>) {
    let (mut at, mut before) = (blank(all), Vec::new());
    if let Some(way) = all.get(at).filter(|line| links::is_way(line.text)) {
        before.push(*way);
        at += 1 + blank(&all[at + 1..]);
    }
    let called = called(all, at, names).copied();
    at += usize::from(called.is_some());
    at += facts(&all[at..], names, head);
    (at, before, called)
}

/// Takes the first heading as the title, if there is one; where it ends, and what stands between it and a link near below.
/// `None` where it is something else.
fn open<'t>(
    all: &[Line<'t>],
    at: usize,
    (names, front): (&Names, &Front),
    head: &mut Head<'t>,
) -> Option<(usize, Above<'t>)> {
    let first = all.get(at)?;
    let Some((level, text)) = opening(first.text) else { return Some((at, Above::default())) };
    // `#### Title:: Lamps at Night` is a property like the others.
    let is_property = label(text)
        .is_some_and(|label| text.contains("::") && fields::named(label.name, names).is_some());
    if is_property {
        return Some((at, Above::default()));
    }
    let again = front.meta.title.says(&title_of(text).words);
    // Below a title a deeper heading is one of a section, unless it says the title again.
    if level > 1 && !front.meta.title.is_empty() && !again && label(text).is_none() {
        return Some((at, Above::default()));
    }
    let below = &all[at + 1..];
    // What says the title of the front matter again, or stands above callouts, is no section.
    let next = below.iter().find(|line| !line.is_blank());
    let is_top = again
        || next.is_some_and(|line| quoted::kind(line).is_some())
        || front.meta.title.is_empty() && names_people(front, names) && !is_section(text);
    let level = if is_top { 1 } else { level };
    let above = titled(below, names, head, (level, text, is_only(all, level)))?;
    let place = first.start..first.end();
    head.title = head.title.take().map(|(title, _)| (title, place));
    Some((at + 1, above))
}

/// Whether front matter names the authors of a paper, and no writer of the text.
fn names_people(front: &Front, names: &Names) -> bool {
    let mut people = front.others.iter().filter(|other| {
        let field = fields::named(&other.key, names);
        field.is_some_and(|field| field.name == "authors")
            && other.key.to_lowercase().ends_with('s')
    });
    people.any(|other| !other.texts.is_empty())
}

/// Takes a reference or people right below the title; where they end. The reference stays. Below a heading that is not the title
/// another is a section.
fn introduce<'t>(
    all: &[Line<'t>],
    at: usize,
    (head, is_own): (&mut Head<'t>, bool),
    before: &mut Vec<Line<'t>>,
) -> usize {
    let below = &all[at..];
    let opens = below.iter().find(|line| !line.is_blank()).and_then(|line| heading(line.text));
    if opens.is_some() && !is_own {
        return at;
    }
    let lines = refer(below, head, before, |_| true);
    if lines > 0 {
        return at + lines;
    }
    let is_dated =
        || head.title.as_ref().is_some_and(|(title, _)| byline::ends_with_year(&title.words));
    let one = || byline::one(below).filter(|_| is_dated());
    let Some((said, lines)) = byline::read(below).or_else(one) else { return at };
    head.is_of_paper = true;
    head.said.extend(said);
    at + lines
}

/// Takes a reference at the start that says so much, below a title or above the text; how many lines that takes.
fn refer<'t>(
    below: &[Line<'t>],
    head: &mut Head<'t>,
    before: &mut Vec<Line<'t>>,
    says_enough: impl Fn(&Entry) -> bool,
) -> usize {
    let found = cited::below(below).filter(|(_, entry)| head.level < 2 && says_enough(entry));
    let Some((line, entry)) = found else { return 0 };
    head.refer(&below[line], &entry);
    before.push(below[line]);
    line + 1
}

/// The lines that are no part of a head: those before and within it, and those below it without the rule that parts them from it.
fn left<'t>(all: &[Line<'t>], lines: Lines<'_, 't>, before: Vec<Line<'t>>) -> Vec<Line<'t>> {
    let Lines { end, marked, plain, kept, .. } = lines;
    let is_told = marked + plain > 0;
    let mut end = end;
    let mut after = end + blank(&all[end..]);
    // What closes the element that the head stands in.
    while let Some(line) = all.get(after).filter(|line| is_told && closes(line.text)) {
        end += all[end..].iter().take_while(|other| other.start <= line.start).count();
        after = end + blank(&all[end..]);
    }
    let rule = all.get(after).is_some_and(|line| is_rule(line.text)) && is_told;
    let below = all.get(end).map_or(usize::MAX, |line| line.start);
    let mut rest = before;
    rest.extend(kept.into_iter().filter(|line| line.start < below));
    rest.extend(&all[if rule { after + 1 } else { end }..]);
    rest.sort_by_key(|line| line.start);
    rest
}

/// A line above properties that is none of them: some programs write the name of the note there.
fn called<'a, 't>(all: &'a [Line<'t>], at: usize, names: &Names) -> Option<&'a Line<'t>> {
    let says = |line: &Line<'_>| {
        label(line.text).is_some_and(|label| {
            let is_property = line.text.contains(&format!("{}::", label.name));
            is_property && fields::named(label.name, names).is_some()
        })
    };
    // A title has a colon as well.
    let is_known = |line: &Line<'_>| {
        label(line.text).is_some_and(|label| fields::named(label.name, names).is_some())
            || line.text.contains("::")
    };
    let line = all.get(at).filter(|line| heading(line.text).is_none() && !is_known(line))?;
    let below = all[at + 1..].iter().filter(|line| !line.is_blank()).take(3);
    (below.filter(|line| says(line)).count() > 1).then_some(line)
}

/// Facts of the paper above the title: properties, as outlines have them, and above the only heading of the first level labels and
/// links; how many lines they take. Without a title below they are read as any.
fn facts(all: &[Line<'_>], names: &Names, head: &mut Head<'_>) -> usize {
    let is_property = |line: &Line<'_>| {
        label(line.text).is_some_and(|label| line.text.contains(&format!("{}::", label.name)))
    };
    let field = |line: &Line<'_>| {
        let label = label(line.text)?;
        fields::named(label.name, names).filter(|field| takes(*field, &label))
    };
    let row = |line: &Line<'_>| links::of_paper(line.text).filter(|_| field(line).is_none());
    let is_fact =
        |line: &Line<'_>| is_property(line) || field(line).is_some() || row(line).is_some();
    let count = all
        .iter()
        .take(LONGEST)
        .take_while(|line| line.is_blank() || is_frame(line.text) || is_fact(line))
        .count();
    let (above, below) = all.split_at(count);
    let are_properties = || above.iter().all(|line| line.is_blank() || is_property(line));
    let titled = below
        .first()
        .and_then(|line| opening(line.text))
        .is_some_and(|(level, _)| are_properties() || level == 1 && is_only(below, 1));
    let tells_title = |line: &Line<'_>| field(line).is_some_and(|field| field.name == "title");
    if !titled || above.iter().any(tells_title) {
        return 0;
    }
    for line in above {
        head.links.extend(row(line).into_iter().flatten());
        head.is_of_paper |=
            field(line).is_some_and(|field| field.leads_to_paper() || field.name == "authors");
        let Some(label) = label(line.text).filter(|_| row(line).is_none()) else { continue };
        // What nobody knows is said, whatever it holds.
        let is_known = fields::named(label.name, &[]).is_some();
        let bare = || Other::of_line(label.name, label.value, line.start..line.end());
        head.said.extend(said(line, &label).or_else(|| (!is_known).then(bare)));
    }
    count
}

/// A heading, also one that is an item of an outline.
fn opening(line: &str) -> Option<(usize, &str)> {
    heading(line).or_else(|| heading(behind_bullet(line)?))
}

impl<'t> Head<'t> {
    /// Takes the only id that labels mention, where nothing else leads to the paper.
    fn mention(&mut self, ids: &FxHashSet<PaperId>, names: &Names) {
        if self.links.is_empty()
            && ids.len() == 1
            && !self.said.iter().any(|said| leads(said, names))
        {
            self.links.extend(ids.iter().map(|id| Link { key: None, url: id.url() }));
        }
    }

    /// Whether what was read is a head, and beyond doubt one of a paper; `told`: front matter says what the text is about.
    fn tells(&mut self, all: &[Line<'t>], lines: &Lines<'_, 't>, told: bool) -> bool {
        let below = &all[lines.end..];
        let is_form = lines.is_form || lines.leads > 0 && lines.marked > 2;
        self.has_abstract = self.level == 1 && below.get(frames(below)).is_some_and(opens_abstract);
        let is_cited = |(title, _): &(Title, Range<usize>)| {
            cited::record(all, &Hints::default(), &title.words).is_some()
        };
        let title = self.title.as_ref();
        self.is_of_paper =
            self.is_of_paper || title.is_some_and(|title| is_form || is_cited(title));
        let is_titled = self.title.is_some() || told && (lines.plain > 0 || self.is_of_paper);
        let told = told || title_link(self) || !self.links.is_empty() || self.is_of_paper;
        lines.marked > 0
            || lines.plain > 1
            || self.has_abstract
            || lines.is_form
            || is_titled && (lines.plain > 0 || told)
    }

    /// Takes the name of the note above its properties as the title, where they tell none; whether it did.
    fn is_called(&mut self, line: &Line<'t>, names: &Names) -> bool {
        let is_title = |other: &Other| {
            fields::named(&other.key, names).is_some_and(|field| field.name == "title")
        };
        let is_untold = self.title.is_none() && !self.said.iter().any(is_title);
        if is_untold {
            self.title = Some((title_of(line.text), line.start..line.end()));
            self.is_only = true;
        }
        is_untold
    }

    /// Takes what a reference on a line says of the paper.
    fn refer(&mut self, line: &Line<'_>, entry: &Entry) {
        let place = line.start..line.end();
        let people = entry.authors.join("; ");
        self.said.push(Other::of_line("authors", &people, place.clone()));
        let facts = entry.fields.iter().filter(|(key, _)| key == "venue" || key == "year");
        self.said.extend(facts.map(|(key, value)| Other::of_line(key, value, place.clone())));
        self.links.extend(entry.links.iter().cloned());
        self.is_of_paper = true;
    }

    /// Whether a label says the same words.
    fn says(&self, words: &str) -> bool {
        let plain = |text: &str| text.replace('\\', "").trim().to_owned();
        let words = plain(words);
        self.said.iter().flat_map(|said| &said.texts).any(|text| plain(text) == words)
    }

    /// Whether it has an id of the paper.
    pub(super) fn is_identified(&self) -> bool {
        let texts = self.said.iter().flat_map(|said| &said.texts);
        let links = self.links.iter().map(|link| link.url.as_str());
        let mut all = links.chain(texts.map(String::as_str));
        all.any(names_id)
    }
}

/// Takes the first heading as the title where it is that beyond doubt, and reads what stands between it and a link near below;
/// `None` where it is something else.
fn titled<'t>(
    below: &[Line<'t>],
    names: &Names,
    head: &mut Head<'t>,
    (level, text, is_only): (usize, &str, bool),
) -> Option<Above<'t>> {
    let title = title_of(unlabelled(text));
    // What only says which kind of text it is above is no title, nor is the label of one.
    let is_free = fields::named(&title.words, names).is_none() && !is_kind(&title.words);
    let linked = above::read(below, names).filter(|above| is_free && above.lines > 0);
    let is_linked = || {
        title.link.as_deref().is_some_and(is_paper)
            || is_free && (early(below, names).is_some() || byline::read(below).is_some())
    };
    let is_head = || is_free && is_credited(below, names) && is_alone(below, names, level);
    if level == 1 && is_free || is_only && is_linked() || linked.is_some() || is_head() {
        (head.is_only, head.level) = (is_only, level);
        head.title = Some((title, 0..0));
    } else if is_free {
        return None;
    }
    Some(linked.unwrap_or_default())
}

/// Whether no heading below is one of such a list as well, on this level or above.
fn is_alone(below: &[Line<'_>], names: &Names, level: usize) -> bool {
    let mut heads = (0..below.len())
        .filter(|at| heading(below[*at].text).is_some_and(|(other, _)| other <= level));
    !heads.any(|at| is_credited(&below[at + 1..], names))
}

/// Whether a list of labels begins below, the first of which says whom a paper is by or where it is.
fn is_credited(below: &[Line<'_>], names: &Names) -> bool {
    let first = below.iter().find(|line| !line.is_blank());
    let label = first.and_then(|line| label(line.text)).filter(|label| label.is_marked);
    label.is_some_and(|label| {
        let field = fields::named(label.name, names).filter(|_| !is_nothing(label.value));
        field.is_some_and(|field| field.kind == Kind::People || field.leads_to_paper())
    })
}

pub(super) fn saved(line: &Line<'_>) -> Other {
    Other::of_line("saved", line.text, line.start..line.end())
}

fn leads(said: &Other, names: &Names) -> bool {
    fields::named(&said.key, names).is_some_and(Field::leads_to_paper)
}

pub(super) fn is_day(name: &str, names: &Names) -> bool {
    fields::named(name, names).is_some_and(|field| field.kind == Kind::Day)
}

/// Whether a line is the heading of an abstract, with a number before it or without.
pub(super) fn opens_abstract(line: &Line<'_>) -> bool {
    let words = heading(line.text).map(|(_, title)| title_of(title).words).unwrap_or_default();
    let name = words.trim_start_matches(|c: char| !c.is_alphabetic());
    fields::named(name, &[]).is_some_and(|field| field.name == "abstract")
}

fn title_link(head: &Head<'_>) -> bool {
    head.title.as_ref().is_some_and(|(title, _)| title.link.is_some())
}

/// Whether a text has exactly one heading of a level or above.
pub(super) fn is_only(all: &[Line<'_>], level: usize) -> bool {
    let mut fence = Fence::default();
    let is_above = |line: &&Line<'_>| {
        !fence.take(line.text) && heading(line.text).is_some_and(|(other, _)| other <= level)
    };
    all.iter().filter(is_above).take(2).count() == 1
}
