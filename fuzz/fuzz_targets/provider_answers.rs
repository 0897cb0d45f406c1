//! Any answers of an OpenID provider and any tokens. Without a signature by its key nobody is signed
//! in or out, the person of a session is never another, and no answer gets into a message.
#![no_main]

use libfuzzer_sys::arbitrary::{self, Arbitrary};
use libfuzzer_sys::fuzz_target;
use openid::{Failure, Given, Standing};
use postern_fuzz::{
    DESCRIPTION, KEYS, REDIRECT_URI, SUBJECT, assert_plain, found, nothing, now, open_id,
    redemption, run, token, tokens,
};

#[derive(Arbitrary, Debug)]
struct Said<'a> {
    description: Option<&'a [u8]>,
    keys: Option<&'a [u8]>,
    /// Instead of an answer that brings the token.
    answer: Option<&'a [u8]>,
    status: Option<u16>,
    location: Option<&'a str>,
    userinfo: Option<&'a [u8]>,
    introspection: &'a [u8],
    header: Option<&'a [u8]>,
    /// Instead of such that lack nothing but a signature.
    claims: Option<&'a [u8]>,
    signature: &'a [u8],
}

const OF_SIGN_IN: &str = r#"{"iss":"https://idp.test","aud":"shop","sub":"ann","iat":1800000000,
    "exp":1800000300,"groups":["shop"],"nonce":"n-0S6_WzA2Mj"}"#;
const OF_LOGOUT: &str = r#"{"iss":"https://idp.test","aud":"shop","sub":"ann","iat":1800000000,
    "exp":1800000300,"jti":"1","events":{"http://schemas.openid.net/event/backchannel-logout":{}}}"#;
const OF_PROGRAM: &str = r#"{"iss":"https://idp.test","aud":"shop","sub":"ann","iat":1800000000,
    "exp":1800000300,"groups":["shop"]}"#;

impl Said<'_> {
    fn token(&self, usual: &str) -> String {
        let header = br#"{"alg":"EdDSA","kid":"ed","typ":"JWT"}"#;
        let header = self.header.unwrap_or(header);
        let claims = self.claims.unwrap_or(usual.as_bytes());
        token(header, claims, self.signature)
    }

    fn answers(&self) -> impl Fn(&str) -> Given + Send + Sync + 'static {
        let description = found(self.description.unwrap_or(DESCRIPTION.as_bytes()));
        let keys = found(self.keys.unwrap_or(KEYS.as_bytes()));
        let usual = format!(
            r#"{{"access_token":"a","id_token":"{}"}}"#,
            self.token(OF_SIGN_IN)
        );
        let answer = Given {
            status: self.status.unwrap_or(200),
            location: self.location.map(str::to_owned),
            body: self.answer.unwrap_or(usual.as_bytes()).to_vec(),
        };
        let userinfo = found(
            self.userinfo
                .unwrap_or(br#"{"sub":"ann","groups":["shop"]}"#),
        );
        let introspection = found(self.introspection);
        move |path| match path {
            "/.well-known/openid-configuration" => copy(&description),
            "/keys" => copy(&keys),
            "/token" | "/authorize" => copy(&answer),
            "/userinfo" => copy(&userinfo),
            "/introspect" => copy(&introspection),
            _ => nothing(),
        }
    }
}

fn copy(given: &Given) -> Given {
    Given {
        status: given.status,
        location: given.location.clone(),
        body: given.body.clone(),
    }
}

fn refused<T>(outcome: Result<T, Failure>) -> bool {
    outcome.map_err(assert_plain).is_err()
}

fuzz_target!(|said: Said| {
    let provider = open_id(said.answers());
    // Whoever chooses the keys may have signed with them.
    let is_forged = said.description.is_none() && said.keys.is_none();
    run(async {
        let redeemed = provider.redeem(&redemption(&"code".into()), now()).await;
        assert!(refused(redeemed) || !is_forged);
        let ended = provider
            .read_logout_token(&said.token(OF_LOGOUT), now())
            .await;
        assert!(refused(ended) || !is_forged);
        // What is no token to look at is the provider's to vouch for.
        let brought = provider
            .read_bearer(&said.token(OF_PROGRAM).into(), now())
            .await;
        assert!(refused(brought) || !is_forged || said.header.is_some());
        for refresh in [None, Some("a-refresh-token".into())] {
            let kept = tokens(refresh);
            match provider.check(&kept, SUBJECT, now()).await {
                Ok(Standing::Valid {
                    person: Some(person),
                    ..
                }) => assert_eq!(person.subject, SUBJECT),
                outcome => drop(refused(outcome)),
            }
            let _ = refused(provider.end_session_url(&kept, REDIRECT_URI).await);
        }
        if let Err(why) = provider.try_credentials(REDIRECT_URI, "en_US").await {
            assert_plain(why);
        }
    });
});
