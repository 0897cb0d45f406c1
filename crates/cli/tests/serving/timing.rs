//! Whether the time that a refusal takes tells why somebody was refused: over real HTTP, by
//! statistics. It takes minutes, so that it runs with `-- --ignored timing --nocapture`, alone.

use crate::server::{Server, postern};
use service::app::{App, Setting};
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};
use store::instance::Instance;

/// Attempts of each kind.
const ROUNDS: usize = 1000;

/// Who hears one refusal and bets on its kind may win this part of the bets at the most; a half is
/// what guessing wins. With so many rounds pure chance reaches 0.55 once in some thousand runs.
const MOST_WON: f64 = 0.55;

const PASSWORD: &str = "Before1234";

/// The kinds of refusal that look alike: what is told of them, the user name, the password.
const KINDS: [(&str, &str, &str); 5] = [
    ("unknown name", "nobody", PASSWORD),
    ("wrong password", "ann", "Wrong12345"),
    ("locked, right password", "locked", PASSWORD),
    ("locked, wrong password", "locked", "Wrong12345"),
    ("inactive, right password", "inactive", PASSWORD),
];

#[tokio::test(flavor = "multi_thread")]
#[ignore = "thousands of sign-ins: for the night"]
async fn no_refusal_tells_its_kind_by_the_time_it_takes() {
    let folder = tempfile::tempdir().unwrap();
    prepare(folder.path()).await;
    let server = Server::start(folder.path());
    let mut times = KINDS.map(|_| Vec::with_capacity(ROUNDS));
    // In turns, so that a busier minute of the machine falls on all of them.
    for _ in 0..ROUNDS {
        for ((_, username, password), times) in KINDS.iter().zip(&mut times) {
            let begun = Instant::now();
            let answer = server.send_sign_in(username, password);
            times.push(begun.elapsed());
            assert!(
                answer.contains("The account sign-in was incorrect"),
                "{answer}"
            );
        }
    }
    for times in &mut times {
        times.sort_unstable();
    }
    report(&times);
    for (one, (kind, ..)) in times.iter().zip(KINDS) {
        for (other, (than, ..)) in times.iter().zip(KINDS) {
            let won = part_won(one, other);
            assert!(won <= MOST_WON, "{kind} against {than}: {won:.3}");
        }
    }
}

/// Each account in its state, and nothing that would throttle: what is timed is the judgement.
async fn prepare(root: &Path) {
    postern(
        root,
        &[
            "setup:install",
            "--backend-frontname=backstage",
            "--admin-user=ann",
            "--admin-password=Before1234",
            "--admin-email=ann@shop.test",
            "--admin-firstname=Ann",
            "--admin-lastname=Archer",
            "--disable-modules=Magento_TwoFactorAuth",
        ],
    );
    for username in ["locked", "inactive"] {
        let create = [
            "admin:user:create",
            &format!("--admin-user={username}"),
            "--admin-password=Before1234",
            &format!("--admin-email={username}@shop.test"),
            "--admin-firstname=Ann",
            "--admin-lastname=Archer",
        ];
        postern(root, &create);
    }
    for (path, value) in [
        ("admin/captcha/enable", "0"),
        ("admin/security/lockout_failures", "0"),
    ] {
        postern(root, &["config:set", path, value]);
    }
    let setting = Setting {
        instance: Instance::at(root).unwrap(),
        environment: Default::default(),
        clock: Arc::new(domain::clock::SystemClock),
        actor: "test".to_owned(),
        connections: 1,
    };
    let app = App::open(setting).await.unwrap();
    let mut connection = app.database().connection().await.unwrap();
    for sql in [
        "UPDATE #admin_user SET lock_expires = '2099-01-01 00:00:00' WHERE username = 'locked'",
        "UPDATE #admin_user SET is_active = 0 WHERE username = 'inactive'",
    ] {
        connection.execute(sql, Vec::new()).await.unwrap();
    }
    drop(connection);
    app.database().close().await;
}

/// How often a refusal of the one kind takes longer than one of the other (Mann and Whitney's
/// statistic, as a part of all pairs). Both sorted.
fn part_won(one: &[Duration], other: &[Duration]) -> f64 {
    let pairs = one.len() * other.len();
    let won: usize = one
        .iter()
        .map(|time| {
            let faster = other.partition_point(|than| than < time);
            let no_slower = other.partition_point(|than| than <= time);
            faster + no_slower
        })
        .sum();
    won as f64 / (2 * pairs) as f64
}

fn report(times: &[Vec<Duration>]) {
    eprintln!("{ROUNDS} refusals of each kind, in ms   p5    p25    p50    p75    p95");
    for (times, (kind, ..)) in times.iter().zip(KINDS) {
        let at = |percent: usize| times[times.len() * percent / 100].as_secs_f64() * 1000.0;
        let row: String = [5, 25, 50, 75, 95]
            .map(|percent| format!("{:7.1}", at(percent)))
            .concat();
        eprintln!("{kind:<28}{row}");
    }
    let [unknown, others @ ..] = times else {
        return;
    };
    for (times, (kind, ..)) in others.iter().zip(&KINDS[1..]) {
        let won = part_won(times, unknown);
        eprintln!("{kind} takes longer than an unknown name in {won:.3} of all pairs");
    }
}
