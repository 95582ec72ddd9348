//! Numbers of scores at given sizes, their quotients, and what these tend to in deep models.

use std::collections::BTreeMap;

use super::ruling::Ruling;
use crate::claim::{SizeSaid, Sizes};
use crate::language::{Expr, Lexicon, Style, parse_text, print};
use crate::record::{Tier, Verdict};
use crate::tolerance;
use crate::world::GrowthFile;

/// Sizes by their variables.
pub type Values = BTreeMap<String, f64>;

/// The scores of the two models, the one with a bottleneck first by its number at sizes where it saves.
struct Models {
    small: Expr,
    large: Expr,
}

fn scores_of(growth: &GrowthFile, id: &str) -> Option<Expr> {
    let subject = growth.subjects.iter().find(|s| s.id == id)?;
    parse_text(subject.scores.as_ref()?, &Lexicon::default()).ok()
}

fn models(growth: &GrowthFile) -> Option<Models> {
    let all: Vec<Expr> = growth.models.keys().filter_map(|m| scores_of(growth, m)).collect();
    let [a, b] = <[Expr; 2]>::try_from(all).ok()?;
    // The variable that the regime calls smaller is the bottleneck's: its model has it.
    let smaller = growth.regimes.first()?.split_once("<=")?.0.trim().to_string();
    Some(if a.mentions(&smaller) { Models { small: a, large: b } } else { Models { small: b, large: a } })
}

/// Judges a sentence about sizes.
pub fn judge(growth: &GrowthFile, sizes: &Sizes) -> Ruling {
    let Some(models) = models(growth) else { return Ruling::not_checked("the world does not count scores") };
    let at = |e: &Expr| value(e, &sizes.values);
    let both = at(&models.small).zip(at(&models.large));
    match (&sizes.said, both) {
        (SizeSaid::Pair(a, b), Some((small, large))) => pair(*a, *b, small, large),
        (SizeSaid::Times(said, slack), Some((small, large))) => ratio(*said, *slack, large / small, "times fewer scores"),
        (SizeSaid::Saved(said, slack), Some((small, large))) => {
            ratio(*said, *slack, 100.0 * (1.0 - small / large), "percent fewer scores")
        }
        (SizeSaid::Deep(said, scores), _) => deep(growth, &models, said, *scores, &sizes.values),
        (SizeSaid::Inserted(from, to, result), _) => inserted(&models, from, to, result),
        (SizeSaid::Part { factor, variables, part }, _) => {
            let at = Values::from([(variables.0.clone(), 1.0), (variables.1.clone(), *factor)]);
            let pair = scores_of(growth, "middle-block").zip(scores_of(growth, "one-more-layer"));
            match pair.and_then(|(m, v)| Some(value(&m, &at)? / value(&v, &at)?)) {
                Some(real) => ratio(*part, 0.0, real, "of the entries"),
                None => Ruling::not_checked("the world does not count the entries of these"),
            }
        }
        (_, None) => Ruling::not_checked("not all sizes are given"),
    }
}

/// Whether two numbers agree within a rounding.
pub fn near(a: f64, b: f64, slack: f64) -> bool {
    (a - b).abs() <= slack + tolerance::COUNTED_ROUNDING * a.abs().max(b.abs())
}

fn pair(a: f64, b: f64, small: f64, large: f64) -> Ruling {
    let said = format!("{small} scores against {large}");
    let hits = |x: f64| near(x, small, 0.0) || near(x, large, 0.0);
    match (hits(a), hits(b)) {
        (true, true) if !near(a, b, 0.0) => Ruling::new(Verdict::Holds, Some(Tier::Exact), said),
        // One of them is a model's number of scores, so that is what is counted.
        (true, false) | (false, true) => wrong(said),
        _ => Ruling::not_checked(format!("{said}; the numbers may count something else")),
    }
}

/// Refuted, with the truth at the sizes.
pub fn wrong(truth: String) -> Ruling {
    let mut ruling = Ruling::new(Verdict::Refuted, Some(Tier::Exact), format!("at these sizes: {truth}"));
    ruling.witness = Some(truth.clone());
    ruling.correction = Some(truth);
    ruling
}

/// Judges a quotient.
pub fn ratio(said: f64, slack: f64, real: f64, what: &str) -> Ruling {
    let truth = format!("{real:.4} {what}");
    if near(said, real, slack) {
        return Ruling::new(Verdict::Holds, Some(Tier::Exact), truth);
    }
    if near(said, real, tolerance::COMPARISON_UNCLEAR * real) {
        return Ruling::not_checked(format!("{truth}; it may be rounded"));
    }
    wrong(truth)
}

/// Layers that stand for infinitely many.
const DEEP: f64 = 1e12;

fn deep(growth: &GrowthFile, models: &Models, said: &Expr, scores: bool, given: &Values) -> Ruling {
    let Some(depth) = &growth.deepened else { return Ruling::not_checked("the world has no depth") };
    let symbols = said.symbols();
    if symbols.iter().any(|s| s.name == *depth) {
        return Ruling::not_checked("what is tended to still has the depth");
    }
    let numeric = symbols.is_empty();
    let points: Vec<Values> = if numeric {
        vec![given.clone()]
    } else {
        let prime = [[3.0, 11.0, 7.0], [5.0, 17.0, 2.0], [2.0, 13.0, 19.0]];
        let names: Vec<&String> = growth.variables.keys().collect();
        prime.iter().map(|p| names.iter().zip(p.iter().cycle().skip(1)).map(|(n, v)| ((*n).clone(), *v)).collect()).collect()
    };
    let mut truth = (true, true);
    for mut at in points {
        at.insert(depth.clone(), DEEP);
        let (Some(small), Some(large), Some(x)) = (value(&models.small, &at), value(&models.large, &at), value(said, &at)) else {
            return Ruling::not_checked("not all sizes are given");
        };
        let close = |real: f64| near(x, real, tolerance::DEEP_LIMIT * real.abs());
        truth = (truth.0 && close(small / large), truth.1 && close(large / small));
    }
    let text = format!("the quotient of the scores tends to it as {depth} grows");
    match truth {
        (true, _) | (_, true) => Ruling::new(Verdict::HoldsInLimit, Some(Tier::Exact), text),
        _ if scores => {
            let mut ruling =
                Ruling::new(Verdict::Refuted, Some(Tier::Exact), "the quotient of the scores tends to something else");
            ruling.witness =
                Some(format!("{} against {}", print(&models.small, Style::Plain), print(&models.large, Style::Plain)));
            ruling
        }
        _ => Ruling::not_checked("the quotient may be of other operations than scores"),
    }
}

fn inserted(models: &Models, from: &str, to: &str, result: &Expr) -> Ruling {
    let mut same = true;
    for k in 0..8u32 {
        let mut at = Values::new();
        for (i, symbol) in models.small.symbols().iter().chain(&models.large.symbols()).enumerate() {
            at.entry(symbol.name.clone()).or_insert(f64::from(3 + 2 * i as u32 + 5 * k));
        }
        let Some(other) = at.get(to).copied() else { return Ruling::not_checked("no variable of the count") };
        at.insert(from.to_string(), other);
        let (Some(real), Some(x)) = (value(&models.small, &at), value(result, &at)) else {
            return Ruling::not_checked("only polynomials are followed");
        };
        same &= near(x, real, 0.0);
    }
    let what = format!("{} with {from} = {to}", print(&models.small, Style::Plain));
    if same {
        return Ruling::new(Verdict::Holds, Some(Tier::Exact), what);
    }
    Ruling::not_checked(format!("not {what}; it may be put into something else"))
}

/// The value of an expression of plain arithmetic.
pub fn value(e: &Expr, at: &Values) -> Option<f64> {
    match e {
        Expr::Number(n) => Some(n.value),
        Expr::Symbol(s) if s.indices.is_empty() => at.get(&s.name).copied(),
        Expr::Add(terms) => terms.iter().try_fold(0.0, |sum, t| Some(sum + value(t, at)?)),
        Expr::Mul(factors) => factors.iter().try_fold(1.0, |product, f| Some(product * value(f, at)?)),
        Expr::Neg(inner) => Some(-value(inner, at)?),
        Expr::Div(a, b) => Some(value(a, at)? / value(b, at)?).filter(|v| v.is_finite()),
        Expr::Pow(base, exponent) => Some(value(base, at)?.powf(value(exponent, at)?)).filter(|v| v.is_finite()),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::runs;
    use crate::world::Library;

    fn growth() -> GrowthFile {
        let library = Library::embedded().expect("the worlds load");
        library.iter().find_map(|w| w.growth.clone()).expect("a world of growth orders")
    }

    fn ruled(said: SizeSaid) -> Verdict {
        let values = [("l", 128.0), ("m", 64.0), ("L", 4.0)].map(|(k, v)| (k.to_string(), v)).into();
        judge(&growth(), &Sizes { values, said }).verdict
    }

    fn of(text: &str) -> Box<Expr> {
        Box::new(parse_text(text, &Lexicon::default()).expect(text))
    }

    #[test]
    fn numbers_of_scores_their_quotients_and_limits_are_judged() {
        assert_eq!(ruled(SizeSaid::Pair(24576.0, 65536.0)), Verdict::Holds);
        assert_eq!(ruled(SizeSaid::Pair(24576.0, 65000.0)), Verdict::Refuted);
        assert_eq!(ruled(SizeSaid::Pair(100.0, 200.0)), Verdict::NotChecked);
        assert_eq!(ruled(SizeSaid::Saved(62.5, 0.05)), Verdict::Holds);
        assert_eq!(ruled(SizeSaid::Times(4.0, 0.5)), Verdict::Refuted);
        assert_eq!(ruled(SizeSaid::Deep(of("4"), true)), Verdict::HoldsInLimit);
        assert_eq!(ruled(SizeSaid::Deep(of("2"), true)), Verdict::Refuted);
        assert_eq!(ruled(SizeSaid::Deep(of("(m/l)^2"), true)), Verdict::HoldsInLimit);
        assert_eq!(ruled(SizeSaid::Deep(of("m/l"), true)), Verdict::Refuted);
        assert_eq!(ruled(SizeSaid::Deep(of("m/l"), false)), Verdict::NotChecked);
        assert_eq!(ruled(SizeSaid::Inserted("m".into(), "l".into(), of("L l^2"))), Verdict::Holds);
        let quarter = |part| ruled(SizeSaid::Part { factor: 4.0, variables: ("m".into(), "l".into()), part });
        assert_eq!((quarter(1.0 / 16.0), quarter(1.0 / 4.0)), (Verdict::Holds, Verdict::Refuted));
    }

    #[test]
    fn the_worlds_scores_are_those_that_the_trainers_layers_form() {
        let models = models(&growth()).expect("both models count scores");
        for (layers, length, bottleneck) in [(2, 8, 4), (4, 32, 8), (5, 24, 24), (3, 17, 5)] {
            let at = [("l", length), ("m", bottleneck), ("L", layers)].map(|(k, v)| (k.to_string(), v as f64)).into();
            for (variant, formula) in [(runs::Variant::Vanilla, &models.large), (runs::Variant::Perceiver, &models.small)] {
                let shape = runs::Shape { variant, layers, length, bottleneck, width: 8 };
                let formed = runs::scores(&shape).expect("a shape of a model") as f64;
                let counted = value(formula, &at).expect("all sizes are given");
                assert!(near(formed, counted, 0.0), "{shape:?}: {formed} against {counted}");
                let deeper = runs::scores(&runs::Shape { layers: layers + 1, ..shape }).expect("a shape of a model") as f64;
                assert!(!near(deeper, counted, 0.0), "a layer more has other scores");
            }
        }
    }
}
