//! The record of a run: what made it and what it predicted. Accuracy is never stored; whoever wants
//! it recounts the predictions.

use std::{collections::BTreeMap, path::Path};

use serde::{Deserialize, Serialize};

use super::{error::TrainError, evaluate::Prediction, session::Summary, weights::write_whole};

/// `record.json`, beside `recipe.toml`, the stages' curves and `predictions.csv`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct RunRecord {
    /// Version of this shape.
    pub schema: u32,
    /// Name of the recipe; the resolved one is `recipe.toml`.
    pub recipe: String,
    /// `vanilla` or `perceiver`.
    pub variant: String,
    /// Seed of everything.
    pub seed: u64,
    /// Commit of the program, where it could be asked.
    pub commit: Option<String>,
    /// SHA-256 of everything read.
    pub data: BTreeMap<String, String>,
    /// True when predictions are of training pairs held out, not of dev.
    pub held_out: bool,
    /// The constant answer to compare with.
    pub baseline: String,
    /// How often the constant answer is right, where the rows do not say: counted from the data when the
    /// record was made.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub baseline_right: Option<u64>,
    /// `bf16` where the predictions are those of weights rounded to it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub weights: Option<String>,
    /// What each stage did.
    pub stages: Vec<Summary>,
}

impl RunRecord {
    /// Writes `record.json` into `folder`.
    ///
    /// # Errors
    /// A folder that cannot be written.
    pub fn write(&self, folder: &Path) -> Result<(), TrainError> {
        write_whole(&folder.join("record.json"), self.text().as_bytes())
    }

    /// The record as JSON.
    pub fn text(&self) -> String {
        serde_json::to_string_pretty(self).unwrap_or_default() + "\n"
    }

    /// Reads `record.json` of `folder`.
    ///
    /// # Errors
    /// A file that is missing or no record.
    pub fn read(folder: &Path) -> Result<RunRecord, TrainError> {
        let path = folder.join("record.json");
        let text = std::fs::read_to_string(&path).map_err(|e| TrainError::file("read", &path, &e))?;
        serde_json::from_str(&text).map_err(|e| TrainError::File {
            action: "read",
            path: path.display().to_string(),
            reason: e.to_string(),
        })
    }
}

/// Writes predictions as CSV: `name,gold,predicted,log_probability`.
///
/// # Errors
/// A folder that cannot be written.
pub fn write_predictions(path: &Path, predictions: &[Prediction]) -> Result<(), TrainError> {
    write_whole(path, prediction_rows(predictions).as_bytes())
}

/// The text of [`write_predictions`].
pub fn prediction_rows(predictions: &[Prediction]) -> String {
    let mut writer = csv::Writer::from_writer(Vec::new());
    for p in predictions {
        // Six digits: the last ones of a sum of f32 logarithms mean nothing.
        let log_probability = format!("{:.6}", p.log_probability);
        // Writing to memory cannot fail, and four cells are as many as in every row.
        let _ = writer.write_record([guarded(&p.name), guarded(&p.gold), guarded(&p.predicted), log_probability]);
    }
    let body = writer.into_inner().unwrap_or_default();
    format!("name,gold,predicted,log_probability\n{}", String::from_utf8_lossy(&body))
}

/// A text cell that no spreadsheet takes for a formula.
fn guarded(text: &str) -> String {
    if text.starts_with(['=', '+', '-', '@', '\t', '\0', '\'']) { format!("'{text}") } else { text.to_string() }
}

/// Reads predictions back.
///
/// # Errors
/// A file that is missing or has other columns.
pub fn read_predictions(path: &Path) -> Result<Vec<Prediction>, TrainError> {
    let bad = |e: csv::Error| TrainError::File { action: "read", path: path.display().to_string(), reason: e.to_string() };
    let mut predictions: Vec<Prediction> =
        csv::Reader::from_path(path).map_err(bad)?.deserialize().collect::<Result<_, _>>().map_err(bad)?;
    for p in &mut predictions {
        for cell in [&mut p.name, &mut p.gold, &mut p.predicted] {
            if let Some(rest) = cell.strip_prefix('\'') {
                *cell = rest.to_string();
            }
        }
    }
    Ok(predictions)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn predictions_come_back_and_no_cell_is_a_formula() {
        let file = tempfile::NamedTempFile::new().expect("a temporary file");
        let one = |predicted: &str| Prediction {
            name: "A, \"B\"".into(),
            gold: "Ulm".into(),
            predicted: predicted.into(),
            log_probability: -1.5,
        };
        let predictions = vec![one("Ulm"), one("=1+1"), one("'quoted"), one("")];
        write_predictions(file.path(), &predictions).expect("written");
        assert!(std::fs::read_to_string(file.path()).expect("text").contains("'=1+1"));
        assert_eq!(read_predictions(file.path()).expect("read"), predictions);
    }
}
