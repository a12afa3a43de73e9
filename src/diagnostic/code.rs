//! The catalogue of findings: every code the program can print, how bad it is, and what it means.
//!
//! `docs/errors.md` and the `warnings.allow` key are checked against this list.

use super::Severity;

macro_rules! codes {
    ($($(#[doc = $doc:literal])+ $name:ident = $text:literal, $severity:ident;)+) => {
        /// What kind of finding it is; its text is what `--code` and `warnings.allow` take.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Code { $($(#[doc = $doc])+ $name,)+ }

        impl Code {
            /// Every code, in the order of this file.
            pub const ALL: &[Self] = &[$(Self::$name),+];

            /// The code as printed, such as `dead-wikilink`.
            pub fn as_str(self) -> &'static str {
                match self { $(Self::$name => $text),+ }
            }

            /// How bad it is.
            pub fn severity(self) -> Severity {
                match self { $(Self::$name => Severity::$severity),+ }
            }

            /// What it means, for `docs/errors.md`.
            pub fn explanation(self) -> &'static str {
                match self { $(Self::$name => concat!($($doc),+)),+ }
            }
        }
    };
}

codes! {
    /// config.toml is not valid TOML, or a key has a value it cannot have.
    Config = "config", Error;
    /// A key that no part of the program knows.
    UnknownKey = "unknown-key", Error;
    /// A file could not be read.
    Unreadable = "unreadable", Error;
    /// A file of a source outside `content/` could not be read and was left out.
    Skipped = "skipped", Warning;
    /// A text with nothing in it, which was left out.
    Empty = "empty", Warning;
    /// Front matter that is not valid TOML or YAML, or never closes.
    FrontMatter = "front-matter", Error;
    /// A date that does not exist or cannot be understood.
    BadDate = "bad-date", Error;
    /// A date years ahead or before the times of anybody's notes, which is probably a slip.
    OddDate = "odd-date", Warning;
    /// A source holds no date, so its papers come last in the archive.
    Undated = "undated", Warning;
    /// A date is a month or a year only, so its papers stand on the first day of it.
    ImpreciseDate = "imprecise-date", Note;
    /// A date of which the day may be the month, and nothing in its text or source says which.
    UnsureDate = "unsure-date", Warning;
    /// A file with papers under headings and no date, so that it is a page and its papers are none of the site's.
    MissingDate = "missing-date", Warning;
    /// Text that looks like a part of a paper was not read as one.
    NotRead = "not-read", Warning;
    /// Files of a folder were not read for what their names end in; counted by ending.
    OtherEnding = "other-ending", Note;
    /// A digest in which nothing is written yet; it is not shown.
    EmptyDigest = "empty-digest", Note;
    /// A metadata key under a heading that the program does not know; it is kept for themes.
    UnknownField = "unknown-field", Warning;
    /// An entry without a title.
    MissingTitle = "missing-title", Warning;
    /// A template that front matter asks for and the theme has not.
    MissingTemplate = "missing-template", Warning;
    /// A digest that names a paper but has no heading of level 2, and so no entry.
    MissingHeading = "missing-heading", Warning;
    /// A block that opens and never closes.
    Unclosed = "unclosed", Warning;
    /// A language that config.toml does not list.
    UnknownLanguage = "unknown-language", Warning;
    /// A character that XML forbids, such as an escape, however it was written; it was taken out.
    ForbiddenCharacter = "forbidden-character", Warning;
    /// What `:::` opens is neither a language, a box nor a component that the program or the theme knows; its text stays.
    UnknownBox = "unknown-box", Warning;
    /// What a text gives a component is not what that takes, so that its words stay; or no paper is as it asks.
    Argument = "argument", Warning;
    /// Text that a reader could not place; it stays in the commentary.
    Unplaced = "unplaced", Warning;
    /// A key in front matter that is not used: it is another program's or the vault's own, or the note says it itself.
    OwnKey = "own-key", Note;
    /// Names of facts that neither the dictionary nor `fields` knows, counted for each source.
    UnknownNames = "unknown-names", Note;
    /// Texts that are not published: drafts, those of a later day, days of a diary, and what front matter or tags keep back.
    HeldBack = "held-back", Note;
    /// git's marks of a conflict, which is to be settled first.
    Conflict = "conflict", Error;
    /// A file that looks like the copy of another one.
    Copy = "copy", Warning;
    /// The program took a year from what the page shows.
    InferredYear = "inferred-year", Note;
    /// A year is needed and nothing tells it.
    MissingYear = "missing-year", Error;
    /// An input that no reader recognises.
    UnknownFormat = "unknown-format", Error;
    /// A text that was imported, or a source, holds addresses of papers, and no paper was read of it.
    NothingRead = "nothing-read", Warning;
    /// One paper twice in one digest.
    DuplicatePaper = "duplicate-paper", Warning;
    /// An entry without id became part of a paper because of its title alone.
    JoinedByTitle = "joined-by-title", Note;
    /// Two entries became one paper by an id, and neither their titles nor their authors have anything in common.
    SharedId = "shared-id", Warning;
    /// A wikilink that names nothing on the site.
    DeadWikilink = "dead-wikilink", Warning;
    /// A file of `data/` that cannot be read, so that templates would miss it.
    Data = "data", Error;
    /// Diagrams of Mermaid are shown as code, for config.toml names no script that draws them.
    Mermaid = "mermaid", Note;
    /// A reading list names a paper that the site has not.
    UnknownPaper = "unknown-paper", Warning;
    /// A citation of a key that no paper has.
    UnknownCitation = "unknown-citation", Warning;
    /// A reference to a footnote that no text defines.
    MissingNote = "missing-note", Warning;
    /// Something that no page shows: empty texts, templates and the machinery of other programs in an import, degrees and
    /// addresses of authors, `<style>` and `<script>`, notes within notes beyond what a text may show of others.
    LeftOut = "left-out", Note;
    /// What only another system fills in, such as `{{< youtube … >}}`; it is shown as code, or as the picture or link it means.
    Shortcode = "shortcode", Warning;
    /// A link to a page or a file of the site that does not exist.
    DeadLink = "dead-link", Warning;
    /// An image that is not there.
    MissingImage = "missing-image", Warning;
    /// An image that is damaged, too large to be resized, or not what its name says.
    BadImage = "bad-image", Warning;
    /// A file that Git LFS has not fetched: three lines stand in its place. Beside texts it was left out.
    LfsPointer = "lfs-pointer", Warning;
    /// A drawing (SVG) that could run something in a browser, or load something from another site; it was taken out.
    UnsafeImage = "unsafe-image", Warning;
    /// Letters of cards that no font has.
    MissingFont = "missing-font", Note;
    /// TeX that cannot be turned into MathML, or a formula that never ends; it is shown as code, or as it was typed.
    BadMath = "bad-math", Warning;
    /// An address that could run code or hide what it is; it was taken out.
    UnsafeLink = "unsafe-link", Warning;
    /// A code block in a language that cannot be highlighted.
    UnknownCodeLanguage = "unknown-code-language", Note;
    /// A code block too long to be highlighted: it is shown without colours.
    LongCode = "long-code", Note;
    /// Two tags that look like one.
    SimilarTags = "similar-tags", Warning;
    /// A paper without tags. Only `check` says it.
    Untagged = "untagged", Note;
    /// A paper of which no entry has an abstract. Only `check` says it.
    NoAbstract = "no-abstract", Note;
    /// A paper without an arXiv id, DOI or OpenReview id. Only `check` says it.
    NoId = "no-id", Note;
    /// Two names of authors that are probably one person's. Only `check` says it.
    SimilarAuthors = "similar-authors", Note;
    /// An address of arXiv's that is not the abstract's page, or one that leads through somebody who counts. Only
    /// `check` says it, and `check --fix` puts it right.
    OddAddress = "odd-address", Note;
    /// A tag written as one of its aliases. Only `check` says it, and `check --fix` puts it right.
    AliasTag = "alias-tag", Note;
    /// A link to another site that is gone: status 404 or 410. Only `check --external` says it.
    GoneLink = "gone-link", Error;
    /// A link to another site that may be gone. Only `check --external` says it.
    UnsureLink = "unsure-link", Warning;
    /// A site or a file larger than GitHub Pages takes, or one that takes too long to make. `check` and `publish` say it.
    TooLarge = "too-large", Warning;
    /// There is more of something than the program takes, such as tags of an entry, so the rest was left out.
    TooMuch = "too-much", Warning;
    /// A page of a source, or a former address, was left out because something else has its address.
    AddressTaken = "address-taken", Warning;
    /// An alias that cannot be a file, such as `?p=42`; nothing leads from it.
    DeadAlias = "dead-alias", Warning;
    /// Two outputs claim one address.
    Collision = "collision", Error;
    /// An alias or redirect that cannot work.
    BadRedirect = "bad-redirect", Error;
    /// A theme or one of its files is wrong.
    Theme = "theme", Error;
    /// A file was copied from a theme to be changed, and the theme has changed it since.
    OutdatedCopy = "outdated-copy", Warning;
    /// A newer version of the program changed something that the site uses.
    Upgrade = "upgrade", Warning;
    /// The interface has no words in a language of the site; it falls back to English.
    MissingString = "missing-string", Note;
    /// A template does not compile, or failed while rendering a page.
    Template = "template", Error;
    /// A template names a variable, field or option that does not exist, perhaps on a way that no page takes.
    UnknownVariable = "unknown-variable", Error;
    /// A template that no page is made from and no template includes.
    UnusedTemplate = "unused-template", Warning;
    /// A theme declares an option that no template asks for.
    UnusedOption = "unused-option", Warning;
    /// An interface string that a template asks for and no language has, or that a theme says in one language only.
    UnknownString = "unknown-string", Warning;
    /// The output folder cannot be used.
    Output = "output", Error;
    /// A file in the output folder that the program did not write: the build that says so removes it.
    StrayFile = "stray-file", Warning;
    /// The output folder cannot be replaced as a whole, so the new site was put into it file by file.
    FileByFile = "file-by-file", Note;
    /// A source file could not be changed safely, so it was left as it is.
    Edit = "edit", Error;
    /// A service could not be asked, or its answer cannot be used.
    Service = "service", Error;
    /// `add` was asked for a paper that arXiv does not have, or for something that is no paper it can look up.
    NoSuchPaper = "no-such-paper", Error;
    /// `add` was asked for a paper that the site has already.
    KnownPaper = "known-paper", Note;
    /// A command would have written over a file that differs.
    Exists = "exists", Error;
    /// A source or path in config.toml does not exist.
    MissingSource = "missing-source", Error;
    /// A mail cannot be made or sent.
    Mail = "mail", Error;
    /// The site cannot be published.
    Publish = "publish", Error;
    /// The site is made for another address than the one it is published at.
    OtherAddress = "other-address", Warning;
    /// A file or link that was left out because it leads out of the tree or is not a plain file.
    NotAFile = "not-a-file", Warning;
}

impl Code {
    /// The code with this text.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|code| code.as_str() == text)
    }
}
