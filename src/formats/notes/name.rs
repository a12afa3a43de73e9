//! What a note's name tells: the paper's title, and before it a day, a year, or where the paper appeared.

use jiff::civil::Date;

use super::title::folded;
use crate::formats::{Hints, dates, front_matter, metadata};
use crate::model::{Entry, Link, PaperId, author};

/// The note's name: that of its folder where the file is its index, and without the number that Notion puts behind it.
pub(super) fn own<'h>(hints: &Hints<'h>) -> &'h str {
    let stem = match hints.stem {
        "index" | "README" | "readme" => {
            hints.folder.rsplit('/').next().filter(|name| !name.is_empty())
        }
        _ => None,
    };
    let stem = stem.unwrap_or(hints.stem);
    let id = stem
        .rsplit_once(' ')
        .filter(|(_, id)| id.len() == 32 && id.bytes().all(|b| b.is_ascii_hexdigit()));
    id.map_or(stem, |(name, _)| name)
}

/// The note's name without its date or year, and without the mark of a literature note.
pub(super) fn title<'h>(hints: &Hints<'h>) -> &'h str {
    bare(own(hints))
}

/// A name without its date or year, and without the mark of a literature note.
pub(super) fn bare(name: &str) -> &str {
    let rest = dated(name).map_or(name, |(_, name)| name);
    let rest = published(rest).map_or(rest, |named| named.title);
    let rest = rest.strip_prefix('@').unwrap_or(rest);
    let rest = numbered(rest).map_or(rest, |(_, name)| name);
    counted(rest).unwrap_or(rest)
}

/// The number of arXiv that a name begins with, and what is left of it: `2503.90001v2 Lamps`, `[2503.90001] Lamps`.
pub(super) fn numbered(name: &str) -> Option<(PaperId, &str)> {
    let inner = name.trim_start_matches('[');
    let end = inner.find(|c: char| !c.is_ascii_digit() && c != '.' && c != 'v');
    let (number, rest) = inner.split_at(end.unwrap_or(inner.len()));
    let id = PaperId::parse(number).filter(|id| matches!(id, PaperId::Arxiv(_)))?;
    let rest = rest.trim_start_matches([']', ' ', '-', '_', ':', '.']);
    Some((id, if rest.is_empty() { name } else { rest }))
}

/// Whether a name is the key of a reference, as libraries call the notes on it: `@wick2024`.
pub(super) fn is_key(name: &str) -> bool {
    name.strip_prefix('@').is_some_and(|key| key.len() > 3 && !key.contains(' '))
}

/// The year in the key of a reference: `@wickLamps2019`, `@wick2019a`.
pub(super) fn year_of_key(name: &str) -> Option<&str> {
    let key = name.strip_prefix('@').filter(|_| is_key(name))?;
    let at = key.find(|c: char| c.is_ascii_digit()).filter(|at| *at > 1)?;
    let end = key[at..].find(|c: char| !c.is_ascii_digit()).map_or(key.len(), |end| at + end);
    Some(&key[at..end]).filter(|year| is_year(year))
}

/// The file of a paper as reference managers call it.
pub(in crate::formats) struct Filed<'n> {
    /// The people as the name has them.
    pub(super) people: String,
    pub(super) year: &'n str,
    pub(super) title: &'n str,
    /// How much it looks like a reference: most where others are left unsaid, a little where there are several people.
    pub(in crate::formats) signs: usize,
}

/// What says beyond doubt that a name is that of a paper's file.
pub(in crate::formats) const SURE: usize = 10;

/// `Wick et al. - 2019 - Lamps at Night`, `Wick and Tallow_2019_Lamps at Night`, `2019_Wick_Tallow_Lamps at Night`.
pub(in crate::formats) fn filed(name: &str) -> Option<Filed<'_>> {
    [" - ", " – ", "_"].into_iter().find_map(|sign| {
        let year = name.split(sign).find(|part| is_year(part))?;
        let at = year.as_ptr() as usize - name.as_ptr() as usize;
        let behind = name[at + year.len()..].strip_prefix(sign)?;
        let (people, title) = match name[..at].strip_suffix(sign) {
            Some(people) => (people, behind),
            // A sign before a space stands for a colon.
            None if sign == "_" => {
                let parts = behind.rmatch_indices('_').map(|(at, _)| behind.split_at(at));
                let mut parts = parts.map(|(people, title)| (people, &title[1..]));
                parts.find(|(_, title)| !title.starts_with(' '))?
            }
            None => return None,
        };
        let known = people.trim_end_matches('.');
        let bare = known.strip_suffix(" et al").unwrap_or(known);
        let is_short = bare.len() < known.len();
        let names = || bare.split(['_', ',', '&']).flat_map(|part| part.split(" and "));
        let fits = names().all(|name| is_surname(name.trim()));
        let people: Vec<&str> = names().map(str::trim).collect();
        let others = if is_short { " et al." } else { "" };
        let is_title = title.split(' ').count() > 1 && title.contains(char::is_alphabetic);
        (fits && is_title).then(|| Filed {
            signs: if is_short { SURE } else { usize::from(people.len() > 1) },
            people: people.join(", ") + others,
            year,
            title,
        })
    })
}

/// Whether a word or a few are the last name of someone: `Wick`, `van Wachs`.
fn is_surname(name: &str) -> bool {
    let words = || name.split(' ');
    let is_letter = |c: char| c.is_alphabetic() || "-'’.".contains(c);
    words().count() < 4
        && words().all(|word| !word.is_empty() && word.chars().all(is_letter))
        && words().any(|word| word.starts_with(char::is_uppercase))
        && words().next_back().is_some_and(|word| word.chars().count() > 1)
        && !is_venue(name)
}

/// Whether a word is a year in which papers appeared.
fn is_year(word: &str) -> bool {
    let digits = word.len() == 4 && word.bytes().all(|b| b.is_ascii_digit());
    digits && (word.starts_with("19") || word.starts_with("20"))
}

/// Takes what the file's name says of the paper, where the text does not.
pub(super) fn complete(hints: &Hints<'_>, entry: &mut Entry) {
    let own = own(hints);
    let is_untold = entry.title == title(hints);
    let says = |title: &str| is_untold || folded(&entry.title).starts_with(&folded(title));
    if let Some(filed) = filed(own).filter(|filed| says(filed.title)) {
        if is_untold {
            // Names of files hold no colon.
            entry.title = filed.title.replace("_ ", ": ");
        }
        if entry.authors.is_empty() && entry.org.is_none() {
            metadata::add_authors(entry, &filed.people);
        }
        appeared(filed.year, entry);
    }
    if let Some(year) = year_of_key(own) {
        appeared(year, entry);
    }
    let number = numbered(own).filter(|_| entry.ids().is_empty());
    entry.links.extend(number.map(|(id, _)| Link { key: None, url: id.url() }));
    if let Some(named) = before(own, &entry.title) {
        placed(&named, entry);
    }
    take_placed(entry);
    entry.title =
        worded_title(&entry.title, is_untold).unwrap_or_else(|| std::mem::take(&mut entry.title));
}

/// Takes the year and the venue that stand in brackets beside a title, unless others are said elsewhere: `Lamps (CVPR 2023)`.
pub(in crate::formats) fn take_placed(entry: &mut Entry) {
    let whole = entry.title.clone();
    let front = in_brackets(&whole).filter(|named| !named.venue.is_empty());
    let is_told = |named: &Named<'_>| named.venue.is_empty() || is_venue(&named.venue);
    let Some(named) = front.or_else(|| behind(&whole).filter(is_told)) else { return };
    placed(&named, entry);
    let says = |name: &str, value: &str| {
        value.is_empty() || entry.field(name).is_some_and(|known| known.contains(value))
    };
    let is_said = (says("year", &named.year) || says("published", &named.year))
        && says("venue", &named.venue);
    if is_said {
        (entry.title, entry.title_markup) = (named.title.to_owned(), None);
    }
}

/// A title with blanks for the signs that names of files have for them: `Lamps_That_Dim`; and where it is one, with colons for
/// those before a blank: `LampNet_ Lamps at Night`.
fn worded_title(title: &str, is_of_file: bool) -> Option<String> {
    if title.contains(' ') {
        return (is_of_file && title.contains("_ ")).then(|| title.replace("_ ", ": "));
    }
    let words = || title.split('_').filter(|word| !word.is_empty());
    let is_word =
        |word: &str| word.chars().all(|c| c.is_alphanumeric() || "-&:,'’.()+".contains(c));
    // Names in programs have small letters alone.
    let are_capital = words().filter(|word| word.starts_with(char::is_uppercase)).count() > 1;
    (words().count() > 2 && are_capital && words().all(is_word))
        .then(|| words().collect::<Vec<_>>().join(" "))
}

/// Says where and when a paper appeared, where nothing else does.
fn placed(named: &Named<'_>, entry: &mut Entry) {
    appeared(&named.year, entry);
    if !named.venue.is_empty() && entry.field("venue").is_none() {
        metadata::add_field(entry, "venue", &named.venue);
    }
}

/// Says the year that a paper is of, where nothing else does.
fn appeared(year: &str, entry: &mut Entry) {
    if entry.field("year").or(entry.field("published")).is_none() {
        metadata::add_field(entry, "year", year);
    }
}

/// What stands behind the number that counts a file: `012_lamps`.
fn counted(name: &str) -> Option<&str> {
    let digits = name.bytes().take_while(u8::is_ascii_digit).count();
    let rest = name[digits..].strip_prefix(['_', '-'])?.trim_start_matches([' ', '_', '-']);
    let counts = digits == 3 || digits == 2 && name.starts_with('0');
    (counts && rest.starts_with(char::is_alphabetic)).then_some(rest)
}

/// The day that a name begins or ends with, and what is left of the name.
pub(super) fn dated(name: &str) -> Option<(Date, &str)> {
    let first = front_matter::date_of_name(name).ok().flatten();
    first.or_else(|| dates::at_end(name).and_then(|(when, rest)| Some((when.date()?, rest))))
}

/// What a name says of a paper beside its title: `[2024 LampConf] Lamps That Learn`, `22_TPDS_Lamps That Learn`.
#[derive(Debug, Default, PartialEq, Eq)]
pub(in crate::formats) struct Named<'n> {
    pub(in crate::formats) year: String,
    /// Empty where it says none.
    pub(in crate::formats) venue: String,
    pub(in crate::formats) title: &'n str,
}

/// Words that say of what stands beside a venue that it is no title.
const OTHERS: [&str; 14] = [
    "report",
    "trip",
    "notes",
    "summary",
    "papers",
    "list",
    "workshop",
    "tutorial",
    "deadlines",
    "总结",
    "總結",
    "정리",
    "まとめ",
    "参加",
];
/// Venues as names of files have them, beside those that everybody knows.
const VENUES: &str = "3dv accv acl aistats alt asplos atc bmvc ccs chi cikm coling colt conll corl cscw eacl ecir ecml edbt \
    eurosys fast fse hpca hpdc icde icdm icpp icra icse ijcv imc infocom ipdps iros isbi isca issta kdd mam miccai micro mlsys \
    mobicom mobisys ndss nsdi oopsla osdi pami pkdd pldi popl ppopp pvldb recsys rss sc sdm sigcomm sigmod sosp tacl taslp tcsvt \
    tip tkde tmi tmm tnnls tods tog toplas tpami tpds uai uist usenix vldb wacv wsdm www";

/// What stands before the words that a title begins with, in the name of a file: `2019 DeepLamp`, for `DeepLamp: How Lamps Learn`.
pub(super) fn before<'n>(name: &'n str, title: &str) -> Option<Named<'n>> {
    let named = front(name)?;
    let rest = folded(named.title);
    // What the paper calls its method may stand before its title: `DeepLamp: How Lamps Learn`.
    let behind = title.split_once(':').map(|(_, title)| title);
    let says = |title: &str| folded(title).starts_with(&rest);
    (rest.len() > 3 && (says(title) || behind.is_some_and(says))).then_some(named)
}

/// What a name says of a paper whose title has some words.
pub(super) fn published(name: &str) -> Option<Named<'_>> {
    front(name).filter(|named| is_long(named.title))
}

/// What stands in brackets before a title of some words.
pub(in crate::formats) fn in_brackets(title: &str) -> Option<Named<'_>> {
    bracketed(title).filter(|named| is_long(named.title))
}

fn is_long(title: &str) -> bool {
    title.split([' ', '_', '-']).count() > 2 || title.chars().filter(|c| !c.is_ascii()).count() > 5
}

fn front(name: &str) -> Option<Named<'_>> {
    bracketed(name).or_else(|| worded(name)).or_else(|| behind(name))
}

fn made(title: &str, (year, venue): (String, String)) -> Option<Named<'_>> {
    let title = title.trim_start_matches([' ', '_', '-', ':']).trim_end();
    (!title.is_empty()).then_some(Named { year, venue, title })
}

/// `[2019 CVPR] Title`, `[논문][2022][LampConf] Title`, `[ICLR 24] Title`.
fn bracketed(name: &str) -> Option<Named<'_>> {
    let inner = name.strip_prefix(['[', '(', '【'])?;
    let end = inner.find("] ").filter(|_| inner.contains("]["));
    let (inside, rest) = match end {
        Some(end) => (&inner[..end], &inner[end + 1..]),
        None => inner.split_once([']', ')', '】'])?,
    };
    made(rest, of_venue(inside)?)
}

/// `Title (CVPR 2023)`
fn behind(name: &str) -> Option<Named<'_>> {
    let (title, inside) = name.strip_suffix([')', ']'])?.rsplit_once(['(', '['])?;
    made(title, of_venue(inside)?)
}

/// `2019 Title`, `2023_CVPR_Title`, `22_TPDS_Title`, `CVPR2023-Title`, `CVPR 2023 - Title`.
fn worded(name: &str) -> Option<Named<'_>> {
    let marks = [' ', '_', '-'];
    let (first, rest) = name.split_once(marks)?;
    let rest = rest.trim_start_matches(marks);
    let (second, after) = rest.split_once(marks).unwrap_or((rest, ""));
    let both = || of_venue(&name[..name.len() - rest.len() + second.len()]);
    let known = |venue: &str| is_venue(venue.trim());
    if let Some(said) = of_venue(first) {
        // A year alone, or with the venue behind it.
        let found =
            both().filter(|(_, venue)| said.1.is_empty() && known(venue) && !after.is_empty());
        return match found {
            Some(both) => made(after, both),
            None if said.1.is_empty() => made(rest, said),
            None => made(rest, said).filter(|named| known(&named.venue) && is_title(named)),
        };
    }
    let found = both().filter(|(_, venue)| known(venue) && !after.is_empty())?;
    made(after, found).filter(is_title)
}

/// Whether what stands beside a venue may be the title of a paper.
fn is_title(named: &Named<'_>) -> bool {
    let title = named.title.to_lowercase();
    !OTHERS.iter().any(|word| title.contains(word))
}

fn is_venue(word: &str) -> bool {
    let word = word.to_lowercase();
    author::is_venue(&word) || VENUES.split_whitespace().any(|venue| venue == word)
}

/// The year that a few words hold, and the venue beside it: `2022 LampConf`, `논문][2022][LampConf`, `CVPR'23`.
fn of_venue(text: &str) -> Option<(String, String)> {
    // Every name is asked for this in several ways, and most have no number at all.
    if !text.bytes().any(|b| b.is_ascii_digit()) {
        return None;
    }
    // In brackets of their own the venue is the next.
    if text.contains("][") {
        let mut groups = text.split("][").map(str::trim);
        let year = groups.find(|group| is_year(group))?;
        return Some((year.to_owned(), groups.next().unwrap_or_default().to_owned()));
    }
    let parts = text.split(|c: char| c.is_whitespace() || "[]()_-'’,".contains(c));
    let words: Vec<&str> =
        parts.flat_map(with_year_apart).filter(|word| !word.is_empty()).collect();
    let (numbers, others): (Vec<&str>, Vec<&str>) =
        words.into_iter().partition(|word| word.bytes().all(|b| b.is_ascii_digit()));
    let [number] = numbers.as_slice() else { return None };
    let venue = others.join(" ");
    match number.len() {
        4 if author::names_year(number) && text.len() < 60 => Some(((*number).to_owned(), venue)),
        2 if is_venue(&venue) || is_shortened(text, &venue) => {
            let century = if *number < "60" { "20" } else { "19" };
            Some((format!("{century}{number}"), venue))
        }
        _ => None,
    }
}

/// Whether an apostrophe stands for the century behind a venue in capitals: `LAMPCONF'22`.
fn is_shortened(text: &str, venue: &str) -> bool {
    let mut parts = text.split(['\'', '’']).map(str::trim);
    let is_name = venue.len() > 2 && venue.chars().filter(char::is_ascii_uppercase).count() > 1;
    parts.next() == Some(venue) && is_name
}

/// `CVPR2023` as two words.
fn with_year_apart(word: &str) -> [&str; 2] {
    let digits = word.bytes().rev().take_while(u8::is_ascii_digit).count();
    let (name, number) = word.split_at(word.len() - digits);
    // `ICML2023`, `LampConf2023`
    let capitals = name.bytes().filter(u8::is_ascii_uppercase).count();
    let is_short = name.len() > 2
        && capitals > 1
        && name.bytes().all(|b| b.is_ascii_alphabetic())
        && (capitals == name.len() || name.len() > 5);
    let is_apart = digits > 0 && (is_venue(name) || digits == 4 && is_short);
    if is_apart { [name, number] } else { [word, ""] }
}

/// Whether a title has a whole day in it, as the name of a day's reading does.
pub(super) fn says_day(title: &str) -> bool {
    dates::find(title).is_some_and(|when| when.year.and(when.day).is_some())
}

#[cfg(test)]
mod tests {
    use super::{front, numbered, worded_title};

    #[test]
    fn names_of_files_begin_with_the_number_of_the_paper() {
        for (name, said) in [
            ("2503.90001", "2503.90001"),
            ("2503.90001v2 Lamps at Night", "Lamps at Night"),
            ("[2503.90001] Lamps at Night", "Lamps at Night"),
            ("2503.90001 - Lamps", "Lamps"),
            ("2503.9 Lamps", ""),
            ("2025.0310 Lamps", ""),
            ("250310 Lamps", ""),
        ] {
            assert_eq!(numbered(name).map_or("", |(_, title)| title), said, "{name}");
        }
    }

    #[test]
    fn signs_for_blanks_are_blanks_in_titles() {
        for (title, is_of_file, expected) in [
            ("Lamps_That_Dim", false, "Lamps That Dim"),
            ("Joint_Denoising&Dimming_of_Lamps", true, "Joint Denoising&Dimming of Lamps"),
            ("LampNet_ Lamps at Night", true, "LampNet: Lamps at Night"),
            ("LampNet_ Lamps at Night", false, ""),
            ("lamps_that_dim", true, ""),
            ("Lamps_at", true, ""),
            ("Lamps at Night", true, ""),
        ] {
            assert_eq!(worded_title(title, is_of_file).unwrap_or_default(), expected, "{title}");
        }
    }

    #[test]
    fn names_of_files_tell_the_venue_and_the_year() {
        for (name, said) in [
            ("2019 DeepLamp", "2019||DeepLamp"),
            ("[2019 CVPR] Lamps at Night", "2019|CVPR|Lamps at Night"),
            ("[논문][2022][LampConf] Lamps at Night", "2022|LampConf|Lamps at Night"),
            ("[CVPR][2022] Lamps at Night", "2022||Lamps at Night"),
            ("[ICLR 24] Lamps at Night", "2024|ICLR|Lamps at Night"),
            ("【CVPR2023】夜里的灯", "2023|CVPR|夜里的灯"),
            ("22_TPDS_Lamps at Night", "2022|TPDS|Lamps at Night"),
            ("CVPR2023-Lamps at Night", "2023|CVPR|Lamps at Night"),
            ("NeurIPS'23 - Lamps at Night", "2023|NeurIPS|Lamps at Night"),
            ("2023_CVPR_Lamps_at_Night", "2023|CVPR|Lamps_at_Night"),
            ("2023 BERT at Night", "2023||BERT at Night"),
            ("ICLR 2024 - Lamps at Night", "2024|ICLR|Lamps at Night"),
            ("Lamps at Night (ECCV 2022)", "2022|ECCV|Lamps at Night"),
            ("2023_Wick_Lamps at Night", "2023||Wick_Lamps at Night"),
            ("[LAMPCONF'22] Lamps at Night", "2022|LAMPCONF|Lamps at Night"),
            ("(LampConf2022) Lamps at Night", "2022|LampConf|Lamps at Night"),
            ("(ICRA18)Lamps at Night", "2018|ICRA|Lamps at Night"),
            ("[Lamps'22] Lamps at Night", ""),
            ("ICLR 2024 - trip report", ""),
            ("my list - 2024 - Lamps", ""),
            ("22 Lamps at Night", ""),
            ("LampNet 12 at Night", ""),
            ("Lamps at Night (LSD-200)", ""),
            ("[Lamp 24] Lamps at Night", ""),
        ] {
            let told =
                front(name).map(|named| format!("{}|{}|{}", named.year, named.venue, named.title));
            assert_eq!(told.unwrap_or_default(), said, "{name}");
        }
    }
}
