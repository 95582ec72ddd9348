//! Embeds every `experiments/*.toml` as a list of (name, text) in the order of the names.

use std::fmt::Write as _;
use std::path::Path;

fn main() {
    println!("cargo::rerun-if-changed=experiments");
    let folder = Path::new(&std::env::var("CARGO_MANIFEST_DIR").expect("cargo sets it")).join("experiments");
    let mut names: Vec<String> = std::fs::read_dir(&folder)
        .expect("experiments/ is part of the package")
        .filter_map(|e| e.ok()?.file_name().into_string().ok())
        .filter(|n| n.ends_with(".toml"))
        .collect();
    names.sort();
    let mut list = String::from("[\n");
    for name in names {
        let path = folder.join(&name);
        writeln!(list, "    ({:?}, include_str!({:?})),", format!("experiments/{name}"), path.display().to_string())
            .expect("a string grows");
    }
    list.push(']');
    let out = Path::new(&std::env::var("OUT_DIR").expect("cargo sets it")).join("worlds.rs");
    std::fs::write(out, list).expect("cargo's output folder can be written");
}
