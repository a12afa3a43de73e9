//! What a text means as Markdown.
