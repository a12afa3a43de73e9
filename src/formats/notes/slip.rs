//! A picture, a rule, a badge or a few words that stand above the title of a note, or between the title and what is said of
//! the paper: they are a part of the text, and the head is read as without them.

use super::frame::is_frame;
use super::labelled::{Head, is_only, label, takes};
use super::{links, tags};
use crate::formats::fields::{self, Field, Kind, Names};
use crate::formats::front_matter::Other;
use crate::formats::text::{Line, heading};

/// More lines than these are a text.
const MOST: usize = 3;

/// So near below each other stand facts of one block.
const BLOCK: usize = 4;

/// Where the title stands that is the only one of its level, below a few lines: those go to the text, and tags to the head.
pub(super) fn to_title<'t>(
    all: &[Line<'t>],
    at: usize,
    names: &Names,
    (before, head): (&mut Vec<Line<'t>>, &mut Head<'t>),
) -> Option<usize> {
    let end = at + all[at..].iter().position(|line| heading(line.text).is_some())?;
    let is_title = heading(all[end].text).is_some_and(|(level, _)| level == 1);
    let slip = &all[at..end];
    if !is_title || !is_slip(slip, names) || !is_only(all, 1) {
        return None;
    }
    for line in slip {
        if tags::of_line(line.text).is_some() {
            head.said.push(Other::of_line("tags", line.text, line.start..line.end()));
        } else {
            before.push(*line);
        }
    }
    Some(end)
}

/// Where the facts begin that stand above the first section, below a few lines that are none.
pub(super) fn to_facts<'t>(
    all: &[Line<'t>],
    at: usize,
    names: &Names,
    before: &mut Vec<Line<'t>>,
) -> Option<usize> {
    // No further than a slip reaches: most texts go on without a fact.
    let mut shown = 0;
    let near = all[at..].iter().take_while(|line| {
        shown += usize::from(!line.is_blank());
        shown <= MOST + 1
    });
    let end = at + near.into_iter().position(|line| is_fact(line, names))?;
    let known: Vec<Field> = all[end..]
        .iter()
        .filter(|line| !line.is_blank())
        .take(BLOCK)
        .take_while(|line| heading(line.text).is_none())
        .filter(|line| is_fact(line, names))
        .filter_map(|line| fields::named(label(line.text)?.name, names))
        .collect();
    let tells = known.iter().any(|field| field.leads_to_paper() || field.name == "authors");
    let slip = &all[at..end];
    let differ = known.iter().any(|field| *field != known[0]);
    // What frames the facts is read with them.
    let frames = slip.iter().any(|line| !line.is_blank() && is_frame(line.text));
    (tells && differ && !frames && is_slip(slip, names)).then(|| {
        before.extend(slip);
        end
    })
}

/// Whether lines are few, and lead to no paper.
fn is_slip(lines: &[Line<'_>], names: &Names) -> bool {
    let shown = || lines.iter().filter(|line| !line.is_blank());
    let is_other = |line: &Line<'_>| {
        heading(line.text).is_none()
            && links::of_paper(line.text).is_none()
            && label(line.text)
                .is_none_or(|label| !label.is_marked && fields::named(label.name, names).is_none())
    };
    (1..=MOST).contains(&shown().count()) && shown().all(is_other)
}

fn is_fact(line: &Line<'_>, names: &Names) -> bool {
    label(line.text).is_some_and(|label| {
        let field = fields::named(label.name, names);
        field.is_some_and(|field| field.kind != Kind::Text && takes(field, &label))
    })
}
