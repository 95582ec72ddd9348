//! What words claim of vectors that an example gives: "the norm of c is 0.951", "the distance to v_1 is 0.02", "the scores
//! are 6 and 0", "M is invertible". A clause is read where every one of its words is understood.

use super::items::{ByItems, Kind};
use super::vectors::Given;
use super::view::View;
use super::words::{DENIED, GENERAL, NEUTRAL, among};
use crate::claim::statement::Link;
use crate::language::{Expr, Relation, Symbol};
use crate::span::Span;
use crate::tolerance;

/// A relation of an example's vectors.
pub struct Claim {
    /// Where.
    pub span: Span,
    /// The relation.
    pub link: Link,
    /// Whether it may only be confirmed.
    pub tentative: bool,
}

impl Claim {
    /// A claim whose words leave nothing open.
    pub fn certain(span: Span, link: Link) -> Claim {
        Claim { span, link, tentative: false }
    }
}

/// Rows of scores and weights, and what is claimed in words.
pub fn read(view: &View) -> (Vec<Given>, Vec<Claim>) {
    let View { world, items } = *view;
    let attention = world.attends() && world.letters.len() < 2;
    let mut rows: Vec<Given> = Vec::new();
    let mut claims = Vec::new();
    let mut at = 0;
    while at < items.len() {
        if attention && let Some((row, end)) = view.entries_row(at) {
            rows.push(row);
            at = end;
            continue;
        }
        let found = view.measured(at).or_else(|| view.directed(at)).or_else(|| view.same_weights(at));
        let found = found.or_else(|| view.eigenvalues(at)).or_else(|| view.of_matrix(at));
        if let Some((links, end)) = found.filter(|_| view.outright(at)) {
            let span = items[at].span.to(items[end - 1].span);
            let tentative = !view.understood(at);
            claims.extend(links.into_iter().map(|link| Claim { span, link, tentative }));
            at = end;
        } else {
            at += 1;
        }
    }
    (rows, claims)
}

/// What is done to every score of a row.
pub enum Change {
    /// Each is multiplied.
    Factor(Expr),
    /// To each something is added.
    Shift(Expr),
}

impl Change {
    /// A row of scores after the change.
    pub fn of(&self, row: &[Expr]) -> Vec<Expr> {
        let one = |e: &Expr| match self {
            Change::Factor(f) => Expr::Mul(vec![f.clone(), e.clone()]),
            Change::Shift(s) => Expr::Add(vec![e.clone(), s.clone()]),
        };
        row.iter().map(one).collect()
    }
}

const CHANGES: &[&str] = &[
    "double",
    "doubling",
    "triple",
    "tripling",
    "halve",
    "halving",
    "add",
    "adding",
    "subtract",
    "subtracting",
    "multiply",
    "multiplying",
    "scale",
    "scaling",
];

/// Words around a change of scores.
const CHANGED: &str = "them all scores score logits every each from by nothing changes weights softmax probabilities stay stays same \
    unchanged remain remains leaves leave of three two four either too again become becomes alpha";

const STATES: &[&str] = &["is", "equals", "becomes", "gives", "are", "be", "reads", "stays", "was"];

/// Words for what an example gives, and for reading something off.
const NOUNS: &str = "scores logits weights values vectors key query norm distance output result from diagonal one reads read off its \
    find compute see my own want wanted computed";

const VERBS_OF_ROWS: &[&str] =
    &["are", "is", "be", "become", "come", "out", "as", "of", "like", "then", "now", "roughly", "about", "at"];

impl View<'_> {
    /// Whether the clause denies nothing and speaks of the example alone.
    fn outright(&self, at: usize) -> bool {
        let end = (at..self.items.len()).find(|i| self.parts(*i)).unwrap_or(self.items.len());
        let barred = |w: &str| among(DENIED, w) && w != "nearly" && w != "almost" || among(GENERAL, w) || w.ends_with("n't");
        (self.clause(at)..end).filter_map(|i| self.word(i)).all(|w| !barred(w))
    }

    /// Whether every word before a place, in its clause, says nothing of its own.
    fn understood(&self, at: usize) -> bool {
        let fits = |i: usize| match &self.items[i].kind {
            Kind::Word(w) => among(NEUTRAL, w) && !among("if when", w) || among(NOUNS, w),
            Kind::Other => false,
            _ => true,
        };
        (self.clause(at)..at).all(fits)
    }

    /// A vector of the example by its symbol, or by the words for it.
    fn vector(&self, at: usize) -> Option<(Expr, usize)> {
        let start = self.skip(at, &["the", "its", "attention", "vector"]);
        if self.is(start, &["output", "result"]) {
            return Some((Expr::Symbol(Symbol::plain("c")), start + 1));
        }
        self.math(start).map(|e| (e.clone(), start + 1))
    }

    /// Whether a list of numbers at a place adds up to one.
    fn shares_of_one(&self, at: usize) -> bool {
        let Some((list, _)) = self.listed(at) else { return false };
        let numbers: Option<Vec<f64>> = list.iter().map(super::scores::value).collect();
        numbers.is_some_and(|n| {
            n.len() > 1
                && n.iter().all(|x| (0.0..=1.0).contains(x))
                && (n.iter().sum::<f64>() - 1.0).abs() <= tolerance::APPROX_CLOSE
        })
    }

    /// Rows: "scores (2, 1, 0)", "weights .665, .245 and .090", `α ≈ 0.09, 0.24, 0.67`.
    fn entries_row(&self, at: usize) -> Option<(Given, usize)> {
        let (name, verb) = match self.items[at].kind {
            Kind::Word(_) if self.is(at, &["scores", "logits"]) => ("score", at + 1),
            Kind::Word(_) if self.is(at, &["weights", "probabilities"]) => ("alpha", at + 1),
            Kind::Math(Expr::Symbol(ref s)) if s.indices.is_empty() && s.name == "alpha" && self.relation(at + 1).is_some() => {
                ("alpha", at + 1)
            }
            // "With 0.997, 0.002, 0.001 I get": shares of one.
            Kind::Word(_) if self.is(at, &["with"]) && self.shares_of_one(at + 1) => ("alpha", at + 1),
            _ => return None,
        };
        // "the scores differ", "weights of a and b".
        let about =
            (verb..self.items.len()).take_while(|i| self.is(*i, VERBS_OF_ROWS)).any(|i| self.is(i, &["roughly", "about"]));
        let mut start = self.skip(verb, VERBS_OF_ROWS);
        let mut relation = if about { Relation::Approx } else { Relation::Equal };
        if let Some(sign @ (Relation::Equal | Relation::Approx | Relation::Tends)) = self.relation(start) {
            relation = if sign == Relation::Equal { relation } else { Relation::Approx };
            start += 1;
        } else if self.colon(start) {
            start += 1;
        }
        let (list, end) = match self.math(start)? {
            Expr::Tuple(list) => (list.clone(), start + 1),
            _ => self.listed(start)?,
        };
        let numbers = list.iter().all(|e| super::scores::value(e).is_some());
        let shares = name != "alpha" || list.iter().all(|e| super::scores::value(e).is_some_and(|v| (0.0..=1.0).contains(&v)));
        // Something behind the list may say of whom.
        let closed = self.ends(end) || self.is(end, &["give", "gives", "for", "we", "lead", "yield", "i", "the", "with", "get"]);
        // "has scores (30, 20, 20) and gives α_1 = …"
        let goes_on = self.is(end, &["and"])
            && self.is(end + 1, &["give", "gives", "yield", "yields", "so", "then", "thus", "we", "hence"]);
        let arrow = matches!(self.items.get(end).map(|i| &i.kind), Some(Kind::Rel(Relation::Tends)));
        if list.len() < 2 || !numbers || !shares || !(closed || goes_on || arrow) {
            return None;
        }
        let taken = (self.clause(at)..at).any(|i| self.word(i).is_some_and(|w| among(super::words::GIVING, w) && w != "for"));
        let span = self.items[at].span.to(self.items[end - 1].span);
        Some((Given { span, symbol: Symbol::plain(name), value: Some(Expr::Tuple(list)), relation, taken }, end))
    }

    /// A number or entries behind a verb or a sign, chained, with the clause's end behind it.
    fn values_told(&self, at: usize) -> Option<(Vec<(Relation, Expr)>, usize)> {
        let verb = self.skip(at, STATES);
        let verb = self.skip(verb, &["exactly", "only", "just", "then", "now", "equal", "to", "still", "already", "out", "as"]);
        let mut found = Vec::new();
        let mut place = verb;
        if verb == at && !matches!(self.relation(at), Some(Relation::Equal | Relation::Approx)) {
            return None;
        }
        loop {
            let (relation, number, end) = match self.math(place) {
                Some(e @ Expr::Tuple(_)) if e.is_closed() && found.is_empty() => (Relation::Equal, e.clone(), place + 1),
                _ => self.amount(place)?,
            };
            found.push((relation, number));
            place = end;
            if !matches!(self.relation(place), Some(Relation::Equal | Relation::Approx)) {
                break;
            }
        }
        let comma = self.is(place, &["away", "as", "here", "now", "too", "only", "instead"]);
        (self.ends(place) || comma).then_some((found, place))
    }

    /// "the norm of c is 0.951", "c has norm 0.951", "c is 0.02 away from v_1".
    fn measured(&self, at: usize) -> Option<(Vec<Link>, usize)> {
        let links = |left: Expr, told: Vec<(Relation, Expr)>| {
            let one = |(relation, right): (Relation, Expr)| Link { left: left.clone(), relation, right };
            told.into_iter().map(one).collect::<Vec<Link>>()
        };
        if let Some((quantity, verb)) = self.quantity(at) {
            let (told, end) = self.values_told(verb)?;
            return Some((links(quantity, told), end));
        }
        let (vector, verb) = self.vector(at).filter(|(e, _)| !e.is_closed())?;
        // "c has length 0.951"
        if self.is(verb, &["has", "have", "having", "with", "of"]) {
            let noun = self.skip(verb + 1, &["the", "a", "only"]);
            let size = self.is(noun, &["norm", "length", "magnitude"]);
            let (relation, number, end) = self.amount(noun + 1).filter(|_| size)?;
            return self.ends(end).then(|| (links(norm(vector), vec![(relation, number)]), end));
        }
        let words = self.is(at, &["the", "output", "result"]);
        let states = self.skip(verb, &["is", "lies", "becomes", "then", "now", "only", "just", "still", "here"]);
        if states > verb
            && let Some((relation, number, after)) = self.amount(states)
        {
            let from = after + 1 + usize::from(self.is(after, &["away"]));
            let (other, end) = self.math(from).map(|e| (e.clone(), from + 1)).filter(|_| self.is(from - 1, &["from", "off"]))?;
            // "10 % away from v_1": of the length of that.
            let share = (states..after).any(|i| matches!(self.items[i].kind, Kind::Percent) || self.is(i, &["percent", "cent"]));
            let apart = distance(vector, other.clone());
            let left = if share { Expr::Div(Box::new(apart), Box::new(norm(other))) } else { apart };
            return self.ends(end).then(|| (links(left, vec![(relation, number)]), end));
        }
        // "the output is (0.9, 0.1)", "the output is v_1"
        let value = self.math(states).filter(|_| words && states > verb)?;
        let mixture = value.symbols().iter().all(|s| s.name == "v" && s.indices.len() == 1);
        let relation = if value.is_closed() { Relation::Equal } else { Relation::Approx };
        let link = Link { left: vector, relation, right: value.clone() };
        (mixture && self.ends(states + 1)).then(|| (vec![link], states + 1))
    }

    /// "c points in the direction of v_1", "a_1 is perpendicular to b_1".
    fn directed(&self, at: usize) -> Option<(Vec<Link>, usize)> {
        let (vector, verb) = self.vector(at).filter(|(e, _)| !e.is_closed())?;
        let exactly = self.skip(verb + 1, &["exactly", "precisely", "really", "still", "also"]);
        let points = self.is(verb, &["points", "is", "lies"]) && self.is(exactly, &["in", "into"]);
        let way = self.skip(exactly + 1, &["exactly", "the", "same"]);
        let along = points && self.is(way, &["direction"]) && self.is(way + 1, &["of", "as"]);
        let parallel = self.is(verb, &["is"]) && self.is(exactly, &["parallel", "collinear"]);
        let across = self.is(verb, &["is"]) && self.is(exactly, &["perpendicular", "orthogonal"]);
        let start = if along { way + 2 } else { exactly + 2 };
        let to = along || (parallel || across) && self.is(exactly + 1, &["to", "with"]);
        let other = self.math(start).filter(|e| to && !e.is_closed())?.clone();
        let product = inner(vector.clone(), other.clone());
        let lengths = Expr::Mul(vec![norm(vector), norm(other)]);
        let link = match () {
            () if across => Link { left: product, relation: Relation::Equal, right: Expr::int(0) },
            () if parallel => Link { left: Expr::Abs(Box::new(product)), relation: Relation::Equal, right: lengths },
            () => Link { left: product, relation: Relation::Equal, right: lengths },
        };
        self.ends(start + 1).then(|| (vec![link], start + 1))
    }

    /// "its eigenvalues 1/2, 1/2 and 0", "the eigenvalues of M are 1 and 0".
    fn eigenvalues(&self, at: usize) -> Option<(Vec<Link>, usize)> {
        let noun = self.skip(at, &["its", "the"]);
        let matrix = Expr::Symbol(Symbol::plain("M"));
        let of = self.is(noun + 1, &["of"]) && self.math(noun + 2) == Some(&matrix);
        let own = self.is(at, &["its"]);
        let start = if of { noun + 3 } else { noun + 1 };
        let start = self.skip(start, &["are"]);
        let (list, end) = self.listed(start).filter(|_| self.is(noun, &["eigenvalues"]) && (of || own))?;
        let link = Link { left: Expr::Call("spectrum", vec![matrix]), relation: Relation::Equal, right: Expr::Tuple(list) };
        self.ends(end).then(|| (vec![link], end))
    }

    /// "If I double them (2, 4, 6) nothing changes": the scores of before, each changed.
    pub fn changed_row(&self) -> Option<(Change, Span)> {
        let place = (0..self.items.len()).find(|i| self.is(*i, CHANGES))?;
        let change = self.change(place)?;
        let words = || (0..self.items.len()).filter_map(|i| self.word(i));
        let has = |list: &[&str]| words().any(|w| list.contains(&w));
        // Every word has to be known, but for the reason behind a comma.
        let last = (place..self.items.len()).find(|i| self.is(*i, &["changes", "same", "unchanged", "change", "differ"]))?;
        let known = |w: &str| among(NEUTRAL, w) || CHANGES.contains(&w) || among(CHANGED, w);
        if (0..=last).filter_map(|i| self.word(i)).any(|w| !known(w)) || has(&["not", "don't", "doesn't", "longer", "no"]) {
            return None;
        }
        let nothing = has(&["nothing"]) && has(&["changes"]);
        let same = nothing || has(&["same", "unchanged"]) && has(&["weights", "softmax", "probabilities", "alpha"]);
        let end = if self.is(last + 1, &["either", "too", "again"]) { last + 1 } else { last };
        let opens = place - usize::from(place > 0 && self.is(place - 1, &["i", "we", "you", "one"]));
        let opens = opens - usize::from(opens > 0 && self.is(opens - 1, &["if", "when"]));
        same.then(|| (change, self.items[opens].span.to(self.items[end].span)))
    }

    fn change(&self, at: usize) -> Option<Change> {
        let factor = |n: i64, m: i64| Some(Change::Factor(Expr::Div(Box::new(Expr::int(n)), Box::new(Expr::int(m)))));
        let number = |i: usize| self.number(i).map(|(n, _)| n);
        match self.word(at)? {
            "double" | "doubling" => factor(2, 1),
            "triple" | "tripling" => factor(3, 1),
            "halve" | "halving" => factor(1, 2),
            "add" | "adding" => Some(Change::Shift(number(at + 1)?)),
            "subtract" | "subtracting" => Some(Change::Shift(Expr::Neg(Box::new(number(at + 1)?)))),
            "multiply" | "multiplying" | "scale" | "scaling" => {
                let by = (at..self.items.len()).find(|i| self.is(*i, &["by", "with"]))?;
                Some(Change::Factor(number(by + 1)?))
            }
            _ => None,
        }
    }

    /// A number that vectors have, in words.
    fn quantity(&self, at: usize) -> Option<(Expr, usize)> {
        let noun = self.skip(at, &["the", "its", "a", "euclidean"]);
        let output = || Expr::Symbol(Symbol::plain("c"));
        if self.is(noun, &["norm", "length", "magnitude"]) && self.is(noun + 1, &["of"]) {
            let (of, end) = self.vector(noun + 2)?;
            return Some((norm(of), end));
        }
        if self.is(noun, &["distance"]) {
            if self.is(noun + 1, &["between"]) {
                let (a, b, end) = self.two(noun + 2)?;
                return Some((distance(a, b), end));
            }
            let own = self.is(noun + 1, &["of", "from"]).then(|| self.vector(noun + 2)).flatten();
            let own = own.filter(|(_, end)| self.is(*end, &["to", "from"]));
            if let Some((of, end)) = own {
                let (to, end) = self.vector(end + 1)?;
                return Some((distance(of, to), end));
            }
            let (to, end) = self.is(noun + 1, &["to", "from"]).then(|| self.vector(noun + 2)).flatten()?;
            let value = matches!(&to, Expr::Symbol(s) if s.name == "v");
            return value.then(|| (distance(output(), to), end));
        }
        let product = self.is(noun, &["dot", "inner", "scalar"]) && self.is(noun + 1, &["product"]);
        if product && self.is(noun + 2, &["of", "between"]) {
            let (a, b, end) = self.two(noun + 3)?;
            return Some((inner(a, b), end));
        }
        let angle = if self.is(noun + 1, &["of"]) { self.skip(noun + 2, &["the", "angle"]) } else { noun + 1 };
        if self.is(noun, &["cosine"]) && self.is(angle, &["between"]) {
            let (a, b, end) = self.two(angle + 1)?;
            let below = Expr::Mul(vec![norm(a.clone()), norm(b.clone())]);
            return Some((Expr::Div(Box::new(inner(a, b)), Box::new(below)), end));
        }
        None
    }

    /// "x and y"
    fn two(&self, at: usize) -> Option<(Expr, Expr, usize)> {
        let (a, joint) = self.vector(at)?;
        let (b, end) = self.vector(self.is(joint, &["and"]).then_some(joint + 1)?)?;
        Some((a, b, end))
    }

    /// "the scores (100, 94) and (6, 0) give the same weights".
    fn same_weights(&self, at: usize) -> Option<(Vec<Link>, usize)> {
        let noun = self.skip(at, &["the", "two", "rows", "of"]);
        let row = |place: usize| match self.math(place) {
            Some(e @ Expr::Tuple(list)) if list.iter().all(|x| super::scores::value(x).is_some()) => Some(e.clone()),
            _ => None,
        };
        let first = row(noun + 1).filter(|_| self.is(noun, &["scores", "logits"]))?;
        let second = row(self.skip(noun + 2, &["and", "or"])).filter(|_| self.is(noun + 2, &["and", "or"]))?;
        let verb = self.skip(noun + 4, &["both", "also"]);
        let gives = self.is(verb, &["give", "yield", "have", "lead", "produce"]);
        let what = self.skip(verb + 1, &["to", "exactly", "the"]);
        let same = gives && self.is(what, &["same", "identical"]);
        let end = self.skip(what + 1, &["attention", "softmax"]);
        let end =
            self.is(end, &["weights", "softmax", "probabilities", "distribution", "output", "result"]).then_some(end + 1)?;
        let of = |row: Expr| Expr::Call("softmax", vec![row]);
        let link = Link { left: of(first), relation: Relation::Equal, right: of(second) };
        (same && self.ends(end)).then(|| (vec![link], end))
    }

    /// "M is invertible", "M has rank 1", "M has the eigenvalues 1 and 0".
    fn of_matrix(&self, at: usize) -> Option<(Vec<Link>, usize)> {
        let matrix = self.math(at).filter(|e| matches!(e, Expr::Symbol(s) if s.name == "M"))?.clone();
        let call = |f: &'static str| Expr::Call(f, vec![matrix.clone()]);
        let link = |left: Expr, relation: Relation, right: Expr| vec![Link { left, relation, right }];
        let verb = at + 1;
        if self.is(verb, &["has"]) {
            let noun = self.skip(verb + 1, &["the", "a"]);
            let f = match self.word(noun)? {
                "rank" => "rank",
                "trace" => "tr",
                "determinant" => "det",
                "eigenvalues" => {
                    let (list, end) = self.listed(noun + 1)?;
                    return self.ends(end).then(|| (link(call("spectrum"), Relation::Equal, Expr::Tuple(list)), end));
                }
                _ => return None,
            };
            let (relation, number, end) = self.amount(noun + 1)?;
            return self.ends(end).then(|| (link(call(f), relation, number), end));
        }
        let word = self.skip(verb + 1, &["a", "an", "the", "also", "clearly", "therefore", "then"]);
        if !self.is(verb, &["is"]) {
            return None;
        }
        let noun = self.skip(word + 1, &["matrix"]);
        let power = Expr::Pow(Box::new(matrix.clone()), Box::new(Expr::int(2)));
        let transposed = Expr::Transpose(Box::new(matrix.clone()));
        let links = match self.word(word)? {
            "invertible" | "nonsingular" | "regular" => link(call("det"), Relation::NotEqual, Expr::int(0)),
            "singular" => link(call("det"), Relation::Equal, Expr::int(0)),
            "symmetric" => link(matrix.clone(), Relation::Equal, transposed),
            "diagonal" => link(call("off_diagonal"), Relation::Equal, Expr::int(0)),
            "projection" | "projector" | "idempotent" => link(power, Relation::Equal, matrix.clone()),
            "identity" => link(matrix.clone(), Relation::Equal, Expr::Symbol(Symbol::plain("I"))),
            _ => return None,
        };
        // "a diagonal matrix that deletes the third coordinate": what comes behind is said of the same matrix.
        (self.ends(noun)).then_some((links, noun))
    }
}

fn norm(of: Expr) -> Expr {
    Expr::Norm(Box::new(of))
}

fn distance(a: Expr, b: Expr) -> Expr {
    norm(Expr::Add(vec![a, Expr::Neg(Box::new(b))]))
}

fn inner(a: Expr, b: Expr) -> Expr {
    Expr::Mul(vec![Expr::Transpose(Box::new(a)), b])
}
