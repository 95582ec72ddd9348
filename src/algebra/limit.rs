//! Limits with the leading term of what vanishes.

use std::cmp::Ordering;

use num_traits::{Signed, ToPrimitive};

use super::decide::{Ground, Outcome, decide, decimal};
use super::evaluate::Evaluation;
use super::hypotheses::{Hypotheses, Sign};
use super::point::points;
use super::print::show;
use super::scale::{Scale, growth_of};
use super::series::{CANCELLED, Expansion, Series};
use super::simplify::simplify;
use super::term::{Func, Term};
use crate::language::Relation;
use crate::tolerance::{BALL_BITS, FALLING_RATIO};

/// Where the variable goes.
#[derive(Debug, Clone, PartialEq)]
pub enum Toward {
    /// To `+∞`.
    Infinity,
    /// To `-∞`.
    MinusInfinity,
    /// To a number from above.
    Above(Term),
    /// To a number from below.
    Below(Term),
    /// To a number from both sides.
    Both(Term),
}

/// What an expression tends to.
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    /// A number, free of the variable.
    Finite(Term),
    /// `+∞`
    PlusInfinity,
    /// `-∞`
    MinusInfinity,
}

/// A limit with its ground.
#[derive(Debug, Clone, PartialEq)]
pub struct Limit {
    /// The limit.
    pub value: Value,
    /// The leading term of the difference from a finite limit, or of the expression itself where
    /// it grows; `None` where the expression is constant, or only sampled.
    pub leading: Option<Term>,
    /// Exact, or sampled at values of the variable that grow.
    pub ground: Ground,
}

impl Limit {
    /// The limit in words: `1/2, with difference ~ -(n - 2)·exp(-β)/4`.
    pub fn text(&self) -> String {
        let sampled = self.ground == Ground::Sampled;
        let value = match &self.value {
            Value::Finite(Term::Num(n)) if sampled && !n.is_integer() => {
                format!("about {}", n.to_f64().map_or_else(|| n.to_string(), decimal))
            }
            Value::Finite(t) => show(t),
            Value::PlusInfinity => "∞".into(),
            Value::MinusInfinity => "-∞".into(),
        };
        match (&self.leading, &self.value) {
            (None, _) => value,
            (Some(l), Value::Finite(_)) => format!("{value}; the difference from it ~ {}", show(l)),
            (Some(l), _) => format!("{value}, like {}", show(l)),
        }
    }
}

/// Steps of one expansion; limits that people ask for take some thousands.
const STEPS_MAX: usize = 100_000;

/// Letters that run through whole numbers.
const WHOLE: &[&str] = &["n", "m", "k", "N", "i", "j", "l"];

/// Most decimals of a sampled limit.
const DIGITS_MAX: f64 = 6.0;

/// Places tried, until something does not cancel.
const PLACES: [usize; 3] = [4, 8, 14];

/// The limit of `t` as `variable` goes there, the other symbols fixed as the hypotheses say.
///
/// # Errors
///
/// Why there is none, or none was found, in words.
pub fn limit(t: &Term, variable: &str, toward: &Toward, hypotheses: &Hypotheses) -> Result<Limit, String> {
    let x = Term::var(variable);
    let exact = match toward {
        Toward::Infinity => one_sided(t, variable, &x, &x, hypotheses),
        Toward::MinusInfinity => one_sided(t, variable, &x.clone().negated(), &x.negated(), hypotheses),
        Toward::Above(a) => {
            let back = x.clone().minus(a.clone()).inverse();
            one_sided(t, variable, &Term::add(vec![a.clone(), x.inverse()]), &back, hypotheses)
        }
        Toward::Below(a) => {
            let back = a.clone().minus(x.clone()).inverse();
            one_sided(t, variable, &a.clone().minus(x.inverse()), &back, hypotheses)
        }
        Toward::Both(a) => {
            let above = limit(t, variable, &Toward::Above(a.clone()), hypotheses)?;
            let below = limit(t, variable, &Toward::Below(a.clone()), hypotheses)?;
            return if same(&above.value, &below.value, hypotheses) {
                Ok(above)
            } else {
                Err(format!("the limits from above ({}) and below ({}) differ", above.text(), below.text()))
            };
        }
    };
    match exact {
        Ok(l) => Ok(l),
        Err(reason) => sampled(t, variable, toward, hypotheses).ok_or(reason),
    }
}

fn same(a: &Value, b: &Value, h: &Hypotheses) -> bool {
    match (a, b) {
        (Value::Finite(a), Value::Finite(b)) => decide(a, b, h).outcome == Outcome::Holds,
        _ => a == b,
    }
}

/// The limit for `variable = forward(t)` with `t` to infinity; `back` writes `t` by the variable.
fn one_sided(t: &Term, variable: &str, forward: &Term, back: &Term, hypotheses: &Hypotheses) -> Result<Limit, String> {
    let grown = t.substitute(variable, forward);
    let mut last = String::new();
    let mut settled = None;
    for places in PLACES {
        let mut expansion = Expansion { variable, hypotheses, places, steps: STEPS_MAX, oscillates: None };
        let series = expansion.series(&grown);
        settled = series.as_ref().ok().and_then(|s| bounded_limit(s, hypotheses)).or(settled);
        match series.and_then(|s| read(&s, back, hypotheses)) {
            Ok(l) => return Ok(l),
            Err(reason) if reason == CANCELLED => last = expansion.oscillates.map_or(reason, |o| format!("{o} oscillates")),
            Err(reason) => return Err(reason),
        }
    }
    if let Some(limit) = settled {
        return Ok(limit);
    }
    if decide(t, &Term::int(0), hypotheses).outcome == Outcome::Holds {
        return Ok(Limit { value: Value::Finite(Term::int(0)), leading: None, ground: Ground::Exact });
    }
    Err(last)
}

/// The limit of what is known but for a part that vanishes, such as `sin(x)/x`.
fn bounded_limit(s: &Series, h: &Hypotheses) -> Option<Limit> {
    s.cut.as_ref().filter(|c| matches!(growth_of(c, h), Ok(Ordering::Less)))?;
    let value = match s.terms.first() {
        None => Term::int(0),
        Some((c, scale)) if matches!(growth_of(scale, h), Ok(Ordering::Equal)) => simplify(c),
        Some(_) => return None,
    };
    Some(Limit { value: Value::Finite(value), leading: None, ground: Ground::Exact })
}

fn read(s: &Series, back: &Term, h: &Hypotheses) -> Result<Limit, String> {
    let exact = |value, leading| Ok(Limit { value, leading, ground: Ground::Exact });
    let term = |(c, scale): &(Term, Scale)| {
        // A negative base is written with the sign outside: t = -x.
        simplify_product(c, &scale.term(back))
    };
    let Some(first) = s.terms.first() else {
        return if s.cut.is_none() { exact(Value::Finite(Term::int(0)), None) } else { Err(CANCELLED.into()) };
    };
    match growth_of(&first.1, h)? {
        Ordering::Less => exact(Value::Finite(Term::int(0)), Some(term(first))),
        Ordering::Equal => {
            let leading = match (s.terms.get(1), &s.cut) {
                (Some(second), _) => Some(term(second)),
                (None, None) => None,
                (None, Some(_)) => return Err(CANCELLED.into()),
            };
            exact(Value::Finite(simplify(&first.0)), leading)
        }
        Ordering::Greater => match sign_of(&first.0, h) {
            Sign::Positive => exact(Value::PlusInfinity, Some(term(first))),
            Sign::Negative => exact(Value::MinusInfinity, Some(term(first))),
            _ => Err(format!("it grows like {}, of unknown sign", show(&term(first)))),
        },
    }
}

fn simplify_product(c: &Term, scale: &Term) -> Term {
    let c = simplify(c);
    if c.is_int(1) { scale.clone() } else { Term::mul(vec![c, scale.clone()]) }
}

/// The sign of a term free of the limit's variable.
pub(super) fn sign_of(t: &Term, h: &Hypotheses) -> Sign {
    if let Some(n) = t.rational() {
        return if n.is_positive() {
            Sign::Positive
        } else if n.is_negative() {
            Sign::Negative
        } else {
            Sign::Zero
        };
    }
    for form in [t.clone(), simplify(t)] {
        let sign = h.sign(&form);
        if sign != Sign::Unknown {
            return sign;
        }
    }
    if t.is_closed() {
        let point = points(&[t], h).next();
        let value = point.and_then(|p| Evaluation::new(&p, h, BALL_BITS).value(t).ok());
        return match value.and_then(|b| b.sign()) {
            Some(1) => Sign::Positive,
            Some(-1) => Sign::Negative,
            _ => Sign::Unknown,
        };
    }
    Sign::Unknown
}

/// Values of the variable at which a limit without an expansion is followed.
const FOLLOWED: [i64; 8] = [16, 32, 64, 128, 256, 512, 1024, 2048];

/// The limit guessed from values that settle; only where no other symbol occurs.
fn sampled(t: &Term, variable: &str, toward: &Toward, h: &Hypotheses) -> Option<Limit> {
    let others = t.symbols().iter().any(|s| s.name != variable);
    if others {
        return None;
    }
    let at = |n: Term| match toward {
        Toward::Infinity => n,
        Toward::MinusInfinity => n.negated(),
        Toward::Above(a) | Toward::Both(a) => Term::add(vec![a.clone(), n.inverse()]),
        Toward::Below(a) => a.clone().minus(n.inverse()),
    };
    let value_at = |n: Term| {
        let there = t.substitute(variable, &at(n));
        let point = points(&[&there], h).next()?;
        Evaluation::new(&point, h, BALL_BITS).value(&there).ok().map(|b| b.to_f64())
    };
    let values: Vec<f64> = FOLLOWED.iter().map(|n| value_at(Term::int(*n))).collect::<Option<_>>()?;
    let steps: Vec<f64> = values.windows(2).map(|w| (w[1] - w[0]).abs()).collect();
    let falling = steps.windows(2).all(|w| w[1] <= w[0] * FALLING_RATIO);
    let last = *values.last()?;
    // Aitken's extrapolation of the last three values.
    let [a, b, c] = values[values.len() - 3..] else { return None };
    let bend = (c - b) - (b - a);
    let value = if bend == 0.0 { last } else { c - (c - b) * (c - b) / bend };
    // What the powers of two say has to be so between them too: `(-1)^n` is 1 at each of them.
    let (end, step) = (*FOLLOWED.last()?, steps.last()?);
    let mut between = vec![Term::int(end + 1)];
    if !WHOLE.contains(&variable) {
        between.push(Term::ratio(3 * end + 1, 3));
    }
    if between.into_iter().any(|n| value_at(n).is_none_or(|v| (v - c).abs() > *step)) {
        return None;
    }
    // No more digits than the extrapolation moved.
    let digits = if value == c { DIGITS_MAX } else { (-(value - c).abs().log10()).floor().clamp(0.0, DIGITS_MAX) };
    let scale = 10f64.powf(digits);
    let shown = super::surface::parse_term(&decimal((value * scale).round() / scale)).ok()?;
    falling.then_some(Limit { value: Value::Finite(shown), leading: None, ground: Ground::Sampled })
}

/// Whether `left` is far above `right` as the variable goes there: their quotient grows without
/// bound (`Ok(true)`), or not (`Ok(false)`).
///
/// # Errors
///
/// Why the quotient has no limit that was found.
pub fn dominates(left: &Term, right: &Term, variable: &str, toward: &Toward, hypotheses: &Hypotheses) -> Result<bool, String> {
    let ratio = Term::call(Func::Abs, left.clone().over(right.clone()));
    Ok(limit(&ratio, variable, toward, hypotheses)?.value == Value::PlusInfinity)
}

/// Supposes that the variable is positive, as a limit to infinity or from above zero does.
pub fn suppose_toward(hypotheses: &mut Hypotheses, variable: &str, toward: &Toward) {
    let positive = match toward {
        Toward::Infinity => true,
        Toward::Above(a) => a.rational().is_some_and(|n| !n.is_negative()),
        _ => false,
    };
    if positive {
        hypotheses.suppose(Term::var(variable), Relation::Greater, Term::int(0));
    }
}

#[cfg(test)]
mod tests {
    use super::super::surface::{parse_relations, parse_term};
    use super::*;

    fn text(expression: &str, variable: &str, toward: Toward, given: &str) -> String {
        let mut h = Hypotheses::default();
        for (l, r, m) in parse_relations(given).expect(given) {
            h.suppose(l, r, m);
        }
        let t = parse_term(expression).expect(expression);
        limit(&t, variable, &toward, &h).map_or_else(|e| format!("none: {e}"), |l| l.text())
    }

    #[test]
    fn leading_terms_are_exact() {
        let to = Toward::Infinity;
        for (expression, variable, given, expected) in [
            ("exp(β)/(n-2+2exp(β))", "beta", "n > 2", "1/2; the difference from it ~ -(n - 2)·exp(-β)/4"),
            ("1/(1+exp(β(1-X)))", "beta", "X > 1", "1; the difference from it ~ -exp(-(X·β - β))"),
            ("1/(1+exp(β(1-X)))", "beta", "X < 1, X > 0", "0; the difference from it ~ exp(X·β - β)"),
            ("(1+1/x)^x", "x", "", "exp(1); the difference from it ~ -exp(1)/(2·x)"),
            ("x ln(x)/(x^2+1)", "x", "", "0; the difference from it ~ ln(x)/x"),
            ("sqrt(x^2+x)-x", "x", "", "1/2; the difference from it ~ -1/(8·x)"),
            ("exp(x)/x^5", "x", "", "∞, like exp(x)/x^5"),
            ("1/(1+exp(x))", "x", "", "0; the difference from it ~ exp(-x)"),
            ("ln(1+exp(x))-x", "x", "", "0; the difference from it ~ exp(-x)"),
        ] {
            assert_eq!(text(expression, variable, to.clone(), given), expected, "{expression}");
        }
    }

    #[test]
    fn a_leading_term_is_close_to_the_difference_far_out() {
        for (expression, far) in [
            ("sqrt(x^2+x)-x", 1 << 20),
            ("(1+1/x)^x", 1 << 20),
            ("1/(1+exp(-x))", 60),
            ("x ln(x)/(x^2+1)", 1 << 20),
            ("atan(x)", 1 << 20),
            ("tanh(x)", 40),
        ] {
            let h = Hypotheses::default();
            let t = parse_term(expression).expect(expression);
            let l = limit(&t, "x", &Toward::Infinity, &h).expect(expression);
            let (Value::Finite(value), Some(leading)) = (l.value, l.leading) else { panic!("{expression}") };
            let ratio = t.minus(value).over(leading).substitute("x", &Term::int(far));
            let point = points(&[&ratio], &h).next().expect(expression);
            let ratio = Evaluation::new(&point, &h, 400).value(&ratio).expect(expression).to_f64();
            assert!((ratio - 1.0).abs() < 1e-3, "{expression}: {ratio}");
        }
    }

    #[test]
    fn limits_at_a_point_agree_from_both_sides_or_are_none() {
        let zero = || Toward::Both(Term::int(0));
        assert!(text("sin(x)/x", "x", zero(), "").starts_with("1;"));
        assert!(text("(1-cos(x))/x^2", "x", zero(), "").starts_with("1/2;"));
        assert!(text("1/x", "x", zero(), "").starts_with("none"));
        assert!(text("(x^2-1)/(x-1)", "x", Toward::Both(Term::int(1)), "").starts_with("2;"));
        assert!(text("x ln(x)", "x", Toward::Above(Term::int(0)), "").starts_with("0;"));
        assert!(text("sin(x)", "x", Toward::Infinity, "").starts_with("none"));
    }

    #[test]
    fn an_unknown_sign_gives_no_limit() {
        assert!(text("1/(1+exp(β(1-X)))", "beta", Toward::Infinity, "").starts_with("none"));
    }

    #[test]
    fn domination_is_about_ratios() {
        let h = Hypotheses::default();
        let t = |s: &str| parse_term(s).expect(s);
        assert_eq!(dominates(&t("exp(x)"), &t("x^9"), "x", &Toward::Infinity, &h), Ok(true));
        assert_eq!(dominates(&t("2 x"), &t("x"), "x", &Toward::Infinity, &h), Ok(false));
    }
}
