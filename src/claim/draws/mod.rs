//! Random quantities in words: shares of the draws, probabilities, means, variances and standard deviations.
//!
//! "In roughly 92 % of the draws c ≈ …", "X is negative in 16 % of the draws", "95 % of the X lie between −0.39 and 2.39",
//! "this has a standard deviation of 0.01", "averaged over many draws c is …": a clause of which every word is understood
//! becomes the tokens of a relation, `P(…) ≈ 0.92`, `Std(…) = 0.01`; any other clause is left as it is.

mod between;
mod compared;
mod directions;
mod event;
mod moment;
mod outcome;
mod range;
mod said;
mod share;
mod what;
mod who;

use super::phrases::{word, words_are};
use crate::language::{Relation, Tok, Token};
use crate::span::Span;
use crate::world::World;
use said::Said;

/// Words after which a clause begins that may be read alone.
const OPENERS: &[&str] = &[
    "so",
    "and",
    "but",
    "because",
    "since",
    "as",
    "while",
    "whereas",
    "hence",
    "thus",
    "therefore",
    "that",
    "then",
    "although",
    "though",
    "means",
    "also",
    "only",
    "still",
];

/// Words before which a clause may end: joints, and what begins a condition.
const CLOSERS: &[&str] = &[
    "so",
    "and",
    "but",
    "because",
    "since",
    "while",
    "whereas",
    "hence",
    "thus",
    "therefore",
    "although",
    "though",
    "if",
    "when",
    "whenever",
    "as",
    "for",
    "at",
    "once",
    "which",
];

/// Words at a clause's beginning that change nothing.
const FILLERS: &[&str] = &[
    "so",
    "and",
    "but",
    "then",
    "also",
    "hence",
    "thus",
    "therefore",
    "that",
    "now",
    "still",
    "here",
    "indeed",
    "note",
    "means",
    "because",
    "since",
    "while",
    "whereas",
    "although",
    "though",
    "moreover",
    "again",
    "we",
    "see",
    "find",
    "get",
    "know",
    "have",
    "actually",
    "consequently",
    "overall",
    "only",
];

/// Groups of words before a clause that say only what the question says.
const LEADS: &[&[&str]] = &[
    &["as", "there", "are", "two", "heads"],
    &["since", "there", "are", "two", "heads"],
    &["because", "there", "are", "two", "heads"],
    &["with", "two", "heads"],
    &["for", "two", "heads"],
    &["by", "averaging"],
    &["in", "the", "limit"],
    &["in", "total"],
    &["by", "symmetry"],
    &["in", "the", "end"],
];

/// Replaces the clauses about draws of a part's tokens.
pub fn draws(tokens: Vec<Token>, world: &World, loose: &mut Vec<Span>) -> Vec<Token> {
    let random = world.has_draws();
    if !random && !world.definitions.iter().any(|d| d.name == "c") {
        return tokens;
    }
    let values = fixes_growing(&tokens, world);
    let tokens = traces(tokens);
    let mut out: Vec<Token> = Vec::with_capacity(tokens.len());
    let mut memory = Memory { heads: heads(&tokens), random, ..Memory::default() };
    let mut at = 0;
    while at < tokens.len() {
        if begins(&tokens, at)
            && let Some((start, end, said)) = longest(&tokens, at, world, &memory)
        {
            out.extend_from_slice(&tokens[at..start]);
            let span = tokens[start].span.to(tokens[end - 1].span);
            if said.iter().any(|s| s.tentative || s.in_limit && values) {
                loose.push(span);
            }
            memory.said(&said);
            if out
                .last()
                .is_some_and(|t| t.math || matches!(t.kind, Tok::Name(_) | Tok::Number(_) | Tok::Close(_) | Tok::Infinity))
            {
                // "With λ = 50 this has …": the clause does not go on with the mathematics before it.
                out.push(Token { kind: Tok::Gap, span: Span::new(span.start, span.start), spaced: true, math: false });
            }
            out.extend(said::tokens(said, &tokens[start..end]));
            at = end;
            continue;
        }
        memory.pass(&tokens, at, world);
        out.push(tokens[at].clone());
        at += 1;
    }
    out
}

/// "tr Cov(c)": the variance of a vector, as this program writes it.
fn traces(tokens: Vec<Token>) -> Vec<Token> {
    let mut out: Vec<Token> = Vec::with_capacity(tokens.len());
    for (at, token) in tokens.iter().enumerate() {
        // "trace of Cov(c)", "trace of the Cov(c)"
        if token.kind == Tok::Function("Cov") {
            while out.last().and_then(Token::word).is_some_and(|w| w == "the" || w == "of")
                && out
                    .iter()
                    .rev()
                    .find_map(|t| t.word().filter(|w| w != "the" && w != "of"))
                    .is_some_and(|w| w == "trace" || w == "tr")
            {
                out.pop();
            }
        }
        let trace = out.last().is_some_and(|t| match &t.kind {
            Tok::Word(w) => w == "tr" || w == "trace",
            Tok::Function(f) => *f == "tr",
            _ => false,
        });
        let close = tokens[at..].iter().position(|t| matches!(t.kind, Tok::Close(_)));
        let single = close.is_some_and(|n| !tokens[at..at + n].iter().any(|t| t.kind == Tok::Comma));
        if trace && single && token.kind == Tok::Function("Cov") {
            let span = out.pop().map_or(token.span, |t| t.span.to(token.span));
            out.push(Token { kind: Tok::Function("Var"), span, ..token.clone() });
        } else {
            out.push(token.clone());
        }
    }
    out
}

/// Whether a plain letter stands for no random quantity: "with λ = 50 this has …" is not said of λ.
fn parameter(tokens: &[Token], world: &World) -> bool {
    let [Token { kind: Tok::Name(name), .. }] = tokens else { return false };
    let name = world.synonyms.get(name).unwrap_or(name);
    !world.definitions.iter().any(|d| d.name == *name)
}

/// What pronouns may stand for.
#[derive(Default)]
struct Memory {
    /// The events that the sentence has named, and those of the sentence before.
    events: Vec<Vec<Token>>,
    earlier: Vec<Vec<Token>>,
    /// The random quantity that was spoken of last.
    quantity: Option<Vec<Token>>,
    begun: bool,
    /// Where which head is named, and where sentences end.
    heads: Vec<(usize, Option<String>)>,
    /// The letters that "the other values" left out when they were spoken of last, and whether that is sure.
    others: Option<(Vec<String>, bool)>,
    /// Whether the question draws keys.
    random: bool,
    /// What was said to come out last.
    came_out: Option<Vec<Token>>,
}

impl Memory {
    /// Takes note of a relation whose sign stands at `at`, and of the end of a sentence.
    fn pass(&mut self, tokens: &[Token], at: usize, world: &World) {
        match &tokens[at].kind {
            Tok::Stop => {
                self.earlier = std::mem::take(&mut self.events);
                self.begun = false;
                self.others = None;
            }
            Tok::Word(w) if matches!(w.to_lowercase().as_str(), "other" | "remaining") => {
                let before = self.heads.iter().rev().find(|(place, _)| *place < tokens[at].span.start);
                let head = before.and_then(|(_, h)| h.clone());
                let clause = said::Clause { tokens: &tokens[at..], world, memory: self };
                let found = outcome::others(&clause, head.as_deref());
                if found.is_some() {
                    self.others = found;
                }
            }
            Tok::Rel(relation) => {
                let start = said::operand_before(tokens, at);
                let Some(left) = tokens.get(start..at).filter(|t| !t.is_empty()) else { return };
                if matches!(relation, Relation::Less | Relation::Greater | Relation::LessEqual | Relation::GreaterEqual) {
                    if let Some((end, _)) = said::operand(tokens, at + 1)
                        && left.iter().any(|t| matches!(t.kind, Tok::Name(_)))
                    {
                        self.name(tokens[start..end].to_vec());
                    }
                } else if left.iter().any(|t| matches!(t.kind, Tok::Name(_))) && !parameter(left, world) {
                    self.quantity = Some(left.to_vec());
                }
            }
            _ => {}
        }
    }

    fn name(&mut self, event: Vec<Token>) {
        let same = |a: &[Token], b: &[Token]| a.len() == b.len() && a.iter().zip(b).all(|(x, y)| x.kind == y.kind);
        if !self.events.iter().any(|e| same(e, &event)) {
            self.events.push(event);
        }
    }

    fn said(&mut self, said: &[Said]) {
        for s in said {
            if s.left.first().is_some_and(|t| t.is_name("c")) {
                self.came_out = Some(s.right.clone());
            }
            if let Some(event) = &s.event {
                self.name(event.clone());
            }
            if let Some(quantity) = &s.quantity {
                self.quantity = Some(quantity.clone());
            }
        }
    }

    /// The event that "this" stands for: the only one of the sentence, or of the one before.
    fn event(&self) -> Option<(Vec<Token>, bool)> {
        let list = if self.events.is_empty() { &self.earlier } else { &self.events };
        list.last().map(|e| (e.clone(), list.len() > 1))
    }
}

/// Whether the part gives a value to what grows in its limit: then `c ≈ v_a` is said of that value.
fn fixes_growing(tokens: &[Token], world: &World) -> bool {
    tokens.windows(3).any(|w| {
        let [
            Token { kind: Tok::Name(name), .. },
            Token { kind: Tok::Rel(Relation::Equal), .. },
            Token { kind: Tok::Number(_), .. },
        ] = w
        else {
            return false;
        };
        world.scalars.get(name).is_some_and(|s| s.limit.is_some())
    })
}

/// Where which head is named, and where sentences end (no head).
fn heads(tokens: &[Token]) -> Vec<(usize, Option<String>)> {
    let number = |i: usize| match tokens.get(i).map(|t| &t.kind) {
        Some(Tok::Number(n)) => Some(n.clone()),
        Some(Tok::Word(w)) => match w.to_lowercase().as_str() {
            "first" | "one" => Some("1".to_string()),
            "second" | "two" => Some("2".to_string()),
            _ => None,
        },
        _ => None,
    };
    let named = |i: usize| number(i + 1).or_else(|| i.checked_sub(1).and_then(number)).filter(|n| n == "1" || n == "2");
    let found = tokens.iter().enumerate().filter_map(|(i, t)| match t.word().as_deref() {
        Some("head") => named(i).map(|n| (t.span.start, Some(n))),
        _ => (t.kind == Tok::Stop).then_some((t.span.start, None)),
    });
    found.collect()
}

/// Whether a sentence's limit in words ends before a token: "As β grows …", "for large β …".
fn after_limit(tokens: &[Token], at: usize) -> bool {
    const WORDS: &[&str] = &[
        "large",
        "big",
        "huge",
        "growing",
        "increasing",
        "very",
        "sufficiently",
        "grows",
        "increases",
        "gets",
        "becomes",
        "is",
        "goes",
        "tends",
        "to",
        "infinity",
        "larger",
        "and",
        "without",
        "bound",
        "rises",
        "small",
        "vanishing",
        "vanishes",
        "the",
        "limit",
        "of",
        "enough",
        "a",
    ];
    const OPENS: &[&str] = &["as", "when", "if", "once", "for", "at", "in", "with", "whenever"];
    let letter = |t: &Token| matches!(t.kind, Tok::Name(_));
    let sign = |t: &Token| matches!(t.kind, Tok::Rel(Relation::Tends) | Tok::Infinity);
    let inner = |t: &Token| letter(t) || sign(t) || t.word().is_some_and(|w| WORDS.contains(&w.as_str()));
    let from = (0..at).rev().take_while(|i| inner(&tokens[*i])).last().unwrap_or(at);
    let opens = from.checked_sub(1).and_then(|i| tokens[i].word()).is_some_and(|w| OPENS.contains(&w.as_str()));
    let said = &tokens[from..at];
    let grown = said.iter().any(|t| sign(t) || t.word().is_some_and(|w| WORDS[..11].contains(&w.as_str()) || w == "small"));
    opens && grown && said.iter().filter(|t| letter(t)).count() == 1
}

/// Words that begin a clause about what comes out, also directly behind mathematics: "for t > 0 this head returns v_a".
const WHO: &[&str] = &["head", "the", "this", "each", "both", "every", "nearly", "almost", "it"];

/// Whether a clause may begin at a token.
fn begins(tokens: &[Token], at: usize) -> bool {
    let Some(before) = at.checked_sub(1).map(|b| &tokens[b]) else { return true };
    if after_limit(tokens, at) {
        return true;
    }
    let ended = matches!(before.kind, Tok::Name(_) | Tok::Number(_) | Tok::Close(_) | Tok::Infinity);
    if ended && word(tokens, at).is_some_and(|w| WHO.contains(&w.as_str())) {
        return true;
    }
    let own = match word(tokens, at).as_deref() {
        // "With λ = 50 this has …", "Δ := x - y has mean 0".
        Some("this") => true,
        Some("has") => matches!(tokens.get(said::operand_before(tokens, at).wrapping_sub(1)).map(|t| &t.kind), Some(Tok::Rel(_))),
        _ => false,
    };
    if own && !matches!(before.kind, Tok::Word(_)) {
        return true;
    }
    match before.word() {
        Some(w) => OPENERS.contains(&w.as_str()),
        None => matches!(
            before.kind,
            Tok::Stop | Tok::Comma | Tok::Semicolon | Tok::Colon | Tok::Gap | Tok::Implies | Tok::Unknown(_)
        ),
    }
}

/// The longest clause from `at` that is understood: where it begins after its fillers, where it ends, what it says.
fn longest(tokens: &[Token], at: usize, world: &World, memory: &Memory) -> Option<(usize, usize, Vec<Said>)> {
    const WORDS_MAX: usize = 90;
    let mut start = at;
    loop {
        let lead = LEADS.iter().find(|lead| words_are(tokens, start, lead));
        match lead {
            Some(lead) => start += lead.len() + usize::from(tokens.get(start + lead.len()).is_some_and(|t| t.kind == Tok::Comma)),
            None if word(tokens, start).is_some_and(|w| FILLERS.contains(&w.as_str())) => start += 1,
            None => break,
        }
    }
    let stop = (start..tokens.len().min(start + WORDS_MAX)).find(|i| tokens[*i].kind == Tok::Stop);
    let stop = stop.unwrap_or(tokens.len().min(start + WORDS_MAX));
    let ends = (start + 2..=stop).rev().filter(|end| closes(tokens, *end));
    for end in ends {
        let clause = said::Clause { tokens: &tokens[start..end], world, memory };
        let drawn = || {
            share::read(&clause)
                .or_else(|| compared::read(&clause))
                .or_else(|| between::read(&clause))
                .or_else(|| moment::read(&clause))
                .or_else(|| range::read(&clause))
        };
        if let Some(said) =
            memory.random.then(drawn).flatten().or_else(|| outcome::read(&clause)).or_else(|| outcome::queries(&clause))
        {
            return Some((start, end, said));
        }
    }
    None
}

/// Whether a clause may end before a token.
fn closes(tokens: &[Token], end: usize) -> bool {
    let Some(token) = tokens.get(end) else { return true };
    // "… only for X < -1"
    let only = |w: &str| w == "only" && word(tokens, end + 1).is_some_and(|w| matches!(w.as_str(), "if" | "when" | "for" | "in"));
    match token.word() {
        Some(w) => CLOSERS.contains(&w.as_str()) || only(&w),
        None => {
            matches!(
                token.kind,
                Tok::Stop | Tok::Comma | Tok::Semicolon | Tok::Colon | Tok::Gap | Tok::Implies | Tok::Unknown(_) | Tok::Close(_)
            ) || matches!(token.kind, Tok::Open(_)) && token.spaced
        }
    }
}
