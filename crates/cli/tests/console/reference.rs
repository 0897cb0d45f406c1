//! The generated reference notices every difference and repairs it.

use std::fs;

use postern::console::reference::{differences, pages, write};

use crate::fake::model;

#[test]
fn a_fresh_reference_has_no_differences_and_a_page_for_each_command() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path().join("commands");
    assert_eq!(
        differences(&folder, &model()).unwrap().len(),
        pages(&model()).len()
    );
    write(&folder, &model()).unwrap();
    assert_eq!(
        differences(&folder, &model()).unwrap(),
        Vec::<String>::new()
    );
    let page = fs::read_to_string(folder.join("config-set.md")).unwrap();
    let expected = "\
# `config:set`

Change system configuration

```text
config:set [--scope [SCOPE]] [-e|--lock-env] [--tag TAG] [--] <path> <value>
```

| Argument | Meaning |
|---|---|
| `path` | Configuration path (required) |
| `value` | Value (required) |

| Option | Meaning |
|---|---|
| `--scope[=SCOPE]` | Scope (default: `default`) |
| `-e, --lock-env` | Lock |
| `--tag=TAG` | Tags (several times) |

[Options that every command takes](index.md#options-that-every-command-takes)
";
    assert!(page.ends_with(expected), "{page}");
    assert!(!folder.join("_complete.md").exists());
}

#[test]
fn changed_missing_and_stale_pages_are_named_and_repaired() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    write(folder, &model()).unwrap();
    fs::write(folder.join("list.md"), "changed by hand").unwrap();
    fs::remove_file(folder.join("help.md")).unwrap();
    fs::copy(folder.join("serve.md"), folder.join("gone.md")).unwrap();
    fs::write(folder.join("notes.md"), "# Not ours\n").unwrap();
    let mut found = differences(folder, &model()).unwrap();
    found.sort();
    assert_eq!(
        found,
        [
            "gone.md describes no command",
            "help.md is missing",
            "list.md differs from the command's help"
        ]
    );
    write(folder, &model()).unwrap();
    assert_eq!(differences(folder, &model()).unwrap(), Vec::<String>::new());
    assert!(folder.join("notes.md").exists() && !folder.join("gone.md").exists());
}
