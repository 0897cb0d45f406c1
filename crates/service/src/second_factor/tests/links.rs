//! Links: mailed seldom, good for an hour, for one person, once.

use super::*;
use crate::second_factor::link::{Sent, send};
use crate::second_factor::pending::find;
use jiff::SignedDuration;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn links_are_mailed_at_pauses_that_grow_and_are_forgotten_after_an_hour() {
    each_engine(async |shop| {
        ask(shop);
        let letters = async || {
            let sql = "SELECT subject FROM #postern_mail WHERE subject LIKE '2FA%'";
            shop.texts(sql).await.len()
        };
        let send = async || {
            let id = pending(shop, "ann").await;
            let found = find(&shop.app, &id).await.unwrap().unwrap();
            send(&shop.app, &found).await.unwrap()
        };
        for (mails, minutes) in [(1, 1), (2, 2), (3, 4), (4, 8)] {
            assert_eq!(send().await, Sent::Queued);
            let until = shop.app.now() + SignedDuration::from_mins(minutes);
            shop.wait(SignedDuration::from_secs(minutes * 60 - 1));
            assert_eq!(send().await, Sent::Recently(until));
            assert_eq!(letters().await, mails);
            shop.wait(SignedDuration::from_secs(1));
        }
        shop.wait(SignedDuration::from_hours(1));
        assert_eq!(send().await, Sent::Queued);
        let until = shop.app.now() + SignedDuration::from_mins(1);
        assert_eq!(send().await, Sent::Recently(until));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn who_has_no_address_is_told_so() {
    let shop = Shop::sqlite().await;
    ask(&shop);
    shop.execute("UPDATE #admin_user SET email = NULL").await;
    let id = pending(&shop, "ann").await;
    let found = find(&shop.app, &id).await.unwrap().unwrap();
    assert_eq!(send(&shop.app, &found).await.unwrap(), Sent::NoAddress);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_link_is_good_for_an_hour_and_one_made_after_a_reset_is_good_at_once() {
    each_engine(async |shop| {
        ask(shop);
        let token = token(shop).await;
        let is_good = async |token: &SecretString| {
            let id = pending(shop, "ann").await;
            enrol::has_link(&shop.app, &id, token).await.unwrap()
        };
        assert!(is_good(&token).await);
        shop.wait(SignedDuration::from_secs(3599));
        assert!(is_good(&token).await);
        shop.wait(SignedDuration::from_secs(1));
        assert!(!is_good(&token).await);
        let (ann, google) = (shop.ann().await, super::super::Provider::Google);
        let before = super::token(shop).await;
        let reset = super::super::remove::reset(&shop.app, &ann, google, "test").await;
        reset.unwrap();
        assert!(!is_good(&before).await, "it is from before");
        assert!(
            is_good(&super::token(shop).await).await,
            "in the same second"
        );
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_operator_makes_links_for_who_needs_one_alone() {
    let shop = Shop::sqlite().await;
    let make = async |username: &str| match link::make_for(&shop.app, username).await {
        Ok(link) => link
            .expose_secret()
            .split_once("?tfat=")
            .unwrap()
            .0
            .to_owned(),
        Err(error) => error.to_string(),
    };
    assert!(make("ann").await.starts_with("Nobody is asked"));
    let newcomer = link::make_for_newcomer(&shop.app, "ann").await.unwrap();
    assert!(newcomer.is_none());
    assert!(!link::is_needed_by(&shop.app, "ann").await.unwrap());
    ask(&shop);
    assert!(make("ann").await.ends_with("/tfa/tfa/index/"));
    assert!(link::is_needed_by(&shop.app, "ann").await.unwrap());
    assert_eq!(make("nobody").await, "Unknown user nobody");
    asking(&shop).await;
    assert!(
        make("ann")
            .await
            .starts_with("ann has a second factor already")
    );
    assert!(!link::is_needed_by(&shop.app, "ann").await.unwrap());
}
