//! Which question a part answers: its label, the file's name, or what it talks about.

use std::collections::BTreeSet;
use std::path::Path;

use crate::document::{Document, Part};
use crate::language::{Lexicon, Tok, lex};
use crate::world::{Library, World};

/// The question of a part and how it is known.
#[derive(Debug, Clone, PartialEq)]
pub enum Question {
    /// Its label says so.
    Labelled(String),
    /// Inferred; the text says from what.
    Inferred(String, String),
    /// None of the worlds.
    Unknown,
}

/// Finds the question of each part of a document.
pub fn questions(document: &Document, library: &Library) -> Vec<Question> {
    let hint = name_path(&document.file);
    document.parts.iter().map(|p| question(document, p, library, &hint)).collect()
}

/// Whether labels or the file's name say which question is answered, though no world is about it.
pub fn named_elsewhere(document: &Document) -> bool {
    name_path(&document.file).len() > 1 || document.parts.iter().any(|p| p.label.path.len() > 1)
}

fn question(document: &Document, part: &Part, library: &Library, hint: &[String]) -> Question {
    let path = &part.label.path;
    let id = id_of(path);
    if library.get(&id).is_some() {
        return Question::Labelled(id);
    }
    // A file that is named after one question holds its answer: what looks like part of another label, `1.` in 3b, numbers a list.
    let hinted = library.get(&id_of(hint)).map(|world| Question::Inferred(world.id.clone(), "the file's name".into()));
    if path.len() < 2
        && let Some(question) = hinted
    {
        return question;
    }
    let candidates: Vec<&World> = library.iter().filter(|w| fits(&components(&w.id), path)).collect();
    if let ([world], false) = (candidates.as_slice(), path.is_empty()) {
        return Question::Labelled(world.id.clone());
    }
    if let Some(question) = hinted {
        return question;
    }
    let words = vocabulary(document, part);
    if words.is_empty() {
        return Question::Unknown;
    }
    let mut best: Option<(f64, &World)> = None;
    for world in candidates {
        let score: f64 = world.signals.iter().filter(|(k, _)| words.contains(k.as_str())).map(|(_, w)| w).sum();
        if score > 0.0 && best.is_none_or(|(s, _)| score > s) {
            best = Some((score, world));
        }
    }
    match best {
        Some((_, world)) => Question::Inferred(world.id.clone(), "what it talks about".into()),
        None => Question::Unknown,
    }
}

/// `["1", "b", "ii"]` as `1b.ii`.
fn id_of(path: &[String]) -> String {
    match path {
        [a, b, rest @ ..] => std::iter::once(format!("{a}{b}")).chain(rest.iter().cloned()).collect::<Vec<_>>().join("."),
        other => other.concat(),
    }
}

/// `1b.ii` as `["1", "b", "ii"]`.
fn components(id: &str) -> Vec<String> {
    let (head, tail) = id.split_once('.').map_or((id, None), |(h, t)| (h, Some(t)));
    let digits: String = head.chars().take_while(char::is_ascii_digit).collect();
    let letter = &head[digits.len()..];
    [digits.as_str(), letter].into_iter().chain(tail).filter(|s| !s.is_empty()).map(str::to_string).collect()
}

/// Whether a label without its head or its tail can be the question's.
fn fits(id: &[String], path: &[String]) -> bool {
    id.ends_with(path) || id.starts_with(path)
}

/// A label at the beginning of a file's name, `1b_ii_answer.md`.
fn name_path(file: &str) -> Vec<String> {
    let stem = Path::new(file).file_stem().and_then(|s| s.to_str()).unwrap_or("").to_lowercase();
    let stem = stem.trim_start_matches("question").trim_start_matches('q');
    let mut path: Vec<String> = Vec::new();
    for word in stem.split(|c: char| !c.is_ascii_alphanumeric()) {
        let digits: String = word.chars().take_while(char::is_ascii_digit).collect();
        let rest = &word[digits.len()..];
        let pieces = [digits.as_str(), rest].into_iter().filter(|s| !s.is_empty());
        for piece in pieces {
            let good = match path.len() {
                0 => piece.len() == 1 && piece.bytes().all(|b| b.is_ascii_digit()),
                1 => piece.len() == 1 && ("a"..="h").contains(&piece),
                2 => matches!(piece, "i" | "ii" | "iii" | "iv" | "v" | "vi"),
                _ => false,
            };
            if !good {
                return path;
            }
            path.push(piece.to_string());
        }
    }
    path
}

/// The words and symbols of a part: words in lower case and as written, symbols as `k_a`.
fn vocabulary(document: &Document, part: &Part) -> BTreeSet<String> {
    let mut out = BTreeSet::new();
    let lexicon = Lexicon::default();
    for piece in part.blocks.iter().flat_map(|b| &b.pieces) {
        let text = piece.span.of(&document.text);
        let tokens = lex(text, 0, piece.kind != crate::document::PieceKind::Words, &lexicon);
        for (i, token) in tokens.iter().enumerate() {
            match &token.kind {
                Tok::Word(w) => {
                    out.insert(w.to_lowercase());
                    out.insert(w.clone());
                    if let [name, index] = w.chars().collect::<Vec<_>>().as_slice() {
                        out.insert(format!("{name}_{index}"));
                    }
                }
                Tok::Name(n) => {
                    out.insert(n.clone());
                    let below = |j: usize| tokens.get(j).map(|t| &t.kind);
                    let index = match (below(i + 1), below(i + 2)) {
                        (Some(Tok::Sub), Some(Tok::Name(l) | Tok::Number(l))) => Some(l.clone()),
                        (Some(Tok::Sub), Some(Tok::Open(_))) => match below(i + 3) {
                            Some(Tok::Name(l) | Tok::Number(l)) => Some(l.clone()),
                            _ => None,
                        },
                        (Some(Tok::Name(l) | Tok::Number(l)), _) if tokens[i + 1].spaced || !tokens[i + 1].math => {
                            Some(l.clone())
                        }
                        _ => None,
                    };
                    if let Some(index) = index {
                        out.insert(format!("{n}_{index}"));
                    }
                    if n == "O" && matches!(below(i + 1), Some(Tok::Open(_))) {
                        out.insert("O(".into());
                    }
                }
                Tok::Number(n) => {
                    out.insert(n.clone());
                }
                Tok::Rel(r) => {
                    out.insert(r.plain().into());
                }
                _ => {}
            }
        }
        if text.contains("out of") {
            out.insert("out of".into());
        }
    }
    out
}
