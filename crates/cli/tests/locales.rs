//! What people read, in every language: each sentence that the code asks for is there, none is
//! there that nothing asks for, and all languages put the same things into the same sentences.
#![cfg(test)]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

/// The language that the others are compared with.
const REFERENCE: &str = "en";

/// Where sentences are asked for.
const SOURCES: [&str; 4] = [
    "crates/service/src",
    "crates/service/templates",
    "crates/web/src",
    "crates/web/templates",
];

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// Every key of a language with the names of what is put into its sentence.
fn sentences(code: &str) -> BTreeMap<String, BTreeSet<String>> {
    let file = root().join("locales").join(code).with_extension("ftl");
    let text = fs::read_to_string(file).unwrap();
    let mut all: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    let mut key = String::new();
    for line in text.lines().filter(|line| !line.starts_with('#')) {
        if line.starts_with(|first: char| first.is_ascii_alphabetic()) {
            line.split_once(" =").unwrap().0.clone_into(&mut key);
            let is_new = all.insert(key.clone(), BTreeSet::new()).is_none();
            assert!(is_new, "{code}: {key} is there twice");
        }
        for placeholder in line.split("{ $").skip(1) {
            let name: String = placeholder
                .chars()
                .take_while(|c| c.is_alphanumeric())
                .collect();
            all.get_mut(&key).unwrap().insert(name);
        }
    }
    all
}

fn languages() -> Vec<String> {
    let files = fs::read_dir(root().join("locales")).unwrap();
    files
        .map(|file| {
            file.unwrap()
                .path()
                .file_stem()
                .unwrap()
                .to_str()
                .unwrap()
                .to_owned()
        })
        .collect()
}

fn source() -> String {
    fn read(folder: &Path, all: &mut String) {
        for entry in fs::read_dir(folder).into_iter().flatten() {
            let path = entry.unwrap().path();
            match path.is_dir() {
                true => read(&path, all),
                false => all.push_str(&fs::read_to_string(path).unwrap_or_default()),
            }
        }
    }
    let mut all = String::new();
    SOURCES
        .iter()
        .for_each(|folder| read(&root().join(folder), &mut all));
    all
}

/// What stands in quotes and begins as the keys of some page or mail do.
fn keys_asked_for<'s>(
    source: &'s str,
    known: &BTreeMap<String, BTreeSet<String>>,
) -> BTreeSet<&'s str> {
    let pages: BTreeSet<&str> = known
        .keys()
        .filter_map(|key| Some(key.split_once('-')?.0))
        .collect();
    let is_word = |word: &str| word.chars().all(|c| c.is_ascii_lowercase() || c == '_');
    let is_key = |text: &&str| match text.split_once('-') {
        Some((page, rest)) => pages.contains(page) && !rest.is_empty() && is_word(rest),
        None => false,
    };
    source.split('"').filter(is_key).collect()
}

#[test]
fn every_language_has_the_same_sentences_with_the_same_things_in_them() {
    let reference = sentences(REFERENCE);
    for code in languages() {
        let own = sentences(&code);
        for (key, placeholders) in &reference {
            assert_eq!(own.get(key), Some(placeholders), "{code}: {key}");
        }
        let unknown: Vec<_> = own
            .keys()
            .filter(|key| !reference.contains_key(*key))
            .collect();
        assert!(
            unknown.is_empty(),
            "{code} has what {REFERENCE} lacks: {unknown:?}"
        );
    }
}

#[test]
fn no_sentence_is_missing() {
    let known = sentences(REFERENCE);
    let source = source();
    let missing: Vec<_> = keys_asked_for(&source, &known)
        .into_iter()
        .filter(|key| !known.contains_key(*key))
        .collect();
    assert!(missing.is_empty(), "{missing:?}");
}

#[test]
fn no_sentence_is_left_over() {
    let source = source();
    let is_asked_for = |key: &String| source.contains(&format!("\"{key}\""));
    let unused: Vec<_> = sentences(REFERENCE)
        .into_keys()
        .filter(|key| !is_asked_for(key))
        .collect();
    assert!(unused.is_empty(), "{unused:?}");
}
