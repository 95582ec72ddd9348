//! Words beside mathematics that only name it: "the factor t", "‖c - v_j‖ is ≤ …", "the norm of Σ α_i v_i is at most …", and letters for
//! what the question has a name for: the smallest gap of the scores, the length of a key along its mean.

use super::phrases::{boundary, is_word, made, replaced, worded, words_are};
use crate::language::{Bracket, Relation, Tok, Token};
use crate::span::Span;
use crate::world::{VectorLaw, World};

/// The tokens with these words as signs, or left out.
pub fn beside(tokens: Vec<Token>, world: &World) -> Vec<Token> {
    let tokens = replaced(&idle_parts(tokens, world), |tokens, at| factor(tokens, at, world));
    let tokens = norms(verbs_before_signs(tokens));
    eigenvalues(named_in_words(gaps(comparatives(tokens), world), world), world)
}

/// `q = β (k_a + k_b) + r` "with r perpendicular to all keys": a part that no score has, left out where nobody asks for lengths.
fn idle_parts(tokens: Vec<Token>, world: &World) -> Vec<Token> {
    let measured = |t: &Token| t.kind == Tok::DoubleBar || t.word().is_some_and(|w| matches!(w.as_str(), "norm" | "length"));
    if !world.attends() || tokens.iter().any(measured) {
        return tokens;
    }
    let Some(idle) = (0..tokens.len()).find_map(|at| perpendicular(&tokens, at).map(|_| tokens[at].kind.clone())) else {
        return tokens;
    };
    let letter = |t: &Token| t.kind == idle;
    replaced(&tokens, |tokens, at| {
        // "…, where r is perpendicular to every key"
        let leads = tokens[at].word().is_some_and(|w| matches!(w.as_str(), "with" | "where"));
        let from = at + usize::from(leads);
        if tokens.get(from).is_some_and(letter)
            && let Some(end) = perpendicular(tokens, from)
        {
            return Some((end, vec![]));
        }
        let added = tokens[at].kind == Tok::Plus && tokens.get(at + 1).is_some_and(letter);
        let ends = tokens.get(at + 2).is_none_or(|t| boundary(t) || t.kind == Tok::Gap);
        (added && ends).then_some((at + 2, vec![]))
    })
}

/// "r is perpendicular to all of the keys" from its letter on: where it ends.
fn perpendicular(tokens: &[Token], at: usize) -> Option<usize> {
    let word = |i: usize, of: &[&str]| is_word(tokens, i, of);
    let letter = matches!(&tokens[at].kind, Tok::Name(n) if n.chars().count() == 1 && n != "q");
    let is = at + 1 + usize::from(word(at + 1, &["is", "being"]));
    (letter && word(is, &["perpendicular", "orthogonal"]) && word(is + 1, &["to"])).then_some(())?;
    word(is + 2, &["all", "every", "each", "any"]).then_some(())?;
    let noun = (is + 3..is + 5).find(|i| !word(*i, &["of", "the"])).unwrap_or(is + 5);
    word(noun, &["key", "keys"]).then_some(noun + 1)
}

/// What a number that a key is drawn with may be called.
const FACTORS: &[&str] = &["factor", "multiplier", "coefficient", "scalar", "number", "variable", "multiple"];

/// "the (random) factor t": the letter alone, where it is one that the question knows for no vector.
fn factor(tokens: &[Token], at: usize, world: &World) -> Option<(usize, Vec<Token>)> {
    let word = |i: usize, of: &[&str]| is_word(tokens, i, of);
    let noun = at + 1 + usize::from(word(at + 1, &["random", "scalar"]));
    let named = word(at, &["the", "this", "our", "my"]) && word(noun, FACTORS);
    let Tok::Name(letter) = &tokens.get(noun + 1).filter(|_| named)?.kind else { return None };
    let number =
        !world.lexicon.is_family(letter) && !world.dimensions.contains_key(letter) && !world.vectors.contains_key(letter);
    let said = tokens.get(noun + 2).is_some_and(|t| t.word().is_some());
    (number && world.draws() && said).then(|| (noun + 2, vec![tokens[noun + 1].clone()]))
}

/// "for X > 1 c ≈ v_a, when it is smaller c ≈ v_b", "…, below it c ≈ v_b": otherwise; "above X = 1": for X > 1.
fn comparatives(tokens: Vec<Token>) -> Vec<Token> {
    replaced(&tokens, |tokens, at| other_case(tokens, at).or_else(|| beyond(tokens, at)))
}

fn other_case(tokens: &[Token], at: usize) -> Option<(usize, Vec<Token>)> {
    const MORE: &[&str] =
        &["smaller", "less", "lower", "shorter", "below", "larger", "bigger", "greater", "longer", "above", "not"];
    const THAT: &[&str] = &["it", "that", "this"];
    let word = |i: usize, of: &[&str]| is_word(tokens, i, of);
    let kind = |i: usize| tokens.get(i).map(|t| &t.kind);
    let compared = bounded_before(&tokens[..at])
        && word(at, &["when", "if"])
        && word(at + 1, THAT)
        && word(at + 2, &["is", "gets"])
        && word(at + 3, MORE);
    // "if it is smaller than 0.5" has a bound of its own; "when it is smaller we …" has none.
    let alone = !word(at + 4, &["than", "by", "and", "or"]) && !matches!(kind(at + 4), None | Some(Tok::Number(_)));
    let side = word(at, &["below", "above"]);
    let behind = at > 0 && (parted(tokens, at) || word(at - 1, &["and", "but"]));
    let output = |i: usize| tokens.get(i).is_some_and(|t| t.is_name("c"));
    let end = match () {
        () if compared && alone => at + 4,
        () if side && behind && word(at + 1, THAT) && (output(at + 2) || kind(at + 2) == Some(&Tok::Comma)) => at + 2,
        () if side && behind && output(at + 1) => at + 1,
        () => return None,
    };
    let then = kind(end) == Some(&Tok::Comma) && word(end + 1, &["then"]);
    let end = if then { end + 2 } else { end };
    let place = tokens[at].span.to(tokens[end - 1].span);
    Some((end, vec![Token { kind: Tok::Word("otherwise".into()), span: place, ..tokens[at].clone() }]))
}

/// Whether a bound stands in this sentence or the one before: of what the other case is one.
fn bounded_before(tokens: &[Token]) -> bool {
    const SENTENCES: usize = 2;
    let order = |t: &Token| matches!(&t.kind, Tok::Rel(r) if r.is_order());
    let words = |t: &Token| t.word().is_some_and(|w| w == "than");
    tokens.rsplit(|t| t.kind == Tok::Stop).take(SENTENCES).flatten().any(|t| order(t) || words(t))
}

/// Whether a clause begins at a place.
fn parted(tokens: &[Token], at: usize) -> bool {
    at == 0 || boundary(&tokens[at - 1]) && tokens[at - 1].word().is_none()
}

/// "above X = 1": the value is the bound.
fn beyond(tokens: &[Token], at: usize) -> Option<(usize, Vec<Token>)> {
    let relation = match tokens[at].word()?.as_str() {
        "above" | "beyond" => Relation::Greater,
        "below" => Relation::Less,
        _ => return None,
    };
    let [letter, sign, number] = tokens.get(at + 1..at + 4)? else { return None };
    let valued = matches!((&letter.kind, &sign.kind, &number.kind), (Tok::Name(_), Tok::Rel(Relation::Equal), Tok::Number(_)));
    (valued && parted(tokens, at)).then(|| {
        let lead = Token { kind: Tok::Word("for".into()), ..tokens[at].clone() };
        (at + 4, vec![lead, letter.clone(), Token { kind: Tok::Rel(relation), ..sign.clone() }, number.clone()])
    })
}

/// "‖c - v_j‖ is ≤ …": the verb before a sign says nothing more.
fn verbs_before_signs(tokens: Vec<Token>) -> Vec<Token> {
    let order = |t: &Token| matches!(&t.kind, Tok::Rel(r) if r.is_order());
    let verb = |i: usize| {
        i > 0
            && tokens[i].word().is_some_and(|w| matches!(w.as_str(), "is" | "are"))
            && !boundary(&tokens[i - 1])
            && tokens.get(i + 1).is_some_and(order)
    };
    (0..tokens.len()).filter(|i| !verb(*i)).map(|i| tokens[i].clone()).collect()
}

/// Ways to bound a length, and the signs for them.
const BOUNDS: &[(&[&str], Relation)] = &[
    (&["at", "most"], Relation::LessEqual),
    (&["not", "larger", "than"], Relation::LessEqual),
    (&["not", "more", "than"], Relation::LessEqual),
    (&["no", "more", "than"], Relation::LessEqual),
    (&["no", "larger", "than"], Relation::LessEqual),
    (&["bounded", "by"], Relation::LessEqual),
    (&["at", "least"], Relation::GreaterEqual),
];

/// "the norm of Σ … is at most X" and "Σ … has norm at most X" of more than a symbol, which the readers of quantities know.
fn norms(mut tokens: Vec<Token>) -> Vec<Token> {
    let norm = |t: &Token| t.word().is_some_and(|w| matches!(w.as_str(), "norm" | "length"));
    let mut at = 1;
    while at < tokens.len() {
        if norm(&tokens[at])
            && let Some(found) = norm_of(&tokens, at).or_else(|| has_norm(&tokens, at))
        {
            let NormOf { start, operand, end, relation } = found;
            let bar = |at: usize| Token { spaced: true, ..made(Tok::DoubleBar, Span::new(at, at)) };
            let (from, to) = (tokens[operand.start].span.start, tokens[operand.end - 1].span.end);
            let sign = made(Tok::Rel(relation), tokens[end - 1].span);
            let mut with = vec![bar(from)];
            with.extend_from_slice(&tokens[operand]);
            with.extend([bar(to), sign]);
            tokens.splice(start..end, with);
        }
        at += 1;
    }
    tokens
}

/// A length in words: from where to where it stands, of what, and how it is bounded.
struct NormOf {
    start: usize,
    operand: std::ops::Range<usize>,
    end: usize,
    relation: Relation,
}

/// What bounds begin at a place, and where they end.
fn bound(tokens: &[Token], at: usize) -> Option<(usize, Relation)> {
    BOUNDS.iter().find(|(words, _)| words_are(tokens, at, words)).map(|(words, relation)| (at + words.len(), *relation))
}

/// Whether tokens are more than a symbol with its index: sums and differences.
fn composed(tokens: &[Token]) -> bool {
    tokens.iter().any(|t| matches!(t.kind, Tok::Sum | Tok::Plus | Tok::Minus))
        && !tokens.iter().any(|t| matches!(t.kind, Tok::Rel(_)))
        || tokens.iter().any(|t| t.kind == Tok::Sum)
}

/// "the norm of Σ … is at most".
fn norm_of(tokens: &[Token], norm: usize) -> Option<NormOf> {
    let word = |i: usize, of: &[&str]| is_word(tokens, i, of);
    (word(norm - 1, &["the", "its"]) && word(norm + 1, &["of"])).then_some(())?;
    let from = norm + 2;
    let to =
        from + tokens[from..].iter().position(|t| t.word().is_some() || matches!(t.kind, Tok::Stop | Tok::Comma | Tok::Gap))?;
    word(to, &["is", "are", "stays"]).then_some(())?;
    let (end, relation) = bound(tokens, to + 1)?;
    composed(&tokens[from..to]).then_some(NormOf { start: norm - 1, operand: from..to, end, relation })
}

/// "Σ … (,) has norm at most".
fn has_norm(tokens: &[Token], norm: usize) -> Option<NormOf> {
    let has = norm - usize::from(tokens[norm - 1].word().is_some_and(|w| w == "a")) - 1;
    tokens.get(has)?.word().filter(|w| matches!(w.as_str(), "has" | "have"))?;
    let to = has - usize::from(has > 0 && tokens[has - 1].kind == Tok::Comma);
    let ends = |t: &Token| t.word().is_some() || matches!(t.kind, Tok::Stop | Tok::Comma | Tok::Gap | Tok::Colon);
    let from = tokens[..to].iter().rposition(ends).map_or(0, |i| i + 1);
    let of = norm + 1 + usize::from(tokens.get(norm + 1).and_then(Token::word).is_some_and(|w| w == "of"));
    let (end, relation) = bound(tokens, of)?;
    (from < to && composed(&tokens[from..to])).then_some(NormOf { start: from, operand: from..to, end, relation })
}

/// "Denote by Δ the smallest of the gaps …", "let γ be the length of k_a along μ_a": `Δ = g`, `γ = X`, where the question has a name for
/// it.
fn named_in_words(tokens: Vec<Token>, world: &World) -> Vec<Token> {
    let gap = separated(world).map(|(gap, _)| gap);
    let mut definitions = world.definitions.iter();
    let length = definitions.find(|d| {
        let symbols = d.body.symbols();
        d.parameters.is_empty() && symbols.len() == 2 && symbols.iter().any(|s| world.is_drawn(&s.name))
    });
    let length = length.map(|d| d.name.clone());
    if gap.is_none() && length.is_none() {
        return tokens;
    }
    replaced(&tokens, |tokens, at| {
        let (letter, from) = letter_for(tokens, at)?;
        let gap = gap.filter(|_| smallest_gap(tokens, from));
        let (name, end) = match (gap, &length) {
            (Some(gap), _) => (gap, tail(tokens, from)?),
            (None, Some(length)) => (length, length_along(tokens, from)?),
            _ => return None,
        };
        let own = matches!(&letter.kind, Tok::Name(n) if n != name);
        own.then(|| {
            let place = tokens[from].span.to(tokens[end - 1].span);
            (end, let_be(&tokens[at], letter, name, place))
        })
    })
}

/// "If every other score lies at least Δ below s_j, …", "if all gaps are at least Δ": `let Δ = g`, of a world where every gap is at least
/// g. "If all gaps are ln n": `if s_j - s_i = ln n for all i ≠ j`.
fn gaps(tokens: Vec<Token>, world: &World) -> Vec<Token> {
    let Some((gap, letter)) = separated(world) else { return tokens };
    replaced(&tokens, |tokens, at| {
        is_word(tokens, at, &["if", "when", "whenever", "once", "were", "where"]).then_some(())?;
        let all = at + 1;
        let noun = all + 1 + usize::from(is_word(tokens, all + 1, &["the", "score", "of"]));
        is_word(tokens, all, &["all", "every", "each"]).then_some(())?;
        at_least(tokens, all, noun, letter)
            .and_then(|(own, end)| bounded_gaps(tokens, at, own, end, gap))
            .or_else(|| equal_gaps(tokens, noun, world, letter))
    })
}

/// The least gap of a world whose query separates the scores, and the letter of the key that is ahead.
fn separated(world: &World) -> Option<(&String, &String)> {
    world.vectors.values().find_map(|v| match &v.law {
        VectorLaw::Separates { gap, letter, .. } => Some((gap, letter)),
        VectorLaw::Generic => None,
    })
}

/// `let Δ = g` at a place of the text.
fn let_be(opens: &Token, letter: &Token, name: &str, place: Span) -> Vec<Token> {
    let let_it = Token { kind: Tok::Word("let".into()), ..opens.clone() };
    vec![let_it, letter.clone(), made(Tok::Rel(Relation::Equal), place), made(Tok::Name(name.into()), place)]
}

/// "all gaps are at least Δ", "every other score lies at least Δ below s_j": the letter, and where the words end.
fn at_least<'t>(tokens: &'t [Token], all: usize, noun: usize, letter: &str) -> Option<(&'t Token, usize)> {
    let word = |i: usize, of: &[&str]| is_word(tokens, i, of);
    let own = |i: usize| tokens.get(i).filter(|t| matches!(t.kind, Tok::Name(_)));
    if word(noun, GAPS) && word(noun + 1, &["is", "are"]) && word(noun + 2, &["at"]) && word(noun + 3, &["least"]) {
        return Some((own(noun + 4)?, noun + 5));
    }
    let scores = all + 1 + usize::from(word(all + 1, &["the"]));
    let scores = word(scores, &["other"]).then_some(scores + 1).filter(|i| word(*i, &["score", "scores"]))?;
    let verb = scores + 1 + usize::from(word(scores + 1, &["is", "are", "lies", "lie", "stays", "stay"]));
    (word(verb, &["at"]) && word(verb + 1, &["least"]) && word(verb + 3, &["below", "under"])).then_some(())?;
    let rival = verb + 4;
    let indexed = tokens.get(rival + 1).is_some_and(|t| t.kind == Tok::Sub) && tokens.get(rival + 2)?.is_name(letter);
    let named = word(rival, &["it"]).then_some(rival + 1);
    let end = named.or_else(|| (indexed && tokens[rival].is_name("s")).then_some(rival + 3));
    let of = word(rival, &["that"]) && word(rival + 1, &["of"]) && tokens.get(rival + 2)?.is_name(letter);
    Some((own(verb + 2)?, end.or_else(|| of.then_some(rival + 3))?))
}

/// What the gaps are called.
const GAPS: &[&str] = &["gap", "gaps", "margin", "margins", "differences", "difference"];

fn bounded_gaps(tokens: &[Token], at: usize, own: &Token, end: usize, gap: &str) -> Option<(usize, Vec<Token>)> {
    let comma = tokens.get(end).filter(|t| t.kind == Tok::Comma)?;
    let then = end + 1 + usize::from(is_word(tokens, end + 1, &["then"]));
    let place = tokens[at].span.to(tokens[end - 1].span);
    let mut set = let_be(&tokens[at], own, gap, place);
    set.push(Token { kind: Tok::Stop, ..comma.clone() });
    (!own.is_name(gap)).then_some((then, set))
}

/// "if all gaps are equal to ln(99(n-1)),": each difference is that number.
fn equal_gaps(tokens: &[Token], noun: usize, world: &World, letter: &str) -> Option<(usize, Vec<Token>)> {
    let word = |i: usize, of: &[&str]| is_word(tokens, i, of);
    (word(noun, GAPS) && word(noun + 1, &["is", "are", "equal", "equals", "were"])).then_some(())?;
    let is = noun + 2;
    let from = match () {
        () if word(is, &["equal", "exactly"]) => is + 1 + usize::from(word(is + 1, &["to"])),
        () if word(noun + 1, &["equal"]) && word(is, &["to"]) => is + 1,
        () => is,
    };
    let end = from + tokens.get(from..)?.iter().position(boundary)?;
    // A letter of the writer's own is no number yet.
    let known = |t: &Token| !matches!(&t.kind, Tok::Name(n) if !world.dimensions.contains_key(n) && n != "ln" && n != "log");
    (end > from && tokens[end].kind == Tok::Comma && tokens[from..end].iter().all(known)).then_some(())?;
    let place = tokens[noun].span;
    let name = |n: &str| made(Tok::Name(n.into()), place);
    let sign = |kind| Token { spaced: false, ..made(kind, place) };
    let plain = |w: &str| worded(w, place);
    let score = |i: &str| [name("s"), sign(Tok::Sub), name(i)];
    let mut out = vec![plain("if")];
    out.extend(score(letter).into_iter().chain([sign(Tok::Minus)]).chain(score("i")).chain([sign(Tok::Rel(Relation::Equal))]));
    out.extend(tokens[from..end].iter().cloned());
    out.extend([plain("for"), plain("all"), name("i"), sign(Tok::Rel(Relation::NotEqual)), name(letter)]);
    Some((end, out))
}

/// "Σ_a has the eigenvalue α + ½ along μ_a": `Σ_a μ_a = (α + ½) μ_a`.
fn eigenvalues(tokens: Vec<Token>, world: &World) -> Vec<Token> {
    let Some(at) = (1..tokens.len()).find(|i| is_word(&tokens, *i, &["eigenvalue"])) else { return tokens };
    let word = |i: usize, of: &[&str]| is_word(&tokens, i, of);
    let read = || {
        let has = (at.saturating_sub(2)..at).find(|i| word(*i, &["has", "have"]))?;
        let start = tokens[..has].iter().rposition(boundary).map_or(0, |i| i + 1);
        let to = at + 1 + tokens[at + 1..].iter().position(boundary)?;
        let way = DIRECTIONS.iter().find(|way| words_are(&tokens, to, way))?;
        let from = to + way.len();
        let end = from + tokens[from..].iter().position(boundary).unwrap_or(tokens.len() - from);
        let of_matrix = matches!(&tokens.get(start)?.kind, Tok::Name(n) if world.lexicon.resolve(n).is_some());
        (of_matrix && start < has && at + 1 < to && from < end).then_some(())?;
        let place = tokens[has].span.to(tokens[at].span);
        let vector = &tokens[from..end];
        let mut out = tokens[..has].to_vec();
        out.extend(vector.iter().map(|t| Token { span: place, ..t.clone() }));
        out.extend([made(Tok::Rel(Relation::Equal), place), made(Tok::Open(Bracket::Round), place)]);
        out.extend(tokens[at + 1..to].iter().cloned());
        out.push(made(Tok::Close(Bracket::Round), tokens[to - 1].span));
        out.extend(tokens[from..].iter().cloned());
        Some(out)
    };
    read().unwrap_or(tokens)
}

/// How a direction is named behind an eigenvalue.
const DIRECTIONS: &[&[&str]] = &[
    &["along"],
    &["in", "the", "direction", "of"],
    &["in", "the", "direction"],
    &["in", "direction"],
    &["with", "eigenvector"],
    &["with", "the", "eigenvector"],
    &["for", "the", "eigenvector"],
    &["belonging", "to"],
];

/// "denote by Δ", "let Δ be", "write Δ for", "call Δ": the letter, and where what it stands for begins.
fn letter_for(tokens: &[Token], at: usize) -> Option<(&Token, usize)> {
    let word = |i: usize, of: &[&str]| is_word(tokens, i, of);
    let name = |i: usize| tokens.get(i).filter(|t| matches!(t.kind, Tok::Name(_)));
    match () {
        () if word(at, &["denote", "denoting"]) && word(at + 1, &["by", "with"]) => Some((name(at + 2)?, at + 3)),
        () if word(at, &["let"]) && word(at + 2, &["be", "denote", "stand"]) => {
            Some((name(at + 1)?, at + 3 + usize::from(word(at + 3, &["for"]))))
        }
        () if word(at, &["write", "writing", "use"]) && word(at + 2, &["for"]) => Some((name(at + 1)?, at + 3)),
        () if word(at, &["call"]) => Some((name(at + 1)?, at + 2)),
        () => None,
    }
}

/// "the smallest of the gaps", "the minimal score difference".
fn smallest_gap(tokens: &[Token], from: usize) -> bool {
    let word = |i: usize, of: &[&str]| is_word(tokens, i, of);
    let least = from + usize::from(word(from, &["the"]));
    let of = if words_are(tokens, least + 1, &["of", "the"]) { 2 } else { usize::from(word(least + 1, &["score"])) };
    word(least, &["smallest", "minimal", "least", "minimum"])
        && word(least + 1 + of, &["gap", "gaps", "margin", "margins", "lead", "difference", "differences"])
}

/// What follows says between what: up to the end of the sentence, or to what is said of it. No relation stands in it.
fn tail(tokens: &[Token], from: usize) -> Option<usize> {
    let open = |t: &Token| matches!(t.kind, Tok::Stop | Tok::Semicolon | Tok::Implies) || t.word().is_some_and(|w| w == "then");
    let end = from + tokens.get(from..)?.iter().position(open)?;
    let signs = |t: &Token| matches!(&t.kind, Tok::Rel(r) if *r != Relation::NotEqual);
    (!tokens[from..end].iter().any(signs)).then_some(end)
}

/// "the length of k_a along μ_a", "the component of k_a in the direction of μ_a": where it ends.
fn length_along(tokens: &[Token], from: usize) -> Option<usize> {
    const WAYS: &[&[&str]] = &[&["along"], &["in", "the", "direction", "of"], &["in", "direction", "of"], &["onto"], &["on"]];
    let word = |i: usize, of: &[&str]| is_word(tokens, i, of);
    let indexed = |i: usize, name: &str| {
        let named = tokens.get(i).is_some_and(|t| t.is_name(name)) && tokens.get(i + 1).is_some_and(|t| t.kind == Tok::Sub);
        tokens.get(i + 2).filter(|t| named && matches!(t.kind, Tok::Name(_)))
    };
    let noun = from + usize::from(word(from, &["the"]));
    (word(noun, &["length", "component", "projection", "size", "coordinate"]) && word(noun + 1, &["of"])).then_some(())?;
    let key = indexed(noun + 2, "k")?;
    let way = WAYS.iter().find(|way| words_are(tokens, noun + 5, way))?;
    let mean = noun + 5 + way.len();
    (indexed(mean, "mu")?.kind == key.kind).then_some(mean + 3)
}

#[cfg(test)]
mod tests {
    use super::super::phrases::shown;
    use super::*;

    fn read(question: &str, text: &str) -> String {
        shown(question, text, beside)
    }

    #[test]
    fn words_that_only_name() {
        assert_eq!(read("1c.ii", "The factor t is above 1"), "t is above 1");
        assert_eq!(read("1c.ii", "the factor is above 1"), "the factor is above 1");
        assert_eq!(read("1a.iii", "‖c‖ is ≤ 1"), "‖ c ‖ ≤ 1");
        assert_eq!(read("1a.iii", "it is ≤ 1"), "it is ≤ 1", "a word before the verb");
    }

    #[test]
    fn parts_that_no_score_has() {
        let answer = "q = k_a + k_b + z with z perpendicular to all of the keys.";
        assert_eq!(read("1b.ii", answer), "q = k Sub a Plus k Sub b Stop");
        assert_eq!(
            read("1b.ii", "q = k_a + z with z orthogonal to k_a."),
            "q = k Sub a Plus z with z orthogonal to k Sub a Stop"
        );
        assert!(read("1b.ii", &format!("{answer} Its length is 2.")).contains("Plus z"), "a length has it");
    }

    #[test]
    fn lengths_of_sums() {
        assert_eq!(read("1a.iii", "the norm of v_i − v_j is at most 2."), "‖ v Sub i Minus v Sub j ‖ ≤ 2 Stop");
        assert_eq!(read("1a.iii", "v_i − v_j has norm at most 2."), "‖ v Sub i Minus v Sub j ‖ ≤ 2 Stop");
        assert_eq!(read("1a.iii", "the norm of v_i is at most 2."), "the norm of v Sub i is at most 2 Stop");
    }

    #[test]
    fn a_letter_for_the_smallest_gap() {
        assert_eq!(read("1a.ii", "Let D be the smallest gap. Then"), "let D = g Stop Then");
        assert_eq!(read("1a.ii", "Denote by D the smallest of the gaps s_j − s_i, i ≠ j. Then"), "let D = g Stop Then");
        assert_eq!(read("1a.ii", "Let D be the largest gap. Then"), "Let D be the largest gap Stop Then");
        assert_eq!(read("1a.ii", "Let D be the smallest gap = 3."), "Let D be the smallest gap = 3 Stop");
    }

    #[test]
    fn a_letter_for_the_length_of_a_key() {
        assert_eq!(read("1c.ii", "Let D be the length of k_a along μ_a. Then"), "let D = X Stop Then");
        assert_eq!(
            read("1c.ii", "Write D for the length of k_a along μ_b."),
            "Write D for the length of k Sub a along mu Sub b Stop"
        );
    }

    #[test]
    fn all_gaps_in_a_condition() {
        assert_eq!(read("1a.ii", "If all gaps are at least D, then x"), "let D = g Stop x");
        assert_eq!(read("1a.ii", "When every other score lies at least D below s_j, x"), "let D = g Stop x");
        assert_eq!(read("1a.ii", "If all gaps are at least D below"), "If all gaps are at least D below", "no end");
        assert_eq!(
            read("1a.ii", "If every gap equals ln 4, x"),
            "if s Sub j Minus s Sub i = Function(\"ln\") 4 for all i ≠ j Comma x"
        );
        assert_eq!(read("1a.ii", "If every gap equals D, x"), "If every gap equals D Comma x", "a letter of nobody's");
    }

    #[test]
    fn eigenvalues_along_a_direction() {
        assert_eq!(
            read("1c.ii", "Σ_a has the eigenvalue 2 along μ_a."),
            "Sigma Sub a mu Sub a = Open(Round) 2 Close(Round) mu Sub a Stop"
        );
        assert_eq!(read("1c.ii", "It has the eigenvalue 2 along μ_a."), "It has the eigenvalue 2 along mu Sub a Stop");
    }

    #[test]
    fn the_other_case() {
        assert_eq!(read("1c.ii", "X > 1, when it is smaller c is v"), "X > 1 Comma otherwise c is v");
        assert_eq!(read("1c.ii", "when it is smaller c is v"), "when it is smaller c is v", "of no case");
        assert_eq!(read("1c.ii", "when it is smaller than 1"), "when it is smaller than 1");
        assert_eq!(read("1c.ii", "X > 1. If it is not, then c is v"), "X > 1 Stop otherwise c is v");
        assert_eq!(read("1c.ii", "above X = 1 it is v, below it c is v"), "for X > 1 it is v Comma otherwise c is v");
    }
}
