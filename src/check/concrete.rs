//! Relations of vectors and matrices that the writer gave by their entries.

mod attention;

use nalgebra::{DMatrix, DVector};

use super::change::softmax;
use super::ruling::Ruling;
use crate::claim::Concrete;
use crate::language::{Expr, Index, Relation, Symbol};
use crate::record::{Tier, Verdict};
use crate::tolerance;

type Matrix = DMatrix<f64>;

/// How deep values may rest on one another.
const DEPTH_MAX: usize = 8;

/// Judges a relation with the entries that are given.
pub fn judge(said: &Concrete) -> Ruling {
    let mut example = Example { given: &said.given, units: vec![] };
    example.units = attention::unvalued(&example, &said.link);
    let both = example.value(&said.link.left, 0).zip(example.value(&said.link.right, 0));
    let Some((left, right)) = both else {
        return Ruling::not_checked("the example's vectors do not give both sides a value");
    };
    let number_right = said.link.right.is_closed() || !said.link.left.is_closed();
    let (computed, written, number) = if number_right { (left, right, &said.link.right) } else { (right, left, &said.link.left) };
    let message = format!("with the example's entries it is {}", shown(&computed));
    if matches!(&said.link.left, Expr::Call("spectrum", _)) {
        return spectrum(&computed, &written, message);
    }
    let turned = match () {
        () if computed.shape() != written.shape() && flat(&computed) && flat(&written) && computed.len() == written.len() => {
            written.transpose()
        }
        // `M b_1 = 0`
        () if number_of(&written) == Some(0.0) => Matrix::zeros(computed.nrows(), computed.ncols()),
        () => written,
    };
    if computed.shape() != turned.shape() {
        return Ruling::not_checked(format!("{message}: of another shape than what is written"));
    }
    let off = (&computed - &turned).amax();
    // Entries that cancel leave rounding of the size of what was added, which examples keep near 1.
    let scale = computed.amax().max(turned.amax()).max(1.0);
    let exact = off <= tolerance::ROUNDING * scale;
    let holds = |right: bool| match right {
        true => Ruling::new(Verdict::Holds, Some(Tier::Certified), message.clone()),
        false => wrong(message.clone(), &computed),
    };
    match said.link.relation {
        Relation::NotEqual => return holds(!exact),
        Relation::Less | Relation::LessEqual | Relation::Greater | Relation::GreaterEqual => {
            return ordered(&computed, &turned, said.link.relation, &holds);
        }
        _ => {}
    }
    // Scores that are compared by their weights are exact.
    let unit = last_unit(number).filter(|_| !matches!(number, Expr::Call(..)));
    let rounded = unit.map_or(0.0, |u| if said.link.relation == Relation::Approx { u } else { u / 2.0 });
    let about = said.link.relation == Relation::Approx;
    // "the distance is 0.1" of 0.14
    let coarse = computed.len() == 1 && off > tolerance::ONE_DIGIT_OFF * computed.amax() && unit.is_some();
    if coarse && off <= rounded {
        return if about { Ruling::not_checked(format!("{message}; one digit tells too little")) } else { holds(false) };
    }
    if exact || off <= rounded * (1.0 + tolerance::ROUNDING) {
        return holds(true);
    }
    let cut = unit.is_some_and(|u| off <= u && u <= tolerance::CUT_OFF * scale);
    if cut || off <= tolerance::APPROX_CLOSE * scale && about {
        return Ruling::not_checked(format!("{message}; the last digit is not rounded so"));
    }
    if about && unit.is_none() && off <= tolerance::NEAR_WHOLE * scale {
        return Ruling::not_checked(format!("{message}; whether that is near enough is not said"));
    }
    // A list in another order than the keys were given in.
    let sorted = |m: &Matrix| {
        let mut all: Vec<f64> = m.iter().copied().collect();
        all.sort_by(f64::total_cmp);
        Matrix::from_vec(m.nrows(), m.ncols(), all)
    };
    let row = matches!(&said.link.left, Expr::Symbol(s) if s.indices.is_empty() && matches!(s.name.as_str(), "alpha" | "score"));
    if row && (sorted(&computed) - sorted(&turned)).amax() <= unit.unwrap_or(tolerance::ROUNDING * scale) {
        return Ruling::not_checked(format!("{message}: the same in another order"));
    }
    holds(false)
}

/// A bound on a number.
fn ordered(computed: &Matrix, written: &Matrix, relation: Relation, holds: &dyn Fn(bool) -> Ruling) -> Ruling {
    let (Some(x), Some(y)) = (number_of(computed), number_of(written)) else {
        return Ruling::not_checked("a bound on what is no number");
    };
    if (x - y).abs() <= tolerance::COUNTEREXAMPLE * y.abs().max(1.0) {
        let equal = matches!(relation, Relation::LessEqual | Relation::GreaterEqual) && x == y;
        return if equal { holds(true) } else { Ruling::not_checked("the bound is met with equality, up to rounding") };
    }
    holds(matches!(relation, Relation::Less | Relation::LessEqual) == (x < y))
}

/// Eigenvalues with or without how often each occurs.
fn spectrum(computed: &Matrix, written: &Matrix, message: String) -> Ruling {
    let mut list: Vec<f64> = written.iter().copied().collect();
    list.sort_by(f64::total_cmp);
    let near = |a: f64, b: f64| (a - b).abs() <= tolerance::COUNTEREXAMPLE * a.abs().max(1.0);
    let all: Vec<f64> = computed.iter().copied().collect();
    let whole = all.len() == list.len() && all.iter().zip(&list).all(|(a, b)| near(*a, *b));
    let known = |x: &f64, of: &[f64]| of.iter().any(|y| near(*x, *y));
    let distinct = list.windows(2).all(|w| !near(w[0], w[1]));
    let each = distinct && list.iter().all(|x| known(x, &all)) && all.iter().all(|x| known(x, &list));
    if whole || each { Ruling::new(Verdict::Holds, Some(Tier::Certified), message) } else { wrong(message, computed) }
}

fn wrong(message: String, computed: &Matrix) -> Ruling {
    Ruling { correction: Some(shown(computed)), ..Ruling::contradicted(message, shown(computed)) }
}

fn flat(m: &Matrix) -> bool {
    m.nrows() == 1 || m.ncols() == 1
}

/// One unit of the last digit written, the coarsest of all decimals.
fn last_unit(e: &Expr) -> Option<f64> {
    let mut units: Vec<f64> = Vec::new();
    e.walk(&mut |e| {
        if let Expr::Number(n) = e {
            units.extend(n.unit());
        }
    });
    units.into_iter().reduce(f64::min)
}

fn shown(m: &Matrix) -> String {
    let number = |x: &f64| super::describe::show_number(*x);
    if m.shape() == (1, 1) {
        return number(&m[(0, 0)]);
    }
    if flat(m) {
        return format!("({})", m.iter().map(number).collect::<Vec<_>>().join(", "));
    }
    let row = |i: usize| format!("[{}]", m.row(i).iter().map(number).collect::<Vec<_>>().join(", "));
    format!("[{}]", (0..m.nrows()).map(row).collect::<Vec<_>>().join(", "))
}

struct Example<'a> {
    given: &'a [(Symbol, Expr)],
    /// Keys whose values are not given: each stands for a vector of its own.
    units: Vec<Index>,
}

impl Example<'_> {
    fn value(&self, e: &Expr, depth: usize) -> Option<Matrix> {
        let of = |e: &Expr| self.value(e, depth);
        match e {
            Expr::Number(n) => Some(scalar(n.value)),
            Expr::Symbol(s) => self.symbol(s, depth),
            Expr::Add(terms) => {
                let values = terms.iter().map(of).collect::<Option<Vec<Matrix>>>()?;
                values.into_iter().reduce(|a, b| if a.shape() == b.shape() { a + b } else { Matrix::zeros(0, 0) }).filter(real)
            }
            Expr::Neg(a) => Some(-of(a)?),
            Expr::Mul(factors) => {
                let values = factors.iter().map(of).collect::<Option<Vec<Matrix>>>()?;
                values.into_iter().map(Some).reduce(|a, b| product(&a?, &b?)).flatten()
            }
            Expr::Div(a, b) => {
                let below = number_of(&of(b)?).filter(|b| *b != 0.0)?;
                Some(of(a)? / below)
            }
            Expr::Pow(a, b) => power(&of(a)?, number_of(&of(b)?)?),
            // `(1, 1, 0)^T` is how a column is written in a line.
            Expr::Transpose(a) if matches!(**a, Expr::Tuple(_)) && of(a).is_some_and(|m| m.ncols() == 1) => of(a),
            Expr::Transpose(a) => Some(of(a)?.transpose()),
            Expr::Norm(a) => Some(scalar(of(a)?.norm())),
            Expr::Abs(a) => Some(scalar(number_of(&of(a)?)?.abs())),
            Expr::Call(f, list) => called(f, &of(list.first().filter(|_| list.len() == 1)?)?),
            Expr::Tuple(list) => entries(&list.iter().map(of).collect::<Option<Vec<Matrix>>>()?),
            Expr::Sum(range, body) if range.except.is_empty() && range.from.is_none() => self.sum(&range.index, body, depth),
            _ => None,
        }
    }

    /// A sum over the members of the one family that the letter runs over.
    fn sum(&self, letter: &str, body: &Expr, depth: usize) -> Option<Matrix> {
        let runs = |s: &Symbol| s.indices == [Index::Letter(letter.to_string())];
        let family = body.symbols().into_iter().find(runs)?.name;
        let count = self.members(&family)?.len();
        let term = |i: usize| self.value(&body.with_index(letter, &Index::Number(i as u32)), depth);
        let values = (1..=count).map(term).collect::<Option<Vec<Matrix>>>()?;
        values.into_iter().reduce(|a, b| a + b)
    }

    fn symbol(&self, s: &Symbol, depth: usize) -> Option<Matrix> {
        if depth > DEPTH_MAX {
            return None;
        }
        if let Some((_, e)) = self.given.iter().rev().find(|(k, _)| k == s) {
            return self.value(e, depth + 1);
        }
        if let Some(found) = self.attention(s, depth + 1) {
            return Some(found);
        }
        let plain = s.indices.is_empty();
        match (s.name.as_str(), s.indices.as_slice()) {
            ("A", []) => self.basis("a"),
            ("B", []) => self.basis("b"),
            ("m", []) => Some(scalar(self.members("a")?.len() as f64)),
            ("p", []) => Some(scalar(self.members("b")?.len() as f64)),
            ("d", []) => Some(scalar(self.dimension()? as f64)),
            ("I", _) => self.dimension().map(|d| Matrix::identity(d, d)),
            // The one member of a family, with or without its number.
            (_, [Index::Number(1)]) if !self.numbered(&s.name) => self.symbol(&Symbol::plain(&s.name), depth + 1),
            ("v", [Index::Letter(l)]) if matches!(l.as_str(), "a" | "b") => {
                let basis = self.basis(l)?;
                Some(&basis * basis.transpose() * self.symbol(&Symbol::plain("s"), depth + 1)?)
            }
            ("s", []) => {
                let part = |l: &str| self.given.iter().find(|(k, _)| *k == Symbol::indexed("v", l));
                Some(self.value(&part("a")?.1, depth + 1)? + self.value(&part("b")?.1, depth + 1)?)
            }
            _ if plain && self.numbered(&s.name) => {
                let [one] = <[Matrix; 1]>::try_from(self.members(&s.name)?).ok()?;
                Some(one)
            }
            _ => None,
        }
    }

    fn numbered(&self, family: &str) -> bool {
        self.given.iter().any(|(k, _)| k.name == family && matches!(k.indices.as_slice(), [Index::Number(_)]))
    }

    /// The members of a family, which are numbered from 1 without a gap, or the one without a number.
    fn members(&self, family: &str) -> Option<Vec<Matrix>> {
        let mut numbered: Vec<(u32, &Expr)> = Vec::new();
        for (symbol, e) in self.given.iter().filter(|(k, _)| k.name == family) {
            match symbol.indices.as_slice() {
                [Index::Number(n)] => numbered.push((*n, e)),
                [] => numbered.push((1, e)),
                _ => {}
            }
        }
        numbered.sort_by_key(|(n, _)| *n);
        let counted = numbered.iter().enumerate().all(|(i, (n, _))| *n == i as u32 + 1);
        let stated = self.given.iter().find(|(k, _)| k.name == if family == "a" { "m" } else { "p" } && k.indices.is_empty());
        let whole = stated.is_none_or(|(_, e)| matches!(e, Expr::Number(n) if n.value == numbered.len() as f64));
        if numbered.is_empty() || !counted || !whole {
            return None;
        }
        numbered.into_iter().map(|(_, e)| self.value(e, DEPTH_MAX)).collect()
    }

    /// The matrix of an orthonormal basis; `None` where the vectors given are none.
    fn basis(&self, family: &str) -> Option<Matrix> {
        let members = self.members(family)?;
        let d = members.first()?.nrows();
        if members.iter().any(|v| v.shape() != (d, 1)) {
            return None;
        }
        let basis = Matrix::from_fn(d, members.len(), |r, c| members[c][(r, 0)]);
        let gram = basis.transpose() * &basis;
        ((&gram - Matrix::identity(gram.nrows(), gram.ncols())).amax() <= tolerance::COUNTEREXAMPLE).then_some(basis)
    }

    fn dimension(&self) -> Option<usize> {
        self.given.iter().filter_map(|(_, e)| self.value(e, DEPTH_MAX)).map(|m| m.nrows()).find(|d| *d > 1)
    }
}

fn scalar(x: f64) -> Matrix {
    Matrix::from_element(1, 1, x)
}

fn number_of(m: &Matrix) -> Option<f64> {
    (m.shape() == (1, 1)).then(|| m[(0, 0)])
}

fn real(m: &Matrix) -> bool {
    !m.is_empty()
}

fn product(a: &Matrix, b: &Matrix) -> Option<Matrix> {
    match (number_of(a), number_of(b)) {
        (Some(x), _) => Some(b * x),
        (_, Some(y)) => Some(a * y),
        _ if a.ncols() == b.nrows() => Some(a * b),
        // `a · b` of two vectors.
        _ if a.ncols() == 1 && a.shape() == b.shape() => Some(a.transpose() * b),
        _ => None,
    }
}

fn power(base: &Matrix, exponent: f64) -> Option<Matrix> {
    if let Some(x) = number_of(base) {
        return Some(scalar(x.powf(exponent)));
    }
    match exponent {
        2.0 if base.is_square() => Some(base * base),
        -1.0 => base.clone().try_inverse(),
        _ => None,
    }
}

fn called(f: &str, m: &Matrix) -> Option<Matrix> {
    let found = match (f, number_of(m)) {
        ("exp", Some(x)) => x.exp(),
        ("ln", Some(x)) => x.ln(),
        ("sqrt", Some(x)) => x.sqrt(),
        ("softmax", _) => {
            let weights = softmax(&DVector::from_column_slice(m.as_slice()));
            return Some(Matrix::from_column_slice(m.nrows(), m.ncols(), weights.as_slice()));
        }
        ("spectrum", _) if m.is_square() && (m - m.transpose()).amax() <= tolerance::ROUNDING * m.amax().max(1.0) => {
            let mut all: Vec<f64> = m.clone().symmetric_eigenvalues().iter().copied().collect();
            all.sort_by(f64::total_cmp);
            return Some(Matrix::from_vec(all.len(), 1, all));
        }
        ("off_diagonal", _) if m.is_square() => (m - Matrix::from_diagonal(&m.diagonal())).amax(),
        ("tr", _) if m.is_square() => m.trace(),
        ("det", _) if m.is_square() => m.determinant(),
        ("rank", _) => m.rank(tolerance::RANK * m.norm().max(f64::MIN_POSITIVE)) as f64,
        _ => return None,
    };
    Some(scalar(found))
}

/// A column of numbers, or a matrix by its rows.
fn entries(list: &[Matrix]) -> Option<Matrix> {
    let first = list.first()?;
    let even = list.iter().all(|m| m.shape() == first.shape() && m.ncols() == 1);
    let columns = first.nrows();
    if !even {
        return None;
    }
    Some(if columns == 1 {
        Matrix::from_fn(list.len(), 1, |r, _| list[r][(0, 0)])
    } else {
        Matrix::from_fn(list.len(), columns, |r, c| list[r][(c, 0)])
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::claim::Link;
    use crate::language::{Lexicon, parse_statement};

    /// The verdict on a relation in an example; each equation before it gives a vector.
    fn ruled(given: &[&str], said: &str) -> Verdict {
        in_world("1b.i", given, said)
    }

    fn in_world(question: &str, given: &[&str], said: &str) -> Verdict {
        let lexicon =
            crate::world::Library::embedded().unwrap().get(question).map_or_else(Lexicon::default, |w| w.lexicon.clone());
        let parse = |text: &str| parse_statement(text, &lexicon).unwrap_or_else(|e| panic!("{text}: {e}"));
        let given = given.iter().map(|g| {
            let chain = parse(g);
            let Expr::Symbol(symbol) = &chain.operands[0].expr else { panic!("{g}") };
            (symbol.clone(), chain.operands[1].expr.clone())
        });
        let chain = parse(said);
        let [left, right] = chain.operands.as_slice() else { panic!("{said}") };
        let link = Link { left: left.expr.clone(), relation: chain.relations[0], right: right.expr.clone() };
        judge(&Concrete { given: given.collect(), link }).verdict
    }

    #[test]
    fn products_with_given_entries_are_right_or_wrong() {
        let plane = ["a_1 = (0.6, 0.8, 0)", "b_1 = (-0.8, 0.6, 0)", "s = (1, 0, 0)"];
        assert_eq!(ruled(&plane, "A A^T s = (0.36, 0.48, 0)"), Verdict::Holds);
        assert_eq!(ruled(&plane, "B B^T s = (0.64, 0.48, 0)"), Verdict::Refuted);
        assert_eq!(ruled(&plane, "B B^T s = (0.64, -0.48, 0)"), Verdict::Holds);
        assert_eq!(ruled(&plane, "v_b = (0.64, -0.48, 0)"), Verdict::Holds);
        assert_eq!(ruled(&plane, "A^T s = 0.6"), Verdict::Holds);
        assert_eq!(ruled(&plane, "a_1 a_1^T = [[0.36, 0.48, 0], [0.48, 0.64, 0], [0, 0, 0]]"), Verdict::Holds);
        assert_eq!(ruled(&plane, "a_1 a_1^T = [[0.36, 0.48, 0], [0.48, 0.6, 0], [0, 0, 0]]"), Verdict::Refuted);
        assert_eq!(ruled(&plane, "‖s‖ = 1"), Verdict::Holds);
    }

    #[test]
    fn what_the_entries_do_not_tell_is_not_judged() {
        assert_eq!(ruled(&["a_1 = (1, 1, 0)", "s = (1, 0, 0)"], "A A^T s = (1, 1, 0)"), Verdict::NotChecked);
        assert_eq!(ruled(&["a_1 = (1, 0, 0)", "m = 2", "s = (1, 0, 0)"], "A A^T s = (1, 0, 0)"), Verdict::NotChecked);
        assert_eq!(ruled(&["a_1 = (1, 0, 0)"], "A A^T s = (1, 0, 0)"), Verdict::NotChecked);
    }

    #[test]
    fn weights_and_the_output_follow_from_what_is_given() {
        let told = ["alpha = (0.98, 0.01, 0.01)", "v_1 = (1, 0)", "v_2 = (0, 1)", "v_3 = (1, 1)"];
        let said = |given: &[&str], text: &str| in_world("1a.iii", given, text);
        assert_eq!(said(&told, "c = (0.99, 0.02)"), Verdict::Holds);
        assert_eq!(said(&told, "c = (0.98, 0.02)"), Verdict::Refuted);
        assert_eq!(said(&told[..1], "c = 0.98 v_1 + 0.01 v_2 + 0.01 v_3"), Verdict::Holds);
        assert_eq!(said(&told[..1], "c = 0.98 v_1 + 0.05 v_2"), Verdict::Refuted);
        assert_eq!(said(&told[..3], "c = (0.98, 0.01)"), Verdict::NotChecked, "a value is missing");
        let keys = ["k_1 = (3, 0)", "k_2 = (0, 1)", "q = (2, 0)"];
        assert_eq!(said(&keys, "alpha_1 = 0.9975"), Verdict::Holds);
        assert_eq!(said(&keys, "alpha_1 = 0.9575"), Verdict::Refuted);
        let more = [keys.as_slice(), &["n = 3"]].concat();
        assert_eq!(said(&more, "alpha_1 = 0.9575"), Verdict::NotChecked, "a key is missing");
        let odd = ["alpha = (0.98, 0.1)", "v_1 = (1, 0)", "v_2 = (0, 1)"];
        assert_eq!(said(&odd, "c = (0.98, 0.1)"), Verdict::NotChecked, "weights that do not sum to one");
    }

    #[test]
    fn one_digit_is_no_rounding_of_a_number_far_away() {
        let two = ["v_1 = (0.1, 0.1)"];
        assert_eq!(in_world("1a.iii", &two, "‖v_1‖ = 0.1"), Verdict::Refuted);
        assert_eq!(in_world("1a.iii", &two, "‖v_1‖ ≈ 0.1"), Verdict::NotChecked);
        assert_eq!(in_world("1a.iii", &two, "‖v_1‖ = 0.141"), Verdict::Holds);
    }
}
