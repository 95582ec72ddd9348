//! Word lists of sentences about examples.

/// Words that say nothing of their own between numbers of an example.
pub const NEUTRAL: &str = "so then thus hence therefore here with for at and now eg e.g example instance take say if when in \
    this that draw case we it which while whereas also already still the let put suppose set numbers only just there are is \
    find get e g i where have be means because since but q query instead as well exactly out works keys orthonormal of even \
    these both values key to two softmax guarantees guarantee gives give yields concretely small numerically a plugging inserting setting using putting choosing taking picking \
    having me us all altogether overall concrete check quick illustration sanity words";

/// Words between what was spoken of and a number of it that speak of nothing else.
pub const BETWEEN: &str = "each other others keys tokens head heads first second tiny small vanishing negligible about roughly \
    approximately ten five four six twenty hundred thousand moderate scores score logits beta alpha gamma lambda exp ln log \
    sqrt gap of ca";

/// Words behind which an example is given something.
pub const GIVING: &str = "take let suppose assume say if for set put choose try consider imagine when given assuming with";

/// Words that begin a condition.
pub const CONDITIONAL: &str = "if when with given once provided whenever for at";

/// Words by which something is supposed; of what follows every word has to be understood.
pub const SUPPOSING: &str = "suppose assume assuming imagine let replace replaced replacing unless had were would scaled \
    doubled shifted changed double doubling halve halving swap negative";

/// Words of sentences that are not about an example, or not about it alone.
pub const GENERAL: &str = "large larger big bigger grows growing grow limit infinity always any never whatever general \
    arbitrary tends huge regardless should want average mean typical typically expectation usually often sometimes draws";

/// Words of clauses that deny or doubt.
pub const DENIED: &str =
    "not cannot no without wrong would might may could must need needs neither nor unless hardly nearly almost";

/// Words after which a clause is a conclusion.
pub const CONCLUDING: &str = "so while whereas but because hence thus therefore";

/// Words of sentences in which another query than the question's own may be meant.
pub const OTHERWISE: &str = "instead doubled doubling another alternative alternatively swapped swapping scaled rescaled longer \
    shorter wrong mistake mistaken negative opposite unequal uneven unequally tilted modified changed naive";

/// Whether a list has a word.
pub fn among(list: &str, word: &str) -> bool {
    list.split_whitespace().any(|w| w == word)
}
