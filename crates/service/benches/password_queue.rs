//! Verifying passwords through the queue, against the bare library on the same cores with the
//! same reused memory; and how much memory a flood of sign-ins takes. The two run in turn, since a
//! machine that is busy for a second must slow both alike.

#![expect(
    clippy::unwrap_used,
    reason = "a benchmark that cannot be set up has to stop"
)]
#![expect(clippy::print_stdout, reason = "the comparison is the result")]

use commerce::encryption::Keyring;
use commerce::password_hash::{Argon2Memory, PasswordHash, Salt};
use secrecy::SecretString;
use service::password_queue::PasswordQueue;
use std::sync::Arc;
use std::time::{Duration, Instant};

/// How many passwords each core verifies in one measurement.
const PASSWORDS_EACH: usize = 8;

/// How often each of the two is measured.
const PAIRS: usize = 20;

/// How many passwords for each core are in the queue at once in the flood: as many as a machine that
/// takes 200 ms for each is done with before they lose patience.
const FLOOD_EACH: usize = 45;

fn main() {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let keyring = Arc::new(Keyring::parse("0123456789abcdef0123456789abcdef").unwrap());
    let stored = stored();
    flood(&runtime, &stored, &keyring);
    compare(&runtime, &stored, &keyring);
}

fn stored() -> String {
    let salt = Salt::from_random(&[7; 32]);
    PasswordHash::create(b"Secret123", &salt, &mut Argon2Memory::default()).unwrap()
}

fn cores() -> usize {
    std::thread::available_parallelism().map_or(1, usize::from)
}

/// Fills the queue, and prints how far the process's memory grew: the first time
/// with its threads and tasks, which stay, and then once more.
fn flood(runtime: &tokio::runtime::Runtime, stored: &str, keyring: &Arc<Keyring>) {
    let passwords = FLOOD_EACH * cores();
    for which in ["first", "second"] {
        let queue = PasswordQueue::new();
        // The peak so far is forgotten: proc(5), clear_refs.
        std::fs::write("/proc/self/clear_refs", "5").unwrap();
        let before = mebibytes("VmRSS");
        runtime.block_on(queued(&queue, passwords, stored, keyring));
        println!(
            "{which} flood of {passwords} passwords: the process grew by {:.2} MiB at its peak; \
             the queue's bound is {:.2} MiB",
            mebibytes("VmHWM") - before,
            queue.memory_bound() as f64 / (1024.0 * 1024.0)
        );
    }
}

/// Measures both in turn, and prints the medians and how they compare.
fn compare(runtime: &tokio::runtime::Runtime, stored: &str, keyring: &Arc<Keyring>) {
    let queue = PasswordQueue::new();
    let mut memories: Vec<Argon2Memory> = (0..cores()).map(|_| Argon2Memory::default()).collect();
    let (mut bare_times, mut queue_times) = (Vec::new(), Vec::new());
    for _ in 0..PAIRS {
        let begun = Instant::now();
        bare(&mut memories, stored, keyring);
        bare_times.push(begun.elapsed());
        let begun = Instant::now();
        runtime.block_on(queued(&queue, PASSWORDS_EACH * cores(), stored, keyring));
        queue_times.push(begun.elapsed());
    }
    let (bare, queued) = (median(bare_times), median(queue_times));
    println!(
        "{} passwords, medians of {PAIRS} pairs: bare {bare:.2?}, queue {queued:.2?}, \
         throughput {:.1} %",
        PASSWORDS_EACH * cores(),
        100.0 * bare.as_secs_f64() / queued.as_secs_f64()
    );
}

fn bare(memories: &mut [Argon2Memory], stored: &str, keyring: &Keyring) {
    std::thread::scope(|scope| {
        for memory in memories {
            scope.spawn(move || {
                for _ in 0..PASSWORDS_EACH {
                    let hash = PasswordHash::parse(stored).unwrap();
                    assert!(hash.verify(b"Secret123", keyring, memory).unwrap());
                }
            });
        }
    });
}

async fn queued(queue: &PasswordQueue, passwords: usize, stored: &str, keyring: &Arc<Keyring>) {
    let tasks: Vec<_> = (0..passwords)
        .map(|_| {
            let (queue, keyring) = (queue.clone(), Arc::clone(keyring));
            let stored = SecretString::from(stored);
            tokio::spawn(async move {
                let place = queue.reserve()?;
                let typed = SecretString::from("Secret123");
                place.verify(stored, typed, keyring).await
            })
        })
        .collect();
    for task in tasks {
        assert!(task.await.unwrap().unwrap());
    }
}

fn median(mut times: Vec<Duration>) -> Duration {
    times.sort_unstable();
    *times.get(times.len() / 2).unwrap()
}

/// A figure of this process's memory, by its name in `proc(5)`.
fn mebibytes(name: &str) -> f64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap();
    let line = status.lines().find(|line| line.starts_with(name)).unwrap();
    let figure = line.split_whitespace().nth(1).unwrap();
    f64::from(figure.parse::<u32>().unwrap()) / 1024.0
}
