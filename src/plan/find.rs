//! The output at one address, without making the whole plan: what a preview asks.

use super::{Inputs, Job, Output, Paging, has_search, plan, redirects, search};
use crate::route::{FeedFormat, FeedOf, Route};

/// The output that a plan would have at this path (decoded, without leading slash).
pub fn find(inputs: &Inputs<'_>, path: &str) -> Option<Output> {
    page(inputs, path).or_else(|| redirect(inputs, path))
}

/// The same, but for addresses that lead elsewhere.
pub(super) fn page(inputs: &Inputs<'_>, path: &str) -> Option<Output> {
    // The root has every path, so it is asked last.
    inputs.config.trees().into_iter().rev().find_map(|tree| {
        let route = Route::parse(tree.strip(path)?);
        let job = tree.has(&route).then(|| job(inputs, &route)).flatten()?;
        Some(Output { tree, route, job })
    })
}

fn redirect(inputs: &Inputs<'_>, path: &str) -> Option<Output> {
    let trees = inputs.config.trees();
    trees.iter().rev().find_map(|tree| {
        let below = tree.strip(path)?;
        let found = redirects::of_tree(inputs, tree, &trees).into_iter().find(|redirect| redirect.is_at(below))?;
        let found = found.output(inputs, tree);
        Some(Output { route: Route::Redirect(below.to_owned()), ..found })
    })
}

fn job(inputs: &Inputs<'_>, route: &Route) -> Option<Job> {
    let (site, config) = (inputs.site, inputs.config);
    let outputs = &config.outputs;
    match route {
        Route::Home(page) => {
            (1..=Paging::of_home(config, site.dated().len()).pages()).contains(page).then_some(Job::Home(*page))
        }
        Route::Date(date) => day(inputs, *date).map(Job::Day),
        Route::Markdown(date) if outputs.markdown => day(inputs, *date).map(Job::Markdown),
        Route::DateCard(date) if outputs.cards => day(inputs, *date).map(Job::DayCard),
        Route::PaperCard(address) if outputs.cards => site.paper_at(address).map(Job::PaperCard),
        Route::Month(year, month) if outputs.calendar => {
            (!site.days_of(*year, Some(*month)).is_empty()).then_some(Job::Month(*year, *month))
        }
        Route::Year(year) if outputs.calendar => (!site.days_of(*year, None).is_empty()).then_some(Job::Year(*year)),
        Route::Archive => Some(Job::Archive),
        Route::Paper(address) => site.paper_at(address).map(Job::Paper),
        Route::Tags => Some(Job::Tags),
        Route::Tag(name, page) => tag(inputs, name, *page),
        Route::Authors => outputs.authors.then_some(Job::Authors),
        Route::Author(slug) if outputs.authors => author(inputs, slug).map(Job::Author),
        Route::Page(address) => site.pages().iter().position(|page| page.address == *address).map(Job::Page),
        Route::Feed(of, format) => feed(inputs, of, *format),
        Route::Stats => outputs.stats.then_some(Job::Stats),
        Route::Search | Route::SearchIndex | Route::SearchWords(_) | Route::SearchResults(_) => {
            has_search(inputs).then(|| of_search(route, search::found(site).count())).flatten()
        }
        Route::NotFound => Some(Job::NotFound),
        Route::Sitemap(0) => Some(Job::Sitemap(0)),
        Route::Sitemap(_) | Route::File(_) => file(inputs, route),
        _ => None,
    }
}

fn of_search(route: &Route, found: usize) -> Option<Job> {
    match *route {
        Route::Search => Some(Job::Search),
        Route::SearchIndex => Some(Job::SearchIndex),
        Route::SearchWords(file) => (file < search::shards(found)).then_some(Job::SearchWords(file)),
        Route::SearchResults(file) => (file < search::result_files(found)).then_some(Job::SearchResults(file)),
        _ => None,
    }
}

fn day(inputs: &Inputs<'_>, date: jiff::civil::Date) -> Option<usize> {
    inputs.site.dated().binary_search_by(|day| day.date.cmp(&Some(date))).ok()
}

fn tag(inputs: &Inputs<'_>, name: &str, page: u32) -> Option<Job> {
    let tags = inputs.site.tags();
    let index = tags.binary_search_by(|tag| tag.name.text().cmp(name)).ok()?;
    let paging = Paging::of_tag(inputs.config, inputs.site.papers_of_tag(&tags[index]).len());
    (1..=paging.pages()).contains(&page).then_some(Job::Tag(index, page))
}

fn author(inputs: &Inputs<'_>, slug: &str) -> Option<usize> {
    inputs.site.authors().binary_search_by(|author| author.slug.text().cmp(slug)).ok()
}

fn feed(inputs: &Inputs<'_>, of: &FeedOf, format: FeedFormat) -> Option<Job> {
    let outputs = &inputs.config.outputs;
    let exists = match of {
        FeedOf::Site => true,
        FeedOf::Tag(name) => outputs.tag_feeds && inputs.site.tag(name).is_some(),
        FeedOf::Author(slug) => outputs.authors && inputs.config.feeds.authors && author(inputs, slug).is_some(),
    };
    (exists && (format == FeedFormat::Atom || outputs.json_feed)).then(|| Job::Feed(of.clone(), format))
}

/// Files are few and named in one place, the plan; a sitemap's parts depend on all of it.
fn file(inputs: &Inputs<'_>, route: &Route) -> Option<Job> {
    let Route::File(path) = route else {
        return plan(inputs).0.into_iter().find(|output| output.route == *route).map(|output| output.job);
    };
    if let Some(index) = inputs.theme.assets.iter().position(|asset| asset.path == *path) {
        return Some(Job::Asset(index));
    }
    if let Some(index) = inputs.media.files().iter().position(|file| file.route == *path) {
        return Some(Job::Media(index));
    }
    if let Some((index, width)) = inputs.media.variant_at(path) {
        return Some(Job::Variant(index, width));
    }
    let outputs = &inputs.config.outputs;
    match path.as_str() {
        "robots.txt" => Some(Job::Robots),
        ".nojekyll" => Some(Job::NoJekyll),
        "CNAME" => inputs.config.domain.as_ref().map(|_| Job::Cname),
        "llms.txt" => outputs.llms.then_some(Job::Llms),
        "papers.bib" => outputs.bib.then_some(Job::Bib),
        "papers.json" => outputs.api.then_some(Job::Api),
        _ => None,
    }
}
