//! How long an API client's access token counts.

use jiff::{SignedDuration, Timestamp};

use crate::{id_token::LEEWAY, refusal::Refusal};

/// However long a token says that it lives, after a day another is due.
const OLDEST: SignedDuration = SignedDuration::from_hours(24);
/// More than any provider issues; it is the token and not a flood.
const LARGEST: usize = 16 * 1024;

/// From when until when a token counts.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Life {
    pub(crate) issued_at: Timestamp,
    pub(crate) expires_at: Timestamp,
}

/// How long a token counts; refused if that is over or has not begun.
pub(crate) fn life(issued: Timestamp, expires: Timestamp, now: Timestamp) -> Result<Life, Refusal> {
    if issued.duration_since(now) > LEEWAY {
        return Err(Refusal::BearerFuture);
    }
    if now.duration_since(expires) >= LEEWAY {
        return Err(Refusal::BearerExpired);
    }
    let too_old = issued
        .checked_add(OLDEST)
        .map_err(|_| Refusal::BearerTimes)?;
    if too_old <= now {
        return Err(Refusal::BearerTooOld);
    }
    Ok(Life {
        issued_at: issued,
        expires_at: expires.min(too_old),
    })
}

/// Whether a text can be sent on as a token at all.
pub(crate) fn check_form(token: &str) -> Result<(), Refusal> {
    if token.len() > LARGEST {
        return Err(Refusal::TokenTooLarge);
    }
    if token.is_empty() || !token.bytes().all(|byte| byte.is_ascii_graphic()) {
        return Err(Refusal::TokenMalformed);
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn a13_no_token_counts_for_more_than_a_day(
            issued in -1_000_000_i64..1_000_000,
            lifetime in -1_000_000_i64..1_000_000,
        ) {
            let now = Timestamp::from_second(1_800_000_000).unwrap();
            let issued = now + SignedDuration::from_secs(issued);
            let expires = issued + SignedDuration::from_secs(lifetime);
            if let Ok(life) = life(issued, expires, now) {
                let until = life.expires_at;
                prop_assert!(until <= expires);
                prop_assert!(until.duration_since(issued) <= OLDEST);
                prop_assert!(until + LEEWAY > now);
                prop_assert!(issued <= now + LEEWAY);
            }
        }
    }
}
