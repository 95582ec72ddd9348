//! Where a step's time goes, layer by layer, on one thread.
//!
//! Each part is timed alone on a strip of real examples, the least of many repetitions, and counted as often as a
//! step runs it; the whole step, timed on one thread too, stands below for comparison.

use std::time::Instant;

use attest::trainer::{
    Model,
    batch::{Example, LANES_MAX, Strip, lanes},
    bfloat16::Bfloat16,
    data::Source,
    layer::{Attention, Dropout, Linear, Mlp, Norm, Pass, Rows, Span, cross_entropy},
    optimizer::{Optimizer, clip},
    pool::Pool,
    product::{Exact, Products},
    recipe::{Precision, Recipe, Stage},
};
use nalgebra::DMatrix;

use super::{recipe, source, timed};

/// A part of a step: its name, and the milliseconds that a step spends in it.
type Part = (&'static str, f64);

/// The least time of many repetitions, in milliseconds.
fn least(mut work: impl FnMut()) -> f64 {
    work();
    let (start, mut least) = (Instant::now(), f64::INFINITY);
    while start.elapsed().as_secs_f64() < 0.3 {
        let before = Instant::now();
        work();
        least = least.min(before.elapsed().as_secs_f64());
    }
    1e3 * least
}

pub fn run(args: &[String]) {
    rayon::ThreadPoolBuilder::new().num_threads(1).build_global().expect("one thread");
    let recipe = recipe(args);
    let documents = source(args, &recipe);
    for precision in [Precision::F32, Precision::Bf16] {
        let whole = timed(&recipe, precision, &*documents, 5.0);
        if whole.precision == precision {
            table(precision, &parts(&recipe, precision, &*documents), 1e3 * whole.seconds_a_step_least);
        }
    }
}

fn table(precision: Precision, parts: &[Part], whole: f64) {
    let sum: f64 = parts.iter().map(|p| p.1).sum();
    println!("{precision:?} products, one thread, milliseconds a step");
    for (name, time) in parts {
        println!("  {name:34} {time:8.1}  {:5.1} %", 100.0 * time / sum);
    }
    println!("  {:34} {sum:8.1}; the whole step: {whole:.1}", "sum of the parts");
}

/// One strip with matrices of its width to work on.
struct Bench<'a> {
    model: &'a Model<f32>,
    products: &'a dyn Products<f32>,
    rate: f64,
    tokens: usize,
    pool: Pool<f32>,
    gradients: Vec<f32>,
}

impl Bench<'_> {
    fn pass(&mut self) -> (Pass<'_, f32>, &mut Vec<f32>) {
        (self.model.pass(self.products, Dropout::new(self.rate, 7), &mut self.pool), &mut self.gradients)
    }

    fn matrix(&self, rows: usize) -> DMatrix<f32> {
        DMatrix::from_fn(rows, self.tokens, |i, j| ((i * 31 + j * 17) as f32).sin())
    }

    fn linear(&mut self, layer: &Linear) -> f64 {
        let (x, dy) = (self.matrix(layer.inputs), self.matrix(layer.outputs));
        least(|| {
            let (mut pass, gradients) = self.pass();
            let y = layer.forward(&mut pass, &x);
            let dx = layer.backward(&mut pass, &x, &dy, gradients);
            [y, dx].into_iter().for_each(|m| pass.pool.give(m));
        })
    }

    fn mlp(&mut self, layer: &Mlp) -> f64 {
        let (x, dy) = (self.matrix(layer.up.inputs), self.matrix(layer.up.inputs));
        least(|| {
            let (mut pass, gradients) = self.pass();
            let (y, trace) = layer.forward(&mut pass, &x);
            let dx = layer.backward(&mut pass, &x, trace, &dy, gradients);
            [y, dx].into_iter().for_each(|m| pass.pool.give(m));
        })
    }

    fn norm(&mut self, layer: &Norm) -> f64 {
        let (x, dy) = (self.matrix(layer.width), self.matrix(layer.width));
        least(|| {
            let (mut pass, gradients) = self.pass();
            let (y, moments) = layer.forward(&mut pass, &x);
            let dx = layer.backward(&mut pass, &x, &moments, &dy, gradients);
            [y, moments, dx].into_iter().for_each(|m| pass.pool.give(m));
        })
    }

    fn attention(&mut self, layer: &Attention, spans: &[Span]) -> f64 {
        let width = layer.heads * layer.head;
        let (qkv, dc) = (self.matrix(3 * width), self.matrix(width));
        least(|| {
            let (mut pass, _) = self.pass();
            let rows = [0, width, 2 * width].map(|row| Rows::of(&qkv, row));
            let (context, weights) = layer.forward(&mut pass, rows[0], rows[1], rows[2], spans);
            let mut targets = [pass.pool.zeros(3 * width, qkv.ncols())];
            layer.backward(&mut pass, rows, &weights, spans, &dc, &mut targets, [(0, 0), (0, width), (0, 2 * width)]);
            let [target] = targets;
            [context, target].into_iter().for_each(|m| pass.pool.give(m));
            pass.pool.give_buffer(weights);
        })
    }

    /// The residual sum with its mask, forward, and the masked copy, backward.
    fn residual(&mut self, width: usize) -> f64 {
        let (x, mut y) = (self.matrix(width), self.matrix(width));
        least(|| {
            let (pass, _) = self.pass();
            let mask = pass.dropout.site(1);
            mask.apply_and_add(y.as_mut_slice(), x.as_slice());
            y.copy_from(&x);
            mask.apply(y.as_mut_slice(), 0);
        })
    }
}

/// Every part of a step with its time.
fn parts(recipe: &Recipe, precision: Precision, documents: &dyn Source) -> Vec<Part> {
    let stage = &recipe.pretrain;
    let examples: Vec<Example> = (0..stage.batch).map(|i| documents.example(0, i)).collect();
    let lanes = lanes(&examples);
    let strips = lanes.iter().map(Vec::len).sum::<usize>() as f64;
    let strip = &lanes[0][0];
    let mut model = Model::<f32>::new(&recipe.model, 0).expect("the recipe's shape");
    let packed = Bfloat16::new(&model.network, &model.parameters).filter(|_| precision == Precision::Bf16);
    let products: &dyn Products<f32> = packed.as_ref().map_or(&Exact, |p| p);
    let count = model.parameters.len();
    let (tokens, pool, gradients) = (strip.tokens.len(), Pool::default(), vec![0.0; count]);
    let mut bench = Bench { model: &model, products, rate: stage.dropout, tokens, pool, gradients };
    let (blocks, width) = (recipe.model.layers as f64, recipe.model.width);
    let linears = model.network.linears();
    let (qkv, proj, up, down, head) = (linears[0], linears[1], linears[2], linears[3], linears[linears.len() - 1]);
    let each: Vec<f64> = [qkv, proj, up, down, head].iter().map(|l| bench.linear(l)).collect();
    let gelu = bench.mlp(&Mlp { up, down }) - each[2] - each[3];
    let gain = model.network.layout().tensors().iter().find(|t| t.name == "ln_f.weight").map_or(0, |t| t.offset);
    let norm = bench.norm(&Norm { gain, width });
    let attention = Attention { heads: recipe.model.heads, head: width / recipe.model.heads, site: 1 };
    let attention = bench.attention(&attention, &spans(strip));
    let residual = bench.residual(width);
    let mut logits = bench.matrix(recipe.model.vocabulary);
    let targets = vec![3; tokens];
    let loss = least(|| {
        cross_entropy(&mut logits, &targets, 1e-3);
    });
    let a_block = strips * blocks;
    let mut parts = vec![
        ("products: query, key, value", a_block * each[0]),
        ("products: after the heads", a_block * each[1]),
        ("products: feed-forward, up", a_block * each[2]),
        ("products: feed-forward, down", a_block * each[3]),
        ("products: head", strips * each[4]),
        ("attention within the heads", a_block * attention),
        ("GELU", a_block * gelu),
        ("LayerNorm", strips * (2.0 * blocks + 1.0) * norm),
        ("residual sums and dropout", a_block * 2.0 * residual),
        ("cross entropy", strips * loss),
    ];
    parts.extend(after(stage, precision, &mut model, lanes.len().min(LANES_MAX)));
    parts
}

/// What follows the gradients: once a step.
fn after(stage: &Stage, precision: Precision, model: &mut Model<f32>, lanes: usize) -> Vec<Part> {
    let count = model.parameters.len();
    let mut gradient = vec![1e-3f32; count];
    let mut optimizer = Optimizer::new(stage.settings(), count);
    let mut sum = vec![0.0f32; count];
    let adding = least(|| {
        for _ in 0..lanes {
            gradient.fill(1e-3);
            sum.iter_mut().zip(&gradient).for_each(|(s, g)| *s += *g);
        }
    });
    let clipping = least(|| {
        clip(&mut gradient, stage.clip);
    });
    let layout = model.network.layout().clone();
    let moving = least(|| optimizer.step(&layout, &mut model.parameters, &gradient, 1e-6));
    let mut parts = vec![("clearing and adding gradients", adding), ("clipping", clipping), ("optimizer", moving)];
    if precision == Precision::Bf16
        && let Some(mut packed) = Bfloat16::new(&model.network, &model.parameters)
    {
        parts.push(("packing weights", least(|| packed.refresh(&model.network, &model.parameters))));
    }
    parts
}

fn spans(strip: &Strip) -> Vec<Span> {
    let each = strip.ragged.starts.iter().zip(&strip.ragged.lengths);
    each.map(|(start, n)| Span { query: *start, queries: *n, out: *start, key: *start, keys: *n, past: 0 }).collect()
}
