//! Tables: a row says of the head of each column what its cell says, under what its first cell says.
//!
//! `| X | α_a | c |` over `| 2 | ≈ 1 | v_a |` reads as `X = 2: α_a ≈ 1, c = v_a`.

use crate::language::{Bracket, Relation, Tok, Token};
use crate::span::Span;
use crate::world::World;

/// Where a piece of a table stands.
pub struct Cell {
    /// Where the table begins in the text.
    table: usize,
    /// Its line, counted from the head.
    row: usize,
    /// Its column.
    column: usize,
}

impl Cell {
    /// The cell of a table in bars in which a piece of text stands.
    pub fn at(place: Span, text: &str) -> Option<Cell> {
        text.get(..place.start)?;
        let start = line_start(text, place.start);
        if !barred(&text[start..]) {
            return None;
        }
        let table = table_start(text, start);
        let column = text[start..place.start].matches('|').count().checked_sub(1)?;
        Some(Cell { table, row: text[table..start].matches('\n').count(), column })
    }
}

/// Whether a line is a row of a table.
pub fn barred(line: &str) -> bool {
    line.trim_start().starts_with('|')
}

/// Where the line begins in which a place is.
pub fn line_start(text: &str, at: usize) -> usize {
    text[..at].rfind('\n').map_or(0, |i| i + 1)
}

/// Where the table begins to which the row that begins at a place belongs.
pub fn table_start(text: &str, row: usize) -> usize {
    let mut start = row;
    while start > 0 {
        let above = line_start(text, start - 1);
        if !barred(&text[above..start]) {
            break;
        }
        start = above;
    }
    start
}

/// The table that is being read.
#[derive(Default)]
pub struct Table {
    begins: usize,
    heads: Vec<(usize, Vec<Token>)>,
    row: usize,
    first_is_a_case: bool,
}

impl Table {
    /// Adds a cell's tokens, with the head of its column before what is said of it.
    pub fn add(&mut self, cell: &Cell, tokens: Vec<Token>, world: &World, all: &mut Vec<Token>) {
        let Some(first) = tokens.first() else { return };
        let here = Span::new(first.span.start, first.span.start);
        let mark = |kind: Tok| Token { kind, span: here, spaced: true, math: true };
        if self.begins != cell.table || self.heads.is_empty() && cell.row == 0 {
            *self = Table { begins: cell.table, ..Table::default() };
        }
        if cell.row == 0 {
            all.push(mark(Tok::Stop));
            all.extend(tokens.iter().cloned());
            self.heads.push((cell.column, in_signs(without_remark(tokens), world)));
            return;
        }
        let new_row = cell.row != self.row || cell.column == 0;
        self.row = cell.row;
        let spoken = tokens.iter().any(|t| matches!(t.kind, Tok::Word(_)));
        let related = relates(&tokens);
        let head: Vec<Token> = self.heads.iter().filter(|(c, _)| *c == cell.column).flat_map(|(_, h)| h.clone()).collect();
        let named = !head.is_empty() && head.iter().all(|t| !matches!(t.kind, Tok::Word(_) | Tok::Rel(_)));
        let joint = match (new_row, self.first_is_a_case) {
            (true, _) => Tok::Stop,
            (false, true) if cell.column == 1 => Tok::Colon,
            (false, true) => Tok::Comma,
            (false, false) => Tok::Stop,
        };
        all.push(mark(joint));
        let opens = matches!(first.kind, Tok::Rel(_));
        if (opens || !related && !spoken) && named {
            all.extend(head.into_iter().map(|t| Token { span: here, ..t }));
            if !opens {
                all.push(mark(Tok::Rel(Relation::Equal)));
            }
        }
        if new_row {
            self.first_is_a_case = !spoken && (related || named);
        }
        all.extend(tokens);
    }
}

/// Whether a relation stands in a cell, the ranges of sums aside.
fn relates(tokens: &[Token]) -> bool {
    let mut depth = 0usize;
    tokens.iter().any(|t| {
        match t.kind {
            Tok::Open(Bracket::Brace) => depth += 1,
            Tok::Close(Bracket::Brace) => depth = depth.saturating_sub(1),
            _ => {}
        }
        depth == 0 && matches!(t.kind, Tok::Rel(_))
    })
}

/// `β (n = 6)`: what stands in brackets behind the head of a column is said of the whole table.
fn without_remark(mut tokens: Vec<Token>) -> Vec<Token> {
    let open = tokens.iter().position(|t| matches!(t.kind, Tok::Open(Bracket::Round)));
    let related = |from: usize| tokens[from..].iter().any(|t| matches!(t.kind, Tok::Rel(_)));
    if let Some(from) = open.filter(|from| *from > 0 && related(*from)) {
        tokens.truncate(from);
    }
    tokens
}

/// "weight of v_a", "weight on a" as `α_a`: the head of a column in words, where the question has one query.
fn in_signs(tokens: Vec<Token>, world: &World) -> Vec<Token> {
    let word = |i: usize| tokens.get(i).and_then(Token::word).unwrap_or_default();
    let start = usize::from(word(0) == "the");
    let weight = word(start) == "weight" && matches!(word(start + 1).as_str(), "of" | "on" | "for");
    if !weight || world.slots.len() > 1 {
        return tokens;
    }
    let index = match &tokens[start + 2..] {
        [family, sub, index] if family.is_name("v") || family.is_name("k") => (sub.kind == Tok::Sub).then_some(index),
        [index] => Some(index),
        _ => None,
    };
    let named = |t: &Token| world.letters.iter().find(|l| t.is_name(l) || t.word().as_deref() == Some(l));
    let Some((letter, span)) = index.and_then(|t| Some((named(t)?, t.span))) else { return tokens };
    let like = |kind| Token { kind, span, spaced: false, math: true };
    vec![like(Tok::Name("alpha".into())), like(Tok::Sub), like(Tok::Name(letter.clone()))]
}
