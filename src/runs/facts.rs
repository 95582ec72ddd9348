//! Counts of the course's data: how large its files are, what of one is found in another, how often a place is
//! the answer. Those of the course's own files come with the program, as numbers and hashes.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// Counts by their keys: `size dev`, `names dev wiki` (names of one set found in another), `starting dev wiki`
/// (at the start of a line), `answers dev train`, `distinct places train`, `lines wiki`, `place dev NAME`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Facts {
    counts: BTreeMap<String, u64>,
    /// Answers of a set, by the hash of the place.
    places: BTreeMap<(String, u64), u64>,
}

/// The course's counts.
const COURSE: &[(&str, u64)] = &[
    ("size dev", 500),
    ("size train", 2000),
    ("size test", 437),
    ("lines wiki", 2937),
    ("characters wiki", 418_352),
    ("names dev wiki", 500),
    ("names train wiki", 2000),
    ("names test wiki", 437),
    ("starting dev wiki", 500),
    ("starting train wiki", 2000),
    ("starting test wiki", 437),
    ("names dev train", 1),
    ("names train dev", 1),
    ("names test train", 2),
    ("names dev test", 0),
    ("distinct names dev", 500),
    ("distinct names train", 1991),
    ("distinct names test", 437),
    ("distinct places dev", 247),
    ("distinct places train", 500),
    ("answers dev train", 461),
    ("answers train dev", 1376),
];

/// The course's places as hashes, with their rows in dev and train.
const PLACES: &str = include_str!("../../experiments/facts/places.csv");

impl Facts {
    /// Those of the course's own files.
    pub fn embedded() -> Facts {
        let counts = COURSE.iter().map(|(k, v)| ((*k).to_string(), *v)).collect();
        let mut places = BTreeMap::new();
        for line in PLACES.lines().skip(1) {
            let mut cells = line.split(',');
            let Some(Ok(hash)) = cells.next().map(|h| u64::from_str_radix(h, 16)) else { continue };
            for (set, cell) in ["dev", "train"].iter().zip(cells) {
                places.insert(((*set).to_string(), hash), cell.parse().unwrap_or(0));
            }
        }
        Facts { counts, places }
    }

    /// Counts a folder's files; what is missing there has no counts.
    pub fn read(folder: &Path, dev: &[(String, String)]) -> Facts {
        let text = |name: &str| std::fs::read_to_string(folder.join(name)).ok();
        let train = text("birth_places_train.tsv").map(|t| rows(&t));
        let test = text("birth_test_inputs.tsv").map(|t| rows(&t));
        Facts::count(Some(dev.to_vec()), train, test, text("wiki.txt"))
    }

    fn count(dev: Option<Rows>, train: Option<Rows>, test: Option<Rows>, wiki: Option<String>) -> Facts {
        let mut facts = Facts::default();
        let sets: Vec<(&str, Rows)> =
            [("dev", dev), ("train", train), ("test", test)].into_iter().filter_map(|(n, r)| Some((n, r?))).collect();
        for (set, rows) in &sets {
            facts.set(set, rows);
            if let Some(wiki) = &wiki {
                let starts = |name: &str| wiki.lines().any(|l| l.starts_with(name));
                facts.put(format!("names {set} wiki"), rows.iter().filter(|r| wiki.contains(name(r))).count());
                facts.put(format!("starting {set} wiki"), rows.iter().filter(|r| starts(name(r))).count());
            }
            for (other, theirs) in sets.iter().filter(|(o, _)| o != set) {
                let names: BTreeSet<&str> = theirs.iter().map(name).collect();
                let places: BTreeSet<&str> = theirs.iter().map(|r| r.1.as_str()).collect();
                facts.put(format!("names {set} {other}"), rows.iter().filter(|r| names.contains(name(r))).count());
                if *set != "test" && *other != "test" {
                    facts.put(format!("answers {set} {other}"), rows.iter().filter(|r| places.contains(r.1.as_str())).count());
                }
            }
        }
        if let Some(wiki) = wiki {
            facts.put("lines wiki".into(), wiki.lines().count());
            facts.put("characters wiki".into(), wiki.chars().count());
        }
        facts
    }

    /// What one set alone says.
    fn set(&mut self, set: &str, rows: &Rows) {
        self.put(format!("size {set}"), rows.len());
        self.put(format!("distinct names {set}"), rows.iter().map(name).collect::<BTreeSet<_>>().len());
        if set == "test" {
            return;
        }
        self.put(format!("distinct places {set}"), rows.iter().map(|r| &r.1).collect::<BTreeSet<_>>().len());
        for (_, place) in rows {
            *self.places.entry((set.to_string(), hash(place))).or_default() += 1;
        }
    }

    fn put(&mut self, key: String, count: usize) {
        self.counts.insert(key, count as u64);
    }

    /// A count by its key; none where the data does not tell. A place that no set has is not known: it may be
    /// part of a name, or no place.
    pub fn get(&self, key: &str) -> Option<u64> {
        if let Some((set, place)) = key.strip_prefix("place ").and_then(|k| k.split_once(' ')) {
            return self.places.get(&(set.to_string(), hash(place))).copied();
        }
        self.counts.get(key).copied()
    }
}

type Rows = Vec<(String, String)>;

/// Questions with their answers, which may be missing.
fn rows(text: &str) -> Rows {
    let lines = text.trim_start_matches('\u{feff}').lines().filter(|l| !l.trim().is_empty());
    lines.map(|l| l.split_once('\t').unwrap_or((l, ""))).map(|(q, a)| (q.trim().to_string(), a.trim().to_string())).collect()
}

/// The name that a question asks for.
fn name(row: &(String, String)) -> &str {
    let question = row.0.trim_end_matches('?').trim();
    question.strip_prefix("Where was ").and_then(|q| q.strip_suffix("born")).map_or(question, str::trim)
}

/// FNV-1a of a place in lower case.
fn hash(place: &str) -> u64 {
    place.trim().to_lowercase().bytes().fold(0xcbf2_9ce4_8422_2325, |v, b| (v ^ u64::from(b)).wrapping_mul(0x0100_0000_01b3))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_are_counted_and_a_file_that_is_missing_counts_nothing() {
        let dev = rows("Where was Ann Bo born?\tUlm\nWhere was Cy Do born?\tBonn\n");
        let train = rows("Where was Cy Do born?\tUlm\nWhere was Cy Do born?\tUlm\n");
        let facts = Facts::count(Some(dev), Some(train), None, Some("Ann Bo was born.\nMet Cy Do.\n".into()));
        let get = |key: &str| facts.get(key);
        assert_eq!((get("names dev wiki"), get("starting dev wiki"), get("lines wiki")), (Some(2), Some(1), Some(2)));
        assert_eq!((get("names dev train"), get("answers dev train")), (Some(1), Some(1)));
        assert_eq!((get("distinct names train"), get("size train"), get("place train ulm")), (Some(1), Some(2), Some(2)));
        assert_eq!((get("size test"), get("place dev paris")), (None, None));
    }

    #[test]
    fn the_courses_places_are_all_of_its_answers() {
        let facts = Facts::embedded();
        let sum = |set: &str| facts.places.iter().filter(|((s, _), _)| s == set).map(|(_, n)| n).sum::<u64>();
        assert_eq!((Some(sum("dev")), Some(sum("train"))), (facts.get("size dev"), facts.get("size train")));
    }
}
