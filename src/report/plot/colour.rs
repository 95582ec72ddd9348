//! Colours that survive colour blindness and a grey print.

use super::scene::Colour;

pub(super) const INK: Colour = Colour(0x22, 0x22, 0x22);
pub(super) const SOFT_INK: Colour = Colour(0x55, 0x55, 0x55);
pub(super) const GRID: Colour = Colour(0xE6, 0xE6, 0xE6);
pub(super) const PAPER: Colour = Colour(0xFF, 0xFF, 0xFF);
/// A cell of a map without a value.
pub(super) const NO_VALUE: Colour = Colour(0xD0, 0xD0, 0xD0);

/// The palette of Okabe and Ito without its yellow, which is too pale for lines on white.
///
/// Source: M. Okabe, K. Ito, "Color Universal Design", 2008.
const PALETTE: [Colour; 7] = [
    Colour(0x00, 0x72, 0xB2), // blue
    Colour(0xD5, 0x5E, 0x00), // vermilion
    Colour(0x00, 0x9E, 0x73), // bluish green
    Colour(0xCC, 0x79, 0xA7), // reddish purple
    Colour(0xE6, 0x9F, 0x00), // orange
    Colour(0x56, 0xB4, 0xE9), // sky blue
    Colour(0x00, 0x00, 0x00), // black
];

/// The colour of an index; indices past the end begin again.
pub(super) fn palette(index: usize) -> Colour {
    PALETTE[index % PALETTE.len()]
}

/// Shades of a map: more than an eye tells apart, few enough to share one path each.
pub(super) const SHADES: usize = 96;

/// Nine stops of viridis, evenly spaced.
///
/// Source: S. van der Walt, N. Smith, "mpl colormaps", 2015 (CC0).
const VIRIDIS: [Colour; 9] = [
    Colour(0x44, 0x01, 0x54),
    Colour(0x47, 0x2D, 0x7B),
    Colour(0x3B, 0x52, 0x8B),
    Colour(0x2C, 0x72, 0x8E),
    Colour(0x21, 0x91, 0x8C),
    Colour(0x28, 0xAE, 0x80),
    Colour(0x5E, 0xC9, 0x62),
    Colour(0xAD, 0xDC, 0x30),
    Colour(0xFD, 0xE7, 0x25),
];

/// The shade number of a share of the scale; shares outside `[0, 1]` take the nearest end.
pub(super) fn shade(share: f64) -> usize {
    (share.clamp(0.0, 1.0) * (SHADES - 1) as f64).round() as usize
}

/// The colour of a shade, 0 dark to [`SHADES`] - 1 bright.
pub(super) fn viridis(shade: usize) -> Colour {
    let at = shade.min(SHADES - 1) as f64 / (SHADES - 1) as f64 * (VIRIDIS.len() - 1) as f64;
    let (low, share) = ((at as usize).min(VIRIDIS.len() - 2), at - (at as usize).min(VIRIDIS.len() - 2) as f64);
    let (a, b) = (VIRIDIS[low], VIRIDIS[low + 1]);
    let mix = |a: u8, b: u8| (f64::from(a) + (f64::from(b) - f64::from(a)) * share).round() as u8;
    Colour(mix(a.0, b.0), mix(a.1, b.1), mix(a.2, b.2))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_colour_scale_brightens_at_every_step() {
        let light = |c: Colour| 0.2126 * f64::from(c.0) + 0.7152 * f64::from(c.1) + 0.0722 * f64::from(c.2);
        assert!((1..SHADES).all(|i| light(viridis(i)) > light(viridis(i - 1))), "a grey print must keep the order");
        assert_eq!((shade(-1.0), shade(2.0)), (0, SHADES - 1));
        assert_eq!(viridis(SHADES - 1), VIRIDIS[8]);
    }
}
