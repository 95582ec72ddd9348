//! Every quadrature value agrees with the exact values that were worked out apart from this program.

use std::collections::BTreeMap;
use std::path::Path;

use attest::montecarlo::{Direction, Given, KeyLaw, Model, Quantity};
use attest::quadrature::Attention;
use attest::tolerance;
use rayon::prelude::*;

/// A design of the table: single or several heads, the spike on key a or not, conditions on heads.
struct Design {
    name: &'static str,
    spike: bool,
    queries: &'static [&'static [(usize, f64)]],
    /// Heads whose score of key a is at least 0.
    given: &'static [usize],
    single: &'static str,
}

const BOTH: &[(usize, f64)] = &[(0, 1.0), (1, 1.0)];
const A: &[(usize, f64)] = &[(0, 1.0)];
const B: &[(usize, f64)] = &[(1, 1.0)];

const DESIGNS: &[Design] = &[
    Design { name: "b2_exact", spike: false, queries: &[BOTH], given: &[], single: "" },
    Design { name: "c1_single", spike: false, queries: &[BOTH], given: &[], single: "" },
    Design { name: "c2_single", spike: true, queries: &[BOTH], given: &[], single: "" },
    Design { name: "c2_single_cond", spike: true, queries: &[BOTH], given: &[0], single: "" },
    Design { name: "d1_distinct", spike: false, queries: &[A, B], given: &[], single: "c1_single" },
    Design { name: "d1_identical", spike: false, queries: &[BOTH, BOTH], given: &[], single: "c1_single" },
    Design { name: "d2_distinct", spike: true, queries: &[A, B], given: &[], single: "c2_single" },
    Design { name: "d2_distinct_cond1", spike: true, queries: &[A, B], given: &[0], single: "c2_single_cond" },
    Design { name: "d2_distinct_cond12", spike: true, queries: &[A, B], given: &[0, 1], single: "c2_single_cond" },
    Design { name: "d2_identical", spike: true, queries: &[BOTH, BOTH], given: &[], single: "c2_single" },
    Design { name: "d2_identical_cond", spike: true, queries: &[BOTH, BOTH], given: &[0], single: "c2_single_cond" },
];

/// One row of the table.
#[derive(Clone)]
struct Row {
    id: String,
    quantity: String,
    design: String,
    beta: f64,
    n: usize,
    alpha: f64,
    value: f64,
    /// Unit of the last digit that is correct (1e-14 where the table says the value is below its error).
    unit: f64,
}

fn model(design: &Design, beta: f64, n: usize, alpha: f64) -> Model {
    let mut keys = vec![KeyLaw { isotropic: alpha, spikes: vec![] }; n];
    if design.spike {
        keys[0].spikes.push(vec![(0, 0.5_f64.sqrt())]);
    }
    let queries: Vec<Direction> = design.queries.iter().map(|q| q.to_vec()).collect();
    let model = Model::new(n, keys, queries.clone(), beta).unwrap();
    design
        .given
        .iter()
        .fold(model, |m, head| m.given(Given { key: 0, direction: queries[*head].clone(), at_least: 0.0 }).unwrap())
}

/// The quantities that the engine has under the same name, so that their error bounds are judged too.
fn plain(name: &str, n: usize) -> Option<Quantity> {
    Some(match name {
        "E[alpha_a]" | "E[alpha_a] head1" | "alpha_a=alpha_b=e^b/(n-2+2e^b)" => Quantity::Mean { head: 0, key: 0 },
        "E[alpha_b]" => Quantity::Mean { head: 0, key: 1 },
        "E[alpha_b] head2" => Quantity::Mean { head: 1, key: 1 },
        "E[alpha_other]" | "alpha_other" if n > 2 => Quantity::Mean { head: 0, key: 2 },
        "Var[alpha_a]" | "Var[alpha_a] head1" => Quantity::Variance { head: 0, key: 0 },
        "Var[alpha_b]" => Quantity::Variance { head: 0, key: 1 },
        "Var[alpha_b] head2" => Quantity::Variance { head: 1, key: 1 },
        "Var[alpha_other]" if n > 2 => Quantity::Variance { head: 0, key: 2 },
        "Cov[alpha_a;alpha_b]" => Quantity::Covariance { head: 0, keys: (0, 1) },
        "P(alpha_a>0.99)" | "P(alpha_a>0.99) head1" => Quantity::Above { head: 0, key: 0, threshold: 0.99 },
        "P(alpha_a<0.01)" | "P(alpha_a<0.01) head1" => Quantity::Below { head: 0, key: 0, threshold: 0.01 },
        "P(alpha_b>0.99) head2" => Quantity::Above { head: 1, key: 1, threshold: 0.99 },
        "P(alpha_b<0.01) head2" => Quantity::Below { head: 1, key: 1, threshold: 0.01 },
        "totvar_orthonormal_values" => Quantity::OutputVariance,
        "rmse_orthonormal=sqrt(E|c-(va+vb)/2|^2)" | "conc_err_orthonormal=leak*sqrt(1/2+1/(n-2))" => {
            Quantity::OutputError { keys: (0, 1) }
        }
        _ => return None,
    })
}

/// The quantities that the table's names stand for; `None` where it names something else.
fn compute(name: &str, attention: &Attention, n: usize) -> Option<f64> {
    if let Some(q) = plain(name, n) {
        return Some(attention.quantity(&q).unwrap().value);
    }
    let quantity = |q: Quantity| attention.quantity(&q).map(|e| e.value).unwrap();
    let mean = |i: usize| attention.output_mean(i).value;
    let covariance = |i, j| attention.output_covariance(i, j).unwrap().value;
    let total = || quantity(Quantity::OutputVariance);
    Some(match name {
        "P(head misses its target)" => attention.miss(0, 0).value,
        "E[w_a]" => mean(0),
        "E[w_b]" => mean(1),
        "Var[w_a]" => covariance(0, 0),
        "Var[w_b]" => covariance(1, 1),
        "Cov[w_a;w_b]" => covariance(0, 1),
        "totvar_orthonormal_over_|va-vb|^2" => 0.5 * total(),
        "totvar_others_zero" => covariance(0, 0) + covariance(1, 1),
        "|bias|_orthonormal=|E c-(va+vb)/2|" => {
            let gaps = (0..n).map(|i| attention.output_gap(i, if i < 2 { 0.5 } else { 0.0 }).value);
            gaps.map(|g| g * g).sum::<f64>().sqrt()
        }
        "1/2-alpha_a" => -attention.output_gap(0, 0.5).value,
        "leak=(n-2)/(n-2+2e^b)" => (2..n).map(mean).sum(),
        _ => return None,
    })
}

fn rows(path: &Path) -> Vec<Row> {
    let mut reader = csv::Reader::from_path(path).expect("the table can be read");
    let records = reader.records().map(|r| r.expect("a record"));
    let number = |text: &str| text.parse::<f64>().unwrap_or(f64::NAN);
    records
        .map(|r| Row {
            id: r[0].to_string(),
            quantity: r[2].to_string(),
            design: r[3].to_string(),
            beta: if &r[4] == "inf" { f64::INFINITY } else { number(&r[4]) },
            n: r[5].parse().unwrap_or(0),
            alpha: number(&r[6]),
            value: number(&r[7]),
            unit: match r[8].parse::<i32>() {
                Ok(digits) if digits > 0 => number(&r[7]).abs() * 10.0_f64.powi(1 - digits),
                _ => 1e-14,
            },
        })
        .collect()
}

#[test]
fn every_quadrature_agrees_with_the_exact_table_to_1e_10() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/truth.csv");
    if !path.exists() {
        println!("skipped: {} is not there", path.display());
        return;
    }
    let mut jobs: BTreeMap<(String, u64, usize, u64), Vec<Row>> = BTreeMap::new();
    let mut other: BTreeMap<String, usize> = BTreeMap::new();
    for row in rows(&path) {
        if DESIGNS.iter().any(|d| d.name == row.design) && row.n >= 2 {
            jobs.entry((row.design.clone(), row.beta.to_bits(), row.n, row.alpha.to_bits())).or_default().push(row);
        } else {
            *other.entry(format!("{} {}", row.design, row.quantity)).or_default() += 1;
        }
    }
    let done: Vec<(Row, Option<f64>)> = jobs.into_par_iter().flat_map_iter(|(_, rows)| one_job(rows)).collect();
    let mut worst: BTreeMap<String, (f64, String)> = BTreeMap::new();
    let mut wrong = Vec::new();
    for (row, found) in &done {
        let Some(found) = found else {
            *other.entry(format!("{} {}", row.design, row.quantity)).or_default() += 1;
            continue;
        };
        let error = (found - row.value).abs() / row.value.abs().max(1.0);
        let entry = worst.entry(row.design.clone()).or_insert((0.0, String::new()));
        if error > entry.0 {
            *entry = (error, format!("{} {}", row.id, row.quantity));
        }
        if error.is_nan() || error > tolerance::QUADRATURE_TRUTH {
            wrong.push(format!(
                "{} {} {} beta {} n {} alpha {}: {found:e} for {:e}",
                row.id, row.design, row.quantity, row.beta, row.n, row.alpha, row.value
            ));
        }
    }
    for (design, (error, at)) in &worst {
        println!("{design}: largest error {error:.1e} at {at}");
    }
    for (name, count) in &other {
        println!("not a quantity of this engine: {name} ({count} rows)");
    }
    println!("{} values compared", done.iter().filter(|d| d.1.is_some()).count());
    assert!(wrong.is_empty(), "{} wrong:\n{}", wrong.len(), wrong[..wrong.len().min(40)].join("\n"));
}

fn one_job(rows: Vec<Row>) -> Vec<(Row, Option<f64>)> {
    let Some(first) = rows.first().cloned() else { return Vec::new() };
    let find = |name: &str| DESIGNS.iter().find(|d| d.name == name);
    let Some(design) = find(&first.design) else { return Vec::new() };
    let attention = Attention::of(&model(design, first.beta, first.n, first.alpha)).unwrap();
    let single = || {
        let design = find(design.single).unwrap();
        let single = Attention::of(&model(design, first.beta, first.n, first.alpha)).unwrap();
        single.quantity(&Quantity::OutputVariance).unwrap().value
    };
    let judge = |mut row: Row| {
        if let Some(Ok(estimate)) = plain(&row.quantity, first.n).map(|q| attention.quantity(&q)) {
            let gap = (estimate.value - row.value).abs();
            assert!(gap <= estimate.error + row.unit, "{} {}: off by {gap:e}, said {:e}", row.id, row.quantity, estimate.error);
        }
        // A ratio is no quantity of this engine, but its two sides are: total = ratio * single.
        let found = if row.quantity == "totvar_ratio_to_single" {
            row.value *= single();
            Some(attention.quantity(&Quantity::OutputVariance).unwrap().value)
        } else {
            compute(&row.quantity, &attention, first.n)
        };
        (row, found)
    };
    rows.into_iter().map(judge).collect()
}
