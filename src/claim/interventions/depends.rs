//! What depends on what, in words: "the values play no part in computing α", "c does not depend on the length of v_i", "the query
//! influences c only through the weights", "the weights depend only on the scores".

use super::effect::Parse;
use super::kinds::{Claim, Factor, Intervention, Observable, Operation, Outcome, Thing, Who};
use super::words::Words;

const THROUGH: &[&str] = &["through", "via", "by way of", "by means of", "by", "with the help of"];
const ENTERS: &[&str] = &[
    "enters",
    "enter",
    "influences",
    "influence",
    "affects",
    "affect",
    "acts on",
    "act on",
    "reaches",
    "reach",
    "determines",
    "determine",
    "changes",
    "change",
    "has an influence on",
    "have an influence on",
    "has influence on",
    "has an effect on",
    "have an effect on",
    "enters into",
    "enter into",
    "matters for",
    "matter for",
    "gets into",
    "get into",
];

impl Words {
    /// What a thing does as it is: "(the values) play no part in computing α".
    pub(super) fn cause(&self, at: usize, parse: Parse) -> Option<(usize, Claim)> {
        // "the length of v_j"
        let length =
            self.row(at, &["the length of", "the norm of", "the magnitude of", "the size of", "the lengths of", "the norms of"]);
        let (next, thing, who) = self.target(length.unwrap_or(at))?;
        if length.is_some() && !matches!(thing, Thing::Values | Thing::Keys | Thing::Query) {
            return None;
        }
        if let Some(found) = self.only_through(next, thing) {
            return Some(found);
        }
        if !matches!(who, Who::All | Who::Letter(_)) {
            return None;
        }
        let (end, observable, outcome) = self.no_entry(next).or_else(|| self.acts(next, parse))?;
        let plain = matches!(outcome, Outcome::Same | Outcome::Changes);
        // "The keys change the weights", not "the scores keep the weights as they are".
        let caused = plain && !self.is(next, &["leave", "leaves", "keep", "keeps", "preserve", "double", "doubles"]);
        // One value of many, where nearly nothing comes out of it.
        let of_one = matches!(who, Who::Letter(_)) && observable == Observable::Output;
        let operation = if length.is_some() { Operation::Scale(Factor::Positive) } else { Operation::Replace(None) };
        let change = Intervention { operation, thing, who };
        (caused && !of_one && observable != Observable::All).then_some((end, Claim::Does { change, observable, outcome }))
    }

    /// "(the values) do not enter α", "(the values) have no say in how large α_j is"
    fn no_entry(&self, at: usize) -> Option<(usize, Observable, Outcome)> {
        const ENTER: &[&str] = &[
            "enter",
            "enter into",
            "play a role in",
            "play any role in",
            "play a part in",
            "play any part in",
            "help determine",
            "determine",
            "matter for",
            "matter in",
            "have a say in",
            "have any say in",
            "influence",
            "affect",
        ];
        const NO_SAY: &[&str] = &[
            "has no say in",
            "have no say in",
            "has no part in",
            "have no part in",
            "has nothing to do with",
            "have nothing to do with",
            "is irrelevant for",
            "are irrelevant for",
            "is irrelevant to",
            "are irrelevant to",
        ];
        let start = match self.row(at, NO_SAY) {
            Some(start) => start,
            None => self.row(self.skip(self.denial(at)?, &["at", "all", "even"]), ENTER)?,
        };
        let (end, observable) = self.observable(self.computing(start))?;
        // "how large its own weight is"
        let end = self.skip(end, &["is", "are", "becomes", "anywhere", "at", "all"]);
        Some((end, observable, Outcome::Same))
    }

    /// "(the query) influences c only through the weights", "(the keys) enter c only via α"
    fn only_through(&self, at: usize, thing: Thing) -> Option<(usize, Claim)> {
        let only = self.is(at, &["only"]);
        let start = self.row(at + usize::from(only), ENTERS)?;
        let (next, observable) = self.observable(start)?;
        let only_behind = self.is(next, &["only", "solely", "exclusively", "just"]);
        if !(only || only_behind) {
            return None;
        }
        let via = self.row(next + usize::from(only_behind), THROUGH)?;
        let (end, via) = self.dependence(via)?;
        Some((end, Claim::Only { observable, on: vec![via], of: Some(thing) }))
    }

    /// "α does not depend on the values", "c depends on q only through the weights", "the weights depend only on the scores"
    pub(super) fn dependent(&self, at: usize) -> Option<(usize, Claim)> {
        let (next, observable) = self.observable(at)?;
        let does = |thing, who, outcome| {
            let change = Intervention { operation: Operation::Replace(None), thing, who };
            Claim::Does { change, observable: observable.clone(), outcome }
        };
        const FREE: &[&str] = &[
            "is independent of",
            "are independent of",
            "is no function of",
            "is not a function of",
            "never sees",
            "does not see",
            "do not see",
            "does not know",
            "do not know",
            "knows nothing of",
            "know nothing of",
            "knows nothing about",
            "know nothing about",
        ];
        let free = self.row(next, FREE).or_else(|| {
            let verb = self.denial(next).map(|n| self.skip(n, &["at", "all", "even", "explicitly"]))?;
            self.row(verb, &["depend on", "depend at all on", "rely on", "involve", "contain"])
        });
        if let Some(start) = free {
            let (end, thing, who) = self.target(self.skip(start, &["what", "which"]))?;
            return (who == Who::All).then(|| (end, does(thing, who, Outcome::Same)));
        }
        let only = self.is(next, &["only", "solely"]);
        let on = self.row(
            next + usize::from(only),
            &["depends", "depend", "is a function of", "are a function of", "is determined by", "are determined by"],
        )?;
        let only = only || self.is(on, &["only", "solely", "exclusively"]);
        let start = self.skip(on, &["only", "solely", "exclusively", "on"]);
        let (mut end, first) = self.dependence(start)?;
        let mut all = vec![first];
        while self.is(end, &["and", "comma"])
            && let Some((next, thing)) = self.dependence(self.skip(end + 1, &["on", "and"]))
        {
            all.push(thing);
            end = next;
        }
        // "k_1, …, k_n": the list goes on.
        if self.is(end, &["comma"]) && (self.at(end + 1).contains('_') || self.is(end + 1, &["dots", "…"])) {
            return None;
        }
        let behind = self.is(end, &["only", "alone"]);
        // "on q only through the weights"
        if behind
            && let Some(via) = self.row(end + 1, THROUGH)
            && let [of] = all.as_slice()
        {
            let (end, via) = self.dependence(via)?;
            return Some((end, Claim::Only { observable, on: vec![via], of: Some(*of) }));
        }
        if only || behind {
            let end = end + usize::from(behind);
            return Some((end, Claim::Only { observable, on: all, of: None }));
        }
        let ([thing], false) = (all.as_slice(), self.is(on, &["only"])) else { return None };
        (*thing != Thing::Weights).then(|| (end, does(*thing, Who::All, Outcome::Changes)))
    }

    /// What something depends on or goes through: all scores, all keys, the weights.
    fn dependence(&self, at: usize) -> Option<(usize, Thing)> {
        if let Some((end, Observable::Weights(Who::All) | Observable::Weights(Who::Letter(_)))) =
            self.observable(self.skip(at, &["its"]))
        {
            return Some((end, Thing::Weights));
        }
        let (end, thing, who) = self.target(self.skip(at, &["their", "its"]))?;
        (matches!(who, Who::All | Who::Letter(_)) && thing != Thing::Pairs).then_some((end, thing))
    }
}
