//! Weights as safetensors under minGPT's names and PyTorch's shapes.

use std::{borrow::Cow, collections::HashMap, io::Write as _, path::Path};

use safetensors::{Dtype, SafeTensors, View};

use super::{error::TrainError, layout::Layout, real::Real};

/// One named tensor on its way into a file.
struct Outgoing<'a, T> {
    shape: &'a [usize],
    values: &'a [T],
    bfloat16: bool,
}

impl<T: Real> View for Outgoing<'_, T> {
    fn dtype(&self) -> Dtype {
        if self.bfloat16 { Dtype::BF16 } else { T::DTYPE }
    }
    fn shape(&self) -> &[usize] {
        self.shape
    }
    fn data(&self) -> Cow<'_, [u8]> {
        if self.bfloat16 {
            self.values.iter().flat_map(|v| to_bfloat16(v.get() as f32).to_le_bytes()).collect::<Vec<u8>>().into()
        } else {
            T::to_le(self.values).into()
        }
    }
    fn data_len(&self) -> usize {
        self.values.len() * if self.bfloat16 { 2 } else { size_of::<T>() }
    }
}

/// The nearest bfloat16, ties to even.
pub fn to_bfloat16(x: f32) -> u16 {
    let bits = x.to_bits();
    if x.is_nan() {
        return (bits >> 16) as u16 | 0x40;
    }
    ((bits + 0x7fff + ((bits >> 16) & 1)) >> 16) as u16
}

/// The value of a bfloat16.
pub fn from_bfloat16(x: u16) -> f32 {
    f32::from_bits(u32::from(x) << 16)
}

/// A safetensors file of vectors laid out as `layout` says, each under `prefix` and its name.
///
/// # Errors
/// What safetensors refuses (never, for names that differ).
pub fn encode<T: Real>(
    layout: &Layout,
    vectors: &[(&str, &[T])],
    metadata: HashMap<String, String>,
    bfloat16: bool,
) -> Result<Vec<u8>, String> {
    let tensors = vectors.iter().flat_map(|(prefix, values)| {
        layout
            .tensors()
            .iter()
            .map(move |t| (format!("{prefix}{}", t.name), Outgoing { shape: &t.shape, values: &values[t.range()], bfloat16 }))
    });
    safetensors::serialize(tensors, Some(metadata)).map_err(|e| e.to_string())
}

/// Reads the vectors with these prefixes from the bytes of a safetensors file; every tensor of the
/// file must have its place. f32, f64 and bf16 are read, each into `T`.
///
/// # Errors
/// Bytes that are no safetensors, a tensor missing, unknown, of another shape, or of integers.
pub fn decode<T: Real>(path: &Path, bytes: &[u8], layout: &Layout, prefixes: &[&str]) -> Result<Vec<Vec<T>>, TrainError> {
    let name = path.display().to_string();
    let bad = |reason: String| TrainError::Weights { path: name.clone(), reason };
    let file = SafeTensors::deserialize(bytes).map_err(|e| bad(e.to_string()))?;
    let mut vectors = vec![vec![T::zero(); layout.count()]; prefixes.len()];
    let mut known = std::collections::HashSet::new();
    for (prefix, vector) in prefixes.iter().zip(&mut vectors) {
        for tensor in layout.tensors() {
            let key = format!("{prefix}{}", tensor.name);
            let view = file.tensor(&key).map_err(|_| TrainError::Missing { path: name.clone(), tensor: key.clone() })?;
            if view.shape() != tensor.shape {
                return Err(TrainError::Shape {
                    path: name.clone(),
                    tensor: key,
                    found: view.shape().to_vec(),
                    expected: tensor.shape.clone(),
                });
            }
            let values = floats(view.dtype(), view.data()).ok_or_else(|| bad(format!("`{key}` has type {:?}", view.dtype())))?;
            vector[tensor.range()].iter_mut().zip(values).for_each(|(v, x)| *v = T::of(x));
            known.insert(key);
        }
    }
    // minGPT keeps its causal masks as buffers; they are no parameters.
    match file.names().into_iter().find(|n| !known.contains(*n) && !n.ends_with(".mask")) {
        Some(tensor) => Err(TrainError::Unknown { path: name, tensor: tensor.to_string() }),
        None => Ok(vectors),
    }
}

/// The numbers of a floating-point tensor, exactly.
pub fn floats(dtype: Dtype, data: &[u8]) -> Option<Vec<f64>> {
    match dtype {
        Dtype::F32 => Some(data.chunks_exact(4).filter_map(f32::from_le).map(f64::from).collect()),
        Dtype::F64 => Some(data.chunks_exact(8).filter_map(f64::from_le).collect()),
        Dtype::BF16 => Some(data.chunks_exact(2).map(|b| f64::from(from_bfloat16(u16::from_le_bytes([b[0], b[1]])))).collect()),
        _ => None,
    }
}

/// Writes weights to a file, whole or not at all.
///
/// # Errors
/// A folder that cannot be written, a full disk.
pub fn save<T: Real>(path: &Path, layout: &Layout, parameters: &[T], bfloat16: bool) -> Result<(), TrainError> {
    let metadata = HashMap::from([("format".to_string(), "pt".to_string())]);
    let bytes = encode(layout, &[("", parameters)], metadata, bfloat16)
        .map_err(|reason| TrainError::Weights { path: path.display().to_string(), reason })?;
    write_whole(path, &bytes)
}

/// Reads weights from a file.
///
/// # Errors
/// See [`decode`].
pub fn load<T: Real>(path: &Path, layout: &Layout) -> Result<Vec<T>, TrainError> {
    let bytes = std::fs::read(path).map_err(|e| TrainError::file("read", path, &e))?;
    Ok(decode(path, &bytes, layout, &[""])?.swap_remove(0))
}

/// Writes a file beside its place, flushes it to the disk, and moves it there.
///
/// # Errors
/// A folder that cannot be written, a full disk; the file that was there stays.
pub fn write_whole(path: &Path, bytes: &[u8]) -> Result<(), TrainError> {
    let error = |e: &std::io::Error| TrainError::file("write", path, e);
    let folder = path.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let mut file = tempfile::NamedTempFile::new_in(folder).map_err(|e| error(&e))?;
    file.write_all(bytes).and_then(|()| file.as_file().sync_all()).map_err(|e| error(&e))?;
    file.persist(path).map_err(|e| error(&e.error))?;
    Ok(())
}
