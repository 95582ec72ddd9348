//! Instances and numbers in words, for witnesses and messages.

use std::collections::BTreeMap;

use super::observe::Observation;
use super::scene::Scene;
use crate::claim::Link;
use crate::language::{Expr, Style, Symbol, print_name};
use crate::numeric::{Evaluator, Instance, Value};
use crate::tolerance;

/// A number with four significant digits.
pub fn show_number(x: f64) -> String {
    if x == 0.0 || !x.is_finite() {
        return format!("{x}");
    }
    let exponent = x.abs().log10().floor() as i32;
    if !(-4..6).contains(&exponent) {
        return format!("{x:.3e}");
    }
    let decimals = (3 - exponent).max(0) as usize;
    let text = format!("{x:.decimals$}");
    if text.contains('.') { text.trim_end_matches('0').trim_end_matches('.').to_string() } else { text }
}

/// A counterexample: dimensions, scalars, the seed that replays it, and both sides.
pub fn show_witness(instance: &Instance, seed: u64, o: &Observation) -> String {
    let mut parts: Vec<String> = instance.dimensions.iter().map(|(n, v)| format!("{n} = {v}")).collect();
    parts.extend(instance.scalars.iter().map(|(n, v)| format!("{} = {}", print_name(n, Style::Plain), show_number(*v))));
    let sides = match o.left.gap(&o.right) {
        Some((gap, _)) if o.left.value.scalar().is_none() || o.right.value.scalar().is_none() => {
            format!(
                "left {}, right {}, largest difference {}",
                plain_value(&o.left.value),
                plain_value(&o.right.value),
                show_number(gap)
            )
        }
        _ => format!("left {}, right {}", plain_value(&o.left.value), plain_value(&o.right.value)),
    };
    format!("{} (instance {seed}): {sides}", parts.join(", "))
}

/// The weights that the limit gives, where the statement is about the output: what c is instead.
pub fn show_limit_values(scene: &Scene, link: &Link) -> String {
    let about_output = link.left.mentions("c") || link.right.mentions("c") || link.left.mentions("alpha");
    if !about_output || scene.world.letters.is_empty() || !scene.world.lexicon.families.contains("alpha") {
        return String::new();
    }
    let far = tolerance::PATH[tolerance::PATH.len() - 1];
    let Some(instance) = scene.on_path(0, far) else {
        return String::new();
    };
    let evaluator = Evaluator::new(&instance);
    let values: Vec<String> = scene
        .world
        .letters
        .iter()
        .filter_map(|l| {
            let value = evaluator.eval(&Expr::Symbol(Symbol::indexed("alpha", l)), &BTreeMap::new()).ok()?.value.scalar()?;
            let value = value.is_finite().then_some(value)?;
            Some(format!("α_{l} = {}", show_number(value)))
        })
        .collect();
    if values.is_empty() {
        String::new()
    } else {
        format!(": the weights come to {} (n = {})", values.join(", "), instance.dimensions.get("n").copied().unwrap_or(0))
    }
}

/// The value of both sides at an instance, for messages.
pub fn plain_value(value: &Value) -> String {
    match value {
        Value::Scalar(x) => show_number(*x),
        Value::Identity(s) => format!("{} I", show_number(*s)),
        Value::Matrix(m) if m.ncols() == 1 && m.nrows() <= 4 => {
            format!("({})", m.iter().map(|x| show_number(*x)).collect::<Vec<_>>().join(", "))
        }
        Value::Matrix(m) => format!("{} of norm {}", Value::Matrix(m.clone()).shape(), show_number(m.norm())),
    }
}
