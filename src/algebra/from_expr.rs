//! Expressions of the language of statements as terms.

use num_bigint::BigInt;
use num_rational::BigRational;

use super::answer::terms;
use super::decide::Decision;
use super::given::Given;
use super::modular::OutOfFragment;
use super::term::{Func, Sum, Term};
use crate::language::{Expr, Number, Style, print};

/// The term that an expression is.
///
/// # Errors
///
/// [`OutOfFragment`] with the part that the algebra does not compute with: moments, laws, sets,
/// pseudo-inverses, numbers too long to be exact, functions it does not know.
pub fn from_expr(e: &Expr) -> Result<Term, OutOfFragment> {
    let list = |v: &[Expr]| v.iter().map(from_expr).collect::<Result<Vec<_>, _>>();
    Ok(match e {
        Expr::Number(n) => number(n).ok_or_else(|| outside(e))?,
        Expr::Infinity => Term::Infinity,
        Expr::Symbol(s) => Term::Var(s.clone()),
        Expr::Add(v) => Term::add(list(v)?),
        Expr::Mul(v) => Term::mul(list(v)?),
        Expr::Neg(a) => from_expr(a)?.negated(),
        Expr::Div(a, b) => from_expr(a)?.over(from_expr(b)?),
        Expr::Pow(a, b) => from_expr(a)?.pow(from_expr(b)?),
        Expr::Transpose(a) => Term::Transpose(Box::new(from_expr(a)?)),
        Expr::Norm(a) => {
            let inner = from_expr(a)?;
            Term::mul(vec![Term::Transpose(Box::new(inner.clone())), inner]).sqrt()
        }
        Expr::Abs(a) => Term::call(Func::Abs, from_expr(a)?),
        Expr::Call(f, args) => call(f, list(args)?).ok_or_else(|| outside(e))?,
        Expr::Sum(range, body) => Term::Sum(Box::new(Sum {
            index: range.index.clone(),
            from: range.from.as_ref().map_or(Ok(Term::int(1)), from_expr)?,
            to: range.to.as_ref().map(from_expr).transpose()?,
            except: range.except.clone(),
            body: from_expr(body)?,
        })),
        Expr::PseudoInverse(_)
        | Expr::Moment(..)
        | Expr::Probability(_)
        | Expr::Normal(..)
        | Expr::Interval(..)
        | Expr::Tuple(_)
        | Expr::Space(_)
        | Expr::Order(..) => return Err(outside(e)),
    })
}

/// Decides `left = right` for expressions: from any engine of this room, whichever can.
pub fn decide_expressions(left: &Expr, right: &Expr, given: &Given) -> Decision {
    match (from_expr(left), from_expr(right)) {
        (Ok(l), Ok(r)) => terms(&l, &r, given),
        (Err(e), _) | (_, Err(e)) => Decision::undecided(e.reason),
    }
}

fn outside(e: &Expr) -> OutOfFragment {
    OutOfFragment { reason: format!("`{}` is outside the algebra", print(e, Style::Plain)) }
}

fn number(n: &Number) -> Option<Term> {
    let (over, under) = n.exact?;
    (under != 0).then(|| Term::Num(BigRational::new(BigInt::from(over), BigInt::from(under))))
}

fn call(f: &str, mut args: Vec<Term>) -> Option<Term> {
    if f == "pi" && args.is_empty() {
        return Some(Term::Pi);
    }
    if matches!(f, "max" | "min") && !args.is_empty() {
        return Some(Term::Call(if f == "max" { Func::Max } else { Func::Min }, args));
    }
    let x = if args.len() == 1 { args.remove(0) } else { return None };
    match f {
        "sqrt" => Some(x.sqrt()),
        "sigmoid" => {
            let down = Term::call(Func::Exp, x.negated());
            Some(Term::add(vec![Term::int(1), down]).inverse())
        }
        "exp" | "ln" | "sin" | "cos" | "tan" => {
            let known = Func::ALL.iter().find(|(n, _)| *n == f)?.1;
            Some(Term::call(known, x))
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::super::decide::Outcome;
    use super::*;
    use crate::language::{Lexicon, parse_text};

    #[test]
    fn statements_of_the_language_are_decided() {
        let judge = |l: &str, r: &str, given: &str| {
            let parse = |t: &str| parse_text(t, &Lexicon::default()).expect(t);
            decide_expressions(&parse(l), &parse(r), &Given::parse(given).expect(given)).outcome
        };
        let weight = "exp(beta) / (n - 2 + 2 exp(beta))";
        assert_eq!(judge("exp(beta) / sum_{i=1}^{n} exp(beta)", weight, ""), Outcome::Refuted);
        assert_eq!(judge("1 - sigmoid(beta (1 - X))", "sigmoid(beta (X - 1))", ""), Outcome::Holds);
        assert_eq!(judge("k_a^T (beta (k_a + k_b))", "beta", "k orthonormal, a != b"), Outcome::Holds);
        assert_eq!(judge("A^T (A c + B d)", "c", "A'A = I, A'B = 0, c in R^m, d in R^p"), Outcome::Holds);
        assert_eq!(judge("E[x]", "E[x]", ""), Outcome::Undecided, "moments are outside");
    }
}
