//! The instance's files: everything below `app/etc` and `var`. Configuration comes first, then
//! what the programs write as they run, small files before large ones. A found value is told, never
//! erased: logs are evidence that belongs to the operator.

mod walk;

use super::super::haystack::{Packing, Position, packing, unpacked};
use super::super::{Gap, Search};
use rustix::fs::OFlags;
use std::fs::{File, OpenOptions};
use std::io::{self, Read};
use std::os::unix::fs::OpenOptionsExt;
use std::path::Path;
use walk::{Candidate, Walk};

/// Folders in the order in which they are searched; the rest of `var` follows.
const ORDER: [&str; 6] = [
    "app/etc",
    "var/report",
    "var/log",
    "var/session",
    "var/cache",
    "var/page_cache",
];

/// The files that Commerce reads its configuration from. They are reported one by one, and searched
/// even where they are links to somewhere else, as deployment tools make them.
const CONFIGURATION: [&str; 2] = ["app/etc/env.php", "app/etc/config.php"];

/// How many bytes of a file tell what it is.
const HEAD: usize = 8192;

impl Search<'_> {
    /// Searches the instance's files below `root`. The files of an embedded database are left out,
    /// as [`Search::database_file`] explains: give their path, or nothing for a server's database.
    /// Blocks while it reads.
    pub fn files(&mut self, root: &Path, database_file: Option<&Path>) {
        let mut walk = Walk::new(root, database_file);
        for file in CONFIGURATION {
            walk.add_configuration(file);
        }
        for folder in ["app/etc", "var"] {
            walk.descend(&root.join(folder), self.budget);
        }
        let Walk {
            mut files, gaps, ..
        } = walk;
        for (name, gap) in gaps {
            self.gap(&name, gap);
        }
        files.sort_by_key(|file| (rank(&file.name), file.size));
        for file in &files {
            let folder = folder_of(&file.name);
            match self.budget.check() {
                Ok(()) => self.file(file, folder),
                Err(gap) => self.unreached(folder, gap),
            }
        }
    }

    /// Searches one file. If it is clean it counts for its folder, else it is a place of its own.
    fn file(&mut self, file: &Candidate, folder: &str) {
        let shown = shown_name(&file.name);
        self.place(folder);
        self.name(&shown, &file.name);
        if let Err(gap) = self.content(file, &shown) {
            self.gap(&shown, gap);
        }
        self.fold_if_clean(&shown, folder);
    }

    fn content(&mut self, file: &Candidate, place: &str) -> Result<(), Gap> {
        let unreadable = |error: io::Error| Gap::Unreadable(error.to_string());
        let mut reader = open(&file.path)?;
        self.place(place).items += 1;
        let mut head = Vec::with_capacity(HEAD);
        reader
            .by_ref()
            .take(HEAD as u64)
            .read_to_end(&mut head)
            .map_err(unreadable)?;
        let packing = packing(&head);
        let is_text = !head.contains(&0);
        let whole = io::Cursor::new(zeroize::Zeroizing::new(head)).chain(reader);
        let line = |position: Position| format!("line {}", position.line);
        let byte = |position: Position| format!("byte {}", position.byte);
        match (packing, is_text) {
            (Some(Packing::Foreign), _) => Err(Gap::Packed),
            (Some(Packing::Gzip), _) => self.stream(place, (unpacked(whole), u64::MAX), line),
            (None, true) => self.stream(place, (whole, file.size), line),
            (None, false) => self.stream(place, (whole, file.size), byte),
        }
    }
}

/// Opens a regular file. Between the walk and this, something else may have taken its place: a
/// pipe must not block, and a link must not lead elsewhere.
fn open(path: &Path) -> Result<File, Gap> {
    let flags = OFlags::NONBLOCK | OFlags::NOFOLLOW;
    let unreadable = |error: io::Error| Gap::Unreadable(error.to_string());
    let file = OpenOptions::new()
        .read(true)
        .custom_flags(flags.bits().cast_signed())
        .open(path)
        .map_err(unreadable)?;
    match file.metadata().map_err(unreadable)?.is_file() {
        true => Ok(file),
        false => Err(Gap::NotAFile),
    }
}

fn rank(name: &str) -> (usize, usize) {
    let configuration = CONFIGURATION.iter().position(|file| *file == name);
    let folder = ORDER
        .iter()
        .position(|folder| Path::new(name).starts_with(folder));
    (
        folder.unwrap_or(ORDER.len()),
        configuration.unwrap_or(CONFIGURATION.len()),
    )
}

/// The place in whose name a clean file is counted.
fn folder_of(name: &str) -> &str {
    if CONFIGURATION.contains(&name) {
        return name;
    }
    let mut slashes = name.match_indices('/').map(|(at, _)| at);
    match (slashes.next(), slashes.next()) {
        (_, Some(second)) => name.get(..second).unwrap_or(name),
        (Some(first), None) => name.get(..first).unwrap_or(name),
        (None, None) => name,
    }
}

/// The name as a report may show it: the rest of a session file's name is the key to the session.
fn shown_name(name: &str) -> String {
    match name.rsplit_once("/sess_") {
        Some((folder, id)) => {
            let start: String = id.chars().take(4).collect();
            format!("{folder}/sess_{start}…")
        }
        None => name.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::super::super::fixtures::{Fixture, SECRET, assert_silent, findings};
    use super::super::super::{Budget, Report};
    use super::*;
    use std::fs;
    use std::io::Write;
    use std::time::{Duration, Instant};
    use tempfile::TempDir;

    fn tree(files: &[(&str, &[u8])]) -> TempDir {
        let root = tempfile::tempdir().unwrap();
        for (name, content) in files {
            let path = root.path().join(name);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, content).unwrap();
        }
        root
    }

    fn search(root: &Path) -> Report {
        let fixture = Fixture::new();
        let mut search = fixture.search();
        search.files(root, None);
        let report = search.finish();
        assert_silent(&report);
        report
    }

    fn gzip(bytes: &[u8]) -> Vec<u8> {
        let level = flate2::Compression::default();
        let mut encoder = flate2::write::GzEncoder::new(Vec::new(), level);
        encoder.write_all(bytes).unwrap();
        encoder.finish().unwrap()
    }

    #[test]
    fn every_corner_of_the_instance_is_searched_and_named() {
        let keyring = Fixture::new().keyring;
        let stored = keyring.encrypt(SECRET.as_bytes(), [3; 12]);
        let log = format!("first\nsecond {SECRET}\n");
        let root = tree(&[
            ("var/log/system.log.1.gz", &gzip(log.as_bytes())),
            ("var/log/system.log", log.as_bytes()),
            ("var/session/sess_0123456789abcdef", SECRET.as_bytes()),
            ("var/cache/mage--1/mage---config", stored.as_bytes()),
            ("var/.maintenance.note", SECRET.as_bytes()),
            ("app/etc/.env.php.tmp", SECRET.as_bytes()),
            (
                "app/etc/env.php",
                format!("<?php return ['a' => '{stored}'];").as_bytes(),
            ),
            ("app/etc/binary", format!("\0\0{SECRET}").as_bytes()),
            ("generated/code/A.php", SECRET.as_bytes()),
            ("vendor/a.php", SECRET.as_bytes()),
        ]);
        let report = search(root.path());
        assert_eq!(
            findings(&report),
            [
                "app/etc/env.php: client secret encrypted x1 at line 1",
                "app/etc/.env.php.tmp: client secret clear x1 at line 1",
                "app/etc/binary: client secret clear x1 at byte 2",
                "var/log/system.log: client secret clear x1 at line 2",
                "var/log/system.log.1.gz: client secret clear x1 at line 2",
                "var/session/sess_0123…: client secret clear x1 at line 1",
                "var/cache/mage--1/mage---config: client secret encrypted x1 at line 1",
                "var/.maintenance.note: client secret clear x1 at line 1",
            ]
        );
    }

    #[test]
    fn clean_files_are_counted_by_folder_and_configuration_by_file() {
        let root = tree(&[
            ("app/etc/env.php", b"<?php return [];"),
            ("app/etc/config.php", b"<?php return [];"),
            ("app/etc/di.xml", b"<config/>"),
            ("var/cache/a/1", b"12345"),
            ("var/cache/b/2", b"12345"),
            ("var/log/system.log", b"fine"),
        ]);
        let report = search(root.path());
        assert!(report.is_clean());
        let told: Vec<_> = report
            .places
            .iter()
            .map(|p| format!("{} {} {}", p.name, p.items, p.bytes))
            .collect();
        assert_eq!(
            told,
            [
                "app/etc/env.php 1 16",
                "app/etc/config.php 1 16",
                "app/etc 1 9",
                "var/log 1 4",
                "var/cache 2 10"
            ]
        );
    }

    #[test]
    fn what_cannot_be_searched_is_told() {
        let root = tree(&[
            ("var/backups/db.sql.bz2", b"BZh91AY"),
            ("var/log/a.log", b""),
        ]);
        let outside = tree(&[("shared.log", SECRET.as_bytes())]);
        let var = root.path().join("var");
        let link = |to: &Path, name: &str| std::os::unix::fs::symlink(to, var.join(name)).unwrap();
        link(&outside.path().join("shared.log"), "linked.log");
        link(outside.path(), "linked");
        link(&var.join("log"), "inside");
        link(&var, "log/loop");
        rustix::fs::mknodat(
            rustix::fs::CWD,
            var.join("pipe"),
            rustix::fs::FileType::Fifo,
            rustix::fs::Mode::RUSR,
            0,
        )
        .unwrap();
        fs::write(var.join("cut.gz"), &gzip(&vec![7; 9999])[..20]).unwrap();
        let report = search(root.path());
        assert!(findings(&report).is_empty());
        let mut told: Vec<_> = report
            .not_searched()
            .map(|place| format!("{}: {}", place.name, place.gap.as_ref().unwrap()))
            .collect();
        told.sort();
        assert_eq!(told.len(), 5, "{told:?}");
        assert_eq!(
            told[0],
            "var/backups/db.sql.bz2: it is packed in a way that is not opened here"
        );
        assert!(told[1].starts_with("var/cut.gz: it cannot be read: "));
        let outside = "it is a link that leads out of the instance's folder";
        assert_eq!(told[2], format!("var/linked.log: {outside}"));
        assert_eq!(told[3], format!("var/linked: {outside}"));
        assert_eq!(told[4], "var/pipe: it is not a regular file");
    }

    #[test]
    fn configuration_is_searched_where_a_deployment_tool_linked_it() {
        let shared = tree(&[("env.php", SECRET.as_bytes())]);
        let root = tree(&[("app/etc/di.xml", b"")]);
        let link = root.path().join("app/etc/env.php");
        std::os::unix::fs::symlink(shared.path().join("env.php"), link).unwrap();
        let report = search(root.path());
        assert_eq!(
            findings(&report),
            ["app/etc/env.php: client secret clear x1 at line 1"]
        );
        assert_eq!(report.not_searched().count(), 0);
    }

    #[test]
    fn a_value_in_the_name_of_a_file_is_found_and_not_repeated() {
        let root = tree(&[(&format!("var/tmp/{SECRET}.json"), b"{}")]);
        assert_eq!(
            findings(&search(root.path())),
            ["var/tmp/[removed].json: client secret clear x1 at its name"]
        );
    }

    #[test]
    fn the_files_of_an_open_database_are_never_opened() {
        let root = tree(&[
            ("var/shop.sqlite", SECRET.as_bytes()),
            ("var/shop.sqlite-wal", SECRET.as_bytes()),
            ("var/shop.sqlite.bak", b"fine"),
        ]);
        fs::hard_link(
            root.path().join("var/shop.sqlite"),
            root.path().join("var/twin"),
        )
        .unwrap();
        let fixture = Fixture::new();
        let mut search = fixture.search();
        search.files(root.path(), Some(&root.path().join("var/shop.sqlite")));
        let report = search.finish();
        assert_eq!((report.places.len(), report.places[0].items), (1, 1));
        assert!(report.is_clean());
    }

    #[test]
    fn what_the_budget_leaves_out_is_counted() {
        let root = tree(&[
            ("app/etc/env.php", b"<?php return [];"),
            ("var/log/a.log", b"aaaa"),
            ("var/log/b.log", b"bbbb"),
            ("var/cache/c", b"cccc"),
        ]);
        let later = Instant::now() + Duration::from_secs(60);
        let fixture = Fixture::new();
        let mut search = fixture.search_within(Budget::new(later, 17));
        search.files(root.path(), None);
        let report = search.finish();
        let told: Vec<_> = report
            .places
            .iter()
            .map(|p| (p.name.as_str(), p.items, p.unreached))
            .collect();
        assert_eq!(
            told,
            [
                ("app/etc/env.php", 1, 0),
                ("var/log", 0, 1),
                ("var/log/a.log", 1, 0),
                ("var/cache", 0, 1)
            ]
        );
    }
}
