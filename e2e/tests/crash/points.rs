//! Which faults are tried at which calls.

use e2e::tracer::{Call, Errno, Fault, Injection, Kind, Place};

/// How many of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Selection {
    /// Killed wherever something becomes durable and at some calls in between; a few errors.
    Short,
    /// Every fault at every call that it can befall.
    Whole,
}

/// What a call can return instead of being done.
const ERRORS: [Errno; 2] = [Errno::EIO, Errno::ENOSPC];

/// The faults to try on a run that makes these `calls`.
pub(crate) fn choose(calls: &[Call], selection: Selection) -> Vec<Injection> {
    let mut chosen = Vec::new();
    for (index, call) in calls.iter().enumerate() {
        let at = index + 1;
        let previous = index.checked_sub(1).and_then(|index| calls.get(index));
        let faults = faults(call).into_iter();
        chosen.extend(
            faults
                .filter(|fault| {
                    selection == Selection::Whole || is_telling(call, previous, at, *fault)
                })
                .map(|fault| Injection { fault, at }),
        );
    }
    chosen
}

fn faults(call: &Call) -> Vec<Fault> {
    let mut faults = vec![Fault::Kill];
    if call.can_be_halved() {
        faults.push(Fault::KillHalfWay);
    }
    if call.place == Place::Socket {
        faults.extend([Fault::Cut, Fault::CutFromHere]);
    }
    for error in ERRORS
        .into_iter()
        .filter(|error| call.can_fail_with(*error))
    {
        faults.push(Fault::Fail(error));
        if call.place != Place::Console {
            faults.push(Fault::FailFromHere(error));
        }
    }
    faults
}

/// Whether a fault at the call number `at` belongs to the short selection.
fn is_telling(call: &Call, previous: Option<&Call>, at: usize, fault: Fault) -> bool {
    let is_turn = |call: &Call| matches!(call.kind, Kind::Sync | Kind::Rename | Kind::Remove);
    let at_turn = is_turn(call);
    match fault {
        Fault::Kill => at_turn || previous.is_some_and(is_turn) || at.is_multiple_of(6),
        Fault::KillHalfWay => at.is_multiple_of(11),
        Fault::Fail(Errno::EIO) => at_turn,
        Fault::Cut => at.is_multiple_of(4),
        Fault::Fail(_) => call.place == Place::Disk && at.is_multiple_of(13),
        Fault::FailFromHere(_) | Fault::CutFromHere => at.is_multiple_of(9),
    }
}
