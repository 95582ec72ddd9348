//! Readings as MathML.

use pulldown_latex::{Parser, RenderConfig, Storage, push_mathml};

/// LaTeX as a `<math>` element; `None` where it does not parse whole.
pub(super) fn mathml(latex: &str) -> Option<String> {
    let storage = Storage::new();
    let mut events = Vec::new();
    for event in Parser::new(latex, &storage) {
        events.push(Ok::<_, pulldown_latex::ParserError>(event.ok()?));
    }
    let mut out = String::new();
    push_mathml(&mut out, events.into_iter(), RenderConfig::default()).ok()?;
    Some(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn math_that_does_not_parse_is_left_to_the_plain_reading() {
        assert_eq!(mathml(r"\frac{1}{"), None);
        assert!(mathml(r"\alpha_a \to \tfrac{1}{2}").is_some_and(|m| m.starts_with("<math") && m.contains("<mfrac")));
    }

    #[test]
    fn markup_in_math_is_escaped() {
        let shown = mathml(r"\text{<script>alert(1)</script>} < a").expect("it parses");
        assert!(!shown.contains("<script"), "{shown}");
    }
}
