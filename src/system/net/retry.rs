//! Asking again: whether it is worth it, and how long to wait before. Pure but for the sleeping it is handed.

use std::time::Duration;

use super::{Answer, Failure};

/// How often a question is asked before the answer is given up, the first time included.
const TRIES: u32 = 4;

/// The longest wait that a machine may ask for; beyond that the user is told instead.
const LONGEST: Duration = Duration::from_mins(1);

/// How one service wants to be asked.
#[derive(Clone, Copy)]
pub struct Patience<'a> {
    /// The wait before the second try; it doubles with each further one.
    pub first: Duration,
    /// How to wait.
    pub sleep: &'a dyn Fn(Duration),
}

impl Patience<'_> {
    /// Asks until there is an answer that counts, or none is to be had.
    pub fn ask(&self, question: impl Fn() -> Result<Answer, Failure>) -> Result<Answer, Failure> {
        let mut tried = 1;
        loop {
            let answer = question();
            match self.wait(&answer, tried) {
                Some(wait) => (self.sleep)(wait),
                None => return answer,
            }
            tried += 1;
        }
    }

    /// How long to wait before asking again; `None` where that would not help.
    fn wait(&self, answer: &Result<Answer, Failure>, tried: u32) -> Option<Duration> {
        let backed_off = self.first * 2_u32.saturating_pow(tried - 1);
        let wait = match answer {
            Ok(Answer { status: 429 | 500 | 502..=504, retry_after, .. }) => {
                backed_off.max(retry_after.unwrap_or_default())
            }
            Err(Failure::TimedOut | Failure::Broken(_)) => backed_off,
            _ => return None,
        };
        (tried < TRIES && wait <= LONGEST).then_some(wait)
    }
}

/// How long to wait until a pause after the last question is over. A last question that is still to come was
/// asked by another clock: one pause is enough then.
pub fn wait_for_turn(
    last: Option<jiff::Timestamp>,
    now: jiff::Timestamp,
    pause: Duration,
) -> Duration {
    let Some(last) = last else { return Duration::ZERO };
    match Duration::try_from(now.duration_since(last)) {
        Ok(since) => pause.saturating_sub(since),
        Err(_) => pause,
    }
}

#[cfg(test)]
mod tests {
    use std::cell::RefCell;

    use super::*;

    #[expect(clippy::unnecessary_wraps, reason = "what a question gives")]
    fn answer(status: u16, retry_after: Option<u64>) -> Result<Answer, Failure> {
        Ok(Answer {
            status,
            retry_after: retry_after.map(Duration::from_secs),
            text: String::new(),
        })
    }

    /// The waits before each further try, and what came in the end.
    fn waits(answers: Vec<Result<Answer, Failure>>) -> (Vec<u64>, Result<Answer, Failure>) {
        let (waited, answers) = (RefCell::new(Vec::new()), RefCell::new(answers.into_iter()));
        let sleep = |wait: Duration| waited.borrow_mut().push(wait.as_secs());
        let patience = Patience { first: Duration::from_secs(3), sleep: &sleep };
        let last = patience.ask(|| answers.borrow_mut().next().unwrap());
        (waited.into_inner(), last)
    }

    #[test]
    fn waits_double_and_end() {
        assert_eq!(waits(vec![busy(), busy(), answer(200, None)]), (vec![3, 6], answer(200, None)));
        assert_eq!(waits(vec![busy(), busy(), busy(), busy()]), (vec![3, 6, 12], busy()));
        assert_eq!(waits(vec![Err(Failure::TimedOut), answer(200, None)]).0, [3]);
    }

    fn busy() -> Result<Answer, Failure> {
        answer(503, None)
    }

    #[test]
    fn a_machine_may_ask_for_a_longer_wait_but_not_for_any() {
        assert_eq!(waits(vec![answer(429, Some(20)), answer(200, None)]).0, [20]);
        assert_eq!(waits(vec![answer(503, Some(1)), answer(200, None)]).0, [3]);
        assert_eq!(waits(vec![answer(503, Some(3600))]), (vec![], answer(503, Some(3600))));
    }

    #[test]
    fn what_will_not_change_is_asked_once() {
        for once in
            [answer(404, None), answer(400, None), Err(Failure::Unreachable("no such host".into()))]
        {
            assert_eq!(waits(vec![once.clone()]), (vec![], once));
        }
    }

    #[test]
    fn a_turn_comes_a_pause_after_the_last() {
        let pause = Duration::from_secs(3);
        let wait = |last, now| wait_for_turn(last, at(now), pause).as_secs();
        assert_eq!(wait(None, 10), 0);
        assert_eq!(wait(Some(at(10)), 11), 2);
        assert_eq!(wait(Some(at(10)), 13), 0);
        assert_eq!(wait(Some(at(99)), 10), 3);
    }

    fn at(second: i64) -> jiff::Timestamp {
        jiff::Timestamp::from_second(second).unwrap()
    }
}
