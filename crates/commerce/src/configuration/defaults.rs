//! Defaults of Commerce's modules (their `config.xml`) for the paths Postern reads or sets.
//! All of them are of the default scope. What has no default is in `setting.rs`. Paths that begin
//! with `postern/` are our own.

/// The default of a path.
#[must_use]
pub fn default_value(path: &str) -> Option<&'static str> {
    DEFAULTS
        .iter()
        .find(|(own, _)| *own == path)
        .map(|(_, value)| *value)
}

const AUTHORIZE: &str = "#{imsUrl}/ims/authorize/v2?client_id=#{client_id}&redirect_uri=#{redirect_uri}&locale=#{locale}&scope=#{scope}&state=#{state}&response_type=code";
const AUTHORIZE_AGAIN: &str = "#{imsUrl}/ims/authorize/v2?client_id=#{client_id}&redirect_uri=#{redirect_uri}&locale=#{locale}&scope=#{scope}&state=#{state}&response_type=code&reauth=check";

/// Paths with their defaults, section by section.
pub const DEFAULTS: &[(&str, &str)] = &[
    ("admin/captcha/always_for/backend_forgotpassword", "1"),
    ("admin/captcha/case_sensitive", "0"),
    ("admin/captcha/enable", "1"),
    ("admin/captcha/failed_attempts_ip", "1000"),
    ("admin/captcha/failed_attempts_login", "3"),
    ("admin/captcha/font", "linlibertine"),
    (
        "admin/captcha/forms",
        "backend_forgotpassword,backend_login",
    ),
    ("admin/captcha/length", "4-5"),
    ("admin/captcha/mode", "after_fail"),
    ("admin/captcha/symbols", "ABCDEFGHJKMnpqrstuvwxyz23456789"),
    ("admin/captcha/timeout", "7"),
    ("admin/captcha/type", "default"),
    ("admin/emails/forgot_email_identity", "general"),
    (
        "admin/emails/forgot_email_template",
        "admin_emails_forgot_email_template",
    ),
    (
        "admin/emails/new_user_notification_template",
        "admin_emails_new_user_notification_template",
    ),
    (
        "admin/emails/user_notification_template",
        "admin_emails_user_notification_template",
    ),
    ("admin/security/admin_account_sharing", "0"),
    ("admin/security/lockout_failures", "6"),
    ("admin/security/lockout_threshold", "30"),
    ("admin/security/max_number_password_reset_requests", "5"),
    (
        "admin/security/min_time_between_password_reset_requests",
        "10",
    ),
    ("admin/security/password_is_forced", "1"),
    ("admin/security/password_lifetime", "90"),
    ("admin/security/password_reset_link_expiration_period", "2"),
    ("admin/security/password_reset_protection_type", "1"),
    ("admin/security/session_lifetime", "900"),
    ("admin/security/use_case_sensitive_login", "0"),
    ("admin/security/use_form_key", "1"),
    ("admin/startup/menu_item_id", "dashboard"),
    ("admin/url/custom", ""),
    ("admin/url/use_custom", "0"),
    ("admin/url/use_custom_path", "0"),
    (
        "adobe_ims/email/content_template",
        "admin_emails_new_user_created_template",
    ),
    (
        "adobe_ims/email/footer_template",
        "admin_adobe_ims_email_footer_template",
    ),
    (
        "adobe_ims/email/header_template",
        "admin_adobe_ims_email_header_template",
    ),
    ("adobe_ims/email/new_user_email_identity", "general"),
    ("adobe_ims/integration/admin/auth_url_pattern", AUTHORIZE),
    (
        "adobe_ims/integration/admin/reauth_url_pattern",
        AUTHORIZE_AGAIN,
    ),
    ("adobe_ims/integration/admin/scopes/adobe_id", "AdobeID"),
    ("adobe_ims/integration/admin/scopes/openid", "openid"),
    ("adobe_ims/integration/admin/scopes/email", "email"),
    ("adobe_ims/integration/admin/scopes/profile", "profile"),
    ("adobe_ims/integration/admin/scopes/org_read", "org.read"),
    ("adobe_ims/integration/admin_enabled", "0"),
    (
        "adobe_ims/integration/admin_logout_url",
        "#{imsUrl}/ims/logout/v1",
    ),
    (
        "adobe_ims/integration/certificateUrl",
        "https://static.adobelogin.com",
    ),
    (
        "adobe_ims/integration/certificate_path",
        "#{certificateUrl}/keys/prod/",
    ),
    (
        "adobe_ims/integration/imageUrl",
        "https://cc-api-behance.adobe.io",
    ),
    (
        "adobe_ims/integration/imsUrl",
        "https://ims-na1.adobelogin.com",
    ),
    ("adobe_ims/integration/logging_enabled", "0"),
    (
        "adobe_ims/integration/organizationMembershipUrl",
        "https://graph.identity.adobe.com",
    ),
    (
        "adobe_ims/integration/organization_membership_url",
        "#{organizationMembershipUrl}/#{org_id}@AdobeOrg/membership",
    ),
    (
        "adobe_ims/integration/profile_url",
        "#{imsUrl}/ims/profile/v1?client_id=#{client_id}",
    ),
    ("adobe_ims/integration/token_url", "#{imsUrl}/ims/token"),
    (
        "adobe_ims/integration/validate_token_url",
        "#{imsUrl}/ims/validate_token/v1",
    ),
    ("oauth/access_token_lifetime/admin", "4"),
    ("oauth/access_token_lifetime/customer", "1"),
    ("oauth/authentication_lock/max_failures_count", "6"),
    ("oauth/authentication_lock/timeout", "1800"),
    ("oauth/cleanup/cleanup_probability", "100"),
    ("oauth/cleanup/expiration_period", "120"),
    ("postern/openid/grace", "600"),
    ("postern/openid/provisioning", "0"),
    ("postern/openid/scopes", "openid email profile"),
    ("postern/security/password_policy", "commerce"),
    ("postern/security/session_absolute_lifetime", "43200"),
    ("system/security/max_session_size_admin", "256000"),
    (
        "twofactorauth/authy/onetouch_message",
        "Login request to your Magento Admin",
    ),
    ("twofactorauth/general/auth_lock_expire", "300"),
    ("twofactorauth/general/force_providers", ""),
    ("twofactorauth/general/twofactorauth_retry", "10"),
    ("twofactorauth/google/leeway", "29"),
    ("webapi/jwtauth/admin_expiration", "60"),
    ("webapi/jwtauth/customer_expiration", "60"),
    ("webapi/jwtauth/jwe_alg", "A128GCM"),
    ("webapi/jwtauth/jwt_alg", "HS256"),
    ("webapi/webapisecurity/allow_insecure", "0"),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_path_stands_once_and_has_three_segments_or_more() {
        let mut paths: Vec<&str> = DEFAULTS.iter().map(|(path, _)| *path).collect();
        assert!(paths.iter().all(|path| path.split('/').count() >= 3));
        paths.sort_unstable();
        let length = paths.len();
        paths.dedup();
        assert_eq!(paths.len(), length);
    }
}
