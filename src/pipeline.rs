//! Doing one thing to many values on several threads, in order.
//!
//! The caller's thread gives values and takes results; workers do what is between. Values travel
//! in batches, so that a message costs little beside the work in it. Batch after batch goes to
//! the next worker in turn and results are taken from the workers in the same turn, which keeps
//! the order without sorting. A slow batch holds up those behind it, and the bound on what waits
//! keeps the rest from running away: memory grows with the number of workers, never with the
//! input. `rayon` wasn't taken: its ordered adapters collect, and its bridge from an iterator
//! neither keeps the order nor has a bound.
//!
//! With one job nothing leaves the caller's thread.

use std::collections::VecDeque;
use std::num::NonZeroUsize;
use std::sync::mpsc::{Receiver, Sender, channel};

/// The most values of a batch.
const MOST_VALUES: usize = 128;
/// The weight from which on a batch is full; a record weighs its bytes.
const MOST_WEIGHT: usize = 64 * 1024;
/// Batches that wait for one worker or for their turn behind it.
const MOST_WAITING: usize = 4;

/// Values on their way through the work.
pub(crate) struct Pipeline<'w, T, U> {
    work: &'w (dyn Fn(T) -> U + Sync),
    /// None where the caller's thread does the work.
    workers: Vec<Worker<T, U>>,
    /// The batch that is being filled.
    open: Vec<T>,
    weight: usize,
    /// Which worker gets the next batch, and which one's is the next to be taken.
    next: usize,
    oldest: usize,
    /// Batches that were sent and not taken.
    waiting: usize,
    ready: VecDeque<U>,
}

struct Worker<T, U> {
    input: Sender<Vec<T>>,
    output: Receiver<Vec<U>>,
}

/// Runs `body` with a pipeline of some jobs that does `work`.
pub(crate) fn in_order<T: Send, U: Send, R>(
    jobs: NonZeroUsize,
    work: &(dyn Fn(T) -> U + Sync),
    body: impl FnOnce(&mut Pipeline<'_, T, U>) -> R,
) -> R {
    std::thread::scope(|scope| {
        let count = if jobs.get() == 1 { 0 } else { jobs.get() };
        let workers = (0..count).map(|_| {
            let (input, batches) = channel::<Vec<T>>();
            let (results, output) = channel();
            scope.spawn(move || {
                for batch in batches {
                    let done: Vec<U> = batch.into_iter().map(work).collect();
                    if results.send(done).is_err() {
                        break;
                    }
                }
            });
            Worker { input, output }
        });
        let mut pipeline = Pipeline {
            work,
            workers: workers.collect(),
            open: Vec::new(),
            weight: 0,
            next: 0,
            oldest: 0,
            waiting: 0,
            ready: VecDeque::new(),
        };
        body(&mut pipeline)
    })
}

impl<T: Send, U: Send> Pipeline<'_, T, U> {
    /// Whether another value may be given before a result is taken.
    pub fn has_room(&self) -> bool {
        if self.workers.is_empty() {
            self.ready.is_empty()
        } else {
            self.waiting < self.workers.len() * MOST_WAITING
        }
    }

    /// Gives a value, of some weight.
    pub fn give(&mut self, value: T, weight: usize) {
        if self.workers.is_empty() {
            self.ready.push_back((self.work)(value));
            return;
        }
        self.open.push(value);
        self.weight += weight;
        if self.open.len() >= MOST_VALUES || self.weight >= MOST_WEIGHT {
            self.send();
        }
    }

    /// Takes the next result, in the order in which values were given; `None` when all that was
    /// given is taken.
    pub fn take(&mut self) -> Option<U> {
        if self.ready.is_empty() && self.waiting == 0 {
            self.send();
        }
        if self.ready.is_empty() && self.waiting > 0 {
            let done = self.workers[self.oldest].output.recv();
            self.ready.extend(done.unwrap_or_else(|_| gone()));
            self.oldest = (self.oldest + 1) % self.workers.len();
            self.waiting -= 1;
        }
        self.ready.pop_front()
    }

    fn send(&mut self) {
        if self.open.is_empty() {
            return;
        }
        let batch = std::mem::replace(&mut self.open, Vec::with_capacity(MOST_VALUES));
        self.weight = 0;
        let sent = self.workers[self.next].input.send(batch);
        sent.unwrap_or_else(|_| gone());
        self.next = (self.next + 1) % self.workers.len();
        self.waiting += 1;
    }
}

/// A worker ends before its input does only where the work panicked; the panic is on its way.
fn gone<R>() -> R {
    panic!("a worker ended early")
}

#[cfg(test)]
mod tests {
    use std::num::NonZeroUsize;
    use std::sync::atomic::{AtomicUsize, Ordering};

    use super::{MOST_VALUES, MOST_WAITING, in_order};

    fn jobs(count: usize) -> NonZeroUsize {
        NonZeroUsize::new(count).expect("at least one")
    }

    /// Does the work while there is room, and says how many results were held at most.
    fn run(
        count: usize,
        values: usize,
        work: &(dyn Fn(usize) -> usize + Sync),
    ) -> (Vec<usize>, usize) {
        let most = AtomicUsize::new(0);
        let inside = AtomicUsize::new(0);
        let counted = |value| {
            let now = inside.fetch_add(1, Ordering::SeqCst) + 1;
            most.fetch_max(now, Ordering::SeqCst);
            work(value)
        };
        let results = in_order(jobs(count), &counted, |pipeline| {
            let mut results = Vec::new();
            let mut left = 0..values;
            loop {
                while pipeline.has_room() {
                    let Some(value) = left.next() else { break };
                    pipeline.give(value, 1);
                }
                let Some(result) = pipeline.take() else { break };
                inside.fetch_sub(1, Ordering::SeqCst);
                results.push(result);
            }
            results
        });
        (results, most.load(Ordering::SeqCst))
    }

    #[test]
    fn results_come_in_order_at_any_number_of_jobs() {
        for count in [1, 2, 3, 8] {
            for values in [0, 1, MOST_VALUES, 5000] {
                let uneven = |value: usize| (0..value % 97 * 50).fold(value, |sum, _| sum);
                let (results, most) = run(count, values, &uneven);
                assert_eq!(results, (0..values).collect::<Vec<_>>(), "{count} jobs");
                let bound = (count * MOST_WAITING + 1) * MOST_VALUES;
                assert!(most <= bound, "{most} results were held");
            }
        }
    }

    #[test]
    fn heavy_values_travel_alone() {
        let taken = in_order(jobs(2), &|value: usize| value, |pipeline| {
            let mut given = 0;
            while pipeline.has_room() {
                pipeline.give(given, 1 << 20);
                given += 1;
            }
            given
        });
        assert_eq!(taken, 2 * MOST_WAITING);
    }

    #[test]
    #[should_panic(expected = "a worker ended early")]
    fn a_panic_in_the_work_is_one_of_the_caller() {
        run(2, 1000, &|value| {
            assert_ne!(value, 700, "as it must");
            value
        });
    }
}
