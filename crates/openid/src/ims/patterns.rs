//! The patterns that Adobe's addresses are made from.
//!
//! They come from configuration, already looked up; how they are filled is in `endpoints`.

/// The patterns, as configuration has them below `adobe_ims/integration/`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Patterns {
    /// `imsUrl`: stands for `#{imsUrl}`.
    pub ims_base: String,
    /// `organizationMembershipUrl`: stands for `#{organizationMembershipUrl}`.
    pub membership_base: String,
    /// `certificateUrl`: stands for `#{certificateUrl}`.
    pub certificate_base: String,
    /// `admin/auth_url_pattern`: where a sign-in begins.
    pub authorize: String,
    /// `token_url`: where a code becomes a token.
    pub token: String,
    /// `profile_url`: who a token stands for.
    pub profile: String,
    /// `validate_token_url`: whether a token still holds.
    pub validate_token: String,
    /// `admin_logout_url`: ends a token.
    pub logout: String,
    /// `organization_membership_url`: whether a token's person belongs to the organization.
    pub membership: String,
    /// `certificate_path`: what the name of an access token's certificate is put behind.
    pub certificate: String,
}

impl Default for Patterns {
    /// Adobe's own, as Commerce 2.4.7 ships them in `AdminAdobeIms/etc/config.xml`.
    fn default() -> Self {
        Self {
            ims_base: "https://ims-na1.adobelogin.com".to_owned(),
            membership_base: "https://graph.identity.adobe.com".to_owned(),
            certificate_base: "https://static.adobelogin.com".to_owned(),
            authorize: "#{imsUrl}/ims/authorize/v2?client_id=#{client_id}\
                &redirect_uri=#{redirect_uri}&locale=#{locale}&scope=#{scope}&state=#{state}\
                &response_type=code"
                .to_owned(),
            token: "#{imsUrl}/ims/token".to_owned(),
            profile: "#{imsUrl}/ims/profile/v1?client_id=#{client_id}".to_owned(),
            validate_token: "#{imsUrl}/ims/validate_token/v1".to_owned(),
            logout: "#{imsUrl}/ims/logout/v1".to_owned(),
            membership: "#{organizationMembershipUrl}/#{org_id}@AdobeOrg/membership".to_owned(),
            certificate: "#{certificateUrl}/keys/prod/".to_owned(),
        }
    }
}
