//! Dates as a reader sees them, in the words of the theme's strings.

use jiff::civil::Date;
use tera::Value;

use super::PageRenderer;
use super::edition::Edition;
use super::view::Show as _;
use super::views::DateView;
use crate::model::route::Route;
use crate::theme::StringText;

impl Edition<'_> {
    /// The same anew, for views that hold it.
    pub(super) fn date_view(&self, date: Date) -> DateView {
        DateView {
            iso: date.to_string(),
            text: self.each(|edition| edition.date_text(date)),
            weekday: self.each(|edition| {
                edition.nth_word("weekday_names", date.weekday().to_monday_zero_offset())
            }),
            url: self.href(&Route::Date(date)),
            year: i64::from(date.year()),
            month: i64::from(date.month()),
            month_name: self.each(|edition| edition.month_name("month_names_alone", date.month())),
            day: i64::from(date.day()),
        }
    }

    /// `2025년 3월 12일`
    pub(super) fn date_text(&self, date: Date) -> String {
        self.say_date("date_format", date)
    }

    /// `2025년 3월`
    pub(super) fn month_text(&self, year: i16, month: i8) -> String {
        match Date::new(year, month, 1) {
            Ok(date) => self.say_date("month_format", date),
            Err(_) => format!("{year}-{month:02}"),
        }
    }

    /// `Mar`; its number where the theme has no such names.
    pub(super) fn short_month(&self, month: i8) -> String {
        match self.nth_word("month_short_names", month - 1).as_str() {
            "" => month.to_string(),
            name => name.to_owned(),
        }
    }

    /// `2025년 1분기`
    pub(super) fn quarter_text(&self, year: i16, quarter: i8) -> String {
        let format = self.say("quarter_format", None);
        if format == "quarter_format" {
            return format!("{year}-Q{quarter}");
        }
        format.replace("{year}", &year.to_string()).replace("{quarter}", &quarter.to_string())
    }

    fn say_date(&self, key: &str, date: Date) -> String {
        let format = self.say(key, None);
        if format == key {
            return date.to_string();
        }
        let strings = &self.theme.strings;
        let first = strings.known(self.lang.as_str(), "day_first").filter(|_| date.day() == 1);
        let day = first.map_or_else(|| date.day().to_string(), str::to_owned);
        let mut text = format
            .replace("{year}", &date.year().to_string())
            .replace("{day}", &day)
            .replace("{month}", &date.month().to_string());
        for (name, key) in
            [("{month_name_alone}", "month_names_alone"), ("{month_name}", "month_names")]
        {
            if text.contains(name) {
                text = text.replace(name, &self.month_name(key, date.month()));
            }
        }
        text
    }

    /// The name of a month. Where one that stands alone has another form than beside a day, `month_names_alone` has it.
    fn month_name(&self, key: &str, month: i8) -> String {
        match self.nth_word(key, month - 1) {
            name if name.is_empty() => self.nth_word("month_names", month - 1),
            name => name,
        }
    }

    /// A word of a string that lists words: names of months, of days. Empty where no string lists them.
    pub(super) fn nth_word(&self, key: &str, index: i8) -> String {
        let Some(StringText::Plain(words)) = self.theme.strings.get(self.lang.as_str(), key) else {
            return String::new();
        };
        let index = usize::try_from(index).unwrap_or_default();
        words.split_ascii_whitespace().nth(index).unwrap_or_default().to_owned()
    }
}

impl PageRenderer<'_> {
    /// The view of a date that the site has; made once.
    pub(super) fn date(&self, date: Date) -> Value {
        let made = || self.edition.date_view(date).show();
        self.site
            .place_of(date)
            .map_or_else(made, |place| self.kept.dates[place].get_or_init(made).clone())
    }
}
