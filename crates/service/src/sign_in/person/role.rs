//! The role that claims stand for, where that is configured. Then claims decide: whoever has none
//! that stands for a role gets no further, and keeps the role that is stored for the day on which
//! passwords are back. Sessions that the person has already get new ids at their next page, as at
//! every change of rights.

use crate::error::ServiceError;
use crate::provider::ProviderSettings;
use domain::admin::AdminId;
use domain::audit::{Event, Kind};
use domain::linking::PersonRefused;
use jiff::Timestamp;
use openid::VerifiedIdentity;
use store::database::Connection;
use store::{admins, audit_events, provider_grants};

pub(super) async fn map(
    transaction: &mut Connection,
    person: &VerifiedIdentity,
    settings: &ProviderSettings,
    admin: AdminId,
    now: Timestamp,
) -> Result<Result<(), PersonRefused>, ServiceError> {
    let Some(claim) = &settings.role_claim else {
        return Ok(Ok(()));
    };
    let values = person.values_of(claim);
    let mapped = settings
        .roles
        .iter()
        .find(|(value, _)| values.contains(value));
    let Some((_, role)) = mapped else {
        return Ok(Err(PersonRefused::NoMappedRole));
    };
    match admins::set_role(transaction, admin, role).await? {
        admins::RoleChange::NoSuchRole => return Ok(Err(PersonRefused::NoMappedRole)),
        admins::RoleChange::Unchanged => {}
        admins::RoleChange::Changed => {
            provider_grants::note_rights_changed(transaction, admin).await?;
            let event = Event {
                at: now,
                actor: "provider".to_owned(),
                kind: Kind::RoleMapped {
                    admin,
                    role: role.clone(),
                },
            };
            audit_events::append(transaction, &event).await?;
        }
    }
    Ok(Ok(()))
}
