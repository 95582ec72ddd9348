//! All worlds of a run: embedded ones, and a folder that overrides them.

use std::collections::BTreeMap;
use std::path::Path;

use rayon::prelude::*;

use super::error::WorldError;
use super::load::{load, parse};
use super::model::World;

/// The worlds under `experiments/`, embedded so that the binary needs no files.
const EMBEDDED: &[(&str, &str)] = &include!(concat!(env!("OUT_DIR"), "/worlds.rs"));

/// Every world, by question id, in the order of the ids.
#[derive(Debug, Clone)]
pub struct Library {
    worlds: BTreeMap<String, World>,
}

impl Library {
    /// The embedded worlds.
    pub fn embedded() -> Result<Library, WorldError> {
        Library::from_sources(EMBEDDED.iter().map(|(n, s)| ((*n).to_string(), (*s).to_string())).collect())
    }

    /// The embedded worlds, with every `*.toml` of a folder added or put in a world's place.
    pub fn with_folder(folder: &Path) -> Result<Library, WorldError> {
        let fail = |reason: String| WorldError::Io { path: folder.display().to_string(), reason };
        let mut sources: Vec<(String, String)> = EMBEDDED.iter().map(|(n, s)| ((*n).to_string(), (*s).to_string())).collect();
        let entries = std::fs::read_dir(folder).map_err(|e| fail(e.to_string()))?;
        let mut paths: Vec<_> =
            entries.filter_map(Result::ok).map(|e| e.path()).filter(|p| p.extension().is_some_and(|x| x == "toml")).collect();
        paths.sort();
        if paths.is_empty() {
            return Err(fail("it holds no *.toml file".into()));
        }
        for path in paths {
            let text = std::fs::read_to_string(&path)
                .map_err(|e| WorldError::Io { path: path.display().to_string(), reason: e.to_string() })?;
            sources.push((path.display().to_string(), text));
        }
        Library::from_sources(sources)
    }

    /// Worlds from files' names and texts; of two with one id the later wins.
    pub fn from_sources(sources: Vec<(String, String)>) -> Result<Library, WorldError> {
        let mut files = BTreeMap::new();
        let mut latest: BTreeMap<String, (String, String)> = BTreeMap::new();
        for (name, text) in sources {
            let file = parse(&name, &text)?;
            latest.insert(file.id.clone(), (name, text));
            files.insert(file.id.clone(), file);
        }
        // In the order of the ids, so that of two errors the first is told.
        let loaded: Vec<_> = latest.par_iter().map(|(id, (name, text))| (id.clone(), load(name, text, &files))).collect();
        let worlds = loaded.into_iter().map(|(id, world)| Ok((id, world?))).collect::<Result<_, WorldError>>()?;
        Ok(Library { worlds })
    }

    /// The world of a question.
    pub fn get(&self, id: &str) -> Option<&World> {
        self.worlds.get(id)
    }

    /// Every world, in the order of the ids.
    pub fn iter(&self) -> impl Iterator<Item = &World> {
        self.worlds.values()
    }
}
