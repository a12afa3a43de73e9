//! Languages of scripts, data, queries and texts.

use super::languages::{
    ANNOTATION, C_LIKE, Class, DOUBLE, FREE, Fence, Language, ONE, Place, Quote, SHELL_LIKE, SINGLE, SPACED_HASH,
    STARS, VARIABLES, WORDS, comment, long, mark, raw,
};

#[rustfmt::skip]
pub(super) const TEXTS: &[Language] = &[
    Language {
        names: "bash sh shell zsh fish ksh",
        lines: SPACED_HASH,
        quotes: &[Quote { lines: true, ..DOUBLE }, Quote { lines: true, ..raw("'", "'") }],
        marks: VARIABLES,
        keywords: "break case continue do done elif else esac exit export fi for function if in local readonly return \
            select set shift source then trap unset until while",
        constants: "true false",
        letters: "-", calls: false,
        ..SHELL_LIKE
    },
    Language {
        names: "powershell ps1 pwsh",
        blocks: &[("<#", "#>", false)],
        quotes: &[raw("\"", "\""), raw("'", "'")],
        marks: &[mark("${", Class::Variable), mark("$", Class::Variable), mark("-", Class::Attribute)],
        keywords: "begin break catch class continue do else elseif end exit filter finally for foreach function if in \
            param process return switch throw trap try until using while",
        letters: "-", fold: true, calls: false,
        ..SHELL_LIKE
    },
    Language {
        names: "makefile make mk",
        lines: SPACED_HASH,
        marks: VARIABLES,
        keywords: "define else endef endif export ifdef ifeq ifndef ifneq include override unexport vpath",
        letters: "-.%", key: Some(':'), numbers: false,
        ..WORDS
    },
    Language {
        names: "cmake",
        quotes: &[Quote { lines: true, ..DOUBLE }],
        marks: &[mark("${", Class::Variable)],
        keywords: "else elseif endforeach endfunction endif endmacro endwhile foreach function if macro return while and \
            or not",
        constants: "on off true false", fold: true,
        ..SHELL_LIKE
    },
    Language {
        names: "dockerfile docker containerfile",
        lines: SPACED_HASH,
        marks: VARIABLES,
        keywords: "ADD ARG AS CMD COPY ENTRYPOINT ENV EXPOSE FROM HEALTHCHECK LABEL MAINTAINER ONBUILD RUN SHELL STOPSIGNAL \
            USER VOLUME WORKDIR",
        letters: "-", calls: false,
        ..SHELL_LIKE
    },
    Language {
        names: "ruby rb",
        quotes: &[Quote { lines: true, ..DOUBLE }, Quote { lines: true, ..SINGLE }],
        marks: &[mark("@@", Class::Variable), mark("@", Class::Variable), mark("$", Class::Variable)],
        keywords: "alias and begin break case class def defined? do else elsif end ensure extend for if in include module \
            next not or private protected public raise redo require require_relative rescue retry return super then \
            undef unless until when while yield",
        constants: "true false nil self", letters: "?",
        capitals: true,
        ..SHELL_LIKE
    },
    Language {
        names: "perl pl",
        marks: &[mark("$", Class::Variable), mark("@", Class::Variable)],
        keywords: "and cmp die do else elsif eq for foreach ge gt if last le local lt my ne next no not or our package \
            print redo require return sub unless until use while",
        ..SHELL_LIKE
    },
    Language {
        names: "elixir ex exs",
        quotes: &[long("\"\"\""), DOUBLE, SINGLE],
        marks: &[ANNOTATION],
        keywords: "after alias and case catch cond def defmacro defmodule defp defstruct do else end fn for if import in \
            not or quote raise receive require rescue try unless unquote use when with",
        constants: "true false nil", letters: "?",
        capitals: true,
        ..SHELL_LIKE
    },
    Language {
        names: "r rlang rscript",
        keywords: "break else for function if in library next repeat require return while",
        constants: "TRUE FALSE NULL NA NaN Inf T F NA_integer_ NA_real_ NA_character_", letters: ".",
        ..SHELL_LIKE
    },
    Language {
        names: "julia jl",
        blocks: &[("#=", "=#", true)],
        quotes: &[long("\"\"\""), DOUBLE, ONE],
        marks: &[mark("@", Class::Macro)],
        keywords: "abstract baremodule begin break catch const continue do else elseif end export finally for function \
            global if import in isa let local macro module mutable primitive quote return struct try type using where \
            while",
        constants: "true false nothing missing Inf NaN pi", letters: "!",
        capitals: true,
        ..SHELL_LIKE
    },
    Language {
        names: "matlab octave",
        lines: &[comment("%"), ("#", Class::Comment, Place::Spaced)],
        blocks: &[("%{\n", "%}", false)],
        quotes: &[DOUBLE, FREE],
        keywords: "break case catch classdef continue else elseif end endfunction endif endfor endwhile for function \
            global if methods otherwise parfor persistent properties return switch try until while",
        constants: "true false Inf NaN pi eps", calls: true,
        ..WORDS
    },
    Language {
        names: "lean lean4 coq rocq agda",
        lines: &[comment("--")],
        blocks: &[("/-", "-/", true), ("(*", "*)", true)],
        quotes: &[DOUBLE, ONE],
        marks: &[mark("@[", Class::Attribute), ("#", Class::Keyword, Place::Start)],
        keywords: "abbrev axiom by calc class def deriving do else end example extends fix forall fun have if import in \
            inductive instance intro lemma let match module mutual namespace noncomputable of open obtain private proof \
            protected return rfl rw section show simp sorry structure suffices then theorem universe variable where with \
            Definition Fixpoint Inductive Lemma Proof Qed Theorem Require Import",
        types: "Prop Type Sort Set Nat Int Real Bool String List", constants: "true false True False", letters: "'!?",
        ..WORDS
    },
    Language {
        names: "lisp common-lisp cl elisp emacs-lisp scheme racket clojure clj",
        lines: &[comment(";")],
        blocks: &[("#|", "|#", true)],
        quotes: &[Quote { lines: true, ..DOUBLE }],
        marks: &[mark(":", Class::Constant)],
        keywords: "and begin case cond def define define-record-type defmacro defn defparameter defun defvar do else fn \
            for if lambda let let* letrec loop ns or progn quote recur require set! setf setq unless when while",
        constants: "nil t true false", letters: "-*!?+<>=/",
        ..WORDS
    },
    Language {
        names: "lua",
        lines: &[comment("--")],
        blocks: &[("--[[", "]]", false)],
        quotes: &[DOUBLE, SINGLE],
        fence: Some(Fence { head: "[", sign: b'=', open: "[", close: "]", tail: "]" }),
        keywords: "and break do else elseif end for function goto if in local not or repeat return then until while",
        constants: "true false nil self", calls: true,
        ..WORDS
    },
    Language {
        names: "fortran f90 f95 f77",
        lines: &[comment("!")],
        quotes: &[raw("\"", "\""), raw("'", "'")],
        keywords: "allocatable allocate call case contains cycle deallocate dimension do else elseif end enddo endif exit \
            function if implicit in inout intent interface module none only out parameter pointer print private program \
            public pure read recursive result return save select stop subroutine then type use where while write",
        types: "character complex double integer logical precision real", fold: true, calls: true,
        ..WORDS
    },
    Language {
        names: "sql mysql postgres postgresql pgsql sqlite plsql tsql duckdb",
        lines: &[comment("--")],
        blocks: STARS,
        quotes: &[Quote { lines: true, ..raw("'", "'") }, raw("\"", "\""), raw("`", "`")],
        keywords: "add all alter and any as asc begin between by cascade case cast check column commit constraint create \
            cross database declare default delete desc distinct drop else end except exists explain fetch for foreign \
            from full function grant group having if ilike in index inner insert intersect into is join key lateral left \
            like limit not offset on or order outer over partition primary procedure recursive references replace \
            returning returns right rollback rows select set table temporary then to transaction trigger truncate union \
            unique update using values view when where window with",
        types: "array bigint blob boolean char date decimal double float int integer interval json jsonb numeric real \
            serial smallint text time timestamp uuid varchar",
        constants: "true false null", fold: true, calls: true,
        ..WORDS
    },
    Language {
        names: "graphql gql",
        quotes: &[long("\"\"\""), DOUBLE],
        marks: &[ANNOTATION, mark("$", Class::Variable)],
        keywords: "directive enum extend fragment implements input interface mutation on query scalar schema subscription \
            type union",
        constants: "true false null", capitals: true, calls: false,
        ..SHELL_LIKE
    },
    Language {
        names: "latex tex katex context plaintex",
        lines: &[comment("%")],
        marks: &[mark("\\", Class::Keyword)],
        numbers: false,
        ..WORDS
    },
    Language {
        names: "bibtex bib biblatex",
        lines: &[comment("%")],
        quotes: &[DOUBLE],
        marks: &[mark("@", Class::Keyword), mark("\\", Class::Macro)],
        letters: "-", key: Some('='),
        ..WORDS
    },
    Language {
        names: "json jsonc json5 jsonl ndjson geojson",
        quotes: &[DOUBLE],
        constants: "true false null", key: Some(':'), calls: false,
        ..C_LIKE
    },
    Language {
        names: "yaml yml",
        lines: &[("#", Class::Comment, Place::Spaced), ("---", Class::Keyword, Place::Start)],
        quotes: &[
            Quote { lines: true, free: true, ..DOUBLE },
            Quote { lines: true, ..FREE },
        ],
        marks: &[mark("&", Class::Variable), mark("*", Class::Variable), mark("!!", Class::Type), mark("!", Class::Type)],
        constants: "true false null yes no on off", letters: "-./", key: Some(':'),
        ..WORDS
    },
    Language {
        names: "toml",
        lines: &[comment("#"), ("[", Class::Type, Place::Start)],
        quotes: &[long("\"\"\""), Quote { lines: true, ..raw("'''", "'''") }, DOUBLE, raw("'", "'")],
        constants: "true false inf nan", letters: "-.", key: Some('='),
        ..WORDS
    },
    Language {
        names: "ini cfg conf properties editorconfig systemd desktop gitconfig dotenv env",
        lines: &[
            (";", Class::Comment, Place::Spaced),
            ("#", Class::Comment, Place::Spaced),
            ("[", Class::Type, Place::Start),
        ],
        quotes: &[DOUBLE],
        constants: "true false yes no on off", letters: "-.", key: Some('='),
        ..WORDS
    },
    Language {
        names: "hcl terraform tf nix nginx",
        blocks: STARS,
        quotes: &[Quote { lines: true, ..DOUBLE }],
        marks: &[mark("${", Class::Variable), mark("$", Class::Variable)],
        keywords: "assert data else for if import in inherit let locals module output provider rec resource terraform then \
            variable with server location",
        constants: "true false null", letters: "-",
        ..SHELL_LIKE
    },
    Language {
        names: "html xml svg xhtml vue svelte mathml rss atom plist xsl xslt jinja tera handlebars",
        blocks: &[("<!--", "-->", false)],
        quotes: &[Quote { lines: true, ..raw("\"", "\"") }, Quote { lines: true, ..raw("'", "'") }],
        marks: &[
            mark("</", Class::Tag),
            mark("<!", Class::Tag),
            mark("<?", Class::Tag),
            mark("<", Class::Tag),
            mark("&#", Class::Constant),
            mark("&", Class::Constant),
        ],
        letters: "-:.", tags: true, numbers: false,
        ..WORDS
    },
    Language {
        names: "css scss sass less",
        lines: &[("//", Class::Comment, Place::Spaced)],
        blocks: STARS,
        quotes: &[DOUBLE, SINGLE],
        marks: &[mark("@", Class::Keyword), mark("$", Class::Variable), mark("--", Class::Variable), mark("#", Class::Number)],
        constants: "auto inherit initial none unset", letters: "-", key: Some(':'), calls: true,
        ..WORDS
    },
    Language {
        names: "markdown md mdx rmd qmd rst",
        lines: &[
            ("#", Class::Heading, Place::Start),
            (">", Class::Comment, Place::Start),
            ("```", Class::Keyword, Place::Start),
            ("~~~", Class::Keyword, Place::Start),
        ],
        quotes: &[raw("`", "`")],
        numbers: false,
        ..WORDS
    },
    Language {
        names: "diff patch udiff",
        lines: &[
            ("+++", Class::Heading, Place::Start),
            ("---", Class::Heading, Place::Start),
            ("diff ", Class::Heading, Place::Start),
            ("index ", Class::Comment, Place::Start),
            ("@@", Class::Keyword, Place::Start),
            ("+", Class::Inserted, Place::Start),
            (">", Class::Inserted, Place::Start),
            ("-", Class::Deleted, Place::Start),
            ("<", Class::Deleted, Place::Start),
        ],
        numbers: false,
        ..WORDS
    },
];
