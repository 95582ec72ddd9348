//! `attest model`: one pass over given ids, so that anyone can hold it against another engine.

use std::{
    borrow::Cow,
    collections::HashMap,
    io::Write,
    path::{Path, PathBuf},
};

use clap::{Args, Subcommand, ValueEnum};
use miette::{IntoDiagnostic, miette};
use safetensors::{Dtype, SafeTensors};

use crate::trainer::{
    Config, Model, Workspace,
    batch::{Example, IGNORED, Strip},
    bfloat16::Bfloat16,
    product::{Exact, Products},
    real::Real,
    recipe::Recipe,
    weights::{load, write_whole},
};

/// Run a model on given token ids.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  attest model forward --weights model.safetensors --config fast --input ids.safetensors --out logits.safetensors
  attest model gradients --weights model.safetensors --config recipe.toml --input batch.safetensors --out gradients.safetensors

The input is a safetensors file with `ids` [B, T] (I64, I32, I16 or U8) and, for gradients, `targets`
[B, T], negative where nothing is asked. Trailing positions of a row without a target are not computed
in `gradients`: nothing after the last target can matter.")]
pub struct ModelArgs {
    /// What to compute.
    #[command(subcommand)]
    pub what: What,
}

/// What `attest model` computes.
#[derive(Debug, Subcommand)]
pub enum What {
    /// Token ids in, `logits` (B x T x V) out.
    Forward(PassArgs),
    /// Mean `loss` and the gradient of every tensor, under its name.
    Gradients(PassArgs),
}

/// What both take.
#[derive(Debug, Args)]
pub struct PassArgs {
    /// The model: safetensors under minGPT's names.
    #[arg(long, value_name = "FILE")]
    pub weights: PathBuf,
    /// Its shape: a recipe's name or file, of which `[model]` counts.
    #[arg(long, value_name = "RECIPE")]
    pub config: String,
    /// Ids, and targets.
    #[arg(long, value_name = "FILE")]
    pub input: PathBuf,
    /// Where the result goes.
    #[arg(long, value_name = "FILE")]
    pub out: PathBuf,
    /// Number type of the computation and its result.
    #[arg(long, value_enum, default_value_t = PrecisionArg::F32)]
    pub precision: PrecisionArg,
}

/// Number types.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum PrecisionArg {
    /// Single.
    F32,
    /// Double.
    F64,
    /// Single, with products of factors rounded to bfloat16.
    Bf16,
}

/// Runs the command.
///
/// # Errors
/// Files that cannot be read, tensors of another shape, ids outside the vocabulary, rows longer
/// than the block.
pub fn run(args: &ModelArgs, out: &mut dyn Write) -> miette::Result<()> {
    let (pass, gradients) = match &args.what {
        What::Forward(pass) => (pass, false),
        What::Gradients(pass) => (pass, true),
    };
    match pass.precision {
        PrecisionArg::F64 => compute(pass, gradients, &read::<f64>(pass)?, &Exact, out),
        PrecisionArg::F32 => compute(pass, gradients, &read::<f32>(pass)?, &Exact, out),
        PrecisionArg::Bf16 => {
            let model = read::<f32>(pass)?;
            let packed = Bfloat16::new(&model.network, &model.parameters)
                .ok_or_else(|| miette!("this processor has no AVX512-BF16; use --precision f32"))?;
            compute(pass, gradients, &model, &packed, out)
        }
    }
}

fn read<T: Real>(args: &PassArgs) -> miette::Result<Model<T>> {
    let config: Config = Recipe::find(&args.config)?.model;
    let mut model = Model::new(&config, 0).into_diagnostic()?;
    model.parameters = load(&args.weights, model.network.layout())?;
    Ok(model)
}

fn compute<T: Real>(
    args: &PassArgs,
    gradients: bool,
    model: &Model<T>,
    products: &dyn Products<T>,
    out: &mut dyn Write,
) -> miette::Result<()> {
    let bytes = std::fs::read(&args.input).map_err(|e| crate::trainer::error::TrainError::file("read", &args.input, &e))?;
    let file = SafeTensors::deserialize(&bytes).map_err(|e| miette!("{}: {e}", args.input.display()))?;
    let config = model.network.config();
    let ids = matrix(&file, "ids", &args.input)?;
    check_ids(&ids, config, &args.input)?;
    let tensors = if gradients {
        let targets = matrix(&file, "targets", &args.input)?;
        if targets.shape != ids.shape {
            return Err(miette!("{}: `targets` has shape {:?}, `ids` {:?}", args.input.display(), targets.shape, ids.shape));
        }
        if let Some(t) = targets.values.iter().find(|t| **t >= config.vocabulary as i64) {
            return Err(miette!("{}: target {t}, the model knows 0 to {}", args.input.display(), config.vocabulary - 1));
        }
        loss_and_gradients(model, products, &ids, &targets)
    } else {
        vec![logits(model, products, &ids)]
    };
    let named = tensors.into_iter().map(|t| (t.name.clone(), t));
    let encoded =
        safetensors::serialize(named, Some(HashMap::from([("format".to_string(), "pt".to_string())]))).into_diagnostic()?;
    write_whole(&args.out, &encoded)?;
    writeln!(out, "wrote {}", args.out.display()).into_diagnostic()
}

/// Whole numbers `[B, T]`.
struct Ids {
    shape: [usize; 2],
    values: Vec<i64>,
}

fn matrix(file: &SafeTensors, name: &str, path: &Path) -> miette::Result<Ids> {
    let view = file.tensor(name).map_err(|e| miette!("{}: `{name}`: {e}", path.display()))?;
    let [rows, columns] = *view.shape() else {
        return Err(miette!("{}: `{name}` has shape {:?}, expected [B, T]", path.display(), view.shape()));
    };
    let data = view.data();
    let values = match view.dtype() {
        Dtype::I64 => data.chunks_exact(8).filter_map(|b| b.try_into().ok().map(i64::from_le_bytes)).collect(),
        Dtype::I32 => data.chunks_exact(4).filter_map(|b| b.try_into().ok().map(|b| i64::from(i32::from_le_bytes(b)))).collect(),
        Dtype::I16 => data.chunks_exact(2).map(|b| i64::from(i16::from_le_bytes([b[0], b[1]]))).collect(),
        Dtype::U8 => data.iter().map(|b| i64::from(*b)).collect(),
        other => return Err(miette!("{}: `{name}` has type {other:?}, expected I64, I32, I16 or U8", path.display())),
    };
    Ok(Ids { shape: [rows, columns], values })
}

fn check_ids(ids: &Ids, config: &Config, path: &Path) -> miette::Result<()> {
    if ids.shape[1] == 0 || ids.shape[0] == 0 || ids.shape[1] > config.block {
        return Err(miette!(
            "{}: `ids` has shape {:?}, the model reads rows of 1 to {}",
            path.display(),
            ids.shape,
            config.block
        ));
    }
    match ids.values.iter().find(|v| !(0..config.vocabulary as i64).contains(*v)) {
        Some(id) => Err(miette!("{}: id {id}, the model knows 0 to {}", path.display(), config.vocabulary - 1)),
        None => Ok(()),
    }
}

/// A tensor on its way out.
struct Named<T> {
    name: String,
    shape: Vec<usize>,
    values: Vec<T>,
}

impl<T: Real> safetensors::View for Named<T> {
    fn dtype(&self) -> Dtype {
        T::DTYPE
    }
    fn shape(&self) -> &[usize] {
        &self.shape
    }
    fn data(&self) -> Cow<'_, [u8]> {
        T::to_le(&self.values).into()
    }
    fn data_len(&self) -> usize {
        self.values.len() * size_of::<T>()
    }
}

/// Rows as examples; without targets every position is read and none asked.
fn examples(ids: &Ids, targets: Option<&Ids>) -> Vec<Example> {
    let length = ids.shape[1];
    let rows = ids.values.chunks_exact(length).enumerate();
    rows.map(|(i, row)| {
        let targets: Vec<u32> = match targets {
            Some(t) => t.values[i * length..(i + 1) * length].iter().map(|t| u32::try_from(*t).unwrap_or(IGNORED)).collect(),
            None => vec![IGNORED; length],
        };
        // Causal: what comes after the last target cannot matter.
        let real = match targets.iter().rposition(|t| *t != IGNORED) {
            Some(last) => last + 1,
            None => length,
        };
        Example { tokens: row[..real].iter().map(|v| *v as u32).collect(), targets: targets[..real].to_vec() }
    })
    .collect()
}

fn logits<T: Real>(model: &Model<T>, products: &dyn Products<T>, ids: &Ids) -> Named<T> {
    let strip = Strip::pack(&examples(ids, None));
    let every: Vec<usize> = (0..strip.tokens.len()).collect();
    let logits = model.logits_by(products, &strip.tokens, &strip.ragged, &every, None);
    let shape = vec![ids.shape[0], ids.shape[1], model.network.config().vocabulary];
    Named { name: "logits".into(), shape, values: logits.as_slice().to_vec() }
}

fn loss_and_gradients<T: Real>(model: &Model<T>, products: &dyn Products<T>, ids: &Ids, targets: &Ids) -> Vec<Named<T>> {
    let mut workspace = Workspace::new();
    let strip = Strip::pack(&examples(ids, Some(targets)));
    let scored = model.gradients(products, &[vec![strip]], 0.0, 0, &mut workspace);
    let loss = Named { name: "loss".into(), shape: Vec::new(), values: vec![T::of(scored.mean())] };
    let gradient = |t: &crate::trainer::layout::Tensor| Named {
        name: t.name.clone(),
        shape: t.shape.clone(),
        values: workspace.gradient()[t.range()].to_vec(),
    };
    std::iter::once(loss).chain(model.network.layout().tensors().iter().map(gradient)).collect()
}
