//! The memory of this process, in MiB, as `proc(5)` has it.

/// What it has now.
pub(crate) fn now() -> u64 {
    mebibytes("VmRSS")
}

/// The most it ever had.
pub(crate) fn peak() -> u64 {
    mebibytes("VmHWM")
}

fn mebibytes(name: &str) -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap();
    let line = status.lines().find(|line| line.starts_with(name)).unwrap();
    let figure = line.split_whitespace().nth(1).unwrap();
    figure.parse::<u64>().unwrap() / 1024
}
