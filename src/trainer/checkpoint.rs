//! Checkpoints that are whole or absent.
//!
//! Weights and optimizer state are two files of one folder. The folder is written under another
//! name, flushed, and renamed: a run killed at any moment leaves the last whole checkpoint, and at
//! most a folder that the next one sweeps away.

use std::{
    collections::HashMap,
    path::{Path, PathBuf},
};

use safetensors::SafeTensors;

use super::{
    error::TrainError,
    layout::Layout,
    optimizer::{Optimizer, Settings},
    training::Place,
    weights::{decode, encode, load, write_whole},
};

/// Weights of a checkpoint, in a file that PyTorch reads.
pub const WEIGHTS: &str = "model.safetensors";
/// Moments and place.
pub const STATE: &str = "optimizer.safetensors";

/// What a checkpoint holds.
#[derive(Debug, Clone, PartialEq)]
pub struct Checkpoint {
    /// The weights.
    pub parameters: Vec<f32>,
    /// The optimizer.
    pub optimizer: Optimizer<f32>,
    /// Where the run stands.
    pub place: Place,
}

fn name(step: u64) -> String {
    format!("checkpoint-{step:09}")
}

/// Writes a checkpoint of `run` (a fingerprint of recipe and data) into `folder`, then removes
/// older ones.
///
/// # Errors
/// A folder that cannot be written, a full disk: the checkpoint before stays.
pub fn save(
    folder: &Path,
    run: &str,
    layout: &Layout,
    parameters: &[f32],
    optimizer: &Optimizer<f32>,
    place: Place,
) -> Result<(), TrainError> {
    let error = |path: &Path, e: &std::io::Error| TrainError::file("write", path, e);
    let target = folder.join(name(place.step));
    let partial = folder.join(format!("{}.partial", name(place.step)));
    let encoded = |vectors: &[(&str, &[f32])], metadata| {
        encode(layout, vectors, metadata, false)
            .map_err(|reason| TrainError::Weights { path: target.display().to_string(), reason })
    };
    let state = HashMap::from([
        ("run".to_string(), run.to_string()),
        ("steps".to_string(), optimizer.steps.to_string()),
        ("place".to_string(), serde_json::to_string(&place).unwrap_or_default()),
    ]);
    let weights = encoded(&[("", parameters)], HashMap::from([("format".to_string(), "pt".to_string())]))?;
    let moments = encoded(&[("first.", &optimizer.first), ("second.", &optimizer.second)], state)?;
    std::fs::create_dir_all(&partial).map_err(|e| error(&partial, &e))?;
    write_whole(&partial.join(WEIGHTS), &weights)?;
    write_whole(&partial.join(STATE), &moments)?;
    if target.exists() {
        // The same step again, after a resume: the bits are the same, so the old one may go.
        std::fs::remove_dir_all(&target).map_err(|e| error(&target, &e))?;
    }
    std::fs::rename(&partial, &target).map_err(|e| error(&target, &e))?;
    for (step, path) in list(folder) {
        if step < place.step {
            std::fs::remove_dir_all(&path).map_err(|e| error(&path, &e))?;
        }
    }
    Ok(())
}

/// Whole checkpoints of a folder, by step.
fn list(folder: &Path) -> Vec<(u64, PathBuf)> {
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
    let mut found: Vec<(u64, PathBuf)> = entries
        .filter_map(|e| {
            let step = e.file_name().to_str()?.strip_prefix("checkpoint-")?.parse().ok()?;
            Some((step, e.path()))
        })
        .collect();
    found.sort();
    found
}

/// The latest checkpoint of `folder`; `None` where there is none.
///
/// # Errors
/// A checkpoint that cannot be read, of another shape, or of another run.
pub fn latest(folder: &Path, run: &str, layout: &Layout, settings: Settings) -> Result<Option<Checkpoint>, TrainError> {
    let Some((_, path)) = list(folder).pop() else { return Ok(None) };
    let state_path = path.join(STATE);
    let bytes = std::fs::read(&state_path).map_err(|e| TrainError::file("read", &state_path, &e))?;
    let bad = |reason: String| TrainError::Weights { path: state_path.display().to_string(), reason };
    let (_, header) = SafeTensors::read_metadata(&bytes).map_err(|e| bad(e.to_string()))?;
    let metadata = header.metadata().clone().unwrap_or_default();
    let field = |key: &str| metadata.get(key).cloned().ok_or_else(|| bad(format!("no `{key}`")));
    if field("run")? != run {
        return Err(TrainError::OtherRun { path: path.display().to_string(), reason: "recipe, data or stage differ".into() });
    }
    let steps = field("steps")?.parse().map_err(|e| bad(format!("`steps`: {e}")))?;
    let place = serde_json::from_str(&field("place")?).map_err(|e| bad(format!("`place`: {e}")))?;
    let mut moments = decode(&state_path, &bytes, layout, &["first.", "second."])?;
    let second = moments.pop().unwrap_or_default();
    let first = moments.pop().unwrap_or_default();
    let parameters = load(&path.join(WEIGHTS), layout)?;
    Ok(Some(Checkpoint { parameters, optimizer: Optimizer { settings, steps, first, second }, place }))
}

/// Removes the checkpoints of a finished run.
///
/// # Errors
/// A folder that cannot be removed.
pub fn clear(folder: &Path) -> Result<(), TrainError> {
    for (_, path) in list(folder) {
        std::fs::remove_dir_all(&path).map_err(|e| TrainError::file("remove", &path, &e))?;
    }
    Ok(())
}
