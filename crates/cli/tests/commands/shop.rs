//! A shop and those around it: its folder and database, made by the program itself or as PHP
//! Commerce leaves them, and the provider its admins sign in at.

use std::fs;
use std::os::unix::fs::{DirBuilderExt, PermissionsExt};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::OnceLock;

use ims_sandbox::{Options, Sandbox};
use store::database::{Database, DatabaseError, Settings, Transaction};
use store::schema::{ADMINISTRATORS_ROLE, create_commerce_tables};
use store::testing::TestDatabase;
use tempfile::TempDir;
use tokio::runtime::Runtime;

use crate::fingerprint::{self, Fingerprint};
use crate::invocation::{Invocation, PROGRAM};
use crate::run::Run;

/// A hash that PHP Commerce made; the password is `Secret123`.
pub(crate) const HASH_BY_PHP: &str = "bf9736ae340173fbbf8974f9480bc64a0849b83adc9288229214773393975697:qYxk3ZbB1vT9sLr0aWnEJc7uMDh5gG2o:3_32_2_67108864";

/// Long before any test enables anything.
const LONG_AGO: &str = "2020-01-02 03:04:05";

/// An instance in a folder of its own, gone when it is dropped.
pub(crate) struct Shop {
    folder: TempDir,
    server: Option<TestDatabase>,
    provider: Option<Sandbox>,
    runtime: Runtime,
}

impl Shop {
    /// A folder for an instance to be.
    pub(crate) fn empty() -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        // Other users than ours are sent in there, too.
        fs::set_permissions(folder.path(), fs::Permissions::from_mode(0o755)).expect("its mode");
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build();
        let shop = Self {
            folder,
            server: None,
            provider: None,
            runtime: runtime.expect("a runtime"),
        };
        fs::create_dir(shop.root()).expect("the instance's folder");
        shop
    }

    /// What `setup:install` makes, with the admin Ann, whose password is `Before1234`.
    pub(crate) fn new() -> Self {
        let shop = Self::empty();
        for (path, mode, bytes) in template() {
            let path = shop.path(path);
            fs::DirBuilder::new()
                .recursive(true)
                .mode(0o755)
                .create(path.parent().expect("a folder"))
                .expect("the instance's folders");
            if let Some(bytes) = bytes {
                fs::write(&path, bytes).expect("a file of the instance");
            } else {
                fs::create_dir_all(&path).expect("a folder of the instance");
            }
            fs::set_permissions(&path, fs::Permissions::from_mode(*mode)).expect("its mode");
        }
        shop
    }

    /// A shop of PHP Commerce on MariaDB, with a table prefix, that Postern has never seen. Its
    /// admin Ann has the password `Secret123`.
    pub(crate) fn of_php() -> Self {
        let mut shop = Self::empty();
        let server = shop.runtime.block_on(async {
            let server = TestDatabase::mariadb_empty("mg_").await;
            let mut connection = server.connection().await;
            create_commerce_tables(&mut connection)
                .await
                .expect("Commerce's tables");
            server
        });
        let Settings::MySql(settings) = server.settings() else {
            unreachable!("it is MariaDB")
        };
        let env_php = include_str!("shop/env.php")
            .replace("SERVER", &settings.address.to_string())
            .replace("DATABASE", &settings.database);
        shop.server = Some(server);
        for (path, text) in [
            ("app/etc/env.php", env_php.as_str()),
            ("app/etc/config.php", include_str!("shop/config.php")),
            (
                "bin/magento",
                "#!/usr/bin/env php\n<?php // Commerce's own\n",
            ),
            (
                "var/log/system.log",
                "[2026-01-02] main.INFO: Cache file with merged layout\n",
            ),
        ] {
            fs::create_dir_all(shop.path(path).parent().expect("a folder")).expect("its folder");
            shop.write(path, text);
        }
        shop.seed_admin("ann", Some("ann@shop.test"), HASH_BY_PHP);
        shop
    }

    /// The same, adopted with `setup:upgrade`.
    pub(crate) fn adopted() -> Self {
        let shop = Self::of_php();
        shop.run(["setup:upgrade"]).succeeded();
        shop
    }

    /// With a provider of its own, to whose addresses the shop's configuration leads.
    pub(crate) fn with_provider(mut self) -> Self {
        let provider = Sandbox::start(Options::default()).expect("the stand-in");
        for name in ["imsUrl", "organizationMembershipUrl"] {
            self.set_configuration(&format!("adobe_ims/integration/{name}"), &provider.url());
        }
        self.set_configuration("web/secure/base_url", "https://shop.test/");
        self.provider = Some(provider);
        self
    }

    /// With the integration on.
    pub(crate) fn enabled(self) -> Self {
        let shop = self.with_provider();
        shop.enabling(&[]).run().succeeded();
        shop
    }

    /// `admin:adobe-ims:enable` with everything it needs, the secret in a file, and `more`.
    pub(crate) fn enabling(&self, more: &[&str]) -> Invocation<'_> {
        let secret = self.folder().join("client-secret");
        fs::write(&secret, "sandbox-secret\n").expect("the secret's file");
        let secret = format!("--client-secret-file={}", secret.display());
        let mut arguments = vec!["admin:adobe-ims:enable", "--2fa=yes", &secret];
        arguments.extend([
            "--organization-id=0123456789ABCDEF01234567",
            "-c",
            "sandbox-client",
        ]);
        arguments.extend(more);
        self.postern(&arguments)
    }

    /// `admin:adobe-ims:enable --issuer` with the stand-in's plain OpenID provider, and `more`, which
    /// says who belongs to the organization.
    pub(crate) fn enabling_open_id(&self, more: &[&str]) -> Invocation<'_> {
        let secret = self.folder().join("client-secret");
        fs::write(&secret, "sandbox-secret\n").expect("the secret's file");
        let secret = format!("--client-secret-file={}", secret.display());
        let issuer = format!("--issuer={}", self.provider().open_id_issuer());
        let mut arguments = vec!["admin:adobe-ims:enable", "--2fa=yes", &secret, &issuer];
        arguments.push("--client-id=sandbox-client");
        arguments.extend(more);
        self.postern(&arguments)
    }

    /// A command line, to be run with [`Invocation::run`].
    pub(crate) fn postern(&self, arguments: &[&str]) -> Invocation<'_> {
        Invocation::new(self, arguments)
    }

    /// Runs a command in the instance's folder, as most people do.
    pub(crate) fn run<const N: usize>(&self, arguments: [&str; N]) -> Run {
        self.postern(&arguments).run()
    }

    /// The folder around the instance, for what belongs to no instance.
    pub(crate) fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// The instance's folder.
    pub(crate) fn root(&self) -> PathBuf {
        self.folder().join("shop")
    }

    /// A path below the root.
    pub(crate) fn path(&self, relative: &str) -> PathBuf {
        self.root().join(relative)
    }

    /// Replaces a file of the instance.
    pub(crate) fn write(&self, relative: &str, text: &str) {
        fs::write(self.path(relative), text).expect("a file of the instance");
    }

    /// A file of the instance.
    pub(crate) fn read(&self, relative: &str) -> String {
        fs::read_to_string(self.path(relative)).expect("a file of the instance")
    }

    /// Puts `new` in place of `old` in a file, where `old` must stand.
    pub(crate) fn edit(&self, relative: &str, old: &str, new: &str) {
        let text = self.read(relative);
        assert!(text.contains(old), "{relative} lacks {old}");
        self.write(relative, &text.replace(old, new));
    }

    /// Sets the permission bits of a file or folder.
    pub(crate) fn set_mode(&self, relative: &str, mode: u32) {
        let permissions = fs::Permissions::from_mode(mode);
        fs::set_permissions(self.path(relative), permissions).expect("its mode");
    }

    /// What PHP makes of a configuration file: `php` is an expression over `$c`, the array.
    pub(crate) fn php(&self, relative: &str, php: &str) -> String {
        let code = format!("$c = include $argv[1]; echo var_export({php}, true);");
        let output = Command::new("php")
            .args(["-r", &code, "--"])
            .arg(self.path(relative))
            .output()
            .expect("these tests need the PHP command line");
        assert!(
            output.status.success(),
            "{}",
            String::from_utf8_lossy(&output.stderr)
        );
        String::from_utf8(output.stdout).expect("text")
    }

    /// The stand-in for Adobe.
    pub(crate) fn provider(&self) -> &Sandbox {
        self.provider.as_ref().expect("a shop with a provider")
    }

    /// Where the database is.
    pub(crate) fn settings(&self) -> Settings {
        match &self.server {
            Some(server) => server.settings().clone(),
            None => Settings::Sqlite {
                file: self.path("data/postern.sqlite"),
                prefix: String::new(),
            },
        }
    }

    fn with_database<T>(&self, work: impl AsyncFnOnce(&Database) -> Result<T, DatabaseError>) -> T {
        let done = self.runtime.block_on(async {
            let database = Database::open(&self.settings(), 1).await?;
            let done = work(&database).await;
            database.close().await;
            done
        });
        done.unwrap_or_else(|why| panic!("the test's own SQL: {why}"))
    }

    /// Runs a statement; `#` stands for the table prefix.
    pub(crate) fn sql(&self, sql: &str) {
        self.with_database(async |database| {
            database.connection().await?.execute(sql, vec![]).await
        });
    }

    /// The rows of a query, each as one line with `|` between its columns.
    pub(crate) fn rows(&self, sql: &str) -> Vec<String> {
        let rows = self.with_database(async |database| {
            database
                .connection()
                .await?
                .fetch_all(sql, Vec::new())
                .await
        });
        rows.iter().map(fingerprint::text).collect()
    }

    /// Holds what a switch needs while `work` goes on, as another process would.
    pub(crate) fn while_another_switches<T>(&self, work: impl FnOnce() -> T) -> T {
        self.while_held("SELECT * FROM #postern_sign_in_mode FOR UPDATE", work)
    }

    /// Does something while a transaction of somebody else's holds rows. The statement is for a
    /// server: on SQLite whoever has begun to write holds all of them.
    pub(crate) fn while_held<T>(&self, statement: &str, work: impl FnOnce() -> T) -> T {
        let held: (Database, Transaction) = self.runtime.block_on(async {
            let database = Database::open(&self.settings(), 1)
                .await
                .expect("the database");
            let mut transaction = database.begin().await.expect("a transaction");
            if database.is_server() {
                let rows = transaction.fetch_all(statement, Vec::new());
                rows.await.expect("the rows");
            }
            (database, transaction)
        });
        let done = work();
        let (database, transaction) = held;
        self.runtime.block_on(async {
            drop(transaction);
            database.close().await;
        });
        done
    }

    /// A row of `core_config_data` in the default scope.
    pub(crate) fn set_configuration(&self, path: &str, value: &str) {
        self.sql(&format!(
            "INSERT INTO #core_config_data (scope, scope_id, path, value) \
             VALUES ('default', 0, '{path}', '{value}')"
        ));
    }

    /// An active admin with all rights, made long ago.
    pub(crate) fn seed_admin(&self, username: &str, email: Option<&str>, hash: &str) {
        let email = email.map_or("NULL".to_owned(), |email| format!("'{email}'"));
        self.sql(&format!(
            "INSERT INTO #admin_user (firstname, lastname, email, username, password, created) \
             VALUES ('First', 'Last', {email}, '{username}', '{hash}', '{LONG_AGO}')"
        ));
        self.sql(&format!(
            "INSERT INTO #authorization_role (parent_id, tree_level, role_type, user_id, \
             user_type, role_name) SELECT {ADMINISTRATORS_ROLE}, 2, 'U', user_id, '2', username \
             FROM #admin_user WHERE username = '{username}'"
        ));
    }

    /// Every file and every row.
    pub(crate) fn fingerprint(&self) -> Fingerprint {
        let is_there = self.server.is_some() || self.path("data/postern.sqlite").exists();
        self.runtime.block_on(async {
            let database = match is_there {
                true => Database::open(&self.settings(), 1).await.ok(),
                false => None,
            };
            let taken = Fingerprint::take(&self.root(), database.as_ref()).await;
            if let Some(database) = database {
                database.close().await;
            }
            taken
        })
    }

    /// What snapshots have in place of the names of this machine and this run.
    pub(crate) fn names(&self) -> Vec<(String, &'static str)> {
        let host = rustix::system::uname()
            .nodename()
            .to_string_lossy()
            .into_owned();
        let mut names = vec![
            (self.root().display().to_string(), "SHOP"),
            (self.folder().display().to_string(), "FOLDER"),
            (format!("operator@{host}"), "operator@HOST"),
        ];
        if let Some(provider) = &self.provider {
            names.push((provider.address().to_string(), "PROVIDER"));
        }
        if let Settings::MySql(settings) = self.settings() {
            names.push((settings.database, "DATABASE"));
        }
        names
    }
}

/// A file or folder (without bytes) below the root, with its mode.
type Entry = (String, u32, Option<Vec<u8>>);

/// A new instance, made once and copied by every test: installing takes half a second.
fn template() -> &'static [Entry] {
    static TEMPLATE: OnceLock<Vec<Entry>> = OnceLock::new();
    TEMPLATE.get_or_init(|| {
        let shop = Shop::empty();
        install(&shop);
        shop.sql(&format!("UPDATE #admin_user SET created = '{LONG_AGO}'"));
        let mut entries = Vec::new();
        collect(&shop.root(), &shop.root(), &mut entries);
        entries
    })
}

fn install(shop: &Shop) {
    assert!(Path::new(PROGRAM).exists());
    let admin = [
        "--admin-user=ann",
        "--admin-email=ann@shop.test",
        "--admin-password=Before1234",
    ];
    let names = [
        "--admin-firstname=Ann",
        "--admin-lastname=Owner",
        "--backend-frontname=backend",
    ];
    let key = "--key=0123456789abcdef0123456789abcdef";
    let arguments = [&["setup:install", key], admin.as_slice(), &names].concat();
    shop.postern(&arguments).run().succeeded();
}

fn collect(root: &Path, folder: &Path, entries: &mut Vec<Entry>) {
    for entry in fs::read_dir(folder).expect("a readable folder") {
        let path = entry.expect("its entry").path();
        let mode = fs::metadata(&path)
            .expect("about a file")
            .permissions()
            .mode()
            & 0o7777;
        let name = path
            .strip_prefix(root)
            .expect("below the root")
            .display()
            .to_string();
        if path.is_dir() {
            entries.push((name, mode, None));
            collect(root, &path, entries);
        } else {
            entries.push((name, mode, Some(fs::read(&path).expect("a readable file"))));
        }
    }
}
