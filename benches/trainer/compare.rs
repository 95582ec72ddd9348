//! Ours, PyTorch the course's way, and PyTorch at its best, in turns on the same documents.

use std::process::Command;

use attest::trainer::{Config, flops, recipe::Precision};
use nalgebra::DMatrix;
use rayon::prelude::*;

use super::{option, rate, recipe, source, timed};

/// One way to train, and the real tokens a second of each turn.
struct Way {
    name: &'static str,
    rates: Vec<f64>,
    loss: f64,
}

impl Way {
    fn median(&self) -> Option<f64> {
        let mut sorted = self.rates.clone();
        sorted.sort_by(f64::total_cmp);
        sorted.get(sorted.len() / 2).copied()
    }
}

pub fn run(args: &[String]) {
    let seconds: f64 = option(args, "--seconds", "10").parse().expect("a number of seconds");
    let rounds: usize = option(args, "--rounds", "3").parse().expect("a number of rounds");
    let threads: usize = option(args, "--threads", "2").parse().expect("a number of threads");
    let data = option(args, "--data", "");
    rayon::ThreadPoolBuilder::new().num_threads(threads).build_global().expect("threads");
    let recipe = recipe(args);
    let documents = source(args, &recipe);
    let way = |name| Way { name, rates: Vec::new(), loss: f64::NAN };
    let mut ways = [way("ours, f32"), way("ours, bf16"), way("PyTorch, course's way"), way("PyTorch, best way")];
    let mut sgemm = Vec::new();
    let mut missing = if data.is_empty() { Some("the peers read the course's files: give --data DIR".to_string()) } else { None };
    for _ in 0..rounds {
        sgemm.push(product_rate(threads));
        for (way, precision) in ways.iter_mut().zip([Precision::F32, Precision::Bf16]) {
            let t = timed(&recipe, precision, &*documents, seconds);
            if t.precision == precision {
                way.rates.push(t.tokens_a_second);
                way.loss = t.loss;
            }
        }
        for (way, name) in ways[2..].iter_mut().zip(["course", "best"]) {
            if missing.is_none() {
                match peer(name, &data, seconds, threads) {
                    Ok((rate, loss)) => {
                        way.rates.push(rate);
                        way.loss = loss;
                    }
                    Err(reason) => missing = Some(reason),
                }
            }
        }
    }
    let length = mean_length(&*documents);
    // Forward, and twice as much backward: no product of a padded position or an unused logit is in it.
    let useful = 3.0 * operations(&recipe.model, length) / length as f64;
    sgemm.sort_by(f64::total_cmp);
    let sgemm = sgemm[sgemm.len() / 2];
    println!("{threads} threads, medians of {rounds} turns of {seconds} s; nalgebra's sgemm: {sgemm:.0} GFLOP/s on all threads");
    println!("a real token is {:.1} MFLOP of products, at {length} tokens a document", useful / 1e6);
    for way in &ways {
        let Some(median) = way.median() else { continue };
        let gflops = median * useful / 1e9;
        println!(
            "{:22} {median:8.0} real tokens/s, loss {:.3}, {gflops:6.0} useful GFLOP/s, {:3.0} % of sgemm",
            way.name,
            way.loss,
            100.0 * gflops / sgemm
        );
    }
    if let Some(peak) = peak_memory_mib() {
        println!("peak memory of this process: {peak} MiB");
    }
    if let Some(reason) = missing {
        println!("PyTorch's ways are skipped: {reason}");
    }
}

fn operations(config: &Config, length: usize) -> f64 {
    flops::count(config, length).expect("documents fit the block") as f64
}

/// Mean length of the examples of one epoch, to the nearest token.
fn mean_length(source: &dyn attest::trainer::data::Source) -> usize {
    let count = source.len().min(2_000);
    (0..count).map(|i| source.example(0, i).len()).sum::<usize>() / count.max(1)
}

/// nalgebra's f32 product of 512-square matrices on every thread at once, in GFLOP/s.
fn product_rate(threads: usize) -> f64 {
    let one = |_| {
        let (a, b) = (DMatrix::from_element(512, 512, 0.5f32), DMatrix::from_element(512, 512, 0.25f32));
        let mut c = a.clone();
        rate(2.0 * 512f64.powi(3), || c.gemm(1.0, &a, &b, 0.0))
    };
    (0..threads).into_par_iter().map(one).sum()
}

/// Real tokens a second and loss of a peer, or why there are none.
fn peer(way: &str, data: &str, seconds: f64, threads: usize) -> Result<(f64, f64), String> {
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/benches/peers/trainer.py");
    let python = std::env::var("ATTEST_PYTHON").unwrap_or_else(|_| "python3".into());
    let output = Command::new(&python)
        .args([script, way, data, "--seconds", &seconds.to_string(), "--threads", &threads.to_string()])
        .output()
        .map_err(|e| format!("{python}: {e}"))?;
    let said = String::from_utf8_lossy(&output.stdout);
    if !output.status.success() {
        return Err(format!("{}{}", said.trim(), String::from_utf8_lossy(&output.stderr).trim()));
    }
    let before = |unit: &str| said.split(unit).next()?.split_whitespace().last()?.parse().ok();
    let loss = said.rsplit("loss ").next().and_then(|l| l.trim().parse().ok());
    before(" real tokens/s").zip(loss).ok_or_else(|| format!("not understood: {said}"))
}

/// The most memory this process ever held, where the system tells.
fn peak_memory_mib() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find(|l| l.starts_with("VmHWM:"))?;
    Some(line.split_whitespace().nth(1)?.parse::<u64>().ok()? / 1024)
}
