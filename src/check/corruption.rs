//! What is said of span corruption, against the world's rule and what the trainer emits.

use super::ruling::Ruling;
use crate::claim::{Corrupted, Piece};
use crate::record::{Tier, Verdict};
use crate::runs::corrupted;
use crate::tolerance;
use crate::world::CorruptionFile;

/// Judges a statement about corruption.
pub fn judge(file: &CorruptionFile, said: &Corrupted) -> Ruling {
    match said {
        Corrupted::Order(pieces) => ordered(file, pieces),
        Corrupted::Behind(piece, mask) => behind(file, *piece, *mask),
        Corrupted::Length { least, most, block } => length(file, *least, *most, block.unwrap_or(file.block)),
        Corrupted::Average(share, slack, about) => average(file, *share, *slack, *about),
        Corrupted::Example(document, span, out) => example(document, span.as_deref(), out),
        Corrupted::Always(share) => {
            let [over, under] = file.average;
            decide(
                false,
                &format!("the span's length is random, {over}/{under} of what was kept on average only (not always {share})"),
            )
        }
        Corrupted::SameLength => decide(false, "the length that a document is cut to is random"),
        Corrupted::Masks(many) => {
            let real = file.order.iter().filter(|p| *p == name(Piece::Mask)).count() as f64;
            decide((many - real).abs() < 0.5, &format!("an example has {real} masks"))
        }
        Corrupted::Without { input, first } => {
            decide(input != first, "the inputs are the string without its last character, the targets that without its first one")
        }
        Corrupted::Shifted => decide(true, "each target is the character behind its input"),
        Corrupted::Characters(many, text) => {
            let real = text.chars().count() as f64;
            decide((many - real).abs() < 0.5, &format!("the quoted text has {real} characters"))
        }
        Corrupted::Ignored(ignored) => {
            let real = file.ignored.iter().any(|p| p == name(Piece::Pads));
            decide(*ignored == real, if real { "the loss ignores pads" } else { "the loss sees pads" })
        }
    }
}

fn name(piece: Piece) -> &'static str {
    match piece {
        Piece::Prefix => "prefix",
        Piece::Suffix => "suffix",
        Piece::Span => "span",
        Piece::Mask => "mask",
        Piece::Pads => "pads",
    }
}

fn decide(holds: bool, truth: &str) -> Ruling {
    let verdict = if holds { Verdict::Holds } else { Verdict::Refuted };
    let mut ruling = Ruling::new(verdict, Some(Tier::Exact), truth.to_string());
    if !holds {
        ruling.witness = Some(truth.to_string());
        ruling.correction = Some(truth.to_string());
    }
    ruling
}

fn ordered(file: &CorruptionFile, pieces: &[Piece]) -> Ruling {
    let pads = name(Piece::Pads);
    let mut said: Vec<&str> = pieces.iter().map(|p| name(*p)).collect();
    // However many pads there are, they are one piece; they need not be told.
    said.dedup_by(|a, b| a == b && *a == pads);
    let whole: Vec<&str> = file.order.iter().map(String::as_str).collect();
    let short: Vec<&str> = whole.iter().copied().filter(|p| *p != pads).collect();
    decide(said == whole || said == short, &format!("the order is {}", whole.join(", ")))
}

/// A piece directly behind a mask, or between the two.
fn behind(file: &CorruptionFile, piece: Piece, mask: u32) -> Ruling {
    let places: Vec<usize> = (0..file.order.len()).filter(|i| file.order[*i] == name(Piece::Mask)).collect();
    let place = file.order.iter().position(|p| p == name(piece));
    let ([first, second], Some(place)) = (places.as_slice(), place) else {
        return Ruling::not_checked("the world does not tell where it stands");
    };
    let truth = format!("the order is {}", file.order.join(", "));
    match mask {
        0 => decide(*first < place && place < *second, &truth),
        // Behind the first mask stands all that follows, the span too.
        1 if place == first + 1 => decide(true, &truth),
        1 if place > *first => Ruling::not_checked("it follows the first mask, and not at once"),
        1 => decide(false, &truth),
        _ => decide(place > *second, &truth),
    }
}

fn length(file: &CorruptionFile, least: Option<f64>, most: Option<f64>, block: f64) -> Ruling {
    let [over, under] = file.longest;
    let longest = (over * block / under).floor();
    let truth =
        format!("a document is cut to {} to {over}/{under} of the block, {longest} for a block of {block}", file.shortest);
    let low = least.is_none_or(|n| (n - file.shortest).abs() < 0.5);
    // A share of the block is no number of characters.
    let high = most.is_none_or(|n| {
        if n <= 1.0 { (n - over / under).abs() < tolerance::COUNTED_ROUNDING } else { (n - longest).abs() < 0.5 }
    });
    decide(low && high, &truth)
}

fn average(file: &CorruptionFile, share: f64, slack: f64, about: bool) -> Ruling {
    let [over, under] = file.average;
    let real = over / under;
    let slack = slack.max(if about { tolerance::COMPARISON_ABOUT * real } else { 0.0 }) + tolerance::COUNTED_ROUNDING;
    let truth = format!("the span is {over}/{under} of what was kept on average");
    let near = about && (share - real).abs() <= (tolerance::COMPARISON_ABOUT + tolerance::COUNTED_UNCLEAR) * real;
    if near && (share - real).abs() > slack {
        return Ruling::not_checked(truth);
    }
    decide((share - real).abs() <= slack, &truth)
}

/// A corrupted text without its white space and pads: people write both as they like.
fn bare(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace() && *c != '□').collect()
}

fn example(document: &str, span: Option<&str>, out: &str) -> Ruling {
    let given = bare(out);
    let pieces: Vec<&str> = given.split('⁇').collect();
    let holds = |span: &str| corrupted(document, span).into_iter().find(|c| bare(c) == given);
    match (span, pieces.as_slice()) {
        (Some(span), _) => {
            let all = corrupted(document, span);
            match (all.first(), holds(span)) {
                (_, Some(real)) => decide(true, &format!("the trainer emits \"{real}\"")),
                (Some(real), None) => decide(false, &format!("the trainer emits \"{real}\"")),
                _ => Ruling::not_checked("the span does not occur in the document"),
            }
        }
        (None, [a, b, c]) => {
            let kept = bare(document);
            let text = format!("\"{a}\", \"{c}\" and \"{b}\" are pieces of the document in this order");
            if kept == format!("{a}{c}{b}") && !c.is_empty() {
                return decide(true, &text);
            }
            if kept == format!("{a}{b}{c}") && !c.is_empty() {
                return decide(false, "the span stands behind the second mask, and the suffix between the two");
            }
            Ruling::not_checked("the pieces are not those of the document named here")
        }
        _ => Ruling::not_checked("an example of corruption has two masks"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::runs::{corruption_lengths, corruption_order};
    use crate::world::Library;

    fn file() -> CorruptionFile {
        let library = Library::embedded().expect("the worlds load");
        library.iter().find_map(|w| w.corruption.clone()).expect("a world of corruption")
    }

    #[test]
    fn the_world_says_what_the_trainer_does() {
        let file = file();
        let (shortest, longest) = corruption_lengths();
        assert!((file.shortest - shortest as f64).abs() < 0.5);
        assert!((file.longest[0] * file.block / file.longest[1] - longest as f64).abs() < 0.5);
        assert_eq!(corruption_order("p", "c", "s"), "p⁇s⁇c");
        let order: String = file
            .order
            .iter()
            .filter_map(|p| match p.as_str() {
                "prefix" => Some('p'),
                "suffix" => Some('s'),
                "span" => Some('c'),
                "mask" => Some('⁇'),
                _ => None,
            })
            .collect();
        assert_eq!(order, "p⁇s⁇c");
    }

    #[test]
    fn statements_and_their_wrong_twins() {
        use Piece::{Mask, Pads, Prefix, Span, Suffix};
        let verdict = |said: Corrupted| judge(&file(), &said).verdict;
        let order = |list: &[Piece]| verdict(Corrupted::Order(list.to_vec()));
        assert_eq!(order(&[Prefix, Mask, Suffix, Mask, Span, Pads, Pads]), Verdict::Holds);
        assert_eq!(order(&[Prefix, Mask, Suffix, Mask, Span]), Verdict::Holds);
        assert_eq!(order(&[Prefix, Mask, Span, Mask, Suffix, Pads]), Verdict::Refuted);
        assert_eq!(verdict(Corrupted::Behind(Span, 2)), Verdict::Holds);
        assert_eq!(verdict(Corrupted::Behind(Span, 1)), Verdict::NotChecked);
        assert_eq!(verdict(Corrupted::Behind(Span, 0)), Verdict::Refuted);
        let length = |least, most, block| verdict(Corrupted::Length { least: Some(least), most: Some(most), block: Some(block) });
        assert_eq!((length(4.0, 112.0, 128.0), length(4.0, 128.0, 128.0)), (Verdict::Holds, Verdict::Refuted));
        assert_eq!((length(4.0, 0.875, 64.0), length(4.0, 112.0, 64.0)), (Verdict::Holds, Verdict::Refuted));
        let average = |share| verdict(Corrupted::Average(share, 0.0, false));
        assert_eq!((average(0.25), average(0.5)), (Verdict::Holds, Verdict::Refuted));
        assert_eq!((verdict(Corrupted::Ignored(true)), verdict(Corrupted::Ignored(false))), (Verdict::Holds, Verdict::Refuted));
        let example = |span: Option<&str>, out: &str| {
            verdict(Corrupted::Example("Eva sat here".into(), span.map(String::from), out.into()))
        };
        assert_eq!(example(Some("sat"), "Eva ⁇ here⁇sat□□"), Verdict::Holds);
        assert_eq!(example(Some("sat"), "Eva ⁇sat⁇ here"), Verdict::Refuted);
        assert_eq!((example(None, "Eva ⁇ here⁇sat"), example(None, "Eva ⁇sat⁇ here")), (Verdict::Holds, Verdict::Refuted));
        assert_eq!(example(None, "Eva ⁇ there⁇sat"), Verdict::NotChecked);
    }
}
