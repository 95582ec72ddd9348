//! Scores and weights that are given to keys in words: "the scores of a and b are β and those of the others 0", "both get
//! the weight 0.2", "the other n-2 keys together get 1 - α_a - α_b".
//!
//! A clause is read where every one of its words is understood; what it says becomes relations about the world's keys.

mod groups;
#[cfg(test)]
mod tests;
mod words;

use crate::claim::phrases::{ByWords, clean_after, word};
use crate::claim::statement::{Condition, Link};
use crate::claim::verbs::{APPROXIMATE, operand_start};
use crate::language::{Bracket, Expr, Index, Options, Relation, Tok, Token, parse_chain, parse_statement};
use crate::span::Span;
use crate::world::World;
use groups::Group;
use words::{A_WEIGHT, COMBINED, HOLDS, SCORES, SUPPOSING, TAKES, VERBS};

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

/// What the words of a sentence give to the world's keys.
pub fn find(world: &World, tokens: &[Token], text: &str) -> Vec<Assigned> {
    let knows = world.attends();
    let supposing = tokens.iter().filter_map(Token::word).any(|w| SUPPOSING.contains(&w.as_str()) || w.ends_with("n't"));
    if !knows || supposing {
        return vec![];
    }
    let reader = Reader { world, tokens, text, heads: heads(world, tokens) };
    let mut found = Vec::new();
    let mut at = 0;
    let mut noun = None;
    while at < tokens.len() {
        // "a has score 2β": the noun stands inside the clause.
        let clause = reader.clause(at, noun);
        if clause.is_none()
            && let Some((end, given)) = reader.noun(at)
        {
            if let Some((after, said)) = reader.bare_list(end, given) {
                found.extend(said);
                at = after;
            } else {
                at = end;
            }
            noun = Some(given);
            continue;
        }
        match clause {
            Some((end, given, said)) => {
                found.extend(said);
                noun = Some(given);
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

/// Where a sentence speaks of one of the question's heads, and of which; `None` where the question has one query only.
fn heads(world: &World, tokens: &[Token]) -> Option<Vec<(usize, String)>> {
    let numbers = crate::claim::heads::numbers(world);
    let found = crate::claim::heads::mentioned(&numbers, tokens);
    (!numbers.is_empty()).then(|| found.into_iter().map(|(i, h)| (i, h.to_string())).collect())
}

struct Reader<'a> {
    world: &'a World,
    tokens: &'a [Token],
    text: &'a str,
    /// Where which head is named, if the question has more than one.
    heads: Option<Vec<(usize, String)>>,
}

/// Groups of keys, each with what it is given.
type Valued = Vec<(Group, Expr)>;

impl ByWords for Reader<'_> {
    fn tokens(&self) -> &[Token] {
        self.tokens
    }
}

impl Reader<'_> {
    /// The head that a clause speaks of: the only one named, or the one named last before it; `Err` where it may be either.
    fn head(&self, at: usize, end: usize) -> Result<Option<String>, ()> {
        let Some(heads) = &self.heads else { return Ok(None) };
        let within: Vec<&String> = heads.iter().filter(|(i, _)| (at..end).contains(i)).map(|(_, h)| h).collect();
        let before = heads.iter().rev().find(|(i, _)| *i < at).map(|(_, h)| h);
        let same = heads.iter().all(|(_, h)| *h == heads[0].1);
        match (within.as_slice(), before) {
            ([one], _) => Ok(Some((*one).clone())),
            ([], Some(one)) => Ok(Some(one.clone())),
            ([], None) if same && !heads.is_empty() => Ok(Some(heads[0].1.clone())),
            _ => Err(()),
        }
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
        let mut end = self.in_head(self.skip(at + 1, &["then", "now"]));
        end += usize::from(self.tokens.get(end).is_some_and(|t| t.kind == Tok::Colon));
        Some((self.skip(end, &["of", "for", "the", "with"]), noun))
    }

    /// "the scores are then β/√2 and 0", behind the noun: the named keys and the others, or one named key each. Which is
    /// not said, so it may only be confirmed.
    fn bare_list(&self, at: usize, noun: Noun) -> Option<(usize, Vec<Assigned>)> {
        let start = self.skip(at, &["are", "then", "now", "thus"]);
        let verb = (at..start).any(|i| self.is(i, &["are"]));
        let (end, values) = self.values(start).filter(|(_, v)| verb && v.len() == 2)?;
        let head = self.head(at, end).ok()?;
        let span = self.tokens[at].span.to(self.tokens[end - 1].span);
        let groups = [Group::Letters(self.world.letters.clone()), Group::Others];
        let mut said = Vec::new();
        for (group, right) in groups.iter().zip(values) {
            let links = self.relations(group, noun, head.as_ref())?;
            said.extend(links.into_iter().map(|(left, conditions)| Assigned {
                span,
                link: Link { left, relation: Relation::Equal, right: right.clone() },
                conditions,
                tentative: true,
            }));
        }
        Some((end, said))
    }

    /// Values in a list, "β, 0 and 0", up to the end of the clause.
    fn values(&self, start: usize) -> Option<(usize, Vec<Expr>)> {
        let mut at = start;
        let mut list = Vec::new();
        loop {
            let (end, expr) = self.operand(at)?;
            list.push(expr);
            let comma = self.tokens.get(end).is_some_and(|t| t.kind == Tok::Comma);
            let next = self.skip(end + usize::from(comma), &["and"]);
            if next == end || !self.tokens.get(next).is_some_and(|t| operand_start(t) || t.kind == Tok::Minus) {
                let clean = clean_after(self.tokens.get(end)) || self.is(end, &["respectively"]);
                return clean.then_some((end, list));
            }
            // "… are β, a …": another clause.
            if self.group(next).is_some() {
                return None;
            }
            at = next;
        }
    }

    /// The expression at `start`, up to a word or a sign that parts.
    fn operand(&self, start: usize) -> Option<(usize, Expr)> {
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
        Some((end, operand.expr.clone()))
    }

    /// Punctuation and words that join clauses of one list.
    fn joint(&self, at: usize) -> bool {
        let sign = matches!(self.tokens[at].kind, Tok::Comma | Tok::Semicolon | Tok::Colon | Tok::Gap);
        sign || self
            .is(at, &["and", "while", "the", "those", "that", "of", "are", "is", "but", "whereas", "about", "for", "with"])
    }

    /// One group with what it is given; where it ends, and the noun.
    fn clause(&self, at: usize, noun: Option<Noun>) -> Option<(usize, Noun, Vec<Assigned>)> {
        // "only a has …", "neither a nor b …"
        if at.checked_sub(1).is_some_and(|b| self.is(b, &["only", "neither", "nor", "except", "if", "than"])) {
            return None;
        }
        // "the ratio of α_a to any other weight": said of the ratio.
        if self.tokens[..at].iter().rev().take(8).filter_map(Token::word).any(|w| COMBINED.contains(&w.as_str())) {
            return None;
        }
        let listed = self.respectively(at, noun);
        let (end, noun, relation, groups) = listed.or_else(|| {
            let found = self
                .given(at, noun)
                .or_else(|| self.donated(at))
                .or_else(|| self.elliptic(at, noun))
                .or_else(|| self.reversed(at, noun));
            found.map(|(end, noun, relation, right, group)| (end, noun, relation, vec![(group, right)]))
        })?;
        let span = self.tokens[at].span.to(self.tokens[end - 1].span);
        let head = self.head(at, end).ok()?;
        let mut said = Vec::new();
        for (group, right) in groups {
            let number = right.is_closed() && !matches!(right, Expr::Number(ref n) if n.value == 0.0);
            // "the others get 0.02": each, or together?
            let each = self.is(end - 1, &["each", "apiece"]);
            let tentative = number && (noun == Noun::Score || group == Group::Others && !each);
            said.extend(self.relations(&group, noun, head.as_ref())?.into_iter().map(|(left, conditions)| Assigned {
                span,
                link: Link { left, relation, right: right.clone() },
                conditions,
                tentative,
            }));
        }
        Some((end, noun, said))
    }

    /// "a and b are β and 0 respectively": one value each.
    fn respectively(&self, at: usize, noun: Option<Noun>) -> Option<(usize, Noun, Relation, Valued)> {
        let (after, group) = self.letters(at)?;
        let Group::Letters(letters) = group else { return None };
        let (start, noun, relation) = self.verb(self.in_head(after), noun)?;
        let (end, values) = self.values(start)?;
        let told = letters.len() > 1 && letters.len() == values.len() && self.is(end, &["respectively"]);
        let one = letters.into_iter().map(|l| Group::Letters(vec![l])).zip(values).collect();
        (told && clean_after(self.tokens.get(end + 1))).then_some((end + 1, noun, relation, one))
    }

    /// "a and b are β".
    fn given(&self, at: usize, noun: Option<Noun>) -> Option<(usize, Noun, Relation, Expr, Group)> {
        let (after, group) = self.group(at)?;
        let verb = self.in_head(after);
        // "a and b share 0.98" is said of their sum.
        if self.is(verb, &["share", "shares"]) && group != Group::OthersTogether {
            return None;
        }
        if let Some(noun) = noun
            && self.is(verb, &["vanish", "vanishes", "disappear", "disappears"])
            && clean_after(self.tokens.get(verb + 1))
            && group != Group::OthersTogether
        {
            return Some((verb + 1, noun, Relation::Approx, Expr::int(0), group));
        }
        // "the other weights" say themselves what is given.
        let own = (at..after).find_map(|i| match () {
            () if self.is(i, &["weights", "weight", "alphas", "entries"]) => Some(Noun::Weight),
            () if self.is(i, SCORES) => Some(Noun::Score),
            () => None,
        });
        let (start, noun, relation) = self.verb(verb, own.or(noun))?;
        let total = (after..start).any(|i| self.is(i, &["total", "combined", "altogether"]));
        let group = match group {
            Group::Others if total => Group::OthersTogether,
            Group::Letters(_) if total => return None,
            other => other,
        };
        let (end, right, group) = self.value(start, group)?;
        Some((end, noun, relation, right, group))
    }

    /// "(head 1) gives v_a the weight …", "puts the weight 0.98 on v_a", from the verb on.
    fn donated(&self, at: usize) -> Option<(usize, Noun, Relation, Expr, Group)> {
        if !self.is(at, &["gives", "assigns", "puts", "leaves", "grants", "give", "assign", "put"]) {
            return None;
        }
        let noun = |at: usize| {
            let start = self.skip(at, &["a", "the", "only", "an"]);
            let noun = if self.is(start, &["weight"]) {
                Noun::Weight
            } else if self.is(start, &["score", "logit"]) {
                Noun::Score
            } else {
                return None;
            };
            Some((self.skip(start + 1, &["of"]), noun))
        };
        let relation = |about: bool| if about { Relation::Approx } else { Relation::Equal };
        if let Some((start, noun)) = noun(at + 1) {
            let (start, about) = self.about(start);
            let (end, right) = self.operand(start)?;
            let (end, group) = self.group(self.is(end, &["to", "on"]).then_some(end + 1)?)?;
            return (clean_after(self.tokens.get(end)) && group != Group::OthersTogether).then_some((
                end,
                noun,
                relation(about),
                right,
                group,
            ));
        }
        let (after, group) = self.group(at + 1).filter(|(_, g)| *g != Group::OthersTogether)?;
        let (start, noun) = noun(after)?;
        let (start, about) = self.about(start);
        let (end, right, group) = self.value(start, group)?;
        Some((end, noun, relation(about), right, group))
    }

    /// "all others about 0", "b only β", in a list whose noun is known: no verb of its own.
    fn elliptic(&self, at: usize, noun: Option<Noun>) -> Option<(usize, Noun, Relation, Expr, Group)> {
        let noun = noun?;
        let listed = at.checked_sub(1).is_some_and(|b| self.joint(b));
        let (after, group) = self.group(at)?;
        let start = self.skip(after, &["only", "just", "still"]);
        let (about, _) = self.about(start);
        let others = group == Group::Others;
        // "b −β" without a word between would be a difference.
        // "the other 18": so many keys.
        let number = self.is(after - 1, &["other", "remaining"]);
        if number || !listed || !(others || about > after) {
            return None;
        }
        let (end, right, group) = self.value(about, group)?;
        Some((end, noun, if about > start { Relation::Approx } else { Relation::Equal }, right, group))
    }

    /// "1 with k_a", "0 for the rest".
    fn reversed(&self, at: usize, noun: Option<Noun>) -> Option<(usize, Noun, Relation, Expr, Group)> {
        const VALUE_MAX: usize = 12;
        let noun = noun?;
        let before = at.checked_sub(1).is_none_or(|b| self.joint(b) || self.is(b, SCORES) || self.is(b, &["score", "scores"]));
        let with = (at..self.tokens.len().min(at + VALUE_MAX)).find(|i| matches!(self.tokens[*i].kind, Tok::Word(_)))?;
        // "t (for a)"
        let bracket = with > at + 1 && self.tokens[with - 1].kind == Tok::Open(Bracket::Round);
        let stop = with - usize::from(bracket);
        if !before || stop == at {
            return None;
        }
        let (end, group) = if self.is(with, &["elsewhere", "otherwise"]) {
            (with + 1, Group::Others)
        } else if let Some(named) = self.group(with).filter(|_| bracket) {
            named
        } else if self.is(with, &["with", "for", "at", "on", "to"]) {
            self.group(self.skip(with + 1, &["the", "token", "position"])).or_else(|| self.group(with + 1))?
        } else {
            return None;
        };
        let closed = self.tokens.get(end).is_some_and(|t| t.kind == Tok::Close(Bracket::Round));
        let sign = usize::from(matches!(self.tokens[at].kind, Tok::Rel(Relation::Approx)));
        let chain = parse_chain(self.tokens.get(at + sign..stop)?, self.text, &self.world.lexicon, Options::default()).ok()?;
        let [operand] = chain.operands.as_slice() else { return None };
        let clean = (!bracket && clean_after(self.tokens.get(end)) || bracket && closed) && group != Group::OthersTogether;
        let relation = if sign > 0 { Relation::Approx } else { Relation::Equal };
        clean.then(|| (end + usize::from(bracket), noun, relation, operand.expr.clone(), group))
    }

    /// After "in the first head", "in head 2"; the head itself is known from the sentence.
    fn in_head(&self, at: usize) -> usize {
        const WORDS_MAX: usize = 4;
        let part = |i: usize| {
            self.is(i, &["in", "of", "for", "the", "first", "second", "head", "one", "two"])
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
            _ if self.is(at, SCORES) => {
                own = Some(Noun::Score);
                end += 1;
                (end, approximate) = self.about(end);
            }
            _ if self.is(
                at,
                &["leak", "leaks", "enter", "enters", "come", "comes", "contribute", "contributes", "count", "counts"],
            ) =>
            {
                // "leak in with total weight …"
                let with = self.skip(at + 1, &["in", "only", "still"]);
                end = self.skip(with, &["with", "a", "the", "total", "combined"]);
                let says = end > with && self.is(end, &["weight"]);
                end = self.skip(says.then_some(end + 1)?, &["of", "only", "just"]);
                own = Some(Noun::Weight);
            }
            _ if self.is(at, HOLDS) && self.skip(at + 1, A_WEIGHT) > at + 1 => {
                end = self.skip(at + 1, A_WEIGHT);
                end = self.skip(end, &["of", "only", "just"]);
                own = Some(Noun::Weight);
            }
            _ if self.is(at, VERBS) => {
                end += 1;
                end = self.skip(end, &["up", "to"]);
                loop {
                    if self.is(end, &["weight", "attention"]) {
                        own = Some(Noun::Weight);
                    } else if self.is(end, &["score", "logit"]) {
                        own = Some(Noun::Score);
                    } else if word(self.tokens, end).is_some_and(|w| APPROXIMATE.contains(&w.as_str()))
                        || matches!(self.tokens.get(end).map(|t| &t.kind), Some(Tok::Rel(Relation::Approx)))
                    {
                        approximate = true;
                    } else if !self.is(end, &["the", "a", "an", "of", "only", "each", "exactly", "all"]) {
                        break;
                    }
                    end += 1;
                }
            }
            _ => return None,
        }
        // "the others get 0.6 together": to get a number without a noun is to get weight.
        let gets = self.is(at, TAKES);
        let noun = own.or(gets.then_some(Noun::Weight))?;
        Some((end, noun, if approximate { Relation::Approx } else { Relation::Equal }))
    }

    /// After words for "about", and whether there are any.
    fn about(&self, at: usize) -> (usize, bool) {
        let start = self.skip(at, &["only", "exactly"]);
        let sign = usize::from(matches!(self.tokens.get(start).map(|t| &t.kind), Some(Tok::Rel(Relation::Approx))));
        let end = self.skip(start + sign, APPROXIMATE);
        (end, end > start)
    }

    /// The value at `start`, which has to be a whole operand and the end of its clause.
    fn value(&self, start: usize, group: Group) -> Option<(usize, Expr, Group)> {
        if self.is(start, &["half"]) {
            let end = self.skip(start + 1, &["of", "the", "weight", "attention", "each"]);
            return clean_after(self.tokens.get(end)).then(|| (end, Expr::half(), group));
        }
        let (end, operand) = self.operand(start)?;
        let each = usize::from(self.is(end, &["each", "apiece"]));
        let together = self.is(end, &["together", "altogether"]) && group != Group::OthersTogether;
        let group = match group {
            Group::Others if together => Group::OthersTogether,
            Group::Letters(_) if together => return None,
            other => other,
        };
        let end = end + usize::from(together) + each;
        let next = self.tokens.get(end);
        // "a and b are β and 0": one value each.
        let lists = matches!(&group, Group::Letters(l) if l.len() > 1)
            && next.is_some_and(|t| t.kind == Tok::Comma || t.word().is_some_and(|w| w == "and"))
            && self.tokens.get(end + 1).is_some_and(operand_start)
            && self.group(end + 1).is_none();
        let clean = !lists && clean_after(next) && !next.is_some_and(|t| matches!(t.kind, Tok::Unknown(_)) && t.math);
        clean.then_some((end, operand, group))
    }

    /// The left sides that a group stands for, with the keys that are left out.
    fn relations(&self, group: &Group, noun: Noun, head: Option<&String>) -> Option<Vec<(Expr, Vec<Condition>)>> {
        let query = head.map_or("q".to_string(), |h| format!("q_{h}"));
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
