//! What is said of the weights as a whole: "every weight lies strictly between 0 and 1", "softmax outputs cannot be
//! negative", "the biggest weight is always at least 1/2", "a weight can become exactly 1", "the weights sum to 1".
//!
//! SUBJECT (the weights, one of them, the largest, the others, their sum), MODAL (is, always, can, cannot) and PREDICATE
//! (a comparison with a number). Every word of the clause has to be one of them or neutral.

use super::phrases::{word, words_are};
use super::statement::{Condition, Link};
use super::verbs::{APPROXIMATE, operand_start};
use crate::language::{Expr, Index, Options, Relation, Tok, Token, parse_chain};
use crate::span::Span;
use crate::world::World;

/// Relations that a clause says of the weights.
pub struct Said {
    /// Where.
    pub span: Span,
    /// The relations.
    pub links: Vec<Link>,
    /// Of which keys.
    pub conditions: Vec<Condition>,
    /// How they are said.
    pub mode: Mode,
    /// Whether "exactly", "always" or their like claim more than a limit.
    pub exact: bool,
}

/// How a clause says its relations.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mode {
    /// Of every case.
    Always,
    /// Of some case: "can be negative".
    Possible,
    /// Of no case: "is never negative".
    Never,
}

/// Words of a clause that say under which condition or how nearly something is meant; such a clause is not read.
const BEYOND: &[&str] = &[
    "if", "when", "whenever", "once", "unless", "except", "until", "while", "for", "large", "limit", "than", "only", "would",
    "should", "suppose", "assume", "let", "want", "need", "would", "whether", "small", "or", "other", "as",
];

/// What the clauses of a sentence say of the weights, in a question that has some.
///
/// `supposed` says that the sentence's own suppositions are understood.
pub fn find(world: &World, tokens: &[Token], text: &str, supposed: bool) -> Vec<Said> {
    if !world.definitions.iter().any(|d| d.name == "alpha") {
        return vec![];
    }
    let reader = Reader { world, tokens, text, supposed };
    let mut out = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        match reader.clause(at) {
            Some((end, said)) => {
                out.push(said);
                at = end;
            }
            None => at += 1,
        }
    }
    out
}

struct Reader<'a> {
    world: &'a World,
    tokens: &'a [Token],
    text: &'a str,
    supposed: bool,
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

    fn clause(&self, at: usize) -> Option<(usize, Said)> {
        if !self.opens(at) {
            return None;
        }
        let (subject, (end, links, mode, exact)) = match self.subject(at) {
            Some((after, subject)) => {
                let said = self.predicate(after, &subject)?;
                (subject, said)
            }
            None => self.owner(at)?,
        };
        let tail = self.skip(end, &["too", "anyway", "always", "again", "exactly"]);
        let exact = exact || (end..tail).any(|i| self.is(i, &["always", "exactly"]));
        let end = self.setting(tail);
        let links = match subject.none {
            true if mode == Mode::Always => (links, Mode::Never),
            true => return None,
            false => (links, mode),
        };
        let span = self.tokens[at].span.to(self.tokens[end - 1].span);
        let conditions = subject.conditions;
        self.closes(end).then_some((end, Said { span, links: links.0, conditions, mode: links.1, exact }))
    }

    /// Whether a clause may begin here.
    fn opens(&self, at: usize) -> bool {
        // "With finite scores and at least two keys the weight of …": what the question supposes anyway.
        const SUPPOSED_ANYWAY: &[&str] = &[
            "with",
            "at",
            "for",
            "finite",
            "scores",
            "and",
            "least",
            "two",
            "keys",
            "in",
            "exact",
            "arithmetic",
            "real",
            "numbers",
        ];
        at == 0
            || (0..at).all(|i| self.is(i, SUPPOSED_ANYWAY) || matches!(&self.tokens[i].kind, Tok::Number(n) if n == "2"))
            || match self.tokens[at - 1].word() {
                Some(w) => {
                    matches!(
                        w.as_str(),
                        "and"
                            | "so"
                            | "that"
                            | "because"
                            | "since"
                            | "but"
                            | "hence"
                            | "thus"
                            | "therefore"
                            | "then"
                            | "also"
                            | "as"
                    ) && !self.conditional(at)
                }
                None => {
                    let sign = &self.tokens[at - 1].kind;
                    matches!(sign, Tok::Comma | Tok::Stop | Tok::Semicolon | Tok::Colon | Tok::Implies | Tok::Gap)
                        && !self.conditional(at)
                }
            }
    }

    /// Whether words before the clause put it under a condition that no one else reads, or ask for it.
    fn conditional(&self, at: usize) -> bool {
        !self.supposed
            && self.tokens[..at].iter().filter_map(Token::word).any(|w| {
                matches!(
                    w.as_str(),
                    "if" | "when"
                        | "whenever"
                        | "once"
                        | "unless"
                        | "suppose"
                        | "assume"
                        | "want"
                        | "need"
                        | "require"
                        | "whether"
                        | "then"
                )
            })
    }

    /// Whether nothing that changes the clause follows it.
    fn closes(&self, at: usize) -> bool {
        let Some(token) = self.tokens.get(at) else { return true };
        let ends = match token.word() {
            Some(w) => {
                matches!(w.as_str(), "and" | "because" | "since" | "so" | "hence" | "but" | "thus" | "therefore" | "which")
            }
            None => matches!(
                token.kind,
                Tok::Comma | Tok::Stop | Tok::Semicolon | Tok::Colon | Tok::Implies | Tok::Gap | Tok::Close(_) | Tok::Open(_)
            ),
        };
        // "…, once q is long", "…, at least for large gaps": a condition that stands behind.
        let over = matches!(token.kind, Tok::Stop | Tok::Semicolon);
        let behind = !over && self.tokens[at..].iter().filter_map(Token::word).take(3).any(|w| BEYOND.contains(&w.as_str()));
        ends && !behind
    }

    /// "in exact arithmetic", "at finite scores", "whatever the scores are", "in general".
    fn setting(&self, at: usize) -> usize {
        const SETTINGS: &[&[&str]] = &[
            &["in", "exact", "arithmetic"],
            &["in", "general"],
            &["by", "construction"],
            &["by", "definition"],
            &["for", "finite", "scores"],
            &["at", "finite", "scores"],
            &["for", "all", "scores"],
            &["for", "any", "scores"],
            &["whatever", "the", "scores", "are"],
            &["whatever", "the", "scores"],
            &["whatever", "the", "keys", "are"],
            &["no", "matter", "what", "the", "scores", "are"],
            &["no", "matter", "what"],
            &["of", "course"],
        ];
        SETTINGS.iter().find(|s| words_are(self.tokens, at, s)).map_or(at, |s| at + s.len())
    }

    fn parsed(&self, text: &str) -> Option<Expr> {
        let tokens = crate::language::lex(text, 0, true, &self.world.lexicon);
        let chain = parse_chain(&tokens, text, &self.world.lexicon, Options::default()).ok()?;
        Some(chain.operands.first()?.expr.clone())
    }
}

/// What a clause is about.
struct Subject {
    /// A weight of any key, the largest, the sum.
    expr: Expr,
    /// Whether it is their sum that is meant by "sum to".
    all: bool,
    /// "no weight", "none of the weights".
    none: bool,
    /// Of which keys.
    conditions: Vec<Condition>,
}

const WEIGHT: &[&str] = &["weight", "weights", "alphas", "probability", "probabilities"];
const ENTRY: &[&str] =
    &["entry", "entries", "component", "components", "output", "outputs", "values", "value", "element", "elements"];
const LARGEST: &[&str] = &["largest", "biggest", "greatest", "highest", "maximal", "maximum"];
const SMALLEST: &[&str] = &["smallest", "least", "lowest", "minimal", "minimum"];

impl Reader<'_> {
    fn subject(&self, at: usize) -> Option<(usize, Subject)> {
        let start = at;
        let none = self.is(at, &["no", "none"]);
        let at = if none { self.skip(at + 1, &["of", "the", "single", "one"]) } else { self.determiners(at) };
        // "the weight of the winning key": the largest.
        let ordered = self.is(at, LARGEST) || self.is(at, SMALLEST);
        let bottom = self.is(at, SMALLEST);
        let others = self.is(at, &["other", "remaining"]);
        let at = if ordered || others { at + 1 } else { at };
        let at = self.skip(at, &["attention", "softmax", "individual", "single"]);
        let (end, plural) = self.noun(at).or_else(|| self.symbol(at).filter(|_| !ordered && !others))?;
        let winner = self.skip(end, &["of", "the"]);
        let of_winner = winner > end && self.is(winner, &["winner", "winning"]);
        let end = if of_winner { self.skip(winner + 1, &["key", "token"]) } else { end };
        let text = match (ordered || of_winner, bottom) {
            (true, false) => "\\max_{i} \\alpha_i",
            (true, true) => "\\min_{i} \\alpha_i",
            (false, _) => "\\alpha_i",
        };
        let conditions = if others { self.others()? } else { vec![] };
        let single = self.is(start, &["a", "the"]) && !plural && !ordered && !of_winner && !self.is(start, &["a"]);
        let expr = self.parsed(text)?;
        (!single).then_some((end, Subject { expr, all: plural && !none && !others, none, conditions }))
    }

    /// The keys other than the one that the question singles out.
    fn others(&self) -> Option<Vec<Condition>> {
        let [letter] = self.world.letters.as_slice() else { return None };
        Some(vec![Condition::Differ(Index::Letter("i".into()), Index::Letter(letter.clone()))])
    }

    /// "every other token keeps a weight above zero", "no key gets a negative weight".
    fn owner(&self, at: usize) -> Option<(Subject, Predicate)> {
        let none = self.is(at, &["no"]);
        let noun = if none { at + 1 } else { self.determiners(at) };
        let others = self.is(noun, &["other", "remaining"]);
        let noun = noun + usize::from(others);
        if noun == at
            || !self.is(noun, &["key", "keys", "token", "tokens", "value", "values", "word", "words", "position", "positions"])
        {
            return None;
        }
        let mut exact = false;
        let verb = self.adverbs(noun + 1, &mut exact);
        if !self.is(verb, &["keeps", "keep", "gets", "get", "has", "have", "receives", "receive"]) {
            return None;
        }
        let x = self.parsed("\\alpha_i")?;
        let start = self.skip(verb + 1, &["a", "an", "some", "strictly", "always"]);
        let (end, links) = match self.is(start, &["positive", "negative", "nonnegative", "zero"]) {
            true => self
                .compared(start, &x)
                .filter(|(end, _)| self.is(*end, &["weight", "weights", "probability"]))
                .map(|(e, l)| (e + 1, l))?,
            false if self.is(start, &["weight", "weights", "probability"]) => {
                self.compared(self.skip(start + 1, &["of", "exactly"]), &x)?
            }
            false => return None,
        };
        let conditions = if others { self.others()? } else { vec![] };
        Some((Subject { expr: x, all: false, none, conditions }, (end, links, Mode::Always, exact)))
    }

    fn determiners(&self, at: usize) -> usize {
        let first = self.skip(at, &["all", "each", "every", "any", "the", "a", "our", "both"]);
        let of =
            if first > at && self.is(first, &["of"]) { self.skip(first + 1, &["the", "these", "our", "all"]) } else { first };
        self.skip(of, &["the", "these", "of", "n"])
    }

    /// "weights", "entries of α", "softmax outputs": where it ends, and whether there are several.
    fn noun(&self, at: usize) -> Option<(usize, bool)> {
        let noun = word(self.tokens, at)?;
        let plural = noun.ends_with('s');
        if WEIGHT.contains(&noun.as_str()) {
            let of = self.skip(at + 1, &["of"]);
            return match of > at + 1 {
                true if self.is(self.skip(of, &["the", "a"]), &["softmax"]) => {
                    Some((self.skip(of, &["the", "a", "softmax"]), plural))
                }
                true => self.symbol(of).filter(|_| plural).map(|(end, _)| (end, plural)).or(Some((at + 1, plural))),
                false => Some((at + 1, plural)),
            };
        }
        if !ENTRY.contains(&noun.as_str()) {
            return None;
        }
        if at > 0 && self.is(at - 1, &["softmax"]) {
            return Some((at + 1, plural));
        }
        let of = self.is(at + 1, &["of"]).then(|| self.skip(at + 2, &["the", "a", "vector"]))?;
        if self.is(of, &["softmax"]) {
            return Some((self.skip(of + 1, &["vector", "output"]), plural));
        }
        self.symbol(of).map(|(end, _)| (end, plural))
    }

    /// `α`, `α_i`, `p_i`: the weights by their letter, with no index or with a running one.
    fn symbol(&self, at: usize) -> Option<(usize, bool)> {
        let Tok::Name(name) = &self.tokens.get(at)?.kind else { return None };
        let alpha = name == "alpha" || self.world.synonyms.get(name).is_some_and(|n| n == "alpha");
        if !alpha {
            return None;
        }
        let sub = usize::from(self.tokens.get(at + 1).is_some_and(|t| t.kind == Tok::Sub));
        let braces = usize::from(sub == 1 && matches!(self.tokens.get(at + 2).map(|t| &t.kind), Some(Tok::Open(_))));
        let place = at + 1 + sub + braces;
        match self.tokens.get(place).map(|t| &t.kind) {
            Some(Tok::Name(l)) if (sub == 1 || !self.tokens[place].spaced) && matches!(l.as_str(), "i" | "k" | "l" | "r") => {
                Some((place + 1 + braces, true))
            }
            // A letter that stands alone means all of the weights; some writers call α a scale.
            Some(Tok::Name(_) | Tok::Sub | Tok::Number(_)) if sub == 1 => None,
            _ => None,
        }
    }
}

type Predicate = (usize, Vec<Link>, Mode, bool);

impl Reader<'_> {
    fn predicate(&self, at: usize, subject: &Subject) -> Option<Predicate> {
        let mut exact = false;
        let mut at = self.adverbs(at, &mut exact);
        let mut mode = Mode::Always;
        if self.is(at, &["can", "could", "may", "might"]) {
            mode = Mode::Possible;
            at = self.adverbs(at + 1, &mut exact);
            if self.is(at, &["not", "never"]) {
                mode = Mode::Never;
                at += 1;
            }
        } else if self.is(at, &["cannot", "can't", "never"]) || words_are(self.tokens, at, &["can", "not"]) {
            mode = Mode::Never;
            at += if self.is(at, &["can"]) { 2 } else { 1 };
        }
        let at = self.adverbs(at, &mut exact);
        if subject.all && self.is(at, &["sum", "sums", "add", "adds", "total"]) {
            let (end, value) = self.value(self.skip(at + 1, &["up", "to", "over", "all", "keys", "exactly"]))?;
            let sum = self.parsed("\\sum_{i=1}^{n} \\alpha_i")?;
            return Some((end, vec![link(sum, Relation::Equal, value)], mode, true));
        }
        let (end, links, more) = self.property(at, &subject.expr, &mut exact)?;
        // "is always at least", which another reader has made one sign.
        let sign = self.tokens[at].span.of(self.text);
        exact |=
            matches!(self.tokens[at].kind, Tok::Rel(_)) && ["always", "exactly", "necessarily"].iter().any(|w| sign.contains(w));
        let (mode, end) = match (mode, more) {
            (mode, false) => (mode, end),
            (Mode::Always, true) => (Mode::Never, end),
            (_, true) => return None,
        };
        Some((end, links, mode, exact || mode != Mode::Always))
    }

    fn adverbs(&self, mut at: usize, exact: &mut bool) -> usize {
        loop {
            match word(self.tokens, at).as_deref() {
                Some("always" | "necessarily" | "automatically") => *exact = true,
                Some("also" | "then" | "all" | "both" | "therefore" | "indeed" | "clearly" | "still" | "even") => {}
                _ => return at,
            }
            at += 1;
        }
    }

    /// "is positive", "lies strictly between 0 and 1", "be exactly 1": what is said, and whether it is denied.
    fn property(&self, at: usize, x: &Expr, exact: &mut bool) -> Option<(usize, Vec<Link>, bool)> {
        let zero = || Expr::int(0);
        let sign = self.tokens.get(at)?;
        if let Tok::Rel(relation) = &sign.kind {
            // "is at least 1/2", which another reader has made a sign.
            let (end, value) = self.value(at + 1).filter(|_| !sign.math)?;
            return Some((end, vec![link(x.clone(), *relation, value)], false));
        }
        let verb = word(self.tokens, at)?;
        match verb.as_str() {
            "vanish" | "vanishes" => return Some((at + 1, vec![link(x.clone(), Relation::Equal, zero())], false)),
            "exceed" | "exceeds" => {
                let (end, value) = self.value(at + 1)?;
                return Some((end, vec![link(x.clone(), Relation::Greater, value)], false));
            }
            "reach" | "reaches" | "equal" | "equals" => {
                let (end, value) = self.value(self.adverbs(self.skip(at + 1, &["exactly", "to"]), exact))?;
                return Some((end, vec![link(x.clone(), Relation::Equal, value)], false));
            }
            "is" | "are" | "be" | "become" | "becomes" | "get" | "gets" | "lie" | "lies" | "stay" | "stays" | "remain"
            | "remains" => {}
            _ => return None,
        }
        let at = self.adverbs(at + 1, exact);
        *exact |= self.is(at, &["exactly"]);
        let denied = self.is(at, &["not", "never"]);
        let at = self.skip(at + usize::from(denied), &["all", "always", "exactly", "strictly", "equal", "to", "a"]);
        let (end, links) = self.compared(at, x)?;
        Some((end, links, denied))
    }

    fn compared(&self, at: usize, x: &Expr) -> Option<(usize, Vec<Link>)> {
        let zero = || Expr::int(0);
        let one = |relation, value| vec![link(x.clone(), relation, value)];
        let adjective = match word(self.tokens, at).as_deref() {
            Some("positive") => Some(one(Relation::Greater, zero())),
            Some("negative") => Some(one(Relation::Less, zero())),
            Some("nonnegative" | "non-negative") => Some(one(Relation::GreaterEqual, zero())),
            Some("zero") => Some(one(Relation::Equal, zero())),
            _ => None,
        };
        if let Some(links) = adjective {
            return Some((at + 1, links));
        }
        let compares: &[(&[&str], Relation)] = &[
            (&["at", "least"], Relation::GreaterEqual),
            (&["at", "most"], Relation::LessEqual),
            (&["above"], Relation::Greater),
            (&["over"], Relation::Greater),
            (&["below"], Relation::Less),
            (&["under"], Relation::Less),
            (&["larger", "than"], Relation::Greater),
            (&["bigger", "than"], Relation::Greater),
            (&["greater", "than"], Relation::Greater),
            (&["more", "than"], Relation::Greater),
            (&["less", "than"], Relation::Less),
            (&["smaller", "than"], Relation::Less),
        ];
        if let Some((words, relation)) = compares.iter().find(|(words, _)| words_are(self.tokens, at, words)) {
            let (end, value) = self.value(at + words.len())?;
            return Some((end, one(*relation, value)));
        }
        if self.is(at, &["between"]) {
            let (and, low) = self.value(at + 1)?;
            let (end, high) = self.value(and + 1).filter(|_| self.is(and, &["and"]))?;
            return Some((end, vec![link(x.clone(), Relation::Greater, low), link(x.clone(), Relation::Less, high)]));
        }
        if self.is(at, &["in"]) {
            return None;
        }
        let (end, value) = self.value(at)?;
        Some((end, one(Relation::Equal, value)))
    }

    /// A number: `1/n`, `0`, "one", "one half".
    fn value(&self, at: usize) -> Option<(usize, Expr)> {
        if APPROXIMATE.iter().any(|w| self.is(at, &[w])) {
            return None;
        }
        if words_are(self.tokens, at, &["one", "half"]) {
            return Some((at + 2, self.parsed("1/2")?));
        }
        match word(self.tokens, at).as_deref() {
            Some("zero") => return Some((at + 1, Expr::int(0))),
            Some("one") => return Some((at + 1, Expr::int(1))),
            Some("half") => return Some((at + 1, self.parsed("1/2")?)),
            _ => {}
        }
        if !self.tokens.get(at).is_some_and(operand_start) {
            return None;
        }
        let ends = |t: &Token| {
            matches!(
                t.kind,
                Tok::Word(_) | Tok::Comma | Tok::Stop | Tok::Colon | Tok::Semicolon | Tok::Gap | Tok::Implies | Tok::Rel(_)
            )
        };
        let end = self.tokens[at..].iter().position(ends).map_or(self.tokens.len(), |n| at + n);
        let chain = parse_chain(&self.tokens[at..end], self.text, &self.world.lexicon, Options::default()).ok()?;
        let [operand] = chain.operands.as_slice() else { return None };
        let sizes = operand.expr.symbols().iter().all(|s| s.indices.is_empty() && self.world.dimensions.contains_key(&s.name));
        sizes.then(|| (end, operand.expr.clone()))
    }
}

fn link(left: Expr, relation: Relation, right: Expr) -> Link {
    Link { left, relation, right }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::language::{Style, lex, print_chain};
    use crate::world::Library;

    fn said(text: &str) -> Vec<(String, Mode)> {
        let library = Library::embedded().unwrap();
        let world = library.get("1a.i").unwrap();
        let tokens = super::super::phrases::phrases(lex(text, 0, false, &world.lexicon), world).tokens;
        let all = find(world, &tokens, text, false);
        all.iter().flat_map(|s| s.links.iter().map(|l| (print_chain(&l.chain(), Style::Plain), s.mode))).collect()
    }

    fn one(relation: &str, mode: Mode) -> Vec<(String, Mode)> {
        vec![(relation.to_string(), mode)]
    }

    #[test]
    fn clauses_become_relations() {
        let between = vec![("α_i > 0".to_string(), Mode::Always), ("α_i < 1".to_string(), Mode::Always)];
        assert_eq!(said("each weight lies strictly between 0 and 1"), between);
        assert_eq!(said("every p_i is between 0 and 1"), between);
        assert_eq!(said("softmax outputs cannot be negative"), one("α_i < 0", Mode::Never));
        assert_eq!(said("no weight is negative"), one("α_i < 0", Mode::Never));
        assert_eq!(said("the biggest weight is always at least 1/2"), one("max_i(α_i) ≥ 1/2", Mode::Always));
        assert_eq!(said("the weights sum to one"), one("∑_{i=1}^{n} α_i = 1", Mode::Always));
        assert_eq!(said("the weight of the winning key can become exactly 1"), one("max_i(α_i) = 1", Mode::Possible));
        assert_eq!(said("the weights are never zero"), one("α_i = 0", Mode::Never));
        assert_eq!(said("all the other weights vanish"), one("α_i = 0", Mode::Always));
        assert_eq!(said("every other token keeps a weight above zero"), one("α_i > 0", Mode::Always));
        assert_eq!(said("no key gets a negative weight"), one("α_i < 0", Mode::Never));
    }

    #[test]
    fn what_is_conditional_or_partly_understood_is_left_alone() {
        assert!(said("if q is long the weights are positive").is_empty());
        assert!(said("the weights are nearly zero").is_empty());
        assert!(said("the weights are positive for large gaps").is_empty());
        assert!(said("the weight of v_a is at least 1/2").is_empty());
        assert!(said("every weight is positive or zero").is_empty());
        assert!(said("the weights of the loss are positive").is_empty());
    }
}
