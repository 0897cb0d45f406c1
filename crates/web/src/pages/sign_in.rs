//! The front name's own address: the sign-in page for who is signed out, and otherwise the page
//! that says who is signed in. Which form is shown follows the mode; what is accepted is decided
//! by the use case, which reads the mode itself.

mod form;

use super::{account, enter, home, no_permission, secret};
use crate::Door;
use crate::form_key;
use crate::front::Front;
use crate::member::{self, Purpose};
use crate::problem::Problem;
use crate::trouble::Trouble;
use crate::visitor::Visitor;
use axum::Form;
use axum::extract::rejection::FormRejection;
use axum::extract::{RawQuery, State};
use axum::http::StatusCode;
use axum::response::Response;
use domain::audit::Door as AuditDoor;
use domain::puzzle::Answer;
use domain::session::EndReason;
use domain::sign_in_mode::SignInMode;
use form::{Message, show};
use secrecy::SecretString;
use serde::Deserialize;
use service::sign_in::password::{self, Attempt, SignInRefused};

/// The query of the page after signing out.
pub(super) const SIGNED_OUT_QUERY: &str = "signed_out";

/// The query of the page after setting a password with a mailed link.
pub(super) const PASSWORD_SET_QUERY: &str = "password_set";

/// The query of the page after asking for a link to set a password.
pub(super) const LINK_REQUESTED_QUERY: &str = "link_requested";

#[derive(Deserialize)]
pub(crate) struct SignInForm {
    #[serde(rename = "login[username]", default)]
    username: String,
    #[serde(rename = "login[password]", default, deserialize_with = "secret")]
    password: SecretString,
    #[serde(default)]
    form_key: String,
    #[serde(default)]
    puzzle: String,
    #[serde(default)]
    solution: String,
    /// Where the person wanted to go.
    #[serde(default)]
    back: String,
    /// What the person had typed when their session was found to be over.
    #[serde(default)]
    kept: String,
}

pub(crate) async fn get(
    front: Front,
    visitor: Visitor,
    State(door): State<Door>,
    RawQuery(query): RawQuery,
) -> Result<Response, Problem> {
    let mode = door.mode()?;
    if let Some(current) = visitor.current(&door).await? {
        return match member::admit(&front, &visitor, &door, current, Purpose::Any).await? {
            Ok(current) => home::show(&front, &visitor, &door, &current, query.as_deref()).await,
            Err(answer) => Ok(answer),
        };
    }
    if let Some(trouble) = Trouble::of_query(&door, query.as_deref()) {
        return show_trouble(&front, &visitor, &door, StatusCode::OK, &trouble).await;
    }
    let notice = match query.as_deref() {
        Some(SIGNED_OUT_QUERY) => Some("sign_out-done"),
        Some(LINK_REQUESTED_QUERY) => Some("forgot_password-done"),
        Some(PASSWORD_SET_QUERY) => Some("reset_password-done"),
        _ => visitor.why_ended(&door).await?.map(session_ended),
    };
    let message = Message {
        notice,
        ..Message::default()
    };
    show(&front, &visitor, &door, mode, &message).await
}

pub(crate) async fn post(
    front: Front,
    visitor: Visitor,
    State(door): State<Door>,
    form: Result<Form<SignInForm>, FormRejection>,
) -> Result<Response, Problem> {
    let Form(form) = form?;
    let message = Message {
        username: &form.username,
        back: &form.back,
        kept: &form.kept,
        ..Message::default()
    };
    if !form_key::is_of_visitor(&door, &visitor, &form.form_key) {
        let message = Message {
            status: StatusCode::FORBIDDEN,
            notice: Some("page-stale"),
            ..message
        };
        return show(&front, &visitor, &door, door.mode()?, &message).await;
    }
    let attempt = Attempt {
        username: form.username.clone(),
        password: form.password,
        door: AuditDoor::Page,
        ip: visitor.origin.ip.clone(),
        browser: visitor.browser_id.clone(),
        answer: (!form.puzzle.is_empty()).then_some(Answer {
            puzzle: form.puzzle,
            solution: form.solution,
        }),
    };
    match password::check(&door.app, attempt).await? {
        Ok(verified) => {
            let back = account::resume_address(&front, &door, verified.admin.id, &form.kept)
                .or_else(|| front.own_address(&form.back));
            enter::enter(&front, visitor, &door, &verified, back).await
        }
        Err(refused) => refuse(&front, &visitor, &door, &refused, message).await,
    }
}

/// The sign-in page in place of one that is for who is signed in. It leads back to it, and takes
/// along what was `kept` of a form.
pub(crate) async fn ask(
    front: &Front,
    visitor: &Visitor,
    door: &Door,
    kept: Option<String>,
) -> Result<Response, Problem> {
    let reason = visitor.why_ended(door).await?.map(session_ended);
    let message = Message {
        status: StatusCode::UNAUTHORIZED,
        is_calm: true,
        notice: Some(match (&kept, reason) {
            (Some(_), _) => "sign_in-kept",
            (None, Some(reason)) => reason,
            (None, None) => "sign_in-needed",
        }),
        back: visitor.page.as_deref().unwrap_or_default(),
        kept: kept.as_deref().unwrap_or_default(),
        ..Message::default()
    };
    show(front, visitor, door, door.mode()?, &message).await
}

/// The sign-in page of the mode that holds, with a refusal that is not about what was typed.
pub(super) async fn show_refusal(
    front: &Front,
    visitor: &Visitor,
    door: &Door,
    status: StatusCode,
    notice: &'static str,
) -> Result<Response, Problem> {
    let message = Message {
        status,
        notice: Some(notice),
        ..Message::default()
    };
    show(front, visitor, door, door.mode()?, &message).await
}

/// The sign-in page of the mode that holds, with what went wrong on the way to the provider.
pub(super) async fn show_trouble(
    front: &Front,
    visitor: &Visitor,
    door: &Door,
    status: StatusCode,
    trouble: &Trouble,
) -> Result<Response, Problem> {
    let message = Message {
        status,
        trouble: Some(trouble),
        ..Message::default()
    };
    show(front, visitor, door, door.mode()?, &message).await
}

/// The page once more. Where the next attempt needs a puzzle the form carries it from the start.
async fn refuse(
    front: &Front,
    visitor: &Visitor,
    door: &Door,
    refused: &SignInRefused,
    message: Message<'_>,
) -> Result<Response, Problem> {
    let (mode, status, notice) = match refused {
        SignInRefused::NoRole => {
            return no_permission::refuse(front, visitor, message.username);
        }
        SignInRefused::BadCredentials => (
            SignInMode::Commerce,
            StatusCode::UNAUTHORIZED,
            "sign_in-bad_credentials",
        ),
        SignInRefused::PuzzleNeeded(_) => (
            SignInMode::Commerce,
            StatusCode::TOO_MANY_REQUESTS,
            "puzzle-needed",
        ),
        SignInRefused::IntegrationIsOn => (
            SignInMode::AdobeIms,
            StatusCode::FORBIDDEN,
            "adobe_sign_in-use",
        ),
    };
    let foreseen;
    let challenge = match refused {
        SignInRefused::PuzzleNeeded(challenge) => Some(challenge),
        SignInRefused::BadCredentials => {
            let (name, ip) = (message.username, &visitor.origin.ip);
            foreseen = password::foresee_puzzle(&door.app, name, ip).await?;
            foreseen.as_ref()
        }
        _ => None,
    };
    let message = Message {
        status,
        notice: Some(notice),
        are_fields_wrong: status == StatusCode::UNAUTHORIZED,
        puzzle: challenge.map(|challenge| challenge.puzzle.as_str()),
        ..message
    };
    show(front, visitor, door, mode, &message).await
}

/// Why the session that the browser still has a cookie of is over.
fn session_ended(reason: EndReason) -> &'static str {
    match reason {
        EndReason::SignedInElsewhere => "session_ended-signed_in_elsewhere",
        EndReason::EndedByOwner => "session_ended-by_owner",
        EndReason::EndedByOperator => "session_ended-by_operator",
        EndReason::PasswordChanged => "session_ended-password_changed",
        EndReason::AccountDisabled => "session_ended-account_disabled",
        EndReason::RevokedByProvider => "session_ended-revoked_by_provider",
        EndReason::ProviderUnreachable => "session_ended-provider_unreachable",
        EndReason::SignedOutAtProvider => "session_ended-signed_out_at_provider",
        EndReason::Expired => "session_ended-expired",
    }
}

#[cfg(test)]
mod tests {
    use crate::testing::{PASSWORD, Shop};
    use domain::sign_in_mode::SignInMode;
    use jiff::SignedDuration;

    const WITHOUT_PUZZLES: &str = "INSERT INTO #core_config_data (scope, scope_id, path, value) \
                                   VALUES ('default', 0, 'admin/captcha/enable', '0')";

    #[tokio::test]
    async fn who_is_signed_out_finds_a_form_that_works_without_scripts() {
        let shop = Shop::open().await;
        let answer = shop.browser().get("/back").await;
        insta::assert_snapshot!(answer, @"
        200 OK
        content-type: text/html; charset=utf-8

        Welcome, please sign in
        Username
        [field]
        Password
        [field]
        [button] Sign in
        Forgot your password?
        ");
        let form = answer.between("<form", "</form>");
        let key = answer.between("name=\"form_key\" value=\"", "\"");
        insta::assert_snapshot!(form.replace(&key, "KEY"), @r#"
         method="post" action="/back">
        <input type="hidden" name="form_key" value="KEY">


        <label for="username">Username</label>
        <input id="username" name="login[username]" type="text" value="" autocomplete="username" autocapitalize="none" autocorrect="off" spellcheck="false" required autofocus>
        <label for="login">Password</label>
        <div class="with-button">
        <input id="login" name="login[password]" type="password" autocomplete="current-password" required>
        <button class="reveal" type="button" data-reveals="login" data-show="Show" data-hide="Hide" aria-pressed="false" hidden></button>
        </div>
        <p class="hint" role="status" data-of="login" data-caps-lock="Caps Lock is on."></p>

        <button type="submit">Sign in</button>
        "#);
        assert_eq!(key.len(), 64);
    }

    #[tokio::test]
    async fn every_spelling_of_the_address_leads_to_the_same_page() {
        let shop = Shop::open().await;
        for path in ["/back", "/back/", "/back/admin", "/back/admin/"] {
            assert_eq!(shop.browser().get(path).await.status(), 200, "{path}");
        }
        for path in ["/", "/admin", "/Back", "/back/admin/x", "/back//admin"] {
            assert_eq!(shop.browser().get(path).await.status(), 404, "{path}");
        }
    }

    #[tokio::test]
    async fn while_the_integration_is_off_nothing_tells_of_adobe() {
        let shop = Shop::open().await;
        shop.ann().await;
        let mut browser = shop.browser();
        let page = browser.get("/back").await;
        let mut seen = page.header("content-security-policy").unwrap().to_owned() + &page.body;
        seen += &browser.sign_in("ann", "wrong").await.body;
        browser.sign_in("ann", PASSWORD).await;
        seen += &browser.get("/back").await.body;
        assert!(!seen.to_lowercase().contains("adobe"));
        for path in [
            "/back/admin/auth/adobe",
            "/back/adobe_ims_auth/oauth/imscallback/",
        ] {
            let mut stranger = shop.browser();
            let answer = stranger.get(path).await;
            let location = answer.header("location").unwrap();
            assert!(location.starts_with("/back?trouble="), "{path} {location}");
            let told = stranger.get(location).await;
            assert!(told.text().contains("Sign in with your Commerce password"));
        }
    }

    #[tokio::test]
    async fn the_right_password_opens_a_session_that_shows_who_it_is_and_when_they_came_before() {
        let shop = Shop::open().await;
        shop.ann().await;
        let mut browser = shop.browser();
        let answer = browser.sign_in("ann", PASSWORD).await;
        insta::assert_snapshot!(answer, @r"
        303 See Other
        location: /back
        ");
        insta::assert_snapshot!(browser.get("/back").await, @"
        200 OK
        content-type: text/html; charset=utf-8

        You are signed in
        Name
        Ann Smith &#38; &#60;Sons&#62;
        Username
        ann
        Role
        Administrators
        Signed in with
        Commerce password
        How people sign in, and which policies hold
        ");

        shop.wait(SignedDuration::from_hours(26));
        let mut other = shop.browser();
        other.sign_in("ann", PASSWORD).await;
        let page = other.get("/back").await;
        assert!(page.text().contains("15 January 2027, 08:00 UTC"), "{page}");
        assert!(page.body.contains("datetime=\"2027-01-15T08:00:00Z\""));
    }

    #[tokio::test]
    async fn the_cookie_is_bound_to_host_and_https_and_out_of_reach_of_scripts() {
        let shop = Shop::open().await;
        shop.ann().await;
        let mut browser = shop.browser();
        let answer = browser.sign_in("ann", PASSWORD).await;
        let id = browser.cookie("__Host-postern").unwrap();
        assert_eq!(id.len(), 43);
        let cookie = answer.header("set-cookie").unwrap().replace(id, "ID");
        assert_eq!(
            cookie,
            "__Host-postern=ID; Path=/; Secure; HttpOnly; SameSite=Lax"
        );
    }

    #[tokio::test]
    async fn a_refused_sign_in_keeps_the_name_and_tells_why_to_eyes_and_ears() {
        let shop = Shop::open().await;
        shop.ann().await;
        let answer = shop.browser().sign_in("a\"<b>", "wrong password").await;
        insta::assert_snapshot!(answer, @"
        401 Unauthorized
        content-type: text/html; charset=utf-8

        Welcome, please sign in
        The account sign-in was incorrect or your account is disabled temporarily. Please wait and try again later.
        Username
        [field]
        Password
        [field]
        [button] Sign in
        Forgot your password?
        ");
        let form = answer.between("<label for=\"username\"", "<button");
        insta::assert_snapshot!(form, @r#"
        >Username</label>
        <input id="username" name="login[username]" type="text" value="a&#34;&#60;b&#62;" autocomplete="username" autocapitalize="none" autocorrect="off" spellcheck="false" required aria-describedby="notice" aria-invalid="true">
        <label for="login">Password</label>
        <div class="with-button">
        <input id="login" name="login[password]" type="password" autocomplete="current-password" required aria-describedby="notice" aria-invalid="true">
        "#);
        assert!(
            answer
                .body
                .contains("role=\"alert\" tabindex=\"-1\" autofocus")
        );
        assert!(!answer.body.contains("wrong password"));
    }

    #[tokio::test]
    async fn unknown_locked_and_inactive_admins_see_the_same_page_as_a_wrong_password() {
        let shop = Shop::open().await;
        shop.execute(WITHOUT_PUZZLES).await;
        let ann = shop.ann().await;
        let wrong = shop.browser().sign_in("ann", "wrong").await.to_string();
        let unknown = shop.browser().sign_in("nobody", PASSWORD).await.to_string();
        shop.execute("UPDATE #admin_user SET is_active = 0").await;
        let inactive = shop.browser().sign_in("ann", PASSWORD).await.to_string();
        shop.execute("UPDATE #admin_user SET is_active = 1").await;
        for _ in 0..5 {
            shop.browser().sign_in("ann", "wrong").await;
        }
        assert_eq!(shop.failures_of(ann).await, 6);
        let locked = shop.browser().sign_in("ann", PASSWORD).await.to_string();
        for other in [unknown, inactive, locked] {
            assert_eq!(other, wrong);
        }
        shop.wait(SignedDuration::from_mins(31));
        assert_eq!(shop.browser().sign_in("ann", PASSWORD).await.status(), 303);
    }

    #[tokio::test]
    async fn after_three_attempts_the_form_carries_a_puzzle_that_waiting_answers() {
        let shop = Shop::open().await;
        shop.ann().await;
        let mut browser = shop.browser();
        for number in 1..=3 {
            let answer = browser.sign_in("ann", "wrong").await;
            assert_eq!(answer.status(), 401);
            assert_eq!(answer.hidden("puzzle").is_some(), number == 3);
        }
        let page = browser.get("/back").await;
        let key = page.hidden("form_key").unwrap();
        let fields = [
            ("login[username]", "ann"),
            ("login[password]", PASSWORD),
            ("form_key", &key),
        ];
        let answer = browser.post("/back", &fields).await;
        assert_eq!(answer.status(), 429);
        assert!(answer.text().contains("wait 15 seconds"), "{answer}");
        let puzzle = answer.hidden("puzzle").unwrap();
        let fields = [
            ("login[username]", "ann"),
            ("login[password]", PASSWORD),
            ("form_key", &key),
            ("puzzle", &puzzle),
        ];
        assert_eq!(browser.post("/back", &fields).await.status(), 429);
        shop.wait(SignedDuration::from_secs(15));
        assert_eq!(browser.post("/back", &fields).await.status(), 303);
    }

    #[tokio::test]
    async fn strangers_who_lock_an_account_do_not_keep_out_a_browser_that_signed_in_before() {
        let shop = Shop::open().await;
        shop.execute(WITHOUT_PUZZLES).await;
        shop.ann().await;
        let mut owner = shop.browser();
        owner.sign_in("ann", PASSWORD).await;
        assert!(owner.cookie("__Host-postern-browser").is_some());
        for _ in 0..6 {
            shop.browser().sign_in("ann", "wrong").await;
        }
        assert_eq!(shop.browser().sign_in("ann", PASSWORD).await.status(), 401);
        owner.set_cookie("__Host-postern", "");
        assert_eq!(owner.sign_in("ann", PASSWORD).await.status(), 303);
    }

    #[tokio::test]
    async fn v08_every_case_of_a_user_name_counts_on_the_one_account() {
        let shop = Shop::open().await;
        shop.execute(WITHOUT_PUZZLES).await;
        let ann = shop.ann().await;
        for spelling in ["ann", "ANN", "Ann", "aNn"] {
            shop.browser().sign_in(spelling, "wrong").await;
        }
        assert_eq!(shop.failures_of(ann).await, 4);
    }

    #[tokio::test]
    async fn an_admin_without_a_role_is_told_so_but_only_with_the_right_password() {
        let shop = Shop::open().await;
        shop.ann().await;
        shop.execute("DELETE FROM #authorization_role WHERE role_type = 'U'")
            .await;
        let answer = shop.browser().sign_in("ann", PASSWORD).await;
        assert_eq!(answer.status(), 403);
        assert!(
            answer
                .text()
                .contains("More permissions are needed to access this.")
        );
        assert_eq!(shop.browser().sign_in("ann", "wrong").await.status(), 401);
    }

    #[tokio::test]
    async fn while_the_integration_is_on_there_is_one_button_and_no_password_is_taken() {
        let shop = Shop::open().await;
        let ann = shop.ann().await;
        shop.switch_to(SignInMode::AdobeIms).await;
        let mut browser = shop.browser();
        let page = browser.get("/back").await;
        insta::assert_snapshot!(page, @r"
        200 OK
        content-type: text/html; charset=utf-8

        Sign In
        Sign in to access the Adobe Commerce for your organization.
        Sign In with Adobe ID
        This Commerce instance is managed by an organization. Contact your organization administrator to request access.
        ");
        assert!(!page.body.contains("type=\"password\"") && !page.body.contains("type=\"text\""));
        let fields = [("login[username]", "ann"), ("login[password]", PASSWORD)];
        browser.remove_header("sec-fetch-site");
        for (path, password) in [("/back", PASSWORD), ("/back/admin", "wrong")] {
            let fields = [fields[0], ("login[password]", password)];
            let answer = browser.post(path, &fields).await;
            insta::allow_duplicates! { insta::assert_snapshot!(answer, @r"
            403 Forbidden
            content-type: text/html; charset=utf-8

            Sign In
            Sign in to access the Adobe Commerce for your organization.
            Please sign in with Adobe ID
            Sign In with Adobe ID
            This Commerce instance is managed by an organization. Contact your organization administrator to request access.
            "); }
        }
        assert_eq!(shop.failures_of(ann).await, 0);
    }

    #[tokio::test]
    async fn v05_a_session_ends_with_the_mode_and_does_not_come_back_with_it() {
        let shop = Shop::open().await;
        shop.ann().await;
        let mut browser = shop.browser();
        browser.sign_in("ann", PASSWORD).await;
        for mode in [SignInMode::AdobeIms, SignInMode::Commerce] {
            shop.switch_to(mode).await;
            let page = browser.get("/back").await;
            assert!(!page.text().contains("You are signed in"), "{page}");
        }
    }

    #[tokio::test]
    async fn a_session_ends_after_a_quarter_of_an_hour_without_use() {
        let shop = Shop::open().await;
        shop.ann().await;
        let mut browser = shop.browser();
        browser.sign_in("ann", PASSWORD).await;
        shop.wait(SignedDuration::from_mins(14));
        assert!(
            browser
                .get("/back")
                .await
                .text()
                .contains("You are signed in")
        );
        shop.wait(SignedDuration::from_mins(14));
        assert!(
            browser
                .get("/back")
                .await
                .text()
                .contains("You are signed in")
        );
        shop.wait(SignedDuration::from_mins(15));
        assert!(browser.get("/back").await.text().contains("please sign in"));
    }

    #[tokio::test]
    async fn signing_in_again_ends_the_session_that_was_there_and_never_keeps_an_id() {
        let shop = Shop::open().await;
        shop.ann().await;
        let mut browser = shop.browser();
        browser.set_cookie("__Host-postern", &"x".repeat(43));
        browser.sign_in("ann", PASSWORD).await;
        let first = browser.cookie("__Host-postern").unwrap().to_owned();
        assert_ne!(first, "x".repeat(43));
        let mut other_tab = shop.browser();
        other_tab.set_cookie("__Host-postern", &first);
        other_tab.remove_header("sec-fetch-site");
        let fields = [("login[username]", "ann"), ("login[password]", PASSWORD)];
        assert_eq!(other_tab.post("/back", &fields).await.status(), 303);
        assert!(browser.get("/back").await.text().contains("please sign in"));
    }

    #[tokio::test]
    async fn v09_a_malformed_cookie_is_signed_out_and_no_error() {
        let shop = Shop::open().await;
        shop.ann().await;
        let mut browser = shop.browser();
        browser.sign_in("ann", PASSWORD).await;
        let id = browser.cookie("__Host-postern").unwrap().to_owned();
        let long = "a".repeat(5000);
        let doubled = format!("{id}; __Host-postern={id}");
        for value in ["", "x", "%00", "\"", "../../etc", &id[1..], &long, &doubled] {
            let mut other = shop.browser();
            other.set_cookie("__Host-postern", value);
            let answer = other.get("/back").await;
            assert_eq!(answer.status(), 200, "{value}");
            assert!(answer.text().contains("please sign in"), "{value}");
        }
    }

    #[tokio::test]
    async fn a_form_of_another_browser_signs_nobody_in_and_offers_a_fresh_one() {
        let shop = Shop::open().await;
        shop.ann().await;
        let stranger = shop.browser().get("/back").await;
        let key = stranger.between("name=\"form_key\" value=\"", "\"");
        let mut browser = shop.browser();
        browser.get("/back").await;
        let fields = [
            ("form_key", key.as_str()),
            ("login[username]", "ann"),
            ("login[password]", PASSWORD),
        ];
        let answer = browser.post("/back", &fields).await;
        insta::assert_snapshot!(answer, @"
        403 Forbidden
        content-type: text/html; charset=utf-8

        Welcome, please sign in
        This page was open for too long. Nothing was changed; please try again.
        Username
        [field]
        Password
        [field]
        [button] Sign in
        Forgot your password?
        ");
        assert!(browser.cookie("__Host-postern").is_none());
        assert_eq!(browser.sign_in("ann", PASSWORD).await.status(), 303);
    }

    #[tokio::test]
    async fn two_user_names_or_a_json_body_are_no_form() {
        let shop = Shop::open().await;
        let mut browser = shop.browser();
        let fields = [("login[username]", "ann"), ("login[username]", "bob")];
        insta::assert_snapshot!(browser.post("/back", &fields).await, @r"
        400 Bad Request
        content-type: text/html; charset=utf-8

        This request cannot be read
        Please go back and try again.
        Back to the first page
        ");
        let answer = browser.send_json("/back", "application/json", "{}").await;
        assert_eq!(answer.status(), 400);
    }
}
