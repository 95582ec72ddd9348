//! Trends in words: "the larger β, the closer c comes to ½(v_a + v_b)", "each extra unit of β makes the leftover e times smaller", and
//! the quantities that they speak of: the error, the leftover.

use super::keys::Keys;
use super::noun::{Noun, Of, minus, moment, norm, squared};
use super::response::{ABOUT, By, DOWN, Outcome, Responses, UP};
use super::{Reader, total};
use crate::claim::example::items::ByItems;
use crate::language::{Expr, Moment, Symbol};

impl Reader<'_> {
    /// "each extra unit of β", "raising β by 1", "adding ln 2 to β": the scalar and what is added to it.
    pub(super) fn stepped(&self, at: usize) -> Option<(usize, Symbol, By)> {
        let number = |i: usize| self.math(i).and_then(constant).filter(|x| *x > 0.0);
        if self.is(at, &["each", "every", "one", "an"]) {
            let unit = self.skip(at + 1, &["extra", "further", "additional", "more"]);
            let of = (self.is(unit, &["unit"]) && self.is(unit + 1, &["of", "in"]) && unit > at).then_some(unit + 2)?;
            return Some((of + 1, self.named_scalar(of)?, By::Step(1.0)));
        }
        if self.is(at, &["adding", "add"]) {
            let to = self.is(at + 2, &["to"]).then_some(at + 3)?;
            return Some((to + 1, self.named_scalar(to)?, By::Step(number(at + 1)?)));
        }
        let up = self.is(at, &["raising", "increasing", "enlarging"]);
        let down = self.is(at, &["lowering", "decreasing", "reducing"]);
        if up || down {
            let scalar = self.named_scalar(at + 1)?;
            let step = self.is(at + 2, &["by"]).then(|| number(at + 3))??;
            return Some((at + 4, scalar, By::Step(if up { step } else { -step })));
        }
        let start = self.is(at, &["if", "when", "whenever"]).then_some(at + 1)?;
        let scalar = self.named_scalar(start)?;
        let grows = self.is(start + 1, &["grows", "increases", "rises"]) && self.is(start + 2, &["by"]);
        Some((start + 4, scalar, By::Step(grows.then(|| number(start + 3))??)))
    }

    /// "the larger β, the smaller the leak", "the larger β gets, the closer c comes to ½(v_a + v_b)".
    pub(super) fn correlated(&self, at: usize) -> Option<(usize, Responses)> {
        let start = self.is(at, &["the"]).then_some(at + 1)?;
        let factor = match self.word(start)? {
            "larger" | "bigger" | "greater" | "higher" => UP,
            "smaller" | "lower" => DOWN,
            _ => return None,
        };
        let place = self.skip(start + 1, &["the", "factor", "we", "make", "choose"]);
        let scalar = self.named_scalar(place)?;
        let next = self.skip(place + 1, &["is", "gets", "becomes", "grows", "chosen"]);
        let next = next + usize::from(self.parts(next));
        let by = By::Factor(factor);
        let second = self.is(next, &["the"]).then_some(next + 1)?;
        if let Some((end, quantity, outcome)) = self.closer(second) {
            return self.settled(end, &Noun::one(quantity), &scalar, by, &outcome);
        }
        let outcome = match self.word(second)? {
            "larger" | "bigger" | "greater" | "higher" | "stronger" => Outcome::Larger,
            "smaller" | "lower" | "weaker" => Outcome::Smaller,
            quality @ ("better" | "worse") if self.are(second + 1, &["the", "approximation"]) => {
                let outcome = if quality == "better" { Outcome::Smaller } else { Outcome::Larger };
                let end = self.skip(second + 3, &["is", "gets", "becomes"]);
                return self.settled(end, &Noun::one(self.miss()?), &scalar, by, &outcome);
            }
            _ => return None,
        };
        let (end, noun) = self.quantity(second + 1)?;
        self.settled(self.skip(end, &["is", "gets", "becomes", "are", "get"]), &noun, &scalar, by, &outcome)
    }

    /// "closer c comes to ½(v_a + v_b)", "closer the keys are to their means": the distance that shrinks.
    pub(super) fn closer(&self, at: usize) -> Option<(usize, Expr, Outcome)> {
        let outcome = match self.word(at)? {
            "closer" | "nearer" => Outcome::Smaller,
            "farther" | "further" => Outcome::Larger,
            _ => return None,
        };
        let keys = self.skip(at + 1, &["the", "all"]);
        if self.is(keys, &["keys"]) && self.world.is_drawn("k") {
            let to = self.skip(keys + 1, &["are", "lie", "come", "get", "stay"]);
            let end = self.is(to, &["to", "from"]).then(|| self.skip(to + 1, &["their", "the", "own"]))?;
            let key = Expr::Symbol(Symbol::indexed("k", "i"));
            let gap = norm(minus(key.clone(), moment(Moment::Mean, key)));
            return self.is(end, &["means"]).then(|| (end + 1, moment(Moment::Mean, squared(gap)), outcome));
        }
        let (next, x) = self.vector(at + 1)?;
        let to = self.skip(next, &["comes", "gets", "is", "lies", "moves", "stays"]);
        let (end, goal) = self.is(to, &["to", "from"]).then(|| self.vector(self.skip(to + 1, &["the"])))??;
        Some((end, norm(minus(x, goal)), outcome))
    }

    /// "brings c closer to ½(v_a + v_b)": behind what changes.
    pub(super) fn nearness(&self, at: usize) -> Option<(usize, Expr, Outcome)> {
        let verb = self.is(at, &["brings", "bring", "moves", "takes"]).then_some(at + 1)?;
        let (next, x) = self.vector(verb)?;
        let outcome = match self.word(next)? {
            "closer" | "nearer" => Outcome::Smaller,
            "away" | "farther" => Outcome::Larger,
            _ => return None,
        };
        let to = self.is(next + 1, &["to", "from"]).then_some(next + 2)?;
        let (end, goal) = self.vector(to)?;
        Some((end, norm(minus(x, goal)), outcome))
    }

    /// By how much the output misses the mean of the two values that the question names.
    fn miss(&self) -> Option<Expr> {
        let [a, b] = self.world.letters.as_slice() else { return None };
        let value = |l: &String| Expr::Symbol(Symbol::indexed("v", l));
        let output = Symbol::plain("c");
        let goal = Expr::Div(Box::new(Expr::Add(vec![value(a), value(b)])), Box::new(Expr::int(2)));
        (self.world.attends() && self.world.slots.len() == 1).then(|| norm(minus(Expr::Symbol(output), goal)))
    }

    /// What is said "about", or of a number that is added, is meant as far as people round.
    pub(super) fn about(&self, from: usize, to: usize, by: By, outcome: Outcome) -> Outcome {
        let rounded = matches!(by, By::Step(_)) || (from..to).any(|i| self.is(i, ABOUT));
        match outcome {
            Outcome::Times(f) if rounded => Outcome::About(f),
            Outcome::Power(p) if rounded => Outcome::AboutPower(p),
            other => other,
        }
    }

    /// "the error", "the leftover", "the rest": what the output misses, or the weight that the others have.
    pub(super) fn missing(&self, at: usize) -> Option<(usize, Expr)> {
        let start = self.skip(at, &["the"]);
        if self.is(start, &["error"]) && !self.is(start + 1, &["of", "in"]) {
            return Some((start + 1, self.miss()?));
        }
        const REST: &[&str] = &["leftover", "rest", "remainder"];
        let weight = self.is(start, &["leftover", "remaining"]) && self.is(start + 1, &["weight"]);
        if weight || self.is(start, REST) && start > at && !self.is(start + 1, &["of"]) {
            (self.world.letters.len() == 2 && self.world.slots.len() == 1).then_some(())?;
            let others = self.having(Of::Weight, &Keys::Others)?;
            return Some((start + 1 + usize::from(weight), total(&others.things)?));
        }
        None
    }
}

/// The value of an expression without letters: `2.7`, `e`, `ln 2`.
pub(super) fn constant(e: &Expr) -> Option<f64> {
    match e {
        Expr::Number(n) => Some(n.value),
        Expr::Symbol(s) if s.name == "e" && s.indices.is_empty() => Some(std::f64::consts::E),
        Expr::Call("ln" | "log", args) => match args.as_slice() {
            [one] => constant(one).filter(|x| *x > 0.0).map(f64::ln),
            _ => None,
        },
        Expr::Pow(base, half) if **half == Expr::half() => constant(base).map(f64::sqrt),
        _ => None,
    }
}
