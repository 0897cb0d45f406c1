//! The check of a password as a whole, on both engines.

use super::*;
use crate::testing::{PASSWORD, Shop, each_engine, solved};
use domain::lockout::Lockout;
use domain::password_lifetime::PasswordAge;
use jiff::SignedDuration;

const BAD: SignInRefused = SignInRefused::BadCredentials;

const WITHOUT_PUZZLES: (&str, &str) = ("admin/captcha/enable", "0");

async fn set(shop: &Shop, (path, value): (&str, &str)) {
    shop.set(path, value).await;
}

fn minutes(minutes: i64) -> SignedDuration {
    SignedDuration::from_mins(minutes)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn unknown_wrong_locked_inactive_expired_and_old_hashes_take_the_same_work() {
    let shop = Shop::sqlite().await;
    set(&shop, WITHOUT_PUZZLES).await;
    let locked = "UPDATE #admin_user SET lock_expires = '2030-01-01 00:00:00'";
    let inactive = "UPDATE #admin_user SET is_active = 0";
    let md5 = "UPDATE #admin_user SET password = '5f4dcc3b5aa765d61d8327deb882cf99:salt:0'";
    let none = "UPDATE #admin_user SET password = ''";
    let expired = "INSERT INTO #admin_user_expiration (user_id, expires_at) \
                   SELECT user_id, '2020-01-01 00:00:00' FROM #admin_user";
    let cases = [
        ("SELECT 1", "nobody", PASSWORD),
        ("SELECT 1", "ann", "wrong"),
        (locked, "ann", PASSWORD),
        (locked, "ann", "wrong"),
        (inactive, "ann", PASSWORD),
        (inactive, "ann", "wrong"),
        (expired, "ann", PASSWORD),
        (md5, "ann", "wrong"),
        (none, "ann", "wrong"),
    ];
    for (state, username, password) in cases {
        if state.starts_with("SELECT") {
            shop.texts("SELECT username FROM #admin_user").await;
        } else {
            shop.execute(state).await;
        }
        let before = shop.app.passwords().blocks_filled();
        let refused = shop.sign_in(username, password).await.err();
        assert_eq!(refused, Some(BAD), "{state} {username}");
        let work = shop.app.passwords().blocks_filled() - before;
        assert_eq!(work, 2 * 64 * 1024, "{state} {username}");
        shop.execute("UPDATE #admin_user SET is_active = 1, lock_expires = NULL")
            .await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn of_many_attempts_at_once_no_more_are_looked_at_than_the_limit_allows() {
    each_engine(async |shop| {
        set(shop, WITHOUT_PUZZLES).await;
        let attempts = (0..20).map(|_| {
            let app = shop.app.clone();
            let attempt = shop.stranger("ann", "wrong");
            tokio::spawn(async move { check(&app, attempt).await.unwrap().err() })
        });
        for attempt in attempts.collect::<Vec<_>>() {
            assert_eq!(attempt.await.unwrap(), Some(BAD));
        }
        let lockout = shop.ann().await.lockout;
        assert_eq!(lockout.failures, 20);
        assert!(lockout.is_locked(shop.app.now()));
        assert_eq!(shop.sign_in("ann", PASSWORD).await.err(), Some(BAD));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_right_password_that_was_compared_before_the_lock_is_judged_under_it() {
    each_engine(async |shop| {
        let ann = shop.ann().await;
        let username = Username::typed("ann");
        let policy = SignInPolicy::read(&shop.app.configuration().await.unwrap()).unwrap();
        let attempt = shop.stranger("ann", PASSWORD);
        let checked = Checked {
            attempt: &attempt,
            username: &username,
            policy: &policy,
            admin: Some(&ann),
            is_right: true,
            now: shop.app.now(),
        };
        shop.execute("UPDATE #admin_user SET lock_expires = '2030-01-01 00:00:00'")
            .await;
        let verdict = conclude(&shop.app, &checked, 0).await.unwrap();
        assert_eq!(verdict.err(), Some(Refusal::Locked));
        shop.execute("UPDATE #admin_user SET lock_expires = NULL, password = 'changed'")
            .await;
        let verdict = conclude(&shop.app, &checked, 0).await.unwrap();
        assert_eq!(verdict.err(), Some(Refusal::WrongPassword));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_password_that_a_switch_overtakes_lets_nobody_in() {
    let shop = Shop::mariadb().await;
    let (app, attempt) = (shop.app.clone(), shop.stranger("ann", PASSWORD));
    let checked = shop.overtake(Box::pin(async move { check(&app, attempt).await }));
    let refused = checked.await.unwrap().err();
    assert_eq!(refused, Some(SignInRefused::IntegrationIsOn));
    assert!(shop.ann().await.last_sign_in.is_none());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_lock_holds_for_its_time_and_settings_hold_at_once() {
    let shop = Shop::sqlite().await;
    set(&shop, WITHOUT_PUZZLES).await;
    set(&shop, ("admin/security/lockout_failures", "2")).await;
    for _ in 0..2 {
        assert!(shop.sign_in("ann", "wrong").await.is_err());
    }
    shop.wait(minutes(29));
    assert!(shop.sign_in("ann", PASSWORD).await.is_err());
    shop.wait(minutes(1));
    assert!(shop.sign_in("ann", PASSWORD).await.is_ok());
    assert_eq!(shop.ann().await.lockout, Lockout::default());
    set(&shop, ("admin/security/lockout_failures", "0")).await;
    for _ in 0..3 {
        assert!(shop.sign_in("ann", "wrong").await.is_err());
    }
    assert!(shop.sign_in("ann", PASSWORD).await.is_ok());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_known_browser_has_a_way_of_its_own_that_only_its_own_failures_close() {
    each_engine(async |shop| {
        set(shop, WITHOUT_PUZZLES).await;
        let browser = shop
            .sign_in("ann", PASSWORD)
            .await
            .unwrap()
            .browser
            .unwrap();
        assert!(browser.is_new);
        let from_home = |password: &str| Attempt {
            browser: browser.new_id.clone(),
            ..shop.stranger("ann", password)
        };
        for _ in 0..6 {
            assert!(shop.sign_in("ann", "wrong").await.is_err());
        }
        assert!(shop.sign_in("ann", PASSWORD).await.is_err());
        let again = shop.check(from_home(PASSWORD)).await.unwrap();
        let again = again.browser.unwrap();
        assert!(!again.is_new && again.new_id.is_none());
        // The owner's sign-in is worth no further guesses to strangers.
        assert!(shop.sign_in("ann", PASSWORD).await.is_err());
        for _ in 0..6 {
            assert!(shop.check(from_home("wrong")).await.is_err());
        }
        assert_eq!(shop.check(from_home(PASSWORD)).await.err(), Some(BAD));
        shop.wait(minutes(31));
        assert!(shop.check(from_home(PASSWORD)).await.is_ok());
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_id_that_nobody_was_given_is_not_taken_over() {
    let shop = Shop::sqlite().await;
    let planted = SecretString::from("planted");
    let attempt = Attempt {
        browser: Some(planted),
        ..shop.stranger("ann", PASSWORD)
    };
    let browser = shop.check(attempt).await.unwrap().browser.unwrap();
    assert_ne!(browser.new_id.unwrap().expose_secret(), "planted");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_fourth_attempt_on_a_name_needs_a_puzzle_that_is_good_once() {
    each_engine(async |shop| {
        for name in ["ann", "ANN", "nobody"] {
            for _ in 0..if name == "ANN" { 0 } else { 3 } {
                assert_eq!(
                    shop.check(shop.stranger(name, "wrong")).await.err(),
                    Some(BAD)
                );
            }
            let Err(SignInRefused::PuzzleNeeded(challenge)) =
                shop.check(shop.stranger(name, PASSWORD)).await
            else {
                panic!("no puzzle for {name}");
            };
            let answered = || Attempt {
                answer: Some(solved(&challenge)),
                ..shop.stranger(name, "wrong")
            };
            assert_eq!(shop.check(answered()).await.err(), Some(BAD));
            let twice = shop.check(answered()).await;
            assert!(matches!(twice, Err(SignInRefused::PuzzleNeeded(_))));
        }
        assert!(shop.sign_in("ann", PASSWORD).await.is_ok());
        // Who got through is forgiven.
        assert_eq!(
            shop.check(shop.stranger("ann", "wrong")).await.err(),
            Some(BAD)
        );
        shop.wait(minutes(31));
        assert_eq!(
            shop.check(shop.stranger("nobody", "x")).await.err(),
            Some(BAD)
        );
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn without_scripts_one_attempt_at_a_time_ripens_at_an_address() {
    let shop = Shop::sqlite().await;
    set(&shop, ("admin/captcha/mode", "always")).await;
    let mut puzzles = Vec::new();
    for _ in 0..2 {
        let Err(SignInRefused::PuzzleNeeded(challenge)) =
            shop.check(shop.stranger("ann", PASSWORD)).await
        else {
            panic!("no puzzle");
        };
        puzzles.push(challenge.puzzle);
    }
    let waited = |puzzle: &String| Attempt {
        answer: Some(Answer {
            puzzle: puzzle.clone(),
            solution: String::new(),
        }),
        ..shop.stranger("ann", "wrong")
    };
    let needs_more = |outcome: &Result<Verified, SignInRefused>| {
        matches!(outcome, Err(SignInRefused::PuzzleNeeded(_)))
    };
    assert!(needs_more(&shop.check(waited(&puzzles[0])).await));
    shop.wait(SignedDuration::from_secs(15));
    assert_eq!(shop.check(waited(&puzzles[0])).await.err(), Some(BAD));
    assert!(needs_more(&shop.check(waited(&puzzles[1])).await));
    let elsewhere = Attempt {
        ip: "192.0.2.8".to_owned(),
        ..waited(&puzzles[1])
    };
    assert_eq!(shop.check(elsewhere).await.err(), Some(BAD));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn addresses_of_one_ipv6_network_share_one_count_and_one_turn() {
    each_engine(async |shop| {
        set(shop, ("admin/captcha/failed_attempts_ip", "3")).await;
        let from = |network: u32, host: u32| Attempt {
            ip: format!("2001:db8:1:{network}::{host}"),
            ..shop.stranger(&format!("name{network}x{host}"), "wrong")
        };
        for host in 1..=3 {
            assert_eq!(shop.check(from(2, host)).await.err(), Some(BAD));
        }
        let mut ripe = Vec::new();
        for host in 4..=5 {
            let attempt = from(2, host);
            let foreseen = foresee_puzzle(&shop.app, &attempt.username, &attempt.ip).await;
            assert!(foreseen.unwrap().is_some());
            let Err(SignInRefused::PuzzleNeeded(challenge)) = shop.check(attempt).await else {
                panic!("no puzzle");
            };
            ripe.push(Attempt {
                answer: Some(Answer {
                    puzzle: challenge.puzzle,
                    solution: String::new(),
                }),
                ..from(2, host)
            });
        }
        assert_eq!(shop.check(from(3, 1)).await.err(), Some(BAD), "elsewhere");
        shop.wait(SignedDuration::from_secs(15));
        let mut taken = Vec::new();
        for attempt in ripe {
            taken.push(shop.check(attempt).await.err() == Some(BAD));
        }
        assert_eq!(taken, [true, false], "they take turns");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn v08_blanks_case_and_composition_of_a_name_share_one_count() {
    let shop = Shop::mariadb().await;
    set(&shop, WITHOUT_PUZZLES).await;
    shop.execute("UPDATE #admin_user SET username = 'Änne'")
        .await;
    for spelling in ["Änne", "änne", "A\u{308}nne", "ÄNNE  "] {
        assert_eq!(shop.sign_in(spelling, "wrong").await.err(), Some(BAD));
    }
    assert!(shop.sign_in("anne", PASSWORD).await.is_err());
    assert_eq!(shop.ann().await.lockout.failures, 4);
    assert!(shop.sign_in("änne", PASSWORD).await.is_ok());
    set(&shop, ("admin/security/use_case_sensitive_login", "1")).await;
    assert!(shop.sign_in("änne", PASSWORD).await.is_err());
    assert!(shop.sign_in("Änne", PASSWORD).await.is_ok());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_account_past_its_day_is_switched_off_with_its_sessions() {
    each_engine(async |shop| {
        let verified = shop.sign_in("ann", PASSWORD).await.unwrap();
        let origin = Default::default();
        let opened = crate::session::open(&shop.app, &verified, &origin)
            .await
            .unwrap();
        let sql = "INSERT INTO #admin_user_expiration (user_id, expires_at) \
                   SELECT user_id, '2027-01-15 09:00:00' FROM #admin_user";
        shop.execute(sql).await;
        assert!(shop.sign_in("ann", PASSWORD).await.is_ok());
        shop.wait(minutes(60));
        assert_eq!(shop.sign_in("ann", "wrong").await.err(), Some(BAD));
        assert!(!shop.ann().await.is_active);
        let left = shop
            .texts("SELECT CONCAT(user_id) FROM #admin_user_expiration")
            .await;
        assert!(left.is_empty());
        let (record, mode) = crate::switch::current(&shop.app).await.unwrap();
        let epoch = record.epoch;
        let known = domain::session::KnownMode::Leased { mode, epoch };
        let found = crate::session::find(&shop.app, &opened.id, known).await;
        assert!(found.unwrap().current().is_none());
        assert_eq!(shop.sign_in("ann", PASSWORD).await.err(), Some(BAD));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_older_hash_is_renewed_at_the_page_and_its_lifetime_begins_again() {
    each_engine(async |shop| {
        // sha256("salt" . "Sommer-2024!"), as Commerce 2.0 stored it.
        let digest = {
            use commerce::encryption::Keyring;
            use commerce::password_hash::Argon2Memory;
            let old = sha256(&format!("salt{PASSWORD}"));
            let stored = format!("{old}:salt:1");
            let hash = PasswordHash::parse(&stored).unwrap();
            let keyring = Keyring::parse("0123456789abcdef0123456789abcdef").unwrap();
            let mut memory = Argon2Memory::default();
            assert!(
                hash.verify(PASSWORD.as_bytes(), &keyring, &mut memory)
                    .unwrap()
            );
            stored
        };
        shop.execute(&format!("UPDATE #admin_user SET password = '{digest}'"))
            .await;
        shop.wait(minutes(91 * 24 * 60));
        let api = Attempt {
            door: Door::Api,
            ..shop.stranger("ann", PASSWORD)
        };
        let verified = shop.check(api).await.unwrap();
        assert_eq!(verified.password_age, PasswordAge::ChangeForced);
        assert_eq!(shop.ann().await.password_hash.expose_secret(), digest);
        let verified = shop.sign_in("ann", PASSWORD).await.unwrap();
        assert_eq!(verified.password_age, PasswordAge::Fresh);
        let stored = shop.ann().await.password_hash;
        assert!(stored.expose_secret().ends_with(":3_32_2_67108864"));
        let history = "SELECT password_hash FROM #admin_passwords ORDER BY password_id DESC";
        assert_eq!(shop.texts(history).await[0], stored.expose_secret());
        assert!(shop.sign_in("ann", PASSWORD).await.is_ok());
        assert_eq!(shop.texts(history).await.len(), 2);
    })
    .await;
}

fn sha256(text: &str) -> String {
    use sha2::{Digest as _, Sha256};
    data_encoding::HEXLOWER.encode(&Sha256::digest(text))
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn who_is_in_learns_of_an_old_password_and_of_the_last_time() {
    let shop = Shop::sqlite().await;
    let first = shop.sign_in("ann", PASSWORD).await.unwrap();
    assert_eq!(first.admin.last_sign_in, None);
    let then = shop.app.now();
    shop.wait(minutes(91 * 24 * 60));
    set(&shop, ("admin/security/password_is_forced", "0")).await;
    let next = shop.sign_in("ann", PASSWORD).await.unwrap();
    assert_eq!(next.admin.last_sign_in, Some(then));
    assert_eq!(next.password_age, PasswordAge::ChangeRecommended);
    set(&shop, ("postern/security/password_policy", "modern")).await;
    let modern = shop.sign_in("ann", PASSWORD).await.unwrap();
    assert_eq!(modern.password_age, PasswordAge::Fresh);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_web_api_shuts_its_door_after_commerces_count_and_asks_for_no_puzzle() {
    each_engine(async |shop| {
        set(shop, ("admin/security/lockout_failures", "0")).await;
        let ask = |username: &'static str, password: &'static str| {
            let attempt = Attempt {
                door: Door::Api,
                ..shop.stranger(username, password)
            };
            shop.check(attempt)
        };
        for _ in 0..5 {
            assert_eq!(ask("ann", "wrong").await.err(), Some(BAD));
        }
        assert!(ask("ann", PASSWORD).await.is_ok());
        for spelling in ["ann", "Ann", "ANN", "ann ", "aNn", "ann"] {
            assert_eq!(ask(spelling, "wrong").await.err(), Some(BAD));
            assert_eq!(ask("nobody", "wrong").await.err(), Some(BAD));
        }
        assert_eq!(ask("ann", PASSWORD).await.err(), Some(BAD));
        let logged = "SELECT user_name FROM #oauth_token_request_log \
                      WHERE user_type = 3 AND failures_count = 6 ORDER BY user_name";
        assert_eq!(shop.texts(logged).await, ["ann", "nobody"]);
        shop.wait(minutes(30));
        assert!(ask("ann", PASSWORD).await.is_ok());
    })
    .await;
}

#[tokio::test]
async fn in_a_flood_the_surplus_is_refused_before_the_database_is_asked() {
    let shop = Shop::sqlite().await;
    let queue = shop.app.passwords();
    let places: Vec<_> = std::iter::from_fn(|| queue.reserve().ok()).collect();
    shop.app.database().close().await;
    let refused = crate::sign_in::password::check(&shop.app, shop.stranger("ann", PASSWORD)).await;
    assert!(matches!(refused, Err(ServiceError::Overloaded(_))));
    drop(places);
    let unavailable = crate::sign_in::password::check(&shop.app, shop.stranger("ann", PASSWORD));
    assert!(unavailable.await.unwrap_err().is_unavailable());
}
