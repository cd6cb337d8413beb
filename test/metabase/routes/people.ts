// Users, groups and memberships.
import { pageOf, pageRows } from '../paging.ts';
import { forbidden, json, noSuchEndpoint, notFound, type Reply } from '../reply.ts';
import { without, type Row } from '../row.ts';
import type { Route, UserVisit, Visit } from '../router.ts';
import type { Person } from '../world/known-people.ts';
import { commonName } from '../world/person-rows.ts';
import { byName } from '../world/people.ts';
import type { World } from '../world/world.ts';

export const peopleRoutes: Route[] = [
  { method: 'GET', path: '/api/user', access: 'user', reply: list },
  { method: 'GET', path: '/api/user/current', access: 'user', reply: current },
  { method: 'GET', path: '/api/user/recipients', access: 'user', reply: recipients },
  { method: 'GET', path: '/api/user/:id', access: 'user', reply: detail },
  { method: 'GET', path: '/api/permissions/group', access: 'superuser', reply: groups },
  { method: 'GET', path: '/api/permissions/group/:id', access: 'superuser', reply: group },
  { method: 'GET', path: '/api/permissions/membership', access: 'superuser', reply: memberships },
];

function list(visit: UserVisit): Reply {
  const { world, query, person } = visit;
  const asksForMore = query.has('status') || query.has('include_deactivated');
  if (!person.isSuperuser && (!world.isLegacy || asksForMore)) return forbidden();
  const matching = people(world, query).sort(byName);
  const page = pageOf(query);
  const columns = person.isSuperuser ? 'all' : 'few';
  const data = pageRows(matching, page).map((one) => world.people.userRow(one, columns));
  return json({ data, total: matching.length, ...page });
}

function people({ people: { everyone } }: World, query: URLSearchParams): Person[] {
  const status = query.get('include_deactivated') === 'true' ? 'all' : (query.get('status') ?? 'active');
  const words = (query.get('query') ?? '').toLowerCase();
  const group = query.get('group_id');
  return everyone.filter((person) => {
    if (person.kind !== 'person') return false;
    if (person.tenantId !== null && query.get('tenancy') !== 'all') return false;
    if (status !== 'all' && person.isActive !== (status !== 'deactivated')) return false;
    if (group && !person.groupIds.includes(Number(group))) return false;
    return `${person.email} ${commonName(person)}`.toLowerCase().includes(words);
  });
}

function current({ world, person }: UserVisit): Reply {
  return json(world.people.currentRow(person));
}

function recipients({ world, person, query }: UserVisit): Reply {
  const everyone = people(world, new URLSearchParams()).sort(byName);
  const page = pageOf(query);
  const rows = pageRows(everyone, page).map((one) => {
    if (!person.isSuperuser) return world.people.userRow(one, 'few');
    return without(world.people.userRow(one, 'all'), 'group_ids', 'personal_collection_id');
  });
  return json({ data: rows, total: everyone.length, ...page });
}

function detail({ world, person, params }: UserVisit): Reply {
  const id = Number(params.id);
  if (Number.isNaN(id)) return noSuchEndpoint();
  if (!person.isSuperuser && person.id !== id) return forbidden();
  const found = world.people.byId.get(id);
  return found ? json(world.people.userDetail(found)) : notFound();
}

function groups({ world, query }: Visit): Reply {
  const counts = new Map<number, number>();
  const members = world.people.everyone.filter(({ kind, isActive }) => kind !== 'internal' && isActive);
  for (const id of members.flatMap(({ groupIds }) => groupIds)) counts.set(id, (counts.get(id) ?? 0) + 1);
  const rows = world.people.groups.map((one) => {
    const { id, name } = one;
    return world.isLegacy
      ? { id, name, member_count: counts.get(id) ?? 0 }
      : { ...groupRow(one), member_count: counts.get(id) ?? 0 };
  });
  return json(pageRows(rows, pageOf(query)));
}

function group({ world, params }: Visit): Reply {
  const found = world.people.groups.find(({ id }) => id === Number(params.id));
  if (!found) return notFound();
  const members = allMemberships(world).filter(({ group_id }) => group_id === found.id);
  return json({ ...groupRow(found), members: members.flatMap((membership) => memberRow(world, membership)) });
}

function memberships({ world }: Visit): Reply {
  const byUser: Partial<Record<string, Row[]>> = {};
  for (const membership of allMemberships(world)) (byUser[membership.user_id] ??= []).push(membership);
  return json(byUser);
}

type Membership = { membership_id: number; group_id: number; user_id: number; is_group_manager: boolean };

function allMemberships({ people: { everyone } }: World): Membership[] {
  const pairs = everyone.flatMap(({ id, groupIds }) => groupIds.map((group_id) => ({ group_id, user_id: id })));
  return pairs.map((pair, index) => ({ membership_id: index + 1, ...pair, is_group_manager: false }));
}

function groupRow({ id, name, entityId, magic }: World['people']['groups'][number]): Row {
  return { id, name, entity_id: entityId, magic_group_type: magic, is_tenant_group: false };
}

function memberRow({ people }: World, { membership_id, group_id, user_id }: Membership): Row[] {
  const person = people.byId.get(user_id);
  if (!person?.isActive || person.kind === 'internal') return [];
  const { email, firstName: first_name, lastName: last_name, isSuperuser: is_superuser, id } = person;
  // The key "null" is Metabase's own.
  const row = { email, first_name, membership_id, group_id, null: null, is_superuser, id, last_name, user_id };
  return [{ ...row, common_name: commonName(person) }];
}
