//! The gate: what a library made of a formula or a tag goes on to a page only if it holds nothing but what is listed.
//!
//! A library that forgets to escape something once would otherwise let a text of anybody run in a reader's browser. So
//! nobody is trusted: the markup is read once, strictly, in the one form that libraries write it in. Whatever is
//! not of that form does not pass, and the caller shows plain text in its place.

use memchr::memchr2;

/// What an element may hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// Elements of a formula only.
    Layout,
    /// Characters only.
    Token,
    /// Characters, and elements of running text.
    Text,
    /// The same, and stands in such text only.
    Inline,
}

fn kind(name: &str) -> Option<Kind> {
    Some(match name {
        "math" | "semantics" | "mrow" | "msub" | "msup" | "msubsup" | "mover" | "munder"
        | "munderover" | "mfrac" | "msqrt" | "mroot" | "mtable" | "mtr" | "mtd" | "mspace"
        | "mpadded" | "mphantom" | "mstyle" | "menclose" | "merror" | "mmultiscripts"
        | "mprescripts" => Kind::Layout,
        "mi" | "mo" | "mn" | "ms" | "annotation" => Kind::Token,
        "mtext" => Kind::Text,
        "a" | "b" | "i" | "em" | "strong" | "code" | "span" | "s" | "u" | "sub" | "sup" => {
            Kind::Inline
        }
        _ => return None,
    })
}

impl Kind {
    fn holds(self, child: Self) -> bool {
        match self {
            Self::Layout => child != Self::Inline,
            Self::Token => false,
            Self::Text | Self::Inline => child == Self::Inline,
        }
    }
}

/// Attributes that say how something looks or what it means, and cannot do anything.
#[rustfmt::skip]
const ATTRIBUTES: &[&str] = &[
    "accent", "accentunder", "alt", "alttext", "class", "colspan", "columnalign", "columnlines", "columnspacing",
    "columnspan", "datetime", "depth", "display", "displaystyle", "encoding", "form", "frame", "height", "id",
    "lang", "largeop", "linethickness", "lspace", "mathbackground", "mathcolor", "mathvariant", "maxsize",
    "minsize", "movablelimits", "notation", "open", "reversed", "rowlines", "rowspacing", "rowspan", "rspace",
    "scriptlevel", "start", "stretchy", "symmetric", "title", "value", "voffset", "width", "xmlns",
];
/// Schemes of addresses; one without a scheme leads to this site.
const SCHEMES: [&str; 3] = ["https:", "http:", "mailto:"];

/// Whether MathML is well formed and holds nothing but what is listed.
pub(super) fn passes(mathml: &str) -> bool {
    let mut open: Vec<(&str, Kind)> = Vec::new();
    let mut rest = mathml;
    while let Some(at) = memchr2(b'<', b'&', rest.as_bytes()) {
        let (text, mark) = rest.split_at(at);
        let stands =
            open.last().is_some_and(|(_, kind)| *kind != Kind::Layout) || text.trim().is_empty();
        let end = if mark.starts_with('&') { reference(mark) } else { tag(mark, &mut open) };
        let Some(end) = end.filter(|_| stands) else { return false };
        rest = &mark[end..];
    }
    open.is_empty() && rest.trim().is_empty()
}

/// The length of the tag at the start of a text, where it may stand in what is open.
fn tag<'m>(text: &'m str, open: &mut Vec<(&'m str, Kind)>) -> Option<usize> {
    let end = end_of(text)?;
    let inside = &text[1..end];
    if let Some(name) = inside.strip_prefix('/') {
        let (last, _) = open.pop()?;
        return (last == name).then_some(end + 1);
    }
    let (inside, closed) =
        inside.strip_suffix('/').map_or((inside, false), |inside| (inside, true));
    let (name, attributes) = inside.split_at(inside.find(' ').unwrap_or(inside.len()));
    let kind = kind(name)?;
    let fits = open.last().map_or(name == "math", |(_, outer)| outer.holds(kind));
    let closes_itself = matches!(name, "mspace" | "mprescripts") || !closed;
    if !closed {
        open.push((name, kind));
    }
    (fits && closes_itself && attributes_pass(attributes)).then_some(end + 1)
}

/// Where the `>` is that ends the tag at the start of a text.
fn end_of(text: &str) -> Option<usize> {
    let mut quoted = false;
    text.bytes().position(|byte| {
        quoted ^= byte == b'"';
        byte == b'>' && !quoted
    })
}

/// Whether attributes, each with a space before it, are all listed and have harmless values.
pub(super) fn attributes_pass(attributes: &str) -> bool {
    let mut rest = attributes;
    loop {
        rest = rest.trim_start_matches(' ');
        if rest.is_empty() {
            return true;
        }
        let name = &rest[..rest.find(['=', ' ']).unwrap_or(rest.len())];
        rest = &rest[name.len()..];
        let mut value = "";
        if let Some(quoted) = rest.strip_prefix("=\"") {
            let Some(end) = quoted.find('"') else { return false };
            (value, rest) = (&quoted[..end], &quoted[end + 1..]);
        }
        if !(rest.is_empty() || rest.starts_with(' ')) || !attribute_passes(name, value) {
            return false;
        }
    }
}

fn attribute_passes(name: &str, value: &str) -> bool {
    match name {
        "href" | "src" => {
            let bare = value.replace("&amp;", "");
            let end = bare
                .find([':', '&', '/', '?', '#'])
                .filter(|at| bare[*at..].starts_with([':', '&']));
            end.is_none_or(|end| {
                SCHEMES.iter().any(|known| bare[..=end].eq_ignore_ascii_case(known))
            })
        }
        // Lengths and words: nothing that could load something or hide what it is.
        "style" => {
            value.bytes().all(|byte| byte.is_ascii_alphanumeric() || b" .:;#%-".contains(&byte))
        }
        _ => ATTRIBUTES.contains(&name) && !value.contains('<'),
    }
}

/// The length of the character reference at the start of a text: `&lt;`, `&#39;`.
fn reference(text: &str) -> Option<usize> {
    const LONGEST: usize = 12;
    let end = text.bytes().take(LONGEST).position(|byte| byte == b';')?;
    let name = text[1..end].strip_prefix('#').unwrap_or(&text[1..end]);
    (!name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphanumeric())).then_some(end + 1)
}

#[cfg(test)]
mod tests {
    use super::{attributes_pass, passes};

    #[test]
    fn what_a_converter_writes_passes() {
        for mathml in [
            "<math><mi>x</mi></math>",
            "<math alttext=\"a &lt; b\" display=\"block\">\n  <mrow><mspace width=\"1em\"/><mi>a</mi><mo>&lt;</mo></mrow></math>",
            "<math><mtext style=\"font-size:0.8em\">so <b><i>x</i></b> &#39; <span id=\"k\">y</span></mtext></math>",
            "<math><mtable><mtr><mtd style=\"width: 50%\"></mtd></mtr></mtable></math>",
            "<math><mtext><a href=\"#eq\">(1)</a></mtext></math>",
        ] {
            assert!(passes(mathml), "{mathml}");
        }
    }

    #[test]
    fn nothing_else_passes() {
        for inside in [
            "<mo><script>x</script></mo>",
            "<mo><b>x</b></mo>",
            "<mo></mo><img src=x onerror=y><mo></mo>",
            "<mo>a & b</mo>",
            "<mo></mo></math><math><mo></mo",
            "<mi onclick=\"x\">x</mi>",
            "<mi onclick=x>x</mi>",
            "<mi/onclick=x>x</mi>",
            "<MI>x</MI>",
            "<mi\tid=x>x</mi>",
            "<mtext><a href=\"javascript:x\">x</a></mtext>",
            "<mtext><a href=\"java&#115;cript:x\">x</a></mtext>",
            "<mtext><a href=\"data:x\">x</a></mtext>",
            "<mi style=\"background:url(x)\">x</mi>",
            "<mi style=\"a:\\75rl\">x</mi>",
            "<annotation-xml></annotation-xml>",
            "<mglyph src=\"x\"></mglyph>",
            "<svg></svg>",
            "<!-- -->",
            "<![CDATA[x]]>",
            "<?x?>",
            "<mi>x</mo>",
            "<mi>x",
            "</mi>",
            "<mi",
            "<",
            "x",
            "<mtext><style>x</style></mtext>",
            "<mtext><mi>x</mi></mtext>",
            "<b>x</b>",
            "<mi title=\"a\"onclick=\"x\">x</mi>",
            "<mi class='x'>x</mi>",
            "<mi title=\"<\">x</mi>",
            "<mi/>x",
        ] {
            let mathml = format!("<math>{inside}</math>");
            assert!(!passes(&mathml), "{mathml}");
        }
        assert!(!passes("<mi>x</mi>") && !passes("<math></math>x") && !passes("x<math></math>"));
    }

    #[test]
    fn attributes_of_tags_are_held_against_the_same_list() {
        for (attributes, wanted) in [
            ("", true),
            (" lang=\"ko\"", true),
            (" open", true),
            (" src=\"x.png\" alt=\"a &gt; &quot;b&quot;\"", true),
            (" href=\"https://a.b/?c&amp;d\"", true),
            (" href=\"/a:b\"", true),
            (" src=\"a&amp;b.png\" href=\"HTTPS://a.b\"", true),
            (" href=\"javascript&colon;x\"", false),
            (" href=\"javascript:x\"", false),
            (" onclick=\"x\"", false),
            (" style=\"position:fixed\" onload", false),
        ] {
            assert_eq!(attributes_pass(attributes), wanted, "{attributes}");
        }
    }
}
