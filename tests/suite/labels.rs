//! Question labels as people write them.

use attest::document::read_text;

use super::support::record;

/// The paths of the labels of a sheet, joined.
fn paths(text: &str) -> Vec<String> {
    read_text("sheet.md", text.as_bytes()).unwrap().parts.iter().map(|p| p.label.path.join(".")).collect()
}

#[test]
fn each_form_of_a_label_is_read() {
    let table = [
        ("1.a)i) text", "1.a.i"),
        ("1a)ii) text", "1.a.ii"),
        ("1(b)(i) text", "1.b.i"),
        ("**1 (b) (ii)** text", "1.b.ii"),
        ("### Q1b.ii\n\ntext", "1.b.ii"),
        ("## Question 2 d)\n\ntext", "2.d"),
        ("(c)(ii) text", "c.ii"),
        ("b)i) text", "b.i"),
        ("d) text", "d"),
        ("2.d) text", "2.d"),
        ("c.i. text", "c.i"),
        ("- g)i) text", "g.i"),
    ];
    for (text, path) in table {
        assert_eq!(paths(text).last().map(String::as_str), Some(path), "{text}");
    }
}

#[test]
fn labels_inherit_what_stands_above_them() {
    assert_eq!(paths("1.a)i) x\n\nii) y\n\nb)i) z\n\nii) w\n\n2.\n\nd) u\n"), ["1.a.i", "1.a.ii", "1.b.i", "1.b.ii", "2", "2.d"]);
    assert_eq!(paths("# 1\n\n## (a)\n\n### (i)\n\nx\n\n### (ii)\n\ny\n").last().unwrap(), "1.a.ii");
}

#[test]
fn latex_sections_are_labels() {
    let text = "\\documentclass{article}\n\\begin{document}\n\\section*{1 (a)}\n\\subsection*{(i)}\nText.\n\\end{document}\n";
    let document = read_text("sheet.tex", text.as_bytes()).unwrap();
    assert_eq!(document.parts.last().unwrap().label.path.join("."), "1.a.i");
}

#[test]
fn words_that_only_look_like_labels_are_none() {
    for text in ["a good answer is short", "i think so", "In 1. the text says", "e.g. this"] {
        assert!(paths(text).iter().all(String::is_empty), "{text}: {:?}", paths(text));
    }
}

#[test]
fn a_file_that_is_named_after_a_question_holds_its_answer_however_its_list_is_numbered() {
    for text in
        ["1. Trust suffers. 2. An office may refuse a passport.", "1. Trust suffers.\n2. People are harmed.\n", "(b) Trust."]
    {
        let sheet = record("3b_someone.md", text);
        assert!(!sheet.findings.is_empty() && sheet.findings.iter().all(|f| f.question == "3b"), "{text}: {sheet:?}");
    }
    // A whole label is believed before the file's name.
    let sheet = record("3b_someone.md", "1.a)i) The sum is 1.\n");
    assert!(sheet.findings.iter().all(|f| f.question == "1a.i"), "{sheet:?}");
}
