// People, API keys, groups and memberships: the four people and two keys of the recordings, then generated ones.
import { entityId } from '../deterministic.ts';
import { legacyCreator, legacyUser } from '../legacy.ts';
import type { Settings } from '../options.ts';
import type { Row } from '../row.ts';
import type { Moment } from './moment.ts';

export const ADMIN_ID = 1;
export const READER_ID = 2;
export const INTERNAL_ID = 13371338;

export const CREDENTIALS = {
  admin: { username: 'admin@example.com', password: 'example-admin-password' },
  reader: { username: 'reader@example.com', password: 'example-reader-password' },
  deactivated: { username: 'gone@example.com', password: 'example-gone-password' },
  adminApiKey: 'mb_EXAMPLE-KEY-2',
  plainApiKey: 'mb_EXAMPLE-KEY-1',
};

const GROUP_ALL = 1;
const GROUP_ADMINISTRATORS = 2;
const GROUP_ANALYSTS = 3;
const FIRST_GENERATED_ID = 7;
const SALT_GROUP = 500;

export type Person = {
  kind: 'person' | 'api-key' | 'internal';
  id: number;
  email: string;
  firstName: string | null;
  lastName: string | null;
  isActive: boolean;
  isSuperuser: boolean;
  groupIds: number[];
  joinedAt: string;
  updatedAt: string;
  lastLogin: string | null;
  personalCollectionId: number | null;
  /** Password of a person, the key itself of an API key. */
  secret: string | null;
};

export type People = {
  everyone: Person[];
  byId: Map<number, Person>;
  groups: { id: number; name: string; magic: string | null; entityId: string | null }[];
  /** The five columns a user without rights may see; everything for a superuser. */
  userRow: (person: Person, columns: 'all' | 'few') => Row;
  userDetail: (person: Person) => Row;
  currentRow: (person: Person) => Row;
  creatorRow: (id: number) => Row;
};

export function makePeople(settings: Settings, moment: Moment): People {
  const isEmpty = settings.size === 'empty';
  const groups = makeGroups(settings, isEmpty);
  const base = isEmpty ? BASE.filter(({ id }) => id === ADMIN_ID || id === INTERNAL_ID) : BASE;
  const everyone = [...base, ...generated(settings)].map((person) => withDates(person, moment));
  const byId = new Map(everyone.map((person) => [person.id, person]));
  const dressed = settings.version === '0.43' ? legacyUser : (row: Row) => row;
  const creator = settings.version === '0.43' ? legacyCreator : (row: Row) => row;
  return {
    everyone: settings.version === '0.43' ? everyone.filter(({ kind }) => kind === 'person') : everyone,
    byId,
    groups,
    userRow: (person, columns) => (columns === 'few' ? shortRow(person) : dressed(listRow(person))),
    userDetail: (person) => dressed(detailRow(person)),
    currentRow: (person) => dressed(currentRow(person)),
    creatorRow: (id) => creator(creatorRow(byId.get(id))),
  };
}

/** Who changed something last, as rows tell it: always the admin. */
export function editedBy(timestamp: string): Row {
  return { id: ADMIN_ID, email: CREDENTIALS.admin.username, first_name: 'Ada', last_name: 'Admin', timestamp };
}

export function commonName(person: Person): string {
  return [person.firstName, person.lastName].filter(Boolean).join(' ') || person.email;
}

/** By first name, the nameless first: the order of `/api/user`. */
export function byName(one: Person, other: Person): number {
  const [name, otherName] = [one, other].map((person) =>
    `${person.firstName ?? ''} ${person.lastName ?? ''}`.toLowerCase(),
  );
  return (name ?? '') < (otherName ?? '') ? -1 : name === otherName ? one.id - other.id : 1;
}

type Draft = Omit<Person, 'joinedAt' | 'updatedAt' | 'lastLogin'>;

const NOBODY = { isActive: true, isSuperuser: false, groupIds: [GROUP_ALL], personalCollectionId: null, secret: null };

const BASE: Draft[] = [
  {
    ...NOBODY,
    kind: 'internal',
    id: INTERNAL_ID,
    email: 'internal@metabase.com',
    firstName: 'Metabase',
    lastName: 'Internal',
  },
  {
    ...NOBODY,
    kind: 'person',
    id: ADMIN_ID,
    email: CREDENTIALS.admin.username,
    firstName: 'Ada',
    lastName: 'Admin',
    isSuperuser: true,
    groupIds: [GROUP_ALL, GROUP_ADMINISTRATORS],
    personalCollectionId: 4,
    secret: CREDENTIALS.admin.password,
  },
  {
    ...NOBODY,
    kind: 'person',
    id: READER_ID,
    email: CREDENTIALS.reader.username,
    firstName: 'Rita',
    lastName: 'Reader',
    groupIds: [GROUP_ALL, GROUP_ANALYSTS],
    personalCollectionId: 12,
    secret: CREDENTIALS.reader.password,
  },
  {
    ...NOBODY,
    kind: 'person',
    id: 3,
    email: 'nameless@example.com',
    firstName: null,
    lastName: null,
    personalCollectionId: 11,
  },
  {
    ...NOBODY,
    kind: 'person',
    id: 4,
    email: CREDENTIALS.deactivated.username,
    firstName: 'Gone',
    lastName: 'User',
    isActive: false,
    personalCollectionId: 13,
    secret: CREDENTIALS.deactivated.password,
  },
  {
    ...NOBODY,
    kind: 'api-key',
    id: 5,
    email: 'api-key-user-a7965211-0700-4c73-9607-d5c35c12eeed@api-key.invalid',
    firstName: 'connector key',
    lastName: '',
    groupIds: [GROUP_ALL, GROUP_ANALYSTS],
    secret: CREDENTIALS.plainApiKey,
  },
  {
    ...NOBODY,
    kind: 'api-key',
    id: 6,
    email: 'api-key-user-743d7e51-1c10-47a1-a102-acfd99cc2589@api-key.invalid',
    firstName: 'admin key',
    lastName: '',
    isSuperuser: true,
    groupIds: [GROUP_ALL, GROUP_ADMINISTRATORS],
    secret: CREDENTIALS.adminApiKey,
  },
];

function generated(settings: Settings): Draft[] {
  return Array.from({ length: settings.users }, (_, index) => {
    const number = String(index + 1).padStart(6, '0');
    const group = settings.groups > 0 ? [GROUP_ALL, GROUP_ANALYSTS + 1 + (index % settings.groups)] : [GROUP_ALL];
    return {
      ...NOBODY,
      kind: 'person' as const,
      id: FIRST_GENERATED_ID + index,
      email: `member-${number}@example.com`,
      firstName: 'Member',
      lastName: number,
      isActive: index % 10 !== 9,
      groupIds: group,
    };
  });
}

function withDates(draft: Draft, moment: Moment): Person {
  const joinedAt = moment.of('user', draft.kind === 'internal' ? 0 : draft.id);
  return { ...draft, joinedAt, updatedAt: joinedAt, lastLogin: null };
}

function makeGroups(settings: Settings, isEmpty: boolean): People['groups'] {
  const entity = (id: number) => entityId(settings.seed, SALT_GROUP, id);
  const magic = [
    { id: GROUP_ADMINISTRATORS, name: 'Administrators', magic: 'admin', entityId: null },
    { id: GROUP_ALL, name: 'All Users', magic: 'all-internal-users', entityId: null },
  ];
  if (isEmpty) return magic;
  const analysts = { id: GROUP_ANALYSTS, name: 'Analysts', magic: null, entityId: entity(GROUP_ANALYSTS) };
  const more = Array.from({ length: settings.groups }, (_, index) => {
    const id = GROUP_ANALYSTS + 1 + index;
    return { id, name: `Group ${String(index + 1).padStart(4, '0')}`, magic: null, entityId: entity(id) };
  });
  return [...magic, analysts, ...more];
}

function creatorRow(person: Person | undefined): Row {
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
    tenant_id: null,
    date_joined: person.joinedAt,
    sso_source: null,
    common_name: commonName(person),
  };
}

function listRow(person: Person): Row {
  return { ...commonRow(person), group_ids: person.groupIds, personal_collection_id: person.personalCollectionId };
}

function shortRow(person: Person): Row {
  const { firstName: first_name, lastName: last_name, email, id } = person;
  return { first_name, last_name, email, common_name: commonName(person), id };
}

function detailRow(person: Person): Row {
  const user_group_memberships = person.groupIds.map((id) => ({ id }));
  return { ...commonRow(person), structured_attributes: {}, user_group_memberships };
}

function currentRow(person: Person): Row {
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
