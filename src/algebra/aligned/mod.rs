//! Texts whose words are the same, compared mathematics by mathematics: `local min. (0, 1)` beside `local min. (0, 2)`.
//!
//! What the words say is not understood and need not be: the same words about equal things say the same. About
//! different things they say something else, unless one of the words lets several things do (an example, a rough
//! number, an aside), or the mathematics binds each other (a system, a letter that was renamed).

mod cut;

use std::collections::BTreeSet;

use num_bigint::BigInt;
use num_rational::BigRational;
use num_traits::{One, Signed, Zero};

use self::cut::{Piece, pieces};
use super::answer::{all, equal};
use super::decide::{Decision, Ground, Outcome};
use super::given::Given;
use super::surface::{Answer, parse_answer, parse_relations_whole};
use super::term::Term;
use crate::language::Relation;

/// Most pieces of a text.
const PIECES_MAX: usize = 64;

/// Words of which one thing or another may do, or that stand in an aside: different things behind them say nothing.
const LOOSE: &[&str] = &[
    "consider",
    "example",
    "eg",
    "let",
    "take",
    "basis",
    "bases",
    "eigenvector",
    "eigenvectors",
    "such",
    "possible",
    "sample",
    "spanned",
    "span",
    "parallel",
    "direction",
    "normal",
    "some",
    "one",
    "works",
    "as",
    "recall",
    "note",
    "see",
    "using",
    "check",
    "verify",
    "verified",
    "integer",
    "integers",
    "whole",
    "natural",
    "any",
    "arbitrary",
    "every",
    "constant",
    "constants",
    "each",
    "if",
    "least",
    "most",
    "multiple",
    "multiples",
    "proportional",
    "modulo",
    "mod",
    "parametric",
    "parametrization",
    "generated",
    "think",
    "first",
    "suppose",
    "assume",
];

/// Words before which reasons stand, and words behind which they do: different reasons may lead to one answer.
const CONCLUDING: &[&str] = &["so", "thus", "hence", "therefore"];
const REASONING: &[&str] = &["because", "since"];

/// Words that a number follows as its label.
const LABELLED: &[&str] = &[
    "step", "theorem", "lemma", "figure", "equation", "problem", "exercise", "section", "chapter", "part", "case", "page",
    "question",
];

/// Words that make a number a rough one.
const ROUGH: &[&str] = &["about", "approximately", "approx", "roughly", "nearly", "almost", "around", "close", "ca", "rounded"];

/// Words that only list, beside punctuation.
const LISTING: &[&str] = &["and", "or", "where", "for", "with", "when", "also"];

/// The verdict on two texts with the same words; `None` where the words differ or nothing follows.
pub(super) fn aligned(left: &str, right: &str, given: &Given) -> Option<Decision> {
    let (l, r) = (pieces(left)?, pieces(right)?);
    if l.len() != r.len() || l.len() > PIECES_MAX {
        return None;
    }
    if let ([Piece::Math(a)], [Piece::Math(b)]) = (&l[..], &r[..]) {
        return same_left_side(a, b, given);
    }
    let mut given = given.clone();
    let (mut words, mut pairs, mut before) = (Vec::new(), Vec::new(), Vec::new());
    for pair in l.iter().zip(&r) {
        match pair {
            (Piece::Word(a), Piece::Word(b)) if a == b => words.push(a.as_str()),
            (Piece::Math(a), Piece::Math(b)) => {
                before.push(words.len());
                pairs.push((a.as_str(), b.as_str()));
            }
            _ => return None,
        }
    }
    // A condition that both sides write is one; several may belong to different pieces.
    let conditions: Vec<&str> = pairs.iter().filter(|p| ordered(p.0)).map(|p| p.0).collect();
    let shared =
        pairs.iter().filter(|p| ordered(p.0) && plain(p.0) == plain(p.1)).filter_map(|p| parse_relations_whole(p.0).ok());
    if conditions.len() == 1 {
        shared.flatten().filter(|c| c.1.is_order()).for_each(|(l, m, r)| given.hypotheses.suppose(l, m, r));
    }
    let verdicts: Vec<Decision> = pairs.iter().map(|(a, b)| verdict(a, b, &given)).collect();
    match all(verdicts.iter().cloned()) {
        d if d.outcome == Outcome::Holds => Some(Decision { reason: "the same words about what is equal".into(), ..d }),
        d if d.outcome == Outcome::Refuted
            && verdicts.iter().all(said)
            && tells_apart(&words, &pairs, &before, &verdicts, &given) =>
        {
            Some(Decision { reason: "the same words about something else".into(), ..d })
        }
        _ => None,
    }
}

fn said(d: &Decision) -> bool {
    matches!(d.outcome, Outcome::Holds | Outcome::Refuted)
}

/// What is written alike is the same, whether it can be read or not.
fn verdict(a: &str, b: &str, given: &Given) -> Decision {
    if plain(a) == plain(b) {
        return Decision::new(Outcome::Holds, Some(Ground::Exact), "the same text");
    }
    // `= 3` behind words, `× 12` behind a unit.
    let led = ["=", "\\times", "\\cdot", "×"].iter().find_map(|s| a.strip_prefix(s).zip(b.strip_prefix(s)));
    let (a, b) = led.unwrap_or((a, b));
    let d = equal(a, b, given);
    if said(&d) { d } else { same_left_side(a, b, given).unwrap_or(d) }
}

/// `P(A or B) = 0.2` beside `P(A or B) = 0.3`: what stands before the last sign of equality is the same, whatever it is.
fn same_left_side(a: &str, b: &str, given: &Given) -> Option<Decision> {
    let (l, r) = (plain(a), plain(b));
    let same = l.bytes().zip(r.bytes()).take_while(|(x, y)| x == y).count();
    let sign = ["=", "\\approx", "≈"].iter().filter_map(|s| Some(l.get(..same)?.rfind(s)? + s.len())).max()?;
    let (x, y) = (l.get(sign..)?, r.get(sign..)?);
    let bound = |t: &str| {
        t.is_empty() || t.contains(['=', '<', '>', '≈']) || t.contains("\\approx") || t.contains("\\le") || t.contains("\\ge")
    };
    let name = &l[..sign];
    let depth = |t: &str| t.matches(['(', '{', '[']).count() == t.matches([')', '}', ']']).count();
    let named = letters(std::iter::once(name)).iter().any(|n| n.len() == 1) || name.len() <= 2 || name == "\\approx";
    let unread = parse_answer(a).is_err() || parse_answer(b).is_err();
    let free = letters([x, y].into_iter()).iter().all(|n| !letters(std::iter::once(name)).contains(n));
    if !unread || !free || bound(x) || bound(y) || !named || !depth(name) || name.contains(['<', '>']) {
        return None;
    }
    let d = equal(x, y, given);
    let exact = name.ends_with('=');
    match d.outcome {
        Outcome::Holds => Some(Decision { reason: "the same quantity has an equal value".into(), ..d }),
        Outcome::Refuted if exact => Some(Decision { reason: "the same quantity has another value".into(), ..d }),
        _ => None,
    }
}

fn plain(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

/// Whether a text holds a sign of order.
fn ordered(text: &str) -> bool {
    ["<", ">", "≤", "≥", "\\le", "\\ge", "\\lt", "\\gt"].iter().any(|s| text.contains(s))
}

/// Whether the same words about the pieces that differ say something else.
fn tells_apart(words: &[&str], pairs: &[(&str, &str)], before: &[usize], verdicts: &[Decision], given: &Given) -> bool {
    let differ: Vec<usize> = (0..pairs.len()).filter(|k| verdicts[*k].outcome == Outcome::Refuted).collect();
    let spoken = |w: &&str| w.chars().any(char::is_alphabetic) || *w == ":";
    let listed = words.iter().filter(|w| spoken(w)).all(|w| LISTING.contains(w));
    let rough = words.iter().any(|w| ROUGH.contains(w));
    if words.iter().any(|w| LOOSE.contains(w)) || letters(pairs.iter().map(|p| p.0)) != letters(pairs.iter().map(|p| p.1)) {
        return false;
    }
    if pairs.iter().filter(|p| ordered(p.0)).count() > 1 && differ.iter().any(|k| !ordered(pairs[*k].0)) && listed {
        return false;
    }
    let last = words.iter().rposition(|w| CONCLUDING.contains(w));
    let first = words.iter().position(|w| REASONING.contains(w));
    if differ.iter().any(|k| last.is_some_and(|w| before[*k] <= w) || first.is_some_and(|w| before[*k] > w)) {
        return false;
    }
    let number = |t: &str| t.bytes().all(|b| b.is_ascii_digit());
    if words.iter().any(|w| LABELLED.contains(w)) && differ.iter().any(|k| number(pairs[*k].0)) {
        return false;
    }
    // The same things in another order may be the same list.
    let moved = |i: usize| differ.iter().any(|j| i != *j && plain(pairs[i].0) == plain(pairs[*j].1));
    if differ.iter().any(|i| moved(*i)) {
        return false;
    }
    // Nothing but punctuation and words that list stands between them.
    let joined = |i: usize, j: usize| words[before[i]..before[j]].iter().all(|w| LISTING.contains(w) || !spoken(w));
    differ.iter().all(|k| {
        let (a, b) = pairs[*k];
        let others = || (0..pairs.len()).filter(|j| j != k && joined(*j.min(k), *j.max(k))).map(|j| pairs[j].0);
        let periodic = |t: &str| {
            (t.contains("\\pi") || t.contains('π'))
                && t.contains(['n', 'k', 'm'])
                && t.replace("\\pi", "").contains(['n', 'k', 'm'])
        };
        match (parse_answer(a).map(|r| r.answer), parse_answer(b).map(|r| r.answer)) {
            (Ok(Answer::Relation(..)), Ok(Answer::Relation(..))) => {
                alone(a, others()) && alone(b, others()) || with_definitions(a, b, pairs, given)
            }
            (Ok(Answer::Value(x)), Ok(Answer::Value(y))) if rough => far_apart(&x, &y),
            (Ok(Answer::Text(_)), _) | (_, Ok(Answer::Text(_))) => false,
            _ => !listed && !rough && !periodic(a) && !periodic(b),
        }
    })
}

/// Whether what is given by two relations differs with the definitions beside them, which both sides write, put in.
fn with_definitions(a: &str, b: &str, pairs: &[(&str, &str)], given: &Given) -> bool {
    let same = pairs.iter().filter(|p| plain(p.0) == plain(p.1));
    let known: Vec<(String, String)> =
        same.filter_map(|p| p.0.split_once('=')).map(|(n, v)| (n.trim().to_string(), format!("({})", v.trim()))).collect();
    let others = pairs.len() - 1;
    let put = |text: &str| {
        let (name, value) = text.split_once('=')?;
        let value = known.iter().fold(value.to_string(), |v, (n, d)| v.replace(n, d));
        let name = name.trim().to_string();
        (!known.iter().any(|(n, d)| *n == name || d.contains(&name))).then_some((name, value))
    };
    let free = |v: &str| !known.iter().any(|(n, _)| v.contains(n));
    match (put(a), put(b)) {
        (Some((m, x)), Some((n, y))) if m == n && known.len() == others && free(&x) && free(&y) => {
            equal(&x, &y, given).outcome == Outcome::Refuted
        }
        _ => false,
    }
}

/// Whether a relation is bound by no other: none beside it, or it gives a value that no other speaks of.
fn alone<'a>(relation: &str, others: impl Iterator<Item = &'a str>) -> bool {
    let related: Vec<&str> =
        others.filter(|o| ordered(o) || o.contains(['=', '≈']) || o.contains("\\in") || o.contains("\\approx")).collect();
    let shared = |o: &&&str| {
        let mine = letters(std::iter::once(relation));
        letters(std::iter::once(**o)).iter().any(|l| mine.contains(l))
    };
    let Some((name, value)) = relation.split_once('=').filter(|_| !ordered(relation)) else {
        return !related.iter().any(|o| shared(&o));
    };
    let named = |o: &str| o.split_once('=').map(|(n, _)| plain(n));
    let mine = letters(std::iter::once(value));
    let speaks_of = |o: &str| {
        let letters = named(o).map(|n| letters(std::iter::once(n.split('(').next().unwrap_or_default()))).unwrap_or_default();
        letters.iter().any(|l| mine.contains(l))
    };
    let giving = parse_answer(relation).is_ok_and(|r| match r.answer {
        Answer::Relation(sides, relations) => {
            relations.iter().all(|r| *r == Relation::Equal) && matches!(sides[0], Answer::Value(Term::Var(_)))
        }
        _ => false,
    });
    let assigned = related.iter().all(|o| named(o).is_none() || named(o) != Some(plain(name)) && !speaks_of(o));
    related.is_empty() || giving && assigned
}

/// Whether two rough numbers are further apart than their last figures allow.
fn far_apart(a: &Term, b: &Term) -> bool {
    let (Some(a), Some(b)) = (a.rational(), b.rational()) else { return false };
    (&a - &b).abs() * BigRational::from_integer(BigInt::from(2)) > figure(&a) + figure(&b)
}

/// One unit of the last figure that is not zero.
fn figure(n: &BigRational) -> BigRational {
    let ten = BigRational::from_integer(BigInt::from(10));
    let mut unit = BigRational::one();
    if n.is_zero() {
        return unit;
    }
    while (n / &unit).is_integer() && (n / (&unit * &ten)).is_integer() {
        unit *= &ten;
    }
    while !(n / &unit).is_integer() && unit.denom() < &BigInt::from(10u64.pow(18)) {
        unit /= &ten;
    }
    unit
}

/// The names in texts: letters and commands.
fn letters<'a>(texts: impl Iterator<Item = &'a str>) -> BTreeSet<String> {
    let mut out = BTreeSet::new();
    for text in texts {
        let mut rest = text;
        while let Some(k) = rest.find(char::is_alphabetic) {
            let run = rest[k..].find(|c: char| !c.is_alphabetic()).unwrap_or(rest.len() - k);
            let name = &rest[k..k + run];
            if rest[..k].ends_with('\\') {
                if !matches!(name, "frac" | "dfrac" | "tfrac" | "cdot" | "times" | "sqrt" | "pi") {
                    out.insert(name.to_string());
                }
            } else {
                out.extend(name.chars().map(String::from));
            }
            rest = &rest[k + run..];
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn verdict(l: &str, r: &str) -> Option<Outcome> {
        let given = Given::default();
        let (there, back) = (aligned(l, r, &given), aligned(r, l, &given));
        assert_eq!(there.as_ref().map(|d| d.outcome), back.map(|d| d.outcome), "{l} | {r}");
        there.map(|d| d.outcome)
    }

    #[test]
    fn the_same_words_about_equal_things_hold_and_about_others_do_not() {
        for (l, equal, other) in [
            ("local minimum at (0, 1)", "local minimum at (0, 2/2)", "local minimum at (0, 2)"),
            ("center $(1,2)$, radius $3$", "center $(1, 2)$, radius $\\sqrt9$", "center $(1,2)$, radius $4$"),
            ("increasing on $(0,\\infty)$", "increasing on $x>0$", "increasing on $(1,\\infty)$"),
            ("\\text{max at } x=1", "\\text{max at } x=2/2", "\\text{max at } x=2"),
            ("about 30 miles", "about 30 miles", "about 50 miles"),
            ("up when x < 0, down when x > 0", "up when 0 > x, down when x > 0", "up when x < 0, down when x > 1"),
            (
                "4 \\text{ft} \\times 12 \\text{ft}",
                "4 \\text{ft} \\times \\frac{24}{2} \\text{ft}",
                "4 \\text{ft} \\times 13 \\text{ft}",
            ),
            ("P (late or both) = 1/4", "P (late or both) = 25\\%", "P (late or both) = 21\\%"),
            ("y_1 = 1 - x, y_2 = y_1 + 4 x", "y_1 = 1 - x, y_2 = 4 x + y_1", "y_1 = 1 - x, y_2 = y_1 + x"),
            ("It holds, so $X = 3$", "It holds, so $X = 6/2$", "It holds, so $X = 4$"),
            ("width 3 cm, height 5 cm", "width 3 cm, height 10/2 cm", "width 3 cm, height 7 cm"),
        ] {
            assert_eq!(verdict(l, equal), Some(Outcome::Holds), "{l} | {equal}");
            assert_eq!(verdict(l, other), Some(Outcome::Refuted), "{l} | {other}");
        }
    }

    #[test]
    fn what_may_be_the_same_all_the_same_is_left_open() {
        for (l, r) in [
            ("roots are 2 and 3", "roots are 3 and 2"),
            ("for example 3", "for example 5"),
            ("a basis is (1, 1)", "a basis is (2, 2)"),
            ("about 30 miles", "about 31 miles"),
            ("5 because 2+3 is 5", "5 because 1+3 is 4"),
            ("8 is 2^3, so it is a cube", "27 is 3^3, so it is a cube"),
            ("by step 2", "by step 3"),
            ("x = 2 + y, y = 1", "x = 3, y = 1"),
            ("x + y = 3, x - y = 1", "x + y = 3, 2x = 4"),
            ("$x > 0, x > -1$", "$x > 0, x > -2$"),
            ("n\\pi for integer n", "k\\pi for integer k"),
            ("maximum at \\pi/4 + n\\pi", "maximum at 5\\pi/4 + n\\pi"),
            ("it falls for x > 0 and x > -1", "it falls for x > 0 and x > -2"),
            ("the slope is 2", "the height is 2"),
            ("5 is odd", "5 is prime"),
        ] {
            assert!(!matches!(verdict(l, r), Some(Outcome::Refuted)), "{l} | {r}");
        }
    }

    #[test]
    fn a_condition_on_both_sides_is_used() {
        assert_eq!(verdict("f(x) = |x|, where x > 0", "f(x) = x, where x > 0"), Some(Outcome::Holds));
        assert_eq!(verdict("f(x) = 2x, where x > 0", "f(x) = 3x, where x > 0"), Some(Outcome::Refuted));
    }
}
