//! Any answers of Adobe IMS. Only a member is signed in, as the profile says and nobody else, and never
//! with an ID token that its key has not signed; of two members with one name neither counts.
#![no_main]

use libfuzzer_sys::arbitrary::{self, Arbitrary};
use libfuzzer_sys::fuzz_target;
use openid::{Given, Provider, SignedIn};
use postern_fuzz::{
    CERTIFICATE, KEYS, REDIRECT_URI, SUBJECT, adobe, assert_plain, found, nothing, now, redemption,
    run, token, tokens,
};
use serde_json::Value;

#[derive(Arbitrary, Debug)]
struct Said<'a> {
    answer: Option<&'a [u8]>,
    status: Option<u16>,
    location: Option<&'a str>,
    profile: Option<&'a [u8]>,
    membership: Option<&'a [u8]>,
    validation: Option<&'a [u8]>,
    certificate: Option<&'a [u8]>,
    header: Option<&'a [u8]>,
    /// Instead of such that lack nothing but a signature.
    claims: Option<&'a [u8]>,
    signature: &'a [u8],
}

impl Said<'_> {
    fn token(&self) -> String {
        let header = br#"{"alg":"RS256","x5u":"a.cer","kid":"rsa"}"#;
        let claims =
            br#"{"type":"access_token","created_at":"1800000000000","expires_in":"300000"}"#;
        token(
            self.header.unwrap_or(header),
            self.claims.unwrap_or(claims),
            self.signature,
        )
    }

    fn profile(&self) -> &[u8] {
        self.profile.unwrap_or(br#"{"userId":"ann"}"#)
    }

    fn membership(&self) -> &[u8] {
        self.membership.unwrap_or(b"true")
    }

    fn provider(&self, profile: &[u8]) -> Provider {
        let usual = format!(r#"{{"access_token":"{}"}}"#, self.token());
        let answer = self.answer.unwrap_or(usual.as_bytes()).to_vec();
        let (status, location) = (self.status.unwrap_or(200), self.location.map(str::to_owned));
        let validation = self.validation.unwrap_or(br#"{"valid":true}"#).to_vec();
        let certificate = self.certificate.unwrap_or(CERTIFICATE.as_bytes()).to_vec();
        let (profile, membership) = (profile.to_vec(), self.membership().to_vec());
        adobe(move |path| match path {
            "/ims/token" | "/ims/authorize/v2" => Given {
                status,
                location: location.clone(),
                body: answer.clone(),
            },
            "/ims/keys" => found(KEYS.as_bytes()),
            "/ims/profile/v1" => found(&profile),
            "/ims/validate_token/v1" => found(&validation),
            "/keys/prod/a.cer" => found(&certificate),
            _ if path.ends_with("/membership") => found(&membership),
            _ => nothing(),
        })
    }
}

/// The profile with its first member once more, before the others.
fn doubled(profile: &[u8], members: &Value) -> Option<Vec<u8>> {
    let (name, _) = members.as_object()?.iter().next()?;
    let rest = profile.trim_ascii_start().strip_prefix(b"{")?;
    let first = format!("{{{}:null,", Value::from(name.as_str()));
    Some([first.as_bytes(), rest].concat())
}

async fn redeem(provider: &Provider) -> Option<SignedIn> {
    let redeemed = provider.redeem(&redemption(&"code".into()), now()).await;
    redeemed.map_err(assert_plain).ok()
}

fuzz_target!(|said: Said| {
    let provider = said.provider(said.profile());
    run(async {
        if let Some(SignedIn { person, .. }) = redeem(&provider).await {
            let profile: Value = serde_json::from_slice(said.profile()).expect("JSON");
            assert_eq!(said.membership(), b"true");
            assert_eq!(profile["userId"], person.subject);
            assert_eq!(profile, Value::Object(person.claims));
            let doubled = doubled(said.profile(), &profile).expect("a profile");
            assert!(redeem(&said.provider(&doubled)).await.is_none());
        }
        let brought = provider.read_bearer(&said.token().into(), now()).await;
        // Whoever chooses the certificate may have signed with its key.
        assert!(brought.map_err(assert_plain).is_err() || said.certificate.is_some());
        if let Err(why) = provider.check(&tokens(None), SUBJECT, now()).await {
            assert_plain(why);
        }
        if let Err(why) = provider.try_credentials(REDIRECT_URI, "en_US").await {
            assert_plain(why);
        }
    });
});
