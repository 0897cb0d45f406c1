//! Real PHP as the judge: many files are read by one process, and values come back in a form that
//! tells every type and byte apart.

use std::fmt::Write as _;
use std::process::Command;

use commerce::php_array::{Key, Value};

const SCRIPT: &str = r#"
function dump($value) {
    if (is_null($value)) return 'n;';
    if (is_bool($value)) return $value ? 'b1;' : 'b0;';
    if (is_int($value)) return "i$value;";
    if (is_float($value)) return 'd' . bin2hex(pack('E', $value)) . ';';
    if (is_string($value)) return 's' . bin2hex($value) . ';';
    $text = 'a' . count($value) . '{';
    foreach ($value as $key => $item) $text .= dump($key) . dump($item);
    return $text . '}';
}
for ($file = 0; $file < (int) $argv[2]; $file++) {
    try {
        $text = dump(include "$argv[1]/$file.php");
    } catch (Throwable $error) {
        $text = get_class($error) . ': ' . $error->getMessage();
    }
    echo $text, "\n";
}
"#;

/// What PHP's `include` returns for each source, dumped.
pub(crate) fn include_all(sources: &[Vec<u8>]) -> Vec<String> {
    let folder = tempfile::tempdir().unwrap();
    for (number, source) in sources.iter().enumerate() {
        std::fs::write(folder.path().join(format!("{number}.php")), source).unwrap();
    }
    let output = Command::new("php")
        .args([
            "-d",
            "error_reporting=0",
            "-d",
            "memory_limit=1G",
            "-r",
            SCRIPT,
            "--",
        ])
        .arg(folder.path())
        .arg(sources.len().to_string())
        .output()
        .expect("php must be installed");
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stdout)
    );
    String::from_utf8(output.stdout)
        .unwrap()
        .lines()
        .map(str::to_owned)
        .collect()
}

/// The same dump of a value of ours.
pub(crate) fn dump(value: &Value) -> String {
    match value {
        Value::Null => "n;".to_owned(),
        Value::Bool(value) => format!("b{};", u8::from(*value)),
        Value::Int(number) => format!("i{number};"),
        Value::Float(number) => format!("d{:016x};", number.to_bits()),
        Value::String(string) => format!("s{};", hex(string.as_bytes())),
        Value::Array(entries) => {
            let mut text = format!("a{}{{", entries.len());
            for (key, value) in entries {
                match key {
                    Key::Int(number) => write!(text, "i{number};").unwrap(),
                    Key::String(bytes) => write!(text, "s{};", hex(bytes)).unwrap(),
                }
                text.push_str(&dump(value));
            }
            text + "}"
        }
    }
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
