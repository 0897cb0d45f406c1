//! PHP Commerce's cache, which holds the configuration that was removed until it is cleared. Only
//! clearing is done here, and handing out entries for a search; nothing is ever written.
//!
//! A cache is never a reason to fail: what could not be cleared is reported with its reason.
//! Layouts: `folder` (files), `redis`; what counts as a selected entry: `selection`.

mod cache_type;
mod compression;
mod entry_head;
mod folder;
mod redis;
mod selection;
mod settings;

pub use cache_type::CacheType;
pub use settings::Frontend;

use crate::blocking;
use crate::not_searched::{Gaps, NotSearched};
use folder::CacheFolder;
use redis::RedisCache;
use secrecy::SecretString;
use selection::Selection;
use settings::Place;
use std::path::Path;
use std::time::Duration;

/// The longest that one server may take over one order, however large it is.
const PATIENCE: Duration = Duration::from_secs(20);

/// What became of one place that holds cache entries.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlaceOutcome {
    /// The place, for a person: a folder, or a server and database number.
    pub place: String,
    /// What was done there.
    pub outcome: Outcome,
}

/// What was done at a place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// Nothing that was to go is left.
    Cleared {
        /// How many entries went (keys, where a whole Redis storage was flushed).
        entries: u64,
    },
    /// Something may be left.
    NotCleared {
        /// The reason, one lower-case clause.
        why: String,
    },
}

/// One cache front end of a Commerce instance, in all the places it may keep entries.
#[derive(Clone, Debug)]
pub struct Cache {
    places: Vec<Place>,
}

enum Order {
    Clean(Selection),
    Flush,
}

impl Cache {
    /// A front end of the instance at `root`. `value` looks up its settings by the path below
    /// [`Frontend::settings_path`], for example `backend_options/server`; nothing for what is not
    /// set. Which front end a cache type uses can be changed under `cache/type/<type>/frontend`.
    pub fn from_values(
        root: &Path,
        frontend: Frontend,
        value: &dyn Fn(&str) -> Option<SecretString>,
    ) -> Self {
        Self {
            places: settings::places(root, frontend, value),
        }
    }

    /// Removes the entries of these types.
    pub async fn clean(&self, types: &[CacheType]) -> Vec<PlaceOutcome> {
        self.carry_out(Order::Clean(Selection::of_types(types)))
            .await
    }

    /// Removes every entry of the storage, those of other programs with the same layout included.
    pub async fn flush(&self) -> Vec<PlaceOutcome> {
        self.carry_out(Order::Flush).await
    }

    /// What the switch clears: the type `config`, and the entries that tell since when an admin's
    /// tokens are revoked, for they hide a newer row of `jwt_auth_revoked`. Pages stay.
    pub async fn forget_config_and_revocations(&self) -> Vec<PlaceOutcome> {
        self.carry_out(Order::Clean(Selection::config_and_revocations()))
            .await
    }

    /// Hands every entry to `visit`: its place (no secret) and its bytes, decompressed. Returns
    /// what could not be read.
    pub async fn for_each_entry(
        &self,
        visit: &mut (dyn FnMut(&str, &[u8]) + Send),
    ) -> Vec<NotSearched> {
        let mut not_searched = Vec::new();
        for place in &self.places {
            match place {
                Place::Folder(folder) => {
                    not_searched.extend(visit_folder(folder, visit));
                }
                Place::Redis(redis) => {
                    let name = redis.server.name();
                    let mut gaps = Gaps::default();
                    let mut visit_key =
                        |key: &str, data: &[u8]| visit(&format!("{name} {key}"), data);
                    let result = redis.for_each_entry(&mut visit_key, &mut gaps).await;
                    not_searched.extend(gaps.in_place(&name, "entries"));
                    not_searched.extend(result.err().map(|error| NotSearched::new(name, error)));
                }
                Place::Unknown { name, why } => not_searched.push(NotSearched::new(name, why)),
            }
        }
        not_searched
    }

    async fn carry_out(&self, order: Order) -> Vec<PlaceOutcome> {
        let mut outcomes = Vec::new();
        for place in &self.places {
            let (place, outcome) = match place {
                Place::Folder(folder) => (folder.name(), in_folder(folder, &order)),
                Place::Redis(redis) => (redis.server.name(), in_redis(redis, &order).await),
                Place::Unknown { name, why } => (name.clone(), Err((*why).to_owned())),
            };
            let outcome = match outcome {
                Ok(entries) => Outcome::Cleared { entries },
                Err(why) => Outcome::NotCleared { why },
            };
            outcomes.push(PlaceOutcome { place, outcome });
        }
        outcomes
    }
}

fn in_folder(folder: &CacheFolder, order: &Order) -> Result<u64, String> {
    let cleared = blocking::in_place(|| match order {
        Order::Clean(selection) => folder.clean(selection),
        Order::Flush => folder.flush(),
    });
    cleared.map_err(|error| error.to_string())
}

async fn in_redis(redis: &RedisCache, order: &Order) -> Result<u64, String> {
    let work = async {
        match order {
            Order::Clean(selection) => redis.clean(selection).await,
            Order::Flush => redis.flush().await,
        }
    };
    match tokio::time::timeout(PATIENCE, work).await {
        Ok(result) => result.map_err(|error| error.to_string()),
        Err(_) => Err(format!("not done within {} s", PATIENCE.as_secs())),
    }
}

fn visit_folder(
    folder: &CacheFolder,
    visit: &mut (dyn FnMut(&str, &[u8]) + Send),
) -> Vec<NotSearched> {
    let mut gaps = Gaps::default();
    let read = blocking::in_place(|| {
        folder.for_each_entry(&mut |path, content| match content {
            Ok(content) => visit(&path.display().to_string(), &content),
            Err(why) => gaps.add(why),
        })
    });
    let place = folder.name();
    let mut not_searched = gaps.in_place(&place, "entries");
    not_searched.extend(read.err().map(|error| NotSearched::new(place, error)));
    not_searched
}

#[cfg(test)]
mod tests;
