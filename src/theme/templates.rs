//! Compiled templates, and their errors with a place.

use std::sync::Arc;

use tera::{Context, ErrorKind, ReportError, Tera};

use super::advice;
use super::functions::Functions;
use super::layer::Layer;
use super::references;
use crate::diagnostic::{Code, Finding, SourceText};

/// Templates of all layers; a name means the highest layer's.
pub struct Templates {
    tera: Tera,
    layers: Vec<Layer>,
}

impl std::fmt::Debug for Templates {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Templates")
            .field("count", &self.tera.get_template_names().count())
            .finish_non_exhaustive()
    }
}

impl Templates {
    /// Compiles every template of every layer; `None` after an error.
    pub(super) fn compile(
        layers: &[Layer],
        functions: Functions,
        findings: &mut Vec<Finding>,
    ) -> Option<Self> {
        let mut tera = Tera::default();
        tera.autoescape_on([".html", ".xml", ".svg"]);
        functions.register(&mut tera);
        let mut templates = Self { tera, layers: layers.to_vec() };
        let sources = templates.sources();
        let before = findings.len();
        findings.extend(references::missing(layers));
        if findings.len() > before {
            templates.report_syntax(&sources, findings);
            return None;
        }
        let added =
            templates.tera.add_raw_templates(sources.iter().map(|(name, text)| (name, text)));
        if let Err(error) = added {
            templates.report_broken(&sources, &error, findings);
        }
        (findings.len() == before).then_some(templates)
    }

    /// Name and text of each template, its `parent/` references resolved to the next layer down.
    fn sources(&self) -> Vec<(String, String)> {
        let mut sources = Vec::new();
        for (index, layer) in self.layers.iter().enumerate() {
            for (path, content) in &layer.files {
                let (Some(name), Ok(text)) =
                    (path.strip_prefix("templates/"), std::str::from_utf8(content))
                else {
                    continue;
                };
                sources.push((self.registered(index, name), self.resolve_parents(index, text)));
            }
        }
        sources
    }

    /// The name under which Tera knows a layer's template: its own, where no layer above has one of that name.
    fn registered(&self, layer: usize, name: &str) -> String {
        if self.first(0, name) == Some((layer, name)) {
            name.to_owned()
        } else {
            format!("{}{name}", prefix(layer))
        }
    }

    /// The layer and the file of a template, by the name under which Tera knows it.
    fn place<'n>(&self, registered: &'n str) -> Option<(usize, &'n str)> {
        place(registered).or_else(|| self.first(0, registered))
    }

    fn resolve_parents(&self, index: usize, text: &str) -> String {
        let mut out = String::with_capacity(text.len());
        let mut rest = text;
        while let Some(at) = rest.find("\"parent/") {
            let name_start = at + "\"parent/".len();
            let name = rest[name_start..].split('"').next().unwrap_or_default();
            let path = format!("templates/{name}");
            let below = (index + 1..self.layers.len())
                .find(|&layer| self.layers[layer].files.contains_key(&path));
            out.push_str(&rest[..=at]);
            match below {
                Some(layer) => out.push_str(&self.registered(layer, name)),
                None => out.extend(["parent/", name]),
            }
            rest = &rest[name_start + name.len()..];
        }
        out.push_str(rest);
        out
    }

    fn report_broken(
        &self,
        sources: &[(String, String)],
        error: &tera::Error,
        findings: &mut Vec<Finding>,
    ) {
        let before = findings.len();
        self.report_syntax(sources, findings);
        if findings.len() == before {
            findings.extend(self.explain(error));
        }
    }

    /// Tera stops at the first template it cannot parse, so each is tried alone to find them all.
    fn report_syntax(&self, sources: &[(String, String)], findings: &mut Vec<Finding>) {
        findings.extend(sources.iter().filter_map(|(name, text)| {
            match Tera::default().add_raw_template(name, text).err()?.kind() {
                ErrorKind::SyntaxError(report) => Some(self.report(report)),
                _ => None,
            }
        }));
    }

    /// Renders a page; the finding says which template and which page failed.
    pub fn render(
        &self,
        name: &str,
        context: &Context,
        page: &str,
    ) -> Result<Vec<u8>, Vec<Finding>> {
        let mut out = Vec::with_capacity(16 * 1024);
        match self.tera.render_to(name, context, &mut out) {
            Ok(()) => Ok(out),
            Err(error) => Err(self
                .explain(&error)
                .into_iter()
                .map(|finding| {
                    let help =
                        finding.help.as_deref().map(|help| format!("{help} ")).unwrap_or_default();
                    finding.help(format!("{help}(while rendering /{page})"))
                })
                .collect()),
        }
    }

    /// The templates in a folder, `parts/page/` for example, of all layers; in order.
    pub fn within(&self, folder: &str) -> Vec<String> {
        let paths = self.layers.iter().flat_map(|layer| layer.files.keys());
        let named = paths
            .filter_map(|path| path.strip_prefix("templates/"))
            .filter(|name| name.starts_with(folder));
        named.map(str::to_owned).collect::<std::collections::BTreeSet<_>>().into_iter().collect()
    }

    /// Whether some layer has this template.
    pub fn has(&self, name: &str) -> bool {
        self.tera.contains_template(name)
    }

    fn explain(&self, error: &tera::Error) -> Vec<Finding> {
        match error.kind() {
            ErrorKind::SyntaxError(report) | ErrorKind::RenderingError(report) => {
                vec![self.report(report)]
            }
            ErrorKind::Msg(reports) if reports.contains("-->") => reports
                .split("error: ")
                .filter(|report| !report.trim().is_empty())
                .map(|report| self.parse(report))
                .collect(),
            _ => vec![Finding::new(Code::Template, self.readable(&error.to_string()))],
        }
    }

    fn report(&self, report: &ReportError) -> Finding {
        self.at(report.message(), report.filename(), report.span().range.clone())
    }

    /// Several reports come as text only: the message, then `--> file:line:column`.
    fn parse(&self, report: &str) -> Finding {
        let mut lines = report.lines();
        let message = lines.next().unwrap_or_default();
        let place = lines.find_map(|line| line.trim_start().strip_prefix("--> "));
        let mut parts = place.unwrap_or_default().rsplitn(3, ':');
        let column: usize = parts.next().and_then(|part| part.parse().ok()).unwrap_or(1);
        let line: usize = parts.next().and_then(|part| part.parse().ok()).unwrap_or(1);
        let Some(name) = parts.next() else {
            return Finding::new(Code::Template, self.readable(report));
        };
        let width = report
            .lines()
            .find(|line| line.contains('^'))
            .map_or(1, |line| line.matches('^').count());
        let start = self.source(name).map_or(0, |source| offset(&source.text, line, column));
        self.at(message, name, start..start + width)
    }

    fn at(&self, message: &str, name: &str, span: std::ops::Range<usize>) -> Finding {
        let (message, help) = advice::of(&self.readable(message));
        let help = help.or_else(|| advice::of_block(&message, template(name), &self.above(name)));
        let finding = Finding { help, ..Finding::new(Code::Template, message).at(span) };
        match self.source(name) {
            Some(source) => finding.in_source(&source),
            None => finding.in_path(self.readable(name)),
        }
    }

    /// The texts of the templates that a template extends, one after the other.
    fn above(&self, name: &str) -> Vec<&str> {
        let mut texts = Vec::new();
        let mut next = self.place(name);
        while let Some((layer, path)) = next.filter(|_| texts.len() <= self.layers.len() * 2) {
            let text = self.text(layer, path);
            texts.extend(text);
            next = text.and_then(advice::extends).and_then(|wanted| {
                match wanted.strip_prefix("parent/") {
                    Some(below) => self.first(layer + 1, below),
                    None => self.first(0, wanted),
                }
            });
        }
        texts.into_iter().skip(1).collect()
    }

    /// The highest layer from one on that has a template.
    fn first<'n>(&self, from: usize, name: &'n str) -> Option<(usize, &'n str)> {
        (from..self.layers.len())
            .find(|&layer| self.text(layer, name).is_some())
            .map(|layer| (layer, name))
    }

    fn text(&self, layer: usize, name: &str) -> Option<&str> {
        std::str::from_utf8(self.layers.get(layer)?.files.get(&format!("templates/{name}"))?).ok()
    }

    fn source(&self, name: &str) -> Option<Arc<SourceText>> {
        let (layer, name) = self.place(name)?;
        self.layers.get(layer)?.text(&format!("templates/{name}"))
    }

    /// A message without our prefixes.
    fn readable(&self, message: &str) -> String {
        (0..self.layers.len())
            .fold(message.to_owned(), |text, layer| text.replace(&prefix(layer), ""))
    }
}

/// `@1/tag.html` → layer 1, `tag.html`
fn place(name: &str) -> Option<(usize, &str)> {
    let (layer, name) = name.strip_prefix('@')?.split_once('/')?;
    Some((layer.parse().ok()?, name))
}

fn template(name: &str) -> &str {
    place(name).map_or(name, |(_, name)| name)
}

fn prefix(layer: usize) -> String {
    format!("@{layer}/")
}

/// Byte offset of a line and a column (both from 1).
fn offset(text: &str, line: usize, column: usize) -> usize {
    let start: usize = text.split_inclusive('\n').take(line - 1).map(str::len).sum();
    let within = text[start..].char_indices().nth(column - 1).map_or(0, |(at, _)| at);
    start + within
}
