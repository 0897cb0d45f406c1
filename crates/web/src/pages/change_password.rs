//! `/.well-known/change-password`: where password managers look for the page that changes a password
//! (W3C, A Well-Known URL for Changing Passwords). It leads on only who is signed in: to anybody
//! else it would give the front name away. Who has no password here is told that there is no such
//! page, which is how that document has managers learn it.

use super::see_other;
use crate::Door;
use crate::front::Front;
use crate::problem::Problem;
use crate::visitor::Visitor;
use axum::extract::State;
use axum::response::Response;
use service::account;

pub(crate) async fn get(visitor: Visitor, State(door): State<Door>) -> Result<Response, Problem> {
    let current = visitor.current(&door).await?.ok_or(Problem::NotFound)?;
    if !account::editable(&current).password {
        return Err(Problem::NotFound);
    }
    Ok(see_other(&Front::named(door.app.front_name()?).account()))
}

#[cfg(test)]
mod tests {
    use crate::testing::{PASSWORD, Shop};

    const PATH: &str = "/.well-known/change-password";

    #[tokio::test]
    async fn a_password_manager_finds_the_page_where_there_is_one_and_a_stranger_learns_no_front_name()
     {
        let shop = Shop::open().await;
        shop.ann().await;
        let mut browser = shop.browser();
        let stranger = browser.get(PATH).await;
        assert_eq!(stranger.status(), 404);
        assert!(!stranger.body.contains("back/"));
        browser.sign_in("ann", PASSWORD).await;
        let answer = browser.get(PATH).await;
        assert_eq!(
            answer.header("location"),
            Some("/back/admin/system_account/")
        );
        shop.integrate_all().await;
        assert_eq!(browser.get(PATH).await.status(), 404);
        assert_eq!(browser.get("/back").await.status(), 200);
    }
}
