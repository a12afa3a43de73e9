//! Tells a note, which is about one paper, from a digest and from other texts, by what is in it.

use rustc_hash::FxHashSet;

use super::cited;
use super::early;
use super::labelled;
use super::links;
use super::name;
use super::review;
use super::said::Said;
use super::section;
use super::value::links_of;
use crate::formats::fields::{self, Field, Kind};
use crate::formats::format::Sample;
use crate::formats::front_matter::{self, Day, Front, Other};
use crate::formats::heading::title_of;
use crate::formats::label_list;
use crate::formats::list;
use crate::formats::markdown::is_section;
use crate::formats::metadata::starts_with_head;
use crate::formats::text::{Fence, Line, behind_bullet, heading, is_quote, lines};
use crate::formats::{Hints, dates};
use crate::model::id::is_web_address;
use crate::model::{Entry, Link, PaperId};

/// `250310 Title`, unless the text has the form of a digest; an address first, and not only addresses; or a head that names one
/// paper.
pub(super) fn is_note(sample: &Sample<'_>) -> bool {
    let text = sample.text;
    if is_note_name(sample.stem) {
        let front = front_matter::read(text, &[]);
        let native = sample.has_front_matter() && !is_of_vault(text, &front);
        return !native && !has_entries(&text[front.body..]) && !is_day_of_several(sample, &front);
    }
    let first = sample.first_line();
    let address = first.starts_with("https://") || first.starts_with("http://");
    let alone = address && !first.contains(char::is_whitespace);
    alone && !is_list_of_addresses(text)
        || crate::formats::MARKDOWN.has_extension(sample.extension)
            && is_about_paper(sample)
            && (!list::is_long(sample) || refers_to_itself(text, sample.stem))
}

/// Whether a text that is called after a day and nothing else has several papers: headings of one level with their heads below
/// them, or a list.
fn is_day_of_several(sample: &Sample<'_>, front: &Front) -> bool {
    if !sample.stem.bytes().all(|b| b.is_ascii_digit()) {
        return false;
    }
    let text = sample.text;
    let all: Vec<Line<'_>> = lines(text, front.body..text.len()).collect();
    let (first, others) = entries(&all);
    first.max(others) > 1 || first + others == 0 && list::is_long(sample)
}

/// Whether a section of a text that says that it is about the paper, or a reference, has the title of the text: then it is about
/// that paper, whatever else it refers to.
fn refers_to_itself(text: &str, stem: &str) -> bool {
    let front = front_matter::read(text, &[]);
    let all: Vec<Line<'_>> = lines(text, front.body..text.len()).collect();
    let title = front.meta.title.texts.first().map_or(name::bare(stem), |(_, title)| title);
    cited::record(&all, &Hints::default(), title).is_some() || section::has_title(&all, title)
}

/// What speaks for a text being about one paper.
struct Signs<'t> {
    front: Front,
    all: Vec<Line<'t>>,
    stem: &'t str,
    /// The title that front matter tells, else the file's name.
    told: String,
    is_titled: bool,
    /// Whether its head names a paper beyond doubt.
    is_proved: bool,
    /// Whether its first section is called the abstract.
    is_summary: bool,
    /// How many headings below the first level have the head of an entry below them.
    others: usize,
}

/// Whether the first heading of a text is a day.
fn begins_with_day(all: &[Line<'_>]) -> bool {
    let title = all.iter().find_map(|line| heading(line.text));
    title.is_some_and(|(level, title)| {
        level == 1 && dates::whole(title).is_some_and(|when| when.year.and(when.day).is_some())
    })
}

/// Whether a text is about one paper: its head names it, or it has a title, a date, and one address of a paper that stands
/// alone.
fn is_about_paper(sample: &Sample<'_>) -> bool {
    if has_entries(&sample.text[front_matter::body(sample.text)..]) {
        return false;
    }
    Signs::of(sample)
        .is_some_and(|signs| signs.others < 2 && (signs.are_sure() || signs.are_told()))
}

impl<'t> Signs<'t> {
    /// Looks for them; `None` where the text is a digest.
    fn of(sample: &Sample<'t>) -> Option<Self> {
        let Sample { text, stem, .. } = *sample;
        let front = front_matter::read(text, &[]);
        let all: Vec<Line<'_>> = lines(text, front.body..text.len()).collect();
        let title = front.meta.title.texts.first().map(|(_, title)| title.clone());
        let mut signs = Self {
            stem,
            is_titled: title.is_some(),
            told: title.unwrap_or_else(|| name::bare(stem).to_owned()),
            is_proved: false,
            is_summary: false,
            others: 0,
            front,
            all,
        };
        let mut entry = Entry::default();
        let labelled = labelled::read(&signs.all, &[], &signs.front);
        let mut facts = std::mem::take(&mut signs.front.others);
        let says_where = says_where(&facts);
        if let Some(head) = labelled {
            // Below a date such a heading is an entry of a digest.
            let is_dated = signs.front.day != Day::Unsaid || crate::formats::is_dated(stem);
            if head.level > 1 && is_dated {
                return None;
            }
            facts.extend(signs.take(head, &mut entry));
        } else {
            let first = signs.all.iter().find(|line| !line.is_blank());
            let links = first.and_then(|line| links::of_paper(line.text));
            entry.links.extend(links.into_iter().flatten());
        }
        let said = Said::of(facts, &[], &mut entry, &mut Vec::new());
        let papers: FxHashSet<PaperId> =
            entry.links.iter().filter_map(|link| arxiv(&link.url)).collect();
        let (first, others) = entries(&signs.all);
        // Papers below a day are a digest, though it has but one of them.
        if others > 0 && begins_with_day(&signs.all) {
            return None;
        }
        signs.others = others;
        signs.is_proved |= !entry.ids().is_empty() || said.is_about_paper(&entry);
        let is_own = |link: &Link| link.key.is_none() && list::is_paper(&link.url);
        // A title and a way to where papers are leave no doubt either.
        let leads = says_where || entry.links.iter().any(is_own);
        let is_credited = said.names_people() && is_among_papers(sample.folder);
        signs.is_proved |= signs.is_titled && (leads || is_credited);
        (papers.len() < 2 && first < 2).then_some(signs)
    }

    /// Takes what a head tells; its facts.
    fn take(&mut self, head: labelled::Head<'t>, entry: &mut Entry) -> Vec<Other> {
        self.is_titled |= head.title.is_some();
        self.is_summary = head.has_abstract;
        let is_link = head.title.as_ref().is_some_and(|(title, _)| title.is_link);
        self.is_proved = head.is_only && is_link || head.is_of_paper;
        let link = head.title.and_then(|(title, _)| title.link).map(|url| Link { key: None, url });
        entry.links.extend(head.links.into_iter().chain(link));
        head.said
    }

    /// Whether they leave no doubt, perhaps beside one heading that seems to open an entry.
    fn are_sure(&self) -> bool {
        let all = &self.all;
        self.is_proved
            || cited::record(all, &Hints::default(), &self.told).is_some()
            || early::by_title(all, &self.told).is_some()
            // What has a day may be a digest whose heading was forgotten, or one of one entry.
            || (!self.is_dated() || self.is_called()) && early::early(all, &[]).is_some()
            || self.is_titled && self.is_dated() && links::called_so(all.iter()).is_some()
    }

    fn is_dated(&self) -> bool {
        self.front.day != Day::Unsaid || name::dated(self.stem).is_some()
    }

    /// Whether the file is called after some words and no day, though front matter tells one.
    fn is_called(&self) -> bool {
        name::dated(self.stem).is_none() && self.stem.split([' ', '_', '-']).nth(3).is_some()
    }

    /// Whether its title or tags call it a review, or its name is the key of a reference.
    fn is_review(&self) -> bool {
        review::is_review(&self.front.meta) || name::is_key(self.stem)
    }

    /// Whether they tell enough where no heading seems to open an entry, or where the name begins with a year.
    fn are_told(&self) -> bool {
        let (all, named) = (&self.all, name::published(self.stem));
        let by_year = named.is_some();
        let names_one = || early::early(all, &[]).is_some() || early::only(all).is_some();
        let is_alone = self.is_summary
            || name::is_key(self.stem)
            || name::numbered(self.stem).is_some()
            || name::filed(self.stem).is_some_and(|filed| filed.signs == name::SURE)
            || self.is_review() && names_one()
            || self.is_called_by_year();
        if self.others == 0 && is_alone {
            return true;
        }
        if !(self.is_titled && self.is_dated() || by_year) || self.others > usize::from(by_year) {
            return false;
        }
        section::reference(all, &[]).is_some()
            || self.stem.starts_with('[') && by_year
            || named.is_some_and(|named| !named.venue.is_empty())
            || links_one(all)
    }

    /// `2019 DeepLamp.md`, below whose name `# DeepLamp: How Lamps Learn` stands.
    fn is_called_by_year(&self) -> bool {
        let first = self.all.iter().find(|line| !line.is_blank());
        first.and_then(|line| heading(line.text)).is_some_and(|(level, title)| {
            level == 1 && name::before(self.stem, &title_of(title).words).is_some()
        })
    }
}

/// Whether a folder, or the one around it, is called after papers: a text with people in it is a note on theirs.
fn is_among_papers(folder: &str) -> bool {
    let last = folder.rsplit(['/', '\\']).take(2);
    last.flat_map(|name| name.split(['-', '_', ' ', '.'])).any(|word| {
        fields::named(word, &[]).is_some_and(Field::is_paper) && review::says_paper(word)
    })
}

/// Whether facts name the paper's address, on any host, and where it appeared.
fn says_where(facts: &[Other]) -> bool {
    let named = |name: &str| {
        facts
            .iter()
            .find(|other| fields::named(&other.key, &[]).is_some_and(|field| field.name == name))
    };
    let is_address = |other: &Other| other.texts.iter().any(|text| is_web_address(text.trim()));
    named("paper").is_some_and(is_address) && named("venue").is_some()
}

/// Whether a text names one paper by an address that stands alone, or calls one link the paper's.
fn links_one(all: &[Line<'_>]) -> bool {
    let mut fence = Fence::default();
    let text: Vec<Line<'_>> = all.iter().copied().filter(|line| !fence.take(line.text)).collect();
    let named: FxHashSet<PaperId> = text
        .iter()
        .flat_map(|line| links::within(line.text))
        .filter_map(|link| PaperId::parse(&link.url))
        .collect();
    named.len() == 1
        && text.iter().any(|line| {
            links::of_paper(line.text)
                .is_some_and(|links| links.iter().any(|link| PaperId::parse(&link.url).is_some()))
        })
        || links::called_so(text.iter()).is_some()
}

/// An id of arXiv: a paper has one of them, and may have a DOI besides.
fn arxiv(url: &str) -> Option<PaperId> {
    PaperId::parse(url).filter(|id| matches!(id, PaperId::Arxiv(_)))
}

/// How many headings of the first level have the head of an entry below them, and how many others.
fn entries(all: &[Line<'_>]) -> (usize, usize) {
    let mut fence = Fence::default();
    let (mut first, mut others) = (0, 0);
    for (at, line) in all.iter().enumerate() {
        let Some((level, title)) = heading(line.text).filter(|_| !fence.take(line.text)) else {
            continue;
        };
        let next = label_list::telling(all[at + 1..].iter().map(|line| line.text));
        // A quote may be a quote, so it is too little here.
        let next = if is_quote(next) { "" } else { next };
        if can_be_title(title) && opens_entry(title, next) {
            *(if level == 1 { &mut first } else { &mut others }) += 1;
        }
    }
    (first, others)
}

/// Whether a heading opens an entry, by itself and by the line below it: a link to a paper, authors, labels, an abstract, or
/// the mark that says that there is nothing of these.
pub(in crate::formats) fn opens_entry(title: &str, next: &str) -> bool {
    let next = next.trim();
    let by_label = labelled::label(next).is_some_and(|label| {
        let field = fields::named(label.name, &[]);
        field.is_some_and(|field| match field.kind {
            // The head of a table has names of fields as well.
            Kind::Link => label.value.contains("://") || !links_of(label.value).is_empty(),
            Kind::People => !label.value.is_empty(),
            _ => field.is_paper(),
        })
    });
    let title = title_of(title);
    let linked = title.link.is_some_and(|url| title.is_link || PaperId::parse(&url).is_some());
    names_paper(next)
        || by_label
        || linked
        || links::of_paper(next).is_some()
        || next == crate::formats::markdown::SEPARATOR
        || is_quote(next)
        || !next.starts_with('(') && starts_with_head(next)
}

/// Whether a text is addresses of several papers and nothing else: no note is about more than one.
fn is_list_of_addresses(text: &str) -> bool {
    let lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
    let ids: Option<Vec<_>> = lines.map(PaperId::parse).collect();
    ids.is_some_and(|ids| ids.windows(2).any(|pair| pair[0] != pair[1]))
}

/// Whether a text has the form of a digest and not of a note, which may have a date for a name as well: it begins with
/// a paper under a heading, or has several.
fn has_entries(body: &str) -> bool {
    let shown: Vec<Line<'_>> = lines(body, 0..body.len()).filter(|line| !line.is_blank()).collect();
    // A heading that names a field is a part of the head of a note.
    let papers = shown.windows(2).enumerate().filter(|(_, pair)| {
        let next = pair[1].text.trim();
        // What a form asks for stands in brackets as well.
        let is_remark = || next.starts_with('(') && next.ends_with(')');
        is_title(&pair[0])
            && (names_paper(next) || !is_remark() && starts_with_head(&body[pair[1].start..]))
    });
    let at: Vec<usize> = papers.map(|(at, _)| at).take(2).collect();
    // Below the title of a note its facts are items, in a digest they are lines.
    let is_first = at.first() == Some(&0) && behind_bullet(shown[1].text.trim_start()).is_none();
    at.len() > 1 || is_first
}

fn is_title(line: &Line<'_>) -> bool {
    heading(line.text).is_some_and(|(level, title)| level == 2 && can_be_title(title))
}

/// Whether a heading is neither the name of a field nor that of a section.
fn can_be_title(title: &str) -> bool {
    let words = title_of(title).words;
    fields::named(&words, &[]).is_none() && !is_section(&words)
}

/// Whether front matter is the properties of a note: they hold keys that no digest has, or a link or a title follows.
fn is_of_vault(text: &str, front: &Front) -> bool {
    let first =
        text[front.body..].lines().map(str::trim).find(|line| !line.is_empty()).unwrap_or_default();
    text.starts_with("---")
        && (front.is_foreign
            || !front.others.is_empty()
            || first.starts_with("http")
            || first.starts_with('*'))
}

/// A paragraph of metadata: authors, or the id of a paper.
fn names_paper(line: &str) -> bool {
    let inner = line.strip_prefix('(').and_then(|rest| rest.strip_suffix(')'));
    // A sentence is none: `(Say what the paper is about.)`
    let is_sentence = |inner: &str| {
        let last = inner.strip_suffix(['.', '!', '?']).and_then(|rest| rest.rsplit(' ').next());
        last.is_some_and(|word| word.len() > 3 && word.starts_with(char::is_lowercase))
    };
    let has_digit = |inner: &str| inner.contains(|c: char| c.is_ascii_digit());
    inner.is_some_and(|inner| !is_sentence(inner) && !has_digit(inner))
        || PaperId::parse(line).is_some()
}

/// `250310 Title`, `250310`
pub(in crate::formats) fn is_note_name(stem: &str) -> bool {
    let digits = stem.bytes().take_while(u8::is_ascii_digit).count();
    digits == 6
        && stem[6..].chars().next().is_none_or(char::is_whitespace)
        && (1..=12).contains(&number(stem, 2..4))
        && (1..=31).contains(&number(stem, 4..6))
}

fn number(stem: &str, range: std::ops::Range<usize>) -> u8 {
    stem.get(range).and_then(|part| part.parse().ok()).unwrap_or(0_u8)
}
