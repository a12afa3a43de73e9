//! The environment: the only place that reads its variables, and the system's time zone.

use jiff::tz::TimeZone;

use crate::model::Lang;

/// What the machine says of the person at it.
#[derive(Debug, Clone, Default)]
pub struct Environment {
    /// The language of the system, if it tells one.
    pub lang: Option<Lang>,
    /// The name of the system's time zone in the IANA database, if it has one.
    pub timezone: Option<String>,
    /// The command that edits a file: `$VISUAL`, else `$EDITOR`.
    pub editor: Option<String>,
    /// The password of the server of mail: `$OFFPRINT_MAIL_PASSWORD`.
    pub mail_password: Option<String>,
}

impl Environment {
    /// The variables that say where an object store is and who asks it.
    pub fn object_store() -> Vec<(String, String)> {
        let all = std::env::vars_os();
        let named = all.filter_map(|(name, value)| Some((name.into_string().ok()?, value)));
        let wanted = named.filter(|(name, _)| name.starts_with("AWS_"));
        let said = wanted.filter_map(|(name, value)| Some((name, value.into_string().ok()?)));
        said.filter(|(_, value)| !value.trim().is_empty()).collect()
    }

    /// Whether cards may be drawn that the config leaves to the machine: not where `$OFFPRINT_NO_CARDS` is set, for then what is made must
    /// not depend on fonts.
    pub fn draws_cards() -> bool {
        variable("OFFPRINT_NO_CARDS").is_none()
    }

    /// Reads it.
    pub fn read() -> Self {
        let locale = ["LC_ALL", "LC_MESSAGES", "LANG"].into_iter().find_map(variable);
        let zone = TimeZone::system();
        Self {
            lang: locale.as_deref().and_then(language),
            timezone: zone
                .iana_name()
                .filter(|name| TimeZone::get(name).is_ok())
                .map(str::to_owned),
            mail_password: variable("OFFPRINT_MAIL_PASSWORD"),
            editor: ["VISUAL", "EDITOR"].into_iter().find_map(variable),
        }
    }
}

/// A variable that has something in it.
fn variable(name: &str) -> Option<String> {
    #[expect(clippy::disallowed_methods, reason = "this is where the environment is read")]
    std::env::var(name).ok().filter(|value| !value.trim().is_empty())
}

/// `ko_KR.UTF-8` → `ko`; `C` and `POSIX` are no language.
fn language(locale: &str) -> Option<Lang> {
    Lang::parse(locale.split(['_', '.', '@', '-']).next()?).filter(|_| locale != "POSIX")
}

#[cfg(test)]
mod tests {
    use super::language;

    #[test]
    fn locales_name_their_language() {
        assert_eq!(said("ko_KR.UTF-8").as_deref(), Some("ko"));
        assert_eq!(said("de_AT@euro").as_deref(), Some("de"));
        assert_eq!(said("en").as_deref(), Some("en"));
        assert_eq!([said("C.UTF-8"), said("POSIX"), said("")], [None, None, None]);
    }

    fn said(locale: &str) -> Option<String> {
        language(locale).map(|lang| lang.to_string())
    }
}
