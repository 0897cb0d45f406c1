//! From the `session` section of `env.php` to the place where PHP keeps sessions.
//!
//! PHP's own folder, such as `/var/lib/php/sessions`, is never read or changed, though Commerce
//! uses it where neither `env.php` nor `php.ini` names another: every site of the machine keeps
//! its sessions there, and other people's are not ours to look into. The sessions of this
//! instance end all the same, since PHP asks `admin_user_session` on every request of an admin.

use super::{SessionFolder, SessionServer};
use crate::not_searched::NotSearched;
use crate::redis_server::{PATIENCE, RedisServer};
use secrecy::{ExposeSecret as _, SecretString};
use std::path::{Path, PathBuf};
use std::time::Duration;

/// Folders that the packages of PHP share among all sites of a machine.
const SHARED_FOLDERS: [&str; 7] = [
    "/var/lib/php/sessions",
    "/var/lib/php/session",
    "/var/lib/php5/sessions",
    "/var/lib/php5",
    "/var/tmp",
    "/tmp",
    "/dev/shm",
];

/// Commerce's default of `sentinel_connect_retries`.
const SENTINEL_RETRIES: u32 = 5;

/// Where an instance's PHP sessions are stored.
#[derive(Clone, Debug)]
pub enum Location {
    /// Files `sess_<id>` in a folder.
    Files(SessionFolder),
    /// The table `session` of the instance's database.
    Database,
    /// A Redis or Valkey server.
    Redis(SessionServer),
    /// Somewhere that is not searched.
    Elsewhere(NotSearched),
}

impl Location {
    /// Reads the settings; `value` looks up a path below `session`, for example `save` or
    /// `redis/host`, and returns nothing for what is not set.
    pub fn from_values(root: &Path, value: &dyn Fn(&str) -> Option<SecretString>) -> Self {
        let secret = |path: &str| value(path).filter(|value| !value.expose_secret().is_empty());
        let text = |path: &str| secret(path).map(|value| value.expose_secret().to_owned());
        let save = text("save").unwrap_or_else(|| "files".to_owned());
        match save.as_str() {
            "files" => files(root, text("save_path")),
            "db" => Self::Database,
            "redis" => Self::Redis(SessionServer::new(server(&secret))),
            other => Self::Elsewhere(NotSearched::new(
                format!("sessions ({other})"),
                "sessions stored in this way are not known here; \
                 they end by their rows in admin_user_session",
            )),
        }
    }
}

/// PHP writes a path as `[levels of subfolders;[mode;]]folder`.
fn files(root: &Path, save_path: Option<String>) -> Location {
    let save_path = save_path.unwrap_or_else(|| "var/session".to_owned());
    let (options, folder) = save_path.rsplit_once(';').unwrap_or(("", &save_path));
    let levels = options
        .split(';')
        .next()
        .and_then(|levels| levels.parse().ok());
    let folder = root.join(folder);
    let plain: PathBuf = folder.components().collect();
    if SHARED_FOLDERS
        .iter()
        .any(|shared| plain == Path::new(shared))
    {
        return Location::Elsewhere(NotSearched::new(
            plain.display().to_string(),
            "other sites keep sessions in this folder too; \
             sessions of this instance end by their rows in admin_user_session",
        ));
    }
    Location::Files(SessionFolder::new(plain, levels.unwrap_or(0)))
}

fn server(secret: &dyn Fn(&str) -> Option<SecretString>) -> RedisServer {
    let text =
        |key: &str| secret(&format!("redis/{key}")).map(|value| value.expose_secret().to_owned());
    let password = secret("redis/password");
    let server = match (text("sentinel_servers"), text("sentinel_master")) {
        (Some(servers), Some(master)) => {
            let sentinel_password = secret("redis/sentinel_password");
            let sentinel_password = sentinel_password.or_else(|| password.clone());
            let server = RedisServer::behind_sentinel(&servers, &master, sentinel_password);
            let is_verified = text("sentinel_verify_master")
                .is_some_and(|value| !["0", "false"].contains(&value.as_str()));
            let retries = text("sentinel_connect_retries").and_then(|number| number.parse().ok());
            match is_verified {
                true => server.with_verified_master(retries.unwrap_or(SENTINEL_RETRIES)),
                false => server,
            }
        }
        _ => RedisServer::direct(
            text("host").as_deref().unwrap_or("127.0.0.1"),
            text("port").and_then(|port| port.parse().ok()),
        ),
    };
    let database = text("database").and_then(|number| number.parse().ok());
    let timeout = text("timeout").and_then(|seconds| seconds.parse().ok());
    let timeout = timeout.and_then(|seconds: f64| Duration::try_from_secs_f64(seconds).ok());
    // Nought is no limit to PHP.
    let timeout = timeout.filter(|timeout| !timeout.is_zero());
    server
        .with_patience(timeout.unwrap_or(PATIENCE))
        .with_database(database.unwrap_or(0))
        .with_credentials(text("username"), password)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn described(values: &[(&str, &str)]) -> String {
        let value = |path: &str| {
            let (_, value) = values.iter().find(|(known, _)| *known == path)?;
            Some(SecretString::from(*value))
        };
        match Location::from_values(Path::new("/shop"), &value) {
            Location::Files(folder) => format!("{folder:?}"),
            Location::Database => "database".to_owned(),
            Location::Redis(server) => server.name(),
            Location::Elsewhere(gap) => format!("not searched: {}", gap.place),
        }
    }

    #[test]
    fn files_are_the_default_and_lie_below_the_root() {
        let default = described(&[]);
        assert!(default.contains("\"/shop/var/session\""), "{default}");
        assert_eq!(described(&[("save", "files"), ("save_path", "")]), default);
        let levels = described(&[("save_path", "2;0600;/srv/sessions")]);
        assert!(
            levels.contains("\"/srv/sessions\"") && levels.contains("levels: 2"),
            "{levels}"
        );
    }

    #[test]
    fn a_folder_that_all_sites_share_is_not_searched() {
        assert_eq!(
            described(&[("save_path", "5;/var/lib/php/sessions/")]),
            "not searched: /var/lib/php/sessions"
        );
        assert_eq!(described(&[("save_path", "/tmp")]), "not searched: /tmp");
    }

    #[test]
    fn other_stores_are_understood_or_named() {
        assert_eq!(described(&[("save", "db")]), "database");
        assert_eq!(
            described(&[("save", "memcached")]),
            "not searched: sessions (memcached)"
        );
        assert_eq!(
            described(&[("save", "redis")]),
            "Redis 127.0.0.1:6379 database 0"
        );
        assert_eq!(
            described(&[
                ("save", "redis"),
                ("redis/host", "sessions.internal"),
                ("redis/port", "6380"),
                ("redis/database", "2"),
            ]),
            "Redis sessions.internal:6380 database 2"
        );
        assert_eq!(
            described(&[
                ("save", "redis"),
                ("redis/sentinel_master", "shop"),
                ("redis/sentinel_servers", "a,b"),
                ("redis/database", "2"),
            ]),
            "Redis shop (sentinel) database 2"
        );
    }
}
