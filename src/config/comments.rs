//! `[comments]`: where readers can say something, loaded when one asks for it.

use super::Fields;
use crate::diagnostic::{Code, Finding};

/// Who keeps the comments.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Provider {
    /// Nobody: there are none.
    #[default]
    None,
    /// <https://giscus.app>: discussions of a repository on GitHub.
    Giscus,
    /// <https://utteranc.es>: issues of one.
    Utterances,
    /// <https://web.hypothes.is>: notes beside the text.
    Hypothesis,
}

/// `comments`
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Comments {
    /// Who keeps them.
    pub provider: Provider,
    /// The repository: `owner/name`.
    pub repo: String,
    /// Its number, as giscus names it.
    pub repo_id: String,
    /// The category of discussions.
    pub category: String,
    /// Its number.
    pub category_id: String,
    /// What of a page finds its discussion.
    pub mapping: String,
}

impl Default for Comments {
    fn default() -> Self {
        Self {
            provider: Provider::None,
            repo: String::new(),
            repo_id: String::new(),
            category: String::new(),
            category_id: String::new(),
            mapping: "pathname".into(),
        }
    }
}

impl Comments {
    pub(super) fn read(&mut self, fields: &mut Fields<'_, '_>) {
        let providers = [
            ("none", Provider::None),
            ("giscus", Provider::Giscus),
            ("utterances", Provider::Utterances),
            ("hypothesis", Provider::Hypothesis),
        ];
        let place = fields.place();
        fields.choice("provider", &providers, &mut self.provider);
        fields.string("repo", &mut self.repo);
        fields.string("repo_id", &mut self.repo_id);
        fields.string("category", &mut self.category);
        fields.string("category_id", &mut self.category_id);
        let mappings = ["pathname", "url", "title", "og:title"].map(|word| (word, word));
        let mut mapping = mappings[0].0;
        let is_said = fields.has("mapping");
        fields.choice("mapping", &mappings, &mut mapping);
        if is_said {
            mapping.clone_into(&mut self.mapping);
        }
        let needed: &[(&str, &String)] = match self.provider {
            Provider::Giscus => &[
                ("repo", &self.repo),
                ("repo_id", &self.repo_id),
                ("category", &self.category),
                ("category_id", &self.category_id),
            ],
            Provider::Utterances => &[("repo", &self.repo)],
            Provider::None | Provider::Hypothesis => &[],
        };
        let missing = needed.iter().filter(|(_, value)| value.is_empty());
        let missing: Vec<&str> = missing.map(|(key, _)| *key).collect();
        if !missing.is_empty() {
            let message = format!("`comments` of {} needs `{}`", self.name(), missing.join("`, `"));
            let help =
                "its site tells them for a repository: https://giscus.app, https://utteranc.es";
            fields.push(Finding::new(Code::Config, message).at(place).help(help));
        }
    }

    /// The name of who keeps them; empty where nobody does.
    pub fn name(&self) -> &'static str {
        match self.provider {
            Provider::None => "",
            Provider::Giscus => "giscus",
            Provider::Utterances => "utterances",
            Provider::Hypothesis => "hypothesis",
        }
    }
}
