//! A provider as Commerce describes it to programs.

use serde::Serialize;
use service::second_factor::Provider;

/// In the order of Commerce's fields. The two actions are addresses below the front name; what else
/// there is at PHP's pages has no address of its own here.
#[derive(Serialize)]
pub(super) struct Described {
    enabled: bool,
    engine: Engine,
    code: &'static str,
    name: &'static str,
    icon: String,
    reset_allowed: bool,
    configure_action: String,
    auth_action: String,
    extra_actions: [&'static str; 0],
}

#[derive(Serialize)]
struct Engine {
    enabled: bool,
}

/// Code, name, the part of its addresses, and whether it can be taken away.
type Known = (&'static str, &'static str, &'static str, bool);

const DUO: Known = ("duo_security", "Duo Security", "duo", false);
const AUTHY: Known = ("authy", "Authy", "authy", true);

/// Every provider of Commerce's. Two of them need a service of somebody else and are not enabled.
pub(super) fn all() -> [Described; 4] {
    [
        of(Provider::Google),
        describe(DUO, false),
        describe(AUTHY, false),
        of(Provider::U2fKey),
    ]
}

/// These providers, which are here.
pub(super) fn described(providers: &[Provider]) -> Vec<Described> {
    providers.iter().copied().map(of).collect()
}

fn of(provider: Provider) -> Described {
    let part = match provider {
        Provider::Google => "google",
        Provider::U2fKey => "u2f",
    };
    describe((provider.code(), provider.name(), part, true), true)
}

fn describe((code, name, part, reset_allowed): Known, enabled: bool) -> Described {
    Described {
        enabled,
        engine: Engine { enabled },
        code,
        name,
        icon: format!("Magento_TwoFactorAuth::images/providers/{code}.png"),
        reset_allowed,
        configure_action: format!("tfa/{part}/configure"),
        auth_action: format!("tfa/{part}/auth"),
        extra_actions: [],
    }
}
