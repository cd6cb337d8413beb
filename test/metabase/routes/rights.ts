// Who may do what: both permission graphs and the API keys. What the recordings do not show comes from the API's source (S).
import { json, type Reply } from '../reply.ts';
import type { Row } from '../row.ts';
import type { Route, Visit } from '../router.ts';
import { ADMIN_ID, GROUP_ADMINISTRATORS, GROUP_ALL } from '../world/known-people.ts';
import { commonName } from '../world/person-rows.ts';
import type { World } from '../world/world.ts';

export const rightsRoutes: Route[] = [
  { method: 'GET', path: '/api/permissions/graph', access: 'superuser', reply: dataGraph },
  { method: 'GET', path: '/api/collection/graph', access: 'superuser', reply: collectionGraph },
  { method: 'GET', path: '/api/api-key', access: 'superuser', since: '0.58', reply: apiKeys },
];

/** Every third of the generated groups has rights on some tables alone, the one after it none (S). */
const KINDS = ['all', 'all', 'some', 'none'] as const;
const FIRST_GENERATED_GROUP_ID = 4;

type Kind = 'admin' | (typeof KINDS)[number];

function kindOf(groupId: number): Kind {
  if (groupId === GROUP_ADMINISTRATORS) return 'admin';
  if (groupId < FIRST_GENERATED_GROUP_ID) return 'all';
  return KINDS[(groupId - FIRST_GENERATED_GROUP_ID) % KINDS.length] ?? 'all';
}

function dataGraph({ world }: Visit): Reply {
  const rightsOf = world.isLegacy ? legacyRights : rights;
  const groups = world.people.groups.map(({ id }): [number, Row] => {
    const rows = world.databases.map((database): [number, Row] => [
      database.id,
      rightsOf(world, kindOf(id), database.id),
    ]);
    return [id, Object.fromEntries(rows.filter(([, row]) => Object.keys(row).length > 0))];
  });
  // 0.43 leaves out groups without rights.
  const listed = groups.filter(([, row]) => !world.isLegacy || Object.keys(row).length > 0);
  return json({ revision: 0, groups: Object.fromEntries(listed) });
}

function rights(world: World, kind: Kind, databaseId: number): Row {
  const all = {
    'view-data': 'unrestricted',
    'create-queries': 'query-builder-and-native',
    download: { schemas: 'full' },
  };
  if (kind === 'admin') return { ...all, 'data-model': { schemas: 'all' }, details: 'yes' };
  if (kind === 'all') return all;
  if (kind === 'none') return {};
  return {
    'view-data': perTable(world, databaseId, 'unrestricted', 'sandboxed'),
    'create-queries': perTable(world, databaseId, 'query-builder'),
    download: { schemas: perTable(world, databaseId, 'limited') },
  };
}

function legacyRights(world: World, kind: Kind, databaseId: number): Row {
  if (kind === 'none') return {};
  if (kind === 'some') return { data: { schemas: perTable(world, databaseId, 'all') } };
  return { data: { native: 'write', schemas: 'all' }, download: { native: 'full', schemas: 'full' } };
}

/** By schema, then by table: every second table of the database has the first right, the others the second one or none. */
function perTable({ tables }: World, databaseId: number, right: string, other?: string): Row {
  const inside = tables.filter((table) => table.databaseId === databaseId);
  const rows = inside.map(({ id }, index) => [id, index % 2 === 0 ? right : other]);
  return { [String(inside[0]?.listRow.schema)]: Object.fromEntries(rows.filter(([, value]) => value)) as Row };
}

function collectionGraph({ world, query }: Visit): Reply {
  const namespace = query.get('namespace');
  const shared = world.collections.all.filter(
    (one) => one.ownerId === null && !one.type && one.namespace === namespace && !one.isArchived,
  );
  const ids = ['root', ...shared.map(({ id }) => String(id))];
  const rightsOn = (right: string) => Object.fromEntries(ids.map((id) => [id, right]));
  // A namespace that the server does not know has a top level for administrators alone (S).
  const isKnown = namespace === null || namespace === 'snippets';
  const isEditor = (id: number) => id === GROUP_ADMINISTRATORS || (isKnown && id === GROUP_ALL);
  // 0.58 lists what is granted; before 0.56 every group has its row, with "none" (README.md).
  const groups = world.people.groups.filter(({ id }) => world.isLegacy || isEditor(id));
  const rows = groups.map(({ id }) => [id, rightsOn(isEditor(id) ? 'write' : 'none')]);
  return json({ revision: 6, groups: Object.fromEntries(rows) as Row });
}

function apiKeys({ world }: Visit): Reply {
  const keys = world.people.everyone.filter(({ kind }) => kind === 'api-key');
  const admin = world.people.byId.get(ADMIN_ID);
  const rows = keys.map((key, index) => ({
    created_at: key.joinedAt,
    updated_at: key.updatedAt,
    updated_by: { common_name: admin && commonName(admin), id: ADMIN_ID },
    id: index + 1,
    group: groupOf(world, key.groupIds),
    name: key.firstName,
    masked_key: `mb_XmpL${'*'.repeat(40)}`,
  }));
  return json(rows);
}

/** The group of a key beside All Users. */
function groupOf({ people }: World, ids: number[]): Row {
  const own = people.groups.find(({ id }) => id !== GROUP_ALL && ids.includes(id));
  return { name: own?.name, id: own?.id };
}
