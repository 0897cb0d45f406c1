//! From the values of `env.php` to the places where a cache front end keeps its entries. The rule
//! is Commerce's own: a backend that is not named, not known or not reachable makes Commerce fall
//! back to files, so the folder is one of the places always.

use super::folder::CacheFolder;
use super::redis::RedisCache;
use super::selection::IdPrefix;
use crate::redis_server::RedisServer;
use secrecy::{ExposeSecret as _, SecretString};
use std::path::Path;

/// One of the two cache front ends that Commerce has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Frontend {
    /// `cache/frontend/default`: everything but pages.
    Default,
    /// `cache/frontend/page_cache`: whole pages, the type `full_page`.
    PageCache,
}

impl Frontend {
    /// The path below which `env.php` has the front end's settings.
    pub fn settings_path(self) -> &'static str {
        match self {
            Self::Default => "cache/frontend/default",
            Self::PageCache => "cache/frontend/page_cache",
        }
    }

    /// Where Commerce keeps files for it, below the root.
    fn default_folder(self) -> &'static str {
        match self {
            Self::Default => "var/cache",
            Self::PageCache => "var/page_cache",
        }
    }
}

/// A place that holds cache entries.
#[derive(Clone, Debug)]
pub(super) enum Place {
    Folder(CacheFolder),
    Redis(RedisCache),
    /// A backend that is not known here.
    Unknown {
        name: String,
        why: &'static str,
    },
}

/// Reads the settings of a front end; `value` looks up a path below [`Frontend::settings_path`],
/// such as `backend_options/server`.
pub(super) fn places(
    root: &Path,
    frontend: Frontend,
    value: &dyn Fn(&str) -> Option<SecretString>,
) -> Vec<Place> {
    let settings = Settings { root, value };
    let prefix = settings
        .text("id_prefix")
        .map_or(IdPrefix::Derived, IdPrefix::Given);
    let backend = settings.text("backend").unwrap_or_default();
    let folder = |option: &str, is_copy| {
        Place::Folder(CacheFolder {
            path: settings.folder(option, frontend),
            prefix: prefix.clone(),
            is_copy,
        })
    };
    let (remote, local) = match class_name(&backend).as_str() {
        "magento\\framework\\cache\\backend\\remotesynchronizedcache"
        | "magento\\framework\\cache\\backend\\symfonyl2cache"
        | "symfony_l2"
        | "l2_symfony"
        | "symfony_l2_cache" => {
            let remote = settings.text("backend_options/remote_backend");
            let keys = ["backend_options/remote_backend_options", "backend_options"];
            (
                settings.remote_place(&remote.unwrap_or_default(), &keys, &prefix),
                Some(folder(
                    "backend_options/local_backend_options/cache_dir",
                    true,
                )),
            )
        }
        "remote_synchronized_cache" => (
            settings.remote_place("database", &[], &prefix),
            Some(folder("", true)),
        ),
        _ => (
            settings.remote_place(&backend, &["backend_options"], &prefix),
            None,
        ),
    };
    let fallback = folder("backend_options/cache_dir", false);
    remote.into_iter().chain(local).chain([fallback]).collect()
}

/// A PHP class name as it is compared: without the leading backslash, in small letters.
fn class_name(backend: &str) -> String {
    backend.trim_start_matches('\\').to_ascii_lowercase()
}

struct Settings<'a> {
    root: &'a Path,
    value: &'a dyn Fn(&str) -> Option<SecretString>,
}

impl Settings<'_> {
    /// A setting; an empty one counts as not given, as it does for Commerce.
    fn secret(&self, path: &str) -> Option<SecretString> {
        (self.value)(path).filter(|value| !value.expose_secret().is_empty())
    }

    fn text(&self, path: &str) -> Option<String> {
        self.secret(path)
            .map(|value| value.expose_secret().to_owned())
    }

    /// `cache_dir` is relative to `var`.
    fn folder(&self, option: &str, frontend: Frontend) -> std::path::PathBuf {
        match self.text(option) {
            Some(folder) => self.root.join("var").join(folder),
            None => self.root.join(frontend.default_folder()),
        }
    }

    /// Where a backend keeps entries apart from the folder; nothing for the file backends.
    fn remote_place(&self, backend: &str, options: &[&str], prefix: &IdPrefix) -> Option<Place> {
        let why = match class_name(backend).as_str() {
            "" | "file" | "cm_cache_backend_file" => return None,
            "cm_cache_backend_redis" | "magento\\framework\\cache\\backend\\redis" => {
                return Some(self.redis(options, prefix, false));
            }
            "redis" | "valkey" | "magento\\framework\\cache\\backend\\valkey" => {
                return Some(self.redis(options, prefix, true));
            }
            "database" | "magento\\framework\\cache\\backend\\database" => {
                "entries in the tables cache and cache_tag are not cleared from here; \
                 run PHP Commerce's own cache:clean"
            }
            _ => "this cache backend is not known here; run PHP Commerce's own cache:clean",
        };
        Some(Place::Unknown {
            name: format!("cache backend {backend}"),
            why,
        })
    }

    fn redis(&self, options: &[&str], prefix: &IdPrefix, may_be_symfony: bool) -> Place {
        // The options of a remote backend fall back to those of the whole.
        let secret = |key: &str| {
            options
                .iter()
                .find_map(|options| self.secret(&format!("{options}/{key}")))
        };
        let text = |key: &str| secret(key).map(|value| value.expose_secret().to_owned());
        let address = text("server")
            .or_else(|| text("host"))
            .unwrap_or_else(|| "127.0.0.1".to_owned());
        let server = match text("sentinel_master") {
            Some(master) => {
                let password = secret("sentinel/password").or_else(|| secret("password"));
                RedisServer::behind_sentinel(&address, &master, password)
            }
            None => RedisServer::direct(&address, text("port").and_then(|port| port.parse().ok())),
        };
        let database = text("database").and_then(|number| number.parse().ok());
        Place::Redis(RedisCache {
            server: server
                .with_database(database.unwrap_or(0))
                .with_credentials(text("username"), secret("password")),
            prefix: prefix.clone(),
            may_be_symfony,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn places_of(values: &[(&str, &str)]) -> Vec<String> {
        let value = |path: &str| {
            let (_, value) = values.iter().find(|(known, _)| *known == path)?;
            Some(SecretString::from(*value))
        };
        places(Path::new("/shop"), Frontend::Default, &value)
            .iter()
            .map(|place| match place {
                Place::Folder(folder) => format!(
                    "{}{} {:?}",
                    folder.path.display(),
                    if folder.is_copy { " (copy)" } else { "" },
                    folder.prefix
                ),
                Place::Redis(redis) => format!("{} {:?}", redis.server.name(), redis.prefix),
                Place::Unknown { name, .. } => name.clone(),
            })
            .collect()
    }

    #[test]
    fn without_settings_the_cache_is_in_files() {
        assert_eq!(places_of(&[]), ["/shop/var/cache Derived"]);
    }

    #[test]
    fn the_settings_that_setup_install_writes_for_redis_are_understood() {
        let places = places_of(&[
            ("id_prefix", "69d_"),
            ("backend", "Magento\\Framework\\Cache\\Backend\\Redis"),
            ("backend_options/server", "cache.internal"),
            ("backend_options/database", "3"),
            ("backend_options/port", "6380"),
            ("backend_options/password", ""),
        ]);
        assert_eq!(
            places,
            [
                "Redis cache.internal:6380 database 3 Given(\"69d_\")",
                "/shop/var/cache Given(\"69d_\")"
            ]
        );
    }

    #[test]
    fn a_remote_cache_has_a_copy_on_this_machine() {
        let places = places_of(&[
            (
                "backend",
                "\\Magento\\Framework\\Cache\\Backend\\RemoteSynchronizedCache",
            ),
            (
                "backend_options/remote_backend",
                "\\Magento\\Framework\\Cache\\Backend\\Redis",
            ),
            ("backend_options/remote_backend_options/server", "remote"),
            (
                "backend_options/local_backend_options/cache_dir",
                "/dev/shm/",
            ),
        ]);
        assert_eq!(
            places,
            [
                "Redis remote:6379 database 0 Derived",
                "/dev/shm/ (copy) Derived",
                "/shop/var/cache Derived"
            ]
        );
    }

    #[test]
    fn unknown_backends_are_named() {
        assert_eq!(
            places_of(&[
                ("backend", "memcached"),
                ("backend_options/cache_dir", "elsewhere")
            ]),
            ["cache backend memcached", "/shop/var/elsewhere Derived"]
        );
        assert_eq!(
            places_of(&[("backend", "remote_synchronized_cache")]),
            [
                "cache backend database",
                "/shop/var/cache (copy) Derived",
                "/shop/var/cache Derived"
            ]
        );
    }
}
