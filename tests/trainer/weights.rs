//! Weight files: what PyTorch would find in them, and what is refused.

use attest::trainer::{
    Config, Model,
    config::{Positions, Variant},
    error::TrainError,
    weights::{from_bfloat16, load, save, to_bfloat16},
};
use safetensors::SafeTensors;

use crate::support::{kinds, shaken, small};

#[test]
fn weights_come_back_as_they_were_under_mingpts_names_and_pytorchs_shapes() {
    let f = tempfile::NamedTempFile::new().expect("a temporary file");
    for (variant, positions) in kinds() {
        let model: Model<f32> = shaken(&small(variant, positions), 1);
        save(f.path(), model.network.layout(), &model.parameters, false).expect("written");
        assert!(load::<f32>(f.path(), model.network.layout()).expect("read") == model.parameters);
        let bytes = std::fs::read(f.path()).expect("bytes");
        let file = SafeTensors::deserialize(&bytes).expect("safetensors");
        let shape = |name: &str| file.tensor(name).map(|t| t.shape().to_vec());
        assert_eq!(shape("blocks.0.attn.key.weight").expect("there"), [8, 8]);
        assert_eq!(shape("blocks.0.mlp.0.weight").expect("there"), [32, 8]);
        assert_eq!(shape("head.weight").expect("there"), [13, 8]);
        assert_eq!(shape("pos_emb").is_ok(), positions == Positions::Learned);
        assert_eq!(shape("down_block.C").is_ok(), variant == Variant::Perceiver);
        assert!(
            shape("up_block.ln1.bias").is_ok() == (variant == Variant::Perceiver)
                && shape("tok_emb.weight").is_ok()
                && shape("ln_f.weight").is_ok()
        );
    }
}

#[test]
fn bfloat16_keeps_eight_bits_and_reads_back() {
    let f = tempfile::NamedTempFile::new().expect("a temporary file");
    let model: Model<f32> = shaken(&small(Variant::Vanilla, Positions::Learned), 1);
    save(f.path(), model.network.layout(), &model.parameters, true).expect("written");
    let back = load::<f32>(f.path(), model.network.layout()).expect("read");
    assert!(model.parameters.iter().zip(&back).all(|(a, b)| from_bfloat16(to_bfloat16(*a)) == *b));
    assert!(model.parameters != back);
}

#[test]
fn another_shape_names_the_tensor_and_both_shapes() {
    let f = tempfile::NamedTempFile::new().expect("a temporary file");
    let config = small(Variant::Vanilla, Positions::Learned);
    let model: Model<f32> = shaken(&config, 1);
    save(f.path(), model.network.layout(), &model.parameters, false).expect("written");
    let wider = Model::<f32>::new(&Config { width: 16, ..config.clone() }, 0).expect("valid");
    let error = load::<f32>(f.path(), wider.network.layout()).expect_err("another width").to_string();
    assert!(error.contains("tok_emb.weight") && error.contains("[13, 8]") && error.contains("[13, 16]"), "{error}");
    let deeper = Model::<f32>::new(&Config { layers: 4, ..config.clone() }, 0).expect("valid");
    assert!(
        matches!(load::<f32>(f.path(), deeper.network.layout()), Err(TrainError::Missing { tensor, .. }) if tensor.starts_with("blocks.3"))
    );
    let shallower = Model::<f32>::new(&Config { layers: 2, ..config }, 0).expect("valid");
    assert!(
        matches!(load::<f32>(f.path(), shallower.network.layout()), Err(TrainError::Unknown { tensor, .. }) if tensor.starts_with("blocks.2"))
    );
    std::fs::write(f.path(), b"no safetensors").expect("written");
    assert!(matches!(load::<f32>(f.path(), model.network.layout()), Err(TrainError::Weights { .. })));
}
