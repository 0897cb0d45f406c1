//! When a token begins and ends: `iat` and `exp` in seconds, or the `created_at` and `expires_in` of
//! IMS in milliseconds.

use serde_json::{Map, Value, json};

use super::Twist;

const HOUR_SECONDS: i64 = 3600;
const DAY_SECONDS: i64 = 24 * HOUR_SECONDS;

pub(super) fn spoil(twist: Twist, claims: &mut Map<String, Value>) {
    if claims.contains_key("created_at") {
        spoil_ims(twist, claims);
    } else {
        spoil_standard(twist, claims);
    }
}

fn spoil_standard(twist: Twist, claims: &mut Map<String, Value>) {
    let Some(issued) = claims.get("iat").and_then(Value::as_i64) else {
        return;
    };
    let mut set = |name: &str, value: i64| {
        claims.insert(name.to_owned(), json!(value));
    };
    match twist {
        Twist::Expired => {
            set("iat", issued - 2 * HOUR_SECONDS);
            set("exp", issued - HOUR_SECONDS);
        }
        Twist::IssuedInFuture => {
            set("iat", issued + HOUR_SECONDS);
            set("exp", issued + 2 * HOUR_SECONDS);
        }
        Twist::IssuedLongAgo => set("iat", issued - DAY_SECONDS),
        Twist::NotYetValid => set("nbf", issued + HOUR_SECONDS),
        Twist::MissingExp => {
            claims.remove("exp");
        }
        Twist::MissingIat => {
            claims.remove("iat");
        }
        Twist::WrongUnit => {
            set("iat", issued * 1000);
            set("exp", (issued + HOUR_SECONDS) * 1000);
        }
        _ => (),
    }
}

fn spoil_ims(twist: Twist, claims: &mut Map<String, Value>) {
    let Some(created) = read_milliseconds(claims.get("created_at")) else {
        return;
    };
    let mut set = |name: &str, milliseconds: i64| {
        claims.insert(name.to_owned(), json!(milliseconds.to_string()));
    };
    match twist {
        Twist::Expired => set("created_at", created - 2 * DAY_SECONDS * 1000),
        Twist::IssuedInFuture => set("created_at", created + HOUR_SECONDS * 1000),
        Twist::IssuedLongAgo => {
            set("created_at", created - 30 * DAY_SECONDS * 1000);
            set("expires_in", 60 * DAY_SECONDS * 1000);
        }
        Twist::MissingExp => {
            claims.remove("expires_in");
        }
        Twist::MissingIat => {
            claims.remove("created_at");
        }
        Twist::WrongUnit => {
            set("created_at", created / 1000);
            set("expires_in", DAY_SECONDS);
        }
        _ => (),
    }
}

fn read_milliseconds(value: Option<&Value>) -> Option<i64> {
    value?.as_str()?.parse().ok()
}
