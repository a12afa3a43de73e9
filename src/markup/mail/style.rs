//! The rules of a small style sheet, and which of them fit an element: by its name, by classes, or by both.

/// The rules of a page's `<style>` elements.
#[derive(Debug, Default)]
pub(super) struct Sheet<'h> {
    /// In the order in which later ones win.
    rules: Vec<Rule<'h>>,
    /// Rules within `@media`, as written.
    pub(super) media: String,
}

#[derive(Debug)]
struct Rule<'h> {
    element: &'h str,
    classes: Vec<&'h str>,
    said: Vec<(&'h str, &'h str)>,
}

impl<'h> Sheet<'h> {
    /// From all `<style>` elements of a page.
    pub(super) fn of(html: &'h str) -> Self {
        let (mut sheet, mut rest) = (Self::default(), html);
        while let Some(at) = rest.find("<style") {
            let Some(start) = rest[at..].find('>').map(|end| at + end + 1) else { break };
            let end = rest[start..].find("</style").map_or(rest.len(), |end| start + end);
            sheet.read(&rest[start..end]);
            rest = &rest[end..];
        }
        // More telling selectors win; the order of the sheet decides between equal ones.
        sheet.rules.sort_by_key(|rule| (rule.classes.len(), !rule.element.is_empty()));
        sheet
    }

    fn read(&mut self, css: &'h str) {
        let mut rest = css.trim_start();
        while let Some(open) = rest.find('{') {
            let (selectors, block) = rest.split_at(open);
            if selectors.trim_start().starts_with('@') {
                let end = matching(block).unwrap_or(block.len());
                if !self.media.is_empty() {
                    self.media.push('\n');
                }
                self.media.push_str(rest[..open + end].trim());
                rest = rest[open + end..].trim_start();
                continue;
            }
            let end = block.find('}').unwrap_or(block.len());
            let said = declarations(&block[1..end]);
            for selector in selectors.split(',').map(str::trim) {
                let mut parts = selector.split('.');
                let element = parts.next().unwrap_or_default();
                // What stands in something else, or is in some state, fits no element alone.
                if selector.contains([' ', '>', ':', '[', '#', '*', '+', '~']) {
                    continue;
                }
                let classes = parts.collect();
                self.rules.push(Rule { element, classes, said: said.clone() });
            }
            rest = block.get(end + 1..).unwrap_or_default().trim_start();
        }
    }

    /// Whether a rule within `@media` names a class.
    pub(super) fn is_in_media(&self, class: &str) -> bool {
        self.media.match_indices(class).any(|(at, _)| {
            self.media[..at].ends_with('.')
                && !self.media[at + class.len()..]
                    .starts_with(|c: char| c.is_alphanumeric() || matches!(c, '-' | '_'))
        })
    }

    /// The value of `style` for an element with these classes, whose own style is this.
    pub(super) fn styles(&self, element: &str, classes: &str, own: &str) -> String {
        let classes: Vec<&str> = classes.split_whitespace().collect();
        let mut said: Vec<(&str, &str)> = Vec::new();
        let own = declarations(own);
        let all = self
            .rules
            .iter()
            .filter(|rule| {
                (rule.element.is_empty() || rule.element == element)
                    && rule.classes.iter().all(|class| classes.contains(class))
            })
            .flat_map(|rule| &rule.said)
            .chain(&own);
        for &(name, value) in all {
            match said.iter_mut().find(|(known, _)| *known == name) {
                Some(known) => known.1 = value,
                None => said.push((name, value)),
            }
        }
        said.iter().map(|(name, value)| format!("{name}:{value}")).collect::<Vec<_>>().join(";")
    }
}

/// Where the block ends that a text begins with, behind its brace.
fn matching(block: &str) -> Option<usize> {
    let mut depth = 0;
    for (at, brace) in block.match_indices(['{', '}']) {
        depth += if brace == "{" { 1 } else { -1 };
        if depth == 0 {
            return Some(at + 1);
        }
    }
    None
}

fn declarations(block: &str) -> Vec<(&str, &str)> {
    let said = block.split(';').filter_map(|said| said.split_once(':'));
    said.map(|(name, value)| (name.trim(), value.trim())).collect()
}
