//! The latest things that a thread made, each known by a number.
//!
//! What only a date, its papers and the list that begins with it show is not worth keeping for a whole site: memory that
//! was never used costs more than most pages do, and so does looking into what no cache of the machine holds any more.
//! Whatever is no longer here is made again, and comes out the same.

use std::sync::{Mutex, MutexGuard, PoisonError};

use tera::Value;

/// Places for as many. Things with neighbouring numbers never want the same place.
const PLACES: usize = 128;

/// What was made last for each place, with its number.
#[derive(Debug, Default)]
pub(super) struct Recent {
    places: Mutex<Vec<Option<(u32, Value)>>>,
}

impl Recent {
    /// The thing with this number.
    pub(super) fn get(&self, number: u32, make: impl FnOnce() -> Value) -> Value {
        let place = number as usize % PLACES;
        if let Some(Some((kept, value))) = self.places().get(place)
            && *kept == number
        {
            return value.clone();
        }
        // Nobody waits meanwhile: what is being made may need others.
        let value = make();
        let mut places = self.places();
        if places.is_empty() {
            places.resize(PLACES, None);
        }
        places[place] = Some((number, value.clone()));
        value
    }

    fn places(&self) -> MutexGuard<'_, Vec<Option<(u32, Value)>>> {
        self.places.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keeps_the_latest_of_each_place() {
        let recent = Recent::default();
        let never = || unreachable!("it is still here");
        let text = |value: Value| value.as_str().map(str::to_owned);
        assert_eq!(text(recent.get(7, || Value::from("seven"))).as_deref(), Some("seven"));
        assert_eq!(text(recent.get(8, || Value::from("eight"))).as_deref(), Some("eight"));
        assert_eq!(text(recent.get(7, never)).as_deref(), Some("seven"));
        let other = 7 + PLACES as u32;
        assert_eq!(text(recent.get(other, || Value::from("other"))).as_deref(), Some("other"));
        assert_eq!(text(recent.get(7, || Value::from("again"))).as_deref(), Some("again"));
        assert_eq!(text(recent.get(8, never)).as_deref(), Some("eight"));
    }
}
