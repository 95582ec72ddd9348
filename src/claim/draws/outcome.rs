//! What comes out, in words: "head 1 takes v_a", "each head returns about ½ (v_a + v_b)", "c_1 is the mean of the other
//! values", "c lands close to v_a or close to v_b", "the output keeps jumping between v_a and v_b".
//!
//! WHO VERB WHAT: who is one of the outputs or both of them, what is an expression, a mean, or one of two values.

use super::said::{Clause, Said, applied, plain, said_index};
use super::what::What;
use super::who::Who;
use crate::language::{Relation, Tok, Token};

/// Verbs after which the thing that comes out stands.
const RETURNS: &[&str] = &[
    "returns",
    "return",
    "outputs",
    "output",
    "gives",
    "give",
    "yields",
    "yield",
    "produces",
    "produce",
    "takes",
    "take",
    "copies",
    "copy",
    "picks",
    "pick",
    "selects",
    "select",
    "shows",
    "show",
    "delivers",
    "deliver",
    "emits",
    "emit",
    "reports",
    "report",
    "resembles",
    "resemble",
    "hands",
    "hand",
    "passes",
    "pass",
    "sends",
    "send",
    "reads",
    "chooses",
    "choose",
    "puts",
    "put",
    "attends",
    "attend",
    "favours",
    "favors",
];

/// Words that belong to such a verb.
const PARTICLES: &[&str] = &["out", "on", "over", "back", "to"];

/// Verbs that end at a place, with the preposition behind them.
const ENDS: &[&str] = &[
    "is",
    "are",
    "was",
    "be",
    "becomes",
    "become",
    "stays",
    "stay",
    "remains",
    "remain",
    "lies",
    "lie",
    "lands",
    "land",
    "ends",
    "end",
    "sits",
    "sit",
    "settles",
    "settle",
    "comes",
    "come",
    "falls",
    "fall",
    "equals",
    "equal",
    "gets",
    "get",
    "goes",
    "go",
    "tends",
    "tend",
    "converges",
    "converge",
    "moves",
    "move",
    "approaches",
    "approach",
    "reaches",
    "reach",
];

/// Of these, the ones of what comes closer and closer.
const MOVES: &[&str] = &[
    "goes",
    "go",
    "tends",
    "tend",
    "converges",
    "converge",
    "moves",
    "move",
    "approaches",
    "approach",
    "reaches",
    "reach",
    "comes",
    "come",
];

/// Words between such a verb and the place.
const PLACES: &[&str] =
    &["up", "at", "near", "close", "to", "on", "in", "around", "next", "closer", "beside", "with", "by", "identical", "equal"];

/// Adverbs that change nothing.
const ADVERBS: &[&str] = &[
    "only",
    "just",
    "already",
    "then",
    "also",
    "still",
    "now",
    "always",
    "even",
    "again",
    "therefore",
    "thus",
    "hence",
    "simply",
    "instead",
    "essentially",
    "basically",
    "ever",
    "consistently",
    "here",
    "too",
    "either",
    "steadily",
    "mostly",
];

/// Reads a clause that says what comes out.
pub fn read(c: &Clause) -> Option<Vec<Said>> {
    if let Some(said) = wins(c) {
        return Some(said);
    }
    if let Some(said) = same_output(c) {
        return Some(said);
    }
    // "…, and so does the average of both heads"
    if let Some(start) = c.phrase(0, "does|do") {
        let who = c.who(start)?;
        let value = c.memory.came_out.clone()?;
        return c.over(who.end).then(|| vec![c.close(&who, Relation::Approx, value, who.sure)]);
    }
    let who = c.who(0)?;
    swings(c, &who).or_else(|| averages(c, &who)).or_else(|| comes_out(c, &who))
}

/// An output that a clause is near to, as an event: "head 1 returns v_a", "c lands close to v_b".
pub fn event(c: &Clause, at: usize) -> Option<(usize, Vec<Token>, Vec<Token>)> {
    let who = c.who(at)?;
    let (start, _, _) = c.gives(who.end, &who)?;
    let (end, what, _) = c.what(start, &who)?;
    match (what, who.outputs.as_slice()) {
        (What::One(value), [one]) => Some((end, one.clone(), value)),
        _ => None,
    }
}

/// "head 1", "the second head" from a word on.
pub fn head(c: &Clause, at: usize) -> Option<(usize, String)> {
    c.one_head(at)
}

/// One output that words or a sign name.
pub fn output(c: &Clause, at: usize) -> Option<(usize, Vec<Token>)> {
    let who = c.who(at)?;
    let [one] = who.outputs.as_slice() else { return None };
    who.sure.then(|| (who.end, one.clone()))
}

/// "both queries equal β (μ_a + μ_b)", "both heads use the same query …": the two slots get one filling.
pub fn queries(c: &Clause) -> Option<Vec<Said>> {
    if c.world.slots.len() != 2 {
        return None;
    }
    let start = c.skip(0, &["the", "my", "here", "with"]);
    let starts = [
        "both queries",
        "two queries",
        "both queries are",
        "both queries equal",
        "both queries are equal to",
        "both queries equal to",
        "two queries are",
        "two queries are both",
        "both queries being",
        "both queries were",
        "both heads use",
        "both heads use the query",
        "both heads use the same query",
        "both heads get",
        "both heads get the query",
        "both heads get the same query",
        "both heads have the query",
        "both heads have the same query",
        "both heads share the query",
        "same query for both heads",
        "same query in both heads",
        "queries are both",
        "queries both equal",
        "queries both equal to",
    ];
    let end = c.longest_phrase(start, &starts)?;
    let sign = c.tokens.get(end).is_some_and(|t| matches!(t.kind, Tok::Rel(Relation::Equal) | Tok::Colon));
    let (end, value) = c.operand(end + usize::from(sign))?;
    let vector = value.iter().any(|t| t.is_name("mu") || t.is_name("k"));
    (c.over(end) && vector).then(|| {
        let third = Some((Relation::Equal, value));
        vec![Said { third, ..Said::of(plain("q_1", c.world), Relation::Equal, plain("q_2", c.world), true) }]
    })
}

/// The head that the sentence named last before the clause.
pub fn head_before(c: &Clause) -> Option<String> {
    c.last_head().filter(|(_, sure)| *sure).map(|(n, _)| n)
}

/// The letters that "the other values" at a place leave out, after a head; and whether that is sure.
pub fn others(c: &Clause, head: Option<&str>) -> Option<(Vec<String>, bool)> {
    c.others(0, usize::from(head == Some("2"))).map(|(_, out, sure)| (out, sure))
}

/// "the vector v_a wins the softmax", "key b takes over": what comes out of one query, or of the head that is named.
fn wins(c: &Clause) -> Option<Vec<Said>> {
    let start = c.skip(0, &["the", "vector", "value"]);
    let (end, letter) = c.letter(start)?;
    let ways = [
        "wins",
        "wins the softmax",
        "wins the race",
        "wins the competition",
        "takes over",
        "dominates",
        "dominates the softmax",
        "dominates the output",
        "comes out",
        "comes out on top",
        "takes everything",
        "takes all",
        "takes all the weight",
        "gets all the weight",
        "gets nearly all the weight",
        "gets almost all the weight",
        "gets almost all of the weight",
        "is copied",
        "is returned",
        "is selected",
        "is picked",
        "is chosen",
        "is the output",
        "prevails",
        "is handed through",
        "is passed through",
    ];
    let end = c.longest_phrase(end, &ways)?;
    let (end, output) = match c.world.slots.len() {
        1 => (end, "c".to_string()),
        2 => {
            let (end, query) = c.query_named(end)?;
            (end, query.replace("q_", "c_"))
        }
        _ => return None,
    };
    let value = plain(&format!("v_{letter}"), c.world);
    c.over(c.tail(end).0).then(|| vec![Said::of(plain(&output, c.world), Relation::Approx, value, true)])
}

fn comes_out(c: &Clause, who: &Who) -> Option<Vec<Said>> {
    let (start, relation, copies) = c.gives(who.end, who)?;
    let (end, what, known) = c.what(start, who)?;
    let (tail, chances) = c.tail(end);
    if !c.over(tail) {
        return None;
    }
    // "head 2 returns v_a only (if X < -1)": of some draws.
    let sure = who.sure && known && !c.is(tail.saturating_sub(1), &["only"]);
    match what {
        // `c_1 → v_a` in signs and one verb: the reader of verbs knows it.
        What::One(_) if !who.worded && !copies && c.signs(start, end) && !c.wordy(who.end, start) => None,
        What::One(value) if chances.is_none() => Some(vec![c.close(who, relation, value, sure)]),
        What::One(_) => None,
        What::Either(one, other) => {
            let [output] = who.outputs.as_slice() else { return None };
            let at = |value: &[Token]| applied("P", &c.near(output, value).chain);
            Some(vec![match chances {
                Some(share) => Said {
                    third: Some((Relation::Approx, at(&other))),
                    in_limit: true,
                    ..Said::of(at(&one), Relation::Approx, plain(share, c.world), sure)
                },
                None => {
                    let mut sum = at(&one);
                    sum.extend(plain("+", c.world));
                    sum.extend(at(&other));
                    Said { in_limit: true, ..Said::of(sum, Relation::Approx, plain("1", c.world), sure) }
                }
            }])
        }
    }
}

/// "both heads give exactly the same output", "the outputs of the two heads are identical".
fn same_output(c: &Clause) -> Option<Vec<Said>> {
    if c.world.slots.len() != 2 {
        return None;
    }
    let start = c.skip(0, &["the", "outputs", "of", "then"]);
    let end = c.longest_phrase(
        start,
        &["both heads", "two heads", "heads", "both queries", "two queries", "two outputs", "both outputs"],
    )?;
    let verb = c.phrase(c.skip(end, ADVERBS), "give|return|produce|yield|have|are|output|deliver")?;
    let (at, about) = c.about(c.skip(verb, ADVERBS));
    let at = c.skip(at, &["the", "a", "very"]);
    let ends = [
        "same output",
        "same result",
        "same vector",
        "same output vector",
        "identical output",
        "identical outputs",
        "identical results",
        "identical",
        "same",
        "equal",
    ];
    let end = c.longest_phrase(at, &ends)?;
    let end = c.longest_phrase(end, &["in every draw", "in each draw", "in all draws"]).unwrap_or(end);
    let [one, other] = ["c_1", "c_2"].map(|n| plain(n, c.world));
    let relation = if about { Relation::Approx } else { Relation::Equal };
    c.over(end).then(|| vec![Said::of(one, relation, other, true)])
}

/// "each head averages (on its own)".
fn averages(c: &Clause, who: &Who) -> Option<Vec<Said>> {
    let end = c.phrase(c.skip(who.end, ADVERBS), "averages|average")?;
    let [a, b] = c.world.letters.as_slice() else { return None };
    let value = plain(&format!("1/2 (v_{a} + v_{b})"), c.world);
    c.over(c.tail(end).0).then(|| vec![c.close(who, Relation::Approx, value, who.sure)])
}

/// "jumps between v_a and v_b", "keeps switching from v_a to v_b": both come out, again and again.
fn swings(c: &Clause, who: &Who) -> Option<Vec<Said>> {
    let [output] = who.outputs.as_slice() else { return None };
    if let Some((one, other)) = sometimes(c, who) {
        return Some(vec![both_come_out(c, output, &one, &other, who.sure)]);
    }
    let start = c.skip(who.end, ADVERBS);
    let start = c.skip(start, &["is", "are", "constantly", "permanently", "always"]);
    let start = c.skip(start, &["keeps", "keep", "continues", "continue", "to", "on", "will", "would"]);
    let stems = ["jump", "switch", "flip", "swing", "alternat", "oscillat", "hop", "fluctuat", "toggl", "bounc"];
    c.word(start).filter(|w| stems.iter().any(|s| w.starts_with(s)))?;
    let start = c.skip(start + 1, &["back", "and", "forth", "wildly", "strongly", "randomly"]);
    let between = c.phrase(start, "between");
    let (middle, one) = c.value_of(between.or_else(|| c.phrase(start, "from"))?)?;
    let joint = if between.is_some() { "and" } else { "to" };
    let (end, other) = c.value_of(c.phrase(middle, joint)?)?;
    if !c.over(c.tail(end).0) || !one.iter().chain(&other).any(|t| t.is_name("v")) {
        return None;
    }
    // With one query the question has its own proposition for its own two values.
    let own = |v: &[Token], letter: &str| said_index(v).is_some_and(|l| l == letter);
    let [a, b] = c.world.letters.as_slice() else { return None };
    if c.world.slots.len() == 1 && (own(&one, a) && own(&other, b) || own(&one, b) && own(&other, a)) {
        return None;
    }
    Some(vec![both_come_out(c, output, &one, &other, who.sure)])
}

/// Each must come out in some share of the draws: of all of them, and so of the half of them that a writer may keep.
fn both_come_out(c: &Clause, output: &[Token], one: &[Token], other: &[Token], sure: bool) -> Said {
    if let Some(said) = fair_coin(c, output, one, other, sure) {
        return said;
    }
    let mut product = applied("P", &c.near(output, one).chain);
    product.extend(applied("P", &c.near(output, other).chain));
    let mut said = Said::of(product, Relation::Greater, plain("0.005", c.world), sure);
    said.quantity = Some(output.to_vec());
    said.in_limit = true;
    said
}

/// Between the question's two values: the weight of one of them is a coin then, of variance 1/4.
fn fair_coin(c: &Clause, output: &[Token], one: &[Token], other: &[Token], sure: bool) -> Option<Said> {
    let [a, b] = c.world.letters.as_slice() else { return None };
    let own = |v: &[Token], letter: &str| v[0].is_name("v") && said_index(v).is_some_and(|l| l == letter);
    if !(own(one, a) && own(other, b) || own(one, b) && own(other, a)) {
        return None;
    }
    let weight = match super::said::indexed(output) {
        Some((_, Token { kind: Tok::Number(n), .. })) => format!("alpha_{{{n},{a}}}"),
        None if output.len() == 1 => format!("alpha_{a}"),
        _ => return None,
    };
    let variance = applied("Var", &plain(&weight, c.world));
    Some(Said {
        quantity: Some(output.to_vec()),
        in_limit: true,
        ..Said::of(variance, Relation::Approx, plain("1/4", c.world), sure)
    })
}

/// "c is sometimes v_a and sometimes v_b", "c is once near v_a, once near v_b".
fn sometimes(c: &Clause, who: &Who) -> Option<(Vec<Token>, Vec<Token>)> {
    let verb = c.phrase(c.skip(who.end, ADVERBS), "is|gives|returns|becomes|equals|looks|lies|shows|was|sits")?;
    let often = |at: usize| c.phrase(c.skip(at, &["and", "then", "but"]), "sometimes|once|occasionally");
    let near = |at: usize| c.skip(at, &["close", "to", "near", "almost", "about", "like", "nearly", "at", "only", "just"]);
    let (middle, one) = c.value_of(near(often(verb)?))?;
    let comma = usize::from(c.tokens.get(middle).is_some_and(|t| t.kind == Tok::Comma));
    let (end, other) = c.value_of(near(often(middle + comma)?))?;
    (c.over(c.tail(end).0) && one.iter().chain(&other).any(|t| t.is_name("v"))).then_some((one, other))
}

impl Clause<'_> {
    /// The verb: where what comes out begins, the relation, and whether it is a verb of giving.
    fn gives(&self, at: usize, who: &Who) -> Option<(usize, Relation, bool)> {
        let start = self.skip(at, ADVERBS);
        let start = self.skip(start, &["will", "would", "can", "must", "should", "do", "does", "more", "or", "less"]);
        if self.is(start, &["not", "never", "no"]) {
            return None;
        }
        let start = self.skip(start, ADVERBS);
        if self.is(start, RETURNS) && (who.worded || !self.is(start, &["is", "are"])) {
            let end = self.skip(start + 1, PARTICLES);
            let (end, _) = self.about(self.skip(end, ADVERBS));
            return Some((self.skip(end, ADVERBS), Relation::Approx, true));
        }
        if !self.is(start, ENDS) {
            return None;
        }
        let moves = self.is(start, MOVES);
        let mut end = start + 1;
        let mut place = false;
        loop {
            let after = self.skip(self.about(self.skip(end, ADVERBS)).0, ADVERBS);
            let after = if self.phrase(after, "the same as").is_some() { after + 3 } else { after };
            let on = self.is(after, PLACES);
            place |= on || after > end;
            let next = after + usize::from(on);
            if next == end {
                break;
            }
            end = next;
        }
        if self.is(end, &["not", "never", "no", "longer"]) {
            return None;
        }
        let rests = self.is(start, &["is", "are", "equals", "equal", "becomes", "become"]) && !place;
        let relation = match (moves, rests) {
            (true, _) => Relation::Tends,
            (false, true) => Relation::Equal,
            (false, false) => Relation::Approx,
        };
        Some((end, relation, false))
    }

    /// Whether words other than one plain verb stand between two places.
    fn wordy(&self, start: usize, end: usize) -> bool {
        self.is(start, &["lands", "ends", "sits", "settles", "lies", "falls", "comes", "moves"])
            || (start..end).any(|i| self.is(i, &["near", "closer", "around", "beside", "at", "next"]))
    }

    /// Whether what stands between two places is mathematics alone.
    fn signs(&self, start: usize, end: usize) -> bool {
        self.tokens[start..end].iter().all(|t| !matches!(t.kind, Tok::Word(_)))
    }

    fn close(&self, who: &Who, relation: Relation, value: Vec<Token>, sure: bool) -> Said {
        let mut said = Said::of(who.outputs[0].clone(), relation, value, sure);
        said.third = who.outputs.get(1).map(|other| (Relation::Approx, other.clone()));
        said
    }
}
