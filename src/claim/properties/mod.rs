//! What is said of a matrix in words: "M is symmetric", "M has rank m", "it sends v_a + v_b to v_a", "M kills v_b",
//! "A^T is m × d". Each becomes relations; a clause is read where every one of its words is understood.

mod kinds;
mod measures;
mod wishes;

use super::phrases::{ByWords, all_from, word};
use super::statement::Link;
use crate::language::{Expr, Options, Relation, Symbol, Tok, Token, parse_chain};
use crate::span::Span;
use crate::world::World;

/// Relations that a clause says of a matrix.
pub struct Said {
    /// Where.
    pub span: Span,
    /// The relations.
    pub links: Vec<Link>,
    /// Whether the subject was a pronoun: then it may be confirmed only.
    pub tentative: bool,
    /// Whether it is what an answer has to do, and not said of the one that was given.
    pub required: bool,
}

impl Said {
    fn plain(span: Span, links: Vec<Link>, tentative: bool) -> Said {
        Said { span, links, tentative, required: false }
    }
}

/// The matrix that was spoken of before a sentence.
#[derive(Clone, Copy)]
pub struct Spoken<'a> {
    /// Its letter.
    pub symbol: &'a Symbol,
    /// Whether the statement right before was about it.
    pub last: bool,
}

/// Words after which nothing is claimed outright.
const SUPPOSING: &[&str] = &[
    "if", "suppose", "assume", "would", "should", "must", "want", "need", "needs", "could", "might", "unless", "imagine",
    "whether", "when", "only", "let", "can", "may", "cannot", "never", "hardly", "almost", "or", "any", "some", "for",
];

/// Words that may stand before a subject.
const OPENERS: &[&str] = &[
    "and",
    "so",
    "then",
    "thus",
    "hence",
    "since",
    "because",
    "that",
    "matrix",
    "the",
    "as",
    "note",
    "but",
    "now",
    "our",
    "this",
    "also",
    "therefore",
    "moreover",
    "while",
    "here",
    "indeed",
    "where",
    "see",
    "remark",
    "clearly",
    "of",
    "course",
    "projector",
    "which",
    "contrast",
];

/// What the clauses of a sentence say of matrices, in a question that has some.
/// `spoken` is the matrix that was spoken of before the sentence, `terms` what was summed there.
pub fn find(world: &World, tokens: &[Token], text: &str, spoken: Option<Spoken>, terms: Option<&Expr>) -> Vec<Said> {
    if world.columns.is_empty() {
        return vec![];
    }
    let reader = Reader { world, tokens, text, spoken: spoken.filter(|s| world.is_matrix(s.symbol)), terms };
    let supposing = |w: &String| SUPPOSING.contains(&w.as_str()) || w.ends_with("n't");
    let supposing: Vec<String> = tokens.iter().filter_map(Token::word).filter(supposing).collect();
    if !supposing.is_empty() {
        let only_wishes = supposing.iter().all(|w| wishes::WISHING.contains(&w.as_str()));
        return if only_wishes { all_from(tokens.len(), |at| reader.wish(at)) } else { vec![] };
    }
    // "the condition that it maps …" names what is asked for, and claims nothing.
    let named = |at: usize| {
        let noun = ["condition", "requirement", "property", "demand"];
        at.checked_sub(2).is_some_and(|i| reader.is(i, &noun) && reader.is(i + 1, &["that"]))
    };
    all_from(tokens.len(), |at| if named(at) { None } else { reader.wish(at).or_else(|| reader.clause(at)) })
}

struct Reader<'a> {
    world: &'a World,
    tokens: &'a [Token],
    text: &'a str,
    spoken: Option<Spoken<'a>>,
    terms: Option<&'a Expr>,
}

impl ByWords for Reader<'_> {
    fn tokens(&self) -> &[Token] {
        self.tokens
    }
}

impl Reader<'_> {
    /// Where a row of mathematics ends that begins here.
    fn operand_end(&self, at: usize) -> usize {
        let part = |t: &Token| {
            matches!(
                t.kind,
                Tok::Name(_)
                    | Tok::Number(_)
                    | Tok::Sub
                    | Tok::Sup
                    | Tok::Transpose
                    | Tok::Open(_)
                    | Tok::Close(_)
                    | Tok::Plus
                    | Tok::Minus
                    | Tok::Times
                    | Tok::Sum
                    | Tok::Frac
                    | Tok::Dots
                    | Tok::Slash
            )
        };
        let end = self.tokens[at.min(self.tokens.len())..].iter().position(|t| !part(t)).map_or(self.tokens.len(), |n| at + n);
        // "M keeps v_a ... so": dots at the end are those of the sentence.
        let dots = self.tokens[at.min(end)..end].iter().rev().take_while(|t| t.kind == Tok::Dots).count();
        end - dots
    }

    /// One expression between two places.
    fn expression(&self, from: usize, to: usize) -> Option<Expr> {
        let chain = parse_chain(self.tokens.get(from..to)?, self.text, &self.world.lexicon, Options::default()).ok()?;
        let [operand] = chain.operands.as_slice() else { return None };
        Some(operand.expr.clone())
    }

    fn operand(&self, at: usize) -> Option<(usize, Expr)> {
        let at = self.skip(at, &["the", "vector", "all", "of", "every", "every", "matrix"]);
        // "the sum" that the question speaks of
        if self.is(at, &["sum"]) && !self.is(at + 1, &["of"]) {
            let value = |l: &String| Expr::Symbol(Symbol::indexed("v", l));
            return Some((at + 1, Expr::Add(self.world.letters.iter().map(value).collect())));
        }
        if self.is(at, &["zero", "nothing"]) {
            return Some((self.skip(at + 1, &["vector"]), Expr::int(0)));
        }
        let end = self.operand_end(at);
        (end > at).then(|| Some((end, self.expression(at, end)?)))?
    }

    /// Whether what follows a clause leaves it what it is.
    fn clean(&self, at: usize) -> bool {
        match self.tokens.get(at) {
            None => true,
            Some(t) => match t.word() {
                Some(w) => matches!(
                    w.as_str(),
                    "and" | "but" | "because" | "since" | "so" | "hence" | "therefore" | "thus" | "while" | "as"
                ),
                None => matches!(
                    t.kind,
                    Tok::Comma
                        | Tok::Stop
                        | Tok::Semicolon
                        | Tok::Colon
                        | Tok::Implies
                        | Tok::Gap
                        | Tok::Dots
                        | Tok::Open(_)
                        | Tok::Close(_)
                ),
            },
        }
    }

    fn opens(&self, at: usize) -> bool {
        at == 0
            || match self.tokens[at - 1].word() {
                // "of course", not "the transpose of".
                Some(w) if w == "of" => self.is(at.saturating_sub(2), &["course"]),
                Some(w) => OPENERS.contains(&w.as_str()),
                None => {
                    let sign = &self.tokens[at - 1].kind;
                    // "M = A Aᵀ is invertible" says it of either side.
                    matches!(
                        sign,
                        Tok::Rel(Relation::Equal)
                            | Tok::Comma
                            | Tok::Stop
                            | Tok::Semicolon
                            | Tok::Colon
                            | Tok::Implies
                            | Tok::Gap
                            | Tok::Open(_)
                    ) || matches!(sign, Tok::Unknown(_)) && !self.tokens[at - 1].math
                }
            }
    }

    /// A subject and what is said of it.
    fn clause(&self, at: usize) -> Option<(usize, Said)> {
        if let Some((end, link, tentative)) = self.measure_of(at).or_else(|| self.coefficient(at)) {
            return Some((end, Said::plain(self.span(at, end), vec![link], tentative)));
        }
        if let Some((end, link)) = self.entry(at) {
            return Some((end, Said::plain(self.span(at, end), vec![link], false)));
        }
        if let Some((end, links)) = self.two_subjects(at).filter(|(end, _)| self.clean(*end)) {
            return Some((end, Said::plain(self.span(at, end), links, false)));
        }
        let (after, subject, tentative) = self.subject(at)?;
        let (mut end, mut links) = self.predicate(after, &subject)?;
        // "is d x d but not the identity", "is symmetric and idempotent": more of the same subject.
        while self.is(end, &["and", "but", "yet"])
            && let Some((further, more)) = self.property(self.skip(end + 1, &["also", "clearly", "a", "an", "the"]), &subject)
            && self.clean(further)
        {
            end = further;
            links.extend(more);
        }
        let end = self.skip(end, &["anyway", "too"]);
        self.clean(end).then(|| (end, Said::plain(self.span(at, end), links, tentative)))
    }

    fn span(&self, from: usize, to: usize) -> Span {
        self.tokens[from].span.to(self.tokens[to - 1].span)
    }

    /// "A^T A and A A^T are both the identity": the same of two.
    fn two_subjects(&self, at: usize) -> Option<(usize, Vec<Link>)> {
        let (next, first, _) = self.subject(at)?;
        let start = self.is(next, &["and"]).then(|| self.skip(next + 1, &["also"]))?;
        let end = self.operand_end(start);
        let second = (end > start).then(|| self.expression(start, end))??;
        let verb = self.is(end, &["are"]).then(|| self.skip(end + 1, &["both", "also", "all", "then", "clearly"]))?;
        let (close, mut links) = self.property(verb, &first)?;
        let (same, more) = self.property(verb, &second)?;
        (same == close).then(|| {
            links.extend(more);
            (close, links)
        })
    }

    /// "each term", "every summand", "each of them": what was summed.
    fn term(&self, at: usize) -> Option<(usize, Expr, bool)> {
        let start = self.is(at, &["each", "every"]).then(|| self.skip(at + 1, &["single", "individual", "of", "the"]))?;
        let noun = self.is(start, &["term", "summand", "terms", "summands", "them", "these", "addend"]).then_some(start + 1)?;
        let end = if self.is(noun, &["of"]) && self.is(noun + 1, &["the", "this"]) && self.is(noun + 2, &["sum"]) {
            noun + 3
        } else {
            noun
        };
        Some((end, self.terms?.clone(), false))
    }

    /// A matrix in signs, or a pronoun for the last one.
    fn subject(&self, at: usize) -> Option<(usize, Expr, bool)> {
        if self.opens(at)
            && let Some(found) = self.term(at)
        {
            return Some(found);
        }
        // "It's invertible."
        if at == 0
            && self.is(at, &["it", "it's", "it’s"])
            && let Some(spoken) = self.spoken
        {
            let short = !self.is(at, &["it"]);
            return Some((at + usize::from(!short), Expr::Symbol(spoken.symbol.clone()), false));
        }
        if self.is(at, &["it", "this", "that", "which"]) {
            let mut end = at;
            while end > 0 && !self.part_of_operand(end - 1) {
                end -= 1;
            }
            let mut start = end;
            while start > 0 && self.part_of_operand(start - 1) {
                start -= 1;
            }
            return (end > start).then(|| Some((at + 1, self.expression(start, end)?, true)))?;
        }
        // A at the beginning of a sentence may be an article; before a verb it is the matrix.
        if let Some(Tok::Word(w)) = self.tokens.get(at).map(|t| &t.kind)
            && self.world.columns.contains_key(w)
            && self.opens(at)
            && self.is(at + 1, &["is", "has", "kills", "sends", "maps"])
        {
            return Some((at + 1, Expr::Symbol(crate::language::Symbol::plain(w)), false));
        }
        if !self.opens(at) || at > 0 && self.part_of_operand(at - 1) && !matches!(self.tokens[at - 1].kind, Tok::Open(_)) {
            return None;
        }
        let end = self.operand_end(at);
        (end > at).then(|| Some((end, self.expression(at, end)?, false)))?
    }

    fn part_of_operand(&self, at: usize) -> bool {
        self.operand_end(at) > at
    }

    fn predicate(&self, at: usize, x: &Expr) -> Option<(usize, Vec<Link>)> {
        let at = self.skip(at, &["also", "then", "still", "indeed", "clearly", "therefore"]);
        if matches!(self.tokens.get(at).map(|t| &t.kind), Some(Tok::Rel(Relation::Equal))) && !self.tokens[at].math {
            return self.shape(self.skip(at + 1, &["a", "an", "the"]), x);
        }
        let verb = word(self.tokens, at)?;
        let next = self.skip(
            at + 1,
            &["a", "an", "the", "also", "then", "both", "clearly", "of", "course", "indeed", "always", "just", "simply", "again"],
        );
        match verb.as_str() {
            "is" => self.property(next, x).or_else(|| self.shape(next, x)),
            "has" => self.having(next, x),
            _ => self.does(&verb, at + 1, x, false),
        }
    }

    /// What a matrix does to something; `wished` where "keep v_a" alone says that it stays as it is.
    fn does(&self, verb: &str, at: usize, x: &Expr, wished: bool) -> Option<(usize, Vec<Link>)> {
        match verb {
            "kills" | "annihilates" | "removes" | "deletes" | "erases" | "eliminates" | "destroys" | "cancels" | "ignores" => {
                let (end, y) = self.operand(at)?;
                Some((end, vec![equal(applied(x, &y), Expr::int(0))]))
            }
            "sends" | "maps" | "takes" | "turns" | "carries" | "transforms" => {
                let (after, y) = self.operand(at)?;
                let (end, z) = self.operand(after + 1).filter(|_| self.is(after, &["to", "into", "onto"]))?;
                Some((end, vec![equal(applied(x, &y), z)]))
            }
            // A product with a vector returns one; what a matrix alone returns is left open.
            "returns" | "gives" | "yields" | "produces" | "recovers" if matches!(x, Expr::Mul(_)) => {
                let (end, y) = self.operand(at)?;
                Some((self.skip(end, &["itself", "again", "back"]), vec![equal(x.clone(), y)]))
            }
            "leaves" | "keeps" | "fixes" | "preserves" => {
                let (after, y) = self.operand(at)?;
                let end = self.skip(
                    after,
                    &[
                        "alone",
                        "unchanged",
                        "untouched",
                        "fixed",
                        "invariant",
                        "as",
                        "it",
                        "is",
                        "where",
                        "they",
                        "are",
                        "unaltered",
                    ],
                );
                let says = end > after || matches!(verb, "fixes" | "preserves") || wished && verb == "keeps";
                says.then(|| (end, vec![equal(applied(x, &y), y.clone())]))
            }
            _ => None,
        }
    }
}

fn equal(left: Expr, right: Expr) -> Link {
    Link { left, relation: Relation::Equal, right }
}

fn applied(x: &Expr, y: &Expr) -> Expr {
    Expr::Mul(vec![x.clone(), y.clone()])
}

fn of(f: &'static str, x: &Expr) -> Expr {
    Expr::Call(f, vec![x.clone()])
}

fn identity() -> Expr {
    Expr::Symbol(crate::language::Symbol::plain("I"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::language::{Style, lex, print};
    use crate::world::Library;

    fn said(text: &str) -> Vec<String> {
        let library = Library::embedded().unwrap();
        let world = library.get("1b.i").unwrap();
        let tokens = lex(text, 0, false, &world.lexicon);
        let shown = |e: &Expr| print(e, Style::Plain);
        let links = find(world, &tokens, text, None, None).into_iter().flat_map(|s| s.links);
        links.map(|l| format!("{} {} {}", shown(&l.left), l.relation.plain(), shown(&l.right))).collect()
    }

    #[test]
    fn properties_become_relations() {
        assert_eq!(said("M is symmetric"), ["M^T = M"]);
        assert_eq!(said("M is idempotent and has rank m").len(), 1);
        assert_eq!(said("M has rank m, so v_b is lost"), ["rank(M) = m"]);
        assert_eq!(said("M kills v_b"), ["M v_b = 0"]);
        assert_eq!(said("M sends v_a + v_b to v_a"), ["M (v_a + v_b) = v_a"]);
        assert_eq!(said("M leaves v_a unchanged"), ["M v_a = v_a"]);
        assert_eq!(said("the rank of M is m"), ["rank(M) = m"]);
        assert_eq!(said("M is not invertible").len(), 1);
        assert_eq!(said("A is invertible because its columns are independent").len(), 1);
        assert_eq!(said("entry number i of A^T v_a is the weight of a_i in v_a"), ["A^T v_a = A^T v_a"]);
        assert_eq!(said("entry k of A^T v_a is the weight of a_i in v_a"), Vec::<String>::new());
    }

    #[test]
    fn what_is_hedged_or_goes_on_is_left_alone() {
        assert!(said("if M is symmetric then it is fine").is_empty());
        assert!(said("M is symmetric with respect to the line").is_empty());
        assert!(said("M is symmetric only for m = d").is_empty());
        assert!(said("M sends v_a somewhere").is_empty());
        assert!(said("M has many columns").is_empty());
    }
}
