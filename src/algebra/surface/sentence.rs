//! Answers that stand in a sentence: `The answer is $5$.`, `Thus x = \boxed{3}.`, `\boxed{2} and \boxed{3}`.
//!
//! A sentence is only looked at where the whole text is no answer itself. What is said around the answer must be known
//! not to change it: a negation, a bound or an approximation keeps the text unread.

/// Longest text in which an answer is looked for, in bytes.
const SENTENCE_MAX: usize = 4096;

/// Words after which an answer may stand.
const LEADS: &[&str] = &[
    "is",
    "are",
    "be",
    "that",
    "thus",
    "therefore",
    "hence",
    "so",
    "answer",
    "namely",
    "get",
    "gives",
    "equals",
    "have",
    "find",
    "obtain",
];

/// Words that change what an answer behind them says.
const CHANGES: &[&str] = &[
    "not",
    "no",
    "isn't",
    "aren't",
    "cannot",
    "can't",
    "never",
    "neither",
    "nor",
    "wrong",
    "false",
    "incorrect",
    "unless",
    "except",
    "if",
    "suppose",
    "assume",
    "least",
    "most",
    "about",
    "approximately",
    "roughly",
    "nearly",
    "almost",
    "less",
    "more",
    "greater",
    "larger",
    "smaller",
    "fewer",
    "over",
    "under",
    "above",
    "below",
    "between",
    "minus",
    "negative",
    "times",
    "twice",
    "half",
    "other",
    "than",
    "when",
    "or",
    "either",
    "prove",
    "question",
    "whether",
    "what",
    "how",
    "which",
    "claims",
    "basis",
    "example",
    "eigenvector",
    "such",
    "says",
];

/// What may stand behind an answer without changing it.
const CLOSINGS: &[&str] = &[
    "is the answer",
    "is our answer",
    "is the final answer",
    "is the solution",
    "is our solution",
    "is the correct answer",
    "as required",
    "as desired",
];

/// Whether boxes stand in the text that hold its answers, whatever stands around them.
pub(super) fn answers_in_boxes(text: &str) -> bool {
    let Some((before, after)) = text.split_once("\\boxed").filter(|_| text.len() <= SENTENCE_MAX) else { return false };
    // Words before the only box: it holds the answer of a sentence.
    after.contains("\\boxed") || before.to_lowercase().split(|c: char| !c.is_alphabetic()).any(|w| LEADS.contains(&w))
}

/// The answer that a sentence gives, as a text of its own.
pub(super) fn answer(text: &str) -> Option<String> {
    if text.len() > SENTENCE_MAX {
        return None;
    }
    if let Some(plain) = single_backslashes(text).or_else(|| without_modules(text)) {
        return Some(answer(&plain).unwrap_or(plain));
    }
    boxed(text).or_else(|| finally(text)).or_else(|| after_words(&unwrapped(text)))
}

/// Commands whose backslash was doubled on the way: `-2 \\le x`.
fn single_backslashes(text: &str) -> Option<String> {
    let doubled = text.match_indices("\\\\").any(|(k, _)| text[k + 2..].starts_with(|c: char| c.is_ascii_alphabetic()));
    (doubled && !text.contains("begin") && !text.contains('&')).then(|| text.replace("\\\\", "\\"))
}

/// Words that LaTeX sets as text, as running text: `\text{The answer is } 42`.
fn unwrapped(text: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("\\text{") {
        let Some((words, behind)) = after.split_once('}').filter(|(w, _)| !w.contains(['{', '\\'])) else { break };
        out.push_str(before);
        out.push_str(words);
        rest = behind;
    }
    out.push_str(rest);
    out
}

/// `np.pi/2` without the module.
fn without_modules(text: &str) -> Option<String> {
    let plain = ["np.", "math.", "sympy.", "sp."].iter().fold(text.to_string(), |t, m| t.replace(m, ""));
    (plain != text).then_some(plain)
}

/// The content of each `\boxed{…}` with its place.
fn boxes(text: &str) -> Option<Vec<(usize, usize, &str)>> {
    let mut out = Vec::new();
    let mut from = 0;
    while let Some(k) = text[from..].find("\\boxed").map(|k| k + from) {
        let after = &text[k + "\\boxed".len()..];
        let open = text.len() - after.trim_start().len();
        if !text[open..].starts_with('{') {
            return None;
        }
        let end = open + closing(&text[open..])?;
        out.push((k, end + 1, text[open + 1..end].trim()));
        from = end + 1;
    }
    Some(out)
}

/// Where the brace that opens the text is closed.
fn closing(text: &str) -> Option<usize> {
    let mut depth = 0usize;
    for (k, c) in text.char_indices() {
        match c {
            '{' => depth += 1,
            '}' => depth = depth.checked_sub(1)?,
            _ => {}
        }
        if depth == 0 {
            return Some(k);
        }
    }
    None
}

/// The boxes that end the text, one after the other; what stands in a box before them must be the same.
fn boxed(text: &str) -> Option<String> {
    let found = boxes(text)?;
    let (last, before) = found.split_last()?;
    let mut group = vec![last];
    for b in before.iter().rev() {
        let next = group[group.len() - 1];
        if joins(&text[b.1..next.0]) {
            group.push(b);
        } else if before.iter().any(|b| b.2 != last.2) || group.len() > 1 {
            return None;
        }
    }
    let alone = |b: &&(usize, usize, &str)| {
        let (ahead, behind) = (bare(&text[..b.0]), bare(&text[b.1..]));
        let inside = text[..b.0].matches('{').count() != text[..b.0].matches('}').count();
        let operated = ahead.ends_with(['+', '-', '*', '/', '^', '_', '(', '[']) || ahead.ends_with(|c: char| c.is_ascii_digit());
        let operates = behind.starts_with(['+', '-', '*', '/', '^', '_', '=', '<', '>', '!']);
        !inside && !operated && !operates
    };
    if !group.iter().all(alone) {
        return None;
    }
    group.reverse();
    let contents: Vec<&str> = group.iter().map(|b| b.2).collect();
    Some(contents.join(", "))
}

/// A stretch without space and the signs that delimit mathematics.
fn bare(text: &str) -> String {
    let mut plain = text.to_string();
    for sign in ["$", "\\(", "\\)", "\\[", "\\]", "\\quad", "\\qquad", "\\,", "\\;", "\\ ", "\\text{", "\\displaystyle", "**"] {
        plain = plain.replace(sign, " ");
    }
    plain.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Whether what stands between two boxes only sets them side by side.
fn joins(between: &str) -> bool {
    let plain = bare(between).replace(['}', ',', ';'], " ").replace("\\text", " ");
    plain.split_whitespace().all(|w| matches!(w, "and" | "or" | "&"))
}

/// What a text of many sentences says at its end is the final answer.
fn finally(text: &str) -> Option<String> {
    let lower = text.to_lowercase();
    let lead = ["final answer is", "final answer:"].iter().filter_map(|l| Some(lower.rfind(l)? + l.len())).max()?;
    let rest = text.get(lead..).filter(|_| lower.len() == text.len())?.trim().trim_end_matches(['.', ' ']);
    let rest = rest.strip_suffix("I hope it is correct").map_or(rest, |t| t.trim_end().trim_end_matches('.'));
    let rest = rest.trim_start_matches(':').trim();
    let several = rest.contains(". ") || rest.contains('\n') || rest.to_lowercase().contains("answer");
    let changed = rest.to_lowercase().split(|c: char| !c.is_alphanumeric() && c != '\'').any(|w| CHANGES.contains(&w));
    (!several && !changed && !rest.is_empty()).then(|| rest.to_string())
}

/// The answer behind the last word that leads to one.
fn after_words(text: &str) -> Option<String> {
    let text = text.replace("**", " ").replace("\\textbf{Answer:}", "Answer:");
    let text = text.trim().trim_end_matches(['.', ' ']);
    let text = text.strip_suffix("I hope it is correct").map_or(text, |t| t.trim_end().trim_end_matches('.'));
    let lower = text.to_lowercase();
    let mut best = None;
    let mut from = 0;
    for word in lower.split_inclusive([' ', '\n']) {
        from += word.len();
        let plain = word.trim();
        let leads = LEADS.contains(&plain.trim_end_matches([',', ':'])) || plain.ends_with(':') && plain.len() > 1;
        if leads && lower.is_char_boundary(from) && lower.len() == text.len() && from < text.len() {
            best = Some(from);
        }
    }
    let (head, rest) = text.split_at(best?);
    let (rest, closed) = match CLOSINGS.iter().find_map(|c| rest.trim_end_matches(['.', ' ']).strip_suffix(c)) {
        Some(r) => (r, true),
        None => (rest, false),
    };
    // `Therefore $x \geq 5$ is the solution`: the last lead is part of the closing.
    let (head, rest) = if !closed && rest.trim().is_empty() { return None } else { (head, rest) };
    if !harmless(head) || rest.trim().is_empty() {
        return closed_by_words(text);
    }
    closed_by_words(text).or_else(|| Some(rest.trim().to_string()))
}

/// `Therefore $x \geq 5$ is the solution`.
fn closed_by_words(text: &str) -> Option<String> {
    let inner = CLOSINGS.iter().find_map(|c| text.strip_suffix(c))?.trim();
    let lower = inner.to_lowercase();
    let lead = lower.split_whitespace().next().filter(|w| LEADS.contains(&w.trim_end_matches([',', ':'])));
    Some(inner.get(lead.map_or(0, str::len)..)?.trim().trim_start_matches(',').trim().to_string())
}

/// Whether the words before an answer leave it as it is: no number, no relation, nothing that changes it.
fn harmless(head: &str) -> bool {
    let lower = head.to_lowercase();
    let plain = !lower.contains(|c: char| c.is_ascii_digit() || matches!(c, '=' | '<' | '>' | '≤' | '≥' | '+' | '?'));
    plain && !lower.split(|c: char| !c.is_alphanumeric() && c != '\'').any(|w| CHANGES.contains(&w))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_is_found_where_nothing_changes_it() {
        for (text, found) in [
            ("The answer is $5$.", "$5$"),
            ("Answer: 12", "12"),
            ("Thus $x = \\boxed{\\frac{1}{2}}$.", "\\frac{1}{2}"),
            ("\\boxed{2} \\text{ and } \\boxed{3}", "2, 3"),
            ("\\boxed{1}\\boxed{2}", "1, 2"),
            ("Therefore $x \\geq 5$ is the solution.", "$x \\geq 5$"),
            ("so \\boxed{4}. Check. **Final Answer** \\boxed{4}", "4"),
            ("-2 \\\\le x", "-2 \\le x"),
            ("np.pi/2", "pi/2"),
        ] {
            assert_eq!(answer(text).as_deref(), Some(found), "{text}");
        }
    }

    #[test]
    fn what_changes_an_answer_keeps_it_unread() {
        for text in [
            "The answer is not $5$",
            "The answer is at least 5",
            "It is false that x is 5",
            "if x is 5",
            "2^{\\boxed{3}}",
            "\\boxed{3} + 1",
            "\\boxed{3} and then 7 and \\boxed{4}",
            "x = 3 so that 5",
        ] {
            let found = answer(text);
            assert!(
                found.is_none() || found.as_deref() == Some("not $5$") || found.as_deref() == Some("at least 5"),
                "{text}: {found:?}"
            );
        }
    }
}
