//! The record of a paper as bibliographies keep it: one declaration of its kinds and fields, and of what BibTeX, RIS and
//! CSL-JSON call them. What reads these formats and what writes them asks the same tables. Knows no format's syntax.

mod people;

pub use people::{Person, listed, sorted};

use super::{Link, PaperId};

/// A field of records.
#[derive(Debug, PartialEq, Eq)]
pub struct Field {
    /// What metadata calls it.
    pub name: &'static str,
    /// Its names in BibTeX and BibLaTeX: it is written by the first and read by all.
    pub bibtex: &'static [&'static str],
    /// Its tags in RIS, likewise.
    pub ris: &'static [&'static str],
    /// Its variables in CSL, likewise.
    pub csl: &'static [&'static str],
}

/// A kind of records.
#[derive(Debug, PartialEq, Eq)]
pub struct Kind {
    /// What metadata calls it in `entry-type`.
    pub name: &'static str,
    /// Its type in BibTeX.
    pub bibtex: &'static str,
    /// Its type in RIS.
    pub ris: &'static str,
    /// Its type in CSL.
    pub csl: &'static str,
    /// The field of BibTeX that says where a paper of the kind appeared: what metadata calls `venue`.
    pub place: &'static str,
}

macro_rules! fields {
    ($($name:literal: $bibtex:tt $ris:tt $csl:tt,)+) => {
        /// Every field that is a text and no more. Title, people, venue, dates, ids, links, tags, remarks and abstract are read and
        /// written apart.
        pub const FIELDS: &[Field] =
            &[$(Field { name: $name, bibtex: &$bibtex, ris: &$ris, csl: &$csl },)+];
    };
}

fields! {
    "journal": ["journal", "journaltitle"] [] [],
    "booktitle": ["booktitle"] [] [],
    "volume": ["volume"] ["VL"] ["volume"],
    "number": ["number"] ["IS", "M1"] ["issue"],
    "eid": ["eid"] ["C7"] ["number"],
    "pages": ["pages"] [] ["page"],
    "chapter": ["chapter"] ["SE"] ["chapter-number"],
    "series": ["series"] ["T3"] ["collection-title"],
    "edition": ["edition"] ["ET"] ["edition"],
    "publisher": ["publisher"] ["PB"] ["publisher"],
    "address": ["address", "location"] ["CY"] ["publisher-place"],
    "institution": ["institution"] [] [],
    "school": ["school"] [] [],
    "organizer": ["organization"] [] [],
    "howpublished": ["howpublished"] [] [],
    "medium": [] [] ["medium"],
    "authority": [] [] ["authority"],
    "eventtitle": ["eventtitle"] ["C3"] ["event-title", "event"],
    "event-place": ["venue"] ["C1"] ["event-place"],
    "event-date": ["eventdate"] [] ["event-date"],
    "part": ["part"] [] ["part-number"],
    "volumes": ["volumes"] ["NV"] ["number-of-volumes"],
    "pagetotal": ["pagetotal"] [] ["number-of-pages"],
    "type": ["type"] ["M3"] ["genre"],
    "version": ["version"] [] ["version"],
    "isbn": ["isbn"] ["SN"] ["ISBN"],
    "issn": ["issn"] ["SN"] ["ISSN"],
    "pmid": ["pmid"] [] ["PMID"],
    "pmcid": ["pmcid"] [] ["PMCID"],
    "language": ["language", "langid"] ["LA"] ["language"],
    "short-title": ["shorttitle"] ["ST"] ["title-short", "shortTitle"],
    "short-journal": ["shortjournal"] ["J2", "JA"] ["container-title-short", "journalAbbreviation"],
    "database": [] ["DB"] ["archive"],
    "archive-location": [] ["AV"] ["archive_location"],
    "database-provider": [] ["DP"] ["source"],
    "accession-number": [] ["AN"] [],
    "call-number": [] ["CN"] ["call-number"],
    "affiliation": ["affiliation"] ["AD"] [],
    "license": ["license"] [] ["license"],
    "urldate": ["urldate"] ["Y2"] ["accessed"],
    "annote": ["annote", "annotation"] ["RN"] ["annote"],
}

/// Fields that hold people, in the form of [`sorted`].
pub const PEOPLE: &[Field] = &[
    Field { name: "editor", bibtex: &["editor"], ris: &["A2", "ED"], csl: &["editor"] },
    Field { name: "translator", bibtex: &["translator"], ris: &["A4"], csl: &["translator"] },
];

/// The metadata that keeps the parts of the authors' names, where these cannot be told from the names.
pub const NAME_PARTS: &str = "name-parts";

/// Fields that hold dates.
pub const DATES: &[&str] = &["urldate", "event-date"];

macro_rules! kinds {
    ($($name:literal $bibtex:ident $ris:ident $csl:literal $place:ident,)+) => {
        /// The kinds that several formats have, each type first under the kind that it is read as.
        pub const KINDS: &[Kind] = &[$(Kind {
            name: $name,
            bibtex: stringify!($bibtex),
            ris: stringify!($ris),
            csl: $csl,
            place: stringify!($place),
        },)+];
    };
}

kinds! {
    "misc" misc GEN "document" howpublished,
    "article" article JOUR "article-journal" journal,
    "magazine-article" article MGZN "article-magazine" journal,
    "newspaper-article" article NEWS "article-newspaper" journal,
    "electronic-article" article EJOUR "article-journal" journal,
    "abstract" article ABST "article-journal" journal,
    "in-press" article INPR "article-journal" journal,
    "periodical" periodical JFULL "periodical" journal,
    "review" article JOUR "review" journal,
    "inproceedings" inproceedings CPAPER "paper-conference" booktitle,
    "conference" conference CPAPER "paper-conference" booktitle,
    "conference-proceedings" inproceedings CONF "paper-conference" booktitle,
    "incollection" incollection CHAP "chapter" booktitle,
    "inbook" inbook CHAP "chapter" booktitle,
    "electronic-chapter" incollection ECHAP "chapter" booktitle,
    "encyclopedia-entry" incollection ENCYC "entry-encyclopedia" booktitle,
    "dictionary-entry" incollection DICT "entry-dictionary" booktitle,
    "entry" incollection CHAP "entry" booktitle,
    "book" book BOOK "book" publisher,
    "collection" collection BOOK "collection" publisher,
    "electronic-book" book EBOOK "book" publisher,
    "edited-book" book EDBOOK "book" publisher,
    "booklet" booklet PAMP "pamphlet" howpublished,
    "manual" manual BOOK "book" organization,
    "phdthesis" phdthesis THES "thesis" school,
    "mastersthesis" mastersthesis THES "thesis" school,
    "thesis" thesis THES "thesis" school,
    "techreport" techreport RPRT "report" institution,
    "report" report RPRT "report" institution,
    "unpublished" unpublished UNPB "manuscript" howpublished,
    "manuscript" unpublished MANSCPT "manuscript" howpublished,
    "preprint" misc GEN "article" howpublished,
    "online" online ELEC "webpage" howpublished,
    "web-page" online WEB "webpage" howpublished,
    "blog-post" online BLOG "post-weblog" howpublished,
    "post" online ICOMM "post" howpublished,
    "dataset" dataset DATA "dataset" publisher,
    "software" software COMP "software" publisher,
    "patent" patent PAT "patent" howpublished,
    "standard" standard STAND "standard" publisher,
    "slides" misc SLIDE "speech" howpublished,
    "video" video VIDEO "motion_picture" howpublished,
}

/// Types of BibTeX and BibLaTeX that no other format has.
const BIBTEX: &[&str] = &[
    "artwork",
    "audio",
    "bibnote",
    "bookinbook",
    "commentary",
    "electronic",
    "image",
    "inreference",
    "jurisdiction",
    "legal",
    "legislation",
    "letter",
    "movie",
    "music",
    "mvbook",
    "mvcollection",
    "mvreference",
    "performance",
    "proceedings",
    "reference",
    "suppbook",
    "suppcollection",
    "suppperiodical",
    "www",
];

/// Types of RIS that no other format has.
const RIS: &[&str] = &[
    "AGGR", "ANCIENT", "ART", "BILL", "CASE", "CHART", "CLSWK", "CTLG", "DBASE", "EQUA", "FIGURE",
    "GOVDOC", "GRANT", "HEAR", "LEGAL", "MAP", "MPCT", "MULTI", "MUSIC", "PCOMM", "SER", "SOUND",
    "STAT", "UNBILL",
];

/// Types of CSL that no other format has.
const CSL: &[&str] = &[
    "bill",
    "broadcast",
    "classic",
    "event",
    "figure",
    "graphic",
    "hearing",
    "interview",
    "legal_case",
    "legislation",
    "map",
    "musical_score",
    "performance",
    "personal_communication",
    "regulation",
    "review-book",
    "song",
    "treaty",
];

/// The field that metadata calls so.
pub fn field(name: &str) -> Option<&'static Field> {
    FIELDS.iter().find(|field| field.name == name)
}

/// Whether metadata of this name is a field of records.
pub fn is_field(name: &str) -> bool {
    name == NAME_PARTS || FIELDS.iter().chain(PEOPLE).any(|field| field.name == name)
}

impl Kind {
    /// The kind that metadata calls so.
    pub fn named(name: &str) -> Option<&'static Self> {
        KINDS.iter().find(|kind| kind.name == name)
    }

    /// What metadata calls a type of BibTeX: itself.
    pub fn of_bibtex(name: &str) -> &str {
        name
    }

    /// What metadata calls a type of RIS.
    pub fn of_ris(name: &str) -> String {
        let known = KINDS.iter().find(|kind| kind.ris == name);
        known
            .map(|kind| kind.name.to_owned())
            .or_else(|| RIS.contains(&name).then(|| name.to_lowercase()))
            .unwrap_or_else(|| "misc".to_owned())
    }

    /// What metadata calls a type of CSL.
    pub fn of_csl(name: &str) -> &str {
        let known = KINDS.iter().find(|kind| kind.csl == name);
        known
            .map(|kind| kind.name)
            .or_else(|| CSL.contains(&name).then_some(name))
            .unwrap_or("misc")
    }

    /// The type in CSL, by what metadata calls the kind.
    pub fn csl_of(name: &str) -> &'static str {
        Self::named(name).map_or_else(
            || CSL.iter().find(|known| **known == name).copied().unwrap_or("document"),
            |kind| kind.csl,
        )
    }

    /// Whether CSL has such a type.
    pub fn is_of_csl(name: &str) -> bool {
        CSL.contains(&name) || KINDS.iter().any(|kind| kind.csl == name)
    }

    /// The field of BibTeX that says where a paper appeared, by what metadata calls its kind.
    pub fn place_of(name: &str) -> &'static str {
        Self::named(name).map_or("howpublished", |kind| kind.place)
    }

    /// Whether it is a publisher that made papers of the kind public, and not a journal, a volume or a site that they are in.
    pub fn is_of_publisher(place: &str) -> bool {
        matches!(place, "publisher" | "school" | "institution" | "organization")
    }
}

/// What is known of a paper, from the richest of its sources and then from the others.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Record {
    /// The key that cites it; no two papers of a site have one.
    pub key: String,
    /// What metadata calls its kind.
    pub kind: String,
    /// Plain text in which `$…$` is math.
    pub title: String,
    /// Who wrote it.
    pub authors: Vec<Person>,
    /// Whether there are more than are named.
    pub others: bool,
    /// Where it appeared; may be empty.
    pub venue: String,
    /// When it came out: a year with a month and a day where they are known, or what its source says instead.
    pub date: String,
    /// All fields of [`FIELDS`] that are known, in that order.
    pub fields: Vec<(&'static Field, String)>,
    /// People of [`PEOPLE`].
    pub people: Vec<(&'static Field, Vec<Person>)>,
    /// What the paper's bibliography says under names of its own.
    pub own: Vec<(String, String)>,
    /// Its ids, best first.
    pub ids: Vec<PaperId>,
    /// The address to give to others; may be empty.
    pub url: String,
    /// Addresses of the same paper beside that.
    pub more_urls: Vec<String>,
    /// Addresses of what belongs to it: `pdf`, `code`, …
    pub links: Vec<Link>,
    /// Words that say what it is about.
    pub keywords: Vec<String>,
    /// Remarks of its source.
    pub note: String,
    /// The classes that arXiv gives it, best first.
    pub classes: String,
}

impl Record {
    /// The type in BibTeX.
    pub fn bibtex(&self) -> &str {
        let name = self.kind.as_str();
        Kind::named(name)
            .map_or_else(|| if BIBTEX.contains(&name) { name } else { "misc" }, |kind| kind.bibtex)
    }

    /// The type in RIS.
    pub fn ris(&self) -> &'static str {
        let name = self.kind.to_uppercase();
        Kind::named(&self.kind).map_or_else(
            || RIS.iter().find(|known| **known == name).copied().unwrap_or("GEN"),
            |kind| kind.ris,
        )
    }

    /// The type in CSL.
    pub fn csl(&self) -> &'static str {
        // A preprint says so by its id.
        let is_preprint = self.kind == "misc" && self.arxiv().is_some();
        if is_preprint { "article" } else { Kind::csl_of(&self.kind) }
    }

    /// The field of BibTeX that says where it appeared.
    pub fn place(&self) -> &'static str {
        Kind::place_of(&self.kind)
    }

    /// A field of [`FIELDS`]; empty where nothing is known.
    pub fn field(&self, name: &str) -> &str {
        self.fields.iter().find(|(field, _)| field.name == name).map_or("", |(_, value)| value)
    }

    /// Year, month and day, as far as the date is one.
    pub fn date_parts(&self) -> Option<Vec<&str>> {
        date_parts(&self.date)
    }

    /// The first page and the last, as far as they are told.
    pub fn page_range(&self) -> (&str, &str) {
        let pages = self.field("pages");
        let (first, last) = pages.split_once(['–', '-']).unwrap_or((pages, ""));
        (first.trim(), last.trim_start_matches(['-', '–']).trim())
    }

    /// The id of a kind.
    pub fn id(&self, is_kind: fn(&PaperId) -> bool) -> Option<&str> {
        self.ids.iter().find(|id| is_kind(id)).map(PaperId::as_str)
    }

    /// The number at arXiv.
    pub fn arxiv(&self) -> Option<&str> {
        self.id(|id| matches!(id, PaperId::Arxiv(_)))
    }

    /// The DOI.
    pub fn doi(&self) -> Option<&str> {
        self.id(|id| matches!(id, PaperId::Doi(_)))
    }

    /// The date in ISO as far as it goes; the year alone of one that is said in other words.
    pub fn iso_date(&self) -> &str {
        if self.date_parts().is_some() { &self.date } else { self.year() }
    }

    /// The year, where the date has one.
    pub fn year(&self) -> &str {
        year_in(&self.date)
    }
}

/// Year, month and day of a date in ISO, as far as it goes.
pub fn date_parts(date: &str) -> Option<Vec<&str>> {
    let parts: Vec<&str> = date.split('-').collect();
    let fits = parts.iter().zip([4, 2, 2]).all(|(part, length)| {
        part.len() == length && part.bytes().all(|byte| byte.is_ascii_digit())
    });
    (fits && parts.len() <= 3).then_some(parts)
}

/// The first year that a text says.
pub fn year_in(text: &str) -> &str {
    text.split(|c: char| !c.is_ascii_digit())
        .find(|word| word.len() == 4 && matches!(word.as_bytes(), [b'1' | b'2', ..]))
        .unwrap_or_default()
}
