//! Author lists as people write them, in any style and language: whom they name, and the key under which spellings are
//! one person. Every format reads its lists here.

mod name;
mod others;
mod person;
mod pieces;
mod places;
mod plain;
mod whole;
mod words;

pub use name::{Name, in_order, is_group};
pub use others::tells_of_others;
use person::{Person, Style};
use pieces::{Mark, Piece};
pub use whole::kept as kept_whole;
pub(crate) use words::{has_year, is_nothing, is_suffix, is_venue, names_year};

use rustc_hash::FxHashSet;

use crate::model::route::slug;

/// What a list of authors says.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Authors {
    /// `TEAM:` before the names, or `for the TEAM` after them.
    pub team: Option<String>,
    /// The names, given name first where their script has one, else as spelt.
    pub names: Vec<String>,
    /// What the list says of those it leaves out: `and others` for `et al.`, else its own words.
    pub more: Option<String>,
    /// Where the paper appeared, where the list says that as well: `NeurIPS 2023`.
    pub venue: Option<String>,
    /// The year alone.
    pub year: Option<String>,
    /// Where people work: `Ada Wick (MIT)`.
    pub affiliations: Vec<String>,
    /// Degrees, forms of address and mail addresses, which are no part of any of the above.
    pub aside: Vec<String>,
}

/// Reads a list. Commas, semicolons, `and` and their like in other languages part names outside parentheses; `TEAM:` comes
/// first. Marks of footnotes, degrees and addresses are no part of a name. What stands in braces is one name, whatever it holds.
/// [`joined`] names read again are the same.
pub fn split(list: &str) -> Authors {
    if let Some(read) = whole::split(list) {
        return read;
    }
    if let Some(read) = with_places(list) {
        return read;
    }
    if let Some(names) = plain::names(list) {
        return of_names(&names);
    }
    let mut out = with_care(list);
    out.aside = aside(list, &out);
    // What is odd enough to be read otherwise the second time is read until it is not.
    for _ in 0..ROUNDS {
        let Some(again) = read_otherwise(&out.names) else { break };
        out.names = again.names;
        also(&mut out.team, again.team);
        also(&mut out.more, again.more);
        also(&mut out.venue, again.venue);
        // A list has one year; another stands in brackets that mean something else.
        let year = again.year.filter(|year| *out.year.get_or_insert_with(|| year.clone()) != *year);
        out.affiliations.extend(year.into_iter().chain(again.affiliations));
    }
    out
}

/// Reads a list with places of work behind names; `None` where it names none so.
fn with_places(list: &str) -> Option<Authors> {
    let (names, places) = places::cut(list)?;
    let mut out = split(&names);
    out.affiliations.extend(places);
    Some(out)
}

/// Whether a list names more than one.
pub(crate) fn has_several(list: &str) -> bool {
    let plain = plain::names(list).filter(|_| whole::split(list).is_none());
    plain.map_or_else(|| split(list).names.len() > 1, |names| names.len() > 1)
}

/// Adds what is said once more, behind a comma where it is something else.
fn also(said: &mut Option<String>, more: Option<String>) {
    match (said.as_mut(), more) {
        (Some(said), Some(more)) if *said != more => {
            said.push_str(", ");
            said.push_str(&more);
        }
        (None, more) => *said = more,
        _ => {}
    }
}

/// What [`joined`] names say when they are read, where that is not these names.
fn read_otherwise(names: &[String]) -> Option<Authors> {
    let beside_commas = differing(names, ", ")?;
    if names.len() > 1 { differing(names, "; ") } else { Some(beside_commas) }
}

/// What names say beside such a mark, where that is not these names.
fn differing(names: &[String], mark: &str) -> Option<Authors> {
    let are_plain = names.iter().all(|name| plain::name(name).is_some());
    if are_plain { None } else { Some(once(&names.join(mark))).filter(|read| read.names != names) }
}

/// How often a list is read: each time takes something from it, and two are nearly always enough.
const ROUNDS: usize = 8;

fn once(list: &str) -> Authors {
    plain::names(list).map_or_else(|| with_care(list), |names| of_names(&names))
}

fn of_names(names: &[&str]) -> Authors {
    Authors { names: names.iter().copied().map(str::to_owned).collect(), ..Authors::default() }
}

fn with_care(list: &str) -> Authors {
    let text = pieces::normal(list);
    let mut out = Authors::default();
    if is_nothing(&text) {
        return out;
    }
    let (team, rest) = pieces::team(&text);
    read(rest, &mut out);
    match team {
        // A team alone is whom the paper is by.
        Some(team) if out.names.is_empty() => read(team, &mut out),
        Some(team) => out.team = Some(team.to_owned()),
        None => {}
    }
    out
}

/// The degrees and addresses of a list that no name has.
fn aside(list: &str, read: &Authors) -> Vec<String> {
    let list = pieces::normal(list);
    let words = list.split([' ', ',', ';', '(', ')']).map(|word| word.trim_end_matches(':'));
    let mut found: Vec<&str> = words.filter(|word| words::is_aside(word)).collect();
    if !found.is_empty() {
        let said: FxHashSet<&str> = read.names.iter().flat_map(|name| name.split(' ')).collect();
        found.retain(|word| !said.contains(word));
    }
    found.into_iter().map(str::to_owned).collect()
}

/// Reads a list of which each item is one person, or at most a list itself: `Wick, Ada` is one.
pub fn of_items<'t>(items: impl Iterator<Item = &'t str>) -> Authors {
    let items: Vec<_> = items.map(str::trim).filter(|item| !item.is_empty()).collect();
    if items.iter().any(|item| places::is_place(item))
        && let Some(read) = with_places(&items.join(";"))
    {
        return read;
    }
    if items.iter().all(|item| plain::name(item).is_some()) {
        return of_names(&items);
    }
    let mut joined = items.join(";");
    // A semicolon says that a comma parts a family's name from a given one.
    if let [one] = items.as_slice()
        && person::is_inverted(one)
    {
        joined.push(';');
    }
    split(&joined)
}

/// The names of a list as one text that reads as these names.
pub fn joined(names: &[String]) -> String {
    // `Karthik R, Sriram S` would read as surnames with initials; beside semicolons nothing does.
    let shown: Vec<_> = names.iter().map(|name| whole::kept(name)).collect();
    let read: Vec<String> = names
        .iter()
        .zip(&shown)
        .filter(|(name, shown)| name == shown)
        .map(|(name, _)| name.clone())
        .collect();
    let mark = if read.len() > 1 && differing(&read, ", ").is_some() { "; " } else { ", " };
    shown.join(mark)
}

/// The key under which spellings of one person are the same: `Y.X. Wei` and `Y. X. Wei`, `Jia li` and `Jia Li`.
pub fn key(name: &str) -> String {
    // A dot ends an initial, so it parts names as a space does.
    if name.contains('.') { slug(&name.replace('.', " ")) } else { slug(name) }
}

fn read(text: &str, out: &mut Authors) {
    let pieces = pieces::of(text);
    let mut list = List { out, turned: false, numbered: false };
    if pieces.iter().any(|piece| piece.mark == Mark::Strong) {
        pieces.chunk_by(|_, next| next.mark != Mark::Strong).for_each(|group| list.group(group));
    } else if let [family, given] = names_of(&pieces).as_slice()
        && is_first_of_others(&pieces, family, given)
    {
        list.group(&pieces);
    } else if are_inverted(&pieces) {
        pieces.chunk_by(|_, next| next.mark != Mark::And).for_each(|group| list.group(group));
    } else if are_pairs(&pieces) {
        let names: Vec<Piece<'_>> =
            pieces.into_iter().filter(|piece| !piece.text.is_empty()).collect();
        names.chunks(2).for_each(|pair| list.group(pair));
    } else {
        list.plain(&pieces);
    }
}

/// Whether a list is people with the family's name first and nothing but commas between all: `Wick, Ada B., Flame, Bo`. Words alone
/// may be last names, so some must have a second given name or an initial, and always in the second place.
fn are_pairs(pieces: &[Piece<'_>]) -> bool {
    let names: Vec<&str> =
        pieces.iter().map(|piece| piece.text).filter(|text| !text.is_empty()).collect();
    let people = names.iter().take_while(|text| others::whole(text).is_none()).count();
    let (names, rest) = names.split_at(people);
    let tells = |given: &str| given.contains(' ') && !given.contains(['(', '[']);
    people > 3
        && people.is_multiple_of(2)
        && rest.len() < 2
        && names.chunks(2).all(|pair| person::is_pair(pair[0], pair[1]))
        && names.chunks(2).filter(|pair| tells(pair[1])).count() * 4 >= people / 2
}

/// Whether every part between `and`s is one `Family, Given`, as in BibTeX.
fn are_inverted(pieces: &[Piece<'_>]) -> bool {
    let mut groups = pieces.chunk_by(|_, next| next.mark != Mark::And).map(|group| names_of(group));
    pieces.iter().any(|piece| piece.mark == Mark::And)
        && groups.all(|names| match names.as_slice() {
            // `and others`
            [] => true,
            [family, given] => person::is_family(family, given),
            _ => false,
        })
}

/// Whether a list is its first author alone, the family's name first, as citations shorten it: `Wick, Ada B., et al.`
fn is_first_of_others(pieces: &[Piece<'_>], family: &str, given: &str) -> bool {
    let tells = |piece: &Piece<'_>| others::whole(piece.text).is_some();
    let last = pieces.iter().rev().find(|piece| !piece.text.is_empty());
    let are_joined = pieces.iter().skip(1).any(|piece| piece.mark == Mark::And && !tells(piece));
    let words = family.split(' ').count();
    let is_particle = |word: &str| {
        matches!(&*word.to_lowercase(), "van" | "von" | "de" | "del" | "der" | "den" | "di" | "la")
    };
    let is_name = family.split(' ').take(words - 1).all(is_particle)
        && given.split(' ').count() < 3
        && person::is_latin(family)
        && person::is_latin(given);
    is_name && !are_joined && last.is_some_and(tells) && person::is_family(family, given)
}

/// The first names of a part of a list: what it says but for degrees, suffixes and words about others.
fn names_of<'t>(group: &[Piece<'t>]) -> Vec<&'t str> {
    let texts = group.iter().map(|piece| piece.text);
    texts.filter(|text| !text.is_empty() && !is_no_name(text)).take(FIRST).collect()
}

/// More names than two are a list in any case.
const FIRST: usize = 3;

fn is_no_name(text: &str) -> bool {
    is_suffix(text) || words::is_title(text) || others::whole(text).is_some()
}

/// A list that is being read.
struct List<'a> {
    out: &'a mut Authors,
    /// Whether initials were put before the last name, so that it waits for none.
    turned: bool,
    /// Whether a number stood behind the last name: what comes after a comma may be another.
    numbered: bool,
}

impl List<'_> {
    /// What stands between two marks that part people, so that a comma in it stands after the family's name.
    fn group(&mut self, group: &[Piece<'_>]) {
        match names_of(group).as_slice() {
            [family, given] if person::is_family(family, given) => {
                self.person(person::turned(family, given));
            }
            [name, work]
                if name.contains(' ') && (words::is_affiliation(work) || is_group(work)) =>
            {
                self.person(Person { affiliation: Some((*work).to_owned()), ..person::read(name) });
            }
            _ => return self.plain(group),
        }
        let aside = group
            .iter()
            .filter(|piece| is_suffix(piece.text) || others::whole(piece.text).is_some());
        aside.for_each(|piece| self.add(piece.text));
    }

    fn plain(&mut self, pieces: &[Piece<'_>]) {
        let texts: Vec<&str> =
            pieces.iter().map(|piece| piece.text).filter(|text| !text.is_empty()).collect();
        let style = Style::of(&texts);
        for (at, text) in texts.into_iter().enumerate() {
            match style {
                Style::TrailingInitials => self.person(person::with_trailing_initials(text)),
                Style::Alternating if at % 2 == 1 => self.turn(&person::dotted(text)),
                _ => self.add(text),
            }
        }
    }

    /// Puts the initials before the last name.
    fn turn(&mut self, initials: &str) {
        if let Some(last) = self.out.names.last_mut() {
            *last = format!("{initials} {last}");
            self.turned = true;
        }
    }

    fn add(&mut self, text: &str) {
        if words::is_bare_name(text) {
            self.out.names.push(text.to_owned());
            (self.turned, self.numbered) = (false, false);
            return;
        }
        self.person(person::read(text));
        self.numbered = text.ends_with(|c: char| c.is_ascii_digit());
    }

    fn person(&mut self, person: Person) {
        self.out.more = self.out.more.take().or(person.others);
        let name = person.name.as_str();
        // What some did stands behind them all as well: `(* equal contribution)`.
        if words::is_share(name) {
            return;
        }
        let words_before = self.out.names.last().map_or(0, |last| words::large(last));
        match words_before {
            1.. if is_suffix(name) => self.append(name),
            // `Wick, M.D.` says initials, `Ada Wick, M.D.` a degree.
            2.. if words::is_title(name) => {}
            1..=3 if !self.turned && person::are_initials(name) => self.turn(name),
            1.. if words::is_title(name) => {}
            _ if words::is_mark(name) && !words::is_year(name) => self.unnumber(name),
            _ => self.push(name),
        }
        if let Some(work) = person.affiliation {
            self.out.affiliations.push(format!("{name} ({work})"));
        }
        if let Some(date) = person.date {
            self.date(&date);
        }
    }

    fn append(&mut self, suffix: &str) {
        if let Some(last) = self.out.names.last_mut() {
            *last = format!("{last} {suffix}");
        }
    }

    /// The digits behind `Wick1,2` are footnotes, for a number follows them.
    fn unnumber(&mut self, mark: &str) {
        let number = !mark.is_empty() && mark.bytes().all(|b| b.is_ascii_digit());
        if let Some(last) = self.out.names.last_mut().filter(|_| number && self.numbered) {
            last.truncate(last.trim_end_matches(|c: char| c.is_ascii_digit()).len());
        }
    }

    fn push(&mut self, name: &str) {
        if has_year(name) {
            self.date(name);
        } else if let Some(team) = words::represented(name) {
            self.out.team.get_or_insert_with(|| team.to_owned());
        } else if !words::is_address(name) {
            self.out.names.push(name.to_owned());
            self.turned = false;
        }
    }

    fn date(&mut self, text: &str) {
        let slot = if words::is_year(text) { &mut self.out.year } else { &mut self.out.venue };
        slot.get_or_insert_with(|| text.to_owned());
    }
}
