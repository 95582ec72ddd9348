//! From tokens to expressions: a Pratt parser that consumes every token or says which stopped it.

use super::ellipsis::{Ends, member_of_pattern, sum_of_pattern};
use super::expr::{Chain, Expr, Index, Number, Operand, Symbol};
use super::lexicon::Lexicon;
use super::token::{Bracket, Relation, Tok, Token};
use crate::span::Span;

/// Deepest nesting of brackets that is read.
pub const NESTING_MAX: usize = 64;

/// How to read what has more than one reading.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Options {
    /// `1/4x` is `1/(4x)` and not `(1/4)x`.
    pub greedy_denominators: bool,
    /// `α_a(X)` is a function's value and not a product.
    pub applications: bool,
    /// `m2` is `m^2`: growth orders whose superscripts were lost.
    pub lost_powers: bool,
    /// What a sum with dots means whose last term ends at two indices.
    pub ends: Ends,
}

/// Why tokens are not an expression, and where.
#[derive(Debug, Clone, PartialEq)]
pub struct ParseError {
    /// The token that stopped the parser (the end of the tokens when they ran out).
    pub span: Span,
    /// What was found.
    pub found: String,
    /// What was expected.
    pub expected: &'static str,
}

impl std::fmt::Display for ParseError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "expected {}, found {}", self.expected, self.found)
    }
}

impl std::error::Error for ParseError {}

pub(super) type Result<T> = std::result::Result<T, ParseError>;

/// Parses a chain of relations (one operand alone is a chain too). Every token is consumed.
pub fn parse_chain(tokens: &[Token], text: &str, lexicon: &Lexicon, options: Options) -> Result<Chain> {
    let mut parser = Parser { tokens, text, at: 0, lexicon, options, depth: 0, bars: 0 };
    let chain = parser.chain()?;
    match parser.peek() {
        None => Ok(chain),
        Some(_) => Err(parser.error("an operator or a relation")),
    }
}

/// Parses one expression of plain text, e.g. from a world's file.
pub fn parse_text(text: &str, lexicon: &Lexicon) -> Result<Expr> {
    let mut chain = parse_statement(text, lexicon)?;
    match chain.operands.len() {
        1 => Ok(chain.operands.remove(0).expr),
        _ => Err(ParseError { span: Span::new(0, text.len()), found: "a relation".into(), expected: "one expression" }),
    }
}

/// Parses a chain of relations of plain text, e.g. from a world's file.
pub fn parse_statement(text: &str, lexicon: &Lexicon) -> Result<Chain> {
    let tokens = super::lexer::lex(text, 0, true, lexicon);
    parse_chain(&tokens, text, lexicon, Options::default())
}

pub(super) struct Parser<'a> {
    pub(super) tokens: &'a [Token],
    pub(super) text: &'a str,
    pub(super) at: usize,
    pub(super) lexicon: &'a Lexicon,
    pub(super) options: Options,
    depth: usize,
    bars: usize,
}

impl Parser<'_> {
    pub(super) fn peek(&self) -> Option<&Tok> {
        self.tokens.get(self.at).map(|t| &t.kind)
    }

    pub(super) fn ahead(&self, n: usize) -> Option<&Tok> {
        self.tokens.get(self.at + n).map(|t| &t.kind)
    }

    pub(super) fn take(&mut self, kind: &Tok) -> bool {
        let hit = self.peek() == Some(kind);
        self.at += usize::from(hit);
        hit
    }

    pub(super) fn expect(&mut self, kind: &Tok, expected: &'static str) -> Result<()> {
        if self.take(kind) { Ok(()) } else { Err(self.error(expected)) }
    }

    pub(super) fn error(&self, expected: &'static str) -> ParseError {
        let end = self.tokens.last().map_or(0, |t| t.span.end);
        match self.tokens.get(self.at) {
            Some(t) => {
                let word = Span::new(t.span.start, t.span.end).of(self.text);
                let found = if word.is_empty() { describe(&t.kind) } else { format!("`{word}`") };
                ParseError { span: t.span, found, expected }
            }
            None => ParseError { span: Span::new(end, end), found: "the end".into(), expected },
        }
    }

    pub(super) fn chain(&mut self) -> Result<Chain> {
        let mut chain = Chain { operands: vec![self.operand()?], relations: Vec::new() };
        while let Some(Tok::Rel(relation)) = self.peek() {
            chain.relations.push(*relation);
            self.at += 1;
            let goes_on = (self.peek(), self.ahead(1)) == (Some(&Tok::Dots), Some(&Tok::Rel(Relation::Equal)));
            if goes_on && chain.relations.iter().all(|r| *r == Relation::Equal) {
                self.at += 2;
                chain = self.members(chain)?;
            } else {
                chain.operands.push(self.operand()?);
            }
        }
        Ok(chain)
    }

    /// `s_1 = … = s_n` as `s_i`, to which what follows is equal; alone it says `s_i = s_1`.
    fn members(&mut self, before: Chain) -> Result<Chain> {
        let dots = self.at - 2;
        let last = self.operand()?;
        let listed: Vec<Expr> = before.operands.iter().map(|o| o.expr.clone()).collect();
        let expr = member_of_pattern(&listed, &last.expr).ok_or_else(|| {
            self.at = dots;
            self.error("members that follow one pattern before and after the dots")
        })?;
        let first = before.operands[0].clone();
        let member = Operand { expr, span: first.span.to(last.span) };
        let alone = !matches!(self.peek(), Some(Tok::Rel(Relation::Equal)));
        let (operands, relations) = if alone { (vec![member, first], vec![Relation::Equal]) } else { (vec![member], vec![]) };
        Ok(Chain { operands, relations })
    }

    fn operand(&mut self) -> Result<Operand> {
        let first = self.at;
        let expr = self.sum()?;
        let span = self.tokens[first].span.to(self.tokens[self.at - 1].span);
        Ok(Operand { expr, span })
    }

    /// `a + b − c`, with `a_1 + … + a_m` and the scan's `a_1 + a_2 + + a_m` as sums over an index.
    pub(super) fn sum(&mut self) -> Result<Expr> {
        self.depth += 1;
        if self.depth > NESTING_MAX {
            return Err(self.error("brackets nested at most 64 deep"));
        }
        let mut terms = Vec::new();
        loop {
            let negative = match self.peek() {
                Some(Tok::Minus) => true,
                Some(Tok::Plus) => false,
                _ if terms.is_empty() => {
                    terms.push(self.product()?);
                    continue;
                }
                _ => break,
            };
            self.at += 1;
            if !terms.is_empty() && !negative && matches!(self.peek(), Some(Tok::Dots | Tok::Plus)) {
                let dots = self.at;
                self.at += 1;
                self.take(&Tok::Plus);
                let last = self.product()?;
                terms = vec![sum_of_pattern(&terms, &last, self.options.ends).ok_or_else(|| {
                    self.at = dots;
                    self.error("terms of one pattern around the dots")
                })?];
                continue;
            }
            let term = self.product()?;
            terms.push(if negative { Expr::Neg(Box::new(term)) } else { term });
        }
        self.depth -= 1;
        Ok(if terms.len() == 1 { terms.remove(0) } else { Expr::Add(terms) })
    }

    /// A product: factors with `·`, `/` or nothing between them, from the left.
    pub(super) fn product(&mut self) -> Result<Expr> {
        let mut factors = vec![self.factor()?];
        loop {
            match self.peek() {
                Some(Tok::Times) => {
                    self.at += 1;
                    factors.push(self.signed_factor()?);
                }
                Some(Tok::Slash) => {
                    self.at += 1;
                    let denominator = self.denominator()?;
                    let numerator = product_of(factors);
                    factors = vec![Expr::Div(Box::new(numerator), Box::new(denominator))];
                }
                Some(_) if self.starts_factor() => {
                    let applied = self.options.applications
                        && self.peek() == Some(&Tok::Open(Bracket::Round))
                        && matches!(factors.last(), Some(Expr::Symbol(_)));
                    let factor = self.factor()?;
                    if !(applied && matches!(factor, Expr::Symbol(_) | Expr::Tuple(_) | Expr::Number(_))) {
                        factors.push(factor);
                    }
                }
                _ => break,
            }
        }
        Ok(product_of(factors))
    }

    fn signed_factor(&mut self) -> Result<Expr> {
        if self.take(&Tok::Minus) {
            return Ok(Expr::Neg(Box::new(self.factor()?)));
        }
        self.factor()
    }

    fn denominator(&mut self) -> Result<Expr> {
        let mut factors = vec![self.signed_factor()?];
        while self.options.greedy_denominators && self.starts_factor() {
            factors.push(self.factor()?);
        }
        Ok(product_of(factors))
    }

    pub(super) fn starts_factor(&self) -> bool {
        match self.peek() {
            Some(Tok::Number(_) | Tok::Name(_) | Tok::Function(_) | Tok::Infinity | Tok::Frac | Tok::Sqrt | Tok::Sum) => true,
            Some(Tok::Open(_)) => true,
            Some(Tok::Bar | Tok::DoubleBar) => self.bars == 0,
            _ => false,
        }
    }

    /// A primary with its scripts.
    pub(super) fn factor(&mut self) -> Result<Expr> {
        let mut expr = self.primary()?;
        loop {
            match self.peek() {
                Some(Tok::Transpose) => {
                    self.at += 1;
                    expr = Expr::Transpose(Box::new(expr));
                }
                Some(Tok::Unknown(s)) if s == "'" => {
                    self.at += 1;
                    expr = Expr::Transpose(Box::new(expr));
                }
                Some(Tok::Sup) => {
                    self.at += 1;
                    expr = self.superscript(expr)?;
                }
                Some(Tok::Percent) => {
                    self.at += 1;
                    expr = Expr::Div(Box::new(expr), Box::new(Expr::int(100)));
                }
                Some(Tok::Name(t)) if t == "T" && self.scanned_transpose(&expr) => {
                    self.at += 1;
                    expr = Expr::Transpose(Box::new(expr));
                }
                _ => return Ok(expr),
            }
        }
    }

    /// `k_a T q`: a scan that lost the superscript.
    fn scanned_transpose(&self, before: &Expr) -> bool {
        !self.lexicon.knows("T")
            && matches!(before, Expr::Symbol(_) | Expr::Add(_) | Expr::Transpose(_))
            && matches!(self.ahead(1), Some(Tok::Name(_) | Tok::Open(_) | Tok::Function(_)) | None)
    }

    fn superscript(&mut self, base: Expr) -> Result<Expr> {
        let braced = self.take(&Tok::Open(Bracket::Brace));
        // `e^t` and `2^t` are powers, `k^t` is a transpose.
        let small = matches!(self.peek(), Some(Tok::Name(t)) if t == "t");
        let power = matches!(base, Expr::Call("e", _)) || small && matches!(base, Expr::Number(_));
        let transposed = match self.peek() {
            Some(_) if power => false,
            Some(Tok::Transpose) => true,
            Some(Tok::Name(t)) => t == "T" || t == "t" && !self.lexicon.knows("t"),
            _ => false,
        };
        let closes = |n: usize| !braced || self.ahead(n) == Some(&Tok::Close(Bracket::Brace));
        let plus = matches!(self.peek(), Some(Tok::Plus)) || matches!(self.peek(), Some(Tok::Name(d)) if d == "dagger");
        if (transposed || plus) && closes(1) {
            self.at += 1 + usize::from(braced);
            let base = Box::new(base);
            return Ok(if plus { Expr::PseudoInverse(base) } else { Expr::Transpose(base) });
        }
        let exponent = if braced {
            let inner = self.sum()?;
            self.expect(&Tok::Close(Bracket::Brace), "`}`")?;
            inner
        } else if self.take(&Tok::Minus) {
            Expr::Neg(Box::new(self.primary()?))
        } else {
            self.primary()?
        };
        Ok(match base {
            Expr::Call("e", _) => Expr::Call("exp", vec![exponent]),
            Expr::Space(_) => Expr::Space(dimensions(exponent)),
            base => Expr::Pow(Box::new(base), Box::new(exponent)),
        })
    }

    fn primary(&mut self) -> Result<Expr> {
        let Some(kind) = self.peek().cloned() else {
            return Err(self.error("an expression"));
        };
        match kind {
            Tok::Number(text) => {
                let number = Number::parse(&text).ok_or_else(|| self.error("a number"))?;
                self.at += 1;
                Ok(Expr::Number(number))
            }
            Tok::Infinity => {
                self.at += 1;
                Ok(Expr::Infinity)
            }
            Tok::Name(_) => self.name(),
            Tok::Function(f) => {
                self.at += 1;
                self.call(f)
            }
            Tok::Frac => {
                self.at += 1;
                self.fraction()
            }
            Tok::Sqrt => {
                self.at += 1;
                let inner = self.factor()?;
                Ok(Expr::Call("sqrt", vec![inner]))
            }
            Tok::Sum => {
                self.at += 1;
                self.big_sum()
            }
            Tok::Open(bracket) => self.bracketed(bracket),
            Tok::Bar | Tok::DoubleBar if self.bars == 0 => self.between_bars(kind),
            _ => Err(self.error("an expression")),
        }
    }

    fn between_bars(&mut self, bar: Tok) -> Result<Expr> {
        self.at += 1;
        let outside = self.bars;
        self.bars = outside + 1;
        let inner = self.sum();
        self.bars = outside;
        let inner = Box::new(inner?);
        self.expect(&bar, "the closing bar")?;
        Ok(if bar == Tok::Bar { Expr::Abs(inner) } else { Expr::Norm(inner) })
    }

    pub(super) fn bracketed(&mut self, bracket: Bracket) -> Result<Expr> {
        self.at += 1;
        let bars = std::mem::take(&mut self.bars);
        let mut list = vec![self.sum()?];
        while self.take(&Tok::Comma) {
            list.push(self.sum()?);
        }
        self.bars = bars;
        let other = match bracket {
            Bracket::Square => Some(Bracket::Round),
            Bracket::Round => Some(Bracket::Square),
            _ => None,
        };
        let half_open = list.len() == 2 && other.is_some_and(|b| self.peek() == Some(&Tok::Close(b)));
        if half_open {
            self.at += 1;
        } else {
            self.expect(&Tok::Close(bracket), closing(bracket))?;
        }
        Ok(match (bracket, list.len()) {
            (Bracket::Angle, 2) => {
                let right = list.remove(1);
                Expr::Mul(vec![Expr::Transpose(Box::new(list.remove(0))), right])
            }
            (Bracket::Square | Bracket::Round, 2) if bracket == Bracket::Square || half_open => {
                let high = list.remove(1);
                Expr::Interval(Box::new(list.remove(0)), Box::new(high))
            }
            (Bracket::Angle | Bracket::Set, _) => {
                return Err(self.error("no set or bracket of this kind"));
            }
            (_, 1) => list.remove(0),
            _ => Expr::Tuple(list),
        })
    }

    /// `\frac12`, `\frac{a}{b}`, `\frac1n`.
    fn fraction(&mut self) -> Result<Expr> {
        if let Some(Tok::Number(digits)) = self.peek()
            && digits.len() == 2
            && digits.bytes().all(|b| b.is_ascii_digit())
        {
            let ends: Vec<i64> = digits.bytes().map(|b| i64::from(b - b'0')).collect();
            self.at += 1;
            return Ok(Expr::Div(Box::new(Expr::int(ends[0])), Box::new(Expr::int(ends[1]))));
        }
        let over = self.primary()?;
        let under = self.primary()?;
        Ok(Expr::Div(Box::new(over), Box::new(under)))
    }
}

/// A product of factors, flattened.
pub(super) fn product_of(mut factors: Vec<Expr>) -> Expr {
    if factors.len() == 1 { factors.remove(0) } else { Expr::Mul(factors) }
}

pub(super) fn closing(bracket: Bracket) -> &'static str {
    match bracket {
        Bracket::Round => "`)`",
        Bracket::Square => "`]`",
        Bracket::Brace => "`}`",
        Bracket::Set => "`\\}`",
        Bracket::Angle => "`⟩`",
    }
}

/// The dimensions in the exponent of `R^{d × m}`.
fn dimensions(exponent: Expr) -> Vec<Expr> {
    match exponent {
        Expr::Mul(list) => list,
        one => vec![one],
    }
}

fn describe(kind: &Tok) -> String {
    format!("{kind:?}")
}

/// An index as it stands in a subscript.
pub(super) fn index_of(kind: &Tok) -> Option<Index> {
    match kind {
        Tok::Name(n) => Some(Index::Letter(n.clone())),
        Tok::Number(n) => n.parse().ok().map(Index::Number),
        _ => None,
    }
}

/// A symbol as an expression.
pub(super) fn symbol(name: &str, indices: Vec<Index>) -> Expr {
    Expr::Symbol(Symbol { name: name.to_string(), indices })
}
