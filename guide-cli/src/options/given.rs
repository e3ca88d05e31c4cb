//! What was given on the command line, before it is known whether it makes a command.

use std::ffi::OsString;
use std::path::PathBuf;

use jiff::civil::Date;
use lexopt::ValueExt as _;

use super::{Check, Command, Export, Import, New, Preview, Shape, VERBS};
use crate::names::{is_id, is_language};
use crate::{date, near};

/// All options, before it is known which verb they are for.
#[derive(Default)]
pub(super) struct Given {
    pub(super) words: Vec<OsString>,
    dir: Option<PathBuf>,
    languages: Option<String>,
    csv: Option<PathBuf>,
    force: bool,
    services: Option<PathBuf>,
    jargon: Option<PathBuf>,
    today: Option<Date>,
    json: bool,
    port: Option<u16>,
    widget: Option<PathBuf>,
    out: Option<PathBuf>,
}

/// The options that go with a verb.
pub(super) fn options_of(verb: &str) -> &'static [&'static str] {
    match verb {
        "new" => &["dir", "languages", "csv", "force"],
        "check" => &["services", "jargon", "today", "json"],
        "preview" => &["port", "widget"],
        "export" => &["out"],
        _ => &[],
    }
}

impl Given {
    pub(super) fn take(
        &mut self,
        name: &str,
        parser: &mut lexopt::Parser,
    ) -> Result<(), lexopt::Error> {
        match name {
            "force" => self.force = true,
            "json" => self.json = true,
            "dir" => self.dir = Some(parser.value()?.into()),
            "csv" => self.csv = Some(parser.value()?.into()),
            "services" => self.services = Some(parser.value()?.into()),
            "jargon" => self.jargon = Some(parser.value()?.into()),
            "widget" => self.widget = Some(parser.value()?.into()),
            "out" => self.out = Some(parser.value()?.into()),
            "languages" => self.languages = Some(parser.value()?.string()?),
            "port" => self.port = Some(parser.value()?.parse()?),
            _ => {
                let day = parser.value()?.string()?;
                let wrong = format!("{day} is no day; write it as 2026-10-01");
                self.today = Some(day.parse().map_err(|_| wrong)?);
            }
        }
        Ok(())
    }

    pub(super) fn command(mut self, verb: &str) -> Result<Command, lexopt::Error> {
        match verb {
            "new" => self.new_guide(),
            "check" => {
                let paths = self.words.drain(..).map(PathBuf::from).collect();
                Ok(Command::Check(Check {
                    paths,
                    services: self.services,
                    jargon: self.jargon,
                    today: self.today.unwrap_or_else(date::today),
                    json: self.json,
                }))
            }
            "preview" => Ok(Command::Preview(Box::new(Preview {
                path: self.one("a folder of guides or one guide")?.into(),
                port: self.port.unwrap_or(8312),
                widget: self.widget.unwrap_or_else(|| "dist".into()),
            }))),
            "export" => Ok(Command::Export(Export {
                path: self.one("a folder of guides or one guide")?.into(),
                out: self.out,
            })),
            "index" => Ok(Command::Index(self.one("the folder of the guides")?.into())),
            "schema" => match self.one("guide or index")?.to_str() {
                Some("guide") => Ok(Command::Schema(Shape::Guide)),
                Some("index") => Ok(Command::Schema(Shape::Index)),
                _ => Err("there is a schema for guide and for index".into()),
            },
            "help" => Ok(Command::Help),
            other => {
                let remedy = near::did_you_mean(other, VERBS, "");
                Err(format!("{other} is nothing this can do. {remedy}").into())
            }
        }
    }

    fn new_guide(mut self) -> Result<Command, lexopt::Error> {
        let folder = self.dir.take().unwrap_or_else(|| ".".into());
        if let Some(table) = self.csv.take() {
            if !self.words.is_empty() || self.languages.is_some() {
                let wrong = "--csv goes with neither an ID nor --languages: the table has both";
                return Err(wrong.into());
            }
            return Ok(Command::Import(Import {
                table,
                folder,
                force: self.force,
            }));
        }
        let id = self
            .one("the ID of the guide, such as park-shelter")?
            .string()?;
        if !is_id(&id) {
            let wrong = format!(
                "“{id}” is no id: small letters a-z, digits and hyphens, such as park-shelter"
            );
            return Err(wrong.into());
        }
        if id == "index" {
            return Err("a guide cannot be called index: that is the file that lists them".into());
        }
        let tags = self.languages.take().unwrap_or_else(|| "en".into());
        let languages: Vec<String> = tags.split(',').map(|tag| tag.trim().to_owned()).collect();
        if let Some(odd) = languages.iter().find(|tag| !is_language(tag)) {
            let wrong = format!("“{odd}” is no language tag; write them as en,es,pt-BR");
            return Err(wrong.into());
        }
        Ok(Command::New(New {
            id,
            folder,
            languages,
            force: self.force,
        }))
    }

    /// The one word that has to stand after the verb.
    fn one(&mut self, what: &str) -> Result<OsString, lexopt::Error> {
        match (self.words.pop(), self.words.is_empty()) {
            (Some(word), true) => Ok(word),
            (Some(word), false) => {
                let wrong = format!("{} is one too many: name {what}", word.to_string_lossy());
                Err(wrong.into())
            }
            (None, _) => Err(format!("name {what}").into()),
        }
    }
}
