//! The second factors of one admin, `tfa_user_config.encoded_config`: an encrypted JSON object with
//! an entry for each provider, in which a shared secret is encrypted once more. Entries of
//! providers that are unknown here, and whatever else stands in one, are kept as they are.
//!
//! Commerce reads a value that does not decrypt as "nothing set up". Here it is an error: who
//! damages a row must not be asked for less.

use crate::encryption::{DecryptError, Keyring};
use data_encoding::{BASE64, HEXLOWER};
use secrecy::{ExposeSecret, SecretString};
use serde_json::{Map, Value, json};
use sha2::{Digest, Sha256};

/// Commerce's providers that work without a service of somebody else.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Provider {
    /// Codes of an authenticator app.
    Google,
    /// Security keys and passkeys.
    U2fKey,
}

impl Provider {
    /// Both, in the order in which Commerce lists them.
    pub const ALL: [Self; 2] = [Self::Google, Self::U2fKey];

    /// What Commerce calls it in configuration, commands and the web API.
    pub fn code(self) -> &'static str {
        match self {
            Self::Google => "google",
            Self::U2fKey => "u2fkey",
        }
    }

    /// Reads [`Self::code`] back.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|known| known.code() == code)
    }

    /// What Commerce calls it to people.
    pub fn name(self) -> &'static str {
        match self {
            Self::Google => "Google Authenticator",
            Self::U2fKey => "U2F (Yubikey and others)",
        }
    }
}

/// A security key as Commerce keeps it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredKey {
    /// The credential's id.
    pub id: Vec<u8>,
    /// Its public key, in PEM.
    pub public_key: String,
    /// The kind of authenticator, as it was written down; empty where it was not.
    pub aaguid: String,
}

impl StoredKey {
    /// SHA-256 of the id, in hex: short enough for a name, whatever the id's length.
    pub fn digest(&self) -> String {
        credential_digest(&self.id)
    }
}

/// The same of an id alone.
pub fn credential_digest(id: &[u8]) -> String {
    HEXLOWER.encode(&Sha256::digest(id))
}

/// Why a stored configuration cannot be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum InvalidUserConfig {
    /// It cannot be decrypted.
    #[error("it cannot be decrypted: {0}")]
    Sealed(#[from] DecryptError),
    /// It is not the JSON that Commerce writes.
    #[error("it is not what Commerce writes there")]
    Malformed,
}

/// The second factors of one admin.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct UserConfig {
    providers: Map<String, Value>,
}

impl std::fmt::Debug for UserConfig {
    /// Only which providers there are.
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let providers: Vec<&String> = self.providers.keys().collect();
        formatter
            .debug_tuple("UserConfig")
            .field(&providers)
            .finish()
    }
}

impl UserConfig {
    /// Reads what is stored. An empty text is an admin with nothing set up.
    pub fn open(keyring: &Keyring, stored: &str) -> Result<Self, InvalidUserConfig> {
        if stored.trim().is_empty() {
            return Ok(Self::default());
        }
        let text = keyring.decrypt_text(stored)?;
        match serde_json::from_str(text.expose_secret()) {
            Ok(Value::Object(providers)) => Ok(Self { providers }),
            // PHP writes an empty map as an empty list.
            Ok(Value::Array(list)) if list.is_empty() => Ok(Self::default()),
            _ => Err(InvalidUserConfig::Malformed),
        }
    }

    /// What to store.
    pub fn seal(&self, keyring: &Keyring, nonce: [u8; 12]) -> String {
        let json = match self.providers.is_empty() {
            true => "[]".to_owned(),
            // A map of strings to JSON values is always written.
            false => serde_json::to_string(&self.providers).unwrap_or_default(),
        };
        keyring.encrypt(json.as_bytes(), nonce)
    }

    /// Whether a provider was set up to the end.
    pub fn is_active(&self, provider: Provider) -> bool {
        self.entry(provider)
            .and_then(|entry| entry.get("active"))
            .is_some_and(is_true)
    }

    /// The secret that an authenticator app shares, in base32, whether it is active or not.
    pub fn totp_secret(
        &self,
        keyring: &Keyring,
    ) -> Result<Option<SecretString>, InvalidUserConfig> {
        let Some(entry) = self.entry(Provider::Google) else {
            return Ok(None);
        };
        let stored = match entry.get("secret") {
            None | Some(Value::Null) => return Ok(None),
            Some(Value::String(stored)) => stored,
            Some(_) => return Err(InvalidUserConfig::Malformed),
        };
        let secret = keyring.decrypt_text(stored)?;
        Ok((!secret.expose_secret().is_empty()).then_some(secret))
    }

    /// Keeps the secret of an authenticator app, active from now on.
    pub fn set_totp_secret(&mut self, keyring: &Keyring, secret: &SecretString, nonce: [u8; 12]) {
        self.keep_totp_secret(keyring, secret, nonce, true);
    }

    /// Keeps the secret of an authenticator app that has not shown a code yet: it is good for
    /// nothing until [`Self::set_totp_secret`].
    pub fn propose_totp_secret(
        &mut self,
        keyring: &Keyring,
        secret: &SecretString,
        nonce: [u8; 12],
    ) {
        self.keep_totp_secret(keyring, secret, nonce, false);
    }

    fn keep_totp_secret(
        &mut self,
        keyring: &Keyring,
        secret: &SecretString,
        nonce: [u8; 12],
        is_active: bool,
    ) {
        let sealed = keyring.encrypt(secret.expose_secret().as_bytes(), nonce);
        let entry = json!({ "secret": sealed, "active": is_active });
        self.providers
            .insert(Provider::Google.code().to_owned(), entry);
    }

    /// The security keys, in the order in which they were set up.
    pub fn security_keys(&self) -> Result<Vec<StoredKey>, InvalidUserConfig> {
        let keys = self
            .entry(Provider::U2fKey)
            .and_then(|entry| entry.get("registration"))
            .and_then(|registration| registration.get("public_keys"));
        match keys {
            None | Some(Value::Null) => Ok(Vec::new()),
            Some(Value::Array(keys)) => keys.iter().map(read_key).collect(),
            Some(_) => Err(InvalidUserConfig::Malformed),
        }
    }

    /// Keeps these security keys, active from now on; with none, nothing is left of the provider.
    pub fn set_security_keys(&mut self, keys: &[StoredKey]) {
        if keys.is_empty() {
            self.remove(Provider::U2fKey);
            return;
        }
        let keys: Vec<Value> = keys.iter().map(write_key).collect();
        let entry = json!({ "registration": { "public_keys": keys }, "active": true });
        self.providers
            .insert(Provider::U2fKey.code().to_owned(), entry);
    }

    /// Forgets what was set up with a provider. False where nothing was.
    pub fn remove(&mut self, provider: Provider) -> bool {
        self.providers.remove(provider.code()).is_some()
    }

    fn entry(&self, provider: Provider) -> Option<&Map<String, Value>> {
        self.providers.get(provider.code())?.as_object()
    }
}

/// As PHP takes a value for true.
fn is_true(value: &Value) -> bool {
    match value {
        Value::Bool(flag) => *flag,
        Value::Number(number) => number.as_f64() != Some(0.0),
        Value::String(text) => !text.is_empty() && text != "0",
        _ => false,
    }
}

fn read_key(value: &Value) -> Result<StoredKey, InvalidUserConfig> {
    let text = |name: &str| value.get(name).and_then(Value::as_str);
    let decoded = text("id").and_then(|id| BASE64.decode(id.as_bytes()).ok());
    match (decoded, text("key")) {
        (Some(id), Some(key)) if !id.is_empty() => Ok(StoredKey {
            id,
            public_key: key.to_owned(),
            aaguid: text("aaguid").unwrap_or_default().to_owned(),
        }),
        _ => Err(InvalidUserConfig::Malformed),
    }
}

fn write_key(key: &StoredKey) -> Value {
    json!({
        "key": key.public_key,
        "id": BASE64.encode(&key.id),
        "aaguid": key.aaguid,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn keyring() -> Keyring {
        Keyring::parse("0123456789abcdef0123456789abcdef").unwrap()
    }

    fn sealed(json: &str) -> String {
        keyring().encrypt(json.as_bytes(), [3; 12])
    }

    #[test]
    fn what_is_written_reads_back_and_the_rest_stays() {
        let keyring = keyring();
        let stored = sealed(r#"{"authy":{"user":7,"active":true}}"#);
        let mut config = UserConfig::open(&keyring, &stored).unwrap();
        let secret = SecretString::from("GEZDGNBVGY3TQOJQ");
        config.set_totp_secret(&keyring, &secret, [1; 12]);
        let key = StoredKey {
            id: vec![1, 2, 3],
            public_key: "-----BEGIN PUBLIC KEY-----\r\n".to_owned(),
            aaguid: "00".to_owned(),
        };
        config.set_security_keys(std::slice::from_ref(&key));
        let read = UserConfig::open(&keyring, &config.seal(&keyring, [2; 12])).unwrap();
        assert_eq!(read, config);
        assert!(read.is_active(Provider::Google) && read.is_active(Provider::U2fKey));
        let totp = read.totp_secret(&keyring).unwrap().unwrap();
        assert_eq!(totp.expose_secret(), secret.expose_secret());
        assert_eq!(read.security_keys().unwrap(), [key]);
        assert_eq!(read.providers["authy"]["user"], 7);
        assert!(!format!("{read:?}").contains("GEZD"));
    }

    #[test]
    fn nothing_set_up_is_written_in_several_ways() {
        for stored in [String::new(), " ".to_owned(), sealed("[]"), sealed("{}")] {
            let config = UserConfig::open(&keyring(), &stored).unwrap();
            assert!(
                Provider::ALL
                    .iter()
                    .all(|provider| !config.is_active(*provider))
            );
            assert!(config.totp_secret(&keyring()).unwrap().is_none());
            assert!(config.security_keys().unwrap().is_empty());
        }
        let without_keys = UserConfig::default();
        let mut config = without_keys.clone();
        config.set_security_keys(&[]);
        assert_eq!(config, without_keys);
    }

    #[test]
    fn v09_what_is_damaged_is_an_error_and_never_nothing() {
        let keyring = keyring();
        let truncated = sealed("{}").replace("0:3:", "0:3:AA");
        for stored in [
            "garbage",
            "0:3:AAAA",
            &truncated,
            &sealed("null"),
            &sealed("[1]"),
        ] {
            assert!(UserConfig::open(&keyring, stored).is_err(), "{stored}");
        }
        let entries = [
            r#"{"google":{"secret":7,"active":true}}"#,
            r#"{"google":{"secret":"0:3:AAAA","active":true}}"#,
        ];
        for json in entries {
            let config = UserConfig::open(&keyring, &sealed(json)).unwrap();
            assert!(config.totp_secret(&keyring).is_err(), "{json}");
        }
        for keys in [
            r#"{"a":1}"#,
            r#"[{"id":"!","key":"k"}]"#,
            r#"[{"id":"AQ=="}]"#,
        ] {
            let json = format!(r#"{{"u2fkey":{{"registration":{{"public_keys":{keys}}}}}}}"#);
            let config = UserConfig::open(&keyring, &sealed(&json)).unwrap();
            assert!(config.security_keys().is_err(), "{json}");
        }
    }

    #[test]
    fn a_provider_that_was_begun_and_not_finished_is_not_active() {
        for (active, expected) in [
            ("true", true),
            ("1", true),
            ("\"1\"", true),
            ("\"0\"", false),
        ] {
            let json = format!(r#"{{"google":{{"active":{active}}}}}"#);
            let config = UserConfig::open(&keyring(), &sealed(&json)).unwrap();
            assert_eq!(config.is_active(Provider::Google), expected, "{active}");
        }
        let begun = sealed(r#"{"google":{"secret":""},"u2fkey":null}"#);
        let mut config = UserConfig::open(&keyring(), &begun).unwrap();
        assert!(!config.is_active(Provider::Google));
        let secret = SecretString::from("GEZDGNBVGY3TQOJQ");
        config.propose_totp_secret(&keyring(), &secret, [1; 12]);
        assert!(!config.is_active(Provider::Google));
        assert!(config.totp_secret(&keyring()).unwrap().is_some());
        assert!(config.remove(Provider::Google));
        assert!(!config.remove(Provider::Google));
    }
}
