//! What a part reports: whose right answers, and what share they are.

use super::amounts::is_all;
use super::words::{Word, sentences};
use super::{Amount, elsewhere, shares};

/// Questions of the dev set, of which answers are counted where no other total is named.
pub const ITEMS: &str = "size dev";

/// How many they are, for what is computed before the data is asked.
pub const QUESTIONS: f64 = 500.0;

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

impl Figure {
    /// Its value as a share of 1.
    pub fn value(&self) -> f64 {
        self.value
    }
}

/// What the part reports, and the model that its question is about.
pub struct Memory {
    /// Equal ones once.
    pub figures: Vec<Figure>,
    /// The model of the question.
    pub own: Option<Who>,
    /// Each of them where it is said, with whether it is a share and no count.
    pub said: Vec<(usize, Figure, bool)>,
    /// The share that could be right at best, where the part names one.
    pub ceiling: Option<Amount>,
    /// Where the constant answer is named first.
    pub constant: Option<usize>,
    /// The same with percentages instead of the counts that they contradict, where some do: what follows from one of the
    /// two only is not certain.
    pub disputed: Option<Box<Memory>>,
}

const CONSTANT: &[&str] = &["london", "baseline", "constant", "always", "everybody", "everyone", "majority", "trivial"];

/// The last one that is named among words.
pub fn named(words: &[Word]) -> Option<Who> {
    let before = |i: usize, list: &[&str]| i > 0 && words[i - 1].is(list) || i > 1 && words[i - 2].is(list);
    let mut found = None;
    for (i, word) in words.iter().enumerate() {
        let part =
            before(i, &["part", "question", "in", "from"]) && i > 0 && words[i - 1].is(&["part", "question", "in", "from"]);
        let bracketed = |w: &str| word.is(&[w]) && (part || words.get(i + 1).is_some_and(|n| n.is(&[")"])));
        let slash = i > 2 && words[i - 3].is(&["w"]) && words[i - 2].is(&["/"]) && words[i - 1].is(&["o"]);
        let pretraining = word.text.starts_with("pretrain") || word.text.starts_with("pre-train");
        let own = word.text.strip_suffix("'s").or(word.text.strip_suffix("’s"));
        // "With pretraining …, without it …".
        let lacks = found == Some(Who::Pretrained) && word.is(&["it"]) && i > 0 && words[i - 1].is(&["without"]);
        // "london_baseline.py printed …".
        let script = word.text.contains('_') && word.text.split(['_', '.']).any(|part| CONSTANT.contains(&part));
        let now = if lacks {
            Some(Who::Alone)
        } else if script || word.is(CONSTANT) || own.is_some_and(|w| CONSTANT.contains(&w)) {
            Some(Who::Constant)
        } else if word.is(&["perceiver", "perceivers"]) {
            Some(Who::Perceiver)
        } else if bracketed("d")
            || word.is(&["scratch"])
            || pretraining && (slash || before(i, &["without", "no", "not", "non"]))
            || word.is(&["unpretrained"])
        {
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

/// Words of right answers.
pub const RIGHT: &[&str] = &["right", "correct", "hits", "hit", "correctly", "rightly"];
const HAS: &[&str] = &["had", "has", "reached", "reaches", "got", "gets", "scored", "scores", "answered", "finds", "found"];

impl Memory {
    /// Reads a part.
    pub fn read(words: &[Word], own: Option<Who>) -> Memory {
        let constant = words.iter().find(|w| w.is(&["london"])).map(|w| w.span.start);
        let mut memory = Memory { figures: Vec::new(), own, said: Vec::new(), ceiling: None, constant, disputed: None };
        let mut by_shares = Memory { figures: Vec::new(), own, said: Vec::new(), ceiling: None, constant, disputed: None };
        let mut disputed = false;
        let all = |s: &[Word], i: usize| shares::total(s, i).is_some_and(|(_, t)| is_all(t));
        let parts: Vec<f64> =
            (0..words.len()).filter(|i| all(words, *i)).filter_map(|i| words[i].count()).filter(|n| *n < QUESTIONS).collect();
        for sentence in sentences(words) {
            let supposed = sentence.iter().any(|w| w.is(&["if", "would"]));
            let mut false_shares: Vec<(usize, Option<Who>)> = Vec::new();
            let mut of_parts: Vec<usize> = Vec::new();
            for at in 0..sentence.len() {
                if let Some((share, value)) = share_at(sentence, at).filter(|_| !elsewhere::of_training(sentence, at)) {
                    // A share of something else, and what it is in percent.
                    if elsewhere::of_positions(sentence, at) {
                        let end = shares::total(sentence, at).map_or(sentence.len(), |(end, _)| end + 1);
                        of_parts.extend(shares::after(sentence, end.min(sentence.len()), shares::FILL));
                        continue;
                    }
                    // "118/462 ≈ 26 %": of those that could be right.
                    if let Some((end, _)) = shares::total(sentence, at).filter(|(_, t)| parts.contains(t)) {
                        of_parts.extend(shares::after(sentence, end + 1, shares::FILL));
                        continue;
                    }
                    if of_parts.contains(&at) || best(sentence, at) || spread(sentence, at) {
                        continue;
                    }
                    let who = memory.whose(sentence, at, (&share, value));
                    // What would be is no report.
                    if supposed && who != Some(Who::Constant) {
                        continue;
                    }
                    let figure = Figure { who, share, value };
                    memory.said.push((sentence[at].span.start, figure.clone(), slack(&figure.share) > 0.0));
                    // The data say how often a constant answer is right: its count stands.
                    let constant = |who: Option<Who>| who == Some(Who::Constant);
                    if let Some((_, whose)) = false_shares.iter().find(|(place, _)| *place == at) {
                        if !constant(*whose) {
                            by_shares.add(figure);
                        }
                        continue;
                    }
                    let contradicted = shares::contradicting(sentence, at);
                    disputed |= contradicted.is_some() && !constant(who);
                    if contradicted.is_none() || constant(who) {
                        by_shares.add(figure.clone());
                    }
                    false_shares.extend(contradicted.map(|place| (place, who)));
                    memory.add(figure);
                }
            }
        }
        memory.ceiling = ceiling(words);
        by_shares.ceiling.clone_from(&memory.ceiling);
        by_shares.said.clone_from(&memory.said);
        memory.disputed = disputed.then(|| Box::new(by_shares));
        memory
    }

    /// Whose share it is that stands at a place of a sentence.
    fn whose(&self, sentence: &[Word], at: usize, (share, value): (&Amount, f64)) -> Option<Who> {
        let own = self.own;
        // "1.8 % is less than a third of 5 %": the one that has been reported to be that.
        let known = || {
            let near = |f: &&Figure| (f.value - value).abs() <= slack(&f.share) + slack(share);
            let differs = self.figures.iter().any(|f| f.who == own && !near(&f));
            self.figures.iter().filter(|f| f.who != own).find(near).filter(|_| differs).and_then(|f| f.who)
        };
        // "25/500 for London".
        let who = behind(sentence, at)
            .or_else(|| (own == Some(Who::Pretrained) && earlier(sentence, at)).then_some(Who::Alone))
            .or_else(|| named(&sentence[..at]))
            .or_else(|| named(beside(sentence, at)).filter(|w| *w == Who::Constant))
            .or_else(known)
            .or(own);
        // "… than London by 16 questions, and with 8.2 % it …": the question's own model.
        let with = at > 0 && sentence[at - 1].is(&["with"]) && named(&sentence[clause_start(sentence, at)..at]).is_none();
        let it = sentence[at..].iter().take(5).any(|w| w.is(&["it", "we"]));
        if with && it && own.is_some() {
            return own;
        }
        // A row of a table is of what it is labelled with.
        let label = &sentence[..sentence.iter().take_while(|w| !w.is(&["|"])).count()];
        let ours = label.iter().any(|w| w.is(&["accuracy", "model", "our", "ours", "result", "dev"]));
        let labelled = (1..=at).contains(&label.len()) && label.len() < sentence.len() && label.iter().any(|w| w.value.is_none());
        if labelled && !ours && named(&sentence[..at]).is_none() { None } else { who }
    }

    /// The one that the part reports beside another, where there is only one.
    pub fn other(&self, than: Who) -> Option<Who> {
        let mut all = self.figures.iter().filter_map(|f| f.who).filter(|w| *w != than);
        let first = all.next()?;
        all.all(|w| w == first).then_some(first)
    }

    /// A rounded share as it was reported exactly.
    pub fn exact(&self, share: Amount) -> Amount {
        let Amount::Is(value, slack) = share else { return share };
        let mut same = self.figures.iter().filter(|f| self::slack(&f.share) < slack && (f.value - value).abs() <= slack);
        match (same.next(), same.next()) {
            (Some(f), None) => f.share.clone(),
            _ => share,
        }
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

    /// The share of one of whom a single one was reported.
    pub fn single(&self, who: Who) -> Option<Amount> {
        <[Amount; 1]>::try_from(self.of(who)).ok().map(|[share]| share)
    }
}

/// Whether the clause of a number speaks of what was before pretraining, without a name: `Without: 1.8 %`, `before it was 2 %`.
fn earlier(s: &[Word], at: usize) -> bool {
    const FILL: &[&str] = &["it", "that", "this", "we", "was", "were", "had", "got", "there", "only", "just", ":", "were", "the"];
    let start = s[..at].iter().rposition(|w| super::words::parts_clause(w) && !w.is(&[":"])).map_or(0, |i| i + 1);
    let head: Vec<&Word> = s[start..at].iter().filter(|w| !w.is(FILL)).collect();
    matches!(head[..], [word] if word.is(&["without", "before", "previously", "earlier", "formerly"]))
}

/// The words behind a number that may say whose it is: not those of the next number.
fn beside(s: &[Word], at: usize) -> &[Word] {
    const NEAR: usize = 5;
    let near = &s[at..(at + NEAR).min(s.len())];
    let ends = |w: &Word| w.is(&[",", ";"]);
    let Some(cut) = near.iter().position(ends) else { return near };
    let next = s[at + cut + 1..].iter().take_while(|w| !ends(w));
    let counted = near[cut].is(&[";"]) || next.into_iter().any(|w| w.value.is_some());
    if counted { &near[..cut] } else { near }
}

/// Whose share it is by words right behind it: `25/500 for London`.
fn behind(s: &[Word], at: usize) -> Option<Who> {
    let end = match shares::total(s, at) {
        Some((end, t)) if t >= 20.0 => end + 1,
        _ if shares::percent(s, at) => at + 2,
        _ => return None,
    };
    let word = |list: &[&str]| s.get(end).is_some_and(|w| w.is(list));
    if word(&["without"]) {
        return named(&s[end..(end + 3).min(s.len())]);
    }
    let reach = if word(&["for", "by"]) { 6 } else { 3 };
    let rest = &s[(end + 1).min(s.len())..];
    let bracket = rest.first().is_some_and(|w| w.is(&["("]));
    let near =
        rest.iter().skip(usize::from(bracket)).take_while(|w| !super::words::parts_clause(w)).count() + 2 * usize::from(bracket);
    (word(&["for", "by", "of", "from", "in"]) && near <= reach).then(|| named(&rest[..near.min(rest.len())])).flatten()
}

/// Whether a number is said of an interval or of its level: no report of an accuracy.
fn spread(s: &[Word], at: usize) -> bool {
    const WIDE: &[&str] = &["interval", "band", "error", "errors", "sigma", "σ", "deviation", "deviations", "confidence", "ci"];
    let start = clause_start(s, at);
    let level = s[at..].iter().skip(1).take(3).any(|w| w.is(&["confidence", "interval", "ci", "level", "band"]));
    let limits = s[..at].iter().any(|w| w.is(&["interval", "band", "confidence"]));
    level
        || limits
        || s[start..at].iter().any(|w| w.is(WIDE))
        || at > 0 && s[at - 1].is(&["level", "rate"])
        || s[start..at].iter().any(|w| w.is(&["true"]))
}

/// Whether a number is what could be reached at best: `the ceiling is 92.4 %`, `at most 462 of 500`.
fn best(s: &[Word], at: usize) -> bool {
    let clause = &s[clause_start(s, at)..at];
    let called = clause.iter().any(|w| w.is(&["ceiling", "maximum", "limit", "capped", "cap", "bounded"]));
    let pair = |a: &str, list: &[&str]| clause.windows(2).any(|p| p[0].is(&[a]) && p[1].is(list));
    let could = &["you", "one", "we", "possible", "that", "anybody", "anyone", "it", "could", "a"];
    // "A model that remembers everything could get 462 of 500".
    let recalls =
        clause.iter().any(|w| w.text.starts_with("remember") || w.text.starts_with("memori") || w.is(&["perfect", "ideal"]))
            && clause.iter().any(|w| w.is(&["could", "would", "can"]));
    // "100 % is reachable by memory alone".
    let behind = &s[at + 1..(at + 6).min(s.len())];
    let possible = shares::percent(s, at)
        && behind.iter().take_while(|w| !super::words::parts_clause(w)).any(|w| w.is(&["reachable", "attainable", "achievable"]));
    called || recalls || possible || pair("best", could) || pair("at", &["best", "most"]) || pair("upper", &["bound", "limit"])
}

/// The one share that a part says could be right at best.
fn ceiling(words: &[Word]) -> Option<Amount> {
    let mut found: Option<(f64, Amount)> = None;
    for s in sentences(words) {
        for at in (0..s.len()).filter(|i| best(s, *i)) {
            let Some((value, _)) = s[at].value else { continue };
            let share = match shares::total(s, at) {
                Some((_, of)) if of >= 20.0 && value <= of => Amount::Is(value / of, 0.0),
                _ if shares::percent(s, at) => Amount::Is(value / 100.0, s[at].slack() / 100.0),
                _ => continue,
            };
            let Amount::Is(value, _) = share else { continue };
            match &found {
                Some((known, _)) if (known - value).abs() > 0.002 => return None,
                Some(_) => {}
                None => found = Some((value, share)),
            }
        }
    }
    found.map(|(_, share)| share)
}

fn slack(share: &Amount) -> f64 {
    match share {
        Amount::Is(_, slack) => *slack,
        _ => 0.0,
    }
}

/// Where the clause of a word begins.
fn clause_start(s: &[Word], at: usize) -> usize {
    s[..at].iter().rposition(super::words::parts_clause).map_or(0, |i| i + 1)
}

/// Whether a percentage is what is asked for: `the required 10 %`, `the 6 % that one expects`.
pub fn goal(s: &[Word], at: usize) -> bool {
    const ASKED: &[&str] = &[
        "expected",
        "required",
        "demanded",
        "wanted",
        "target",
        "threshold",
        "bar",
        "goal",
        "mark",
        "needed",
        "asked",
        "possible",
        "reachable",
        "ceiling",
        "maximum",
    ];
    let asks = |w: &Word| {
        w.is(ASKED)
            || ["expect", "requir", "demand", "want", "ask", "possib", "reachab"].iter().any(|stem| w.text.starts_with(stem))
    };
    let before = at > 0 && (s[at - 1].is(ASKED) || s[at - 1].is(&["of"]) && at > 1 && s[at - 2].is(ASKED));
    let filler = |w: &Word| {
        w.is(&["%", "percent", "that", "which", "one", "we", "is", "are", "were", "was", "the", "handout", "sheet", "assignment"])
    };
    let next = s[at + 1..].iter().take(7).find(|w| !filler(w));
    // "what the handout expects (10 % and 5-6 %)".
    let bracket = s[..at].iter().rposition(|w| w.is(&["("])).filter(|o| *o > 0 && asks(&s[*o - 1]));
    let inside = bracket.is_some_and(|o| !s[o..at].iter().any(|w| w.is(&[")"])));
    before || inside || at > 0 && s[at - 1].is(&["the"]) && next.is_some_and(asks)
}

/// `118 answers are right`: a count of right answers without a total.
pub fn counted_right(s: &[Word], at: usize) -> bool {
    let verb = |i: usize| s.get(i).is_some_and(|w| w.is(&["are", "were"]));
    let noun = usize::from(s.get(at + 1).is_some_and(|w| w.is(&["answers", "questions", "people", "names", "predictions"])));
    let digits = s[at].text.starts_with(|c: char| c.is_ascii_digit()) && s[at].count().is_some();
    let total = at > 0 && s[at - 1].is(&["of", "/", "the", "from", "in"]);
    digits && !total && verb(at + 1 + noun) && s.get(at + 2 + noun).is_some_and(|w| w.is(&["right", "correct"]))
}

/// `10 of 500`, `2 %`, `9 right`, `had 115`.
fn share_at(s: &[Word], at: usize) -> Option<(Amount, f64)> {
    let (value, _) = s[at].value?;
    // "5-6 %" is a range.
    if at > 1 && s[at - 1].is(&["-", "–"]) && s[at - 2].value.is_some()
        || s.get(at + 1).is_some_and(|w| w.is(&["-", "–"])) && shares::percent(s, at + 2)
    {
        return None;
    }
    if at > 0 && s[at - 1].is(&["than", "least", "most", "above", "over", "below", "by", "around", "about", "±", "pm"]) {
        return None;
    }
    // "The required 10 % = 50 hits": what a goal is.
    if at > 2 && s[at - 1].is(&["="]) && shares::percent(s, at - 3) {
        return None;
    }
    // "One name in 20 right" compares.
    if s[at].is(&["one"]) {
        return None;
    }
    // "We lost 16 names (64 %)": a part of what another has.
    const CHANGES: &[&str] =
        &["lost", "lose", "loses", "gain", "gained", "gains", "fewer", "less", "more", "behind", "ahead", "drop", "drops"];
    if at > 0
        && s[at - 1].is(&["("])
        && shares::percent(s, at)
        && s[clause_start(s, at - 1)..at - 1].iter().any(|w| w.is(CHANGES))
    {
        return None;
    }
    // "London would not pass 10 %".
    if at > 0
        && s[at - 1].is(&[
            "pass", "passes", "passed", "clear", "clears", "exceed", "exceeds", "beat", "beats", "meet", "meets", "miss",
            "misses",
        ])
    {
        return None;
    }
    let wrong = s[at..].iter().take(7).take_while(|w| !super::words::parts_clause(w) && !w.is(RIGHT)).any(super::wrong::is_wrong);
    let next = |n: usize, words: &[&str]| s.get(at + n).is_some_and(|w| w.is(words));
    // "wrong in 77 % of the cases", "the share of wrong answers is 76.4 %".
    let clause = s[..at].iter().rposition(super::words::parts_clause).map_or(0, |i| i + 1);
    // "…, that is 382 of 500" goes on with the clause before.
    let goes_on = clause < at && s[clause..at].iter().all(|w| w.is(&["that", "is", "this", "these", "are", "i.e", "or"]));
    // "380 of 500 answers are wrong (76 %)": a bracket says the same again.
    let bracketed = at > 0 && clause == at && s[at - 1].is(&["("]);
    let clause = if (goes_on || bracketed) && clause > 0 {
        let signs = s[..clause].iter().rev().take_while(|w| super::words::parts_clause(w)).count();
        clause_start(s, clause - signs)
    } else {
        clause
    };
    let right = |w: &Word| w.is(RIGHT);
    let after_wrong = s[clause..at].iter().rposition(super::wrong::is_wrong);
    let rate = s[clause..at].iter().any(|w| w.is(&["error"]));
    // "a relative improvement of 40 %" is no accuracy; "380 wrong ones, 76 %" is none of right answers.
    let gain = s[clause..at].iter().any(|w| w.is(&["relative", "relatively"]));
    let linked = |w: &&Word| !w.is(&[",", "(", "=", "or", "i.e", "about", "ones", "answers", "predictions", "that", "is", "so"]);
    let behind = s[..at].iter().rev().find(linked).is_some_and(super::wrong::is_wrong);
    let rate = rate || gain || behind;
    let wrong = wrong || rate || after_wrong.is_some_and(|i| !s[clause + i..at].iter().any(right)) || goal(s, at);
    if wrong || next(1, &["times", "more", "fewer", "less", "points"]) || next(2, &["more", "fewer", "points", "point", "better"])
    {
        return None;
    }
    if let Some((_, total)) = shares::total(s, at).filter(|(_, t)| *t >= 20.0 && value <= *t) {
        return Some((Amount::Is(value / total, 0.0), value / total));
    }
    // "10 % would have been 50 answers" reports nothing.
    if shares::percent(s, at) && value <= 100.0 && !next(2, &["as", "of", "would", "could"]) {
        return Some((Amount::Is(value / 100.0, s[at].slack() / 100.0), value / 100.0));
    }
    // "an accuracy of 0.08".
    let fraction = s[at].value.is_some_and(|(v, d)| v < 1.0 && d >= 2);
    let called = s[at.saturating_sub(6)..at].iter().any(|w| w.is(&["accuracy", "score"]));
    if fraction && called && !next(1, &["points", "point", "/", "of"]) {
        return Some((Amount::Is(value, s[at].slack()), value));
    }
    // "43 of 500 right": the total is not what is right.
    if at > 0 && s[at - 1].is(&["of", "from", "in", "/", "our", "the", "first"]) {
        return None;
    }
    // "lacks 16 hits", "loses 77 right answers": of a difference.
    let between = |w: &Word| super::compare::needs(w) || w.is(&["loses", "lose", "lost", "gains", "gained", "wins", "win"]);
    let right = (next(1, RIGHT) || next(2, RIGHT)) && !s[clause..].iter().take(12).any(between);
    let has = at > 0 && s[at - 1].is(HAS) && s.get(at + 1).is_none_or(super::words::parts_clause);
    let digits = s[at].text.starts_with(|c: char| c.is_ascii_digit());
    (digits && s[at].count().is_some() && (right || has))
        .then(|| (Amount::Over(Box::new(Amount::Is(value, 0.0)), Box::new(Amount::Fact(ITEMS.into()))), value / 500.0))
}
