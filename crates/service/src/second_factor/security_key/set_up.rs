//! A new key: what the browser is asked, and keeping what it answers.

use super::challenge::{self, Question};
use super::keys::{self, Record, descriptors, ensure_handle};
use super::shop::KeyShop;
use crate::app::App;
use crate::error::ServiceError;
use crate::mail::Letterhead;
use crate::second_factor::own::{MOST_KEYS, key_name};
use crate::second_factor::{FactorRefused, enrol, user_config};
use commerce::second_factor::{StoredKey, UserConfig};
use data_encoding::{BASE64, BASE64URL_NOPAD};
use domain::admin::Admin;
use domain::second_factor::Provider;
use jiff::Timestamp;
use secrecy::{ExposeSecret, SecretString};
use store::database::Connection;
use store::second_factors::security_keys::{self, StoredSecurityKey};
use store::second_factors::user_configs;
use webauthn::options::{Create, Person};
use webauthn::{Creation, Made, Models, Refusal, UserVerification, Wanted};

/// One more would be too many.
pub(in crate::second_factor) const TOO_MANY: FactorRefused = FactorRefused::Key("key.too_many");

/// What a new key of `admin` is asked.
pub(in crate::second_factor) async fn options(
    app: &App,
    connection: &mut Connection,
    shop: &Result<KeyShop, FactorRefused>,
    admin: &Admin,
    question: Question<'_>,
    now: Timestamp,
) -> Result<Result<String, FactorRefused>, ServiceError> {
    let shop = match shop {
        Ok(shop) => shop,
        Err(refused) => return Ok(Err(refused.clone())),
    };
    let held = keys::held(app, connection, admin).await?;
    if held.len() >= MOST_KEYS {
        return Ok(Err(TOO_MANY));
    }
    let create = Create {
        party: &shop.party,
        party_name: &shop.name,
        person: Person {
            handle: &ensure_handle(connection, admin.id).await?,
            name: &admin.username,
            display_name: &format!("{} {}", admin.first_name, admin.last_name),
        },
        challenge: &question.challenge(app, now)?,
        user: UserVerification::Preferred,
        known: &descriptors(&held),
        needs_attestation: shop.models(app)?.is_some(),
    };
    Ok(Ok(create.to_json()))
}

/// What a browser answered, and what its owner calls the key.
pub(in crate::second_factor) struct Answer<'a> {
    pub(in crate::second_factor) question: Question<'a>,
    pub(in crate::second_factor) json: &'a SecretString,
    pub(in crate::second_factor) name: &'a str,
    /// Whether recovery codes for who has none would be seen by anybody.
    pub(in crate::second_factor) shows_codes: bool,
}

/// Keeps a new key of `admin`, who is held. Returns recovery codes for who has none.
pub(in crate::second_factor) async fn keep(
    app: &App,
    connection: &mut Connection,
    (shop, head): (&Result<KeyShop, FactorRefused>, &Letterhead),
    admin: &Admin,
    answer: &Answer<'_>,
    now: Timestamp,
) -> Result<Result<Vec<SecretString>, FactorRefused>, ServiceError> {
    let Some(name) = key_name(answer.name) else {
        return Ok(Err(FactorRefused::InvalidName));
    };
    let shop = match shop {
        Ok(shop) => shop,
        Err(refused) => return Ok(Err(refused.clone())),
    };
    let models = shop.models(app)?;
    let (made, challenge) = match verify(app, shop, models.as_ref(), answer, now) {
        Ok(verified) => verified,
        Err(refusal) => return Ok(Err(FactorRefused::from(refusal))),
    };
    let mut config = user_config::load(app, connection, admin).await?;
    let mut listed = user_config::keys(admin, &config)?;
    if listed.len() >= MOST_KEYS {
        return Ok(Err(TOO_MANY));
    }
    if is_known(app, connection, &made.id).await? {
        return Ok(Err(Refusal::Known.into()));
    }
    if let Err(refusal) = challenge::use_up(app, connection, &challenge, now).await? {
        return Ok(Err(refusal.into()));
    }
    let key = StoredKey {
        id: made.id.clone(),
        public_key: made.public_key.to_pem(),
        aaguid: BASE64.encode(made.aaguid.as_bytes()),
    };
    write_down(app, connection, admin, (&key, made, name), now).await?;
    listed.push(key);
    config.set_security_keys(&listed);
    user_config::save(app, connection, admin, &config).await?;
    let provider = Provider::U2fKey;
    if !answer.shows_codes {
        enrol::announce(app, connection, head, admin, provider, now).await?;
        return Ok(Ok(Vec::new()));
    }
    let codes = enrol::conclude(app, connection, head, admin, provider, now).await?;
    Ok(Ok(codes))
}

/// The key of an answer, and the challenge that it uses up.
fn verify(
    app: &App,
    shop: &KeyShop,
    models: Option<&Models>,
    answer: &Answer<'_>,
    now: Timestamp,
) -> Result<(Made, String), Refusal> {
    let creation = Creation::read(answer.json.expose_secret())?;
    let wanted = Wanted {
        party: &shop.party,
        user: UserVerification::Preferred,
        models,
        is_asked: &|challenge| answer.question.judge(app, now, challenge),
        now,
    };
    let made = creation.verify(&wanted)?;
    Ok((made, creation.challenge().to_owned()))
}

/// Whether anybody has this key. Keys that PHP set up stand in the lists of their owners alone, so
/// those are read; one that cannot be read is skipped, since its owner does not get in by it.
pub(super) async fn is_known(
    app: &App,
    connection: &mut Connection,
    id: &[u8],
) -> Result<bool, ServiceError> {
    for (_, stored) in user_configs::list(connection).await? {
        let config = UserConfig::open(app.keyring(), &stored).unwrap_or_default();
        let keys = config.security_keys().unwrap_or_default();
        if keys.iter().any(|key| key.id == id) {
            return Ok(true);
        }
    }
    Ok(false)
}

/// Keeps what Commerce's list has no place for. A row that is left of an earlier owner, whose list
/// does not have the key any more, makes room.
async fn write_down(
    app: &App,
    connection: &mut Connection,
    admin: &Admin,
    (key, made, name): (&StoredKey, Made, &str),
    now: Timestamp,
) -> Result<(), ServiceError> {
    let digest = key.digest();
    security_keys::delete_stale(connection, &digest).await?;
    let record = Record {
        admin: admin.id,
        id: BASE64URL_NOPAD.encode(&made.id),
        counter: made.counter,
        is_eligible: made.is_eligible,
        is_backed_up: made.is_backed_up,
        aaguid: made.aaguid.to_string(),
        transports: made.transports,
        is_ours: true,
    };
    let row = StoredSecurityKey {
        credential_hash: digest,
        admin: admin.id,
        name: name.to_owned(),
        credential: record.seal(app)?,
        created_at: now,
        last_used_at: None,
    };
    Ok(security_keys::create(connection, &row).await?)
}
