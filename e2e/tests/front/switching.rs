//! Promise 4 as an operator meets it: when the command returns, no request that nginx passes on is
//! answered to somebody who was signed in the other way, whichever node it comes to.

use e2e::front::{Front, MEMBERS_PAGE, Visitor};
use e2e::shop::{PASSWORD, USERNAME};
use std::net::Ipv4Addr;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::{Duration, Instant};

/// Requests that have to be answered after a command has returned, before the next one is typed.
const AFTERWARDS: usize = 6;

#[test]
fn the_switch_holds_on_both_nodes_when_the_command_returns() {
    switch_to_and_fro(5);
}

#[test]
#[ignore = "takes some minutes"]
fn the_switch_holds_on_both_nodes_when_the_command_returns_fifty_times() {
    switch_to_and_fro(50);
}

fn switch_to_and_fro(times: usize) {
    let mut front = Front::open();
    let (mut on, mut off) = (Vec::new(), Vec::new());
    let (mut honoured_before, mut honoured_after) = (0, 0);
    for _ in 0..times {
        let mut anna = front.visitor(Ipv4Addr::LOCALHOST);
        assert_eq!(anna.sign_in(USERNAME, PASSWORD).status, 303);
        let watch = watch(&mut front, anna, |front| {
            let begun = Instant::now();
            let run = front.shop.run(&front.shop.enable());
            assert_eq!(run.code, 0, "{}", run.stderr);
            on.push(begun.elapsed());
        });
        honoured_before += watch.before;
        honoured_after += watch.after;

        let begun = Instant::now();
        let run = front.shop.run(&front.shop.disable());
        assert_eq!(run.code, 0, "{}", run.stderr);
        off.push(begun.elapsed());
    }
    tell("enable", &mut on);
    tell("disable", &mut off);
    println!("honoured after the command returned: {honoured_after}");
    assert!(honoured_before >= times, "sessions were honoured before");
    assert_eq!(honoured_after, 0);
}

/// How many requests were honoured that began before a command returned, and after.
struct Watched {
    before: usize,
    after: usize,
}

/// Lets somebody click on without a pause while a command runs, and some times more.
fn watch(front: &mut Front, mut who: Visitor, command: impl FnOnce(&mut Front)) -> Watched {
    front.answered();
    let has_returned = AtomicBool::new(false);
    let asked_before = AtomicUsize::new(0);
    let watched = std::thread::scope(|scope| {
        let clicking = scope.spawn(|| {
            let (mut before, mut after, mut asked) = (0, 0, 0);
            while asked < AFTERWARDS {
                let is_after = has_returned.load(Ordering::SeqCst);
                let status = who.open(MEMBERS_PAGE).status;
                assert!(matches!(status, 200 | 401), "{status}");
                let is_honoured = usize::from(status == 200);
                if is_after {
                    asked += 1;
                    after += is_honoured;
                } else {
                    asked_before.fetch_add(1, Ordering::SeqCst);
                    before += is_honoured;
                }
            }
            Watched { before, after }
        });
        command(front);
        has_returned.store(true, Ordering::SeqCst);
        clicking.join().expect("every click was answered")
    });
    let nodes = front.answered();
    let last = nodes
        .get(nodes.len() - AFTERWARDS..)
        .expect("the last clicks");
    assert!(last.contains(&0) && last.contains(&1), "both were asked");
    watched
}

fn tell(command: &str, took: &mut [Duration]) {
    took.sort_unstable();
    let (worst, median) = (took.last(), took.get(took.len() / 2));
    println!(
        "{command}, {} times: worst {worst:?}, median {median:?}",
        took.len()
    );
}
