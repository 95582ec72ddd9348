//! A checker for proofs by laws: matching and substitution on trees, no e-graph.

use std::collections::HashMap;

use num_rational::BigRational;

use super::decide::{Outcome, decide};
use super::hypotheses::{Hypotheses, Sign};
use super::laws::{Law, Need, find};
use super::print::show;
use super::replay::Flaw;
use super::saturate::{LawProof, LawStep, fold, search};
use super::term::Term;
use super::tree::Tree;

/// Walks a proof from the left side; the last tree must be `right`.
///
/// # Errors
///
/// The first step that its law does not allow.
pub fn recheck(proof: &LawProof, right: &Term, hypotheses: &Hypotheses) -> Result<(), Flaw> {
    let mut now = &proof.start;
    for (k, step) in proof.steps.iter().enumerate() {
        if !allowed(now, step, &proof.opaque, hypotheses) {
            return Err(Flaw { step: k, reason: format!("{} does not make {} of {now}", step.law, step.after) });
        }
        now = &step.after;
    }
    if Tree::of(right, &mut proof.opaque.clone()) == *now {
        Ok(())
    } else {
        Err(Flaw { step: proof.steps.len(), reason: "the steps end elsewhere".into() })
    }
}

/// A checked proof of `left = right` in words, one line a step; of both sides times their
/// denominators where the direct search ends without one. `None` says nothing.
pub fn proof_lines(left: &Term, right: &Term, hypotheses: &Hypotheses) -> Option<Vec<String>> {
    let direct = search(left, right, hypotheses).ok().filter(|p| recheck(p, right, hypotheses).is_ok());
    if let Some(proof) = direct {
        return Some([vec![show(left)], proof.lines()].concat());
    }
    let factor = Term::mul([denominators(left), denominators(right)].concat());
    if factor.is_int(1) || decide(&factor, &Term::int(0), hypotheses).outcome != Outcome::Refuted {
        return None;
    }
    let (l, r) = (Term::mul(vec![factor.clone(), left.clone()]), Term::mul(vec![factor.clone(), right.clone()]));
    let proof = search(&l, &r, hypotheses).ok().filter(|p| recheck(p, &r, hypotheses).is_ok())?;
    let first = format!("both sides times {}, which is not zero: {}", show(&factor), show(&l));
    Some([vec![first], proof.lines()].concat())
}

/// Bases of the negative powers among a term's factors.
fn denominators(t: &Term) -> Vec<Term> {
    let factors = if let Term::Mul(v) = t { &v[..] } else { std::slice::from_ref(t) };
    factors.iter().filter_map(|f| if let Term::Pow(b, e) = f { e.is_int(-1).then(|| (**b).clone()) } else { None }).collect()
}

fn allowed(before: &Tree, step: &LawStep, opaque: &[Term], hypotheses: &Hypotheses) -> bool {
    let Some((from, to)) = difference(before, &step.after, &|a, b| fits(a, b, step, opaque, hypotheses)) else { return false };
    fits(from, to, step, opaque, hypotheses)
}

/// Finds the place where one tree differs from the other and `fits` allows it.
fn difference<'a>(a: &'a Tree, b: &'a Tree, fits: &dyn Fn(&Tree, &Tree) -> bool) -> Option<(&'a Tree, &'a Tree)> {
    if fits(a, b) {
        return Some((a, b));
    }
    if a.head != b.head || a.children.len() != b.children.len() {
        return None;
    }
    let mut unequal = a.children.iter().zip(&b.children).filter(|(x, y)| x != y);
    match (unequal.next(), unequal.next()) {
        (Some((x, y)), None) => difference(x, y, fits),
        _ => None,
    }
}

fn fits(from: &Tree, to: &Tree, step: &LawStep, opaque: &[Term], hypotheses: &Hypotheses) -> bool {
    let (left, right) = if step.forward { (from, to) } else { (to, from) };
    if step.law == "arithmetic" {
        let (a, b) = (number(left), number(right));
        return a.is_some() && a == b;
    }
    let Some(law) = find(&step.law) else { return false };
    let (Some(l), Some(r)) = (Tree::parse(law.left), Tree::parse(law.right)) else { return false };
    let mut letters = HashMap::new();
    matches(&l, left, &mut letters) && matches(&r, right, &mut letters) && met(law, &letters, opaque, hypotheses)
}

fn number(t: &Tree) -> Option<BigRational> {
    fold(&t.head, t.children.iter().map(number).collect())
}

fn matches(pattern: &Tree, t: &Tree, letters: &mut HashMap<String, Tree>) -> bool {
    if pattern.head.starts_with('?') {
        return match letters.get(&pattern.head) {
            Some(known) => known == t,
            None => {
                letters.insert(pattern.head.clone(), t.clone());
                true
            }
        };
    }
    pattern.head == t.head
        && pattern.children.len() == t.children.len()
        && pattern.children.iter().zip(&t.children).all(|(p, c)| matches(p, c, letters))
}

fn met(law: &Law, letters: &HashMap<String, Tree>, opaque: &[Term], hypotheses: &Hypotheses) -> bool {
    let term = |x: &str| letters.get(x).and_then(|t| t.term(opaque));
    match law.need {
        Need::Nothing => true,
        Need::NotZero(x) => term(x).is_some_and(|t| decide(&t, &Term::int(0), hypotheses).outcome == Outcome::Refuted),
        Need::Positive(x) => term(x).is_some_and(|t| hypotheses.sign(&t) == Sign::Positive),
        Need::Whole(x) => term(x).and_then(|t| t.rational()).is_some_and(|n| n.is_integer()),
    }
}

#[cfg(test)]
mod tests {
    use super::super::surface::parse_term;
    use super::*;

    const PROVABLE: &[(&str, &str)] = &[
        ("exp(a+b)", "exp(b) exp(a)"),
        ("exp(b)/exp(b X)", "exp(b(1-X))"),
        ("(a+b)^2", "a^2+2 a b+b^2"),
        ("a b - b a", "0"),
        ("x/x", "1"),
        ("sin(2 x)", "2 sin(x) cos(x)"),
        ("sin(x)^2+cos(x)^2", "1"),
        ("ln(exp(x) exp(y))", "x + y"),
        ("2 x + 3 x", "5 x"),
    ];

    const FALSE: &[(&str, &str)] = &[
        ("exp(a b)", "exp(a) exp(b)"),
        ("(a+b)^2", "a^2+b^2"),
        ("1/(1+exp(-x))", "1/(1+exp(x))"),
        ("(a-a)/(a-a)", "1"),
        ("sin(2 x)", "2 sin(x)"),
        ("x", "y"),
    ];

    #[test]
    fn proofs_are_found_and_stand_when_checked() {
        let h = Hypotheses::default();
        for (l, r) in PROVABLE {
            let (l, r) = (parse_term(l).expect(l), parse_term(r).expect(r));
            let proof = search(&l, &r, &h).unwrap_or_else(|why| panic!("{l:?} = {r:?}: {why:?}"));
            assert_eq!(recheck(&proof, &r, &h), Ok(()), "{:?}", proof.lines());
        }
    }

    #[test]
    fn fractions_are_proved_equal_after_multiplication() {
        let h = Hypotheses::default();
        for (l, r) in [("1/(1+exp(-x))", "exp(x)/(1+exp(x))"), ("1/(1+x)", "x/(x+x^2)")] {
            let (l, r) = (parse_term(l).expect(l), parse_term(r).expect(r));
            assert!(proof_lines(&l, &r, &h).is_some(), "{l:?} = {r:?}");
        }
        let (l, r) = (parse_term("1/(1+exp(-x))").expect("left"), parse_term("exp(x)/(2+exp(x))").expect("right"));
        assert_eq!(proof_lines(&l, &r, &h), None);
    }

    #[test]
    fn nothing_false_is_proved() {
        let h = Hypotheses::default();
        for (l, r) in FALSE {
            let (l, r) = (parse_term(l).expect(l), parse_term(r).expect(r));
            assert!(search(&l, &r, &h).is_err(), "{l:?} = {r:?}");
        }
    }

    #[test]
    fn a_tampered_proof_by_laws_is_rejected() {
        let h = Hypotheses::default();
        let (l, r) = (parse_term("exp(b)/exp(b X)").expect("left"), parse_term("exp(b(1-X))").expect("right"));
        let proof = search(&l, &r, &h).expect("a proof");
        assert!(!proof.steps.is_empty());
        for k in 0..proof.steps.len() {
            let mut wrong = proof.clone();
            wrong.steps[k].law = "mul-zero".into();
            assert!(recheck(&wrong, &r, &h).is_err(), "another law at step {k}");
        }
        let mut short = proof.clone();
        short.steps.pop();
        assert!(recheck(&short, &r, &h).is_err(), "without its last step");
    }
}
