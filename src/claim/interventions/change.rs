//! What is changed, in words: "adding 5 to every score", "if we double the query", "once v_j is replaced by v_j + u", "with −q".

use super::kinds::{Amount, Factor, Intervention, Operation, Sign, Thing, Who};
use super::size::signed;
use super::words::Words;

/// Verbs of change.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Verb {
    Add,
    Subtract,
    Move,
    Raise,
    Lower,
    Scale,
    Lengthen,
    Shorten,
    Divide,
    Double,
    Triple,
    Halve,
    Negate,
    Flip,
    Replace,
    Alter,
    Swap,
    Permute,
}

/// Each verb as it stands alone, with "-ing", and as a participle.
const VERBS: &[(Verb, &str)] = &[
    (Verb::Add, "add adding added"),
    (Verb::Subtract, "subtract subtracting subtracted"),
    (
        Verb::Move,
        "move moving moved shift shifting shifted translate translating translated nudge nudging nudged displace displacing displaced",
    ),
    (Verb::Raise, "raise raising raised increase increasing increased lift lifting lifted"),
    (Verb::Lower, "lower lowering lowered decrease decreasing decreased reduce reducing reduced"),
    (Verb::Scale, "multiply multiplying multiplied scale scaling scaled rescale rescaling rescaled"),
    (Verb::Lengthen, "lengthen lengthening lengthened stretch stretching stretched"),
    (Verb::Shorten, "shorten shortening shortened shrink shrinking shrunk"),
    (Verb::Divide, "divide dividing divided"),
    (Verb::Double, "double doubling doubled"),
    (Verb::Triple, "triple tripling tripled"),
    (Verb::Halve, "halve halving halved"),
    (Verb::Negate, "negate negating negated reverse reversing reversed"),
    (Verb::Flip, "flip flipping flipped"),
    (Verb::Replace, "replace replacing replaced"),
    (
        Verb::Alter,
        "change changing changed alter altering altered modify modifying modified vary varying varied perturb perturbing perturbed",
    ),
    (Verb::Swap, "swap swapping swapped exchange exchanging exchanged interchange interchanging interchanged"),
    (
        Verb::Permute,
        "permute permuting permuted reorder reordering reordered shuffle shuffling shuffled rearrange rearranging rearranged",
    ),
];

/// The forms of a verb.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Form {
    Bare,
    Third,
    Gerund,
    Participle,
}

const PEOPLE: &[&str] = &["we", "you", "i", "one", "someone", "somebody", "they"];
const ADVERBS: &[&str] = &[
    "all",
    "simultaneously",
    "simply",
    "just",
    "only",
    "now",
    "instead",
    "each",
    "together",
    "both",
    "slightly",
    "also",
    "first",
];

impl Words {
    /// A change in a clause of its own or as its subject: where it ends.
    pub(super) fn change(&self, at: usize) -> Option<(usize, Intervention)> {
        self.gerund(at).or_else(|| self.supposed(at)).or_else(|| self.in_place(at)).or_else(|| self.nominal(at))
    }

    /// "adding 5 to every score"
    fn gerund(&self, at: usize) -> Option<(usize, Intervention)> {
        let start = self.skip(at, &["by", "when", "on", "while"]);
        if self.is(start, &["making"]) {
            return self.made(start + 1);
        }
        let (verb, form) = self.verb(start)?;
        (form == Form::Gerund).then(|| self.acted(verb, start + 1)).flatten()
    }

    /// "(making) one score larger", "(making) the query longer"
    fn made(&self, at: usize) -> Option<(usize, Intervention)> {
        let (next, thing, who) = self.target(at)?;
        let up = self.is(next, &["larger", "bigger", "longer", "higher", "greater"]);
        let down = self.is(next, &["smaller", "shorter", "lower"]);
        let operation = match thing {
            Thing::Scores => {
                Operation::Shift(Amount { sign: Some(if up { Sign::Positive } else { Sign::Negative }), ..Amount::open() })
            }
            Thing::Weights | Thing::Pairs => return None,
            _ => Operation::Scale(if up { Factor::Up } else { Factor::Down }),
        };
        (up || down).then_some((next + 1, Intervention { operation, thing, who }))
    }

    /// "if we add 5 to every score", "when all scores are doubled", "multiply q by 2" where a sentence opens so.
    pub(super) fn supposed(&self, at: usize) -> Option<(usize, Intervention)> {
        let led = self.is(at, &["if", "when", "whenever", "once", "suppose", "as", "should", "whether"]);
        if !led {
            return self.told(at);
        }
        let start = self.skip(at + 1, &["that", "soon", "as", "instead", "for", "example"]);
        self.told(start).or_else(|| self.passive(start))
    }

    /// "we add 5 to every score", "add 5 to every score"
    pub(super) fn told(&self, at: usize) -> Option<(usize, Intervention)> {
        let person = self.skip(at, PEOPLE);
        let start = self.skip(person, &["can", "may", "now", "only", "just", "simply", "instead", "let", "also", "then", "both"]);
        let (verb, form) = self.verb(start)?;
        let says = form == Form::Bare || form == Form::Third && person > at;
        says.then(|| self.acted(verb, start + 1)).flatten()
    }

    /// "all scores are doubled", "v_j is replaced by u", "the query doubles"
    fn passive(&self, at: usize) -> Option<(usize, Intervention)> {
        // "the same number is added to every score"
        if let Some((next, amount)) = self.amount(at)
            && self.is(next, &["is", "gets"])
            && self.is(next + 1, &["added", "subtracted"])
            && self.is(next + 2, &["to", "from"])
        {
            let (end, thing, who) = self.target(next + 3)?;
            let operation = Operation::Shift(signed(amount, self.at(next + 1) == "added"));
            return Some((end, Intervention { operation, thing, who }));
        }
        let (next, thing, who) = self.target(at)?;
        if let Some((end, operation)) = self.by_itself_changing(next, thing) {
            return Some((end, Intervention { operation, thing, who }));
        }
        let start = self.is(next, &["is", "are", "gets", "get", "were", "was"]).then(|| self.skip(next + 1, ADVERBS))?;
        let (verb, form) = self.verb(start)?;
        (form == Form::Participle).then(|| self.done(verb, start + 1, thing, who)).flatten()
    }

    /// "(the query) doubles", "(s_i) increases", "(every score) grows by 5"
    fn by_itself_changing(&self, at: usize, thing: Thing) -> Option<(usize, Operation)> {
        let sized = |sign| Operation::Shift(Amount { sign: Some(sign), ..Amount::open() });
        let up = self.is(at, &["increases", "increase", "grows", "grow", "rises", "rise"]);
        let down = self.is(at, &["decreases", "decrease", "falls", "fall", "drops", "drop", "shrinks"]);
        if self.is(at, &["doubles", "double"]) {
            return Some((at + 1, Operation::Scale(Factor::Number(2.0))));
        }
        if !(up || down) || !matches!(thing, Thing::Scores | Thing::Gap) {
            return None;
        }
        if self.is(at + 1, &["by"]) {
            let (end, amount) = self.amount(at + 2)?;
            return Some((end, Operation::Shift(signed(amount, up))));
        }
        Some((at + 1, sized(if up { Sign::Positive } else { Sign::Negative })))
    }

    /// "with −q (in place of q)", "for 2q", "under a common shift of the scores"
    fn in_place(&self, at: usize) -> Option<(usize, Intervention)> {
        if !self.is(at, &["with", "for", "under", "using"]) {
            return None;
        }
        if self.is(at, &["under"]) {
            return self.nominal(at + 1).or_else(|| self.gerund(at + 1));
        }
        let (next, factor) = self.multiple_of_query(at + 1)?;
        let end = self.row(next, &["in place of q", "instead of q", "as the query", "as query"]).unwrap_or(next);
        Some((end, Intervention { operation: Operation::Scale(factor), thing: Thing::Query, who: Who::All }))
    }

    /// `−q`, `2q`, "twice the query"
    fn multiple_of_query(&self, at: usize) -> Option<(usize, Factor)> {
        if self.is(at, &["minus"]) && self.is(at + 1, &["q"]) {
            return Some((at + 2, Factor::Number(-1.0)));
        }
        let (next, number) = self.number(at)?;
        let next = self.skip(next, &["times"]);
        (self.is(next, &["q"]) && number != 0.0 && number != 1.0).then_some((next + 1, Factor::Number(number)))
    }

    /// "a common shift of all scores", "a constant offset in the scores", "a common factor in front of the scores",
    /// "a permutation of the pairs", "any change of v_i"
    fn nominal(&self, at: usize) -> Option<(usize, Intervention)> {
        if let Some(unit) = self.unit(at) {
            return Some(unit);
        }
        let start = self
            .skip(at, &["a", "an", "any", "the", "common", "same", "constant", "global", "uniform", "overall", "joint", "small"]);
        let noun = self.at(start);
        let (operation, next) = match noun {
            "shift" | "offset" | "translation" => (Operation::Shift(Amount::open()), start + 1),
            "scale" | "scaling" | "factor" | "rescaling" => (Operation::Scale(Factor::Positive), start + 1),
            "permutation" | "reordering" | "relabelling" | "shuffle" => (Operation::Permute, start + 1),
            "change" | "perturbation" => (Operation::Replace(None), start + 1),
            "swap" => (Operation::Swap, start + 1),
            "sign" if self.are(start + 1, &["flip"]) => (Operation::Scale(Factor::Number(-1.0)), start + 2),
            _ => return None,
        };
        let next = self.is(next, &["of", "in", "to"]).then_some(next + 1)?;
        let (end, thing, who) = self.target(next)?;
        let end = self.together(end);
        // "a common shift" is one of all.
        let all = who == Who::All || !matches!(operation, Operation::Shift(_));
        all.then_some((end, Intervention { operation, thing, who }))
    }

    /// "each further unit of the gap", "every extra unit of lead"
    fn unit(&self, at: usize) -> Option<(usize, Intervention)> {
        let start = self.is(at, &["each", "every", "one", "an", "a"]).then_some(at + 1)?;
        let next = self.is(start, &["further", "extra", "additional", "more", "new"]).then_some(start + 1)?;
        let unit = self.is(next, &["unit"]).then(|| self.skip(next + 1, &["of", "in"]))?;
        let (end, thing, who) = self.target(unit)?;
        let operation = Operation::Shift(Amount { number: Some(1.0), ..Amount::open() });
        (thing == Thing::Gap).then_some((end, Intervention { operation, thing, who }))
    }

    fn verb(&self, at: usize) -> Option<(Verb, Form)> {
        let word = self.at(at);
        if word.is_empty() {
            return None;
        }
        let plain = |word: &str| {
            VERBS.iter().find_map(|(verb, forms)| {
                let form = forms.split(' ').position(|f| f == word)?;
                Some((*verb, [Form::Bare, Form::Gerund, Form::Participle][form % 3]))
            })
        };
        // "one adds", "one multiplies"
        let third = || {
            let bare =
                word.strip_suffix("ies").map(|w| format!("{w}y")).or_else(|| word.strip_suffix('s').map(str::to_string))?;
            plain(&bare).filter(|(_, form)| *form == Form::Bare).map(|(verb, _)| (verb, Form::Third))
        };
        plain(word).or_else(third)
    }

    /// What stands behind a verb that acts: "(adding) 5 to every score".
    fn acted(&self, verb: Verb, at: usize) -> Option<(usize, Intervention)> {
        match verb {
            Verb::Add | Verb::Subtract => self.added(verb == Verb::Add, at),
            Verb::Flip => {
                let start = self.row(at, &["the sign of", "the signs of", "the direction of"])?;
                let (end, thing, who) = self.target(start)?;
                Some((end, Intervention { operation: Operation::Scale(Factor::Number(-1.0)), thing, who }))
            }
            Verb::Alter if self.row(at, &["the sign of", "the signs of"]).is_some() => self.acted(Verb::Flip, at),
            Verb::Negate if self.row(at, &["the sign of", "the direction of"]).is_some() => self.acted(Verb::Flip, at),
            _ => {
                let (next, thing, who) = self.target(at)?;
                self.done(verb, next, thing, who)
            }
        }
    }

    /// "5 to every score", "to q any vector that is perpendicular to all keys"
    fn added(&self, up: bool, at: usize) -> Option<(usize, Intervention)> {
        let to = if up { "to" } else { "from" };
        if self.is(at, &[to]) {
            let (next, thing, who) = self.target(at + 1)?;
            let (end, amount) = self.amount(next)?;
            return Some((end, Intervention { operation: Operation::Shift(signed(amount, up)), thing, who }));
        }
        let (next, amount) = self.amount(at)?;
        let next = self.is(next, &[to]).then_some(next + 1)?;
        let (end, thing, who) = self.target(next)?;
        Some((end, Intervention { operation: Operation::Shift(signed(amount, up)), thing, who }))
    }

    /// What stands behind a verb and what it is done to: "(multiplying q) by 2", "(v_j is replaced) by v_j + u".
    fn done(&self, verb: Verb, at: usize, thing: Thing, who: Who) -> Option<(usize, Intervention)> {
        let at = self.skip(at, ADVERBS);
        let scaled = |factor| Some((at, Operation::Scale(factor)));
        let (end, operation) = match verb {
            Verb::Double => scaled(Factor::Number(2.0)),
            Verb::Triple => scaled(Factor::Number(3.0)),
            Verb::Halve => scaled(Factor::Number(0.5)),
            Verb::Negate => scaled(Factor::Number(-1.0)),
            Verb::Lengthen | Verb::Shorten if !self.is(at, &["by"]) => {
                scaled(if verb == Verb::Lengthen { Factor::Up } else { Factor::Down })
            }
            Verb::Scale | Verb::Lengthen | Verb::Shorten | Verb::Divide => self.factor_behind(verb, at),
            Verb::Move | Verb::Raise | Verb::Lower => self.moved(verb, at, thing),
            Verb::Replace => self.replaced(at, thing, &who),
            Verb::Alter if self.is(at, &["by"]) => self.moved(Verb::Move, at, thing),
            Verb::Alter => Some((self.by_itself(at), Operation::Replace(None))),
            // "Exchanging the values for others" is no swap.
            Verb::Swap if self.is(at, &["for", "by"]) => None,
            Verb::Swap if matches!(who, Who::Two | Who::Both(..)) => Some((self.together(at), Operation::Swap)),
            Verb::Permute if who == Who::All => Some((self.together(at), Operation::Permute)),
            Verb::Swap | Verb::Permute | Verb::Add | Verb::Subtract | Verb::Flip => None,
        }?;
        // What both keys and values undergo together are the pairs.
        let with_values = matches!(operation, Operation::Swap | Operation::Permute) && thing == Thing::Keys;
        let thing = if with_values && self.with_values(at) { Thing::Pairs } else { thing };
        Some((end, Intervention { operation, thing, who }))
    }

    /// "together with their values", "and their values"
    fn with_values(&self, at: usize) -> bool {
        self.row(at, WITH_VALUES).is_some()
    }

    /// "together", "in the same way", "together with their values"
    fn together(&self, at: usize) -> usize {
        const TOGETHER: &[&str] = &[
            "together",
            "jointly",
            "in the same way",
            "simultaneously",
            "alike",
            "alone",
            "consistently",
            "by the same permutation",
            "in the same order",
            "with each other",
        ];
        let at = self.row(at, WITH_VALUES).unwrap_or(at);
        self.row(at, TOGETHER).unwrap_or(at)
    }

    fn by_itself(&self, at: usize) -> usize {
        self.row(at, &["alone", "only", "in any way", "arbitrarily", "at will", "a little", "a bit", "somehow"]).unwrap_or(at)
    }

    /// "by 2", "by a positive factor t"
    fn factor_behind(&self, verb: Verb, at: usize) -> Option<(usize, Operation)> {
        if !self.is(at, &["by", "with", "up", "down"]) {
            // "Scaling the query": by what is left open.
            return (verb == Verb::Scale && !self.is(at, &["to", "from"])).then_some((at, Operation::Scale(Factor::Plain)));
        }
        if self.is(at, &["up", "down"]) {
            let factor = if self.at(at) == "up" { Factor::Up } else { Factor::Down };
            return (!self.is(at + 1, &["by"])).then_some((at + 1, Operation::Scale(factor)));
        }
        let (end, factor) = self.factor(at + 1)?;
        let factor = match (verb, factor) {
            (Verb::Divide | Verb::Shorten, Factor::Number(n)) => Factor::Number(1.0 / n),
            (_, factor) => factor,
        };
        Some((end, Operation::Scale(factor)))
    }

    /// "by 5", "by a common vector u"; "raising one score" without
    fn moved(&self, verb: Verb, at: usize, thing: Thing) -> Option<(usize, Operation)> {
        let up = verb != Verb::Lower;
        if self.is(at, &["by"]) {
            let (end, amount) = self.amount(at + 1)?;
            return Some((end, Operation::Shift(signed(amount, up))));
        }
        let open = Amount { sign: Some(if up { Sign::Positive } else { Sign::Negative }), ..Amount::open() };
        let plain = match verb {
            Verb::Move => Amount::open(),
            _ => open,
        };
        (matches!(thing, Thing::Scores | Thing::Gap) || verb == Verb::Move && thing != Thing::Query)
            .then_some((at, Operation::Shift(plain)))
    }

    /// "by v_j + u", "by 2q", "by −q", "by u", "by another vector"
    fn replaced(&self, at: usize, thing: Thing, who: &Who) -> Option<(usize, Operation)> {
        if self.is(at, &["instead", "comma", "stop"]) || at >= self.len() {
            return Some((self.skip(at, &["instead"]), Operation::Replace(None)));
        }
        let start = self.is(at, &["by", "with"]).then_some(at + 1)?;
        if thing == Thing::Query
            && let Some((end, factor)) = self.multiple_of_query(start)
        {
            return Some((end, Operation::Scale(factor)));
        }
        let own = |i: usize| matches!(self.symbol_itself(i), Some((t, w)) if t == thing && (w == *who || *who == Who::All));
        if own(start) && self.is(start + 1, &["plus"]) {
            let (end, amount) = self.amount(start + 2)?;
            return Some((end, Operation::Shift(amount)));
        }
        if let Some((next, number)) = self.number(start)
            && own(self.skip(next, &["times"]))
        {
            return Some((self.skip(next, &["times"]) + 1, Operation::Scale(Factor::Number(number))));
        }
        if let Some(name) = self.open_name(start) {
            return Some((start + 1, Operation::Replace(Some(name))));
        }
        let end = self.row(
            start,
            &[
                "another one",
                "another vector",
                "another value",
                "another key",
                "any other vector",
                "something else",
                "other ones",
                "others",
                "a different one",
                "a different vector",
            ],
        )?;
        Some((end, Operation::Replace(None)))
    }

    fn symbol_itself(&self, at: usize) -> Option<(Thing, Who)> {
        if self.is(at, &["q"]) {
            return Some((Thing::Query, Who::All));
        }
        [("v", Thing::Values), ("k", Thing::Keys), ("s", Thing::Scores)]
            .iter()
            .find_map(|(name, thing)| Some((*thing, Who::Letter(self.letter(at, &[name])?))))
    }
}

const WITH_VALUES: &[&str] = &[
    "together with their values",
    "along with their values",
    "and their values",
    "with their values",
    "together with the values",
    "and the values with them",
];
