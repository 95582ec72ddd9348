//! Turns of phrase around orders as one plain word each: "all in all", "summing up", "in O-language", "in between".

use super::super::atoms::Atom;

/// Phrases, with the word that says the same; those with no word say nothing.
const PHRASES: &[(&[&str], &str)] = &[
    (&["all", "in", "all"], "altogether"),
    (&["all", "taken", "together"], "altogether"),
    (&["taken", "together"], "altogether"),
    (&["put", "together"], "altogether"),
    (&["summing", "it", "up"], "altogether"),
    (&["summing", "everything", "up"], "altogether"),
    (&["summing", "all", "up"], "altogether"),
    (&["summing", "up"], "altogether"),
    (&["summed", "up"], "altogether"),
    (&["to", "sum", "up"], "altogether"),
    (&["sum", "up", "to"], "is"),
    (&["sums", "up", "to"], "is"),
    (&["adding", "it", "all", "up"], "altogether"),
    (&["adding", "everything", "up"], "altogether"),
    (&["adding", "all", "up"], "altogether"),
    (&["adding", "this", "up"], "altogether"),
    (&["adding", "these", "up"], "altogether"),
    (&["adding", "up"], "altogether"),
    (&["adds", "up", "to"], "is"),
    (&["add", "up", "to"], "is"),
    (&["adding", "these"], "altogether"),
    (&["the", "grand", "total"], "total"),
    (&["grand", "total"], "total"),
    (&["comes", "down", "to"], "is"),
    (&["boils", "down", "to"], "is"),
    (&["amounts", "to"], "is"),
    (&["end", "up", "with"], "get"),
    (&["end", "up", "at"], "get"),
    (&["end", "up"], "get"),
    (&["ends", "up", "with"], "gets"),
    (&["ends", "up", "at"], "gets"),
    (&["ending", "up", "with"], "get"),
    (&["in", "between"], "between"),
    (&["in", "other", "words"], "so"),
    (&["in", "short"], "so"),
    (&["in", "big", "-", "O", "notation"], "so"),
    (&["in", "big", "-", "O", "terms"], "so"),
    (&["in", "big", "O", "notation"], "so"),
    (&["in", "big", "-", "O"], "so"),
    (&["in", "big", "O"], "so"),
    (&["in", "O", "-", "notation"], "so"),
    (&["in", "O", "notation"], "so"),
    (&["in", "O", "-", "language"], "so"),
    (&["in", "O", "-", "terms"], "so"),
    (&["in", "O", "-", "symbols"], "so"),
    (&["in", "landau", "notation"], "so"),
    (&["in", "landau", "symbols"], "so"),
    (&["in", "terms", "of", "order"], "so"),
    (&["a", "piece"], "each"),
    (&["apiece"], "each"),
];

/// Atoms with each phrase as its one word.
pub fn plain(list: Vec<Atom>) -> Vec<Atom> {
    let mut out: Vec<Atom> = Vec::with_capacity(list.len());
    let mut at = 0;
    while at < list.len() {
        let fits = |words: &[&str]| {
            words
                .iter()
                .enumerate()
                .all(|(i, w)| list.get(at + i).is_some_and(|a| a.text == *w || i == 0 && a.text.to_lowercase() == *w))
        };
        match PHRASES.iter().filter(|(words, _)| fits(words)).max_by_key(|(words, _)| words.len()) {
            Some((words, one)) => {
                let span = list[at].span.to(list[at + words.len() - 1].span);
                out.push(Atom { text: (*one).into(), span });
                at += words.len();
            }
            None => {
                out.push(list[at].clone());
                at += 1;
            }
        }
    }
    out
}

/// Atoms without brackets that only say from where to where a block leads: "(l down to m)".
pub fn without_ways(list: Vec<Atom>, variable: &dyn Fn(&str) -> bool) -> Vec<Atom> {
    const LONGEST: usize = 8;
    const WAYS: &[&str] = &["from", "down", "to", "up", "back", "->", "positions", "latents", "inputs"];
    let mut out: Vec<Atom> = Vec::with_capacity(list.len());
    let mut at = 0;
    while at < list.len() {
        let rest = &list[at..];
        let close = rest.iter().take(LONGEST).position(|a| a.text == ")").filter(|_| rest[0].text == "(");
        let way = close.filter(|c| {
            let inside = &rest[1..*c];
            let leads = inside.iter().any(|a| matches!(a.text.as_str(), "to" | "->"));
            leads && inside.iter().all(|a| variable(&a.text) || WAYS.contains(&a.text.as_str()))
        });
        match way {
            Some(close) => at += close + 1,
            None => {
                out.push(list[at].clone());
                at += 1;
            }
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::super::super::atoms::atoms;
    use super::*;
    use crate::span::Span;

    fn of(text: &str) -> String {
        let list = plain(atoms(text, Span::new(0, text.len())));
        list.iter().map(|a| a.text.as_str()).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn phrases_are_one_word() {
        assert_eq!(of("Summing up: X"), "altogether : X");
        assert_eq!(of("all in all it sums up to X"), "altogether it is X");
        assert_eq!(of("so in O-language X"), "so so X");
        assert_eq!(of("up to m"), "up to m");
    }
}
