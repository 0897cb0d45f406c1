//! What a browser sends back: the JSON of a `PublicKeyCredential`, as its `toJSON` writes it.

use crate::client_data::ClientData;
use crate::{LONGEST_ID, Refusal};
use data_encoding::BASE64URL_NOPAD;
use serde::Deserialize;

/// The longest answer that is read, in bytes. One with a chain of certificates has some 10,000.
pub const MOST_BYTES: usize = 65_536;

/// How many ways to reach an authenticator are remembered, and how long each word may be.
const MOST_TRANSPORTS: usize = 8;
const LONGEST_TRANSPORT: usize = 32;

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Credential<R> {
    id: String,
    raw_id: String,
    r#type: String,
    response: R,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct CreationResponse {
    #[serde(rename = "clientDataJSON")]
    client_data: String,
    attestation_object: String,
    #[serde(default)]
    transports: Vec<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct AssertionResponse {
    #[serde(rename = "clientDataJSON")]
    client_data: String,
    authenticator_data: String,
    signature: String,
    user_handle: Option<String>,
}

/// An answer with a new key, taken apart; nothing of it is verified.
pub struct Creation {
    pub(crate) id: Vec<u8>,
    pub(crate) client_data_json: Vec<u8>,
    pub(crate) client_data: ClientData,
    pub(crate) attestation_object: Vec<u8>,
    pub(crate) transports: Vec<String>,
}

/// An answer of a key that is known, taken apart; nothing of it is verified.
pub struct Assertion {
    pub(crate) id: Vec<u8>,
    pub(crate) client_data_json: Vec<u8>,
    pub(crate) client_data: ClientData,
    pub(crate) authenticator_data: Vec<u8>,
    pub(crate) signature: Vec<u8>,
    pub(crate) user_handle: Option<Vec<u8>>,
}

impl Creation {
    /// Takes an answer apart.
    pub fn read(json: &str) -> Result<Self, Refusal> {
        let (id, response): (_, CreationResponse) = read(json)?;
        let client_data_json = decode(&response.client_data)?;
        let mut transports = response.transports;
        transports.retain(|word| is_word(word));
        transports.truncate(MOST_TRANSPORTS);
        Ok(Self {
            id,
            client_data: ClientData::read(&client_data_json)?,
            client_data_json,
            attestation_object: decode(&response.attestation_object)?,
            transports,
        })
    }

    /// The challenge that it says to answer, in base64url: what is to be used up with it.
    pub fn challenge(&self) -> &str {
        self.client_data.challenge()
    }
}

impl Assertion {
    /// Takes an answer apart.
    pub fn read(json: &str) -> Result<Self, Refusal> {
        let (id, response): (_, AssertionResponse) = read(json)?;
        let client_data_json = decode(&response.client_data)?;
        let handle = response.user_handle.filter(|handle| !handle.is_empty());
        Ok(Self {
            id,
            client_data: ClientData::read(&client_data_json)?,
            client_data_json,
            authenticator_data: decode(&response.authenticator_data)?,
            signature: decode(&response.signature)?,
            user_handle: handle.as_deref().map(decode).transpose()?,
        })
    }

    /// The challenge that it says to answer, in base64url: what is to be used up with it.
    pub fn challenge(&self) -> &str {
        self.client_data.challenge()
    }

    /// The id of the key that it says to be of: where to look for what is known of it.
    pub fn id(&self) -> &[u8] {
        &self.id
    }
}

fn read<'a, R: Deserialize<'a>>(json: &'a str) -> Result<(Vec<u8>, R), Refusal> {
    if json.len() > MOST_BYTES {
        return Err(Refusal::TooLarge);
    }
    let credential: Credential<R> = serde_json::from_str(json).map_err(|_| Refusal::Malformed)?;
    if credential.r#type != "public-key" {
        return Err(Refusal::Malformed);
    }
    let id = decode(&credential.raw_id)?;
    let is_good = credential.id == credential.raw_id && (1..=LONGEST_ID).contains(&id.len());
    match is_good {
        true => Ok((id, credential.response)),
        false => Err(Refusal::Id),
    }
}

fn decode(text: &str) -> Result<Vec<u8>, Refusal> {
    BASE64URL_NOPAD
        .decode(text.as_bytes())
        .map_err(|_| Refusal::Malformed)
}

/// A word for a transport, whether we have heard of it or not.
fn is_word(text: &str) -> bool {
    let is_letter = |byte: u8| byte.is_ascii_lowercase() || byte == b'-';
    (1..=LONGEST_TRANSPORT).contains(&text.len()) && text.bytes().all(is_letter)
}
