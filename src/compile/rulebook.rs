//! The rulesets of different days.
//!
//! A manifest may hold goods of many days, and each day has its law. Compiling is dear and days are
//! many, but the sets of editions that are in force are few: a ruleset is compiled when the first
//! item of such a set comes, and kept. Only a few are kept, so lists that change daily cost time
//! and no memory.

use std::sync::Arc;

use super::Ruleset;
use crate::error::Result;
use crate::lexicon::Lexicon;
use crate::list::{CodeList, Register, Standing};
use crate::vocab::{Day, Jurisdiction};

/// Most rulesets that are kept.
const MOST_KEPT: usize = 8;

/// For each list what of it is in force; nothing for a list that isn't.
type Editions = Vec<Option<Standing>>;

/// Lists with their editions, compiled for one day after another.
///
/// ```
/// use tidewaiter::compile::Rulebook;
/// use tidewaiter::{lexicon::Lexicon, list};
/// let register = list::Register::new(list::embedded().to_vec())?;
/// let mut rulebook = Rulebook::new(register, Lexicon::embedded(), Vec::new());
/// let rules = rulebook.on("2018-04-08".parse()?)?;
/// assert!(rules.lists().iter().any(|list| list.head.id == "s-2017-822"));
/// assert!(rulebook.on("1999-12-31".parse()?).is_err());
/// # Ok::<(), tidewaiter::Error>(())
/// ```
#[derive(Debug)]
pub struct Rulebook<'l> {
    register: Register,
    lexicon: &'l Lexicon,
    jurisdictions: Vec<Jurisdiction>,
    code_lists: Vec<CodeList>,
    /// The last used comes last.
    kept: Vec<(Editions, Arc<Ruleset>)>,
    last: Option<Day>,
}

impl<'l> Rulebook<'l> {
    /// A rulebook over lists, for jurisdictions; none is everybody.
    #[must_use]
    pub fn new(
        register: Register,
        lexicon: &'l Lexicon,
        jurisdictions: Vec<Jurisdiction>,
    ) -> Rulebook<'l> {
        Rulebook {
            register,
            lexicon,
            jurisdictions,
            code_lists: Vec::new(),
            kept: Vec::new(),
            last: None,
        }
    }

    /// The same, with lists of bans by code, which know the days of their codes themselves. With
    /// these alone, no other list need be in force.
    #[must_use]
    pub fn with_code_lists(mut self, lists: Vec<CodeList>) -> Rulebook<'l> {
        self.code_lists = lists;
        self.kept.clear();
        self
    }

    /// The lists.
    #[must_use]
    pub fn register(&self) -> &Register {
        &self.register
    }

    /// Whose law is asked about; none is everybody's.
    #[must_use]
    pub fn jurisdictions(&self) -> &[Jurisdiction] {
        &self.jurisdictions
    }

    /// The rules of a day: the editions that are in force on it.
    ///
    /// # Errors
    /// When no list is in force on the day, or the lists can't be compiled together.
    pub fn on(&mut self, day: Day) -> Result<Arc<Ruleset>> {
        if let Some((_, rules)) = self.kept.last().filter(|_| self.last == Some(day)) {
            return Ok(Arc::clone(rules));
        }
        let histories = self.register.histories().iter();
        let editions: Editions = histories
            .map(|history| history.standing_on(day, &self.jurisdictions))
            .collect();
        let kept = match self.kept.iter().position(|(key, _)| *key == editions) {
            Some(at) => self.kept.remove(at),
            None => {
                let only_codes = editions.is_empty() && !self.code_lists.is_empty();
                let lists = if only_codes {
                    Vec::new()
                } else {
                    self.register.in_force_on(day, &self.jurisdictions)?.lists
                };
                let rules = Ruleset::compile(lists, self.lexicon)?;
                let rules = rules.with_code_lists(self.code_lists.clone());
                if self.kept.len() >= MOST_KEPT {
                    self.kept.remove(0);
                }
                (editions, Arc::new(rules))
            }
        };
        let rules = Arc::clone(&kept.1);
        self.kept.push(kept);
        self.last = Some(day);
        Ok(rules)
    }
}
