//! No answer is a key's that is not signed by it, and none with a new key makes the reader fall over:
//! whole, or with the parts that browsers encode.
#![no_main]

use libfuzzer_sys::fuzz_target;
use webauthn::{
    Asked, Assertion, Creation, KnownKey, PublicKey, RelyingParty, UserVerification, Wanted,
};

/// Of a private key that was thrown away.
const KEY: &str = "-----BEGIN PUBLIC KEY-----
MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEY2Tu7+rgU6mOHAmZrOLaXKk6uy7W
kOnGLCbz+5dhzX4EsAP03bavElipMGd3ZL5mPtfv/myQAq3Jm/K5YB0saA==
-----END PUBLIC KEY-----";

fuzz_target!(|parts: (&str, &[u8], &[u8], &[u8])| {
    let (text, client_data, data, signature) = parts;
    let party = RelyingParty::new("shop.test", "https://shop.test/").expect("a relying party");
    let encode = |bytes: &[u8]| data_encoding::BASE64URL_NOPAD.encode(bytes);
    let answer = |response: String| {
        format!(r#"{{"id":"AQ","rawId":"AQ","type":"public-key","response":{{{response}}}}}"#)
    };
    let asked = Asked {
        party: &party,
        user: UserVerification::Discouraged,
        is_asked: &|_| Ok(()),
    };
    let key = KnownKey {
        public_key: PublicKey::from_pem(KEY).expect("a key"),
        counter: None,
        is_eligible: None,
        user_handle: None,
        needs_handle: false,
    };
    let parts = format!(
        r#""clientDataJSON":"{}","authenticatorData":"{}","signature":"{}""#,
        encode(client_data),
        encode(data),
        encode(signature),
    );
    for json in [text, &answer(parts)] {
        let verified = Assertion::read(json).and_then(|assertion| assertion.verify(&asked, &key));
        assert!(verified.is_err());
    }
    let wanted = Wanted {
        party: &party,
        user: UserVerification::Discouraged,
        models: None,
        is_asked: &|_| Ok(()),
        now: jiff::Timestamp::UNIX_EPOCH,
    };
    let parts = format!(
        r#""clientDataJSON":"{}","attestationObject":"{}""#,
        encode(client_data),
        encode(data),
    );
    for json in [text, &answer(parts)] {
        // A key that is new may be anybody's: only reading it is at stake.
        let _ = Creation::read(json).and_then(|creation| creation.verify(&wanted));
    }
});
