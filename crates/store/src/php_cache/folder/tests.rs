use super::*;
use crate::php_cache::CacheType;
use std::collections::BTreeSet;
use std::process::Command;

/// Writes entries as Commerce's file backend does, with PHP's own `serialize` and `md5`.
const WRITER: &str = r#"
[, $folder, $entries] = $argv;
foreach (json_decode($entries, true) as [$id, $data, $tags]) {
    $head = ['hash' => '', 'mtime' => time(), 'expire' => 9999999999, 'tags' => implode(',', $tags)];
    $place = $folder . '/mage--' . substr(md5($id), -1);
    @mkdir($place, 0777, true);
    @mkdir("$folder/mage-tags");
    file_put_contents("$place/mage---$id", serialize($head) . "\n" . $data);
    foreach ($tags as $tag) {
        file_put_contents("$folder/mage-tags/mage---$tag", "$id\n", FILE_APPEND);
    }
}
"#;

fn folder_with(
    entries: &[(&str, &str, &[&str])],
    is_copy: bool,
) -> (tempfile::TempDir, CacheFolder) {
    let place = tempfile::tempdir().unwrap();
    let path = place.path().join("cache");
    std::fs::create_dir(&path).unwrap();
    let status = Command::new("php")
        .args(["-r", WRITER])
        .arg(&path)
        .arg(serde_json::to_string(entries).unwrap())
        .status()
        .expect("php is needed for this test");
    assert!(status.success());
    let folder = CacheFolder {
        path,
        prefix: IdPrefix::Given("69d_".into()),
        is_copy,
    };
    (place, folder)
}

fn ids(folder: &CacheFolder) -> BTreeSet<String> {
    let mut ids = BTreeSet::new();
    folder
        .for_each_file(&mut |path, id, _| {
            ids.insert(if id.is_empty() {
                path.display().to_string()
            } else {
                id.to_owned()
            });
            Ok(())
        })
        .unwrap();
    ids
}

const ENTRIES: &[(&str, &str, &[&str])] = &[
    (
        "69d_SYSTEM_DEFAULT",
        "{}",
        &["69d_CONFIG_SCOPES", "69d_CONFIG", "69d_MAGE"],
    ),
    ("69d_DI", "di", &["69d_COMPILED_CONFIG", "69d_MAGE"]),
    ("69d_BLOCK", "html", &["69d_BLOCK_HTML", "69d_MAGE"]),
    ("69d_JWT_USER_TOKEN_REVOKED_2_7", "17", &["69d_MAGE"]),
    ("69d_JWT_USER_TOKEN_REVOKED_3_7", "17", &["69d_MAGE"]),
    ("0af_SYSTEM_DEFAULT", "{}", &["0af_CONFIG", "0af_MAGE"]),
];

#[test]
fn the_switch_removes_configuration_and_admin_revocations_of_this_instance_only() {
    let (_place, folder) = folder_with(ENTRIES, false);
    assert_eq!(
        folder.clean(&Selection::config_and_revocations()).unwrap(),
        2
    );
    let left = [
        "0af_SYSTEM_DEFAULT",
        "69d_BLOCK",
        "69d_DI",
        "69d_JWT_USER_TOKEN_REVOKED_3_7",
    ];
    assert_eq!(ids(&folder), left.map(str::to_owned).into());
    assert!(folder.path.join("mage-tags/mage---69d_CONFIG").exists());
    assert_eq!(
        folder.clean(&Selection::config_and_revocations()).unwrap(),
        0
    );
}

#[test]
fn cleaning_a_type_removes_that_type_only() {
    let (_place, folder) = folder_with(ENTRIES, false);
    let types = Selection::of_types(&[CacheType::BlockHtml, CacheType::Layout]);
    assert_eq!(folder.clean(&types).unwrap(), 1);
    assert!(!ids(&folder).contains("69d_BLOCK"));
    assert_eq!(ids(&folder).len(), 5);
}

#[test]
fn a_derived_prefix_takes_every_configuration_in_the_folder() {
    let (_place, mut folder) = folder_with(ENTRIES, false);
    folder.prefix = IdPrefix::Derived;
    assert_eq!(
        folder
            .clean(&Selection::of_types(&[CacheType::Config]))
            .unwrap(),
        2
    );
}

#[test]
fn a_copy_of_a_remote_cache_goes_as_a_whole() {
    let (_place, folder) = folder_with(&[("69d_A", "1", &[]), ("0af_B", "2", &[])], true);
    assert_eq!(
        folder
            .clean(&Selection::of_types(&[CacheType::Config]))
            .unwrap(),
        1
    );
    assert_eq!(ids(&folder), ["0af_B".to_owned()].into());
}

#[test]
fn a_symfony_folder_goes_as_a_whole() {
    let (_place, folder) = folder_with(ENTRIES, false);
    let item = folder.path.join("69d_/A/B/itemname");
    std::fs::create_dir_all(item.parent().unwrap()).unwrap();
    std::fs::write(&item, "0\nSYSTEM\ndata").unwrap();
    assert_eq!(
        folder.clean(&Selection::config_and_revocations()).unwrap(),
        3
    );
    assert!(!item.exists());
}

#[test]
fn flushing_leaves_only_what_is_no_cache() {
    let (_place, folder) = folder_with(ENTRIES, false);
    std::fs::write(folder.path.join(".htaccess"), "deny").unwrap();
    assert_eq!(folder.flush().unwrap(), 6);
    assert_eq!(ids(&folder), BTreeSet::new());
    assert!(!folder.path.join("mage-tags/mage---69d_CONFIG").exists());
    assert!(folder.path.join(".htaccess").exists());
}

#[test]
fn a_missing_folder_is_a_clean_one() {
    let folder = CacheFolder {
        path: "/nonexistent/cache".into(),
        prefix: IdPrefix::Derived,
        is_copy: false,
    };
    assert_eq!(
        folder.clean(&Selection::config_and_revocations()).unwrap(),
        0
    );
    assert_eq!(folder.flush().unwrap(), 0);
}

#[test]
fn one_failure_does_not_keep_the_rest_and_is_told() {
    let (_place, folder) = folder_with(ENTRIES, false);
    // A path component that is a file, not a folder, fails where even root may do everything.
    std::os::unix::fs::symlink(folder.path.join("x"), folder.path.join("x")).unwrap();
    let broken = CacheFolder {
        path: folder.path.join("x"),
        ..folder.clone()
    };
    assert!(broken.clean(&Selection::config_and_revocations()).is_err());
    assert_eq!(
        folder.clean(&Selection::config_and_revocations()).unwrap(),
        2
    );
}

#[test]
fn entries_are_read_with_their_head_and_decompressed() {
    let (_place, folder) = folder_with(&[("69d_A", "plain secret", &["69d_MAGE"])], false);
    let compress =
        r#"file_put_contents($argv[1], "a:0:{}\nCACHE_COMPRESSION" . gzcompress("packed"));"#;
    let file = folder.path.join("mage--a/mage---69d_P");
    std::fs::create_dir_all(file.parent().unwrap()).unwrap();
    Command::new("php")
        .args(["-r", compress])
        .arg(&file)
        .status()
        .unwrap();
    let mut seen = Vec::new();
    folder
        .for_each_entry(&mut |_, content| seen.push(String::from_utf8(content.unwrap()).unwrap()))
        .unwrap();
    seen.sort();
    assert!(seen[0].ends_with("plain secret") && seen[0].contains("69d_MAGE"));
    assert_eq!(seen[1], "packed");
}
