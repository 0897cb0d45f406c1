//! Where values stand in an instance's folder, byte for byte. The search shares no code with the
//! product's own, so that the two can disagree: it is the system's `grep`. And it is a process of
//! its own, since SQLite's locks are lost when the process that holds them closes the file.

use crate::command_line::CommandLine;
use crate::expectation::{Mismatch, expect_equal};
use crate::shop::Shop;
use std::collections::BTreeSet;
use std::path::Path;

/// The files below `root` that hold one of `values`. Links are not followed.
async fn find(
    command_line: &CommandLine,
    root: &Path,
    values: &[String],
) -> Result<BTreeSet<String>, Mismatch> {
    let arguments = ["-r", "-l", "-a", "-F", "-f", "-"];
    let run = command_line
        .run_tool(root, "grep", &arguments, &values.join("\n"))
        .await?;
    if !matches!(run.code, Some(0 | 1)) {
        return Err(Mismatch::new("a search of every file", run.stderr));
    }
    Ok(run.stdout.lines().map(ToOwned::to_owned).collect())
}

/// None of `values` may stand anywhere in the instance's folder.
pub(crate) async fn expect_none(shop: &Shop, values: &[String]) -> Result<(), Mismatch> {
    let found = find(&shop.command_line, shop.root(), values).await?;
    let what = "files that still hold a removed value";
    expect_equal(what, &BTreeSet::new(), &found)
}

/// One of `values` must stand in each of these files, and nowhere else: a search that finds
/// nothing before would prove nothing after. A database's log counts as the database.
pub(crate) async fn expect_in(
    shop: &Shop,
    values: &[String],
    files: &[&str],
) -> Result<(), Mismatch> {
    let found: BTreeSet<String> = find(&shop.command_line, shop.root(), values)
        .await?
        .into_iter()
        .map(|name| name.trim_end_matches("-wal").to_owned())
        .collect();
    let files: BTreeSet<String> = files.iter().map(ToString::to_string).collect();
    expect_equal("files that hold a value", &files, &found)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn values_are_found_wherever_they_stand() {
        let root = tempfile::tempdir().unwrap();
        std::fs::create_dir_all(root.path().join("var/session")).unwrap();
        std::fs::write(root.path().join("var/session/sess_1"), b"\0token\0\xff").unwrap();
        std::fs::write(root.path().join("data"), "a secret").unwrap();
        std::fs::write(root.path().join("other"), "nothing").unwrap();
        std::os::unix::fs::symlink("data", root.path().join("link")).unwrap();
        let tools = CommandLine::new("unused".into(), "/usr/bin:/bin");
        let values = ["secret".to_owned(), "token".to_owned()];
        let found = find(&tools, root.path(), &values).await.unwrap();
        assert_eq!(
            found.into_iter().collect::<Vec<_>>(),
            ["data", "var/session/sess_1"]
        );
        let found = find(&tools, root.path(), &["absent".to_owned()])
            .await
            .unwrap();
        assert!(found.is_empty());
    }
}
