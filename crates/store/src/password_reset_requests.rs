//! Requests of "Forgot your password?", Commerce's `password_reset_request_event`, by which it
//! limits them. PHP Commerce counts ours and we count PHP's.

use crate::database::{Connection, DatabaseError, Value};
use crate::time;
use domain::reset_limit::{COUNTED, Earlier, Protection};
use jiff::{SignedDuration, Timestamp};
use std::net::IpAddr;

/// `request_type` of admins; customers have 0.
const ADMIN: i64 = 1;

/// How long Commerce keeps an event.
const KEPT: SignedDuration = SignedDuration::from_hours(24);

/// Notes a request for `email` from `ip`.
pub async fn append(
    connection: &mut Connection,
    email: &str,
    ip: IpAddr,
    now: Timestamp,
) -> Result<(), DatabaseError> {
    let timestamp = connection.dialect().timestamp();
    let sql = format!(
        "INSERT INTO #password_reset_request_event (request_type, account_reference, created_at, \
         ip) VALUES (?, ?, {timestamp}, ?)"
    );
    let arguments = vec![
        ADMIN.into(),
        reference(email).into(),
        now.as_second().into(),
        origin(ip).into(),
    ];
    connection.execute(&sql, arguments).await.map(|_| ())
}

/// The earlier requests that count for one by `email` and `ip` under `protection`.
pub async fn find_earlier(
    connection: &mut Connection,
    protection: Protection,
    email: &str,
    ip: IpAddr,
    now: Timestamp,
) -> Result<Earlier, DatabaseError> {
    let (condition, who): (&str, Vec<Value>) = match protection {
        Protection::Off => return Ok(Earlier::default()),
        Protection::EmailOrAddress => (
            "(account_reference = ? OR ip = ?)",
            vec![reference(email).into(), origin(ip).into()],
        ),
        Protection::Address => ("ip = ?", vec![origin(ip).into()]),
        Protection::Email => ("account_reference = ?", vec![reference(email).into()]),
    };
    let dialect = connection.dialect();
    let (last, timestamp) = (dialect.seconds("MAX(created_at)"), dialect.timestamp());
    let sql = format!(
        "SELECT {last}, SUM(CASE WHEN created_at > {timestamp} THEN 1 ELSE 0 END) \
         FROM #password_reset_request_event WHERE request_type = ? AND {condition}"
    );
    let mut arguments = vec![(now - COUNTED).as_second().into(), ADMIN.into()];
    arguments.extend(who);
    let row = connection.fetch_optional(&sql, arguments).await?;
    let row = row.ok_or(DatabaseError::Shape { column: 0 })?;
    let count = row.optional_integer(1)?.unwrap_or(0);
    Ok(Earlier {
        last: time::optional(&row, 0)?,
        count: u32::try_from(count).unwrap_or(u32::MAX),
    })
}

/// Removes what is older than a day, customers' requests included, as Commerce's own daily job.
pub async fn delete_old(connection: &mut Connection, now: Timestamp) -> Result<u64, DatabaseError> {
    let timestamp = connection.dialect().timestamp();
    let sql = format!("DELETE FROM #password_reset_request_event WHERE created_at < {timestamp}");
    connection
        .execute(&sql, vec![(now - KEPT).as_second().into()])
        .await
}

fn reference(email: &str) -> String {
    email.chars().take(255).collect()
}

/// How an address stands in the column `ip`, which takes 15 characters. Of an IPv6 address it is
/// the first 56 bits in hexadecimal digits: what a provider gives to one household, within which
/// everybody can have any number of addresses.
fn origin(ip: IpAddr) -> String {
    match ip.to_canonical() {
        IpAddr::V4(ip) => ip.to_string(),
        IpAddr::V6(ip) => format!("{:014x}", ip.to_bits() >> 72),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::each_engine;

    fn at(second: i64) -> Timestamp {
        Timestamp::from_second(1_800_000_000 + second).unwrap()
    }

    fn ip(text: &str) -> IpAddr {
        text.parse().unwrap()
    }

    #[tokio::test]
    async fn the_protection_says_whose_requests_count() {
        each_engine(async |test| {
            let mut connection = test.connection().await;
            for (email, address, second) in [
                ("ann@shop.test", "192.0.2.1", 0),
                ("bob@shop.test", "192.0.2.1", 60),
                ("Ann@shop.test", "192.0.2.2", 120),
            ] {
                append(&mut connection, email, ip(address), at(second))
                    .await
                    .unwrap();
            }
            for (protection, last, count) in [
                (Protection::Off, None, 0),
                (Protection::EmailOrAddress, Some(120), 3),
                (Protection::Address, Some(60), 2),
                (Protection::Email, Some(120), 2),
            ] {
                let (email, ip) = ("ann@shop.test", ip("192.0.2.1"));
                let earlier = find_earlier(&mut connection, protection, email, ip, at(200)).await;
                let earlier = earlier.unwrap();
                assert_eq!(earlier.last, last.map(at), "{protection:?}");
                assert_eq!(earlier.count, count, "{protection:?}");
            }
            let (email, ip) = ("ann@shop.test", ip("192.0.2.9"));
            let later = find_earlier(&mut connection, Protection::Email, email, ip, at(3600));
            assert_eq!(later.await.unwrap().count, 1);
        })
        .await;
    }

    #[tokio::test]
    async fn requests_of_customers_do_not_count() {
        each_engine(async |test| {
            test.execute(
                "INSERT INTO #password_reset_request_event (request_type, account_reference, ip) \
                 VALUES (0, 'ann@shop.test', '192.0.2.1')",
                Vec::new(),
            )
            .await;
            let mut connection = test.connection().await;
            let (email, ip) = ("ann@shop.test", ip("192.0.2.1"));
            let protection = Protection::EmailOrAddress;
            let earlier = find_earlier(&mut connection, protection, email, ip, at(0)).await;
            assert_eq!(earlier.unwrap().last, None);
        })
        .await;
    }

    #[tokio::test]
    async fn addresses_of_every_length_fit_and_one_network_is_one_origin() {
        each_engine(async |test| {
            let mut connection = test.connection().await;
            let long = format!("{}@shop.test", "a".repeat(300));
            let longest = ip("2001:0db8:1111:2233:4455:6677:8899:aabb");
            append(&mut connection, &long, longest, at(0))
                .await
                .unwrap();
            let count = async |connection: &mut Connection, text: &str| {
                find_earlier(connection, Protection::Address, "", ip(text), at(1))
                    .await
                    .unwrap()
                    .count
            };
            assert_eq!(count(&mut connection, "2001:db8:1111:22ff::1").await, 1);
            assert_eq!(count(&mut connection, "2001:db8:1111:2133::1").await, 0);
        })
        .await;
        assert_eq!(origin(ip("::ffff:192.0.2.1")), "192.0.2.1");
        assert_eq!(origin(ip("255.255.255.255")).len(), 15);
    }

    #[tokio::test]
    async fn what_is_older_than_a_day_goes() {
        each_engine(async |test| {
            let mut connection = test.connection().await;
            let from = ip("192.0.2.1");
            append(&mut connection, "old@shop.test", from, at(0))
                .await
                .unwrap();
            append(&mut connection, "new@shop.test", from, at(1))
                .await
                .unwrap();
            assert_eq!(delete_old(&mut connection, at(86_401)).await.unwrap(), 1);
        })
        .await;
    }
}
