//! `admin:adobe-ims:disable` as a whole process, against the least that such a process must do:
//! start, open the same database, commit one transaction with fsync, replace the file with fsync.
//! Each run has an instance of its own with the integration on; making it is not timed. The two
//! run in turn, since a disk that is busy for a second must slow both alike.

#![expect(
    clippy::unwrap_used,
    reason = "a benchmark that cannot be set up has to stop"
)]
#![expect(clippy::print_stdout, reason = "the comparison is the result")]

use commerce::configuration::ConfigFile;
use ims_sandbox::{Options, Sandbox};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};
use store::atomic_file;
use store::database::{Database, Settings};
use store::instance::Instance;

/// The argument that makes this program the floor.
const FLOOR: &str = "--floor-in";

/// How often each of the two runs.
const PAIRS: usize = 40;

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
        None => compare(),
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

/// Runs both in turn, and prints the medians and how they compare.
fn compare() {
    let template = Template::new();
    let mut times: [Vec<Duration>; 2] = Default::default();
    // The first pair finds nothing in the machine's caches.
    for is_counted in std::iter::once(false).chain([true; PAIRS]) {
        for (times, command) in times.iter_mut().zip([floor_in, disable_in]) {
            let time = template.time(command);
            times.extend(is_counted.then_some(time));
        }
    }
    let [floor, command] = times.map(median);
    println!(
        "disable, medians of {PAIRS} pairs: floor {floor:.2?}, command {command:.2?}, ratio {:.2}",
        command.as_secs_f64() / floor.as_secs_f64()
    );
}

fn floor_in(root: &Path) -> Command {
    let mut command = Command::new(std::env::current_exe().unwrap());
    command.arg(FLOOR).arg(root);
    command
}

fn disable_in(root: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_postern"));
    command
        .arg("--root")
        .arg(root)
        .arg("admin:adobe-ims:disable");
    command
}

fn median(mut times: Vec<Duration>) -> Duration {
    times.sort_unstable();
    *times.get(times.len() / 2).unwrap()
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

    /// How long a command takes in a fresh copy.
    fn time(&self, command: fn(&Path) -> Command) -> Duration {
        let copy = self.copy();
        let mut command = command(&copy);
        command.stdout(Stdio::null()).stderr(Stdio::null());
        let begun = Instant::now();
        let status = command.status().unwrap();
        let elapsed = begun.elapsed();
        assert!(status.success());
        std::fs::remove_dir_all(copy).unwrap();
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
