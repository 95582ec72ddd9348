//! What the trainer's parts take: products, and whole steps on real or made-up examples.
//!
//! usage: cargo bench --bench trainer -- products
//!        cargo bench --bench trainer -- steps [--data DIR] [--seconds 10] [--batch 128] [--threads 2]
//!        cargo bench --bench trainer -- profile [--data DIR] [--batch 128] [--dropout 0.1]
//!        cargo bench --bench trainer -- compare [--data DIR] [--seconds 10] [--rounds 3] [--threads 2]

mod compare;
mod profile;

use std::{path::PathBuf, time::Instant};

use attest::trainer::{
    Config, Model,
    bfloat16::Bfloat16,
    data::{Corpus, Source},
    product::{Exact, Products},
    recipe::{Precision, Recipe, Stage},
    training::Training,
};
use nalgebra::DMatrix;

fn main() {
    let args: Vec<String> = std::env::args().skip(1).filter(|a| a != "--bench").collect();
    match args.first().map(String::as_str) {
        Some("products") | None => products(),
        Some("steps") => steps(&args[1..]),
        Some("profile") => profile::run(&args[1..]),
        Some("compare") => compare::run(&args[1..]),
        Some(other) => println!("unknown: {other}"),
    }
}

/// Repeats `work` for half a second and returns its rate in GFLOP/s.
fn rate(flops: f64, mut work: impl FnMut()) -> f64 {
    work();
    let (start, mut n) = (Instant::now(), 0);
    while start.elapsed().as_secs_f64() < 0.5 {
        work();
        n += 1;
    }
    flops * f64::from(n) / start.elapsed().as_secs_f64() / 1e9
}

fn products() {
    let model = Model::<f32>::new(&Config::default(), 1).expect("the course's shape");
    let packed = Bfloat16::new(&model.network, &model.parameters);
    println!("GFLOP/s on one thread: forward, input gradient, weight gradient");
    for linear in &model.network.linears()[..4] {
        let n = 512;
        let (x, dy) = (DMatrix::from_element(linear.inputs, n, 0.5f32), DMatrix::from_element(linear.outputs, n, 0.25));
        let (mut y, mut dx) = (dy.clone(), x.clone());
        let weight = &model.parameters[linear.range()];
        let mut dw = weight.to_vec();
        let flops = 2.0 * (linear.inputs * linear.outputs * n) as f64;
        let mut row = |name: &str, p: &dyn Products<f32>| {
            let a = rate(flops, || p.forward(linear, weight, &x, &mut y));
            let b = rate(flops, || p.input_gradient(linear, weight, &dy, &mut dx));
            let c = rate(flops, || p.weight_gradient(linear, &x, &dy, &mut dw));
            println!("{:4} x {:4}, {n} columns, {name}: {a:6.1} {b:6.1} {c:6.1}", linear.outputs, linear.inputs);
        };
        row("nalgebra f32", &Exact);
        if let Some(packed) = &packed {
            row("bfloat16    ", packed);
        }
    }
}

/// The value after `--name`, or its default.
fn option(args: &[String], name: &str, default: &str) -> String {
    args.iter().position(|a| a == name).and_then(|i| args.get(i + 1)).map_or(default, String::as_str).to_string()
}

/// The recipe, with the options that change it; without data the embedded world's shape.
fn recipe(args: &[String]) -> Recipe {
    let mut recipe = Recipe::find(&option(args, "--recipe", "course")).expect("a recipe");
    recipe.pretrain.batch = option(args, "--batch", "128").parse().expect("a batch");
    recipe.pretrain.dropout = option(args, "--dropout", "0.1").parse().expect("a probability");
    if option(args, "--data", "").is_empty() {
        recipe.people = 3_000;
        recipe.model.vocabulary = 70;
    }
    recipe
}

/// The documents that steps are timed on.
fn source(args: &[String], recipe: &Recipe) -> Box<dyn Source> {
    let data = option(args, "--data", "");
    let folder = (!data.is_empty()).then(|| PathBuf::from(data));
    let corpus = Corpus::read(folder.as_deref(), recipe, 0).expect("data");
    corpus.documents(recipe).expect("known characters")
}

/// What steps of one precision did.
struct Timed {
    precision: Precision,
    tokens_a_second: f64,
    steps_a_second: f64,
    loss: f64,
    seconds_a_step_least: f64,
}

/// Takes steps for some seconds.
fn timed(recipe: &Recipe, precision: Precision, source: &dyn Source, seconds: f64) -> Timed {
    let stage = Stage { precision, ..recipe.pretrain.clone() };
    let model = Model::<f32>::new(&recipe.model, 0).expect("the recipe's shape");
    let mut training = Training::new(model, &stage, source, 0);
    training.step().expect("a step");
    let (start, mut tokens, mut steps, mut loss, mut least) = (Instant::now(), 0, 0, 0.0, f64::INFINITY);
    while start.elapsed().as_secs_f64() < seconds {
        let before = Instant::now();
        let step = training.step().expect("a step").expect("more epochs than seconds");
        least = least.min(before.elapsed().as_secs_f64());
        tokens += step.tokens;
        steps += 1;
        loss = step.scored.mean();
    }
    let time = start.elapsed().as_secs_f64();
    Timed {
        precision: training.precision(),
        tokens_a_second: tokens as f64 / time,
        steps_a_second: f64::from(steps) / time,
        loss,
        seconds_a_step_least: least,
    }
}

/// Whole training steps on a stream of real examples: real tokens a second, in both precisions.
fn steps(args: &[String]) {
    let seconds: f64 = option(args, "--seconds", "10").parse().expect("a number of seconds");
    let threads: usize = option(args, "--threads", "0").parse().expect("a number of threads");
    rayon::ThreadPoolBuilder::new().num_threads(threads).build_global().expect("threads");
    let recipe = recipe(args);
    let source = source(args, &recipe);
    for precision in [Precision::F32, Precision::Bf16] {
        let t = timed(&recipe, precision, &*source, seconds);
        println!(
            "ours, {:?} products: {:.0} real tokens/s, {:.2} steps/s, loss {:.3}",
            t.precision, t.tokens_a_second, t.steps_a_second, t.loss
        );
    }
}
