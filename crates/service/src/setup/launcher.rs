//! The `bin/magento` of an instance, so that the commands people know by heart work here too.

use super::SetupRefused;
use std::io::Write;
use std::os::unix::fs::OpenOptionsExt;
use std::path::Path;

/// Writes `bin/magento`, unless the instance has one: PHP Commerce's own is never replaced.
/// Returns whether it was written.
pub(super) fn create(root: &Path, program: &Path) -> Result<bool, SetupRefused> {
    let path = root.join("bin/magento");
    let failed = |why| SetupRefused::CannotWrite {
        path: path.display().to_string(),
        why,
    };
    std::fs::create_dir_all(root.join("bin")).map_err(failed)?;
    let mut options = std::fs::OpenOptions::new();
    match options.write(true).create_new(true).mode(0o755).open(&path) {
        Ok(mut file) => {
            file.write_all(script(program).as_bytes()).map_err(failed)?;
            Ok(true)
        }
        Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => Ok(false),
        Err(error) => Err(failed(error)),
    }
}

fn script(program: &Path) -> String {
    let program = program.display().to_string().replace('\'', r"'\''");
    format!(
        "#!/bin/sh\n\
         # Postern in the place where Commerce has its command line.\n\
         program='{program}'\n\
         [ -x \"$program\" ] || program=postern\n\
         exec \"$program\" --root \"$(CDPATH='' cd -- \"$(dirname -- \"$0\")/..\" && pwd)\" \"$@\"\n"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_existing_launcher_is_left_alone() {
        let root = tempfile::tempdir().unwrap();
        assert!(create(root.path(), Path::new("/usr/bin/postern")).unwrap());
        let path = root.path().join("bin/magento");
        std::fs::write(&path, "php's own").unwrap();
        assert!(!create(root.path(), Path::new("/usr/bin/postern")).unwrap());
        assert_eq!(std::fs::read_to_string(path).unwrap(), "php's own");
    }

    #[test]
    fn it_runs_the_program_with_the_root_whatever_their_names() {
        let root = tempfile::tempdir().unwrap();
        let folder = root.path().join("a shop's folder");
        create(&folder, Path::new("/bin/echo")).unwrap();
        let output = std::process::Command::new(folder.join("bin/magento"))
            .args(["a:a:d", "two words"])
            .output()
            .unwrap();
        let folder = folder.canonicalize().unwrap();
        let expected = format!("--root {} a:a:d two words\n", folder.display());
        assert_eq!(String::from_utf8(output.stdout).unwrap(), expected);
    }
}
