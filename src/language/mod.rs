//! The language of statements: tokens, expressions, the parser and the normal notation.
//!
//! A leaf: it knows letters and shapes of notation, not what a symbol means. Which letters are
//! symbols comes in as a [`Lexicon`].

mod ellipsis;
mod expr;
mod lexer;
mod lexicon;
mod names;
mod parser;
mod print;
mod signs;
mod token;

pub use ellipsis::Ends;
pub use expr::{Chain, Expr, Index, Moment, Number, Operand, Order, Range, Symbol};
pub use lexer::{CASES_CLOSE, CASES_OPEN, lex};
pub use lexicon::Lexicon;
pub use names::RUNNING_LETTERS;
pub use parser::{NESTING_MAX, Options, ParseError, parse_chain, parse_statement, parse_text};
pub use print::{Style, print, print_chain, print_name};
pub use token::{Bracket, Relation, Tok, Token};
