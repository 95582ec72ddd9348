//! What a recipe's run reads, from the course's folder or from the embedded world.

use std::{collections::BTreeMap, path::Path};

use sha2::{Digest, Sha256};

use super::{
    course::{Course, Pair},
    small_world::SmallWorld,
    source::{Documents, Mixed, Pairs, Source, shuffled},
    vocabulary::Vocabulary,
};
use crate::trainer::{error::TrainError, recipe::Recipe};

/// Documents and pairs, and what they are numbered by.
#[derive(Debug, Clone)]
pub struct Corpus {
    /// Each begins with its person's name and a full stop.
    pub documents: Vec<String>,
    /// Training pairs.
    pub train: Vec<Pair>,
    /// Pairs that measure: dev, or training pairs held out.
    pub dev: Vec<Pair>,
    /// Pairs about people whom no document names; only the embedded world has them.
    pub unheard: Vec<Pair>,
    /// The characters.
    pub vocabulary: Vocabulary,
    /// SHA-256 of everything read, by name.
    pub hashes: BTreeMap<String, String>,
    /// The constant answer that accuracies are held against: London, or the capital.
    pub baseline: String,
}

fn sha256(parts: impl Iterator<Item = String>) -> String {
    let mut hash = Sha256::new();
    for part in parts {
        hash.update(part.as_bytes());
        hash.update(b"\n");
    }
    hash.finalize().iter().map(|b| format!("{b:02x}")).collect()
}

fn pairs_hash(pairs: &[Pair]) -> String {
    sha256(pairs.iter().map(|p| format!("{}\t{}", p.question, p.answer)))
}

/// The name that a question asks about; the question itself where it is worded otherwise.
pub fn name_in(question: &str) -> &str {
    question.strip_prefix("Where was ").and_then(|q| q.strip_suffix(" born?")).unwrap_or(question)
}

/// Where `word` stands in `text` with no letter or digit beside it: `Holm`, but not in `Holmi`.
fn words<'a>(text: &'a str, word: &'a str) -> impl Iterator<Item = usize> + 'a {
    let outside = |c: Option<char>| !c.is_some_and(char::is_alphanumeric);
    let whole = move |at: &usize| outside(text[..*at].chars().next_back()) && outside(text[at + word.len()..].chars().next());
    text.match_indices(word).map(|(at, _)| at).filter(move |at| !word.is_empty() && whole(at))
}

/// `text` with another word for one, wherever it stands.
fn replaced(text: &str, word: &str, other: &str) -> String {
    let (mut out, mut from) = (String::with_capacity(text.len()), 0);
    for at in words(text, word) {
        out.push_str(&text[from..at]);
        out.push_str(other);
        from = at + word.len();
    }
    out + &text[from..]
}

impl Corpus {
    /// The course's folder, or the embedded world where none is given. The last `holdout` training
    /// pairs take dev's place: choices are made on them, never on dev.
    ///
    /// # Errors
    /// Files that cannot be read; a vocabulary of another size than the model's.
    pub fn read(folder: Option<&Path>, recipe: &Recipe, holdout: usize) -> Result<Corpus, TrainError> {
        let mut corpus = match folder {
            Some(folder) => Corpus::course(Course::read(folder)?),
            None => Corpus::small_world(SmallWorld::new(recipe.seed, recipe.people)),
        };
        if corpus.vocabulary.len() != recipe.model.vocabulary {
            return Err(TrainError::Vocabulary { data: corpus.vocabulary.len(), model: recipe.model.vocabulary });
        }
        if recipe.shuffled_places {
            corpus.shuffle_places(recipe.seed);
        }
        if holdout > 0 {
            let kept = corpus.train.len().saturating_sub(holdout);
            corpus.dev = corpus.train.split_off(kept);
            corpus.hashes.insert("holdout".into(), pairs_hash(&corpus.dev));
        }
        Ok(corpus)
    }

    fn course(course: Course) -> Corpus {
        let hashes = BTreeMap::from([
            ("wiki.txt".to_string(), sha256(course.documents.iter().cloned())),
            ("birth_places_train.tsv".to_string(), pairs_hash(&course.train)),
            ("birth_dev.tsv".to_string(), pairs_hash(&course.dev)),
        ]);
        let Course { documents, train, dev, vocabulary } = course;
        Corpus { documents, train, dev, unheard: Vec::new(), vocabulary, hashes, baseline: "London".into() }
    }

    fn small_world(world: SmallWorld) -> Corpus {
        let documents: Vec<String> = world.documents().collect();
        let (train, dev): (Vec<Pair>, Vec<Pair>) = (world.train().collect(), world.dev().collect());
        let unheard = world.unheard(world.dev_people()).collect();
        let hashes = BTreeMap::from([
            ("documents".to_string(), sha256(documents.iter().cloned())),
            ("train".to_string(), pairs_hash(&train)),
            ("dev".to_string(), pairs_hash(&dev)),
        ]);
        let baseline = dev.first().map(|p| p.answer.clone()).unwrap_or_default();
        Corpus { documents, train, dev, unheard, vocabulary: SmallWorld::vocabulary(), hashes, baseline }
    }

    /// Exchanges birth places between the people whose document says theirs: every document still
    /// names a place that is somebody's, but hardly ever its own person's.
    fn shuffle_places(&mut self, seed: u64) {
        let places: BTreeMap<String, &str> =
            self.train.iter().chain(&self.dev).map(|p| (name_in(&p.question).to_string(), p.answer.as_str())).collect();
        let mut told: BTreeMap<&str, (&str, Vec<usize>)> = BTreeMap::new();
        for (i, document) in self.documents.iter().enumerate() {
            let Some((name, _)) = document.split_once(". ") else { continue };
            let Some(place) = places.get(name).copied().filter(|p| words(document, p).next().is_some()) else { continue };
            told.entry(name).or_insert((place, Vec::new())).1.push(i);
        }
        let told: Vec<(&str, Vec<usize>)> = told.into_values().collect();
        // One round through all people, in an order of chance: nobody keeps their own by position,
        // and all that is told of one person names the same other place.
        let order = shuffled(told.len(), seed, 0);
        let exchanged: Vec<(usize, String)> = (0..order.len())
            .flat_map(|k| {
                let ((own, documents), (other, _)) = (&told[order[k]], &told[order[(k + 1) % order.len()]]);
                documents.iter().map(|i| (*i, replaced(&self.documents[*i], own, other)))
            })
            .collect();
        exchanged.into_iter().for_each(|(i, document)| self.documents[i] = document);
        self.hashes.insert("documents with places exchanged".into(), sha256(self.documents.iter().cloned()));
    }

    /// Training pairs as examples.
    ///
    /// # Errors
    /// An unknown character, a pair longer than the block.
    pub fn pairs(&self, recipe: &Recipe) -> Result<Pairs, TrainError> {
        let place = |i: usize| move || format!("training pair {}", i + 1);
        let examples = self.train.iter().enumerate().map(|(i, p)| p.example(&self.vocabulary, recipe.model.block, &place(i)));
        Ok(Pairs { examples: examples.collect::<Result<_, _>>()? })
    }

    /// Documents to pretrain on, with the recipe's share of pairs among them.
    ///
    /// # Errors
    /// An unknown character.
    pub fn documents(&self, recipe: &Recipe) -> Result<Box<dyn Source>, TrainError> {
        // A document of one character has nothing to cut.
        let long = self.documents.iter().enumerate().filter(|(_, d)| d.chars().nth(1).is_some());
        let documents =
            long.map(|(i, d)| self.vocabulary.encode(d, &|| format!("document {}", i + 1))).collect::<Result<_, _>>()?;
        let documents = Documents { documents, corruption: recipe.corruption, seed: recipe.seed };
        if recipe.mixed_pairs == 0 {
            return Ok(Box::new(documents));
        }
        Ok(Box::new(Mixed { documents, pairs: self.pairs(recipe)?, drawn: recipe.mixed_pairs }))
    }

    /// The names that any document holds word for word: whether a model ever read of a person.
    pub fn is_named(&self, name: &str) -> bool {
        self.documents.iter().any(|d| d.contains(name))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_is_replaced_as_a_word_and_never_inside_a_name() {
        assert_eq!(replaced("Holmi. Born in Holm, (Holm) Holm", "Holm", "Ulm"), "Holmi. Born in Ulm, (Ulm) Ulm");
        assert_eq!(replaced("nothing", "", "x"), "nothing");
    }

    fn corpus(shuffled_places: bool) -> Corpus {
        let recipe = Recipe { shuffled_places, people: 200, ..Recipe::find("small-world").expect("embedded") };
        Corpus::read(None, &recipe, 0).expect("a world")
    }

    #[test]
    fn exchanging_places_keeps_the_text_but_not_the_facts() {
        let (told, exchanged) = (corpus(false), corpus(true));
        let right = |c: &Corpus| {
            c.train
                .iter()
                .chain(&c.dev)
                .filter(|p| {
                    c.documents
                        .iter()
                        .any(|d| d.starts_with(&format!("{}. ", name_in(&p.question))) && words(d, &p.answer).next().is_some())
                })
                .count()
        };
        assert_eq!(right(&told), 200);
        // A person gets their own place by chance alone, about one time in thirty.
        assert!(right(&exchanged) < 30, "{}", right(&exchanged));
        let places = |c: &Corpus| {
            let mut all: Vec<usize> =
                c.dev.iter().map(|p| c.documents.iter().filter(|d| words(d, &p.answer).next().is_some()).count()).collect();
            all.sort_unstable();
            all
        };
        assert_eq!(places(&told), places(&exchanged));
        assert_ne!(told.hashes, exchanged.hashes);
    }

    #[test]
    fn held_out_pairs_leave_training_and_take_devs_place() {
        let recipe = Recipe::find("small-world").expect("embedded");
        let (all, held) = (corpus(false), Corpus::read(None, &Recipe { people: 200, ..recipe }, 30).expect("a world"));
        assert_eq!((held.train.len(), held.dev.len()), (all.train.len() - 30, 30));
        assert_eq!(held.dev, all.train[all.train.len() - 30..]);
    }

    #[test]
    fn a_vocabulary_of_another_size_is_an_error_with_both() {
        let recipe = Recipe::find("fast").expect("embedded");
        let error = Corpus::read(None, &recipe, 0).expect_err("256 is not 70").to_string();
        assert!(error.contains("70") && error.contains("256"), "{error}");
    }
}
