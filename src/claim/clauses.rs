//! Clauses that a world knows word for word: no word of them is left over, so that they may be refuted as well as confirmed.

use super::atoms::{Atom, atoms};
use super::elsewhere::of_a_limit;
use super::links::first_link;
use super::prose::{CLAUSE_ENDS, Piece, piece};
use super::read::Reader;
use super::reasons::{gives_a_reason, of_all};
use super::segment::runs;
use super::statement::{Body, Condition, Scope, Statement};
use crate::language::{Chain, Expr, Options, Tok, Token, parse_chain};
use crate::span::Span;
use crate::world::{Proposition, World};

/// A clause that was recognised.
pub struct Known {
    /// Where it stands.
    pub span: Span,
    /// Which proposition says it.
    pub index: usize,
    /// Whether the clause denies it.
    pub denied: bool,
    /// Whether it was recognised word for word, and not by its notions.
    pub verbatim: bool,
    /// Whether the clause itself begins with its condition.
    pub conditional: bool,
    /// Whether other words of the sentence may limit it.
    pub limited: bool,
}

/// Words with which a condition begins.
const CONDITIONS: &[&str] = &[
    "if", "when", "whenever", "once", "unless", "suppose", "assume", "let", "for", "with", "given", "provided", "where", "under",
    "at", "without", "in", "as",
];

/// Words outside a clause by which what it says may only be meant in a case.
const LIMITS: &[&str] = &[
    "if",
    "when",
    "whenever",
    "once",
    "unless",
    "suppose",
    "assume",
    "assuming",
    "let",
    "given",
    "provided",
    "limit",
    "infinity",
    "example",
    "e.g",
    "except",
    "under",
    "would",
    "before",
    "earlier",
    "previously",
    "formerly",
    "→",
    "∞",
    "≫",
];

/// Phrases that lead a clause in and say nothing.
const LEADS: &[&[&str]] = &[
    &["in", "particular"],
    &["in", "general"],
    &["in", "words"],
    &["this", "means", "that"],
    &["it", "means", "that"],
    &["it", "mean", "that"],
    &["that", "means"],
    &["note", "that"],
    &["notice", "that"],
    &["we", "see", "that"],
    &["it", "follows", "that"],
    &["as", "a", "result"],
    &["of", "course"],
    &["so"],
    &["thus"],
    &["hence"],
    &["therefore"],
    &["then"],
    &["and"],
    &["also"],
    &["but"],
    &["now"],
    &["here"],
    &["indeed"],
    &["clearly"],
    &["moreover"],
    &["furthermore"],
    &["consequently"],
    &["conversely"],
    &["because"],
    &["since"],
    &["that"],
    &["in", "this", "case"],
    &["in", "that", "case"],
    &["by", "construction"],
    &["it", "is", "clear", "that"],
    &["remark"],
    &["remarks"],
    &["in", "short"],
    &["put", "differently"],
    &["again"],
    &["finally"],
    &["actually"],
    &["as", "well"],
    &["unlike", "argmax"],
];

/// Words of clauses whose parts say nothing alone, where "and" joins them.
const OF_SEVERAL: &[&str] = &[
    "enough",
    "sufficient",
    "suffices",
    "suffice",
    "necessary",
    "needed",
    "required",
    "only",
    "depend",
    "depends",
    "decided",
    "determined",
    "both",
    "between",
    "needs",
    "requires",
    "must",
    "neither",
    "without",
    "than",
];

/// Labels of parts of a question.
const LABELS: &[&str] = &["i", "ii", "iii", "iv", "a", "b", "c", "d"];

/// Words that close a clause and say nothing.
const TAILS: &[&str] = &["too", "either", "anyway", "again", "here", "then", "though", "indeed"];

impl Reader<'_> {
    /// Clauses that the world knows word for word, in the place of what else was read of them.
    pub(super) fn known_clauses(&mut self, range: std::ops::Range<usize>, first: usize, forward: &Scope, whole: &[Span]) {
        let mut all = find(self.world, &self.tokens[range.clone()]);
        all.retain(|known| !self.denied(known.span) && !counterfactual(&self.tokens[range.clone()], known.span));
        // A relation, or a supposition that was not understood, says more than the notions of its clause.
        let open = |s: &Statement| match &s.body {
            Body::Relation { link, .. } => !of_a_limit(self.world, link),
            Body::Response(_) | Body::Intervention(_) | Body::Holding(_) | Body::Configured(_) => true,
            Body::Serving(_) | Body::Instead(_) => true,
            Body::Supposition { understood } => !understood,
            _ => false,
        };
        // "With m = l": sizes are words of the frames that have them.
        let growth = self.world.growth.as_ref();
        let size =
            |a: &Atom| growth.is_some_and(|g| g.variables.contains_key(&a.text)) || !a.text.starts_with(char::is_alphanumeric);
        let of_sizes = |s: &Statement| growth.is_some() && atoms(self.text, s.span).iter().all(size);
        let related = |known: &Known| {
            let within = |s: &Statement| s.span.start < known.span.end && known.span.start < s.span.end && !of_sizes(s);
            // Of a clause that was read whole, the world may know more words, its case too.
            let beyond = |s: &Statement| s.span.start < known.span.start || known.span.end < s.span.end;
            let less = |s: &Statement| {
                whole.contains(&s.span) && (s.span != known.span && !beyond(s) || s.scope.tentative)
                    || s.scope.tentative && known.conditional && known.span.start < s.span.start && !beyond(s)
            };
            self.out[first..].iter().any(|s| within(s) && open(s) && !less(s))
        };
        all.retain(|known| known.verbatim || !related(known));
        if !all.is_empty() {
            self.speaks_of_values(&range);
        }
        let place = self.span(&range);
        for known in all {
            let proposition = &self.world.propositions[known.index];
            let mut scope = if known.conditional { self.lasting.clone() } else { self.in_force(forward, place, known.span) };
            let whole = |chain: &Chain| chain.operands.iter().all(|o| o.expr.is_closed());
            if proposition.claims.iter().all(whole) {
                scope.conditions.clear();
            }
            scope.tentative |= known.limited;
            let apart = |s: &Statement| s.span.end <= known.span.start || known.span.end <= s.span.start;
            // "β = ln n is enough": what follows may mean the value.
            let value = |s: &Statement| matches!(&s.body, Body::Relation { link, .. } if of_a_limit(self.world, link));
            self.keep_from(first, |s| apart(s) || value(s) || matches!(s.body, Body::Supposition { .. } | Body::Softmax { .. }));
            self.push(known.span, Body::Proposition { index: known.index, denied: known.denied }, scope);
        }
    }

    /// "β = ln n is enough": the value is spoken of, and what follows may mean it.
    fn speaks_of_values(&mut self, range: &std::ops::Range<usize>) {
        for run in runs(self.tokens, range.clone()) {
            let chain = parse_chain(&self.tokens[run.range.clone()], self.text, &self.world.lexicon, Options::default());
            let Some(link) = chain.ok().filter(|c| c.relations.len() == 1).map(|c| first_link(&c)) else {
                continue;
            };
            if let Expr::Symbol(symbol) = &link.left
                && of_a_limit(self.world, &link)
            {
                self.spoken.push(Condition::Value(symbol.clone(), link.right.clone()));
            }
        }
    }
}

/// "If the softmax were left out, the weights would …": said of what is not so.
fn counterfactual(tokens: &[Token], place: Span) -> bool {
    let inside = |t: &&Token| place.start <= t.span.start && t.span.end <= place.end;
    let has = |t: &Token, all: &[&str]| t.word().is_some_and(|w| all.contains(&w.as_str()));
    let would = tokens.iter().filter(inside).any(|t| has(t, &["would", "wouldn't"]));
    would && tokens.iter().filter(|t| !inside(t)).any(|t| has(t, &["if", "suppose", "without", "instead", "were"]))
}

/// The clauses of a sentence that the world knows.
pub fn find(world: &World, tokens: &[Token]) -> Vec<Known> {
    let clauses = split(tokens);
    let all: Vec<&Piece> = clauses.iter().flatten().collect();
    let mut found: Vec<Known> = Vec::new();
    for pieces in candidates(&clauses) {
        let (Some(first), Some(last)) = (pieces.first(), pieces.last()) else { continue };
        let span = first.span.to(last.span);
        if found.iter().any(|k| k.span.start < span.end && span.start < k.span.end) {
            continue;
        }
        let Some((index, denied, verbatim)) = proposition(world, &pieces) else { continue };
        let conditional = CONDITIONS.contains(&pieces[0].text.as_str());
        let outside = |p: &&&Piece| p.span.end <= span.start || p.span.start >= span.end;
        // "For m proportional to l, the cost is …": a condition beside the clause that no clause has taken up.
        let supposes = |c: &&Vec<Piece>| c.first().is_some_and(|p| outside(&&p) && CONDITIONS.contains(&p.text.as_str()));
        // "If m is half of l, …": sizes on which orders depend.
        if clauses.iter().filter(supposes).any(|c| sizes(world, c)) {
            continue;
        }
        let limits =
            |c: &&Vec<Piece>| supposes(c) && !(gives_a_reason(c) && c.iter().all(|p| span.end <= p.span.start)) && !of_all(c);
        let limited = all.iter().filter(outside).any(|p| LIMITS.contains(&p.text.as_str())) || clauses.iter().any(|c| limits(&c));
        found.push(Known { span, index, denied, verbatim, conditional, limited });
    }
    found
}

/// Whether a condition sets the variables of growth orders in a relation to each other that is not the question's own.
fn sizes(world: &World, clause: &[Piece]) -> bool {
    const RELATIONS: &[&str] = &[
        "=",
        "equals",
        "equal",
        "~",
        "∝",
        "always",
        "proportional",
        "proportionally",
        "grows",
        "scales",
        ">",
        "≥",
        "≫",
        "larger",
        "exceeds",
        "above",
        "longer",
        "greater",
        "bigger",
        "half",
        "twice",
        "fraction",
    ];
    let Some(growth) = &world.growth else { return false };
    let variable = |p: &Piece| growth.variables.contains_key(&p.text) || p.text == "ℓ" || p.text == "ell";
    let named = |p: &Piece| growth.names.values().flatten().any(|n| n.trim_end_matches('*') == p.text);
    let related = clause.iter().any(|p| RELATIONS.contains(&p.text.as_str()));
    related && clause.iter().filter(|p| variable(p) || named(p)).count() > 1 && clause.iter().any(variable)
}

/// The proposition that a row of words says or denies, with what stands in brackets or without it: word for word, else by its
/// notions.
fn proposition(world: &World, pieces: &[&Piece]) -> Option<(usize, bool, bool)> {
    let words = compared_parts(pieces.iter().map(|p| p.text.clone()).collect());
    let mut forms = vec![scores(bare(&words)), scores(bare(&outside_brackets(&words)))];
    forms.dedup();
    let forms = || forms.iter().filter(|f| f.len() > 1);
    let by_word = |form: &Vec<String>| world.propositions.iter().position(|p| p.clauses.iter().any(|clause| clause.is(form)));
    if let Some(index) = forms().find_map(by_word) {
        return Some((index, false, true));
    }
    // "In (i) c was …" speaks of another part.
    if words.windows(3).any(|w| w[0].starts_with("open(") && LABELS.contains(&w[1].as_str()) && w[2].starts_with("close(")) {
        return None;
    }
    // "Entries that are ≥ 0 and sum to 1 would already do": what would serve is not said to be so.
    if words.windows(2).any(|w| w[0] == "would" && matches!(w[1].as_str(), "already" | "do" | "suffice")) {
        return None;
    }
    forms().find_map(|form| {
        let notions = world.vocabulary.read(form);
        if notions.is_foreign() {
            return None;
        }
        let said = |(index, p): (usize, &Proposition)| {
            p.frames.iter().find_map(|f| f.says(&notions)).map(|denied| (index, denied, false))
        };
        world.propositions.iter().enumerate().find_map(said)
    })
}

/// "half of that in (c)(ii)", "compared to (c)": another part that a clause compares with, as words, `part c`.
fn compared_parts(words: Vec<String>) -> Vec<String> {
    let label = |at: usize, known: &dyn Fn(&str) -> bool| {
        let opens = words.get(at).is_some_and(|w| w.starts_with("open("));
        let closes = words.get(at + 2).is_some_and(|w| w.starts_with("close("));
        words.get(at + 1).filter(|w| opens && closes && known(w))
    };
    let question = |at: usize| label(at, &|w| matches!(w, "a" | "b" | "c" | "d"));
    let mut out: Vec<String> = Vec::with_capacity(words.len());
    let mut at = 0;
    while at < words.len() {
        let last = |n: usize| out.len().checked_sub(n).map_or("", |i| out[i].as_str());
        let with = match last(1) {
            "than" | "to" | "with" | "of" | "from" | "part" => true,
            "in" => matches!(last(2), "that" | "one" | "variance" | "than" | "as" | "what"),
            _ => false,
        };
        match question(at).filter(|_| with) {
            Some(letter) => {
                if out.last().is_some_and(|w| w != "part") {
                    out.push("part".into());
                }
                out.push(letter.clone());
                let below = label(at + 3, &|w| LABELS.contains(&w)).is_some();
                at += if below { 6 } else { 3 };
            }
            None => {
                out.push(words[at].clone());
                at += 1;
            }
        }
    }
    out
}

/// The rows of pieces that may be a clause, the longest first: the sentence, two clauses of which one is a condition, one clause,
/// and what "and" joins in one that is no condition.
fn candidates(clauses: &[Vec<Piece>]) -> Vec<Vec<&Piece>> {
    let begins = |clause: &[Piece]| clause.first().is_some_and(|p| CONDITIONS.contains(&p.text.as_str()));
    let mut out: Vec<Vec<&Piece>> = Vec::new();
    if clauses.len() > 1 {
        out.push(clauses.iter().flatten().collect());
    }
    for pair in clauses.windows(2) {
        let concludes = pair[0].last().is_some_and(|p| p.text == "and");
        let led = concludes || begins(&pair[0]) || begins(&pair[1]) || pair[0].iter().take(2).any(|p| p.text == "if");
        if led && clauses.len() > 2 {
            out.push(pair.iter().flatten().collect());
        }
    }
    for clause in clauses {
        out.push(clause.iter().collect());
        if begins(clause) {
            continue;
        }
        // "It is enough that q is long and points along k_j": what "and" joins is said of both together.
        if clause.iter().any(|p| OF_SEVERAL.contains(&p.text.as_str())) {
            continue;
        }
        let parts: Vec<&[Piece]> = clause.split(|p| p.text == "and").collect();
        // "linear in ℓ and m": a letter alone is no clause, and belongs to its neighbours.
        let lone = |i: usize| parts[i].len() == 1 && parts[i][0].text.chars().count() == 1;
        let cuts = |i: usize| i > 0 && i < parts.len() && (lone(i - 1) || lone(i));
        for from in 0..parts.len() {
            for to in from + 1..=parts.len() {
                // A part that begins with a condition leads what follows it.
                if to - from < parts.len() && !cuts(from) && !cuts(to) && !parts[..from].iter().any(|p| begins(p)) {
                    let start = parts[..from].iter().map(|p| p.len() + 1).sum::<usize>();
                    let length = parts[from..to].iter().map(|p| p.len() + 1).sum::<usize>() - 1;
                    out.push(clause[start..start + length].iter().collect());
                }
            }
        }
    }
    out.retain(|c| !c.is_empty());
    out
}

fn split(tokens: &[Token]) -> Vec<Vec<Piece>> {
    let mut out = vec![Vec::new()];
    let mut at = 0;
    let mut depth = 0usize;
    while at < tokens.len() {
        let (piece, next) = piece(tokens, at);
        match &tokens[at].kind {
            Tok::Open(_) => depth += 1,
            Tok::Close(_) => depth = depth.saturating_sub(1),
            _ => {}
        }
        let sign = matches!(tokens[at].kind, Tok::Comma | Tok::Semicolon | Tok::Stop | Tok::Colon | Tok::Implies | Tok::Gap);
        // "nothing is gained but the accuracy": all but that.
        let except = piece.text == "but" && out.last().is_some_and(|c: &Vec<Piece>| c.iter().any(|p| p.text == "nothing"));
        let ends = sign && depth == 0 || CLAUSE_ENDS.contains(&piece.text.as_str()) && !except;
        if ends {
            out.push(Vec::new());
        } else if let Some(last) = out.last_mut() {
            last.push(piece);
        }
        at = next;
    }
    out.retain(|c| !c.is_empty());
    out
}

/// The words without those that lead in or close and say nothing.
fn bare(words: &[String]) -> Vec<String> {
    let mut words = words;
    loop {
        let lead = LEADS.iter().find(|l| words.len() > l.len() && l.iter().zip(words).all(|(a, b)| a == b));
        match lead {
            Some(lead) => words = &words[lead.len()..],
            None => break,
        }
    }
    while words.len() > 1 && TAILS.contains(&words[words.len() - 1].as_str()) {
        words = &words[..words.len() - 1];
    }
    words.to_vec()
}

/// The words that stand in no brackets.
fn outside_brackets(words: &[String]) -> Vec<String> {
    let mut depth = 0usize;
    let mut out = Vec::new();
    for word in words {
        // Braces hold an exponent or an index.
        let brace = depth == 0 && word.ends_with("(brace)");
        if word.starts_with("open(") && !brace {
            depth += 1;
        } else if word.starts_with("close(") && !brace {
            depth = depth.saturating_sub(1);
        } else if depth == 0 {
            out.push(word.clone());
        }
    }
    out
}

/// `k_j^T q` as one word, `s_j`.
fn scores(words: Vec<String>) -> Vec<String> {
    const BETWEEN: &[&str] = &["transpose", "sup", "times", "t"];
    let mut out: Vec<String> = Vec::new();
    let mut at = 0;
    while at < words.len() {
        let key = words[at].strip_prefix("k_");
        let end = at + 1 + words[at + 1..].iter().take_while(|w| BETWEEN.contains(&w.as_str())).count();
        match key.filter(|_| end > at + 1 && words.get(end).is_some_and(|w| w == "q")) {
            Some(letter) => {
                out.push(format!("s_{letter}"));
                at = end + 1;
            }
            None => {
                out.push(words[at].clone());
                at += 1;
            }
        }
    }
    out
}
