// Collections: flat, as a tree, one, the trash, and what lies in them.
import { pageOf, pageRows } from '../paging.ts';
import { forbidden, invalid, json, jsonArray, noSuchEndpoint, notFound, type Reply } from '../reply.ts';
import { recordedRows } from '../recordings.ts';
import { without, type Row } from '../row.ts';
import { rowById, type Route, type UserVisit } from '../router.ts';
import { byCollectionName, TRASH_ID, type Collection } from '../world/collections.ts';
import type { Document } from '../world/documents.ts';
import type { Person } from '../world/known-people.ts';
import type { Timeline } from '../world/timelines.ts';
import type { World } from '../world/world.ts';
import { cardItem, collectionItem, dashboardItem, documentItem, holds, type Item } from './items.ts';

export const collectionRoutes: Route[] = [
  { method: 'GET', path: '/api/collection', access: 'user', reply: list },
  { method: 'GET', path: '/api/collection/tree', access: 'user', reply: tree },
  {
    method: 'GET',
    path: '/api/collection/root',
    access: 'user',
    reply: root,
  },
  { method: 'GET', path: '/api/collection/root/items', access: 'user', reply: (visit) => items(visit, null) },
  { method: 'GET', path: '/api/collection/trash', access: 'user', since: '0.58', reply: trash },
  { method: 'GET', path: '/api/collection/:id', access: 'user', reply: detail },
  { method: 'GET', path: '/api/collection/:id/items', access: 'user', reply: itemsOfOne },
];

const MODELS = ['card', 'collection', 'dashboard', 'dataset', 'metric', 'pulse', 'timeline'];
const KNOWN_MODELS = [
  ...['dashboard', 'dataset', 'no_models', 'timeline', 'snippet', 'collection', 'document', 'pulse', 'metric', 'card'],
];

function list({ world, person, query }: UserVisit): Reply {
  const { collections } = world;
  const rows = listed(world, person, query).map(collections.listRow);
  const namespace = query.get('namespace');
  const hasRoot = query.get('archived') !== 'true' && query.get('personal-only') !== 'true';
  const root = collections.rootRow(namespace === 'snippets' ? 'snippets' : undefined);
  return jsonArray(hasRoot ? [root, ...rows] : rows);
}

/** An unknown namespace holds nothing. */
function listed(world: World, person: Person, query: URLSearchParams): Collection[] {
  const wantsArchived = query.get('archived') === 'true';
  const namespace = query.get('namespace');
  const isMine = (ownerId: number | null) => ownerId === null || ownerId === person.id;
  const chosen = world.collections.all.filter((collection) => {
    if (collection.namespace !== namespace) return false;
    if (collection.isArchived !== wantsArchived && (collection.type !== 'trash' || !wantsArchived)) return false;
    if (collection.type === 'trash' && !wantsArchived) return false;
    if (query.get('personal-only') === 'true' && collection.ownerId === null) return false;
    if (query.get('exclude-other-user-collections') === 'true' && !isMine(collection.ownerId)) return false;
    return world.canRead(person, collection);
  });
  return chosen.sort(byCollectionName);
}

function root({ world }: UserVisit): Reply {
  return json(without(world.collections.rootRow(), 'is_remote_synced'));
}

function tree({ world, person, query }: UserVisit): Reply {
  const isShallow = query.get('shallow') === 'true';
  const leavesOutTrash = query.get('exclude-archived') === 'true';
  const isShown = (one: Collection) =>
    !one.isArchived &&
    one.namespace === null &&
    world.canRead(person, one) &&
    !(leavesOutTrash && one.type === 'trash');
  const branches = (parentId: number | null): Row[] =>
    world.collections.childrenOf(parentId).filter(isShown).sort(byCollectionName).map(branch);
  const branch = (collection: Collection): Row => {
    const inside = world.collections.childrenOf(collection.id).filter(isShown);
    const children = isShallow ? inside.length > 0 : branches(collection.id);
    const here = !isShallow && holds(world, collection) && { here: ['card'] };
    const below = !isShallow && inside.some((one) => holds(world, one)) && { below: ['card'] };
    return { ...world.collections.treeRow(collection), ...here, ...below, children };
  };
  return jsonArray(branches(null));
}

function trash({ world }: UserVisit): Reply {
  const collection = world.collections.byId.get(TRASH_ID);
  return collection ? json(world.collections.detailRow(collection)) : notFound();
}

/** Groups and collections without rights are left out. */
function detail(visit: UserVisit): Reply {
  const found = collectionOf(visit);
  return 'refusal' in found ? found.refusal : json(visit.world.collections.detailRow(found.row));
}

function itemsOfOne(visit: UserVisit): Reply {
  const found = collectionOf(visit);
  return 'refusal' in found ? found.refusal : items(visit, found.row);
}

function collectionOf(visit: UserVisit): { row: Collection } | { refusal: Reply } {
  const { byId, byEntityId } = visit.world.collections;
  const found = rowById(visit, (id) => (typeof id === 'number' ? byId.get(id) : byEntityId.get(id)));
  if ('refusal' in found || visit.world.canRead(visit.person, found.row)) return found;
  return { refusal: forbidden() };
}

function items(visit: UserVisit, collection: Collection | null): Reply {
  const { world, person, query } = visit;
  const asked = query.getAll('models');
  const unknown = asked.find((model) => !KNOWN_MODELS.includes(model));
  if (unknown !== undefined) return world.isLegacy ? noSuchEndpoint() : badModel(unknown);
  const models = asked.length > 0 ? asked : MODELS;
  const all = [...inside(world, collection, { person, query })].filter(({ model }) => models.includes(model));
  const direction = query.get('sort_direction') === 'desc' ? -1 : 1;
  all.sort((one, other) => (one.name.toLowerCase() < other.name.toLowerCase() ? -direction : direction));
  const page = pageOf(query);
  const total = all.length === 0 && !world.isLegacy ? null : all.length;
  return json({ total, data: pageRows(all, page).map(({ row }) => row()), models, ...page });
}

type Asker = { person: Person; query: URLSearchParams };

function* inside(world: World, collection: Collection | null, { person, query }: Asker): Generator<Item> {
  if (collection?.type === 'trash') {
    yield* trashed(world, person);
    yield* documents(world, (one) => one.isArchived && world.canRead(person, one.collection));
    return;
  }
  const wantsArchived = query.get('archived') === 'true' || (collection?.isArchived === true && !world.isLegacy);
  const children = world.collections.childrenOf(collection?.id ?? null).filter((child) => isChild(child, collection));
  for (const child of children) {
    if (child.isArchived !== wantsArchived || !world.canRead(person, child)) continue;
    yield { name: child.name, model: 'collection', row: () => collectionItem(world, child) };
  }
  // What is archived on its own is in the trash, where there is one; collections are in both (S).
  const isListedHere = ({ isArchived }: { isArchived: boolean }) =>
    wantsArchived ? isArchived && world.isLegacy : !isArchived;
  for (const card of world.cards.inCollection(collection)) {
    if (isListedHere(card)) yield cardAsItem(world, card);
  }
  if (query.get('show_dashboard_questions') === 'true' && !wantsArchived) {
    for (const card of world.cards.inDashboards(collection)) yield cardAsItem(world, card);
  }
  for (const dashboard of world.dashboards.inCollection(collection)) {
    if (isListedHere(dashboard)) yield dashboardAsItem(world, dashboard);
  }
  if (query.getAll('models').includes('document')) {
    yield* documents(world, (one) => one.collection === collection && one.isArchived === wantsArchived);
  }
  if (!world.isLegacy) {
    yield* timelines(world, (one) => one.collection === collection && one.isArchived === wantsArchived);
  }
}

/** Personal collections and the trash lie in the root without being listed there. */
function isChild(child: Collection, parent: Collection | null): boolean {
  return child.type !== 'trash' && child.namespace === (parent?.namespace ?? null) && child.ownerId === null;
}

function* trashed(world: World, person: Person): Generator<Item> {
  for (const collection of world.collections.all) {
    if (!collection.isArchived) continue;
    yield { name: collection.name, model: 'collection', row: () => collectionItem(world, collection) };
  }
  for (const card of world.cards.inOrder()) {
    if (card.isArchived && world.canReadCard(person, card)) yield cardAsItem(world, card);
  }
  for (let index = 0; index < world.dashboards.count; index++) {
    const dashboard = world.dashboards.at(index);
    if (dashboard.isArchived && world.canRead(person, dashboard.collection)) yield dashboardAsItem(world, dashboard);
  }
}

function cardAsItem(world: World, card: Parameters<typeof cardItem>[1]): Item {
  return { name: card.name, model: world.cards.modelOf(card), row: () => cardItem(world, card) };
}

function dashboardAsItem(world: World, dashboard: Parameters<typeof dashboardItem>[1]): Item {
  return { name: dashboard.name, model: 'dashboard', row: () => dashboardItem(world, dashboard) };
}

/** As listed on the builds that have them (S); 0.43 does not know the word. */
function documents(world: World, isListed: (document: Document) => boolean): Item[] {
  return world.documents.filter(isListed).map((one) => ({
    name: one.name,
    model: 'document',
    row: () => documentItem(world, one),
  }));
}

function timelines(world: World, isListed: (timeline: Timeline) => boolean): Item[] {
  const recorded = recordedRows('admin/collection_items_all').find(({ model }) => model === 'timeline');
  return world.timelines.filter(isListed).map(({ id, name, collectionId, row }) => ({
    name,
    model: 'timeline',
    row: () => ({ ...recorded, id, name, collection_id: collectionId, entity_id: row().entity_id }),
  }));
}

function badModel(model: string): Reply {
  const names = KNOWN_MODELS.map((name) => `"${name}"`);
  const wanted = `${names.slice(0, -1).join(', ')} or ${names.at(-1) ?? ''}`;
  return invalid('models', {
    specific: [[`should be either ${wanted}, received: "${model}"`]],
    errors: `nullable vector of enum of ${KNOWN_MODELS.join(', ')}`,
  });
}
