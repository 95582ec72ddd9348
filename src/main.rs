//! The `attest` command.

fn main() -> std::process::ExitCode {
    attest::command::main()
}
