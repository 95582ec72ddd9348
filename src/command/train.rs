//! `attest train`: from first weights to an accuracy.

use std::{
    io::Write,
    path::{Path, PathBuf},
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::{Duration, Instant},
};

use clap::{Args, Subcommand, ValueEnum};
use indicatif::{ProgressBar, ProgressStyle};
use miette::{IntoDiagnostic, miette};

use crate::tolerance::INTERVAL_CONFIDENCE;
use crate::trainer::{
    Model,
    config::Variant,
    data::{Corpus, Pair, read_questions},
    evaluate::{Prediction, constant, count, predict},
    export::{self, Export},
    pipeline::Pipeline,
    recipe::Recipe,
    record::{read_predictions, write_predictions},
    session::{Control, Outcome, Summary},
    statistics::mcnemar,
    training::Step,
    weights::load,
};

/// Train a model of the course's kind and count what it knows.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  attest train pipeline --out runs/small                       the embedded world, in seconds
  attest train pipeline --recipe fast --data DIR --out runs/fast
  attest train pipeline --recipe course --data DIR --out runs/alone --alone
  attest train pipeline --recipe fast --data DIR --out runs/fast --resume
  attest train evaluate --recipe fast --data DIR --weights runs/fast/finetune/model.safetensors
  attest train record --run runs/fast --data DIR --out experiments/runs/fast")]
pub struct TrainArgs {
    /// What to do.
    #[command(subcommand)]
    pub what: What,
}

/// The steps, one by one or all together.
#[derive(Debug, Subcommand)]
pub enum What {
    /// Learn from documents by span corruption.
    Pretrain(RunArgs),
    /// Learn from question and answer pairs, after pretraining or alone.
    Finetune(FinetuneArgs),
    /// Ask the dev questions of a model.
    Evaluate(EvaluateArgs),
    /// Pretrain, finetune and evaluate; the run's record is left in --out.
    Pipeline(RunArgs),
    /// Make a record of a finished run that may be published: no text of private data is in it.
    Record(RecordArgs),
}

/// What a record is made of.
#[derive(Debug, Args)]
pub struct RecordArgs {
    /// Folder of the finished run.
    #[arg(long, value_name = "DIR")]
    pub run: PathBuf,
    /// Folder of the record, such as experiments/runs/NAME.
    #[arg(long, value_name = "DIR")]
    pub out: PathBuf,
    /// The course's folder, for a run on it.
    #[arg(long, value_name = "DIR")]
    pub data: Option<PathBuf>,
    /// Put the weights beside it, rounded to bfloat16; the predictions recorded are then those of these.
    #[arg(long)]
    pub half: bool,
}

/// What every training command takes.
#[derive(Debug, Args)]
pub struct RunArgs {
    /// A recipe that comes with the program (course, fast, mixed, small-world), or a file.
    #[arg(long, default_value = "small-world")]
    pub recipe: String,
    /// Folder of wiki.txt, birth_places_train.tsv and birth_dev.tsv; without it the embedded world.
    #[arg(long, value_name = "DIR")]
    pub data: Option<PathBuf>,
    /// Folder of the run.
    #[arg(long, value_name = "DIR")]
    pub out: PathBuf,
    /// Go on from what --out holds, to the same bits as a run that never stopped.
    #[arg(long)]
    pub resume: bool,
    /// Skip pretraining: 75 epochs on the pairs alone, as the course's 2d.
    #[arg(long)]
    pub alone: bool,
    /// Overrides the recipe's variant.
    #[arg(long, value_enum)]
    pub variant: Option<VariantArg>,
    /// Overrides the recipe's epochs of pretraining.
    #[arg(long, value_name = "N")]
    pub epochs: Option<u64>,
    /// Overrides the recipe's seed.
    #[arg(long)]
    pub seed: Option<u64>,
    /// Hold out the last N training pairs and measure on them instead of dev.
    #[arg(long, value_name = "N", default_value_t = 0)]
    pub holdout: usize,
    /// Threads; the result does not depend on them. 0 takes all.
    #[arg(long, default_value_t = 0)]
    pub threads: usize,
    /// No progress bar.
    #[arg(long)]
    pub quiet: bool,
}

/// Vanilla or perceiver.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum VariantArg {
    /// Causal blocks over the tokens.
    Vanilla,
    /// Latents between.
    Perceiver,
}

/// What finetuning takes.
#[derive(Debug, Args)]
pub struct FinetuneArgs {
    /// The run.
    #[command(flatten)]
    pub run: RunArgs,
    /// Pretrained weights; without it those of --out's pretraining.
    #[arg(long, value_name = "FILE")]
    pub from: Option<PathBuf>,
}

/// What evaluation takes.
#[derive(Debug, Args)]
pub struct EvaluateArgs {
    /// The recipe that says the model's shape.
    #[arg(long, default_value = "small-world")]
    pub recipe: String,
    /// Folder of the course's files; without it the embedded world.
    #[arg(long, value_name = "DIR")]
    pub data: Option<PathBuf>,
    /// The model.
    #[arg(long, value_name = "FILE")]
    pub weights: PathBuf,
    /// Overrides the recipe's variant.
    #[arg(long, value_enum)]
    pub variant: Option<VariantArg>,
    /// Where the predictions go.
    #[arg(long, value_name = "FILE")]
    pub out: Option<PathBuf>,
    /// Predictions of another model, to compare with by McNemar's test.
    #[arg(long, value_name = "FILE")]
    pub against: Option<PathBuf>,
    /// Measure on the last N training pairs instead of dev.
    #[arg(long, value_name = "N", default_value_t = 0)]
    pub holdout: usize,
    /// Answer these questions, one a line and without answers, instead of dev's.
    #[arg(long, value_name = "FILE", requires = "out", conflicts_with_all = ["holdout", "against"])]
    pub questions: Option<PathBuf>,
}

/// Checkpoints come this often.
const SAVE_EVERY: Duration = Duration::from_secs(120);
/// Confidence of the intervals shown.
const CONFIDENCE: f64 = 0.95;

/// Runs the command.
///
/// # Errors
/// Everything that [`crate::trainer::error::TrainError`] names.
pub fn run(args: &TrainArgs, out: &mut dyn Write) -> miette::Result<()> {
    match &args.what {
        What::Evaluate(args) => evaluate(args, out),
        What::Record(args) => record(args, out),
        What::Pretrain(args) => on_threads(args, |p, w| pretrain(p, w).map(|_| ()), out),
        What::Finetune(args) => {
            let from = args.from.clone();
            let alone = args.run.alone;
            on_threads(&args.run, move |p, w| finetune_from(p, from.as_deref(), alone, w), out)
        }
        What::Pipeline(args) => {
            let (alone, held_out) = (args.alone, args.holdout > 0);
            on_threads(args, move |p, w| pipeline(p, alone, held_out, w), out)
        }
    }
}

/// A place to write to, and the watcher of steps.
struct Stand<'a> {
    out: &'a mut (dyn Write + Send),
    watcher: Watcher,
}

/// Reads recipe and data, and runs `work` on as many threads as asked.
fn on_threads(
    args: &RunArgs,
    work: impl FnOnce(&Pipeline, &mut Stand) -> miette::Result<()> + Send,
    out: &mut dyn Write,
) -> miette::Result<()> {
    let mut recipe = Recipe::find(&args.recipe)?;
    apply(&mut recipe, args.variant);
    recipe.seed = args.seed.unwrap_or(recipe.seed);
    recipe.pretrain.epochs = args.epochs.unwrap_or(recipe.pretrain.epochs);
    let corpus = Corpus::read(args.data.as_deref(), &recipe, args.holdout)?;
    let pipeline = Pipeline { recipe: &recipe, corpus: &corpus, out: args.out.clone(), resume: args.resume };
    pipeline.begin()?;
    let threads = rayon::ThreadPoolBuilder::new().num_threads(args.threads).build().into_diagnostic()?;
    let watcher = Watcher::new(args.quiet)?;
    // What is said goes through a buffer: the caller's writer need not move between threads.
    let mut said = Vec::new();
    let result = threads.install(|| work(&pipeline, &mut Stand { out: &mut said, watcher }));
    out.write_all(&said).into_diagnostic()?;
    result
}

fn apply(recipe: &mut Recipe, variant: Option<VariantArg>) {
    match variant {
        Some(VariantArg::Vanilla) => recipe.model.variant = Variant::Vanilla,
        Some(VariantArg::Perceiver) => recipe.model.variant = Variant::Perceiver,
        None => {}
    }
}

/// The model of a finished stage, or a message that says how to go on.
fn finished(outcome: Outcome, out: &Path) -> miette::Result<(Model<f32>, Summary)> {
    match outcome {
        Outcome::Finished(model, summary) => Ok((*model, summary)),
        Outcome::Stopped(place) => Err(miette!(
            code = "attest::train::stopped",
            help = format!("the same command with --resume goes on from step {}", place.step),
            "stopped after step {}; a checkpoint is in {}",
            place.step,
            out.display()
        )),
    }
}

fn pretrain(p: &Pipeline, stand: &mut Stand) -> miette::Result<(Model<f32>, Summary)> {
    let outcome = p.pretrain(&mut |name, step| stand.watcher.watch(name, step))?;
    stand.watcher.done();
    let (model, summary) = finished(outcome, &p.out)?;
    say(stand.out, &summary)?;
    Ok((model, summary))
}

fn finetune_from(p: &Pipeline, from: Option<&Path>, alone: bool, stand: &mut Stand) -> miette::Result<()> {
    let outcome = if alone {
        p.finetune_alone(&mut |name, step| stand.watcher.watch(name, step))?
    } else {
        let path = from.map_or_else(|| p.pretrained(), Path::to_path_buf);
        let mut model = p.first()?;
        model.parameters = load(&path, model.network.layout())?;
        p.finetune(model, &path.display().to_string(), &mut |name, step| stand.watcher.watch(name, step))?
    };
    stand.watcher.done();
    let (_, summary) = finished(outcome, &p.out)?;
    say(stand.out, &summary)
}

fn pipeline(p: &Pipeline, alone: bool, held_out: bool, stand: &mut Stand) -> miette::Result<()> {
    let mut stages = Vec::new();
    let outcome = if alone {
        p.finetune_alone(&mut |name, step| stand.watcher.watch(name, step))?
    } else {
        let (model, summary) = pretrain(p, stand)?;
        let before = summary.run.clone();
        stages.push(summary);
        p.finetune(model, &before, &mut |name, step| stand.watcher.watch(name, step))?
    };
    stand.watcher.done();
    let (model, summary) = finished(outcome, &p.out)?;
    say(stand.out, &summary)?;
    stages.push(summary);
    let predictions = p.evaluate(&model, stages, commit(), held_out)?;
    accuracy(stand.out, &predictions, p.corpus)
}

/// Trains the small world, both models with and without pretraining, and says what each scores.
pub(super) fn small_world(quiet: bool) -> miette::Result<Vec<String>> {
    let mut said = Vec::new();
    for variant in [VariantArg::Vanilla, VariantArg::Perceiver] {
        for alone in [false, true] {
            let mut recipe = Recipe::find("small-world")?;
            apply(&mut recipe, Some(variant));
            let corpus = Corpus::read(None, &recipe, 0)?;
            let folder = tempfile::tempdir().into_diagnostic()?;
            let p = Pipeline { recipe: &recipe, corpus: &corpus, out: folder.path().to_path_buf(), resume: false };
            let mut stand = Stand { out: &mut Vec::new(), watcher: Watcher::new(quiet)? };
            pipeline(&p, alone, false, &mut stand)?;
            let count = count(&read_predictions(&folder.path().join("predictions.csv"))?);
            let interval = percent(count.clopper_pearson(INTERVAL_CONFIDENCE));
            let name = format!("{variant:?}").to_lowercase();
            let with = if alone { "without" } else { "with" };
            said.push(format!(
                "trained anew, small world, {name} {with} pretraining: {} of {} right ({:.0} % interval {interval})",
                count.right,
                count.total,
                100.0 * INTERVAL_CONFIDENCE
            ));
        }
    }
    Ok(said)
}

/// The commit that the program runs in, where git can be asked.
fn commit() -> Option<String> {
    let output = std::process::Command::new("git").args(["rev-parse", "HEAD"]).output().ok()?;
    output.status.success().then(|| String::from_utf8_lossy(&output.stdout).trim().to_string())
}

fn evaluate(args: &EvaluateArgs, out: &mut dyn Write) -> miette::Result<()> {
    let mut recipe = Recipe::find(&args.recipe)?;
    apply(&mut recipe, args.variant);
    let corpus = Corpus::read(args.data.as_deref(), &recipe, args.holdout)?;
    let mut model = Model::<f32>::new(&recipe.model, 0).into_diagnostic()?;
    model.parameters = load(&args.weights, model.network.layout())?;
    let asked = match &args.questions {
        Some(path) => read_questions(path)?.into_iter().map(|question| Pair { question, answer: String::new() }).collect(),
        None => corpus.dev.clone(),
    };
    let predictions = predict(&model, &corpus.vocabulary, &asked)?;
    if let Some(path) = &args.out {
        write_predictions(path, &predictions)?;
    }
    if args.questions.is_some() {
        return writeln!(out, "answered {} questions", predictions.len()).into_diagnostic();
    }
    accuracy(out, &predictions, &corpus)?;
    match &args.against {
        Some(path) => compare(out, &predictions, &read_predictions(path)?),
        None => Ok(()),
    }
}

fn record(args: &RecordArgs, out: &mut dyn Write) -> miette::Result<()> {
    let export = Export { run: &args.run, out: &args.out, data: args.data.as_deref(), half: args.half };
    let c = count(&export::export(&export)?);
    writeln!(out, "recorded in {}: {} of {} right", args.out.display(), c.right, c.total).into_diagnostic()
}

fn say(out: &mut dyn Write, s: &Summary) -> miette::Result<()> {
    writeln!(out, "{}: {} steps, {} real tokens, last loss {:.4} nats a target", s.stage, s.steps, s.tokens, s.last_loss_nats)
        .into_diagnostic()
}

fn percent(interval: Option<(f64, f64)>) -> String {
    interval.map_or_else(|| "none".into(), |(a, b)| format!("{:.1} to {:.1} %", 100.0 * a, 100.0 * b))
}

fn accuracy(out: &mut dyn Write, predictions: &[Prediction], corpus: &Corpus) -> miette::Result<()> {
    let c = count(predictions);
    let share = c.share().map_or_else(|| "none".into(), |s| format!("{:.1} %", 100.0 * s));
    let b = constant(&corpus.dev, &corpus.baseline);
    writeln!(out, "right: {} of {}, {share}", c.right, c.total).into_diagnostic()?;
    writeln!(
        out,
        "95 % intervals: Wilson {}, Clopper-Pearson {}",
        percent(c.wilson(CONFIDENCE)),
        percent(c.clopper_pearson(CONFIDENCE))
    )
    .into_diagnostic()?;
    writeln!(out, "always \"{}\": {} of {}", corpus.baseline, b.right, b.total).into_diagnostic()
}

fn compare(out: &mut dyn Write, ours: &[Prediction], theirs: &[Prediction]) -> miette::Result<()> {
    if ours.len() != theirs.len() || ours.iter().zip(theirs).any(|(a, b)| a.name != b.name) {
        return Err(miette!("the two files answer different questions"));
    }
    let only = |a: &[Prediction], b: &[Prediction]| a.iter().zip(b).filter(|(x, y)| x.is_right() && !y.is_right()).count() as u64;
    let (first, second) = (only(ours, theirs), only(theirs, ours));
    writeln!(out, "right here alone: {first}, there alone: {second}; McNemar's exact test: p = {:.3e}", mcnemar(first, second))
        .into_diagnostic()
}

/// Shows a bar, asks for checkpoints, and stops on Ctrl-C.
struct Watcher {
    bar: ProgressBar,
    stage: String,
    saved: Instant,
    started: (Instant, u64),
    interrupted: Arc<AtomicBool>,
}

impl Watcher {
    fn new(quiet: bool) -> miette::Result<Watcher> {
        let bar = if quiet { ProgressBar::hidden() } else { ProgressBar::new(0) };
        bar.set_style(ProgressStyle::with_template("{prefix:9} [{bar:30}] {pos}/{len} {msg}, {eta} left").into_diagnostic()?);
        let interrupted = Arc::new(AtomicBool::new(false));
        let flag = Arc::clone(&interrupted);
        // A second command in one process keeps the handler of the first.
        let _ = ctrlc::try_set_handler(move || flag.store(true, Ordering::Relaxed));
        Ok(Watcher { bar, stage: String::new(), saved: Instant::now(), started: (Instant::now(), 0), interrupted })
    }

    fn watch(&mut self, stage: &str, step: &Step) -> Control {
        if self.stage != stage {
            self.stage = stage.to_string();
            self.bar.set_prefix(self.stage.clone());
            self.bar.reset();
            self.bar.set_position(step.place.step);
            self.started = (Instant::now(), step.place.tokens);
        }
        self.bar.set_length(step.steps);
        self.bar.set_position(step.place.step);
        let rate = (step.place.tokens - self.started.1) as f64 / self.started.0.elapsed().as_secs_f64().max(1e-9);
        self.bar.set_message(format!("loss {:.3}, rate {:.1e}, {rate:.0} tokens/s", step.scored.mean(), step.rate));
        if self.interrupted.load(Ordering::Relaxed) {
            return Control::Stop;
        }
        if self.saved.elapsed() >= SAVE_EVERY {
            self.saved = Instant::now();
            return Control::Save;
        }
        Control::Continue
    }

    fn done(&self) {
        self.bar.finish_and_clear();
    }
}
