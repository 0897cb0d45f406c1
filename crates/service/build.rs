//! Builds every file of `locales/` into the program: adding a language is adding its file there.

use std::fmt::Write;
use std::path::{Path, PathBuf};
use std::{env, fs, io};

#[expect(
    clippy::disallowed_methods,
    reason = "cargo tells a build script its folder in no other way"
)]
fn main() -> io::Result<()> {
    // Cargo runs this in the folder of the package. Asked for when it runs: a checkout elsewhere that
    // shares the target folder has locales of its own.
    let folder = fs::canonicalize("../../locales")?;
    println!("cargo::rerun-if-changed={}", folder.display());
    let mut files = fs::read_dir(&folder)?
        .map(|entry| entry.map(|entry| entry.path()))
        .collect::<io::Result<Vec<PathBuf>>>()?;
    files.retain(|file| file.extension().is_some_and(|end| end == "ftl"));
    files.sort();
    let mut list = String::from("&[\n");
    for file in &files {
        println!("cargo::rerun-if-changed={}", file.display());
        let code = file.file_stem().unwrap_or_default();
        // Writing to a string cannot fail.
        let _ = writeln!(list, "({code:?}, include_str!({file:?})),");
    }
    list.push(']');
    let target = env::var_os("OUT_DIR").unwrap_or_default();
    fs::write(Path::new(&target).join("locales.rs"), list)
}
