//! What is said of a noun phrase: its value, its limit, its law, its size, and how it compares with another.

use super::keys::Keys;
use super::noun::{Noun, Of, dot, norm};
use super::{Context, Reader};
use crate::claim::example::items::Kind;
use crate::claim::statement::{Condition, Link};
use crate::language::{Expr, Moment, Relation, Symbol};

/// Relations with the keys that each leaves out.
type Links = Vec<(Link, Vec<Condition>)>;

/// Words for "about".
const ABOUT: &[&str] = &[
    "about",
    "approximately",
    "roughly",
    "nearly",
    "almost",
    "around",
    "practically",
    "essentially",
    "ca",
    "close",
    "virtually",
    "basically",
    "approx",
];

/// Words before a value that change nothing.
const PLAIN: &[&str] = &[
    "only",
    "just",
    "exactly",
    "also",
    "both",
    "each",
    "simply",
    "precisely",
    "all",
    "still",
    "now",
    "then",
    "thus",
    "again",
    "of",
    "the",
    "a",
    "therefore",
    "always",
    "itself",
    "themselves",
    "value",
    "values",
    "here",
    "hence",
    "given",
    "by",
    "an",
    "indeed",
];

const BE: &[&str] = &[
    "is", "are", "equals", "equal", "becomes", "become", "stays", "remains", "remain", "was", "were", "reads", "comes",
    "amounts", "'s", "be",
];

const GOES: &[&str] = &["tends", "tend", "goes", "go", "converges", "converge", "approaches", "approach", "went"];

/// Verbs of clauses that this reader knows.
pub(super) const VERBS: &[&str] = &[
    "is",
    "are",
    "equals",
    "equal",
    "becomes",
    "become",
    "stays",
    "remains",
    "remain",
    "tends",
    "tend",
    "goes",
    "go",
    "converges",
    "approaches",
    "vanishes",
    "vanish",
    "has",
    "have",
    "scores",
    "gets",
    "get",
    "receives",
    "receive",
    "lies",
    "lie",
    "exceeds",
    "fluctuates",
    "varies",
];

/// A value: where it ends, what it is, whether it is approximate.
struct Value {
    end: usize,
    expr: Expr,
    about: bool,
}

impl Reader<'_> {
    /// What is said of a noun phrase from `at` on; where it ends.
    pub(super) fn predicate(&self, at: usize, noun: &Noun, context: &mut Context) -> Option<(usize, Links)> {
        let of_keys = noun.named_keys().and_then(|keys| self.said_of_keys(at, &keys, context));
        if of_keys.is_some() || noun.keys.is_some() {
            return of_keys;
        }
        self.by_sign(at, noun)
            .or_else(|| self.being(at, noun))
            .or_else(|| self.going(at, noun))
            .or_else(|| self.having_one(at, noun))
            .or_else(|| self.varying(at, noun))
            .or_else(|| self.normal(at, noun))
    }

    /// `= β`, `→ 0`, `~ N(0, 1)`.
    fn by_sign(&self, at: usize, noun: &Noun) -> Option<(usize, Links)> {
        let Kind::Rel(relation) = self.items.get(at)?.kind else { return None };
        // A chain that stands for itself is read as one.
        let worded = (self.at..at).any(|i| self.word(i).is_some());
        worded.then_some(())?;
        let value = self.value(at + 1)?;
        let relation = if value.about { approximate(relation)? } else { relation };
        self.links(noun, relation, &value).map(|l| (value.end, l))
    }

    /// "is …".
    fn being(&self, at: usize, noun: &Noun) -> Option<(usize, Links)> {
        if self.is(at, &["lies", "lie", "lives", "live"]) && self.is(at + 1, &["in"]) {
            return self.sized(at + 2, noun);
        }
        let verb = self.is(at, BE).then_some(at + 1)?;
        let verb = self.skip(verb, &["to", "out"]);
        let denied = self.is(verb, &["not"]);
        let start = verb + usize::from(denied);
        let (end, links) = self
            .orthogonal(start, noun)
            .or_else(|| self.normal(start, noun))
            .or_else(|| self.sized(start, noun))
            .or_else(|| self.compared(start, noun))
            .or_else(|| self.signed(start, noun))
            .or_else(|| self.multiple(start, noun))
            .or_else(|| self.same(start, noun))
            .or_else(|| self.another(start, noun))
            .or_else(|| {
                let value = self.value(start)?;
                let relation = match &value.expr {
                    Expr::Normal(..) => Relation::Tilde,
                    _ if value.about => Relation::Approx,
                    _ => Relation::Equal,
                };
                self.links(noun, relation, &value).map(|l| (value.end, l))
            })?;
        if !denied {
            return Some((end, links));
        }
        // "are not both 0" denies one of several.
        let [(link, out)] = links.as_slice() else { return None };
        Some((end, vec![(Link { relation: denial(link.relation)?, ..link.clone() }, out.clone())]))
    }

    /// "tends to 0", "goes to zero", "vanishes".
    fn going(&self, at: usize, noun: &Noun) -> Option<(usize, Links)> {
        let relation = if self.scalar(noun) { Relation::Tends } else { Relation::Equal };
        if self.is(at, &["vanishes", "vanish", "disappears", "disappear"]) {
            let value = Value { end: at + 1, expr: Expr::int(0), about: false };
            return self.links(noun, relation, &value).map(|l| (value.end, l));
        }
        if self.is(at, &["exceeds", "exceed"]) {
            let value = self.value(at + 1).filter(|v| !v.about)?;
            return self.links(noun, Relation::Greater, &value).map(|l| (value.end, l));
        }
        let verb = self.is(at, GOES).then_some(at + 1)?;
        let value = self.value(self.skip(verb, &["to", "towards", "toward", "all", "both"])).filter(|v| !v.about)?;
        self.links(noun, Relation::Tends, &value).map(|l| (value.end, l))
    }

    /// "has mean β", "have length √2 β", "has rank m", "has size d × m", "has the same length as v_a".
    fn having_one(&self, at: usize, noun: &Noun) -> Option<(usize, Links)> {
        let start = self
            .is(at, &["has", "have", "having", "keep", "keeps", "kept"])
            .then(|| self.skip(at + 1, &["the", "a", "an", "both", "each", "also", "exactly", "always"]))?;
        if self.is(start, &["size", "shape", "dimension", "dimensions", "format"]) {
            return self.sized(self.skip(start, &["size", "shape", "dimension", "dimensions", "format", "of"]), noun);
        }
        if let Some(found) = self.entries(start, noun) {
            return Some(found);
        }
        let same = self.is(start, &["same"]);
        let degree = [
            ("larger", Relation::Greater),
            ("smaller", Relation::Less),
            ("bigger", Relation::Greater),
            ("higher", Relation::Greater),
            ("greater", Relation::Greater),
            ("lower", Relation::Less),
        ];
        let compared = degree.iter().find(|(w, _)| self.is(start, &[w])).map(|(_, r)| *r);
        let from = start + usize::from(same || compared.is_some());
        let (end, of) = self.attribute(from)?;
        let having = Noun { things: self.mapped(noun, &of)?, ..noun.clone() };
        if same || compared.is_some() {
            let joint = if same { "as" } else { "than" };
            // "k_a and k_b have the same variance"
            if let [(a, own), (b, out)] = having.things.as_slice()
                && same
                && !self.is(end, &[joint])
            {
                let link = Link { left: a.clone(), relation: Relation::Equal, right: b.clone() };
                return Some((end, vec![(link, own.iter().chain(out).cloned().collect())]));
            }
            let (end, other) = self.is(end, &[joint]).then(|| self.noun_phrase(end + 1))??;
            let other = Noun { things: self.mapped(&other, &of)?, ..other };
            let relation = compared.unwrap_or(Relation::Equal);
            return self.against(&having, relation, &other, &Expr::clone).map(|l| (end, l));
        }
        let value = self.value(end)?;
        let relation = if value.about { Relation::Approx } else { Relation::Equal };
        self.links(&having, relation, &value).map(|l| (value.end, l))
    }

    /// What is had, "standard deviation", "length": where it ends.
    fn attribute(&self, at: usize) -> Option<(usize, Attribute)> {
        let squared = self.is(at, &["squared"]);
        let expected = self.is(at, &["expected", "mean", "average"]) && self.is(at + 1, &["squared"]);
        let from = at + usize::from(squared) + 2 * usize::from(expected);
        if self.is(from, &["length", "norm", "magnitude", "lengths", "norms"]) {
            let kind = match (squared, expected) {
                (_, true) => Attribute::MeanSquaredLength,
                (true, _) => Attribute::SquaredLength,
                _ => Attribute::Length,
            };
            return Some((from + 1, kind));
        }
        if squared || expected {
            return None;
        }
        if let Some((end, m)) = self.moment_noun(at) {
            return Some((end, Attribute::Moment(m)));
        }
        match self.word(at)? {
            "rank" => Some((at + 1, Attribute::Rank)),
            "trace" => Some((at + 1, Attribute::Trace)),
            _ => None,
        }
    }

    fn mapped(&self, noun: &Noun, attribute: &Attribute) -> Option<Vec<(Expr, Vec<Condition>)>> {
        noun.keys.is_none().then_some(())?;
        let vector = |e: &Expr| matches!(self.world.shape_of(e, &[]), Ok(crate::numeric::Shape::Matrix(_, c)) if c == "1");
        let fits = noun.things.iter().all(|(e, _)| match attribute {
            Attribute::Length | Attribute::SquaredLength | Attribute::MeanSquaredLength => vector(e),
            _ => true,
        });
        let square = |e| Expr::Pow(Box::new(e), Box::new(Expr::int(2)));
        let apply = |e: Expr| match attribute {
            Attribute::Length => norm(e),
            Attribute::SquaredLength => square(norm(e)),
            Attribute::MeanSquaredLength => Expr::Moment(Moment::Mean, Box::new(square(norm(e)))),
            Attribute::Moment(m) => Expr::Moment(*m, Box::new(e)),
            Attribute::Rank => Expr::Call("rank", vec![e]),
            Attribute::Trace => Expr::Call("tr", vec![e]),
        };
        fits.then(|| noun.things.iter().map(|(e, out)| (apply(e.clone()), out.clone())).collect())
    }

    /// "k_b fluctuates as much as k_a", "varies more than …".
    fn varying(&self, at: usize, noun: &Noun) -> Option<(usize, Links)> {
        if !self.random() || !self.is(at, &["fluctuates", "fluctuate", "varies", "vary", "scatters"]) {
            return None;
        }
        let start = self.skip(at + 1, &["just", "exactly", "equally"]);
        let (relation, from) = match self.word(start)? {
            "as" if self.is(start + 1, &["much", "strongly"]) && self.is(start + 2, &["as"]) => (Relation::Equal, start + 3),
            "more" if self.is(start + 1, &["than"]) => (Relation::Greater, start + 2),
            "less" if self.is(start + 1, &["than"]) => (Relation::Less, start + 2),
            _ => return None,
        };
        let (end, other) = self.noun_phrase(from)?;
        let variance = |n: &Noun| Some(Noun { things: self.mapped(n, &Attribute::Moment(Moment::Variance))?, ..n.clone() });
        self.against(&variance(noun)?, relation, &variance(&other)?, &Expr::clone).map(|l| (end, l))
    }

    /// "key a scores β", "a and b get the weight ½", "the other keys have mean score 0", "b has e^(-β) of the weight of a".
    fn said_of_keys(&self, at: usize, keys: &Keys, context: &mut Context) -> Option<(usize, Links)> {
        if self.is(at, &["score", "scores"]) {
            let things = self.having(Of::Score, keys)?;
            return self.given(at + 1, &things, false);
        }
        let verb = ["has", "have", "gets", "get", "receives", "receive", "takes", "take", "with", "carries", "carry"];
        let start = self.is(at, &verb).then_some(at + 1)?;
        let start = self.skip(start, &["the", "a", "an", "both", "each", "all"]);
        context.together |= self.is(start, &["total", "combined"]);
        let start = self.skip(start, &["total", "combined"]);
        let about = self.skip(start, ABOUT) > start;
        let start = self.skip(start, ABOUT);
        let mean = self.is(start, &["mean", "average", "expected"]);
        let start = start + usize::from(mean);
        let of = match self.word(start) {
            Some("score" | "scores" | "logit" | "logits") => Of::Score,
            Some("weight" | "weights") => Of::Weight,
            _ if mean => return None,
            _ => return self.share_of(at + 1, keys, context),
        };
        let mut things = self.having(of, keys)?;
        if mean {
            let wrap = |e: Expr| Expr::Moment(Moment::Mean, Box::new(e));
            things.things = things.things.into_iter().map(|(e, c)| (wrap(e), c)).collect();
        }
        self.given(start + 1, &things, about)
    }

    /// The value that keys' scores or weights are given.
    fn given(&self, at: usize, things: &Noun, about: bool) -> Option<(usize, Links)> {
        let value = self.value(at)?;
        let relation = match &value.expr {
            Expr::Normal(..) => Relation::Tilde,
            _ if value.about || about => Relation::Approx,
            _ => Relation::Equal,
        };
        self.links(things, relation, &value).map(|l| (value.end, l))
    }

    /// "(b has) only about e^(-2β) of the weight of a"; where no noun follows it is weight that a sum of keys gets.
    fn share_of(&self, at: usize, keys: &Keys, context: &Context) -> Option<(usize, Links)> {
        let things = self.having(Of::Weight, keys)?;
        // "a gets twice the weight of b"
        let times = self.skip(at, PLAIN);
        if self.is(times, &["twice"])
            && let Some((end, other)) = self.noun_phrase(times + 1)
            && other.of_keys == Some(Of::Weight)
        {
            let doubled = |e: &Expr| Expr::Mul(vec![Expr::int(2), e.clone()]);
            return self.against(&things, Relation::Equal, &other, &doubled).map(|l| (end, l));
        }
        let value = self.value(at)?;
        let relation = if value.about { Relation::Approx } else { Relation::Equal };
        if self.is(value.end, &["of"])
            && let Some((end, other)) = self.noun_phrase(value.end + 1)
            && other.of_keys == Some(Of::Weight)
        {
            let scaled = |e: &Expr| Expr::Mul(vec![value.expr.clone(), e.clone()]);
            return self.against(&things, relation, &other, &scaled).map(|l| (end, l));
        }
        // "a and b get 2/3 in total"
        let gets = self.is(at - 1, &["get", "gets", "receive", "receives", "take", "takes"]);
        (gets && context.together).then_some(())?;
        self.links(&things, relation, &value).map(|l| (value.end, l))
    }

    /// Relations of everything that a noun phrase names with one thing that another names.
    fn against(&self, noun: &Noun, relation: Relation, other: &Noun, f: &dyn Fn(&Expr) -> Expr) -> Option<Links> {
        let [(right, out)] = other.things.as_slice() else { return None };
        let link = |(left, own): &(Expr, Vec<Condition>)| {
            let link = Link { left: left.clone(), relation, right: f(right) };
            (link, own.iter().chain(out).cloned().collect())
        };
        let whole = noun.keys.is_none() && other.keys.is_none() && !noun.things.is_empty();
        whole.then(|| noun.things.iter().map(link).collect())
    }

    /// "the norm of v_a" behind a verb, or "that of b": another thing of the same kind.
    fn another(&self, at: usize, noun: &Noun) -> Option<(usize, Links)> {
        let (end, other) = self.other(at, noun)?;
        let kind = |n: &Noun| n.things.iter().all(|(e, _)| matches!(e, Expr::Symbol(_)));
        // "c is the vector β k_a" is read as a value.
        (!kind(&other)).then_some(())?;
        self.against(noun, Relation::Equal, &other, &Expr::clone).map(|l| (end, l))
    }

    /// Another noun phrase, in which "that" may stand for the noun.
    fn other(&self, at: usize, noun: &Noun) -> Option<(usize, Noun)> {
        noun.of_keys.and_then(|of| self.that_of(at, of)).or_else(|| self.noun_phrase(at)).filter(|(_, n)| n.keys.is_none())
    }

    /// "orthogonal to v_b", "are perpendicular (to each other)".
    fn orthogonal(&self, at: usize, noun: &Noun) -> Option<(usize, Links)> {
        let at = self.skip(at, &["also", "exactly", "mutually", "all", "still", "again", "both"]);
        self.is(at, &["orthogonal", "perpendicular"]).then_some(())?;
        let zero = |a: &Expr, b: &Expr| Link { left: dot(a.clone(), b.clone()), relation: Relation::Equal, right: Expr::int(0) };
        if let [(a, _), (b, _)] = noun.things.as_slice()
            && !self.is(at + 1, &["to"]) | self.are(at + 1, &["to", "each", "other"])
        {
            let end = at + if self.is(at + 1, &["to"]) { 4 } else { 1 };
            return Some((end, vec![(zero(a, b), vec![])]));
        }
        let from = self.is(at + 1, &["to"]).then_some(at + 2)?;
        let links = |other: &Expr, out: &[Condition]| -> Links {
            noun.things.iter().map(|(a, c)| (zero(a, other), c.iter().chain(out).cloned().collect())).collect()
        };
        if let Some((end, other)) = self.vector(from) {
            return Some((end, links(&other, &[])));
        }
        // "to every other key", "to all keys"
        let (end, keys) = self.keys(from)?;
        let mut found = Vec::new();
        for (index, out) in keys.indices(self.world) {
            found.extend(links(&Expr::Symbol(Symbol { name: "k".into(), indices: vec![index] }), &out));
        }
        Some((end, found))
    }

    /// "normal with mean 1 and variance 1/2", "Gaussian with mean 0 and standard deviation β".
    fn normal(&self, at: usize, noun: &Noun) -> Option<(usize, Links)> {
        let start = self.skip(at, &["a", "again", "also", "approximately"]);
        let start = self.is(start, &["normal", "gaussian", "normally"]).then_some(start + 1)?;
        let start = self.skip(start, &["distributed", "variable", "with", "random"]);
        let (end, first) = self.moment_noun(start).filter(|(_, m)| *m == Moment::Mean)?;
        let mean = self.value(self.skip(end, &["of"]))?;
        let next = self.is(mean.end, &["and"]).then(|| self.skip(mean.end + 1, &["with"]))?;
        let (end, second) = self.moment_noun(next).filter(|(_, m)| *m != first)?;
        let spread = self.value(self.skip(end, &["of"]))?;
        let variance = match second {
            Moment::Variance => spread.expr,
            _ => Expr::Pow(Box::new(spread.expr), Box::new(Expr::int(2))),
        };
        let law = Expr::Normal(Box::new(mean.expr), Box::new(variance));
        let value = Value { end: spread.end, expr: law, about: false };
        self.links(noun, Relation::Tilde, &value).map(|l| (value.end, l))
    }

    /// "d × m", "a d × m matrix", "a vector in R^d", "an element of R^m", "the m × p zero matrix".
    fn sized(&self, at: usize, noun: &Noun) -> Option<(usize, Links)> {
        let start =
            self.skip(at, &["a", "an", "the", "of", "size", "vector", "element", "member", "in", "matrix", "shape", "still"]);
        let shape = self.math(start)?;
        let space = match shape {
            Expr::Space(_) => shape.clone(),
            Expr::Mul(sides) if sides.len() == 2 && sides.iter().all(|s| self.dimension(s)) => Expr::Space(sides.clone()),
            _ => return None,
        };
        let value = Value { end: start + 1, expr: space, about: false };
        let mut links = self.links(noun, Relation::In, &value)?;
        let mut end = start + 1;
        let special = match self.word(end) {
            Some("zero") => Some(Expr::int(0)),
            Some("identity") => Some(Expr::Symbol(Symbol::plain("I"))),
            _ => None,
        };
        if let Some(right) = special {
            let same = |(l, c): &(Link, Vec<Condition>)| {
                (Link { left: l.left.clone(), relation: Relation::Equal, right: right.clone() }, c.clone())
            };
            let equal: Links = links.iter().map(same).collect();
            links.extend(equal);
            end += 1;
        }
        Some((self.skip(end, &["matrix", "matrices"]), links))
    }

    fn dimension(&self, e: &Expr) -> bool {
        match e {
            Expr::Symbol(s) => self.world.dimensions.contains_key(&s.name),
            Expr::Number(n) => n.value >= 1.0 && n.value.fract() == 0.0,
            _ => false,
        }
    }

    /// "m entries", "d components".
    fn entries(&self, at: usize, noun: &Noun) -> Option<(usize, Links)> {
        let count = self.math(at).filter(|e| self.dimension(e))?;
        self.is(at + 1, &["entries", "components", "coordinates", "dimensions", "elements"]).then_some(())?;
        let value = Value { end: at + 2, expr: Expr::Space(vec![count.clone()]), about: false };
        self.links(noun, Relation::In, &value).map(|l| (value.end, l))
    }

    /// "at most 1", "larger than 0", "below the norm of v_a".
    fn compared(&self, at: usize, noun: &Noun) -> Option<(usize, Links)> {
        let at = self.skip(at, &["also", "always", "then", "thus", "both", "all", "each"]);
        let (relation, start) = match (self.word(at)?, self.word(at + 1)) {
            ("at", Some("most")) => (Relation::LessEqual, at + 2),
            ("at", Some("least")) => (Relation::GreaterEqual, at + 2),
            ("less" | "smaller" | "lower" | "shorter", Some("than")) => (Relation::Less, at + 2),
            ("more" | "larger" | "greater" | "bigger" | "higher" | "longer", Some("than")) => (Relation::Greater, at + 2),
            ("above" | "over", _) => (Relation::Greater, at + 1),
            ("below" | "under", _) => (Relation::Less, at + 1),
            _ => return None,
        };
        if let Some((end, other)) = self.other(start, noun)
            && let Some(links) = self.against(noun, relation, &other, &Expr::clone)
        {
            return Some((end, links));
        }
        let value = self.value(start).filter(|v| !v.about)?;
        self.links(noun, relation, &value).map(|l| (value.end, l))
    }

    /// "positive", "negative".
    fn signed(&self, at: usize, noun: &Noun) -> Option<(usize, Links)> {
        let at = self.skip(at, &["also", "always", "then", "both", "all", "each", "strictly"]);
        let relation = match self.word(at)? {
            "positive" => Relation::Greater,
            "negative" => Relation::Less,
            "nonnegative" | "non-negative" => Relation::GreaterEqual,
            _ => return None,
        };
        self.scalar(noun).then_some(())?;
        let value = Value { end: at + 1, expr: Expr::int(0), about: false };
        self.links(noun, relation, &value).map(|l| (value.end, l))
    }

    /// "e^β times that of b", "twice the weight of b".
    fn multiple(&self, at: usize, noun: &Noun) -> Option<(usize, Links)> {
        let at_ = self.skip(at, PLAIN);
        let about = self.skip(at_, ABOUT) > at_;
        let start = self.skip(self.skip(at_, ABOUT), &["to"]);
        let (factor, from) = match (self.math(start), self.word(start)) {
            (Some(e), _) if self.is(start + 1, &["times"]) => (e.clone(), start + 2),
            (_, Some("twice")) => (Expr::int(2), start + 1),
            _ => return None,
        };
        let (end, other) = self.other(from, noun)?;
        let relation = if about { Relation::Approx } else { Relation::Equal };
        let scaled = |e: &Expr| Expr::Mul(vec![factor.clone(), e.clone()]);
        self.against(noun, relation, &other, &scaled).map(|l| (end, l))
    }

    /// "the same as that of b", "equal (to the norm of v_a)", "(v_a and v_b) are equal".
    fn same(&self, at: usize, noun: &Noun) -> Option<(usize, Links)> {
        let at = self.skip(at, &["the", "also", "exactly", "both", "all", "about"]);
        self.is(at, &["same", "equal", "identical"]).then_some(())?;
        let end = self.skip(at + 1, &["vector", "vectors", "number", "numbers"]);
        if let [(a, own), (b, out)] = noun.things.as_slice()
            && self.ends(end)
            && !self.is(end, &["as"])
        {
            let link = Link { left: a.clone(), relation: Relation::Equal, right: b.clone() };
            return Some((end, vec![(link, own.iter().chain(out).cloned().collect())]));
        }
        let from = self.is(end, &["as", "to"]).then_some(end + 1)?;
        let Some((end, other)) = self.other(from, noun) else {
            let value = self.is(end, &["to"]).then(|| self.value(from))??;
            return self.links(noun, Relation::Equal, &value).map(|l| (value.end, l));
        };
        self.against(noun, Relation::Equal, &other, &Expr::clone).map(|l| (end, l))
    }

    /// Relations of everything that a noun phrase names with one value.
    fn links(&self, noun: &Noun, relation: Relation, value: &Value) -> Option<Links> {
        // Two values in a list would be one each; a number of an example needs the example.
        let example = matches!(value.expr, Expr::Number(_) | Expr::Div(..) | Expr::Neg(_))
            && value.expr.is_closed()
            && !plain_number(&value.expr)
            && noun.things.iter().any(|(e, _)| !matches!(e, Expr::Div(..)) && self.of_a_query(e));
        if example || noun.things.is_empty() {
            return None;
        }
        let link = |left: &Expr| Link { left: left.clone(), relation, right: value.expr.clone() };
        Some(noun.things.iter().map(|(left, out)| (link(left), out.clone())).collect())
    }

    fn of_a_query(&self, e: &Expr) -> bool {
        e.symbols().iter().any(|s| s.name == "alpha" || s.name == "q" || s.name == "c")
    }

    /// Whether everything that is named is a number.
    fn scalar(&self, noun: &Noun) -> bool {
        use crate::numeric::Shape;
        let number = |e: &Expr| match self.world.shape_of(e, &[]) {
            Ok(Shape::Scalar) => true,
            Ok(Shape::Matrix(r, c)) => r == "1" && c == "1",
            _ => false,
        };
        noun.things.iter().all(|(e, _)| number(e))
    }

    fn value(&self, at: usize) -> Option<Value> {
        let mut about = false;
        let mut start = at;
        loop {
            if self.is(start, ABOUT) || matches!(self.items.get(start).map(|i| &i.kind), Some(Kind::Rel(Relation::Approx))) {
                about = true;
                start = self.skip(start + 1, &["to"]);
            } else if self.is(start, PLAIN) {
                start += 1;
            } else {
                break;
            }
        }
        let half = || Expr::Div(Box::new(Expr::int(1)), Box::new(Expr::int(2)));
        let (end, expr) = match (self.math(start), self.word(start)) {
            (Some(e), _) => (start + 1, e.clone()),
            (_, Some("zero" | "nothing")) => (start + 1, Expr::int(0)),
            (_, Some("one")) if self.is(start + 1, &["half"]) => (start + 2, half()),
            (_, Some("one")) => (start + 1, Expr::int(1)),
            (_, Some("half")) => (start + 1, half()),
            _ => return None,
        };
        let percent = matches!(self.items.get(end).map(|i| &i.kind), Some(Kind::Percent));
        (!percent).then(|| Value { end: self.skip(end, &["each"]), expr, about })
    }
}

/// What is had.
enum Attribute {
    Length,
    SquaredLength,
    MeanSquaredLength,
    Moment(Moment),
    Rank,
    Trace,
}

/// Numbers that a limit or a symmetry gives, which need no example.
fn plain_number(e: &Expr) -> bool {
    let value = match e {
        Expr::Number(n) => n.value,
        Expr::Div(a, b) => match (&**a, &**b) {
            (Expr::Number(a), Expr::Number(b)) => a.value / b.value,
            _ => return false,
        },
        _ => return false,
    };
    [0.0, 0.5, 1.0].contains(&value)
}

fn approximate(relation: Relation) -> Option<Relation> {
    matches!(relation, Relation::Equal | Relation::Approx).then_some(Relation::Approx)
}

fn denial(relation: Relation) -> Option<Relation> {
    Some(match relation {
        Relation::Equal => Relation::NotEqual,
        Relation::Less => Relation::GreaterEqual,
        Relation::LessEqual => Relation::Greater,
        Relation::Greater => Relation::LessEqual,
        Relation::GreaterEqual => Relation::Less,
        _ => return None,
    })
}
