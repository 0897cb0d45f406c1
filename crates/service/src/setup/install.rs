//! Making a new instance: its folders, database, first admin and `env.php`, in that order. The
//! file comes last, because an instance is a folder that has it: one that was interrupted is
//! none, and can be made again.

use super::made::Made;
use super::{SetupRefused, launcher};
use crate::admin::create::broken_rules;
use crate::error::ServiceError;
use crate::password_queue::PasswordQueue;
use crate::random;
use commerce::configuration::{ConfigFile, PASSKEY_RP_ID};
use commerce::encryption::Keyring;
use commerce::php_array::{self, Key, Value};
use domain::admin::ADMINISTRATORS_ROLE;
use domain::password_policy::{self, PasswordPolicy};
use domain::sign_in_mode::{ModeRecord, SignInMode};
use jiff::Timestamp;
use secrecy::{ExposeSecret, SecretString};
use std::fs;
use std::path::Path;
use store::admins::{self, Profile};
use store::atomic_file;
use store::database::{Database, MySqlSettings, Settings};
use store::{configuration_rows, schema, sign_in_mode};

/// Where the embedded database goes, relative to the root. Not below `var/`, which operators
/// empty without a thought.
const SQLITE_FILE: &str = "data/postern.sqlite";

/// Its name until it is complete. One that a killed installation left behind is made anew.
const SQLITE_FILE_TO_BE: &str = "data/postern.sqlite.new";

/// What the new instance is to be like; nothing means Commerce's default.
pub struct Options {
    /// `backend/frontName`.
    pub front_name: Option<String>,
    /// `crypt/key`.
    pub key: Option<SecretString>,
    /// A MySQL server; the embedded database without.
    pub mysql: Option<MySqlOptions>,
    /// `db/table_prefix`.
    pub prefix: String,
    /// The `session` section, from `save` on.
    pub session: Vec<(String, Value)>,
    /// The first admin.
    pub admin: Option<(Profile, SecretString)>,
    /// `admin/security/use_form_key`.
    pub use_security_key: bool,
    /// `web/unsecure/base_url`.
    pub base_url: Option<String>,
    /// `web/secure/base_url`.
    pub base_url_secure: Option<String>,
    /// The name that security keys and passkeys are bound to for ever; the host of the shop's address
    /// where it is not said, if there is one.
    pub passkey_domain: Option<String>,
    /// Modules that `config.php` is to switch off.
    pub disabled_modules: Vec<String>,
}

/// A MySQL server as the options name it.
pub struct MySqlOptions {
    /// How to reach it.
    pub settings: MySqlSettings,
    /// `host` as given, for `env.php`.
    pub host: String,
    /// `initStatements`.
    pub init_statements: String,
    /// PDO driver options of TLS, by their numbers.
    pub driver_options: Vec<(i64, Value)>,
}

/// What was made.
#[derive(Debug)]
pub struct Installed {
    /// `backend/frontName`.
    pub front_name: String,
    /// What keys are bound to, if it is known yet.
    pub passkey_domain: Option<String>,
}

impl Options {
    fn passkey_domain(&self) -> Option<String> {
        let address = self.base_url_secure.as_ref().or(self.base_url.as_ref());
        let host = || {
            url::Url::parse(address?)
                .ok()?
                .host_str()
                .map(str::to_owned)
        };
        let is_name = |host: &String| webauthn::check_id(host).is_ok();
        let said = self.passkey_domain.clone();
        said.or_else(|| host().filter(is_name))
    }
}

/// Makes the instance in `root`.
pub async fn install(
    root: &Path,
    program: &Path,
    options: Options,
    now: Timestamp,
    actor: &str,
) -> Result<Installed, ServiceError> {
    let env_php = root.join(ConfigFile::Env.to_string());
    if env_php.exists() {
        return Err(SetupRefused::AlreadyInstalled(root.display().to_string()).into());
    }
    let broken = broken_options(&options);
    if !broken.is_empty() {
        return Err(SetupRefused::Invalid(broken).into());
    }
    let front_name = match &options.front_name {
        Some(name) => name.clone(),
        None => format!(
            "admin_{}",
            random::text(6, b"abcdefghijklmnopqrstuvwxyz0123456789")?
        ),
    };
    let key = match &options.key {
        Some(key) => key.clone(),
        None => new_key()?,
    };
    Keyring::parse(key.expose_secret())?;
    let mut made = Made::default();
    let database = open_database(root, &options, &mut made).await?;
    fill(&database, &options, now, actor).await?;
    database.close().await;
    if options.mysql.is_none() {
        complete_embedded(root, &mut made)?;
    }
    if launcher::create(root, program)? {
        made.note(root.join("bin/magento"));
    }
    disable_modules(root, &options.disabled_modules, &mut made)?;
    let source = php_array::write(&env_value(&options, &front_name, &key, now));
    atomic_file::create(&env_php, &source, 0o640).map_err(|why| SetupRefused::CannotWrite {
        path: env_php.display().to_string(),
        why,
    })?;
    made.keep();
    Ok(Installed {
        front_name,
        passkey_domain: options.passkey_domain(),
    })
}

/// Writes `config.php` where a module is not wanted. What it does not name is as Commerce has it.
fn disable_modules(root: &Path, modules: &[String], made: &mut Made) -> Result<(), SetupRefused> {
    if modules.is_empty() {
        return Ok(());
    }
    let modules = modules
        .iter()
        .map(|module| (string_key(module), Value::Int(0)))
        .collect();
    let source = php_array::write(&array([("modules", Value::Array(modules))]));
    let config_php = root.join(ConfigFile::Config.to_string());
    atomic_file::create(&config_php, &source, 0o640).map_err(|why| SetupRefused::CannotWrite {
        path: config_php.display().to_string(),
        why,
    })?;
    made.note(config_php);
    Ok(())
}

/// Every option that breaks a rule, in Commerce's words.
fn broken_options(options: &Options) -> Vec<String> {
    let mut broken = Vec::new();
    let is_word = |text: &str| {
        !text.is_empty()
            && text
                .bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
    };
    if let Some(name) = options.front_name.as_deref().filter(|name| !is_word(name)) {
        broken.push(format!("Invalid backend frontname '{name}'"));
    }
    let prefix = options.prefix.as_str();
    if prefix.len() > 5 {
        broken.push("Table prefix length can't be more than 5 characters.".to_owned());
    }
    let begins_well = prefix.starts_with(|first: char| first.is_ascii_alphabetic());
    if !(prefix.is_empty() || begins_well && prefix.len() > 1 && is_word(prefix)) {
        broken.push(
            "Please correct the table prefix format, should contain only numbers, letters or \
             underscores. The first character should be a letter."
                .to_owned(),
        );
    }
    let wrong_key = options
        .key
        .as_ref()
        .is_some_and(|k| Keyring::parse(k.expose_secret()).is_err());
    if wrong_key {
        broken.push(
            "Invalid encryption key. Encryption key must be 32 character string without any \
             white space."
                .to_owned(),
        );
    }
    for (path, address) in addresses(options) {
        let scheme = url::Url::parse(address).map(|url| url.scheme().to_owned());
        if !scheme.is_ok_and(|scheme| ["http", "https"].contains(&scheme.as_str())) {
            broken.push(format!("Invalid {path}: {address} is no address of a shop"));
        }
    }
    if let Some(Err(why)) = options.passkey_domain.as_deref().map(webauthn::check_id) {
        broken.push(format!("Invalid passkey domain: {why}"));
    }
    if let Some((profile, password)) = &options.admin {
        let policy = PasswordPolicy::DEFAULT;
        let problems = password_policy::problems(policy, password.expose_secret(), None, &[]);
        broken.extend(broken_rules(profile, &problems));
    }
    broken
}

/// 32 random bytes in the form that Commerce writes since 2.4.7.
fn new_key() -> Result<SecretString, ServiceError> {
    let encoded = data_encoding::BASE64.encode(&random::bytes::<32>()?);
    Ok(SecretString::from(format!("base64{encoded}")))
}

/// A server is asked before anything is made; the embedded database needs its folder first.
async fn open_database(
    root: &Path,
    options: &Options,
    made: &mut Made,
) -> Result<Database, ServiceError> {
    if let Some(mysql) = &options.mysql {
        let settings = Settings::MySql(mysql.settings.clone());
        let database = Database::open(&settings, 1)
            .await
            .map_err(SetupRefused::Database)?;
        make_folders(root, made)?;
        return Ok(database);
    }
    if root.join(SQLITE_FILE).exists() {
        return Err(SetupRefused::DatabaseInUse(SQLITE_FILE.to_owned()).into());
    }
    make_folders(root, made)?;
    let file = root.join(SQLITE_FILE_TO_BE);
    for suffix in ["", "-wal", "-shm"] {
        let part = root.join(format!("{SQLITE_FILE_TO_BE}{suffix}"));
        // Hardly ever there; one that cannot be removed is told when it is to be made.
        let _ = fs::remove_file(&part);
        made.note(part);
    }
    Database::create_sqlite(&file)
        .await
        .map_err(SetupRefused::Database)?;
    let settings = Settings::Sqlite {
        file,
        prefix: options.prefix.clone(),
    };
    Ok(Database::open(&settings, 1)
        .await
        .map_err(SetupRefused::Database)?)
}

fn make_folders(root: &Path, made: &mut Made) -> Result<(), SetupRefused> {
    for folder in [
        "app/etc",
        "bin",
        "data",
        "var/log",
        "var/cache",
        "var/session",
    ] {
        let path = root.join(folder);
        made.folder(&path)
            .map_err(|why| SetupRefused::CannotWrite {
                path: path.display().to_string(),
                why,
            })?;
    }
    Ok(())
}

/// The embedded database is complete: gives it its name.
fn complete_embedded(root: &Path, made: &mut Made) -> Result<(), SetupRefused> {
    let file = root.join(SQLITE_FILE);
    let renamed = fs::rename(root.join(SQLITE_FILE_TO_BE), &file)
        .and_then(|()| fs::File::open(root.join("data"))?.sync_all());
    made.note(file);
    renamed.map_err(|why| SetupRefused::CannotWrite {
        path: SQLITE_FILE.to_owned(),
        why,
    })
}

/// Tables, the first admin, and the record of the mode.
async fn fill(
    database: &Database,
    options: &Options,
    now: Timestamp,
    actor: &str,
) -> Result<(), ServiceError> {
    let mut connection = database.connection().await?;
    if schema::check(&mut connection).await?.has("admin_user") {
        let name = options
            .mysql
            .as_ref()
            .map_or(SQLITE_FILE, |mysql| &mysql.settings.database);
        return Err(SetupRefused::DatabaseInUse(name.to_owned()).into());
    }
    schema::create_commerce_tables(&mut connection).await?;
    schema::migrate(&mut connection).await?;
    drop(connection);
    let mut transaction = database.begin().await?;
    if !options.use_security_key {
        let path = "admin/security/use_form_key";
        configuration_rows::set(&mut transaction, "default", 0, path, "0").await?;
    }
    for (path, address) in addresses(options) {
        let address = format!("{}/", address.trim_end_matches('/'));
        configuration_rows::set(&mut transaction, "default", 0, path, &address).await?;
    }
    if let Some(name) = options.passkey_domain() {
        configuration_rows::set(&mut transaction, "default", 0, PASSKEY_RP_ID, &name).await?;
    }
    if let Some((profile, password)) = &options.admin {
        let hash = PasswordQueue::with_workers(1)
            .hash(password.clone())
            .await?;
        admins::create(&mut transaction, profile, &hash, ADMINISTRATORS_ROLE, now).await?;
    }
    let record = ModeRecord::initial(SignInMode::Commerce, now, actor);
    sign_in_mode::create(&mut transaction, &record).await?;
    transaction.commit().await?;
    Ok(())
}

/// The shop's addresses that are given, by their paths.
fn addresses(options: &Options) -> impl Iterator<Item = (&'static str, &str)> {
    [
        ("web/unsecure/base_url", options.base_url.as_deref()),
        ("web/secure/base_url", options.base_url_secure.as_deref()),
    ]
    .into_iter()
    .filter_map(|(path, address)| Some((path, address?)))
}

fn env_value(options: &Options, front_name: &str, key: &SecretString, now: Timestamp) -> Value {
    let connection = match &options.mysql {
        Some(mysql) => mysql_connection(mysql),
        None => array([
            ("model", text("sqlite")),
            ("dbname", text(SQLITE_FILE)),
            ("active", text("1")),
        ]),
    };
    let session = if options.session.is_empty() {
        array([("save", text("files"))])
    } else {
        Value::Array(
            options
                .session
                .iter()
                .map(|(key, value)| (string_key(key), value.clone()))
                .collect(),
        )
    };
    array([
        ("backend", array([("frontName", text(front_name))])),
        ("crypt", array([("key", text(key.expose_secret()))])),
        (
            "db",
            array([
                ("table_prefix", text(&options.prefix)),
                ("connection", array([("default", connection)])),
            ]),
        ),
        (
            "resource",
            array([("default_setup", array([("connection", text("default"))]))]),
        ),
        ("x-frame-options", text("SAMEORIGIN")),
        ("MAGE_MODE", text("production")),
        ("session", session),
        (
            "install",
            array([(
                "date",
                text(&now.strftime("%a, %d %b %Y %H:%M:%S +0000").to_string()),
            )]),
        ),
    ])
}

fn mysql_connection(mysql: &MySqlOptions) -> Value {
    let settings = &mysql.settings;
    let mut entries = vec![
        (string_key("host"), text(&mysql.host)),
        (string_key("dbname"), text(&settings.database)),
        (string_key("username"), text(&settings.username)),
        (
            string_key("password"),
            text(settings.password.expose_secret()),
        ),
        (string_key("model"), text("mysql4")),
        (string_key("engine"), text("innodb")),
        (string_key("initStatements"), text(&mysql.init_statements)),
        (string_key("active"), text("1")),
    ];
    if !mysql.driver_options.is_empty() {
        let options = mysql
            .driver_options
            .iter()
            .map(|(n, value)| (Key::Int(*n), value.clone()))
            .collect();
        entries.push((string_key("driver_options"), Value::Array(options)));
    }
    Value::Array(entries)
}

fn text(text: &str) -> Value {
    Value::String(text.into())
}

fn string_key(key: &str) -> Key {
    Key::String(key.into())
}

fn array<const N: usize>(entries: [(&str, Value); N]) -> Value {
    Value::Array(
        entries
            .into_iter()
            .map(|(key, value)| (string_key(key), value))
            .collect(),
    )
}
