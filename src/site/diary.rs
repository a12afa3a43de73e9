//! Days of a diary among texts of other programs: dated by their files' names, without a title and about no paper. Nobody
//! asked for them to be published who named a folder of notes.

use crate::formats::{self, Fence, Format, Hints, MARKDOWN, NOTES, Reading};
use crate::model::Entry;
use crate::prose::{self, Target};

/// How to publish such a text all the same.
pub const HELP: &str =
    "give those that readers should see a title, or `publish: true`, in front matter";

/// Digits that the name of a day has: `Mar 2, 2025`.
const FEWEST: usize = 5;
/// Words that titles of diaries hold beside their dates, and the signs of dates in other scripts.
const PLAIN: &[&str] =
    &["daily", "diary", "day", "journal", "log", "note", "notes", "st", "nd", "rd", "th", "of"];
/// Months and days of the week, which may be cut short.
const DAYS: &str = "january february march april may june july august september october november december monday tuesday \
    wednesday thursday friday saturday sunday januar februar märz mai juni juli oktober dezember montag dienstag mittwoch \
    donnerstag freitag samstag sonntag janvier février mars avril juin juillet août septembre octobre novembre décembre lundi \
    mardi mercredi jeudi vendredi samedi dimanche enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre \
    diciembre lunes martes miércoles jueves viernes sábado domingo";
/// What Chinese, Japanese and Korean write of a day beside its numbers.
const SIGNS: &str = "年月日星期周曜一二三四五六天火水木金土년월일화수목금토요記记誌志일기";

/// What front matter says of texts that are nobody else's business: `type: meeting`.
const OWN: &[&str] = &[
    "diary",
    "journalentry",
    "meeting",
    "meetings",
    "meetingnote",
    "minutes",
    "oneonone",
    "1on1",
    "standup",
    "일기",
    "회의",
    "회의록",
    "日记",
    "日記",
    "会议",
    "会議",
    "議事録",
    "tagebuch",
    "besprechung",
];
/// What it says of them where they have no title but a date; digests come every day as well, and papers are in journals.
const DAILY: &[&str] = &["daily", "dailynote", "journal"];

/// Whether front matter says that a text is a day of a diary, or the minutes of a meeting.
fn says_own(text: &str, is_titled: bool) -> bool {
    let folded = |text: &str| -> String {
        text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
    };
    let said = formats::front_matter_text(text).unwrap_or_default();
    said.lines().filter_map(|line| line.split_once([':', '='])).any(|(key, value)| {
        let value = folded(value);
        matches!(folded(key).as_str(), "type" | "kind" | "notetype")
            && (OWN.contains(&value.as_str()) || !is_titled && DAILY.contains(&value.as_str()))
    })
}

/// Whether a text that was read is a day of a diary.
pub fn is_day(reading: &Reading, text: &str, format: &Format, stem: &str) -> bool {
    let said = reading.digests.iter().map(|digest| (digest.date, &digest.meta));
    let said: Vec<_> =
        said.chain(reading.page.iter().map(|page| (page.date, &page.meta))).collect();
    let is_asked = said.iter().any(|(_, meta)| meta.publish == Some(true));
    let entries = || reading.digests.iter().flat_map(|digest| &digest.entries);
    let is_titled = has_title(text)
        || said.iter().any(|(_, meta)| meta.title.texts.iter().any(|(_, title)| !is_date(title)))
        || entries().any(|entry| !is_date(&entry.title));
    if !is_asked && says_own(text, is_titled) {
        return true;
    }
    !said.is_empty()
        && !is_asked
        && !is_titled
        && said.iter().all(|(date, _)| date.is_some())
        && entries().all(is_nothing)
        && !names_paper(text)
        && is_dated_by_name(text, format, stem)
}

/// Whether an entry without a title tells nothing of a paper: where a text must be a note, a diary is one.
pub fn is_nothing(entry: &Entry) -> bool {
    entry.ids().is_empty() && entry.authors.is_empty()
}

/// Whether the date is gone where nobody knows what the file is called, nor what its title repeats.
fn is_dated_by_name(text: &str, format: &Format, stem: &str) -> bool {
    let untitled: Vec<&str> = text.lines().filter(|line| !line.starts_with("# ")).collect();
    let format = if format == NOTES { NOTES } else { MARKDOWN };
    let hints = Hints { foreign: true, ..Hints::default() };
    let alone = formats::read(format, &untitled.join("\n"), &hints);
    // What stands beside the date in the name is a title.
    let digits = stem.bytes().filter(u8::is_ascii_digit).count();
    digits >= FEWEST
        && is_date(stem)
        && alone.digests.iter().all(|digest| digest.date.is_none())
        && alone.page.is_none_or(|page| page.date.is_none())
}

/// Whether a text names a paper by an id or an address.
pub fn names_paper(text: &str) -> bool {
    prose::mentions(text).iter().any(|found| matches!(found.target, Target::Paper(_)))
}

/// Whether no heading of a text is a title, and nothing asks for it to be published.
pub fn is_untitled(text: &str) -> bool {
    !has_title(text) && !is_asked_for(text)
}

/// Whether front matter, or a property of Logseq's, asks for a text to be published.
pub fn is_asked_for(text: &str) -> bool {
    let said = formats::front_matter_text(text).unwrap_or_default();
    said.lines().any(|line| line.trim() == "publish: true")
        || text.lines().any(|line| line.trim() == "public:: true")
}

/// Whether a heading of level 1 outside code says more than a date.
fn has_title(text: &str) -> bool {
    let mut fence = Fence::default();
    text.lines()
        .filter(|line| !fence.take(line))
        .any(|line| line.strip_prefix("# ").is_some_and(|title| !is_date(title)))
}

/// Whether words are a date and nothing else.
fn is_date(title: &str) -> bool {
    let words = title.split(|c: char| !c.is_alphabetic()).filter(|word| !word.is_empty());
    words.map(str::to_lowercase).all(|word| {
        PLAIN.contains(&word.as_str())
            || word.len() > 2 && DAYS.split(' ').any(|day| day.starts_with(&word))
            || word.chars().all(|c| SIGNS.contains(c))
    })
}

#[cfg(test)]
mod tests {
    use super::{has_title, is_date, is_day};
    use crate::formats::{self, Hints, MARKDOWN, NOTES};

    #[test]
    fn dates_are_no_titles() {
        for date in
            ["2025-03-12", "2024_01_02", "Wednesday, March 12th, 2025", "2025년 3월 12일 (수)", ""]
        {
            assert!(is_date(date), "{date}");
        }
        for title in ["Lamps", "2025-03-12 Lamps", "밤의 등불", "夜の灯り", "Marble", "Sundial"]
        {
            assert!(!is_date(title), "{title}");
        }
        assert!(has_title("\n# Lamps\n") && !has_title("```\n# Lamps\n```\n# 2025-03-12\n"));
    }

    #[test]
    fn days_of_a_diary_are_told_from_notes_and_digests() {
        for (format, stem, text, expected) in [
            (MARKDOWN, "2024_01_02", "- today I cooked\n", true),
            (MARKDOWN, "2025-03-12", "# 2025-03-12\n\nSoup.\n\n## Evening\n\nMore.\n", true),
            (MARKDOWN, "2025-03-12", "---\ntags: [daily]\n---\nSoup.\n", true),
            (NOTES, "2025-03-12", "I cooked soup.\n", true),
            (MARKDOWN, "2025-03-12", "# Lamps\n\nSoup.\n", false),
            (MARKDOWN, "2025-03-12", "---\ntitle: Lamps\n---\nSoup.\n", false),
            (MARKDOWN, "2025-03-12", "---\ndate: 2025-03-12\n---\nSoup.\n", false),
            (MARKDOWN, "2025-03-12", "---\npublish: true\n---\nSoup.\n", false),
            (
                MARKDOWN,
                "Lunch",
                "---\ntype: meeting\n---\n# Lunch\n\nSoup, arXiv:2503.90001.\n",
                true,
            ),
            (
                NOTES,
                "2025.03.12",
                "---\ntype: daily\ndate: 2025-03-12\n---\n# 2025-03-12\n\narXiv:2503.90001\n",
                true,
            ),
            (MARKDOWN, "Lunch", "---\ntype: meeting\npublish: true\n---\n# Lunch\n", false),
            (MARKDOWN, "Lunch", "{\n  \"type\": \"meeting\"\n}\n# Lunch\n", true),
            (MARKDOWN, "Lunch", "---\n\n# Lunch\n\ntype: meeting\n", false),
            (
                NOTES,
                "Lamps",
                "---\ntype: journal\ntitle: Lamps\ndoi: 10.5555/1\n---\nThey dim.\n",
                false,
            ),
            (MARKDOWN, "2025-03-12", "Read arXiv:2503.90001.\n", false),
            (MARKDOWN, "Soup", "Soup.\n", false),
            (MARKDOWN, "2025-03-12-soup", "Soup.\n", false),
            (NOTES, "250312 Lamps", "https://arxiv.org/abs/2503.90001\n", false),
        ] {
            let reading =
                formats::read(format, text, &Hints { stem, foreign: true, ..Hints::default() });
            assert_eq!(is_day(&reading, text, format, stem), expected, "{stem}: {text}");
        }
    }
}
