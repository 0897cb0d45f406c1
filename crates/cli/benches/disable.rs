//! `admin:adobe-ims:disable` as a whole process, against the least that such a process must do:
//! start, open the same database, commit one transaction with fsync, replace the file with fsync.
//! Each run has an instance of its own with the integration on; making it is not timed.

#![expect(
    clippy::unwrap_used,
    reason = "a benchmark that cannot be set up has to stop"
)]

use commerce::configuration::ConfigFile;
use criterion::{Criterion, criterion_group};
use ims_sandbox::{Options, Sandbox};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};
use store::atomic_file;
use store::database::{Database, Settings};
use store::instance::Instance;

/// The argument that makes this program the floor.
const FLOOR: &str = "--floor-in";

/// What `app:config:dump` leaves in the file that must be rewritten.
const CONFIG_PHP: &str = "<?php\nreturn [\n    'modules' => [\n        'Magento_Store' => 1\n    ],\n    \
    'system' => [\n        'default' => [\n            'adobe_ims' => [\n                \
    'integration' => [\n                    'admin_enabled' => '1'\n                ]\n            \
    ]\n        ]\n    ]\n];\n";

fn main() {
    let mut arguments = std::env::args_os()
        .skip_while(|argument| argument != FLOOR)
        .skip(1);
    match arguments.next() {
        Some(root) => floor(Path::new(&root)),
        None => {
            benches();
            Criterion::default().configure_from_args().final_summary();
        }
    }
}

fn floor(root: &Path) {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap();
    runtime.block_on(async {
        let settings = Settings::Sqlite {
            file: root.join("data/postern.sqlite"),
            prefix: String::new(),
        };
        let database = Database::open(&settings, 1).await.unwrap();
        let mut transaction = database.begin().await.unwrap();
        let sql = "UPDATE #postern_sign_in_mode SET epoch = epoch + 1";
        transaction.execute(sql, Vec::new()).await.unwrap();
        transaction.commit().await.unwrap();
        let instance = Instance::at(root).unwrap();
        atomic_file::replace(
            &instance.path_of(ConfigFile::Config),
            b"<?php\nreturn [];\n",
        )
        .unwrap();
        database.close().await;
    });
}

criterion_group! {
    name = benches;
    config = Criterion::default()
        .sample_size(30)
        .warm_up_time(Duration::from_secs(2))
        .measurement_time(Duration::from_secs(10));
    targets = compare
}

fn compare(criterion: &mut Criterion) {
    let template = Template::new();
    let mut group = criterion.benchmark_group("disable");
    let floor = std::env::current_exe().unwrap();
    group.bench_function("floor", |bencher| {
        bencher.iter_custom(|times| {
            template.time(times, |root| {
                let mut command = Command::new(&floor);
                command.arg(FLOOR).arg(root);
                command
            })
        });
    });
    group.bench_function("command", |bencher| {
        bencher.iter_custom(|times| {
            template.time(times, |root| {
                let mut command = Command::new(env!("CARGO_BIN_EXE_postern"));
                command
                    .arg("--root")
                    .arg(root)
                    .arg("admin:adobe-ims:disable");
                command
            })
        });
    });
    group.finish();
}

/// An instance with the integration on, to be copied.
struct Template {
    folder: tempfile::TempDir,
}

impl Template {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path().join("template");
        let sandbox = Sandbox::start(Options::default()).unwrap();
        let run = |arguments: &[&str]| {
            let mut command = Command::new(env!("CARGO_BIN_EXE_postern"));
            let output = command
                .arg("--root")
                .arg(&root)
                .args(arguments)
                .output()
                .unwrap();
            assert!(output.status.success(), "{output:?}");
        };
        run(&[
            "setup:install",
            "--admin-user",
            "ann",
            "--admin-password",
            "Secret123",
            "--admin-email",
            "ann@shop.test",
            "--admin-firstname",
            "Ann",
            "--admin-lastname",
            "A",
        ]);
        run(&["config:set", "adobe_ims/integration/imsUrl", &sandbox.url()]);
        let options = Options::default();
        run(&[
            "admin:adobe-ims:enable",
            "-o",
            &options.organization_id,
            "-c",
            &options.client_id,
            "-s",
            secrecy::ExposeSecret::expose_secret(&options.client_secret),
            "-t",
            "yes",
        ]);
        std::fs::write(root.join("app/etc/config.php"), CONFIG_PHP).unwrap();
        Self { folder }
    }

    /// How long `times` runs take, each on a fresh copy.
    fn time(&self, times: u64, command: impl Fn(&Path) -> Command) -> Duration {
        let mut elapsed = Duration::ZERO;
        for _ in 0..times {
            let copy = self.copy();
            let mut command = command(&copy);
            command.stdout(Stdio::null()).stderr(Stdio::null());
            let begun = Instant::now();
            let status = command.status().unwrap();
            elapsed += begun.elapsed();
            assert!(status.success());
            std::fs::remove_dir_all(copy).unwrap();
        }
        elapsed
    }

    fn copy(&self) -> PathBuf {
        let copy = self.folder.path().join("copy");
        let copied = Command::new("cp")
            .arg("-a")
            .arg(self.folder.path().join("template"))
            .arg(&copy)
            .status()
            .unwrap();
        assert!(copied.success());
        // What copying left in memory must not be written out while the run is timed.
        Command::new("sync").arg("-f").arg(&copy).status().unwrap();
        copy
    }
}
