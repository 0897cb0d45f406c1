//! `setup:*`.

pub mod db;
pub mod install;
pub mod upgrade;

/// What it means that keys are bound to a name from now on.
fn bound_to(name: &str) -> String {
    format!(
        "Security keys and passkeys are bound to {name} from now on. Each one that is set up works \
         under this name only, for ever: under another name everybody would need new ones. While \
         nobody has any, config:set postern/passkey/rp_id changes it."
    )
}
