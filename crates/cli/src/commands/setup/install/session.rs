//! The session options of `setup:install`: where PHP Commerce, or Postern, keeps sessions.

use commerce::php_array::{Key, Value};
use secrecy::{ExposeSecret, SecretString};

/// The session handlers that Commerce knows.
const HANDLERS: [&str; 3] = ["files", "db", "redis"];

/// The compression libraries that its Redis handler knows.
const COMPRESSION_LIBRARIES: [&str; 4] = ["gzip", "lzf", "lz4", "snappy"];

/// A key of the `redis` section, and its value.
type Setting<'a> = (&'static str, &'a str);

/// Commerce's `--session-save*` options.
#[derive(clap::Args)]
pub(super) struct SessionOptions {
    /// Session save handler
    #[arg(long, default_value = "files")]
    session_save: String,
    /// Fully qualified host name, IP address, or absolute path if using UNIX sockets
    #[arg(long)]
    session_save_redis_host: Option<String>,
    /// Redis server listen port
    #[arg(long)]
    session_save_redis_port: Option<String>,
    /// Redis server password
    #[arg(long)]
    session_save_redis_password: Option<SecretString>,
    /// Connection timeout, in seconds
    #[arg(long)]
    session_save_redis_timeout: Option<String>,
    /// Unique string to enable persistent connections
    #[arg(long)]
    session_save_redis_persistent_id: Option<String>,
    /// Redis database number
    #[arg(long)]
    session_save_redis_db: Option<String>,
    /// Redis compression threshold
    #[arg(long)]
    session_save_redis_compression_threshold: Option<String>,
    /// Redis compression library. Values: gzip (default), lzf, lz4, snappy
    #[arg(long)]
    session_save_redis_compression_lib: Option<String>,
    /// Redis log level. Values: 0 (least verbose) to 7 (most verbose)
    #[arg(long)]
    session_save_redis_log_level: Option<String>,
    /// Maximum number of processes that can wait for a lock on one session
    #[arg(long)]
    session_save_redis_max_concurrency: Option<String>,
    /// Number of seconds to wait before trying to break a lock for frontend session
    #[arg(long)]
    session_save_redis_break_after_frontend: Option<String>,
    /// Number of seconds to wait before trying to break a lock for Admin session
    #[arg(long)]
    session_save_redis_break_after_adminhtml: Option<String>,
    /// Lifetime, in seconds, of session for non-bots on the first write (use 0 to disable)
    #[arg(long)]
    session_save_redis_first_lifetime: Option<String>,
    /// Lifetime, in seconds, of session for bots on the first write (use 0 to disable)
    #[arg(long)]
    session_save_redis_bot_first_lifetime: Option<String>,
    /// Lifetime of session for bots on subsequent writes (use 0 to disable)
    #[arg(long)]
    session_save_redis_bot_lifetime: Option<String>,
    /// Redis disable locking. Values: false (default), true
    #[arg(long)]
    session_save_redis_disable_locking: Option<String>,
    /// Redis min session lifetime, in seconds
    #[arg(long)]
    session_save_redis_min_lifetime: Option<String>,
    /// Redis max session lifetime, in seconds
    #[arg(long)]
    session_save_redis_max_lifetime: Option<String>,
    /// Redis Sentinel master
    #[arg(long)]
    session_save_redis_sentinel_master: Option<String>,
    /// List of Redis Sentinel servers, comma separated
    #[arg(long)]
    session_save_redis_sentinel_servers: Option<String>,
    /// Redis Sentinel connect retries
    #[arg(long)]
    session_save_redis_sentinel_connect_retries: Option<String>,
    /// Redis Sentinel verify master. Values: false (default), true
    #[arg(long)]
    session_save_redis_sentinel_verify_master: Option<String>,
}

impl SessionOptions {
    /// The entries of the `session` section of `env.php`, or every rule that is broken.
    pub(super) fn entries(&self) -> Result<Vec<(String, Value)>, String> {
        let broken = self.broken();
        if !broken.is_empty() {
            return Err(broken.join("\n"));
        }
        let mut entries = vec![("save".to_owned(), Value::string(self.session_save.as_str()))];
        if self.session_save == "redis" {
            entries.push(("redis".to_owned(), self.redis()));
        }
        Ok(entries)
    }

    fn broken(&self) -> Vec<String> {
        let mut broken = Vec::new();
        if !HANDLERS.contains(&self.session_save.as_str()) {
            broken.push(format!("Invalid session handler '{}'", self.session_save));
        }
        if let Some(library) = &self.session_save_redis_compression_lib
            && !COMPRESSION_LIBRARIES.contains(&library.as_str())
        {
            broken.push(format!("Invalid Redis compression library '{library}'"));
        }
        if let Some(level) = &self.session_save_redis_log_level
            && !level.parse::<u8>().is_ok_and(|level| level <= 7)
        {
            broken.push(format!(
                "Invalid Redis log level '{level}'. Valid range is 0-7, inclusive."
            ));
        }
        broken
    }

    /// The `redis` section, with Commerce's defaults, all of them text.
    fn redis(&self) -> Value {
        let settings = self.server().into_iter().chain(self.storing());
        let settings = settings.chain(self.lifetimes()).chain(self.sentinel());
        Value::Array(
            settings
                .map(|(key, value)| (Key::String(key.into()), Value::string(value)))
                .collect(),
        )
    }

    pub(super) fn redis_password(&mut self) -> &mut Option<SecretString> {
        &mut self.session_save_redis_password
    }

    fn server(&self) -> [Setting<'_>; 6] {
        let password = self.session_save_redis_password.as_ref();
        let password = password.map_or("", |password| password.expose_secret());
        [
            given("host", &self.session_save_redis_host, "127.0.0.1"),
            given("port", &self.session_save_redis_port, "6379"),
            ("password", password),
            given("timeout", &self.session_save_redis_timeout, "2.5"),
            given(
                "persistent_identifier",
                &self.session_save_redis_persistent_id,
                "",
            ),
            given("database", &self.session_save_redis_db, "2"),
        ]
    }

    /// How a session is stored, and for how long it is locked to one process.
    fn storing(&self) -> [Setting<'_>; 6] {
        [
            given(
                "compression_threshold",
                &self.session_save_redis_compression_threshold,
                "2048",
            ),
            given(
                "compression_library",
                &self.session_save_redis_compression_lib,
                "gzip",
            ),
            given("log_level", &self.session_save_redis_log_level, "1"),
            given(
                "max_concurrency",
                &self.session_save_redis_max_concurrency,
                "6",
            ),
            given(
                "break_after_frontend",
                &self.session_save_redis_break_after_frontend,
                "5",
            ),
            given(
                "break_after_adminhtml",
                &self.session_save_redis_break_after_adminhtml,
                "30",
            ),
        ]
    }

    /// How long it is kept. Commerce has the switch for locks among them.
    fn lifetimes(&self) -> [Setting<'_>; 6] {
        [
            given(
                "first_lifetime",
                &self.session_save_redis_first_lifetime,
                "600",
            ),
            given(
                "bot_first_lifetime",
                &self.session_save_redis_bot_first_lifetime,
                "60",
            ),
            given(
                "bot_lifetime",
                &self.session_save_redis_bot_lifetime,
                "7200",
            ),
            given(
                "disable_locking",
                &self.session_save_redis_disable_locking,
                "0",
            ),
            given("min_lifetime", &self.session_save_redis_min_lifetime, "60"),
            given(
                "max_lifetime",
                &self.session_save_redis_max_lifetime,
                "2592000",
            ),
        ]
    }

    fn sentinel(&self) -> [Setting<'_>; 4] {
        [
            given(
                "sentinel_master",
                &self.session_save_redis_sentinel_master,
                "",
            ),
            given(
                "sentinel_servers",
                &self.session_save_redis_sentinel_servers,
                "",
            ),
            given(
                "sentinel_connect_retries",
                &self.session_save_redis_sentinel_connect_retries,
                "5",
            ),
            given(
                "sentinel_verify_master",
                &self.session_save_redis_sentinel_verify_master,
                "0",
            ),
        ]
    }
}

/// The value of an option, or its default.
fn given<'a>(key: &'static str, option: &'a Option<String>, default: &'static str) -> Setting<'a> {
    (key, option.as_deref().unwrap_or(default))
}
