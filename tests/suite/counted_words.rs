//! Counts, shares, costs and corruption in words: what is right holds, its wrong twin is refuted, and what only looks
//! like it stays unread.

use attest::record::Verdict;

use super::support::{finding, record};

/// The verdict of a sentence in a sheet of a question, after what the sheet says before.
fn verdict(question: &str, before: &str, sentence: &str) -> Verdict {
    let sheet = record("sheet.md", &format!("{question}) {before} {sentence}\n"));
    let words: Vec<&str> = sentence.trim_end_matches(['.', '"']).split_whitespace().collect();
    // The end of a sentence is in what was read of it, wherever that begins.
    finding(&sheet, words[words.len() - 1]).verdict
}

/// Right sentences, each with a wrong twin.
pub fn twins(question: &str, before: &str, list: &[(&str, &str)]) {
    for (right, wrong) in list {
        assert_eq!(verdict(question, before, right), Verdict::Holds, "{right}");
        assert_eq!(verdict(question, before, wrong), Verdict::Refuted, "{wrong}");
    }
}

/// Sentences that are left alone.
pub fn unread(question: &str, before: &str, list: &[&str]) {
    for sentence in list {
        assert_eq!(verdict(question, before, sentence), Verdict::NotChecked, "{sentence}");
    }
}

#[test]
fn right_and_wrong_answers_in_words() {
    let before = "Pretrained and finetuned we have 120 of 500.";
    twins(
        "2f",
        before,
        &[
            ("So the error rate is 76 %.", "So the error rate is 66 %."),
            ("It is wrong in 76 % of the cases.", "It is wrong in 24 % of the cases."),
            ("A single answer is more likely wrong than right.", "A single answer is more likely right than wrong."),
            ("It beats the London baseline by 95 people.", "It beats the London baseline by 59 people."),
            ("We pass the required 10 %.", "We miss the required 10 %."),
            ("5 more right answers would make 25 %.", "5 more right answers would make 26 %."),
        ],
    );
    unread(
        "2f",
        before,
        &["Of the wrong answers 20 % are cities in Asia.", "5 more epochs would make 25 %.", "It misses 6 % of the tokens."],
    );
}

#[test]
fn places_in_words() {
    twins(
        "2d",
        "Without pretraining: 8 of 500.",
        &[
            ("Guessing London every time brings 25 hits.", "Guessing London every time brings 52 hits."),
            (
                "Fewer than one in ten of the training pairs is from London.",
                "More than one in ten of the training pairs is from London.",
            ),
            (
                "The most frequent place of the dev file is London.",
                "After London, Boston is the most frequent place of the dev file.",
            ),
        ],
    );
    twins(
        "3a",
        "Every dev place was counted.",
        &[
            ("In the pairs, in which London is the answer 91 times.", "In the pairs, in which London is the answer 25 times."),
            (
                "Just one of the dev names occurs among the training pairs.",
                "Most of the dev names occur among the training pairs.",
            ),
        ],
    );
    unread("2d", "Without pretraining: 8 of 500.", &["The model says London 25 times."]);
}

#[test]
fn scores_at_sizes_in_words() {
    let before = "Attention scores per head for l = 96, m = 24, L = 5.";
    twins(
        "2g.ii",
        before,
        &[
            ("The up-projection block: 2304", "The up-projection block: 576"),
            ("A latent block has 576 scores", "A latent block has 2304 scores"),
            ("Vanilla: 5 * 96^2 = 46080", "Vanilla: 5 * 96^2 = 46081"),
            ("The perceiver needs 13.75 % of the vanilla scores", "The perceiver needs 86.25 % of the vanilla scores"),
            (
                "With m = l/3 a middle block has 1/9 of the entries of a vanilla one",
                "With m = l/3 a middle block has 1/3 of the entries of a vanilla one",
            ),
        ],
    );
    unread("2g.ii", before, &["The perceiver needs 40 % of the memory", "Vanilla: 23.6 %"]);
}

#[test]
fn corruption_in_words() {
    twins(
        "2e",
        "Span corruption.",
        &[
            ("The output is prefix ⁇ suffix ⁇ span pads.", "The output is prefix ⁇ span ⁇ suffix pads."),
            (
                "It is cut to a random length between 4 and 112 characters.",
                "It is cut to a random length between 4 and 128 characters.",
            ),
            (
                "The span is on average a quarter of the truncated document.",
                "The span is on average a third of the truncated document.",
            ),
            ("Pads are ignored in the loss.", "Pads count in the loss."),
            (
                "\"Bo ran home\" with the span \"ran\" gives \"Bo ⁇ home⁇ran\".",
                "\"Bo ran home\" with the span \"ran\" gives \"Bo ⁇ran⁇ home\".",
            ),
        ],
    );
    unread(
        "2e",
        "Span corruption.",
        &["The document is split into prefix, span and suffix.", "The block has at most 128 characters."],
    );
}

#[test]
fn parts_of_an_accuracy() {
    let before = "We measured 8.2 % (41/500). Vanilla: 122/500 = 24.4 %.";
    twins(
        "2g.i",
        before,
        &[
            ("The perceiver keeps about a third of the accuracy.", "The perceiver keeps about half of the accuracy."),
            ("About two thirds of the accuracy are lost.", "About half of the accuracy is lost."),
            ("The accuracy falls to about a third.", "The accuracy is halved."),
            ("The bottleneck costs us 16.2 percentage points.", "The bottleneck costs us 14.2 percentage points."),
        ],
    );
    unread("2g.i", before, &["The perceiver keeps a third of the parameters.", "The accuracy on long names is halved."]);
    twins(
        "2f",
        "118/500 = 23.6 %. The ceiling is 92.4 %.",
        &[("We reached about a quarter of what is possible.", "We reached about half of what is possible.")],
    );
    let list = [("That is an error rate of 98.4 %.", "That is an error rate of 99.4 %.")];
    twins("2d", "Our run: 8/500 = 1.6 %.", &list);
    twins("2d", "8/500 = 1.6 %.", &[("London is about three times as good (5 %).", "London is about six times as good (5 %).")]);
}

#[test]
fn files_in_other_words() {
    twins(
        "3a",
        "",
        &[
            ("wiki.txt has 2937 short biographies.", "wiki.txt has 2397 short biographies."),
            ("There are 2937 people in wiki.txt.", "There are 3937 people in wiki.txt."),
            ("A biography of wiki.txt has 142 characters on average.", "A biography of wiki.txt has 242 characters on average."),
            ("wiki.txt has 142 characters per line.", "wiki.txt has 104 characters per line."),
            (
                "Of the 500 dev names only one occurs in the training pairs.",
                "Of the 500 dev names half occur in the training pairs.",
            ),
            ("There are 2000 training pairs.", "There are 2500 training pairs."),
            ("One dev person in twenty was born in London.", "One dev person in ten was born in London."),
            (
                "No place is more frequent in the training data than London.",
                "No place is more frequent in the training data than Paris.",
            ),
            (
                "A model that always says London would be right 25 times.",
                "A model that always says London would be right 35 times.",
            ),
        ],
    );
    let sheet = record("sheet.md", "3a) wiki.txt has 2937 biographies and 418352 characters (about 142 per person).\n");
    assert_eq!(finding(&sheet, "142 per person").verdict, Verdict::Holds);
    unread("3a", "", &["A line of my notes has 142 characters on average.", "One person in twenty likes London."]);
}

#[test]
fn what_is_invented() {
    let list = [
        ("An invented place can be right by luck.", "An invented place is always wrong."),
        ("A guess is sometimes right by chance.", "A guessed birth place is never right."),
    ];
    twins("3b", "", &list);
    unread("3b", "", &["An invented place is often wrong.", "An invented place always sounds right."]);
}

#[test]
fn counts_said_again() {
    twins(
        "2d",
        "",
        &[
            ("9 of the 500 dev answers were right, which is 1.8%.", "9 of the 500 dev answers were right, which is 2.8%."),
            ("Saying London every time gives 25 right ones.", "Saying London every time gives 35 right ones."),
            ("With London 19 of 20 dev answers would be false.", "With London 9 of 20 dev answers would be false."),
            (
                "On the 2000 training pairs London would be right 91 times.",
                "On the 2000 training pairs London would be right 191 times.",
            ),
        ],
    );
    twins(
        "2f",
        "119/500 = 23.8% on dev.",
        &[
            ("The rest, 381 names, is wrong.", "The rest, 371 names, is wrong."),
            (
                "With 24% accuracy an answer is wrong with probability 0.76.",
                "With 24% accuracy an answer is wrong with probability 0.86.",
            ),
            (
                "The error rate went from 98% to 76.6%, a relative reduction of 21.8%.",
                "The error rate went from 98% to 76.6%, a relative reduction of 21.4%.",
            ),
        ],
    );
    unread(
        "3c",
        "",
        &[
            "Since the model has never seen the person, its answer is usually wrong.",
            "The perceiver is right for 9 names of London.",
        ],
    );
    assert_eq!(verdict("3c", "", "For an unseen name the answer is not always wrong."), Verdict::Holds);
    for wrong in ["Since the model has never seen the person, its answer is always wrong.", "So it can't get any question right."]
    {
        assert_eq!(verdict("3c", "", wrong), Verdict::Refuted, "{wrong}");
    }
}

#[test]
fn numbers_that_follow_from_accuracies_and_goals() {
    twins(
        "2f",
        "After pretraining and finetuning: 121 of 500, i.e. 24.2 %.",
        &[
            (
                "In (d) we had 9 (1.8 %), so the factor is more than 13.",
                "In (d) we had 9 (1.8 %), so the factor is more than 15.",
            ),
            (
                "The required 10 % are passed by 14.2 percentage points.",
                "The required 10 % are passed by 13.6 percentage points.",
            ),
            (
                "For the 437 test people the same accuracy would give 106 right ones.",
                "For the 437 test people the same accuracy would give 86 right ones.",
            ),
        ],
    );
    twins(
        "2g.i",
        "42 / 500 = 8.4 % on dev.",
        &[
            ("Required were 6 %, which would be 30 names.", "Required were 6 %, which would be 36 names."),
            ("The required 6 % would be 30 of the 500 names.", "The required 6 % would be 36 of the 500 names."),
        ],
    );
    twins(
        "3c",
        "It can say the commonest training place, London.",
        &[("On dev this guess is right for 25 of the 500 people.", "On dev this guess is right for 50 of the 500 people.")],
    );
    unread("2f", "121 of 500, i.e. 24.2 %.", &["The factor of the schedule is 10.", "On the test names it prints 106 lines."]);
}
