//! The head of a note as most people and programs write it: a heading that is the title, and lines that say what they
//! hold: `**Authors**: …`, `- **Authors:** …`, `> **作者**：…`, `Authors: …`, `authors:: …`, `| Authors | … |`.

use std::ops::Range;

use super::above::{self, Above};
use super::early::early;
pub(super) use super::label::{Label, label};
use super::value::{has_remark, is_nothing, links_of, marked_ids};
use super::{byline, cited, headed, links, quoted, section, tags};
use crate::diagnostic::{Code, Finding};
use crate::formats::by_hand::are_people;
use crate::formats::fields::{self, Field, Kind, Names};
use crate::formats::front_matter::Other;
use crate::formats::heading::{Title, title_of};
use crate::formats::list::is_paper;
use crate::formats::text::{Fence, Line, behind_bullet, breaks_paragraph, heading, is_quote};
use crate::formats::{Hints, dates, unknown};
use crate::model::{Link, PaperId};
use rustc_hash::FxHashSet;

/// More lines than these are no head.
const LONGEST: usize = 80;

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
    /// Whether a paper's authors or its title in full stand below it, or BibTeX or a reference in the text has its title.
    pub(super) is_of_paper: bool,
    /// Whether the first section below it is called the abstract, as in papers and in little else.
    pub(super) has_abstract: bool,
    /// The lines of the text that are no part of the head, those first that stand within it.
    pub(super) rest: Vec<Line<'t>>,
}

/// Reads the head of a text; `None` where it has no labels, and no heading that is the title beyond doubt. `told`: front
/// matter says what the text is about.
pub(super) fn read<'t>(all: &[Line<'t>], names: &Names, told: bool) -> Option<Head<'t>> {
    if let Some(head) = headed::read(all, names) {
        return Some(head);
    }
    let blank = |at: usize| all[at..].iter().take_while(|line| line.is_blank()).count();
    let start = blank(0);
    let way = all.get(start).filter(|line| links::is_way(line.text));
    let mut at = if way.is_some() { start + 1 + blank(start + 1) } else { start };
    let mut head = Head::default();
    at += properties(&all[at..], &mut head);
    let first = *all.get(at)?;
    let mut above = Above::default();
    if let Some((level, text)) = opening(first.text) {
        at += 1;
        above = titled(&all[at..], names, &mut head, (level, text, is_only(all, level)))?;
        head.title = head.title.map(|(title, _)| (title, first.start..first.end()));
    }
    let is_told = above.title.is_some() || !above.said.is_empty();
    let byline = (head.title.is_some() && !is_told).then(|| byline::read(&all[at..])).flatten();
    if let Some((said, lines)) = byline {
        head.is_of_paper = true;
        head.said.extend(said);
        at += lines;
    }
    let mut lines = Lines::of(all, names, at);
    if is_told {
        (head.is_of_paper, lines.kept) = (true, above.kept);
        head.said.extend(lines.kept.iter().filter(|line| is_whole_day(line)).map(saved));
        head.said.extend(above.said);
        let span = first.start..first.end();
        head.said.extend(above.title.map(|full| Other::of_line("title", full, span)));
        at += above.lines;
    }
    lines.read(at..at + LONGEST, false, &mut head);
    let start = lines.end;
    let is_bare = (head.title.is_some() || told) && lines.say_nothing(&head);
    let section = lines.section(is_bare, &mut head);
    let (at, from) = section.map_or((at, at), |from| (start, from));
    let Lines { end, marked, plain, kept, ids, .. } = lines;
    head.mention(&ids, names);
    if is_bare && head.links.is_empty() {
        let found = early(&all[at..], names).filter(|found| found.title.is_none());
        head.links.extend(found.map(|found| found.link));
    }
    head.has_abstract =
        head.level == 1 && all[end..].get(frames(&all[end..])).is_some_and(opens_abstract);
    let is_cited = |(title, _): &(Title, Range<usize>)| {
        cited::record(all, &Hints::default(), &title.words).is_some()
    };
    head.is_of_paper = head.is_of_paper || head.title.as_ref().is_some_and(is_cited);
    let is_titled = head.title.is_some() || told && plain > 0;
    let told = told || title_link(&head) || !head.links.is_empty() || head.is_of_paper;
    let is_head = marked > 0 || plain > 1 || head.has_abstract || is_titled && (plain > 0 || told);
    // A rule that parts the head from the text.
    let after = end + blank(end);
    let rule = all.get(after).is_some_and(|line| is_rule(line.text)) && marked + plain > 0;
    let below = all.get(end).map_or(usize::MAX, |line| line.start);
    head.rest = way.into_iter().chain(&all[at..from]).copied().collect();
    head.rest.extend(kept.into_iter().filter(|line| line.start < below));
    head.rest.extend(&all[if rule { after + 1 } else { end }..]);
    head.rest.sort_by_key(|line| line.start);
    is_head.then_some(head)
}

/// Properties above the title, as outlines have them: how many lines they take. Without a title below they are read as any.
fn properties(all: &[Line<'_>], head: &mut Head<'_>) -> usize {
    let is_property = |line: &Line<'_>| {
        label(line.text).is_some_and(|label| line.text.contains(&format!("{}::", label.name)))
    };
    let count = all.iter().take_while(|line| line.is_blank() || is_property(line)).count();
    let titled = all.get(count).is_some_and(|line| opening(line.text).is_some());
    if !titled {
        return 0;
    }
    for line in &all[..count] {
        let Some(label) = label(line.text) else { continue };
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

impl Head<'_> {
    /// Takes the only id that labels mention, where nothing else leads to the paper.
    fn mention(&mut self, ids: &FxHashSet<PaperId>, names: &Names) {
        if self.links.is_empty()
            && ids.len() == 1
            && !self.said.iter().any(|said| leads(said, names))
        {
            self.links.extend(ids.iter().map(|id| Link { key: None, url: id.url() }));
        }
    }

    /// Whether it has an id of the paper.
    fn is_identified(&self) -> bool {
        let texts = self.said.iter().flat_map(|said| &said.texts);
        let links = self.links.iter().map(|link| link.url.as_str());
        let mut all = links.chain(texts.map(String::as_str));
        all.any(|text| links_of(text).iter().any(|link| PaperId::parse(&link.url).is_some()))
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
    let title = title_of(text);
    let is_free = fields::named(&title.words, names).is_none();
    let linked = above::read(below, names).filter(|above| is_free && above.lines > 0);
    let is_linked = || {
        title.link.as_deref().is_some_and(is_paper)
            || is_free && (early(below, names).is_some() || byline::read(below).is_some())
    };
    if level == 1 && (is_free || is_only) || is_only && is_linked() || linked.is_some() {
        (head.is_only, head.level) = (is_only, level);
        head.title = Some((title, 0..0));
    } else if is_free {
        return None;
    }
    Some(linked.unwrap_or_default())
}

/// Lines of a head, as far as they are read.
struct Lines<'a, 't> {
    all: &'a [Line<'t>],
    names: &'a Names,
    /// Where the head ends.
    end: usize,
    /// How many lines have a label that more than a colon makes one, and how many others.
    marked: usize,
    plain: usize,
    /// What is no part of the head.
    kept: Vec<Line<'t>>,
    /// Ids that labels mention which are no links.
    ids: FxHashSet<PaperId>,
}

impl<'a, 't> Lines<'a, 't> {
    fn of(all: &'a [Line<'t>], names: &'a Names, end: usize) -> Self {
        let (kept, ids) = (Vec::new(), FxHashSet::default());
        Self { all, names, end, marked: 0, plain: 0, kept, ids }
    }

    /// Reads the section that says more of the paper, if there is one; where it starts.
    fn section(&mut self, is_bare: bool, head: &mut Head<'t>) -> Option<usize> {
        let start = self.end;
        let near = is_bare.then(|| section::read(self.all, start, self.names)).flatten();
        let section = near.or_else(|| self.more(start, head))?;
        self.end = section.start;
        let from = section.start;
        self.read(section, is_bare, head);
        Some(from)
    }

    /// A section further below with more labels, where those at the top give no id.
    fn more(&self, start: usize, head: &Head<'t>) -> Option<Range<usize>> {
        if head.title.is_none() || self.marked + self.plain == 0 || head.is_identified() {
            return None;
        }
        let section = section::read(self.all, start, self.names)?;
        let names_id = |line: &Line<'_>| {
            label(line.text).is_some_and(|label| {
                links_of(label.value).iter().any(|link| PaperId::parse(&link.url).is_some())
            })
        };
        self.all[section.clone()].iter().any(names_id).then_some(section)
    }

    /// Whether they say nothing of the paper: a day may be that of the note.
    fn say_nothing(&self, head: &Head<'_>) -> bool {
        let days = head.said.iter().filter(|other| is_day(&other.key, self.names)).count();
        self.marked + self.plain <= days && head.links.is_empty()
    }

    /// Reads lines of a range until one is none of a head's; all of it where the range is said to be a head.
    fn read(&mut self, range: Range<usize>, is_said: bool, head: &mut Head<'t>) {
        let mut at = range.start;
        while let Some(&line) = self.all.get(at).filter(|_| at < range.end) {
            let label = label(heading(line.text).map_or(line.text, |(_, text)| text));
            let field = label.as_ref().and_then(|label| fields::named(label.name, self.names));
            let links = || links::of_paper(line.text.trim_start_matches([' ', '\t', '>']));
            match (label, field) {
                (Some(label), Some(field)) if takes(field, &label) => {
                    *(if label.is_marked { &mut self.marked } else { &mut self.plain }) += 1;
                    head.said.extend(said(&line, &label));
                    self.kept.extend(has_remark(field, label.value).then_some(line));
                    if field.kind == Kind::Text {
                        at += goes_on(&self.all[at + 1..], &mut head.said);
                    }
                    self.end = at + 1;
                }
                // A property that only another program knows is said, and is no text.
                (Some(label), None)
                    if line.text.starts_with(label.name)
                        && line.text[label.name.len()..].starts_with("::") =>
                {
                    head.said.extend(said(&line, &label));
                    self.end = at + 1;
                }
                _ if links().is_some() => {
                    let above = self.named_above(at);
                    let keyed =
                        |link: Link| Link { key: link.key.or_else(|| above.clone()), ..link };
                    head.links.extend(links().into_iter().flatten().map(keyed));
                    self.end = at + 1;
                }
                (Some(label), field) if label.is_marked || field.is_some() => {
                    self.ids.extend(marked_ids(label.value));
                    head.unknown.extend(unnamed(&line, &label).filter(|_| field.is_none()));
                    self.kept.push(line);
                }
                // A day under the title is that of the note, and stays where it is.
                _ if head.title.is_some() && is_whole_day(&line) => {
                    head.said.push(saved(&line));
                    self.kept.push(line);
                    self.end = at + 1;
                }
                _ if is_said && !links::within(line.text).is_empty() => {
                    head.links.extend(links::within(line.text));
                    self.kept.push(line);
                }
                // Tags below the title, as some programs keep them.
                _ if head.title.is_some() && tags::of_line(line.text).is_some() => {
                    head.said.push(Other::of_line("tags", line.text, line.start..line.end()));
                    self.end = at + 1;
                }
                _ if head.title.is_some() && byline::linked(line.text).is_some() => {
                    let (people, link) = byline::linked(line.text).unzip();
                    let place = line.start..line.end();
                    head.said.extend(people.map(|text| Other::of_line("authors", text, place)));
                    head.links.extend(link);
                    self.end = at + 1;
                }
                // People that nothing marks, right above the link.
                _ if head.title.is_some() && self.is_byline(at) => {
                    head.said.push(Other::of_line("authors", line.text, line.start..line.end()));
                    self.end = at + 1;
                }
                _ if line.is_blank() || is_frame(line.text) || is_said && is_rule(line.text) => {}
                _ if is_said || self.goes_on(at) => self.keep(at),
                _ => break,
            }
            at += 1;
        }
        if is_said {
            self.end = range.end.min(self.all.len());
        }
    }

    /// Keeps a line, with the first line of a callout right above it: its kind says what the text in it is.
    fn keep(&mut self, at: usize) {
        let above = at.checked_sub(1).map(|at| self.all[at]);
        self.kept.extend(above.filter(|above| quoted::kind(above).is_some()));
        self.kept.push(self.all[at]);
    }

    /// What the label says that an indented line stands below: `- Code:`.
    fn named_above(&self, at: usize) -> Option<String> {
        let own = self.all[at].indent();
        let above = self.all[..at].iter().rev().take_while(|line| !line.is_blank());
        let above = above.take(LONGEST).find(|line| line.indent() < own)?;
        let label = label(above.text).filter(|label| label.value.is_empty())?;
        let field = fields::named(label.name, self.names)?;
        let is_other = field.kind == Kind::Link && field.name != "link";
        is_other.then(|| field.name.to_owned())
    }

    /// Whether a line names people, and the next that says something links a paper.
    fn is_byline(&self, at: usize) -> bool {
        let next = self.all[at + 1..].iter().find(|line| !line.is_blank());
        let links = |line: &Line<'_>| links::of_paper(line.text).is_some();
        are_people(self.all[at].text.trim().trim_matches(['*', '_'])) && next.is_some_and(links)
    }

    /// Whether a line that says nothing stands between the lines of one quote or list that do, or in a quote above one.
    fn goes_on(&self, at: usize) -> bool {
        let quoted = is_quote(self.all[at].text.trim_start());
        let is_of = |line: &Line<'_>| {
            line.text.trim_start().starts_with(['>', '-', '*', '+']) || quoted && line.is_blank()
        };
        let mut below = self.all[at + 1..]
            .iter()
            .take_while(|line| is_of(line))
            .filter(|line| !(line.is_blank() || is_frame(line.text)));
        let next = below.next().filter(|_| is_of(&self.all[at])).and_then(|line| label(line.text));
        next.is_some_and(|next| {
            next.is_marked
                && fields::named(next.name, self.names).is_some_and(|field| takes(field, &next))
        })
    }
}

/// Whether a line is a date and nothing else.
fn is_whole_day(line: &Line<'_>) -> bool {
    dates::whole(line.text).is_some_and(|when| when.year.is_some())
}

fn saved(line: &Line<'_>) -> Other {
    Other::of_line("saved", line.text, line.start..line.end())
}

fn leads(said: &Other, names: &Names) -> bool {
    fields::named(&said.key, names).is_some_and(Field::leads_to_paper)
}

fn is_day(name: &str, names: &Names) -> bool {
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

/// Whether a line of this field belongs to the head, and is no text of the writer's.
pub(super) fn takes(field: Field, label: &Label<'_>) -> bool {
    match field.kind {
        Kind::Text => field.name == "abstract" && !label.value.is_empty(),
        Kind::Line => field.name != "remarks" && label.value.chars().count() <= 300,
        Kind::None => false,
        // What leads to a program on the writer's machine is nobody's business.
        Kind::Link => {
            !links_of(label.value).is_empty()
                || is_nothing(label.value)
                || label.value.contains("://")
        }
        Kind::Page => label.is_marked && label.value.is_empty() || field.name == "aliases",
        Kind::People | Kind::List | Kind::Day => true,
    }
}

/// Gives the last fact the lines that go on from it; how many.
fn goes_on(rest: &[Line<'_>], said: &mut [Other]) -> usize {
    let is_more = |line: &&Line<'_>| {
        !line.is_blank() && label(line.text).is_none() && !breaks_paragraph(line.text)
    };
    let count = rest.iter().take_while(is_more).count();
    if let Some(text) = said.last_mut().and_then(|other| other.texts.first_mut()) {
        text.extend(rest[..count].iter().flat_map(|line| ["\n", line.text]));
    }
    count
}

fn said(line: &Line<'_>, label: &Label<'_>) -> Option<Other> {
    let offset = |part: &str| line.start + (part.as_ptr() as usize - line.text.as_ptr() as usize);
    let place = |part: &str| offset(part)..offset(part) + part.len();
    let texts = vec![label.value.to_owned()];
    let (key_span, span) = (place(label.name), place(label.value));
    let other = Other { key: label.name.to_owned(), key_span, texts, span, is_of_document: false };
    (!is_nothing(label.value)).then_some(other)
}

/// What is to be said of a label that nobody knows, and that has the form of one: few words, and few of a value.
fn unnamed(line: &Line<'_>, label: &Label<'_>) -> Option<Finding> {
    let few = label.name.split_whitespace().count() <= 3 && label.value.chars().count() <= 200;
    let message =
        format!("the label `{}` is no field: its line is a part of the commentary", label.name);
    let finding = Finding::new(Code::OwnKey, message).at(line.start..line.end());
    (few && !is_nothing(label.value))
        .then(|| unknown::advise(finding, "", label.name, std::iter::once(label.value)))
}

/// A frame around labels: the head and the rule of a table, the first line of a callout, an empty line of a quote.
fn is_frame(line: &str) -> bool {
    let line = line.trim();
    let of_table = line.starts_with('|') && line.chars().all(|c| "|-: \t".contains(c));
    let inner = line.strip_prefix('>').map(str::trim);
    let callout = |inner: &str| {
        let after =
            inner.strip_prefix("[!").and_then(|rest| rest.split_once(']')).map(|(_, title)| title);
        after.is_some_and(|title| {
            let title = title.trim_start_matches(['-', '+']).trim();
            title.is_empty()
                || fields::named(title, &[]).is_some_and(|field| field.kind == Kind::Line)
        })
    };
    let of_page = ["[toc]", "[[toc]]", "<br>", "<br/>", "<br />", "</br>"];
    of_table
        || of_page.iter().any(|mark| line.eq_ignore_ascii_case(mark))
        || inner.is_some_and(|inner| inner.is_empty() || callout(inner) || names_link(inner))
}

/// `> Paper` above a link says what that is.
fn names_link(words: &str) -> bool {
    fields::named(words, &[]).is_some_and(Field::leads_to_paper)
}

/// How many lines at the start are blank or frames.
pub(super) fn frames(lines: &[Line<'_>]) -> usize {
    lines.iter().take_while(|line| line.is_blank() || is_frame(line.text)).count()
}

/// A thematic break.
fn is_rule(line: &str) -> bool {
    let line: String = line.split_whitespace().collect();
    line.len() >= 3
        && ["-", "*", "_"]
            .iter()
            .any(|mark| line.trim_matches(mark.chars().next().unwrap_or(' ')).is_empty())
}
