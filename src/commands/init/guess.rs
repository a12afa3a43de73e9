//! All that a new site is, from what was typed, what the machine knows, and what has to be asked.

use camino::Utf8Path;

use super::Ask;
use super::start::Start;
use crate::authoring::scaffold::{self, Author, Beginning, Git, HOSTS, Host, Notes, Vault};
use crate::cli::{Environment, Init};
use crate::model::Lang;
use crate::model::route::BaseUrl;
use crate::output::publish;

/// What the machine knows.
pub(super) struct Known<'a> {
    environment: &'a Environment,
    git: Git,
}

impl<'a> Known<'a> {
    pub(super) fn look(site: &Utf8Path, environment: &'a Environment) -> Self {
        Self { environment, git: Git::look(site) }
    }
}

/// What was typed goes first, then what is known; the rest is asked.
pub(super) fn beginning(
    options: &Init,
    site: &Utf8Path,
    (start, known): (&Start, &Known<'_>),
    ask: Ask<'_>,
) -> Beginning {
    Beginning {
        title: options.title.clone().unwrap_or_else(|| {
            let guess = scaffold::title(site.file_name().unwrap_or_default());
            ask("Title of the site", &guess).unwrap_or(guess)
        }),
        author: author(options, &known.git, ask),
        base_url: base_url(options, &known.git, ask),
        languages: languages(options, start, known.environment),
        timezone: options
            .timezone
            .clone()
            .or_else(|| known.environment.timezone.clone())
            .unwrap_or("UTC".into()),
        notes: start.vault().map(|vault| Notes {
            date_from: if options.date_from.is_empty() {
                vault.date_from()
            } else {
                options.date_from.clone()
            },
            permalinks: options.permalinks.clone(),
            ..notes(vault, site)
        }),
        examples: matches!(start, Start::Nothing) && !scaffold::has_texts(&site.join("content")),
        branch: known.git.branch.clone().unwrap_or_else(|| "main".into()),
        host: Host::named(&options.host).unwrap_or(&HOSTS[0]),
        workflow: workflow(start, site, &known.git),
    }
}

fn author(options: &Init, git: &Git, ask: Ask<'_>) -> Option<Author> {
    if let Some(name) = &options.author {
        return Some(Author { name: name.clone(), email: None });
    }
    match &git.name {
        // An address that GitHub made up so that the real one stays private is no address to be shown.
        Some(name) => {
            let email =
                git.email.clone().filter(|email| !email.ends_with("users.noreply.github.com"));
            Some(Author { name: name.clone(), email })
        }
        None => ask("Your name, for feeds", "").map(|name| Author { name, email: None }),
    }
}

fn base_url(options: &Init, git: &Git, ask: Ask<'_>) -> Option<BaseUrl> {
    options
        .base_url
        .clone()
        .or_else(|| {
            [&git.remote, &git.written]
                .into_iter()
                .flatten()
                .find_map(|url| publish::pages_address(url))
        })
        .or_else(|| {
            let mut question =
                "Where it will be, such as https://example.github.io/notes/ (may be left open)"
                    .to_owned();
            loop {
                match BaseUrl::parse(&ask(&question, "")?) {
                    Ok(url) => return Some(url),
                    Err(why) => question = format!("{why}. Where will it be?"),
                }
            }
        })
}

pub(super) fn languages(options: &Init, start: &Start, environment: &Environment) -> Vec<Lang> {
    if !options.languages.is_empty() {
        return options.languages.clone();
    }
    scaffold::languages(&start.languages(), environment.lang.as_ref())
}

/// How config.toml names the notes. What is plainly something else, and the site's own files, are not read as notes.
fn notes(vault: &Vault, site: &Utf8Path) -> Notes {
    let own = match site.strip_prefix(&vault.folder) {
        Ok(own) if own.as_str().is_empty() => {
            ["content", "public", "themes", "templates", "static"]
                .iter()
                .map(|folder| format!("{folder}/**"))
                .collect()
        }
        Ok(own) => vec![format!("{}/**", own.as_str().replace('\\', "/"))],
        Err(_) => Vec::new(),
    };
    let exclude = own.into_iter().chain(vault.exclude.iter().cloned()).collect();
    // Of a vault nothing but notes is read. Elsewhere each text is what is in it.
    let format = if vault.is_marked || vault.is_of_notes() { "notes" } else { "auto" };
    let (path, include) = (scaffold::relative(&vault.folder, site), vault.include.clone());
    let found = super::said::found(vault).replace('\n', " ");
    let embedded = vault.embedded.iter();
    let embedded = embedded.map(|(folder, count)| (scaffold::relative(folder, site), *count));
    Notes {
        path,
        found,
        format,
        include,
        exclude,
        date_from: Vec::new(),
        permalinks: Vec::new(),
        is_written_by_one: vault.writer.is_some(),
        embedded: embedded.collect(),
    }
}

/// The site's folder below the top of the repository that its host will see. It has none where the notes are read from
/// a place outside of that repository.
fn workflow(start: &Start, site: &Utf8Path, git: &Git) -> Option<String> {
    let Some(vault) = start.vault() else { return Some(".".into()) };
    let top = git.top.as_deref().and_then(|top| top.canonicalize_utf8().ok());
    let top = top.as_deref().filter(|top| site.starts_with(top)).unwrap_or(site);
    vault.folder.starts_with(top).then(|| scaffold::relative(site, top))
}

impl Start {
    fn vault(&self) -> Option<&Vault> {
        match self {
            Self::Vault(vault) => Some(vault),
            Self::Nothing | Self::Import(..) => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use std::cell::RefCell;

    use camino::Utf8Path;

    use super::{Beginning, Known, beginning};
    use crate::authoring::scaffold::Git;
    use crate::cli::{Environment, Init};
    use crate::commands::init::start::Start;

    /// Begins a site in `my-notes` with these answers, in order; returns it with the questions asked.
    fn begun(options: &Init, git: Git, answers: &[Option<&str>]) -> (Beginning, Vec<String>) {
        let asked = RefCell::new(Vec::new());
        let environment = Environment::default();
        let known = Known { environment: &environment, git };
        let begun = beginning(
            options,
            Utf8Path::new("my-notes"),
            (&Start::Nothing, &known),
            &|question, guess| {
                asked.borrow_mut().push(format!("{question} [{guess}]"));
                let answer = answers.get(asked.borrow().len() - 1).copied().flatten();
                answer.map(str::to_owned)
            },
        );
        (begun, asked.into_inner())
    }

    #[test]
    fn only_what_nothing_tells_is_asked() {
        let (_, asked) = begun(&Init::default(), Git::default(), &[]);
        assert_eq!(asked.len(), 3, "{asked:?}");
        let git = Git {
            name: Some("Ada".into()),
            remote: Some("git@github.com:ada/x".into()),
            ..Git::default()
        };
        let (begun, asked) = begun(&Init::default(), git, &[]);
        assert_eq!(asked, ["Title of the site [My notes]"]);
        assert_eq!(
            (begun.title.as_str(), begun.author.map(|author| author.name)),
            ("My notes", Some("Ada".into()))
        );
    }

    #[test]
    fn an_address_that_is_none_is_asked_again() {
        let options = Init { title: Some("T".into()), author: Some("A".into()), ..Init::default() };
        let (begun, asked) = begun(
            &options,
            Git::default(),
            &[Some("me.github.io"), Some("https://me.github.io/x")],
        );
        assert_eq!(
            begun.base_url.map(|url| url.absolute("")).as_deref(),
            Some("https://me.github.io/x/")
        );
        assert!(asked[1].contains("`me.github.io` does not start with https:"), "{asked:?}");
        let (begun, _) = self::begun(&options, Git::default(), &[Some("me.github.io"), None]);
        assert_eq!(begun.base_url, None);
    }
}
