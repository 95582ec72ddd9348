//! Means, variances and standard deviations in words: "X has mean 1 and standard deviation 0.7", "the variance of c goes to
//! …", "averaged over many draws c is …", "standard deviation √α in each perpendicular direction".

use super::said::{Clause, Said, applied, plain, said_index};
use crate::language::{Relation, Tok, Token};
use crate::world::Law;

/// Reads a clause that gives a moment of a quantity.
pub fn read(c: &Clause) -> Option<Vec<Said>> {
    having(c).or_else(|| averaged(c)).or_else(|| moment_is(c)).or_else(|| fluctuates(c)).or_else(|| directions(c))
}

fn said(left: Vec<Token>, relation: Relation, right: Vec<Token>, quantity: &[Token]) -> Said {
    Said { left, relation, right, event: None, quantity: Some(quantity.to_vec()), tentative: false, in_limit: false, third: None }
}

/// The nouns, with the function that each is.
const NOUNS: &[(&str, &str)] = &[
    ("variance", "Var"),
    ("trace of the covariance", "Var"),
    ("trace of the covariance matrix", "Var"),
    ("total variance", "Var"),
    ("standard deviation", "Std"),
    ("std", "Std"),
    ("sd", "Std"),
    ("stdev", "Std"),
    ("st dev", "Std"),
    ("std dev", "Std"),
    ("mean", "E"),
    ("mean value", "E"),
    ("ensemble mean", "E"),
    ("ensemble average", "E"),
    ("overall mean", "E"),
    ("expected value", "E"),
    ("expectation", "E"),
    ("average", "E"),
    ("average value", "E"),
    ("mean over draws|samples", "E"),
    ("mean over the|all|many draws|samples", "E"),
    ("average over draws|samples", "E"),
    ("average over the|all|many draws|samples", "E"),
];

/// "X has mean 0 and variance 4αβ²", "this has a standard deviation of 0.01".
fn having(c: &Clause) -> Option<Vec<Said>> {
    let (end, quantity, sure) = if c.is(0, &["has", "have"]) { (0, c.memory.quantity.clone()?, false) } else { c.subject()? };
    let (end, other) = match c.phrase(end, "and").and_then(|e| c.quantity(e)) {
        Some((after, other)) => (c.skip(after, &["both", "each"]), Some(other)),
        None => (end, c.both_scores(0).filter(|(e, _)| *e == end).map(|(_, second)| second)),
    };
    let mut at = c.phrase(
        c.skip(end, &["then", "still", "now", "thus", "therefore", "both", "each", "also", "here"]),
        "has|have|had|with",
    )?;
    let mut out = Vec::new();
    loop {
        let (end, f) = c.noun(c.skip(at, &["a", "the", "an"]))?;
        let end = c.skip(end, &["of"]);
        let sign = matches!(c.tokens.get(end).map(|t| &t.kind), Some(Tok::Rel(Relation::Equal)));
        let (start, about) = c.about(end + usize::from(sign));
        let (end, value) = c.value(start)?;
        let end = c.phrase(end, "as well").or_else(|| c.phrase(end, "too|again")).unwrap_or(end);
        let relation = if about { Relation::Approx } else { Relation::Equal };
        if let Some(other) = &other {
            out.push(said(applied(f, other), relation, value.clone(), other));
        }
        out.push(Said { tentative: !sure, ..said(applied(f, &quantity), relation, value, &quantity) });
        if c.over(end) {
            return Some(out);
        }
        let comma = matches!(c.tokens[end].kind, Tok::Comma);
        at = c.phrase(end + usize::from(comma), "and").or(comma.then_some(end + 1))?;
    }
}

/// "averaged over many draws c is ½ (v_a + v_b)", "on average the weight of v_a is 1/2".
fn averaged(c: &Clause) -> Option<Vec<Said>> {
    let start = c.over_draws(0);
    let at = start.unwrap_or(0);
    let at = if start.is_some() && c.tokens.get(at).is_some_and(|t| t.kind == Tok::Comma) { at + 1 } else { at };
    let (end, quantity) = c.quantity(at)?;
    let (end, relation) = c.verb(end)?;
    let (end, value) = c.value(end)?;
    let end = if start.is_some() { end } else { c.over_draws(end)? };
    c.over(end).then(|| vec![said(applied("E", &quantity), relation, value, &quantity)])
}

/// "the variance of c goes to …", "its variance is …", "Var(k_b^T q) is exactly as big".
fn moment_is(c: &Clause) -> Option<Vec<Said>> {
    let (end, left, quantity, sure) = c.moment(0)?;
    if let Some(end) =
        ["vanishes", "vanish", "disappears", "goes away", "dies out", "dies away", "shrinks to nothing", "goes to zero"]
            .iter()
            .filter_map(|w| c.phrase(end, w))
            .max()
        && c.over(c.over_draws(end).unwrap_or(end))
    {
        return Some(vec![Said { tentative: !sure, ..said(left, Relation::Tends, plain("0", c.world), &quantity) }]);
    }
    let (start, relation) = c.verb(end)?;
    let (end, factor) = c.factor(start);
    let (end, value) = match c.as_big(end, start == end) {
        Some(found) => found,
        None if factor.is_some() => {
            let (end, other, _, _) =
                c.moment(c.skip(end, &["of", "the", "as", "large", "big"])).or_else(|| c.that_of(end, &left))?;
            (end, other)
        }
        None => c.value(end).or_else(|| c.moment(end).map(|(end, m, _, _)| (end, m)))?,
    };
    let value = match factor {
        Some(factor) => [plain(factor, c.world), value].concat(),
        None => value,
    };
    let bare = !c.tokens.iter().any(|t| matches!(t.kind, Tok::Word(_)));
    (c.over(end) && !bare).then(|| vec![Said { tentative: !sure, ..said(left, relation, value, &quantity) }])
}

/// "the log-odds jitters by 0.4".
fn fluctuates(c: &Clause) -> Option<Vec<Said>> {
    let (end, quantity) = c.quantity(0)?;
    let end = c.phrase(end, "jitters|fluctuates|varies|scatters|wobbles|jitter|fluctuate|vary|scatter|wobble by")?;
    let (start, _) = c.about(end);
    let (end, value) = c.value(start)?;
    c.over(end).then(|| vec![Said { tentative: true, ..said(applied("Std", &quantity), Relation::Approx, value, &quantity) }])
}

/// "standard deviation √(½ + α) along μ_a, √α in each perpendicular direction", of the key that has a covariance of its own.
fn directions(c: &Clause) -> Option<Vec<Said>> {
    let start = c.skip(0, &["it", "k_a", "has", "a", "the", "with"]);
    let (end, f) = c.noun(start).filter(|(_, f)| *f != "E")?;
    let key = c.odd_key()?;
    let mut at = end;
    let mut out = Vec::new();
    loop {
        let (end, about) = c.about(c.skip(at, &["of", "is"]));
        let (end, value) = c.value(end)?;
        let (end, toward) = c.direction(end).or_else(|| Some((c.across(end)?, c.other_letter(&key)?)))?;
        let quantity = plain(&format!("mu_{toward}^T k_{key}"), c.world);
        let relation = if about { Relation::Approx } else { Relation::Equal };
        out.push(said(applied(f, &quantity), relation, value, &quantity));
        if c.over(end) {
            return Some(out);
        }
        let comma = matches!(c.tokens[end].kind, Tok::Comma);
        let next = c.skip(end + usize::from(comma), &["and", "but", "only"]);
        if next == end {
            return None;
        }
        at = c.noun(c.skip(next, &["a", "the"])).filter(|(_, g)| *g == f).map_or(next, |(e, _)| e);
    }
}

impl Clause<'_> {
    pub fn noun(&self, at: usize) -> Option<(usize, &'static str)> {
        if let Some(Tok::Function(f @ ("Std" | "Var"))) = self.tokens.get(at).map(|t| &t.kind) {
            let opens = matches!(self.tokens.get(at + 1).map(|t| &t.kind), Some(Tok::Open(_)));
            return (!opens).then_some((at + 1, *f));
        }
        NOUNS.iter().filter_map(|(w, f)| Some((self.phrase(at, w)?, *f))).max_by_key(|(end, _)| *end)
    }

    /// The quantity that a clause begins with, or a pronoun for the last one; whether it is certain.
    fn subject(&self) -> Option<(usize, Vec<Token>, bool)> {
        if self.is(0, &["this", "it", "which", "that"]) {
            return Some((1, self.memory.quantity.clone()?, false));
        }
        if let Some((end, _)) = self.both_scores(0) {
            let [a, _] = self.world.letters.as_slice() else { return None };
            return Some((end, plain(&format!("k_{a}^T q"), self.world), true));
        }
        let (end, quantity) = self.quantity(0)?;
        Some((end, quantity, true))
    }

    /// "both scores", "the two scores": where the words end, and the second of them.
    fn both_scores(&self, at: usize) -> Option<(usize, Vec<Token>)> {
        let end = self.longest_phrase(at, &["both scores", "the two scores", "each of the two scores", "these two scores"])?;
        let [_, b] = self.world.letters.as_slice() else { return None };
        (self.world.slots.len() == 1).then(|| (end, plain(&format!("k_{b}^T q"), self.world)))
    }

    /// "the variance of X", "its variance", `Var(X)`: where it ends, it, X, and whether that is certain.
    pub fn moment(&self, at: usize) -> Option<(usize, Vec<Token>, Vec<Token>, bool)> {
        // "along μ_b the variance of k_a"
        if let Some((end, toward)) = self.direction(at) {
            let comma = usize::from(self.tokens.get(end).is_some_and(|t| t.kind == Tok::Comma));
            let (end, f) = self.noun(self.skip(end + comma, &["the", "a"])).filter(|(_, f)| *f != "E")?;
            let (end, text) = self.operand(self.skip(self.phrase(end, "of")?, &["the", "key"]))?;
            let key = said_index(&text).filter(|_| text[0].is_name("k"))?;
            let along = plain(&format!("mu_{toward}^T k_{key}"), self.world);
            return Some((end, applied(f, &along), along, true));
        }
        let start = self.skip(at, &["the", "a", "its"]);
        if let Some((end, f)) = self.noun(start) {
            let Some(of) = self.phrase(end, "of") else {
                let own = self.is(at, &["its"]);
                let quantity = self.memory.quantity.clone().filter(|_| own)?;
                return Some((end, applied(f, &quantity), quantity, false));
            };
            let (end, quantity) = self.quantity(of)?;
            return Some((end, applied(f, &quantity), quantity, true));
        }
        let (end, text) = self.operand(at)?;
        let [Token { kind: Tok::Function("Var" | "Std" | "Cov" | "E"), .. }, _, inner @ .., Token { kind: Tok::Close(_), .. }] =
            text.as_slice()
        else {
            return None;
        };
        Some((end, text.clone(), inner.to_vec(), true))
    }

    /// "is about", "goes to", a sign.
    fn verb(&self, at: usize) -> Option<(usize, Relation)> {
        if let Some(end) = self.phrase(at, "goes|go|tends|tend|converges|drops|shrinks|rises|grows|falls to") {
            return Some((self.about(end).0, Relation::Tends));
        }
        if let Some(end) = self.phrase(at, "approaches|reaches") {
            return Some((self.about(end).0, Relation::Tends));
        }
        if let Some(Tok::Rel(relation)) = self.tokens.get(at).map(|t| &t.kind) {
            return Some((at + 1, *relation));
        }
        let end = self.phrase(at, "is|are|was|were|equals|becomes|stays|remains|amounts to").or_else(|| {
            self.phrase(at, "is|are|was|were|equals|becomes|stays|remains|equal|would|will").map(|e| self.skip(e, &["be"]))
        })?;
        let (end, about) = self.about(self.skip(end, &["simply", "therefore", "also", "of", "course"]));
        Some((end, if about { Relation::Approx } else { Relation::Equal }))
    }

    /// "half", "twice", "a quarter of" before another moment.
    fn factor(&self, at: usize) -> (usize, Option<&'static str>) {
        let list = [
            ("half", "1/2 "),
            ("half of", "1/2 "),
            ("exactly half of", "1/2 "),
            ("one half", "1/2 "),
            ("one half of", "1/2 "),
            ("a quarter", "1/4 "),
            ("one quarter", "1/4 "),
            ("a fourth", "1/4 "),
            ("twice", "2 "),
            ("four times", "4 "),
        ];
        let found = list.iter().filter_map(|(w, f)| Some((self.phrase(at, w)?, *f))).max_by_key(|(e, _)| *e);
        match found {
            Some((end, factor)) if !self.over(end) => (end, Some(factor)),
            _ => (at, None),
        }
    }

    /// "that of c_1", with the function of the left side.
    fn that_of(&self, at: usize, left: &[Token]) -> Option<(usize, Vec<Token>, Vec<Token>, bool)> {
        let start = self.skip(at, &["of", "as", "large", "big"]);
        let (end, quantity) = self.quantity(self.phrase(start, "that of")?)?;
        let Tok::Function(f) = left.first()?.kind else { return None };
        Some((end, applied(f, &quantity), quantity, true))
    }

    /// "as big (as Var(k_a^T q))": another moment, or the one that was spoken of last.
    fn as_big(&self, at: usize, plain: bool) -> Option<(usize, Vec<Token>)> {
        if !plain {
            return None;
        }
        let end = self.phrase(at, "as big|large|high|small|great").or_else(|| self.phrase(at, "the same|equal"))?;
        if let Some(start) = self.phrase(end, "as|to") {
            let (end, other, _, _) = self.moment(start).or_else(|| self.that_of(start, &self.tokens[..1]))?;
            return Some((end, other));
        }
        let last = self.memory.quantity.clone()?;
        matches!(last.first()?.kind, Tok::Function("Var" | "Std" | "Cov")).then_some((end, last))
    }

    /// "averaged over many draws", "on average", "in expectation".
    fn over_draws(&self, at: usize) -> Option<usize> {
        let ends = [
            "on average over",
            "on average",
            "on the average over",
            "on the average",
            "in expectation over",
            "in expectation",
            "in the mean over",
            "in the mean",
            "averaged over",
            "when averaged over",
            "if averaged over",
        ];
        let end = ends.iter().filter_map(|w| self.phrase(at, w)).max()?;
        if self.phrase(end - 1, "over").is_none_or(|e| e != end) {
            return Some(end);
        }
        let end = self.skip(end, &["many", "all", "the", "random", "several", "lots", "of", "our"]);
        let draws = self.phrase(end, "draws|samples|keys|realisations|realizations|trials|runs|repetitions|shots")?;
        Some(self.phrase(draws, "of").and_then(|e| self.phrase(self.skip(e, &["the"]), "keys")).unwrap_or(draws))
    }

    /// "in each perpendicular direction", "in all other directions", "across it".
    fn across(&self, at: usize) -> Option<usize> {
        let start = self.phrase(at, "in|along")?;
        let start = self.skip(start, &["each", "every", "any", "all", "the"]);
        let end = self.phrase(start, "perpendicular|orthogonal|other|remaining")?;
        self.phrase(end, "direction|directions|ones")
    }

    /// The one key whose covariance is its own.
    pub fn odd_key(&self) -> Option<String> {
        self.world.families.values().find_map(|f| match &f.law {
            Law::Gaussian { covariance, .. } if covariance.except.len() == 1 => covariance.except.keys().next().cloned(),
            _ => None,
        })
    }

    pub fn other_letter(&self, key: &str) -> Option<String> {
        self.world.letters.iter().find(|l| *l != key).cloned()
    }
}
