//! The files that real PHP read and wrote, and files that PHP reads while the tests run.
#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "a test stops where it fails"
)]

mod php;
mod vectors;

use commerce::php_array::{
    Expression, Key, PDO_CONSTANTS, PhpFile, Problem, Value, write, write_with_comments,
};

fn text(vector: &serde_json::Value, field: &str) -> String {
    vector[field].as_str().unwrap().to_owned()
}

/// PHP's dump of every single value we read, and of the same values as PHP sees them.
#[test]
fn every_vector_reads_as_php_reads_it() {
    for vector in vectors::vectors("env_php") {
        let name = text(&vector, "name");
        let parsed = PhpFile::parse(text(&vector, "php").into_bytes());
        let expected = match name.as_str() {
            "not_an_array" => Some(Problem::NotAnArray),
            "empty_file" => Some(Problem::NoReturn),
            "trailing_and_expressions" => Some(Problem::NotAnArray),
            _ => None,
        };
        if let Some(expected) = expected {
            assert_eq!(*parsed.unwrap_err().problem(), expected, "{name}");
            continue;
        }
        let file = parsed.unwrap_or_else(|error| panic!("{name}: {error}"));
        let json: serde_json::Value = serde_json::from_str(&text(&vector, "json")).unwrap();
        let expected = Value::from(json);
        for leaf in file.leaves(&[]).unwrap() {
            let keys: Vec<String> = leaf.path.iter().map(Key::to_string).collect();
            let path: Vec<&str> = keys.iter().map(String::as_str).collect();
            let found = match (name.as_str(), path.as_slice()) {
                (_, ["concat"]) => {
                    assert_eq!(
                        leaf.value.unwrap_err().expression,
                        Expression::Concatenation
                    );
                    continue;
                }
                (_, ["const_expr" | "class_const" | "global_const"]) => {
                    assert!(file.get(&path).is_err());
                    continue;
                }
                ("spread_and_class", _) => {
                    assert!(leaf.value.is_err() || path == ["b"]);
                    continue;
                }
                _ => leaf.value.unwrap(),
            };
            assert_eq!(Some(&found), expected.at(&path), "{name} {path:?}");
            assert_eq!(file.get(&path).unwrap(), Some(found), "{name} {path:?}");
        }
    }
}

#[test]
fn literal_vectors_are_equal_as_a_whole_to_what_php_includes_now() {
    let literal: Vec<PhpFile> = vectors::vectors("env_php")
        .iter()
        .filter_map(|vector| PhpFile::parse(text(vector, "php").into_bytes()).ok())
        .filter(|file| file.root().is_ok())
        .collect();
    assert_eq!(literal.len(), 4);
    let sources: Vec<Vec<u8>> = literal.iter().map(|file| file.source().to_vec()).collect();
    for (file, dump) in literal.iter().zip(php::include_all(&sources)) {
        assert_eq!(php::dump(&file.root().unwrap()), dump);
    }
}

#[test]
fn what_we_write_is_what_commerce_writes() {
    for vector in vectors::vectors("env_writer") {
        let json: serde_json::Value = serde_json::from_str(&text(&vector, "json")).unwrap();
        let value = ordered(&text(&vector, "json"), json.into());
        let comments: Vec<(String, String)> = vector["comments"]
            .as_object()
            .into_iter()
            .flatten()
            .map(|(section, lines)| (section.clone(), lines.as_str().unwrap().to_owned()))
            .collect();
        let comments: Vec<(&str, &str)> = comments
            .iter()
            .map(|(section, lines)| (section.as_str(), lines.as_str()))
            .collect();
        let written = match comments.as_slice() {
            [] => write(&value),
            comments => write_with_comments(&value, comments),
        };
        assert_eq!(String::from_utf8_lossy(&written), text(&vector, "php"));
        assert_eq!(
            PhpFile::parse(written.to_vec()).unwrap().root().unwrap(),
            value
        );
    }
}

/// The JSON reader sorts keys; PHP's order is that of the text.
fn ordered(json: &str, value: Value) -> Value {
    let Value::Array(mut entries) = value else {
        return value;
    };
    entries.sort_by_key(|(key, _)| match key {
        Key::Int(_) => 0,
        Key::String(_) => json.find(&format!("\"{key}\":")).unwrap(),
    });
    Value::Array(
        entries
            .into_iter()
            .map(|(key, value)| (key, ordered(json, value)))
            .collect(),
    )
}

#[test]
fn known_constants_have_the_numbers_php_gives_them() {
    let list: Vec<String> = PDO_CONSTANTS
        .iter()
        .map(|(name, number)| format!("\\PDO::{name} => {number}"))
        .collect();
    let source = format!("<?php return [{}];", list.join(", ")).into_bytes();
    let file = PhpFile::parse(source.clone()).unwrap();
    assert_eq!(
        php::include_all(&[source]),
        [php::dump(&file.root().unwrap())]
    );
    assert_eq!(file.get(&["1009"]).unwrap(), Some(Value::Int(1009)));
}

/// Each of these is one value; PHP and we must agree on it, type and bytes.
#[test]
fn every_spelling_of_a_literal_reads_as_php_reads_it() {
    let values = [
        r#""\n\t\r\v\e\f\\\$\"\x41\X4a\x4\101\400\18\u{1F600}\u{41}\u{D800}\u{0}\q\x\u\'""#,
        r"'\n \' \\ \q \\'",
        r#""$ 5 {x} \{$ \${x} $""#,
        "b'x' ",
        "b\"\\x42\"",
        "<<<EOT\n a\n  b \\x41 \\\" \" \\$x\n\n EOT",
        "<<<\"EOT\"\r\na\r\nb\r\nEOT",
        "<<<'EOT'\n\\x41 $x {$y}\nEOT",
        "<<< EOT\nEOTX\nEOT",
        "<<<EOT\n\tx\n\t\ty\n\n\tEOT",
        "<<<EOT\n   \n    a\n    EOT",
        "<<<EOT\nEOT",
        "'a' . \"\\0\" . 'b'",
        "-9223372036854775807-1",
        "-9223372036854775808",
        "9223372036854775807",
        "9223372036854775808",
        "0x7FFFFFFFFFFFFFFF",
        "0xFFFFFFFFFFFFFFFF",
        "0777777777777777777777",
        "01777777777777777777777",
        "0b1111",
        "0o17",
        "1_000.5_0",
        "1e3",
        "1E-7",
        ".5",
        "6.",
        "- 5",
        "+5",
        "-0",
        "-0.0",
        "-.5e-3",
        "INF",
        "-INF",
        "\\true",
        "False",
        "nUlL",
        "['5' => 1, '05' => 2, 5.7 => 3, true => 4, null => 5, '-0' => 6, -0 => 7, false => 8]",
        "[-3 => 'a', 'b', 'c']",
        "['a', 3 => 'b', 'c', '7' => 'd', 'e', 'x' => 'f', 'g']",
        "[-9 => 'a', -10 => 'b', 'c']",
        "['9223372036854775807' => 1, '-9223372036854775808' => 2, '9223372036854775808' => 3]",
        "array(array(), [array(1,),],)",
        "['a' => 1, 'b' => 2, 'a' => 3]",
        "[/* a */ 1 // b\n , # c\n 2, #\n]",
    ];
    let sources: Vec<Vec<u8>> = values
        .iter()
        .map(|value| format!("<?php return [{value}];").into_bytes())
        .collect();
    for (source, dump) in sources.iter().zip(php::include_all(&sources)) {
        let shown = String::from_utf8_lossy(source);
        let file =
            PhpFile::parse(source.clone()).unwrap_or_else(|error| panic!("{error}: {shown}"));
        assert_eq!(php::dump(&file.root().unwrap()), dump, "{shown}");
    }
}

/// What PHP runs as code is never read as a literal, and its neighbours still are.
#[test]
fn expressions_end_where_php_ends_them() {
    let expressions = [
        ("PHP_INT_SIZE", Expression::Constant),
        ("\\PDO::MYSQL_ATTR_SSL_CA", Expression::Constant),
        ("60 * 60", Expression::Other),
        ("'a' . \"]\" . 'b'", Expression::Concatenation),
        (
            "'a' . \"\\0\" . strtolower('],')",
            Expression::Concatenation,
        ),
        ("getenv('],') ?: '=>'", Expression::Call),
        ("$undefined['x'] ?? 'd'", Expression::Variable),
        ("\"a{$undefined[\"]\"]}b\"", Expression::Interpolation),
        ("fn($x) => [$x, 1]", Expression::Other),
        ("static fn() => 1", Expression::Other),
        ("(function () { return [1, 2]; })()", Expression::Other),
        ("[1, 2][0]", Expression::Other),
        ("['a' => 1] + ['b' => 2]", Expression::Other),
        ("true && false", Expression::Other),
        ("-9223372036854775807 - 2", Expression::Other),
        ("match(true) { default => [1], }", Expression::Other),
        ("#[Unseen]\n fn() => 1", Expression::Other),
        ("!true", Expression::Other),
        ("(int) '5'", Expression::Other),
        ("1 <=> 2", Expression::Other),
        ("<<<A\n{$undefined}]\nA . 'x'", Expression::Concatenation),
        ("new ArrayObject([1, 2])", Expression::Other),
    ];
    let array = |text: &str| format!("['x' => 1, 'e' => {text}, 'y' => ['z' => 2]]");
    let source = |text: &str| format!("<?php $undefined = null; return {};", array(text));
    let sources: Vec<Vec<u8>> = expressions
        .iter()
        .map(|(text, _)| format!("<?php return ['n' => count({})];", array(text)).into_bytes())
        .collect();
    assert!(
        php::include_all(&sources)
            .iter()
            .all(|dump| dump == "a1{s6e;i3;}")
    );
    for (text, expression) in expressions {
        let file = PhpFile::parse(source(text).into_bytes())
            .unwrap_or_else(|error| panic!("{error}: {text}"));
        let refused = file.get(&["e"]).expect_err(text);
        assert_eq!(
            (refused.path.as_str(), refused.expression),
            ("e", expression),
            "{text}"
        );
        assert_eq!(
            file.get(&["y", "z"]).unwrap(),
            Some(Value::Int(2)),
            "{text}"
        );
        assert_eq!(file.leaves(&[]).unwrap().len(), 3, "{text}");
    }
}

#[test]
fn unreadable_files_are_told_apart_and_named_by_line() {
    for (source, line, problem) in [
        ("", 1, Problem::NotPhp),
        ("[]", 1, Problem::NotPhp),
        ("<?php", 1, Problem::NoReturn),
        ("<?php\n$a = 1;\n", 3, Problem::NoReturn),
        ("<?php\nreturn 'x';", 2, Problem::NotAnArray),
        ("<?php\nreturn;", 2, Problem::NotAnArray),
        ("<?php\nreturn [] + $x;", 2, Problem::NotAnArray),
        (
            "<?php\nif (x()) return [];\n",
            2,
            Problem::ConditionalReturn,
        ),
        (
            "<?php\nif (x()) { return []; }\nreturn [];",
            2,
            Problem::ConditionalReturn,
        ),
        ("<?php return [];\nfoo();", 2, Problem::TrailingCode),
        (
            "<?php if (x()): $a = 1; return [] ?>\n<?php endif; return [1];",
            1,
            Problem::TrailingCode,
        ),
        (
            "<?php\nreturn [\n'a' => 'b",
            3,
            Problem::Truncated("a closing quote"),
        ),
        (
            "<?php\nreturn [\n'a' => 'b',",
            3,
            Problem::Truncated("a value"),
        ),
        (
            "<?php\nreturn [\n'a' => getenv(",
            3,
            Problem::Truncated("the end of an expression"),
        ),
        (
            "<?php\nreturn []",
            2,
            Problem::Truncated("`;` after the returned array"),
        ),
        ("<?php\nreturn [ /* x", 2, Problem::Truncated("`*/`")),
        ("<?php\nreturn [089];", 2, Problem::Malformed("number")),
        (
            "<?php\nreturn ['p' => 'it's'];",
            2,
            Problem::Truncated("a closing quote"),
        ),
        (
            "<?php\nreturn ['a' => 1 'b' => 2];",
            2,
            Problem::Unexpected {
                found: "`=>`",
                expected: "`,` or the end of the array",
            },
        ),
    ] {
        let error = PhpFile::parse(source.into()).expect_err(source);
        assert_eq!(
            (error.line(), error.problem()),
            (line, &problem),
            "{source}"
        );
    }
    let deep = format!(
        "<?php return {}{};",
        "[".repeat(100_000),
        "]".repeat(100_000)
    );
    assert_eq!(
        *PhpFile::parse(deep.into()).unwrap_err().problem(),
        Problem::TooDeep
    );
    let interpolated = format!("<?php return [{}1];", "\"{$a[".repeat(100_000));
    assert_eq!(
        *PhpFile::parse(interpolated.into()).unwrap_err().problem(),
        Problem::TooDeep
    );
}

#[test]
fn anything_harmless_may_stand_around_the_array() {
    for source in [
        "\u{feff}<?php return ['a' => 1];",
        "#!/usr/bin/php\n<?PHP return ['a' => 1];",
        "<?php declare(strict_types=1); namespace A; use B\\{C, D}; return ['a' => 1] ?>",
        "<?php\nif (!defined('X')) { define('X', 'return [];'); }\n$x->return(); return ['a' => 1];",
        "<?php return array('a' => 1); // done\n?>\nany text",
    ] {
        let file =
            PhpFile::parse(source.into()).unwrap_or_else(|error| panic!("{error}: {source}"));
        assert_eq!(file.get(&["a"]).unwrap(), Some(Value::Int(1)), "{source}");
    }
}
