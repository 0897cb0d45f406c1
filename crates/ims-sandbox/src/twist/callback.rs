//! What the browser brings back to the client.

use super::Twist;

/// How long a code is that is too long.
const HUGE: usize = 20_000;

/// The parameters of a callback, in order.
pub(crate) type Parameters = Vec<(&'static str, String)>;

/// Alters the parameters of a callback.
pub(crate) fn callback(twist: Twist, parameters: &mut Parameters) {
    match twist {
        Twist::CallbackWrongState => set(parameters, "state", "another-state"),
        Twist::CallbackNoState => remove(parameters, "state"),
        Twist::CallbackTwoStates => add(parameters, "state", "another-state"),
        Twist::CallbackWrongIss => {
            remove(parameters, "iss");
            add(parameters, "iss", "https://evil.test");
        }
        Twist::CallbackNoIss => remove(parameters, "iss"),
        Twist::CallbackNoCode => remove(parameters, "code"),
        Twist::CallbackEmptyCode => set(parameters, "code", ""),
        Twist::CallbackTwoCodes => add(parameters, "code", "another-code"),
        Twist::CallbackHugeCode => set(parameters, "code", &"a".repeat(HUGE)),
        Twist::CallbackForeignCode => set(parameters, "code", "code-of-another-provider"),
        Twist::CallbackCodeAndError => add(parameters, "error", "access_denied"),
        Twist::CallbackErrorDenied => fail(parameters, "access_denied", None),
        Twist::CallbackErrorServer => fail(parameters, "server_error", None),
        Twist::CallbackErrorHtml => {
            let description = "<script>alert(1)</script>";
            fail(parameters, "server_error", Some(description));
        }
        _ => (),
    }
}

fn fail(parameters: &mut Parameters, error: &str, description: Option<&str>) {
    remove(parameters, "code");
    add(parameters, "error", error);
    if let Some(description) = description {
        add(parameters, "error_description", description);
    }
}

fn set(parameters: &mut Parameters, name: &str, value: &str) {
    for parameter in parameters {
        if parameter.0 == name {
            value.clone_into(&mut parameter.1);
        }
    }
}

fn add(parameters: &mut Parameters, name: &'static str, value: &str) {
    parameters.push((name, value.to_owned()));
}

fn remove(parameters: &mut Parameters, name: &str) {
    parameters.retain(|parameter| parameter.0 != name);
}
