//! Embeds every `experiments/*.toml`, and the text files of every `experiments/runs/NAME/`, each as a list of
//! (name, text) in the order of the names.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

fn main() {
    println!("cargo::rerun-if-changed=experiments");
    let folder = Path::new(&std::env::var("CARGO_MANIFEST_DIR").expect("cargo sets it")).join("experiments");
    let worlds = files(&folder, &["toml"]).into_iter().map(|n| (format!("experiments/{n}"), folder.join(n))).collect();
    write("worlds.rs", worlds);
    let runs = folder.join("runs");
    let records = names(&runs).into_iter().flat_map(|run| {
        let inside = runs.join(&run);
        files(&inside, &["json", "toml", "csv"]).into_iter().map(move |n| (format!("{run}/{n}"), inside.join(n)))
    });
    write("runs.rs", records.collect());
}

/// The names in a folder, sorted; none where it is missing.
fn names(folder: &Path) -> Vec<String> {
    let entries = std::fs::read_dir(folder).into_iter().flatten();
    let mut names: Vec<String> = entries.filter_map(|e| e.ok()?.file_name().into_string().ok()).collect();
    names.sort();
    names
}

fn files(folder: &Path, endings: &[&str]) -> Vec<String> {
    let ends = |n: &String| n.rsplit_once('.').is_some_and(|(_, e)| endings.contains(&e));
    names(folder).into_iter().filter(ends).collect()
}

/// Writes a list of (name, embedded text) to be included.
fn write(name: &str, files: Vec<(String, PathBuf)>) {
    let mut list = String::from("[\n");
    for (name, path) in files {
        writeln!(list, "    ({name:?}, include_str!({:?})),", path.display().to_string()).expect("a string grows");
    }
    list.push(']');
    let out = Path::new(&std::env::var("OUT_DIR").expect("cargo sets it")).join(name);
    std::fs::write(out, list).expect("cargo's output folder can be written");
}
