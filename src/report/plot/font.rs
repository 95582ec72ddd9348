//! Text: the shipped fonts, sub- and superscripts, widths, lines.

use std::sync::LazyLock;

use ab_glyph::{Font, FontRef, Glyph, GlyphId};

use super::PlotError;
use crate::report::text::wrap;

/// How much wider than measured a text is given room for: the viewer of an SVG may lack the font
/// and take a wider one (DejaVu Sans is wider by about this).
pub(super) const WIDER: f64 = 1.18;

/// Where a run stands against the line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Level {
    Base,
    Sub,
    Super,
}

impl Level {
    /// Size of a run against the line's.
    pub(super) fn size(self) -> f64 {
        if self == Level::Base { 1.0 } else { 0.72 }
    }

    /// How far a run's baseline lies under the line's, in sizes of the line.
    pub(super) fn drop(self) -> f64 {
        match self {
            Level::Base => 0.0,
            Level::Sub => 0.22,
            Level::Super => -0.36,
        }
    }
}

/// Superscript characters and what they raise.
const SUPERSCRIPTS: &str = "⁰0¹1²2³3⁴4⁵5⁶6⁷7⁸8⁹9⁻−⁺+ⁿnⁱi";
/// Subscript characters and what they lower.
const SUBSCRIPTS: &str = "₀0₁1₂2₃3₄4₅5₆6₇7₈8₉9₋−₊+ₐaᵢiⱼjₖkₘmₙn";

fn lowered_or_raised(c: char) -> Option<(Level, char)> {
    let find = |table: &str, level| {
        let pairs: Vec<char> = table.chars().collect();
        pairs.chunks(2).find(|p| p[0] == c).map(|p| (level, p[1]))
    };
    if c.is_ascii() { None } else { find(SUPERSCRIPTS, Level::Super).or_else(|| find(SUBSCRIPTS, Level::Sub)) }
}

/// What stands in for a character that neither font has.
fn lookalike(c: char) -> Option<char> {
    match c {
        '≫' => Some('»'),
        '≪' => Some('«'),
        '⊥' => Some('┴'),
        _ => None,
    }
}

/// Splits text into runs: `v_a`, `x^2`, `10^{-3}`, `10⁻³` have scripts; `birth_dev` and a lone `_`
/// have none, as a script without braces is one character or one number.
pub(super) fn runs(text: &str) -> Vec<(Level, String)> {
    let chars: Vec<char> = text.chars().collect();
    let mut out: Vec<(Level, String)> = Vec::new();
    let mut push = |level: Level, part: &str| match out.last_mut() {
        Some((last, text)) if *last == level => text.push_str(part),
        _ => out.push((level, part.to_string())),
    };
    let mut i = 0;
    while i < chars.len() {
        let script = match chars[i] {
            '_' if i > 0 => script_at(&chars, i + 1).map(|s| (Level::Sub, s)),
            '^' if i > 0 => script_at(&chars, i + 1).map(|s| (Level::Super, s)),
            _ => None,
        };
        if let Some((level, (part, next))) = script {
            push(level, &part.replace('-', "−"));
            i = next;
            continue;
        }
        let (level, c) = lowered_or_raised(chars[i]).unwrap_or((Level::Base, chars[i]));
        push(level, c.encode_utf8(&mut [0; 4]));
        i += 1;
    }
    out
}

/// The script that begins at `from`, and the index after it.
fn script_at(chars: &[char], from: usize) -> Option<(String, usize)> {
    if chars.get(from) == Some(&'{') {
        let end = chars[from..].iter().position(|c| *c == '}')? + from;
        return Some((chars[from + 1..end].iter().collect(), end + 1));
    }
    let sign = usize::from(matches!(chars.get(from), Some('-' | '−' | '+')));
    let digits = chars[from + sign..].iter().take_while(|c| c.is_ascii_digit()).count();
    let end = if digits > 0 { from + sign + digits } else { from + 1 };
    let first = chars.get(from)?;
    let whole = (digits > 0 || first.is_alphabetic()) && !chars.get(end).is_some_and(|c| c.is_alphanumeric() || *c == '_');
    whole.then(|| (chars[from..end].iter().collect(), end))
}

/// The fonts in the order in which a character is looked for.
pub(super) struct Fonts(Vec<FontRef<'static>>);

static FONTS: LazyLock<Option<Fonts>> = LazyLock::new(|| {
    let fonts = [epaint_default_fonts::UBUNTU_LIGHT, epaint_default_fonts::HACK_REGULAR];
    fonts.iter().map(|bytes| FontRef::try_from_slice(bytes).ok()).collect::<Option<Vec<_>>>().map(Fonts)
});

/// A glyph at its place: pixels from the start of the line, baseline at 0.
pub(super) struct Placed<'f> {
    pub font: &'f FontRef<'static>,
    pub glyph: Glyph,
}

impl Fonts {
    /// The fonts that are shipped with the program; no font of the system is ever read.
    pub(super) fn shipped() -> Result<&'static Fonts, PlotError> {
        FONTS.as_ref().ok_or(PlotError::Font)
    }

    fn find(&self, c: char) -> (&FontRef<'static>, GlyphId) {
        let glyph = |c: char| self.0.iter().map(|f| (f, f.glyph_id(c))).find(|(_, id)| id.0 != 0);
        glyph(c).or_else(|| glyph(lookalike(c)?)).unwrap_or_else(|| (&self.0[0], GlyphId(0)))
    }

    /// Width of a line of text in pixels, `size` pixels to the em.
    pub(super) fn width(&self, text: &str, size: f64) -> f64 {
        self.layout(text, size).1
    }

    /// The glyphs of a line of text and its width in pixels.
    pub(super) fn layout(&self, text: &str, size: f64) -> (Vec<Placed<'_>>, f64) {
        let (mut out, mut x) = (Vec::new(), 0.0);
        for (level, run) in runs(text) {
            let em = size * level.size();
            let mut before: Option<(GlyphId, *const FontRef<'static>)> = None;
            for c in run.chars() {
                let (font, id) = self.find(c);
                // Fonts measure in units; a scale of `height` pixels makes the em `em` pixels.
                let unit = em / f64::from(font.units_per_em().unwrap_or(1000.0));
                if let Some((last, of)) = before
                    && std::ptr::eq(of, font)
                {
                    x += f64::from(font.kern_unscaled(last, id)) * unit;
                }
                let scale = (unit * f64::from(font.height_unscaled())) as f32;
                out.push(Placed {
                    font,
                    glyph: id.with_scale_and_position(scale, ab_glyph::point(x as f32, (level.drop() * size) as f32)),
                });
                x += f64::from(font.h_advance_unscaled(id)) * unit;
                before = Some((id, std::ptr::from_ref(font)));
            }
        }
        (out, x)
    }

    /// Text broken into lines of at most `room` pixels, also in a font that is [`WIDER`].
    pub(super) fn lines(&self, text: &str, size: f64, room: f64) -> Vec<String> {
        wrap(text, room / WIDER, |s| self.width(s, size))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scripts_are_one_character_one_number_or_in_braces() {
        let show = |text: &str| {
            runs(text)
                .into_iter()
                .map(|(l, t)| {
                    format!(
                        "{}{t}",
                        match l {
                            Level::Base => "",
                            Level::Sub => "↓",
                            Level::Super => "↑",
                        }
                    )
                })
                .collect::<Vec<_>>()
                .join("|")
        };
        assert_eq!(show("α_a of v_b"), "α|↓a| of v|↓b");
        assert_eq!(show("10^-3"), "10|↑−3");
        assert_eq!(show("10⁻³ m²"), "10|↑−3| m|↑2");
        assert_eq!(show("e^{-β}"), "e|↑−β");
        assert_eq!(show("birth_dev"), "birth_dev", "a word with an underscore stays");
        assert_eq!(show("a_ ^ _x {"), "a_ ^ |↓x| {");
    }

    #[test]
    fn every_character_of_the_reports_has_a_glyph() {
        let fonts = Fonts::shipped().expect("the fonts are part of the program");
        let common = "αβγδεζηθλμνξπρσφψωΓΔΘΛΣΦΨΩ½×−≈≠≤≥≫≪∞→∈∑√·…‖⊥∼∝ℓ'“”–";
        let missing: String = common.chars().filter(|c| fonts.find(*c).1.0 == 0).collect();
        assert_eq!(missing, "", "these have no glyph");
        assert_eq!(fonts.find('\u{10FFFF}').1.0, 0, "and what has none shows as a box");
    }

    #[test]
    fn a_longer_text_is_wider_and_lines_keep_their_room() {
        let fonts = Fonts::shipped().expect("the fonts are part of the program");
        assert!(fonts.width("abc", 12.0) > fonts.width("ab", 12.0));
        let lines = fonts.lines("the share of the draws in which the weight is above one half", 12.0, 100.0);
        assert!(lines.len() > 2 && lines.iter().all(|l| fonts.width(l, 12.0) <= 100.0));
    }
}
