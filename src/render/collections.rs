//! Collections as templates see them: what papers or documents have in common besides tags.

use tera::Value;

use super::edition::Edition;
use super::plan::{Inputs, Paging};
use super::view::{Of, Show as _};
use super::views::{
    CollectionLink, CollectionView, FactView, FieldView, NavLink, PostLink, SeriesPlace,
};
use super::{PageRenderer, documents, lists, search};
use crate::config::{Fact, FactKind};
use crate::model::author;
use crate::model::route::{Route, slug};
use crate::site::{Collection, Day, Family, Member, PaperIndex, SERIES, WRITERS, values};

/// Digests and posts that `site.recent` holds.
const RECENT: usize = 20;

/// The families that have pages; none where the theme has no template for them.
pub(super) fn families<'a>(inputs: &Inputs<'a>) -> &'a [Family] {
    if has_template(inputs, "collection.html") && has_template(inputs, "collections.html") {
        inputs.site.families()
    } else {
        &[]
    }
}

fn has_template(inputs: &Inputs<'_>, name: &str) -> bool {
    inputs.theme.templates.has(name)
}

impl Edition<'_> {
    /// What a family is called: as config.toml says, else by the theme's string, else by its name.
    pub(super) fn family_label(&self, name: &str) -> String {
        let own = self
            .config
            .facts
            .iter()
            .find(|fact| fact.name == name)
            .and_then(|fact| self.said(&fact.label));
        if let Some((label, _)) = own.filter(|(label, _)| !label.is_empty()) {
            return label.to_owned();
        }
        let key = format!("fact_{}", name.replace('-', "_"));
        let said = self.say(&key, None);
        if said == key { name.to_owned() } else { said }
    }

    /// What a collection is called in the language of the page.
    pub(super) fn collection_title(&self, family: &Family, of: &Collection) -> String {
        match (of.period, of.page) {
            (Some(period), _) => self.period_title(period),
            (_, Some(page)) => self.page_title(&self.site.pages()[page]).0,
            _ => self.shown_value(&family.name, &of.name),
        }
    }

    /// A value of a field as it is shown: reading states have words of the theme.
    fn shown_value(&self, field: &str, value: &str) -> String {
        if field != "status" {
            return value.to_owned();
        }
        let key = format!("status_{}", slug(value).replace('-', "_"));
        let said = self.say(&key, None);
        if said == key { value.to_owned() } else { said }
    }
}

/// A family and a collection of it, where that has a page.
pub(super) fn collection<'a>(
    press: &'a PageRenderer<'_>,
    family: &str,
    value: &str,
) -> Option<(&'a Family, &'a Collection)> {
    let families = families(&press.inputs());
    let (place, index) = press.site.collection(family, value).filter(|_| !families.is_empty())?;
    Some((&families[place], &families[place].collections[index]))
}

/// The indexes of round-ups, or of all other families.
pub(super) fn family_links(press: &PageRenderer<'_>, of_roundups: bool) -> Vec<NavLink> {
    let all = families(&press.inputs()).iter();
    all.filter(|family| family.is_of_roundups() == of_roundups)
        .map(|family| NavLink {
            kind: family.name.clone(),
            title: press.edition.each(|edition| edition.family_label(&family.name)),
            lang: press.edition.lang.as_str().to_owned(),
            url: press.edition.href(&Route::Page(family.name.clone())),
        })
        .collect()
}

/// All series; none where these have no pages.
pub(super) fn all_series(press: &PageRenderer<'_>) -> Vec<CollectionLink> {
    let all = families(&press.inputs()).iter().find(|family| family.name == SERIES);
    all.map(|family| collection_links(press, family)).unwrap_or_default()
}

/// The fields whose values have pages.
pub(super) fn field_views(press: &PageRenderer<'_>) -> Vec<FieldView> {
    families(&press.inputs())
        .iter()
        .filter(|family| press.config.facts.iter().any(|fact| fact.name == family.name))
        .map(|family| FieldView {
            name: family.name.clone(),
            label: press.edition.each(|edition| edition.family_label(&family.name)),
            url: press.edition.href(&Route::Page(family.name.clone())),
            values: collection_links(press, family),
        })
        .collect()
}

/// The latest digests and posts.
pub(super) fn recent(press: &PageRenderer<'_>) -> Vec<PostLink> {
    let days = press.site.dated();
    let all = (0..days.len()).rev().flat_map(|place| {
        let posts = days[place].posts().map(Member::Post);
        posts.chain((!days[place].is_of_posts_alone()).then_some(Member::Day(place)))
    });
    all.filter_map(|member| part_of_collection(press, member)).take(RECENT).collect()
}

/// The index of a family.
pub(super) fn collection_links(press: &PageRenderer<'_>, family: &Family) -> Vec<CollectionLink> {
    let mut links: Vec<_> = family
        .collections
        .iter()
        .map(|of| CollectionLink {
            name: press.edition.each(|edition| edition.collection_title(family, of)),
            url: press.edition.href(&of.route(family, 1)),
            count: match of.period {
                Some(_) => press.edition.days_of_roundup(of).map(|day| day.items.len()).sum(),
                None => of.members.len(),
            },
        })
        .collect();
    let fact = press.config.facts.iter().find(|fact| fact.name == family.name);
    match fact.map(|fact| fact.kind) {
        Some(FactKind::Number) => {
            links.sort_by(|a, b| number(&a.name).total_cmp(&number(&b.name)));
        }
        // ISO 8601 sorts as text; what says less comes first.
        Some(FactKind::Date) => links.sort_by(|a, b| b.name.cmp(&a.name)),
        _ if family.is_of_roundups() => links.reverse(),
        _ => {}
    }
    links
}

/// A page of a collection.
pub(super) fn collection_view(
    press: &PageRenderer<'_>,
    (family, of): (&Family, &Collection),
    page: u32,
) -> CollectionView {
    let paging = Paging::of_papers(press.config, of.members.len());
    let shown = &of.members[paging.slice(page)];
    let papers: Vec<PaperIndex> = shown
        .iter()
        .filter_map(|member| if let Member::Paper(paper) = member { Some(*paper) } else { None })
        .collect();
    CollectionView {
        family: family.name.clone(),
        family_label: press.edition.each(|edition| edition.family_label(&family.name)),
        family_url: press.edition.href(&Route::Page(family.name.clone())),
        name: press.edition.each(|edition| edition.collection_title(family, of)),
        count: of.members.len(),
        groups: lists::by_month(press, &papers),
        parts: shown.iter().filter_map(|member| part_of_collection(press, *member)).collect(),
        writer: (family.name == WRITERS)
            .then(|| press.config.writers.named(&of.slug))
            .flatten()
            .map(|writer| press.edition.writer_view(writer)),
        pager: press.edition.pager(page, paging.pages(), |page| of.route(family, page)),
    }
}

/// A document of a collection.
pub(super) fn part_of_collection(press: &PageRenderer<'_>, member: Member) -> Option<PostLink> {
    match member {
        Member::Paper(_) => None,
        Member::Post(post) => documents::post_links(press, std::iter::once(post)).pop(),
        Member::Day(day) => day_part(press, &press.site.days()[day]),
    }
}

fn day_part(press: &PageRenderer<'_>, day: &Day) -> Option<PostLink> {
    let date = day.date?;
    let (title, lang) = press.edition.day_title_and_lang(day);
    let is_named = !title.is_empty();
    let (summary, summary_lang) = search::first_of_day(press, day);
    Some(PostLink {
        url: press.edition.href(&Route::Date(date)),
        title: press.edition.each(|edition| match edition.day_title(day) {
            title if title.is_empty() => edition.date_text(date),
            title => title,
        }),
        title_lang: if is_named { lang } else { press.edition.lang.as_str().to_owned() },
        date: Some(press.date(date).into()),
        byline: press.edition.names_of_day(day).join(", "),
        summary,
        summary_lang,
        image: None,
        tags: Vec::new(),
    })
}

/// The place of a document in the series that it names.
pub(super) fn series_place(
    press: &PageRenderer<'_>,
    series: &str,
    document: Member,
) -> Option<SeriesPlace> {
    let (family, of) = collection(press, SERIES, series)?;
    let at = of.members.iter().position(|member| *member == document)?;
    let part = |place: Option<usize>| part_of_collection(press, *of.members.get(place?)?);
    Some(SeriesPlace {
        name: of.name.clone(),
        url: press.edition.href(&of.route(family, 1)),
        number: at + 1,
        count: of.members.len(),
        prev: part(at.checked_sub(1)),
        next: part(Some(at + 1)),
    })
}

/// The series that the first digest of a day with one names.
pub(super) fn series_of_day(press: &PageRenderer<'_>, day: &Day) -> Option<SeriesPlace> {
    let mut names = press
        .site
        .day_digests(day)
        .iter()
        .filter_map(|kept| kept.digest.meta.about.series.as_deref());
    let name = names.next()?;
    let place = press.site.dated().binary_search_by_key(&day.date, |other| other.date).ok()?;
    series_place(press, name, Member::Day(place))
}

/// Address of the page of a value of a field.
fn value_url(press: &PageRenderer<'_>, field: &str, value: &str) -> Option<String> {
    let (family, of) = collection(press, field, value)?;
    Some(press.edition.href(&of.route(family, 1)))
}

/// The same of what a paper says of a field.
pub(super) fn field_url(
    press: &PageRenderer<'_>,
    paper: PaperIndex,
    field: &str,
) -> Option<String> {
    value_url(press, field, press.site.said_of(paper, field)?)
}

/// The facts of a paper that are wanted, each value of a list that has pages for itself.
pub(super) fn facts(
    press: &PageRenderer<'_>,
    paper: PaperIndex,
    wanted: fn(&Fact) -> bool,
) -> Vec<Of<FactView>> {
    let mut views = Vec::new();
    for fact in press.config.facts.iter().filter(|fact| wanted(fact)) {
        let Some(said) = press.site.said_of(paper, &fact.name) else { continue };
        // What only says that there are other authors stands with the authors.
        if fact.name == "remarks" && author::tells_of_others(said) {
            continue;
        }
        let is_list = fact.kind == FactKind::List && fact.pages.is_some();
        let shown: Vec<&str> = if is_list { values(said, fact.kind).collect() } else { vec![said] };
        for value in shown {
            let url = match fact.kind {
                FactKind::Link => Some(value.to_owned()).filter(|url| url.starts_with("http")),
                _ => value_url(press, &fact.name, value),
            };
            let view = FactView {
                name: fact.name.clone(),
                label: press.edition.each(|edition| edition.family_label(&fact.name)),
                value: press.edition.each(|edition| edition.shown_value(&fact.name, value)),
                url,
            };
            views.push(Value::into(view.show()));
        }
    }
    views
}

/// The number that a text begins with; what has none comes last.
fn number(text: &str) -> f64 {
    let end = text
        .find(|c: char| !(c.is_ascii_digit() || matches!(c, '.' | '-' | '+')))
        .unwrap_or(text.len());
    text[..end].parse().unwrap_or(f64::INFINITY)
}
