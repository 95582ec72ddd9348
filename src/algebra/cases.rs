//! Values by cases: compared on every piece of the line.

use super::answer::all;
use super::decide::{Decision, decide};
use super::given::Given;
use super::hypotheses::Hypotheses;
use super::reals::{Piece, RealSet, infinite, order};
use super::surface::Answer;
use super::term::Term;
use crate::language::{Relation, Symbol};

type Case = (Term, Option<Answer>);

/// A value and where on the line it is taken.
struct Part {
    value: Term,
    place: RealSet,
}

/// Whether values by cases are equal, piece by piece; a plain value is one case everywhere.
pub(super) fn compare(a: &[Case], b: &[Case], given: &Given) -> Decision {
    let mut letters: Vec<Symbol> = a.iter().chain(b).filter_map(|c| c.1.as_ref()).flat_map(symbols).collect();
    letters.sort();
    letters.dedup();
    let [x] = &letters[..] else { return Decision::undecided("the cases are not about one symbol") };
    let (Some(left), Some(right)) = (parts(a), parts(b)) else {
        return Decision::undecided("a case whose place on the line was not found");
    };
    let mut pieces = Vec::new();
    for p in &left {
        for q in &right {
            let Some(shared) = p.place.clone().met(&q.place) else {
                return Decision::undecided("cases whose places were not compared");
            };
            pieces.extend(shared.pieces.into_iter().map(|piece| (p.value.clone(), q.value.clone(), piece)));
        }
    }
    if !covers(pieces.iter().map(|p| p.2.clone()).collect()) && !same_places(&left, &right) {
        return Decision::undecided("the cases leave places without a value");
    }
    all(pieces.iter().map(|(l, r, piece)| on_piece(l, r, piece, x, &given.hypotheses)))
}

fn symbols(a: &Answer) -> Vec<Symbol> {
    match a {
        Answer::Value(t) => t.symbols(),
        Answer::Relation(v, _) | Answer::All(v) | Answer::Either(v) | Answer::Several(v) => v.iter().flat_map(symbols).collect(),
        _ => vec![],
    }
}

fn parts(cases: &[Case]) -> Option<Vec<Part>> {
    let mut out: Vec<Part> = Vec::new();
    for (value, condition) in cases {
        let place = match condition {
            Some(c) => RealSet::of(c)?,
            None => {
                let taken = RealSet { pieces: out.iter().flat_map(|p| p.place.pieces.clone()).collect() };
                taken.merged()?.complement()?
            }
        };
        out.push(Part { value: value.clone(), place });
    }
    Some(out)
}

fn covers(pieces: Vec<Piece>) -> bool {
    RealSet { pieces }.merged().is_some_and(|s| s == RealSet::line())
}

/// Whether both sides have values at the same places.
fn same_places(a: &[Part], b: &[Part]) -> bool {
    let whole = |parts: &[Part]| RealSet { pieces: parts.iter().flat_map(|p| p.place.pieces.clone()).collect() }.merged();
    matches!((whole(a), whole(b)), (Some(a), Some(b)) if a == b)
}

fn on_piece(l: &Term, r: &Term, piece: &Piece, x: &Symbol, h: &Hypotheses) -> Decision {
    if infinite(&piece.low) == 0 && order(&piece.low, &piece.high) == Some(std::cmp::Ordering::Equal) {
        return decide(&l.substitute(&x.name, &piece.low), &r.substitute(&x.name, &piece.low), h);
    }
    let mut there = h.clone();
    let var = || Term::Var(x.clone());
    if infinite(&piece.low) == 0 {
        let relation = if piece.low_open { Relation::Greater } else { Relation::GreaterEqual };
        there.suppose(var(), relation, piece.low.clone());
    }
    if infinite(&piece.high) == 0 {
        let relation = if piece.high_open { Relation::Less } else { Relation::LessEqual };
        there.suppose(var(), relation, piece.high.clone());
    }
    decide(l, r, &there)
}
