//! Help and list for programs, in the fields of Symfony's JSON.
//!
//! Hidden commands are left out; descriptions carry no marks.

use serde_json::{Map, Value, json};

use super::catalogue::{Argument, Command, Opt, OptionValue};
use super::globals::global_options;
use super::help::{first_part, listed};
use super::synopsis::synopsis;
use super::text::Text;
use super::{APPLICATION, VERSION};

/// One command with its arguments and options.
#[must_use]
pub fn command_json(command: &Command) -> Value {
    let arguments: Map<String, Value> = command
        .arguments
        .iter()
        .map(|one| (one.name.clone(), argument_json(one)))
        .collect();
    let options: Map<String, Value> = command
        .options
        .iter()
        .cloned()
        .chain(global_options())
        .flat_map(option_json)
        .collect();
    json!({
        "name": command.name,
        "description": plain(&command.description),
        "usage": [synopsis(command)],
        "help": plain(command.help.as_deref().unwrap_or(&command.description)),
        "definition": { "arguments": arguments, "options": options },
        "hidden": command.hidden,
    })
}

/// All visible commands, or those in `namespace`, and the namespaces they are in.
#[must_use]
pub fn application_json(root: &clap::Command, namespace: Option<&str>) -> Value {
    let commands = listed(root, namespace);
    let all: Vec<Value> = commands.iter().map(command_json).collect();
    let mut value = json!({
        "application": { "name": APPLICATION, "version": VERSION },
        "commands": all,
    });
    if let Some(object) = value.as_object_mut() {
        let (key, more) = match namespace {
            Some(namespace) => ("namespace", json!(namespace)),
            None => ("namespaces", namespaces(&commands)),
        };
        object.insert(key.to_owned(), more);
    }
    value
}

fn namespaces(commands: &[Command]) -> Value {
    let mut groups: Vec<(&str, Vec<&str>)> = Vec::new();
    for command in commands {
        let id = match first_part(&command.name) {
            "" => "_global",
            first => first,
        };
        match groups.last_mut().filter(|(last, _)| *last == id) {
            Some((_, names)) => names.push(&command.name),
            None => groups.push((id, vec![&command.name])),
        }
    }
    groups
        .into_iter()
        .map(|(id, names)| json!({ "id": id, "commands": names }))
        .collect()
}

fn argument_json(argument: &Argument) -> Value {
    json!({
        "name": argument.name,
        "is_required": argument.required,
        "is_array": argument.multiple,
        "description": plain(&argument.description),
        "default": if argument.multiple { json!([]) } else { json!(argument.default) },
    })
}

fn option_json(option: Opt) -> Vec<(String, Value)> {
    let shortcut = option.short.as_deref().unwrap_or_default().split('|');
    let shortcut: Vec<String> = shortcut
        .filter(|letters| !letters.is_empty())
        .map(|one| format!("-{one}"))
        .collect();
    let default = match (option.value, &option.default) {
        (OptionValue::None, _) => json!(false),
        (_, Some(default)) => json!(default),
        _ => Value::Null,
    };
    let describe = |name: String, description: &str| {
        json!({
            "name": name,
            "shortcut": shortcut.join("|"),
            "accept_value": option.value != OptionValue::None,
            "is_value_required": option.value == OptionValue::Required,
            "is_multiple": option.multiple,
            "description": plain(description),
            "default": default,
        })
    };
    let long = &option.long;
    let mut all = vec![(
        long.clone(),
        describe(format!("--{long}"), &option.description),
    )];
    if option.negatable {
        let negation = format!("Negate the \"--{long}\" option");
        all.push((
            format!("no-{long}"),
            describe(format!("--no-{long}"), &negation),
        ));
    }
    all
}

fn plain(text: &str) -> String {
    Text::markup(text).bare()
}
