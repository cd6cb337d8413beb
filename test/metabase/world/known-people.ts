// The people and API keys of the recordings, with the credentials that tests use.

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

export const GROUP_ALL = 1;
export const GROUP_ADMINISTRATORS = 2;
export const GROUP_ANALYSTS = 3;
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
  /** Of a user who comes from outside (Pro, 0.58). */
  tenantId: number | null;
  /** Password of a person, the key itself of an API key. */
  secret: string | null;
};

/** A person before dates are given. */
export type PersonDraft = Omit<Person, 'joinedAt' | 'updatedAt' | 'lastLogin'>;

export const NOBODY = {
  isActive: true,
  isSuperuser: false,
  groupIds: [GROUP_ALL],
  personalCollectionId: null,
  tenantId: null,
  secret: null,
};

export const KNOWN_PEOPLE: PersonDraft[] = [
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
