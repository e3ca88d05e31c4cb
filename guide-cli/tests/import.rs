//! `guide new`, from the template and from spreadsheets as offices really send them.
#![allow(clippy::unwrap_used, reason = "only tests use this")]

mod city;

use city::{City, CommandOutput, guide};
use serde_json::{Value, json};

/// A folder with a table, and the result of its import.
struct Import {
    city: City,
    output: CommandOutput,
}

impl Import {
    fn new(table: impl AsRef<[u8]>) -> Self {
        Self::with(City::empty(), table, &[])
    }

    fn with(city: City, table: impl AsRef<[u8]>, more: &[&str]) -> Self {
        city.write("table.csv", table);
        let path = city.file("table.csv");
        let mut args = vec!["new", "--csv", path.to_str().unwrap()];
        args.extend(["--dir", city.path().to_str().unwrap()]);
        args.extend(more);
        let output = guide(&args);
        Self { city, output }
    }

    /// A guide that was written.
    fn guide(&self, id: &str) -> Value {
        assert_eq!(self.output.code, 0, "{}", self.output.stderr);
        self.city.read(id)
    }
}

const PLAIN: &str = "\
guide,title en,title es,step en,step es
a,Get a bin,Obtener un bote,Order it,Pídalo
,,,Wait,Espere
b,Get a dog,Obtener un perro,Go,Vaya
";

#[test]
fn a_row_without_an_id_continues_the_guide_above() {
    let import = Import::new(PLAIN);
    let first = import.guide("a");
    assert_eq!(
        first["title"],
        json!({"en": "Get a bin", "es": "Obtener un bote"})
    );
    assert_eq!(first["language"], "en");
    assert_eq!(first["steps"][0]["id"], "order-it");
    assert_eq!(
        first["steps"][1],
        json!({"id": "wait", "title": {"en": "Wait", "es": "Espere"}})
    );
    assert_eq!(import.guide("b")["steps"].as_array().unwrap().len(), 1);
    let index = import.city.read("index");
    assert_eq!(index["guides"][1]["url"], "b.json");
}

#[test]
fn tables_are_read_with_any_separator_and_line_end() {
    let semicolons = PLAIN.replace(',', ";");
    let tabs = PLAIN.replace(',', "\t");
    let windows = PLAIN.replace('\n', "\r\n");
    let marked = format!("\u{feff}{PLAIN}");
    let output = format!("sep=;\n{semicolons}");
    let quoted = PLAIN.replace("Order it", "\"Order it\"");
    let empty_rows = PLAIN.replace("a,Get", ",,,,\n  , ,,,\na,Get") + ",,,,\n\n";
    let empty_columns = PLAIN.replace('\n', ",,\n");
    let other_order = "step es,title es,guide,Title EN,STEP_en\n\
        Pídalo,Obtener un bote,a,Get a bin,Order it\nEspere,,,,Wait\nVaya,Obtener un perro,b,Get a dog,Go\n";
    // Only the order of the languages depends on the order of the columns.
    for table in [
        &semicolons,
        &tabs,
        &windows,
        &marked,
        &output,
        &quoted,
        &empty_rows,
        &empty_columns,
        other_order,
    ] {
        let import = Import::new(table);
        let first = import.guide("a");
        assert_eq!(
            first["title"],
            json!({"en": "Get a bin", "es": "Obtener un bote"}),
            "{table}"
        );
        assert_eq!(first["steps"][1]["title"]["en"], "Wait", "{table}");
        assert_eq!(import.guide("b")["id"], "b", "{table}");
    }
}

#[test]
fn every_column_is_imported() {
    let import = Import::new(
        "guide;topic en;title en;summary en;keywords en;output en;office;step;step en;text en;who;usual;most;fee;\
         fee title en;bring en;without en;action;action en;reviewed;optional\n\
         a;Parks;Get a pass;For all.;pass; A card;parks;ask;Ask;\"Call us.\n\nBring:\n- One\n- Two\n\nDone.\";you;\
         5 minutes;;$35.50-$90;Pass;\"Photo ID; A letter;\";\"Call us.; \";service:pass;Start;2026-10-01;\n\
         ;;;;;;;;Wait;;City;2-4 weeks;10 weeks;free;;Photo ID;;tel:311;Call;;yes\n",
    );
    let guide = import.guide("a");
    assert_eq!(
        guide,
        json!({
            "$schema": "guide.schema.json", "id": "a", "language": "en", "title": {"en": "Get a pass"},
            "topic": {"en": "Parks"}, "summary": {"en": "For all."}, "keywords": {"en": ["pass"]},
            "office": "parks", "output": {"en": "A card"}, "currency": "USD",
            "steps": [
                {"id": "ask", "title": {"en": "Ask"},
                 "text": [{"en": "Call us."}, {"en": "Bring:"}, {"list": [{"en": "One"}, {"en": "Two"}]}, {"en": "Done."}],
                 "office": "parks", "time": {"usual": "5 minutes"},
                 "evidence": [
                    {"id": "photo-id", "title": {"en": "Photo ID"}, "without": {"en": "Call us."}},
                    {"id": "a-letter", "title": {"en": "A letter"}}],
                 "fees": [{"id": "pass", "title": {"en": "Pass"}, "amount": 35.5, "to": 90}],
                 "action": {"label": {"en": "Start"}, "service": "pass"}},
                {"id": "wait", "title": {"en": "Wait"}, "who": "city", "optional": true,
                 "time": {"usual": "2-4 weeks", "most": "10 weeks"},
                 "evidence": [{"id": "photo-id", "title": {"en": "Photo ID"}}],
                 "fees": [{"id": "wait-fee", "amount": 0}],
                 "action": {"label": {"en": "Call"}, "phone": "311"}}
            ],
            "reviewed": "2026-10-01"
        })
    );
    let file = import.city.file("a.json");
    let output = guide_check(file.to_str().unwrap());
    assert!(
        !output.contains("nothing reads") && !output.contains("does not fit"),
        "{output}"
    );
}

fn guide_check(path: &str) -> String {
    guide(&["check", path, "--today", city::TODAY]).stdout
}

#[test]
fn actions_are_parsed_from_one_cell() {
    for (cell, key, value) in [
        ("service:pothole", "service", "pothole"),
        ("Service: pothole", "service", "pothole"),
        ("guide:bin", "guide", "bin"),
        ("tel:(555) 010-0160", "phone", "(555) 010-0160"),
        ("https://x.example/a?b=c", "url", "https://x.example/a?b=c"),
        ("mailto:a@b.example", "url", "mailto:a@b.example"),
    ] {
        let import = Import::new(format!(
            "guide,title,step,step en,action,action en\na,A,,Go,{cell},Do\n"
        ));
        assert_eq!(
            import.guide("a")["steps"][0]["action"][key],
            value,
            "{cell}"
        );
    }
}

#[test]
fn every_problem_has_file_line_column_and_remedy_and_nothing_is_written() {
    for (table, expected) in [
        ("", "table.csv: line 1: the table is empty. Begin with"),
        (
            "title en,step en\nA,Go\n",
            "table.csv: line 1: there is no column “guide”.",
        ),
        (
            "guide,step en\n,Go\n",
            "table.csv: line 2: the row belongs to no guide.",
        ),
        (
            "guide,title,step en\nPark Shelter,A,Go\n",
            "table.csv: line 2, column A (guide): “Park Shelter” is no id for a guide. Use small letters, digits and hyphens, such as park-shelter.",
        ),
        (
            "guide,title,step en\nindex,A,Go\n",
            "“index” is no id for a guide",
        ),
        (
            "guide,title,step en,usual\na,A,Go,soon\n",
            "line 2, column D (usual): “soon” is no time. Write it as 5 minutes",
        ),
        (
            "guide,title,step en,who\na,A,Go,me\n",
            "column D (who): “me” is nobody who acts. Write you, city or other.",
        ),
        (
            "guide,title,step en,fee\na,A,Go,much\n",
            "column D (fee): “much” is no amount.",
        ),
        (
            "guide,title,step en,fee title en\na,A,Go,Rent\n",
            "column D (fee title en): a fee without an amount.",
        ),
        (
            "guide,title,step en,action,action en\na,A,Go,fax,Send\n",
            "column D (action): “fax” is nothing that can be done. Write service:CODE",
        ),
        (
            "guide,title,step en,action\na,A,Go,tel:311\n",
            "column D (action): the button has no words.",
        ),
        (
            "guide,title,step en,action en\na,A,Go,Call\n",
            "column D (action en): a button that does nothing.",
        ),
        (
            "guide,title,step en,text en\na,A,,Words\n",
            "line 2: the step has no title.",
        ),
        (
            "guide,title,step,step en\na,A,go,Go\n,,go,Again\n",
            "line 3, column C (step): the guide has a step “go” already.",
        ),
        (
            "guide,title en,title en\na,A,B\n",
            "line 1, column C (title en): this column is there twice, first in column B.",
        ),
        (
            "guide,title,step en\na,A,Go\na,B,Go\n",
            "line 3, column B (title): title says something else than in an earlier row of “a”.",
        ),
        (
            "guide,step en\na,Go\n",
            "line 2: the guide “a” has no title.",
        ),
        ("guide,title\na,A\n", "line 2: the guide “a” has no steps."),
        (
            "guide,title,step en\na,A,Go, really\n",
            "line 2, column D (no heading): there are more cells than headings.",
        ),
        (
            "guide,title,step en\na,A,\"Go\n",
            "a quotation mark is not closed.",
        ),
        (
            "guide,title,step en,bring en,bring es\na,A,Go,One;Two,Uno\n",
            "column E (bring es): 1 parts, but 2 in the first language.",
        ),
        (
            "guide,title,step en,bring en,without en\na,A,Go,One,Call;Come\n",
            "column E (without en): 2 parts, but 1 to bring.",
        ),
        (
            "guide,title,step en,text en,text es\na,A,Go,\"One\n- Two\",Uno\n",
            "line 2, column E (text es): 1 lines, but 2 in the first language.",
        ),
    ] {
        let import = Import::new(table);
        assert!(
            import.output.stderr.contains(expected),
            "missing: {expected}\n{}",
            import.output.stderr
        );
        assert_eq!(import.output.code, 1, "{table}");
        assert!(
            import.output.stderr.contains("table.csv: "),
            "{}",
            import.output.stderr
        );
        assert!(!import.city.file("a.json").exists() && !import.city.file("index.json").exists());
    }
}

#[test]
fn lines_are_counted_as_in_an_editor() {
    let table = "guide,title,step en,text en,who\na,A,Go,\"One\nTwo\nThree\",you\n,,Stay,,me\n";
    let import = Import::new(table);
    assert!(
        import.output.stderr.contains("line 5, column E (who)"),
        "{}",
        import.output.stderr
    );
}

#[test]
fn unknown_columns_are_reported_and_ignored() {
    let import =
        Import::new("guide,titel en,title en,Notes,step en,step english\na,,A,mine,Go,x\n");
    import.guide("a");
    for expected in [
        "line 1, column B (titel en): nothing here is called so, and the column was left out. Did you mean “title”?",
        "line 1, column D (Notes): nothing here is called so",
        "line 1, column F (step english): nothing here",
    ] {
        assert!(
            import.output.stderr.contains(expected),
            "{}",
            import.output.stderr
        );
    }
}

#[test]
fn a_table_that_is_not_utf8_is_reported_with_how_to_save_it() {
    let import = Import::new(b"guide,title es,step es\na,Obtener,Env\xede\n");
    assert!(import.output.stderr.contains("it is not UTF-8 (first seen in line 2); maybe it is Windows-1252. Save it again as UTF-8; in Excel choose “CSV UTF-8”."), "{}", import.output.stderr);
    assert_eq!(import.output.code, 1);
}

#[test]
fn an_existing_guide_is_overwritten_only_with_force() {
    let table = "guide,title,step en\npark-shelter,New,Go\n";
    let import = Import::with(City::new(), table, &[]);
    assert_eq!(import.output.code, 1);
    assert!(
        import
            .output
            .stderr
            .contains("park-shelter.json is there already"),
        "{}",
        import.output.stderr
    );
    assert_eq!(import.city.read("park-shelter"), city::park_shelter());
    let import = Import::with(City::new(), table, &["--force"]);
    assert_eq!(import.guide("park-shelter")["title"], "New");
    let index = import.city.read("index");
    assert_eq!(index["guides"].as_array().unwrap().len(), 1);
    assert_eq!(index["guides"][0]["title"], "New");
    assert_eq!(index["offices"][0]["id"], "parks");
}

#[test]
fn the_same_evidence_in_two_steps_shares_its_id_and_a_different_one_gets_its_own() {
    let import = Import::new(
        "guide,title,step en,bring en,bring es,fee,fee title en\n\
         a,A,One,Photo ID,Identificación,35,Rent\n,,Two,Photo ID,Identificación,35,Rent\n,,Three,Photo ID,Credencial,50,Rent\n",
    );
    let guide = import.guide("a");
    let ids = |key: &str| -> Vec<String> {
        let steps = guide["steps"].as_array().unwrap().iter();
        steps
            .map(|step| step[key][0]["id"].as_str().unwrap().to_owned())
            .collect()
    };
    assert_eq!(ids("evidence"), ["photo-id", "photo-id", "photo-id-2"]);
    assert_eq!(ids("fees"), ["rent", "rent", "rent-2"]);
}

#[test]
fn a_new_guide_lacks_only_its_texts() {
    for languages in ["en", "es,en", "pt-BR,en,vi"] {
        let city = City::empty();
        let path = city.path().join("guides");
        let path = path.to_str().unwrap();
        let output = guide(&["new", "park-pass", "--dir", path, "--languages", languages]);
        assert_eq!(output.code, 0, "{}", output.stderr);
        let checked = guide(&["check", path]);
        assert_eq!(checked.code, 1);
        let other: Vec<&str> = checked
            .stdout
            .lines()
            .filter(|line| !line.contains("error: this is still to be written. "))
            .collect();
        assert_eq!(other.len(), 1, "{languages}: {}", other.join("\n"));
        assert!(other[0].ends_with(" errors, 0 warnings"));
    }
}

#[test]
fn a_new_guide_uses_the_first_office_and_overwrites_nothing() {
    let city = City::new();
    let path = city.path().to_str().unwrap();
    assert_eq!(guide(&["new", "park-pass", "--dir", path]).code, 0);
    assert_eq!(city.read("park-pass")["office"], "parks");
    let schema = city.read("park-pass")["$schema"]
        .as_str()
        .unwrap()
        .to_owned();
    assert!(city.file(&schema).exists(), "the editor finds no schema");
    assert_eq!(city.read("index")["guides"][1]["id"], "park-pass");
    let output = guide(&["new", "park-pass", "--dir", path]);
    assert_eq!(output.code, 1);
    assert!(
        output
            .stderr
            .contains("the guide is there already. Take another id, or add --force."),
        "{}",
        output.stderr
    );
}

#[test]
fn the_example_table_is_imported_without_warnings_and_lacks_only_what_a_table_cannot_have() {
    let import = Import::new(include_str!("../data/table.csv"));
    assert_eq!(import.output.code, 0, "{}", import.output.stderr);
    assert_eq!(import.output.stderr, "");
    let output = import.city.check(&[]);
    let rest = output.stdout.lines().filter(|line| {
        let is_known =
            line.contains(": office: warning: ") || line.contains(": refusal: warning: ");
        !is_known
    });
    assert_eq!(rest.collect::<Vec<_>>(), ["0 errors, 4 warnings"]);
    assert_eq!(
        import.guide("garage-sale")["steps"][1]["evidence"][0],
        json!({"id": "your-address", "title": {"en": "Your address", "es": "Su dirección"}})
    );
}
