//! Parse, edit, print, parse: on random files, and with real PHP as the judge of what they say.
#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test stops where it fails"
)]

mod documents;
mod php;

use commerce::php_array::{EditError, Key, PhpFile, Value, write, write_with_comments};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;

/// How many files one PHP process judges.
const BATCH: usize = 600;

#[derive(Clone, Debug)]
enum Edit {
    Set(Vec<Key>, Value),
    Remove(Vec<Key>),
}

fn edits() -> impl Strategy<Value = Edit> {
    let path = || vec(documents::keys(), 1..4);
    prop_oneof![
        (path(), documents::values()).prop_map(|(path, value)| Edit::Set(path, value)),
        path().prop_map(Edit::Remove),
    ]
}

/// Applies an edit to a file; whether the file took it.
fn apply(file: &mut PhpFile, edit: &Edit) -> bool {
    let (Edit::Set(keys, _) | Edit::Remove(keys)) = edit;
    let keys: Vec<String> = keys.iter().map(Key::to_string).collect();
    let path: Vec<&str> = keys.iter().map(String::as_str).collect();
    let outcome = match edit {
        Edit::Set(_, value) => file.set(&path, value),
        Edit::Remove(_) => file.remove(&path).map(|_| ()),
    };
    match outcome {
        Ok(()) => true,
        Err(EditError::NotAnArray { .. } | EditError::Renumbers { .. }) => false,
        Err(error) => panic!("{edit:?}: {error}"),
    }
}

/// The same edit on a plain value.
fn apply_to_value(value: &mut Value, edit: &Edit) {
    match edit {
        Edit::Set(path, new) => set(value, path, new),
        Edit::Remove(path) => {
            remove(value, path);
        }
    }
}

fn set(value: &mut Value, path: &[Key], new: &Value) {
    let Some((key, rest)) = path.split_first() else {
        *value = new.clone();
        return;
    };
    let Value::Array(entries) = value else {
        panic!("an array is here");
    };
    let place = entries
        .iter()
        .position(|(own, _)| own == key)
        .unwrap_or_else(|| {
            entries.push((key.clone(), Value::Array(Vec::new())));
            entries.len() - 1
        });
    set(&mut entries[place].1, rest, new);
}

/// Whether something was removed.
fn remove(value: &mut Value, path: &[Key]) -> bool {
    let (Value::Array(entries), Some((key, rest))) = (value, path.split_first()) else {
        return false;
    };
    let Some(place) = entries.iter().position(|(own, _)| own == key) else {
        return false;
    };
    if rest.is_empty() {
        entries.remove(place);
        return true;
    }
    let removed = remove(&mut entries[place].1, rest);
    if removed && matches!(&entries[place].1, Value::Array(below) if below.is_empty()) {
        entries.remove(place);
    }
    removed
}

/// Paths whose keys are text, as callers have them.
fn is_text(edit: &Edit) -> bool {
    let (Edit::Set(path, _) | Edit::Remove(path)) = edit;
    path.iter().all(|key| match key {
        Key::Int(_) => true,
        Key::String(bytes) => std::str::from_utf8(bytes).is_ok(),
    })
}

proptest! {
    #[test]
    fn what_is_printed_is_read(value in documents::arrays(), dice in vec(any::<u8>(), 1..200)) {
        let source = documents::print(&value, &dice);
        let file = PhpFile::parse(source.clone()).map_err(|error| {
            TestCaseError::fail(format!("{error}\n{}", String::from_utf8_lossy(&source)))
        })?;
        prop_assert_eq!(file.root().unwrap(), value);
    }

    #[test]
    fn what_we_write_is_read(value in documents::arrays(), comment in "[ -~\n*/]{1,30}") {
        let plain = PhpFile::parse(write(&value).to_vec()).unwrap();
        prop_assert_eq!(plain.root().unwrap(), value.clone());
        let commented = write_with_comments(&value, &[("a", &comment)]).to_vec();
        prop_assert_eq!(PhpFile::parse(commented).unwrap().root().unwrap(), value);
    }

    #[test]
    fn edits_say_what_they_should(
        mut value in documents::arrays(),
        dice in vec(any::<u8>(), 1..200),
        edits in vec(edits().prop_filter("text", is_text), 1..6),
    ) {
        let mut file = PhpFile::parse(documents::print(&value, &dice)).unwrap();
        for edit in &edits {
            let before = file.source().to_vec();
            if apply(&mut file, edit) {
                apply_to_value(&mut value, edit);
            } else {
                prop_assert_eq!(file.source(), before.as_slice());
            }
            prop_assert_eq!(file.root().unwrap(), value.clone());
        }
    }

    /// A removal only ever takes bytes away, and an addition that is taken back leaves no trace
    /// unless it filled an array that was empty.
    #[test]
    fn nothing_outside_the_entry_changes(
        value in documents::arrays(),
        dice in vec(any::<u8>(), 1..200),
        edit in edits().prop_filter("text", is_text),
    ) {
        let source = documents::print(&value, &dice);
        let mut file = PhpFile::parse(source.clone()).unwrap();
        let had_value = { let mut probe = value.clone(); let (Edit::Set(path, _) | Edit::Remove(path)) = &edit; remove(&mut probe, path) };
        if !apply(&mut file, &edit) {
            return Ok(());
        }
        prop_assert_eq!(file.is_changed(), file.source() != source);
        match &edit {
            Edit::Remove(_) => prop_assert!(is_subsequence(file.source(), &source)),
            Edit::Set(path, _) => {
                prop_assert!(had_value || is_subsequence(&source, file.source()) || fills_an_empty_array(&value, path));
                if !had_value && !fills_an_empty_array(&value, path) {
                    let edit = Edit::Remove(path.clone());
                    prop_assert!(apply(&mut file, &edit));
                    prop_assert_eq!(String::from_utf8_lossy(file.source()), String::from_utf8_lossy(&source));
                }
            }
        }
    }
}

fn fills_an_empty_array(value: &Value, path: &[Key]) -> bool {
    match (value, path.split_first()) {
        (Value::Array(entries), _) if entries.is_empty() => true,
        (Value::Array(entries), Some((key, rest))) => entries
            .iter()
            .find(|(own, _)| own == key)
            .is_some_and(|(_, value)| fills_an_empty_array(value, rest)),
        _ => false,
    }
}

fn is_subsequence(shorter: &[u8], longer: &[u8]) -> bool {
    let mut rest = longer.iter();
    shorter.iter().all(|byte| rest.any(|other| other == byte))
}

/// Random documents, what we write and what we edit: PHP must read exactly what we mean.
#[test]
fn php_reads_what_we_read_write_and_edit() {
    let strategy = (
        documents::arrays(),
        vec(any::<u8>(), 1..200),
        vec(edits().prop_filter("text", is_text), 0..4),
    );
    let mut runner = TestRunner::default();
    let mut sources = Vec::new();
    let mut expected = Vec::new();
    for _ in 0..BATCH {
        let (mut value, dice, edits) = strategy.new_tree(&mut runner).unwrap().current();
        let printed = documents::print(&value, &dice);
        let mut file = PhpFile::parse(printed.clone()).unwrap();
        expected.extend([php::dump(&value), php::dump(&value), php::dump(&value)]);
        let commented = write_with_comments(&value, &[("a", "x */ y\nz")]);
        sources.extend([printed, write(&value).to_vec(), commented.to_vec()]);
        for edit in &edits {
            if apply(&mut file, edit) {
                apply_to_value(&mut value, edit);
            }
        }
        expected.push(php::dump(&value));
        sources.push(file.source().to_vec());
    }
    for ((source, dump), expected) in sources
        .iter()
        .zip(php::include_all(&sources))
        .zip(&expected)
    {
        assert_eq!(&dump, expected, "{}", String::from_utf8_lossy(source));
    }
}
