//! The pages as people meet them: the stories of `e2e/browser` in a real Chromium, against the real
//! program. Each story makes what it needs, real OpenID providers among it; here only the programs
//! are built and the packages brought in.
#![cfg(test)]

mod packages;

use e2e::program;
use std::path::{Path, PathBuf};
use std::process::Command;

/// A file of stories that hangs is given up after so long, in milliseconds.
const PATIENCE: &str = "--test-timeout=900000";

/// So many files at a time: while one story waits for its pages, another goes on. With more of them
/// two cores are so busy that servers miss the second in which they must look at the mode, and
/// rightly answer that they do not know it.
const TOGETHER: &str = "--test-concurrency=2";

#[test]
fn people_come_in_through_a_real_browser() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("browser");
    packages::bring_from_npm(&folder);
    packages::bring_from_npm(&folder.with_file_name("providers/oidc-provider"));
    packages::bring_from_pypi(&folder.with_file_name("providers/canaille"));
    let told = Command::new("node")
        .args(["--test", "--test-reporter=spec", TOGETHER, PATIENCE])
        .args(stories(&folder))
        .env("POSTERN", program::path())
        .env("IMS_SANDBOX", program::sandbox())
        .output()
        .expect("this test needs node 20 or newer");
    let said = String::from_utf8_lossy(&told.stdout);
    let complained = String::from_utf8_lossy(&told.stderr);
    assert!(told.status.success(), "{said}\n{complained}");
    println!("{said}");
}

/// The files of stories, in the order of their names.
fn stories(folder: &Path) -> Vec<PathBuf> {
    let files = std::fs::read_dir(folder.join("stories")).expect("a folder of stories");
    let mut files: Vec<_> = files.map(|file| file.expect("a file").path()).collect();
    files.sort();
    assert!(!files.is_empty(), "there is something to tell");
    files
}
