use super::super::atoms::atoms;
use super::*;
use crate::language::parse_text;
use crate::world::Library;

fn said(text: &str) -> Vec<String> {
    let library = Library::embedded().expect("the worlds load");
    let world = library.iter().find(|w| w.growth.is_some()).expect("a world of growth orders");
    let growth = world.growth.clone().expect("its orders");
    let part = atoms(text, Span::new(0, text.len()));
    find(&growth, &part, text, &|s| parse_text(s, &world.lexicon).ok())
        .into_iter()
        .map(|(_, t)| match t.said {
            Told::Number { part, values, .. } => format!("{} x{}", growth.tallies[part].scores, values.len()),
            Told::Change { part, how, value, .. } => format!("{} again {how:?} {}", growth.tallies[part].scores, value.0),
            Told::Quotient { part, of, how, value } => {
                format!("{} / {} {how:?} {}", growth.tallies[part].scores, growth.tallies[of].scores, value.0)
            }
        })
        .collect()
}

#[test]
fn a_part_with_a_number_is_a_count() {
    let whole = "2 l m + (L - 2) m^2";
    assert_eq!(said("* the first (down) block: 8192"), ["l m x1"]);
    assert_eq!(said("an inner layer has 4096 scores, a full block 16,384"), ["m^2 x1", "l^2 x1"]);
    assert_eq!(
        said("vanilla with L = 4: 65536\nperceiver with L = 4 (down, 2 inner, up): 24576"),
        ["L l^2 x1".to_string(), format!("{whole} x1")]
    );
    assert_eq!(said("vanilla 4 * 128^2 = 65536"), ["L l^2 x2"]);
    assert_eq!(
        said("I count 60000 scores for the vanilla and 2·1000 + 4·100 = 2400 for the perceiver"),
        ["L l^2 x1".to_string(), format!("{whole} x2")]
    );
    assert_eq!(said("The perceiver is smaller.\nfirst block 64^2 = 4096"), ["l m x2"]);
    for text in ["vanilla has 4 layers", "the perceiver has 24576 parameters", "the perceiver trained for 650 epochs", "m = 64"] {
        assert!(said(text).is_empty(), "{text}: {:?}", said(text));
    }
}

#[test]
fn two_numbers_side_by_side_and_what_other_sizes_do() {
    let whole = "2 l m + (L - 2) m^2";
    let pair = ["L l^2 x1".to_string(), format!("{whole} x1")];
    let both =
        said("Number of scores: vanilla L l^2, perceiver 2 l m + (L-2) m^2. With L = 4, l = 128, m = 32: 65536 against 10240");
    assert!(both.ends_with(&pair), "{both:?}");
    let middle = ["m^2 x1", "l^2 x1"];
    assert_eq!(said("l = 128, m = 64: a middle block computes 4096 instead of 16384 scores per head"), middle);
    assert_eq!(said("l = 128, m = 64, a middle layer has 4096 scores instead of 16384"), middle);
    assert_eq!(said("l = 128, m = 64, a middle layer has 4096 scores instead of 16384, half of them")[2], "m^2 / l^2 Ratio 0.5");
    let changes = |text: &str| said(&format!("L = 4, l = 128, m = 64, perceiver 24576. {text}")).pop().unwrap_or_default();
    assert_eq!(changes("With m = 32 it is a quarter of that."), format!("{whole} again Part 0.25"));
    assert_eq!(changes("With m = 128 the number of the perceiver exactly doubles."), format!("{whole} again Part 2"));
    // The sizes are the same: of what it is a quarter the words leave open.
    assert_eq!(changes("It is a quarter of that."), format!("{whole} x1"));
    assert_eq!(said("Number of scores: vanilla L l^2, perceiver 2 l m + (L-2) m^2"), pair);
    for text in ["650 against 75 epochs", "L = 4, l = 8: 650 instead of 75 epochs", "With m = 64 the loss doubles."] {
        assert!(said(text).is_empty(), "{text}: {:?}", said(text));
    }
}

#[test]
fn two_parts_with_a_quotient() {
    let both = "2 l m + (L - 2) m^2 / L l^2";
    assert_eq!(said("m = 64: the perceiver needs 37.5% of the scores."), [format!("{both} Percent 37.5")]);
    assert_eq!(
        said("m = 32, perceiver: 10240, so 6.4 times less"),
        ["2 l m + (L - 2) m^2 x1".to_string(), format!("{both} Fewer 6.4")]
    );
    assert_eq!(said("m = 10; vanilla: 60000, perceiver 2400, so the saving is a factor of 25")[2], format!("{both} Factor 25"));
    assert_eq!(
        said("for m=l/2 the attention scores of a middle block cost half of those of a vanilla block"),
        ["m^2 / l^2 Part 0.5"]
    );
    for text in
        ["the perceiver needs 37.5 % of the parameters", "It is 3 times less", "the perceiver has 50 % fewer wrong answers"]
    {
        assert!(said(text).is_empty(), "{text}: {:?}", said(text));
    }
}
