//! Whatever is wrong, one sentence names it and says what to do, the exit code is 1 (2 for wrong
//! usage), and every file and every row is as it was.

mod command_line;
mod crypt_key;
mod database;
mod instance;
mod php_files;
mod pinned;
mod provider;
mod questions;
mod settings;
mod writing;
