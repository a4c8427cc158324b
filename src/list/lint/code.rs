//! The codes of the linter: stable, since people silence and search by them.

macro_rules! codes {
    ($($(#[doc = $doc:literal])* $name:ident = $code:literal;)*) => {
        /// What the linter can find.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[non_exhaustive]
        pub enum LintCode {
            $($(#[doc = $doc])* $name,)*
        }

        impl LintCode {
            /// All codes, in the order of the documentation.
            pub const ALL: &[LintCode] = &[$(LintCode::$name,)*];

            /// The code as printed: `unknown-key`.
            #[must_use]
            pub fn as_str(self) -> &'static str {
                match self {
                    $(LintCode::$name => $code,)*
                }
            }
        }
    };
}

codes! {
    /// The file isn't TOML.
    TomlSyntax = "toml-syntax";
    /// A key that the format doesn't have.
    UnknownKey = "unknown-key";
    /// A key that must be there isn't, or is empty.
    MissingKey = "missing-key";
    /// A value of another type than the key has; figures are strings, never floats.
    WrongType = "wrong-type";
    /// A word that isn't one of the few that the key knows.
    UnknownValue = "unknown-value";
    /// An id, or a name of goods within its entry, stands twice.
    DuplicateId = "duplicate-id";
    /// There is no `[list]` table, or there are two.
    ListHead = "list-head";
    /// The list has another number of entries than its head says.
    EntryCount = "entry-count";
    /// A citation names an instrument that the list doesn't have.
    UnknownInstrument = "unknown-instrument";
    /// An amendment of an entry that the list doesn't have.
    UnknownEntry = "unknown-entry";
    /// An entry doesn't cite one of the list's instruments, or cites it without saying where.
    MissingCitation = "missing-citation";
    /// A fact has no source.
    MissingSource = "missing-source";
    /// A CAS number that isn't one: form or check digit.
    BadCas = "bad-cas";
    /// An EC number that isn't one: form or check digit.
    BadEc = "bad-ec";
    /// A UN number that isn't one.
    BadUn = "bad-un";
    /// An HS code that isn't one.
    BadHs = "bad-hs";
    /// A concept that neither the lexicon nor the list has.
    UnknownConcept = "unknown-concept";
    /// A concept of one kind where another kind is asked for.
    WrongConceptKind = "wrong-concept-kind";
    /// A role that the lexicon doesn't have.
    UnknownRole = "unknown-role";
    /// A unit that the units table doesn't have.
    UnknownUnit = "unknown-unit";
    /// A unit of another dimension than the role's.
    WrongDimension = "wrong-dimension";
    /// A figure that isn't a number with a unit, or a range that isn't one.
    BadFigure = "bad-figure";
    /// A quantity without any comparison, or with two.
    OneComparison = "one-comparison";
    /// A criterion that mixes groups and leaves, or a group of nothing.
    CriterionForm = "criterion-form";
    /// An exception for goods that the entry doesn't have.
    UnknownGoods = "unknown-goods";
    /// A number in the description that no criterion uses.
    FigureWithoutCriterion = "figure-without-criterion";
    /// A figure of a criterion that the description doesn't have.
    CriterionWithoutFigure = "criterion-without-figure";
    /// A date that isn't one.
    BadDate = "bad-date";
    /// A name of an edition that can't stand behind an @: empty, or with a blank or an @.
    BadEdition = "bad-edition";
    /// An interval that ends before it begins.
    IntervalReversed = "interval-reversed";
    /// Two intervals of one instrument that have a day in common.
    IntervalOverlap = "interval-overlap";
    /// A common word as the whole name of goods, without a further condition.
    GenericTerm = "generic-term";
    /// A term of so few letters that it stands in other words and codes.
    ShortTerm = "short-term";
    /// A term that can never be found: empty, or its own lookalike.
    DeadTerm = "dead-term";
}
