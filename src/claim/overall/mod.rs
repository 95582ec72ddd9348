//! What is said of the weights as a whole: "every weight lies strictly between 0 and 1", "softmax outputs cannot be
//! negative", "the biggest weight is always at least 1/2", "a weight can become exactly 1", "the weights sum to 1".
//!
//! SUBJECT (the weights, one of them, the largest, the others, their sum), MODAL (is, always, can, cannot) and PREDICATE
//! (a comparison with a number). Every word of the clause has to be one of them or neutral.

mod predicate;
mod subject;

use super::phrases::{ByWords, all_from, words_are};
use super::statement::{Condition, Link};
use crate::language::{Expr, Options, Tok, Token, parse_chain};
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
    if !world.attends() {
        return vec![];
    }
    let reader = Reader { world, tokens, text, supposed };
    all_from(tokens.len(), |at| reader.clause(at))
}

struct Reader<'a> {
    world: &'a World,
    tokens: &'a [Token],
    text: &'a str,
    supposed: bool,
}

impl ByWords for Reader<'_> {
    fn tokens(&self) -> &[Token] {
        self.tokens
    }
}

impl Reader<'_> {
    fn clause(&self, at: usize) -> Option<(usize, Said)> {
        if !self.opens(at) {
            return None;
        }
        let (subject, (end, links, mode, exact)) = match self.subject(at) {
            Some((after, subject)) => {
                let said = self.predicate(self.given_as(after), &subject)?;
                (subject, said)
            }
            None => self.owner(at)?,
        };
        let tail = self.skip(end, &["too", "anyway", "always", "again", "exactly"]);
        let exact = exact || (end..tail).any(|i| self.is(i, &["always", "exactly"]));
        let end = self.setting(tail);
        let links = match subject.none {
            // "No weight is negative", "no weight can be negative".
            true if mode != Mode::Never => (links, Mode::Never),
            true => return None,
            false if subject.some && mode == Mode::Never => return None,
            // "Some weights are zero" is said of one case.
            false if subject.some => (links, Mode::Possible),
            false => (links, mode),
        };
        let span = self.tokens[at].span.to(self.tokens[end - 1].span);
        let conditions = subject.conditions;
        self.closes(end).then_some((end, Said { span, links: links.0, conditions, mode: links.1, exact }))
    }

    /// After `= e^{k_i^T q}/Z` behind the subject: the weight as it was defined.
    fn given_as(&self, at: usize) -> usize {
        let equation = self.tokens.get(at).is_some_and(|t| t.math && t.kind == Tok::Rel(crate::language::Relation::Equal));
        let end = (at..self.tokens.len()).find(|i| !self.tokens[*i].math);
        end.filter(|_| equation).unwrap_or(at)
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::language::{Style, lex, print_chain};
    use crate::world::Library;

    fn said(text: &str) -> Vec<(String, Mode)> {
        let library = Library::embedded().unwrap();
        let world = library.get("1a.i").unwrap();
        let tokens = crate::claim::phrases::phrases(lex(text, 0, false, &world.lexicon), world).tokens;
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
        assert_eq!(said("the biggest weight is always at least 1/2"), one("max_{i} α_i ≥ 1/2", Mode::Always));
        assert_eq!(said("the weights sum to one"), one("∑_{i=1}^{n} α_i = 1", Mode::Always));
        assert_eq!(said("the weight of the winning key can become exactly 1"), one("max_{i} α_i = 1", Mode::Possible));
        assert_eq!(said("the weights are never zero"), one("α_i = 0", Mode::Never));
        assert_eq!(said("all the other weights vanish"), one("α_i = 0", Mode::Always));
        assert_eq!(said("every other token keeps some weight above zero"), one("α_i > 0", Mode::Always));
        assert_eq!(said("no key gets negative weight"), one("α_i < 0", Mode::Never));
        assert_eq!(said("no weight can be negative"), one("α_i < 0", Mode::Never));
        assert_eq!(said("no weight can exceed 1"), one("α_i > 1", Mode::Never));
        assert_eq!(said("some weights may be zero"), one("α_i = 0", Mode::Possible));
        assert_eq!(said("some weights are negative"), one("α_i < 0", Mode::Possible));
        assert_eq!(said("every p_i lies in (0,1)"), between);
    }

    #[test]
    fn what_is_conditional_or_partly_understood_is_left_alone() {
        assert!(said("if q is long the weights are positive").is_empty());
        assert!(said("the weights are nearly zero").is_empty());
        assert!(said("the weights are positive for large gaps").is_empty());
        assert!(said("the weight of v_a is at least 1/2").is_empty());
        assert!(said("every weight is positive or zero").is_empty());
        assert!(said("some weights cannot be zero").is_empty());
        assert!(said("every weight lies in (0,2)").is_empty());
        assert!(said("the weights of the loss are positive").is_empty());
    }
}
