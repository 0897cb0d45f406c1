//! How fast the search for residue reads plain files: an operator waits for it after every switch.
//! The aim is 200 MB/s on one core, for the credentials and a handful of tokens.
#![expect(clippy::expect_used, reason = "a benchmark stops where it fails")]

use commerce::encryption::Keyring;
use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use secrecy::SecretString;
use std::time::{Duration, Instant};
use store::residue::{Budget, Needle, Needles, Search};

const FILE: usize = 32 << 20;

const LOG: &str = "[2026-11-21T01:02:03.123456+00:00] main.CRITICAL: Exception: No such entity \
    with id = 17 at /var/www/html/vendor/magento/module-catalog/Model/ProductRepository.php:298 \
    {\"report_id\":\"5f7c\",\"exception\":\"[object] (LocalizedException(code: 0))\"} []\n\
    #12 /var/www/html/vendor/magento/framework/App/Bootstrap.php(264): launch()\n";

const CONFIGURATION: &str = "        'default' => [\n            'id_prefix' => '69d_',\n            \
    'backend' => 'Magento\\\\Framework\\\\Cache\\\\Backend\\\\Redis', // a comment\n        ],\n";

fn needles() -> Needles {
    let letter =
        |n: u64| char::from(b'a' + (n.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 40) as u8 % 26);
    let token = |start: u64| (start..start + 1200).map(letter).collect::<String>();
    let values = [
        ("organization ID", "1234567890ABCDEF12345678".to_owned()),
        ("client ID", "0a1b2c3d4e5f60718293a4b5c6d7e8f9".to_owned()),
        (
            "client secret",
            "p8e-CLIENT_SECRET_value-0123456789".to_owned(),
        ),
        ("access token", token(1)),
        ("refresh token", token(5000)),
    ];
    let needle = |(label, value)| Needle::text(label, &SecretString::from(value));
    let needles: Result<Vec<_>, _> = values.map(needle).into_iter().collect();
    Needles::compile(&needles.expect("long enough values")).expect("few enough values")
}

fn plain_files(criterion: &mut Criterion) {
    let keyring = Keyring::parse("0123456789abcdef0123456789abcdef").expect("a key");
    let needles = needles();
    let mut group = criterion.benchmark_group("residue");
    group
        .sample_size(10)
        .throughput(Throughput::Bytes(FILE as u64));
    for (name, line) in [("log", LOG), ("configuration", CONFIGURATION)] {
        let root = tempfile::tempdir().expect("a temporary folder");
        let folder = root.path().join("var/log");
        std::fs::create_dir_all(&folder).expect("a folder");
        std::fs::write(folder.join("a.log"), line.repeat(FILE / line.len())).expect("a file");
        group.bench_function(name, |bencher| {
            bencher.iter(|| {
                let deadline = Instant::now() + Duration::from_secs(600);
                let mut search = Search::new(&needles, &keyring, Budget::new(deadline, u64::MAX));
                search.files(root.path(), None);
                assert!(search.finish().is_clean());
            });
        });
    }
    group.finish();
}

criterion_group!(benches, plain_files);
criterion_main!(benches);
