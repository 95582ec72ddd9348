//! What is read as an example, with right and wrong numbers, and what has to stay unread.

use super::*;
use crate::claim::segment::Begins;
use crate::world::Library;

/// The arithmetic that is read of a text, each with whether the sides agree to two digits, and whether it is certain.
fn said(question: &str, text: &str) -> Vec<(bool, bool)> {
    let library = Library::embedded().unwrap();
    let world = library.get(question).unwrap();
    let whole = Stretch { span: Span::new(0, text.len()), math: false, begins: Begins::Sentence };
    let agrees = |link: &Link| {
        let (left, right) = (scores::value(&link.left).unwrap(), scores::value(&link.right).unwrap());
        match link.relation {
            Relation::Greater => left > right,
            Relation::Less => left < right,
            _ => (left - right).abs() <= 0.01 * right.abs().max(0.05),
        }
    };
    let found = read(world, &[whole], text, vec![]);
    let link = |s: &Statement| match &s.body {
        Body::Relation { link, alternatives } => Some((agrees(link) || alternatives.iter().any(agrees), !s.scope.tentative)),
        _ => None,
    };
    found.iter().filter_map(link).collect()
}

const RIGHT: (bool, bool) = (true, true);
const WRONG: (bool, bool) = (false, true);

#[test]
fn weights_in_words_follow_from_the_query_of_the_example() {
    let head = "Three keys, q = ln 2 (k_a + k_b). ";
    let after = |text: &str| said("1b.ii", &format!("{head}{text}"));
    assert_eq!(after("Weights of a and b: 2/5 each"), [RIGHT]);
    assert_eq!(after("Weights of a and b: 1/5 each"), [WRONG]);
    assert_eq!(after("The third key has the weight 1/5"), [RIGHT]);
    assert_eq!(after("The third key has the weight 1/4"), [WRONG]);
    assert_eq!(after("The third key gets one fifth of the weight"), [RIGHT]);
    assert_eq!(after("The other key receives 20 % of the weight"), [RIGHT]);
    assert_eq!(after("v_a has twice the length of v_b"), []);
    assert_eq!(after("v_a has two times the weight of the third key"), [RIGHT]);
    assert_eq!(after("v_a has three times the weight of the third key"), [WRONG]);
    assert_eq!(after("If we take ln 100 in place of ln 2, the third key has only 1/201"), [RIGHT]);
    assert_eq!(after("v_a has more than half of the weight"), [WRONG]);
}

#[test]
fn sizes_and_letters_are_taken_from_sentences_before() {
    let head = "Suppose e^β = 8 and n = 6. With q = β(k_a + k_b) ";
    let after = |text: &str| said("1b.ii", &format!("{head}{text}"));
    assert_eq!(after("the four others have one fifth together"), [RIGHT]);
    assert_eq!(after("the four others have one fifth each"), [WRONG]);
    assert_eq!(after("each of the four other keys receives 1/20"), [RIGHT]);
    assert_eq!(after("the weight of the others is 0.2 in total and not more"), []);
}

#[test]
fn scores_in_numbers_give_weights() {
    let two = |text: &str| said("1a.ii", &format!("With just two keys, scores of 1000 and 990 {text}"));
    assert_eq!(two("give the first key a weight of about 0.99995"), [RIGHT]);
    assert_eq!(two("give the second key a weight of about 0.99995"), [WRONG]);
    let many = |text: &str| said("1a.ii", &format!("The keys are orthonormal, n = 100. {text}"));
    assert_eq!(many("q = 10 k_j gives more than 0.9"), [RIGHT]);
    assert_eq!(many("q = 5 k_j gives more than 0.9"), [WRONG]);
    assert_eq!(said("1a.ii", "n = 100. q = 5 k_j gives more than 0.9"), [], "the keys may be of any length");
}

#[test]
fn factors_of_a_key_and_heads_are_followed() {
    let draw =
        |text: &str| said("1c.ii", &format!("Only two keys, alpha = 0, q = beta (mu_a + mu_b), beta = 4, k_a = g mu_a. {text}"));
    assert_eq!(draw("g = 1.5 : weight of v_a 1/(1+exp(-2)) = 0.881"), [RIGHT, RIGHT]);
    assert_eq!(draw("g = 0.5 : weight of v_a 0.119"), [RIGHT]);
    assert_eq!(draw("g = 0 : weight of v_a 0.5"), [WRONG]);
    let heads = "q_1 = b mu_a, q_2 = b mu_b. At alpha = 0 and with n = 10, b = 5 ";
    let after = |text: &str| said("1d.i", &format!("{heads}{text}"));
    assert_eq!(after("head one gives v_a the weight 0.943"), [RIGHT]);
    assert_eq!(after("head one gives v_a the weight 0.993"), [WRONG]);
    assert_eq!(after("v_a gets the weight 0.943"), [], "of which head is not said");
}

#[test]
fn what_was_not_understood_leaves_nothing_to_read() {
    let riddle = "Suppose the first key is twice as long as the others. With q = ln 2 (k_a + k_b) and n = 3 v_a has weight 0.4.";
    assert_eq!(said("1b.ii", riddle), []);
    assert_eq!(said("1b.ii", "n = 3, q = ln 2 (k_a + k_b). If the values are long, v_a has weight 0.4"), []);
    assert_eq!(said("1b.ii", "n = 3, q = β (k_a + k_b). v_a has weight 0.4"), [], "β has no value");
    assert_eq!(said("1b.ii", "n = 3, β = 1, q = β (k_a + k_b). For large β v_a has weight 0.5"), []);
    assert_eq!(said("1c.ii", "n = 2, alpha = 0.1, beta = 4, q = beta (mu_a + mu_b), X = 1. v_a gets 0.3"), []);
}

#[test]
fn a_formula_is_evaluated_at_the_values_that_a_clause_gives() {
    let weight = |text: &str| said("1d.i", &format!("The weight of v_a in the first head is about e^β/(e^β + n - 1). {text}"));
    assert_eq!(weight("For n = 5, β = 6 this is 0.990"), [RIGHT]);
    assert_eq!(weight("For n = 5, β = 6 this is 0.95"), [WRONG]);
    assert_eq!(weight("It comes to 0.990 for n = 5 and β = 6"), [RIGHT]);
    assert_eq!(weight("With n = 5 and β = 6 one gets about 99 % of the weight"), [RIGHT]);
    assert_eq!(weight("For n = 5 already β = 2 pushes it above 0.9"), [WRONG]);
    assert_eq!(weight("For n = 5, β = 6 this is not 0.95"), []);
    assert_eq!(weight("For n = 5, β = 6 and softer keys this is 0.95"), []);
    assert_eq!(weight("For β = 6 this is 0.990"), [], "n has no value");
    let other = weight("For n = 5, β = 6, X = 2 this is 0.95");
    assert_eq!(other, [(false, false)], "a value of a letter that the formula does not have");
}

#[test]
fn a_deviation_follows_from_the_variance_before() {
    let noise = |text: &str| said("1c.i", &format!("The difference of the scores has mean 0 and variance 4 α β^2. {text}"));
    assert_eq!(noise("For α = 0.0001, β = 10 the standard deviation is 0.2"), [RIGHT]);
    assert_eq!(noise("For α = 0.0001, β = 10 its sd is 0.04"), [WRONG]);
    assert_eq!(noise("For α = 0.0001, β = 10 the variance is 0.04"), [RIGHT]);
    assert_eq!(noise("For α = 0.0001, β = 10 the standard deviation of one score is 0.2"), []);
    let after =
        "For α = 0.0001, β = 10 the standard deviation is 0.2. For tiny α this is nice. For β = 20 the standard deviation is 0.4";
    assert!(noise(after).iter().skip(1).all(|(_, certain)| !certain), "whether α is still 0.0001 is not said");
    let length = |text: &str| said("1c.ii", &format!("X is normal with mean 1 and variance α + 1/2. {text}"));
    assert_eq!(length("For tiny α the standard deviation is about 0.71"), [RIGHT]);
    assert_eq!(length("For tiny α the standard deviation is about 0.5"), [WRONG]);
}

#[test]
fn what_was_spoken_of_last_is_taken_up_at_other_scores() {
    let first = |text: &str| said("1a.ii", &format!("With two keys and scores 2 and 1 the weight of the first is {text}"));
    assert_eq!(first("already above 0.7"), [RIGHT]);
    assert_eq!(first("already above 0.9"), [WRONG]);
    assert_eq!(first("0.731. With scores 8 and 1 it is 0.999"), [RIGHT, RIGHT]);
    assert_eq!(first("0.731. With scores 8 and 1 it is 0.9"), [RIGHT, WRONG]);
    let rest = "q = γ (k_a + k_b) / 2. With γ = 20 and 1000 other keys the others together get 0.022 of the weight. ";
    assert_eq!(said("1b.ii", &format!("{rest}Already γ = 40 pushes this below 1e-5")), [RIGHT, RIGHT]);
    assert_eq!(said("1b.ii", &format!("{rest}Already γ = 40 pushes this below 1e-7")), [RIGHT, WRONG]);
}

#[test]
fn rows_of_weights_are_compared_one_by_one() {
    let row = |text: &str| said("1a.i", &format!("E.g. three keys with scores 0, 0, 0 get {text}"));
    assert_eq!(row("(1/3, 1/3, 1/3)"), [RIGHT], "the same is said once");
    assert_eq!(row("(1/2, 1/4, 1/4)"), [WRONG, WRONG]);
    assert_eq!(row("(1/2, 1/2)"), []);
    let gap = |text: &str| said("1a.ii", &format!("With a gap of 5 to each of 9 other keys the weight of the winner is {text}"));
    assert_eq!(gap("0.943"), [RIGHT]);
    assert_eq!(gap("0.993"), [WRONG]);
    assert_eq!(said("1a.ii", "For n = 2 with scores 2 and 1.5 I get a_j = 0.62, the bigger part"), [RIGHT]);
    assert_eq!(said("1a.ii", "For n = 2 with scores 2 and 1.5 I get a_j = 0.82, the bigger part"), [WRONG]);
}

#[test]
fn numbers_are_compared_with_the_ones_before() {
    let away = |text: &str| said("1a.iii", &format!("c = 3.88 + 0.02 - 0.02 = 3.88, and this is {text}"));
    assert_eq!(away("only 0.12 away from v_1 = 4"), [RIGHT]);
    assert_eq!(away("only 0.02 away from v_1 = 4"), [WRONG]);
    assert_eq!(away("only 0.12 away from what we want"), []);
    let shift = "Its standard deviation is 0.16, and with only two keys a shift by one standard deviation moves the weight ";
    assert_eq!(said("1c.i", &format!("{shift}from 0.50 to 0.54")), [RIGHT]);
    assert_eq!(said("1c.i", &format!("{shift}from 0.50 to 0.66")), [WRONG]);
    let share = "Its variance tends to 0.0725. A single head has 0.25, which is ";
    assert_eq!(said("1d.ii", &format!("{share}3.45 times as much")), [(true, false)]);
    assert_eq!(said("1d.ii", &format!("{share}2 times as much")), [(false, false)]);
}

#[test]
fn a_pronoun_that_may_mean_something_else_is_never_refuted() {
    let weight = |text: &str| said("1d.i", &format!("The weight of v_a in the first head is about e^β/(e^β + n - 1). {text}"));
    let uncertain = |text: &str| weight(text).iter().all(|(_, certain)| !certain);
    assert!(uncertain("The leak to everything else is small. For n = 5, β = 6 it is 0.01"));
    assert!(uncertain("Its distance from one is 1 - α_a. For n = 5, β = 6 this is 0.01"));
    assert!(uncertain("The entropy matters. For n = 5, β = 6 we get 0.06"));
    let two = |text: &str| said("1b.ii", &format!("Let q = β(k_a + k_b). {text}"));
    assert_eq!(two("Plugging in β = 5, n = 50 gives 0.43 each"), [RIGHT]);
    assert_eq!(two("Plugging in β = 5, n = 50 gives 0.33 each"), [WRONG]);
    assert_eq!(two("For β = 10 and n = 100 each of the two weights is 0.498"), [RIGHT]);
    let small = "c = 3.88 with the weights 0.97, 0.02 and 0.01, which is ";
    assert_eq!(said("1a.iii", &format!("{small}0.12 below v_1 = 4")), [(false, false)], "the last number is a weight");
}

#[test]
fn numbers_stand_behind_values_in_many_ways() {
    let weight = |text: &str| said("1b.ii", &format!("Let q = β(k_a + k_b), so α_a = e^β/(2e^β + n − 2){text}"));
    assert_eq!(weight(". Example: n = 50, β = 5: 0.43"), [RIGHT]);
    assert_eq!(weight(" (n = 50, β = 5: 0.33)"), [WRONG]);
    assert_eq!(weight(", which is 0.43 if n = 50 and β = 5"), [RIGHT]);
    assert_eq!(weight(", which for n = 50 and β = 5 is 0.33"), [WRONG]);
    assert_eq!(weight(". When β = 5 and n = 50, that's 0.43"), [RIGHT]);
    assert_eq!(weight(" and for n = 50 and β = 5 the weight is 0.43"), [RIGHT]);
    assert_eq!(weight(". For n = 50 it's 0.43 at β = 5 and 0.4995 at β = 10"), [RIGHT, RIGHT]);
    assert_eq!(weight(". For n = 50 it's 0.43 at β = 5 and 0.4 at β = 10"), [RIGHT, WRONG]);
}

#[test]
fn numbers_put_into_a_formula_are_replaced_by_new_ones() {
    let noise = "For alpha = 0.0001 and beta = 50 the score of a has standard deviation 50*sqrt(0.0002) ≈ 0.71. ";
    let then = |text: &str| said("1c.i", &format!("{noise}{text}"));
    assert_eq!(then("For alpha = 1e-8, beta = 20 it is only 0.0028"), [(true, false)]);
    assert_eq!(then("For alpha = 1e-8, beta = 20 it is only 0.028"), [(false, false)]);
    assert_eq!(then("For n = 20 it is only 0.0028"), []);
}
