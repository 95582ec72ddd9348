//! What a part reports: whose right answers, and what share they are.

use super::words::{Word, sentences};
use super::{Amount, shares};

/// Questions of the dev set, of which answers are counted where no other total is named.
pub const ITEMS: &str = "size dev";

/// Whose answers are counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Who {
    /// The model without pretraining.
    Alone,
    /// The pretrained model.
    Pretrained,
    /// The variant with a bottleneck.
    Perceiver,
    /// A constant answer.
    Constant,
}

impl Who {
    /// By the name that worlds give to a setting.
    pub fn of_setting(name: &str) -> Option<Who> {
        match name {
            "alone" => Some(Who::Alone),
            "pretrained" => Some(Who::Pretrained),
            "perceiver" => Some(Who::Perceiver),
            _ => None,
        }
    }
}

/// A share of right answers.
#[derive(Debug, Clone, PartialEq)]
pub struct Figure {
    /// Whose.
    pub who: Option<Who>,
    /// As a share of 1.
    pub share: Amount,
    /// Its value, to see which are equal.
    value: f64,
}

/// What the part reports, and the model that its question is about.
pub struct Memory {
    /// Equal ones once.
    pub figures: Vec<Figure>,
    /// The model of the question.
    pub own: Option<Who>,
}

const CONSTANT: &[&str] = &["london", "baseline", "constant", "always", "everybody", "everyone", "majority", "trivial"];

/// The last one that is named among words.
pub fn named(words: &[Word]) -> Option<Who> {
    let before = |i: usize, list: &[&str]| i > 0 && words[i - 1].is(list) || i > 1 && words[i - 2].is(list);
    let mut found = None;
    for (i, word) in words.iter().enumerate() {
        let bracketed = |w: &str| word.is(&[w]) && words.get(i + 1).is_some_and(|n| n.is(&[")"]));
        let pretraining = word.text.starts_with("pretrain") || word.text.starts_with("pre-train");
        let now = if word.is(CONSTANT) {
            Some(Who::Constant)
        } else if word.is(&["perceiver", "perceivers"]) {
            Some(Who::Perceiver)
        } else if bracketed("d") || pretraining && before(i, &["without", "no", "not", "non"]) || word.is(&["unpretrained"]) {
            Some(Who::Alone)
        } else if bracketed("f") || word.is(&["vanilla"]) || pretraining && found != Some(Who::Perceiver) {
            Some(Who::Pretrained)
        } else {
            None
        };
        // "(d) without pretraining", "the vanilla model without pretraining": the one says more of the other.
        found = now.or(found);
    }
    found
}

const RIGHT: &[&str] = &["right", "correct", "hits", "hit", "correctly", "rightly"];
const HAS: &[&str] = &["had", "has", "reached", "reaches", "got", "gets", "scored", "scores", "answered", "finds", "found"];

impl Memory {
    /// Reads a part.
    pub fn read(words: &[Word], own: Option<Who>) -> Memory {
        let mut memory = Memory { figures: Vec::new(), own };
        for sentence in sentences(words) {
            for at in 0..sentence.len() {
                if let Some((share, value)) = share_at(sentence, at) {
                    let who = named(&sentence[..at])
                        .or_else(|| named(&sentence[at..(at + 5).min(sentence.len())]).filter(|w| *w == Who::Constant))
                        .or(own);
                    memory.add(Figure { who, share, value });
                }
            }
        }
        memory
    }

    fn add(&mut self, figure: Figure) {
        let near =
            |f: &&mut Figure| f.who == figure.who && (f.value - figure.value).abs() <= slack(&f.share) + slack(&figure.share);
        match self.figures.iter_mut().find(near) {
            Some(known) if slack(&figure.share) < slack(&known.share) => *known = figure,
            Some(_) => {}
            None => self.figures.push(figure),
        }
    }

    /// The shares of one; the constant answer's is known from the data.
    pub fn of(&self, who: Who) -> Vec<Amount> {
        let mut all: Vec<Amount> = self.figures.iter().filter(|f| f.who == Some(who)).map(|f| f.share.clone()).collect();
        if all.is_empty() && who == Who::Constant {
            all.push(Amount::Over(Box::new(Amount::Fact("place dev london".into())), Box::new(Amount::Fact(ITEMS.into()))));
        }
        all
    }
}

fn slack(share: &Amount) -> f64 {
    match share {
        Amount::Is(_, slack) => *slack,
        _ => 0.0,
    }
}

/// `10 of 500`, `2 %`, `9 right`, `had 115`.
fn share_at(s: &[Word], at: usize) -> Option<(Amount, f64)> {
    let (value, _) = s[at].value?;
    if at > 0 && s[at - 1].is(&["than", "least", "most", "above", "over", "below", "by", "around", "about", "±", "pm"]) {
        return None;
    }
    let wrong = s[at..].iter().take(7).take_while(|w| !super::words::parts_clause(w)).any(super::wrong::is_wrong);
    let next = |n: usize, words: &[&str]| s.get(at + n).is_some_and(|w| w.is(words));
    if wrong || next(1, &["times", "more", "fewer", "less", "points"]) || next(2, &["more", "fewer", "points", "point", "better"])
    {
        return None;
    }
    if let Some((_, total)) = shares::total(s, at).filter(|(_, t)| *t >= 20.0 && value <= *t) {
        return Some((Amount::Is(value / total, 0.0), value / total));
    }
    if shares::percent(s, at) && value <= 100.0 && !next(2, &["as", "of"]) {
        return Some((Amount::Is(value / 100.0, s[at].slack() / 100.0), value / 100.0));
    }
    // "43 of 500 right": the total is not what is right.
    if at > 0 && s[at - 1].is(&["of", "from", "in", "/", "our", "the", "first"]) {
        return None;
    }
    let right = next(1, RIGHT) || next(2, RIGHT);
    let has = at > 0 && s[at - 1].is(HAS) && s.get(at + 1).is_none_or(super::words::parts_clause);
    let digits = s[at].text.starts_with(|c: char| c.is_ascii_digit());
    (digits && s[at].count().is_some() && (right || has))
        .then(|| (Amount::Over(Box::new(Amount::Is(value, 0.0)), Box::new(Amount::Fact(ITEMS.into()))), value / 500.0))
}
