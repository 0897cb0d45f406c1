//! The front door under load, over real HTTP: how long a page takes for who is signed in while ten
//! times as many sign-ins arrive as the machine can hash, what becomes of the surplus, how much
//! memory it all takes, and what a session check costs. Everything is measured in turns, since a
//! machine that is busy for a second must slow all alike.

#![expect(
    clippy::unwrap_used,
    reason = "a benchmark that cannot be set up has to stop"
)]
#![expect(clippy::print_stdout, reason = "the comparison is the result")]

mod flood;
mod memory;
mod person;
mod session_check;
mod shop;

use flood::Flood;
use person::Person;
use secrecy::SecretString;
use service::password_queue::{NOBODYS_HASH, PasswordQueue};
use shop::Shop;
use std::sync::Arc;
use std::time::{Duration, Instant};

/// How often quiet and flood take turns.
const ROUNDS: u32 = 4;

/// How long each of the two lasts.
const TURN: Duration = Duration::from_secs(4);

/// How often it is measured how fast the machine hashes; the best counts.
const ATTEMPTS: usize = 5;

/// How many times what the machine can hash arrives.
const TIMES: f64 = 10.0;

fn main() {
    if flood::is_asked_for() {
        return flood::run();
    }
    let runtime = tokio::runtime::Runtime::new().unwrap();
    runtime.block_on(under_load());
    runtime.block_on(session_check::compare());
}

async fn under_load() {
    let mut capacity: f64 = 0.0;
    for _ in 0..ATTEMPTS {
        capacity = capacity.max(hashes_a_second().await);
    }
    let arriving = capacity * TIMES;
    println!("the machine hashes {capacity:.0} passwords a second; {arriving:.0} arrive");
    let shop = Shop::open(Vec::new()).await;
    let person = Person::sign_in(shop.address).await;
    let (mut quiet, mut busy) = (Vec::new(), Vec::new());
    let mut total = Flood::default();
    let before = memory::now();
    for round in 1..=ROUNDS {
        let calm = person.visit_for(TURN).await;
        let pouring = move || flood::start(shop.address, arriving, TURN, round);
        let flood = tokio::task::spawn_blocking(pouring);
        let hurried = person.visit_for(TURN).await;
        total.add(&flood.await.unwrap());
        println!("round {round}: {}", compared(&calm, &hurried));
        quiet.extend(calm);
        busy.extend(hurried);
    }
    println!("all rounds: {}", compared(&quiet, &busy));
    println!("{total}");
    println!(
        "the process grew by {} MiB at its peak; the queue's bound is {} MiB",
        memory::peak() - before,
        PasswordQueue::new().memory_bound() / (1024 * 1024)
    );
}

/// How many passwords the machine hashes in a second when it does nothing else.
async fn hashes_a_second() -> f64 {
    const PASSWORDS: usize = 20;
    let queue = PasswordQueue::new();
    let keyring = Arc::new(shop::keyring());
    let begun = Instant::now();
    let hashing: Vec<_> = (0..PASSWORDS)
        .map(|_| {
            let (queue, keyring) = (queue.clone(), Arc::clone(&keyring));
            let (stored, typed) = (SecretString::from(NOBODYS_HASH), SecretString::from("x"));
            tokio::spawn(async move { queue.reserve()?.verify(stored, typed, keyring).await })
        })
        .collect();
    for one in hashing {
        one.await.unwrap().unwrap();
    }
    PASSWORDS as f64 / begun.elapsed().as_secs_f64()
}

fn compared(quiet: &[Duration], busy: &[Duration]) -> String {
    let (calm, hurried) = (percentile(quiet, 99), percentile(busy, 99));
    format!(
        "99th percentile of a signed-in page: quiet {calm:.2?} of {}, in the flood {hurried:.2?} of \
         {}, ratio {:.2}",
        quiet.len(),
        busy.len(),
        hurried.as_secs_f64() / calm.as_secs_f64()
    )
}

/// The time that so many of a hundred stay below; nothing where there is none.
fn percentile(times: &[Duration], percent: usize) -> Duration {
    let mut times = times.to_vec();
    times.sort_unstable();
    let found = times.get(times.len() * percent / 100);
    found.copied().unwrap_or_default()
}
