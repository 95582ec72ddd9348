//! Whose an order is that stands in a table: the head of its row and the head of its column say it together.

use super::super::atoms::{Atom, atoms};
use super::super::tables::{barred, line_start, table_start};
use super::words::KNOWN;
use super::{Around, View, Whose, mark, of_something_else};
use crate::span::Span;

/// Letters and words of matrix products, as rows of steps have them.
const STEPS: &[&str] =
    &["q", "k", "v", "Q", "K", "V", "T", "A", "qk", "qkᵀ", "qkt", "qkv", "times", "+", "step", "part", "matmul", "product"];
/// Signs that part words of a label and say nothing.
const SIGNS: &[&str] = &[",", ";", ":", ".", "(", ")", "[", "]", "|", "*", "@", "/", "^", "'", "_", "⊤", "ᵀ", "&", "`"];

/// A cell of a row.
struct Cell {
    span: Span,
    column: usize,
}

impl View<'_> {
    /// Whose the orders of a row are; `None` where the sentence stands in no row.
    pub(super) fn of_row(&self, sentence: Span, orders: &[Span]) -> Option<Vec<Option<Around>>> {
        let begins = line_start(self.text, sentence.start);
        barred(&self.text[begins..]).then_some(())?;
        Some((0..orders.len()).map(|k| Some(self.in_cell(orders, k))).collect())
    }

    /// Whose an order in a cell is: what the heads of its row and of its column say together, each word of them known.
    fn in_cell(&self, orders: &[Span], k: usize) -> Around {
        let (unknown, order) = (Around::of(None), orders[k]);
        let begins = line_start(self.text, order.start);
        let cells = cells(self.text, begins);
        let Some(own) = cells.iter().find(|c| c.span.start <= order.start && order.end <= c.span.end) else { return unknown };
        let table = table_start(self.text, begins);
        let head = cells_of_head(self.text, table, begins).into_iter().find(|c| c.column == own.column && own.column > 0);
        let ordered = |c: &Cell| self.has_order(c.span);
        let labels = cells.iter().filter(|c| c.column < own.column && !ordered(c)).map(|c| c.span);
        let places = labels.chain(head.map(|c| c.span)).chain([Span::new(own.span.start, order.start)]);
        let mut list: Vec<Atom> = places.flat_map(|p| atoms(self.text, p)).collect();
        list.retain(|a| !SIGNS.contains(&a.text.as_str()));
        let read: Vec<Atom> = list.iter().filter(|a| !STEPS.contains(&a.text.as_str())).cloned().collect();
        let steps: Vec<String> = list.iter().map(|a| a.text.clone()).collect();
        list.push(Atom { text: mark(0), span: order });
        let bare = read.iter().all(|a| KNOWN.contains(&a.text.as_str()));
        if of_something_else(&list, list.len() - 1, &[]) || bare && read.len() == steps.len() {
            return unknown;
        }
        let whose = match self.step(&steps, table) {
            Some(part) => Some((Whose::Any(vec![part]), true)),
            None if read.len() == steps.len() => self.single(&list, 0, table),
            None => None,
        };
        whose.map_or(unknown, |(whose, certain)| Around { whose, certain, ..Around::of(None) })
    }

    /// Whether a cell has an order of its own.
    fn has_order(&self, cell: Span) -> bool {
        let own = atoms(self.text, cell);
        own.windows(2).any(|p| matches!(p[0].text.as_str(), "O" | "Θ" | "Ω" | "Omega" | "theta" | "omega") && p[1].text == "(")
    }

    /// The step of a layer that a row's words name by its matrices, each word known.
    fn step(&self, words: &[String], table: usize) -> Option<usize> {
        let named = |w: &String| STEPS.contains(&w.as_str());
        let atom = |w: &String| Atom { text: w.clone(), span: Span::default() };
        if !words.iter().any(named) || !words.iter().all(|w| named(w) || self.known(&atom(w))) {
            return None;
        }
        let model = super::model_of(self.growth, words)
            .or_else(|| super::told(self.growth, words))
            .or_else(|| self.current(&[], table, false).map(|(m, _)| m))?;
        super::part_of(self.growth, words, Some(&model)).filter(|i| self.growth.subjects[*i].model.is_some())
    }
}

/// The cells of the row that begins at a place.
fn cells(text: &str, begins: usize) -> Vec<Cell> {
    let line = text[begins..].split('\n').next().unwrap_or_default();
    let bars: Vec<usize> = line.match_indices('|').map(|(i, _)| begins + i).collect();
    let ends = bars.iter().skip(1).copied().chain([begins + line.len()]);
    let spans = bars.iter().zip(ends).map(|(a, b)| Span::new(a + 1, b.max(a + 1)));
    spans.enumerate().map(|(column, span)| Cell { span, column }).collect()
}

/// The cells of a table's first row, where that is not the row itself.
fn cells_of_head(text: &str, table: usize, row: usize) -> Vec<Cell> {
    if table == row { vec![] } else { cells(text, table) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::world::Library;

    /// The parts that the orders of a text's last row are of.
    fn parts(text: &str) -> Vec<String> {
        let library = Library::embedded().unwrap();
        let world = library.iter().find(|w| w.growth.is_some()).unwrap();
        let view = View::of_part(world, text, Span::new(0, text.len())).unwrap();
        let row = text.rfind('\n').map_or(0, |i| i + 1);
        let order = |(i, _): (usize, &str)| Span::new(row + i, row + i + text[row + i..].find(')').unwrap() + 1);
        let orders: Vec<Span> = text[row..].match_indices("O(").map(order).collect();
        let read = view.of_row(Span::new(row, text.len()), &orders).unwrap();
        let name = |whose: Whose| match whose {
            Whose::Any(list) | Whose::Every(list) => view.growth.subjects[list[0]].id.clone(),
            Whose::Unknown => "?".to_string(),
        };
        read.into_iter().map(|a| name(a.unwrap().whose)).collect()
    }

    #[test]
    fn a_row_names_a_part_of_a_model() {
        assert_eq!(parts("| q,k,v projection, vanilla | O(l d) |"), ["projections"]);
        assert_eq!(parts("| latents @ K.T (down block) | O(m l d) |"), ["end-block"]);
        assert_eq!(parts("| MLP in a middle block | O(m d) |"), ["middle-position-wise"]);
        assert_eq!(parts("| embedding lookup, vanilla | O(l) |"), ["?"]);
    }

    #[test]
    fn a_column_says_which_of_a_model() {
        let table = "| model | per layer | total |\n|---|---|---|\n| vanilla | O(l) | O(L l) |";
        assert_eq!(parts(table), ["one-more-layer", "vanilla"]);
        assert_eq!(parts("| | vanilla | memory |\n|---|---|---|\n| whole model | O(L l) | O(l) |"), ["vanilla", "?"]);
    }
}
