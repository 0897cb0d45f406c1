use super::*;

fn cache(root: &Path, values: &[(&str, &str)]) -> Cache {
    Cache::from_values(root, Frontend::Default, &|path| {
        let (_, value) = values.iter().find(|(known, _)| *known == path)?;
        Some(SecretString::from(*value))
    })
}

#[tokio::test]
async fn a_server_that_is_down_is_reported_and_the_folder_is_cleared_nevertheless() {
    let root = tempfile::tempdir().unwrap();
    let folder = root.path().join("var/cache/mage--a");
    std::fs::create_dir_all(&folder).unwrap();
    let head = r#"a:4:{s:4:"hash";s:0:"";s:4:"tags";s:10:"69d_CONFIG";}"#;
    std::fs::write(folder.join("mage---69d_X"), format!("{head}\ndata")).unwrap();
    let cache = cache(
        root.path(),
        &[
            ("id_prefix", "69d_"),
            ("backend", "Magento\\Framework\\Cache\\Backend\\Redis"),
            ("backend_options/port", "1"),
            ("backend_options/password", "hunter2"),
        ],
    );
    let outcomes = cache.forget_config_and_revocations().await;
    let Outcome::NotCleared { why } = &outcomes[0].outcome else {
        panic!("{outcomes:?}");
    };
    assert!(why.to_lowercase().contains("refused"), "{why}");
    assert_eq!(outcomes[0].place, "Redis 127.0.0.1:1 database 0");
    assert_eq!(outcomes[1].outcome, Outcome::Cleared { entries: 1 });
    assert!(!format!("{outcomes:?} {cache:?}").contains("hunter2"));
}

#[tokio::test]
async fn an_unknown_backend_is_reported() {
    let root = tempfile::tempdir().unwrap();
    let cache = cache(root.path(), &[("backend", "memcached")]);
    let outcomes = cache.clean(&[CacheType::Config]).await;
    assert!(matches!(outcomes[0].outcome, Outcome::NotCleared { .. }));
    assert_eq!(outcomes[1].outcome, Outcome::Cleared { entries: 0 });
    let gaps = cache.for_each_entry(&mut |_, _| {}).await;
    assert_eq!(gaps[0].place, "cache backend memcached");
}

#[tokio::test]
async fn every_entry_in_files_is_visited() {
    let root = tempfile::tempdir().unwrap();
    let folder = root.path().join("var/cache/mage--a");
    std::fs::create_dir_all(&folder).unwrap();
    for number in 0..50 {
        std::fs::write(folder.join(format!("mage---69d_{number}")), "head\ndata").unwrap();
    }
    let mut visited = 0;
    let gaps = cache(root.path(), &[])
        .for_each_entry(&mut |place, bytes| {
            assert!(place.contains("mage---69d_"));
            assert_eq!(bytes, b"head\ndata");
            visited += 1;
        })
        .await;
    assert_eq!((visited, gaps), (50, vec![]));
}

#[tokio::test]
async fn orders_can_be_carried_out_on_any_thread() {
    fn is_send(_: &impl Send) {}
    let root = tempfile::tempdir().unwrap();
    let cache = cache(root.path(), &[]);
    let location = crate::php_sessions::Location::from_values(root.path(), &|_| None);
    let database = crate::testing::TestDatabase::sqlite().await;
    let mut connection = database.connection().await;
    let (mut first, mut second) = (|_: &str, _: &[u8]| {}, |_: &str, _: &[u8]| {});
    is_send(&cache.forget_config_and_revocations());
    is_send(&cache.flush());
    is_send(&cache.for_each_entry(&mut first));
    is_send(&location.find_adobe(&mut connection));
    is_send(&location.for_each_entry(&mut second));
}
