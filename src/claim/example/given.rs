//! What an example is given by numbers: sizes, letters, queries, scores, gaps.

use super::items::{ByItems, Kind};
use super::scores::{Keys, Scores, factors, key_of, value};
use super::view::{KEY_NOUNS, View};
use crate::language::{Expr, Index, Relation, Symbol};

use super::scores::Example;

/// What is known of the whole part.
#[derive(Debug, Clone, Copy)]
pub struct Part {
    /// Whether its keys are orthonormal.
    pub orthonormal: bool,
    /// Whether it speaks of a gap between scores.
    pub gaps: bool,
}

impl View<'_> {
    /// Takes what stands at a place into the example; where it ends.
    pub fn give(&self, at: usize, part: Part, example: &mut Example) -> Option<usize> {
        self.equation(at, part, example)
            .or_else(|| self.replaced(at, example))
            .or_else(|| self.size(at, example))
            .or_else(|| self.row(at, example))
            .or_else(|| self.gap(at, example))
            .or_else(|| self.score(at, example))
    }

    /// `β = 5`, `e^β = 8`, `q = 2 k_j`, `k_a = 0.8 μ_a`.
    fn equation(&self, at: usize, part: Part, example: &mut Example) -> Option<usize> {
        let left = self.math(at)?;
        let right = self.math(at + 2).filter(|_| self.relation(at + 1) == Some(Relation::Equal))?;
        // A chain says more than a definition.
        let leads = self.relation(at + 3) == Some(Relation::Tends) && self.math(at + 4).is_none();
        if self.relation(at + 3).is_some() && !leads {
            return None;
        }
        let end = at + 3;
        match left {
            Expr::Symbol(s) if s.name == "q" => {
                let head = match s.indices.as_slice() {
                    [] => 0,
                    [Index::Number(n)] => *n,
                    _ => return None,
                };
                example.told = None;
                if std::mem::take(&mut example.assumed) {
                    example.queries.clear();
                }
                match factors(right, &self.world.letters).filter(|_| part.orthonormal) {
                    Some(found) => {
                        example.queries.insert(head, found);
                    }
                    None => {
                        example.queries.clear();
                    }
                }
                Some(end)
            }
            Expr::Symbol(s) if key_of(s, &self.world.letters).is_some() && s.name == "k" => {
                let key = key_of(s, &self.world.letters)?;
                let found = factors(right, &self.world.letters)?;
                let [(mean, length)] = found.as_slice() else { return None };
                let fits = *mean == key && right.symbols().iter().any(|s| s.name == "mu");
                fits.then(|| {
                    example.lengths.push((key, length.clone()));
                    end
                })
            }
            // `k_j · q = 8`
            e @ Expr::Mul(_) if value(right).is_some() => {
                let key = score_of_key(e, &self.world.letters)?;
                self.told(vec![key], right.clone(), example).then_some(end)
            }
            Expr::Symbol(s) if s.indices.is_empty() => self.letter(s, right, part, example).then_some(end),
            Expr::Call("exp", of) => match of.as_slice() {
                [Expr::Symbol(s)] if s.indices.is_empty() && right.is_closed() => {
                    example.give(s, &Expr::Call("ln", vec![right.clone()]));
                    Some(end)
                }
                _ => None,
            },
            _ => None,
        }
    }

    fn letter(&self, s: &Symbol, right: &Expr, part: Part, example: &mut Example) -> bool {
        let taken = self.world.slot(s).is_some() || self.world.is_matrix(s) || matches!(s.name.as_str(), "c" | "M");
        // "B = β": another letter for the question's own.
        if let Expr::Symbol(other) = right
            && other.indices.is_empty()
            && !taken
            && s.name != "n"
            && self.world.knows(other, &[])
            && !self.world.knows(s, &[])
        {
            example.same.push((s.clone(), other.clone()));
            return true;
        }
        let known = right.symbols().iter().all(|s| s.name == "n" && s.indices.is_empty());
        if taken || !known || matches!(right, Expr::Tuple(_)) {
            return false;
        }
        match s.name.as_str() {
            "n" => {
                example.size = Some(right.clone());
                example.worded = false;
            }
            "alpha" => {
                example.noisy = value(right) != Some(0.0);
                example.give(s, right);
            }
            "Delta" | "delta" if part.gaps && example.queries.is_empty() => {
                example.told = Some(leading(right.clone(), true));
                example.give(s, right);
            }
            _ => {
                let meant = self.world.synonyms.get(&s.name).map_or(s.clone(), |n| Symbol::plain(n));
                for same in example.same.clone().iter().filter(|(own, _)| own == s) {
                    example.give(&same.1, right);
                }
                example.give(&meant, right);
                example.give(s, right);
            }
        }
        true
    }

    /// "take ln 100 in place of ln 2".
    fn replaced(&self, at: usize, example: &mut Example) -> Option<usize> {
        let (new, after) = self.number(at)?;
        let of = if self.is(after, &["in"]) && self.is(after + 1, &["place"]) { after + 2 } else { after };
        let instead = of > after || self.is(of, &["instead"]);
        let of = if of > after { of } else { of + 1 };
        let (old, end) = self.number(of + 1).filter(|_| instead && self.is(of, &["of"]))?;
        let mut changed = false;
        for (_, factor) in example.queries.values_mut().flatten() {
            if *factor == old {
                *factor = new.clone();
                changed = true;
            }
        }
        changed.then_some(end)
    }

    /// "three keys", "n = 100 keys", "1000 other keys".
    fn size(&self, at: usize, example: &mut Example) -> Option<usize> {
        let start = self.skip(at, &["only", "just", "the"]);
        let (n, after) = self.count(start)?;
        if start == at && self.is(after, &["other", "further", "additional", "more"]) && self.is(after + 1, &["keys", "tokens"]) {
            let verb =
                self.is(after + 2, &["have", "has", "get", "receive", "share", "take", "together", "each", "with", "that", "at"]);
            let all = Expr::Add(vec![n, Expr::int(self.world.letters.len() as i64)]);
            return (!verb && value(&all).is_some()).then(|| {
                example.size = value(&all).map(|v| Expr::int(v as i64));
                after + 2
            });
        }
        let nouns = ["keys", "tokens", "levels", "positions"];
        let plain = self.is(after, &nouns) && !self.is(after + 1, KEY_NOUNS) && value(&n).is_some_and(|v| v >= 2.0);
        // "the two keys have …" names keys, it counts none.
        let counts = start == at || self.is(at, &["only", "just"]) || self.ends(after + 1);
        let verbs = ["have", "has", "get", "receive", "are", "share", "other", "that", "take", "end", "of", "with"];
        // "three keys with scores 0, 0, 0"
        let rowed = self.is(after + 1, &["with", "of"]) && self.is(after + 2, &["scores", "logits"]);
        if plain && rowed && start == at {
            example.size = Some(n);
            return Some(after + 1);
        }
        (plain && counts && !self.is(after + 1, &verbs)).then(|| {
            example.size = Some(n);
            example.worded = true;
            after + 1
        })
    }

    /// "scores (3, 2, 2)", "scores of 1000 and 990", "the ten-fold query has scores (30, 20, 20)".
    fn row(&self, at: usize, example: &mut Example) -> Option<usize> {
        let noun = self.skip(at, &["the", "their", "with", "three", "two", "four"]);
        let query =
            self.skip(noun, &["ten-fold", "tenfold", "doubled", "scaled", "longer", "new", "same", "second", "other", "a"]);
        let owned = self.is(query, &["query"]) && self.is(query + 1, &["has", "have", "gets", "gives", "with"]);
        let noun = if owned { self.skip(query + 2, &["the", "now"]) } else { noun };
        let again = example.told.is_some() && self.is(at + 1, &["gives", "give"]) && self.math(at).is_some();
        let start = if again { at } else { self.is(noun, &["scores", "logits"]).then_some(noun + 1)? };
        let start = self.skip(start, &["of", "are", "be", "like"]);
        let sign = matches!(self.items.get(start).map(|i| &i.kind), Some(Kind::Colon | Kind::Rel(Relation::Equal)));
        let start = start + usize::from(sign);
        let (list, end) = match self.math(start)? {
            Expr::Tuple(list) => (list.clone(), start + 1),
            _ => self.listed(start)?,
        };
        let known = list.len() > 1 && list.iter().all(|e| value(e).is_some());
        known.then(|| {
            example.size = Some(Expr::int(list.len() as i64));
            let named = list.into_iter().enumerate().map(|(i, e)| ((i + 1).to_string(), e)).collect();
            example.told = Some(Scores { named, others: None, margin: false });
            end
        })
    }

    /// Numbers in a list.
    pub fn listed(&self, start: usize) -> Option<(Vec<Expr>, usize)> {
        let mut list = Vec::new();
        let mut at = start;
        let mut end = start;
        while let Some((n, after)) = self.number(at) {
            list.push(n);
            end = after;
            let comma = usize::from(self.comma(after));
            at = after + comma + usize::from(self.is(after + comma, &["and"]));
            if at == after {
                break;
            }
        }
        (list.len() > 1).then_some((list, end))
    }

    /// "a lead of 8", "every gap equal to 10", "everybody else lies 8 behind", "leads each of 9 rivals by 100".
    fn gap(&self, at: usize, example: &mut Example) -> Option<usize> {
        let nouns = ["lead", "margin", "gap", "gaps", "advantage", "distance", "difference", "leads"];
        let start = self.skip(at, &["a", "an", "the", "all", "every", "each", "score"]);
        let counted = self.count(start).filter(|(_, e)| self.is(*e, &nouns));
        let noun = counted.as_ref().map_or(start, |(_, e)| *e);
        if self.is(noun, &nouns)
            && let Some(found) = self.gap_noun(at, noun, counted.map(|c| c.0), example)
        {
            return Some(found);
        }
        let subject = self.keys(at).filter(|(k, _)| k.keys == Keys::Named(vec!["j".into()])).map_or(at, |(_, end)| end);
        if self.is(subject, &["leads", "beats"]) {
            let (others, by) = self.keys(subject + 1).filter(|(k, _)| k.keys == Keys::Others)?;
            let (gap, end) = self.number(by + 1).filter(|_| self.is(by, &["by"]))?;
            self.others_size(&others.count, 1, example)?;
            example.told = Some(leading(gap, false));
            return Some(end);
        }
        if let Some(end) = self.lower(at, example).or_else(|| self.differ(at, example)) {
            return Some(end);
        }
        let (others, verb) = self.keys(at).filter(|(k, _)| k.keys == Keys::Others)?;
        if self.is(verb, &["tie", "ties"]) {
            return Some(verb + 1);
        }
        // "all other scores 5 below": without a verb.
        let said = self.is(verb, &["lies", "lie", "is", "are", "stay", "stays", "being", "lying", "all"]);
        let start = self.skip(verb + usize::from(said), &["exactly", "just", "only", "all"]);
        let (gap, end) = self.number(start)?;
        let end = self.is(end, &["behind", "below", "lower", "less", "smaller"]).then_some(end + 1)?;
        self.others_size(&others.count, 1, example)?;
        example.told = Some(leading(gap, false));
        Some(end)
    }

    /// "all other scores lower by 5", "each of the 9 others is 3 lower", "they are lower by just 1".
    fn lower(&self, at: usize, example: &mut Example) -> Option<usize> {
        let led = example.told.as_ref().is_some_and(|t| t.others.is_some() && t.named.len() == 1 && t.named[0].0 == "j");
        let (count, after) = match self.keys(at).filter(|(k, _)| k.keys == Keys::Others) {
            Some((others, after)) => (others.count, after),
            None if led && self.is(at, &["they"]) => (None, at + 1),
            None => return None,
        };
        let verb = self.skip(after, &["is", "are", "being", "all", "lie", "lies", "only", "just"]);
        let low = self.is(verb, &["lower", "smaller", "less", "behind", "below"]) && self.is(verb + 1, &["by"]);
        let start = self.skip(verb + 2, &["just", "only", "exactly"]);
        let (gap, end) = self.number(start).filter(|_| low && self.world.letters == ["j"])?;
        self.others_size(&count, 1, example)?;
        example.told = Some(leading(gap, false));
        Some(end)
    }

    /// "two scores that differ by 3": which is the larger one the words leave open, the first is meant.
    fn differ(&self, at: usize, example: &mut Example) -> Option<usize> {
        let noun = self.skip(at, &["the", "with"]);
        let two = self.is(noun, &["two", "both"]) && self.is(noun + 1, &["scores", "logits"]);
        let verb = self.skip(noun + 2, &["that", "which"]);
        let by = two && self.is(verb, &["differ", "differing"]) && self.is(verb + 1, &["by"]);
        let (gap, end) = self.number(self.skip(verb + 2, &["only", "just"])).filter(|_| by)?;
        let named = vec![("1".to_string(), gap), ("2".to_string(), Expr::int(0))];
        example.size = Some(Expr::int(2));
        example.told = Some(Scores { named, others: None, margin: false });
        Some(end)
    }

    fn gap_noun(&self, at: usize, noun: usize, count: Option<Expr>, example: &mut Example) -> Option<usize> {
        let all = self.is(at, &["all", "every", "each"]) || count.is_some();
        let mut start =
            self.skip(noun + 1, &["of", "equal", "to", "are", "is", "equals", "in", "being", "only", "just", "exactly"]);
        // "a margin of δ = 8"
        if self.math(start).is_some_and(|e| matches!(e, Expr::Symbol(_))) && self.relation(start + 1) == Some(Relation::Equal) {
            start += 2;
        }
        // "n = 5, gap 6: …"
        let short = (start == noun + 1 || start == noun + 2 && self.is(noun + 1, &["of"]))
            && at == noun
            && at.checked_sub(1).is_none_or(|before| self.parts(before))
            && self.closed(start).is_some_and(|(_, e)| self.ends(e) || self.is(e, &["to", "over"]));
        // "every gap is at least 5": a bound for the others, too.
        let least = self.is(start, &["at"]) && self.is(start + 1, &["least"]);
        let start = if least { start + 2 } else { start };
        if start == noun + 1 && !short {
            return None;
        }
        let (gap, end) = self.closed(start)?;
        // Another gap of the kind that was given before.
        let lead = |t: &Scores| !t.margin && t.others.is_some() && t.named.len() == 1 && t.named[0].0 == "j";
        let all = all || short && example.told.as_ref().is_some_and(lead);
        // "a gap of 5 to each of 9 other keys"
        let to = self.is(end, &["to", "over", "from", "above"]).then(|| self.keys(end + 1)).flatten();
        let to = to.filter(|(named, _)| named.keys == Keys::Others && self.world.letters == ["j"]);
        let (count, all, end) = to.map_or((count, all, end), |(named, after)| (named.count, true, after));
        // Of two keys a margin is the whole of it.
        let all = all || example.size.as_ref().and_then(value) == Some(2.0);
        self.others_size(&count, 1, example)?;
        example.told = Some(leading(gap, !all || least));
        Some(end)
    }

    /// A number, or one in terms of how many keys there are.
    fn closed(&self, at: usize) -> Option<(Expr, usize)> {
        let in_n = |e: &&Expr| !e.is_closed() && e.symbols().iter().all(|s| s.name == "n" && s.indices.is_empty());
        self.number(at).or_else(|| Some((self.math(at).filter(in_n)?.clone(), at + 1)))
    }

    /// Takes the number of other keys as one that fits the number of keys.
    fn others_size(&self, count: &Option<Expr>, named: i64, example: &mut Example) -> Option<()> {
        let Some(count) = count else { return Some(()) };
        let all = Expr::Add(vec![count.clone(), Expr::int(named)]);
        match (&example.size, value(&all)) {
            (Some(size), Some(v)) => {
                let known = value(&example.filled(size));
                if known.is_some_and(|k| k != v) {
                    // "each of 9 rivals" in another example than the one before.
                    example.size = Some(Expr::int(v as i64));
                }
            }
            (None, Some(v)) => example.size = Some(Expr::int(v as i64)),
            _ => {}
        }
        Some(())
    }

    /// "the score of j is 8 and the other 99 scores are 0".
    fn score(&self, at: usize, example: &mut Example) -> Option<usize> {
        let noun = self.skip(at, &["the", "a"]);
        let told = example.told.clone().filter(|t| t.others.is_some() || t.named.iter().any(|(n, _)| n.parse::<u32>().is_err()));
        if self.is(noun, &["score", "scores"]) {
            let (named, verb) = self.keys(self.skip(noun + 1, &["of", "for"]))?;
            let (score, end) = self.valued(verb)?;
            let Keys::Named(names) = named.keys else { return None };
            return self.told(names, score, example).then_some(end);
        }
        let (named, verb) = self.keys(at)?;
        let said = (at..verb).any(|i| self.is(i, &["score", "scores"])) || self.is(verb, &["scores", "score"]);
        let has = self.is(verb, &["has", "have", "get", "gets", "with", "receives", "receive"]);
        let after = if has { self.skip(verb + 1, &["the", "a"]) } else { verb };
        let noun = self.is(after, &["score", "scores"]);
        match named.keys {
            Keys::Named(names) if noun => {
                let (score, end) = self.valued(after + 1)?;
                self.told(names, score, example).then_some(end)
            }
            Keys::Others if told.is_some() => {
                let start = if noun { after + 1 } else { after };
                let (score, end) = self.valued(start).or_else(|| self.number(start))?;
                let clean = said || noun || value(&score) == Some(0.0);
                let told = example.told.clone().filter(|_| clean)?;
                self.others_size(&named.count, told.named.len() as i64, example)?;
                example.told = Some(Scores { others: Some(score), ..told });
                Some(end)
            }
            _ => None,
        }
    }

    /// "is 8", "of 8", "= 8".
    fn valued(&self, at: usize) -> Option<(Expr, usize)> {
        let equal = usize::from(self.relation(at) == Some(Relation::Equal));
        let verb =
            self.skip(at + equal, &["is", "are", "be", "of", "at", "equal", "equals", "to", "have", "has", "only", "just"]);
        (verb > at).then(|| self.number(verb)).flatten()
    }

    fn told(&self, names: Vec<String>, score: Expr, example: &mut Example) -> bool {
        if value(&score).is_none() {
            return false;
        }
        let lettered = |t: &Scores| t.named.iter().any(|(n, _)| n.parse::<u32>().is_err());
        let mut told = example.told.clone().filter(lettered).unwrap_or_default();
        for name in names {
            told.named.retain(|(n, _)| *n != name);
            told.named.push((name, score.clone()));
        }
        example.told = Some(told);
        true
    }
}

/// The key whose product with the query this is.
fn score_of_key(e: &Expr, letters: &[String]) -> Option<String> {
    let Expr::Mul(parts) = e else { return None };
    let [a, b] = parts.as_slice() else { return None };
    let plain = |e: &Expr| match e {
        Expr::Transpose(inner) => match &**inner {
            Expr::Symbol(s) => Some(s.clone()),
            _ => None,
        },
        Expr::Symbol(s) => Some(s.clone()),
        _ => None,
    };
    let (a, b) = (plain(a)?, plain(b)?);
    let query = |s: &Symbol| s.name == "q" && s.indices.is_empty();
    let key = if query(&a) { &b } else { Some(&a).filter(|_| query(&b))? };
    (key.name == "k").then(|| key_of(key, letters)).flatten()
}

/// Scores in which `j` leads every other key.
fn leading(gap: Expr, margin: bool) -> Scores {
    Scores { named: vec![("j".into(), gap)], others: Some(Expr::int(0)), margin }
}
