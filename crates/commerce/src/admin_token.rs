//! The tokens of Commerce's admin Web API: JSON Web Tokens (RFC 7519) that a Commerce node and we
//! accept from each other, signed with the last encryption key. The rules it guards: one
//! algorithm (HS256), one key, admins only. Whether a token was revoked is for its user row.

use crate::encryption::Keyring;
use data_encoding::BASE64URL_NOPAD;
use hmac::{Hmac, KeyInit as _, Mac as _};
use secrecy::SecretString;
use serde::{Deserialize, Serialize};
use sha2::Sha256;
use zeroize::Zeroizing;

/// Commerce pads the key text to this length on both sides.
const PADDED_KEY_LENGTH: usize = 2048;
const KEY_PADDING: u8 = b'&';

/// No token of Commerce is a quarter as long.
const MAX_TOKEN_LENGTH: usize = 1024;

/// Since July 2024 there is one key, with this name.
const KEY_ID: &str = "1";
const ALGORITHM: &str = "HS256";

/// `utypid` of an admin; customers' tokens are signed with the same key.
const ADMIN_USER_TYPE: u32 = 2;

/// Who a token is for, and when it holds. Times are Unix seconds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AdminClaims {
    /// `admin_user.user_id`.
    pub user_id: u32,
    /// When it was issued: a token from before the admin's `revoke_before` is void.
    pub issued_at: i64,
    /// The first second in which it does not hold any more.
    pub expires_at: i64,
}

/// Why a token is not accepted. To the client all of them are one answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TokenRefusal {
    /// Not a signed JSON Web Token of the kind Commerce issues.
    #[error("the token is malformed")]
    Malformed,
    /// Another algorithm, or a critical extension.
    #[error("the token uses an algorithm other than HS256")]
    UnsupportedAlgorithm,
    /// A key other than the current one, or no key at all.
    #[error("the token names a key that is not current")]
    UnknownKey,
    /// Changed, or signed with another key.
    #[error("the token's signature is wrong")]
    WrongSignature,
    /// A customer's token, or another user type's.
    #[error("the token is not an admin's")]
    NotAnAdmin,
    /// Its time is over.
    #[error("the token has expired")]
    Expired,
}

#[derive(Serialize, Deserialize)]
struct Header<'a> {
    kid: Option<&'a str>,
    alg: &'a str,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    crit: Option<serde_json::Value>,
}

/// In the order in which Commerce writes them.
#[derive(Serialize, Deserialize)]
struct Payload {
    uid: u32,
    utypid: u32,
    iat: i64,
    exp: i64,
}

/// A token that Commerce accepts as its own.
pub fn issue(keyring: &Keyring, claims: AdminClaims) -> SecretString {
    let payload = Payload {
        uid: claims.user_id,
        utypid: ADMIN_USER_TYPE,
        iat: claims.issued_at,
        exp: claims.expires_at,
    };
    let header = Header {
        kid: Some(KEY_ID),
        alg: ALGORITHM,
        crit: None,
    };
    let signed = format!("{}.{}", encode(&header), encode(&payload));
    let signature = mac(keyring, &signed)
        .map(|mac| BASE64URL_NOPAD.encode(&mac.finalize().into_bytes()))
        .unwrap_or_default();
    SecretString::from(format!("{signed}.{signature}"))
}

/// What a token says, once its signature and its time hold. `now` is in Unix seconds.
pub fn verify(keyring: &Keyring, token: &str, now: i64) -> Result<AdminClaims, TokenRefusal> {
    if token.len() > MAX_TOKEN_LENGTH {
        return Err(TokenRefusal::Malformed);
    }
    let (signed, signature) = token.rsplit_once('.').ok_or(TokenRefusal::Malformed)?;
    let (header, payload) = signed.split_once('.').ok_or(TokenRefusal::Malformed)?;
    check_header(&decode(header)?)?;
    let mac = mac(keyring, signed).ok_or(TokenRefusal::WrongSignature)?;
    mac.verify_slice(&decode(signature)?)
        .map_err(|_| TokenRefusal::WrongSignature)?;
    let payload: Payload =
        serde_json::from_slice(&decode(payload)?).map_err(|_| TokenRefusal::Malformed)?;
    if payload.utypid != ADMIN_USER_TYPE {
        return Err(TokenRefusal::NotAnAdmin);
    }
    if now >= payload.exp {
        return Err(TokenRefusal::Expired);
    }
    let (user_id, issued_at, expires_at) = (payload.uid, payload.iat, payload.exp);
    Ok(AdminClaims {
        user_id,
        issued_at,
        expires_at,
    })
}

fn check_header(header: &[u8]) -> Result<(), TokenRefusal> {
    let header: Header<'_> = serde_json::from_slice(header).map_err(|_| TokenRefusal::Malformed)?;
    if header.alg != ALGORITHM || header.crit.is_some() {
        return Err(TokenRefusal::UnsupportedAlgorithm);
    }
    if header.kid != Some(KEY_ID) {
        return Err(TokenRefusal::UnknownKey);
    }
    Ok(())
}

/// The key is the text of `crypt/key`, a `base64` prefix included, padded like PHP's `str_pad`.
fn mac(keyring: &Keyring, signed: &str) -> Option<Hmac<Sha256>> {
    let text = keyring.newest_text().as_bytes();
    let padding = PADDED_KEY_LENGTH.saturating_sub(text.len());
    let mut key = Zeroizing::new(Vec::with_capacity(PADDED_KEY_LENGTH));
    key.extend(std::iter::repeat_n(KEY_PADDING, padding / 2));
    key.extend_from_slice(text);
    key.extend(std::iter::repeat_n(KEY_PADDING, padding - padding / 2));
    // HMAC takes keys of every length.
    Hmac::<Sha256>::new_from_slice(&key)
        .ok()
        .map(|mac| mac.chain_update(signed))
}

fn encode(part: &impl Serialize) -> String {
    // Numbers and plain texts always serialize.
    BASE64URL_NOPAD.encode(&serde_json::to_vec(part).unwrap_or_default())
}

fn decode(part: &str) -> Result<Vec<u8>, TokenRefusal> {
    BASE64URL_NOPAD
        .decode(part.as_bytes())
        .map_err(|_| TokenRefusal::Malformed)
}
