//! The fonts that cards are drawn with: the theme's first, then the system's, in an order of their own, so that the
//! same fonts give the same picture wherever they are found.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::sync::{Arc, Mutex, PoisonError};

use resvg::usvg::fontdb::{Database, FaceInfo, Family, ID, Query, Source};
use resvg::usvg::{Font, FontFamily, FontResolver};
use xxhash_rust::xxh3::xxh3_128;

/// Families taken for `sans-serif` and for letters that the wanted font lacks, best first.
const SANS: [&str; 14] = [
    "Pretendard",
    "Inter",
    "Noto Sans",
    "Noto Sans KR",
    "Noto Sans CJK KR",
    "Apple SD Gothic Neo",
    "Malgun Gothic",
    "NanumGothic",
    "Noto Sans CJK JP",
    "Segoe UI",
    "Helvetica Neue",
    "Arial",
    "Liberation Sans",
    "DejaVu Sans",
];
/// The same for `serif`.
const SERIF: [&str; 11] = [
    "Source Serif 4",
    "Charter",
    "Noto Serif",
    "Noto Serif KR",
    "Noto Serif CJK KR",
    "Nanum Myeongjo",
    "AppleMyungjo",
    "Georgia",
    "Times New Roman",
    "Liberation Serif",
    "DejaVu Serif",
];

/// A set of fonts.
#[derive(Debug)]
pub(super) struct Fonts {
    database: Arc<Database>,
    print: u128,
}

impl Fonts {
    /// Those of a theme and of the system.
    pub(super) fn load(own: &[Cow<'static, [u8]>]) -> Self {
        let mut database = Database::new();
        for font in own {
            database.load_font_data(font.to_vec());
        }
        let count = database.len();
        database.load_system_fonts();
        Self::in_order(&database, count)
    }

    /// How many faces there are.
    pub(super) fn count(&self) -> usize {
        self.database.len()
    }

    /// No font at all.
    #[cfg(test)]
    pub(super) fn none() -> Self {
        Self::in_order(&Database::new(), 0)
    }

    /// The first so many are the theme's; the others are ordered by what they are, not by where they were found.
    fn in_order(found: &Database, own: usize) -> Self {
        let mut faces: Vec<(bool, usize, String, u64, FaceInfo)> = found
            .faces()
            .enumerate()
            .map(|(index, face)| (index >= own, rank(face), name(face), length(face), face.clone()))
            .collect();
        faces.sort_by(|a, b| (a.0, a.1, &a.2, a.3).cmp(&(b.0, b.1, &b.2, b.3)));
        let names: Vec<String> =
            faces.iter().map(|(_, _, name, length, _)| format!("{name} {length}")).collect();
        let mut database = Database::new();
        for (.., face) in faces {
            database.push_face_info(face);
        }
        Self { database: Arc::new(database), print: xxh3_128(names.join("\n").as_bytes()) }
    }

    /// Whether there is none.
    pub(super) fn is_empty(&self) -> bool {
        self.database.is_empty()
    }

    /// Equal for equal sets.
    pub(super) fn print(&self) -> u128 {
        self.print
    }

    /// The fonts for one drawing.
    pub(super) fn database(&self) -> Arc<Database> {
        Arc::clone(&self.database)
    }
}

fn rank(face: &FaceInfo) -> usize {
    let place = |list: &[&str]| {
        list.iter().position(|name| face.families.iter().any(|(family, _)| family == name))
    };
    let sans = place(&SANS);
    sans.or_else(|| place(&SERIF).map(|place| SANS.len() + place))
        .unwrap_or(SANS.len() + SERIF.len())
}

fn name(face: &FaceInfo) -> String {
    format!(
        "{} {} {:?} {:?} {}",
        face.post_script_name, face.index, face.weight, face.style, face.monospaced
    )
}

/// The length of a font's file, since versions of a font share its name.
fn length(face: &FaceInfo) -> u64 {
    match &face.source {
        Source::Binary(data) => data.as_ref().as_ref().len() as u64,
        Source::File(path) | Source::SharedFile(path, _) => {
            std::fs::metadata(path).map_or(0, |about| about.len())
        }
    }
}

/// Chooses fonts, and notes the letters that none has.
pub(super) fn resolver(missing: &Mutex<BTreeSet<char>>) -> FontResolver<'_> {
    let fallback = FontResolver::default_fallback_selector();
    let without = move |c: char, used: &[ID], database: &mut Arc<Database>| {
        // Faces of another weight or slant are asked last.
        let base = database.face(*used.first()?)?.clone();
        let avoided: Vec<ID> = used
            .iter()
            .copied()
            .chain(
                database
                    .faces()
                    .filter(|face| {
                        face.weight.0.abs_diff(base.weight.0) > 150 || face.style != base.style
                    })
                    .map(|face| face.id),
            )
            .collect();
        let found = fallback(c, &avoided, database).or_else(|| fallback(c, used, database));
        if found.is_none() {
            note(c, missing);
        }
        found
    };
    FontResolver {
        select_font: Box::new(|font, database| select(font, database)),
        select_fallback: Box::new(without),
    }
}

/// Notes a letter, but nothing that is invisible anyway.
pub(super) fn note(c: char, missing: &Mutex<BTreeSet<char>>) {
    let invisible = c.is_control()
        || c.is_whitespace()
        || matches!(c, '\u{200b}'..='\u{200f}' | '\u{fe00}'..='\u{fe0f}');
    if !invisible {
        missing.lock().unwrap_or_else(PoisonError::into_inner).insert(c);
    }
}

/// The best face of the first family that is there; of any family where none is.
fn select(font: &Font, database: &Database) -> Option<ID> {
    let find = |name: &str| {
        let families = [Family::Name(name)];
        let weight = resvg::usvg::fontdb::Weight(font.weight());
        database.query(&Query { families: &families, weight, ..Query::default() })
    };
    let nearest = || {
        database.faces().min_by_key(|face| (face.monospaced, face.weight.0.abs_diff(font.weight())))
    };
    font.families()
        .iter()
        .find_map(|family| match family {
            FontFamily::Named(name) => find(name),
            FontFamily::Serif => SERIF.iter().find_map(|name| find(name)),
            _ => SANS.iter().find_map(|name| find(name)),
        })
        .or_else(|| nearest().map(|face| face.id))
}
