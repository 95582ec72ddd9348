use clap::Parser;
#[derive(Parser)]
struct A {
    #[command(flatten)]
    t: attest::command::train::TrainArgs,
}
fn main() -> miette::Result<()> {
    attest::command::train::run(&A::parse().t, &mut std::io::stdout())
}
