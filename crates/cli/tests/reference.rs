//! The committed command reference is what the program says of itself.
//!
//! `UPDATE=1 cargo test -p postern --test reference` writes it anew.
#![cfg(test)]

use std::path::Path;

use postern::console::reference::{differences, write};

#[test]
#[expect(
    clippy::disallowed_methods,
    reason = "whoever runs the tests asks for an update this way"
)]
fn the_command_reference_is_up_to_date() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/reference/commands");
    let commands = postern::commands::model();
    if std::env::var_os("UPDATE").is_some() {
        write(&folder, &commands).unwrap();
    }
    let found = differences(&folder, &commands).unwrap();
    assert!(
        found.is_empty(),
        "run with UPDATE=1 to repair:\n{}",
        found.join("\n")
    );
}
