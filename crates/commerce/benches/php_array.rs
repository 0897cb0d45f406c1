//! Reading and editing a configuration file of one megabyte: the aim is under 20 ms for reading.
#![expect(clippy::unwrap_used, reason = "a benchmark stops where it fails")]

use commerce::php_array::{Key, PhpFile, Value, write};
use criterion::{Criterion, criterion_group, criterion_main};
use std::hint::black_box;

/// A file as Commerce writes it, with many locked values of many stores.
fn one_megabyte() -> Vec<u8> {
    let fields = |store: usize| {
        (0..40).map(move |field| {
            let value = format!("https://store-{store}.example.test/it's/{field}\\path");
            (
                Key::from(format!("field_{field}").as_str()),
                Value::string(value.as_str()),
            )
        })
    };
    let stores = (0..300).map(|store| {
        let group = Value::Array(vec![(
            Key::from("group"),
            Value::Array(fields(store).collect()),
        )]);
        (Key::from(format!("store_{store}").as_str()), group)
    });
    let system = Value::Array(vec![(Key::from("stores"), Value::Array(stores.collect()))]);
    let source = write(&Value::Array(vec![(Key::from("system"), system)])).to_vec();
    assert!(
        (1_000_000..1_200_000).contains(&source.len()),
        "{} bytes",
        source.len()
    );
    source
}

fn benchmark(criterion: &mut Criterion) {
    let source = one_megabyte();
    criterion.bench_function("parse 1 MB", |bencher| {
        bencher.iter_with_large_drop(|| PhpFile::parse(black_box(source.clone())).unwrap());
    });
    let path = ["system", "stores", "store_120", "group", "field_20"];
    let file = PhpFile::parse(source.clone()).unwrap();
    criterion.bench_function("look up in 1 MB", |bencher| {
        bencher.iter(|| file.get(black_box(&path)).unwrap());
    });
    criterion.bench_function("parse and remove from 1 MB", |bencher| {
        bencher.iter_with_large_drop(|| {
            let mut file = PhpFile::parse(black_box(source.clone())).unwrap();
            assert!(file.remove(&path).unwrap());
            file
        });
    });
}

criterion_group!(benches, benchmark);
criterion_main!(benches);
