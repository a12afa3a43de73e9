//! A digest as its headings of one level part it: which of them are papers, and which are sections.

use std::ops::Range;

use crate::diagnostic::{Code, Finding};
use crate::formats::fields::{self, Field};
use crate::formats::heading::title_of;
use crate::formats::metadata::starts_with_metadata;
use crate::formats::passages::{Passages, join};
use crate::formats::text::{Fence, Line, has, heading, lines};
use crate::formats::{
    Hints, colons, dates, front_matter, label_list, language_split, list, normalize, notes,
};
use crate::model::{Digest, Entry, Link, Meta, PaperId, Passage};

use super::entry;

/// A heading and what is under it.
pub(super) struct Section<'t> {
    pub(super) heading: Line<'t>,
    pub(super) title: &'t str,
    pub(super) body: Range<usize>,
    /// Whether code opens in it and never closes.
    pub(super) open_code: bool,
    /// Whether its level is that of papers, else it stands over them; and whether its words may be a title.
    can_be_paper: bool,
}

/// A digest read so.
pub(super) struct Read {
    pub(super) digest: Digest,
    pub(super) findings: Vec<Finding>,
    /// How many headings are beyond doubt those of papers.
    pub(super) papers: usize,
}

/// A text as the headings of one level part it, with as much read as tells which of them are papers.
pub(super) struct Parted<'t> {
    level: usize,
    sections: Sections<'t>,
    /// What is under each heading, and whether anything but its words says that it is a paper.
    entries: Vec<(Entry, bool)>,
    /// What is odd about the headings, and about what is under them.
    findings: (Vec<Finding>, Vec<Finding>),
    judge: Judge,
    /// As of what is read.
    pub(super) papers: usize,
}

impl<'t> Parted<'t> {
    /// Parts a text below its front matter.
    pub(super) fn of(level: usize, text: &'t str, body: usize, hints: &Hints<'_>) -> Self {
        let (mut odd, mut entries, mut findings) = (Vec::new(), Vec::new(), Vec::new());
        let mut sections = Sections::of((level, hints.foreign), text, body, &mut odd);
        let judge = Judge { is_own_level: level == 2 && !hints.foreign, foreign: hints.foreign };
        // Most texts have headings of two levels, and are asked for those of five.
        if sections.all.iter().any(|section| section.can_be_paper) {
            for section in &mut sections.all {
                let read = entry::read(text, section, hints, &mut findings);
                section.can_be_paper &= judge.may_be(section, &read.0);
                entries.push(read);
            }
        }
        let papers = judge.count(sections.all.iter().zip(&entries));
        Self { level, sections, entries, findings: (odd, findings), judge, papers }
    }

    /// Reads the text so; `whole` is what its front matter says.
    pub(super) fn read(
        self,
        text: &'t str,
        body: usize,
        (whole, hints): (Digest, &Hints<'_>),
    ) -> Read {
        let Self { level, sections, entries, findings: (mut findings, odd), judge, papers } = self;
        let (mut digest, all) = (whole, sections.all);
        digest.intro =
            super::intro(text, body..sections.intro_end, &mut digest.meta, hints, &mut findings);
        findings.extend(odd);
        let is_entry = |(section, read)| judge.is_entry(section, read, papers);
        let are_entries: Vec<bool> = all.iter().zip(&entries).map(is_entry).collect();
        let (mut subject, mut is_changed) = (None, level != 2);
        for (at, (section, (mut entry, _))) in all.iter().zip(entries).enumerate() {
            if are_entries[at] {
                let subject: Option<&String> = subject.as_ref();
                entry.fields.extend(subject.map(|words| ("section".to_owned(), words.clone())));
                language_split::split(&mut entry.body, digest.meta.lang.as_ref(), hints);
                entry.body.retain(|passage| level == 2 || !is_rule(&passage.text.text));
                if hints.foreign && entry.links.is_empty() {
                    entry.links.extend(called_so(text, section));
                }
                digest.entries.push(entry);
                continue;
            }
            is_changed = true;
            // A heading alone above papers says what they are about.
            let is_empty = text[section.body.clone()].trim().is_empty();
            let is_subject = is_empty && are_entries.get(at + 1) == Some(&true);
            let title = title_of(section.title);
            subject = Some(title.words)
                .filter(|words| is_subject && !title.has_link && !words.is_empty());
            // A year says no more than the days below it.
            let is_time = || hints.foreign && is_empty && dates::whole(section.title).is_some();
            if subject.is_none() && !is_time() {
                keep(text, section, &mut digest, (hints, &mut findings));
                findings.extend((papers > 0).then(|| no_paper(section)));
            }
        }
        if is_changed {
            normalize::digest(&mut digest, hints);
        }
        Read { digest, findings, papers }
    }
}

/// Gives a section that is no paper's to the text before it.
fn keep(
    text: &str,
    section: &Section<'_>,
    digest: &mut Digest,
    (hints, findings): (&Hints<'_>, &mut Vec<Finding>),
) {
    let range = section.heading.start..section.body.end;
    let (passages, odd) =
        Passages::of(text, lines(text, range.clone()), range.end, hints.languages);
    findings.extend(odd);
    let into: &mut Vec<Passage> =
        digest.entries.last_mut().map_or(&mut digest.intro, |entry| &mut entry.body);
    for passage in passages {
        join(into, passage);
    }
}

fn no_paper(section: &Section<'_>) -> Finding {
    let message =
        "nothing says that this heading is a paper's, so it is a section of the text before it";
    let finding =
        Finding::new(Code::NotRead, message).at(section.heading.start..section.heading.end());
    finding.help("put the paper's link or its authors below it, or `<!-- -->` if there are none")
}

/// The address below a heading that is called the paper's, as in a note.
fn called_so(text: &str, section: &Section<'_>) -> Option<Link> {
    let below: Vec<_> = lines(text, section.body.clone()).collect();
    notes::link_called_so(below.iter())
}

/// What is known of all sections when one is judged.
struct Judge {
    /// A quote below a heading of another level, or in a text of another program, may be a quote.
    is_own_level: bool,
    foreign: bool,
}

/// So many headings of papers make a text a digest, whatever else is in it.
const FEW: usize = 3;

impl Judge {
    /// How many headings are those of papers. In what others wrote, a word or two over an address, among sections, are one of them,
    /// and so is one heading among many.
    fn count<'s>(&self, all: impl Iterator<Item = (&'s Section<'s>, &'s (Entry, bool))>) -> usize {
        let (mut papers, mut others, mut are_bare, mut are_words) = (0, 0, true, true);
        for (section, read) in all {
            if !self.is_paper(section, read) {
                others += 1;
                continue;
            }
            papers += 1;
            are_bare &= read.0.authors.is_empty();
            are_words &= section.title.split(' ').nth(2).is_none();
        }
        let least = if are_words { papers } else { papers * 3 };
        if self.foreign && papers < FEW && are_bare && least <= others { 0 } else { papers }
    }

    /// Whether something says that a heading is a paper's.
    fn is_paper(&self, section: &Section<'_>, (entry, proved): &(Entry, bool)) -> bool {
        // Sections of a post begin with links as well.
        let leads = || entry.links.iter().any(|link| list::is_paper(&link.url));
        let is_sure = || self.is_own_level || leads() || has_people(entry, self.foreign);
        *proved && section.can_be_paper && (is_sure() || entry::has_front(section, entry))
    }

    /// Whether one is read as a paper's. Every heading is where nothing tells them apart, in what is written for the program; else
    /// whoever writes for it gives papers headings, but for those that can only be sections.
    fn is_entry(
        &self,
        section: &Section<'_>,
        (entry, proved): &(Entry, bool),
        papers: usize,
    ) -> bool {
        let is_own = self.is_own_level && (papers == 0 || !is_section(&entry.title));
        section.can_be_paper && (is_own || *proved && papers > 0)
    }

    /// Whether a heading is none that only says what is below it.
    fn may_be(&self, section: &Section<'_>, entry: &Entry) -> bool {
        !self.foreign || !is_section(&entry.title) && !names_head(section.title)
    }
}

/// Whether a heading says that what is below it is about the paper: `## 基本信息`.
pub(in crate::formats) fn names_head(title: &str) -> bool {
    fields::named(&title_of(title).words, &[]).is_some_and(Field::is_paper)
}

/// Whether it names people. In brackets below a heading of other programs' texts anything may stand, but no name has a digit.
fn has_people(entry: &Entry, foreign: bool) -> bool {
    let is_name = |name: &String| !foreign || !name.contains(|c: char| c.is_ascii_digit());
    !entry.authors.is_empty() && entry.authors.iter().all(is_name)
}

/// Whether a dated text is no digest but a post: no heading of it opens an entry, no line of it is a paper, and it has a
/// title, or keys of another program.
pub(super) fn is_post(
    text: &str,
    body: usize,
    (meta, is_foreign): (&Meta, bool),
    hints: &Hints<'_>,
) -> bool {
    let named = front_matter::date_of_name(hints.stem)
        .ok()
        .flatten()
        .is_none_or(|(_, rest)| !rest.is_empty());
    // Nearly every digest has a date for a name, and needs no more than this.
    if !is_foreign && !named {
        return false;
    }
    let sections = Sections::of((2, false), text, body, &mut Vec::new());
    let first = |range: Range<usize>| {
        lines(text, range).find(|line| !line.is_blank()).map_or("", |line| line.text)
    };
    let opens = |section: &Section<'_>| {
        let body = entry::skip_blank(text, section.body.clone());
        let has_head = || {
            starts_with_metadata(&text[body.clone()])
                || notes::opens_entry(
                    section.title,
                    label_list::telling(text[body.clone()].lines()),
                )
        };
        !is_section(section.title) && (body.is_empty() || has_head())
    };
    let titled = !meta.title.is_empty()
        || sections.intro_end > 0 && heading(first(body..sections.intro_end)).is_some();
    let is_bare = || {
        lines(text, body..sections.intro_end).any(|line| PaperId::parse(line.text.trim()).is_some())
    };
    (is_foreign || titled)
        // What no heading of another program's text proves to be a paper's is none.
        && (hints.foreign || !sections.all.iter().any(opens))
        && !is_bare()
        && !text[body..].trim().is_empty()
}

/// The day that a heading is called after.
pub(super) fn day_of(title: &str) -> Option<dates::When> {
    dates::whole(title).or_else(|| dates::find(title).filter(|when| when.is_near()))
}

/// What headings of what a text refers to are called.
#[rustfmt::skip]
const REFERENCES: &[&str] = &[
    "reference", "references", "bibliography", "참고", "참고문헌", "참고 문헌", "참고자료", "참고 자료", "参考", "參考", "參考文獻",
    "参考文献", "参考资料", "参考链接", "参考リンク", "literatur", "referencias", "références", "参考資料", "参考情報", "参考论文", "source",
    "sources", "출처", "来源", "來源", "出处", "出處", "出典", "出所", "情報源", "引用文献", "quelle", "quellen", "fuentes",
    "literaturverzeichnis",
];

/// What headings are called that only say what is below them.
const SECTIONS: &[&str] = &[
    "introduction",
    "intro",
    "background",
    "conclusion",
    "conclusions",
    "reading",
    "todo",
    "to read",
    "news",
    "other",
    "others",
    "misc",
    "today",
    "this week",
    "further reading",
    "links",
    "resources",
    "appendix",
    "thanks",
    "acknowledgements",
    "overview",
    "motivation",
    "results",
    "experiments",
    "related work",
    "discussion",
    "contributions",
    "limitations",
    "소개",
    "서론",
    "결론",
    "부록",
    "기타",
    "오늘",
    "개요",
    "동기",
    "실험",
    "결과",
    "관련 연구",
    "引言",
    "背景",
    "结论",
    "附录",
    "其他",
    "动机",
    "实验",
    "相关工作",
    "動機",
    "実験",
    "結果",
    "関連研究",
    "はじめに",
    "おわりに",
    "その他",
    "einleitung",
    "fazit",
    "conclusión",
    "introducción",
];

/// Whether a heading only says what is below it.
pub(in crate::formats) fn is_section(title: &str) -> bool {
    parts(title)
        .all(|part| SECTIONS.contains(&part.as_str()) || REFERENCES.contains(&part.as_str()))
}

/// Whether a heading says that what the text refers to is below it.
pub(in crate::formats) fn is_of_references(title: &str) -> bool {
    parts(title).any(|part| REFERENCES.contains(&part.as_str()))
}

fn parts(title: &str) -> impl Iterator<Item = String> {
    // Sections may be numbered.
    let words = title.trim_start_matches(|c: char| !c.is_alphabetic());
    let words = words.trim_end_matches(|c: char| !c.is_alphanumeric());
    words.split([',', '&', '/']).map(|part| part.trim().to_lowercase())
}

fn is_rule(text: &str) -> bool {
    text.trim().chars().all(|c| matches!(c, '-' | '*' | '_' | ' '))
}

/// The blocks between lines of colons in which headings are the text's own; none stands in another. A block that seems to
/// hold an entry was never closed, and what closes it belongs to another.
fn within_blocks(text: &str, body: usize, level: usize) -> Vec<Range<usize>> {
    if !has(&text[body..], ":::") {
        return Vec::new();
    }
    let mut fence = Fence::default();
    let shown = lines(text, body..text.len()).filter(move |line| !fence.take(line.text));
    let heads = shown.filter(|line| heading(line.text).is_some_and(|(of, _)| of <= level));
    let heads: Vec<Line<'_>> = heads.collect();
    let mut blocks: Vec<Range<usize>> = Vec::new();
    for (start, end) in colons::closed(lines(text, body..text.len()), Vec::new(), &[]) {
        let within = &heads[heads.partition_point(|head| head.start < start)..];
        let mut within = within.iter().take_while(|head| head.start < end);
        if blocks.last().is_none_or(|last| last.end < start)
            && !within.any(|head| opens_entry(text, head))
        {
            blocks.push(start..end);
        }
    }
    blocks
}

/// Whether metadata stands below a heading.
fn opens_entry(text: &str, head: &Line<'_>) -> bool {
    starts_with_metadata(&text[entry::skip_blank(text, head.next..text.len())])
}

struct Sections<'t> {
    intro_end: usize,
    all: Vec<Section<'t>>,
}

impl<'t> Sections<'t> {
    /// In what others wrote, a deeper heading right above the address of a paper is one of papers as well, and so is one right
    /// below a day, with those that follow it on its level.
    fn of(
        (level, foreign): (usize, bool),
        text: &'t str,
        body: usize,
        findings: &mut Vec<Finding>,
    ) -> Self {
        let mut sections = Self { intro_end: text.len(), all: Vec::new() };
        let mut fence = Fence::default();
        let mut within = within_blocks(text, body, level).into_iter().peekable();
        let (mut is_below_day, mut of_day) = (false, None);
        for line in lines(text, body..text.len()) {
            if fence.take(line.text) {
                continue;
            }
            let Some((of, title)) = heading(line.text) else {
                is_below_day &= line.is_blank();
                continue;
            };
            let is_deep = foreign && of > level;
            let below =
                || lines(text, line.next..text.len()).next().map_or("", |line| line.text.trim());
            let is_paper = || {
                let is_address = !below().contains(' ') && list::is_paper(below());
                is_address && title.split_whitespace().count() > 2
            };
            let is_day = foreign && day_of(title).is_some();
            of_day = if is_below_day { Some(of) } else { of_day.filter(|_| of > level) };
            of_day = of_day.filter(|_| !is_day);
            is_below_day = is_day && of == level;
            let of = if is_deep && (of_day == Some(of) || is_paper()) { level } else { of };
            while within.next_if(|block| block.end < line.start).is_some() {}
            if within.peek().is_none_or(|block| line.start < block.start) {
                sections.heading((level, of), title, line, findings);
            }
        }
        if let Some(last) = sections.all.last_mut() {
            last.body.end = text.len();
            last.open_code = fence.is_open();
        }
        sections
    }

    fn heading(
        &mut self,
        (level, of): (usize, usize),
        title: &'t str,
        line: Line<'t>,
        findings: &mut Vec<Finding>,
    ) {
        // The title of the whole stands above all.
        let is_above = of < level && level > 2 && (of > 1 || !self.all.is_empty());
        let parts = of == level || is_above;
        if parts {
            match self.all.last_mut() {
                Some(last) => last.body.end = line.start,
                None => self.intro_end = line.start,
            }
            let body = line.next..line.next;
            self.all.push(Section {
                heading: line,
                title,
                body,
                open_code: false,
                can_be_paper: of == level,
            });
        } else if of == 1 && !self.all.is_empty() {
            let finding = Finding::new(
                Code::Unplaced,
                "a level-1 heading among entries belongs to the commentary before it",
            );
            findings.push(
                finding
                    .at(line.start..line.end())
                    .help("`##` opens an entry, `###` is a heading inside one"),
            );
        }
    }
}
