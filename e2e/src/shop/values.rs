//! The values that come and go. Each is unlike anything else in an instance, so that finding one
//! of them anywhere proves that it was left there.

/// What identifies a shop to Adobe.
#[derive(Clone, Copy, Debug)]
pub struct Credentials {
    /// 24 letters and digits.
    pub organization_id: &'static str,
    /// Letters, digits, `_` and `-`.
    pub client_id: &'static str,
    /// Any printable characters.
    pub client_secret: &'static str,
}

impl Credentials {
    /// All three.
    pub fn values(self) -> [&'static str; 3] {
        [self.organization_id, self.client_id, self.client_secret]
    }
}

/// What the integration is switched on with.
pub const GIVEN: Credentials = Credentials {
    organization_id: "7A1F0C93D25E4B86A0D7E9C1",
    client_id: "given-client-kq81mz",
    client_secret: "p8e-given.Secret~77+AbCdEf/Gh=",
};

/// What an earlier integration was switched on with.
pub const STALE: Credentials = Credentials {
    organization_id: "E55C0D1B7F3A49228C6B1D04",
    client_id: "stale-client-vw24xy",
    client_secret: "p8e-stale-Secret_31-QwErTyUi",
};

/// What an earlier integration with an OpenID provider was set up with, by path.
pub const STALE_PROVIDER: [(&str, &str); 6] = [
    (
        "postern/openid/issuer",
        "https://stale-issuer-qz83.test/realms/shop",
    ),
    ("postern/openid/scopes", "openid stale-scope-bn29"),
    ("postern/openid/organization_claim", "stale-claim-lk47"),
    ("postern/openid/role_claim", "stale-role-claim-mv58"),
    (
        "postern/openid/roles",
        "{\"stale-value-hg36\":\"Administrators\"}",
    ),
    ("postern/openid/provisioning", "1"),
];

/// Adobe's tokens: of the web API, two of a profile, and one in a stored session.
pub const TOKENS: [&str; 4] = [
    "eyJ-webapi-access-0192837465-aqswdefrgthy",
    "eyJ-profile-access-5647382910-zaxscdvfbgnh",
    "eyJ-profile-refresh-1029384756-plokijuhygtf",
    "eyJ-session-access-6758493021-mnbvcxzlkjhg",
];

/// An admin whose password was set before the integration.
pub const USERNAME: &str = "anna";

/// That password.
pub const PASSWORD: &str = "Anna-123456-before";

/// `crypt/key` of the instance.
pub const CRYPT_KEY: &str = "0123456789abcdef0123456789abcdef";
