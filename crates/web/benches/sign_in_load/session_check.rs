//! What it costs to know who somebody is: the page of a signed-in person, with sessions in SQLite
//! and in Redis, against a handler that answers the same bytes without knowing anybody.

use crate::percentile;
use crate::person::{self, Person};
use crate::shop::Shop;
use axum::Router;
use axum::response::Html;
use axum::routing::get;
use commerce::php_array::Value;
use reqwest::Client;
use std::net::SocketAddr;
use std::time::{Duration, Instant};
use store::redis_server::testing::OwnServer;
use tokio::net::TcpListener;

/// How many pages are opened in one measurement, one after the other.
const PAGES: usize = 100;

/// How often each of the three is measured.
const TURNS: usize = 20;

/// Measures all three in turn, and prints the medians for one page and how they compare.
pub(crate) async fn compare() {
    let redis = OwnServer::start().await;
    let in_sql = Shop::open(Vec::new()).await;
    let in_redis = Shop::open(section(&redis)).await;
    let with_sql = Person::sign_in(in_sql.address).await;
    let with_redis = Person::sign_in(in_redis.address).await;
    let client = person::client();
    let bare = with_sql.at(serve_bare(with_sql.open(&client).await).await);
    let mut times: [Vec<Duration>; 3] = Default::default();
    for _ in 0..TURNS {
        for (times, person) in times.iter_mut().zip([&bare, &with_sql, &with_redis]) {
            times.push(pages(person, &client).await);
        }
    }
    let [bare, sql, redis] = times.map(|times| percentile(&times, 50));
    let ratio = |time: Duration| time.as_secs_f64() / bare.as_secs_f64();
    println!(
        "a signed-in page: bare {bare:.0?}, SQLite {sql:.0?} (ratio {:.1}), Redis {redis:.0?} \
         (ratio {:.1})",
        ratio(sql),
        ratio(redis)
    );
}

/// How long a page takes.
async fn pages(person: &Person, client: &Client) -> Duration {
    let begun = Instant::now();
    for _ in 0..PAGES {
        person.open(client).await;
    }
    begun.elapsed() / u32::try_from(PAGES).unwrap()
}

/// Serves one text at the same path, and nothing else.
async fn serve_bare(page: String) -> SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let router = Router::new().route("/back", get(async move || Html(page)));
    tokio::spawn(axum::serve(listener, router).into_future());
    address
}

fn section(redis: &OwnServer) -> Vec<(String, Value)> {
    let server = serde_json::json!({"host": "127.0.0.1", "port": redis.port.to_string()});
    vec![
        ("save".to_owned(), serde_json::json!("redis").into()),
        ("redis".to_owned(), server.into()),
    ]
}
