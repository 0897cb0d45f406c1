//! Sessions in Redis or Valkey, below `postern:<instance>:`, beside PHP's `sess_…`:
//!
//! - `session:<digest>`, a hash of its fields, which ends by itself (TTL);
//! - `admin:<user_id>` and `sessions`, sorted sets of the digests of those that nobody has ended,
//!   by the second from which they are forgotten. So nothing is ever searched for with `KEYS`.
//!
//! What reads and then writes is a script, which the server runs as one step: a use must not bring
//! back a session that is ended in that moment. Keys are made from digests within scripts; a
//! cluster, where that would not do, is nothing that `session/redis` can name.

mod link;
mod scripts;

use super::{Origin, SessionError, StoredSession, Whose};
use crate::redis_server::RedisServer;
use domain::session::{EndReason, Session};
use domain::sign_in_mode::SignInMode;
use jiff::Timestamp;
use link::Link;
use std::collections::HashMap;
use std::str::FromStr;
use std::sync::Arc;

/// The longest `User-Agent` kept, in characters.
const LONGEST_USER_AGENT: usize = 255;

/// The sessions of one instance on one server. Cheap to clone.
#[derive(Clone, Debug)]
pub struct RedisSessions {
    link: Arc<Link>,
    prefix: String,
}

impl RedisSessions {
    pub(super) fn new(server: RedisServer, instance: &str) -> Self {
        Self {
            link: Arc::new(Link::new(server)),
            prefix: format!("postern:{instance}:"),
        }
    }

    pub(super) fn name(&self) -> String {
        self.link.name()
    }

    pub(super) async fn create(
        &self,
        stored: &StoredSession,
        forget_at: Timestamp,
        end_others: Option<EndReason>,
    ) -> Result<u64, SessionError> {
        let StoredSession {
            id_hash,
            session,
            origin,
        } = stored;
        let user_agent: String = origin.user_agent.chars().take(LONGEST_USER_AGENT).collect();
        let mut script = self.script(scripts::CREATE);
        script
            .arg(id_hash)
            .arg(forget_at.as_second())
            .arg(seconds_until(forget_at, session.last_seen_at))
            .arg(end_others.map_or("", EndReason::code))
            .arg(&[("admin", session.admin.to_string())])
            .arg(&[("mode", session.mode.code())])
            .arg(&[("epoch", session.epoch)])
            .arg(&[("created_at", session.created_at.as_second())])
            .arg(&[("last_seen_at", session.last_seen_at.as_second())])
            .arg(&[("ip", &origin.ip)])
            .arg(&[("user_agent", user_agent)]);
        if let Some(reason) = session.ended {
            script.arg(&[("ended", reason.code())]);
        }
        self.link.ask(&script).await
    }

    pub(super) async fn find(&self, id_hash: &str) -> Result<Option<StoredSession>, SessionError> {
        let fields = self.link.ask(&self.fields_of(id_hash)).await?;
        read(id_hash, &fields)
    }

    pub(super) async fn touch(
        &self,
        id_hash: &str,
        now: Timestamp,
        forget_at: Timestamp,
    ) -> Result<(), SessionError> {
        let mut script = self.script(scripts::TOUCH);
        script
            .arg(id_hash)
            .arg(forget_at.as_second())
            .arg(seconds_until(forget_at, now))
            .arg(now.as_second());
        self.link.ask(&script).await
    }

    pub(super) async fn rotate(&self, old: &str, new: &str) -> Result<bool, SessionError> {
        let mut script = self.script(scripts::ROTATE);
        self.link.ask(script.arg(old).arg(new)).await
    }

    pub(super) async fn end(&self, id_hash: &str, reason: EndReason) -> Result<bool, SessionError> {
        let mut script = self.script(scripts::END);
        self.link.ask(script.arg(reason.code()).arg(id_hash)).await
    }

    pub(super) async fn end_all(
        &self,
        whose: Whose<'_>,
        reason: EndReason,
    ) -> Result<u64, SessionError> {
        let digests = self.digests(whose).await?;
        if digests.is_empty() {
            return Ok(0);
        }
        let mut script = self.script(scripts::END);
        self.link.ask(script.arg(reason.code()).arg(&digests)).await
    }

    pub(super) async fn delete(&self, id_hash: &str) -> Result<bool, SessionError> {
        let mut script = self.script(scripts::DELETE);
        self.link.ask(script.arg(id_hash)).await
    }

    pub(super) async fn list(&self, whose: Whose<'_>) -> Result<Vec<StoredSession>, SessionError> {
        let mut list = Vec::new();
        for id_hash in self.digests(whose).await? {
            let stored = self.find(&id_hash).await?;
            list.extend(stored.filter(|stored| stored.session.ended.is_none()));
        }
        Ok(list)
    }

    pub(super) async fn forget(&self, now: Timestamp, limit: u32) -> Result<u64, SessionError> {
        let mut script = self.script(scripts::FORGET);
        self.link.ask(script.arg(now.as_second()).arg(limit)).await
    }

    pub(super) async fn delete_earlier(&self, epoch: i64) -> Result<u64, SessionError> {
        let mut script = self.script(scripts::DELETE_EARLIER);
        self.link.ask(script.arg(epoch)).await
    }

    /// The digests of sessions that nobody has ended; some may have gone by themselves.
    async fn digests(&self, whose: Whose<'_>) -> Result<Vec<String>, SessionError> {
        let key = match whose {
            Whose::Of(admin) | Whose::OthersOf(admin, _) => format!("{}admin:{admin}", self.prefix),
            Whose::Everybody => format!("{}sessions", self.prefix),
        };
        let mut command = redis::cmd("ZRANGE");
        let mut digests: Vec<String> = self.link.ask(command.arg(key).arg(0).arg(-1)).await?;
        if let Whose::OthersOf(_, this) = whose {
            digests.retain(|digest| digest != this);
        }
        Ok(digests)
    }

    fn fields_of(&self, id_hash: &str) -> redis::Cmd {
        let mut command = redis::cmd("HGETALL");
        command.arg(format!("{}session:{id_hash}", self.prefix));
        command
    }

    fn script(&self, text: &str) -> redis::Cmd {
        let mut command = redis::cmd("EVAL");
        command
            .arg(format!("{}{text}", scripts::SHARED))
            .arg(1)
            .arg(&self.prefix);
        command
    }
}

/// A time to live is relative, so that the server's clock does not matter.
fn seconds_until(forget_at: Timestamp, now: Timestamp) -> i64 {
    forget_at.duration_since(now).as_secs().max(1)
}

fn read(
    id_hash: &str,
    fields: &HashMap<String, String>,
) -> Result<Option<StoredSession>, SessionError> {
    if fields.is_empty() {
        return Ok(None);
    }
    let unexpected = |name: &str| SessionError::Unexpected(format!("the field {name}"));
    let mode = fields.get("mode");
    let ended = fields.get("ended");
    let ended = ended.map(|code| EndReason::from_code(code).ok_or_else(|| unexpected("ended")));
    Ok(Some(StoredSession {
        id_hash: id_hash.to_owned(),
        session: Session {
            admin: number(fields, "admin")?,
            mode: mode
                .and_then(|code| SignInMode::from_code(code))
                .ok_or_else(|| unexpected("mode"))?,
            epoch: number(fields, "epoch")?,
            created_at: time(fields, "created_at")?,
            last_seen_at: time(fields, "last_seen_at")?,
            ended: ended.transpose()?,
        },
        origin: Origin {
            ip: fields.get("ip").cloned().unwrap_or_default(),
            user_agent: fields.get("user_agent").cloned().unwrap_or_default(),
        },
    }))
}

fn number<T: FromStr>(fields: &HashMap<String, String>, name: &str) -> Result<T, SessionError> {
    let number = fields.get(name).and_then(|text| text.parse().ok());
    number.ok_or_else(|| SessionError::Unexpected(format!("the field {name}")))
}

fn time(fields: &HashMap<String, String>, name: &str) -> Result<Timestamp, SessionError> {
    Timestamp::from_second(number(fields, name)?)
        .map_err(|_| SessionError::Unexpected(format!("the field {name}")))
}
