//! The figures: a table for people, JSON for programs.

use std::{fmt, time::Duration};

use serde::Serialize;

/// All that was measured.
#[derive(Debug)]
pub struct Report {
    /// How long each work is measured.
    pub span: Duration,
    rows: Vec<Row>,
}

/// One figure beside its reference.
#[derive(Debug, Serialize)]
pub struct Row {
    /// What was done.
    pub work: &'static str,
    /// What came out, in `unit`.
    pub ours: f64,
    /// The same by the reference, measured in the same run.
    pub reference: Option<f64>,
    /// What both are counted in.
    pub unit: &'static str,
    /// What the issue asks for, in its own words.
    pub goal: &'static str,
    /// Whether it was reached; `None` where nothing is asked.
    pub reached: Option<bool>,
    /// What the reference was, quantiles, and what else is worth knowing.
    pub note: String,
}

impl Report {
    /// An empty one; a short run only shows that everything works.
    pub fn new(short: bool) -> Self {
        let span = if short { Duration::from_secs(1) } else { Duration::from_secs(8) };
        Self { span, rows: Vec::new() }
    }

    /// Adds a figure, and shows it at once: a bench that is stopped has said what it knows. Of a short run
    /// nothing is judged: there is less of everything in it.
    pub fn add(&mut self, mut row: Row) {
        if self.is_short() {
            row.reached = None;
            row.note.insert_str(0, "a short run with less of everything; ");
        }
        eprintln!("{row}");
        self.rows.push(row);
    }

    /// Only shows that everything works.
    pub fn is_short(&self) -> bool {
        self.span <= Duration::from_secs(1)
    }

    /// The reference of a work that was measured before, for those that share it.
    pub fn reference(&self, work: &str) -> Option<f64> {
        self.rows.iter().find(|row| row.work == work)?.reference
    }

    /// The figures as JSON.
    ///
    /// # Errors
    /// Never in practice: plain values.
    pub fn json(&self) -> serde_json::Result<String> {
        serde_json::to_string_pretty(&self.rows)
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "| work | ours | reference | ratio | to reach | |\n|---|---:|---:|---:|---|---|")?;
        self.rows.iter().try_for_each(|row| writeln!(f, "{row}"))
    }
}

impl fmt::Display for Row {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { work, ours, unit, goal, note, .. } = self;
        let reference =
            self.reference.map_or("–".to_owned(), |reference| format!("{} {unit}", figure(reference)));
        let ratio = self.reference.map_or("–".to_owned(), |reference| format!("{:.2}", ours / reference));
        let reached = self.reached.map_or("", |reached| if reached { " ✓" } else { " ✗" });
        write!(f, "| {work} | {} {unit} | {reference} | {ratio} | {goal}{reached} | {note} |", figure(*ours))
    }
}

/// Three digits are worth reading.
fn figure(value: f64) -> String {
    let digits = if value >= 100.0 {
        0
    } else if value >= 10.0 {
        1
    } else {
        2
    };
    format!("{value:.digits$}")
}

/// Microseconds as milliseconds.
#[expect(clippy::cast_precision_loss, reason = "a duration of a bench in microseconds is far below 2^52")]
pub fn millis(micros: u64) -> f64 {
    micros as f64 / 1000.0
}

/// How many a second.
#[expect(clippy::cast_precision_loss, reason = "a count of a bench is far below 2^52")]
pub fn rate(count: u64, span: Duration) -> f64 {
    count as f64 / span.as_secs_f64()
}
