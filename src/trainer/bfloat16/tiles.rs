//! `C (+)= A B` on the processor's matrix tiles (AMX-BF16): eight registers of 16 x 16 words, and one
//! instruction that multiplies two of them.
//!
//! Rust has no stable intrinsics for them, so the kernel is assembly. Measured beside nalgebra's f32
//! product (`cargo bench --bench trainer -- products`), which is why this file may use `unsafe`.
//! Sources: Intel 64 and IA-32 Architectures Software Developer's Manual, volume 1, chapter 18;
//! Linux, Documentation/arch/x86/xstate.rst.

/// Rows, and words a row, of a tile.
pub const SIDE: usize = 16;
/// Rows and columns of `C` that one pass sums: two tiles each way.
pub const BLOCK: usize = 2 * SIDE;

/// True where the processor has the tiles and the system lets this process use them.
pub fn is_available() -> bool {
    use std::sync::OnceLock;
    static ANSWER: OnceLock<bool> = OnceLock::new();
    *ANSWER.get_or_init(machine::permitted)
}

/// Both factors as tiles, and how many of them lie along the summed index.
#[derive(Clone, Copy)]
pub struct Factors<'a> {
    /// `[rows / 16][step][16][16]`: words of two neighbours along the summed index; rows are padded
    /// to whole blocks.
    pub left: &'a [u32],
    /// `[columns / 32][step][16][32]`: a row holds the same pair of every column.
    pub right: &'a [u32],
    /// Tiles along the summed index; 32 of its values each.
    pub steps: usize,
}

/// `C = A B` or, with `add`, `C += A B`, where `c` holds `rows` rows of `columns` contiguous values,
/// `columns` a multiple of [`BLOCK`]. Does nothing where [`is_available`] is false.
pub fn product(factors: Factors, c: &mut [f32], rows: usize, columns: usize, add: bool) {
    if !is_available() || rows == 0 || factors.steps == 0 {
        return;
    }
    let tiles = factors.steps * SIDE * SIDE;
    assert_eq!(factors.left.len(), rows.next_multiple_of(BLOCK) / SIDE * tiles);
    assert_eq!((factors.right.len(), c.len()), (columns / SIDE * tiles, rows * columns));
    let tiled = machine::Tiled::begin();
    let mut edge = [0.0f32; BLOCK * BLOCK];
    for (panel, right) in factors.right.chunks_exact(2 * tiles).enumerate() {
        for (block, left) in factors.left.chunks_exact(2 * tiles).enumerate() {
            let c = &mut c[block * BLOCK * columns..];
            let rows = c.len() / columns;
            if rows >= BLOCK {
                tiled.block(left, right, &mut c[panel * BLOCK..], columns, add);
                continue;
            }
            let part = |row: usize| row * columns + panel * BLOCK..row * columns + (panel + 1) * BLOCK;
            (0..rows).for_each(|row| edge[row * BLOCK..][..BLOCK].copy_from_slice(&c[part(row)]));
            tiled.block(left, right, &mut edge, BLOCK, add);
            (0..rows).for_each(|row| c[part(row)].copy_from_slice(&edge[row * BLOCK..][..BLOCK]));
        }
    }
}

#[cfg(all(target_arch = "x86_64", target_os = "linux"))]
mod machine {
    use std::{
        arch::{asm, x86_64::__cpuid_count},
        marker::PhantomData,
    };

    use super::{BLOCK, SIDE};

    /// Asks the processor for tiles and bfloat16, then the system for their state (Linux hands it out
    /// on request, to all threads of the process).
    pub fn permitted() -> bool {
        const REQUEST: i64 = 0x1023; // ARCH_REQ_XCOMP_PERM
        const TILE_DATA: i64 = 18; // XFEATURE_XTILEDATA
        let most = __cpuid_count(0, 0).eax;
        let features = if most >= 7 { __cpuid_count(7, 0).edx } else { 0 };
        let (bfloat16, tile) = (features >> 22 & 1 == 1, features >> 24 & 1 == 1);
        bfloat16 && tile && {
            // SAFETY: the call takes two numbers and touches no memory of ours; where the system
            // does not know it, it answers with an error.
            unsafe { libc::syscall(libc::SYS_arch_prctl, REQUEST, TILE_DATA) == 0 }
        }
    }

    /// All eight tiles as 16 rows of 64 bytes: palette 1, then bytes a row, then rows.
    #[repr(align(64))]
    struct Shapes([u8; 64]);

    static SHAPES: Shapes = {
        let mut bytes = [0; 64];
        bytes[0] = 1;
        let mut tile = 0;
        while tile < 8 {
            bytes[16 + 2 * tile] = 64;
            bytes[48 + tile] = SIDE as u8;
            tile += 1;
        }
        Shapes(bytes)
    };

    /// This thread's tiles, shaped; given back when dropped, so that a switch of threads need not
    /// save them. Stays on its thread.
    pub struct Tiled(PhantomData<*const ()>);

    impl Tiled {
        /// Shapes the tiles. Call only where [`permitted`] was true.
        pub fn begin() -> Tiled {
            // SAFETY: `product` asked `is_available`; the operand is 64 bytes of a valid shape. The
            // registers are clobbered here and in `block`, so the compiler keeps nothing in them.
            unsafe {
                asm!("ldtilecfg [{shapes}]", shapes = in(reg) &raw const SHAPES.0, options(nostack, readonly, preserves_flags));
            }
            Tiled(PhantomData)
        }

        /// 32 x 32 values of `C`: `left` and `right` hold `steps` pairs of tiles each; rows of `c` are
        /// `stride` values apart.
        pub fn block(&self, left: &[u32], right: &[u32], c: &mut [f32], stride: usize, add: bool) {
            let steps = left.len() / (2 * SIDE * SIDE);
            assert!(steps > 0 && left.len() == right.len() && left.len() == 2 * steps * SIDE * SIDE);
            assert!(stride >= BLOCK && c.len() >= (BLOCK - 1) * stride + BLOCK);
            let upper = c.as_mut_ptr();
            // SAFETY: the assertions above bound every address: rows 0..32 of `c`, of 128 bytes each,
            // 4 `stride` bytes apart; `steps` tiles of 1024 bytes from `left` and from its middle;
            // `steps` pairs of tiles in rows of 128 bytes from `right`. `begin` shaped the tiles.
            unsafe {
                let lower = upper.add(SIDE * stride);
                asm!(
                    "test {add:e}, {add:e}",
                    "jz 2f",
                    "tileloadd tmm0, [{upper} + {stride}*1]",
                    "tileloadd tmm1, [{upper} + {stride}*1 + 64]",
                    "tileloadd tmm2, [{lower} + {stride}*1]",
                    "tileloadd tmm3, [{lower} + {stride}*1 + 64]",
                    "jmp 3f",
                    "2:",
                    "tilezero tmm0",
                    "tilezero tmm1",
                    "tilezero tmm2",
                    "tilezero tmm3",
                    "3:",
                    "tileloadd tmm4, [{first} + {narrow}*1]",
                    "tileloadd tmm6, [{right} + {wide}*1]",
                    "tileloadd tmm7, [{right} + {wide}*1 + 64]",
                    "tdpbf16ps tmm0, tmm4, tmm6",
                    "tileloadd tmm5, [{second} + {narrow}*1]",
                    "tdpbf16ps tmm1, tmm4, tmm7",
                    "tdpbf16ps tmm2, tmm5, tmm6",
                    "tdpbf16ps tmm3, tmm5, tmm7",
                    "add {first}, 1024",
                    "add {second}, 1024",
                    "add {right}, 2048",
                    "dec {steps}",
                    "jnz 3b",
                    "tilestored [{upper} + {stride}*1], tmm0",
                    "tilestored [{upper} + {stride}*1 + 64], tmm1",
                    "tilestored [{lower} + {stride}*1], tmm2",
                    "tilestored [{lower} + {stride}*1 + 64], tmm3",
                    add = in(reg) u32::from(add),
                    upper = in(reg) upper,
                    lower = in(reg) lower,
                    stride = in(reg) 4 * stride,
                    narrow = in(reg) 64usize,
                    wide = in(reg) 128usize,
                    first = inout(reg) left.as_ptr() => _,
                    second = inout(reg) left.as_ptr().add(left.len() / 2) => _,
                    right = inout(reg) right.as_ptr() => _,
                    steps = inout(reg) steps => _,
                    out("tmm0") _, out("tmm1") _, out("tmm2") _, out("tmm3") _,
                    out("tmm4") _, out("tmm5") _, out("tmm6") _, out("tmm7") _,
                    options(nostack),
                );
            }
        }
    }

    impl Drop for Tiled {
        fn drop(&mut self) {
            // SAFETY: takes no operand; only forgets the tiles' contents and shapes.
            unsafe { asm!("tilerelease", options(nostack, nomem, preserves_flags)) }
        }
    }
}

#[cfg(not(all(target_arch = "x86_64", target_os = "linux")))]
mod machine {
    pub fn permitted() -> bool {
        false
    }

    pub struct Tiled;

    impl Tiled {
        pub fn begin() -> Tiled {
            Tiled
        }

        pub fn block(&self, _: &[u32], _: &[u32], _: &mut [f32], _: usize, _: bool) {}
    }
}
