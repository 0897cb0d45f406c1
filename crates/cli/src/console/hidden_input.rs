//! One line typed at a terminal that does not show it.
//!
//! Rule: the terminal is as it was when this returns, however it returns. Ctrl-C therefore arrives as
//! a key, is answered after the terminal is restored, and then ends the program as always.

use std::fs::File;
use std::io::{ErrorKind, Read};

use rustix::process::{Signal, getpid, kill_process};
use rustix::termios::{
    InputModes, LocalModes, OptionalActions, SpecialCodeIndex, Termios, tcgetattr, tcsetattr,
};

use super::input_line::{LineBuffer, LineError};

const CTRL_C: u8 = 0x03;
const CTRL_D: u8 = 0x04;
const BACKSPACE: u8 = 0x08;
const CTRL_U: u8 = 0x15;
const CTRL_W: u8 = 0x17;
const CTRL_Z: u8 = 0x1a;
const ESCAPE: u8 = 0x1b;
const DELETE: u8 = 0x7f;

/// What is shown around a hidden line.
pub(super) struct Prompt<'say> {
    /// Puts the question; called once nothing typed is shown any more, and again after Ctrl-Z.
    pub(super) ask: &'say dyn Fn(),
    /// Breaks the line, which the terminal does not do by itself.
    pub(super) end: &'say dyn Fn(),
}

/// Reads a line from `terminal` without showing it.
///
/// # Errors
/// Ctrl-C, Ctrl-D on an empty line, a terminal that went away, or a line that is too long.
pub(super) fn read_hidden_line(
    terminal: &File,
    prompt: &Prompt<'_>,
) -> Result<LineBuffer, LineError> {
    let mut line = LineBuffer::new();
    loop {
        let end = {
            let _hidden = Hidden::begin(terminal)?;
            (prompt.ask)();
            read_keys(terminal, &mut line)
        };
        (prompt.end)();
        match end? {
            End::Line => return Ok(line),
            End::Interrupt => {
                // With the signal's default action the program ends here.
                let _ = kill_process(getpid(), Signal::INT);
                return Err(LineError::Interrupted);
            }
            End::Suspend => {
                let _ = kill_process(getpid(), Signal::TSTP);
                line.clear();
            }
        }
    }
}

enum End {
    Line,
    Interrupt,
    Suspend,
}

fn read_keys(mut terminal: &File, line: &mut LineBuffer) -> Result<End, LineError> {
    loop {
        match next_key(&mut terminal)? {
            b'\n' | b'\r' => return Ok(End::Line),
            CTRL_C => return Ok(End::Interrupt),
            CTRL_Z => return Ok(End::Suspend),
            CTRL_D if line.is_empty() => return Err(LineError::End),
            BACKSPACE | DELETE => line.pop_character(),
            CTRL_U | CTRL_W => line.clear(),
            ESCAPE => skip_sequence(&mut terminal, line)?,
            0..=0x1f => {}
            byte => line.push(byte)?,
        }
    }
}

/// Arrow keys and their like send `ESC [ … letter`; they are no part of a secret.
fn skip_sequence(terminal: &mut &File, line: &mut LineBuffer) -> Result<(), LineError> {
    match next_key(terminal)? {
        b'[' => while !matches!(next_key(terminal)?, 0x40..=0x7e) {},
        b'O' => {
            next_key(terminal)?;
        }
        byte @ 0x20..=0x7e => line.push(byte)?,
        _ => {}
    }
    Ok(())
}

fn next_key(terminal: &mut &File) -> Result<u8, LineError> {
    let mut byte = zeroize::Zeroizing::new([0_u8; 1]);
    loop {
        match terminal.read(byte.as_mut_slice()) {
            Ok(0) => return Err(LineError::End),
            Ok(_) => return Ok(byte.iter().copied().next().unwrap_or_default()),
            Err(error) if error.kind() == ErrorKind::Interrupted => {}
            Err(error) => return Err(error.into()),
        }
    }
}

/// A terminal that shows nothing and hands over every key, until dropped.
struct Hidden<'terminal> {
    terminal: &'terminal File,
    before: Termios,
}

impl<'terminal> Hidden<'terminal> {
    fn begin(terminal: &'terminal File) -> std::io::Result<Self> {
        let before = tcgetattr(terminal)?;
        let mut modes = before.clone();
        let local = LocalModes::ECHO | LocalModes::ICANON | LocalModes::ISIG | LocalModes::IEXTEN;
        modes.local_modes.remove(local);
        modes.input_modes.remove(InputModes::IXON);
        modes.special_codes[SpecialCodeIndex::VMIN] = 1;
        modes.special_codes[SpecialCodeIndex::VTIME] = 0;
        // Not `Flush`: what was pasted in one go answers several questions.
        tcsetattr(terminal, OptionalActions::Drain, &modes)?;
        Ok(Self { terminal, before })
    }
}

impl Drop for Hidden<'_> {
    fn drop(&mut self) {
        let _ = tcsetattr(self.terminal, OptionalActions::Drain, &self.before);
    }
}
