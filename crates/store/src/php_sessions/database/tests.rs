use super::*;
use crate::database::Row;
use crate::php_sessions::testing::*;
use crate::testing::each_engine;
use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;

async fn write(connection: &mut Connection, id: &str, data: &[u8]) {
    let delete = "DELETE FROM #session WHERE session_id = ?";
    connection.execute(delete, vec![id.into()]).await.unwrap();
    let insert =
        "INSERT INTO #session (session_id, session_expires, session_data) VALUES (?, 1, ?)";
    let data = BASE64_STANDARD.encode(data);
    connection
        .execute(insert, vec![id.into(), data.into()])
        .await
        .unwrap();
}

async fn ids(connection: &mut Connection) -> Vec<String> {
    let query = "SELECT session_id FROM #session ORDER BY session_id";
    let rows: Vec<Row> = connection.fetch_all(query, Vec::new()).await.unwrap();
    rows.iter().map(|row| row.text(0).unwrap()).collect()
}

#[tokio::test]
async fn only_sessions_with_an_adobe_token_are_found_and_removed() {
    each_engine(async |database| {
        let mut transaction = database.database().begin().await.unwrap();
        write(&mut transaction, "adobe", &adobe_session()).await;
        write(&mut transaction, "customer", &customer_session()).await;
        write(&mut transaction, "native", &native_session()).await;
        let insert = "INSERT INTO #session (session_id, session_data) VALUES ('foreign', 'AAAA')";
        transaction.execute(insert, Vec::new()).await.unwrap();
        let search = find_adobe(&mut transaction).await.unwrap();
        assert_eq!(tokens(&search), [TOKEN]);
        assert_eq!((search.searched, search.not_searched.len()), (4, 1));
        let found = &search.found[0];
        assert_eq!(
            remove(found, &mut transaction).await.unwrap(),
            Removal::Removed
        );
        assert_eq!(
            remove(found, &mut transaction).await.unwrap(),
            Removal::NothingToRemove
        );
        assert_eq!(
            ids(&mut transaction).await,
            ["customer", "foreign", "native"]
        );
        transaction.commit().await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn a_session_that_meanwhile_became_another_is_left_alone() {
    each_engine(async |database| {
        let mut connection = database.connection().await;
        write(&mut connection, "a", &adobe_session()).await;
        let search = find_adobe(&mut connection).await.unwrap();
        write(&mut connection, "a", &native_session()).await;
        let removal = remove(&search.found[0], &mut connection).await.unwrap();
        assert_eq!(removal, Removal::NothingToRemove);
        assert_eq!(ids(&mut connection).await, ["a"]);
    })
    .await;
}

#[tokio::test]
async fn a_missing_table_is_a_gap_and_not_an_error() {
    each_engine(async |database| {
        let mut connection = database.connection().await;
        connection
            .execute("DROP TABLE #session", Vec::new())
            .await
            .unwrap();
        let search = find_adobe(&mut connection).await.unwrap();
        assert_eq!(search.not_searched.len(), 1);
    })
    .await;
}
