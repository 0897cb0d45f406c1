//! The program `postern`; everything is in the library beside it.

fn main() -> std::process::ExitCode {
    std::process::ExitCode::from(postern::run())
}
