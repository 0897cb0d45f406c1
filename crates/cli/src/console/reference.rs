//! The command reference of the documentation, one page a command, made from the same descriptions
//! as `help`.
//!
//! Rule: the pages are committed, and a test fails when they differ from the commands;
//! `UPDATE=1 cargo test -p postern reference` writes them anew.

use std::fmt::Write as _;
use std::fs;
use std::io;
use std::path::Path;

use super::catalogue::{Command, Opt};
use super::globals::global_options;
use super::help::{label, listed};
use super::synopsis::synopsis;
use super::text::Text;

/// The first line of every page, by which pages of ours are told from others.
const MARK: &str = "<!-- Made from the program's own help; see CONTRIBUTING.md. -->";

/// One page of the reference.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Page {
    /// The name in the folder: `admin-adobe-ims-disable.md`, or `index.md`.
    pub file_name: String,
    /// The whole page in Markdown.
    pub contents: String,
}

/// A page for every visible command under `root`, and `index.md`, which lists them and the options
/// that all of them take.
#[must_use]
pub fn pages(root: &clap::Command) -> Vec<Page> {
    let commands = listed(root, None);
    let page = |command: &Command| Page {
        file_name: file_name(&command.name),
        contents: format!("{MARK}\n\n{}", command_markdown(command)),
    };
    let index = Page {
        file_name: "index.md".to_owned(),
        contents: index(&commands),
    };
    std::iter::once(index)
        .chain(commands.iter().map(page))
        .collect()
}

/// One command in Markdown.
#[must_use]
pub fn command_markdown(command: &Command) -> String {
    let mut page = format!("# `{}`\n\n{}\n", command.name, plain(&command.description));
    let _ = write!(page, "\n```text\n{}\n```\n", synopsis(command));
    if !command.arguments.is_empty() {
        page.push_str("\n| Argument | Meaning |\n|---|---|\n");
        for argument in &command.arguments {
            let required = if argument.required { " (required)" } else { "" };
            let name = &argument.name;
            let _ = writeln!(
                page,
                "| `{name}` | {}{required} |",
                cell(&argument.description)
            );
        }
    }
    if !command.options.is_empty() {
        page.push('\n');
        page.push_str(&option_table(&command.options));
    }
    page.push_str(
        "\n[Options that every command takes](index.md#options-that-every-command-takes)\n",
    );
    if let Some(help) = &command.help {
        let _ = write!(page, "\n```text\n{}\n```\n", plain(help));
    }
    page
}

/// What differs between `folder` and the pages for `root`: one sentence a page; nothing if all is
/// well.
///
/// # Errors
/// The folder cannot be read.
pub fn differences(folder: &Path, root: &clap::Command) -> io::Result<Vec<String>> {
    let pages = pages(root);
    let mut found = Vec::new();
    for page in &pages {
        match fs::read_to_string(folder.join(&page.file_name)) {
            Ok(contents) if contents == page.contents => {}
            Ok(_) => found.push(format!(
                "{} differs from the command's help",
                page.file_name
            )),
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                found.push(format!("{} is missing", page.file_name));
            }
            Err(error) => return Err(error),
        }
    }
    let stale = stale(folder, &pages)?;
    found.extend(
        stale
            .iter()
            .map(|name| format!("{name} describes no command")),
    );
    Ok(found)
}

/// Writes the pages for `root` into `folder` and removes pages of commands that are gone.
///
/// # Errors
/// The folder cannot be read or written.
pub fn write(folder: &Path, root: &clap::Command) -> io::Result<()> {
    fs::create_dir_all(folder)?;
    let pages = pages(root);
    for name in stale(folder, &pages)? {
        fs::remove_file(folder.join(name))?;
    }
    pages
        .iter()
        .try_for_each(|page| fs::write(folder.join(&page.file_name), &page.contents))
}

fn stale(folder: &Path, pages: &[Page]) -> io::Result<Vec<String>> {
    let entries = match fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(error) => return Err(error),
    };
    let mut names = Vec::new();
    for entry in entries {
        let name = entry?.file_name().to_string_lossy().into_owned();
        let wanted = pages.iter().any(|page| page.file_name == name);
        if name.ends_with(".md")
            && !wanted
            && fs::read_to_string(folder.join(&name))?.starts_with(MARK)
        {
            names.push(name);
        }
    }
    names.sort();
    Ok(names)
}

fn file_name(command: &str) -> String {
    format!("{}.md", command.replace(':', "-"))
}

fn index(commands: &[Command]) -> String {
    let mut page = format!("{MARK}\n\n# Commands\n\n| Command | What it does |\n|---|---|\n");
    for command in commands {
        let (name, file) = (&command.name, file_name(&command.name));
        let _ = writeln!(
            page,
            "| [`{name}`]({file}) | {} |",
            cell(&command.description)
        );
    }
    page.push_str("\n## Options that every command takes\n\n");
    page + &option_table(&global_options())
}

fn option_table(options: &[Opt]) -> String {
    let mut table = "| Option | Meaning |\n|---|---|\n".to_owned();
    for option in options {
        let mut meaning = cell(&option.description);
        if let Some(default) = &option.default {
            let _ = write!(meaning, " (default: `{default}`)");
        }
        if option.multiple {
            meaning.push_str(" (several times)");
        }
        let label = label(option).trim_start().replace('|', "\\|");
        let _ = writeln!(table, "| `{label}` | {meaning} |");
    }
    table
}

fn cell(text: &str) -> String {
    plain(text)
        .replace('|', "\\|")
        .replace('<', "&lt;")
        .replace('\n', "<br>")
}

fn plain(text: &str) -> String {
    Text::markup(text).bare()
}
