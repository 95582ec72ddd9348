//! What is said of a noun phrase: its value, its limit, its law, its size, and how it compares with another.

use super::having::Attribute;
use super::noun::{Noun, dot, moment, squared};
use super::value::{ABOUT, Links, PLAIN, Value};
use super::{Context, Reader};
use crate::claim::example::items::ByItems;
use crate::claim::links::denied;
use crate::claim::statement::{Condition, Link};
use crate::language::{Expr, Moment, Relation, Symbol};

pub(super) const BE: &[&str] = &[
    "is", "are", "equals", "equal", "becomes", "become", "stays", "remains", "remain", "was", "were", "reads", "comes", "'s",
    "be",
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
    "sums",
    "adds",
    "cannot",
    "never",
    "can",
    "hold",
    "holds",
    "keep",
    "keeps",
    "carry",
    "carries",
    "approach",
    "converge",
    "take",
    "takes",
];

impl Reader<'_> {
    /// What is said of a noun phrase from `at` on; where it ends.
    pub(super) fn predicate(&self, at: usize, noun: &Noun, context: &mut Context) -> Option<(usize, Links)> {
        let at = self.adverbs(at);
        let of_keys = noun.named_keys().and_then(|keys| self.said_of_keys(at, &keys, context));
        if of_keys.is_some() || noun.keys.is_some() {
            return of_keys;
        }
        self.by_sign(at, noun)
            .or_else(|| self.being(at, noun))
            .or_else(|| self.going(at, noun))
            .or_else(|| self.having_one(at, noun))
            .or_else(|| self.summing(at, noun, context))
            .or_else(|| self.varying(at, noun))
            .or_else(|| self.normal(at, noun))
            .or_else(|| self.by_colon(at, noun))
    }

    /// After "only", "still": words before a verb that say nothing about a value.
    fn adverbs(&self, at: usize) -> usize {
        const ADVERBS: &[&str] = &[
            "both",
            "each",
            "all",
            "always",
            "only",
            "still",
            "then",
            "now",
            "thus",
            "also",
            "therefore",
            "hence",
            "itself",
            "just",
        ];
        let end = self.skip(at, ADVERBS);
        if self.is(end, VERBS) { end } else { at }
    }

    /// "…: mean 0, variance 4αβ²".
    fn by_colon(&self, at: usize, noun: &Noun) -> Option<(usize, Links)> {
        let colon = self.colon(at);
        colon.then(|| self.attributes(self.skip(at + 1, &["has", "a"]), noun))?
    }

    /// `= β`, `→ 0`, `~ N(0, 1)`.
    fn by_sign(&self, at: usize, noun: &Noun) -> Option<(usize, Links)> {
        let relation = self.relation(at)?;
        // A chain that stands for itself is read as one.
        let worded = (self.at..at).any(|i| self.word(i).is_some());
        worded.then_some(())?;
        let value = self.value(at + 1)?;
        let relation = if value.about { approximate(relation)? } else { relation };
        self.say(noun, relation, &value)
    }

    /// "is …".
    fn being(&self, at: usize, noun: &Noun) -> Option<(usize, Links)> {
        if self.is(at, &["lies", "lie", "lives", "live"]) && self.is(at + 1, &["in"]) {
            return self.sized(at + 2, noun);
        }
        if let Some(found) = self.bounded(at, noun).or_else(|| self.unbounded(at, noun)) {
            return Some(found);
        }
        // "gets above ½"
        if self.is(at, &["gets", "get", "rises", "climbs"]) {
            return self.compared(self.skip(at + 1, &["even", "to"]), noun);
        }
        let verb = self.is(at, BE).then_some(at + 1)?;
        if let Some(found) = self.typical(verb, noun) {
            return Some(found);
        }
        let verb = self.skip(verb, &["to", "out"]);
        // "stays at β"
        let verb = verb + usize::from(self.is(verb, &["at"]) && self.is(verb - 1, &["stays", "remains", "stay", "remain"]));
        let turned = self.is(verb, &["not"]);
        let start = verb + usize::from(turned);
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
                self.say(noun, value.relation_or_law(), &value)
            })?;
        if !turned {
            return Some(self.vanishing(end, noun).map_or((end, links.clone()), |(end, more)| (end, [links, more].concat())));
        }
        // "are not both 0" denies one of several.
        let [(link, out)] = links.as_slice() else { return None };
        Some((end, vec![(denied(link.clone())?, out.clone())]))
    }

    /// "(the distance of a key from its mean is) typically 0.1": the root of the mean square of a length that is drawn.
    fn typical(&self, at: usize, noun: &Noun) -> Option<(usize, Links)> {
        let start = self.is(at, &["typically", "usually"]).then_some(at + 1)?;
        let value = self.value(start).filter(|v| v.expr.is_closed())?;
        let length = |e: &Expr| matches!(e, Expr::Norm(_));
        let drawn = self.world.draws() && noun.keys.is_none() && noun.things.iter().all(|(e, _)| length(e));
        let root = |e| Expr::Pow(Box::new(moment(Moment::Mean, squared(e))), Box::new(Expr::half()));
        drawn.then(|| self.say(&noun.clone().map(root), Relation::Approx, &value))?
    }

    /// "… with a variance that vanishes (together with α)": where it ends.
    fn vanishing(&self, at: usize, noun: &Noun) -> Option<(usize, Links)> {
        let start = self.is(at, &["with"]).then(|| self.skip(at + 1, &["a", "an"]))?;
        let (end, m) = self.moment_noun(start).filter(|(_, m)| *m != Moment::Mean)?;
        let end = self.is(end, &["that", "which"]).then_some(end + 1)?;
        let gone = self.is(end, &["vanishes", "disappears"]).then_some(end + 1);
        let zero = |at: usize| self.value(at).filter(|v| v.expr.is_zero()).map(|v| v.end);
        let end = gone.or_else(|| self.is(end, &["goes", "tends"]).then(|| zero(self.skip(end + 1, &["to"])))?)?;
        let together = self.skip(end, &["together", "along", "with", "as", "like", "for"]);
        let limit = |e: &Expr| matches!(e, Expr::Symbol(s) if self.world.limits.contains(&s.name));
        let end = if together > end && self.math(together).is_some_and(limit) { together + 1 } else { end };
        let sized = self.mapped(noun, &Attribute::Moment(m))?;
        self.say(&sized, Relation::Tends, &Value::exactly(end, Expr::int(0)))
    }

    /// "tends to 0", "goes to zero", "vanishes".
    fn going(&self, at: usize, noun: &Noun) -> Option<(usize, Links)> {
        let relation = if self.scalar(noun) { Relation::Tends } else { Relation::Equal };
        if self.is(at, &["vanishes", "vanish", "disappears", "disappear"]) {
            let value = Value::exactly(at + 1, Expr::int(0));
            return self.say(noun, relation, &value);
        }
        if self.is(at, &["exceeds", "exceed"]) {
            let value = self.value(at + 1).filter(|v| !v.about)?;
            return self.say(noun, Relation::Greater, &value);
        }
        let verb = self.is(at, GOES).then_some(at + 1)?;
        let value = self.value(self.skip(verb, &["to", "towards", "toward", "all", "both"])).filter(|v| !v.about)?;
        self.say(noun, Relation::Tends, &value)
    }

    /// "(the weights of the others) add up to …", "sum to …".
    fn summing(&self, at: usize, noun: &Noun, context: &mut Context) -> Option<(usize, Links)> {
        let verb = self.is(at, &["sum", "sums", "add", "adds", "amount", "amounts"]).then(|| self.skip(at + 1, &["up"]))?;
        let value = self.is(verb, &["to"]).then(|| self.value(verb + 1))??;
        let found = self.say(noun, value.relation(), &value)?;
        context.together |= noun.of_keys.is_some() || noun.things.len() > 1;
        Some(found)
    }

    /// "k_b fluctuates as much as k_a", "varies more than …".
    fn varying(&self, at: usize, noun: &Noun) -> Option<(usize, Links)> {
        if !self.world.draws() || !self.is(at, &["fluctuates", "fluctuate", "varies", "vary", "scatters"]) {
            return None;
        }
        let start = self.skip(at + 1, &["just", "exactly", "equally", "much", "far", "typically", "only"]);
        // "fluctuates by about 0.02"
        if self.is(start, &["by"]) {
            let value = self.value(self.skip(start + 1, &["typically", "only"])).filter(|v| v.expr.is_closed())?;
            return self.say(&self.mapped(noun, &Attribute::Moment(Moment::Deviation))?, Relation::Approx, &value);
        }
        // "fluctuates with standard deviation β√(2α)"
        if self.is(start, &["with"])
            && let Some((end, m)) = self.moment_noun(self.skip(start + 1, &["a", "the"])).filter(|(_, m)| *m != Moment::Mean)
        {
            let value = self.value(self.skip(end, &["of"]))?;
            let sized = self.mapped(noun, &Attribute::Moment(m))?;
            return self.say(&sized, value.relation(), &value);
        }
        let (relation, from) = match self.word(start)? {
            "as" if self.is(start + 1, &["much", "strongly"]) && self.is(start + 2, &["as"]) => (Relation::Equal, start + 3),
            "more" if self.is(start + 1, &["than"]) => (Relation::Greater, start + 2),
            "less" if self.is(start + 1, &["than"]) => (Relation::Less, start + 2),
            _ => return None,
        };
        let (end, other) = self.noun_phrase(from)?;
        let variance = |n: &Noun| self.mapped(n, &Attribute::Moment(Moment::Variance));
        self.against(&variance(noun)?, relation, &variance(&other)?, &Expr::clone).map(|l| (end, l))
    }

    /// "the norm of v_a" behind a verb, or "that of b": another thing of the same kind.
    fn another(&self, at: usize, noun: &Noun) -> Option<(usize, Links)> {
        // A formula is a value.
        self.word(at)?;
        let (end, other) = self.other(at, noun)?;
        let kind = |n: &Noun| n.things.iter().all(|(e, _)| matches!(e, Expr::Symbol(_)));
        // "c is the vector β k_a" is read as a value.
        (!kind(&other)).then_some(())?;
        self.against(noun, Relation::Equal, &other, &Expr::clone).map(|l| (end, l))
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
    pub(super) fn normal(&self, at: usize, noun: &Noun) -> Option<(usize, Links)> {
        if let Some(law) = self.distributed(at, noun) {
            return Some(law);
        }
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
            _ => squared(spread.expr),
        };
        let law = Expr::Normal(Box::new(mean.expr), Box::new(variance));
        let value = Value::exactly(spread.end, law);
        self.say(noun, Relation::Tilde, &value)
    }

    /// "distributed as N(β, 2 α β²)", "follows N(β, 2 α β²)".
    fn distributed(&self, at: usize, noun: &Noun) -> Option<(usize, Links)> {
        let start = self.skip(at, &["is", "are", "again", "also", "then"]);
        let start = match () {
            () if self.are(start, &["distributed", "as"]) || self.are(start, &["distributed", "like"]) => start + 2,
            () if self.are(start, &["distributed", "according", "to"]) => start + 3,
            () if self.is(start, &["follows", "follow"]) => self.skip(start + 1, &["the", "a", "law", "normal", "distribution"]),
            () => return None,
        };
        let value = self.value(start).filter(|v| matches!(v.expr, Expr::Normal(..)))?;
        self.say(noun, Relation::Tilde, &value)
    }

    /// "d × m", "a d × m matrix", "a vector in R^d", "an element of R^m", "the m × p zero matrix".
    pub(super) fn sized(&self, at: usize, noun: &Noun) -> Option<(usize, Links)> {
        let start = self
            .skip(at, &["a", "an", "the", "of", "size", "vector", "element", "member", "in", "matrix", "shape", "still", "zero"]);
        if let Some((end, sides)) = self.rows_and_columns(start) {
            let value = Value::exactly(end, Expr::Space(sides));
            return self.say(noun, Relation::In, &value);
        }
        let shape = self.math(start)?;
        let space = match shape {
            Expr::Space(_) => shape.clone(),
            Expr::Mul(sides) if sides.len() == 2 && sides.iter().all(|s| self.dimension(s)) => Expr::Space(sides.clone()),
            _ => return None,
        };
        let value = Value::exactly(start + 1, space);
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

    /// "(a matrix of zeros) with m rows and p columns", "d rows and m columns".
    fn rows_and_columns(&self, at: usize) -> Option<(usize, Vec<Expr>)> {
        let start = self.skip(at, &["zeros", "zeroes", "numbers", "with"]);
        let rows = self.math(start).filter(|e| self.dimension(e))?;
        let next = self.is(start + 1, &["row", "rows"]).then(|| self.skip(start + 2, &["and"]))?;
        let columns = self.math(next).filter(|e| self.dimension(e))?;
        self.is(next + 1, &["column", "columns"]).then(|| (next + 2, vec![rows.clone(), columns.clone()]))
    }

    pub(super) fn dimension(&self, e: &Expr) -> bool {
        match e {
            Expr::Symbol(s) => self.world.dimensions.contains_key(&s.name),
            Expr::Number(n) => n.value >= 1.0 && n.value.fract() == 0.0,
            _ => false,
        }
    }

    /// "at most 1", "larger than 0", "below the norm of v_a".
    fn compared(&self, at: usize, noun: &Noun) -> Option<(usize, Links)> {
        let at = self.skip(at, &["also", "always", "then", "thus", "both", "all", "each", "even", "ever"]);
        let (relation, start) = match (self.word(at)?, self.word(at + 1)) {
            ("at", Some("most")) => (Relation::LessEqual, at + 2),
            ("at", Some("least")) => (Relation::GreaterEqual, at + 2),
            ("less" | "smaller" | "lower" | "shorter", Some("than")) => (Relation::Less, at + 2),
            ("more" | "larger" | "greater" | "bigger" | "higher" | "longer", Some("than")) => (Relation::Greater, at + 2),
            ("above" | "over", _) => (Relation::Greater, at + 1),
            ("below" | "under", _) => (Relation::Less, at + 1),
            _ => return None,
        };
        if let Some((end, other)) = self.other(start, noun) {
            // "M s is shorter than s": of vectors their lengths, and nothing else is compared.
            let lengths = !self.scalar(noun) && self.is(at, &["shorter", "longer"]);
            let sized = |n: &Noun| self.mapped(n, &Attribute::Length);
            let (left, right) = if lengths { (sized(noun)?, sized(&other)?) } else { (noun.clone(), other) };
            let numbers = self.scalar(&left) && self.scalar(&right);
            if let Some(links) = numbers.then(|| self.against(&left, relation, &right, &Expr::clone)).flatten() {
                return Some((end, links));
            }
        }
        let value = self.value(start).filter(|v| !v.about)?;
        self.say(noun, relation, &value)
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
        let value = Value::exactly(at + 1, Expr::int(0));
        self.say(noun, relation, &value)
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
        if self.ends(end)
            && !self.is(end, &["as"])
            && let Some(links) = self.each_other(noun)
        {
            return Some((end, links));
        }
        let from = self.is(end, &["as", "to"]).then_some(end + 1)?;
        let Some((end, other)) = self.other(from, noun) else {
            let value = self.is(end, &["to"]).then(|| self.value(from))??;
            return self.say(noun, Relation::Equal, &value);
        };
        self.against(noun, Relation::Equal, &other, &Expr::clone).map(|l| (end, l))
    }
}

fn approximate(relation: Relation) -> Option<Relation> {
    matches!(relation, Relation::Equal | Relation::Approx).then_some(Relation::Approx)
}
