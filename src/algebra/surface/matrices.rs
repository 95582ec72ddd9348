//! Matrices in answers: sums, products, powers and transposes of matrices that are written out entry by entry.

use num_rational::BigRational;
use num_traits::ToPrimitive;

use super::Answer;
use super::lexer::Tok;
use super::parser::{Parser, Result};
use crate::algebra::simplify::simplify;
use crate::algebra::term::Term;

/// Largest power of a matrix that is written out.
const POWER_MAX: i64 = 10;

impl Parser<'_> {
    /// Whether a matrix stands in this answer outside brackets.
    pub(super) fn holds_matrix(&self) -> bool {
        let mut depth = 0usize;
        for t in &self.tokens[self.at..] {
            match &t.kind {
                Tok::Begin if depth == 0 => return true,
                Tok::Bar if depth == 0 => return false,
                Tok::Open(_) => depth += 1,
                Tok::Close(_) if depth == 0 => return false,
                Tok::Close(_) => depth -= 1,
                Tok::Det | Tok::Determinant | Tok::Cases => return false,
                Tok::Comma | Tok::Semicolon | Tok::Rel(_) | Tok::Union | Tok::Amp | Tok::End if depth == 0 => return false,
                _ => {}
            }
        }
        false
    }

    /// A sum of matrices with numbers before them.
    pub(super) fn matrices(&mut self) -> Result<Answer> {
        let mut total: Option<Vec<Vec<Term>>> = None;
        loop {
            let sign = match self.peek() {
                Some(Tok::Minus) => Term::int(-1),
                Some(Tok::Plus) => Term::int(1),
                _ if total.is_some() => break,
                _ => Term::int(1),
            };
            self.at += usize::from(matches!(self.peek(), Some(Tok::Minus | Tok::Plus)));
            let factor = if self.peek() == Some(&Tok::Begin) { None } else { Some(self.product()?) };
            if self.peek() != Some(&Tok::Begin) {
                return self.error("a matrix");
            }
            let mut rows = self.matrix_power()?;
            let mut factors: Vec<Term> = factor.into_iter().collect();
            loop {
                let times_sign = self.take(&Tok::Times);
                if self.peek() == Some(&Tok::Begin) {
                    let next = self.matrix_power()?;
                    let Some(product) = times(&rows, &next) else { return self.error("matrices whose product exists") };
                    rows = product;
                } else if times_sign || self.starts_factor() {
                    // `c_1 [1; 2] e^{2t}`
                    factors.push(self.power()?);
                } else {
                    break;
                }
            }
            if !factors.is_empty() || !sign.is_int(1) {
                let scale = Term::mul([vec![sign], factors].concat());
                rows.iter_mut().flatten().for_each(|x| *x = Term::mul(vec![scale.clone(), x.clone()]));
            }
            let shape = |m: &[Vec<Term>]| (m.len(), m.first().map_or(0, Vec::len));
            total = Some(match total {
                None => rows,
                Some(before) if shape(&before) == shape(&rows) => {
                    let sum = |(a, b): (Vec<Term>, Vec<Term>)| a.into_iter().zip(b).map(|(x, y)| Term::add(vec![x, y])).collect();
                    before.into_iter().zip(rows).map(sum).collect()
                }
                Some(_) => return self.error("matrices of one shape"),
            });
        }
        Ok(Answer::Matrix(total.unwrap_or_default()))
    }

    /// A matrix with its transposition, inverse or small power.
    pub(super) fn matrix_power(&mut self) -> Result<Vec<Vec<Term>>> {
        let rows = self.matrix()?;
        if matches!(self.peek(), Some(Tok::Transpose | Tok::Prime)) {
            self.at += 1;
            return Ok(transposed(&rows));
        }
        if !self.take(&Tok::Sup) {
            return Ok(rows);
        }
        let braced = usize::from(self.peek() == Some(&Tok::Open('{')));
        let upright = matches!(self.ahead(braced), Some(Tok::Transpose | Tok::Prime))
            || matches!(self.ahead(braced), Some(Tok::Name(t)) if t == "T");
        if upright && (braced == 0 || self.ahead(2) == Some(&Tok::Close('{'))) {
            self.at += 1 + 2 * braced;
            return Ok(transposed(&rows));
        }
        let exponent = self.script()?.rational().filter(BigRational::is_integer).and_then(|e| e.to_i64());
        let square = rows.len() == rows[0].len() && rows.len() <= DETERMINANT_MAX;
        match exponent.filter(|_| square) {
            Some(-1) => Ok(inverse(&rows)),
            Some(e @ 1..=POWER_MAX) => {
                (1..e).try_fold(rows.clone(), |p, _| times(&p, &rows)).map_or_else(|| self.error("a square matrix"), Ok)
            }
            _ => self.error("a small power of a square matrix"),
        }
    }

    /// The rows of a matrix, whose first token is at hand.
    pub(super) fn matrix(&mut self) -> Result<Vec<Vec<Term>>> {
        self.at += 1;
        let mut rows = vec![Vec::new()];
        loop {
            let entry = self.deeper(Parser::sum)?;
            if let Some(row) = rows.last_mut() {
                row.push(entry);
            }
            if self.take(&Tok::Amp) {
                continue;
            }
            if self.take(&Tok::Row) && self.peek() != Some(&Tok::End) {
                rows.push(Vec::new());
                continue;
            }
            self.expect(&Tok::End, "the end of the matrix")?;
            break;
        }
        if rows.iter().any(|r| r.len() != rows[0].len()) {
            return self.error("rows of one length");
        }
        Ok(rows)
    }
}

fn transposed(rows: &[Vec<Term>]) -> Vec<Vec<Term>> {
    (0..rows[0].len()).map(|j| rows.iter().map(|r| r[j].clone()).collect()).collect()
}

/// Most parts of the entries of two matrices that are multiplied.
const PARTS_MAX: usize = 2_000;

fn times(a: &[Vec<Term>], b: &[Vec<Term>]) -> Option<Vec<Vec<Term>>> {
    if [a, b].iter().flat_map(|m| m.iter().flatten()).map(Term::size).sum::<usize>() > PARTS_MAX {
        return None;
    }
    let term = |x: &Term, y: &Term| Term::mul(vec![x.clone(), y.clone()]);
    let entry =
        |row: &Vec<Term>, j: usize| simplify(&Term::add(row.iter().zip(b).map(|(x, r)| term(x, &r[j])).collect::<Vec<_>>()));
    (a[0].len() == b.len()).then(|| a.iter().map(|row| (0..b[0].len()).map(|j| entry(row, j)).collect()).collect())
}

/// The inverse of a square matrix by its cofactors; where there is none its entries are undefined.
fn inverse(rows: &[Vec<Term>]) -> Vec<Vec<Term>> {
    let n = rows.len();
    let minor = |i: usize, j: usize| -> Vec<Vec<Term>> {
        let other = |k: &usize, at: usize| *k != at;
        (0..n).filter(|k| other(k, j)).map(|k| (0..n).filter(|l| other(l, i)).map(|l| rows[k][l].clone()).collect()).collect()
    };
    let whole = determinant(rows);
    let entry = |i: usize, j: usize| {
        let sign = Term::int(if (i + j).is_multiple_of(2) { 1 } else { -1 });
        Term::mul(vec![sign, determinant(&minor(i, j))]).over(whole.clone())
    };
    (0..n).map(|i| (0..n).map(|j| entry(i, j)).collect()).collect()
}

/// Most rows of a determinant.
pub(super) const DETERMINANT_MAX: usize = 4;

/// The determinant of the rows, by the first of them.
pub(super) fn determinant(rows: &[Vec<Term>]) -> Term {
    let Some((first, rest)) = rows.split_first() else { return Term::int(1) };
    let minor = |k: usize| -> Vec<Vec<Term>> {
        let without = |r: &Vec<Term>| r.iter().enumerate().filter(|(j, _)| *j != k).map(|(_, x)| x.clone()).collect();
        rest.iter().map(without).collect()
    };
    let signed = |k: usize| Term::int(if k.is_multiple_of(2) { 1 } else { -1 });
    Term::add(first.iter().enumerate().map(|(k, x)| Term::mul(vec![signed(k), x.clone(), determinant(&minor(k))])).collect())
}
