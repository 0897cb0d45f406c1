//! What the profile of IMS or the userinfo of an OpenID provider says of a person.

use serde_json::{Map, Value, json};

use super::Twist;

/// The names of the subject: at IMS and at an OpenID provider.
const SUBJECTS: [&str; 2] = ["userId", "sub"];

/// The answer to who a token stands for.
pub(crate) fn profile(twist: Option<Twist>, mut said: Map<String, Value>) -> Value {
    let Some(twist) = twist else {
        return Value::Object(said);
    };
    address(twist, &mut said);
    for name in SUBJECTS {
        match twist {
            Twist::NoSubject => {
                said.remove(name);
            }
            Twist::EmptySubject => set(&mut said, name, json!("")),
            Twist::NumericSubject => set(&mut said, name, json!(7)),
            Twist::WrongSubject => {
                set(&mut said, name, json!("0123456789ABCDEF01234567@AdobeID"));
            }
            _ => (),
        }
    }
    if twist == Twist::GroupsAtSignInOnly {
        said.remove("groups");
    }
    match twist {
        Twist::ProfileOfNobody => json!({}),
        Twist::ProfileList => json!([said]),
        _ => Value::Object(said),
    }
}

/// The mail address and the groups, wherever they are said.
pub(super) fn address(twist: Twist, said: &mut Map<String, Value>) {
    let email = said
        .get("email")
        .and_then(Value::as_str)
        .unwrap_or_default()
        .to_owned();
    match twist {
        Twist::EmailUnverified => {
            set(said, "email_verified", json!(false));
            set(said, "emailVerified", json!("false"));
        }
        Twist::NoEmail => {
            said.remove("email");
        }
        Twist::EmailTwoAts => set(said, "email", json!(format!("{email}@evil.test"))),
        Twist::EmailList => set(said, "email", json!([email, "eve@evil.test"])),
        // CYRILLIC SMALL LETTER A and IE in place of the Latin letters.
        Twist::EmailLookalike => {
            let lookalike = email.replace('a', "\u{430}").replace('e', "\u{435}");
            set(said, "email", json!(lookalike));
        }
        Twist::EmailLineBreak => {
            set(
                said,
                "email",
                json!(format!("{email}\r\nBcc: eve@evil.test")),
            );
        }
        Twist::NotMember => set(said, "groups", json!([])),
        _ => (),
    }
}

/// Only what is there is altered.
fn set(said: &mut Map<String, Value>, name: &str, value: Value) {
    if let Some(field) = said.get_mut(name) {
        *field = value;
    }
}
