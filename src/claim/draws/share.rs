//! Shares of the draws and probabilities: "in roughly 92 % of the draws …", "… with probability 1/2", "this happens in about
//! 8 % of the draws", "95 % of the X lie between …", "half of the time".

use super::event::Event;
use super::said::{Clause, Said, applied, plain};
use crate::claim::phrases::NUMERALS;
use crate::language::{Relation, Tok, Token};

/// A share with how it is compared.
struct Share {
    relation: Relation,
    value: Vec<Token>,
}

/// Nouns for the draws.
const DRAWS: &[&str] = &[
    "draws",
    "draw",
    "samples",
    "sample",
    "cases",
    "realisations",
    "realizations",
    "shots",
    "trials",
    "runs",
    "experiments",
    "times",
    "simulations",
    "instances",
    "situations",
    "outcomes",
    "samplings",
    "time",
    "occasions",
];

/// Reads a clause that gives an event's probability.
pub fn read(c: &Clause) -> Option<Vec<Said>> {
    let (event, share) =
        leading(c).or_else(|| trailing(c)).or_else(|| probability_of(c)).or_else(|| of_the_draws(c)).or_else(|| make_up(c))?;
    Some(vec![Said {
        left: applied("P", &event.chain),
        relation: share.relation,
        right: share.value,
        event: Some(event.chain),
        quantity: None,
        tentative: event.tentative,
        in_limit: event.in_limit,
        third: None,
    }])
}

/// "In SHARE of the draws EVENT".
fn leading(c: &Clause) -> Option<(Event, Share)> {
    // "With probability 0.08 the key points backwards."
    let noun = "probability|chance|likelihood";
    if let Some(start) = c.phrase(0, &format!("with {noun}")).or_else(|| c.phrase(0, &format!("with a|the {noun}"))) {
        let (end, share) = c.share(c.skip(start, &["of"]))?;
        let comma = usize::from(c.tokens.get(end).is_some_and(|t| t.kind == Tok::Comma));
        let (end, event) = c.event(end + comma)?;
        return c.over(end).then_some((event, share));
    }
    let start = c.phrase(0, "in|for|with|over").unwrap_or(0);
    let (end, share) = c.share(start)?;
    let (end, of) = c.draws(end)?;
    if start == 0 && !of {
        return None;
    }
    let end = if c.tokens.get(end).is_some_and(|t| t.kind == Tok::Comma) { end + 1 } else { end };
    let (end, event) = c.event(end)?;
    c.over(c.skip(end, &["holds"])).then_some((event, share))
}

/// "EVENT (happens) in SHARE of the draws", "EVENT with probability SHARE", "EVENT has probability SHARE".
fn trailing(c: &Clause) -> Option<(Event, Share)> {
    let start = c.phrase(0, "the event").or_else(|| c.phrase(0, "the event that")).unwrap_or(0);
    let (end, event) = c.event(start).or_else(|| c.pronoun())?;
    let verb =
        ["happens", "occurs", "appears", "holds", "holds true", "is true", "is the case", "arises", "will happen", "can happen"];
    let after = verb.iter().filter_map(|w| c.phrase(end, w)).max().unwrap_or(end);
    let (after, _) = c.about_words(after);
    let noun = "probability|chance|likelihood";
    if let Some(start) = c.phrase(after, &format!("with {noun}")).or_else(|| c.phrase(after, &format!("with a|the {noun}"))) {
        return c.end_of_share(c.skip(start, &["of"])).map(|share| (event, share));
    }
    if after == end
        && let Some(has) = c.phrase(after, "has|have|had")
    {
        let start = c.phrase(c.skip(has, &["a", "the", "only", "just"]), noun)?;
        return c.end_of_share(c.skip(start, &["of"])).map(|share| (event, share));
    }
    let start = c.phrase(after, "in|for").unwrap_or(after);
    let (end, share) = c.share(start)?;
    let (end, of) = c.draws(end)?;
    (c.over(end) && of).then_some((event, share))
}

/// "the probability that EVENT is SHARE".
fn probability_of(c: &Clause) -> Option<(Event, Share)> {
    let start = c.phrase(c.skip(0, &["the", "a"]), "probability|chance|likelihood")?;
    let start = c.phrase(start, "that|of|for")?;
    let (end, event) = c.event(start).or_else(|| c.pronoun_at(start))?;
    let end = c
        .phrase(end, "is|equals|was|becomes")
        .or_else(|| matches!(c.tokens.get(end)?.kind, Tok::Rel(Relation::Equal)).then_some(end + 1));
    c.end_of_share(end?).map(|share| (event, share))
}

/// "SHARE of the samples have γ ∈ [0.5, 1.5]", "95 % of the X lie between …".
fn of_the_draws(c: &Clause) -> Option<(Event, Share)> {
    let (end, share) = c.share(0)?;
    let start = c.skip(c.phrase(end, "of")?, &["the", "all", "our", "these", "those"]);
    let draws = DRAWS.iter().chain(&["keys", "vectors", "values"]).any(|w| c.is(start, &[w]));
    if draws {
        let mut end = start + 1;
        if let Some(of) = c.phrase(end, "of") {
            (end, _) = c.quantity(of)?;
        }
        let verbs = c.skip(end, &["have", "has", "satisfy", "show", "give", "with", "we", "fulfil", "fulfill", "obey"]);
        if verbs > end
            && let Some((end, event)) = c.event(verbs)
            && c.over(end)
        {
            return Some((event, share));
        }
        // "… of the samples lie between 0.5 and 1.5": samples of what was spoken of last.
        let quantity = c.memory.quantity.clone()?;
        let (end, event) = c.predicate(end, &quantity)?;
        return c.over(end).then_some((Event { tentative: true, ..event }, share));
    }
    let (end, quantity) = c.quantity(start)?;
    let symbol = quantity.iter().any(|t| matches!(t.kind, Tok::Name(_)));
    let (end, event) = c.predicate(end, &quantity)?;
    (c.over(end) && symbol).then_some((event, share))
}

/// "Draws with EVENT make up SHARE of all draws".
fn make_up(c: &Clause) -> Option<(Event, Share)> {
    let start = c.skip(0, &["the", "those"]);
    let start = if c.is(start, DRAWS) { start + 1 } else { return None };
    let start =
        ["with", "where", "in which", "for which", "that have", "having"].iter().filter_map(|w| c.phrase(start, w)).max()?;
    let (end, event) = c.event(start)?;
    let verbs = ["make up", "amount to", "account for", "constitute", "are", "form", "happen in", "occur in", "come to", "cover"];
    let end = verbs.iter().filter_map(|w| c.phrase(end, w)).max()?;
    c.end_of_share(c.skip(end, &["only", "just"])).map(|share| (event, share))
}

impl Clause<'_> {
    /// A share to the clause's end, with or without its draws.
    fn end_of_share(&self, at: usize) -> Option<Share> {
        let (end, share) = self.share(at)?;
        if self.over(end) {
            return Some(share);
        }
        let (end, _) = self.draws(end)?;
        self.over(end).then_some(share)
    }

    /// "this", "that", "which", "the latter" before a verb: the event that was named last.
    fn pronoun(&self) -> Option<(usize, Event)> {
        self.pronoun_at(0)
    }

    fn pronoun_at(&self, at: usize) -> Option<(usize, Event)> {
        let end =
            ["this", "that", "which", "it", "the latter", "this event", "this case", "that event", "such an event", "the event"]
                .iter()
                .filter_map(|w| self.phrase(at, w))
                .max()?;
        let (chain, several) = self.memory.event()?;
        Some((end, Event { chain, in_limit: false, tentative: several }))
    }

    fn about_words(&self, at: usize) -> (usize, bool) {
        (self.skip(at, &["only", "just", "then"]), false)
    }

    /// "of the draws", "of the time", or nothing; whether the words stand there.
    fn draws(&self, at: usize) -> Option<(usize, bool)> {
        let Some(of) = self.phrase(at, "of").or_else(|| self.phrase(at, "out of")) else {
            return match self.is(at, DRAWS) {
                true => Some((at + 1, true)),
                false => Some((at, false)),
            };
        };
        let start = self.skip(of, &["the", "all", "our", "my", "random", "key", "these", "possible"]);
        self.is(start, DRAWS).then(|| start + 1).map(|end| {
            let keys = self.phrase(end, "of").map(|e| self.skip(e, &["the", "keys", "key"]));
            (keys.filter(|k| *k > end + 1).unwrap_or(end), true)
        })
    }

    /// A share: "92 %", "0.2 %", "half", "one in twelve", "clearly more than half", "most".
    fn share(&self, at: usize) -> Option<(usize, Share)> {
        const MUCH: &[&str] = &["clearly", "well", "far", "much", "significantly", "considerably", "distinctly"];
        let degree = at;
        let at = self.skip(at, &[MUCH, &["a", "the", "slightly"]].concat());
        let clearly = (degree..at).any(|i| self.is(i, MUCH));
        let bounds = [
            ("more than", Relation::Greater),
            ("over", Relation::Greater),
            ("above", Relation::Greater),
            ("less than", Relation::Less),
            ("fewer than", Relation::Less),
            ("under", Relation::Less),
            ("below", Relation::Less),
            ("at least", Relation::GreaterEqual),
            ("at most", Relation::LessEqual),
            ("up to", Relation::LessEqual),
        ];
        if let Some((end, relation)) = bounds.iter().find_map(|(w, r)| Some((self.phrase(at, w)?, *r))) {
            let (end, mut value) = self.amount(end)?;
            // "clearly more than half": by no rounding only.
            match relation {
                Relation::Greater if clearly => value.extend(plain("+ 0.02", self.world)),
                Relation::Less if clearly => value.extend(plain("- 0.02", self.world)),
                _ => {}
            }
            return Some((end, Share { relation, value }));
        }
        let (start, about) = self.about(at);
        if start == at
            && let Some(end) = ["most", "the majority", "the bulk", "majority"].iter().filter_map(|w| self.phrase(at, w)).max()
        {
            return Some((end, Share { relation: Relation::Greater, value: plain("1/2", self.world) }));
        }
        let (end, value) = self.amount(start)?;
        // Nobody counts draws to the last one: only "exactly" means it.
        let exactly = !about && (at..start).any(|i| self.is(i, &["exactly", "precisely"]));
        Some((end, Share { relation: if exactly { Relation::Equal } else { Relation::Approx }, value }))
    }

    fn amount(&self, at: usize) -> Option<(usize, Vec<Token>)> {
        let at = self.skip(at, &["a", "the"]);
        const WORDS: &[(&str, &str)] = &[
            ("half", "1/2"),
            ("one half", "1/2"),
            ("third", "1/3"),
            ("one third", "1/3"),
            ("two thirds", "2/3"),
            ("quarter", "1/4"),
            ("one quarter", "1/4"),
            ("three quarters", "3/4"),
            ("tenth", "1/10"),
            ("one tenth", "1/10"),
        ];
        if let Some((end, text)) = WORDS.iter().filter_map(|(w, t)| Some((self.phrase(at, w)?, *t))).max_by_key(|(end, _)| *end) {
            return Some((end, plain(text, self.world)));
        }
        self.ratio(at).or_else(|| {
            let (end, value) = self.operand(at)?;
            let closed = value.iter().all(|t| !matches!(t.kind, Tok::Rel(_)));
            let digits = value.iter().any(|t| matches!(t.kind, Tok::Number(_) | Tok::Function(_)));
            // "8 percent"
            if let Some(after) = self.phrase(end, "percent|pct")
                && let [Token { kind: Tok::Number(_), .. }] = value.as_slice()
            {
                let sign = Token { kind: Tok::Percent, ..value[0].clone() };
                return Some((after, vec![value[0].clone(), sign]));
            }
            (closed && digits).then_some((end, value))
        })
    }

    /// "one in twelve", "9 out of 10", "every second".
    fn ratio(&self, at: usize) -> Option<(usize, Vec<Token>)> {
        let (middle, above) = self.whole(at)?;
        let middle = self.skip(middle, DRAWS);
        let of_draws = |start: usize| self.whole(start).is_some_and(|(end, _)| self.is(self.skip(end, &["the", "all"]), DRAWS));
        let plain_of = || self.phrase(middle, "of").filter(|start| of_draws(*start));
        let between = self.phrase(middle, "in").or_else(|| self.phrase(middle, "out of")).or_else(plain_of)?;
        let (end, below) = self.whole(between)?;
        Some((end, plain(&format!("{above}/{below}"), self.world)))
    }

    fn whole(&self, at: usize) -> Option<(usize, String)> {
        match &self.tokens.get(at)?.kind {
            Tok::Number(n) if n.bytes().all(|b| b.is_ascii_digit()) => Some((at + 1, n.clone())),
            Tok::Word(w) => {
                let n = NUMERALS.iter().position(|x| *x == w.to_lowercase())?;
                Some((at + 1, n.to_string()))
            }
            _ => None,
        }
    }
}
