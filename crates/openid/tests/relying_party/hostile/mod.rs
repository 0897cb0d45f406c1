//! Hostile and broken tokens, keys, answers and descriptions.
//!
//! Each case alters exactly one thing of a world in which all is well, and names the code with which
//! that is refused. The good world is gone through beside it, so no case can pass for another reason.

mod adobe;
mod answers;
mod bearer;
mod id_token;
mod logout_token;
mod provider;
mod token;

use std::collections::BTreeSet;

use openid::Refusal;

use crate::world::{Door, World};

/// One thing altered.
pub(crate) struct Case {
    name: &'static str,
    door: Door,
    alter: fn(&mut World),
    code: &'static str,
}

/// Makes a row of a table readable.
pub(crate) const fn case(
    door: Door,
    name: &'static str,
    code: &'static str,
    alter: fn(&mut World),
) -> Case {
    Case {
        name,
        door,
        alter,
        code,
    }
}

const TABLES: [(&str, &[&[Case]]); 7] = [
    ("tokens of every kind", token::CASES),
    ("ID tokens", id_token::CASES),
    ("answers to a sign-in", answers::CASES),
    ("descriptions and keys", provider::CASES),
    ("logout tokens", logout_token::CASES),
    ("API clients' tokens", bearer::CASES),
    ("Adobe", adobe::CASES),
];

#[tokio::test]
async fn v14_every_altered_token_key_answer_and_description_is_refused_with_its_own_code() {
    let mut wrong = Vec::new();
    let mut count = 0;
    for (table, cases) in TABLES {
        for case in cases.iter().copied().flatten() {
            let mut world = World::new(case.door).await;
            if let Err(failure) = world.run().await {
                wrong.push(format!(
                    "{table}: {:?} as it should be: {}",
                    case.door,
                    failure.code()
                ));
            }
            (case.alter)(&mut world);
            match world.run().await {
                Ok(()) => wrong.push(format!("{table}: {} is accepted", case.name)),
                Err(failure) if failure.code() != case.code => wrong.push(format!(
                    "{table}: {} is {} and not {}",
                    case.name,
                    failure.code(),
                    case.code
                )),
                Err(_) => count += 1,
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(count >= 60, "only {count} cases");
}

/// What cannot be brought about from outside.
const ONLY_INSIDE: [Refusal; 1] = [Refusal::Interrupted];

#[test]
fn every_refusal_has_a_case() {
    let covered: BTreeSet<_> = TABLES
        .into_iter()
        .flat_map(|(_, cases)| cases.iter().copied().flatten())
        .map(|case| case.code)
        .collect();
    let missing: Vec<_> = Refusal::ALL
        .iter()
        .filter(|refusal| !ONLY_INSIDE.contains(refusal))
        .map(|refusal| refusal.code())
        .filter(|code| !covered.contains(code))
        .collect();
    assert!(missing.is_empty(), "no case for {missing:?}");
}

#[test]
fn no_case_stands_twice() {
    for (table, cases) in TABLES {
        let cases: Vec<_> = cases.iter().copied().flatten().collect();
        let names: BTreeSet<_> = cases
            .iter()
            .map(|case| (format!("{:?}", case.door), case.name))
            .collect();
        assert_eq!(names.len(), cases.len(), "{table}");
    }
}
