//! Packages of other languages, exactly those that a lock file names, brought in once.

use std::fs;
use std::path::Path;
use std::process::Command;

/// Installs what `package-lock.json` names into `node_modules`.
pub(crate) fn bring_from_npm(folder: &Path) {
    if is_brought(
        folder,
        "package-lock.json",
        "node_modules/.package-lock.json",
    ) {
        return;
    }
    let options = ["ci", "--no-audit", "--no-fund", "--ignore-scripts"];
    run(folder, "npm", &options);
}

/// Installs what `requirements.txt` names into `venv`.
pub(crate) fn bring_from_pypi(folder: &Path) {
    let done = "venv/brought";
    if is_brought(folder, "requirements.txt", done) {
        return;
    }
    run(folder, "python3", &["-m", "venv", "venv"]);
    let options = ["install", "--quiet", "--require-hashes"];
    let options = [&options[..], &["--requirement", "requirements.txt"]].concat();
    run(folder, "venv/bin/pip", &options);
    fs::write(folder.join(done), "").expect("a file");
}

/// Whether they were brought in after the list of them was changed.
fn is_brought(folder: &Path, list: &str, done: &str) -> bool {
    let modified = |path: &str| folder.join(path).metadata()?.modified();
    let wanted = modified(list).expect("a list of packages");
    modified(done).is_ok_and(|brought| brought >= wanted)
}

fn run(folder: &Path, program: &str, arguments: &[&str]) {
    // A program with a path is one of the folder's.
    let path = match program.contains('/') {
        true => folder.join(program),
        false => program.into(),
    };
    let output = Command::new(path)
        .args(arguments)
        .current_dir(folder)
        .output()
        .unwrap_or_else(|error| panic!("this test needs {program}: {error}"));
    let complained = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{program}: {complained}");
}
