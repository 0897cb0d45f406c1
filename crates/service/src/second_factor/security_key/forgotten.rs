//! Passkeys that browsers go on offering although nobody here has them any more.

use super::{set_up, shop};
use crate::app::App;
use crate::error::ServiceError;
use data_encoding::{BASE64URL_NOPAD, HEXLOWER};
use secrecy::{ExposeSecret, SecretString};
use serde::Deserialize;
use store::second_factors::people;

/// A passkey that a browser need not offer any more (`signalUnknownCredential`).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Forgotten {
    /// The name that it was bound to.
    pub rp_id: String,
    /// Its id, in base64url.
    pub id: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Answer {
    id: String,
    response: Response,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Response {
    user_handle: Option<String>,
}

/// The passkey of an answer that was refused as unknown, where it is one of ours: made for somebody
/// here, and on nobody's list any more. Such a word makes browsers delete it, and the name that it is
/// bound to may have passkeys of others, such as of the shop's customers.
pub async fn forgotten(
    app: &App,
    answer: &SecretString,
) -> Result<Option<Forgotten>, ServiceError> {
    let Ok(shop) = shop::load(app).await? else {
        return Ok(None);
    };
    let Some((id, handle)) = read(answer) else {
        return Ok(None);
    };
    let mut connection = app.database().connection().await?;
    let is_ours = people::is_user_handle(&mut connection, &HEXLOWER.encode(&handle)).await?;
    let is_forgotten = is_ours && !set_up::is_known(app, &mut connection, &id).await?;
    Ok(is_forgotten.then(|| Forgotten {
        rp_id: shop.party.id().to_owned(),
        id: BASE64URL_NOPAD.encode(&id),
    }))
}

/// The id of an answer, and the handle of the person it was made for.
fn read(answer: &SecretString) -> Option<(Vec<u8>, Vec<u8>)> {
    let answer: Answer = serde_json::from_str(answer.expose_secret()).ok()?;
    let decode = |text: &str| BASE64URL_NOPAD.decode(text.as_bytes()).ok();
    let handle = decode(answer.response.user_handle.as_deref()?)?;
    let id = decode(&answer.id)?;
    let is_id = (1..=webauthn::LONGEST_ID).contains(&id.len());
    is_id.then_some((id, handle))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(id: &str, handle: Option<&[u8]>) -> Option<(Vec<u8>, Vec<u8>)> {
        let handle = handle.map(|handle| BASE64URL_NOPAD.encode(handle));
        let answer = serde_json::json!({ "id": id, "response": { "userHandle": handle } });
        read(&SecretString::from(answer.to_string()))
    }

    #[test]
    fn only_an_answer_with_an_id_and_a_handle_names_a_passkey() {
        assert_eq!(found("_-8", Some(&[7])), Some((vec![255, 239], vec![7])));
        assert_eq!(found("_-8", None), None);
        for id in ["", "\"><script>", "not base64", &"A".repeat(1368)] {
            assert_eq!(found(id, Some(&[7; 32])), None, "{id}");
        }
        assert_eq!(read(&SecretString::from("[")), None);
    }
}
