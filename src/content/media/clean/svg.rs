//! SVG: a drawing, and a document that can run scripts and load whatever it likes when somebody opens it.
//!
//! It is written anew from what was understood: elements that draw, attributes that cannot run anything, addresses of
//! this site or of pictures inside of the file. All else goes, and with it what editors write down about their
//! users. What could have harmed a reader is named.

use std::collections::{BTreeMap, BTreeSet};

use quick_xml::events::{BytesStart, Event};
use quick_xml::{Reader, XmlVersion};
use rustc_hash::FxHashSet;

use super::css;

/// Elements that draw, or say what is drawn.
#[rustfmt::skip]
const ELEMENTS: &[&str] = &[
    "a", "animate", "animateColor", "animateMotion", "animateTransform", "circle", "clipPath", "defs", "desc",
    "ellipse", "feBlend", "feColorMatrix", "feComponentTransfer", "feComposite", "feConvolveMatrix",
    "feDiffuseLighting", "feDisplacementMap", "feDistantLight", "feDropShadow", "feFlood", "feFuncA", "feFuncB",
    "feFuncG", "feFuncR", "feGaussianBlur", "feImage", "feMerge", "feMergeNode", "feMorphology", "feOffset",
    "fePointLight", "feSpecularLighting", "feSpotLight", "feTile", "feTurbulence", "filter", "font", "font-face",
    "font-face-name", "font-face-src", "g", "glyph", "hkern", "image", "line", "linearGradient", "marker", "mask",
    "missing-glyph", "mpath", "path", "pattern", "polygon", "polyline", "radialGradient", "rect", "set", "stop",
    "style", "svg", "switch", "symbol", "text", "textPath", "title", "tref", "tspan", "use", "view", "vkern",
];
/// Elements that tell of the file and draw nothing. Nobody misses them, so nothing is said.
const SILENT: &[&str] =
    &["metadata", "namedview", "perspective", "path-effect", "RDF", "SVGTestCase"];
/// Attributes that load or send something, whatever the element.
const LOADING: &[&str] =
    &["action", "background", "data", "formaction", "ping", "src", "srcdoc", "srcset"];
const SVG: &str = "http://www.w3.org/2000/svg";
const XLINK: &str = "http://www.w3.org/1999/xlink";
/// Entities are shorthands of a few editors; a longer one is no shorthand, and grows a file without bound.
const LONGEST_ENTITY: usize = 100;

/// A value as it is read again: a line's end in an attribute is a space there, if it was written as a reference or not.
fn spaced(value: &str) -> std::borrow::Cow<'_, str> {
    if value.contains(['\n', '\r', '\t']) {
        value.replace(['\n', '\r', '\t'], " ").into()
    } else {
        value.into()
    }
}

/// What was taken out of a drawing that could have harmed its readers, in words.
pub(in crate::content::media) type Taken = BTreeSet<&'static str>;

/// The drawing without what could run or load something; `None` where it is no SVG at all.
pub(in crate::content::media) fn clean(bytes: &[u8]) -> Option<(Vec<u8>, Taken)> {
    let text = std::str::from_utf8(bytes).ok()?;
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let mut cleaner = Cleaner {
        out: String::with_capacity(text.len()),
        taken: Taken::new(),
        entities: BTreeMap::new(),
        prefixes: FxHashSet::from_iter([String::new()]),
        xlinks: FxHashSet::default(),
        open: Vec::new(),
        inside: 0,
        style: None,
    };
    let mut reader = Reader::from_str(text);
    loop {
        match reader.read_event().ok()? {
            Event::Eof => break,
            event => cleaner.event(&event)?,
        }
    }
    let whole =
        cleaner.open.is_empty() && cleaner.inside == 0 && cleaner.out.trim_start().starts_with('<');
    whole.then_some((cleaner.out.into_bytes(), cleaner.taken))
}

struct Cleaner {
    out: String,
    taken: Taken,
    entities: BTreeMap<String, String>,
    /// What stands before names of elements of SVG.
    prefixes: FxHashSet<String>,
    /// What stands before `href`.
    xlinks: FxHashSet<String>,
    /// Elements that were written and are open.
    open: Vec<String>,
    /// How deep inside of something left out it is.
    inside: usize,
    /// The text of a style sheet that is open.
    style: Option<String>,
}

impl Cleaner {
    /// `None` where the file is no SVG.
    fn event(&mut self, event: &Event<'_>) -> Option<()> {
        match event {
            Event::DocType(text) => self.declare(text),
            Event::Start(_) if self.inside > 0 => self.inside += 1,
            Event::End(_) if self.inside > 0 => self.inside -= 1,
            _ if self.inside > 0 => {}
            Event::Start(tag) => {
                if self.element(tag, false)? {
                    self.open.push(tag.name().as_ref().to_owned());
                    self.style = (local(tag.name().as_ref()) == "style").then(String::new);
                } else {
                    self.inside = 1;
                }
            }
            Event::Empty(tag) => drop(self.element(tag, true)?),
            Event::End(_) => self.end()?,
            Event::Text(text) => self.text(text, text),
            Event::CData(text) => self.text(text, &quick_xml::escape::escape(&**text)),
            Event::GeneralRef(name) => self.reference(name),
            _ => {}
        }
        Some(())
    }

    fn end(&mut self) -> Option<()> {
        if let Some(sheet) = self.style.take() {
            let (sheet, outside) = css::inside(&sheet);
            self.take_if(outside, css::OUTSIDE);
            self.out.push_str(&quick_xml::escape::partial_escape(sheet));
        }
        let name = self.open.pop()?;
        self.out.extend(["</", &name, ">"]);
        Some(())
    }

    /// Text as a style sheet means it, and as XML has it.
    fn text(&mut self, plain: &str, escaped: &str) {
        match &mut self.style {
            Some(sheet) => sheet.push_str(plain),
            None => self.out.push_str(escaped),
        }
    }

    fn reference(&mut self, name: &str) {
        let escaped = format!("&{name};");
        if name.starts_with('#') || quick_xml::escape::resolve_xml_entity(name).is_some() {
            let plain = quick_xml::escape::unescape(&escaped)
                .map(std::borrow::Cow::into_owned)
                .unwrap_or_default();
            self.text(&plain, if plain.is_empty() { "" } else { &escaped });
        } else if let Some(value) = self.entities.get(name).cloned() {
            self.text(&value, &quick_xml::escape::escape(value.as_str()));
        }
    }

    /// Shorthands that a document type declares. The declaration itself goes.
    fn declare(&mut self, text: &str) {
        for declared in text.split("<!ENTITY").skip(1) {
            let mut parts = declared.trim_start().splitn(2, char::is_whitespace);
            let (name, value) =
                (parts.next().unwrap_or_default(), parts.next().unwrap_or_default().trim_start());
            let quote = value.chars().next().filter(|c| matches!(c, '"' | '\''));
            let value = quote.and_then(|quote| value[1..].split(quote).next());
            match value
                .filter(|value| value.len() <= LONGEST_ENTITY && !value.contains(['&', '<', '%']))
            {
                Some(value) => drop(self.entities.insert(name.to_owned(), value.to_owned())),
                None => drop(self.taken.insert("an entity from outside or too long")),
            }
        }
    }

    fn take_if(&mut self, found: bool, what: &'static str) {
        if found {
            self.taken.insert(what);
        }
    }

    /// Writes the opening tag of an element, or says that it is left out. `None` where it cannot be read.
    fn element(&mut self, tag: &BytesStart<'_>, empty: bool) -> Option<bool> {
        let attributes = self.attributes(tag)?;
        let name = tag.name();
        let (prefix, local) = split(name.as_ref());
        if self.open.is_empty() && (local != "svg" || !self.out.trim().is_empty()) {
            return None;
        }
        if !self.prefixes.contains(prefix) || !ELEMENTS.contains(&local) {
            self.left_out(local, prefix);
            return Some(false);
        }
        let animated = attributes
            .iter()
            .filter(|(name, _)| name.ends_with("attributeName"))
            .map(|(_, value)| value);
        if animated.into_iter().any(|value| is_harmful(value)) {
            self.taken.insert("an animation of an address or a handler");
            return Some(false);
        }
        self.out.extend(["<", name.as_ref()]);
        for (name, value) in attributes {
            if let Some(value) = self.attribute(local, &name, value) {
                self.out.extend([
                    " ",
                    &name,
                    "=\"",
                    &quick_xml::escape::escape(spaced(&value).as_ref()),
                    "\"",
                ]);
            }
        }
        self.out.push_str(if empty { "/>" } else { ">" });
        Some(true)
    }

    fn left_out(&mut self, local: &str, prefix: &str) {
        match local {
            "script" | "handler" | "listener" => drop(self.taken.insert("a script")),
            "foreignObject" => drop(self.taken.insert("a foreign object")),
            _ if SILENT.contains(&local) || !prefix.is_empty() => {}
            _ => drop(self.taken.insert("an element that draws nothing")),
        }
    }

    /// The attributes with their values as they are meant, each once. Names that they declare are known from here on.
    fn attributes(&mut self, tag: &BytesStart<'_>) -> Option<Vec<(String, String)>> {
        let mut attributes = Vec::new();
        let mut seen = FxHashSet::default();
        for attribute in tag.attributes().with_checks(false) {
            let attribute = attribute.ok()?;
            let name: String = attribute.key.as_ref().to_owned();
            let value = attribute
                .normalized_value_with(XmlVersion::Implicit1_0, 1, |name| {
                    quick_xml::escape::resolve_xml_entity(name)
                        .or_else(|| self.entities.get(name).map(String::as_str))
                })
                .ok()?
                .into_owned();
            let is_name =
                name.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"_.:-".contains(&byte));
            if is_name && seen.insert(name.clone()) {
                match (name.strip_prefix("xmlns:"), value.as_str()) {
                    (Some(prefix), SVG) => drop(self.prefixes.insert(prefix.to_owned())),
                    (Some(prefix), XLINK) => drop(self.xlinks.insert(prefix.to_owned())),
                    _ => {}
                }
                attributes.push((name, value));
            }
        }
        Some(attributes)
    }

    /// The value that an attribute keeps, if it stays.
    fn attribute(&mut self, element: &str, name: &str, value: String) -> Option<String> {
        let (prefix, local) = split(name);
        let lower = local.to_ascii_lowercase();
        let bare: String =
            value.chars().filter(|c| !c.is_whitespace() && !c.is_control()).collect();
        let bare = bare.to_ascii_lowercase();
        let taken = match (prefix, lower.as_str()) {
            ("", "xmlns") => return (value == SVG).then_some(value),
            ("xmlns", _) => return (value == SVG || value == XLINK).then_some(value),
            ("xml", "base") => css::OUTSIDE,
            ("", handler) if handler.starts_with("on") => "a handler of events",
            ("", loading) if LOADING.contains(&loading) => css::OUTSIDE,
            _ if bare.contains("javascript:") || bare.contains("vbscript:") => {
                "an address that runs something"
            }
            (prefix, "href") if prefix.is_empty() || self.xlinks.contains(prefix) => {
                if leads_inside(element, &bare) {
                    return Some(value);
                }
                css::OUTSIDE
            }
            ("" | "xml", _) => {
                let is_css = lower == "style" || css::may_load(&bare);
                let (value, outside) = if is_css { css::inside(&value) } else { (value, false) };
                self.take_if(outside, css::OUTSIDE);
                return Some(value);
            }
            // Attributes of editors, and parts of links that nobody reads.
            _ => return None,
        };
        self.taken.insert(taken);
        None
    }
}

fn is_harmful(value: &str) -> bool {
    let target = split(value.trim()).1.to_ascii_lowercase();
    target == "href" || target.starts_with("on")
}

/// Whether an address, without spaces and in small letters, loads nothing from another site. Only links may lead there.
fn leads_inside(element: &str, address: &str) -> bool {
    let end = address.find([':', '/', '?', '#']).filter(|at| address[*at..].starts_with(':'));
    match end.map(|end| &address[..end]) {
        None => element == "a" || !(address.starts_with("//") || address.contains('\\')),
        Some("http" | "https" | "mailto") => element == "a",
        Some("data") => {
            matches!(element, "image" | "feImage") && address.starts_with("data:image/")
        }
        Some(_) => false,
    }
}

fn split(name: &str) -> (&str, &str) {
    name.split_once(':').unwrap_or(("", name))
}

fn local(name: &str) -> &str {
    split(name).1
}

#[cfg(test)]
mod tests {
    use super::{Taken, clean};

    fn cleaned(inside: &str) -> (String, Taken) {
        let svg = format!(
            "<svg xmlns=\"{}\" xmlns:xlink=\"{}\">{inside}</svg>",
            super::SVG,
            super::XLINK
        );
        let (bytes, taken) = clean(svg.as_bytes()).unwrap();
        // What is clean stays as it is.
        assert_eq!(clean(&bytes).unwrap(), (bytes.clone(), Taken::new()));
        let text = String::from_utf8(bytes).unwrap();
        let inside = text.split_once('>').unwrap().1.strip_suffix("</svg>").unwrap();
        (inside.to_owned(), taken)
    }

    #[test]
    fn a_drawing_stays_as_it_is() {
        for inside in [
            "<path d=\"M0 0h1\" style=\"fill:url(#a)\" fill=\"url(#b)\"/>",
            "<style>.a{fill:red}</style><text class=\"a\" x=\"1\">a &lt; b &#169;</text>",
            "<a href=\"https://a.b/\"><text>c</text></a><use xlink:href=\"#x\"/>",
            "<image href=\"data:image/png;base64,AA==\"/><image href=\"photo.png\"/>",
            "<animate attributeName=\"x\" to=\"5\"/><style>@font-face{src:url(data:font/woff2;base64,A)}</style>",
        ] {
            assert_eq!(cleaned(inside), (inside.to_owned(), Taken::new()));
        }
    }

    #[test]
    fn what_could_run_or_load_something_is_gone() {
        for (inside, wanted) in [
            ("<script>x()</script><g/>", "<g/>"),
            ("<s:script xmlns:s=\"http://www.w3.org/2000/svg\">x()</s:script>", ""),
            ("<g onclick=\"x()\" ONLOAD='y'/>", "<g/>"),
            (
                "<foreignObject><body xmlns=\"http://www.w3.org/1999/xhtml\"><b/></body></foreignObject>",
                "",
            ),
            ("<iframe src=\"x\"/>", ""),
            ("<a xlink:href=\"java&#10;script:x\"><g/></a>", "<a><g/></a>"),
            ("<a href=\"data:text/html,x\"/>", "<a/>"),
            (
                "<use href=\"https://a.b/c.svg#d\"/><use href=\"data:image/svg+xml,x#d\"/>",
                "<use/><use/>",
            ),
            ("<image href=\"//a.b/c.png\"/><image href=\"/\\a.b\"/>", "<image/><image/>"),
            (
                "<set attributeName=\"href\" to=\"x\"/><animate attributeName=\" xlink:href\" to=\"x\"/>",
                "",
            ),
            ("<g style=\"fill:url(https://a.b/c)\"/>", "<g style=\"fill:url(#)\"/>"),
            ("<g fill=\"URL( 'https://a.b/c' )\"/>", "<g fill=\"url(#)\"/>"),
            ("<style>@import 'https://a.b';.a{fill:red}</style>", "<style>.a{fill:red}</style>"),
            ("<style><![CDATA[.a{b:url(//a.b)}]]></style>", "<style>.a{b:url(#)}</style>"),
            ("<style>.a{b:u\\72l(x)}</style>", "<style></style>"),
        ] {
            let (clean, taken) = cleaned(inside);
            assert_eq!(clean, wanted, "{inside}");
            assert!(!taken.is_empty(), "{inside}");
        }
    }

    #[test]
    fn notes_of_editors_go_without_a_word() {
        let inside = "<!-- by Kim --><?x y?><metadata><a/></metadata><g xmlns:i=\"urn:i\" i:file=\"kim.svg\" id=\"a\"/>";
        assert_eq!(cleaned(inside), ("<g id=\"a\"/>".to_owned(), Taken::new()));
    }

    #[test]
    fn shorthands_are_written_out_and_then_judged() {
        let entities = format!("<!ENTITY n \"{}\"><!ENTITY j \"javascript:x\">", super::SVG);
        let inside = "<a href=\"&j;\"><text>&n;</text></a>";
        let svg = format!("<!DOCTYPE svg [{entities}]><svg xmlns=\"&n;\">{inside}</svg>");
        let (bytes, taken) = clean(svg.as_bytes()).unwrap();
        assert_eq!(taken, Taken::from(["an address that runs something"]));
        let wanted = format!("<svg xmlns=\"{0}\"><a><text>{0}</text></a></svg>", super::SVG);
        assert_eq!(String::from_utf8(bytes).unwrap(), wanted);
        let outside = b"<!DOCTYPE svg [<!ENTITY f SYSTEM 'file:///x'>]><svg>&f;</svg>";
        assert_eq!(clean(outside).unwrap().1.len(), 1);
    }

    #[test]
    fn what_is_no_svg_is_none() {
        for text in [
            "",
            "x",
            "<html/>",
            "<svg>",
            "<svg></g>",
            "<svg/><svg/>",
            "\u{1f}\u{8b}",
            "<svg a=\"&x;\"/>",
        ] {
            assert_eq!(clean(text.as_bytes()), None, "{text}");
        }
        assert_eq!(clean(b"\xff\xfe<\0s\0"), None);
    }
}
