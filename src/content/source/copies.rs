//! Names that programs give to copies: by these, and by what is in them, a text is told from its copy.

/// A name that looks like the copy of another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CopyName {
    /// The stem that the original would have.
    pub original: String,
    /// Whether no person gives such a name, so that it is worth a word even where the texts differ.
    pub certain: bool,
}

/// The names whose copy this stem may be, likeliest first.
pub fn copy_names(stem: &str) -> Vec<CopyName> {
    let certain =
        [syncthing(stem), dropbox(stem)].into_iter().flatten().map(|original| (original, true));
    let by_hand = [by_hand(stem), numbered(stem), machine(stem)]
        .into_iter()
        .flatten()
        .map(|original| (original, false));
    let all = certain.chain(by_hand).filter(|(original, _)| !original.is_empty());
    all.map(|(original, certain)| CopyName { original: original.to_owned(), certain }).collect()
}

/// `name.sync-conflict-20250313-101010-ABCDEFG`
fn syncthing(stem: &str) -> Option<&str> {
    stem.split_once(".sync-conflict-").map(|(original, _)| original)
}

/// `name (Ada's conflicted copy 2025-03-12)`, and what other services write alike.
fn dropbox(stem: &str) -> Option<&str> {
    let (original, inside) = stem.strip_suffix(')')?.rsplit_once(" (")?;
    let inside = inside.to_lowercase();
    let said = [
        "conflicted copy",
        "conflict copy",
        "case conflict",
        "conflict",
        "충돌",
        "競合",
        "冲突",
        "en conflit",
        "in konflikt",
    ];
    said.iter().any(|said| inside.contains(said)).then_some(original)
}

/// What file managers add: ` - Copy`, ` copy 2`, ` (another copy)`, `Copy of `.
fn by_hand(stem: &str) -> Option<&str> {
    let bare = numbered(stem).unwrap_or(stem);
    let before = ["Copy of ", "copy of ", "Kopie von ", "Copie de ", "Copia de ", "Copia di "];
    // A date ends in a number as well.
    if let Some(original) = before.iter().find_map(|words| stem.strip_prefix(words)) {
        return Some(original);
    }
    let lower = bare.to_lowercase();
    let endings = [
        " - copy",
        " copy",
        " (copy)",
        " (another copy)",
        "_copy",
        "-copy",
        " - kopie",
        " kopie",
        " - copie",
        " copie",
        " - 복사본",
        " 복사본",
        " 사본",
        " - コピー",
        "のコピー",
        " - 副本",
        " 副本",
        " (copia)",
        " - copia",
    ];
    // As many bytes as of the ending are left out, for none of them changes its length in lower case.
    let ending =
        endings.iter().find(|ending| lower.ends_with(*ending) && lower.len() == bare.len());
    let original = ending.map(|ending| &bare[..bare.len() - ending.len()]);
    original.or_else(|| {
        bare.strip_suffix(" copy)")
            .and_then(|rest| rest.rsplit_once(" ("))
            .map(|(original, _)| original)
    })
}

/// `name 2`, `name (1)`, `name-2`
fn numbered(stem: &str) -> Option<&str> {
    let bare = stem.strip_suffix(')');
    let rest = bare.unwrap_or(stem);
    let name = rest.trim_end_matches(|c: char| c.is_ascii_digit());
    let digits = rest.len() - name.len();
    let name = if bare.is_some() { name.strip_suffix('(') } else { name.strip_suffix([' ', '-']) };
    name.map(str::trim_end).filter(|_| (1..=2).contains(&digits))
}

/// `name-MACHINE`
fn machine(stem: &str) -> Option<&str> {
    let name =
        stem.trim_end_matches(|c: char| c.is_ascii_uppercase() || c.is_ascii_digit() || c == '-');
    let machine = &stem[name.len()..];
    let named = machine.starts_with('-')
        && machine.contains(|c: char| c.is_ascii_uppercase())
        && machine.len() > 3;
    if named {
        return Some(name);
    }
    // A date before it ends in digits as well.
    let at = machine.find(|c: char| c.is_ascii_uppercase())?;
    let (date, rest) = machine.split_at(at);
    (date.ends_with('-') && rest.len() > 2 && date.len() > 1)
        .then(|| &stem[..name.len() + date.len() - 1])
}

#[cfg(test)]
mod tests {
    use super::copy_names;

    #[test]
    fn copies_are_told_by_their_names() {
        for (stem, original) in [
            ("2025-03-12.sync-conflict-20250313-101010-ABCDEFG", "2025-03-12"),
            ("2025-03-12 (Ada's conflicted copy 2025-03-12)", "2025-03-12"),
            ("2025-03-12 (conflicted copy)", "2025-03-12"),
            ("2025-03-12 (Case Conflict 1)", "2025-03-12"),
            ("250312 Lamp 2", "250312 Lamp"),
            ("250312 Lamp (1)", "250312 Lamp"),
            ("2025-03-12(1)", "2025-03-12"),
            ("2025-03-12 - Copy", "2025-03-12"),
            ("2025-03-12 - Copy (2)", "2025-03-12"),
            ("2025-03-12 copy", "2025-03-12"),
            ("Copy of 2025-03-12", "2025-03-12"),
            ("2025-03-12 copy 3", "2025-03-12"),
            ("2025-03-12 (copy)", "2025-03-12"),
            ("2025-03-12 (another copy)", "2025-03-12"),
            ("2025-03-12 (3rd copy)", "2025-03-12"),
            ("250312 Lamp-DESKTOP-4F2K1", "250312 Lamp"),
            ("2025-03-12-LAPTOP", "2025-03-12"),
        ] {
            let names = copy_names(stem);
            assert!(names.iter().any(|name| name.original == original), "{stem}: {names:?}");
        }
        for stem in [
            "2025-03-12",
            "about",
            "250312 Lamp",
            "copy",
            "250312 The copy problem",
            "BERT",
            "2025",
        ] {
            let names = copy_names(stem);
            assert!(names.iter().all(|name| name.original.len() < 8), "{stem}: {names:?}");
        }
    }
}
