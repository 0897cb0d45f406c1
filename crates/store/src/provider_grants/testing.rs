//! Grants for the tests.

use super::*;

pub(super) fn at(second: i64) -> Timestamp {
    Timestamp::from_second(1_800_000_000 + second).unwrap()
}

pub(super) fn stored(session: &str, identity: &str, provider_session: Option<&str>) -> StoredGrant {
    StoredGrant {
        session_hash: session.to_owned(),
        admin: 1,
        epoch: 2,
        identity_hash: identity.to_owned(),
        issuer: "https://id.test".to_owned(),
        subject: "ann".to_owned(),
        provider_session_hash: provider_session.map(str::to_owned),
        tokens: StoredTokens {
            access: "0:3:access".to_owned(),
            expires_at: Some(at(3600)),
            refresh: None,
            id: None,
        },
        grant: Grant {
            confirmed_at: at(0),
            unreachable_since: None,
        },
        role_by_id_token: false,
        rights_changed: false,
    }
}
