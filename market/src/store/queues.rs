//! Queues of what waits to be done together, by what it waits for. No books in them: the server draws its
//! pages by the same.

use std::{
    collections::{HashMap, hash_map::Entry},
    hash::Hash,
    sync::{Mutex, PoisonError},
};

/// The queues. An entry exists exactly while a worker serves it: who adds the first thing starts the worker,
/// and the worker that finds nothing more is done.
pub struct Queues<K, T>(Mutex<HashMap<K, Vec<T>>>);

impl<K, T> Default for Queues<K, T> {
    fn default() -> Self {
        Self(Mutex::new(HashMap::new()))
    }
}

impl<K: Clone + Eq + Hash, T> Queues<K, T> {
    /// Adds to a queue; whether it has no worker yet.
    pub fn push(&self, key: K, waiting: T) -> bool {
        let mut queues = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        match queues.entry(key) {
            Entry::Occupied(mut queue) => {
                queue.get_mut().push(waiting);
                false
            }
            Entry::Vacant(place) => {
                place.insert(vec![waiting]);
                true
            }
        }
    }

    /// How much waits.
    pub fn waiting(&self, key: &K) -> usize {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).get(key).map_or(0, Vec::len)
    }

    /// At most `most` of what waits longest; when nothing waits the queue goes, and with it its worker.
    pub fn take(&self, key: &K, most: usize) -> Option<Vec<T>> {
        let mut queues = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let queue = queues.get_mut(key)?;
        if queue.is_empty() {
            queues.remove(key);
            return None;
        }
        let size = queue.len().min(most);
        Some(queue.drain(..size).collect())
    }
}
