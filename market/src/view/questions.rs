//! Questions about an auction, in public.

use serde::{Deserialize, Serialize};

use crate::{Instant, QuestionId};

/// Some of an auction's questions, newest first.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Questions {
    /// The questions.
    pub shown: Vec<Question>,
    /// Whether there are older ones.
    pub more: bool,
}

/// A question and its answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Question {
    /// Which; a newer one has a higher number.
    pub id: QuestionId,
    /// The asker's nickname; `None` once he has closed his account.
    pub asker: Option<String>,
    /// Whether I have asked it.
    pub mine: bool,
    /// What is asked.
    pub text: String,
    /// When it was asked.
    pub asked_at: Instant,
    /// What the seller says to it.
    pub answer: Option<Answer>,
}

/// A seller's answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Answer {
    /// What he says.
    pub text: String,
    /// When he said it.
    pub at: Instant,
}
