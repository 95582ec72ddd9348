//! The commands, called as a user calls them.

use std::{collections::HashMap, path::Path};

use attest::command::{model, train};
use attest::trainer::{
    Model,
    recipe::Recipe,
    record::{RunRecord, read_predictions},
    weights::{floats, save},
};
use clap::Parser;
use safetensors::{Dtype, SafeTensors, tensor::TensorView};

#[derive(Parser)]
struct Train {
    #[command(flatten)]
    args: train::TrainArgs,
}

#[derive(Parser)]
struct OneModel {
    #[command(flatten)]
    args: model::ModelArgs,
}

fn trains(line: &str) -> miette::Result<String> {
    let args = Train::try_parse_from(std::iter::once("train").chain(line.split_whitespace())).expect("a command line");
    let mut out = Vec::new();
    train::run(&args.args, &mut out)?;
    Ok(String::from_utf8(out).expect("text"))
}

fn models(line: &str) -> miette::Result<String> {
    let args = OneModel::try_parse_from(std::iter::once("model").chain(line.split_whitespace())).expect("a command line");
    let mut out = Vec::new();
    model::run(&args.args, &mut out)?;
    Ok(String::from_utf8(out).expect("text"))
}

fn ids(path: &Path, rows: usize, targets: Option<&[i64]>, values: &[i64]) {
    let bytes = |v: &[i64]| v.iter().flat_map(|x| x.to_le_bytes()).collect::<Vec<u8>>();
    let shape = vec![rows, values.len() / rows];
    let (a, b) = (bytes(values), bytes(targets.unwrap_or(&[])));
    let mut tensors = vec![("ids", TensorView::new(Dtype::I64, shape.clone(), &a).expect("a tensor"))];
    if targets.is_some() {
        tensors.push(("targets", TensorView::new(Dtype::I64, shape, &b).expect("a tensor")));
    }
    std::fs::write(path, safetensors::serialize(tensors, None::<HashMap<String, String>>).expect("encodes")).expect("written");
}

#[test]
fn a_short_pipeline_leaves_recipe_curve_weights_predictions_and_record() {
    for variant in ["vanilla", "perceiver"] {
        let folder = tempfile::tempdir().expect("a folder");
        let out = folder.path().display();
        let said = trains(&format!("pipeline --out {out} --variant {variant} --epochs 2 --quiet --threads 2")).expect("trains");
        assert!(
            said.contains("right: ") && said.contains("Clopper-Pearson") && said.contains("always \"Arden\": 2 of 40"),
            "{said}"
        );
        let record = RunRecord::read(folder.path()).expect("a record");
        assert_eq!((record.variant.as_str(), record.stages.len()), (variant, 2));
        assert_eq!(Recipe::read(&folder.path().join("recipe.toml")).expect("resolved").pretrain.epochs, 2);
        let predictions = read_predictions(&folder.path().join("predictions.csv")).expect("predictions");
        assert_eq!(predictions.len(), 40);
        assert!(predictions.iter().all(|p| p.log_probability < 0.0));
        assert!(folder.path().join("pretrain/curve.csv").exists());
        // The weights say the same again.
        let again = folder.path().join("again.csv");
        let line = format!(
            "evaluate --variant {variant} --weights {out}/finetune/model.safetensors --out {} --against {out}/predictions.csv",
            again.display()
        );
        assert!(trains(&line).expect("evaluates").contains("right here alone: 0, there alone: 0"));
        assert_eq!(read_predictions(&again).expect("predictions"), predictions);
    }
}

/// A folder in the course's format, and a recipe for a small model of its vocabulary.
fn course(folder: &Path) -> String {
    let write = |name: &str, text: &str| std::fs::write(folder.join(name), text).expect("written");
    let names = ["Ada Byron", "Emmy Noether", "Sofya Kova", "Mary Some"];
    let places = ["London", "Erlangen", "Moscow", "Jedburgh"];
    let documents: Vec<String> = names.iter().zip(places).map(|(n, p)| format!("{n}. {n} was born in {p}, WQ?\n")).collect();
    let pairs: Vec<String> = names.iter().zip(places).map(|(n, p)| format!("Where was {n} born?\t{p}\n")).collect();
    write("wiki.txt", &documents.concat());
    write("birth_places_train.tsv", &pairs[2..].concat());
    write("birth_dev.tsv", &format!("{}\r\n{}", pairs[0], pairs[1]));
    let characters: std::collections::BTreeSet<char> = documents.concat().chars().collect();
    let text = include_str!("../../experiments/recipes/small-world.toml");
    let text = text.replace("vocabulary = 70", &format!("vocabulary = {}", characters.len() + 2));
    write("recipe.toml", &text.replace("epochs = ", "epochs = 2 # "));
    folder.join("recipe.toml").display().to_string()
}

#[test]
fn a_record_of_private_data_holds_no_name_and_one_of_the_small_world_every_answer() {
    let folder = tempfile::tempdir().expect("a folder");
    let at = |name: &str| folder.path().join(name).display().to_string();
    let recipe = course(folder.path());
    let data = folder.path().display();
    trains(&format!("pipeline --recipe {recipe} --data {data} --out {} --quiet --alone", at("run"))).expect("trains");
    let error = trains(&format!("record --run {} --out {}", at("run"), at("record"))).expect_err("no data");
    assert!(error.to_string().contains("--data"), "{error}");
    trains(&format!("record --run {} --out {} --data {data} --half", at("run"), at("record"))).expect("records");
    let mut texts = Vec::new();
    for entry in std::fs::read_dir(at("record")).expect("a folder") {
        let path = entry.expect("an entry").path();
        let text = String::from_utf8_lossy(&std::fs::read(&path).expect("a file")).into_owned();
        for word in ["Byron", "Noether", "Erlangen"] {
            assert!(!text.contains(word), "{} holds {word}", path.display());
        }
        texts.push((format!("x/{}", path.file_name().expect("a name").to_string_lossy()), text));
    }
    let files = texts.iter().filter(|(n, _)| !n.ends_with(".safetensors")).map(|(n, t)| (n.as_str(), t.as_str()));
    let runs = attest::runs::Runs::from_files(files).expect("a whole record");
    let run = runs.iter().next().expect("one");
    assert_eq!((run.rows.len(), run.baseline.right), (2, 1));
    // The weights beside it say what is recorded.
    let line =
        format!("evaluate --recipe {recipe} --data {data} --weights {} --out {}", at("record/model.safetensors"), at("again"));
    trains(&line).expect("evaluates");
    let again = read_predictions(Path::new(&at("again"))).expect("predictions");
    let rows: Vec<String> =
        texts.iter().find(|(n, _)| n == "x/predictions.csv").expect("rows").1.lines().skip(1).map(Into::into).collect();
    for (row, p) in rows.iter().zip(&again) {
        assert!(row.contains(&attest::trainer::export::sha256_16(&p.predicted)), "{row}: {p:?}");
    }
    // Other data than the run's are noticed.
    std::fs::write(folder.path().join("birth_dev.tsv"), "Where was Ada Byron born?\tLondon\n").expect("written");
    let error = trains(&format!("record --run {} --out {} --data {data}", at("run"), at("record"))).expect_err("other data");
    assert!(error.to_string().contains("not those of the run"), "{error}");
}

#[test]
fn a_question_is_answered_with_its_probability_and_whether_anybody_can_know() {
    #[derive(Parser)]
    struct Ask {
        #[command(flatten)]
        args: attest::command::ask::AskArgs,
    }
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("w");
    let model = Model::<f32>::new(&Recipe::find("small-world").expect("embedded").model, 1).expect("valid");
    save(&path, model.network.layout(), &model.parameters, true).expect("written");
    let asks = |question: &str| {
        let args = Ask::try_parse_from(["ask", question, "--weights", &path.display().to_string()]).expect("a command line");
        let mut out = Vec::new();
        attest::command::ask::run(&args.args, &mut out).map(|()| String::from_utf8(out).expect("text"))
    };
    let said = asks("Nobody Known").expect("answers");
    assert!(said.contains("probability") && said.contains("Nobody Known: no document names them"), "{said}");
    let error = asks("Zoë").expect_err("a character that no document has").to_string();
    assert!(error.contains('ë'), "{error}");
}

#[test]
fn wrong_data_recipes_and_weights_are_named() {
    let folder = tempfile::tempdir().expect("a folder");
    let out = folder.path().display();
    let error = |line: String| trains(&line).expect_err("an error").to_string();
    assert!(error(format!("pipeline --recipe nowhere.toml --out {out}")).contains("nowhere.toml"));
    assert!(error(format!("pipeline --recipe fast --data {out} --out {out}/x")).contains("wiki.txt"));
    assert!(error(format!("pipeline --recipe fast --out {out}/x")).contains("vocabulary of 70"));
    assert!(error(format!("evaluate --weights {out}/none")).contains("none"));
    assert!(error(format!("finetune --out {out} --quiet")).contains("pretrain"));
}

#[test]
fn forward_gives_logits_and_gradients_come_under_the_names_of_the_tensors() {
    let folder = tempfile::tempdir().expect("a folder");
    let at = |name: &str| folder.path().join(name).display().to_string();
    let recipe = Recipe::find("small-world").expect("embedded");
    let model = Model::<f32>::new(&recipe.model, 1).expect("valid");
    save(Path::new(&at("w")), model.network.layout(), &model.parameters, false).expect("written");
    ids(Path::new(&at("in")), 2, Some(&[4, 5, -1, 6, -1, -1]), &[2, 3, 4, 5, 6, 7]);
    let line = |what: &str, more: &str| {
        format!("{what} --weights {} --config small-world --input {} --out {} {more}", at("w"), at("in"), at(what))
    };
    let numbers = |file: &str, name: &str| {
        let bytes = std::fs::read(at(file)).expect("written");
        let file = SafeTensors::deserialize(&bytes).expect("safetensors");
        let view = file.tensor(name).expect("there");
        (view.shape().to_vec(), floats(view.dtype(), view.data()).expect("numbers"))
    };
    models(&line("forward", "")).expect("runs");
    let (shape, single) = numbers("forward", "logits");
    assert_eq!(shape, [2, 3, 70]);
    models(&line("forward", "--precision f64")).expect("runs");
    let (_, double) = numbers("forward", "logits");
    assert!(crate::support::relative(&single, &double) < attest::tolerance::PARITY_F32);
    models(&line("gradients", "")).expect("runs");
    let (shape, loss) = numbers("gradients", "loss");
    assert!(shape.is_empty() && (loss[0] - 70f64.ln()).abs() < 0.5);
    assert_eq!(numbers("gradients", "blocks.0.attn.key.weight").0, [64, 64]);
    ids(Path::new(&at("in")), 1, None, &[2, 70]);
    let error = models(&line("forward", "")).expect_err("an id too high").to_string();
    assert!(error.contains("id 70"), "{error}");
}
