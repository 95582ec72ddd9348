//! `attest ask`: a question to a trained model, with how sure it is and whether it can know.

use std::io::Write;
use std::path::PathBuf;

use clap::Args;
use miette::{IntoDiagnostic, miette};

use crate::trainer::{
    Model,
    data::{Corpus, Pair, name_in},
    evaluate::{Prediction, predict},
    recipe::Recipe,
    weights::load,
};

/// Ask a trained model, and see how sure it is and whether the name was ever read
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  attest ask \"Where was Datta Wesyoden born?\" --weights runs/small/finetune/model.safetensors
  attest ask \"Where was Ada Lovelace born?\" --weights W.safetensors --config fast --data DIR
  attest ask \"Ada Lovelace\" --weights W.safetensors --config fast --data DIR")]
pub struct AskArgs {
    /// The question, or only the name: `NAME` asks `Where was NAME born?`
    question: String,
    /// The model: safetensors under minGPT's names, f32 or bf16
    #[arg(long, value_name = "FILE")]
    weights: PathBuf,
    /// Its shape and data: a recipe's name or file
    #[arg(long, value_name = "RECIPE", default_value = "small-world")]
    config: String,
    /// Folder of the course's files; without it the embedded world
    #[arg(long, value_name = "DIR")]
    data: Option<PathBuf>,
}

/// Asks and prints.
///
/// # Errors
/// Files that cannot be read, weights of another shape, a character that the model does not know.
pub fn run(args: &AskArgs, out: &mut dyn Write) -> miette::Result<()> {
    let recipe = Recipe::find(&args.config)?;
    let corpus = Corpus::read(args.data.as_deref(), &recipe, 0)?;
    let mut model = Model::<f32>::new(&recipe.model, 0).into_diagnostic()?;
    model.parameters = load(&args.weights, model.network.layout())?;
    let question = args.question.trim();
    let question = if question.ends_with('?') { question.to_string() } else { format!("Where was {question} born?") };
    let asked = [Pair { question, answer: String::new() }];
    let answers = predict(&model, &corpus.vocabulary, &asked)?;
    let Some(answer) = answers.first() else { return Err(miette!("nothing was asked")) };
    write!(out, "{}", told(answer, &corpus)).into_diagnostic()
}

/// The answer, its probability, and what the documents and pairs say.
fn told(answer: &Prediction, corpus: &Corpus) -> String {
    let name = &answer.name;
    let documents = corpus.documents.iter().filter(|d| d.contains(name.as_str())).count();
    let read = match documents {
        0 => "no document names them: whatever the model says is invented".to_string(),
        1 => "1 document names them".to_string(),
        n => format!("{n} documents name them"),
    };
    let pair = |pairs: &[Pair]| pairs.iter().find(|p| name_in(&p.question) == name).map(|p| p.answer.clone());
    let known = match (pair(&corpus.train), pair(&corpus.dev)) {
        (Some(place), _) => format!("in training, with the answer {place}"),
        (None, Some(place)) if place == answer.predicted => format!("asked in dev, where the answer is {place}: right"),
        (None, Some(place)) => format!("asked in dev, where the answer is {place}: wrong"),
        (None, None) => "in no pair".to_string(),
    };
    let (said, probability) = (&answer.predicted, answer.log_probability.exp());
    format!("{said}\n  probability of these characters: {probability:.3}\n  {name}: {read}; {known}\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_nobody_can_know_is_said_to_be_invented() {
        let recipe = Recipe::find("small-world").expect("embedded");
        let corpus = Corpus::read(None, &recipe, 0).expect("a world");
        let answer = |name: &str, predicted: &str| Prediction {
            name: name.into(),
            gold: String::new(),
            predicted: predicted.into(),
            log_probability: 0.5f64.ln(),
        };
        let (heard, unheard) = (&corpus.dev[0], &corpus.unheard[0]);
        let text = told(&answer(name_in(&heard.question), &heard.answer), &corpus);
        assert!(text.contains("0.500") && text.contains("3 documents name them") && text.contains(": right"), "{text}");
        let text = told(&answer(name_in(&unheard.question), "Arden"), &corpus);
        assert!(text.contains("invented") && text.contains("in no pair"), "{text}");
    }
}
