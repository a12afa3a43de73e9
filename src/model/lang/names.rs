//! What languages are called by those who speak them.

/// Tags in lower case and their names, in order for binary search.
const NAMES: &[(&str, &str)] = &[
    ("af", "Afrikaans"),
    ("am", "አማርኛ"),
    ("ar", "العربية"),
    ("as", "অসমীয়া"),
    ("ast", "asturianu"),
    ("az", "azərbaycan"),
    ("be", "беларуская"),
    ("bg", "български"),
    ("bn", "বাংলা"),
    ("bo", "བོད་སྐད་"),
    ("br", "brezhoneg"),
    ("bs", "bosanski"),
    ("ca", "català"),
    ("ckb", "کوردیی ناوەندی"),
    ("cs", "čeština"),
    ("cy", "Cymraeg"),
    ("da", "dansk"),
    ("de", "Deutsch"),
    ("de-at", "Deutsch (Österreich)"),
    ("de-ch", "Deutsch (Schweiz)"),
    ("dv", "ދިވެހިބަސް"),
    ("el", "Ελληνικά"),
    ("en", "English"),
    ("en-gb", "English (UK)"),
    ("en-us", "English (US)"),
    ("eo", "Esperanto"),
    ("es", "español"),
    ("es-419", "español (Latinoamérica)"),
    ("es-mx", "español (México)"),
    ("et", "eesti"),
    ("eu", "euskara"),
    ("fa", "فارسی"),
    ("fi", "suomi"),
    ("fil", "Filipino"),
    ("fo", "føroyskt"),
    ("fr", "français"),
    ("fr-ca", "français (Canada)"),
    ("fr-ch", "français (Suisse)"),
    ("fy", "Frysk"),
    ("ga", "Gaeilge"),
    ("gd", "Gàidhlig"),
    ("gl", "galego"),
    ("gsw", "Schwiizertüütsch"),
    ("gu", "ગુજરાતી"),
    ("ha", "Hausa"),
    ("he", "עברית"),
    ("hi", "हिन्दी"),
    ("hr", "hrvatski"),
    ("hu", "magyar"),
    ("hy", "հայերեն"),
    ("ia", "interlingua"),
    ("id", "Indonesia"),
    ("ig", "Igbo"),
    ("is", "íslenska"),
    ("it", "italiano"),
    ("ja", "日本語"),
    ("jv", "Jawa"),
    ("ka", "ქართული"),
    ("kk", "қазақ тілі"),
    ("km", "ខ្មែរ"),
    ("kn", "ಕನ್ನಡ"),
    ("ko", "한국어"),
    ("ku", "kurdî"),
    ("ky", "кыргызча"),
    ("la", "Latina"),
    ("lb", "Lëtzebuergesch"),
    ("lo", "ລາວ"),
    ("lt", "lietuvių"),
    ("lv", "latviešu"),
    ("mi", "Māori"),
    ("mk", "македонски"),
    ("ml", "മലയാളം"),
    ("mn", "монгол"),
    ("mr", "मराठी"),
    ("ms", "Melayu"),
    ("mt", "Malti"),
    ("my", "မြန်မာ"),
    ("nb", "norsk bokmål"),
    ("ne", "नेपाली"),
    ("nl", "Nederlands"),
    ("nn", "norsk nynorsk"),
    ("no", "norsk"),
    ("oc", "occitan"),
    ("or", "ଓଡ଼ିଆ"),
    ("pa", "ਪੰਜਾਬੀ"),
    ("pl", "polski"),
    ("ps", "پښتو"),
    ("pt", "português"),
    ("pt-br", "português (Brasil)"),
    ("pt-pt", "português (Portugal)"),
    ("rm", "rumantsch"),
    ("ro", "română"),
    ("ru", "русский"),
    ("sa", "संस्कृतम्"),
    ("sd", "سنڌي"),
    ("si", "සිංහල"),
    ("sk", "slovenčina"),
    ("sl", "slovenščina"),
    ("so", "Soomaali"),
    ("sq", "shqip"),
    ("sr", "српски"),
    ("sr-latn", "srpski"),
    ("su", "Basa Sunda"),
    ("sv", "svenska"),
    ("sw", "Kiswahili"),
    ("ta", "தமிழ்"),
    ("te", "తెలుగు"),
    ("tg", "тоҷикӣ"),
    ("th", "ไทย"),
    ("tk", "türkmen dili"),
    ("tl", "Tagalog"),
    ("tr", "Türkçe"),
    ("tt", "татар"),
    ("ug", "ئۇيغۇرچە"),
    ("uk", "українська"),
    ("ur", "اردو"),
    ("uz", "o‘zbek"),
    ("vi", "Tiếng Việt"),
    ("xh", "IsiXhosa"),
    ("yi", "ייִדיש"),
    ("yo", "Èdè Yorùbá"),
    ("yue", "粵語"),
    ("zh", "中文"),
    ("zh-cn", "简体中文"),
    ("zh-hans", "简体中文"),
    ("zh-hant", "繁體中文"),
    ("zh-hk", "繁體中文（香港）"),
    ("zh-tw", "繁體中文（台灣）"),
    ("zu", "isiZulu"),
];

/// The name of a language, with what its tag says further where that has no name of its own: `English (NZ)`.
pub(super) fn of(tag: &str) -> String {
    let mut known = tag;
    loop {
        if let Ok(at) = NAMES.binary_search_by(|(name, _)| (*name).cmp(known)) {
            let further = tag[known.len()..].trim_start_matches('-').to_ascii_uppercase();
            return if further.is_empty() {
                NAMES[at].1.to_owned()
            } else {
                format!("{} ({further})", NAMES[at].1)
            };
        }
        match known.rsplit_once('-') {
            Some((shorter, _)) => known = shorter,
            None => return tag.to_owned(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{NAMES, of};

    #[test]
    fn every_tag_has_a_name() {
        assert!(NAMES.is_sorted());
        let names = ["de", "pt-br", "en-nz", "zh-hant-tw", "tlh"].map(of);
        assert_eq!(
            names,
            ["Deutsch", "português (Brasil)", "English (NZ)", "繁體中文 (TW)", "tlh"]
        );
    }
}
