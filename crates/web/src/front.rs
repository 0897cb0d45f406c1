//! The backend front name, the first part of every address of the Admin, and the addresses below
//! it. The name is half a secret in Commerce: whoever does not know it already gets the same 404
//! as for any other path, with nothing in it that gives the name away.

use crate::Door;
use crate::assets::{Asset, KEYS, SCRIPTS, STYLESHEET};
use crate::problem::Problem;
use axum::extract::FromRequestParts;
use axum::http::request::Parts;

/// Proof that a request is below the front name, and the addresses of the pages there.
#[derive(Clone, Debug)]
pub(crate) struct Front {
    name: String,
}

impl Front {
    /// The front of this name.
    pub(crate) fn named(name: String) -> Self {
        Self { name }
    }

    /// The front of a path, if the path is below it.
    pub(crate) fn of(path: &str, name: String) -> Option<Self> {
        (path.split('/').nth(1) == Some(name.as_str())).then_some(Self { name })
    }

    /// The sign-in page, and once signed in the page that says so.
    pub(crate) fn home(&self) -> String {
        format!("/{}", self.name)
    }

    /// Where one signs out.
    pub(crate) fn sign_out(&self) -> String {
        format!("/{}/admin/auth/logout", self.name)
    }

    /// What tells where one is signed out.
    pub(crate) fn signed_out(&self) -> String {
        format!("/{}/admin/auth/loggedout", self.name)
    }

    /// Where one changes one's own account.
    pub(crate) fn account(&self) -> String {
        format!("/{}/admin/system_account/", self.name)
    }

    /// Where one sees and ends one's own sessions.
    pub(crate) fn sessions(&self) -> String {
        format!("/{}/security/session/activity/", self.name)
    }

    /// Where one session is ended.
    pub(crate) fn end_session(&self) -> String {
        format!("/{}/security/session/end/", self.name)
    }

    /// Where all other sessions are ended, at Commerce's own address.
    pub(crate) fn end_other_sessions(&self) -> String {
        format!("/{}/security/session/logoutAll/", self.name)
    }

    /// Where a session is kept from ending.
    pub(crate) fn extend_session(&self) -> String {
        format!("/{}/admin/session/extend/", self.name)
    }

    /// Where the way through Adobe ID begins.
    pub(crate) fn adobe_sign_in(&self) -> String {
        format!("/{}/admin/auth/adobe", self.name)
    }

    /// The same with a query: back to where the person wanted to go, or with another account.
    pub(crate) fn adobe_sign_in_with(&self, name: &str, value: &str) -> String {
        let value: String = url::form_urlencoded::byte_serialize(value.as_bytes()).collect();
        format!("{}?{name}={value}", self.adobe_sign_in())
    }

    /// Where the state of the integration and the policies are shown, at the address of Commerce's
    /// Stores > Configuration > Advanced > Admin.
    pub(crate) fn configuration(&self) -> String {
        format!("/{}/admin/system_config/edit/section/admin/", self.name)
    }

    /// Where a second factor is asked for, and where a link to set one up leads.
    pub(crate) fn second_factor(&self) -> String {
        format!("/{}/tfa/tfa/index/", self.name)
    }

    /// Where a passkey signs in.
    pub(crate) fn passkey(&self) -> String {
        format!("/{}/admin/passkey/", self.name)
    }

    /// Where the browser learns what to ask a passkey.
    pub(crate) fn passkey_options(&self) -> String {
        format!("/{}/admin/passkey/options/", self.name)
    }

    /// Any other address of Commerce's module for second factors, or of ours beside it.
    pub(crate) fn tfa(&self, rest: &str) -> String {
        format!("/{}/tfa/{rest}", self.name)
    }

    /// Where one asks for a link to set a password.
    pub(crate) fn forgot_password(&self) -> String {
        format!("/{}/admin/auth/forgotpassword/", self.name)
    }

    /// Where a mailed link leads.
    pub(crate) fn reset_password(&self) -> String {
        format!("/{}/admin/auth/resetpassword/", self.name)
    }

    /// Where the form of a mailed link goes.
    pub(crate) fn reset_password_post(&self) -> String {
        format!("/{}/admin/auth/resetpasswordpost/", self.name)
    }

    /// An address that a form sent along, if it is one of ours: below the front name, and written
    /// in a way that no browser takes for another place.
    pub(crate) fn own_address(&self, address: &str) -> Option<String> {
        let (path, _) = address.split_once('?').unwrap_or((address, ""));
        let is_plain = |byte: u8| byte.is_ascii_graphic() && byte != b'\\';
        let is_step = |part: &str| part == ".." || part == "." || part.contains('%');
        (Self::of(path, self.name.clone()).is_some()
            && address.bytes().all(is_plain)
            && !path.contains("//")
            && !path.split('/').any(is_step))
        .then(|| address.to_owned())
    }

    /// Where the switch between languages goes.
    pub(crate) fn language(&self) -> String {
        format!("/{}/admin/language", self.name)
    }

    /// The one stylesheet.
    pub(crate) fn stylesheet(&self) -> String {
        self.asset(&STYLESHEET)
    }

    /// The script of every page.
    pub(crate) fn script(&self) -> String {
        self.asset(&SCRIPTS)
    }

    /// The script of pages that ask for a security key.
    pub(crate) fn keys_script(&self) -> String {
        self.asset(&KEYS)
    }

    /// Where a file that pages load is.
    pub(crate) fn asset(&self, asset: &Asset) -> String {
        format!("/{}/static/{}", self.name, asset.name())
    }
}

impl FromRequestParts<Door> for Front {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, door: &Door) -> Result<Self, Problem> {
        Self::of(parts.uri.path(), door.app.front_name()?).ok_or(Problem::NotFound)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_whole_first_part_of_a_path_is_the_front_name() {
        for path in ["/back", "/back/", "/back/admin"] {
            assert!(Front::of(path, "back".to_owned()).is_some(), "{path}");
        }
        for path in [
            "/",
            "//back",
            "/Back",
            "/backdoor",
            "/x/back",
            "/back%2f",
            "back",
        ] {
            assert!(Front::of(path, "back".to_owned()).is_none(), "{path}");
        }
    }
}
