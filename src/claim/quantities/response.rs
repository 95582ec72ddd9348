//! What a change of a number of the question does to a quantity: "doubling β squares the ratio of the weights", "the variance of the
//! score grows with β", "the leak falls exponentially", "if α is halved, so is the noise".

use super::Reader;
use super::noun::{Noun, moment};
use super::trend::constant;
use crate::claim::example::items::ByItems;
use crate::claim::statement::Condition;
use crate::language::{Expr, Moment, Symbol};

/// What is said to happen to a quantity when a scalar is multiplied.
#[derive(Debug, Clone, PartialEq)]
pub struct Response {
    /// The quantity.
    pub quantity: Expr,
    /// The scalar that changes.
    pub scalar: Symbol,
    /// How it changes.
    pub by: By,
    /// What happens.
    pub outcome: Outcome,
}

/// How a scalar changes.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum By {
    /// It is multiplied.
    Factor(f64),
    /// A number is added to it.
    Step(f64),
}

impl By {
    /// The scalar before and after, where the greater of both is given.
    pub fn up_to(self, end: f64) -> (f64, f64) {
        match self {
            By::Factor(f) if f > 1.0 => (end / f, end),
            By::Factor(f) => (end, end * f),
            By::Step(s) if s > 0.0 => (end - s, end),
            By::Step(s) => (end, end + s),
        }
    }

    /// The scalar after the change.
    pub fn of(self, value: f64) -> f64 {
        match self {
            By::Factor(f) => value * f,
            By::Step(s) => value + s,
        }
    }
}

/// Responses, each with the keys that it leaves out.
pub(super) type Responses = Vec<(Response, Vec<Condition>)>;

/// What happens to a quantity.
#[derive(Debug, Clone, PartialEq)]
pub enum Outcome {
    /// It becomes larger.
    Larger,
    /// It becomes smaller.
    Smaller,
    /// It stays as it is.
    Same,
    /// It is multiplied by a factor.
    Times(f64),
    /// It is raised to a power.
    Power(f64),
    /// It is multiplied by about a factor.
    About(f64),
    /// It is raised to about a power, as far as its size goes.
    AboutPower(f64),
    /// It changes as an expression does.
    Like(Expr),
}

/// A factor by which a change in one direction is looked at.
pub(super) const UP: f64 = 2.0;
pub(super) const DOWN: f64 = 0.5;

pub(super) const ABOUT: &[&str] = &["about", "roughly", "approximately", "nearly", "almost", "around", "practically"];
const RAISES: &[&str] = &["increases", "raises", "enlarges", "increase", "raise", "amplifies", "grows"];
const LOWERS: &[&str] = &["decreases", "reduces", "lowers", "shrinks", "decrease", "reduce", "lower", "damps", "diminishes"];
const GROW: &[&str] = &["grows", "grow", "increases", "increase", "rises", "rise"];
const SHRINK: &[&str] = &[
    "shrinks",
    "shrink",
    "decreases",
    "decrease",
    "falls",
    "fall",
    "drops",
    "drop",
    "decays",
    "decay",
    "declines",
    "diminishes",
];

impl Reader<'_> {
    /// A clause that says what a change does; where it ends.
    pub(super) fn responses(&self, at: usize) -> Option<(usize, Responses)> {
        self.correlated(at).or_else(|| self.change_first(at)).or_else(|| self.quantity_first(at))
    }

    /// "doubling β halves the leak", "a larger β makes the variance smaller", "if β doubles, the scores double".
    fn change_first(&self, at: usize) -> Option<(usize, Responses)> {
        let (next, scalar, by) = self.stepped(at).or_else(|| self.change(at)).or_else(|| self.supposed_change(at))?;
        let next = self.skip(next, ABOUT);
        let makes = self.is(next, &["makes", "make", "leaves", "leave", "keeps"]);
        if makes {
            let (end, noun) = self.quantity(next + 1)?;
            let (end, outcome) = self.state(end)?;
            let outcome = self.about(at, end, by, outcome);
            return self.settled(end, &noun, &scalar, by, &outcome);
        }
        if let Some((end, quantity, outcome)) = self.nearness(next) {
            return self.settled(end, &Noun::one(quantity), &scalar, by, &outcome);
        }
        if let Some((start, outcome)) = self.acts(next) {
            let (end, noun) = self.quantity(start)?;
            let (end, outcome) = self.refined(end, outcome);
            let outcome = self.about(at, end, by, outcome);
            return self.settled(end, &noun, &scalar, by, &outcome);
        }
        // "if β doubles, the leak halves"
        let next = if self.parts(next) || self.is(next, &["then"]) { self.skip(next + 1, &["then"]) } else { next };
        let (end, noun) = self.quantity(next)?;
        let (close, outcome) = self.becomes(end)?;
        let outcome = self.about(end, close, by, outcome);
        self.settled(close, &noun, &scalar, by, &outcome)
    }

    /// "the variance grows with β", "the leak halves when β doubles", "the score is proportional to β".
    fn quantity_first(&self, at: usize) -> Option<(usize, Responses)> {
        let (next, noun) = self.quantity(at)?;
        if let Some((end, scalar, by, outcome)) = self.with_scalar(next) {
            return self.settled(end, &noun, &scalar, by, &outcome);
        }
        let (end, outcome) = self.becomes(next)?;
        let (end, scalar, by) = self.stepped(end).or_else(|| self.supposed_change(end))?;
        let outcome = self.about(next, end, by, outcome);
        self.settled(end, &noun, &scalar, by, &outcome)
    }

    /// "grows with β", "falls like e^(-β)", "is proportional to β²", "does not depend on β".
    fn with_scalar(&self, at: usize) -> Option<(usize, Symbol, By, Outcome)> {
        let grows = self.is(at, GROW) || self.is(at, &["scales", "scale"]);
        let shrinks = self.is(at, SHRINK);
        let start = self.skip(at + 1, &["only", "just", "also", "monotonically", "even", "further", "strictly"]);
        if grows || shrinks {
            const POWERS: &[(&str, i64)] = &[("linearly", 1), ("proportionally", 1), ("quadratically", 2)];
            if let Some((_, power)) = POWERS.iter().find(|(w, _)| self.is(start, &[w])) {
                let (end, scalar) = self.scalar_behind(start + 1)?;
                let e =
                    Expr::Pow(Box::new(Expr::Symbol(scalar.clone())), Box::new(Expr::int(if shrinks { -power } else { *power })));
                return Some((end, scalar, By::Factor(UP), Outcome::Like(e)));
            }
            if self.is(start, &["like", "as"]) {
                let (scalar, law) = self.law(start + 1)?;
                return Some((start + 2, scalar, By::Factor(UP), Outcome::Like(law)));
            }
            let scales = self.is(at, &["scales", "scale"]);
            let (end, scalar) = self.scalar_behind(start)?;
            return (!scales).then_some((end, scalar, By::Factor(UP), if shrinks { Outcome::Smaller } else { Outcome::Larger }));
        }
        if self.is(at, &["is", "are"]) && self.is(at + 1, &["proportional"]) && self.is(at + 2, &["to"]) {
            let (scalar, law) = self.law(self.skip(at + 3, &["the"]))?;
            return Some((self.skip(at + 3, &["the"]) + 1, scalar, By::Factor(UP), Outcome::Like(law)));
        }
        let independent = self.is(at, &["is", "are"]) && self.are(at + 1, &["independent", "of"]);
        let from = match () {
            () if independent => at + 3,
            () if self.is(at, &["does", "do"]) && self.are(at + 1, &["not", "depend", "on"]) => at + 4,
            () if self.is(at, &["doesn't", "don't"]) && self.are(at + 1, &["depend", "on"]) => at + 3,
            () => return None,
        };
        let scalar = self.named_scalar(from)?;
        Some((from + 1, scalar, By::Factor(UP), Outcome::Same))
    }

    /// "with β", "in β", "for larger β", "as β grows".
    fn scalar_behind(&self, at: usize) -> Option<(usize, Symbol)> {
        if self.is(at, &["with", "in"]) {
            let start = self.skip(at + 1, &["growing", "increasing", "the", "factor", "larger"]);
            return Some((start + 1, self.named_scalar(start)?));
        }
        if self.is(at, &["as", "when", "if"]) {
            let start = self.skip(at + 1, &["the", "factor"]);
            let scalar = self.named_scalar(start)?;
            return self.is(start + 1, GROW).then_some((start + 2, scalar));
        }
        None
    }

    /// An expression in one scalar, `β²`, `e^(-β)`, `√α`.
    fn law(&self, at: usize) -> Option<(Symbol, Expr)> {
        let e = self.math(at)?;
        let mut scalars = e.symbols().into_iter().filter(|s| self.scales(s));
        let scalar = scalars.next()?.clone();
        let alone = e.symbols().into_iter().all(|s| s == scalar);
        alone.then(|| (scalar, e.clone()))
    }

    pub(super) fn named_scalar(&self, at: usize) -> Option<Symbol> {
        match self.math(at)? {
            Expr::Symbol(s) if self.scales(s) => Some(s.clone()),
            _ => None,
        }
    }

    /// Whether a symbol is a scalar of the question or may be another name of one.
    fn scales(&self, symbol: &Symbol) -> bool {
        let own = !self.world.knows(symbol, &[]) && !self.world.dimensions.contains_key(&symbol.name);
        symbol.indices.is_empty() && (self.world.scalars.contains_key(&symbol.name) || own)
    }

    /// "doubling β", "a larger β", "increasing β": the scalar and what it is multiplied by.
    pub(super) fn change(&self, at: usize) -> Option<(usize, Symbol, By)> {
        let start = self.skip(at, &["a", "the", "any"]);
        let multiple = match self.word(start)? {
            "doubling" => 2.0,
            "tripling" => 3.0,
            "quadrupling" => 4.0,
            "halving" => 0.5,
            "increasing" | "raising" | "enlarging" | "larger" | "bigger" | "greater" | "higher" => UP,
            "decreasing" | "lowering" | "reducing" | "smaller" | "lower" => DOWN,
            _ => return None,
        };
        let place = self.skip(start + 1, &["the", "factor"]);
        let scalar = self.named_scalar(place)?;
        let end = self.skip(place + 1, &["further", "always", "only", "also", "again", "simply", "just"]);
        Some((end, scalar, By::Factor(multiple)))
    }

    /// "if β doubles", "when β is halved", "for twice the β".
    fn supposed_change(&self, at: usize) -> Option<(usize, Symbol, By)> {
        let start = self.is(at, &["if", "when", "whenever", "as"]).then(|| self.skip(at + 1, &["the", "factor", "we"]))?;
        const DO: &[(&str, f64)] = &[("double", 2.0), ("halve", 0.5), ("triple", 3.0), ("increase", UP), ("decrease", DOWN)];
        if let Some((_, multiple)) = DO.iter().find(|(w, _)| self.is(start, &[w])) {
            return Some((start + 2, self.named_scalar(start + 1)?, By::Factor(*multiple)));
        }
        let scalar = self.named_scalar(start)?;
        let passive = self.is(start + 1, &["is", "gets"]);
        let verb = start + 1 + usize::from(passive);
        let multiple = match (self.word(verb)?, passive) {
            ("doubles", false) | ("doubled", true) => 2.0,
            ("halves", false) | ("halved", true) => 0.5,
            ("tripled", true) => 3.0,
            ("grows" | "increases" | "rises", false) | ("increased" | "raised", true) => UP,
            ("shrinks" | "decreases" | "falls", false) | ("decreased" | "lowered" | "reduced", true) => DOWN,
            _ => return None,
        };
        Some((verb + 1, scalar, By::Factor(multiple)))
    }

    /// A verb that does something to what follows: "halves", "increases", "does not change".
    fn acts(&self, at: usize) -> Option<(usize, Outcome)> {
        let at = self.skip(at, &["also", "only", "even", "always", "therefore", "thus"]);
        let outcome = match self.word(at)? {
            "doubles" => Outcome::Times(2.0),
            "triples" => Outcome::Times(3.0),
            "quadruples" => Outcome::Times(4.0),
            "halves" => Outcome::Times(0.5),
            "squares" => Outcome::Power(2.0),
            "cubes" => Outcome::Power(3.0),
            "does" if self.is(at + 1, &["not"]) && self.is(at + 2, &["change", "affect", "alter"]) => {
                return Some((at + 3, Outcome::Same));
            }
            "divides" => return Some((at + 1, Outcome::Smaller)),
            "multiplies" => return Some((at + 1, Outcome::Larger)),
            w if RAISES.contains(&w) => Outcome::Larger,
            w if LOWERS.contains(&w) || w == "cuts" => Outcome::Smaller,
            _ => return None,
        };
        Some((at + 1, outcome))
    }

    /// "(reduces the leak) by half", "by a factor of four".
    fn refined(&self, at: usize, outcome: Outcome) -> (usize, Outcome) {
        let down = outcome == Outcome::Smaller;
        if !(down || outcome == Outcome::Larger) {
            return (at, outcome);
        }
        if down && (self.are(at, &["by", "half"]) || self.are(at, &["in", "half"])) {
            return (at + 2, Outcome::Times(0.5));
        }
        let factor = self.are(at, &["by", "a", "factor"]).then(|| self.factor(self.skip(at + 3, &["of"]))).flatten();
        // "divides the leak by about 10"
        let divides = (0..at).any(|i| self.is(i, &["divides", "multiplies"])) && self.is(at, &["by"]);
        let factor = factor.or_else(|| divides.then(|| self.factor(at + 1)).flatten());
        match factor {
            Some((end, factor)) => (end, Outcome::Times(if down { 1.0 / factor } else { factor })),
            None => (at, outcome),
        }
    }

    /// A number by which something is multiplied.
    fn factor(&self, at: usize) -> Option<(usize, f64)> {
        let at = self.skip(at, ABOUT);
        if let Some(x) = self.math(at).filter(|e| !matches!(e, Expr::Number(_))).and_then(constant).filter(|x| *x > 0.0) {
            return Some((at + 1, x));
        }
        let number = match (self.math(at), self.word(at)) {
            (Some(Expr::Number(n)), _) if n.value > 0.0 => n.value,
            (_, Some("two")) => 2.0,
            (_, Some("three")) => 3.0,
            (_, Some("four")) => 4.0,
            (_, Some("ten")) => 10.0,
            (_, Some("e")) => std::f64::consts::E,
            _ => return None,
        };
        Some((at + 1, number))
    }

    /// "larger", "unchanged", "four times as large", "half as large".
    pub(super) fn state(&self, at: usize) -> Option<(usize, Outcome)> {
        let at = self.skip(at, &["even", "also", "still", "only", "exactly"]);
        if self.are(at, &["as", "it", "is"]) || self.are(at, &["as", "they", "are"]) {
            return Some((at + 3, Outcome::Same));
        }
        if let Some((end, factor)) = self.factor(at)
            && self.is(end, &["times"])
        {
            if self.is(end + 1, &["smaller", "less", "lower"]) {
                return Some((end + 2, Outcome::Times(1.0 / factor)));
            }
            let end = self.skip(end + 1, &["as", "large", "larger", "bigger", "big", "high", "strong", "stronger"]);
            return Some((end, Outcome::Times(factor)));
        }
        let sized = |at: usize| self.skip(at, &["as", "large", "big", "high", "strong", "small"]);
        match self.word(at)? {
            "larger" | "bigger" | "greater" | "higher" | "stronger" => Some((at + 1, Outcome::Larger)),
            "smaller" | "lower" | "weaker" => Some((at + 1, Outcome::Smaller)),
            "unchanged" | "constant" | "alone" | "untouched" | "unaffected" => Some((at + 1, Outcome::Same)),
            "twice" => Some((sized(at + 1), Outcome::Times(2.0))),
            "half" if self.is(at + 1, &["as"]) => Some((sized(at + 1), Outcome::Times(0.5))),
            _ => None,
        }
    }

    /// "doubles", "is halved", "stays the same", "becomes four times as large", "gets smaller".
    fn becomes(&self, at: usize) -> Option<(usize, Outcome)> {
        let outcome = match self.word(at)? {
            "doubles" | "double" => Some(Outcome::Times(2.0)),
            "halves" | "halve" => Some(Outcome::Times(0.5)),
            "quadruples" | "quadruple" => Some(Outcome::Times(4.0)),
            w if GROW.contains(&w) => Some(Outcome::Larger),
            w if SHRINK.contains(&w) => Some(Outcome::Smaller),
            _ => None,
        };
        if let Some(outcome) = outcome {
            let (end, outcome) = self.refined(self.skip(at + 1, &["too", "also", "as", "well"]), outcome);
            return Some((end, outcome));
        }
        if self.is(at, &["does", "do"]) && self.are(at + 1, &["not", "change"]) {
            return Some((at + 3, Outcome::Same));
        }
        self.is(at, &["is", "are", "gets", "get", "becomes", "become", "stays", "stay", "remains", "remain"]).then_some(())?;
        let start = self.skip(at + 1, &["also", "then", "exactly", "multiplied", "by", "only", "just"]);
        match self.word(start) {
            Some("doubled") => Some((start + 1, Outcome::Times(2.0))),
            Some("halved") => Some((start + 1, Outcome::Times(0.5))),
            Some("squared") => Some((start + 1, Outcome::Power(2.0))),
            Some("increased" | "raised") => Some((start + 1, Outcome::Larger)),
            Some("reduced" | "lowered" | "decreased") => Some((start + 1, Outcome::Smaller)),
            Some("the") if self.is(start + 1, &["same"]) => Some((start + 2, Outcome::Same)),
            _ => self.state(start),
        }
    }

    /// A quantity whose size can be spoken of: of noise its deviation.
    pub(super) fn quantity(&self, at: usize) -> Option<(usize, Noun)> {
        if let Some((end, miss)) = self.missing(at) {
            return Some((end, Noun::one(miss)));
        }
        const NOISE: &[&str] = &["noise", "fluctuation", "fluctuations", "jitter", "spread", "scatter"];
        let start = self.skip(at, &["the", "its"]);
        if self.is(start, NOISE) && self.is(start + 1, &["of", "in", "on"]) && self.world.draws() {
            let (end, noun) = self.noun_phrase(start + 2)?;
            return (noun.keys.is_none()).then(|| (end, noun.map(|e| moment(Moment::Deviation, e))));
        }
        // Which weight stands above in "the ratio of the weights" makes no difference to what a change does to it.
        let sure = |n: &Noun| !n.tentative || matches!(n.things.as_slice(), [(Expr::Div(..), _)]);
        self.noun_phrase(at).filter(|(_, n)| n.keys.is_none() && !n.things.is_empty() && sure(n))
    }

    /// The clause where it may end there.
    pub(super) fn settled(
        &self,
        end: usize,
        noun: &Noun,
        scalar: &Symbol,
        by: By,
        outcome: &Outcome,
    ) -> Option<(usize, Responses)> {
        let numbers = noun.things.iter().all(|(e, _)| self.world.is_number(e));
        // One draw may go either way: only what is the same in every draw is larger or smaller.
        let of_the_law = |e: &Expr| !self.varies(e);
        if !numbers || !self.ends(end) || !noun.things.iter().all(|(e, _)| of_the_law(e)) {
            return None;
        }
        let response =
            |quantity: &Expr| Response { quantity: quantity.clone(), scalar: scalar.clone(), by, outcome: outcome.clone() };
        Some((end, noun.things.iter().map(|(e, out)| (response(e), out.clone())).collect()))
    }

    /// Whether an expression differs from draw to draw.
    fn varies(&self, e: &Expr) -> bool {
        if e.is_of_the_law() {
            return false;
        }
        let drawn = |s: &Symbol| {
            self.world.is_drawn(&s.name) || self.world.draws() && matches!(s.name.as_str(), "alpha" | "c") && !self.plain(s)
        };
        match e {
            Expr::Symbol(s) => drawn(s),
            _ => e.children().into_iter().any(|c| self.varies(c)),
        }
    }

    /// Whether a symbol is a scalar of the question that stands alone.
    fn plain(&self, symbol: &Symbol) -> bool {
        symbol.indices.is_empty() && self.world.scalars.contains_key(&symbol.name)
    }
}
