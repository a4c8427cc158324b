//! All lists that are known, each with its editions.

use std::collections::{BTreeMap, BTreeSet};

use super::amendment::{Amendment, Part};
use super::edition::History;
use super::in_force::{InForce, NotInForce, for_whom, reason};
use super::model::ControlList;
use crate::error::{Error, ErrorKind, Result};
use crate::vocab::{Day, Jurisdiction};

/// All lists that are known, each with what amends it, wherever that stands.
///
/// ```
/// use tidewaiter::list::{Register, embedded};
/// let register = Register::new(embedded().to_vec())?;
/// let (china, council) = (["CN".parse()?], ["UN".parse()?]);
/// let day = "2018-04-07".parse()?;
/// assert!(register.in_force_on(day, &council)?.lists.iter().any(|l| l.head.id == "s-2017-822"));
/// // China is bound from the next day on.
/// let history = register.history("s-2017-822")?;
/// assert!(history.on(day, &china).is_none());
/// # Ok::<(), tidewaiter::Error>(())
/// ```
#[derive(Clone, Debug, Default)]
pub struct Register {
    histories: Vec<History>,
    boundaries: Vec<Day>,
}

impl Register {
    /// Takes lists as they were loaded, and joins the amendments to the lists that they change.
    ///
    /// # Errors
    /// When two lists have one id; when an amendment is of an unknown list or entry, adds an entry
    /// that is there, begins before the list does, or can't be told from another. Each points at
    /// its file, line and column.
    pub fn new(lists: Vec<ControlList>) -> Result<Register> {
        let mut places: BTreeMap<String, usize> = BTreeMap::new();
        for (number, list) in lists.iter().enumerate() {
            if places.insert(list.head.id.clone(), number).is_some() {
                let message = format!(
                    "there are two lists {:?}; give one of them another id, or write it as an \
                     amendment of the other",
                    list.head.id
                );
                return Err(Error::new(ErrorKind::List, message));
            }
        }
        let mut amendments: Vec<Vec<Amendment>> = vec![Vec::new(); lists.len()];
        let mut lists = lists;
        for list in &mut lists {
            for amendment in std::mem::take(&mut list.amendments) {
                let Some(&target) = places.get(&amendment.list) else {
                    let known: Vec<&str> = places.keys().map(String::as_str).collect();
                    let message = format!(
                        "the amendment is of the list {:?}, and there is none; there are {}",
                        amendment.list,
                        known.join(", ")
                    );
                    return Err(amendment.error(Part::List, message));
                };
                amendments[target].push(amendment);
            }
        }
        let histories: Vec<History> = lists
            .into_iter()
            .zip(amendments)
            .map(|(list, amendments)| {
                let history = History::new(list, amendments);
                check(&history).map(|()| history)
            })
            .collect::<Result<_>>()?;
        let mut boundaries: Vec<Day> = histories.iter().flat_map(History::boundaries).collect();
        boundaries.sort_unstable();
        boundaries.dedup();
        Ok(Register {
            histories,
            boundaries,
        })
    }

    /// Keeps only these lists; none: all. What the others amend stays amended.
    ///
    /// # Errors
    /// When a list isn't there.
    pub fn only(mut self, ids: &[String]) -> Result<Register> {
        for id in ids {
            self.history(id)?;
        }
        if !ids.is_empty() {
            self.histories.retain(|h| ids.contains(&h.base().head.id));
        }
        Ok(self)
    }

    /// The lists with their editions, in the order in which they were given.
    #[must_use]
    pub fn histories(&self) -> &[History] {
        &self.histories
    }

    /// The list with an id.
    ///
    /// # Errors
    /// When there is none.
    pub fn history(&self, id: &str) -> Result<&History> {
        let found = self.histories.iter().find(|h| h.base().head.id == id);
        found.ok_or_else(|| {
            let all = self.histories.iter();
            let known: Vec<&str> = all.map(|h| h.base().head.id.as_str()).collect();
            let message = format!("there is no list {id:?}; there are {}", known.join(", "));
            Error::new(ErrorKind::Option, message)
        })
    }

    /// A list by its id, as it was decided; an edition of it by `LIST@NAME` or `LIST@DATE`.
    ///
    /// # Errors
    /// When there is no such list or edition, or the day is before the first.
    pub fn find(&self, id: &str) -> Result<ControlList> {
        match id.split_once('@') {
            Some((list, edition)) => self.history(list)?.find(edition),
            None => Ok(self.history(id)?.base().clone()),
        }
    }

    /// Divides the lists by whether they are in force on a day for these jurisdictions (none:
    /// for anybody), each in the edition of the day. Where an amendment is in force for some of
    /// them and not yet for others, the older wording follows as a list of its own.
    ///
    /// # Errors
    /// When none of them is in force: goods would be clear for want of any list.
    pub fn in_force_on(&self, day: Day, jurisdictions: &[Jurisdiction]) -> Result<InForce> {
        let (mut lists, mut left_out) = (Vec::new(), Vec::new());
        for history in &self.histories {
            match history.standing_on(day, jurisdictions) {
                Some(standing) => lists.extend(history.lists_of(&standing)),
                None => left_out.push(NotInForce {
                    reason: reason(history.base(), day, jurisdictions),
                    list: history.base().clone(),
                }),
            }
        }
        if lists.is_empty() {
            let why: Vec<String> = left_out
                .iter()
                .map(|out| format!("{}: {}", out.list.head.id, out.reason))
                .collect();
            let message = format!(
                "no list is in force on {day}{}, so nothing can be screened ({}); give another \
                 decisive date or other lists",
                for_whom(jurisdictions),
                if why.is_empty() {
                    "there are no lists".to_owned()
                } else {
                    why.join("; ")
                }
            );
            return Err(Error::new(ErrorKind::Option, message));
        }
        Ok(InForce { lists, left_out })
    }

    /// Whether any list is in force on a day, for these jurisdictions; true where there is none
    /// that could be.
    #[must_use]
    pub fn covers(&self, day: Day, jurisdictions: &[Jurisdiction]) -> bool {
        let mut all = self.histories.iter();
        self.histories.is_empty() || all.any(|h| h.applied_on(day, jurisdictions).is_some())
    }

    /// Whether nothing begins or ends between two days: the law of both is the same.
    #[must_use]
    pub fn same_law(&self, one: Day, other: Day) -> bool {
        let before = |day: Day| self.boundaries.partition_point(|begin| *begin <= day);
        before(one) == before(other)
    }
}

/// What only a list and all its amendments together can tell.
fn check(history: &History) -> Result<()> {
    let base = history.base();
    let id = &base.head.id;
    let mut names = BTreeSet::from([&base.head.edition]);
    let mut entries: BTreeMap<&str, bool> = BTreeMap::new();
    entries.extend(base.entries.iter().map(|e| (e.id.as_str(), true)));
    // Which amendment touched an entry last.
    let mut touched: BTreeMap<&str, &Amendment> = BTreeMap::new();
    for amendment in history.amendments() {
        if !names.insert(&amendment.edition) {
            let message = format!(
                "{id} has an edition {:?} already; give this one another name",
                amendment.edition
            );
            return Err(amendment.error(Part::Edition, message));
        }
        if let (Some(first), Some(begins)) = (base.first_day(), amendment.first_day())
            && begins < first
        {
            let message = format!(
                "the amendment is in force from {begins}, before the first edition of {id}, which \
                 is in force since {first}"
            );
            return Err(amendment.error(Part::Whole, message));
        }
        let replaced = amendment.replace.iter().enumerate();
        let replaced = replaced.map(|(n, e)| (e.id.as_str(), Part::Replace(n), false));
        let added = amendment.add.iter().enumerate();
        let added = added.map(|(n, e)| (e.id.as_str(), Part::Add(n), true));
        let removed = amendment.remove.iter().enumerate();
        let removed = removed.map(|(n, e)| (e.as_str(), Part::Remove(n), false));
        for (entry, part, new) in replaced.chain(added).chain(removed) {
            let there = entries.get(entry) == Some(&true);
            if new && there {
                let message = format!("{id} has an entry {entry} already; `replace` it");
                return Err(amendment.error(part, message));
            }
            if !new && !there {
                let message = format!(
                    "{id} has no entry {entry} to amend; tidewaiter list show {id} prints those \
                     it has"
                );
                return Err(amendment.error(part, message));
            }
            if let Some(other) = touched.insert(entry, amendment)
                && other.first_day() == amendment.first_day()
            {
                let message = if other.edition == amendment.edition {
                    format!("the amendment changes the entry {entry} twice")
                } else {
                    format!(
                        "the amendment {} changes the entry {entry} from the same day on; write \
                         both as one",
                        other.edition
                    )
                };
                return Err(amendment.error(part, message));
            }
            entries.insert(entry, !matches!(part, Part::Remove(_)));
        }
        for (number, entry) in amendment.replace.iter().enumerate() {
            check_citations(base, amendment, entry, Part::Replace(number))?;
        }
        for (number, entry) in amendment.add.iter().enumerate() {
            check_citations(base, amendment, entry, Part::Add(number))?;
        }
    }
    Ok(())
}

fn check_citations(
    base: &ControlList,
    amendment: &Amendment,
    entry: &super::Entry,
    part: Part,
) -> Result<()> {
    let known = |id: &str| {
        base.instrument(id).is_some() || amendment.by.iter().any(|instrument| instrument.id == id)
    };
    match entry.citations.iter().find(|c| !known(&c.instrument)) {
        Some(citation) => {
            let message = format!(
                "{} cites {:?}, which is no instrument of {}; those that amend are cited in `by`",
                entry.id, citation.instrument, base.head.id
            );
            Err(amendment.error(part, message))
        }
        None => Ok(()),
    }
}
