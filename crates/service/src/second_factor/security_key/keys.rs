//! The keys of a person: Commerce's list says which count and holds their public halves; our own
//! table says what Commerce has no place for.

use super::challenge::{self, Question};
use super::shop::KeyShop;
use crate::app::App;
use crate::error::ServiceError;
use crate::random;
use crate::second_factor::user_config;
use commerce::second_factor::{Provider, StoredKey};
use data_encoding::{BASE64URL_NOPAD, HEXLOWER};
use domain::admin::{Admin, AdminId};
use jiff::Timestamp;
use secrecy::ExposeSecret;
use serde::{Deserialize, Serialize};
use store::database::Connection;
use store::second_factors::people;
use store::second_factors::security_keys::{self, StoredSecurityKey};
use webauthn::options::Descriptor;
use webauthn::{Asked, Assertion, KnownKey, PublicKey, Refusal, Used, UserVerification};

/// What a key is called that has no name: Commerce and its web API give none.
pub(in crate::second_factor) fn name_of_commerce() -> &'static str {
    Provider::U2fKey.name()
}

/// What is known of a key here. It says itself whose and which it is, so that it is of no use in
/// another row.
#[derive(Clone, Debug, Deserialize, PartialEq, Eq, Serialize)]
pub(super) struct Record {
    pub(super) admin: AdminId,
    /// In base64url.
    pub(super) id: String,
    pub(super) counter: u32,
    pub(super) is_eligible: bool,
    pub(super) is_backed_up: bool,
    pub(super) aaguid: String,
    pub(super) transports: Vec<String>,
    /// Whether it was set up here, with a handle of ours: else it cannot stand for its owner alone.
    pub(super) is_ours: bool,
}

impl Record {
    pub(super) fn seal(&self, app: &App) -> Result<String, ServiceError> {
        let json = serde_json::to_string(self);
        let json = json.map_err(|error| ServiceError::Fault(error.to_string()))?;
        Ok(app.keyring().encrypt(json.as_bytes(), random::bytes()?))
    }

    fn open(app: &App, admin: AdminId, key: &StoredKey, sealed: &str) -> Option<Self> {
        let json = app.keyring().decrypt_text(sealed).ok()?;
        let record: Self = serde_json::from_str(json.expose_secret()).ok()?;
        let is_its_own = record.admin == admin && record.id == BASE64URL_NOPAD.encode(&key.id);
        is_its_own.then_some(record)
    }
}

/// A key that counts.
pub(in crate::second_factor) struct Held {
    pub(in crate::second_factor) key: StoredKey,
    known: Known,
}

/// What is known of it.
enum Known {
    /// It was set up in PHP, and was not used here so far.
    Nothing,
    Record(Record),
    /// There is something that cannot be read. The key is not taken: less would be asked of it.
    Damaged,
}

impl Held {
    fn descriptor(&self) -> Descriptor {
        let transports = match &self.known {
            Known::Record(record) => record.transports.clone(),
            Known::Nothing | Known::Damaged => Vec::new(),
        };
        Descriptor {
            id: self.key.id.clone(),
            transports,
        }
    }

    /// Whether it can stand for its owner without a password.
    pub(in crate::second_factor) fn is_passkey(&self) -> bool {
        matches!(&self.known, Known::Record(record) if record.is_ours)
    }
}

/// The keys of `admin` that count.
pub(in crate::second_factor) async fn held(
    app: &App,
    connection: &mut Connection,
    admin: &Admin,
) -> Result<Vec<Held>, ServiceError> {
    let config = user_config::load(app, connection, admin).await?;
    let rows = security_keys::list_of(connection, admin.id).await?;
    let known = |key: &StoredKey| {
        let digest = key.digest();
        match rows.iter().find(|row| row.credential_hash == digest) {
            None => Known::Nothing,
            Some(row) => Record::open(app, admin.id, key, &row.credential)
                .map_or(Known::Damaged, Known::Record),
        }
    };
    let keys = user_config::keys(admin, &config)?.into_iter();
    Ok(keys
        .map(|key| Held {
            known: known(&key),
            key,
        })
        .collect())
}

/// Keys as a browser is told of them.
pub(in crate::second_factor) fn descriptors(keys: &[Held]) -> Vec<Descriptor> {
    keys.iter().map(Held::descriptor).collect()
}

/// The bytes that stand for a person in their passkeys, if they have some.
pub(in crate::second_factor) async fn handle(
    connection: &mut Connection,
    admin: AdminId,
) -> Result<Option<Vec<u8>>, ServiceError> {
    let stored = people::user_handle(connection, admin).await?;
    Ok(stored.and_then(|hex| HEXLOWER.decode(hex.as_bytes()).ok()))
}

/// The same, made where there are none: random, so that they tell nothing of the person.
pub(super) async fn ensure_handle(
    connection: &mut Connection,
    admin: AdminId,
) -> Result<Vec<u8>, ServiceError> {
    let fresh = HEXLOWER.encode(&random::bytes::<32>()?);
    people::give_user_handle(connection, admin, &fresh).await?;
    let given = handle(connection, admin).await?;
    given.ok_or_else(|| ServiceError::Fault("a user handle cannot be read".to_owned()))
}

/// How a key is to be shown.
pub(in crate::second_factor) struct Showing<'a> {
    pub(in crate::second_factor) shop: &'a KeyShop,
    pub(in crate::second_factor) question: Question<'a>,
    /// Without a password: the user has to be verified, and named by the key.
    pub(in crate::second_factor) is_alone: bool,
}

/// Whether an answer is a key's of `admin`, who is held; the use is noted.
pub(in crate::second_factor) async fn show(
    app: &App,
    connection: &mut Connection,
    admin: &Admin,
    showing: &Showing<'_>,
    assertion: &Assertion,
    now: Timestamp,
) -> Result<Result<(), Refusal>, ServiceError> {
    let keys = held(app, connection, admin).await?;
    let mut keys = keys.into_iter();
    let Some(held) = keys.find(|held| held.key.id == assertion.id()) else {
        return Ok(Err(Refusal::Unknown));
    };
    if showing.is_alone && !held.is_passkey() {
        return Ok(Err(Refusal::Unknown));
    }
    let handle = handle(connection, admin.id).await?;
    let verified = verify(app, showing, &held, handle.as_deref(), assertion, now);
    // With both the signature was right. The same answer once more has no higher counter either, and
    // is no second key.
    if let Ok(_) | Err(Refusal::Counter) = verified {
        let used_up = challenge::use_up(app, connection, assertion.challenge(), now).await?;
        if let Err(refusal) = used_up {
            return Ok(Err(refusal));
        }
    }
    match verified {
        Ok(used) => note_use(app, connection, admin, held, used, now)
            .await
            .map(Ok),
        Err(refusal) => Ok(Err(refusal)),
    }
}

fn verify(
    app: &App,
    showing: &Showing<'_>,
    held: &Held,
    handle: Option<&[u8]>,
    assertion: &Assertion,
    now: Timestamp,
) -> Result<Used, Refusal> {
    let record = match &held.known {
        Known::Nothing => None,
        Known::Record(record) => Some(record),
        Known::Damaged => return Err(Refusal::Unknown),
    };
    let public_key = PublicKey::from_pem(&held.key.public_key).ok_or(Refusal::Algorithm)?;
    let key = KnownKey {
        public_key,
        counter: record.map(|record| record.counter),
        is_eligible: record.map(|record| record.is_eligible),
        // PHP writes a handle of its own into the keys that it sets up.
        user_handle: handle.filter(|_| held.is_passkey()),
        needs_handle: showing.is_alone,
    };
    let user = match showing.is_alone {
        true => UserVerification::Required,
        false => UserVerification::Discouraged,
    };
    let asked = Asked {
        party: &showing.shop.party,
        user,
        is_asked: &|challenge| showing.question.judge(app, now, challenge),
    };
    assertion.verify(&asked, &key)
}

async fn note_use(
    app: &App,
    connection: &mut Connection,
    admin: &Admin,
    held: Held,
    used: Used,
    now: Timestamp,
) -> Result<(), ServiceError> {
    let digest = held.key.digest();
    let Known::Record(record) = held.known else {
        let record = Record {
            admin: admin.id,
            id: BASE64URL_NOPAD.encode(&held.key.id),
            counter: used.counter,
            is_eligible: used.is_eligible,
            is_backed_up: used.is_backed_up,
            aaguid: held.key.aaguid,
            transports: Vec::new(),
            is_ours: false,
        };
        let row = StoredSecurityKey {
            credential_hash: digest,
            admin: admin.id,
            name: name_of_commerce().to_owned(),
            credential: record.seal(app)?,
            created_at: now,
            last_used_at: Some(now),
        };
        return Ok(security_keys::create(connection, &row).await?);
    };
    let record = Record {
        counter: used.counter,
        is_backed_up: used.is_backed_up,
        ..record
    };
    let sealed = record.seal(app)?;
    Ok(security_keys::record_use(connection, &digest, &sealed, now).await?)
}
