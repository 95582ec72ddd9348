//! Expectations, variances, covariances and probabilities: exact, and against draws.

use attest::algebra::Outcome;
use attest::algebra::answer::equal;
use attest::algebra::given::Given;
use rand::SeedableRng;
use rand_chacha::ChaCha8Rng;
use rand_distr::{Distribution, StandardNormal};

const PAIR: &str = "X ~ N(m, s^2), Y ~ N(p, t^2), Cov(X, Y) = c";

fn judge(left: &str, right: &str, given: &str) -> Outcome {
    let g = Given::parse(given).expect(given);
    let (there, back) = (equal(left, right, &g), equal(right, left, &g));
    assert_eq!(there.outcome, back.outcome, "{left} {right}");
    if !matches!(there.outcome, Outcome::Holds | Outcome::Refuted) {
        println!("{left} {right}: {}", there.reason);
    }
    there.outcome
}

const TRUE: &[(&str, &str, &str)] = &[
    ("E[X]", "m", "X ~ N(m, s^2)"),
    ("E[X^2]", "m^2+s^2", "X ~ N(m, s^2)"),
    ("E[(X-m)^4]", "3s^4", "X ~ N(m, s^2)"),
    ("E[X^6]", "15", "X ~ N(0, 1)"),
    ("Var(2X+1)", "4 s^2", "X ~ N(m, s^2)"),
    ("Var(aX+b)", "a^2 Var(X)", "X ~ N(m, s^2)"),
    ("Var(X+Y)", "s^2+t^2+2c", PAIR),
    ("Var(X+Y)", "Var(X)+Var(Y)+2 Cov(X,Y)", "X ~ N(m, s^2), Y ~ N(p, t^2)"),
    ("Var(X+Y)", "s^2+t^2", "X ~ N(m, s^2), Y ~ N(p, t^2), X, Y independent"),
    ("Var(X-Y)", "2", "X, Y ~ N(0, 1), independent"),
    ("Cov(X, Y)", "E[X Y] - E[X] E[Y]", PAIR),
    ("Cov(2X+1, 3Y)", "6c", PAIR),
    ("E[X^2 Y^2]", "s^2 t^2 + 2c^2", "X ~ N(0, s^2), Y ~ N(0, t^2), Cov(X, Y) = c"),
    ("Var(X^2)", "2s^4 + 4m^2 s^2", "X ~ N(m, s^2)"),
    ("Var(X Y)", "s^2 t^2 + c^2", "X ~ N(0, s^2), Y ~ N(0, t^2), Cov(X, Y) = c"),
    ("E[\\exp(X)]", "\\exp(m + s^2/2)", "X ~ N(m, s^2)"),
    ("E[X \\exp(b X)]", "b \\exp(b^2/2)", "X ~ N(0, 1)"),
    ("P(X > m)", "1/2", "X ~ N(m, s^2)"),
    ("P(X < 1)", "1 - P(X > 1)", "X ~ N(m, s^2)"),
    ("P(X > 1)", "\\frac12 erfc(1/\\sqrt2)", "X ~ N(0, 1)"),
    ("P(X > 1)", "\\frac12 erfc((1-m)/(s\\sqrt2))", "X ~ N(m, s^2)"),
    ("P(-1 < X < 1)", "erf(1/\\sqrt2)", "X ~ N(0, 1)"),
    ("P(X > Y)", "1/2", "X, Y ~ N(m, s^2), X and Y independent"),
    ("\\operatorname{Var}(X)", "\\mathbb{E}[X^2] - \\mathbb{E}[X]^2", "X ~ N(m, s^2)"),
];

const FALSE: &[(&str, &str, &str)] = &[
    ("E[X^2]", "m^2", "X ~ N(m, s^2)"),
    ("Var(2X+1)", "2 s^2", "X ~ N(m, s^2)"),
    ("Var(2X+1)", "4 s^2 + 1", "X ~ N(m, s^2)"),
    ("Var(X+Y)", "Var(X)+Var(Y)", "X ~ N(m, s^2), Y ~ N(p, t^2)"),
    ("Var(X-Y)", "Var(X)-Var(Y)", "X ~ N(0, 1), Y ~ N(0, 2), independent"),
    ("E[X Y]", "E[X] E[Y]", PAIR),
    ("E[(X-m)^4]", "s^4", "X ~ N(m, s^2)"),
    ("E[\\exp(X)]", "\\exp(m)", "X ~ N(m, s^2)"),
    ("P(X > 1)", "1/2", "X ~ N(0, 1)"),
    ("P(X > 1)", "0.159", "X ~ N(0, 1)"),
    ("P(X > 1)", "P(X < 1)", "X ~ N(0, 1)"),
];

#[test]
fn moments_of_gaussian_variables_are_exact() {
    for (l, r, given) in TRUE {
        assert_eq!(judge(l, r, given), Outcome::Holds, "{l} = {r} with {given}");
    }
}

#[test]
fn wrong_moments_are_refuted() {
    for (l, r, given) in FALSE {
        assert_eq!(judge(l, r, given), Outcome::Refuted, "{l} = {r} with {given}");
    }
}

#[test]
fn what_has_no_law_is_not_decided() {
    for (l, r, given) in [("E[X^2]", "1", ""), ("E[\\cos(X)]", "0", "X ~ N(0, 1)"), ("P(X^2 > 1)", "1/2", "X ~ N(0, 1)")] {
        let outcome = judge(l, r, given);
        assert!(!matches!(outcome, Outcome::Holds), "{l} {r}: {outcome:?}");
    }
    assert!(Given::parse("X ~ M(0, 1)").is_err() && Given::parse("X").is_err());
}

/// The mean of draws with four standard errors to both sides.
fn sampled(f: impl Fn(f64, f64) -> f64) -> (f64, f64) {
    const DRAWS: usize = 200_000;
    let (m, s, p, t, c) = (0.5, 1.25, -0.75, 0.5, 0.375);
    let mut rng = ChaCha8Rng::seed_from_u64(20_260_502);
    let mut draw = || -> f64 { StandardNormal.sample(&mut rng) };
    let values: Vec<f64> = (0..DRAWS)
        .map(|_| {
            let (u, v) = (draw(), draw());
            let slope: f64 = c / s;
            f(m + s * u, p + slope * u + (t * t - slope * slope).sqrt() * v)
        })
        .collect();
    let mean = values.iter().sum::<f64>() / DRAWS as f64;
    let variance = values.iter().map(|x| (x - mean) * (x - mean)).sum::<f64>() / (DRAWS - 1) as f64;
    (mean, 4.0 * (variance / DRAWS as f64).sqrt())
}

/// Whether the exact value lies in the interval, by comparisons of the engine itself.
fn inside(moment: &str, (mean, margin): (f64, f64)) -> bool {
    let given = "X ~ N(0.5, 25/16), Y ~ N(-0.75, 0.25), Cov(X, Y) = 0.375";
    let at_most = |bound: f64| judge(&format!("\\max({moment}, {bound:.12})"), &format!("{bound:.12}"), given) == Outcome::Holds;
    at_most(mean + margin) && !at_most(mean - margin)
}

type Function = fn(f64, f64) -> f64;

#[test]
fn exact_moments_agree_with_draws() {
    let rules: &[(&str, Function)] = &[
        ("E[X]", |x, _| x),
        ("E[X^3]", |x, _| x * x * x),
        ("E[X Y]", |x, y| x * y),
        ("E[X^2 Y]", |x, y| x * x * y),
        ("E[X^2 Y^2]", |x, y| x * x * y * y),
        ("E[(X + 2Y)^4]", |x, y| (x + 2.0 * y).powi(4)),
        ("E[\\exp(X/2)]", |x, _| (x / 2.0).exp()),
        ("E[Y \\exp(X/2 + Y)]", |x, y| y * (x / 2.0 + y).exp()),
        ("P(X > 1)", |x, _| f64::from(x > 1.0)),
        ("P(X + Y < 0)", |x, y| f64::from(x + y < 0.0)),
        ("P(-1 < X < 2)", |x, _| f64::from(-1.0 < x && x < 2.0)),
        ("Var(X)", |x, _| (x - 0.5) * (x - 0.5)),
        ("Cov(X, Y)", |x, y| (x - 0.5) * (y + 0.75)),
    ];
    for (moment, f) in rules {
        let interval = sampled(f);
        assert!(inside(moment, interval), "{moment}: {interval:?}");
        let (mean, margin) = interval;
        assert!(!inside(moment, (mean + 3.0 * margin, margin)), "{moment} would pass where it is wrong");
    }
}
