//! Strangers who sign in with all kinds of names from all kinds of addresses, so that nothing but
//! the queue holds them up. They come at their own pace, whether they are answered or not, and out
//! of a process of their own, whose memory is not that of the server.

use crate::{percentile, person};
use reqwest::{Client, StatusCode, header};
use std::collections::BTreeMap;
use std::fmt;
use std::net::{Ipv4Addr, SocketAddr};
use std::process::Command;
use std::time::{Duration, Instant};
use tokio::task::JoinSet;

/// The argument that makes this program the flood.
const FLOOD: &str = "--flood-at";

/// More strangers than come in any round.
const MOST_A_ROUND: u32 = 100_000;

/// What became of the strangers.
#[derive(Default)]
pub(crate) struct Flood {
    /// How many got each status.
    statuses: BTreeMap<u16, usize>,
    /// How many were sent away without being told when to come back.
    untold: usize,
    /// How long those waited who were sent away.
    refused_after: Vec<Duration>,
}

/// Whether this process was started to be the flood.
pub(crate) fn is_asked_for() -> bool {
    std::env::args().nth(1).as_deref() == Some(FLOOD)
}

/// Starts the flood and waits until everybody has been answered. In each `round` others come.
pub(crate) fn start(address: SocketAddr, a_second: f64, span: Duration, round: u32) -> Flood {
    let output = Command::new(std::env::current_exe().unwrap())
        .arg(FLOOD)
        .args([address.to_string(), a_second.to_string()])
        .args([span.as_secs_f64().to_string(), round.to_string()])
        .output()
        .unwrap();
    assert!(output.status.success(), "{output:?}");
    let mut flood = Flood::default();
    for line in String::from_utf8(output.stdout).unwrap().lines() {
        let fields: Vec<&str> = line.split(' ').collect();
        let [status, waited, is_told] = fields.try_into().unwrap();
        let waited = Duration::from_micros(waited.parse().unwrap());
        flood.note(status.parse().unwrap(), waited, is_told == "true");
    }
    flood
}

/// Is the flood: prints status, microseconds and whether `Retry-After` was there, one a line.
pub(crate) fn run() {
    let arguments: Vec<String> = std::env::args().skip(2).collect();
    let [address, a_second, seconds, round] = arguments.try_into().unwrap();
    let page = format!("http://{address}/back");
    let pause = Duration::from_secs_f64(1.0 / a_second.parse::<f64>().unwrap());
    let span = Duration::from_secs_f64(seconds.parse().unwrap());
    let first = round.parse::<u32>().unwrap() * MOST_A_ROUND;
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build();
    runtime.unwrap().block_on(pour(page, pause, span, first));
}

async fn pour(page: String, pause: Duration, span: Duration, first: u32) {
    let client = person::client();
    let mut strangers = JoinSet::new();
    let mut pace = tokio::time::interval(pause);
    let end = Instant::now() + span;
    let mut number = first;
    while Instant::now() < end {
        pace.tick().await;
        number += 1;
        strangers.spawn(sign_in(client.clone(), page.clone(), number));
    }
    for (status, waited, is_told) in strangers.join_all().await {
        println!("{} {} {is_told}", status.as_u16(), waited.as_micros());
    }
}

async fn sign_in(client: Client, page: String, number: u32) -> (StatusCode, Duration, bool) {
    let address = Ipv4Addr::from_bits(0x0a00_0000 + number);
    let name = format!("stranger-{number}");
    let form = [("login[username]", name.as_str()), ("login[password]", "?")];
    let begun = Instant::now();
    let request = client.post(page).form(&form);
    let request = request.header("x-forwarded-for", address.to_string());
    let answer = request.send().await.unwrap();
    let is_told = answer.headers().contains_key(header::RETRY_AFTER);
    let status = answer.status();
    answer.bytes().await.unwrap();
    (status, begun.elapsed(), is_told)
}

impl Flood {
    fn note(&mut self, status: u16, waited: Duration, is_told: bool) {
        *self.statuses.entry(status).or_default() += 1;
        if status == 429 || status == 503 {
            self.untold += usize::from(!is_told);
            self.refused_after.push(waited);
        }
    }

    /// Adds another one.
    pub(crate) fn add(&mut self, other: &Self) {
        for (status, count) in &other.statuses {
            *self.statuses.entry(*status).or_default() += count;
        }
        self.untold += other.untold;
        self.refused_after.extend(&other.refused_after);
    }
}

impl fmt::Display for Flood {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "the flood by status: {:?}; sent away without Retry-After: {}; sent away after {:.2?} \
             in the median, 99th percentile {:.2?}",
            self.statuses,
            self.untold,
            percentile(&self.refused_after, 50),
            percentile(&self.refused_after, 99)
        )
    }
}
