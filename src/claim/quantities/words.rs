//! Words with which clauses about quantities begin and end, and behind which nothing is claimed outright.

/// Words that may lead a clause in and say nothing.
pub(super) const OPENERS: &[&str] = &[
    "and",
    "so",
    "then",
    "thus",
    "hence",
    "therefore",
    "since",
    "because",
    "that",
    "note",
    "but",
    "now",
    "also",
    "moreover",
    "while",
    "whereas",
    "here",
    "indeed",
    "clearly",
    "consequently",
    "furthermore",
    "namely",
    "i.e",
    "again",
    "finally",
    "obviously",
    "where",
    "means",
    "of",
    "course",
    "still",
];

/// Words with which a clause's end begins.
pub(super) const ENDERS: &[&str] = &[
    "so",
    "and",
    "because",
    "since",
    "while",
    "whereas",
    "but",
    "hence",
    "thus",
    "therefore",
    "which",
    "as",
    "for",
    "when",
    "if",
    "where",
    "with",
    "then",
    "whatever",
    "regardless",
    "independent",
    "independently",
    "no",
    "once",
    "by",
    "whenever",
    "at",
    "unless",
    "under",
    "in",
    "only",
    "also",
    "or",
];

/// Of these, the ones behind which a case may be meant: what was said may be confirmed and is not refuted.
pub(super) const CASES: &[&str] =
    &["if", "when", "whenever", "once", "unless", "with", "at", "under", "only", "for", "in", "where", "by", "or"];

/// Words behind which "that" brings in what is so.
pub(super) const FACTIVE: &[&str] = &[
    "note", "see", "follows", "means", "shows", "show", "find", "clear", "know", "get", "obtain", "implies", "so", "fact",
    "remark", "notice", "mean", "saying",
];

/// Verbs between values that are given and what they lead to.
pub(super) const GIVING: &[&str] =
    &["give", "gives", "yield", "yields", "lead", "leads", "mean", "means", "result", "results", "imply"];

/// Words of a sentence after which nothing may be claimed outright.
pub(super) const SUPPOSING: &[&str] = &[
    "suppose",
    "assume",
    "assuming",
    "imagine",
    "let",
    "would",
    "should",
    "must",
    "want",
    "need",
    "needs",
    "ideally",
    "unless",
    "could",
    "might",
    "whether",
    "if",
    "instead",
    "wrong",
    "say",
    "when",
    "except",
    "example",
    "e.g",
    "may",
    "can",
    "wish",
    "without",
    "sufficient",
    "enough",
    "suffices",
    "suffice",
    "condition",
    "necessary",
    "requires",
    "require",
    "required",
    "needed",
];
