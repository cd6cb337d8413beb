// Rows of collection items: collections, cards and dashboards as their parent lists them.
import { legacyItem } from '../legacy.ts';
import type { Row } from '../row.ts';
import type { Card } from '../world/cards.ts';
import { TRASH_ID, type Collection } from '../world/collections.ts';
import type { Dashboard } from '../world/dashboards.ts';
import type { Document } from '../world/documents.ts';
import type { World } from '../world/world.ts';

export type Item = { name: string; model: string; row: () => Row };

export function cardItem(world: World, card: Card): Row {
  const row = world.cards.listRow(card);
  const lastEdit = 'last-edit-info' in row && { 'last-edit-info': row['last-edit-info'] };
  return dressed(world, {
    ...common(card.isArchived),
    description: row.description,
    collection_position: null,
    database_id: card.shape === 'metric' ? null : 1,
    collection_id: placeId(card, world),
    name: card.name,
    dashboard_count: card.dashboardId === null ? 0 : 1,
    fully_parameterized: true,
    last_used_at: row.last_used_at,
    dashboard: dashboardOf(world, card),
    moderated_status: null,
    id: card.id,
    display: row.display,
    entity_id: row.entity_id,
    collection_preview: true,
    ...(card.dashboardId === null && lastEdit),
    location: null,
    dashboard_id: card.dashboardId,
    model: world.cards.modelOf(card),
  });
}

export function dashboardItem(world: World, dashboard: Dashboard): Row {
  const row = world.dashboards.listRow(dashboard);
  const { collection } = dashboard;
  const location = dashboard.isArchived
    ? `/${TRASH_ID}/`
    : collection
      ? `${collection.location}${collection.id}/`
      : '/';
  const lastEdit = 'last-edit-info' in row && { 'last-edit-info': row['last-edit-info'] };
  return dressed(world, {
    ...common(dashboard.isArchived),
    description: row.description,
    collection_position: row.collection_position,
    database_id: null,
    collection_id: placeId(dashboard, world),
    name: dashboard.name,
    last_used_at: row.last_viewed_at,
    moderated_status: null,
    id: dashboard.id,
    entity_id: row.entity_id,
    ...lastEdit,
    location,
    dashboard_id: null,
    model: 'dashboard',
  });
}

/** Like a dashboard, in the few fields that every kind has (S). */
export function documentItem(world: World, { isArchived, row }: Document): Row {
  const { id, name, entity_id, collection_id, collection_position } = row();
  return dressed(world, {
    ...common(isArchived),
    description: null,
    collection_position,
    database_id: null,
    collection_id,
    name,
    id,
    entity_id,
    model: 'document',
  });
}

export function collectionItem(world: World, collection: Collection): Row {
  const { isArchived, parentId, id } = collection;
  const children = world.collections.childrenOf(id).filter((child) => !child.isArchived);
  const below = children.some((child) => holds(world, child)) && { below: ['card'] };
  const here = [...(holds(world, collection) ? ['card'] : []), ...(children.length > 0 ? ['collection'] : [])];
  return dressed(world, {
    ...common(isArchived),
    authority_level: null,
    description: collection.description,
    database_id: null,
    collection_id: isArchived ? TRASH_ID : parentId,
    name: collection.name,
    last_used_at: null,
    type: collection.type,
    ...(here.length > 0 && { here }),
    id,
    entity_id: collection.entityId,
    effective_location: isArchived ? `/${TRASH_ID}/` : collection.location,
    location: collection.location,
    ...below,
    dashboard_id: null,
    model: 'collection',
  });
}

/** Whether cards lie in the collection itself. */
export function holds(world: World, collection: Collection): boolean {
  return world.cards.inCollection(collection).next().done === false;
}

function common(isArchived: boolean): Row {
  const [can_write, is_remote_synced] = [true, false];
  return { archived: isArchived, can_write, is_remote_synced, can_restore: isArchived, can_delete: isArchived };
}

function placeId(thing: Card | Dashboard, world: World): number | null {
  return thing.isArchived && !world.isLegacy ? TRASH_ID : (thing.collection?.id ?? null);
}

function dashboardOf(world: World, { dashboardId: id }: Card): Row | null {
  return id === null ? null : { id, name: world.dashboards.byId(id)?.name ?? null, moderation_status: null };
}

function dressed(world: World, row: Row): Row {
  return world.isLegacy ? legacyItem(row) : row;
}
