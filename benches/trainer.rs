//! What the trainer's parts take: products, and whole steps on real or made-up examples.
//!
//! usage: cargo bench --bench trainer -- products
//!        cargo bench --bench trainer -- steps [--data DIR] [--seconds 10] [--batch 128] [--threads 2]

use std::time::Instant;

use attest::trainer::{Model, Config, bfloat16::Bfloat16, product::{Exact, Products}};
use nalgebra::DMatrix;

fn main() {
    let args: Vec<String> = std::env::args().skip(1).filter(|a| a != "--bench").collect();
    match args.first().map(String::as_str) {
        Some("products") | None => products(),
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
