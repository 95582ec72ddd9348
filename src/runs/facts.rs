//! Counts of the course's data: how large its files are, what of one is found in another, how often a place is
//! the answer. Those of the course's own files come with the program, as numbers and hashes.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// Counts by their keys: `size dev`, `names dev wiki` (names of one set found in another), `starting dev wiki`
/// (at the start of a line), `together dev wiki` (in one line with its place), `read dev wiki` (in the part of it that pretraining sees), `answers dev train`, `shared places`,
/// `distinct places train`, `once places train`, `lines wiki`, `place dev NAME`, `place wiki-lines NAME`.
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
    ("together dev wiki", 479),
    ("together train wiki", 1904),
    ("read dev wiki", 462),
    ("read train wiki", 1805),
    ("answers dev wiki", 500),
    ("answers train wiki", 1997),
    ("words wiki", 69_293),
    ("different characters wiki", 254),
    ("different lines wiki", 2928),
    ("longest line wiki", 516),
    ("shortest line wiki", 38),
];

/// Characters of a line that pretraining sees at most: 7/8 of a block.
const SEEN: usize = 112;

/// The course's places as hashes, with their rows in dev and train, and how many lines of the wiki have them, how often.
const PLACES: &str = include_str!("../../experiments/facts/places.csv");

/// Where places are counted, in the order of the columns.
const PLACED: [&str; 4] = ["dev", "train", "wiki-lines", "wiki-times"];

impl Facts {
    /// Those of the course's own files.
    pub fn embedded() -> Facts {
        let counts = COURSE.iter().map(|(k, v)| ((*k).to_string(), *v)).collect();
        let mut places = BTreeMap::new();
        for line in PLACES.lines().skip(1) {
            let mut cells = line.split(',');
            let Some(Ok(hash)) = cells.next().map(|h| u64::from_str_radix(h, 16)) else { continue };
            for (set, cell) in PLACED.iter().zip(cells) {
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
                if *set != "test" {
                    let both = |r: &Row| wiki.lines().any(|l| l.contains(name(r)) && l.contains(&r.1));
                    facts.put(format!("together {set} wiki"), rows.iter().filter(|r| both(r)).count());
                    // Pretraining sees so many characters of a line at most.
                    let seen = |l: &str| l.char_indices().nth(SEEN).map_or(l.len(), |(i, _)| i);
                    let read = |r: &Row| wiki.lines().any(|l| l.contains(name(r)) && l[..seen(l)].contains(&r.1));
                    facts.put(format!("read {set} wiki"), rows.iter().filter(|r| read(r)).count());
                    facts.put(format!("answers {set} wiki"), rows.iter().filter(|r| wiki.contains(&r.1)).count());
                }
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
            facts.wiki(&wiki, &sets);
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

    /// What the documents say, and how often places stand there.
    fn wiki(&mut self, wiki: &str, sets: &[(&str, Rows)]) {
        let lengths = || wiki.lines().map(|l| l.chars().count());
        self.put("lines wiki".into(), wiki.lines().count());
        self.put("characters wiki".into(), wiki.chars().count());
        self.put("words wiki".into(), wiki.split_whitespace().count());
        self.put("different characters wiki".into(), wiki.chars().collect::<BTreeSet<char>>().len());
        self.put("different lines wiki".into(), wiki.lines().collect::<BTreeSet<_>>().len());
        self.put("longest line wiki".into(), lengths().max().unwrap_or(0));
        self.put("shortest line wiki".into(), lengths().min().unwrap_or(0));
        let places: BTreeSet<&String> = sets.iter().flat_map(|(_, rows)| rows.iter().map(|r| &r.1)).collect();
        for place in places.into_iter().filter(|p| !p.is_empty()) {
            let lines = wiki.lines().filter(|l| l.contains(place.as_str())).count() as u64;
            self.places.insert(("wiki-lines".into(), hash(place)), lines);
            self.places.insert(("wiki-times".into(), hash(place)), wiki.matches(place.as_str()).count() as u64);
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
        let positive = |set: &str, least: u64| {
            let set = set.to_string();
            move |((s, h), n): (&(String, u64), &u64)| (*s == set && *n >= least).then_some(*h)
        };
        if key == "shared places" {
            let dev: BTreeSet<u64> = self.places.iter().filter_map(positive("dev", 1)).collect();
            let train: BTreeSet<u64> = self.places.iter().filter_map(positive("train", 1)).collect();
            return (!dev.is_empty() && !train.is_empty()).then(|| dev.intersection(&train).count() as u64);
        }
        if let Some(set) = key.strip_prefix("once places ") {
            let all = self.places.iter().filter_map(positive(set, 1)).count() as u64;
            return (all > 0).then(|| all - self.places.iter().filter_map(positive(set, 2)).count() as u64);
        }
        self.counts.get(key).copied()
    }

    /// The first and the last rank that a place may be given among the answers of a set: equal counts share theirs.
    pub fn rank(&self, set: &str, place: &str) -> Option<(u64, u64)> {
        let own = self.get(&format!("place {set} {place}")).filter(|n| *n > 0)?;
        let others = || self.places.iter().filter(|((s, _), _)| s == set).map(|(_, n)| *n);
        let (above, equal) = (others().filter(|n| *n > own).count(), others().filter(|n| *n == own).count());
        Some((above as u64 + 1, (above + equal) as u64))
    }
}

type Row = (String, String);
type Rows = Vec<Row>;

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
    fn places_are_ranked_and_compared() {
        let dev = rows("Where was Ann Bo born?\tUlm\nWhere was Cy Do born?\tBonn\n");
        let train = rows("Where was A born?\tUlm\nWhere was B born?\tUlm\nWhere was C born?\tRome\n");
        let facts = Facts::count(Some(dev), Some(train), None, Some("Ann Bo (Ulm) lived in Ulm.\nCy Do.\n".into()));
        assert_eq!((facts.rank("train", "Ulm"), facts.rank("train", "rome")), (Some((1, 1)), Some((2, 2))));
        assert_eq!((facts.rank("dev", "Ulm"), facts.rank("dev", "Rome")), (Some((1, 2)), None));
        let get = |key: &str| facts.get(key);
        assert_eq!((get("shared places"), get("once places train"), get("together dev wiki")), (Some(1), Some(1), Some(1)));
        assert_eq!(
            (get("place wiki-lines ulm"), get("place wiki-times ulm"), get("longest line wiki")),
            (Some(1), Some(2), Some(26))
        );
    }

    #[test]
    fn the_courses_places_are_all_of_its_answers() {
        let facts = Facts::embedded();
        let sum = |set: &str| facts.places.iter().filter(|((s, _), _)| s == set).map(|(_, n)| n).sum::<u64>();
        assert_eq!((Some(sum("dev")), Some(sum("train"))), (facts.get("size dev"), facts.get("size train")));
    }
}
