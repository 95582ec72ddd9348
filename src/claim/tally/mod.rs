//! Scores of parts counted at given sizes: "the first block: 8192", "vanilla 4 * 128^2 = 65536", "6.4 times less",
//! "for m = l/2 a middle block has half of the scores of a vanilla one".
//!
//! A part's text is cut into items; each is a part of a model with a number, or two parts with a quotient. Every
//! word of an item is known, or the item is left alone. Sizes are those given last before it.

mod again;
mod items;

use std::collections::BTreeMap;

use super::atoms::Atom;
use super::scaling::model_of;
use crate::language::Expr;
use crate::span::Span;
use crate::world::GrowthFile;
pub(super) use items::thousands;
use items::{assign, digit, is, items, number};

/// A size: a number, or a multiple of another variable.
#[derive(Debug, Clone, PartialEq)]
pub enum Size {
    /// `m = 64`.
    Is(f64),
    /// `m = l / 2`.
    Of(f64, String),
}

/// What is said of the scores of parts at sizes.
#[derive(Debug, Clone, PartialEq)]
pub struct Tally {
    /// The sizes in force.
    pub sizes: BTreeMap<String, Size>,
    /// What is said.
    pub said: Told,
    /// Whether scores are what is counted, and each once.
    pub certain: bool,
}

/// A number, or a quotient of two.
#[derive(Debug, Clone, PartialEq)]
pub enum Told {
    /// A part has as many, each of the values (`4 * 128^2 = 65536`).
    Number {
        /// The part, an index into the world's tallies.
        part: usize,
        /// How many such parts are spoken of, where one is not: each or all of them may be meant.
        many: f64,
        /// The values, all of them said to be the number.
        values: Vec<Expr>,
    },
    /// The scores of a part over those of another.
    Quotient {
        /// The part.
        part: usize,
        /// What it is compared with.
        of: usize,
        /// How the number is made of the quotient.
        how: How,
        /// The number, with half a unit of its last digit.
        value: (f64, f64),
    },
    /// The scores of a part over those that it had at the sizes before.
    Change {
        /// The part.
        part: usize,
        /// The sizes before.
        before: BTreeMap<String, Size>,
        /// How the number is made of the quotient.
        how: How,
        /// The number, with half a unit of its last digit.
        value: (f64, f64),
    },
}

/// How a number is made of a quotient.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum How {
    /// The quotient itself: "half of".
    Part,
    /// In percent: "37.5 % of".
    Percent,
    /// What is missing to all of it: "saves a quarter".
    Missing,
    /// The same in percent: "62.5 % less".
    Saved,
    /// Its inverse: "6.4 times fewer".
    Fewer,
    /// Whichever is above one: "a factor of 6.4".
    Factor,
    /// Whichever lies on the same side of one: "ratio 0.375".
    Ratio,
}

const FILL: &[&str] = &[
    "the",
    "a",
    "an",
    "of",
    "in",
    "for",
    "per",
    "head",
    "each",
    "every",
    "is",
    "are",
    "has",
    "have",
    "had",
    "needs",
    "need",
    "takes",
    "uses",
    "requires",
    "costs",
    "cost",
    "gives",
    "get",
    "gets",
    "counts",
    "count",
    "computes",
    "compute",
    "forms",
    "form",
    "it",
    "this",
    "that",
    "they",
    "these",
    "those",
    "so",
    "i",
    "we",
    ":",
    "=",
    "makes",
    "make",
    "then",
    "hence",
    "thus",
    "only",
    "just",
    "exactly",
    "model",
    "transformer",
    "network",
    "variant",
    "attention",
    "self",
    "-",
    "score",
    "scores",
    "number",
    "matrix",
    "matrices",
    "size",
    "sizes",
    "would",
    "be",
    "will",
    "which",
    "e",
    "altogether",
    "together",
    "sum",
    "as",
    "than",
    "compared",
    "to",
    "with",
    "against",
    "share",
    "and",
    "at",
    "by",
    "about",
    "roughly",
    "one",
    "s",
    "its",
    "two",
    "ones",
    "here",
    "all",
    "both",
    "A",
    "I",
    "total",
    "whole",
    "layer",
    "block",
    "sequence",
    "or",
    "down",
    "up",
    "factor",
    "from",
    "on",
    "now",
    "even",
    "therefore",
    "instead",
    "computed",
    "have",
];
const SAVES: &[&str] = &["saving", "savings", "saves", "save", "saved", "reduction", "reduces", "reduced"];
const FEWER: &[&str] = &["fewer", "less", "smaller", "cheaper"];
/// What the items before have left.
#[derive(Default)]
struct State {
    sizes: BTreeMap<String, Size>,
    /// The sizes before the item, where it gives others.
    before: Option<BTreeMap<String, Size>>,
    /// The parts of two numbers side by side, in the item before.
    pair: Option<(usize, usize)>,
    /// Whether the item before gave a number of one part.
    counted: bool,
    /// Whether numbers of scores are listed, "number of scores: …".
    listing: bool,
    last: Option<usize>,
    model: Option<String>,
}

/// What a part says of scores at sizes. `part` has the world's letters.
pub fn find(growth: &GrowthFile, part: &[Atom], text: &str, expression: &dyn Fn(&str) -> Option<Expr>) -> Vec<(Span, Tally)> {
    if growth.tallies.is_empty() {
        return vec![];
    }
    let certain = counts_scores(growth, part);
    let mut state = State::default();
    let mut out = Vec::new();
    for mut item in items(part, text) {
        let Some(span) = item.first().zip(item.last()).map(|(a, b)| a.span.to(b.span)) else { continue };
        let sizes = state.sizes.clone();
        assign(growth, &mut item, &mut state.sizes);
        state.before = (sizes != state.sizes && !sizes.is_empty()).then_some(sizes);
        state.listing = lists(growth, &item) || state.listing && item.iter().any(digit);
        let words: Vec<String> = item.iter().map(|a| a.text.clone()).collect();
        state.model = model_of(growth, &words).or(state.model);
        let summed = again::total(growth, &item, &state, expression);
        let sum = summed.is_some();
        let one = again::share(&item, state.pair.take())
            .or(summed)
            .or_else(|| again::changed(growth, &item, &state))
            .or_else(|| quotient(growth, &item, &state))
            .or_else(|| counted(growth, &item, &state, expression));
        let said = match one {
            Some(said) => vec![(span, said)],
            None => again::two(growth, &item, &state, expression),
        };
        if let [(_, Told::Number { part: a, .. }), (_, Told::Number { part: b, .. })] = said.as_slice() {
            state.pair = Some((*a, *b));
        }
        // "65536 for vanilla, 24576 for the perceiver": two models whole, one behind the other.
        let whole = |part: usize| growth.tallies[part].whole;
        if let [(_, Told::Number { part, .. })] = said.as_slice() {
            let before = state.last.filter(|last| last != part && whole(*last) && state.counted);
            state.pair = before.filter(|_| whole(*part)).map(|before| (*part, before));
        }
        state.counted = matches!(said.as_slice(), [(_, Told::Number { .. })]);
        // "The first cross attention has l m scores": who was spoken of last, read or not.
        let marked = |a: &&Atom| growth.tallies.iter().any(|t| t.marks.iter().any(|m| m.split('|').any(|w| w == a.text)));
        if said.is_empty() && item.iter().any(|a| marked(&a)) {
            state.last = part_of(growth, &item.iter().collect::<Vec<_>>(), &state);
        }
        for (span, said) in said {
            let (Told::Number { part, .. } | Told::Quotient { part, .. } | Told::Change { part, .. }) = &said;
            state.last = Some(*part);
            // A number that a word bounds may miss on one side.
            let bounded = is_bounded(&item);
            out.push((span, Tally { sizes: state.sizes.clone(), said, certain: certain && !bounded && !sum }));
        }
    }
    out
}

/// Whether a part counts scores, each once, and nothing else.
pub(super) fn counts_scores(growth: &GrowthFile, part: &[Atom]) -> bool {
    let spoken = |list: &[&str]| part.iter().any(|a| list.contains(&a.text.as_str()));
    let once =
        |noun: &str| (1..part.len()).any(|i| part[i].text == noun && is(part.get(i - 1), &["per", "one", "each", "single", "a"]));
    // "ignoring the causal mask", "without a mask".
    let unmasked = |i: usize| {
        (1..4).any(|n| i.checked_sub(n).is_some_and(|k| is(part.get(k), &["no", "without", "ignoring", "neglecting"])))
    };
    let masked = (0..part.len()).any(|i| is(part.get(i), &["mask", "masked", "causal", "triangular"]) && !unmasked(i));
    let counts_other = spoken(&["flops", "operations", "multiplications", "flop", "multiply"]);
    let manifold = spoken(&["heads", "batch"]) && !once("head");
    let scores = part.iter().any(|a| growth.units.contains(&a.text));
    scores && !counts_other && !manifold && !masked
}

/// "Number of scores (per head): …": what follows lists numbers of scores.
fn lists(growth: &GrowthFile, item: &[Atom]) -> bool {
    let Some(noun) = item.iter().position(|a| growth.units.contains(&a.text)) else { return false };
    let counts = item[..noun].iter().any(|a| matches!(a.text.as_str(), "number" | "count" | "counting" | "numbers"));
    let headed = item.iter().any(|a| a.text == ":");
    (counts || noun == 0) && headed
}

fn is_bounded(item: &[Atom]) -> bool {
    item.iter().any(|a| matches!(a.text.as_str(), "about" | "roughly" | "≈" | "~"))
}

/// The part that words name: none where a word names nothing known.
fn part_of(growth: &GrowthFile, words: &[&Atom], state: &State) -> Option<usize> {
    let has = |w: &str| words.iter().any(|a| a.text == w);
    let mentioned = model_of(growth, &words.iter().map(|a| a.text.clone()).collect::<Vec<_>>()).or_else(|| state.model.clone());
    growth.tallies.iter().position(|t| {
        t.marks.iter().all(|m| m.split('|').any(has))
            && !t.unless.iter().any(|u| has(u))
            && (!t.mentioned || mentioned.as_ref() == Some(&t.model))
    })
}

/// Whether a word says nothing of a part, or is one that names parts.
fn known(growth: &GrowthFile, a: &Atom) -> bool {
    FILL.contains(&a.text.as_str()) || growth.units.contains(&a.text) || names(growth, a)
}

/// Whether a word tells parts apart.
fn names(growth: &GrowthFile, a: &Atom) -> bool {
    let listed = |list: &[String]| list.iter().any(|m| m.split('|').any(|w| w == a.text));
    growth.tallies.iter().any(|t| listed(&t.marks) || listed(&t.unless))
}

/// The words that have to name a part: none of them, or the part.
fn named(growth: &GrowthFile, words: &[&Atom], state: &State) -> Option<Option<usize>> {
    let plain =
        |a: &&&Atom| !matches!(a.text.as_str(), "each" | "per" | "total" | "whole" | "all" | "matrix" | "attention" | "one");
    match part_of(growth, words, state) {
        Some(part) => Some(Some(part)),
        None => (!words.iter().filter(plain).any(|a| names(growth, a))).then_some(None),
    }
}

/// "the first block: 8192", "60000 scores for the vanilla model".
fn counted(growth: &GrowthFile, item: &[Atom], state: &State, expression: &dyn Fn(&str) -> Option<Expr>) -> Option<Told> {
    let (mut values, mut words, mut many) = (Vec::new(), Vec::new(), 1.0);
    let mut at = 0;
    let mut ended = None;
    while at < item.len() {
        let arithmetic = |a: &&Atom| {
            digit(a) || growth.variables.contains_key(&a.text) || is(Some(a), &["*", "^", "/", "+", "-", "(", ")", "x"])
        };
        let run: Vec<&Atom> = item[at..].iter().take_while(arithmetic).collect();
        let numbers = run.iter().filter(|a| digit(a)).count();
        if numbers == 0 || is(run.first().copied(), &["*", "^", "/", "+", ")", "x", "-"]) {
            words.push(&item[at]);
            at += 1;
            continue;
        }
        let next = item.get(at + run.len());
        // "the 2 inner blocks": how many, and no number of scores.
        if let ([one], Some(next)) = (run.as_slice(), next)
            && names(growth, next)
            && !is(Some(next), &["each", "per", "total", "all", "whole"])
        {
            many = number(Some(one)).filter(|(n, _)| (1.0..=64.0).contains(n))?.0;
        } else {
            // One chain: the numbers stand beside each other with `=` between them.
            let joined = ended.is_none_or(|e: usize| e + 1 == at && is(item.get(e), &["=", "≈"]));
            let spelled: Vec<&str> = run.iter().map(|a| if a.text == "x" { "*" } else { a.text.as_str() }).collect();
            values.push(expression(&spelled.join(" ")).filter(|_| joined)?);
            ended = Some(at + run.len());
        }
        at += run.len();
    }
    let both = |a: &str, b: &str| words.iter().any(|w| w.text == a) && words.iter().any(|w| w.text == b);
    let pairs = words.iter().any(|w| matches!(w.text.as_str(), "both" | "two")) || both("first", "last") || both("down", "up");
    many = if pairs { 2.0 } else { many };
    // "middle blocks: 2", "vanilla: 6": so few are no scores.
    const FEWEST: f64 = 50.0;
    if values.iter().all(|v: &Expr| matches!(v, Expr::Number(n) if n.value < FEWEST)) {
        return None;
    }
    // "m^2 scores" counts in letters, not at sizes.
    if !state.listing && values.iter().all(|v: &Expr| !v.symbols().is_empty()) {
        return None;
    }
    let whole = words.iter().all(|a| known(growth, a)) && !words.iter().any(|a| FEWER.contains(&a.text.as_str()));
    // "For m = 32 it would be 10240": the part that was counted last.
    let pronoun = words.iter().filter(|a| matches!(a.text.as_str(), "it" | "this" | "that")).count() == 1
        && !words.iter().any(|a| names(growth, a));
    let last = state.last.filter(|p| pronoun && growth.tallies[*p].whole);
    let part = part_of(growth, &words, state).or(last).filter(|_| whole && !values.is_empty())?;
    // "Perceiver: two blocks with 128·32 = 4096": which of its blocks is not said.
    let has = |list: &[&str]| words.iter().any(|w| list.contains(&w.text.as_str()));
    let some = many > 1.0 && has(&["with", "of"]) && !has(&["all", "total", "altogether", "together", "whole", "sum"]);
    if growth.tallies[part].whole && some {
        return None;
    }
    // "all blocks" of a model are the whole of it, however many there are.
    let many = if growth.tallies[part].whole { 1.0 } else { many };
    Some(Told::Number { part, many, values })
}

/// A number that compares: how, its value and the atoms that say it.
fn compares(item: &[Atom], at: usize, saves: bool) -> Option<(How, (f64, f64), usize)> {
    let t = |n: usize, words: &[&str]| is(item.get(at + n), words);
    let word = |w: &str| item.get(at).is_some_and(|a| a.text == w);
    if let Some(value) = number(item.get(at)) {
        if t(1, &["%", "percent"]) {
            let how = match () {
                () if t(2, FEWER) || saves => How::Saved,
                () if t(2, &["more", "larger", "higher"]) => return None,
                // "vanilla: 23.6 %" may be an accuracy.
                () if t(2, &["of"]) || item.iter().any(|a| matches!(a.text.as_str(), "share" | "ratio")) => How::Percent,
                () => return None,
            };
            return Some((how, value, 2 + usize::from(t(2, FEWER))));
        }
        if t(1, &["times"]) || t(1, &["-"]) && t(2, &["fold"]) {
            let unit = if t(1, &["times"]) { 2 } else { 3 };
            if t(unit, FEWER) || saves {
                return Some((How::Fewer, value, unit + 1));
            }
            let many = t(unit, &["as"]) && t(unit + 1, &["many", "much"]);
            return many.then_some((How::Part, value, unit + 2));
        }
        let under = number(item.get(at + 2)).filter(|u| t(1, &["/"]) && t(3, &["of"]) && u.0 > 0.0)?;
        return Some((if saves { How::Missing } else { How::Part }, (value.0 / under.0, 0.0), 3));
    }
    if word("ratio") || word("quotient") {
        let from = 1 + usize::from(t(1, &["of", "is", "="]));
        return number(item.get(at + from)).map(|v| (How::Ratio, v, from + 1));
    }
    if word("factor") {
        let from = 1 + usize::from(t(1, &["of"]));
        return number(item.get(at + from)).map(|v| (How::Factor, v, from + 1));
    }
    let parts = [("half", 0.5), ("third", 1.0 / 3.0), ("quarter", 0.25), ("fourth", 0.25), ("eighth", 0.125), ("twice", 2.0)];
    let (_, value) = parts.iter().find(|(n, _)| word(n))?;
    let many = t(1, &["as"]) && t(2, &["many", "much"]);
    let used = if many { 3 } else { 1 };
    (many || t(1, &["of", "the"]) || saves).then_some((if saves { How::Missing } else { How::Part }, (*value, 0.0), used))
}

/// "the perceiver needs 37.5 % of the scores", "so 6.4 times less", "the saving is a factor of 25".
fn quotient(growth: &GrowthFile, item: &[Atom], state: &State) -> Option<Told> {
    if state.sizes.is_empty() {
        return None;
    }
    let saves = item.iter().any(|a| SAVES.contains(&a.text.as_str()));
    let (at, (how, value, used)) = (0..item.len()).find_map(|i| Some((i, compares(item, i, saves)?)))?;
    let spoken =
        |list: &'_ [Atom]| -> bool { list.iter().all(|a| known(growth, a) && !digit(a) || SAVES.contains(&a.text.as_str())) };
    let (before, after) = (&item[..at], &item[(at + used).min(item.len())..]);
    if !(spoken(before) && spoken(after)) {
        return None;
    }
    let words = |list: &'_ [Atom]| -> Vec<Atom> { list.to_vec() };
    let (before, after) = (words(before), words(after));
    let (first, second): (Vec<&Atom>, Vec<&Atom>) = (before.iter().collect(), after.iter().collect());
    // A part's name may be cut by the number: "the vanilla block has twice the scores of a middle block" is not.
    let whole = |model: &str, same: bool| growth.tallies.iter().position(|t| t.whole && (t.model == model) == same);
    let saving = saves || how == How::Factor;
    let part = match named(growth, &first, state)? {
        Some(part) => part,
        None => match state.last? {
            last if saving && growth.tallies[last].whole => smaller(growth)?,
            last => last,
        },
    };
    // "of a vanilla one": a part of the same kind.
    let noun = Atom { text: "block".into(), span: Span::default() };
    let second: Vec<&Atom> = match second.iter().any(|a| a.text == "one") && !growth.tallies[part].whole {
        true => second.iter().copied().chain([&noun]).collect(),
        false => second,
    };
    // "a quarter of that": of what was counted before, whatever that is.
    let pronoun = |a: &&Atom| matches!(a.text.as_str(), "that" | "this" | "it" | "these" | "those");
    if second.iter().any(pronoun) && second.iter().all(|a| pronoun(a) || matches!(a.text.as_str(), "of" | "the" | "." | ",")) {
        return None;
    }
    let of = match named(growth, &second, state)? {
        Some(of) => of,
        None if growth.tallies[part].whole => whole(&growth.tallies[part].model, false)?,
        None => {
            let own = &growth.tallies[part].model;
            growth.tallies.iter().position(|t| !t.whole && t.model != *own)?
        }
    };
    (part != of).then_some(Told::Quotient { part, of, how, value })
}

/// The whole of the model that the regime's smaller variable belongs to.
fn smaller(growth: &GrowthFile) -> Option<usize> {
    let variable = growth.regimes.first()?.split_once("<=")?.0.trim();
    growth.tallies.iter().position(|t| t.whole && t.scores.split(|c: char| !c.is_alphabetic()).any(|w| w == variable))
}

#[cfg(test)]
mod tests;
