use super::*;
use std::os::unix::fs::symlink;
use std::os::unix::process::CommandExt as _;
use std::process::Command;

fn names_in(folder: &Path) -> Vec<String> {
    let mut names: Vec<_> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    names
}

fn folder_with_file(content: &str, mode: u32) -> (tempfile::TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("env.php");
    fs::write(&path, content).unwrap();
    fs::set_permissions(&path, fs::Permissions::from_mode(mode)).unwrap();
    (folder, path)
}

#[test]
fn content_is_replaced_and_mode_and_owner_are_kept() {
    let (folder, path) = folder_with_file("old", 0o640);
    std::os::unix::fs::chown(&path, Some(33), Some(33)).expect("these tests run as root");
    replace(&path, b"new").unwrap();
    let metadata = fs::metadata(&path).unwrap();
    assert_eq!(fs::read(&path).unwrap(), b"new");
    assert_eq!(metadata.mode() & 0o7777, 0o640);
    assert_eq!((metadata.uid(), metadata.gid()), (33, 33));
    assert_eq!(names_in(folder.path()), ["env.php"]);
}

/// An access list as the kernel keeps it (acl(5)): tag, permissions and whom, six times.
fn access_list() -> Vec<u8> {
    const NOBODY: u32 = u32::MAX;
    // The owner, user 33, the group, the mask, all others.
    let entries = [
        (1, 6, NOBODY),
        (2, 4, 33),
        (4, 0, NOBODY),
        (16, 4, NOBODY),
        (32, 0, NOBODY),
    ];
    let mut list = 2_u32.to_le_bytes().to_vec();
    for (tag, permissions, whom) in entries {
        list.extend_from_slice(&u16::to_le_bytes(tag));
        list.extend_from_slice(&u16::to_le_bytes(permissions));
        list.extend_from_slice(&u32::to_le_bytes(whom));
    }
    list
}

fn attribute(path: &Path, name: &str) -> Option<Vec<u8>> {
    let mut value = Vec::with_capacity(1024);
    let read = rustix::fs::getxattr(path, name, rustix::buffer::spare_capacity(&mut value));
    read.ok().map(|_| value)
}

fn set_attribute(path: &Path, name: &str, value: &[u8]) {
    let flags = rustix::fs::XattrFlags::empty();
    rustix::fs::setxattr(path, name, value, flags).unwrap();
}

#[test]
fn access_lists_and_attributes_are_kept_and_none_is_inherited() {
    const LIST: &str = "system.posix_acl_access";
    let (folder, path) = folder_with_file("old", 0o600);
    set_attribute(&path, LIST, &access_list());
    set_attribute(&path, "user.backup", b"no");
    let mode = fs::metadata(&path).unwrap().mode();
    replace(&path, b"new").unwrap();
    assert_eq!(attribute(&path, LIST), Some(access_list()));
    assert_eq!(attribute(&path, "user.backup").unwrap(), b"no");
    assert_eq!(fs::metadata(&path).unwrap().mode(), mode);
    let plain = folder.path().join("config.php");
    fs::write(&plain, "old").unwrap();
    fs::set_permissions(&plain, fs::Permissions::from_mode(0o640)).unwrap();
    set_attribute(folder.path(), "system.posix_acl_default", &access_list());
    replace(&plain, b"new").unwrap();
    assert_eq!(attribute(&plain, LIST), None);
    assert_eq!(fs::metadata(&plain).unwrap().mode() & 0o7777, 0o640);
}

#[test]
fn a_link_stays_a_link_and_its_target_is_replaced() {
    let (folder, path) = folder_with_file("old", 0o600);
    let other = tempfile::tempdir().unwrap();
    let link = other.path().join("env.php");
    symlink(&path, &link).unwrap();
    replace(&link, b"new").unwrap();
    assert!(fs::symlink_metadata(&link).unwrap().is_symlink());
    assert_eq!(fs::read(&path).unwrap(), b"new");
    assert_eq!(names_in(folder.path()), ["env.php"]);
    assert_eq!(names_in(other.path()), ["env.php"]);
}

#[test]
fn a_missing_file_and_a_folder_are_not_replaced() {
    let folder = tempfile::tempdir().unwrap();
    let missing = replace(&folder.path().join("env.php"), b"new").unwrap_err();
    assert_eq!(missing.kind(), io::ErrorKind::NotFound);
    fs::create_dir(folder.path().join("etc")).unwrap();
    let is_folder = replace(&folder.path().join("etc"), b"new").unwrap_err();
    assert_eq!(is_folder.kind(), io::ErrorKind::InvalidInput);
    assert_eq!(names_in(folder.path()), ["etc"]);
}

#[test]
fn creating_refuses_an_existing_file_and_leaves_nothing() {
    let (folder, path) = folder_with_file("old", 0o600);
    let error = create(&path, b"new", 0o640).unwrap_err();
    assert_eq!(error.kind(), io::ErrorKind::AlreadyExists);
    assert_eq!(fs::read(&path).unwrap(), b"old");
    let fresh = folder.path().join("config.php");
    create(&fresh, b"fresh", 0o640).unwrap();
    assert_eq!(fs::read(&fresh).unwrap(), b"fresh");
    assert_eq!(fs::metadata(&fresh).unwrap().mode() & 0o7777, 0o640);
    assert_eq!(names_in(folder.path()), ["config.php", "env.php"]);
}

#[test]
fn sweeping_removes_leftovers_of_this_file_only() {
    let (folder, path) = folder_with_file("kept", 0o600);
    for name in [
        ".env.php.postern-0011",
        ".config.php.postern-22",
        ".env.php.swp",
        "env.php.bak",
    ] {
        fs::write(folder.path().join(name), "secret").unwrap();
    }
    assert_eq!(sweep(&path).unwrap(), 1);
    assert_eq!(sweep(&path).unwrap(), 0);
    assert_eq!(
        names_in(folder.path()),
        [
            ".config.php.postern-22",
            ".env.php.swp",
            "env.php",
            "env.php.bak"
        ]
    );
}

#[test]
fn a_failure_at_any_step_leaves_the_old_file_and_no_temporary() {
    let (folder, path) = folder_with_file("old", 0o600);
    let failing = |calls: &str, error: &str| {
        let inject = format!("inject={calls}:error={error}");
        as_other_program("replace", &path, |program| {
            let mut command = Command::new("strace");
            command
                .args(["-f", "-qq", "-o", "/dev/null", "-e", &inject])
                .arg(program);
            command
        })
    };
    let too_large = as_other_program("replace", &path, |program| {
        let mut command = Command::new("sh");
        // An ignored signal stays ignored in the program, so that the write fails instead.
        command
            .args(["-c", "trap '' XFSZ; ulimit -f 8; exec \"$0\" \"$@\""])
            .arg(program);
        command
    });
    assert_eq!(too_large, "FileTooLarge");
    assert_eq!(failing("fsync", "ENOSPC"), "StorageFull");
    assert_eq!(
        failing("rename,renameat,renameat2", "EROFS"),
        "ReadOnlyFilesystem"
    );
    assert_eq!(failing("fchmod,fchmodat", "EPERM"), "PermissionDenied");
    assert_eq!(fs::read(&path).unwrap(), b"old");
    assert_eq!(names_in(folder.path()), ["env.php"]);
    assert_eq!(failing("fdatasync", "EIO"), "done");
    assert_eq!(fs::read(&path).unwrap(), vec![b'n'; 16384]);
}

#[test]
fn a_folder_that_is_not_writable_is_told_apart_from_a_file_that_is_not() {
    let (folder, path) = folder_with_file("old", 0o666);
    fs::set_permissions(folder.path(), fs::Permissions::from_mode(0o755)).unwrap();
    let nobody = |program: &Path| {
        let mut command = Command::new(program);
        command.uid(65534).gid(65534);
        command
    };
    assert_eq!(
        as_other_program("replace", &path, nobody),
        "FolderNotWritable"
    );
    assert_eq!(
        as_other_program("check", &path, nobody),
        "FolderNotWritable"
    );
    fs::set_permissions(&path, fs::Permissions::from_mode(0o644)).unwrap();
    assert_eq!(
        as_other_program("replace", &path, nobody),
        "PermissionDenied"
    );
    assert_eq!(fs::read(&path).unwrap(), b"old");
    assert_eq!(names_in(folder.path()), ["env.php"]);
}

#[test]
fn another_owner_must_keep_access() {
    let (folder, path) = folder_with_file("old", 0o600);
    std::os::unix::fs::chown(&path, Some(33), Some(33)).unwrap();
    fs::set_permissions(folder.path(), fs::Permissions::from_mode(0o777)).unwrap();
    let stranger = |program: &Path| {
        let mut command = Command::new(program);
        command.uid(65534).gid(65534);
        command
    };
    let group_member = |program: &Path| {
        let mut command = Command::new(program);
        command.uid(65534).gid(33);
        command
    };
    assert_eq!(
        as_other_program("replace", &path, stranger),
        "OwnerWouldLoseAccess"
    );
    assert_eq!(
        as_other_program("replace", &path, group_member),
        "OwnerWouldLoseAccess"
    );
    assert_eq!(fs::read(&path).unwrap(), b"old");
    assert_eq!(names_in(folder.path()), ["env.php"]);
    fs::set_permissions(&path, fs::Permissions::from_mode(0o660)).unwrap();
    assert_eq!(as_other_program("check", &path, group_member), "done");
    assert_eq!(as_other_program("replace", &path, group_member), "done");
    let metadata = fs::metadata(&path).unwrap();
    assert_eq!((metadata.gid(), metadata.mode() & 0o7777), (33, 0o660));
    assert_eq!(names_in(folder.path()), ["env.php"]);
}

#[test]
fn two_editors_never_interleave() {
    let (folder, path) = folder_with_file("0", 0o600);
    let edit = || {
        for _ in 0..25 {
            with_folder_lock(folder.path(), || {
                let number: u32 = fs::read_to_string(&path).unwrap().parse().unwrap();
                replace(&path, (number + 1).to_string().as_bytes()).unwrap();
            })
            .unwrap();
        }
    };
    std::thread::scope(|scope| {
        for _ in 0..4 {
            scope.spawn(edit);
        }
    });
    assert_eq!(fs::read_to_string(&path).unwrap(), "100");
}

/// Runs this test program once more, as another user or under faults, and returns what
/// [`acts_for_the_tests_above`] printed.
fn as_other_program(action: &str, path: &Path, run: impl Fn(&Path) -> Command) -> String {
    // The program itself may lie where another user may not go.
    let place = tempfile::tempdir().unwrap();
    fs::set_permissions(place.path(), fs::Permissions::from_mode(0o755)).unwrap();
    let program = place.path().join("program");
    // By another process: a descriptor open for writing, inherited by a test that forks just now,
    // would make the copy impossible to run.
    let copied = Command::new("cp")
        .arg(std::env::current_exe().unwrap())
        .arg(&program)
        .status();
    assert!(copied.unwrap().success());
    fs::set_permissions(&program, fs::Permissions::from_mode(0o755)).unwrap();
    let mut command = run(&program);
    command
        .args(["--exact", "--nocapture", "--test-threads=1"])
        .arg("atomic_file::tests::acts_for_the_tests_above")
        .current_dir("/")
        .env("POSTERN_TEST_ACTION", action)
        .env("POSTERN_TEST_PATH", path);
    let output = command.output().unwrap();
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    text.split_once("outcome=")
        .and_then(|(_, rest)| rest.split_once(';'))
        .unwrap_or_else(|| panic!("no outcome in {text} {output:?}"))
        .0
        .to_owned()
}

#[test]
#[expect(
    clippy::disallowed_methods,
    reason = "how a test tells its child what to do"
)]
fn acts_for_the_tests_above() {
    let (Ok(action), Ok(path)) = (
        std::env::var("POSTERN_TEST_ACTION"),
        std::env::var("POSTERN_TEST_PATH"),
    ) else {
        return;
    };
    let result = match action.as_str() {
        "replace" => replace(Path::new(&path), &vec![b'n'; 16384]),
        _ => check_replaceable(Path::new(&path)),
    };
    let outcome = match &result {
        Ok(()) => "done".to_owned(),
        Err(error) => match Refusal::of(error) {
            Some(Refusal::FolderNotWritable(_)) => "FolderNotWritable".to_owned(),
            Some(Refusal::OwnerWouldLoseAccess(_)) => "OwnerWouldLoseAccess".to_owned(),
            Some(other) => other.to_string(),
            None => format!("{:?}", error.kind()),
        },
    };
    println!("outcome={outcome};");
}
