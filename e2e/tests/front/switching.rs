//! Promise 4 as an operator meets it: when the command returns, no request that nginx passes on is
//! answered to somebody who was signed in the other way, whichever node it comes to.

use e2e::front::{Front, MEMBERS_PAGE, Visitor};
use e2e::shop::{PASSWORD, USERNAME};
use std::net::Ipv4Addr;
use std::sync::atomic::{AtomicBool, Ordering};
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
    let front = Front::open();
    let (mut on, mut off) = (Vec::new(), Vec::new());
    let (mut honoured_before, mut honoured_after) = (0, 0);
    for _ in 0..times {
        let mut anna = front.visitor(Ipv4Addr::LOCALHOST);
        assert_eq!(anna.sign_in(USERNAME, PASSWORD).status, 303);
        let enabling = watch(&front, anna, Front::enable);
        let mut anna = front.visitor(Ipv4Addr::LOCALHOST);
        anna.sign_in_with_adobe_id();
        let disabling = watch(&front, anna, Front::disable);
        on.push(enabling.took);
        off.push(disabling.took);
        for watched in [enabling, disabling] {
            assert_ne!(watched.before, 0, "the session was honoured before");
            honoured_before += watched.before;
            honoured_after += watched.after;
        }
    }
    tell("enable", &mut on);
    tell("disable", &mut off);
    println!(
        "honoured while a command ran: {honoured_before}, after it returned: {honoured_after}"
    );
    assert_eq!(honoured_after, 0);
}

/// How long a command took, and how many requests were honoured that began before it returned,
/// and after.
struct Watched {
    took: Duration,
    before: usize,
    after: usize,
}

/// Lets somebody click on without a pause while a command runs, and some times more.
fn watch(front: &Front, mut who: Visitor, command: fn(&Front)) -> Watched {
    let has_returned = AtomicBool::new(false);
    std::thread::scope(|scope| {
        let clicking = scope.spawn(|| click_until(&mut who, &has_returned));
        let begun = Instant::now();
        command(front);
        let took = begun.elapsed();
        has_returned.store(true, Ordering::SeqCst);
        let (before, after) = clicking.join().expect("every click was answered");
        Watched {
            took,
            before,
            after,
        }
    })
}

/// How many clicks were honoured until a command had returned, and of those that followed.
fn click_until(who: &mut Visitor, has_returned: &AtomicBool) -> (usize, usize) {
    let click = |who: &mut Visitor| {
        let status = who.open(MEMBERS_PAGE).status;
        assert!(matches!(status, 200 | 401), "{status}");
        usize::from(status == 200)
    };
    let mut before = 0;
    while !has_returned.load(Ordering::SeqCst) {
        before += click(who);
    }
    who.answered();
    let after = (0..AFTERWARDS).map(|_| click(who)).sum();
    let nodes = who.answered();
    assert!(nodes.contains(&0) && nodes.contains(&1), "both were asked");
    (before, after)
}

fn tell(command: &str, took: &mut [Duration]) {
    took.sort_unstable();
    let (worst, median) = (took[took.len() - 1], took[took.len() / 2]);
    println!(
        "{command}, {} times: worst {worst:?}, median {median:?}",
        took.len()
    );
}
