//! Footnotes and link addresses that stand in one piece of an entry and are referred to in another.
//!
//! An entry's abstract and its passages are shown apart: each language in its own tree, and in feeds. So each piece is made
//! whole here, once: it gets what it refers to from the entry it belongs to, or from the rest of the digest. A note that only
//! other pieces refer to moves to them.

use rustc_hash::{FxHashMap, FxHashSet};

use crate::model::{Digest, Page, Passage, Prose};
use crate::prose::{Definitions, Key, definitions};

use super::passages::trim;
use super::text::has;

/// What is copied may be this many times the text, beyond a base: no definition can blow a digest up.
const MOST: usize = 4;
const BASE: usize = 64 * 1024;

/// A piece of a text, and the number of what it belongs to.
struct Piece<'d> {
    owner: usize,
    text: &'d mut Prose,
}

/// A definition cut out of its piece.
struct Cut {
    key: Key,
    piece: usize,
    owner: usize,
    text: Prose,
    /// What it refers to itself.
    wanted: Vec<Key>,
}

type Cuts<'t> = FxHashMap<&'t Key, Vec<Cut>>;

/// Gives every piece of a digest the definitions it needs.
pub(super) fn share(digest: &mut Digest) {
    let intro = digest.intro.iter_mut().map(|passage| Piece { owner: 0, text: &mut passage.text });
    let entries = digest.entries.iter_mut().zip(1..).flat_map(|(entry, owner)| {
        let body = entry.body.iter_mut().map(|passage| &mut passage.text);
        entry.abstract_text.iter_mut().chain(body).map(move |text| Piece { owner, text })
    });
    if share_among(intro.chain(entries).collect()) {
        without_empty(&mut digest.intro);
        digest.entries.iter_mut().for_each(|entry| without_empty(&mut entry.body));
    }
}

/// The same for a plain page.
pub(super) fn share_in_page(page: &mut Page) {
    if share_among(
        page.body.iter_mut().map(|passage| Piece { owner: 0, text: &mut passage.text }).collect(),
    ) {
        without_empty(&mut page.body);
    }
}

fn without_empty(passages: &mut Vec<Passage>) {
    passages.retain(|passage| !passage.text.text.is_empty());
}

/// Whether anything has changed.
fn share_among(mut pieces: Vec<Piece<'_>>) -> bool {
    if pieces.len() < 2 || !pieces.iter().any(|piece| has(&piece.text.text, "]:")) {
        return false;
    }
    let told: Vec<Definitions> = pieces.iter().map(|piece| definitions(&piece.text.text)).collect();
    let cuts = cuts(&pieces, &told);
    let mut room = BASE + MOST * pieces.iter().map(|piece| piece.text.text.len()).sum::<usize>();
    let given: Vec<Vec<&Cut>> = pieces
        .iter()
        .zip(&told)
        .map(|(piece, told)| needed(piece.owner, told, &cuts, &mut room))
        .collect();
    let moved: FxHashSet<(usize, &Key)> =
        given.iter().flatten().map(|cut| (cut.piece, &cut.key)).collect();
    for (index, ((piece, told), given)) in pieces.iter_mut().zip(&told).zip(&given).enumerate() {
        let kept = kept(told, &cuts, |key| moved.contains(&(index, key)));
        // Definitions of links do not show, so they go only where nothing else stands.
        let ranges: Vec<_> = told.all.iter().map(|one| one.range.clone()).collect();
        let bare = !ranges.is_empty() && without(piece.text, &ranges).text.trim().is_empty();
        let gone = told.all.iter().filter(|one| (one.key.0 || bare) && !kept.contains(&one.key));
        let gone: Vec<_> = gone.map(|one| one.range.clone()).collect();
        if !gone.is_empty() {
            *piece.text = without(piece.text, &gone);
            trim(piece.text);
        }
        for cut in given {
            piece.text.text.push_str("\n\n");
            piece.text.append(&cut.text);
        }
    }
    !moved.is_empty()
}

/// The notes that a piece keeps: those that it refers to, those that nothing refers to, and what these refer to.
fn kept<'c>(
    told: &'c Definitions,
    cuts: &'c Cuts<'_>,
    moved: impl Fn(&Key) -> bool,
) -> FxHashSet<&'c Key> {
    let stays = told.all.iter().map(|definition| &definition.key).filter(|key| !moved(key));
    let mut open: Vec<&Key> = told.used.iter().chain(stays).collect();
    let mut kept = FxHashSet::default();
    while let Some(key) = open.pop() {
        if kept.insert(key) {
            open.extend(cuts.get(key).into_iter().flatten().flat_map(|cut| &cut.wanted));
        }
    }
    kept
}

/// The definitions that a piece wants, and those that they want, as far as there is room for them.
fn needed<'c>(
    owner: usize,
    told: &'c Definitions,
    cuts: &'c Cuts<'_>,
    room: &mut usize,
) -> Vec<&'c Cut> {
    let mut seen: FxHashSet<&Key> = told.all.iter().map(|definition| &definition.key).collect();
    let (mut wanted, mut given): (Vec<&Key>, _) = (told.wanted.iter().rev().collect(), Vec::new());
    while let Some(key) = wanted.pop() {
        let known =
            cuts.get(key).and_then(|all| all.iter().find(|cut| cut.owner == owner).or(all.first()));
        let Some(cut) = known.filter(|cut| cut.text.text.len() <= *room && seen.insert(key)) else {
            continue;
        };
        *room -= cut.text.text.len();
        given.push(cut);
        wanted.extend(cut.wanted.iter().rev());
    }
    given
}

/// All definitions by key, in the order written.
fn cuts<'t>(pieces: &[Piece<'_>], told: &'t [Definitions]) -> Cuts<'t> {
    let mut all = Cuts::default();
    for (index, (piece, told)) in pieces.iter().zip(told).enumerate() {
        for definition in &told.all {
            let mut text = piece.text.slice(definition.range.clone());
            // In a quote, further lines begin with its sign.
            let line =
                piece.text.text[..definition.range.start].rsplit('\n').next().unwrap_or_default();
            if line.contains('>') {
                text = text.slice(0..text.text.find('\n').unwrap_or(text.text.len()));
            }
            let mut wanted = definitions(&text.text).wanted;
            wanted.retain(|key| *key != definition.key);
            let (key, owner) = (definition.key.clone(), piece.owner);
            all.entry(&definition.key).or_default().push(Cut {
                key,
                piece: index,
                owner,
                text,
                wanted,
            });
        }
    }
    all
}

/// A text without some ranges of it.
fn without(prose: &Prose, ranges: &[std::ops::Range<usize>]) -> Prose {
    let (mut out, mut from) = (Prose::default(), 0);
    for range in ranges {
        // One may stand in another.
        if range.start < from {
            continue;
        }
        out.append(&prose.slice(from..range.start));
        from = range.end;
    }
    out.append(&prose.slice(from..prose.text.len()));
    out
}
