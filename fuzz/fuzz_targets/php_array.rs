//! Any bytes as a PHP configuration file, and as what stands inside its array: reading never
//! fails badly, an edit says what it should, and a refused one leaves every byte.
#![no_main]

use commerce::php_array::{PhpFile, PhpString, Value, write};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|input: (&[u8], bool, Vec<String>, &[u8])| {
    let (bytes, is_inside, path, text) = input;
    let source = match is_inside {
        true => [b"<?php return [".as_slice(), bytes, b"];"].concat(),
        false => bytes.to_vec(),
    };
    let Ok(mut file) = PhpFile::parse(source.clone()) else {
        return;
    };
    if let Ok(value) = file.root() {
        let written = PhpFile::parse(write(&value).to_vec()).expect("what we write is PHP");
        assert_eq!(written.root().expect("literals"), value);
    }
    let mut paths: Vec<Vec<String>> = file
        .leaves(&[])
        .expect("the whole file")
        .iter()
        .map(|leaf| leaf.path.iter().map(ToString::to_string).collect())
        .collect();
    paths.truncate(8);
    paths.push(path);
    for path in &paths {
        let path: Vec<&str> = path.iter().map(String::as_str).collect();
        let value = Value::String(PhpString::from(text));
        let before = file.source().to_vec();
        match file.set(&path, &value) {
            Ok(()) => assert_eq!(file.get(&path), Ok(Some(value))),
            Err(_) => assert_eq!(file.source(), before),
        }
        let before = file.source().to_vec();
        match file.remove(&path) {
            Ok(removed) => assert_eq!(removed, file.source() != before),
            Err(_) => assert_eq!(file.source(), before),
        }
    }
    PhpFile::parse(file.source().to_vec()).expect("an edited file is still one");
});
