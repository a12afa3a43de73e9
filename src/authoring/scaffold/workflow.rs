//! The workflow that publishes a site on GitHub Pages: its hour, its branch, its folder.

use jiff::civil::Date;
use jiff::tz::TimeZone;

use super::fill::fill;

const TEMPLATE: &str = include_str!("files/pages.yml");

/// Minutes after midnight; on the hour itself GitHub is busiest.
const PAST_MIDNIGHT: i64 = 5;
const DAY: i64 = 24 * 60;

/// What differs from site to site.
pub(super) struct Particulars<'a> {
    /// The branch whose pushes are published.
    pub branch: &'a str,
    /// The site's time zone, by name.
    pub timezone: &'a str,
    /// The site's folder below the top of the repository; `.` for the top itself.
    pub folder: &'a str,
}

/// The workflow's text. The date says which year's daylight saving counts.
pub(super) fn text(particulars: &Particulars<'_>, today: Date) -> String {
    let (cron, comment) = schedule(particulars.timezone, today);
    let values = [
        ("branch", json(particulars.branch)),
        ("cron", cron),
        ("hour", comment),
        ("folder", json(particulars.folder)),
        ("version", env!("CARGO_PKG_VERSION").to_owned()),
        ("action", env!("CARGO_PKG_REPOSITORY").replace("https://github.com/", "")),
    ];
    fill(TEMPLATE, &values)
}

/// A text in quotes, for YAML, which reads JSON's.
pub(super) fn json(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}

/// The time of day in UTC at which the day has begun in the zone all year round, and what to say of it. GitHub's
/// clock knows no summer: where the zone does, the day is an hour old by then.
pub(super) fn schedule(name: &str, today: Date) -> (String, String) {
    let zone = TimeZone::get(name).unwrap_or(TimeZone::UTC);
    let offsets = offsets(&zone, today);
    let (least, most) =
        (offsets.iter().min().copied().unwrap_or(0), offsets.iter().max().copied().unwrap_or(0));
    let utc = (PAST_MIDNIGHT - least).rem_euclid(DAY);
    let (hour, minute) = (utc / 60, utc % 60);
    let summer = match most - least {
        0 => String::new(),
        later => format!(", in summer {}", clock(PAST_MIDNIGHT + later)),
    };
    let comment = format!("{} UTC is {} in {name}{summer}", clock(utc), clock(PAST_MIDNIGHT));
    (format!("{minute} {hour} * * *"), comment)
}

fn clock(minutes: i64) -> String {
    format!("{:02}:{:02}", minutes / 60, minutes % 60)
}

/// Minutes that the zone is ahead of UTC on the first of each month of the year.
fn offsets(zone: &TimeZone, today: Date) -> Vec<i64> {
    (1..=12)
        .filter_map(|month| Date::new(today.year(), month, 1).ok())
        .filter_map(|date| TimeZone::UTC.to_timestamp(date.at(12, 0, 0, 0)).ok())
        .map(|time| i64::from(zone.to_offset(time).seconds()) / 60)
        .collect()
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::schedule;

    #[test]
    fn the_day_has_begun_all_year_round() {
        assert_eq!(said("Asia/Seoul").0, "5 15 * * *");
        assert_eq!(said("Asia/Seoul").1, "15:05 UTC is 00:05 in Asia/Seoul");
        assert_eq!(said("UTC").0, "5 0 * * *");
        assert_eq!(said("Asia/Kolkata").0, "35 18 * * *");
        assert_eq!(said("America/New_York").0, "5 5 * * *");
        assert_eq!(said("Australia/Sydney").0, "5 14 * * *");
        assert_eq!(said("Europe/Dublin").0, "5 0 * * *");
        assert!(said("Europe/Berlin").1.ends_with("in Europe/Berlin, in summer 01:05"));
    }

    fn said(zone: &str) -> (String, String) {
        schedule(zone, date(2025, 3, 12))
    }
}
