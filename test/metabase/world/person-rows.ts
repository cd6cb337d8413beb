// A person as each endpoint shows one.
import type { Row } from '../row.ts';
import { ADMIN_ID, CREDENTIALS, type Person } from './known-people.ts';

export function commonName(person: Person): string {
  return [person.firstName, person.lastName].filter(Boolean).join(' ') || person.email;
}

/** Who changed something last, as rows tell it: always the admin. */
export function editedBy(timestamp: string): Row {
  return { id: ADMIN_ID, email: CREDENTIALS.admin.username, first_name: 'Ada', last_name: 'Admin', timestamp };
}

export function creatorRow(person: Person | undefined): Row {
  if (!person) return {};
  return {
    email: person.email,
    first_name: person.firstName,
    last_login: person.lastLogin,
    is_qbnewb: true,
    is_superuser: person.isSuperuser,
    id: person.id,
    last_name: person.lastName,
    tenant_id: null,
    date_joined: person.joinedAt,
    common_name: commonName(person),
  };
}

function commonRow(person: Person): Row {
  return {
    email: person.email,
    first_name: person.firstName,
    locale: null,
    last_login: person.lastLogin,
    is_active: person.isActive,
    is_qbnewb: true,
    jwt_attributes: null,
    updated_at: person.updatedAt,
    is_superuser: person.isSuperuser,
    login_attributes: null,
    id: person.id,
    last_name: person.lastName,
    tenant_id: person.tenantId,
    date_joined: person.joinedAt,
    sso_source: null,
    common_name: commonName(person),
  };
}

export function listRow(person: Person): Row {
  return { ...commonRow(person), group_ids: person.groupIds, personal_collection_id: person.personalCollectionId };
}

export function shortRow(person: Person): Row {
  const { firstName: first_name, lastName: last_name, email, id } = person;
  return { first_name, last_name, email, common_name: commonName(person), id };
}

export function detailRow(person: Person): Row {
  const user_group_memberships = person.groupIds.map((id) => ({ id }));
  return { ...commonRow(person), structured_attributes: {}, user_group_memberships };
}

export function currentRow(person: Person): Row {
  return {
    ...listRow(person),
    first_login: person.joinedAt,
    has_invited_second_user: person.kind === 'person',
    has_model: true,
    has_question_and_dashboard: true,
    custom_homepage: null,
    is_installer: person.id === ADMIN_ID,
    attributes: null,
  };
}
