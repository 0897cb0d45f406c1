//! Headers and signatures of tokens.

use serde_json::json;

use super::Twist;
use crate::tokens::{Draft, Signing};

pub(super) fn spoil(twist: Twist, draft: &mut Draft) {
    let mut set = |name: &str, value| {
        draft.header.insert(name.to_owned(), value);
    };
    match twist {
        Twist::WrongKey => draft.signing = Signing::Foreign,
        Twist::UnknownKid => {
            set("kid", json!("a-key-that-is-not-there"));
            if draft.header.contains_key("x5u") {
                set_x5u(draft, "a-key-that-is-not-there.cer");
            }
        }
        Twist::NoKid => set("kid", json!(null)),
        Twist::AlgNone => {
            set("alg", json!("none"));
            draft.signing = Signing::Nothing;
        }
        Twist::AlgHs256 => {
            set("alg", json!("HS256"));
            draft.signing = Signing::PublicKeyAsSecret;
        }
        Twist::JwksSymmetric => {
            set("alg", json!("HS256"));
            draft.signing = Signing::SharedSecret;
        }
        Twist::DamagedSignature => draft.signing = Signing::Damaged,
        Twist::EmbeddedJwk => draft.signing = Signing::ForeignEmbedded,
        Twist::ForeignJku => {
            set("jku", json!("https://evil.test/keys"));
            draft.signing = Signing::Foreign;
        }
        Twist::CriticalHeader => {
            set("crit", json!(["https://evil.test/obey"]));
            set("https://evil.test/obey", json!(true));
        }
        Twist::WrongTyp => set("typ", json!("secevent+jwt")),
        Twist::NoX5u => {
            draft.header.remove("x5u");
        }
        Twist::X5uClimbs => set_x5u(draft, "../../oidc/jwks"),
        Twist::X5uElsewhere => set_x5u(draft, "https://evil.test/key.cer"),
        _ => (),
    }
}

/// Only tokens that have one get another one.
fn set_x5u(draft: &mut Draft, name: &str) {
    if let Some(x5u) = draft.header.get_mut("x5u") {
        *x5u = json!(name);
    }
}
