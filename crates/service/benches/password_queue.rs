//! Verifying passwords through the queue, against the bare library on the same cores with the
//! same reused memory; and how much memory a flood of sign-ins takes.

#![expect(
    clippy::unwrap_used,
    reason = "a benchmark that cannot be set up has to stop"
)]
#![expect(
    clippy::print_stdout,
    reason = "the peak of memory is part of the result"
)]

use commerce::encryption::Keyring;
use commerce::password_hash::{Argon2Memory, PasswordHash, Salt};
use criterion::{Criterion, Throughput, criterion_group};
use secrecy::SecretString;
use service::password_queue::PasswordQueue;
use std::sync::Arc;
use std::time::Duration;

/// How many passwords are verified in one measurement.
const PASSWORDS: u64 = 16;

fn main() {
    benches();
    Criterion::default().configure_from_args().final_summary();
}

criterion_group! {
    name = benches;
    config = Criterion::default().sample_size(20).measurement_time(Duration::from_secs(20));
    targets = compare, flood
}

fn keyring() -> Arc<Keyring> {
    Arc::new(Keyring::parse("0123456789abcdef0123456789abcdef").unwrap())
}

fn stored() -> String {
    let salt = Salt::from_random(&[7; 32]);
    PasswordHash::create(b"Secret123", &salt, &mut Argon2Memory::default()).unwrap()
}

fn cores() -> usize {
    std::thread::available_parallelism().map_or(1, usize::from)
}

fn compare(criterion: &mut Criterion) {
    let (stored, keyring) = (stored(), keyring());
    let mut group = criterion.benchmark_group("passwords");
    group.throughput(Throughput::Elements(PASSWORDS));

    let mut memories: Vec<Argon2Memory> = (0..cores()).map(|_| Argon2Memory::default()).collect();
    group.bench_function("bare", |bencher| {
        bencher.iter(|| bare(&mut memories, &stored, &keyring));
    });

    let runtime = tokio::runtime::Runtime::new().unwrap();
    let queue = PasswordQueue::new();
    group.bench_function("queue", |bencher| {
        bencher.iter(|| runtime.block_on(queued(&queue, PASSWORDS, &stored, &keyring)));
    });
    group.finish();
}

fn bare(memories: &mut [Argon2Memory], stored: &str, keyring: &Keyring) {
    let share = PASSWORDS as usize / memories.len();
    std::thread::scope(|scope| {
        for memory in memories {
            scope.spawn(move || {
                for _ in 0..share {
                    let hash = PasswordHash::parse(stored).unwrap();
                    assert!(hash.verify(b"Secret123", keyring, memory).unwrap());
                }
            });
        }
    });
}

async fn queued(queue: &PasswordQueue, passwords: u64, stored: &str, keyring: &Arc<Keyring>) {
    let tasks: Vec<_> = (0..passwords)
        .map(|_| {
            let (queue, keyring) = (queue.clone(), Arc::clone(keyring));
            let stored = SecretString::from(stored);
            tokio::spawn(async move {
                queue
                    .verify(stored, SecretString::from("Secret123"), keyring)
                    .await
            })
        })
        .collect();
    for task in tasks {
        assert!(task.await.unwrap().unwrap());
    }
}

/// Fills the queue to its brim once and prints the peak of the process's memory.
fn flood(_: &mut Criterion) {
    let (stored, keyring) = (stored(), keyring());
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let queue = PasswordQueue::new();
    let before = peak_mebibytes();
    runtime.block_on(queued(&queue, 60 * cores() as u64, &stored, &keyring));
    let bound = 64 * cores() as u64;
    println!(
        "flood: the queue's bound is {bound} MiB; the process's peak went from {before} to {} MiB",
        peak_mebibytes()
    );
}

fn peak_mebibytes() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap();
    let line = status
        .lines()
        .find(|line| line.starts_with("VmHWM"))
        .unwrap();
    line.split_whitespace()
        .nth(1)
        .unwrap()
        .parse::<u64>()
        .unwrap()
        / 1024
}
