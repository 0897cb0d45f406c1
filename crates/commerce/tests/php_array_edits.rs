//! Edits of whole files, byte for byte: what changes, and that nothing else does.
#![expect(clippy::panic, reason = "a test stops where it fails")]

use commerce::php_array::{EditError, Expression, PhpFile, Value};

fn set(source: &str, path: &str, value: &Value) -> String {
    edit(source, |file| {
        file.set(&segments(path), value).map(|()| true)
    })
    .0
}

fn remove(source: &str, path: &str) -> String {
    let (text, removed) = edit(source, |file| file.remove(&segments(path)));
    assert_eq!(removed, text != source);
    text
}

fn segments(path: &str) -> Vec<&str> {
    path.split('/').collect()
}

fn edit(source: &str, change: impl Fn(&mut PhpFile) -> Result<bool, EditError>) -> (String, bool) {
    let mut file =
        PhpFile::parse(source.into()).unwrap_or_else(|error| panic!("{error}\n{source}"));
    let outcome = change(&mut file).unwrap_or_else(|error| panic!("{error}\n{source}"));
    let text = String::from_utf8_lossy(file.source()).into_owned();
    assert_eq!(file.is_changed(), text != source);
    (text, outcome)
}

/// The refusal, after checking that the file did not change.
fn refusal(
    source: &str,
    change: impl Fn(&mut PhpFile) -> Result<bool, EditError>,
) -> Option<EditError> {
    let mut file =
        PhpFile::parse(source.into()).unwrap_or_else(|error| panic!("{error}\n{source}"));
    let outcome = change(&mut file).err();
    assert!(!file.is_changed());
    assert_eq!(file.source(), source.as_bytes());
    outcome
}

const COMMERCE: &str = "<?php
return [
    'backend' => [
        'frontName' => 'admin'
    ],
    'system' => [
        'default' => [
            'adobe_ims' => [
                'integration' => [
                    'admin_enabled' => '1',
                    'api_key' => '0:3:abc'
                ]
            ]
        ]
    ],
    'x' => [

    ]
];
";

#[test]
fn a_value_is_replaced_in_place() {
    let edited = set(
        COMMERCE,
        "system/default/adobe_ims/integration/admin_enabled",
        &Value::Int(0),
    );
    assert_eq!(
        edited,
        COMMERCE.replace("'admin_enabled' => '1'", "'admin_enabled' => 0")
    );
}

#[test]
fn the_same_value_changes_nothing() {
    assert_eq!(
        set(COMMERCE, "backend/frontName", &Value::string("admin")),
        COMMERCE
    );
}

#[test]
fn an_entry_is_added_below_the_last_one_without_a_trailing_comma() {
    let edited = set(COMMERCE, "backend/other", &Value::Bool(true));
    let expected = "'frontName' => 'admin',\n        'other' => true\n    ],";
    assert_eq!(
        edited,
        COMMERCE.replace("'frontName' => 'admin'\n    ],", expected)
    );
    assert_eq!(remove(&edited, "backend/other"), COMMERCE);
}

#[test]
fn a_whole_branch_is_added_in_the_style_of_the_file() {
    let edited = set(COMMERCE, "system/websites/base/a", &Value::string("it's"));
    let expected = "            ]
        ],
        'websites' => [
            'base' => [
                'a' => 'it\\'s'
            ]
        ]
    ],
";
    assert_eq!(
        edited,
        COMMERCE.replace("            ]\n        ]\n    ],\n", expected)
    );
    assert_eq!(remove(&edited, "system/websites/base/a"), COMMERCE);
}

#[test]
fn an_empty_array_is_filled() {
    let edited = set(COMMERCE, "x/y", &Value::Null);
    assert_eq!(
        edited,
        COMMERCE.replace("[\n\n    ]", "[\n        'y' => null\n    ]")
    );
    let inline = set("<?php return [];", "a/b", &Value::Int(1));
    assert_eq!(
        inline,
        "<?php return [\n    'a' => [\n        'b' => 1\n    ]\n];"
    );
    let noted = "<?php\nreturn [\n  'a' => [\n    // nothing yet\n  ],\n];";
    let expected = "<?php\nreturn [\n  'a' => [\n    // nothing yet\n    'b' => 1,\n  ],\n];";
    assert_eq!(set(noted, "a/b", &Value::Int(1)), expected);
}

#[test]
fn the_old_array_style_tabs_and_windows_line_ends_are_kept() {
    let source =
        "<?php\r\nreturn array (\r\n\t'a' => \r\n\tarray (\r\n\t\t'b' => 1,\r\n\t),\r\n);\r\n";
    let edited = set(source, "c/d", &Value::Int(2));
    let added = "\t'c' => array (\r\n\t\t'd' => 2,\r\n\t),\r\n);\r\n";
    assert_eq!(
        edited,
        source
            .replace(");\r\n", added)
            .replace("\t\t'd' => 2,\r\n\t\t'c'", "\t'c'")
    );
    assert_eq!(remove(&edited, "c/d"), source);
}

#[test]
fn an_array_on_one_line_stays_on_one_line() {
    let source = "<?php return ['a' => ['b' => 1], 'c' => 2];";
    assert_eq!(
        set(source, "a/d", &Value::Int(3)),
        "<?php return ['a' => ['b' => 1, 'd' => 3], 'c' => 2];"
    );
    assert_eq!(remove(source, "a/b"), "<?php return ['c' => 2];");
    assert_eq!(remove(source, "c"), "<?php return ['a' => ['b' => 1]];");
    let spaced = "<?php return [ 'a' => 1, 'b' => 2, ];";
    assert_eq!(remove(spaced, "a"), "<?php return [ 'b' => 2, ];");
    assert_eq!(remove(spaced, "b"), "<?php return [ 'a' => 1, ];");
    assert_eq!(
        set(spaced, "c", &Value::Int(3)),
        "<?php return [ 'a' => 1, 'b' => 2, 'c' => 3, ];"
    );
}

#[test]
fn a_new_entry_goes_below_the_comment_of_the_last_one() {
    let source = "<?php\nreturn [\n    'a' => 1 // one\n    // the end\n];\n";
    let expected = "<?php\nreturn [\n    'a' => 1, // one\n    'b' => 2\n    // the end\n];\n";
    assert_eq!(set(source, "b", &Value::Int(2)), expected);
}

#[test]
fn comments_of_others_stay_when_an_entry_goes() {
    let source = "<?php
return [
    // above a
    'a' => 1, // behind a
    /* above b */
    'b' => 2, # behind b
    'c' => [ // behind c
        'd' => 4,
    ],
    'e' => 5 // behind e
];
";
    let without_b = source.replace("    'b' => 2, # behind b\n", "");
    assert_eq!(remove(source, "b"), without_b);
    let without_c = source.replace("    'c' => [ // behind c\n        'd' => 4,\n    ],\n", "");
    assert_eq!(remove(source, "c/d"), without_c);
    let without_e = source
        .replace("    'e' => 5 // behind e\n", "")
        .replace("    ],\n]", "    ]\n]");
    assert_eq!(remove(source, "e"), without_e);
}

#[test]
fn entries_around_an_expression_can_be_edited_and_the_expression_cannot() {
    let source = "<?php
return [
    'a' => ['b' => getenv('A]') ?: 'x', 'c' => 1],
    'd' => require 'd.php',
    'e' => 5,
];
";
    assert_eq!(remove(source, "a/c"), source.replace(", 'c' => 1]", "]"));
    assert_eq!(set(source, "e", &Value::Int(6)), source.replace('5', "6"));
    for (path, line, expression) in [
        ("a/b", 3, Expression::Call),
        ("a", 3, Expression::Call),
        ("d/x", 4, Expression::Include),
    ] {
        for refused in [
            refusal(source, |file| file.remove(&segments(path))),
            refusal(source, |file| {
                file.set(&segments(path), &Value::Null).map(|()| true)
            }),
        ] {
            let Some(EditError::NotLiteral(refused)) = refused else {
                panic!("{path}: {refused:?}");
            };
            assert_eq!(
                (refused.line, refused.expression),
                (line, expression),
                "{path}"
            );
        }
    }
}

#[test]
fn every_entry_of_a_repeated_key_goes() {
    let source = "<?php return ['a' => 'old secret', 'b' => 1, 'a' => 'secret', 'c' => ['d' => 1], 'c' => ['d' => 2, 'e' => 3]];";
    assert_eq!(
        remove(source, "a"),
        "<?php return ['b' => 1, 'c' => ['d' => 1], 'c' => ['d' => 2, 'e' => 3]];"
    );
    assert_eq!(
        remove(source, "c/d"),
        "<?php return ['a' => 'old secret', 'b' => 1, 'a' => 'secret', 'c' => ['e' => 3]];"
    );
}

#[test]
fn an_entry_that_would_renumber_others_stays() {
    let source = "<?php return ['a', 'b', 5 => 'c', 'd'];";
    assert!(matches!(
        refusal(source, |file| file.remove(&["0"])),
        Some(EditError::Renumbers { line: 1, .. })
    ));
    assert!(refusal(source, |file| file.remove(&["5"])).is_some());
    assert_eq!(remove(source, "6"), "<?php return ['a', 'b', 5 => 'c'];");
    assert_eq!(remove(source, "1"), "<?php return ['a', 5 => 'c', 'd'];");
    assert_eq!(
        set(source, "6", &Value::Int(9)),
        "<?php return ['a', 'b', 5 => 'c', 9];"
    );
}

#[test]
fn a_single_value_on_the_way_is_no_array() {
    let source = "<?php\nreturn ['a' => 'x'];";
    assert_eq!(remove(source, "a/b"), source);
    assert!(matches!(
        refusal(source, |file| file
            .set(&["a", "b"], &Value::Null)
            .map(|()| true)),
        Some(EditError::NotAnArray { line: 2, .. })
    ));
}

#[test]
fn an_unknown_key_matters_only_where_it_could_hold_the_value() {
    let source = "<?php return [Some::KEY => ['default' => ['a' => 1]], 'b' => 2];";
    assert_eq!(
        remove(source, "b"),
        "<?php return [Some::KEY => ['default' => ['a' => 1]]];"
    );
    assert_eq!(remove(source, "system/default/c"), source);
    assert!(refusal(source, |file| file.remove(&["system", "default", "a"])).is_some());
    let beside = "<?php return ['b' => 2, Some::KEY => 'x', 'c' => 3];";
    let file = PhpFile::parse(beside.into()).unwrap();
    assert_eq!(
        file.get(&["b"]),
        Ok(Some(Value::Int(2))),
        "taken to be another key"
    );
    assert!(file.get(&["d"]).is_err(), "the constant may be `d`");
    let expected = "<?php return [Some::KEY => 'x', 'c' => 3];";
    assert_eq!(remove(beside, "b"), expected);
    let spread = "<?php return [...$more, 'b' => 2];";
    assert!(refusal(spread, |file| file.remove(&["b"])).is_some());
}
