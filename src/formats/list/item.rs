//! One line of a list, or the cell of a table that names a paper: its date, title, links, authors and venue. Knows no list.

use crate::formats::by_hand::are_people;
use crate::formats::dates::When;
use crate::formats::heading::title_of;
use crate::formats::text::squeeze;
use crate::formats::{escape_markdown, metadata};
use crate::model::id::is_web_address;
use crate::model::{Entry, Link, PaperId, author};

use super::cited;
use super::known::{BESIDE, OF_PAPER, is_paper};
use super::pieces::{Piece, in_brackets, pieces, placed, sentences};
use super::title::{
    begins_emphasised, day, end_of_title, goes_on_in, is_capitalised, is_title, link_name, month,
    start, uncounted, without_signs,
};
use super::{shield, venue};

/// What speaks against an item being a paper.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Against {
    #[default]
    Nothing,
    /// A link behind its title is called by what those of papers are not.
    Label,
    /// A sentence goes on behind its linked title, or links a venue.
    Sentence,
}

/// What an item says.
#[derive(Debug, Default)]
pub(super) struct Item {
    pub(super) entry: Entry,
    /// The date that it begins with.
    pub(super) when: Option<When>,
    /// Whether a link of it leads to a paper.
    pub(super) is_paper: bool,
    /// Whether it has a link that leads anywhere on the web or to a note beside the list.
    pub(super) has_link: bool,
    /// Whether its title is a link.
    pub(super) is_linked: bool,
    against: Against,
    /// The code before its title.
    pub(super) badges: Vec<String>,
    /// What else it says, as Markdown.
    pub(super) rest: String,
    /// The files beside the list that it links, as links in Markdown.
    pub(super) files: Vec<String>,
}

/// Reads an item.
pub(super) fn read(text: &str) -> Item {
    let mut item = Item::default();
    let cited = cited::split(text);
    let pieces = pieces(cited.as_ref().map_or(text, |cited| cited.rest));
    if let Some(cited) = &cited {
        item.cite(cited);
    }
    let mut rest: Vec<&str> = Vec::new();
    let (mut at, mut left) = (0, "");
    while let Some(piece) = pieces.get(at).filter(|_| item.entry.title.is_empty()) {
        if !left.is_empty() || matches!(piece, Piece::Text(_)) {
            let Piece::Text(text) = piece else { break };
            match item.lead(
                if left.is_empty() { text } else { left },
                pieces.get(at + 1),
                &mut rest,
            ) {
                Some(after) => left = after,
                None => left = "",
            }
            if item.entry.title.is_empty() && !left.is_empty() {
                continue;
            }
            at += usize::from(left.is_empty());
        } else {
            match *piece {
                Piece::Link(label, url) => item.link(label, url, true),
                Piece::Picture(picture, url) => item.picture(picture, url, &mut rest),
                Piece::Code(words) => item.code(words, &mut rest),
                Piece::Badge(words) => rest.push(words),
                Piece::Break | Piece::Text(_) => {}
            }
            at += 1;
        }
    }
    let titled = &pieces[at.min(pieces.len())..];
    let mut called = None;
    for (index, piece) in titled.iter().enumerate() {
        match *piece {
            Piece::Text(text) => {
                let text = if index == 0 && !left.is_empty() { left } else { text };
                let goes_on = titled.len() > index + 1;
                let text = if index == 0 { item.subtitle(text, goes_on) } else { text };
                let before_link = matches!(titled.get(index + 1), Some(Piece::Link(..)));
                let parted = Some(text).filter(|_| before_link).and_then(link_name);
                called = parted.map(|(_, name)| name);
                rest.push(parted.map_or(text, |(before, _)| before));
            }
            Piece::Link(label, url) => {
                let is_bare = label.is_empty() || is_web_address(label);
                item.link(called.take().filter(|_| is_bare).unwrap_or(label), url, false);
            }
            Piece::Picture(picture, url) => item.picture(picture, url, &mut rest),
            Piece::Badge(words) | Piece::Code(words) => rest.push(words),
            Piece::Break => rest.push("\n"),
        }
    }
    metadata::one_a_paper(&mut item.entry.links);
    item.place(&rest);
    item
}

impl Item {
    /// Whether it says where or by whom a paper appeared, whatever it leads to.
    pub(super) fn is_told(&self) -> bool {
        let entry = &self.entry;
        let is_found = self.is_linked || entry.field("year").is_some();
        let is_placed = entry.field("venue").is_some() || !entry.authors.is_empty() && is_found;
        is_placed && entry.title.split_whitespace().count() > 2
    }

    /// Whether it could be a paper, if most that stand beside it are: it says where it appeared, or has a title that leads
    /// somewhere on the web or stands before links that are called as those of papers are.
    pub(super) fn could_be_paper(&self) -> bool {
        let words = super::weight(&self.entry.title);
        let leads = !self.entry.links.is_empty() && self.against == Against::Nothing;
        let is_titled = leads && words > if self.is_linked { 1 } else { 2 };
        self.against < Against::Sentence && (self.is_told() || is_titled)
    }

    /// What it says beside its facts, as Markdown.
    pub(super) fn said(&mut self) -> String {
        let mut parts = vec![self.badges.join(". "), std::mem::take(&mut self.rest)];
        self.badges.clear();
        parts.extend((!self.files.is_empty()).then(|| self.files.join(" · ")));
        parts.retain(|part| !part.is_empty());
        self.files.clear();
        parts.join("\n\n")
    }

    /// Takes what stands before the title, or the title itself, off a text; what is left of it.
    fn lead<'t>(
        &mut self,
        text: &'t str,
        next: Option<&Piece<'t>>,
        rest: &mut Vec<&'t str>,
    ) -> Option<&'t str> {
        let text = &text[start(text)?..];
        if self.when.is_none()
            && let Some((when, after)) = day(text)
        {
            self.when = Some(when);
            return Some(after);
        }
        if let Some(after) = cited::behind_issue(text) {
            return Some(after);
        }
        if let Some((inside, after)) =
            in_brackets(text).filter(|(_, after)| !after.trim().is_empty() || next.is_some())
        {
            if let Some(place) = venue::short(inside) {
                self.place_of(place);
            } else if let Some(when) = month(inside).filter(|_| self.when.is_none()) {
                self.when = Some(when);
            } else if !matches!(inside.trim(), "x" | "X" | "") {
                rest.push(inside);
            }
            return Some(after);
        }
        if let Some((name, title, after)) = cited::named(text) {
            let is_said = title.starts_with(name);
            self.title(&if is_said { title.to_owned() } else { format!("{name}: {title}") });
            return Some(after);
        }
        // Who read it is linked in brackets behind the title: `Lamps at Night ([Ada](notes/lamps.md))`.
        let is_open = text.trim_end().ends_with(['(', '（']) && text.split_whitespace().count() > 2;
        let linked = !is_open && matches!(next, Some(Piece::Link(label, _)) if is_title(label));
        let is_part = !linked && begins_emphasised(text);
        if !is_part && let Some(after) = self.emphasised(text, linked, rest) {
            return Some(after);
        }
        let plain = if is_part { text } else { text.trim_start_matches(['*', '_', '#', ' ']) };
        let short =
            plain.split_whitespace().count() <= 5 || plain.trim_end().ends_with([':', '：']);
        let bare = plain.trim_end_matches([' ', '.', ',', ':']);
        if plain.is_empty() || linked && (short || are_people(bare)) {
            rest.push(plain);
            return None;
        }
        // What stands between a venue and the links is the title, whatever is bold in it.
        let plain = match venue::before(plain) {
            Some((place, after)) => {
                self.place_of(place);
                after.trim_start()
            }
            None => plain,
        };
        if plain.is_empty() {
            return None;
        }
        let end = end_of_title(plain, next.is_some());
        self.title(without_signs(&plain[..end]));
        Some(&plain[end..])
    }

    /// Takes what is emphasised or in quotes at the start of a text as the title, or as what stands before one; what is left.
    fn emphasised<'t>(
        &mut self,
        text: &'t str,
        linked: bool,
        rest: &mut Vec<&'t str>,
    ) -> Option<&'t str> {
        for mark in ["***", "**", "__", "*", "_", "\"", "“", "「", "『"] {
            let close = match mark {
                "“" => "”",
                "「" => "」",
                "『" => "』",
                mark => mark,
            };
            let Some((inside, after)) =
                text.strip_prefix(mark).and_then(|inside| inside.split_once(close))
            else {
                continue;
            };
            // `**[Best Paper]** How Lamps Learn`
            let is_remark = in_brackets(inside).is_some_and(|(_, rest)| rest.trim().is_empty())
                && after.split_whitespace().nth(1).is_some();
            if inside.trim().is_empty()
                || is_remark
                || linked && (venue::whole(inside).is_some() || inside.split(' ').count() < 3)
            {
                rest.push(inside);
            } else {
                self.title(inside.trim_end_matches(['.', ',', ':', ' ']));
            }
            return Some(after);
        }
        None
    }

    /// Takes where it appeared, and the month that this says.
    fn place_of(&mut self, venue: &str) {
        let month = venue::month(venue).map(|month| ("published".to_owned(), month));
        let venue = ("venue".to_owned(), venue.trim().to_owned());
        for (key, value) in month.into_iter().chain([venue]) {
            if self.entry.field(&key).is_none() {
                self.entry.fields.push((key, value));
            }
        }
    }

    /// Takes the title, the people and the year of a reference.
    fn cite(&mut self, cited: &cited::Cited<'_>) {
        self.title(cited.title);
        metadata::add_authors(&mut self.entry, &cited.people);
        self.entry.fields.extend(cited.year.map(|year| ("year".to_owned(), year.to_owned())));
    }

    /// Takes the title, and off it the venue, the year and the people behind it. Signs alone are none.
    fn title(&mut self, markdown: &str) {
        if !markdown.contains(char::is_alphabetic) {
            return self.rest.push_str(markdown.trim());
        }
        // What is still to be read is no part of it.
        let to_do = ["**TODO:**", "**TODO**:", "TODO:", "WIP:"];
        let markdown = to_do
            .iter()
            .find_map(|mark| markdown.trim().strip_prefix(mark))
            .unwrap_or(markdown)
            .trim();
        // `How Lamps Wait [4 Sep 2024]`
        let dated = venue::bracketed(markdown)
            .and_then(|(before, inside)| Some((before.trim_end(), month(inside)?)));
        let markdown = dated.map_or(markdown, |(before, _)| before);
        self.appear(dated.map(|(_, when)| when));
        let is_known = self.entry.field("venue").is_some();
        let (markdown, place) = if is_known { (markdown, None) } else { venue::behind(markdown) };
        if let Some((place, more)) = place.map(|inside| inside.split_at(venue::end(inside))) {
            self.entry.fields.push(("venue".to_owned(), place.trim().to_owned()));
            self.rest.push_str(more.trim_matches([',', '，', ' ']));
        }
        let parted = cited::behind(markdown);
        title_of(parted.map_or(markdown, |(title, ..)| title)).give(&mut self.entry);
        let Some((_, year, people)) = parted else { return };
        self.entry.fields.extend(year.map(|year| ("year".to_owned(), year.to_owned())));
        if !people.is_empty() {
            metadata::add_authors(&mut self.entry, people);
        }
    }

    /// Takes the day or the month in which the paper appeared.
    fn appear(&mut self, when: Option<When>) {
        if let Some(when) = when.filter(|_| self.entry.field("published").is_none()) {
            self.entry.fields.push(("published".to_owned(), when.to_string()));
        }
    }

    /// Takes what goes on a title that is the short name in a link: `[Wick](…): How Lamps Learn | LampConf`; what is left.
    fn subtitle<'t>(&mut self, text: &'t str, goes_on: bool) -> &'t str {
        let name = self.entry.title.trim_end_matches([':', '：', ' ']);
        let bare = text.trim_start();
        let colon = bare.starts_with([':', '：']) || name.len() < self.entry.title.len();
        let after = bare.trim_start_matches([':', '：', ' ']);
        let end = end_of_title(after, goes_on);
        let title =
            after[..end].trim_end_matches(|c: char| c.is_whitespace() || ".,;:-–—([|".contains(c));
        let is_title = title.contains(' ') && is_capitalised(title);
        let is_short = name.split(' ').count() <= 3 && (self.is_linked || goes_on);
        if self.is_linked && goes_on_in(text) {
            self.against = Against::Sentence;
        }
        if !colon || !is_short || !is_title {
            return text;
        }
        let whole = format!("{name}: {title}");
        self.title(&whole);
        &after[end..]
    }

    /// Takes a link: its label is the title where there is none yet and it can be one.
    fn link(&mut self, label: &str, url: &str, may_title: bool) {
        let bare = label.trim_matches(|c: char| c.is_whitespace() || "*_[]()`:".contains(c));
        let bare = Some(bare).filter(|bare| !is_web_address(bare)).unwrap_or_default();
        let titles = may_title && self.entry.title.is_empty() && is_title(label);
        if titles && !url.starts_with('#') {
            // `[2021] Title`
            let year = in_brackets(label)
                .filter(|(year, rest)| author::names_year(year) && !rest.trim().is_empty());
            if let Some((year, _)) = year {
                self.entry.fields.push(("year".to_owned(), year.to_owned()));
            }
            let label = year.map_or(label, |(_, rest)| rest.trim_start());
            // A whole reference may be the link.
            match cited::split(label) {
                Some(cited) => self.cite(&cited),
                None => self.title(label),
            }
            self.is_linked = true;
        }
        let name = url.split(['#', '?']).next().unwrap_or_default();
        if let Some(note) = name.strip_suffix(".md").filter(|_| !is_web_address(url)) {
            self.has_link = true;
            let note = note.rsplit('/').next().unwrap_or(note).replace("%20", " ");
            return self.entry.fields.push(("note".to_owned(), note));
        }
        // `[LampConf 2025](…)`, `[4 Sep 2025](…)`
        self.appear(month(bare).filter(|_| !titles));
        let folded = bare.to_lowercase();
        let folded = uncounted(&folded);
        let beside = BESIDE.contains(&folded);
        let place = venue::called(bare).filter(|_| !titles);
        if let Some(place) = place {
            self.place_of(place);
            if !self.entry.title.is_empty() {
                self.against = Against::Sentence;
            }
        }
        let Some(url) =
            escape_markdown::address(url).or_else(|| PaperId::parse(url).map(|id| id.url()))
        else {
            return self.file((if titles { "" } else { bare }, beside), url);
        };
        let id = PaperId::parse(&url);
        let is_paper = id.is_some() || !beside && (OF_PAPER.contains(&folded) || is_paper(&url));
        self.is_paper |= is_paper;
        self.has_link = true;
        if !(self.is_linked || beside || is_paper || bare.is_empty()) {
            self.against = self.against.max(Against::Label);
        }
        let key = if is_paper || titles || bare.is_empty() || place.is_some() {
            None
        } else {
            metadata::as_key(folded)
        };
        self.entry.links.push(Link { key, url });
    }

    /// Takes code before the title: a day, where it appeared, or anything.
    fn code<'t>(&mut self, words: &'t str, rest: &mut Vec<&'t str>) {
        match month(words).filter(|_| self.when.is_none()) {
            Some(when) => self.when = Some(when),
            None if venue::whole(words).is_none() => self.badges.push(words.to_owned()),
            None => rest.push(words),
        }
    }

    /// Takes a picture, which may be a badge that says where a paper appeared or what its id is, and the link that it is.
    fn picture<'t>(&mut self, picture: &'t str, url: &str, rest: &mut Vec<&'t str>) {
        let Some(words) = shield::of(picture) else {
            if url.is_empty() {
                return rest.push(picture);
            }
            return self.link("", url, false);
        };
        let folded = words.to_lowercase();
        if let Some(place) = venue::short(&words).filter(|_| !folded.starts_with("arxiv")) {
            self.place_of(place);
        }
        let id = words.rsplit(' ').next().and_then(PaperId::parse);
        if let Some(id) = id.filter(|_| url.is_empty() && folded.starts_with("arxiv")) {
            self.link("", &id.url(), false);
        }
        if !url.is_empty() {
            let called = BESIDE.contains(&folded.as_str()) || OF_PAPER.contains(&folded.as_str());
            self.link(if called { &folded } else { "" }, url, false);
        }
    }

    /// Takes a link to a file beside the list, which is called by its name where nothing else says what it is.
    fn file(&mut self, (label, beside): (&str, bool), url: &str) {
        let path = url.split(['#', '?', ' ']).next().unwrap_or_default();
        let name = path.rsplit('/').next().unwrap_or_default();
        let is_file = !path.contains(':') && name.contains('.') && !name.starts_with('.');
        if !is_file || label.contains(['[', ']']) {
            return;
        }
        let is_paper = is_paper(path) && !beside;
        self.is_paper |= is_paper;
        self.has_link |= is_paper;
        let name = if label.is_empty() { name.replace("%20", " ") } else { label.to_owned() };
        self.files.push(format!("[{}]({url})", escape_markdown::line(&name)));
    }

    /// Finds authors and a venue in what stands around the title, and keeps the rest.
    fn place(&mut self, rest: &[&str]) {
        let mut kept: Vec<String> = Vec::new();
        for part in rest.iter().flat_map(|text| sentences(text)) {
            let said = squeeze(&part.replace("[]", " ").replace("()", " "));
            let part = said.trim_matches(|c: char| {
                c.is_whitespace() || ".,;:：，。、|·[](){}（）*_-–—/".contains(c)
            });
            // A day behind a paper is the paper's own.
            let day = month(part).filter(|_| self.entry.field("published").is_none());
            if part.is_empty() {
            } else if day.is_some() {
                self.appear(day);
            } else if self.entry.field("venue").is_none()
                && (venue::whole(part).is_some() || author::is_venue(part))
            {
                self.entry.fields.push(("venue".to_owned(), part.to_owned()));
            } else if self.entry.authors.is_empty() && are_people(part) {
                metadata::add_authors(&mut self.entry, part.trim_start_matches("by "));
            } else if let Some((people, place)) =
                placed(part).filter(|_| self.entry.authors.is_empty())
            {
                metadata::add_authors(&mut self.entry, &people);
                metadata::add_field(&mut self.entry, "org", place);
            } else {
                let said = said.trim_start_matches(|c: char| {
                    c.is_whitespace() || ".,;:：，、|·]-–—".contains(c)
                });
                let said = said.trim_end_matches([' ', '[', '|', '·', ',']);
                let whole = said.matches('*').count().is_multiple_of(2);
                let said = if whole { said } else { said.trim_matches('*') };
                let balanced = said.matches('(').count() == said.matches(')').count();
                kept.push(if balanced { said } else { part }.to_owned());
            }
        }
        for part in kept {
            let gap = if self.rest.is_empty() {
                ""
            } else if self.rest.ends_with(['.', '?', '!', ':']) {
                " "
            } else {
                ". "
            };
            self.rest.push_str(gap);
            self.rest.push_str(&part);
        }
    }
}
