use super::*;
use crate::php_sessions::testing::*;

fn folder(levels: u32) -> (tempfile::TempDir, SessionFolder) {
    let place = tempfile::tempdir().unwrap();
    let folder = SessionFolder::new(place.path().to_owned(), levels);
    (place, folder)
}

#[tokio::test]
async fn only_sessions_with_an_adobe_token_are_found_and_removed() {
    let (place, folder) = folder(0);
    let write = |name: &str, content: &[u8]| fs::write(place.path().join(name), content).unwrap();
    write("sess_adobe", &adobe_session());
    write("sess_native", &native_session());
    write("sess_customer", &customer_session());
    write("sess_empty", b"");
    write("other_adobe", &adobe_session());
    let search = folder.find_adobe();
    assert_eq!(
        (tokens(&search), search.searched),
        (vec![TOKEN.to_owned()], 4)
    );
    assert_eq!(search.not_searched, []);
    assert_eq!(folder.remove(&search.found[0]), Removal::Removed);
    assert_eq!(folder.remove(&search.found[0]), Removal::NothingToRemove);
    assert!(!place.path().join("sess_adobe").exists());
    assert_eq!(
        fs::read(place.path().join("sess_native")).unwrap(),
        native_session()
    );
    assert_eq!(
        fs::read(place.path().join("sess_customer")).unwrap(),
        customer_session()
    );
    assert!(place.path().join("other_adobe").exists());
    assert!(folder.find_adobe().found.is_empty());
}

#[tokio::test]
async fn a_session_that_meanwhile_became_another_is_left_alone() {
    let (place, folder) = folder(0);
    fs::write(place.path().join("sess_a"), adobe_session()).unwrap();
    let search = folder.find_adobe();
    fs::write(place.path().join("sess_a"), native_session()).unwrap();
    assert_eq!(folder.remove(&search.found[0]), Removal::NothingToRemove);
    assert!(place.path().join("sess_a").exists());
}

#[tokio::test]
async fn a_link_put_in_place_of_a_session_is_left_alone() {
    let (place, folder) = folder(0);
    let path = place.path().join("sess_a");
    fs::write(&path, adobe_session()).unwrap();
    let search = folder.find_adobe();
    fs::rename(&path, place.path().join("elsewhere")).unwrap();
    std::os::unix::fs::symlink(place.path().join("elsewhere"), &path).unwrap();
    let removal = folder.remove(&search.found[0]);
    assert!(matches!(removal, Removal::Failed { .. }));
    assert!(fs::symlink_metadata(&path).unwrap().is_symlink());
}

#[tokio::test]
async fn sessions_in_subfolders_are_found_down_to_the_configured_level() {
    let (place, folder) = folder(2);
    fs::create_dir_all(place.path().join("a/b/c")).unwrap();
    fs::write(place.path().join("a/b/sess_ab"), adobe_session()).unwrap();
    fs::write(place.path().join("a/b/c/sess_abc"), adobe_session()).unwrap();
    let search = folder.find_adobe();
    assert_eq!(search.found.len(), 1);
    assert_eq!(folder.remove(&search.found[0]), Removal::Removed);
    assert!(!place.path().join("a/b/sess_ab").exists());
}

#[tokio::test]
async fn a_locked_session_is_read_and_removed_and_does_not_come_back() {
    let (place, folder) = folder(0);
    let session = String::from_utf8(adobe_session()).unwrap();
    let native = String::from_utf8(native_session()).unwrap();
    fs::write(place.path().join("sess_held"), &session).unwrap();
    fs::write(place.path().join("sess_other"), &native).unwrap();
    // Two requests that hold their sessions until their standard input ends.
    let hold = |id: &str| {
        let script = format!(
            "session_id('{id}'); session_start(); $_SESSION['n'] = 1; echo '.'; fgets(STDIN);"
        );
        let mut request = std::process::Command::new("php")
            .args([
                "-d",
                "session.use_cookies=0",
                "-d",
                "session.cache_limiter=",
                "-d",
            ])
            .arg(format!("session.save_path={}", place.path().display()))
            .args(["-r", &script])
            .stdin(std::process::Stdio::piped())
            .stdout(std::process::Stdio::piped())
            .spawn()
            .expect("php is needed for this test");
        let mut started = [0];
        std::io::Read::read_exact(request.stdout.as_mut().unwrap(), &mut started).unwrap();
        request
    };
    let mut requests = [hold("held"), hold("other")];
    let search = folder.find_adobe();
    assert_eq!(tokens(&search), [TOKEN]);
    assert_eq!(
        search.not_searched.len(),
        1,
        "the other one may be about to get a token"
    );
    assert!(search.not_searched[0].place.ends_with("(1 sessions)"));
    assert_eq!(folder.remove(&search.found[0]), Removal::Removed);
    for request in &mut requests {
        drop(request.stdin.take());
        request.wait().unwrap();
    }
    assert!(!place.path().join("sess_held").exists());
    assert!(
        fs::read_to_string(place.path().join("sess_other"))
            .unwrap()
            .contains("n|i:1;")
    );
}

#[tokio::test]
async fn what_cannot_be_read_is_reported_and_links_are_not_followed() {
    let (place, folder) = folder(0);
    let elsewhere = tempfile::NamedTempFile::new().unwrap();
    fs::write(elsewhere.path(), adobe_session()).unwrap();
    std::os::unix::fs::symlink(elsewhere.path(), place.path().join("sess_link")).unwrap();
    fs::write(
        place.path().join("sess_foreign"),
        b"\x00\x00\x00\x02igbinary",
    )
    .unwrap();
    let large = File::create(place.path().join("sess_large")).unwrap();
    large.set_len(LARGEST_SESSION + 1).unwrap();
    let search = folder.find_adobe();
    assert!(search.found.is_empty());
    let whys: Vec<_> = search
        .not_searched
        .iter()
        .map(|gap| gap.why.as_str())
        .collect();
    assert_eq!(
        whys,
        [
            "larger than 16 MB",
            "the session data is not in PHP's session format"
        ]
    );
}

#[tokio::test]
async fn a_folder_that_does_not_exist_holds_no_session() {
    let folder = SessionFolder::new("/nonexistent/session".into(), 0);
    let search = folder.find_adobe();
    assert_eq!((search.searched, search.not_searched.len()), (0, 0));
}

#[tokio::test]
async fn every_session_is_visited_and_no_id_is_shown() {
    let (place, folder) = folder(0);
    for number in 0..20 {
        fs::write(
            place.path().join(format!("sess_{number}secretid")),
            b"x|i:1;",
        )
        .unwrap();
    }
    let mut visited = 0;
    let gaps = folder.for_each_entry(&mut |place, bytes| {
        assert!(!place.contains("secretid"));
        assert_eq!(bytes, b"x|i:1;");
        visited += 1;
    });
    assert_eq!((visited, gaps), (20, vec![]));
    fs::write(place.path().join("sess_secretid"), adobe_session()).unwrap();
    let shown = format!("{:?}", folder.find_adobe());
    assert!(
        !shown.contains("secretid") && !shown.contains(TOKEN),
        "{shown}"
    );
}
