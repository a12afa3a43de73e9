//! The beginning of a day's digest: front matter, with the shape of an entry in its comments.

use jiff::civil::Date;

use super::toml_text::quoted;
use crate::model::Lang;

/// The file of a post, to be written in; a draft until it is done.
pub fn post(date: Date, title: &str) -> String {
    format!(
        "+++\ndate = {date}\npost = true\ntitle = {}\ndraft = true\n\
         # authors = [\"Your Name\"]\n# description = \"One sentence for lists and search engines\"\n\
         # image = \"picture.png\"\n# tags = [\"a-tag\"]\n+++\n\n",
        quoted(title)
    )
}

/// The file of a day, to be written in. The example stands in comments of the front matter, where no reader of the
/// site ever sees it; nothing but the date has to stay.
pub fn skeleton(date: Date, title: Option<&str>, languages: &[Lang]) -> String {
    let title = match title {
        Some(title) => format!("title = {}", quoted(title)),
        None => "# title = \"A few words about the day\"".to_owned(),
    };
    let others: Vec<String> = languages
        .iter()
        .skip(1)
        .map(|lang| format!("#   ::: {lang}\n#   The same in another language.\n#   :::\n#\n"))
        .collect();
    format!(
        "+++\ndate = {date}\n{title}\n\
         # Below the second +++, for each paper:\n#\n\
         #   ## Title of the paper\n#\n\
         #   (First Author, Second Author)\n#   https://arxiv.org/abs/2503.07565\n#\n\
         #   > The abstract.\n#\n\
         #   What you think of it.\n#\n{}\
         #   #tag #another-tag\n+++\n\n",
        others.concat()
    )
}
