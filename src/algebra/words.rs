//! Products that do not commute: sums of words of vector and matrix letters with scalar coefficients.
//!
//! A row times matrices times a column inside a word is a scalar; it becomes a symbol
//! `⟨x·M·y⟩` of the coefficient that carries the letters' indices, so that the scalar engine
//! treats it as any other symbol.

use std::collections::{BTreeMap, BTreeSet};

use super::hypotheses::Hypotheses;
use super::print::show;
use super::rewrite::Derivation;
use super::term::{Sum, Term};
use crate::language::{Index, Relation, Symbol};

/// Which symbols stand for vectors (columns) and matrices; all others are scalars.
///
/// A symbol is known by its name and how many indices it carries: where `c` is a vector, its
/// entry `c_i` is a scalar, and where `k_i` is a vector, `k` alone is none.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Kinds {
    /// Columns.
    pub vectors: BTreeSet<(String, usize)>,
    /// Matrices.
    pub matrices: BTreeSet<(String, usize)>,
    /// Names of the dimensions of those that were declared: rows and columns, `1` for a column's.
    pub dimensions: BTreeMap<(String, usize), (String, String)>,
    /// Symbols declared scalars.
    pub scalars: BTreeSet<(String, usize)>,
    /// Vectors and matrices that are only assumed to be such.
    pub assumed: BTreeSet<(String, usize)>,
}

impl Kinds {
    /// Whether nothing but scalars occurs.
    pub fn is_scalar(&self) -> bool {
        self.vectors.is_empty() && self.matrices.is_empty()
    }

    /// Whether the symbol is a column.
    pub fn is_vector(&self, s: &Symbol) -> bool {
        self.vectors.contains(&(s.name.clone(), s.indices.len()))
    }

    /// Whether the symbol is a matrix.
    pub fn is_matrix(&self, s: &Symbol) -> bool {
        self.matrices.contains(&(s.name.clone(), s.indices.len()))
    }

    /// Kinds by custom: a letter that is transposed is a vector if small and a matrix if capital.
    ///
    /// Letters inside a transposed product or sum, and capital letters beside matrices, are only
    /// assumed to be what they look like.
    pub fn by_custom(terms: &[&Term]) -> Kinds {
        let mut kinds = Kinds::default();
        let transposed = |visit: &mut dyn FnMut(&Term)| {
            for t in terms {
                t.walk(&mut |t| {
                    if let Term::Transpose(inner) = t {
                        visit(inner);
                    }
                });
            }
        };
        transposed(&mut |inner| {
            if let Term::Var(s) = inner {
                kinds.insert(s);
            }
        });
        transposed(&mut |inner| kinds.assume(inner));
        if !kinds.is_scalar() {
            for s in terms.iter().flat_map(|t| t.symbols()) {
                if s.name.chars().count() == 1 && is_capital(&s) && !kinds.is_matrix(&s) {
                    kinds.assume(&Term::Var(s));
                }
            }
        }
        kinds
    }

    fn insert(&mut self, s: &Symbol) {
        let kind = if is_capital(s) { &mut self.matrices } else { &mut self.vectors };
        kind.insert((s.name.clone(), s.indices.len()));
    }

    fn assume(&mut self, t: &Term) {
        match t {
            Term::Var(s) if !self.is_vector(s) && !self.is_matrix(s) => {
                self.insert(s);
                self.assumed.insert((s.name.clone(), s.indices.len()));
            }
            Term::Add(v) => v.iter().for_each(|x| self.assume(x)),
            Term::Mul(v) => {
                for (k, x) in v.iter().enumerate() {
                    let capital = matches!(x, Term::Var(s) if is_capital(s));
                    if capital || k + 1 == v.len() {
                        self.assume(x);
                    }
                }
            }
            Term::Sum(s) => self.assume(&s.body),
            _ => {}
        }
    }

    /// Adds what custom says of letters that nothing was declared of.
    pub fn with_custom(&self, custom: Kinds) -> Kinds {
        let mut kinds = self.clone();
        let open = |k: &(String, usize)| {
            !self.scalars.contains(k)
                && !self.dimensions.contains_key(k)
                && !self.vectors.contains(k)
                && !self.matrices.contains(k)
        };
        kinds.vectors.extend(custom.vectors.into_iter().filter(open));
        kinds.matrices.extend(custom.matrices.into_iter().filter(open));
        kinds.assumed.extend(custom.assumed.into_iter().filter(open));
        kinds
    }

    /// The reading in which all that is only assumed is a scalar; `None` if nothing is.
    pub fn cautious(&self) -> Option<Kinds> {
        let assumed: Vec<_> = self.assumed.iter().filter(|k| k.0 != "I").cloned().collect();
        let mut kinds = self.clone();
        kinds.assumed.clear();
        for k in &assumed {
            kinds.vectors.remove(k);
            kinds.matrices.remove(k);
        }
        (!assumed.is_empty()).then_some(kinds)
    }
}

fn is_capital(s: &Symbol) -> bool {
    s.name.chars().next().is_some_and(char::is_uppercase)
}

/// A letter of a word.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Letter {
    /// The symbol.
    pub symbol: Symbol,
    /// Whether it is transposed.
    pub transposed: bool,
    /// Whether it is a column (a row where transposed) and not a matrix.
    pub vector: bool,
}

impl Letter {
    /// The letter, transposed once more.
    pub fn flipped(&self) -> Letter {
        Letter { transposed: !self.transposed, ..self.clone() }
    }
}

/// An index that a sum binds, with its range.
pub type Binding = Sum;

/// A coefficient times a word, summed over the bound indices.
#[derive(Debug, Clone, PartialEq)]
pub struct Item {
    /// The scalar in front.
    pub coefficient: Term,
    /// The sums around; their bodies are 1.
    pub bound: Vec<Binding>,
    /// The word; empty for a scalar or a multiple of the identity.
    pub word: Vec<Letter>,
}

impl Item {
    /// A scalar.
    pub fn scalar(coefficient: Term) -> Item {
        Item { coefficient, bound: Vec::new(), word: Vec::new() }
    }

    /// The item in plain notation.
    pub fn show(&self) -> String {
        let word: Vec<String> = self.word.iter().map(show_letter).collect();
        let sums: String = self.bound.iter().map(|b| format!("∑_{} ", b.index)).collect();
        match (self.coefficient.is_int(1), word.is_empty()) {
            (true, false) => format!("{sums}{}", word.join("·")),
            (_, true) => format!("{sums}{}", show(&self.coefficient)),
            (false, false) => format!("{sums}({})·{}", show(&self.coefficient), word.join("·")),
        }
    }
}

/// A letter in plain notation.
pub fn show_letter(l: &Letter) -> String {
    format!("{}{}", show(&Term::Var(l.symbol.clone())), if l.transposed { "ᵀ" } else { "" })
}

/// Most items of an expansion.
const ITEMS_MAX: usize = 500;

/// Rewrites items until no rule applies.
pub type Reduce<'a> = &'a dyn Fn(Vec<Item>) -> Result<Derivation, String>;

/// Writes terms as sums of words.
pub struct Expander<'a> {
    kinds: &'a Kinds,
    reduce: Option<Reduce<'a>>,
    fresh: usize,
    /// How the arguments of functions were rewritten.
    pub lemmas: Vec<Derivation>,
}

impl<'a> Expander<'a> {
    /// An expander for the kinds that rewrites the arguments of functions by `reduce`.
    pub fn new(kinds: &'a Kinds, reduce: Option<Reduce<'a>>) -> Self {
        Expander { kinds, reduce, fresh: 0, lemmas: Vec::new() }
    }

    /// The term as a sum of words; `Err` names the part that is none.
    pub fn expand(&mut self, t: &Term) -> Result<Vec<Item>, String> {
        let items = match t {
            Term::Var(s) if s.name == "I" && s.indices.is_empty() && self.kinds.is_matrix(s) => vec![Item::scalar(Term::int(1))],
            Term::Var(s) => vec![self.letter(s)],
            Term::Add(v) => v.iter().map(|x| self.expand(x)).collect::<Result<Vec<_>, _>>()?.concat(),
            Term::Mul(v) => {
                let mut product = vec![Item::scalar(Term::int(1))];
                for f in v {
                    let next = self.expand(f)?;
                    if product.len() * next.len() > ITEMS_MAX {
                        return Err("more than 500 words".into());
                    }
                    let mut grown = Vec::with_capacity(product.len() * next.len());
                    for a in &product {
                        for b in &next {
                            grown.push(self.product(a, b));
                        }
                    }
                    product = grown;
                }
                product
            }
            Term::Transpose(a) => self.expand(a)?.into_iter().map(transposed).collect(),
            Term::Pow(b, e) if self.has_words(b) => self.power(b, e)?,
            Term::Sum(s) => self.sum(s)?,
            t if !self.has_words(t) => vec![Item::scalar(t.clone())],
            Term::Pow(..) | Term::Call(..) => {
                let mut failed = None;
                let inner = t.map(&mut |c| {
                    self.scalar(c).unwrap_or_else(|e| {
                        failed = Some(e);
                        c.clone()
                    })
                });
                match failed {
                    Some(e) => return Err(e),
                    None => vec![Item::scalar(inner)],
                }
            }
            other => return Err(format!("{} among matrices", show(other))),
        };
        if items.len() > ITEMS_MAX { Err("more than 500 words".into()) } else { Ok(items) }
    }

    fn letter(&self, s: &Symbol) -> Item {
        let vector = self.kinds.is_vector(s);
        if !vector && !self.kinds.is_matrix(s) {
            return Item::scalar(Term::Var(s.clone()));
        }
        let letter = Letter { symbol: s.clone(), transposed: false, vector };
        Item { word: vec![letter], ..Item::scalar(Term::int(1)) }
    }

    fn has_words(&self, t: &Term) -> bool {
        t.symbols().iter().any(|s| self.kinds.is_vector(s) || self.kinds.is_matrix(s))
    }

    fn power(&mut self, b: &Term, e: &Term) -> Result<Vec<Item>, String> {
        let base = self.expand(b)?;
        let scalars = self.reduced(base)?;
        if scalars.iter().all(|i| i.word.is_empty()) && !matches!(b, Term::Var(_)) {
            return Ok(vec![Item::scalar(as_scalar(scalars).pow(e.clone()))]);
        }
        let n = e.rational().filter(num_rational::BigRational::is_integer).map(|r| r.to_integer());
        match n.and_then(|n| u32::try_from(n).ok()).filter(|n| (1..=8).contains(n)) {
            Some(n) => self.expand(&Term::Mul(vec![b.clone(); n as usize])),
            None => Err(format!("{} of a matrix", show(&b.clone().pow(e.clone())))),
        }
    }

    /// The product of two items, the bound letters of the second renamed.
    fn product(&mut self, a: &Item, b: &Item) -> Item {
        let mut b = b.clone();
        for k in 0..b.bound.len() {
            self.fresh += 1;
            let fresh = format!("s{}", self.fresh);
            b = renamed(&b, k, &fresh);
        }
        Item {
            coefficient: times(&a.coefficient, &b.coefficient),
            bound: [a.bound.clone(), b.bound].concat(),
            word: [a.word.clone(), b.word].concat(),
        }
    }

    fn sum(&mut self, s: &Sum) -> Result<Vec<Item>, String> {
        if self.has_words(&s.from) || s.to.as_ref().is_some_and(|t| self.has_words(t)) {
            return Err("an end of a sum".into());
        }
        self.fresh += 1;
        let fresh = format!("s{}", self.fresh);
        let body = s.body.with_index(&s.index, &Index::Letter(fresh.clone()));
        let binding = Binding { index: fresh, body: Term::int(1), ..s.clone() };
        let items = self.expand(&body)?;
        Ok(items
            .into_iter()
            .map(|mut i| {
                i.bound.insert(0, binding.clone());
                i
            })
            .collect())
    }

    fn reduced(&mut self, items: Vec<Item>) -> Result<Vec<Item>, String> {
        let Some(reduce) = self.reduce else { return Ok(contracted(items)) };
        let derivation = reduce(items)?;
        let end = derivation.end.clone();
        if !derivation.steps.is_empty() {
            self.lemmas.push(derivation);
        }
        Ok(end)
    }

    /// A part that must be a scalar, as a term without words.
    fn scalar(&mut self, t: &Term) -> Result<Term, String> {
        if !self.has_words(t) {
            return Ok(t.clone());
        }
        let items = self.expand(t)?;
        let items = self.reduced(items)?;
        if items.iter().all(|i| i.word.is_empty()) { Ok(as_scalar(items)) } else { Err(format!("{} is no scalar", show(t))) }
    }
}

fn transposed(i: Item) -> Item {
    Item { word: i.word.iter().rev().map(Letter::flipped).collect(), ..i }
}

/// The product of two coefficients, a factor 1 left out.
pub(super) fn times(a: &Term, b: &Term) -> Term {
    match (a, b) {
        (one, x) | (x, one) if one.is_int(1) => x.clone(),
        (Term::Num(x), Term::Num(y)) => Term::Num(x * y),
        _ => Term::mul(vec![a.clone(), b.clone()]),
    }
}

/// Renames the `k`-th bound letter.
fn renamed(i: &Item, k: usize, to: &str) -> Item {
    let mut out = i.clone();
    let from = std::mem::replace(&mut out.bound[k].index, to.to_string());
    let index = Index::Letter(to.to_string());
    out.coefficient = out.coefficient.with_index(&from, &index);
    out.word = with_letter(&out.word, &from, &index);
    for b in &mut out.bound[k + 1..] {
        b.except = b.except.iter().map(|i| if *i == Index::Letter(from.clone()) { index.clone() } else { i.clone() }).collect();
    }
    out
}

/// Replaces an index letter in a word.
pub(super) fn with_letter(word: &[Letter], from: &str, to: &Index) -> Vec<Letter> {
    word.iter()
        .map(|l| {
            let indices = l
                .symbol
                .indices
                .iter()
                .map(|i| if *i == Index::Letter(from.to_string()) { to.clone() } else { i.clone() })
                .collect();
            Letter { symbol: Symbol { name: l.symbol.name.clone(), indices }, ..l.clone() }
        })
        .collect()
}

/// Takes every row-to-column stretch out of each word into its coefficient.
pub(super) fn contracted(items: Vec<Item>) -> Vec<Item> {
    items
        .into_iter()
        .map(|mut i| {
            while let Some((start, end)) = scalar_stretch(&i.word) {
                let stretch: Vec<Letter> = i.word.drain(start..=end).collect();
                i.coefficient = times(&i.coefficient, &inner_product(&stretch));
            }
            i
        })
        .collect()
}

/// The first row and the column that closes it, with only matrices between.
fn scalar_stretch(word: &[Letter]) -> Option<(usize, usize)> {
    let mut start = None;
    for (k, l) in word.iter().enumerate() {
        match (l.vector, l.transposed, start) {
            (true, true, _) => start = Some(k),
            (true, false, Some(s)) => return Some((s, k)),
            (true, false, None) | (false, ..) => {}
        }
    }
    None
}

/// `xᵀMy` as a symbol; it is its own transpose, so the smaller of both spellings is taken.
fn inner_product(stretch: &[Letter]) -> Term {
    let back: Vec<Letter> = stretch.iter().rev().map(Letter::flipped).collect();
    let spelled = if stretch <= &back[..] { stretch } else { &back[..] };
    let name: Vec<String> = spelled.iter().map(|l| format!("{}{}", l.symbol.name, if l.transposed { "ᵀ" } else { "" })).collect();
    let indices = spelled.iter().flat_map(|l| l.symbol.indices.clone()).collect();
    Term::Var(Symbol { name: format!("⟨{}⟩", name.join("·")), indices })
}

/// The sum of items without words.
pub(super) fn as_scalar(items: Vec<Item>) -> Term {
    Term::add(items.into_iter().map(|i| bound_around(i.coefficient, &i.bound)).collect())
}

/// Puts sums around a scalar.
pub(super) fn bound_around(body: Term, bound: &[Binding]) -> Term {
    bound.iter().rev().fold(body, |body, b| Term::Sum(Box::new(Sum { body, ..b.clone() })))
}

/// Whether the sum runs over the whole family that it indexes, so that every other index lies in
/// its range: from 1 to a symbol (the family's size) or to an end that is not written.
pub(super) fn covers_family(b: &Binding) -> bool {
    b.from.is_int(1) && b.to.as_ref().is_none_or(|t| matches!(t, Term::Var(s) if s.indices.is_empty()))
}

/// Whether two indices are known to be the same (`Some(true)`) or different (`Some(false)`).
pub(super) fn same_index(a: &Index, b: &Index, hypotheses: &Hypotheses) -> Option<bool> {
    if a == b {
        return Some(true);
    }
    if let (Index::Number(_), Index::Number(_)) = (a, b) {
        return Some(false);
    }
    let term = |i: &Index| match i {
        Index::Letter(l) => Term::var(l),
        Index::Number(n) => Term::int(i64::from(*n)),
    };
    let (x, y) = (term(a), term(b));
    let apart = hypotheses.facts.iter().any(|(l, r, m)| *r == Relation::NotEqual && (*l == x && *m == y || *l == y && *m == x));
    apart.then_some(false)
}
