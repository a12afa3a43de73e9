//! Where a build's time goes: by stage, and by template.

use std::collections::BTreeMap;
use std::sync::Mutex;
use std::time::Duration;

use jiff::civil::Date;
use jiff::tz::TimeZone;

use crate::render::plan::Output;

/// The clock, handed in by whoever may look at it.
#[derive(Debug, Clone, Copy)]
pub struct Clock {
    /// Time since some fixed moment.
    pub elapsed: fn() -> Duration,
    /// The time of day.
    pub now: fn() -> jiff::Timestamp,
    /// Whether templates are timed one by one.
    pub detailed: bool,
}

impl Clock {
    /// The date in a time zone.
    pub fn today(&self, zone: &TimeZone) -> Date {
        (self.now)().to_zoned(zone.clone()).date()
    }
}

/// A stage of a build.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Stage {
    /// Theme found and compiled.
    Theme,
    /// Sources read and understood.
    Read,
    /// Site assembled.
    Site,
    /// Outputs planned.
    Plan,
    /// Outputs rendered and written.
    Render,
    /// Old site replaced.
    Swap,
}

/// Times of one build.
#[derive(Debug, Default)]
pub struct Timings {
    stages: Vec<(Stage, Duration)>,
    /// By kind of output: how many, and the time of all threads together.
    outputs: Mutex<BTreeMap<&'static str, (usize, Duration)>>,
}

impl Timings {
    /// Times a stage.
    pub fn stage<T>(&mut self, stage: Stage, clock: &Clock, work: impl FnOnce() -> T) -> T {
        self.timed(stage, clock, |_| work())
    }

    /// Times a stage that times its own parts.
    pub fn timed<T>(&mut self, stage: Stage, clock: &Clock, work: impl FnOnce(&Self) -> T) -> T {
        let start = (clock.elapsed)();
        let result = work(self);
        self.stages.push((stage, (clock.elapsed)().saturating_sub(start)));
        result
    }

    /// Times one output, where details are wanted.
    pub fn output<T>(&self, output: &Output, clock: &Clock, work: impl FnOnce() -> T) -> T {
        if !clock.detailed {
            return work();
        }
        let start = (clock.elapsed)();
        let result = work();
        let took = (clock.elapsed)().saturating_sub(start);
        let mut outputs = self.outputs.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        let total = outputs.entry(output.kind()).or_default();
        *total = (total.0 + 1, total.1 + took);
        result
    }

    /// Stages in order.
    pub fn stages(&self) -> &[(Stage, Duration)] {
        &self.stages
    }

    /// Kinds of outputs with counts and times, longest first.
    pub fn outputs(&self) -> Vec<(&'static str, usize, Duration)> {
        let outputs = self.outputs.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        let mut rows: Vec<_> =
            outputs.iter().map(|(kind, (count, time))| (*kind, *count, *time)).collect();
        rows.sort_by(|a, b| b.2.cmp(&a.2).then(a.0.cmp(b.0)));
        rows
    }
}
