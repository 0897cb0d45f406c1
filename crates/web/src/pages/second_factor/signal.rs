//! What a page tells the browser of its passkeys, for the script to pass on: JSON for an attribute.

use serde_json::json;
use service::second_factor::own::Accepted;
use service::second_factor::security_key::Forgotten;

/// That there is no such passkey here.
pub(crate) fn of_forgotten(passkey: &Forgotten) -> String {
    json!({
        "method": "signalUnknownCredential",
        "rpId": passkey.rp_id,
        "credentialId": passkey.id,
    })
    .to_string()
}

/// Which passkeys of a person there are.
pub(super) fn of_accepted(accepted: &Accepted) -> String {
    json!({
        "method": "signalAllAcceptedCredentials",
        "rpId": accepted.rp_id,
        "userId": accepted.user_handle,
        "allAcceptedCredentialIds": accepted.ids,
    })
    .to_string()
}
