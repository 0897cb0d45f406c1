//! Completion, asked directly and typed in real shells.

use std::path::Path;
use std::process::Command;

use crate::driver::at_a_terminal;
use crate::fake::{model, programs};

fn candidates(line: &str) -> Vec<String> {
    let words = postern::console::split_line(line).words;
    let found = postern::console::candidates(&model(), &words);
    found.into_iter().map(|candidate| candidate.value).collect()
}

#[test]
fn names_are_offered_by_abbreviation() {
    let four = [
        "admin:adobe-ims:disable",
        "admin:adobe-ims:enable",
        "admin:adobe-ims:info",
        "admin:adobe-ims:status",
    ];
    assert_eq!(candidates("postern admin:ad"), four);
    assert_eq!(candidates("postern a:a:"), four);
    assert_eq!(candidates("postern -n --root /x a:a:"), four);
    assert_eq!(candidates("postern help a:a:"), four);
    assert_eq!(candidates("postern a:a:d"), [four[0]]);
    assert_eq!(candidates("postern nope"), Vec::<String>::new());
    assert_eq!(
        candidates("postern list a"),
        ["admin", "admin:adobe-ims", "admin:user"]
    );
    assert_eq!(candidates("postern ").len(), 15);
}

#[test]
fn options_and_their_values_are_offered() {
    assert_eq!(candidates("postern a:a:s --fo"), ["--format"]);
    assert_eq!(candidates("postern a:a:s --format "), ["txt", "json"]);
    assert_eq!(candidates("postern a:a:s --format=j"), ["--format=json"]);
    assert_eq!(
        candidates("postern --no-"),
        ["--no-ansi", "--no-interaction"]
    );
    assert_eq!(candidates("postern cache:clean config -n l"), ["layout"]);
    assert_eq!(
        candidates("postern cache:clean -- "),
        ["config", "full_page", "layout"]
    );
    assert_eq!(candidates("postern completion "), ["bash", "zsh", "fish"]);
    assert_eq!(candidates("postern --root "), Vec::<String>::new());
}

/// Types each line up to a tabulator in `shell`, then lets the shell print the words it would run.
fn in_shell(shell: &[&str], start: &str, lines: &[(&str, &str)]) {
    let folder = programs();
    let path = format!("{}:/usr/bin:/bin", folder.path().display());
    let folder = folder.path().to_str().unwrap();
    let start = format!("cd {folder}; {start}; PS1='$ '; echo READY\n");
    let mut steps = vec![("ready> ", start.as_str()), ("READY\r\n", "")];
    for (typed, words) in lines {
        steps.extend([("$ ", *typed), ("", "\x01printf '<%s>' \n"), (words, "")]);
    }
    steps.push(("$ ", "exit\n"));
    let environment = [
        ("PATH", path.as_str()),
        ("TERM", "dumb"),
        ("PS1", "ready> "),
    ];
    let session = at_a_terminal(shell, &environment, &steps);
    assert_eq!(session.missed, None, "{}", session.screen);
}

const BASH: [&str; 4] = ["bash", "--norc", "--noprofile", "-i"];
const SOURCE: &str = "source <(postern completion bash)";
const PACKAGE: &str = "/usr/share/bash-completion/bash_completion";

const IN_BASH: [(&str, &str); 9] = [
    ("postern cache:cl\t", "<postern><cache:clean>"),
    ("postern a:a:d\t", "<postern><a:a:disable>"),
    ("postern a:ad\ts\t", "<postern><a:adobe-ims:status>"),
    (
        "magento admin:ad\tst\t",
        "<magento><admin:adobe-ims:status>",
    ),
    (
        "bin/magento a:a:s --form\tj\t",
        "<bin/magento><a:a:s><--format><json>",
    ),
    (
        "./postern a:a:s --format=j\t",
        "<./postern><a:a:s><--format=json>",
    ),
    (
        "postern --root /x cache:clean lay\t",
        "<postern><--root></x><cache:clean><layout>",
    ),
    ("postern --root=bi\t", "<postern><--root=bin/>"),
    (
        "postern help 'a:a:d\t",
        "<postern><help><admin:adobe-ims:disable>",
    ),
];

#[test]
fn bash_completes_names_with_colons_and_abbreviations() {
    in_shell(&BASH, SOURCE, &IN_BASH);
}

#[test]
fn bash_completes_beside_the_bash_completion_package() {
    assert!(
        Path::new(PACKAGE).exists(),
        "this test needs the package bash-completion"
    );
    in_shell(&BASH, &format!("source {PACKAGE}; {SOURCE}"), &IN_BASH);
}

#[test]
fn bash_completes_where_the_colon_breaks_no_words() {
    let start = format!("{SOURCE}; COMP_WORDBREAKS=${{COMP_WORDBREAKS//:/}}");
    in_shell(
        &BASH,
        &start,
        &[("postern a:a:d\t", "<postern><admin:adobe-ims:disable>")],
    );
}

#[test]
fn zsh_expands_abbreviations() {
    let start = "autoload -Uz compinit && compinit -u -D; source <(postern completion zsh); \
                 bindkey -e; zstyle ':completion:*' menu no";
    let lines = [
        ("postern cache:cl\t", "<postern><cache:clean>"),
        ("postern a:a:d\t", "<postern><admin:adobe-ims:disable>"),
        ("magento a:a:\tst\t", "<magento><admin:adobe-ims:status>"),
        (
            "bin/magento a:a:s --form\tj\t",
            "<bin/magento><a:a:s><--format><json>",
        ),
        (
            "./postern a:a:s --format=j\t",
            "<./postern><a:a:s><--format=json>",
        ),
        (
            "postern --root /x cache:clean lay\t",
            "<postern><--root></x><cache:clean><layout>",
        ),
        ("postern --root=bi\t", "<postern><--root=bin>"),
    ];
    in_shell(&["zsh", "-f", "-i"], start, &lines);
}

#[test]
fn zsh_loads_the_script_from_its_function_path() {
    let start = "postern completion zsh > _postern; fpath=($PWD $fpath); \
                 autoload -Uz compinit && compinit -u -D; bindkey -e";
    let lines = [("magento a:a:d\t", "<magento><admin:adobe-ims:disable>")];
    in_shell(&["zsh", "-f", "-i"], start, &lines);
}

fn fish(line: &str) -> Vec<String> {
    let folder = programs();
    let script = format!(
        "set -x HOME {folder}; cd {folder}; set -x PATH {folder} $PATH; \
         postern completion fish | source; complete -C '{line}'",
        folder = folder.path().display()
    );
    let said = Command::new("fish")
        .args(["--no-config", "-c", &script])
        .output()
        .unwrap();
    assert!(
        said.stderr.is_empty(),
        "{}",
        String::from_utf8_lossy(&said.stderr)
    );
    String::from_utf8(said.stdout)
        .unwrap()
        .lines()
        .map(str::to_owned)
        .collect()
}

#[test]
fn fish_completes_names_options_and_abbreviations() {
    let disable = "admin:adobe-ims:disable\tDisable Adobe IMS Module".to_owned();
    for line in [
        "postern admin:ad",
        "magento admin:ad",
        "bin/magento admin:ad",
        "postern a:a:",
    ] {
        let found = fish(line);
        assert_eq!(found.len(), 4, "{line}: {found:?}");
        assert!(found.contains(&disable), "{line}: {found:?}");
    }
    assert_eq!(fish("postern a:a:d"), [disable]);
    assert_eq!(fish("postern a:a:s --format "), ["json", "txt"]);
    assert_eq!(fish("postern a:a:s --format=j"), ["--format=json"]);
    assert_eq!(fish("postern --root bi"), ["bin/"]);
}
