//! Who looks after others' factors, and who does not.

use super::super::actors::{Session, admin, config, current, equip, password};
use super::super::pending;
use super::super::security_key::actors::pending;
use super::*;
use crate::testing::{PASSWORD, Shop, each_engine};

/// Gives Bob a role that allows this and nothing else.
async fn role_of_bob(shop: &Shop, bob: &Admin, resource: &str) {
    let group = "INSERT INTO #authorization_role (role_id, parent_id, tree_level, role_type, \
                 user_id, user_type, role_name) VALUES (70, 0, 1, 'G', 0, '2', 'Helpers')";
    shop.execute(group).await;
    allow(shop, resource).await;
    let assign = "UPDATE #authorization_role SET parent_id = 70 WHERE user_id =";
    shop.execute(&format!("{assign} {}", bob.id)).await;
}

/// Allows Bob's role one thing more.
async fn allow(shop: &Shop, resource: &str) {
    shop.execute(&format!(
        "INSERT INTO #authorization_rule (role_id, resource_id, permission) \
         VALUES (70, '{resource}', 'allow')"
    ))
    .await;
}

async fn everybody(app: &App, by: &Current) -> Result<Vec<Person>, OthersRefused> {
    let listed = list(app, by, &Wanted::default()).await.unwrap();
    listed.map(|listed| listed.people)
}

fn told<T>(outcome: Result<T, OthersRefused>) -> &'static str {
    outcome.err().map_or("done", OthersRefused::code)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn who_has_the_right_takes_a_lost_factor_away_and_sends_a_link() {
    each_engine(async |shop| {
        let (ann, bob) = (shop.ann().await, admin(shop, "bob").await);
        equip(shop, &ann, true, &[]).await;
        equip(shop, &bob, true, &[1]).await;
        let (of_ann, of_bob) = (
            Session::open(shop, &ann).await,
            Session::open(shop, &bob).await,
        );
        let all = everybody(&shop.app, &of_ann.current).await.unwrap();
        let seen: Vec<(&str, usize)> = all
            .iter()
            .map(|person| (person.admin.username.as_str(), person.keys))
            .collect();
        assert_eq!(seen, [("ann", 0), ("bob", 1)]);
        let (app, by) = (&shop.app, &of_ann.current);
        let early = send_link(app, by, bob.id).await.unwrap();
        assert_eq!(told(early), "factors.already_set_up");
        let proof = password(PASSWORD);
        let taken = take_away(app, by, &of_ann.id, (bob.id, None), proof).await;
        let new_id = taken.unwrap().unwrap().unwrap();
        assert!(current(shop, &of_ann.id).await.is_none());
        let by = current(shop, &new_id).await.unwrap();
        assert!(current(shop, &of_bob.id).await.is_none());
        assert_eq!(config(shop, &bob).await, Default::default());
        assert!(config(shop, &ann).await.is_active(Provider::Google));
        assert_eq!(told(send_link(app, &by, bob.id).await.unwrap()), "done");
        let actors = "SELECT actor FROM #postern_audit_event WHERE kind IN \
                      ('second_factor_removed', 'enrolment_link_issued')";
        assert_eq!(shop.texts(actors).await, ["ann", "ann", "ann"]);
        let mails = "SELECT subject FROM #postern_mail WHERE recipient = 'bob@luma.test'";
        assert_eq!(shop.texts(mails).await.len(), 3);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a12_without_the_right_nobody_sees_or_does_anything_and_one_rule_is_enough_for_it() {
    each_engine(async |shop| {
        let (ann, bob) = (shop.ann().await, admin(shop, "bob").await);
        equip(shop, &ann, true, &[]).await;
        equip(shop, &bob, true, &[]).await;
        role_of_bob(shop, &bob, "Magento_Backend::dashboard").await;
        let session = Session::open(shop, &bob).await;
        let (app, by) = (&shop.app, &session.current);
        assert!(!is_allowed(app, by).await.unwrap());
        assert_eq!(told(everybody(app, by).await), "factors.denied");
        assert_eq!(told(find(app, by, ann.id).await.unwrap()), "factors.denied");
        let sent = send_link(app, by, ann.id).await.unwrap();
        assert_eq!(told(sent), "factors.denied");
        let what = (ann.id, Some(Provider::Google));
        let taken = take_away(app, by, &session.id, what, password(PASSWORD)).await;
        assert_eq!(told(taken.unwrap()), "factors.denied");
        assert!(config(shop, &ann).await.is_active(Provider::Google));
        allow(shop, RIGHT).await;
        let taken = take_away(app, by, &session.id, what, password(PASSWORD)).await;
        assert_eq!(told(taken.unwrap()), "done");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn however_a_link_is_asked_for_its_owner_is_written_to_at_the_same_pauses() {
    each_engine(async |shop| {
        let (ann, bob) = (shop.ann().await, admin(shop, "bob").await);
        equip(shop, &ann, true, &[]).await;
        let session = Session::open(shop, &ann).await;
        let (app, by) = (&shop.app, &session.current);
        let until = app.now() + SignedDuration::from_mins(1);
        assert_eq!(send_link(app, by, bob.id).await.unwrap(), Ok(()));
        let again = send_link(app, by, bob.id).await.unwrap();
        assert_eq!(again, Err(OthersRefused::Recently(until)));
        let id = pending(shop, "bob").await;
        let of_bob = pending::find(app, &id).await.unwrap().unwrap();
        let sent = link::send(app, &of_bob).await.unwrap();
        assert_eq!(sent, link::Sent::Recently(until));
        let mails = "SELECT subject FROM #postern_mail WHERE recipient = 'bob@luma.test'";
        assert_eq!(shop.texts(mails).await.len(), 1);
        shop.wait(SignedDuration::from_mins(1));
        assert_eq!(send_link(app, by, bob.id).await.unwrap(), Ok(()));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a12_a_right_that_goes_while_a_link_is_asked_for_sends_none() {
    let shop = Shop::mariadb().await;
    let (ann, bob) = (shop.ann().await, admin(&shop, "bob").await);
    equip(&shop, &ann, true, &[]).await;
    let by = Session::open(&shop, &ann).await.current;
    let mut other = shop.app.database().begin().await.unwrap();
    admins::hold(&mut other, bob.id).await.unwrap();
    let app = shop.app.clone();
    let sending = tokio::spawn(async move { send_link(&app, &by, bob.id).await.unwrap() });
    shop.until_held_up(&sending).await;
    shop.execute("DELETE FROM #authorization_rule").await;
    other.commit().await.unwrap();
    assert_eq!(told(sending.await.unwrap()), "factors.denied");
    assert!(
        shop.texts("SELECT subject FROM #postern_mail")
            .await
            .is_empty()
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn people_are_found_by_any_of_their_names_and_by_having_nothing_fifty_at_a_time() {
    each_engine(async |shop| {
        let ann = shop.ann().await;
        equip(shop, &ann, true, &[]).await;
        admin(shop, "bob").await;
        let session = Session::open(shop, &ann).await;
        for (name, only_without, expected) in [
            ("", false, vec!["ann", "bob"]),
            (" BOB ", false, vec!["bob"]),
            ("b jon", false, vec!["bob"]),
            ("ann@luma", false, vec!["ann"]),
            ("%", false, vec![]),
            ("", true, vec!["bob"]),
            ("ann", true, vec![]),
        ] {
            let name = name.to_owned();
            let wanted = Wanted { name, only_without };
            let listed = list(&shop.app, &session.current, &wanted).await;
            let listed = listed.unwrap().unwrap();
            let names = listed.people.iter().map(|it| it.admin.username.as_str());
            assert_eq!(names.collect::<Vec<_>>(), expected, "{wanted:?}");
            assert!(!listed.is_cut);
        }
        let more = "INSERT INTO #admin_user (username, firstname, lastname, email, password, \
                    is_active, interface_locale) VALUES";
        for number in 0..LONGEST_LIST - 1 {
            let row = format!("('x{number}', 'X', 'Y', 'x{number}@luma.test', '', 1, 'en_US')");
            shop.execute(&format!("{more} {row}")).await;
        }
        let all = Wanted::default();
        let listed = list(&shop.app, &session.current, &all).await.unwrap();
        let listed = listed.unwrap();
        assert_eq!((listed.people.len(), listed.is_cut), (LONGEST_LIST, true));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nobody_resets_themselves_or_without_their_password_or_who_is_not_there() {
    let shop = Shop::sqlite().await;
    let (ann, bob) = (shop.ann().await, admin(&shop, "bob").await);
    equip(&shop, &ann, true, &[]).await;
    equip(&shop, &bob, true, &[]).await;
    let session = Session::open(&shop, &ann).await;
    let (app, by) = (&shop.app, &session.current);
    shop.execute("UPDATE #admin_user SET is_active = 0 WHERE username = 'bob'")
        .await;
    let missing = bob.id;
    for (who, proof, expected) in [
        (ann.id, PASSWORD, "factors.oneself"),
        (missing, PASSWORD, "factors.no_such_person"),
        (999, PASSWORD, "factors.no_such_person"),
    ] {
        let what = (who, Some(Provider::Google));
        let taken = take_away(app, by, &session.id, what, password(proof)).await;
        assert_eq!(told(taken.unwrap()), expected, "{who}");
    }
    shop.execute("UPDATE #admin_user SET is_active = 1").await;
    let what = (bob.id, Some(Provider::Google));
    let taken = take_away(app, by, &session.id, what, password("wrong")).await;
    assert_eq!(told(taken.unwrap()), "identity.wrong_password");
    let what = (bob.id, Some(Provider::U2fKey));
    let taken = take_away(app, by, &session.id, what, password(PASSWORD)).await;
    assert_eq!(told(taken.unwrap()), "factors.nothing");
    assert!(config(&shop, &bob).await.is_active(Provider::Google));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_row_that_cannot_be_read_hides_nobody_and_can_be_emptied() {
    let shop = Shop::sqlite().await;
    let (ann, bob) = (shop.ann().await, admin(&shop, "bob").await);
    equip(&shop, &ann, true, &[]).await;
    equip(&shop, &bob, true, &[1]).await;
    let session = Session::open(&shop, &ann).await;
    let damage = format!(
        "UPDATE #tfa_user_config SET encoded_config = '0:3:AAAA' WHERE user_id = {}",
        bob.id
    );
    shop.execute(&damage).await;
    let (app, by) = (&shop.app, &session.current);
    let all = everybody(app, by).await.unwrap();
    assert_eq!(all[1].enrolled, None);
    let sent = send_link(app, by, bob.id).await.unwrap();
    assert_eq!(told(sent), "factors.already_set_up");
    let what = (bob.id, Some(Provider::Google));
    let taken = take_away(app, by, &session.id, what, password(PASSWORD)).await;
    assert_eq!(told(taken.unwrap()), "done");
    assert_eq!(config(&shop, &bob).await, Default::default());
    let rows = "SELECT name FROM #postern_security_key";
    assert!(shop.texts(rows).await.is_empty());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn v15_nobody_is_looked_after_while_the_integration_is_on() {
    each_engine(async |shop| {
        let (ann, bob) = (shop.ann().await, admin(shop, "bob").await);
        equip(shop, &ann, true, &[]).await;
        equip(shop, &bob, true, &[]).await;
        let session = Session::open(shop, &ann).await;
        shop.integrate().await;
        let (app, by) = (&shop.app, &session.current);
        assert_eq!(told(everybody(app, by).await), "factors.not_asked");
        let sent = send_link(app, by, bob.id).await.unwrap();
        assert_eq!(told(sent), "factors.not_asked");
        let what = (bob.id, None);
        let taken = take_away(app, by, &session.id, what, password(PASSWORD)).await;
        assert_eq!(told(taken.unwrap()), "factors.not_asked");
        assert!(config(shop, &bob).await.is_active(Provider::Google));
    })
    .await;
}
