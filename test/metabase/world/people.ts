// People, API keys, groups and memberships: the four people and two keys of the recordings, then generated ones.
import { entityId } from '../deterministic.ts';
import { legacyCreator, legacyUser } from '../legacy.ts';
import type { Settings } from '../options.ts';
import type { Row } from '../row.ts';
import {
  ADMIN_ID,
  GROUP_ADMINISTRATORS,
  GROUP_ALL,
  GROUP_ANALYSTS,
  INTERNAL_ID,
  KNOWN_PEOPLE,
  NOBODY,
  type Person,
  type PersonDraft,
} from './known-people.ts';
import type { Moment } from './moment.ts';
import { creatorRow, currentRow, detailRow, listRow, shortRow } from './person-rows.ts';

const FIRST_GENERATED_ID = 7;
const SALT_GROUP = 500;

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
  const base = isEmpty ? KNOWN_PEOPLE.filter(({ id }) => id === ADMIN_ID || id === INTERNAL_ID) : KNOWN_PEOPLE;
  const everyone = [...base, ...generated(settings), ...tenants(settings)].map((person) => withDates(person, moment));
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

/** By first name, the nameless first: the order of `/api/user`. */
export function byName(one: Person, other: Person): number {
  const [name, otherName] = [one, other].map((person) =>
    `${person.firstName ?? ''} ${person.lastName ?? ''}`.toLowerCase(),
  );
  return (name ?? '') < (otherName ?? '') ? -1 : name === otherName ? one.id - other.id : 1;
}

function generated(settings: Settings): PersonDraft[] {
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

/** A user of a tenant: listed only when all tenancies are asked for (S). */
function tenants({ edition, version, users }: Settings): PersonDraft[] {
  if (edition === 'oss' || version === '0.43') return [];
  const id = FIRST_GENERATED_ID + users;
  const name = { email: 'tenant@example.com', firstName: 'Tess', lastName: 'Tenant' };
  return [{ ...NOBODY, kind: 'person', id, ...name, groupIds: [], tenantId: 1 }];
}

function withDates(draft: PersonDraft, moment: Moment): Person {
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
