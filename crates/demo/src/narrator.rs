//! Tells the story step by step: a tick, the time it took, and where something did not come out as
//! told, what was expected and what came. The first such step ends the story, since the later
//! ones stand on it.

use crate::command_line::Run;
use crate::expectation::Mismatch;
use crate::lines::{broken, broken_command, without_blank_runs};
use crate::screen::{Screen, Tone};
use std::time::{Duration, Instant};

/// Where the time of a step stands.
const TIME_COLUMN: usize = 68;

/// A step did not come out as told; the narrator has said so.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Stopped;

/// Tells steps.
pub(crate) struct Narrator {
    screen: Screen,
    begun: Instant,
    steps: usize,
    /// Output of a command stands above, from which the next step keeps a distance.
    is_below_output: bool,
}

impl Narrator {
    /// A narrator who begins now.
    pub(crate) fn new(screen: Screen) -> Self {
        Self {
            screen,
            begun: Instant::now(),
            steps: 0,
            is_below_output: false,
        }
    }

    /// The first line.
    pub(crate) fn title(&mut self, title: &str) {
        let title = self.screen.styled(Tone::Strong, title);
        self.screen.line("");
        self.screen.line(&format!("  {title}"));
    }

    /// Steps that belong together.
    pub(crate) fn chapter(&mut self, heading: &str) {
        self.is_below_output = false;
        let heading = self.screen.styled(Tone::Strong, heading);
        self.screen.line("");
        self.screen.line(&format!("  {heading}"));
    }

    /// One step: does `work` and says how it came out.
    pub(crate) async fn step<T>(
        &mut self,
        title: &str,
        work: impl Future<Output = Result<T, Mismatch>>,
    ) -> Result<T, Stopped> {
        if std::mem::take(&mut self.is_below_output) {
            self.screen.line("");
        }
        let running = format!("  {} {title}", self.screen.styled(Tone::Quiet, "·"));
        self.screen.running(&running);
        let begun = Instant::now();
        let came = work.await;
        self.say(title, begun.elapsed(), came.as_ref().err());
        self.steps += 1;
        came.map_err(|_| Stopped)
    }

    fn say(&mut self, title: &str, took: Duration, mismatch: Option<&Mismatch>) {
        let mark = match mismatch {
            None => self.screen.styled(Tone::Good, "✓"),
            Some(_) => self.screen.styled(Tone::Bad, "✗"),
        };
        let time = self.screen.styled(Tone::Quiet, &seconds(took));
        let width = TIME_COLUMN;
        self.screen.line(&format!("  {mark} {title:width$} {time}"));
        let Some(mismatch) = mismatch else { return };
        for (label, text) in [("expected", &mismatch.expected), ("came", &mismatch.came)] {
            for (index, line) in text.lines().enumerate() {
                let label = if index == 0 { label } else { "" };
                let label = self.screen.styled(Tone::Bad, &format!("{label:8}"));
                self.screen.line(&format!("      {label}  {line}"));
            }
        }
    }

    /// What a person would have typed, and what they would have read.
    pub(crate) fn show(&mut self, run: &Run) {
        for (index, line) in broken_command(&run.typed).iter().enumerate() {
            let prompt = if index == 0 { "$" } else { " " };
            let typed = self.screen.styled(Tone::Strong, line);
            self.screen.line(&format!("      {prompt} {typed}"));
        }
        self.show_lines(Tone::Plain, &run.stdout);
        self.show_lines(Tone::Quiet, &run.stderr);
        self.is_below_output = true;
    }

    fn show_lines(&mut self, tone: Tone, text: &str) {
        for line in without_blank_runs(text) {
            for part in broken(line.trim_end()) {
                let shown = self.screen.styled(tone, &format!("      {part}"));
                self.screen.line(shown.trim_end());
            }
        }
    }

    /// A remark below a step.
    pub(crate) fn remark(&mut self, text: &str) {
        let text = self.screen.styled(Tone::Quiet, text);
        self.screen.line(&format!("      {text}"));
    }

    /// A line of its own.
    pub(crate) fn line(&mut self, text: &str) {
        self.screen.line(text);
    }

    /// Something to type.
    pub(crate) fn suggest(&mut self, command: &str) {
        let command = self.screen.styled(Tone::Strong, command);
        self.screen.line(&format!("      {command}"));
    }

    /// The last line.
    pub(crate) fn end<T>(&mut self, told: &Result<T, Stopped>) {
        let (steps, took) = (self.steps, seconds(self.begun.elapsed()));
        let took = took.trim();
        self.screen.line("");
        let line = if told.is_ok() {
            let text = format!("All {steps} steps came out as told, in {took}.");
            self.screen.styled(Tone::Good, &text)
        } else {
            let text = format!("The story stopped at step {steps}, after {took}.");
            self.screen.styled(Tone::Bad, &text)
        };
        self.screen.line(&format!("  {line}"));
        self.screen.line("");
    }
}

fn seconds(time: Duration) -> String {
    format!("{:5.2} s", time.as_secs_f64())
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Write;
    use std::sync::{Arc, Mutex};

    #[derive(Clone, Default)]
    struct Paper(Arc<Mutex<Vec<u8>>>);

    impl Write for Paper {
        fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
            self.0.lock().unwrap().extend_from_slice(bytes);
            Ok(bytes.len())
        }

        fn flush(&mut self) -> std::io::Result<()> {
            Ok(())
        }
    }

    fn narrator() -> (Narrator, impl Fn() -> String) {
        let paper = Paper::default();
        let written = paper.clone();
        let text = move || String::from_utf8(written.0.lock().unwrap().clone()).unwrap();
        (Narrator::new(Screen::plain(Box::new(paper))), text)
    }

    #[tokio::test]
    async fn a_step_that_comes_out_as_told_gets_a_tick_and_its_time() {
        let (mut narrator, text) = narrator();
        let value = narrator.step("The door opens", async { Ok(7) }).await;
        assert_eq!(value, Ok(7));
        narrator.end(&value);
        let text = text();
        let line = text.lines().next().unwrap();
        assert!(
            line.starts_with("  ✓ The door opens ") && line.ends_with(" s"),
            "{line}"
        );
        assert!(text.contains("All 1 steps came out as told"), "{text}");
    }

    #[tokio::test]
    async fn a_step_that_does_not_stops_the_story_and_says_what_came() {
        let (mut narrator, text) = narrator();
        let told: Result<(), Stopped> = async {
            narrator.step("The lock holds", async { Ok(()) }).await?;
            let broken = async { Err(Mismatch::new("401", "200\nWelcome")) };
            narrator.step::<()>("The door stays shut", broken).await?;
            narrator.step("Nobody comes in", async { Ok(()) }).await
        }
        .await;
        assert_eq!(told, Err(Stopped));
        narrator.end(&told);
        let text = text();
        assert!(text.contains("  ✗ The door stays shut"), "{text}");
        assert!(
            text.contains("expected  401\n      came      200\n                Welcome"),
            "{text}"
        );
        assert!(!text.contains("Nobody comes in"), "{text}");
        assert!(text.contains("The story stopped at step 2"), "{text}");
    }

    #[tokio::test]
    async fn a_command_is_shown_as_typed_with_what_it_said() {
        let (mut narrator, text) = narrator();
        narrator.show(&Run {
            typed: "bin/magento list".to_owned(),
            code: Some(0),
            stdout: "Postern\n".to_owned(),
            stderr: "\n  a remark  \n\nand another\n\n".to_owned(),
        });
        narrator.step("Next", async { Ok(()) }).await.unwrap();
        let text = text();
        let shown =
            "      $ bin/magento list\n      Postern\n        a remark\n\n      and another\n";
        assert!(text.starts_with(&format!("{shown}\n  ✓ Next")), "{text}");
    }
}
