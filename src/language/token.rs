//! Tokens of written mathematics, each with its place.

use crate::span::Span;

/// A relation sign.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Relation {
    /// `=`, `==`, `:=`, `≡`
    Equal,
    /// `≠`
    NotEqual,
    /// `≈`, `≃`, `≅`
    Approx,
    /// `≫`
    MuchGreater,
    /// `≪`
    MuchLess,
    /// `<`
    Less,
    /// `>`
    Greater,
    /// `≤`
    LessEqual,
    /// `≥`
    GreaterEqual,
    /// `∈`
    In,
    /// `∼`: distributed as, or asymptotic to.
    Tilde,
    /// `→`
    Tends,
    /// `∝`
    Proportional,
}

impl Relation {
    /// Whether it says that one side is smaller or larger: `<`, `≤`, `>`, `≥`.
    pub fn is_order(self) -> bool {
        matches!(self, Relation::Less | Relation::LessEqual | Relation::Greater | Relation::GreaterEqual)
    }

    /// The sign in plain notation.
    pub fn plain(self) -> &'static str {
        match self {
            Relation::Equal => "=",
            Relation::NotEqual => "≠",
            Relation::Approx => "≈",
            Relation::MuchGreater => "≫",
            Relation::MuchLess => "≪",
            Relation::Less => "<",
            Relation::Greater => ">",
            Relation::LessEqual => "≤",
            Relation::GreaterEqual => "≥",
            Relation::In => "∈",
            Relation::Tilde => "~",
            Relation::Tends => "→",
            Relation::Proportional => "∝",
        }
    }

    /// The sign in LaTeX.
    pub fn latex(self) -> &'static str {
        match self {
            Relation::Equal => "=",
            Relation::NotEqual => r"\neq",
            Relation::Approx => r"\approx",
            Relation::MuchGreater => r"\gg",
            Relation::MuchLess => r"\ll",
            Relation::Less => "<",
            Relation::Greater => ">",
            Relation::LessEqual => r"\leq",
            Relation::GreaterEqual => r"\geq",
            Relation::In => r"\in",
            Relation::Tilde => r"\sim",
            Relation::Tends => r"\to",
            Relation::Proportional => r"\propto",
        }
    }
}

/// A bracket's shape.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Bracket {
    /// `( )`
    Round,
    /// `[ ]`
    Square,
    /// `{ }`, which only groups.
    Brace,
    /// `\{ \}`, a set.
    Set,
    /// `⟨ ⟩`
    Angle,
}

/// What a token is.
#[derive(Debug, Clone, PartialEq)]
pub enum Tok {
    /// A number as written.
    Number(String),
    /// A letter; Greek letters by their English names (`alpha`).
    Name(String),
    /// A function name such as `exp`.
    Function(&'static str),
    /// A word of running text.
    Word(String),
    /// `_`
    Sub,
    /// `^`
    Sup,
    /// `⊤`, `\top` or a prime where it stands for transposition.
    Transpose,
    /// An opening bracket.
    Open(Bracket),
    /// A closing bracket.
    Close(Bracket),
    /// `|`
    Bar,
    /// `‖`
    DoubleBar,
    /// `+`
    Plus,
    /// `-`
    Minus,
    /// `*`, `·`, `×`
    Times,
    /// `/`
    Slash,
    /// `%`
    Percent,
    /// `\frac`
    Frac,
    /// `√`
    Sqrt,
    /// `∑`
    Sum,
    /// A relation sign.
    Rel(Relation),
    /// `⇒`
    Implies,
    /// `∀`
    ForAll,
    /// `∞`
    Infinity,
    /// `…`
    Dots,
    /// `,`
    Comma,
    /// `;`
    Semicolon,
    /// `:`
    Colon,
    /// `.` that ends a sentence.
    Stop,
    /// A wide space (`\quad`), an alignment mark, or the end of a line of words.
    Gap,
    /// Something that is not part of the language.
    Unknown(String),
}

/// A token with its place.
#[derive(Debug, Clone, PartialEq)]
pub struct Token {
    /// What it is.
    pub kind: Tok,
    /// Where it stands, in bytes of the whole text.
    pub span: Span,
    /// Whether white space stands before it.
    pub spaced: bool,
    /// Whether it stands inside math delimiters.
    pub math: bool,
}

impl Token {
    /// Whether this is the name `name`.
    pub fn is_name(&self, name: &str) -> bool {
        matches!(&self.kind, Tok::Name(n) if n == name)
    }

    /// The word in lower case, where the token is one.
    pub fn word(&self) -> Option<String> {
        match &self.kind {
            Tok::Word(w) => Some(w.to_lowercase()),
            _ => None,
        }
    }
}
