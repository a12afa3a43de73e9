//! Comments within one block.

use super::marks::next_run;
use super::{PERCENT, Scan, is_mark_alone, unquoted};

/// The characters that mean something here.
const SIGNS: [bool; 128] = {
    let signs = b"\\`$<%:]) \t\n>{";
    let mut table = [false; 128];
    let mut at = 0;
    while at < signs.len() {
        table[signs[at] as usize] = true;
        at += 1;
    }
    table
};

/// Where a block is being looked through.
struct Block {
    at: usize,
    end: usize,
    /// Where a comment is open.
    open: Option<usize>,
    /// Whether the word at hand is an address.
    address: bool,
    /// Runs of backticks that close nothing from here on, by length; longer ones never do.
    no_backticks: [bool; 32],
    no_dollar: bool,
    no_dollars: bool,
}

impl Scan<'_> {
    /// Looks through a block that ends here, from where the scan is, and moves the scan behind it.
    pub(super) fn block(&mut self, end: usize) {
        let mut block = Block {
            at: self.at,
            end,
            open: None,
            address: false,
            no_backticks: [false; 32],
            no_dollar: false,
            no_dollars: false,
        };
        while block.at < block.end && self.step(&mut block) {}
        self.at = self.at.max(block.at);
        if let Some(open) = block.open.take() {
            self.left_open(open, block.end);
        }
    }

    /// One sign; whether the block goes on.
    fn step(&mut self, block: &mut Block) -> bool {
        if let Some(open) = block.open {
            return self.close(block, open);
        }
        let bytes = &self.text.as_bytes()[block.at..block.end];
        let Some(ahead) = bytes.iter().position(|b| b.is_ascii() && SIGNS[*b as usize]) else {
            block.at = block.end;
            return false;
        };
        block.at += ahead;
        let rest = &self.text[block.at..block.end];
        match bytes[ahead] {
            b'\\' => block.at += 1 + escaped(&rest[1..]),
            b'`' => self.code_span(block),
            b'$' => self.formula(block),
            b'<' if rest.starts_with("<!--") => return self.html_comment(block),
            b'%' if self.percent && rest.starts_with(PERCENT) => return self.mark(block),
            b':' | b']' => {
                block.address |= rest.starts_with("://") || rest.starts_with("](");
                block.at += if rest.starts_with("](") { 2 } else { 1 };
            }
            b'{' => return self.other_comment(block),
            b'%' | b'<' => block.at += 1,
            _ => {
                block.address = false;
                block.at += 1;
            }
        }
        true
    }

    /// Passes over code, or over the backticks alone where nothing closes them.
    fn code_span(&self, block: &mut Block) {
        let run = |at: usize| {
            self.text.as_bytes()[at..block.end].iter().take_while(|b| **b == b'`').count()
        };
        let length = run(block.at);
        let (start, mut at) = (block.at + length, block.at + length);
        block.at = start;
        let Some(no) = block.no_backticks.get_mut(length).filter(|no| !**no) else { return };
        while let Some(ahead) = memchr::memchr(b'`', &self.text.as_bytes()[at..block.end]) {
            at += ahead;
            let closing = run(at);
            at += closing;
            if closing == length {
                block.at = at;
                return;
            }
        }
        *no = true;
    }

    /// Passes over a formula in which there is one `%%` at most, and no comment of HTML.
    fn formula(&self, block: &mut Block) {
        let rest = &self.text[block.at..block.end];
        let display = rest.starts_with("$$");
        let (marks, given_up) =
            if display { (2, &mut block.no_dollars) } else { (1, &mut block.no_dollar) };
        let inside = &rest[marks..];
        let opens = display || inside.starts_with(|c: char| !c.is_whitespace());
        let length = if *given_up || !opens { None } else { closing_dollars(inside, display) };
        let passed = length.filter(|&length| {
            let formula = &inside[..length];
            !formula.contains("<!--") && formula.matches(PERCENT).count() < 2
        });
        // What is doubtful once is so for the rest of the block, which keeps this linear.
        *given_up |= opens && passed.is_none();
        block.at += passed.map_or(marks, |length| 2 * marks + length);
    }

    fn html_comment(&mut self, block: &mut Block) -> bool {
        let start = block.at;
        let inside = &self.text[start + "<!--".len()..];
        // `<!-->` and `<!--->` are whole.
        let empty = [">", "->"].into_iter().find(|end| inside.starts_with(end)).map(str::len);
        let length =
            empty.or_else(|| Some(memchr::memmem::find(inside.as_bytes(), b"-->")? + "-->".len()));
        let Some(length) = length else {
            let help = "put `-->` where it ends, or `\\` before a `<` that is to be seen";
            self.say(
                "this comment never closes, so all that follows is hidden",
                start..start + "<!--".len(),
                help,
            );
            self.hide(start..self.text.len());
            block.at = self.text.len();
            block.end = block.at;
            return false;
        };
        self.hide_in(block, start + "<!--".len() + length)
    }

    /// A comment of another program, or a brace.
    fn other_comment(&mut self, block: &mut Block) -> bool {
        let length = self.others.as_mut().and_then(|others| others.comment(&self.text[block.at..]));
        if let Some(length) = length {
            return self.hide_in(block, block.at + length);
        }
        block.at += 1;
        true
    }

    /// Hides from where the block is up to a place; whether the block goes on.
    fn hide_in(&mut self, block: &mut Block, end: usize) -> bool {
        self.hide(block.at..end);
        block.at = end;
        if end > block.end {
            // It went over several blocks; what stands behind it belongs to the last.
            self.within = end < self.text.len();
            return false;
        }
        true
    }

    /// A `%%` that closes nothing.
    fn mark(&mut self, block: &mut Block) -> bool {
        let (at, run) =
            (block.at, self.text[block.at..block.end].bytes().take_while(|b| *b == b'%').count());
        block.at = at + run;
        if run == 2 * PERCENT.len() {
            return true;
        }
        if block.address {
            let word = self.text[at..block.end]
                .split([' ', '\t', '\n', ')', '>'])
                .next()
                .unwrap_or_default();
            if word.matches(PERCENT).count() < 2 {
                return true;
            }
        }
        if let Some(marks) = &mut self.marks {
            marks.push(at);
            return true;
        }
        // Looking for both ends of the line each time would take the square of a long one.
        let before = self.text[..at].trim_end_matches([' ', '\t', '>']);
        let after = self.text[block.at..].trim_start_matches([' ', '\t', '\r']);
        let is_first = before.is_empty() || before.ends_with('\n');
        let line = &self.text[before.len()..self.text.len() - after.len()];
        if is_first && (after.is_empty() || after.starts_with('\n')) && is_mark_alone(line) {
            // The scan takes it from here.
            self.at = before.len();
            block.at = before.len();
            block.end = before.len();
            return false;
        }
        if !self.looks_like_text(at, block.at) {
            block.open = Some(at);
            return true;
        }
        let help = "write `\\%%`, so that nobody takes it for the start of a comment";
        if next_run(&self.text[..block.end], block.at).is_some() {
            self.say(
                "it is not clear what this `%%` opens or closes, so the rest of its paragraph is hidden",
                at..block.at,
                help,
            );
            self.hide(at..self.trimmed(at, block.end));
            block.at = block.end;
            return false;
        }
        self.say(
            "this `%%` neither opens nor closes a comment, so it is shown",
            at..block.at,
            help,
        );
        true
    }

    /// Whether a mark stands as `100%%` does: behind a word, and before none.
    fn looks_like_text(&self, start: usize, end: usize) -> bool {
        let behind =
            self.text[..start].ends_with(|c: char| c.is_alphanumeric() || ")]}`$\"'*_".contains(c));
        behind
            && !self.text[end..]
                .starts_with(|c: char| !c.is_whitespace() && !").,;:!?]}\"'*_".contains(c))
    }

    fn close(&mut self, block: &mut Block, open: usize) -> bool {
        let from = block.at.max(open);
        let Some((at, run)) = next_run(&self.text[..block.end], from) else {
            block.at = block.end;
            return false;
        };
        block.at = at + run;
        if run != 2 * PERCENT.len() {
            self.hide(open..block.at);
            block.open = None;
        }
        true
    }

    /// A comment that its block does not close: the rest of the block is hidden, and all that follows where it starts a
    /// line and something behind the block may close it.
    fn left_open(&mut self, open: usize, end: usize) {
        let line = self.text[..open].rfind('\n').map_or(0, |newline| newline + 1);
        let starts = unquoted(&self.text[line..open]).1.trim().is_empty();
        if starts && self.odd.may_go_on(end) {
            // Whether what follows closes it or opens another cannot be told, so neither is shown.
            return self.hide_all(open);
        }
        let help = "put `%%` where it ends, or write `\\%%` where it is no comment";
        let at = open..open + PERCENT.len();
        self.say("this comment never closes, so the rest of its paragraph is hidden", at, help);
        self.hide(open..self.trimmed(open, end));
        // One of HTML that starts in it may go on behind it.
        let inside = &self.text[open..end];
        if let Some(html) = inside.rfind("<!--").filter(|&html| !inside[html..].contains("-->")) {
            let length = memchr::memmem::find(&self.text.as_bytes()[open + html..], b"-->")
                .map(|length| length + "-->".len());
            self.at = length.map_or(self.text.len(), |length| open + html + length);
            self.hide(open..self.at);
            self.within = self.at < self.text.len();
        }
    }

    /// Where the last line of a range ends.
    fn trimmed(&self, start: usize, end: usize) -> usize {
        start + self.text[start..end].trim_end_matches(['\n', '\r']).len()
    }
}

/// How much a backslash takes from what follows it: a character, or all signs of percent.
fn escaped(rest: &str) -> usize {
    let percent = rest.len() - rest.trim_start_matches('%').len();
    if percent > 0 { percent } else { rest.chars().next().map_or(0, char::len_utf8) }
}

/// How far ahead the dollars are that close a formula.
fn closing_dollars(inside: &str, display: bool) -> Option<usize> {
    if display {
        return memchr::memmem::find(inside.as_bytes(), b"$$");
    }
    memchr::memchr_iter(b'$', inside.as_bytes()).find(|&at| {
        let digit = inside[at + 1..].starts_with(|c: char| c.is_ascii_digit());
        !digit && at > 0 && !inside[..at].ends_with(|c: char| c.is_whitespace() || c == '\\')
    })
}
