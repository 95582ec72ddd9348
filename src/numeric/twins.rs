//! Values at many points of noise, held against those at one point after the other: the readable way.

use std::collections::BTreeMap;

use nalgebra::{DMatrix, DVector};

use super::average::averaged;
use super::ball::Ball;
use super::eval::{EvalError, Evaluator};
use super::instance::{Definition, Instance, Key, Parameter, Random};
use super::many::Many;
use super::moments::{Bindings, Rule, RuleKind, values};
use super::site::sites;
use super::steps::Steps;
use super::value::Value;
use crate::language::{Expr, Lexicon, parse_statement};

fn lexicon() -> Lexicon {
    let set = |names: &[&str]| names.iter().map(|n| (*n).to_string()).collect();
    Lexicon {
        families: set(&["k", "v", "alpha", "z"]),
        plain: set(&["q", "c", "beta", "B", "n", "s"]),
        indices: set(&["a", "b", "i", "j"]),
    }
}

fn read(text: &str) -> Expr {
    parse_statement(&format!("{text} = 0"), &lexicon()).expect(text).operands[0].expr.clone()
}

/// Attention over three random keys in four dimensions; one has a direction of its own, one no isotropic noise.
fn instance() -> Instance {
    let column = |x: &[f64]| DMatrix::from_column_slice(x.len(), 1, x);
    let vector = |x: &[f64]| DVector::from_column_slice(x);
    let key = |mean: [f64; 4], spikes: Vec<DVector<f64>>, deviation| Key { mean: vector(&mean), spikes, deviation };
    let defined = |name: &str, letters: &[&str], body: &str| Definition {
        name: name.into(),
        parameters: letters.iter().map(|l| Parameter::Bind((*l).into())).collect(),
        body: read(body),
    };
    let mut instance = Instance {
        dimensions: BTreeMap::from([("n".into(), 3), ("d".into(), 4)]),
        letters: BTreeMap::from([("a".into(), 0), ("b".into(), 1)]),
        scalars: BTreeMap::from([("beta".into(), 1.7)]),
        matrices: BTreeMap::from([
            ("q".into(), column(&[1.0, -0.5, 0.25, 2.0])),
            ("B".into(), DMatrix::from_fn(4, 4, |i, j| 1.0 / (1 + i + j) as f64 + f64::from(u8::from(i == j)))),
        ]),
        families: BTreeMap::from([(
            "v".into(),
            vec![column(&[1.0, 0.0, 0.5]), column(&[0.0, 1.0, -0.5]), column(&[0.3, 0.3, 1.0])],
        )]),
        random: Some(Random {
            family: "k".into(),
            noise: Some("z".into()),
            keys: vec![
                key([1.0, 0.0, 0.0, 0.0], vec![], 0.3),
                key([0.0, 1.0, 0.0, 0.0], vec![vector(&[0.0, 0.7, 0.1, 0.0])], 0.2),
                key([0.0, 0.0, 1.0, 0.5], vec![vector(&[0.1, 0.0, 0.5, 0.0]), vector(&[0.0, 0.0, 0.0, 0.4])], 0.0),
            ],
            isotropic: vec![DVector::from_element(4, 0.5); 3],
            along: vec![vec![], vec![0.1], vec![0.2, -0.3]],
        }),
        ..Instance::default()
    };
    instance.refresh();
    instance.define(&[
        defined("s", &[], "k_a^T q"),
        defined("alpha", &["i"], "\\exp(\\beta k_i^T q) / \\sum_j \\exp(\\beta k_j^T q)"),
        defined("c", &[], "\\sum_i \\alpha_i v_i"),
    ]);
    instance
}

/// Points that look like draws and are the same every time.
fn points(count: usize, rank: usize) -> Vec<Vec<f64>> {
    (0..count).map(|p| (0..rank).map(|r| 1.5 * ((7 * p + 13 * r * r + 3 * r + 1) as f64).sin()).collect()).collect()
}

/// The value at every point, each with an instance and an evaluator of its own.
fn slowly(instance: &Instance, points: &[Vec<f64>], e: &Expr) -> Result<Vec<Ball>, EvalError> {
    let value = |coordinates: &Vec<f64>| {
        let mut moved = instance.clone();
        moved.random.iter_mut().for_each(|r| r.set_coordinates(coordinates));
        moved.refresh();
        Evaluator::new(&moved).eval(e, &Bindings::new())
    };
    points.iter().map(value).collect()
}

fn balls(blocks: &[Many], sizes: &[usize]) -> Vec<Ball> {
    blocks.iter().zip(sizes).flat_map(|(block, size)| (0..*size).map(|p| block.ball(p))).collect()
}

/// Every kind of node, of noise and of none, of numbers, vectors and matrices.
const TABLE: &[&str] = &[
    "2",
    "\\beta + n",
    "s",
    "k_a",
    "z_b",
    "v_a + k_a^T q v_b",
    "k_a k_b^T",
    "k_a k_b^T q",
    "k_a^T q k_b",
    "\\alpha_a",
    "\\alpha_a + \\alpha_b - 1",
    "c",
    "c c^T",
    "c^T c",
    "c / \\alpha_a",
    "1 / (c^T c)",
    "v_a / (1 + s^2)",
    "-c",
    "\\|c\\|",
    "\\|c c^T\\|",
    "|s|",
    "\\|k_a - k_b\\|^2",
    "s^3",
    "(1 + s^2)^{1/2}",
    "2^{s}",
    "\\sqrt{1 + s^2} + \\ln(1 + s^2)",
    "\\sin(s) + \\cos(s)",
    "\\tr(c c^T)",
    "(B + k_a k_a^T)^{-1}",
    "(B + k_a k_a^T)^2",
    "(c c^T)^+",
    "s I + B",
    "s I",
    "I s + I",
    "\\max(s, \\alpha_a)",
    "\\max_i \\alpha_i",
    "\\min_i k_i^T q",
    "\\sum_i i \\alpha_i",
    "\\sum_{i \\ne a} \\alpha_i v_i",
    "\\sum_{i=1}^{3} \\sum_{j=1}^{3} \\alpha_i \\alpha_j",
    "E[c] - c",
];

#[test]
fn at_many_points_every_expression_has_the_values_that_it_has_at_each() {
    let instance = instance();
    let points = points(70, instance.random.as_ref().unwrap().rank());
    let outer = Evaluator::new(&instance);
    for text in TABLE {
        let e = read(text);
        let sites = sites(&instance, &points);
        let sizes: Vec<usize> = sites.iter().map(|s| s.points).collect();
        let fast = balls(&values(&outer, &sites, &e, &Bindings::new()).expect(text), &sizes);
        let slow = slowly(&instance, &points, &e).expect(text);
        assert_eq!(fast.len(), slow.len());
        for (f, s) in fast.iter().zip(&slow) {
            let (gap, _) = f.gap(s).expect(text);
            let size = s.value.magnitude().max(1.0);
            assert!(gap <= 1e-13 * size, "{text}: {gap}");
            assert!((f.error - s.error).abs() <= 1e-6 * s.error + 1e-300, "{text}: {} for {}", f.error, s.error);
        }
    }
}

#[test]
fn what_has_no_value_at_one_point_has_none_at_many() {
    let instance = instance();
    let points = points(5, instance.random.as_ref().unwrap().rank());
    let outer = Evaluator::new(&instance);
    for text in ["k_a + s", "k_a k_b", "1 / k_a", "2^{k_a}", "k_a^2", "\\exp(k_a)", "k_a^T q + w", "\\sum_{i=1}^{s} i"] {
        let e = read(text);
        let slow = slowly(&instance, &points, &e).expect_err(text);
        let fast = values(&outer, &sites(&instance, &points), &e, &Bindings::new()).expect_err(text);
        assert_eq!(fast.to_string(), slow.to_string());
    }
}

/// The weighted mean, one value after the other, with the errors of every sum and the rule's own.
fn averaged_slowly(weights: &[f64], values: &[Ball], kind: RuleKind) -> Ball {
    let mut mean = Ball::exact(Value::Scalar(0.0));
    for (weight, value) in weights.iter().zip(values) {
        mean = mean.add(&value.scale(*weight)).unwrap();
    }
    if kind == RuleKind::Sampled {
        let n = values.len() as f64;
        let spread = values.iter().map(|v| v.gap(&mean).unwrap().0.powi(2)).sum::<f64>() / n;
        mean.error += crate::tolerance::SAMPLED_ERRORS * (spread / n).sqrt();
    }
    mean
}

#[test]
fn means_over_blocks_are_those_over_all_points() {
    let instance = instance();
    // More than one block.
    let points = points(1100, instance.random.as_ref().unwrap().rank());
    let weights = vec![1.0 / points.len() as f64; points.len()];
    let outer = Evaluator::new(&instance);
    for (text, kind) in [("c c^T", RuleKind::Sampled), ("s", RuleKind::Exact), ("c", RuleKind::Sampled)] {
        let e = read(text);
        let rule = Rule { sites: sites(&instance, &points), weights: weights.clone(), kind };
        assert!(rule.sites.len() > 1);
        let fast = averaged(&rule, &values(&outer, &rule.sites, &e, &Bindings::new()).unwrap()).unwrap();
        let slow = averaged_slowly(&weights, &slowly(&instance, &points, &e).unwrap(), kind);
        let (gap, _) = fast.gap(&slow).unwrap();
        assert!(gap <= 1e-13 * slow.value.magnitude(), "{text}: {gap}");
        assert!((fast.error - slow.error).abs() <= 1e-6 * slow.error, "{text}: {} for {}", fast.error, slow.error);
    }
}

#[test]
fn moments_at_one_instance_share_their_draws() {
    let mut instance = instance();
    instance.steps = Steps::default();
    let outer = Evaluator::new(&instance);
    let work = |text: &str| {
        let before = instance.steps.taken();
        outer.eval(&read(text), &Bindings::new()).unwrap();
        instance.steps.taken() - before
    };
    let (first, again, related) = (work("E[c]"), work("E[c]"), work("Cov(c)"));
    assert!(outer.sampled());
    assert!(10 * again < first, "{again} steps after {first}");
    assert!(related < 2 * first, "{related} steps after {first}");
}

#[test]
fn definitions_that_lead_back_to_themselves_through_a_moment_end() {
    let mut instance = instance();
    let plain = |name: &str, body: &str| Definition { name: name.into(), parameters: vec![], body: read(body) };
    instance.define(&[plain("x", "E[y]"), plain("y", "E[x]")]);
    assert!(matches!(Evaluator::new(&instance).eval(&read("x"), &Bindings::new()), Err(EvalError::Budget(_))));
}
