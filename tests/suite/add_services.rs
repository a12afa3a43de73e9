//! `offprint add` for papers that are not on arXiv, from files, and into entries: against a server on this machine that answers like
//! Crossref, `DataCite`, `OpenReview`, the ACL Anthology and bioRxiv.

use crate::add::{FILE, content, lamps, run};
use crate::loopback::{Reply, Server, closed};

const CROSSREF: &str = r#"{"status":"ok","message-type":"work","message":{
 "type":"journal-article","title":["Buoys That Ring at $10^2$ Hz"],"container-title":["Letters on Light","L. Light"],
 "author":[{"given":"Ada","family":"Wick","sequence":"first"},{"given":"Gabriel","family":"García Márquez"},{"name":"Harbour Collaboration"}],
 "issued":{"date-parts":[[2024,6,1]]},"volume":"3","issue":"2","page":"11-19","publisher":"Quay Press","ISSN":["1234-567X"],
 "DOI":"10.5555/buoys.24","URL":"http://dx.doi.org/10.5555/buoys.24","subject":["Optics"],"reference-count":12,
 "abstract":"<jats:title>Abstract</jats:title><jats:p>Bells ring in the <jats:italic>fog</jats:italic>. Code: https://github.com/ada/buoys</jats:p>"}}"#;

const DATACITE: &str = r#"{"data":{"id":"10.5555/tides","type":"dois","attributes":{"doi":"10.5555/tides","titles":[{"title":"Tides, Counted"}],
 "creators":[{"name":"Tide, Emil","nameType":"Personal","givenName":"Emil","familyName":"Tide"},{"name":"Buoy Office","nameType":"Organizational"}],
 "publisher":{"name":"Zenodo"},"publicationYear":2023,"types":{"citeproc":"dataset","resourceTypeGeneral":"Dataset"},
 "dates":[{"date":"2023-05-02","dateType":"Issued"}],"version":"1.2","url":"https://data.example/tides",
 "descriptions":[{"description":"Every tide of a year.","descriptionType":"Abstract"}]}}}"#;

const OPENREVIEW: &str = r#"{"notes":[{"id":"YicbFdNTTy","forum":"YicbFdNTTy","pdate":1707000000000,"content":{
 "title":{"value":"Lamps That Learn"},"authors":{"value":["Ada Wick","Zoë Glow"]},"abstract":{"value":"We light $n$ lamps."},
 "venue":{"value":"ICLL 2024 oral"},"_bibtex":{"value":"@inproceedings{\nwick2024lamps,\ntitle={Lamps That Learn},\nauthor={Ada Wick and Zo{\\\"e} Glow},\nbooktitle={The Conference on Lamps},\nyear={2024},\nurl={https://openreview.net/forum?id=YicbFdNTTy}\n}"}}}]}"#;

const ACL: &str = "@inproceedings{wick-tide-2023-words,\n title = \"Words for Fog\",\n author = \"Wick, Ada and Tide, Emil\",\n \
 booktitle = \"Proceedings of the Harbour Meeting\", month = jul, year = \"2023\", publisher = \"Harbour Association\",\n \
 url = \"https://aclanthology.org/2023.acl-long.1\", doi = \"10.18653/v1/2023.acl-long.1\", pages = \"1--12\",\n abstract = \"We name fog.\" }\n";

const BIORXIV: &str = r#"{"messages":[{"status":"ok"}],"collection":[{"doi":"10.1101/2099.01.02.345678","title":"Old","version":"1","authors":"Wick, A.","date":"2099-01-02","server":"bioRxiv","abstract":"Old.","category":"biophysics"},
 {"doi":"10.1101/2099.01.02.345678","title":"Wax in Cells","version":"2","authors":"Wick, A.; Tide, E. B.","date":"2024-02-03","server":"bioRxiv","abstract":"Cells hold wax.","category":"biophysics"}]}"#;

fn services() -> Server {
    Server::new(|_, path, _| {
        let json =
            |body: &str| Reply::Answer(200, "content-type: application/json\r\n", body.into());
        match path {
            "/works/10.5555/buoys.24" => json(CROSSREF),
            "/dois/10.5555/tides" => json(DATACITE),
            "/notes2?id=YicbFdNTTy" => json(OPENREVIEW),
            path if path.starts_with("/notes") => json("{\"notes\":[]}"),
            "/acl/2023.acl-long.1.bib" => {
                Reply::Answer(200, "content-type: text/plain\r\n", ACL.into())
            }
            "/details/biorxiv/10.1101/2099.01.02.345678" => json(BIORXIV),
            path if path.starts_with("/details") => {
                json("{\"messages\":[{\"status\":\"no posts found\"}],\"collection\":[]}")
            }
            _ => Reply::Answer(404, "", "Resource not found.".into()),
        }
    })
}

#[test]
fn papers_come_from_whoever_has_them() {
    let server = services();
    let desk = lamps(&server.address());
    let typed = [
        "https://doi.org/10.5555/BUOYS.24",
        "10.5555/tides",
        "https://openreview.net/forum?id=YicbFdNTTy",
        "2023.acl-long.1",
        "https://www.biorxiv.org/content/10.1101/2099.01.02.345678v1.full",
    ];
    let said = run(&desk, &[&typed[..], &["--tags", "read"]].concat());
    assert_eq!(said.code, 0, "{}", said.text);
    let text = content(&desk);
    for entry in [
        "## Buoys That Ring at $10^2$ Hz\n\n(Ada Wick, Gabriel García Márquez, Harbour Collaboration)\nhttps://doi.org/10.5555/buoys.24\n\
         code: https://github.com/ada/buoys\nentry-type: article\nvenue: Letters on Light\npublished: 2024-06-01\n\
         name-parts: Wick, Ada and García Márquez, Gabriel and {Harbour Collaboration}\n",
        "\n> Bells ring in the fog. Code: https://github.com/ada/buoys\n\n#read\n",
        "## Tides, Counted\n\n(Emil Tide, Buoy Office)\nhttps://doi.org/10.5555/tides\nhttps://data.example/tides\nentry-type: dataset\nvenue: Zenodo\npublished: 2023-05-02\n",
        "## Lamps That Learn\n\n(Ada Wick, Zoë Glow)\nhttps://openreview.net/forum?id=YicbFdNTTy\nentry-type: inproceedings\nvenue: The Conference on Lamps\npublished: 2024\ncite-key: wick2024lamps\n\n> We light $n$ lamps.\n",
        "## Words for Fog\n\n(Ada Wick, Emil Tide)\nhttps://aclanthology.org/2023.acl-long.1\nentry-type: inproceedings\nvenue: Proceedings of the Harbour Meeting\ndoi: 10.18653/v1/2023.acl-long.1\npublished: 2023-07\n",
        "## Wax in Cells\n\n(A. Wick, E. B. Tide)\nhttps://doi.org/10.1101/2099.01.02.345678\n",
    ] {
        assert!(text.contains(entry), "{entry}\n---\n{text}");
    }
    assert!(text.contains("venue: bioRxiv\npublished: 2024-02-03\n"), "{text}");
    let asked = server.asked();
    assert_eq!(asked.iter().filter(|path| path.contains("10.5555/tides")).count(), 2, "{asked:?}");
    assert_eq!(asked[0], "GET /works/10.5555/buoys.24");
    // What was answered is not asked again, and what is there is not added again.
    let said = run(&desk, &typed);
    assert!(said.text.contains("known-paper"), "{}", said.text);
    assert_eq!((server.asked().len(), content(&desk)), (asked.len(), text));
    assert_eq!(desk.run(&["check", "--strict", "--today", "2025-06-01"]).code, 0);
}

#[test]
fn what_nobody_has_is_said_with_whom_was_asked() {
    let server = services();
    let desk = lamps(&server.address());
    for (typed, whom) in [
        ("10.5555/none", "none of Crossref, DataCite has no paper doi:10.5555/none"),
        ("2023.acl-long.999", "the ACL Anthology has no paper"),
        ("https://openreview.net/forum?id=None", "OpenReview has no paper OpenReview:None"),
        ("https://lamps.example/page", "and https://lamps.example/page is not there"),
    ] {
        let said = run(&desk, &[typed]);
        assert_eq!((said.code, content(&desk)), (1, String::new()), "{typed}");
        assert!(said.text.contains(whom) && said.text.contains("--title"), "{}", said.text);
    }
    let desk = lamps(&closed());
    let said = run(&desk, &["10.5555/buoys.24"]);
    assert!(said.text.contains("error[service]: Crossref (127.0.0.1"), "{}", said.text);
    assert_eq!((said.code, content(&desk)), (1, String::new()));
}

#[test]
fn a_busy_service_is_asked_again_and_old_answers_do() {
    let server = Server::new(|_, _, before| match before {
        0 | 1 => Reply::Answer(429, "retry-after: 0\r\n", String::new()),
        2 => Reply::Answer(200, "", CROSSREF.into()),
        _ => Reply::Answer(500, "", String::new()),
    });
    let desk = lamps(&server.address());
    assert_eq!(run(&desk, &["10.5555/buoys.24", "--dry-run"]).code, 0);
    assert_eq!(server.asked().len(), 3);
    let said = run(&desk, &["10.5555/buoys.24", "--refresh"]);
    assert!(said.code == 0 && said.text.contains("answers of an earlier day"), "{}", said.text);
}

#[test]
fn a_file_lists_papers_or_holds_them() {
    let server = services();
    let desk = lamps(&server.address());
    desk.write("list.txt", "# to read\n\n- 10.5555/tides\n* [Buoys](https://doi.org/10.5555/buoys.24), soon\nno paper here\n");
    let said = run(&desk, &["--from", "list.txt"]);
    assert!(
        said.text.contains("list.txt:5:1") && said.text.contains("names no paper"),
        "{}",
        said.text
    );
    assert!(
        content(&desk).contains("## Tides, Counted\n")
            && content(&desk).contains("## Buoys That Ring")
    );
    desk.write("more.bib", "@article{oil, title={On Oil}, author={Byron, Ada}, journal={Letters}, year=1998, doi={10.5555/oil}}\n@article{b, title={Known}, doi={10.5555/buoys.24}}\n");
    let said = run(&desk, &["--from", "more.bib", "--tags", "oil"]);
    assert!(said.code == 0 && said.text.contains("known-paper"), "{}", said.text);
    assert!(content(&desk).ends_with(
        "## On Oil\n\n(Ada Byron)\nentry-type: article\nvenue: Letters\ndoi: 10.5555/oil\npublished: 1998\ncite-key: oil\n\n#oil\n"
    ), "{}", content(&desk));
    desk.write("more.ris", "TY  - JOUR\nTI  - On Wax\nAU  - Post, Ida\nPY  - 2001\nUR  - https://wax.example/\nER  - \n");
    assert_eq!(run(&desk, &["--from", "more.ris"]).code, 0);
    assert!(content(&desk).contains("## On Wax\n\n(Ida Post)\nhttps://wax.example/\n"));
    assert_eq!(server.asked().len(), 3);
}

#[test]
fn an_entry_gets_what_it_lacks_and_nothing_else() {
    let server = services();
    let desk = lamps(&server.address());
    let old = "+++\ndate = 2025-03-12\n+++\n\n## Other\n\nhttps://arxiv.org/abs/2503.00001\n\nOther words.\n\n## My Buoys\n\nhttps://doi.org/10.5555/buoys.24\nvenue: My venue\n\n\
               My *own*   words.\n\n#mine\n\n## Last\n\nhttps://arxiv.org/abs/2503.00002\n";
    desk.write(FILE, old);
    let said = crate::add::fill(&desk, &["--to", "10.5555/buoys.24"]);
    assert_eq!(said.code, 0, "{}", said.text);
    assert!(
        said.text.starts_with("added authors, code, entry-type, published, name-parts, "),
        "{}",
        said.text
    );
    let text = content(&desk);
    let (before, rest) = text.split_once("venue: My venue\n").unwrap();
    assert!(old.starts_with(before), "{text}");
    assert!(rest.starts_with("(Ada Wick, Gabriel García Márquez, Harbour Collaboration)\ncode: https://github.com/ada/buoys\nentry-type: article\n"), "{text}");
    assert!(rest.ends_with("\n> Bells ring in the fog. Code: https://github.com/ada/buoys\n\nMy *own*   words.\n\n#mine\n\n## Last\n\nhttps://arxiv.org/abs/2503.00002\n"), "{text}");
    let said = crate::add::fill(&desk, &["10.5555/buoys.24", "--to", "My Buoys"]);
    assert!(said.code == 0 && said.text.contains("lacks nothing"), "{}", said.text);
    assert_eq!(content(&desk), text);
    let said = crate::add::fill(&desk, &["--to", "nothing"]);
    assert!(said.code == 1 && said.text.contains("no paper `nothing`"), "{}", said.text);
}
