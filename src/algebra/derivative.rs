//! Derivatives of closed expressions.

use super::term::{Func, Term};

/// Most parts that all products of one derivative may have together.
const PARTS_MAX: usize = 10_000;

/// The derivative of `t` by the letter `x`; `None` where a part has none that is written in these functions, or it
/// would be long.
pub(super) fn derivative(t: &Term, x: &str) -> Option<Term> {
    limited(t, x, &mut 0)
}

fn limited(t: &Term, x: &str, parts: &mut usize) -> Option<Term> {
    if !t.mentions(x) {
        return Some(Term::int(0));
    }
    *parts += t.size() * if let Term::Mul(v) = t { v.len() } else { 1 };
    if *parts > PARTS_MAX {
        return None;
    }
    let mut of = |t: &Term| limited(t, x, parts);
    match t {
        Term::Var(s) => (s.name == x && s.indices.is_empty()).then(|| Term::int(1)),
        Term::Add(v) => Some(Term::add(v.iter().map(&mut of).collect::<Option<Vec<_>>>()?)),
        Term::Mul(v) => {
            let mut one = |k: usize| {
                let mut factors = v.clone();
                factors[k] = of(&v[k])?;
                Some(Term::mul(factors))
            };
            Some(Term::add((0..v.len()).map(&mut one).collect::<Option<Vec<_>>>()?))
        }
        Term::Pow(b, e) if !e.mentions(x) => {
            let below = (**b).clone().pow((**e).clone().minus(Term::int(1)));
            Some(Term::mul(vec![(**e).clone(), below, of(b)?]))
        }
        Term::Pow(b, e) => {
            let logarithm = Term::mul(vec![(**e).clone(), Term::call(Func::Ln, (**b).clone())]);
            Some(Term::mul(vec![t.clone(), of(&logarithm)?]))
        }
        Term::Call(f, v) => match &v[..] {
            [u] => Some(Term::mul(vec![outer(*f, u)?, of(u)?])),
            _ => None,
        },
        _ => None,
    }
}

/// The derivative of a function at `u`.
fn outer(f: Func, u: &Term) -> Option<Term> {
    let call = |f: Func| Term::call(f, u.clone());
    let square = || u.clone().pow(Term::int(2));
    let one_minus = |t: Term| Term::int(1).minus(t);
    Some(match f {
        Func::Exp => call(Func::Exp),
        Func::Ln => u.clone().inverse(),
        Func::Sin => call(Func::Cos),
        Func::Cos => call(Func::Sin).negated(),
        Func::Tan => call(Func::Cos).pow(Term::int(-2)),
        Func::Asin => one_minus(square()).sqrt().inverse(),
        Func::Acos => one_minus(square()).sqrt().inverse().negated(),
        Func::Atan => Term::add(vec![Term::int(1), square()]).inverse(),
        Func::Sinh => call(Func::Cosh),
        Func::Cosh => call(Func::Sinh),
        Func::Tanh => call(Func::Cosh).pow(Term::int(-2)),
        Func::Abs => u.clone().over(call(Func::Abs)),
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::super::decide::{Outcome, decide};
    use super::super::hypotheses::Hypotheses;
    use super::super::surface::parse_term;
    use super::*;

    #[test]
    fn derivatives_are_those_of_the_tables() {
        for (t, d) in [
            ("x^3 - 2x + 1", "3x^2 - 2"),
            ("x \\sin x", "\\sin x + x \\cos x"),
            ("\\frac{x}{x^2+1}", "\\frac{1-x^2}{(x^2+1)^2}"),
            ("e^{-x^2}", "-2x e^{-x^2}"),
            ("x^x", "x^x (\\ln x + 1)"),
            ("\\tan(2x)", "2\\sec^2(2x)"),
            ("\\arctan x", "\\frac{1}{1+x^2}"),
            ("\\sqrt{x}", "\\frac{1}{2\\sqrt x}"),
            ("a^2", "0"),
        ] {
            let found = derivative(&parse_term(t).expect(t), "x").expect(t);
            let decision = decide(&found, &parse_term(d).expect(d), &Hypotheses::default());
            assert_eq!(decision.outcome, Outcome::Holds, "{t}: {decision:?}");
        }
        assert!(derivative(&parse_term("\\lfloor x \\rfloor").expect("floor"), "x").is_none());
    }
}
