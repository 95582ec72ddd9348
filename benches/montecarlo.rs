//! Draws a second of the Monte Carlo engine beside NumPy and PyTorch, measured in one run.
//!
//! `cargo bench --bench montecarlo` prints the table and writes `reports/bench.csv`. The peers run where
//! `python3` (or the interpreter named by `ATTEST_PYTHON`) has NumPy; PyTorch is optional. Compare only
//! figures of one run: every pair is measured in turns, and the median of the turns' ratios is shown.
//! `-- --error` measures error against time alone, which a whole run does last.

mod error_time;

use std::hint::black_box;
use std::path::Path;
use std::process::Command;
use std::time::Instant;

use attest::montecarlo::normal::sum_of;
use attest::montecarlo::{CHUNK_DRAWS, Form, KeyLaw, Model, MomentGather, Output, Sampler, Stream, gather};

/// The design of the peers: one head between two keys, key a of uncertain length.
fn model(n: usize, d: usize) -> Model {
    let mut keys = vec![KeyLaw { isotropic: 1e-4, spikes: vec![] }; n];
    keys[0].spikes.push(vec![(0, 0.5_f64.sqrt())]);
    Model::new(d, keys, vec![vec![(0, 1.0), (1, 1.0)]], 20.0).expect("the design is a model")
}

/// One measured figure.
struct Figure {
    name: &'static str,
    n: usize,
    d: usize,
    unit: &'static str,
    value: f64,
}

/// Work units a second, over about half a second, after a warm-up.
fn rate(mut work: impl FnMut() -> u64) -> f64 {
    work();
    let (start, mut done) = (Instant::now(), 0);
    while start.elapsed().as_secs_f64() < 0.5 {
        done += work();
    }
    done as f64 / start.elapsed().as_secs_f64()
}

fn draws(sampler: &Sampler, chunks: u64) -> u64 {
    let n = sampler.keys();
    let made = gather(sampler, &Stream::new(1, 0), 0, chunks, || MomentGather::new(Output::orthonormal(n), vec![]));
    black_box(made.result.into_moments());
    chunks * CHUNK_DRAWS
}

fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values.get(values.len() / 2).copied().unwrap_or(f64::NAN)
}

/// `name rate` lines of the peers for one size; empty where there is no NumPy.
fn peers(n: usize, d: usize) -> Vec<(String, f64)> {
    let python = std::env::var("ATTEST_PYTHON").unwrap_or_else(|_| "python3".into());
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("benches/peers/montecarlo.py");
    let Ok(output) = Command::new(python).arg(script).args([n.to_string(), d.to_string()]).output() else { return Vec::new() };
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    text.lines().filter_map(|l| l.rsplit_once(' ').and_then(|(name, x)| Some((name.to_string(), x.parse().ok()?)))).collect()
}

fn on_threads(threads: usize, work: impl FnOnce() -> f64 + Send) -> f64 {
    let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().expect("threads start");
    pool.install(work)
}

fn size(n: usize, d: usize, figures: &mut Vec<Figure>) {
    let model = model(n, d);
    let (full, reduced) = (Sampler::new(&model, Form::Full { rotation: Some(1) }), Sampler::new(&model, Form::Reduced));
    let chunks = |sampler: &Sampler| (2_000_000 / (CHUNK_DRAWS * sampler.normals() as u64)).max(8);
    let mut turns: Vec<Vec<f64>> = vec![Vec::new(); 5];
    let mut peer_turns: Vec<(String, Vec<f64>)> = Vec::new();
    for _ in 0..3 {
        turns[0].push(rate(|| draws(&full, chunks(&full))));
        turns[1].push(rate(|| draws(&reduced, chunks(&reduced))));
        turns[2].push(on_threads(1, || rate(|| draws(&full, chunks(&full)))));
        turns[3].push(on_threads(1, || rate(|| draws(&reduced, chunks(&reduced)))));
        turns[4].push(rate(|| {
            black_box(sum_of(&Stream::new(1, 0), 2000));
            2000 * 512
        }));
        for (name, x) in peers(n, d) {
            match peer_turns.iter_mut().find(|(known, _)| *known == name) {
                Some((_, list)) => list.push(x),
                None => peer_turns.push((name, vec![x])),
            }
        }
    }
    let ratio = |a: &[f64], b: &[f64]| median(a.iter().zip(b).map(|(x, y)| x / y).collect());
    let mut put = |name, unit, value| figures.push(Figure { name, n, d, unit, value });
    put("full", "draws/s", median(turns[0].clone()));
    put("reduced", "draws/s", median(turns[1].clone()));
    put("full, one thread", "draws/s", median(turns[2].clone()));
    put("normals alone, one thread", "normals/s", median(turns[4].clone()));
    put("full, one thread, cost over its normals", "ratio", ratio(&turns[4], &turns[2]) / full.normals() as f64);
    put("full, two threads over one", "ratio", ratio(&turns[0], &turns[2]));
    put("reduced, two threads over one", "ratio", ratio(&turns[1], &turns[3]));
    for (name, list) in &peer_turns {
        let name: &'static str = match name.as_str() {
            "numpy f64" => "numpy f64",
            "torch f64" => "torch f64",
            "torch f32" => "torch f32",
            _ => continue,
        };
        put(name, "draws/s", median(list.clone()));
        let over = |which: &str| -> &'static str { Box::leak(format!("{which} over {name}").into_boxed_str()) };
        put(over("full"), "ratio", ratio(&turns[0], list));
        put(over("reduced"), "ratio", ratio(&turns[1], list));
    }
}

/// Rates at three sizes: printed, and written as `bench.csv`.
fn rates(folder: &Path) -> std::io::Result<()> {
    let mut figures = Vec::new();
    for (n, d) in [(4, 8), (10, 64), (100, 128)] {
        size(n, d, &mut figures);
    }
    let mut csv = String::from("engine,n,d,unit,value\n");
    for f in &figures {
        println!("n = {:>3}, d = {:>3}  {:<40} {:>12.4e} {}", f.n, f.d, f.name, f.value, f.unit);
        csv.push_str(&format!("\"{}\",{},{},{},{:.6e}\n", f.name, f.n, f.d, f.unit, f.value));
    }
    std::fs::create_dir_all(folder)?;
    std::fs::write(folder.join("bench.csv"), csv)
}

fn main() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("reports");
    let rates = if std::env::args().any(|a| a == "--error") { Ok(()) } else { rates(&folder) };
    if let Err(error) = rates.and_then(|()| error_time::run(&model(10, 64), &folder)) {
        eprintln!("the tables in reports/ could not be written: {error}");
    }
}
