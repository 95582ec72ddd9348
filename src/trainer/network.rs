//! The whole model: embedding, body, head; forward for training and decoding alike, and backward.

use nalgebra::DMatrix;

use super::{
    batch::{IGNORED, Ragged, Strip},
    config::{Config, ConfigError, Positions, Variant},
    layer::{
        Attention, Between, Block, BlockTrace, Cross, CrossTrace, Down, Embedding, KeyValues, Linear, Mlp, Norm, Pass, Rotary,
        Scored, Up, cross_entropy,
    },
    layout::{Layout, Role},
    real::Real,
};

/// The wiring of a model of one shape; it holds no numbers.
#[derive(Debug, Clone)]
pub struct Network {
    config: Config,
    layout: Layout,
    embedding: Embedding,
    down: Option<Down>,
    blocks: Vec<Block>,
    up: Option<Up>,
    ln_f: Norm,
    head: Linear,
}

/// What backward needs of the body.
struct Trace<T: Real> {
    /// The embedded input and the latents' ragged shape; only a perceiver keeps them.
    perceiver: Option<Bottleneck<T>>,
    blocks: Vec<BlockTrace<T>>,
}

struct Bottleneck<T: Real> {
    embedded: DMatrix<T>,
    latents: Ragged,
    down: CrossTrace<T>,
    /// Output of the last block over latents.
    processed: DMatrix<T>,
    up: CrossTrace<T>,
}

/// Keys and values of all that a set of sequences has read so far.
#[derive(Debug, Clone)]
pub struct Cache<T: Real> {
    down: Option<KeyValues<T>>,
    blocks: Vec<KeyValues<T>>,
    up: Option<KeyValues<T>>,
}

/// Offsets of one block's layers as they are added to a layout.
struct Plan<'a> {
    layout: &'a mut Layout,
    width: usize,
}

impl Plan<'_> {
    fn norm(&mut self, name: &str) -> Norm {
        let gain = self.layout.add(format!("{name}.weight"), &[self.width], Role::Gain);
        self.layout.add(format!("{name}.bias"), &[self.width], Role::Bias);
        Norm { gain, width: self.width }
    }

    /// Linear layers with one input, side by side: weights first, then biases.
    fn linear(&mut self, names: &[String], inputs: usize, each: usize) -> Linear {
        let weights: Vec<usize> =
            names.iter().map(|n| self.layout.add(format!("{n}.weight"), &[each, inputs], Role::Hidden)).collect();
        let biases: Vec<usize> = names.iter().map(|n| self.layout.add(format!("{n}.bias"), &[each], Role::Bias)).collect();
        Linear { weight: weights[0], bias: Some(biases[0]), inputs, outputs: names.len() * each }
    }

    fn one(&mut self, name: String, inputs: usize, outputs: usize) -> Linear {
        self.linear(&[name], inputs, outputs)
    }

    fn mlp(&mut self, name: &str) -> Mlp {
        Mlp {
            up: self.one(format!("{name}.mlp.0"), self.width, 4 * self.width),
            down: self.one(format!("{name}.mlp.2"), 4 * self.width, self.width),
        }
    }

    fn block(&mut self, name: &str, attention: Attention) -> Block {
        let parts = ["query", "key", "value"].map(|p| format!("{name}.attn.{p}"));
        Block {
            ln1: self.norm(&format!("{name}.ln1")),
            qkv: self.linear(&parts, self.width, self.width),
            attention,
            proj: self.one(format!("{name}.attn.proj"), self.width, self.width),
            ln2: self.norm(&format!("{name}.ln2")),
            mlp: self.mlp(name),
            site: attention.site + 1,
        }
    }

    fn cross(&mut self, name: &str, attention: Attention) -> Cross {
        let parts = ["key", "value"].map(|p| format!("{name}.attn.{p}"));
        Cross {
            ln1: self.norm(&format!("{name}.ln1")),
            query: self.one(format!("{name}.attn.query"), self.width, self.width),
            key_value: self.linear(&parts, self.width, self.width),
            attention,
            proj: self.one(format!("{name}.attn.proj"), self.width, self.width),
            ln2: self.norm(&format!("{name}.ln2")),
            mlp: self.mlp(name),
            site: attention.site + 1,
        }
    }
}

impl Network {
    /// The model of a shape.
    ///
    /// # Errors
    /// A shape that [`Config::validate`] refuses.
    pub fn new(config: &Config) -> Result<Network, ConfigError> {
        config.validate()?;
        let mut layout = Layout::default();
        let width = config.width;
        let tokens = layout.add("tok_emb.weight".into(), &[config.vocabulary, width], Role::Embedding);
        let learned = config.positions == Positions::Learned;
        let positions = learned.then(|| layout.add("pos_emb".into(), &[1, config.block, width], Role::Positions));
        // Three sites of dropout a block: attention weights and two residuals; the embedding's is 0.
        let attention = |i: usize| Attention { heads: config.heads, head: config.head_width(), site: 1 + 3 * i as u64 };
        let perceiver = config.variant == Variant::Perceiver;
        let down = perceiver.then(|| {
            let latents = layout.add("down_block.C".into(), &[1, config.bottleneck, width], Role::Latents);
            let cross = Plan { layout: &mut layout, width }.cross("down_block", attention(0));
            Down { cross, latents, count: config.bottleneck }
        });
        let inner = if perceiver { config.layers - 2 } else { config.layers };
        let first = usize::from(perceiver);
        let blocks =
            (0..inner).map(|i| Plan { layout: &mut layout, width }.block(&format!("blocks.{i}"), attention(first + i))).collect();
        let up = perceiver.then(|| Up { cross: Plan { layout: &mut layout, width }.cross("up_block", attention(first + inner)) });
        let ln_f = Plan { layout: &mut layout, width }.norm("ln_f");
        let weight = layout.add("head.weight".into(), &[config.vocabulary, width], Role::Head);
        let head = Linear { weight, bias: None, inputs: width, outputs: config.vocabulary };
        let embedding = Embedding { tokens, positions, width, site: 0 };
        Ok(Network { config: config.clone(), layout, embedding, down, blocks, up, ln_f, head })
    }

    /// The shape.
    pub fn config(&self) -> &Config {
        &self.config
    }

    /// Names, shapes and places of the tensors.
    pub fn layout(&self) -> &Layout {
        &self.layout
    }

    /// The linear layers, the head last: what a reduced-precision product packs.
    pub fn linears(&self) -> Vec<Linear> {
        let cross = |c: &Cross| vec![c.query, c.key_value, c.proj, c.mlp.up, c.mlp.down];
        let down = self.down.iter().flat_map(|d| cross(&d.cross));
        let blocks = self.blocks.iter().flat_map(|b| [b.qkv, b.proj, b.mlp.up, b.mlp.down]);
        let up = self.up.iter().flat_map(|u| cross(&u.cross));
        down.chain(blocks).chain(up).chain([self.head]).collect()
    }

    /// The table of rotations that a pass needs, where positions are rotary.
    pub fn rotary<T: Real>(&self) -> Option<Rotary<T>> {
        (self.config.positions == Positions::Rotary)
            .then(|| Rotary::new(self.config.block.max(self.config.bottleneck), self.config.head_width()))
    }

    /// An empty cache for `sequences` sequences of up to `block` positions.
    pub fn cache<T: Real>(&self, sequences: usize) -> Cache<T> {
        let c = &self.config;
        let room = |positions| KeyValues::new(c.width, sequences, positions);
        let inner = if self.down.is_some() { c.bottleneck.min(c.block) } else { c.block };
        Cache {
            down: self.down.map(|_| room(c.block)),
            blocks: self.blocks.iter().map(|_| room(inner)).collect(),
            up: self.up.map(|_| room(c.bottleneck.min(c.block))),
        }
    }

    /// `C x N` before the last norm. Token ids are below the vocabulary and positions below the
    /// block: callers check (`Strip`s come from a vocabulary and a corruption that keep to both).
    fn body<T: Real>(
        &self,
        pass: &mut Pass<T>,
        tokens: &[u32],
        ragged: &Ragged,
        mut cache: Option<&mut Cache<T>>,
    ) -> (DMatrix<T>, Trace<T>) {
        let embedded = self.embedding.forward(pass, tokens, ragged);
        let mut traces = Vec::with_capacity(self.blocks.len());
        let (Some(down), Some(up)) = (&self.down, &self.up) else {
            let x = self.stack(pass, ragged, embedded, &mut traces, cache);
            return (x, Trace { perceiver: None, blocks: traces });
        };
        let latents = ragged.latents(down.count);
        let descent = Between { asking: &latents, answering: ragged };
        let (y, down) = down.forward(pass, &descent, &embedded, cache.as_mut().and_then(|c| c.down.as_mut()));
        let processed = self.stack(pass, &latents, y, &mut traces, cache.as_deref_mut());
        let ascent = Between { asking: ragged, answering: &latents };
        let (x, up) = up.forward(pass, &ascent, &embedded, &processed, cache.and_then(|c| c.up.as_mut()));
        (x, Trace { perceiver: Some(Bottleneck { embedded, latents, down, processed, up }), blocks: traces })
    }

    fn stack<T: Real>(
        &self,
        pass: &mut Pass<T>,
        ragged: &Ragged,
        mut x: DMatrix<T>,
        traces: &mut Vec<BlockTrace<T>>,
        mut cache: Option<&mut Cache<T>>,
    ) -> DMatrix<T> {
        for (i, block) in self.blocks.iter().enumerate() {
            let (y, trace) = block.forward(pass, ragged, x, cache.as_mut().map(|c| &mut c.blocks[i]));
            traces.push(trace);
            x = y;
        }
        x
    }

    /// Adds the gradients of the body's parameters, given that of its output.
    fn body_backward<T: Real>(
        &self,
        pass: &mut Pass<T>,
        tokens: &[u32],
        ragged: &Ragged,
        trace: Trace<T>,
        mut d: DMatrix<T>,
        gradients: &mut [T],
    ) {
        let unwind = |pass: &mut Pass<T>, ragged: &Ragged, traces: Vec<BlockTrace<T>>, mut d: DMatrix<T>, gradients: &mut [T]| {
            for (block, trace) in self.blocks.iter().zip(traces).rev() {
                d = block.backward(pass, ragged, trace, d, gradients);
            }
            d
        };
        match (trace.perceiver, &self.down, &self.up) {
            (Some(b), Some(down), Some(up)) => {
                let ascent = Between { asking: ragged, answering: &b.latents };
                let (mut dx, dy) = up.backward(pass, &ascent, b.up, (&b.embedded, &b.processed), d, gradients);
                let dy = unwind(pass, &b.latents, trace.blocks, dy, gradients);
                let descent = Between { asking: &b.latents, answering: ragged };
                let through = down.backward(pass, &descent, b.down, &b.embedded, dy, gradients);
                pass.add(&mut dx, through);
                pass.pool.give(b.embedded);
                pass.pool.give(b.processed);
                d = dx;
            }
            _ => d = unwind(pass, ragged, trace.blocks, d, gradients),
        }
        self.embedding.backward(pass, tokens, ragged, d, gradients);
    }

    /// Logits (`V x columns.len()`) of some columns; without a trace. With a cache, `ragged.past`
    /// says how many positions it holds, and it grows by the new ones.
    pub fn logits<T: Real>(
        &self,
        pass: &mut Pass<T>,
        tokens: &[u32],
        ragged: &Ragged,
        columns: &[usize],
        cache: Option<&mut Cache<T>>,
    ) -> DMatrix<T> {
        let (x, trace) = self.body(pass, tokens, ragged, cache);
        trace.release(pass);
        let chosen = gather(pass, &x, columns);
        let (normed, moments) = self.ln_f.forward(pass, &chosen);
        let logits = self.head.forward(pass, &normed);
        [x, chosen, normed, moments].into_iter().for_each(|m| pass.pool.give(m));
        logits
    }

    /// The loss of a strip, without gradients.
    pub fn loss<T: Real>(&self, pass: &mut Pass<T>, strip: &Strip) -> Scored {
        let (columns, targets) = asked(strip);
        let mut logits = self.logits(pass, &strip.tokens, &strip.ragged, &columns, None);
        let scored = cross_entropy(&mut logits, &targets, T::one());
        pass.pool.give(logits);
        scored
    }

    /// The loss of a strip; adds its gradient times `scale` (one over the batch's targets) to
    /// `gradients`, laid out as the parameters are.
    pub fn loss_and_gradients<T: Real>(&self, pass: &mut Pass<T>, strip: &Strip, scale: T, gradients: &mut [T]) -> Scored {
        let (columns, targets) = asked(strip);
        let (x, trace) = self.body(pass, &strip.tokens, &strip.ragged, None);
        let chosen = gather(pass, &x, &columns);
        let (normed, moments) = self.ln_f.forward(pass, &chosen);
        let mut logits = self.head.forward(pass, &normed);
        let scored = cross_entropy(&mut logits, &targets, scale);
        let dn = self.head.backward(pass, &normed, &logits, gradients);
        let d_chosen = self.ln_f.backward(pass, &chosen, &moments, &dn, gradients);
        let mut d = pass.pool.zeros(x.nrows(), x.ncols());
        for (from, to) in columns.iter().enumerate() {
            d.column_mut(*to).copy_from(&d_chosen.column(from));
        }
        [x, chosen, normed, moments, logits, dn, d_chosen].into_iter().for_each(|m| pass.pool.give(m));
        self.body_backward(pass, &strip.tokens, &strip.ragged, trace, d, gradients);
        scored
    }
}

impl<T: Real> Trace<T> {
    fn release(self, pass: &mut Pass<T>) {
        self.blocks.into_iter().for_each(|t| t.release(pass));
        if let Some(b) = self.perceiver {
            [b.embedded, b.processed].into_iter().for_each(|m| pass.pool.give(m));
            b.down.release(pass);
            b.up.release(pass);
        }
    }
}

/// Columns with a target, and their targets.
fn asked(strip: &Strip) -> (Vec<usize>, Vec<u32>) {
    strip.targets.iter().enumerate().filter(|(_, t)| **t != IGNORED).map(|(i, t)| (i, *t)).unzip()
}

/// Some columns, side by side.
fn gather<T: Real>(pass: &mut Pass<T>, x: &DMatrix<T>, columns: &[usize]) -> DMatrix<T> {
    let mut chosen = pass.pool.take(x.nrows(), columns.len());
    for (to, from) in columns.iter().enumerate() {
        chosen.column_mut(to).copy_from(&x.column(*from));
    }
    chosen
}
