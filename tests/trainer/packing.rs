use attest::tolerance::{BFLOAT16_LOSS, ROUNDING};
use attest::trainer::{
    Config, Model, Workspace,
    batch::{Example, IGNORED, Ragged, Strip, lanes},
    bfloat16::Bfloat16,
    config::Variant,
    product::Exact,
    real::Real,
};

use crate::support::{examples, gradient, kinds, relative, shaken, small};

/// The course's way: every sequence as long as the block, pads (0) behind, targets ignored there.
fn padded(config: &Config, examples: &[Example]) -> Vec<Example> {
    let fill = |v: &[u32], with| v.iter().copied().chain(std::iter::repeat(with)).take(config.block).collect();
    examples.iter().map(|e| Example { tokens: fill(&e.tokens, 0), targets: fill(&e.targets, IGNORED) }).collect()
}

#[test]
fn gradients_of_packed_sequences_are_those_of_padded_ones() {
    for (variant, positions) in kinds() {
        let config = small(variant, positions);
        let model: Model<f64> = shaken(&config, 3);
        // Shorter than, as long as, and longer than the 6 latents; one target alone.
        let packed = examples(&config, &[1, 5, 6, 7, 24, 15], 4);
        let (loss, ours) = gradient(&model, &Strip::pack(&packed), 0.0);
        let (reference_loss, reference) = gradient(&model, &Strip::pack(&padded(&config, &packed)), 0.0);
        assert!((loss - reference_loss).abs() < ROUNDING * reference_loss, "{variant:?} {positions:?}");
        for tensor in model.network.layout().tensors() {
            let gap = relative(&ours[tensor.range()], &reference[tensor.range()]);
            assert!(gap < ROUNDING, "{variant:?} {positions:?} {}: {gap:e}", tensor.name);
        }
    }
}

#[test]
fn a_batch_cut_into_lanes_has_the_gradient_of_the_batch() {
    let config = small(Variant::Perceiver, attest::trainer::config::Positions::Learned);
    let model: Model<f64> = shaken(&config, 3);
    let batch = examples(&config, &(0..200).map(|i| 1 + i % 24).collect::<Vec<_>>(), 4);
    let cut = lanes(&batch);
    assert!(cut.len() > 1);
    let (_, reference) = gradient(&model, &Strip::pack(&batch), 0.0);
    let mut workspace = Workspace::new();
    model.gradients(&Exact, &cut, 0.0, 5, &mut workspace);
    assert!(relative(workspace.gradient(), &reference) < ROUNDING);
}

#[test]
fn gradients_are_the_same_bits_on_one_thread_and_on_three() {
    let config = small(Variant::Vanilla, attest::trainer::config::Positions::Rotary);
    let model: Model<f32> = shaken(&config, 3);
    let cut = lanes(&examples(&config, &[24; 60], 4));
    let on = |threads| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().expect("threads");
        let mut workspace = Workspace::new();
        let scored = pool.install(|| model.gradients(&Exact, &cut, 0.1, 9, &mut workspace));
        (scored, workspace.gradient().to_vec())
    };
    assert_eq!(on(1), on(3));
}

#[test]
fn bfloat16_products_are_the_same_bits_on_one_thread_and_on_three_and_near_the_exact_ones() {
    let config = Config { width: 64, vocabulary: 64, ..small(Variant::Perceiver, attest::trainer::config::Positions::Learned) };
    let model: Model<f32> = shaken(&config, 3);
    // Nothing to compare where the processor lacks the instruction.
    let Some(packed) = Bfloat16::new(&model.network, &model.parameters) else { return };
    let cut = lanes(&examples(&config, &[24; 60], 4));
    let on = |threads, products: &dyn attest::trainer::product::Products<f32>| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().expect("threads");
        let mut workspace = Workspace::new();
        let scored = pool.install(|| model.gradients(products, &cut, 0.1, 9, &mut workspace));
        (scored, workspace.gradient().to_vec())
    };
    let (one, exact) = (on(1, &packed), on(1, &Exact));
    assert_eq!(one, on(3, &packed));
    assert!((one.0.mean() / exact.0.mean() - 1.0).abs() < BFLOAT16_LOSS && one != exact);
}

fn logits<T: Real>(model: &Model<T>, tokens: &[u32], past: usize, columns: &[usize]) -> Vec<f64> {
    let ragged = Ragged::new(vec![tokens.len()], vec![past]);
    model.logits(tokens, &ragged, columns, None).iter().map(|v| v.get()).collect()
}

#[test]
fn no_output_sees_a_later_token() {
    for (variant, positions) in kinds() {
        let config = small(variant, positions);
        let model: Model<f64> = shaken(&config, 5);
        let tokens = &examples(&config, &[24], 6)[0].tokens;
        let all: Vec<usize> = (0..24).collect();
        let before = logits(&model, tokens, 0, &all);
        for changed in [0, 4, 5, 9, 23] {
            let mut other = tokens.clone();
            other[changed] = (other[changed] + 1) % config.vocabulary as u32;
            let after = logits(&model, &other, 0, &all);
            let moved: Vec<usize> = (0..24).filter(|t| before[t * 13..(t + 1) * 13] != after[t * 13..(t + 1) * 13]).collect();
            // Latents end at 6: a later position reaches no latent, so it changes its own output alone.
            let expected: Vec<usize> =
                if variant == Variant::Perceiver && changed >= 6 { vec![changed] } else { (changed..24).collect() };
            assert_eq!(moved, expected, "{variant:?} {positions:?}, position {changed}");
        }
    }
}

#[test]
fn a_change_at_position_80_of_a_perceiver_with_64_latents_changes_output_80_alone() {
    let config = Config { variant: Variant::Perceiver, width: 16, vocabulary: 32, ..Config::default() };
    let model: Model<f32> = shaken(&config, 5);
    let tokens = examples(&config, &[128], 6)[0].tokens.clone();
    let all: Vec<usize> = (0..128).collect();
    let before = logits(&model, &tokens, 0, &all);
    let mut other = tokens.clone();
    other[80] = (other[80] + 1) % 32;
    let after = logits(&model, &other, 0, &all);
    let moved: Vec<usize> = (0..128).filter(|t| before[t * 32..(t + 1) * 32] != after[t * 32..(t + 1) * 32]).collect();
    assert_eq!(moved, [80]);
}

#[test]
fn decoding_with_a_cache_gives_the_logits_of_the_full_pass() {
    for (variant, positions) in kinds() {
        let config = small(variant, positions);
        let model: Model<f64> = shaken(&config, 7);
        let sequences: Vec<Vec<u32>> = examples(&config, &[20, 20, 20], 8).into_iter().map(|e| e.tokens).collect();
        let mut cache = model.network.cache(3);
        // Ragged prompts, one token a step for two of them, several at once for the third.
        let cuts: [[usize; 3]; 5] = [[3, 9, 1], [4, 10, 5], [5, 11, 6], [6, 12, 7], [7, 13, 19]];
        let mut past = [0; 3];
        for cut in cuts {
            let tokens: Vec<u32> = (0..3).flat_map(|s| sequences[s][past[s]..cut[s]].to_vec()).collect();
            let ragged = Ragged::new((0..3).map(|s| cut[s] - past[s]).collect(), past.to_vec());
            let last: Vec<usize> = (0..3).map(|s| ragged.starts[s] + ragged.lengths[s] - 1).collect();
            let stepped = model.logits(&tokens, &ragged, &last, Some(&mut cache));
            for s in 0..3 {
                let full = logits(&model, &sequences[s][..cut[s]], 0, &[cut[s] - 1]);
                let gap = relative(stepped.column(s).as_slice(), &full);
                assert!(gap < ROUNDING, "{variant:?} {positions:?}, sequence {s} at {}: {gap:e}", cut[s]);
            }
            past = cut;
        }
    }
}
