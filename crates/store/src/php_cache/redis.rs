//! A cache in Redis, as `Cm_Cache_Backend_Redis` and Commerce's class upon it lay it out.
//!
//! Entry `id` is the hash `zc:k:<id>` (fields `d` data, `t` tags, `m` time, `i` without expiry);
//! the ids of a tag are the set `zc:ti:<tag>`, all tags the set `zc:tags`, and, where the backend
//! was told to keep it, all ids the set `zc:ids`. Without Lua, which a server may forbid, an id
//! leaves its tag's set only together with its entry: whoever is killed half way can start again.
//! Commerce 2.4.9 can use Symfony's layout, plain keys `<prefix>:<id>`; their tags are not read
//! here, so there an entry of any tag goes.

use super::compression;
use super::selection::{IdPrefix, Selection};
use crate::not_searched::Gaps;
use crate::redis_server::{RedisServer, Scan, is_lost};
use redis::RedisResult;
use redis::aio::MultiplexedConnection;

const ENTRY: &str = "zc:k:";
const IDS_OF_TAG: &str = "zc:ti:";
const ALL_IDS: &str = "zc:ids";
const DATA: &str = "d";
/// Every entry that Commerce writes carries this tag.
const COMMON_TAG: &str = "MAGE";
/// Ids removed in one transaction.
const CHUNK: usize = 500;

/// A cache in one database of a Redis server.
#[derive(Clone, Debug)]
pub(super) struct RedisCache {
    pub(super) server: RedisServer,
    pub(super) prefix: IdPrefix,
    /// Whether the settings name the backend as only Commerce 2.4.9 understands it.
    pub(super) may_be_symfony: bool,
}

impl RedisCache {
    /// Removes the selected entries and returns how many there were.
    pub(super) async fn clean(&self, selection: &Selection) -> RedisResult<u64> {
        let mut connection = self.server.connect().await?;
        let mut removed = 0;
        for tag in &selection.tags {
            for tag in self.stored_tags(tag, &mut connection).await? {
                removed += remove_tagged(&tag, &mut connection).await?;
            }
        }
        for start in &selection.id_starts {
            let pattern = format!("{ENTRY}{}{start}*", self.prefix.pattern());
            removed += self.remove_by_id(&pattern, &mut connection).await?;
        }
        if self.may_be_symfony {
            removed += remove_matching(&self.symfony_pattern(), &mut connection).await?;
        }
        Ok(removed)
    }

    /// Removes every key of the layout, other instances' too, as Commerce does; but not, as
    /// Commerce would, whatever else is in the database. Returns how many keys there were.
    pub(super) async fn flush(&self) -> RedisResult<u64> {
        let mut connection = self.server.connect().await?;
        let mut removed = remove_matching("zc:*", &mut connection).await?;
        if self.may_be_symfony {
            for pattern in [&self.symfony_pattern(), "cache:tags:*", "cache:id_tags:*"] {
                removed += remove_matching(pattern, &mut connection).await?;
            }
        }
        Ok(removed)
    }

    /// Hands every entry to `visit`: its key, and its data before compression. What cannot be
    /// read is counted in `gaps`.
    pub(super) async fn for_each_entry(
        &self,
        visit: &mut (dyn FnMut(&str, &[u8]) + Send),
        gaps: &mut Gaps,
    ) -> RedisResult<()> {
        let mut connection = self.server.connect().await?;
        let mut patterns = vec![format!("{ENTRY}*")];
        if self.may_be_symfony {
            patterns.push(self.symfony_pattern());
        }
        for pattern in patterns {
            let mut scan = Scan::new(pattern);
            while let Some(keys) = scan.next(&mut connection).await? {
                for key in keys {
                    match read_data(&key, &mut connection).await {
                        Ok(None) => {}
                        Ok(Some(stored)) => match compression::decode(&stored) {
                            Ok(data) => visit(&String::from_utf8_lossy(&key), &data),
                            Err(why) => gaps.add(why),
                        },
                        Err(error) if is_lost(&error) => return Err(error),
                        Err(error) => gaps.add(error),
                    }
                }
            }
        }
        Ok(())
    }

    fn symfony_pattern(&self) -> String {
        format!("{}:*", self.prefix.pattern())
    }

    /// The tag with our prefix, as the server knows it: where the prefix is derived, all such.
    async fn stored_tags(
        &self,
        tag: &str,
        connection: &mut MultiplexedConnection,
    ) -> RedisResult<Vec<String>> {
        if let IdPrefix::Given(prefix) = &self.prefix {
            return Ok(vec![format!("{prefix}{tag}")]);
        }
        let pattern = format!("{IDS_OF_TAG}{}{tag}", self.prefix.pattern());
        let mut tags = Vec::new();
        let mut scan = Scan::new(pattern);
        while let Some(keys) = scan.next(connection).await? {
            tags.extend(keys.iter().filter_map(|key| {
                let key = std::str::from_utf8(key).ok()?;
                key.strip_prefix(IDS_OF_TAG).map(str::to_owned)
            }));
        }
        Ok(tags)
    }

    /// The common tag with the same prefix that `id` has.
    fn common_tag(&self, id: &str) -> String {
        let rest = self.prefix.strip(id).unwrap_or_default();
        let prefix = id.strip_suffix(rest).unwrap_or_default();
        format!("{prefix}{COMMON_TAG}")
    }

    async fn remove_by_id(
        &self,
        pattern: &str,
        connection: &mut MultiplexedConnection,
    ) -> RedisResult<u64> {
        let mut removed = 0;
        let mut scan = Scan::new(pattern);
        while let Some(keys) = scan.next(connection).await? {
            for key in keys {
                let id = key.strip_prefix(ENTRY.as_bytes()).unwrap_or_default();
                let tag = self.common_tag(&String::from_utf8_lossy(id));
                removed += remove_ids(&[id.to_vec()], &tag, connection).await?;
            }
        }
        Ok(removed)
    }
}

/// Removes all entries with a tag, in chunks, until none is left: an entry saved meanwhile is in
/// the set again.
async fn remove_tagged(tag: &str, connection: &mut MultiplexedConnection) -> RedisResult<u64> {
    let mut removed = 0;
    loop {
        let ids: Vec<Vec<u8>> = redis::cmd("SRANDMEMBER")
            .arg(format!("{IDS_OF_TAG}{tag}"))
            .arg(CHUNK)
            .query_async(connection)
            .await?;
        if ids.is_empty() {
            // The empty set is gone by itself; its name is kept for a tag that may come back.
            return Ok(removed);
        }
        removed += remove_ids(&ids, tag, connection).await?;
    }
}

/// Removes entries and takes their ids out of the indexes, in one transaction.
async fn remove_ids(
    ids: &[Vec<u8>],
    tag: &str,
    connection: &mut MultiplexedConnection,
) -> RedisResult<u64> {
    let keys: Vec<_> = ids
        .iter()
        .map(|id| [ENTRY.as_bytes(), id].concat())
        .collect();
    let (removed,): (u64,) = redis::pipe()
        .atomic()
        .cmd("UNLINK")
        .arg(keys)
        .cmd("SREM")
        .arg(format!("{IDS_OF_TAG}{tag}"))
        .arg(ids)
        .ignore()
        .cmd("SREM")
        .arg(ALL_IDS)
        .arg(ids)
        .ignore()
        .query_async(connection)
        .await?;
    Ok(removed)
}

async fn remove_matching(
    pattern: &str,
    connection: &mut MultiplexedConnection,
) -> RedisResult<u64> {
    let mut removed = 0;
    let mut scan = Scan::new(pattern);
    while let Some(keys) = scan.next(connection).await? {
        if !keys.is_empty() {
            removed += redis::cmd("UNLINK")
                .arg(keys)
                .query_async::<u64>(connection)
                .await?;
        }
    }
    Ok(removed)
}

/// The data of an entry in either layout; nothing where it is gone.
async fn read_data(
    key: &[u8],
    connection: &mut MultiplexedConnection,
) -> RedisResult<Option<Vec<u8>>> {
    if key.starts_with(ENTRY.as_bytes()) {
        let mut command = redis::cmd("HGET");
        command.arg(key).arg(DATA).query_async(connection).await
    } else {
        redis::cmd("GET").arg(key).query_async(connection).await
    }
}

#[cfg(test)]
mod tests;
