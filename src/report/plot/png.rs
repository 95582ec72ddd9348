//! A scene as PNG: shapes by plotters' bitmap backend, letters by `ab_glyph`.

use ab_glyph::Font;
use plotters::prelude::{BitMapBackend, DrawingBackend, RGBAColor, ShapeStyle};

use super::PlotError;
use super::font::Fonts;
use super::scene::{Anchor, Colour, DASH, Mark, Point, Scene};

/// Pixels of the file for one pixel of the scene: sharp on dense screens and on paper.
const DENSITY: u32 = 2;
/// Pixels drawn for one pixel of the file along each side; their mean smooths the edges.
const SMOOTHING: u32 = 2;
/// Dots a metre at which the file has the scene's size at 96 dots an inch.
const DOTS_PER_METRE: u32 = (96.0 * DENSITY as f64 / 0.0254) as u32;

/// The scene as the bytes of a PNG file in 8-bit RGB.
pub(super) fn render(scene: &Scene) -> Result<Vec<u8>, PlotError> {
    let scale = DENSITY * SMOOTHING;
    let size = (scene.width * scale, scene.height * scale);
    let mut pixels = vec![0xFF; size.0 as usize * size.1 as usize * 3];
    {
        let mut backend = BitMapBackend::with_buffer(&mut pixels, size);
        for mark in &scene.marks {
            shape(&mut backend, mark, f64::from(scale))?;
        }
        backend.present().map_err(drawing)?;
    }
    let fonts = Fonts::shipped()?;
    for mark in &scene.marks {
        letters(&mut pixels, size, mark, fonts, f64::from(scale));
    }
    encode(&smooth(&pixels, size), (scene.width * DENSITY, scene.height * DENSITY))
}

fn drawing(error: impl std::fmt::Display) -> PlotError {
    PlotError::Drawing(error.to_string())
}

fn shape(backend: &mut BitMapBackend, mark: &Mark, scale: f64) -> Result<(), PlotError> {
    let at = |(x, y): Point| ((x * scale).round() as i32, (y * scale).round() as i32);
    match mark {
        Mark::Path { points, pen } => {
            let style = style(pen.colour, 1.0, pen.width * scale);
            let parts = if pen.dashed { dashes(points) } else { vec![points.clone()] };
            for part in parts {
                for pair in part.windows(2) {
                    backend.draw_line(at(pair[0]), at(pair[1]), &style).map_err(drawing)?;
                }
                // Round joins: segments of a thick line leave a notch on the outer side of a bend.
                if pen.width > 1.0 {
                    for joint in part.iter().skip(1).rev().skip(1) {
                        backend
                            .draw_circle(at(*joint), (pen.width * scale / 2.0) as u32, &style.filled(), true)
                            .map_err(drawing)?;
                    }
                }
            }
        }
        Mark::Rects { rects, fill, alpha } => {
            for r in rects {
                let ((x0, y0), (x1, y1)) = (at((r.x, r.y)), at((r.right(), r.bottom())));
                backend.draw_rect((x0, y0), (x1, y1), &style(*fill, *alpha, 1.0).filled(), true).map_err(drawing)?;
            }
        }
        Mark::Discs { centres, radius, fill, alpha } => {
            for centre in centres {
                backend
                    .draw_circle(at(*centre), (radius * scale).round() as u32, &style(*fill, *alpha, 1.0).filled(), true)
                    .map_err(drawing)?;
            }
        }
        Mark::Text { .. } => {}
    }
    Ok(())
}

fn style(Colour(r, g, b): Colour, alpha: f64, width: f64) -> ShapeStyle {
    ShapeStyle { color: RGBAColor(r, g, b, alpha), filled: false, stroke_width: width.round().max(1.0) as u32 }
}

/// The drawn stretches of a dashed line.
fn dashes(points: &[Point]) -> Vec<Vec<Point>> {
    let (mut out, mut on, mut left) = (Vec::new(), true, DASH.0);
    let mut current: Vec<Point> = points.first().copied().into_iter().collect();
    for pair in points.windows(2) {
        let (mut a, b) = (pair[0], pair[1]);
        loop {
            let length = (b.0 - a.0).hypot(b.1 - a.1);
            if length < left {
                left -= length;
                current.push(b);
                break;
            }
            let share = left / length;
            a = (a.0 + (b.0 - a.0) * share, a.1 + (b.1 - a.1) * share);
            current.push(a);
            if on {
                out.push(std::mem::take(&mut current));
            }
            current = vec![a];
            on = !on;
            left = if on { DASH.0 } else { DASH.1 };
        }
    }
    if on && current.len() > 1 {
        out.push(current);
    }
    out
}

fn letters(pixels: &mut [u8], size: (u32, u32), mark: &Mark, fonts: &Fonts, scale: f64) {
    let Mark::Text { at, text, size: em, anchor, upwards, colour } = mark else { return };
    let (glyphs, width) = fonts.layout(text, em * scale);
    let begin = match anchor {
        Anchor::Start => 0.0,
        Anchor::Middle => -width / 2.0,
        Anchor::End => -width,
    };
    let (x0, y0) = (at.0 * scale, at.1 * scale);
    for placed in glyphs {
        let mut glyph = placed.glyph;
        // Upright letters are set at fractions of a pixel; turned ones at whole ones.
        glyph.position.x += if *upwards { begin as f32 } else { (begin + x0) as f32 };
        glyph.position.y += if *upwards { 0.0 } else { y0 as f32 };
        let Some(outline) = placed.font.outline_glyph(glyph) else { continue };
        let corner = outline.px_bounds().min;
        outline.draw(|x, y, cover| {
            let (x, y) = (f64::from(corner.x) + f64::from(x), f64::from(corner.y) + f64::from(y));
            let (x, y) = if *upwards { (x0 + y, y0 - x) } else { (x, y) };
            blend(pixels, size, (x as i64, y as i64), *colour, cover);
        });
    }
}

fn blend(pixels: &mut [u8], size: (u32, u32), (x, y): (i64, i64), Colour(r, g, b): Colour, cover: f32) {
    if x < 0 || y < 0 || x >= i64::from(size.0) || y >= i64::from(size.1) {
        return;
    }
    let start = (y as usize * size.0 as usize + x as usize) * 3;
    let cover = cover.clamp(0.0, 1.0);
    for (pixel, ink) in pixels[start..start + 3].iter_mut().zip([r, g, b]) {
        *pixel = (f32::from(*pixel) * (1.0 - cover) + f32::from(ink) * cover).round() as u8;
    }
}

/// Each pixel of the file is the mean of a square of drawn ones.
fn smooth(pixels: &[u8], size: (u32, u32)) -> Vec<u8> {
    let side = SMOOTHING as usize;
    let (width, height) = (size.0 as usize / side, size.1 as usize / side);
    let mut out = Vec::with_capacity(width * height * 3);
    for y in 0..height {
        for x in 0..width {
            for channel in 0..3 {
                let drawn =
                    (0..side * side).map(|i| ((y * side + i / side) * size.0 as usize + x * side + i % side) * 3 + channel);
                let sum: usize = drawn.map(|i| usize::from(pixels[i])).sum();
                out.push(((sum + side * side / 2) / (side * side)) as u8);
            }
        }
    }
    out
}

fn encode(pixels: &[u8], (width, height): (u32, u32)) -> Result<Vec<u8>, PlotError> {
    let mut out = Vec::new();
    let mut encoder = png::Encoder::new(&mut out, width, height);
    encoder.set_color(png::ColorType::Rgb);
    encoder.set_depth(png::BitDepth::Eight);
    encoder.set_compression(png::Compression::High);
    encoder.set_pixel_dims(Some(png::PixelDimensions { xppu: DOTS_PER_METRE, yppu: DOTS_PER_METRE, unit: png::Unit::Meter }));
    let mut writer = encoder.write_header().map_err(drawing)?;
    writer.write_image_data(pixels).map_err(drawing)?;
    writer.finish().map_err(drawing)?;
    Ok(out)
}
