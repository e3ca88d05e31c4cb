//! The arguments as given, before they are validated for a subcommand.

use std::ffi::OsString;
use std::path::PathBuf;

use jiff::civil::Date;
use lexopt::ValueExt as _;

use super::command::{
    CheckArgs, Command, DocumentKind, ExportArgs, ImportArgs, NewArgs, PreviewArgs,
};
use crate::ids::{is_id, is_language_tag};
use crate::{date, suggest};

pub(super) const SUBCOMMANDS: [&str; 6] = ["new", "check", "preview", "export", "index", "schema"];

/// The port of the preview, unless one is given.
const DEFAULT_PORT: u16 = 8312;

/// The options of all subcommands.
#[derive(Default)]
pub(super) struct RawArgs {
    /// Arguments that are not options, after the subcommand.
    pub(super) values: Vec<OsString>,
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

/// The options of a subcommand.
pub(super) fn options_of(subcommand: &str) -> &'static [&'static str] {
    match subcommand {
        "new" => &["dir", "languages", "csv", "force"],
        "check" => &["services", "jargon", "today", "json"],
        "preview" => &["port", "widget"],
        "export" => &["out"],
        _ => &[],
    }
}

impl RawArgs {
    /// Sets an option of [`options_of`], and takes its value from the parser if it has one.
    pub(super) fn set_option(
        &mut self,
        option: &str,
        parser: &mut lexopt::Parser,
    ) -> Result<(), lexopt::Error> {
        match option {
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
                let problem = format!("{day} is no day; write it as 2026-10-01");
                self.today = Some(day.parse().map_err(|_| problem)?);
            }
        }
        Ok(())
    }

    /// Validates the arguments for a subcommand.
    pub(super) fn into_command(mut self, subcommand: &str) -> Result<Command, lexopt::Error> {
        match subcommand {
            "new" => self.into_new_or_import(),
            "check" => {
                let paths = self.values.drain(..).map(PathBuf::from).collect();
                Ok(Command::Check(CheckArgs {
                    paths,
                    services: self.services,
                    jargon: self.jargon,
                    today: self.today.unwrap_or_else(date::today),
                    json: self.json,
                }))
            }
            "preview" => Ok(Command::Preview(Box::new(PreviewArgs {
                path: self.only_value("a folder of guides or one guide")?.into(),
                port: self.port.unwrap_or(DEFAULT_PORT),
                widget: self.widget.unwrap_or_else(|| "dist".into()),
            }))),
            "export" => Ok(Command::Export(ExportArgs {
                path: self.only_value("a folder of guides or one guide")?.into(),
                out: self.out,
            })),
            "index" => Ok(Command::Index(
                self.only_value("the folder of the guides")?.into(),
            )),
            "schema" => match self.only_value("guide or index")?.to_str() {
                Some("guide") => Ok(Command::Schema(DocumentKind::Guide)),
                Some("index") => Ok(Command::Schema(DocumentKind::Index)),
                _ => Err("there is a schema for guide and for index".into()),
            },
            "help" => Ok(Command::Help),
            other => {
                let remedy = suggest::did_you_mean(other, SUBCOMMANDS, "");
                Err(format!("{other} is nothing this can do. {remedy}").into())
            }
        }
    }

    fn into_new_or_import(mut self) -> Result<Command, lexopt::Error> {
        let folder = self.dir.take().unwrap_or_else(|| ".".into());
        if let Some(table) = self.csv.take() {
            if !self.values.is_empty() || self.languages.is_some() {
                let problem = "--csv goes with neither an ID nor --languages: the table has both";
                return Err(problem.into());
            }
            return Ok(Command::Import(ImportArgs {
                table,
                folder,
                force: self.force,
            }));
        }
        let id = self
            .only_value("the ID of the guide, such as park-shelter")?
            .string()?;
        if !is_id(&id) {
            let problem = format!(
                "“{id}” is no id: small letters a-z, digits and hyphens, such as park-shelter"
            );
            return Err(problem.into());
        }
        if id == "index" {
            return Err("a guide cannot be called index: that is the file that lists them".into());
        }
        let tags = self.languages.take().unwrap_or_else(|| "en".into());
        let languages: Vec<String> = tags.split(',').map(|tag| tag.trim().to_owned()).collect();
        if let Some(invalid) = languages.iter().find(|tag| !is_language_tag(tag)) {
            let problem = format!("“{invalid}” is no language tag; write them as en,es,pt-BR");
            return Err(problem.into());
        }
        Ok(Command::New(NewArgs {
            id,
            folder,
            languages,
            force: self.force,
        }))
    }

    /// The only value after the subcommand.
    fn only_value(&mut self, what: &str) -> Result<OsString, lexopt::Error> {
        match (self.values.pop(), self.values.is_empty()) {
            (Some(value), true) => Ok(value),
            (Some(value), false) => {
                let problem = format!("{} is one too many: name {what}", value.to_string_lossy());
                Err(problem.into())
            }
            (None, _) => Err(format!("name {what}").into()),
        }
    }
}
