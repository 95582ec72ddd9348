//! How long a statement takes to decide: `cargo bench --bench algebra [-- --csv]`.
//!
//! Every pair of the test tables is decided 20 times; a pair's time is the median of these. The bench fails where the
//! median of a table is not below a millisecond. With `--pairs` the pairs themselves are written in plain notation with
//! our verdict, that time and the time of the first decision, one JSON object a line, so that another engine is held against us on the same ones
//! (`benches/peers/algebra.py`).

use std::time::Instant;

use attest::algebra::answer::equal;
use attest::algebra::given::Given;
use attest::algebra::show;
use attest::algebra::surface::parse_term;

/// Repetitions of which the median is taken.
const REPETITIONS: usize = 20;

/// Time within which a median statement must be decided, in microseconds.
const MEDIAN_US: f64 = 1000.0;

fn rows(name: &str) -> Vec<(String, String, String)> {
    let path = format!("{}/tests/algebra/{name}.tsv", env!("CARGO_MANIFEST_DIR"));
    let text = std::fs::read_to_string(&path).unwrap_or_default();
    let lines = text.lines().filter(|l| !l.starts_with('#') && !l.is_empty());
    lines
        .map(|l| {
            let mut cells = l.split('\t').map(str::to_string);
            let mut next = || cells.next().unwrap_or_default();
            (next(), next(), next())
        })
        .collect()
}

fn quantile(sorted: &[f64], share: f64) -> f64 {
    sorted.get(((sorted.len().saturating_sub(1)) as f64 * share) as usize).copied().unwrap_or(f64::NAN)
}

fn main() {
    let flag = |name: &str| std::env::args().any(|a| a == name);
    if flag("--csv") {
        println!("table,left,right,verdict,median_us");
    }
    let mut slow = false;
    for table in ["equal", "different", "worlds"] {
        let mut medians = Vec::new();
        let mut undecided = 0;
        for (left, right, suppositions) in rows(table) {
            let Ok(given) = Given::parse(&suppositions) else { continue };
            let mut verdict = "";
            let mut times: Vec<f64> = (0..REPETITIONS)
                .map(|_| {
                    let started = Instant::now();
                    verdict = equal(&left, &right, &given).outcome.name();
                    started.elapsed().as_secs_f64() * 1e6
                })
                .collect();
            let first = times[0];
            times.sort_by(f64::total_cmp);
            let median = quantile(&times, 0.5);
            if flag("--pairs") {
                let plain = |t: &str| parse_term(t).ok().map(|t| show(&t));
                let (l, r) = (plain(&left), plain(&right));
                let line = serde_json::json!({"table": table, "left": l, "right": r, "where": suppositions, "verdict": verdict, "us": median, "first_us": first});
                println!("{line}");
            }
            undecided += usize::from(verdict == "undecided" || verdict == "not-checked");
            if flag("--csv") {
                println!("{table},{left:?},{right:?},{verdict},{median:.1}");
            }
            medians.push(median);
        }
        medians.sort_by(f64::total_cmp);
        if !flag("--csv") && !flag("--pairs") {
            let (p50, p90, most) = (quantile(&medians, 0.5), quantile(&medians, 0.9), quantile(&medians, 1.0));
            println!(
                "{table:>10}: {} pairs, {undecided} undecided; median {p50:.0} us, 90 % below {p90:.0} us, most {most:.0} us",
                medians.len()
            );
            slow |= p50 >= MEDIAN_US;
        }
    }
    if slow {
        println!("a median statement takes {MEDIAN_US} us or more");
        std::process::exit(1);
    }
}
