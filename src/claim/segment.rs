//! From the tokens of a part to sentences, and from a sentence to runs of mathematics.

use crate::language::{Bracket, Relation, Tok, Token, lex};
use crate::span::Span;
use crate::world::World;

use super::arrows::{arrows, primes};
use super::beside;
use super::code::code;
use super::condition::LEADS;
use super::functions;
use super::heads::{for_each_head, superscripts};
use super::limits::limits;
use super::lines;
use super::notation;
use super::paraphrase;
use super::phrases::{Phrases, phrases};
use super::products::{inner_products, own_factors, vector};
use super::renamed;
use super::tables::{Cell, Table};
use super::turns;

/// A piece of a part as the document gives it.
#[derive(Debug, Clone, Copy)]
pub struct Stretch {
    /// Where it stands.
    pub span: Span,
    /// Whether it is mathematics.
    pub math: bool,
    /// Whether it begins a new block, and whether that block is displayed mathematics or follows it.
    pub begins: Begins,
}

/// How a stretch follows the one before.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Begins {
    /// In the same block.
    Inside,
    /// In a new block that continues the sentence (a display, or the text after one).
    Continues,
    /// In a new block that begins a sentence.
    Sentence,
}

/// All tokens of a part, with sentence ends between blocks.
pub fn tokens_of(stretches: &[Stretch], text: &str, world: &World) -> Phrases {
    let found = phrases(plain_tokens(stretches, text, world), world);
    Phrases { tokens: arrows(split_values(split_limits(found.tokens), world), world), loose: found.loose }
}

/// The same with words as they stand: no phrase has become mathematics.
pub fn plain_tokens(stretches: &[Stretch], text: &str, world: &World) -> Vec<Token> {
    let lexicon = &world.lexicon;
    let mut all: Vec<Token> = Vec::new();
    let mut table = Table::default();
    for stretch in stretches {
        let mut tokens = Vec::new();
        if let Some(cell) = Cell::at(stretch.span, text) {
            table.add(&cell, lex(stretch.span.of(text), stretch.span.start, stretch.math, lexicon), world, &mut all);
            continue;
        }
        let joint = Span::new(stretch.span.start, stretch.span.start);
        let previous_math = all.last().is_some_and(|t| t.math);
        let gap = |kind| Token { kind, span: joint, spaced: true, math: false };
        match stretch.begins {
            // "= …" at the beginning of a paragraph goes on with the chain before it.
            Begins::Sentence if !all.is_empty() && goes_on(stretch, text) => {}
            Begins::Sentence if !all.is_empty() => tokens.push(gap(Tok::Stop)),
            Begins::Continues if !all.is_empty() && opens_sentence(stretch, text) => tokens.push(gap(Tok::Stop)),
            Begins::Continues if !all.is_empty() => tokens.push(gap(Tok::Gap)),
            Begins::Inside if previous_math && stretch.math => tokens.push(gap(Tok::Gap)),
            _ => {}
        }
        // A soft break lies between two stretches and in neither.
        let broken = all.last().is_some_and(|t| text.get(t.span.end..joint.start).is_some_and(|gap| gap.contains('\n')));
        if broken && stretch.begins == Begins::Inside {
            tokens.push(gap(Tok::Unknown("\n".into())));
        }
        let mut start = stretch.span.start;
        for line in stretch.span.of(text).split_inclusive('\n') {
            if start > stretch.span.start && !stretch.math {
                tokens.push(Token { kind: Tok::Unknown("\n".into()), span: Span::new(start, start), spaced: true, math: false });
            }
            if !stretch.math {
                tokens.extend(lex(line, start, false, lexicon));
            }
            start += line.len();
        }
        if stretch.math {
            tokens.extend(lex(stretch.span.of(text), stretch.span.start, true, lexicon));
        }
        all.extend(tokens);
    }
    all = limits(all, world);
    let all = paraphrase::paraphrased(notation::by_cases(all, text), world);
    let mut all = for_each_head(superscripts(primes(code(all, world), world), world), world);
    inner_products(&mut all, world);
    let all = beside::beside(functions::applied(renamed::renamed(all, world), world), world);
    let all = own_factors(turns::turns(all, world), world);
    let all = behind_letters(behind_conditions(all, world), world);
    notation::tidied(rows(lines::line_breaks(notation::labels(all, text))), world)
}

/// "for each k A^T b_k = 0": a comma behind the letter that a quantifier names, where a matrix or a vector begins the clause.
fn behind_letters(tokens: Vec<Token>, world: &World) -> Vec<Token> {
    let quantifier = |t: &Token| t.word().is_some_and(|w| matches!(w.as_str(), "each" | "every" | "all" | "any"));
    let lead = |t: &Token| t.word().is_some_and(|w| matches!(w.as_str(), "for" | "with"));
    let letter = |t: &Token| matches!(&t.kind, Tok::Name(n) if world.lexicon.is_index(n));
    let mut out: Vec<Token> = Vec::with_capacity(tokens.len());
    for (at, token) in tokens.iter().enumerate() {
        // `k a_k`, `k A^T`: with an index or a sign of its own it is no second letter of the list.
        let goes_on = tokens.get(at + 1).is_some_and(|t| {
            matches!(t.kind, Tok::Sub | Tok::Sup | Tok::Transpose) || !letter(token) && matches!(t.kind, Tok::Name(_))
        });
        let begins = matches!(&token.kind, Tok::Name(n) if vector(n, world) || world.columns.contains_key(n));
        if let [.., before, all, index] = out.as_slice()
            && lead(before)
            && quantifier(all)
            && letter(index)
            && (token.spaced || token.math != index.math)
            && begins
            && goes_on
        {
            let span = Span::new(token.span.start, token.span.start);
            out.push(Token { kind: Tok::Comma, span, spaced: true, math: false });
        }
        out.push(token.clone());
    }
    out
}

/// "for X > 1 v_a wins": a comma behind the number of a condition that a vector or a weight follows.
fn behind_conditions(tokens: Vec<Token>, world: &World) -> Vec<Token> {
    let leads = |t: &Token| t.word().is_some_and(|w| LEADS.contains(&w.as_str()));
    let compares = |t: &Token| {
        matches!(
            t.kind,
            Tok::Rel(Relation::Equal | Relation::Less | Relation::Greater | Relation::LessEqual | Relation::GreaterEqual)
        )
    };
    let begins = |t: &Token| matches!(&t.kind, Tok::Name(n) if matches!(n.as_str(), "v" | "c") || world.lexicon.resolve(n).is_some_and(|l| l == "alpha"));
    let mut out: Vec<Token> = Vec::with_capacity(tokens.len());
    for token in tokens {
        if let [.., lead, name, sign, number] = out.as_slice()
            && leads(lead)
            && matches!(name.kind, Tok::Name(_))
            && compares(sign)
            && matches!(number.kind, Tok::Number(_))
            && token.spaced
            && begins(&token)
        {
            let span = Span::new(token.span.start, token.span.start);
            out.push(Token { kind: Tok::Comma, span, spaced: true, math: false });
        }
        out.push(token);
    }
    out
}

fn goes_on(stretch: &Stretch, text: &str) -> bool {
    let text = stretch.span.of(text).trim_start();
    text.starts_with(['=', '≈']) && !text.starts_with("=>") && !text.starts_with("==")
}

/// Text after a display begins a new sentence where it begins with a capital word, full stop or not.
fn opens_sentence(stretch: &Stretch, text: &str) -> bool {
    let word: String = stretch.span.of(text).trim_start().chars().take_while(|c| c.is_alphabetic()).collect();
    !stretch.math
        && word.chars().count() > 1
        && word.chars().next().is_some_and(char::is_uppercase)
        && word.chars().skip(1).all(char::is_lowercase)
}

/// `x &= y \\\\ &= z`: an alignment mark or a new row before a relation sign parts nothing.
fn rows(tokens: Vec<Token>) -> Vec<Token> {
    let mut out: Vec<Token> = Vec::with_capacity(tokens.len());
    for token in tokens {
        if token.math && matches!(token.kind, Tok::Rel(_)) {
            let kept = out.iter().rposition(|t| t.kind != Tok::Gap).map_or(0, |i| i + 1);
            let operand =
                kept > 0 && !matches!(out[kept - 1].kind, Tok::Word(_) | Tok::Comma | Tok::Stop | Tok::Colon | Tok::Rel(_));
            if operand {
                out.truncate(kept);
            }
        }
        out.push(token);
    }
    out
}

/// `β ≫ 0 \frac{…}` and `i == j a_j^T`: after such a condition a new expression begins.
fn split_limits(tokens: Vec<Token>) -> Vec<Token> {
    let mut out: Vec<Token> = Vec::new();
    for (i, token) in tokens.iter().enumerate() {
        let token = token.clone();
        let n = out.len();
        let excepts = matches!(&token.kind, Tok::Name(l) if matches!(l.as_str(), "i" | "j" | "k" | "l" | "I"))
            && tokens.get(i + 1).is_some_and(|t| t.kind == Tok::Rel(Relation::NotEqual))
            && n >= 1
            && token.spaced
            && matches!(out[n - 1].kind, Tok::Close(_) | Tok::Name(_) | Tok::Number(_));
        if excepts {
            out.push(Token {
                kind: Tok::Gap,
                span: Span::new(token.span.start, token.span.start),
                spaced: true,
                math: token.math,
            });
        }
        let starts = matches!(token.kind, Tok::Frac | Tok::Name(_) | Tok::Function(_) | Tok::Sum);
        let after_limit = n >= 2
            && matches!(&out[n - 1].kind, Tok::Number(z) if z == "0" || z == "1")
            && out[n - 2].kind == Tok::Rel(Relation::MuchGreater);
        let letter = |t: &Token| matches!(&t.kind, Tok::Name(l) if l.len() == 1);
        let after_index = n >= 3
            && letter(&out[n - 1])
            && matches!(out[n - 2].kind, Tok::Rel(Relation::Equal | Relation::NotEqual))
            && letter(&out[n - 3])
            && (n == 3 || !matches!(out[n - 4].kind, Tok::Sub | Tok::Open(Bracket::Brace)))
            && matches!(&out[n - 3].kind, Tok::Name(l) if matches!(l.as_str(), "i" | "j" | "k" | "l"));
        // `β → ∞ c_1 → v_a`
        let after_infinity = n >= 2
            && out[n - 1].kind == Tok::Infinity
            && out[n - 2].kind == Tok::Rel(Relation::Tends)
            && (token.spaced || token.math != out[n - 1].math);
        if starts && (after_limit || after_infinity || after_index && token.spaced) {
            out.push(Token {
                kind: Tok::Gap,
                span: Span::new(token.span.start, token.span.start),
                spaced: true,
                math: token.math,
            });
        }
        out.push(token);
    }
    out
}

/// `n = 10 tr Cov(c) → …`: after the value of a parameter a new relation begins, where another sign follows.
fn split_values(tokens: Vec<Token>, world: &World) -> Vec<Token> {
    const OPERAND_MAX: usize = 12;
    let parameter = |t: &Token| matches!(&t.kind, Tok::Name(n) if world.dimensions.contains_key(n) || world.scalars.get(n).is_some_and(|s| s.limit.is_some()));
    let mut out: Vec<Token> = Vec::with_capacity(tokens.len());
    for (i, token) in tokens.iter().enumerate() {
        let n = out.len();
        let valued = n >= 3
            && matches!(out[n - 1].kind, Tok::Number(_))
            && out[n - 2].kind == Tok::Rel(Relation::Equal)
            && parameter(&out[n - 3])
            && (n == 3 || matches!(out[n - 4].kind, Tok::Word(_) | Tok::Comma | Tok::Stop | Tok::Gap));
        let starts = matches!(token.kind, Tok::Function(_)) || matches!(&token.kind, Tok::Name(n) if n == "c");
        let rest = &tokens[i..];
        let sign = rest.iter().take(OPERAND_MAX).take_while(|t| !matches!(t.kind, Tok::Word(_) | Tok::Comma | Tok::Stop));
        if valued && starts && token.spaced && sign.into_iter().any(|t| matches!(t.kind, Tok::Rel(_))) {
            let place = Span::new(token.span.start, token.span.start);
            out.push(Token { kind: Tok::Gap, span: place, spaced: true, math: token.math });
        }
        out.push(token.clone());
    }
    out
}

/// Sentences: ranges of tokens between stops.
pub fn sentences(tokens: &[Token]) -> Vec<std::ops::Range<usize>> {
    let mut out = Vec::new();
    let mut start = 0;
    for (i, token) in tokens.iter().enumerate() {
        if token.kind == Tok::Stop {
            if i > start {
                out.push(start..i);
            }
            start = i + 1;
        }
    }
    if start < tokens.len() {
        out.push(start..tokens.len());
    }
    out
}

/// What stands before a run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Before {
    /// Nothing: the sentence begins.
    Start,
    /// `⇒`
    Implies,
    /// A comma, semicolon or gap.
    Comma,
    /// A colon.
    Colon,
    /// Words, in lower case.
    Words(Vec<String>),
}

/// A run of mathematics in a sentence.
#[derive(Debug, Clone, PartialEq)]
pub struct Run {
    /// Its tokens, as indices into the part's tokens.
    pub range: std::ops::Range<usize>,
    /// What stands before it.
    pub before: Before,
    /// Whether it stands in brackets of its own.
    pub aside: bool,
    /// Whether `∀` stands before it.
    pub for_all: bool,
}

/// The runs of mathematics of a sentence, in order.
pub fn runs(tokens: &[Token], sentence: std::ops::Range<usize>) -> Vec<Run> {
    let mut out = Vec::new();
    let mut before = Before::Start;
    let mut for_all = false;
    let mut at = sentence.start;
    while at < sentence.end {
        match &tokens[at].kind {
            Tok::Word(w) => {
                let w = w.to_lowercase();
                match &mut before {
                    Before::Words(list) => list.push(w),
                    _ => before = Before::Words(vec![w]),
                }
                if let Some(close) = argument(tokens, at, sentence.end) {
                    at = close;
                }
            }
            Tok::Implies => before = Before::Implies,
            Tok::Comma | Tok::Semicolon | Tok::Gap if !matches!(before, Before::Implies) => before = Before::Comma,
            Tok::Comma | Tok::Semicolon | Tok::Gap => {}
            Tok::Colon => before = Before::Colon,
            Tok::ForAll => for_all = true,
            // In running text an unknown sign stands between words; inside mathematics it is part of it.
            Tok::Unknown(s) if s != "'" && !tokens[at].math => {}
            _ => {
                let end = run_end(tokens, at, sentence.end);
                if let Some((range, true)) = trimmed(tokens, at..end) {
                    for inner in runs(tokens, range) {
                        let before = if inner.before == Before::Start {
                            std::mem::replace(&mut before, Before::Words(vec![]))
                        } else {
                            inner.before.clone()
                        };
                        out.push(Run { aside: true, before, ..inner });
                    }
                    for_all = false;
                } else if let Some((range, aside)) = trimmed(tokens, at..end) {
                    out.push(Run { range, before: std::mem::replace(&mut before, Before::Words(vec![])), aside, for_all });
                    for_all = false;
                }
                at = end;
                continue;
            }
        }
        at += 1;
    }
    out
}

/// `score(b) = …`: a bracket without a relation, glued to a word, is the argument of what the word names; where it closes.
fn argument(tokens: &[Token], word: usize, limit: usize) -> Option<usize> {
    let open = tokens.get(word + 1).filter(|t| t.kind == Tok::Open(Bracket::Round) && !t.spaced && !t.math)?;
    let close = closes_at(tokens, word + 1..limit).filter(|_| open.math == tokens[word].math)?;
    let plain = tokens[word + 1..close].iter().all(|t| !matches!(t.kind, Tok::Rel(_)));
    (plain && close > word + 2).then_some(close)
}

/// A run ends at a word, at punctuation outside its brackets, and before a bracket that never closes.
fn run_end(tokens: &[Token], start: usize, limit: usize) -> usize {
    let mut depth = 0usize;
    let mut end = start;
    while end < limit {
        match &tokens[end].kind {
            Tok::Word(_) | Tok::Stop | Tok::Implies | Tok::ForAll | Tok::Semicolon => break,
            Tok::Unknown(s) if s != "'" && !tokens[end].math => break,
            Tok::Open(_) if depth == 0 && end > start && remark(tokens, end, limit) => break,
            Tok::Open(_) => depth += 1,
            Tok::Close(_) if depth == 0 => break,
            Tok::Close(_) => depth -= 1,
            Tok::Comma | Tok::Colon | Tok::Gap if depth == 0 => break,
            _ => {}
        }
        end += 1;
    }
    if depth > 0
        && let Some(open) = unclosed(&tokens[start..end])
    {
        return if open == 0 { start + 1 } else { start + open };
    }
    end.max(start + 1)
}

/// `q = t k_j (t > 0)`: a bracket with a relation after an operand is a remark of its own, and so is the size of a matrix after it,
/// `A^T A = I (m × m)`.
fn remark(tokens: &[Token], open: usize, limit: usize) -> bool {
    let apart = tokens[open].spaced || tokens[open].math != tokens[open - 1].math;
    let operand = matches!(tokens[open - 1].kind, Tok::Close(_) | Tok::Number(_) | Tok::Transpose | Tok::Infinity)
        || matches!(&tokens[open - 1].kind, Tok::Name(n) if !matches!(n.as_str(), "P" | "E" | "N" | "O" | "Normal"));
    let whole = tokens[open].kind == Tok::Open(Bracket::Round);
    apart && operand && whole && {
        let close = closes_at(tokens, open..limit);
        close.is_some_and(|c| related(&tokens[open + 1..c]) || size(tokens, open, c))
    }
}

/// Whether a relation stands in no bracket of its own: `(k_a - ∑_{i ≠ a} k_i)` is a factor.
fn related(tokens: &[Token]) -> bool {
    let mut depth = 0usize;
    tokens.iter().any(|t| {
        match t.kind {
            Tok::Open(_) => depth += 1,
            Tok::Close(_) => depth = depth.saturating_sub(1),
            _ => {}
        }
        depth == 0 && matches!(t.kind, Tok::Rel(_))
    })
}

/// Whether a bracket holds the size of the matrix before it.
fn size(tokens: &[Token], open: usize, close: usize) -> bool {
    let named = |at: usize| matches!(&tokens[at].kind, Tok::Name(n) if matches!(n.as_str(), "I" | "A" | "B" | "M" | "T"));
    let indexed = open >= 3 && tokens[open - 2].kind == Tok::Sub && named(open - 3);
    let matrix = named(open - 1) || indexed || tokens[open - 1].kind == Tok::Transpose;
    let side = |t: &Token| {
        matches!(&t.kind, Tok::Name(n) if matches!(n.as_str(), "m" | "d" | "n" | "p")) || matches!(t.kind, Tok::Number(_))
    };
    matrix && matches!(&tokens[open + 1..close], [a, by, b] if side(a) && by.kind == Tok::Times && side(b))
}

/// Index of the first bracket that is never closed.
fn unclosed(tokens: &[Token]) -> Option<usize> {
    let mut open = Vec::new();
    for (i, token) in tokens.iter().enumerate() {
        match token.kind {
            Tok::Open(_) => open.push(i),
            Tok::Close(_) => {
                open.pop();
            }
            _ => {}
        }
    }
    open.first().copied()
}

/// The run without brackets around the whole of it; `None` where nothing is left.
fn trimmed(tokens: &[Token], mut range: std::ops::Range<usize>) -> Option<(std::ops::Range<usize>, bool)> {
    let mut aside = false;
    // "the baseline = 25/500": the left side is words.
    while range.len() >= 2 && matches!(tokens[range.start].kind, Tok::Rel(_) | Tok::Times | Tok::Slash | Tok::Percent) {
        range.start += 1;
    }
    while range.len() >= 2 && matches!(tokens[range.end - 1].kind, Tok::Rel(_)) {
        range.end -= 1;
    }
    while range.len() >= 2 {
        let whole = matches!(tokens[range.start].kind, Tok::Open(Bracket::Round | Bracket::Square))
            && closes_at(tokens, range.clone()) == Some(range.end - 1)
            && tokens[range.clone()].iter().any(|t| matches!(t.kind, Tok::Rel(_)));
        if !whole {
            break;
        }
        aside = true;
        range = range.start + 1..range.end - 1;
    }
    let meaningful =
        tokens[range.clone()].iter().any(|t| matches!(t.kind, Tok::Name(_) | Tok::Number(_) | Tok::Function(_) | Tok::Infinity));
    (meaningful && !range.is_empty()).then_some((range, aside))
}

/// Where the bracket that a range begins with closes.
pub(super) fn closes_at(tokens: &[Token], range: std::ops::Range<usize>) -> Option<usize> {
    let mut depth = 0usize;
    for i in range {
        match tokens[i].kind {
            Tok::Open(_) => depth += 1,
            Tok::Close(_) => {
                depth = depth.saturating_sub(1);
                if depth == 0 {
                    return Some(i);
                }
            }
            _ => {}
        }
    }
    None
}
