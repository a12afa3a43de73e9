//! Places in a text that was made of another, put back into that. Knows no format.

use super::{Reading, Span};

/// Puts all places that a reading names where `place` says they are.
pub(super) fn put_back(reading: &mut Reading, place: &dyn Fn(&Span) -> Span) {
    for finding in &mut reading.findings {
        finding.span = finding.span.as_ref().map(place);
    }
    for entry in reading.digests.iter_mut().flat_map(|digest| &mut digest.entries) {
        entry.span = place(&entry.span);
    }
    let texts = super::texts(&mut reading.digests, &mut reading.page);
    for origin in texts.flat_map(|text| &mut text.origin) {
        origin.1 = place(&(origin.1 as usize..origin.1 as usize)).start as u32;
    }
}
