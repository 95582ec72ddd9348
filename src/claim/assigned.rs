//! Scores and weights that are given to keys in words: "the scores of a and b are β and those of the others 0", "both get
//! the weight 0.2", "the other n-2 keys together get 1 - α_a - α_b".
//!
//! A clause is read where every one of its words is understood; what it says becomes relations about the world's keys.

use super::phrases::{clean_after, word};
use super::statement::{Condition, Link};
use super::verbs::{APPROXIMATE, operand_start};
use crate::language::{Expr, Index, Options, Relation, Tok, Token, parse_chain, parse_statement};
use crate::span::Span;
use crate::world::World;

/// One relation that the words say.
pub struct Assigned {
    /// Where.
    pub span: Span,
    /// The relation.
    pub link: Link,
    /// Which keys it leaves out.
    pub conditions: Vec<Condition>,
    /// Whether it may only be confirmed.
    pub tentative: bool,
}

/// What is given to keys.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Noun {
    Score,
    Weight,
}

/// To whom.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Group {
    /// Keys with letters of the world.
    Letters(Vec<String>),
    /// Every key without one.
    Others,
    /// All of those together.
    OthersTogether,
}

/// Words after which nothing is said of the question's own keys.
const SUPPOSING: &[&str] = &[
    "suppose", "imagine", "if", "let", "would", "should", "must", "want", "wanted", "need", "needs", "say", "ideally", "not",
    "never", "no", "n't", "unless", "or", "could", "assume", "example", "instead", "might", "than", "only",
];

/// What the words of a sentence give to the world's keys.
pub fn find(world: &World, tokens: &[Token], text: &str) -> Vec<Assigned> {
    let knows = world.definitions.iter().any(|d| d.name == "alpha");
    let supposing = tokens.iter().filter_map(Token::word).any(|w| SUPPOSING.contains(&w.as_str()) || w.ends_with("n't"));
    if !knows || supposing {
        return vec![];
    }
    let reader = Reader { world, tokens, text, head: head(world, tokens) };
    let mut found = Vec::new();
    let mut at = 0;
    let mut noun = None;
    while at < tokens.len() {
        if let Some((end, given)) = reader.noun(at) {
            noun = Some(given);
            at = end;
            continue;
        }
        match reader.clause(at, noun) {
            Some((end, said)) => {
                found.extend(said);
                at = end;
            }
            None => {
                // Other words after the noun: what follows may be given something else.
                if !reader.joint(at) {
                    noun = None;
                }
                at += 1;
            }
        }
    }
    found
}

/// Which of two heads a sentence speaks of; `Err` where it may be either.
fn head(world: &World, tokens: &[Token]) -> Result<Option<String>, ()> {
    let mut heads: Vec<String> = world
        .slots
        .iter()
        .filter_map(|s| s.symbol.indices.first())
        .filter_map(|i| match i {
            Index::Number(n) => Some(n.to_string()),
            Index::Letter(_) => None,
        })
        .collect();
    if heads.is_empty() {
        return Ok(None);
    }
    let named = |w: &str| match w {
        "first" | "one" | "1" => Some("1"),
        "second" | "two" | "2" => Some("2"),
        _ => None,
    };
    let text = |t: &Token| match &t.kind {
        Tok::Number(n) => Some(n.clone()),
        _ => t.word(),
    };
    let mentioned: Vec<&str> = (0..tokens.len())
        .filter(|i| tokens[*i].word().is_some_and(|w| w == "head"))
        .flat_map(|i| [i.checked_sub(1), Some(i + 1)])
        .flatten()
        .filter_map(|i| named(&text(tokens.get(i)?)?))
        .collect();
    heads.retain(|h| mentioned.contains(&h.as_str()));
    match heads.as_slice() {
        [one] => Ok(Some(one.clone())),
        _ => Err(()),
    }
}

struct Reader<'a> {
    world: &'a World,
    tokens: &'a [Token],
    text: &'a str,
    head: Result<Option<String>, ()>,
}

impl Reader<'_> {
    fn is(&self, at: usize, words: &[&str]) -> bool {
        word(self.tokens, at).is_some_and(|w| words.contains(&w.as_str()))
    }

    fn skip(&self, mut at: usize, words: &[&str]) -> usize {
        while self.is(at, words) {
            at += 1;
        }
        at
    }

    /// "the scores of", "dot products:", "weights".
    fn noun(&self, at: usize) -> Option<(usize, Noun)> {
        let noun = if self.is(at, &["score", "scores", "logit", "logits", "products", "product"]) {
            Noun::Score
        } else if self.is(at, &["weight", "weights"]) {
            Noun::Weight
        } else {
            return None;
        };
        let colon = usize::from(self.tokens.get(at + 1).is_some_and(|t| t.kind == Tok::Colon));
        Some((self.skip(at + 1 + colon, &["of", "for", "the", "with"]), noun))
    }

    /// Punctuation and words that join clauses of one list.
    fn joint(&self, at: usize) -> bool {
        let sign = matches!(self.tokens[at].kind, Tok::Comma | Tok::Semicolon | Tok::Colon);
        sign || self
            .is(at, &["and", "while", "the", "those", "that", "of", "are", "is", "but", "whereas", "about", "for", "with"])
    }

    /// One letter of the world: `a`, `k_a`, `v_a`, "key a".
    fn letter(&self, at: usize) -> Option<(usize, String)> {
        let at = self.skip(at, &["key", "token", "value", "keys"]);
        let token = self.tokens.get(at)?;
        let known = |name: &str| self.world.letters.iter().any(|l| l == name);
        match &token.kind {
            Tok::Name(n) | Tok::Word(n) if known(n) => {
                let alone = !self.tokens.get(at + 1).is_some_and(|t| matches!(t.kind, Tok::Sub | Tok::Sup | Tok::Transpose));
                alone.then(|| (at + 1, n.clone()))
            }
            Tok::Name(n) if n == "k" || n == "v" => {
                let sub = usize::from(self.tokens.get(at + 1).is_some_and(|t| t.kind == Tok::Sub));
                match &self.tokens.get(at + 1 + sub)?.kind {
                    Tok::Name(l) if known(l) => {
                        let ends = !self
                            .tokens
                            .get(at + 2 + sub)
                            .is_some_and(|t| matches!(t.kind, Tok::Sub | Tok::Sup | Tok::Transpose));
                        ends.then(|| (at + 2 + sub, l.clone()))
                    }
                    _ => None,
                }
            }
            _ => None,
        }
    }

    fn group(&self, at: usize) -> Option<(usize, Group)> {
        if let Some((mut end, first)) = self.letter(at) {
            let mut letters = vec![first];
            while self.is(end, &["and"])
                && let Some((next, more)) = self.letter(end + 1)
            {
                letters.push(more);
                end = next;
            }
            return Some((end, Group::Letters(letters)));
        }
        if self.is(at, &["both"]) && self.world.letters.len() == 2 {
            let end = self.skip(at + 1, &["of", "them", "keys"]);
            return Some((end, Group::Letters(self.world.letters.clone())));
        }
        let start = self.skip(at, &["the", "all", "every", "each", "those", "of"]);
        if !self.is(start, &["other", "others", "rest", "remaining"]) {
            return None;
        }
        let mut end = start + 1;
        if self.count(end) > end && !self.is(start, &["others", "rest"]) {
            end = self.count(end);
        }
        end = self.skip(end, &["keys", "key", "ones", "tokens", "positions", "of", "them", "weights", "alphas", "entries"]);
        if self.is(end, &["together", "combined", "jointly"]) {
            return Some((end + 1, Group::OthersTogether));
        }
        Some((end, Group::Others))
    }

    /// "n - 2", "(n-2)", "eight" before "keys".
    fn count(&self, at: usize) -> usize {
        const COUNT_MAX: usize = 6;
        let keys = (at..self.tokens.len().min(at + COUNT_MAX)).find(|i| self.is(*i, &["keys", "tokens", "ones"]));
        keys.filter(|k| (at..*k).all(|i| !matches!(self.tokens[i].kind, Tok::Comma | Tok::Rel(_)))).unwrap_or(at)
    }

    /// One group with what it is given; where it ends.
    fn clause(&self, at: usize, noun: Option<Noun>) -> Option<(usize, Vec<Assigned>)> {
        let (end, noun, relation, right, group) = self.given(at, noun).or_else(|| self.reversed(at, noun))?;
        let span = self.tokens[at].span.to(self.tokens[end - 1].span);
        let tentative = noun == Noun::Score && right.is_closed() && !matches!(right, Expr::Number(ref n) if n.value == 0.0);
        let said = self.relations(&group, noun)?.into_iter().map(|(left, conditions)| Assigned {
            span,
            link: Link { left, relation, right: right.clone() },
            conditions,
            tentative,
        });
        Some((end, said.collect()))
    }

    /// "a and b are β".
    fn given(&self, at: usize, noun: Option<Noun>) -> Option<(usize, Noun, Relation, Expr, Group)> {
        let (after, group) = self.group(at)?;
        // "the other weights" say themselves what is given.
        let own = (at..after).any(|i| self.is(i, &["weights", "alphas", "entries"])).then_some(Noun::Weight);
        let (start, noun, relation) = self.verb(self.in_head(after), own.or(noun))?;
        let total = (after..start).any(|i| self.is(i, &["total", "combined", "altogether"]));
        let group = match group {
            Group::Others if total => Group::OthersTogether,
            Group::Letters(_) if total => return None,
            other => other,
        };
        let (end, right, group) = self.value(start, group)?;
        Some((end, noun, relation, right, group))
    }

    /// "1 with k_a", "0 for the rest".
    fn reversed(&self, at: usize, noun: Option<Noun>) -> Option<(usize, Noun, Relation, Expr, Group)> {
        const VALUE_MAX: usize = 12;
        let noun = noun?;
        let before = at.checked_sub(1).is_none_or(|b| self.joint(b));
        let with = (at..self.tokens.len().min(at + VALUE_MAX)).find(|i| matches!(self.tokens[*i].kind, Tok::Word(_)))?;
        if !(before && with > at && self.is(with, &["with", "for"])) {
            return None;
        }
        let (end, group) = self.group(with + 1)?;
        let chain = parse_chain(&self.tokens[at..with], self.text, &self.world.lexicon, Options::default()).ok()?;
        let [operand] = chain.operands.as_slice() else { return None };
        let clean = clean_after(self.tokens.get(end)) && group != Group::OthersTogether;
        clean.then(|| (end, noun, Relation::Equal, operand.expr.clone(), group))
    }

    /// After "in the first head", "in head 2"; the head itself is known from the sentence.
    fn in_head(&self, at: usize) -> usize {
        const WORDS_MAX: usize = 4;
        let part = |i: usize| {
            self.is(i, &["in", "of", "the", "first", "second", "head", "one", "two"])
                || matches!(self.tokens.get(i).map(|t| &t.kind), Some(Tok::Number(n)) if n == "1" || n == "2")
        };
        let end = (at..at + WORDS_MAX).find(|i| !part(*i)).unwrap_or(at + WORDS_MAX);
        if (at..end).any(|i| self.is(i, &["head"])) { end } else { at }
    }

    /// "are about", "has the score", "get the weight", or nothing where a list goes on ("those of the others 0").
    fn verb(&self, at: usize, noun: Option<Noun>) -> Option<(usize, Noun, Relation)> {
        let mut approximate = false;
        let mut end = at;
        let mut own = noun;
        match self.tokens.get(at)?.kind {
            Tok::Rel(Relation::Approx) => {
                approximate = true;
                end += 1;
            }
            Tok::Rel(Relation::Equal) | Tok::Colon => end += 1,
            _ if self.is(at, &["leak", "leaks", "enter", "enters", "come", "comes", "contribute", "contributes", "count", "counts"]) => {
                // "leak in with total weight …"
                let with = self.skip(at + 1, &["in", "only", "still"]);
                end = self.skip(with, &["with", "a", "the", "total", "combined"]);
                let says = end > with && self.is(end, &["weight"]);
                end = self.skip(says.then_some(end + 1)?, &["of", "only", "just"]);
                own = Some(Noun::Weight);
            }
            _ if self.is(at, &["carry", "carries", "hold", "holds", "share", "keep", "keeps"]) => {
                end = self.skip(at + 1, &["a", "the", "total", "combined"]);
                let says = self.is(end, &["weight", "mass"]) || end > at + 1;
                end = self.skip(says.then_some(end)?, &["weight", "mass", "of", "only", "just"]);
                own = Some(Noun::Weight);
            }
            _ if self.is(at, &["is", "are", "has", "have", "get", "gets", "receive", "receives", "equal", "equals", "sum", "add"]) => {
                end += 1;
                end = self.skip(end, &["up", "to"]);
                loop {
                    if self.is(end, &["weight", "attention"]) {
                        own = Some(Noun::Weight);
                    } else if self.is(end, &["score", "logit"]) {
                        own = Some(Noun::Score);
                    } else if word(self.tokens, end).is_some_and(|w| APPROXIMATE.contains(&w.as_str())) {
                        approximate = true;
                    } else if !self.is(end, &["the", "a", "an", "of", "only", "each", "exactly"]) {
                        break;
                    }
                    end += 1;
                }
            }
            _ => return None,
        }
        // "the others get 0.6 together": to get a number without a noun is to get weight.
        let gets = self.is(at, &["get", "gets", "receive", "receives"]);
        let noun = own.or(gets.then_some(Noun::Weight))?;
        Some((end, noun, if approximate { Relation::Approx } else { Relation::Equal }))
    }

    /// The value at `start`, which has to be a whole operand and the end of its clause.
    fn value(&self, start: usize, group: Group) -> Option<(usize, Expr, Group)> {
        if self.is(start, &["half"]) {
            let end = self.skip(start + 1, &["of", "the", "weight", "attention", "each"]);
            return clean_after(self.tokens.get(end))
                .then(|| (end, Expr::Div(Box::new(Expr::int(1)), Box::new(Expr::int(2))), group));
        }
        let token = self.tokens.get(start)?;
        if !(operand_start(token) || matches!(token.kind, Tok::Minus | Tok::Plus)) {
            return None;
        }
        let stop = |t: &Token| {
            matches!(
                t.kind,
                Tok::Word(_) | Tok::Comma | Tok::Stop | Tok::Semicolon | Tok::Colon | Tok::Gap | Tok::Implies | Tok::Rel(_)
            )
        };
        let plus = usize::from(token.kind == Tok::Plus);
        let end = self.tokens[start..].iter().position(stop).map_or(self.tokens.len(), |n| start + n);
        let chain = parse_chain(self.tokens.get(start + plus..end)?, self.text, &self.world.lexicon, Options::default()).ok()?;
        let [operand] = chain.operands.as_slice() else { return None };
        let together = self.is(end, &["together", "altogether"]) && group != Group::OthersTogether;
        let group = match group {
            Group::Others if together => Group::OthersTogether,
            Group::Letters(_) if together => return None,
            other => other,
        };
        let end = end + usize::from(together);
        let next = self.tokens.get(end);
        // "a and b are β and 0": one value each.
        let lists = matches!(&group, Group::Letters(l) if l.len() > 1)
            && next.is_some_and(|t| t.kind == Tok::Comma || t.word().is_some_and(|w| w == "and"))
            && self.tokens.get(end + 1).is_some_and(operand_start)
            && self.group(end + 1).is_none();
        let clean = !lists && clean_after(next) && !next.is_some_and(|t| matches!(t.kind, Tok::Unknown(_)) && t.math);
        clean.then(|| (end, operand.expr.clone(), group))
    }

    /// The left sides that a group stands for, with the keys that are left out.
    fn relations(&self, group: &Group, noun: Noun) -> Option<Vec<(Expr, Vec<Condition>)>> {
        let head = self.head.as_ref().ok()?;
        let query = head.as_ref().map_or("q".to_string(), |h| format!("q_{h}"));
        let weight = |key: &str| match head {
            None => format!("alpha_{key}"),
            Some(_) => format!("exp(k_{key}^T {query}) / sum_{{r=1}}^{{n}} exp(k_r^T {query})"),
        };
        let side = |key: &str| match noun {
            Noun::Score => format!("k_{key}^T {query}"),
            Noun::Weight => weight(key),
        };
        let parsed = |text: String| {
            Some(parse_statement(&format!("{text} = 0"), &self.world.lexicon).ok()?.operands.first()?.expr.clone())
        };
        match group {
            Group::Letters(letters) => letters.iter().map(|l| Some((parsed(side(l))?, vec![]))).collect(),
            Group::Others => {
                let out =
                    self.world.letters.iter().map(|l| Condition::Differ(Index::Letter("i".into()), Index::Letter(l.clone())));
                Some(vec![(parsed(side("i"))?, out.collect())])
            }
            Group::OthersTogether if noun == Noun::Weight => {
                let taken: Vec<String> = self.world.letters.iter().map(|l| format!(" - ({})", weight(l))).collect();
                Some(vec![(parsed(format!("1{}", taken.concat()))?, vec![])])
            }
            Group::OthersTogether => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::language::{Style, lex, print};
    use crate::world::Library;

    fn said(question: &str, text: &str) -> Vec<String> {
        let library = Library::embedded().unwrap();
        let world = library.get(question).unwrap();
        let tokens = lex(text, 0, false, &world.lexicon);
        let shown = |e: &Expr| print(e, Style::Plain).replace(' ', "");
        find(world, &tokens, text)
            .iter()
            .map(|a| format!("{}{}{}", shown(&a.link.left), a.link.relation.plain(), shown(&a.link.right)))
            .collect()
    }

    #[test]
    fn scores_and_weights_of_keys() {
        assert_eq!(said("1b.ii", "The scores of a and b are β and those of the others are 0").len(), 3);
        assert_eq!(said("1b.ii", "Scores: a has t, b has 2t, all others have 0").len(), 3);
        assert_eq!(said("1b.ii", "both get the weight 0.5").len(), 2);
        assert_eq!(said("1b.ii", "both get half of the weight").len(), 2);
        assert_eq!(said("1b.ii", "The other eight tokens get 0.595 together"), ["1-α_a-α_b=0.595"]);
        assert_eq!(said("1b.ii", "the dot products are 1 with k_a, 1 with k_b and 0 with the rest").len(), 3);
        assert_eq!(said("1d.i", "the weight of v_a in the first head is 0.997").len(), 1);
        assert_eq!(said("1d.ii", "In the first head the scores of a and b are β and 0 respectively"), Vec::<String>::new());
    }

    #[test]
    fn what_is_supposed_or_unclear_is_left_alone() {
        assert!(said("1b.ii", "suppose both get the weight 0.5").is_empty());
        assert!(said("1b.ii", "both get 0.5 times more than the rest").is_empty());
        assert!(said("1b.ii", "the two keys a and b get large scores").is_empty());
        assert!(said("1b.i", "both get the weight 0.5").is_empty());
        assert!(said("1d.ii", "both get the weight 0.5").is_empty());
    }
}
