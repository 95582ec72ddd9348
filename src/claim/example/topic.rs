//! What a part spoke of last as a formula: "the weight of v_a is about e^β/(e^β + n − 1)", "has variance 4 α β²".

use super::items::ByItems;
use super::scores::Keys;
use super::view::View;
use crate::language::{Expr, Moment, Relation, Symbol};
use crate::span::Span;

/// Of what a formula speaks.
#[derive(Debug, Clone, PartialEq)]
pub enum Of {
    /// The weight of some keys: each, all together, or not said.
    Weight(Keys, Option<bool>),
    /// A variance.
    Variance,
    /// A standard deviation.
    Deviation,
    /// Anything else.
    Number,
}

/// What was spoken of.
#[derive(Debug, Clone, PartialEq)]
pub struct Topic {
    /// What it is.
    pub of: Of,
    /// Its formula, where one was given.
    pub formula: Option<Expr>,
    /// The same with the numbers of an example in it, `50 √(2 · 10⁻⁴)`.
    pub filled: Option<Expr>,
    /// In which head, where one was named.
    pub head: Option<u32>,
    /// Where.
    pub span: Span,
    /// In which sentence of the part.
    pub sentence: usize,
}

/// Words for a variance or a standard deviation.
pub const VARIANCE: &[&str] = &["variance", "variances"];
/// The last word for a standard deviation.
pub const DEVIATION: &[&str] = &["deviation", "deviations", "std", "sd", "stdev"];

const WEIGHT: &[&str] = &["weight", "weights"];

/// The topics of a sentence, in order.
pub fn topics(view: &View, sentence: usize) -> Vec<Topic> {
    let mut found = Vec::new();
    let mut at = 0;
    while at < view.items.len() {
        let Some(first) = view.math(at) else {
            at += 1;
            continue;
        };
        let mut operands = vec![first];
        let mut last = at;
        while let Some(relation) = view.relation(last + 1)
            && let Some(next) = view.math(last + 2)
        {
            if !follows(relation) {
                break;
            }
            operands.push(next);
            last += 2;
        }
        let sides = if operands.len() > 1 { &operands[1..] } else { &operands[..] };
        // `X = 2 gives`: a relation without an open side gives a value.
        let formula = sides.iter().rev().find_map(|e| formula(e));
        let compared = operands.len() == 1 && view.relation(at + 1).is_some();
        if let Some((formula, law)) = formula.filter(|_| !compared) {
            let of = if law { Of::Variance } else { of(view, at, first, operands.len() > 1) };
            let span = view.items[at].span.to(view.items[last].span);
            found.push(Topic { of, formula: Some(formula), filled: None, head: None, span, sentence });
        } else if let Some(filled) = operands.iter().find(|e| worked(e)).filter(|_| operands[0].is_closed()) {
            let span = view.items[at].span.to(view.items[last].span);
            let of = of(view, at, first, operands.len() > 1);
            found.push(Topic { of, formula: None, filled: Some((**filled).clone()), head: None, span, sentence });
        } else if let Some(other) = operands.iter().rev().find(|e| quantity(e)) {
            // Something else was spoken of: a pronoun behind it may mean that.
            let span = view.items[at].span.to(view.items[last].span);
            let of = view.weight_of(other).map_or(Of::Number, |key| Of::Weight(Keys::Named(vec![key]), None));
            found.push(Topic { of, formula: None, filled: None, head: None, span, sentence });
        }
        at = last + 1;
    }
    found
}

/// Whether what stands behind a sign is what the thing before it is, or is bounded by.
fn follows(relation: Relation) -> bool {
    use Relation::{Approx, Equal, GreaterEqual, LessEqual, Tilde};
    matches!(relation, Equal | Approx | LessEqual | GreaterEqual | Tilde)
}

/// A number in terms of letters, and whether it is the variance of a law.
fn formula(e: &Expr) -> Option<(Expr, bool)> {
    if let Expr::Normal(_, variance) = e {
        return formula(variance).map(|(e, _)| (e, true));
    }
    let symbols = e.symbols();
    let plain = |s: &Symbol| s.indices.is_empty() && !matches!(s.name.as_str(), "c" | "q" | "k" | "v" | "mu" | "I" | "A" | "M");
    let open = !symbols.is_empty() && symbols.iter().all(plain) && !matches!(e, Expr::Symbol(_) | Expr::Tuple(_));
    open.then(|| (e.clone(), false))
}

/// Whether a closed expression is one into which numbers were put.
fn worked(e: &Expr) -> bool {
    let mut called = false;
    e.walk(&mut |e| called |= matches!(e, Expr::Call(..)));
    e.is_closed() && called && !matches!(e, Expr::Call(..))
}

/// Whether an expression is a number that depends on something, and no mere letter or vector.
fn quantity(e: &Expr) -> bool {
    match e {
        Expr::Symbol(s) => s.name == "alpha" && !s.indices.is_empty(),
        _ => !e.is_closed() && !matches!(e, Expr::Tuple(_)),
    }
}

/// What a chain that begins at an item is about: its left side, or the words before it.
fn of(view: &View, at: usize, left: &Expr, chained: bool) -> Of {
    if chained {
        match left {
            Expr::Moment(Moment::Variance, _) => return Of::Variance,
            Expr::Moment(Moment::Deviation, _) => return Of::Deviation,
            _ => {}
        }
        if let Some(key) = view.weight_of(left) {
            return Of::Weight(Keys::Named(vec![key]), None);
        }
    }
    let clause = view.clause(at);
    for place in (clause..at).rev() {
        if view.is(place, VARIANCE) {
            return Of::Variance;
        }
        if view.is(place, DEVIATION) {
            return Of::Deviation;
        }
        if view.is(place, WEIGHT) && view.is(place + 1, &["of", "on", "for", "at"]) {
            let (of_what, end) = if chained && place + 2 == at { (view.keys(at), at) } else { (view.keys(place + 2), at) };
            return of_what.filter(|(_, e)| *e <= end + 1).map_or(Of::Number, |(n, _)| {
                let together = n.each.then_some(false);
                Of::Weight(n.keys, together)
            });
        }
    }
    // "the others together get …"
    let start = view.skip(clause, &["so", "then", "and", "hence", "therefore", "thus", "with", "where"]);
    if let Some((named, after)) = view.keys(start) {
        let together = view.is(after, &["together"]).then_some(true).or(named.each.then_some(false));
        let verb = view.skip(after, &["together", "then", "only", "now"]);
        if view.is(verb, &["get", "gets", "receive", "receives", "has", "have", "take", "takes"]) && verb < at {
            return Of::Weight(named.keys, together);
        }
    }
    Of::Number
}
