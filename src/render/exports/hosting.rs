//! Files for hosts: `.nojekyll`, without which GitHub leaves out what begins with `_`, `CNAME`, the domain, and `_headers`, what
//! a server says with every answer.

use super::{Export, Write};
use crate::config::{Provider, Switch};
use crate::render::{PageRenderer, plan};

pub(super) const NO_JEKYLL: &Export = &Export {
    file: ".nojekyll",
    switch: None,
    more: &[],
    plan: |planner| {
        // A theme may bring one: a file that says nothing is nobody's in particular.
        if planner.inputs.theme.assets.iter().all(|asset| asset.path != ".nojekyll") {
            plan::one(planner);
        }
    },
    write: Write::Text(|_, _| String::new()),
};

pub(super) const CNAME: &Export = &Export {
    file: "CNAME",
    switch: None,
    more: &[],
    plan: |planner| {
        if planner.inputs.config.domain.is_some() {
            plan::one(planner);
        }
    },
    write: Write::Text(|press, _| {
        format!("{}\n", press.config.domain.as_deref().unwrap_or_default())
    }),
};

pub(super) const HEADERS: &Export = &Export {
    file: "_headers",
    switch: Some(&Switch {
        name: "headers",
        default: false,
        word: None,
        about: "`_headers` for Cloudflare Pages, Netlify and their like: a strict `Content-Security-Policy`, and long memory for what never changes.",
    }),
    more: &[],
    plan: |planner| {
        if planner.inputs.theme.assets.iter().all(|asset| asset.path != "_headers") {
            plan::one(planner);
        }
    },
    write: Write::Text(|press, _| headers(press)),
};

fn headers(press: &PageRenderer<'_>) -> String {
    let (mut scripts, mut frames) = ("'self'".to_owned(), "'self'".to_owned());
    let service = match press.config.comments.provider {
        Provider::None => "",
        Provider::Giscus => " https://giscus.app",
        Provider::Utterances => " https://utteranc.es",
        Provider::Hypothesis => " https://hypothes.is https://cdn.hypothes.is",
    };
    scripts.push_str(service);
    frames.push_str(service);
    // Pictures and films of texts may lie anywhere; nothing else may.
    let policy = format!(
        "default-src 'self'; script-src {scripts}; frame-src {frames}; img-src 'self' https: data:; \
         media-src 'self' https:; object-src 'none'; base-uri 'none'; form-action 'self'; \
         frame-ancestors 'self'"
    );
    let path = press.config.base_url.href("");
    let mut text = format!(
        "{path}*\n  Content-Security-Policy: {policy}\n  X-Content-Type-Options: nosniff\n  \
         Referrer-Policy: strict-origin-when-cross-origin\n"
    );
    // Their names have the hash of their content.
    for asset in press.theme.assets.iter().filter(|asset| asset.path != asset.name) {
        let lines = ["\n  Cache-Control: public, max-age=31536000, immutable\n"];
        text.extend([path.as_str(), &asset.path].into_iter().chain(lines));
    }
    text
}
