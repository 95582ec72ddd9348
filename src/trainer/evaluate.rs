//! Asking a model: greedy decoding of many questions at once, each as long as it is.

use serde::{Deserialize, Serialize};

use super::{
    batch::Ragged,
    data::{MASK, PAD, Pair, Vocabulary, name_in},
    error::TrainError,
    layer::log_softmax_at,
    model::Model,
    statistics::Count,
};

/// One question, answered.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Prediction {
    /// The question, or the name in it.
    pub name: String,
    /// The right answer, where it is known.
    pub gold: String,
    /// What the model says.
    pub predicted: String,
    /// Log-probability of that, its closing mask included, in nats.
    pub log_probability: f64,
}

impl Prediction {
    /// True when the answer is the gold one, to the character.
    pub fn is_right(&self) -> bool {
        self.predicted == self.gold
    }
}

/// Characters that an answer may have; the course decodes as many.
pub const ANSWER_MAX: usize = 32;

/// What a model writes after a prompt, until it writes a mask or pad, or is at its end.
#[derive(Debug, Clone, PartialEq)]
pub struct Written {
    /// Ids, without the mask that ended them.
    pub ids: Vec<u32>,
    /// Sum of log-probabilities of all that was chosen, the ending mask included.
    pub log_probability: f64,
}

/// Continues every prompt with the likeliest character, again and again, all at once and with keys
/// and values kept. Prompts must be shorter than the block and not empty.
pub fn greedy(model: &Model<f32>, prompts: &[Vec<u32>], most: usize) -> Vec<Written> {
    let block = model.network.config().block;
    let mut cache = model.network.cache(prompts.len());
    let mut written: Vec<Written> = prompts.iter().map(|_| Written { ids: Vec::new(), log_probability: 0.0 }).collect();
    let mut next: Vec<Vec<u32>> = prompts.to_vec();
    let mut past = vec![0; prompts.len()];
    for _ in 0..=most {
        if next.iter().all(Vec::is_empty) {
            break;
        }
        let ragged = Ragged::new(next.iter().map(Vec::len).collect(), past.clone());
        let asking: Vec<usize> = (0..next.len()).filter(|s| !next[*s].is_empty()).collect();
        let last: Vec<usize> = asking.iter().map(|s| ragged.starts[*s] + ragged.lengths[*s] - 1).collect();
        let logits = model.logits(&next.concat(), &ragged, &last, Some(&mut cache));
        for (column, s) in asking.iter().enumerate() {
            past[*s] += next[*s].len();
            let column = logits.column(column);
            let best = column.argmax().0;
            let w = &mut written[*s];
            w.log_probability += log_softmax_at(column.as_slice(), best);
            next[*s].clear();
            let ends = best as u32 == MASK || best as u32 == PAD || past[*s] >= block || w.ids.len() >= most;
            if !ends {
                w.ids.push(best as u32);
                next[*s].push(best as u32);
            }
        }
    }
    written
}

/// Questions decoded together: their keys and values take 4 MB each thousand.
const TOGETHER: usize = 128;

/// Asks every question and keeps what is said.
///
/// # Errors
/// An unknown character; a question as long as the block.
pub fn predict(model: &Model<f32>, vocabulary: &Vocabulary, pairs: &[Pair]) -> Result<Vec<Prediction>, TrainError> {
    use rayon::prelude::*;
    let most = model.network.config().block - 1;
    let prompts = pairs
        .iter()
        .map(|p| {
            let mut ids = vocabulary.encode(&p.question, &|| format!("the question `{}`", p.question))?;
            if ids.len() >= most {
                return Err(TrainError::TooLong { place: format!("the question `{}`", p.question), length: ids.len() + 1, most });
            }
            ids.push(MASK);
            Ok(ids)
        })
        .collect::<Result<Vec<_>, _>>()?;
    let written: Vec<Written> = prompts.par_chunks(TOGETHER).flat_map(|chunk| greedy(model, chunk, ANSWER_MAX)).collect();
    let one = |(p, w): (&Pair, Written)| Prediction {
        name: name_in(&p.question).to_string(),
        gold: p.answer.clone(),
        predicted: vocabulary.decode(&w.ids),
        log_probability: w.log_probability,
    };
    Ok(pairs.iter().zip(written).map(one).collect())
}

/// Recounts accuracy.
pub fn count(predictions: &[Prediction]) -> Count {
    Count { right: predictions.iter().filter(|p| p.is_right()).count() as u64, total: predictions.len() as u64 }
}

/// Always the same answer: what the course calls the London baseline.
pub fn constant(pairs: &[Pair], answer: &str) -> Count {
    Count { right: pairs.iter().filter(|p| p.answer == answer).count() as u64, total: pairs.len() as u64 }
}
