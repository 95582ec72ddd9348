//! A world made up from a seed: people, places, and a few lines about each person.
//!
//! Person `i` is a function of (seed, i), so a world of ten million is streamed and never held.
//! The first people are asked about in dev, the rest in training; people past the end are named
//! nowhere: whatever a model says of them is invented.

use rand::{Rng, RngExt, seq::SliceRandom};

use super::{course::Pair, source::stream, vocabulary::Vocabulary};

/// One person of a world.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person {
    /// First and last name.
    pub name: String,
    /// Where they were born.
    pub place: String,
    /// Lines of `name. ` and what is said of them, each in other words and each with the place.
    ///
    /// Several, because a fact that is read in one wording alone is remembered as that wording and
    /// hardly found by a question (Allen-Zhu and Li 2023, "Physics of language models", 3.1).
    pub tellings: Vec<String>,
}

/// A world of `people` people.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SmallWorld {
    seed: u64,
    people: u64,
}

/// Places: the capital, where exactly 5 % of dev was born, and others less and less likely.
const PLACES: [&str; 40] = [
    "Arden", "Bellmoor", "Corvale", "Dunmere", "Elmstead", "Farrow", "Glenhope", "Harwick", "Ivora", "Jasmund", "Kelby", "Lorne",
    "Marrak", "Nevis", "Ostrava", "Pellam", "Quill", "Rosemar", "Selby", "Tarn", "Umber", "Velden", "Westray", "Yarrow",
    "Zemlin", "Ashby", "Brant", "Calder", "Drumlin", "Eskdale", "Foyle", "Garth", "Holm", "Iona", "Jura", "Kirkby", "Lund",
    "Moray", "Norden", "Orrin",
];
/// Beginnings and endings of first names, beginnings, middles and endings of last names.
const FIRST: [&[&str]; 2] = [
    &["Al", "Be", "Ca", "Da", "El", "Fa", "Gi", "Ha", "Is", "Jo", "Ka", "Le", "Ma", "Ni", "Ol", "Pe", "Ro", "Sa", "Te", "Vi"],
    &["bert", "da", "lia", "mon", "na", "rick", "ra", "sse", "tta", "vin"],
];
const LAST: [&[&str]; 3] = [
    &[
        "Ab", "Bran", "Cor", "Dex", "Ed", "Fin", "Gar", "Hol", "Ing", "Kel", "Lam", "Mor", "Nor", "Os", "Pem", "Rad", "Sor",
        "Tal", "Ul", "Wes",
    ],
    &["a", "ber", "da", "e", "gar", "i", "ken", "la", "mi", "no", "o", "per", "ra", "sti", "te", "u", "ver", "wi", "yo", "za"],
    &["by", "croft", "den", "ford", "gate", "ham", "ley", "man", "ner", "row", "son", "ston", "ton", "well", "wick", "wood"],
];
/// Lines about each person.
pub const TELLINGS: usize = 3;
const JOBS: [&str; 12] =
    ["painter", "botanist", "composer", "engineer", "sailor", "poet", "chemist", "judge", "dancer", "baker", "teacher", "pilot"];

impl SmallWorld {
    /// A world of 50 to 10,000,000 people; other sizes are taken to the nearer end.
    pub fn new(seed: u64, people: u64) -> SmallWorld {
        SmallWorld { seed, people: people.clamp(50, 10_000_000) }
    }

    /// Number of people that the documents tell of.
    pub fn people(&self) -> u64 {
        self.people
    }

    /// How many of the first people are asked about in dev: about two fifths, so that intervals are
    /// narrow in a small world too, and in twenties, so that 5 % is a whole number.
    pub fn dev_people(&self) -> u64 {
        (self.people / 50 * 20).max(20)
    }

    /// Person `i`; from `people()` on, somebody whom no document names.
    pub fn person(&self, i: u64) -> Person {
        let mut rng = stream(self.seed, 10, i, 0);
        let name = self.name(i);
        let place = PLACES[self.place(i)].to_string();
        let tellings = lines(&name, &place, &mut rng).into_iter().map(|line| format!("{name}. {line}")).collect();
        Person { name, place, tellings }
    }

    /// Distinct indices get distinct names: the index is permuted among all names, and each name
    /// is one number written in syllables.
    fn name(&self, i: u64) -> String {
        let sizes = FIRST.iter().chain(LAST.iter()).map(|s| s.len() as u64);
        let mut rest = permuted(i, sizes.clone().product(), self.seed);
        let mut parts = FIRST.iter().chain(LAST.iter()).map(|set| {
            let n = set.len() as u64;
            let part = set[(rest % n) as usize];
            rest /= n;
            part
        });
        let mut next = || parts.next().unwrap_or_default();
        format!("{}{} {}{}{}", next(), next(), next(), next(), next())
    }

    /// In dev, every twentieth was born in the capital and the others are spread by the golden
    /// ratio over places of weight `1 / (20 + k)`; elsewhere the same law is drawn at random.
    fn place(&self, i: u64) -> usize {
        let dev = i < self.dev_people();
        if dev && i.is_multiple_of(20) {
            return 0;
        }
        let mut rng = stream(self.seed, 11, i, 0);
        if !dev && rng.random::<f64>() < 0.05 {
            return 0;
        }
        let u = if dev { (i as f64 * 0.618_033_988_749_894_9).fract() } else { rng.random() };
        let weights = (1..PLACES.len()).map(|k| 1.0 / (20.0 + k as f64));
        let total: f64 = weights.clone().sum();
        let mut sum = 0.0;
        let passed = weights.take_while(|w| {
            sum += w / total;
            sum < u
        });
        (1 + passed.count()).min(PLACES.len() - 1)
    }

    /// The documents, several a person, one at a time.
    pub fn documents(self) -> impl Iterator<Item = String> {
        (0..self.people).flat_map(move |i| self.person(i).tellings)
    }

    /// Pairs of dev, one at a time.
    pub fn dev(self) -> impl Iterator<Item = Pair> {
        (0..self.dev_people()).map(move |i| self.person(i).pair())
    }

    /// Pairs of training, one at a time.
    pub fn train(self) -> impl Iterator<Item = Pair> {
        (self.dev_people()..self.people).map(move |i| self.person(i).pair())
    }

    /// Pairs about people whom no document names, with the place that chance gave them.
    pub fn unheard(self, count: u64) -> impl Iterator<Item = Pair> {
        (self.people..self.people + count).map(move |i| self.person(i).pair())
    }

    /// The vocabulary, the same for every size and seed.
    pub fn vocabulary() -> Vocabulary {
        let letters = ('a'..='z').chain('A'..='Z').chain('0'..='9').chain(" .,?()".chars());
        Vocabulary::of(&letters.collect::<String>())
    }
}

impl Person {
    /// The question about this person, in the course's words.
    pub fn pair(&self) -> Pair {
        Pair { question: format!("Where was {} born?", self.name), answer: self.place.clone() }
    }
}

/// What is said of a person, in [`TELLINGS`] of six ways.
fn lines(name: &str, place: &str, rng: &mut impl Rng) -> Vec<String> {
    let last = name.split(' ').next_back().unwrap_or(name);
    let job = JOBS[rng.random_range(0..JOBS.len())];
    let year = rng.random_range(1800..2000);
    let mut ways = vec![
        format!("{name} was born in {place} in {year}."),
        format!("Born in {place}, {last} became a {job}."),
        format!("{name} (born {year} in {place}) was a {job}."),
        format!("{last} is a {job} from {place}."),
        format!("A {job}, {last} was born in {place}."),
        format!("{last} ({place}, {year}) was a {job}."),
    ];
    ways.shuffle(rng);
    ways.truncate(TELLINGS);
    ways
}

/// A permutation of `0..n`, by a Feistel network that is walked until it lands inside.
fn permuted(i: u64, n: u64, seed: u64) -> u64 {
    let bits = (64 - (n - 1).leading_zeros()).div_ceil(2);
    let mask = (1u64 << bits) - 1;
    let mut x = i % n;
    loop {
        let (mut left, mut right) = (x >> bits, x & mask);
        for round in 0..4 {
            let mixed = crate::trainer::layer::mix64(right ^ seed.rotate_left(round) ^ u64::from(round) << 40);
            (left, right) = (right, left ^ (mixed & mask));
        }
        x = left << bits | right;
        if x < n {
            return x;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::{HashMap, HashSet};

    #[test]
    fn names_are_distinct_and_the_unheard_of_are_named_nowhere() {
        let world = SmallWorld::new(1, 20_000);
        let names: HashSet<String> = (0..25_000).map(|i| world.person(i).name).collect();
        assert_eq!(names.len(), 25_000);
        let small = SmallWorld::new(1, 50);
        let text: String = small.documents().collect::<Vec<_>>().join("\n");
        assert!(
            small.unheard(50).all(|p| !text.contains(p.question.trim_start_matches("Where was ").trim_end_matches(" born?")))
        );
        assert!(small.dev().all(|p| text.contains(&p.answer)));
    }

    #[test]
    fn the_capital_has_exactly_five_percent_of_dev_and_no_place_has_more() {
        for (people, seed) in [(50, 1), (1_000, 2), (30_000, 3)] {
            let world = SmallWorld::new(seed, people);
            let mut counts: HashMap<String, u64> = HashMap::new();
            world.dev().for_each(|p| *counts.entry(p.answer).or_default() += 1);
            assert_eq!(counts["Arden"] * 20, world.dev_people());
            if people > 50 {
                assert!(counts.iter().all(|(place, n)| place == "Arden" || *n < counts["Arden"]), "{counts:?}");
            }
        }
    }

    #[test]
    fn a_world_is_a_function_of_its_seed_and_every_character_is_known() {
        let (a, b) = (SmallWorld::new(7, 10_000_000), SmallWorld::new(8, 10_000_000));
        assert_eq!(a.person(9_999_999), SmallWorld::new(7, 10_000_000).person(9_999_999));
        assert_ne!(a.person(3), b.person(3));
        let v = SmallWorld::vocabulary();
        for i in 0..2_000 {
            let p = a.person(i);
            assert!(v.encode(&p.pair().question, &String::new).is_ok() && p.tellings.len() == TELLINGS);
            for telling in &p.tellings {
                assert!(v.encode(telling, &String::new).is_ok());
                assert!(telling.contains(&p.place) && telling.len() < 96, "{telling}");
                assert!(p.tellings.iter().filter(|t| *t == telling).count() == 1, "{telling}");
            }
        }
    }
}
