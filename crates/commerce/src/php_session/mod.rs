//! The data of a PHP session, as `session_encode` writes it: names, a bar, serialized values. The
//! switch asks one thing of it: does this session live by an Adobe token? The rule it guards: no
//! bytes, however hostile, do more than be refused. The grammar of the values: `reader`.

mod reader;

use crate::php_text;
use reader::Reader;
use secrecy::SecretSlice;
use zeroize::Zeroizing;

/// The part of the session that belongs to the signed-in admin; customers have others.
const ADMIN_NAMESPACE: &[u8] = b"admin";
const ACCESS_TOKEN: &[u8] = b"adobe_access_token";
const REAUTHENTICATION_TOKEN: &[u8] = b"adobe_re_auth_token";

/// The session is not in PHP's own format. PHP would not read it either and end the session, but
/// a server with another serializer would: report it, do not pass over it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the session data is not in PHP's session format")]
pub struct UnreadableSession;

/// The Adobe tokens of an admin's session. Neither is there in a session that began with a
/// password, nor in a customer's.
#[derive(Default)]
pub struct AdobeTokens {
    /// From the sign-in.
    pub access: Option<SecretSlice<u8>>,
    /// From the confirmation that some pages ask for.
    pub reauthentication: Option<SecretSlice<u8>>,
}

impl AdobeTokens {
    /// Whether the session lives by Adobe ID.
    pub fn is_any(&self) -> bool {
        self.access.is_some() || self.reauthentication.is_some()
    }
}

impl std::fmt::Debug for AdobeTokens {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(formatter, "AdobeTokens(any: {})", self.is_any())
    }
}

/// The Adobe tokens in the data of a session: the content of a session file, of an unpacked
/// Redis field, or of a database row after [`decode_database_row`].
pub fn adobe_tokens(data: &[u8]) -> Result<AdobeTokens, UnreadableSession> {
    let mut reader = Reader::new(data);
    let mut tokens = AdobeTokens::default();
    while !reader.is_at_end() {
        let name = reader.variable_name()?;
        if name == ADMIN_NAMESPACE && reader.is_at_array() {
            read_admin(&mut reader, &mut tokens)?;
        } else {
            reader.skip_value()?;
        }
    }
    Ok(tokens)
}

/// The session data in a row of the `session` table, which holds it in base64.
pub fn decode_database_row(session_data: &[u8]) -> Zeroizing<Vec<u8>> {
    Zeroizing::new(php_text::decode_base64(session_data))
}

fn read_admin(reader: &mut Reader<'_>, tokens: &mut AdobeTokens) -> Result<(), UnreadableSession> {
    let entries = reader.open_array()?;
    for _ in 0..entries {
        match reader.array_key()? {
            Some(ACCESS_TOKEN) => keep(&mut tokens.access, reader.text_value()?),
            Some(REAUTHENTICATION_TOKEN) => {
                keep(&mut tokens.reauthentication, reader.text_value()?);
            }
            _ => reader.skip_value()?,
        }
    }
    reader.close()
}

/// A namespace or key that comes twice must not hide a token behind an empty one.
fn keep(token: &mut Option<SecretSlice<u8>>, value: Option<&[u8]>) {
    if let Some(value) = value.filter(|value| !value.is_empty()) {
        *token = Some(SecretSlice::from(value.to_vec()));
    }
}
