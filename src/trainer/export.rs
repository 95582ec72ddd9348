//! A finished run as a record that may be published: without the texts of data that are not ours.
//!
//! Rows of the embedded world are kept whole. Of the course's data only what says nothing about a person
//! is kept: `line` (from 1, in `birth_dev.tsv`), `sha256_16` (the first 16 hexadecimal digits of the
//! SHA-256 of `name<TAB>gold`), the same of the predicted text, whether it is right, and its
//! log-probability. Whoever has the data recounts them by `attest train evaluate`.

use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};

use super::{
    data::{Corpus, Pair, name_in, read_lines},
    error::TrainError,
    evaluate::{Prediction, predict},
    model::Model,
    recipe::Recipe,
    record::{RunRecord, prediction_rows, read_predictions},
    session::{Point, read_curve},
    weights::{from_bfloat16, load, save, to_bfloat16, write_whole},
};

/// What is exported, and from where.
#[derive(Debug, Clone)]
pub struct Export<'a> {
    /// Folder of the finished run.
    pub run: &'a Path,
    /// Folder of the record.
    pub out: &'a Path,
    /// The course's folder, for runs on it.
    pub data: Option<&'a Path>,
    /// Round the weights to bfloat16, record what these predict, and put them beside the record.
    pub half: bool,
}

/// The first 16 hexadecimal digits of the SHA-256 of a text.
pub fn sha256_16(text: &str) -> String {
    Sha256::digest(text.as_bytes()).iter().take(8).map(|b| format!("{b:02x}")).collect()
}

/// Header of rows without texts.
pub const REDACTED_HEADER: &str = "line,sha256_16,predicted_sha256_16,right,log_probability";

/// Writes the record and returns its predictions.
///
/// # Errors
/// A run that is not finished, or not measured on dev; data that are not the run's; any name of private
/// data in what would be written; folders that cannot be read or written.
pub fn export(export: &Export) -> Result<Vec<Prediction>, TrainError> {
    let mut record = RunRecord::read(export.run)?;
    let refused = |reason: String| TrainError::NotRecorded { path: export.run.display().to_string(), reason };
    let recipe_path = export.run.join("recipe.toml");
    let recipe = Recipe::read(&recipe_path)?;
    if record.held_out {
        return Err(refused("its predictions are of training pairs held out, not of dev".into()));
    }
    let private = record.data.contains_key("wiki.txt");
    if private && export.data.is_none() {
        return Err(refused("its data are not the embedded world's; --data must say where they are".into()));
    }
    let corpus = Corpus::read(export.data, &recipe, 0)?;
    if corpus.hashes != record.data {
        return Err(refused("the data given are not those of the run".into()));
    }
    let (predictions, unheard, weights) = if export.half {
        let model = halved(export.run, &record, &recipe)?;
        let asked = |pairs: &[Pair]| predict(&model, &corpus.vocabulary, pairs);
        record.weights = Some("bf16".into());
        (asked(&corpus.dev)?, asked(&corpus.unheard)?, Some(model))
    } else {
        let unheard = export.run.join("unheard.csv");
        let unheard = if unheard.exists() { read_predictions(&unheard)? } else { Vec::new() };
        (read_predictions(&export.run.join("predictions.csv"))?, unheard, None)
    };
    let mut files = vec![("recipe.toml".to_string(), recipe.resolved()?)];
    if let (true, Some(folder)) = (private, export.data) {
        record.baseline_right = Some(predictions.iter().filter(|p| p.gold == record.baseline).count() as u64);
        files.push((
            "predictions.csv".into(),
            redacted(&predictions, &read_lines(&folder.join("birth_dev.tsv"))?).map_err(refused)?,
        ));
    } else {
        files.push(("predictions.csv".into(), prediction_rows(&predictions)));
        files.push(("unheard.csv".into(), prediction_rows(&unheard)));
    }
    for stage in &record.stages {
        let curve = read_curve(&export.run.join(&stage.stage).join("curve.csv"))?;
        files.push((format!("curve-{}.csv", stage.stage), curve_rows(&thinned(&curve))));
    }
    files.push(("record.json".into(), record.text()));
    if private {
        let named = files.iter().find_map(|(file, text)| Some((file, named_in(text, &predictions)?)));
        if let Some((file, line)) = named {
            return Err(refused(format!("{file} would hold the name of dev question {line}")));
        }
    }
    write_all(export.out, &files)?;
    if let Some(model) = weights {
        save(&export.out.join(super::checkpoint::WEIGHTS), model.network.layout(), &model.parameters, true)?;
    }
    Ok(predictions)
}

/// Points of a recorded curve: as many as a plot shows.
const POINTS: usize = 100;

/// A curve of at most [`POINTS`] points: means over neighbours, each as long as its steps.
fn thinned(curve: &[Point]) -> Vec<Point> {
    let mut before = 0;
    let mut merge = |points: &[Point]| {
        let last = *points.last()?;
        let (mut nats, from) = (0.0, before);
        for p in points {
            nats += p.loss_nats * (p.step - before) as f64;
            before = p.step;
        }
        Some(Point { loss_nats: nats / (last.step - from).max(1) as f64, ..last })
    };
    curve.chunks(curve.len().div_ceil(POINTS).max(1)).filter_map(&mut merge).collect()
}

/// The curve as CSV, with six digits: more say nothing.
fn curve_rows(curve: &[Point]) -> String {
    let mut text = String::from("step,epoch,tokens,loss_nats,rate,gradient_norm\n");
    for p in curve {
        text += &format!("{},{:.3},{},{:.6},{:.4e},{:.4e}\n", p.step, p.epoch, p.tokens, p.loss_nats, p.rate, p.gradient_norm);
    }
    text
}

/// The run's last weights, each rounded to the nearest bfloat16.
fn halved(run: &Path, record: &RunRecord, recipe: &Recipe) -> Result<Model<f32>, TrainError> {
    let mut model = Model::new(&recipe.model, 0)?;
    model.parameters = load(&last_weights(run, record), model.network.layout())?;
    model.parameters.iter_mut().for_each(|p| *p = from_bfloat16(to_bfloat16(*p)));
    Ok(model)
}

/// Where the weights lie that made a run's predictions.
pub fn last_weights(run: &Path, record: &RunRecord) -> PathBuf {
    let stage = record.stages.last().map_or("", |s| s.stage.as_str());
    run.join(stage).join(super::checkpoint::WEIGHTS)
}

/// Rows without texts; `lines` are the questions of the file they were asked from.
fn redacted(predictions: &[Prediction], lines: &[(usize, Pair)]) -> Result<String, String> {
    if predictions.len() != lines.len() {
        return Err(format!("{} predictions, and {} questions in birth_dev.tsv", predictions.len(), lines.len()));
    }
    let mut text = format!("{REDACTED_HEADER}\n");
    for (p, (line, pair)) in predictions.iter().zip(lines) {
        if p.name != name_in(&pair.question) || p.gold != pair.answer {
            return Err(format!("a prediction is not of the question of line {line}"));
        }
        let (asked, said) = (sha256_16(&format!("{}\t{}", p.name, p.gold)), sha256_16(&p.predicted));
        text += &format!("{line},{asked},{said},{},{:.6}\n", u8::from(p.is_right()), p.log_probability);
    }
    Ok(text)
}

/// The first prediction (from 1) whose person's name stands in a text.
fn named_in(text: &str, predictions: &[Prediction]) -> Option<usize> {
    predictions.iter().position(|p| !p.name.is_empty() && text.contains(&p.name)).map(|i| i + 1)
}

fn write_all(out: &Path, files: &[(String, String)]) -> Result<(), TrainError> {
    std::fs::create_dir_all(out).map_err(|e| TrainError::file("make", out, &e))?;
    files.iter().try_for_each(|(name, text)| write_whole(&out.join(name), text.as_bytes()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn predictions() -> Vec<Prediction> {
        let one = |name: &str, gold: &str, predicted: &str| Prediction {
            name: name.into(),
            gold: gold.into(),
            predicted: predicted.into(),
            log_probability: -0.5,
        };
        vec![one("Ada Byron", "London", "London"), one("Emmy Noether", "Erlangen", "London")]
    }

    fn lines() -> Vec<(usize, Pair)> {
        let one =
            |line, name: &str, answer: &str| (line, Pair { question: format!("Where was {name} born?"), answer: answer.into() });
        vec![one(1, "Ada Byron", "London"), one(3, "Emmy Noether", "Erlangen")]
    }

    #[test]
    fn rows_of_private_data_hold_no_text_but_tell_right_from_wrong() {
        let text = redacted(&predictions(), &lines()).expect("the same questions");
        let rows: Vec<&str> = text.lines().collect();
        assert_eq!(rows[0], REDACTED_HEADER);
        assert!(rows[1].starts_with("1,") && rows[1].ends_with(",1,-0.500000"), "{}", rows[1]);
        assert!(rows[2].starts_with("3,") && rows[2].ends_with(",0,-0.500000"), "{}", rows[2]);
        // SHA-256 of "Ada Byron<TAB>London", by coreutils' sha256sum.
        assert!(rows[1].contains(&sha256_16("Ada Byron\tLondon")));
        assert_eq!(sha256_16("abc"), "ba7816bf8f01cfea");
        for p in predictions() {
            assert!(!text.contains(&p.name) && !text.contains(&p.gold) && !text.contains(&p.predicted));
        }
    }

    #[test]
    fn a_thinned_curve_keeps_its_mean_and_its_end() {
        let point = |step: u64| Point {
            step,
            epoch: step as f64,
            tokens: 10 * step,
            loss_nats: 1.0 / step as f64,
            rate: 0.1,
            gradient_norm: 1.0,
        };
        let curve: Vec<Point> = (1..=350).map(|i| point(2 * i)).collect();
        let thin = thinned(&curve);
        assert_eq!((thin.len(), thin.last().map(|p| p.step)), (88, Some(700)));
        let area = |c: &[Point]| c.iter().fold((0.0, 0), |(a, s), p| (a + p.loss_nats * (p.step - s) as f64, p.step)).0;
        assert!((area(&thin) - area(&curve)).abs() < crate::tolerance::ROUNDING);
        assert_eq!(thinned(&curve[..60]), curve[..60]);
        assert!(curve_rows(&thin).lines().count() == 89 && thinned(&[]).is_empty());
    }

    #[test]
    fn a_name_in_what_would_be_written_is_noticed_and_so_are_other_questions() {
        assert_eq!(named_in("recipe of Emmy Noether", &predictions()), Some(2));
        assert_eq!(named_in("recipe", &predictions()), None);
        let mut other = lines();
        other.swap(0, 1);
        assert!(redacted(&predictions(), &other).is_err_and(|e| e.contains("line 3")));
        assert!(redacted(&predictions(), &lines()[..1]).is_err());
    }
}
