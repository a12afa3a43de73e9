//! The lines of a head, read one by one: labels and what they say, links, people, days, and what is none of these.

use std::ops::Range;

use rustc_hash::FxHashSet;

use super::frame::is_frame;
use super::label::{Label, label};
use super::labelled::{Head, LONGEST, is_day, said, saved, takes};
use super::value::{has_remark, is_nothing, marked_ids, names_id};
use super::{byline, links, quoted, section, tags, works};
use crate::diagnostic::{Code, Finding};
use crate::formats::by_hand::are_people;
use crate::formats::fields::{self, Field, Kind, Names};
use crate::formats::front_matter::Other;
use crate::formats::text::{Line, behind_bullet, breaks_paragraph, heading, is_quote, is_rule};
use crate::formats::{dates, unknown};
use crate::model::{Link, PaperId, Tag};

/// Longest line of a property in characters.
const LONGEST_LINE: usize = 300;

/// So far below a line of callouts another may say something of the paper.
const CALLOUTS: usize = 24;

/// Lines of a head, as far as they are read.
pub(super) struct Lines<'a, 't> {
    pub(super) all: &'a [Line<'t>],
    pub(super) names: &'a Names,
    /// Where the head ends.
    pub(super) end: usize,
    /// How many lines have a label that more than a colon makes one, and how many others.
    pub(super) marked: usize,
    pub(super) plain: usize,
    /// How many labels of people and of links, also where the link is nothing.
    pub(super) leads: usize,
    /// Whether a row of links is a form that nobody filled in.
    pub(super) is_form: bool,
    /// What is no part of the head.
    pub(super) kept: Vec<Line<'t>>,
    /// Ids that labels mention which are no links.
    pub(super) ids: FxHashSet<PaperId>,
}

impl<'a, 't> Lines<'a, 't> {
    pub(super) fn of(all: &'a [Line<'t>], names: &'a Names, end: usize) -> Self {
        let (kept, ids) = (Vec::new(), FxHashSet::default());
        Self { all, names, end, marked: 0, plain: 0, leads: 0, is_form: false, kept, ids }
    }

    /// Reads the section that says more of the paper, if there is one; where it starts.
    pub(super) fn section(&mut self, is_bare: bool, head: &mut Head<'t>) -> Option<usize> {
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
        let mut labels = self.all[section.clone()].iter().filter_map(|line| label(line.text));
        labels.any(|label| names_id(label.value)).then_some(section)
    }

    /// Whether they say nothing of the paper: a day may be that of the note.
    pub(super) fn say_nothing(&self, head: &Head<'_>) -> bool {
        let days = head.said.iter().filter(|other| is_day(&other.key, self.names)).count();
        self.marked + self.plain <= days && head.links.is_empty()
    }

    /// Reads lines of a range until one is none of a head's; all of it where the range is said to be a head.
    pub(super) fn read(&mut self, range: Range<usize>, is_said: bool, head: &mut Head<'t>) {
        let mut at = range.start;
        while let Some(&line) = self.all.get(at).filter(|_| at < range.end) {
            let titled = heading(line.text);
            let label = label(titled.map_or(line.text, |(_, text)| text))
                .or_else(|| bare(&self.all[at..range.end.min(self.all.len())], is_said));
            let field = label.as_ref().and_then(|label| fields::named(label.name, self.names));
            match (label, field) {
                (Some(label), Some(field)) if takes(field, &label) => {
                    at = self.fact(at, (field, &label), head);
                }
                // A property of the writer's own may be all that is said of the paper.
                (Some(label), None) if is_property(&line, &label) => {
                    head.said.extend(said(&line, &label));
                    self.kept.extend(is_text(label.value).then_some(line));
                    self.end = at + 1;
                }
                (label, field) => {
                    let is_read = self.links(at, head)
                        || label.is_some_and(|label| self.other(at, (field, &label), head))
                        || self.unlabelled(at, is_said, head);
                    if !is_read {
                        break;
                    }
                }
            }
            at += 1;
        }
        if is_said {
            self.end = range.end.min(self.all.len());
        }
    }

    /// Takes what a label says that names a field, with what stands below it; the last line of that.
    fn fact(
        &mut self,
        at: usize,
        (field, label): (Field, &Label<'_>),
        head: &mut Head<'t>,
    ) -> usize {
        let line = self.all[at];
        *(if label.is_marked { &mut self.marked } else { &mut self.plain }) += 1;
        let tells = field.leads_to_paper() || field.name == "authors";
        self.leads += usize::from(tells);
        let (nested, length) = nested(&self.all[at..], (field, label));
        let mut last = at + length;
        let text = nested.join("; ");
        let told = if nested.is_empty() {
            said(&line, label)
        } else {
            Some(Other::of_line(label.name, &text, line.start..line.end()))
        };
        head.said.extend(told);
        self.kept.extend(has_remark(field, label.value).then_some(line));
        if field.kind == Kind::Text {
            last += goes_on(&self.all[last + 1..], &mut head.said);
        }
        self.end = last + 1;
        last
    }

    /// Takes links that are all of a line.
    fn links(&mut self, at: usize, head: &mut Head<'t>) -> bool {
        let text = self.all[at].text.trim_start_matches([' ', '\t', '>']);
        let Some(links) = links::of_paper(text) else { return false };
        let above = self.named_above(at);
        let keyed = |link: Link| Link { key: link.key.or_else(|| above.clone()), ..link };
        head.links.extend(links.into_iter().map(keyed));
        self.end = at + 1;
        true
    }

    /// Takes a line with a label that names no field, or one that takes no such value; whether it belongs to a head.
    fn other(
        &mut self,
        at: usize,
        (field, label): (Option<Field>, &Label<'_>),
        head: &mut Head<'t>,
    ) -> bool {
        let line = self.all[at];
        // A property of any name that is the address of a paper and nothing else is the paper's.
        if field.is_none() && self.leads_alone(label.value, head) {
            head.links.extend(links::of_paper(label.value).into_iter().flatten());
            let name = label.name;
            let message =
                format!("the label `{name}` is no field: its address is taken for the paper's");
            let place = line.start..line.end();
            head.unknown.push(Finding::new(Code::OwnKey, message).at(place));
            self.plain += 1;
            self.end = at + 1;
            return true;
        }
        // What only leads to a program on the writer's machine is for nobody else.
        if field.is_none_or(|field| field.kind == Kind::None) && is_of_machine(label.value) {
            // The address of the paper may stand beside it.
            let is_paper = |link: &Link| PaperId::parse(&link.url).is_some();
            head.links.extend(links::within(label.value).into_iter().filter(is_paper));
            self.end = at + 1;
            return true;
        }
        if !label.is_marked && field.is_none() && heading(line.text).is_none() {
            return false;
        }
        self.ids.extend(marked_ids(label.value));
        head.unknown.extend(unnamed(&line, label).filter(|_| field.is_none()));
        self.kept.push(line);
        true
    }

    /// Takes a line without a label; whether it belongs to a head.
    fn unlabelled(&mut self, at: usize, is_said: bool, head: &mut Head<'t>) -> bool {
        let line = self.all[at];
        let place = line.start..line.end();
        let is_titled = head.title.is_some();
        if is_titled && is_whole_day(&line) {
            // A day under the title is that of the note, and stays where it is.
            head.said.push(saved(&line));
            self.kept.push(line);
        } else if is_said && !links::within(line.text).is_empty() {
            head.links.extend(links::within(line.text));
            self.kept.push(line);
            return true;
        } else if let Some(tags) = tags::of_line(line.text).filter(|_| is_titled) {
            // Tags below the title, as some programs keep them.
            let words = tags.iter().map(Tag::as_str).collect::<Vec<_>>().join(", ");
            let is_html = line.text.trim_start().starts_with('<');
            head.said.push(Other::of_line("tags", if is_html { &words } else { line.text }, place));
        } else if let Some((people, link)) = byline::linked(line.text).filter(|_| is_titled) {
            head.said.push(Other::of_line("authors", people, place));
            head.links.push(link);
        } else if links::is_empty_form(line.text) {
            self.is_form = true;
        } else if is_titled && self.is_byline(at) {
            // People that nothing marks, right above the link.
            head.said.push(Other::of_line("authors", line.text, place));
        } else if line.is_blank() || is_frame(line.text) || is_said && is_rule(line.text) {
            return true;
        } else if self.is_below_people(at) && works::take(&line, head) {
            // Whom a label without a value names, and where they work, up to the next label.
        } else if self.is_below_people(at) && line.text.contains('@') {
            self.kept.push(line);
            return true;
        } else if is_said || self.goes_on(at) || self.is_in_block(at) {
            self.keep(at);
            return true;
        } else {
            return false;
        }
        self.end = at + 1;
        true
    }

    /// Whether a line without a label stands between one of people and another, in the same section.
    fn is_below_people(&self, at: usize) -> bool {
        let field = |line: &Line<'_>| fields::named(label(line.text)?.name, self.names);
        let above = self.all[..at].iter().rev().take(works::MOST).find_map(field);
        let below = self.all[at..].iter().take(works::MOST);
        let mut below =
            below.take_while(|line| heading(line.text).is_none() && !is_rule(line.text));
        above.is_some_and(|field| field.name == "authors")
            && below.any(|line| field(line).is_some())
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
        // Nearly every line is text, which takes long to tell from people, and has no link below it.
        next.is_some_and(links) && are_people(self.all[at].text.trim().trim_matches(['*', '_']))
    }

    /// Whether a line that says nothing stands between the lines of one quote or list that do, or in a quote above one. What
    /// callouts say may have more lines.
    fn goes_on(&self, at: usize) -> bool {
        let quoted = is_quote(self.all[at].text.trim_start());
        let is_of = |line: &Line<'_>| {
            line.text.trim_start().starts_with(['>', '-', '*', '+']) || quoted && line.is_blank()
        };
        let says = |line: &Line<'_>| {
            label(line.text).is_some_and(|label| {
                let field = fields::named(label.name, self.names);
                label.is_marked && field.is_some_and(|field| takes(field, &label))
            })
        };
        let room = if quoted && self.is_in_callout(at) { CALLOUTS } else { 1 };
        let mut below = self.all[at + 1..]
            .iter()
            .take_while(|line| is_of(line))
            .filter(|line| !(line.is_blank() || is_frame(line.text)))
            .take(room);
        is_of(&self.all[at]) && below.any(says)
    }

    /// Whether a value is the address of a paper, where no other is known.
    fn leads_alone(&self, value: &str, head: &Head<'_>) -> bool {
        let is_id = |link: &Link| PaperId::parse(&link.url).is_some();
        let is_alone = value.contains("://")
            && links::of_paper(value).is_some_and(|all| all.iter().all(is_id));
        is_alone && head.title.is_some() && !head.is_identified() && self.ids.is_empty()
    }

    /// Whether a line stands in a paragraph of nothing but properties, at least two of which name fields.
    fn is_in_block(&self, at: usize) -> bool {
        let is_short = |line: &&Line<'_>| !line.is_blank() && line.text.len() < 2 * LONGEST_LINE;
        let above = self.all[..at].iter().rev().take(LONGEST).take_while(is_short);
        let below = self.all[at..].iter().take(LONGEST).take_while(is_short);
        let (mut known, mut others) = (0, 0);
        for line in above.chain(below) {
            match label(line.text) {
                Some(label) if fields::named(label.name, self.names).is_some() => known += 1,
                Some(label) if label.name.split_whitespace().count() < 4 => others += 1,
                _ => return false,
            }
        }
        known > 1 && known >= others
    }

    /// Whether a line of a quote is one of a callout.
    fn is_in_callout(&self, at: usize) -> bool {
        let above = self.all[..=at].iter().rev().take(CALLOUTS);
        let first = above.take_while(|line| is_quote(line.text.trim_start())).last();
        first.is_some_and(|line| quoted::kind(line).is_some())
    }
}

/// The items that stand further in below a label without a value, or right below one that is no item and has several values:
/// each is a part of it. Below a heading its value is the next line that says something.
fn nested<'t>(lines: &[Line<'t>], (field, of): (Field, &Label<'_>)) -> (Vec<&'t str>, usize) {
    let Some((first, below)) = lines.split_first().filter(|_| of.value.is_empty()) else {
        return (Vec::new(), 0);
    };
    let is_item = behind_bullet(first.text.trim_start()).is_some();
    let has_several = matches!(field.kind, Kind::People | Kind::List) && !is_item;
    let item = |line: &Line<'t>| {
        let text = behind_bullet(line.text.trim_start())?;
        let is_part = line.indent() > first.indent() || has_several;
        (is_part && label(text).is_none()).then(|| text.trim())
    };
    let items: Vec<&str> = below.iter().map_while(item).collect();
    let next = below.iter().position(|line| !line.is_blank());
    let value = next.map(|at| below[at].text.trim()).filter(|value| {
        heading(first.text).is_some()
            && heading(value).is_none()
            && label(value).is_none()
            && value.chars().count() <= LONGEST_LINE
    });
    match value.zip(next).filter(|_| items.is_empty()) {
        Some((value, at)) => (vec![value], at + 1),
        None => (items.iter().copied().filter(|text| !text.is_empty()).collect(), items.len()),
    }
}

/// A line of a section about the paper that is the name of a field and nothing else, above items: `분류`, `Authors`.
fn bare<'t>(lines: &[Line<'t>], is_said: bool) -> Option<Label<'t>> {
    let [first, second, ..] = lines else { return None };
    let name = first.text.trim();
    let field = fields::named(name, &[]).filter(|_| is_said)?;
    let has_several = matches!(field.kind, Kind::People | Kind::List);
    let is_above = behind_bullet(second.text.trim_start()).is_some();
    (has_several && is_above).then_some(Label { name, value: "", is_marked: true })
}

fn is_of_machine(value: &str) -> bool {
    ["zotero://", "file://", "obsidian://"].iter().any(|scheme| value.contains(scheme))
}

/// Whether a line is a property, `name:: value`.
fn is_property(line: &Line<'_>, label: &Label<'_>) -> bool {
    line.text.strip_prefix(label.name).is_some_and(|rest| rest.starts_with("::"))
}

/// Whether a value says more than a name or a state: some words, or a sentence in a script that parts none.
fn is_text(value: &str) -> bool {
    let is_place = value.contains("://") || value.starts_with("[[");
    !is_place
        && (value.split_whitespace().count() > 2 || !value.is_ascii() && value.chars().count() > 8)
}

/// Whether a line is a date and nothing else.
pub(super) fn is_whole_day(line: &Line<'_>) -> bool {
    dates::whole(line.text).is_some_and(|when| when.year.is_some())
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

/// What is to be said of a label that nobody knows, and that has the form of one: few words, and few of a value.
fn unnamed(line: &Line<'_>, label: &Label<'_>) -> Option<Finding> {
    let few = label.name.split_whitespace().count() <= 3 && label.value.chars().count() <= 200;
    let message =
        format!("the label `{}` is no field: its line is a part of the commentary", label.name);
    let finding = Finding::new(Code::OwnKey, message).at(line.start..line.end());
    (few && !is_nothing(label.value))
        .then(|| unknown::advise(finding, "", label.name, std::iter::once(label.value)))
}
