//! Putting a bundle of files on disk, all or nothing as far as a file system allows.

use std::collections::BTreeMap;
use std::fs;
use std::io::{self, Write as _};
use std::path::{Component, Path, PathBuf};

use miette::Diagnostic;
use tempfile::NamedTempFile;
use thiserror::Error;

use super::Bundle;

/// The list of what the last run left, kept beside it.
const MANIFEST: &str = ".manifest";
/// The one file whose bytes may differ between two runs.
const VOLATILE: &str = "run.json";

/// Why a report could not be written. Whatever the cause, no file is half written.
#[derive(Debug, Error, Diagnostic)]
pub enum WriteError {
    /// Something that is no folder stands where one is needed.
    #[error("{path}: not a folder")]
    #[diagnostic(code(attest::report::not_a_folder), help("choose another folder with --out, or move that file away"))]
    NotAFolder {
        /// What stands there.
        path: PathBuf,
    },
    /// A folder stands where a file is to go.
    #[error("{path}: a folder stands where a file of the report is to go")]
    #[diagnostic(code(attest::report::folder_in_the_way), help("choose another folder with --out, or move that folder away"))]
    FolderInTheWay {
        /// The folder.
        path: PathBuf,
    },
    /// A file that attest did not write stands where one of the report is to go.
    #[error("{path}: this file is not from an earlier report")]
    #[diagnostic(code(attest::report::not_ours), help("move it away, or choose another folder with --out"))]
    NotOurs {
        /// The file.
        path: PathBuf,
    },
    /// A file of the bundle would lie outside the folder.
    #[error("{path}: not a path inside the report's folder")]
    #[diagnostic(code(attest::report::outside), help("files of a report have relative names without `..`"))]
    Outside {
        /// The path asked for.
        path: PathBuf,
    },
    /// The system refused.
    #[error("{path}: cannot {action}")]
    #[diagnostic(code(attest::report::refused), help("{}", advice(source)))]
    Refused {
        /// The file or folder.
        path: PathBuf,
        /// What was tried, e.g. `write`.
        action: &'static str,
        /// What the system said.
        source: io::Error,
    },
}

/// What a person can do about an error of the system.
fn advice(error: &io::Error) -> &'static str {
    match error.kind() {
        io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem => {
            "choose a folder that you may write to with --out; earlier reports are untouched"
        }
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => {
            "free some space or choose another disk with --out; earlier reports are untouched"
        }
        io::ErrorKind::NotADirectory | io::ErrorKind::AlreadyExists => {
            "a file stands where a folder is needed: move it away or choose another folder with --out"
        }
        _ => "try again, or choose another folder with --out",
    }
}

fn refused(path: &Path, action: &'static str) -> impl FnOnce(io::Error) -> WriteError {
    let path = path.to_path_buf();
    move |source| WriteError::Refused { path, action, source }
}

/// Writes every file of `bundle` under `dir`, which is made where it is missing.
///
/// First every file is written whole under a temporary name beside its place; only when all are
/// there are they renamed, so that a full disk leaves the earlier report as it was. A reader sees
/// the old or the new bytes of a file, never a part. Files that an earlier run left and this one
/// no longer makes are removed if they still hold what that run wrote; nothing else is ever
/// removed.
///
/// # Errors
/// [`WriteError`], with the path and what to do.
pub fn write(dir: &Path, bundle: &Bundle) -> Result<(), WriteError> {
    check_places(dir, bundle)?;
    fs::create_dir_all(dir).map_err(refused(dir, "make the folder"))?;
    let before = manifest(dir)?;
    check_ours(dir, bundle, before.as_ref())?;
    let before = before.unwrap_or_default();
    let mut staged = Vec::new();
    for (name, bytes) in bundle.files() {
        let target = dir.join(name);
        staged.push((stage(&target, bytes)?, target));
    }
    let now: BTreeMap<String, u64> = bundle.files().map(|(name, bytes)| (name.to_string(), hash(bytes))).collect();
    // Both lists stand while files change places: a run that is killed in between leaves none unknown.
    let both: BTreeMap<String, u64> = before.clone().into_iter().chain(now.clone()).collect();
    put_manifest(dir, &both)?;
    put_in_place(staged)?;
    for (name, old) in before.iter().filter(|(name, _)| !now.contains_key(*name)) {
        remove(dir, name, *old)?;
    }
    put_manifest(dir, &now)
}

/// Refuses before anything is touched: names that lead outside, files where folders are needed
/// and the other way round.
fn check_places(dir: &Path, bundle: &Bundle) -> Result<(), WriteError> {
    if dir.exists() && !dir.is_dir() {
        return Err(WriteError::NotAFolder { path: dir.into() });
    }
    for (name, _) in bundle.files() {
        if !inside(name) {
            return Err(WriteError::Outside { path: name.into() });
        }
        let target = dir.join(name);
        if target.is_dir() {
            return Err(WriteError::FolderInTheWay { path: target });
        }
        let above = target.ancestors().skip(1).take_while(|a| *a != dir);
        if let Some(file) = above.filter(|a| a.exists() && !a.is_dir()).last() {
            return Err(WriteError::NotAFolder { path: file.into() });
        }
    }
    Ok(())
}

/// Whether a relative name stays below the folder it is joined to.
fn inside(name: &str) -> bool {
    let path = Path::new(name);
    !name.is_empty() && path.components().all(|c| matches!(c, Component::Normal(_)))
}

/// Writes `bytes` whole to a temporary file beside `target`; it goes away again unless persisted.
fn stage(target: &Path, bytes: &[u8]) -> Result<NamedTempFile, WriteError> {
    let folder = target.parent().unwrap_or(Path::new("."));
    fs::create_dir_all(folder).map_err(refused(folder, "make the folder"))?;
    let mut builder = tempfile::Builder::new();
    builder.prefix(".attest-").suffix(".tmp");
    // A temporary file is private by default; a report is to be read by others as umask allows.
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
    let mut file = builder.tempfile_in(folder).map_err(refused(folder, "make a file"))?;
    file.write_all(bytes).and_then(|()| file.flush()).map_err(refused(target, "write"))?;
    Ok(file)
}

/// Refuses to write over a file that no earlier run made, unless it holds the same bytes.
fn check_ours(dir: &Path, bundle: &Bundle, before: Option<&BTreeMap<String, u64>>) -> Result<(), WriteError> {
    for (name, bytes) in bundle.files() {
        let path = dir.join(name);
        let there = match fs::symlink_metadata(&path) {
            Ok(_) => true,
            Err(e) if e.kind() == io::ErrorKind::NotFound => false,
            // A name that is too long, a folder that may not be entered: better now than halfway.
            Err(e) => return Err(refused(&path, "look at")(e)),
        };
        let known = before.is_some_and(|files| name == VOLATILE || files.contains_key(name));
        if !known && there && fs::read(&path).map_err(refused(&path, "read"))? != bytes {
            return Err(WriteError::NotOurs { path });
        }
    }
    Ok(())
}

/// Renames every staged file to its place. Where one cannot go there, those before it are put
/// back as they were.
fn put_in_place(staged: Vec<(NamedTempFile, PathBuf)>) -> Result<(), WriteError> {
    let mut done: Vec<(PathBuf, Option<Vec<u8>>)> = Vec::new();
    for (file, target) in staged {
        let old = fs::read(&target).ok();
        if let Err(error) = file.persist(&target) {
            for (target, old) in done {
                // The first error is the one to tell; one more while undoing says the same.
                let _ = match old {
                    Some(bytes) => stage(&target, &bytes).map(|f| f.persist(&target).is_ok()),
                    None => Ok(fs::remove_file(&target).is_ok()),
                };
            }
            return Err(refused(&target, "put the file in place")(error.error));
        }
        done.push((target, old));
    }
    Ok(())
}

/// Names and content hashes of what the last run left; `None` where there is no list.
///
/// A line that does not read as `hash name` is passed over: what is not known is not removed.
fn manifest(dir: &Path) -> Result<Option<BTreeMap<String, u64>>, WriteError> {
    let path = dir.join(MANIFEST);
    let text = match fs::read(&path) {
        Ok(bytes) => String::from_utf8_lossy(&bytes).into_owned(),
        Err(e) if e.kind() == io::ErrorKind::NotFound => return Ok(None),
        Err(e) => return Err(refused(&path, "read")(e)),
    };
    let entry = |line: &str| {
        let (hash, name) = line.split_once(' ')?;
        Some((name.to_string(), u64::from_str_radix(hash, 16).ok()?))
    };
    Ok(Some(text.lines().filter_map(entry).filter(|(name, _)| inside(name)).collect()))
}

fn put_manifest(dir: &Path, files: &BTreeMap<String, u64>) -> Result<(), WriteError> {
    // `run.json` is made by every run, so it is never left over; its hash would make this list
    // differ between equal runs.
    let text: String =
        files.iter().filter(|(name, _)| *name != VOLATILE).map(|(name, hash)| format!("{hash:016x} {name}\n")).collect();
    let path = dir.join(MANIFEST);
    let file = stage(&path, text.as_bytes())?;
    file.persist(&path).map_err(|e| refused(&path, "put the file in place")(e.error))?;
    Ok(())
}

/// Removes a file of an earlier run, unless someone has changed or replaced it since.
fn remove(dir: &Path, name: &str, written: u64) -> Result<(), WriteError> {
    let path = dir.join(name);
    let ours = match fs::symlink_metadata(&path) {
        Ok(meta) => meta.is_file() && fs::read(&path).is_ok_and(|bytes| hash(&bytes) == written),
        Err(_) => false,
    };
    if ours {
        fs::remove_file(&path).map_err(refused(&path, "remove"))?;
        // A folder that this leaves empty goes too; one that holds anything else stays, which is
        // what the ignored error says.
        if let Some(folder) = path.parent().filter(|f| *f != dir) {
            let _ = fs::remove_dir(folder);
        }
    }
    Ok(())
}

/// FNV-1a over 64 bits: tells a file that was edited from one that was not. It guards against
/// accidents, not against forgery.
///
/// Source: Fowler, Noll, Vo, "The FNV Non-Cryptographic Hash Algorithm".
fn hash(bytes: &[u8]) -> u64 {
    bytes.iter().fold(0xcbf2_9ce4_8422_2325, |h, b| (h ^ u64::from(*b)).wrapping_mul(0x0100_0000_01b3))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_already_in_place_go_back_when_a_later_one_cannot_follow() {
        let dir = tempfile::tempdir().expect("a folder");
        let path = |name: &str| dir.path().join(name);
        fs::write(path("a"), "old").expect("a file");
        fs::create_dir(path("c")).expect("a folder in the way");
        let staged = ["a", "b", "c"].map(|name| (stage(&path(name), b"new").expect("it is staged"), path(name)));
        let error = put_in_place(staged.into());
        assert!(matches!(&error, Err(WriteError::Refused { path: at, .. }) if *at == path("c")), "{error:?}");
        assert_eq!(fs::read(path("a")).expect("it is there"), b"old");
        assert!(!path("b").exists() && fs::read_dir(dir.path()).expect("a folder").count() == 2);
    }
}
