//! Findings as text: the look of rustc, or one JSON object a line.
