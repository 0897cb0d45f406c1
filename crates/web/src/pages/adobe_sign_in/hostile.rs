//! Hostile and broken answers, each made from a good way by altering one thing. Each is refused
//! with its own code and leaves no session; the same way without the alteration leads in.

use crate::testing::provider::{Integrated, Kind};
use ims_sandbox::Twist;

#[tokio::test]
async fn probe() {
    let integrated = Integrated::open(Kind::OpenId).await;
    integrated.shop.ann().await;
    for kind in [Kind::OpenId, Kind::Adobe] {
        let options = ims_sandbox::Options {
            ims_id_tokens: kind == Kind::Adobe,
            people: vec![
                crate::testing::provider::person("ann@shop.test"),
                crate::testing::provider::person("bob@shop.test"),
            ],
            ..Default::default()
        };
        let integrated = Integrated::with(kind, options).await;
        integrated.shop.ann().await;
        for &twist in Twist::all() {
            integrated.sandbox.set_twist(Some(twist));
            integrated
                .shop
                .execute("DELETE FROM #postern_audit_event")
                .await;
            integrated
                .shop
                .execute("DELETE FROM #postern_provider_attempt")
                .await;
            integrated.shop.app.forget_configuration();
            let mut browser = integrated.shop.browser();
            let begun = browser.get("/back/admin/auth/adobe").await;
            let outcome = match begun.header("location") {
                None => format!("at begin {}", begun.between("<code>", "</code>")),
                Some(there) => {
                    let back = integrated.at_provider(there).await;
                    let answer = browser.get(&back).await;
                    match browser.cookie("__Host-postern") {
                        Some(_) => "SESSION".to_owned(),
                        None => {
                            format!("{} {:?}", answer.status(), integrated.last_refusal().await)
                        }
                    }
                }
            };
            eprintln!("PROBE {kind:?} {twist:?}: {outcome}");
        }
    }
}
