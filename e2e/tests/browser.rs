//! The pages as people meet them: the stories of `e2e/browser` in a real Chromium, against the real
//! program. Each story makes what it needs, real OpenID providers among it; here only the programs
//! are built and the packages brought in.
#![cfg(test)]

use e2e::program;
use std::path::{Path, PathBuf};
use std::process::Command;

/// A file of stories that hangs is given up after so long, in milliseconds.
const PATIENCE: &str = "--test-timeout=300000";

/// So many files at a time: while one story waits for its pages, another goes on.
const TOGETHER: &str = "--test-concurrency=3";

#[test]
fn people_come_in_through_a_real_browser() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("browser");
    bring_packages(&folder);
    bring_packages(&folder.with_file_name("providers/oidc-provider"));
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

/// Installs the packages that the lock file names, unless they are there.
fn bring_packages(folder: &Path) {
    let modified = |path: &str| folder.join(path).metadata()?.modified();
    let wanted = modified("package-lock.json").expect("a lock file");
    if modified("node_modules/.package-lock.json").is_ok_and(|brought| brought >= wanted) {
        return;
    }
    let options = ["ci", "--no-audit", "--no-fund", "--ignore-scripts"];
    let npm = Command::new("npm")
        .args(options)
        .current_dir(folder)
        .output()
        .expect("this test needs npm");
    let complained = String::from_utf8_lossy(&npm.stderr);
    assert!(npm.status.success(), "{complained}");
}
