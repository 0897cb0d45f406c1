//! What a file has besides its owner and mode. Access lists and the attributes that users gave it go
//! to its replacement; a label of the system's comes from the folder, and is the system's to set.

use super::Refusal;
use rustix::buffer::spare_capacity;
use rustix::fs::{XattrFlags, fremovexattr, fsetxattr, getxattr, listxattr};
use rustix::io::Errno;
use std::fs::File;
use std::io;
use std::path::Path;

/// What `setfacl` sets: who may read beside owner and group. PHP may have its access from there.
const ACCESS_LIST: &str = "system.posix_acl_access";

/// The kernel's own bound of a value and of a list of names, in bytes.
const LARGEST: usize = 64 * 1024;

/// Takes away the access list that a new file inherited from its folder.
pub(super) fn forget_inherited(file: &File) -> io::Result<()> {
    match fremovexattr(file, ACCESS_LIST) {
        Ok(()) | Err(Errno::NODATA | Errno::OPNOTSUPP) => Ok(()),
        Err(error) => Err(error.into()),
    }
}

/// Gives `file` what the file at `old` has.
pub(super) fn keep(file: &File, old: &Path) -> io::Result<()> {
    let mut names = Vec::with_capacity(LARGEST);
    match listxattr(old, spare_capacity(&mut names)) {
        Ok(_) => {}
        Err(Errno::OPNOTSUPP) => return Ok(()),
        Err(error) => return Err(error.into()),
    }
    let names = names.split(|byte| *byte == 0);
    let kept = names.filter(|name| *name == ACCESS_LIST.as_bytes() || name.starts_with(b"user."));
    for name in kept {
        let mut value = Vec::with_capacity(LARGEST);
        getxattr(old, name, spare_capacity(&mut value))?;
        fsetxattr(file, name, &value, XattrFlags::empty())
            .map_err(|_| Refusal::AttributeWouldBeLost(old.to_owned()).into_error())?;
    }
    Ok(())
}
