//! The laws of scalars, one a line, by which proofs are found and checked.
//!
//! `?x` stands for any term. A law holds wherever both sides are defined and its condition is
//! met; a law marked `both` may be used from right to left too.

/// What a law needs of the term that a letter stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Need {
    /// Nothing.
    Nothing,
    /// The term is not zero everywhere.
    NotZero(&'static str),
    /// The term is positive wherever it is defined.
    Positive(&'static str),
    /// The term is a whole number.
    Whole(&'static str),
}

/// A law.
#[derive(Debug, Clone, Copy)]
pub struct Law {
    /// Its name.
    pub name: &'static str,
    /// The left side.
    pub left: &'static str,
    /// The right side.
    pub right: &'static str,
    /// Its condition.
    pub need: Need,
    /// Whether it is used from right to left too.
    pub both: bool,
}

const fn law(name: &'static str, left: &'static str, right: &'static str, need: Need, both: bool) -> Law {
    Law { name, left, right, need, both }
}

/// Every law.
#[rustfmt::skip]
pub const LAWS: &[Law] = &[
    //  name                  left                              right                               condition               both
    law("add-commutes",       "(+ ?x ?y)",                      "(+ ?y ?x)",                        Need::Nothing,          false),
    law("add-associates",     "(+ ?x (+ ?y ?z))",               "(+ (+ ?x ?y) ?z)",                 Need::Nothing,          true),
    law("mul-commutes",       "(* ?x ?y)",                      "(* ?y ?x)",                        Need::Nothing,          false),
    law("mul-associates",     "(* ?x (* ?y ?z))",               "(* (* ?x ?y) ?z)",                 Need::Nothing,          true),
    law("add-zero",           "(+ ?x 0)",                       "?x",                               Need::Nothing,          false),
    law("mul-zero",           "(* ?x 0)",                       "0",                                Need::Nothing,          false),
    law("mul-one",            "(* ?x 1)",                       "?x",                               Need::Nothing,          false),
    law("distribute",         "(* ?x (+ ?y ?z))",               "(+ (* ?x ?y) (* ?x ?z))",          Need::Nothing,          true),
    law("collect",            "(+ ?x (* ?y ?x))",               "(* (+ 1 ?y) ?x)",                  Need::Nothing,          false),
    law("double",             "(+ ?x ?x)",                      "(* 2 ?x)",                         Need::Nothing,          false),
    law("cancel-sum",         "(+ ?x (* -1 ?x))",               "0",                                Need::Nothing,          false),
    law("cancel-product",     "(* ?x (^ ?x -1))",               "1",                                Need::NotZero("?x"),    false),
    law("power-zero",         "(^ ?x 0)",                       "1",                                Need::NotZero("?x"),    false),
    law("power-one",          "(^ ?x 1)",                       "?x",                               Need::Nothing,          false),
    law("square",             "(^ ?x 2)",                       "(* ?x ?x)",                        Need::Nothing,          true),
    law("inverse-product",    "(^ (* ?x ?y) -1)",               "(* (^ ?x -1) (^ ?y -1))",          Need::Nothing,          true),
    law("inverse-inverse",    "(^ (^ ?x -1) -1)",               "?x",                               Need::NotZero("?x"),    false),
    law("add-exponents",      "(* (^ ?x ?y) (^ ?x ?z))",        "(^ ?x (+ ?y ?z))",                 Need::Positive("?x"),   false),
    law("multiply-exponents", "(^ (^ ?x ?y) ?z)",               "(^ ?x (* ?y ?z))",                 Need::Positive("?x"),   false),
    law("whole-exponent",     "(^ (^ ?x ?y) ?z)",               "(^ ?x (* ?y ?z))",                 Need::Whole("?z"),      false),
    law("exp-zero",           "(exp 0)",                        "1",                                Need::Nothing,          false),
    law("exp-sum",            "(exp (+ ?x ?y))",                "(* (exp ?x) (exp ?y))",            Need::Nothing,          true),
    law("exp-inverse",        "(^ (exp ?x) -1)",                "(exp (* -1 ?x))",                  Need::Nothing,          true),
    law("exp-power",          "(^ (exp ?x) ?y)",                "(exp (* ?x ?y))",                  Need::Nothing,          false),
    law("exp-ln",             "(exp (ln ?x))",                  "?x",                               Need::Nothing,          false),
    law("ln-exp",             "(ln (exp ?x))",                  "?x",                               Need::Nothing,          false),
    law("ln-one",             "(ln 1)",                         "0",                                Need::Nothing,          false),
    law("ln-product",         "(ln (* ?x ?y))",                 "(+ (ln ?x) (ln ?y))",              Need::Positive("?x"),   false),
    law("ln-power",           "(ln (^ ?x ?y))",                 "(* ?y (ln ?x))",                   Need::Positive("?x"),   false),
    law("pythagoras",         "(+ (^ (sin ?x) 2) (^ (cos ?x) 2))", "1",                             Need::Nothing,          false),
    law("sine-sum",           "(sin (+ ?x ?y))",                "(+ (* (sin ?x) (cos ?y)) (* (cos ?x) (sin ?y)))", Need::Nothing, false),
    law("cosine-sum",         "(cos (+ ?x ?y))",                "(+ (* (cos ?x) (cos ?y)) (* -1 (* (sin ?x) (sin ?y))))", Need::Nothing, false),
    law("sine-odd",           "(sin (* -1 ?x))",                "(* -1 (sin ?x))",                  Need::Nothing,          false),
    law("cosine-even",        "(cos (* -1 ?x))",                "(cos ?x)",                         Need::Nothing,          false),
    law("sine-double",        "(sin (* 2 ?x))",                 "(* 2 (* (sin ?x) (cos ?x)))",      Need::Nothing,          true),
];

/// The law with that name.
pub fn find(name: &str) -> Option<&'static Law> {
    LAWS.iter().find(|l| l.name == name)
}

#[cfg(test)]
mod tests {
    use super::super::decide::{Ground, Outcome, decide};
    use super::super::hypotheses::Hypotheses;
    use super::super::tree::Tree;
    use super::*;
    use crate::algebra::Term;
    use crate::language::{Relation, Symbol};

    fn suppositions(need: Need) -> Hypotheses {
        let mut h = Hypotheses::default();
        match need {
            Need::Positive(x) => h.suppose(Term::var(x), Relation::Greater, Term::int(0)),
            Need::Whole(x) => h.suppose_whole(&Symbol::plain(x)),
            Need::Nothing | Need::NotZero(_) => {}
        }
        h
    }

    #[test]
    fn every_law_holds_for_its_letters_under_its_condition() {
        for l in LAWS {
            let sides = [l.left, l.right].map(|s| Tree::parse(s).and_then(|t| t.term(&[])).expect(l.name));
            let d = decide(&sides[0], &sides[1], &suppositions(l.need));
            assert!(d.outcome == Outcome::Holds || l.name == "whole-exponent", "{}: {d:?}", l.name);
            assert!(d.ground == Some(Ground::Exact) || l.name == "whole-exponent", "{}: {d:?}", l.name);
        }
    }

    #[test]
    fn every_law_agrees_in_double_precision_at_random_letters() {
        let mut stream = super::super::field::Stream(11);
        for l in LAWS {
            let mut compared = 0;
            for _ in 0..200 {
                let mut values = std::collections::HashMap::new();
                let mut draw = |name: &str| {
                    *values.entry(name.to_string()).or_insert_with(|| {
                        let u = (stream.draw() >> 11) as f64 / (1u64 << 53) as f64;
                        match l.need {
                            Need::Positive(x) if x == name => 0.2 + 2.0 * u,
                            Need::Whole(x) if x == name => (u * 7.0).floor() - 3.0,
                            _ => 4.0 * u - 2.0,
                        }
                    })
                };
                let (a, b) = (value(l.left, &mut draw), value(l.right, &mut draw));
                if a.is_finite() && b.is_finite() {
                    assert!((a - b).abs() <= 1e-9 * a.abs().max(b.abs()).max(1.0), "{}: {a} {b} at {values:?}", l.name);
                    compared += 1;
                }
            }
            assert!(compared >= 20, "{} has values only {compared} times", l.name);
        }
    }

    #[test]
    fn no_law_stands_with_one_more_on_its_right() {
        for l in LAWS {
            let wrong = format!("(+ 1 {})", l.right);
            let sides = [l.left, &wrong].map(|s| Tree::parse(s).and_then(|t| t.term(&[])).expect(l.name));
            let d = decide(&sides[0], &sides[1], &suppositions(l.need));
            assert_ne!(d.outcome, Outcome::Holds, "{}: {d:?}", l.name);
        }
    }

    #[test]
    fn every_law_is_one_line_with_a_name_of_its_own() {
        let names: std::collections::BTreeSet<&str> = LAWS.iter().map(|l| l.name).collect();
        assert_eq!(names.len(), LAWS.len());
    }

    fn value(pattern: &str, draw: &mut dyn FnMut(&str) -> f64) -> f64 {
        fn go(t: &Tree, draw: &mut dyn FnMut(&str) -> f64) -> f64 {
            let v: Vec<f64> = t.children.iter().map(|c| go(c, draw)).collect();
            match (t.head.as_str(), &v[..]) {
                ("+", [a, b]) => a + b,
                ("*", [a, b]) => a * b,
                ("^", [a, b]) => a.powf(*b),
                ("exp", [a]) => a.exp(),
                ("ln", [a]) => a.ln(),
                ("sin", [a]) => a.sin(),
                ("cos", [a]) => a.cos(),
                (name, []) => name.parse().unwrap_or_else(|_| draw(name)),
                _ => f64::NAN,
            }
        }
        go(&Tree::parse(pattern).expect(pattern), draw)
    }
}
