//! Where values stand in an instance's folder, byte for byte: a search that shares no code with
//! the product's own, so that the two can disagree.

use crate::expectation::{Mismatch, expect_equal};
use std::collections::BTreeSet;
use std::path::Path;

/// The files below `root` that hold one of `values`. Links are not followed.
fn find(root: &Path, values: &[String]) -> Result<BTreeSet<String>, Mismatch> {
    let mut found = BTreeSet::new();
    let mut folders = vec![root.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(&folder)? {
            let entry = entry?;
            let (kind, path) = (entry.file_type()?, entry.path());
            if kind.is_dir() {
                folders.push(path);
            } else if kind.is_file() && holds_any(&std::fs::read(&path)?, values) {
                let name = path.strip_prefix(root).unwrap_or(&path);
                found.insert(name.display().to_string());
            }
        }
    }
    Ok(found)
}

fn holds_any(content: &[u8], values: &[String]) -> bool {
    values.iter().any(|value| {
        content
            .windows(value.len())
            .any(|window| window == value.as_bytes())
    })
}

/// None of `values` may stand anywhere below `root`.
pub(crate) fn expect_none(root: &Path, values: &[String]) -> Result<(), Mismatch> {
    let found = find(root, values)?.into_iter().collect::<Vec<_>>();
    expect_equal("files that still hold a removed value", &Vec::new(), &found)
}

/// One of `values` must stand in each of these files, and nowhere else: a search that finds
/// nothing before would prove nothing after. A database's log counts as the database.
pub(crate) fn expect_in(root: &Path, values: &[String], files: &[&str]) -> Result<(), Mismatch> {
    let found: BTreeSet<String> = find(root, values)?
        .into_iter()
        .map(|name| name.trim_end_matches("-wal").to_owned())
        .collect();
    let files: BTreeSet<String> = files.iter().map(ToString::to_string).collect();
    expect_equal("files that hold a value", &files, &found)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_found_wherever_they_stand() {
        let root = tempfile::tempdir().unwrap();
        std::fs::create_dir_all(root.path().join("var/session")).unwrap();
        std::fs::write(root.path().join("var/session/sess_1"), b"\0token\0").unwrap();
        std::fs::write(root.path().join("data-wal"), "a secret").unwrap();
        std::fs::write(root.path().join("other"), "nothing").unwrap();
        let values = ["secret".to_owned(), "token".to_owned()];
        expect_in(root.path(), &values, &["data", "var/session/sess_1"]).unwrap();
        let mismatch = expect_none(root.path(), &values).unwrap_err();
        assert_eq!(mismatch.came, r#"["data-wal", "var/session/sess_1"]"#);
        expect_none(root.path(), &["absent".to_owned()]).unwrap();
    }
}
