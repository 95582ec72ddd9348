//! Tokens of answers as people and machines write them: LaTeX, Unicode, plain text.

use num_bigint::BigInt;
use num_rational::BigRational;

use super::ReadError;
use super::signs::{
    GREEK, SHORT_WORDS, SKIPPED, TYPE, WORDS, command_token, letter, script, sign_token, vulgar, wide, word_token,
};
use crate::algebra::term::Func;
use crate::language::Relation;

/// What a token is.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Tok {
    /// A number as written.
    Number(BigRational),
    /// A symbol; Greek letters by their English names.
    Name(String),
    /// A function.
    Function(Func),
    /// `log`, whose base may follow.
    Log,
    /// One minus the error function.
    Erfc,
    /// Secant, cosecant, cotangent: one over the function.
    Reciprocal(Func),
    /// The inverse of a hyperbolic function.
    Area(Func),
    /// The angle whose reciprocal function is the argument: `arcsec x = arccos(1/x)`.
    Inverted(Func),
    /// The sign of a number.
    Signum,
    /// The real part of a number, or the imaginary one.
    Part {
        /// Whether it is the real part.
        real: bool,
    },
    CubeRoot,
    /// `\bmod`
    Remainder,
    /// `cis`: a cosine and `i` times a sine.
    Cis,
    /// The greatest common divisor, or the least common multiple.
    Divisor {
        /// Whether it is the divisor.
        common: bool,
    },
    Frac,
    Sqrt,
    Binom,
    /// `\choose`
    Choose,
    /// `\over`
    Over,
    /// `\pmod`
    Modulo,
    /// `\lim`
    Limit,
    /// `diff(f, x)`
    Diff,
    Sum,
    Prod,
    /// An opening bracket: `(`, `[`, `{`, `S` (a set's), `<`, `f` (floor), `c` (ceiling).
    Open(char),
    /// A closing bracket, by its opening.
    Close(char),
    Bar,
    DoubleBar,
    Plus,
    Minus,
    PlusMinus,
    MinusPlus,
    Times,
    Slash,
    Sup,
    Sub,
    Bang,
    Percent,
    Degree,
    Prime,
    Transpose,
    Comma,
    Semicolon,
    Colon,
    /// `and` between answers.
    And,
    /// `or` between answers.
    Or,
    Rel(Relation),
    Infinity,
    Union,
    /// `\cap`
    Meet,
    /// `\setminus`
    Without,
    Empty,
    Reals,
    Dots,
    Overline,
    /// `\begin{matrix}` and its like.
    Begin,
    /// `\begin{vmatrix}`
    Determinant,
    /// `\det`
    Det,
    /// `\begin{cases}`
    Cases,
    /// `\end{matrix}`
    End,
    Amp,
    Row,
    /// A word of a `\text{}` group or of running text.
    Word(String),
}

/// A token with its place.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Token {
    pub kind: Tok,
    pub at: usize,
    /// Whether white space stands before it.
    pub spaced: bool,
    /// How many decimals a number was written with.
    pub digits: usize,
    /// Whether a letter was set as text, as units are.
    pub upright: bool,
}

impl Token {
    /// A double bar as two bars, everything else as it is.
    pub fn halves(&self) -> Vec<Token> {
        let kinds = if self.kind == Tok::DoubleBar { vec![Tok::Bar, Tok::Bar] } else { vec![self.kind.clone()] };
        kinds.into_iter().map(|kind| Token { kind, ..self.clone() }).collect()
    }
}

pub(super) struct Lexer<'a> {
    pub(super) text: &'a str,
    pub(super) at: usize,
    pub(super) spaced: bool,
    pub(super) out: Vec<Token>,
}

/// Splits a text into tokens.
pub(super) fn lex(text: &str) -> Result<Vec<Token>, ReadError> {
    let mut lexer = Lexer { text, at: 0, spaced: false, out: Vec::new() };
    while let Some(c) = lexer.peek() {
        let start = lexer.at;
        if lexer.out.len() > TOKENS_MAX {
            return lexer.error(start, "expected at most 2,000 signs and words");
        }
        if c.is_whitespace() || c == '\u{feff}' || c == '\u{200b}' || c == '$' || c == '~' {
            lexer.bump(c);
            lexer.spaced = true;
        } else if c == '\\' {
            lexer.command()?;
        } else if wide(c).is_ascii_digit() || c == '.' && lexer.second().is_some_and(|d| d.is_ascii_digit()) {
            lexer.number()?;
        } else if letter(c) {
            lexer.letters()?;
        } else {
            lexer.bump(c);
            lexer.sign(c, start)?;
        }
    }
    Ok(lexer.out)
}

impl Lexer<'_> {
    pub(super) fn rest(&self) -> &str {
        &self.text[self.at..]
    }

    pub(super) fn peek(&self) -> Option<char> {
        self.rest().chars().next()
    }

    pub(super) fn second(&self) -> Option<char> {
        self.rest().chars().nth(1)
    }

    pub(super) fn bump(&mut self, c: char) {
        self.at += c.len_utf8();
    }

    pub(super) fn push(&mut self, kind: Tok, at: usize) {
        let spaced = std::mem::take(&mut self.spaced);
        self.out.push(Token { kind, at, spaced, digits: 0, upright: false });
    }

    pub(super) fn error<T>(&self, at: usize, expected: &str) -> Result<T, ReadError> {
        let found: String = self.text[at..].chars().take(12).collect();
        Err(ReadError { at, message: format!("{expected}, found `{found}`") })
    }

    fn command(&mut self) -> Result<(), ReadError> {
        let start = self.at;
        self.at += 1;
        let name: String = self.rest().chars().take_while(char::is_ascii_alphabetic).collect();
        if name.is_empty() {
            return self.escaped(start);
        }
        // `\quadx`: a space that ran into the letters behind it.
        let space = ["qquad", "quad"].into_iter().find(|q| name.len() > q.len() && name.starts_with(q));
        let name = space.map_or(name, String::from);
        self.at += name.len();
        if name == "left" || name == "right" {
            let trimmed = self.rest().trim_start();
            if trimmed.starts_with('.') {
                self.at = self.text.len() - trimmed.len() + 1;
            }
            return Ok(());
        }
        if TYPE.contains(&name.as_str()) {
            self.bare_letter(start);
            return Ok(());
        }
        if SKIPPED.contains(&name.as_str()) {
            if self.rest().trim_start().starts_with('{') {
                self.braced(start)?;
            }
            return Ok(());
        }
        if WORDS.contains(&name.as_str()) && self.rest().trim_start().starts_with('{') {
            return self.words(&name, start);
        }
        if name == "mathbb" {
            let rest = self.rest().trim_start();
            let set = rest.chars().next().filter(|c| matches!(c, 'R' | 'N' | 'Z' | 'Q' | 'C'));
            if let Some(c) = set.filter(|_| !rest[1..].starts_with(|c: char| c.is_alphanumeric())) {
                self.at = self.text.len() - rest.len() + 1;
                self.push(if c == 'R' { Tok::Reals } else { Tok::Name(double_struck(c).to_string()) }, start);
                return Ok(());
            }
        }
        if let Some(mark) = accent(&name) {
            let rest = self.rest().trim_start();
            let bare = rest.strip_prefix('{').map_or(rest, str::trim_start);
            let letter =
                bare.chars().next().filter(|c| c.is_ascii_alphabetic() && !(mark == BAR && matches!(c, 'i' | 'z' | 'w')));
            let greek = bare.strip_prefix('\\').and_then(|r| GREEK.iter().find(|(_, n)| r.starts_with(n))).map(|g| g.1);
            let size = greek.map_or(1, |n| n.len() + 1);
            let named = greek.map(String::from).or(letter.map(|c| c.to_string()));
            let braced = bare.len() != rest.len();
            let after = bare.get(size..).unwrap_or_default();
            let closed = if braced { after.trim_start().strip_prefix('}') } else { Some(after) };
            if let (Some(n), Some(after)) = (named, closed) {
                self.at = self.text.len() - after.len();
                self.push(Tok::Name(format!("{n}{mark}")), start);
                return Ok(());
            }
        }
        if name == "begin" || name == "end" {
            return self.environment(&name, start);
        }
        if self.geometry(&name, start) {
            return Ok(());
        }
        if matches!(name.as_str(), "quad" | "qquad" | "space" | "thinspace") {
            self.spaced = true;
            return Ok(());
        }
        let greek = GREEK.iter().find(|(_, n)| *n == name).map(|(_, n)| Tok::Name((*n).into()));
        match greek.or_else(|| command_token(&name)).or_else(|| word_token(&name)) {
            Some(kind) => self.push(kind, start),
            None => return self.error(start, "expected a known command"),
        }
        Ok(())
    }

    fn escaped(&mut self, start: usize) -> Result<(), ReadError> {
        let Some(c) = self.peek() else { return self.error(start, "expected a command") };
        self.bump(c);
        match c {
            ',' | ';' | '!' | ':' | ' ' | '>' | '(' | ')' | '[' | ']' | '$' | '/' | '\n' => self.spaced = true,
            '{' => self.push(Tok::Open('S'), start),
            '}' => self.push(Tok::Close('S'), start),
            '|' => self.push(Tok::DoubleBar, start),
            '%' => self.push(Tok::Percent, start),
            '\\' => self.push(Tok::Row, start),
            _ => return self.error(start, "expected a known command"),
        }
        Ok(())
    }

    /// The content of the braces that follow, which are passed.
    fn braced(&mut self, start: usize) -> Result<&str, ReadError> {
        let open = self.at + self.rest().find('{').unwrap_or(0);
        let mut depth = 0usize;
        for (k, c) in self.text[open..].char_indices() {
            match c {
                '{' => depth += 1,
                '}' => depth = depth.saturating_sub(1),
                _ => {}
            }
            if depth == 0 {
                self.at = open + k + 1;
                return Ok(self.text.get(open + 1..open + k).unwrap_or_default());
            }
        }
        self.error(start, "expected `}`")
    }

    /// `\text{…}`: a function or number set by its name, `and` and `or`, a unit, words.
    fn words(&mut self, name: &str, start: usize) -> Result<(), ReadError> {
        let content = self.braced(start)?.trim_matches(|c: char| c.is_whitespace() || c == '~').to_string();
        let called = self.rest().trim_start().starts_with(['(', '{', '\\', '_', '^']);
        let letter = content.len() == 1 && content.starts_with(|c: char| c.is_ascii_alphabetic());
        let kind = match content.as_str() {
            "" => return Ok(()),
            "R" if name == "mathbb" => Tok::Reals,
            "N" | "Z" | "Q" | "C" if name == "mathbb" => {
                Tok::Name(double_struck(content.chars().next().unwrap_or('C')).to_string())
            }
            "T" => Tok::Transpose,
            "min" | "max" if !called => Tok::Word(content),
            _ if letter => Tok::Name(content.clone()),
            _ => match word_token(&content) {
                Some(kind) => kind,
                None if content.contains(['+', '=', '\\', '(']) || !content.starts_with(char::is_alphabetic) => {
                    let inner = lex(&content)?;
                    self.out.extend(inner.into_iter().map(|t| Token { at: start, ..t }));
                    return Ok(());
                }
                None => Tok::Word(content),
            },
        };
        self.push(kind, start);
        if letter && let Some(t) = self.out.last_mut() {
            t.upright = !matches!(name, "mathbb" | "operatorname");
        }
        Ok(())
    }

    fn environment(&mut self, which: &str, start: usize) -> Result<(), ReadError> {
        let inner = self.rest().strip_prefix('{').and_then(|r| r.find('}').map(|e| r[..e].to_string()));
        let Some(name) = inner else { return self.error(start, "expected an environment") };
        self.at += name.len() + 2;
        match (name.as_str(), which) {
            ("vmatrix", "begin") => self.push(Tok::Determinant, start),
            ("cases", "begin") => self.push(Tok::Cases, start),
            ("vmatrix" | "cases", _) => self.push(Tok::End, start),
            _ => return self.matrix_environment(&name, which, start),
        }
        Ok(())
    }

    fn matrix_environment(&mut self, name: &str, which: &str, start: usize) -> Result<(), ReadError> {
        let matrix = matches!(name, "matrix" | "pmatrix" | "bmatrix" | "Bmatrix" | "smallmatrix" | "array");
        if name == "array" && which == "begin" {
            let skip = self.rest().strip_prefix('{').and_then(|r| r.find('}')).map_or(0, |e| e + 2);
            self.at += skip;
        }
        match (matrix, which) {
            (true, "begin") => self.push(Tok::Begin, start),
            (true, _) => self.push(Tok::End, start),
            _ if matches!(name, "equation" | "equation*" | "align" | "align*" | "aligned") => {}
            _ => return self.error(start, "expected a matrix"),
        }
        Ok(())
    }

    /// A run of letters: a name of its own, or symbols side by side.
    fn letters(&mut self) -> Result<(), ReadError> {
        let start = self.at;
        let run: String = self.rest().chars().take_while(|c| letter(*c)).collect();
        let plain: String = run.chars().map(wide).collect();
        if let Some(kind) = word_token(&plain) {
            self.at += run.len();
            self.push(kind, start);
            return Ok(());
        }
        // `sqrt2`, `xsin`: a name inside a run is not guessed at, but Greek letters stand alone.
        let count = run.chars().count();
        let greek = run.chars().any(|c| GREEK.iter().any(|(g, _)| *g == c));
        if count > 3 && !greek {
            self.at += run.len();
            self.push(Tok::Word(plain), start);
            return Ok(());
        }
        let title = plain.get(1..).is_some_and(|r| !r.is_empty() && r.bytes().all(|b| b.is_ascii_lowercase()));
        if SHORT_WORDS.contains(&plain.as_str()) || title && SHORT_WORDS.contains(&plain.to_lowercase().as_str()) {
            self.at += run.len();
            self.push(Tok::Word(plain), start);
            return Ok(());
        }
        for c in run.chars() {
            let at = self.at;
            self.bump(c);
            let name = GREEK.iter().find(|(g, _)| *g == c).map_or_else(|| wide(c).to_string(), |(_, n)| (*n).to_string());
            self.push(Tok::Name(name), at);
        }
        Ok(())
    }

    fn sign(&mut self, raw: char, start: usize) -> Result<(), ReadError> {
        let c = wide(raw);
        if let Some(order) = ['∛', '∜'].iter().position(|r| *r == c) {
            let order = Tok::Number(BigRational::from_integer(BigInt::from(3 + order)));
            [Tok::Sqrt, Tok::Open('['), order, Tok::Close('[')].into_iter().for_each(|k| self.push(k, start));
            return Ok(());
        }
        if let Some((plain, sub)) = script(c) {
            return self.scripts(plain, sub, start);
        }
        if let Some((n, d)) = vulgar(c) {
            self.push(Tok::Number(BigRational::new(BigInt::from(n), BigInt::from(d))), start);
            if let Some(t) = self.out.last_mut() {
                t.digits = 1;
            }
            return Ok(());
        }
        let two: String = std::iter::once(c).chain(self.peek()).collect();
        let pair = match two.as_str() {
            "**" => Some(Tok::Sup),
            "<=" => Some(Tok::Rel(Relation::LessEqual)),
            ">=" => Some(Tok::Rel(Relation::GreaterEqual)),
            "!=" => Some(Tok::Rel(Relation::NotEqual)),
            "==" | ":=" => Some(Tok::Rel(Relation::Equal)),
            "<<" => Some(Tok::Rel(Relation::MuchLess)),
            ">>" => Some(Tok::Rel(Relation::MuchGreater)),
            "||" => Some(Tok::DoubleBar),
            _ => None,
        };
        if let (Some(kind), Some(next)) = (pair, self.peek()) {
            self.bump(next);
            self.push(kind, start);
            return Ok(());
        }
        if c == '.' && self.rest().starts_with("..") {
            self.at += 2;
            self.push(Tok::Dots, start);
            return Ok(());
        }
        // One before the end of a case is a stop too.
        if c == '.' && ["\\end", "\\\\"].iter().any(|m| self.rest().trim_start().starts_with(m)) {
            return Ok(());
        }
        // A full stop at the very end closes a sentence.
        if c == '.' && self.rest().trim_matches(|c: char| c.is_whitespace() || matches!(c, '$' | '}' | '*')).is_empty() {
            return Ok(());
        }
        if c == '∠' && self.geometry("angle", start) {
            return Ok(());
        }
        match sign_token(c) {
            Some(kind) => self.push(kind, start),
            None => return self.error(start, "expected mathematics"),
        }
        Ok(())
    }

    /// A run of Unicode scripts is a script with a braced group.
    fn scripts(&mut self, first: char, sub: bool, start: usize) -> Result<(), ReadError> {
        let mut inner = first.to_string();
        while let Some((c, raw)) = self.peek().and_then(|r| script(r).filter(|(_, s)| *s == sub).map(|(c, _)| (c, r))) {
            inner.push(c);
            self.bump(raw);
        }
        self.push(if sub { Tok::Sub } else { Tok::Sup }, start);
        self.push(Tok::Open('{'), start);
        if inner == "T" && !sub {
            self.push(Tok::Transpose, start);
        } else {
            self.out.extend(lex(&inner)?.into_iter().map(|t| Token { at: start, ..t }));
        }
        self.push(Tok::Close('{'), start);
        Ok(())
    }
}

/// The letter of a set of numbers.
fn double_struck(c: char) -> char {
    match c {
        'N' => 'ℕ',
        'Z' => 'ℤ',
        'Q' => 'ℚ',
        _ => 'ℂ',
    }
}

/// Most tokens of an answer.
const TOKENS_MAX: usize = 2000;

/// The mark of a mean or a conjugate.
const BAR: char = '\u{304}';

/// The mark that a command sets over a letter, which makes it another letter.
fn accent(command: &str) -> Option<char> {
    Some(match command {
        "hat" | "widehat" => '\u{302}',
        "dot" => '\u{307}',
        "ddot" => '\u{308}',
        "tilde" | "widetilde" => '\u{303}',
        "bar" | "overline" => BAR,
        _ => return None,
    })
}
