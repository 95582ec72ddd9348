//! `c_1 a_1 + … + c_m a_m` as a sum over an index.

use super::expr::{Expr, Index, Range, Symbol};

/// Which upper end a sum has whose last term ends at two: `d_1 a_1^T b_1 + … + d_p a_p^T b_m`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Ends {
    /// None: all ends have to agree.
    #[default]
    Agree,
    /// The one that stands first.
    First,
    /// The one that stands last.
    Last,
}

/// The sum that terms before an ellipsis and the last term spell out, if they follow one pattern:
/// the first term has index 1 where the last has the upper end, and nothing else differs.
pub fn sum_of_pattern(before: &[Expr], last: &Expr, ends: Ends) -> Option<Expr> {
    let first = before.first()?;
    let mut found = Vec::new();
    let body = template(first, last, &mut found)?;
    let end = match ends {
        Ends::Agree if found.iter().any(|e| *e != found[0]) => return None,
        Ends::Agree | Ends::First => found.first(),
        Ends::Last => found.last(),
    }?
    .clone();
    for (i, term) in before.iter().enumerate().skip(1) {
        let expected = body.with_index(RUNNING, &Index::Number(i as u32 + 1));
        if expected != *term {
            return None;
        }
    }
    let to = match &end {
        Index::Letter(l) => Expr::Symbol(Symbol::plain(l)),
        Index::Number(n) => Expr::int(i64::from(*n)),
    };
    let letter = ["i", "j", "k", "l", "r", "s"].into_iter().find(|l| !used(first, l))?;
    let body = body.with_index(RUNNING, &Index::Letter(letter.to_string()));
    let range = Range { index: letter.to_string(), from: Some(Expr::int(1)), to: Some(to), except: Vec::new() };
    Some(Expr::Sum(Box::new(range), Box::new(body)))
}

/// What `s_1 = s_2 = … = s_n` says of every index: the common shape of the members, `s_i`, where they follow one pattern. The last
/// index is the upper end of the family.
pub fn member_of_pattern(before: &[Expr], last: &Expr) -> Option<Expr> {
    let (mut found, first) = (Vec::new(), before.first()?);
    let body = template(first, last, &mut found)?;
    let runs = !found.is_empty() && found.iter().all(|e| *e == found[0] && matches!(e, Index::Letter(_)));
    let numbered = |(i, e): (usize, &Expr)| body.with_index(RUNNING, &Index::Number(i as u32 + 1)) == *e;
    let letter = ["i", "j", "k", "l", "r", "s"].into_iter().find(|l| !used(first, l))?;
    (runs && before.iter().enumerate().all(numbered)).then(|| body.with_index(RUNNING, &Index::Letter(letter.to_string())))
}

/// A letter that no text can contain, for the running index while the pattern is sought.
const RUNNING: &str = "\u{1}";

fn used(e: &Expr, letter: &str) -> bool {
    e.free_indices().iter().any(|l| l == letter)
}

/// The common shape of `first` and `last`, with the running index where 1 meets an upper end; and those ends.
fn template(first: &Expr, last: &Expr, ends: &mut Vec<Index>) -> Option<Expr> {
    if let (Expr::Symbol(a), Expr::Symbol(b)) = (first, last) {
        return symbol_template(a, b, ends).map(Expr::Symbol);
    }
    if std::mem::discriminant(first) != std::mem::discriminant(last) {
        return None;
    }
    let (left, right) = (first.children(), last.children());
    if left.is_empty() {
        return (first == last).then(|| first.clone());
    }
    if left.len() != right.len() {
        return None;
    }
    let parts: Option<Vec<Expr>> = left.iter().zip(&right).map(|(a, b)| template(a, b, ends)).collect();
    let mut parts = parts?.into_iter();
    Some(first.map_children(&mut |c| parts.next().unwrap_or_else(|| c.clone())))
}

fn symbol_template(a: &Symbol, b: &Symbol, ends: &mut Vec<Index>) -> Option<Symbol> {
    if a.name != b.name || a.indices.len() != b.indices.len() {
        return None;
    }
    let mut indices = Vec::new();
    for (i, j) in a.indices.iter().zip(&b.indices) {
        if i == j {
            indices.push(i.clone());
        } else if *i == Index::Number(1) {
            ends.push(j.clone());
            indices.push(Index::Letter(RUNNING.to_string()));
        } else {
            return None;
        }
    }
    Some(Symbol { name: a.name.clone(), indices })
}
