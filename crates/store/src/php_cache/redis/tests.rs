use super::*;
use crate::php_cache::CacheType;
use crate::redis_server::testing::{OwnServer, keys};

async fn cache() -> (RedisCache, MultiplexedConnection, OwnServer) {
    let own = OwnServer::start().await;
    let cache = RedisCache {
        server: own.server(),
        prefix: IdPrefix::Given("69d_".into()),
        may_be_symfony: false,
    };
    (cache, own.connect().await, own)
}

/// What `Cm_Cache_Backend_Redis::save` leaves.
async fn save(connection: &mut MultiplexedConnection, id: &str, data: &[u8], tags: &[&str]) {
    let mut pipe = redis::pipe();
    pipe.cmd("HSET").arg(format!("zc:k:{id}"));
    pipe.arg("d")
        .arg(data)
        .arg("t")
        .arg(tags.join(","))
        .arg("m")
        .arg(1)
        .arg("i")
        .arg(1);
    pipe.cmd("SADD").arg("zc:ids").arg(id);
    for tag in tags {
        pipe.cmd("SADD").arg("zc:tags").arg(tag);
        pipe.cmd("SADD").arg(format!("zc:ti:{tag}")).arg(id);
    }
    let _: () = pipe.query_async(connection).await.unwrap();
}

#[tokio::test]
async fn the_switch_removes_configuration_and_admin_revocations_of_this_instance_only() {
    let (cache, mut connection, _own) = cache().await;
    for number in 0..1200 {
        save(
            &mut connection,
            &format!("69d_C{number}"),
            b"{}",
            &["69d_CONFIG", "69d_MAGE"],
        )
        .await;
    }
    save(
        &mut connection,
        "69d_BLOCK",
        b"html",
        &["69d_BLOCK_HTML", "69d_MAGE"],
    )
    .await;
    save(
        &mut connection,
        "69d_JWT_USER_TOKEN_REVOKED_2_7",
        b"1",
        &["69d_MAGE"],
    )
    .await;
    save(
        &mut connection,
        "69d_JWT_USER_TOKEN_REVOKED_3_7",
        b"1",
        &["69d_MAGE"],
    )
    .await;
    save(&mut connection, "0af_C", b"{}", &["0af_CONFIG", "0af_MAGE"]).await;
    let removed = cache
        .clean(&Selection::config_and_revocations())
        .await
        .unwrap();
    assert_eq!(removed, 1201);
    assert_eq!(
        keys(&mut connection).await,
        [
            "zc:ids",
            "zc:k:0af_C",
            "zc:k:69d_BLOCK",
            "zc:k:69d_JWT_USER_TOKEN_REVOKED_3_7",
            "zc:tags",
            "zc:ti:0af_CONFIG",
            "zc:ti:0af_MAGE",
            "zc:ti:69d_BLOCK_HTML",
            "zc:ti:69d_MAGE",
        ]
    );
    let is_indexed: bool = redis::cmd("SISMEMBER")
        .arg(&["zc:ti:69d_MAGE", "69d_JWT_USER_TOKEN_REVOKED_2_7"])
        .query_async(&mut connection)
        .await
        .unwrap();
    assert!(!is_indexed);
}

#[tokio::test]
async fn a_derived_prefix_takes_configuration_of_any_such_prefix() {
    let (mut cache, mut connection, _own) = cache().await;
    cache.prefix = IdPrefix::Derived;
    save(&mut connection, "69d_C", b"{}", &["69d_CONFIG"]).await;
    save(&mut connection, "0af_C", b"{}", &["0af_CONFIG"]).await;
    save(&mut connection, "shop_C", b"{}", &["shop_CONFIG"]).await;
    let types = Selection::of_types(&[CacheType::Config]);
    assert_eq!(cache.clean(&types).await.unwrap(), 2);
    assert_eq!(cache.clean(&types).await.unwrap(), 0);
    assert!(
        keys(&mut connection)
            .await
            .contains(&"zc:k:shop_C".to_owned())
    );
}

#[tokio::test]
async fn flushing_leaves_sessions_that_share_the_database() {
    let (mut cache, mut connection, _own) = cache().await;
    cache.may_be_symfony = true;
    save(&mut connection, "69d_C", b"{}", &["69d_CONFIG"]).await;
    for key in ["sess_abc", "69d_:CONFIG_ITEM", "cache:tags:69d_CONFIG"] {
        let _: () = redis::cmd("SET")
            .arg(&[key, "x"])
            .query_async(&mut connection)
            .await
            .unwrap();
    }
    assert!(cache.flush().await.unwrap() >= 4);
    assert_eq!(keys(&mut connection).await, ["sess_abc"]);
}

#[tokio::test]
async fn entries_are_handed_out_before_compression_and_gaps_are_counted() {
    let (mut cache, mut connection, _own) = cache().await;
    cache.may_be_symfony = true;
    let script = r#"echo "gz:\x1f\x8b" . gzcompress("packed");"#;
    let packed = std::process::Command::new("php")
        .args(["-r", script])
        .output()
        .expect("php is needed for this test")
        .stdout;
    save(&mut connection, "69d_A", b"plain", &[]).await;
    save(&mut connection, "69d_B", &packed, &[]).await;
    save(&mut connection, "69d_C", b"sn:\x1f\x8bxxx", &[]).await;
    for (key, value) in [("69d_:ITEM", "symfony"), ("zc:k:69d_D", "not a hash")] {
        let _: () = redis::cmd("SET")
            .arg(&[key, value])
            .query_async(&mut connection)
            .await
            .unwrap();
    }
    let (mut seen, mut gaps) = (Vec::new(), Gaps::default());
    let mut visit = |key: &str, data: &[u8]| {
        seen.push(format!("{key}={}", String::from_utf8_lossy(data)));
    };
    cache.for_each_entry(&mut visit, &mut gaps).await.unwrap();
    seen.sort();
    assert_eq!(
        seen,
        ["69d_:ITEM=symfony", "zc:k:69d_A=plain", "zc:k:69d_B=packed"]
    );
    let gaps = gaps.in_place("Redis", "entries");
    assert_eq!(gaps.len(), 2);
    assert!(gaps.iter().any(|gap| gap.why == "compressed with snappy"));
}
