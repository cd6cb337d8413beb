// Collections: the thirteen of the recordings (trash, personal, archived, a snippet folder), then nested generated ones.
import { entityId } from '../deterministic.ts';
import { legacyCollection } from '../legacy.ts';
import type { Settings } from '../options.ts';
import { without, type Row } from '../row.ts';
import type { Moment } from './moment.ts';

export const TRASH_ID = 1;

const FIRST_GENERATED_ID = 14;
const SALT = 100;

export type Collection = {
  id: number;
  name: string;
  description: string | null;
  slug: string;
  location: string;
  parentId: number | null;
  type: 'trash' | null;
  namespace: 'snippets' | null;
  ownerId: number | null;
  isArchived: boolean;
  isSample: boolean;
  entityId: string;
  createdAt: string;
  archiveOperationId: string | null;
};

export type Collections = {
  all: Collection[];
  byId: Map<number, Collection>;
  byEntityId: Map<string, Collection>;
  childrenOf: (parentId: number | null) => Collection[];
  /** Live collections that hold generated cards and dashboards; null is the root. */
  places: (Collection | null)[];
  rootRow: (namespace?: 'snippets') => Row;
  listRow: (collection: Collection) => Row;
  /** As nested in a card or dashboard: without rights. */
  nestedRow: (collection: Collection) => Row;
  detailRow: (collection: Collection) => Row;
  treeRow: (collection: Collection) => Row;
};

export function makeCollections(settings: Settings, moment: Moment): Collections {
  const isLegacy = settings.version === '0.43';
  const all = [...baseCollections(settings), ...generated(settings)]
    .filter(({ type }) => type !== 'trash' || !isLegacy)
    .map((draft) => finished(draft, settings, moment));
  const byId = new Map(all.map((collection) => [collection.id, collection]));
  const children = new Map<number | null, Collection[]>();
  for (const collection of all) {
    const siblings = children.get(collection.parentId);
    if (siblings) siblings.push(collection);
    else children.set(collection.parentId, [collection]);
  }
  const dressed = isLegacy ? legacyCollection : (row: Row) => row;
  return {
    all,
    byId,
    byEntityId: new Map(all.map((collection) => [collection.entityId, collection])),
    childrenOf: (parentId) => children.get(parentId) ?? [],
    places: [null, ...all.filter(isPlace)],
    rootRow: (namespace) => dressed({ ...ROOT_ROW, ...(namespace && { namespace, name: 'Top folder' }) }),
    // On older versions the list leaves it to `location`, but for the root.
    listRow: (collection) => (isLegacy ? without(dressed(listRow(collection)), 'parent_id') : listRow(collection)),
    nestedRow: (collection) => dressed(nestedRow(collection)),
    detailRow: (collection) => dressed(detailRow(collection, byId)),
    treeRow: (collection) => dressed(treeRow(collection)),
  };
}

export function byCollectionName(one: Collection, other: Collection): number {
  if (one.type !== other.type) return one.type === 'trash' ? 1 : -1;
  return one.name.toLowerCase() < other.name.toLowerCase() ? -1 : 1;
}

/** Ids from the root down to, and without, the collection itself. */
export function ancestorIds(collection: Collection): number[] {
  return collection.location.split('/').filter(Boolean).map(Number);
}

type Draft = Pick<Collection, 'id' | 'name'> & Partial<Collection>;

const ADMIN_PERSONAL: Draft = { id: 4, name: "Ada Admin's Personal Collection", ownerId: 1 };
const TRASH: Draft = { id: TRASH_ID, name: 'Trash', type: 'trash', entityId: 'trashtrashtrashtrasht' };
const BASE: Draft[] = [
  TRASH,
  { id: 2, name: 'Examples', description: 'Some examples to get started with', isSample: true },
  { id: 3, name: 'E-commerce', parentId: 2, location: '/2/', isArchived: true, isSample: true },
  ADMIN_PERSONAL,
  { id: 5, name: 'Finance', description: 'Money things', entityId: 'MqhO04i6jCd3DiTt_LEZN' },
  { id: 6, name: 'Quarterly', parentId: 5, location: '/5/' },
  { id: 7, name: 'Zażółć & "quoted" — 日本語' },
  { id: 8, name: 'Empty' },
  { id: 9, name: 'Old stuff', isArchived: true },
  { id: 10, name: 'Snippet folder', namespace: 'snippets' },
  { id: 11, name: "nameless@example.com's Personal Collection", ownerId: 3 },
  { id: 12, name: "Rita Reader's Personal Collection", ownerId: 2 },
  { id: 13, name: "Gone User's Personal Collection", ownerId: 4 },
];
const EMPTY_ID = 8;

const ROOT_ROW = {
  authority_level: null,
  can_write: true,
  name: 'Our analytics',
  is_remote_synced: null,
  effective_ancestors: [],
  can_restore: false,
  effective_location: null,
  parent_id: null,
  id: 'root',
  is_personal: false,
  can_delete: false,
};
const ROOT_ANCESTOR = {
  'metabase.collections.models.collection.root/is-root?': true,
  authority_level: null,
  name: 'Our analytics',
  is_personal: false,
  id: 'root',
  can_write: true,
};

function baseCollections(settings: Settings): Draft[] {
  return settings.size === 'empty' ? [TRASH, ADMIN_PERSONAL] : BASE;
}

function generated(settings: Settings): Draft[] {
  const drafts: Draft[] = [];
  for (let index = 0; index < settings.collections; index++) {
    const parent = index % settings.collectionDepth === 0 ? undefined : drafts[index - 1];
    const id = FIRST_GENERATED_ID + index;
    const place = parent ? { parentId: parent.id, location: `${parent.location ?? '/'}${parent.id}/` } : {};
    drafts.push({ id, name: `Team ${String(index + 1).padStart(6, '0')}`, ...place });
  }
  return drafts;
}

function finished(draft: Draft, settings: Settings, moment: Moment): Collection {
  const isArchived = draft.isArchived ?? false;
  return {
    description: null,
    location: '/',
    parentId: null,
    type: null,
    namespace: null,
    ownerId: null,
    isSample: false,
    slug: encodeURIComponent(draft.name.toLowerCase().replaceAll(/[ '"&@.-]/g, '_')),
    entityId: entityId(settings.seed, SALT, draft.id),
    createdAt: moment.of('collection', draft.id),
    archiveOperationId: isArchived ? '526041e5-39f4-4a93-af79-881cc877950c' : null,
    isArchived,
    ...draft,
  };
}

function isPlace(collection: Collection): boolean {
  return !collection.isArchived && !collection.namespace && collection.type === null && collection.id !== EMPTY_ID;
}

function nestedRow(collection: Collection): Row {
  return {
    authority_level: null,
    description: collection.description,
    archived: collection.isArchived,
    slug: collection.slug,
    archive_operation_id: collection.archiveOperationId,
    name: collection.name,
    is_remote_synced: false,
    personal_owner_id: collection.ownerId,
    type: collection.type,
    is_sample: collection.isSample,
    id: collection.id,
    archived_directly: collection.isArchived ? true : null,
    entity_id: collection.entityId,
    location: collection.location,
    namespace: collection.namespace,
    created_at: collection.createdAt,
  };
}

function listRow(collection: Collection): Row {
  return {
    ...nestedRow(collection),
    can_write: collection.type !== 'trash',
    parent_id: collection.parentId,
    is_personal: collection.ownerId !== null,
    can_delete: collection.isArchived,
  };
}

function treeRow(collection: Collection): Row {
  return { ...nestedRow(collection), can_write: collection.type !== 'trash' };
}

function detailRow(collection: Collection, byId: Map<number, Collection>): Row {
  const ids = collection.isArchived ? [TRASH_ID] : ancestorIds(collection);
  const ancestors = ids.flatMap((id) => byId.get(id) ?? []).map(ancestorRow);
  return {
    ...listRow(collection),
    effective_ancestors: [ROOT_ANCESTOR, ...ancestors],
    effective_location: collection.isArchived ? `/${TRASH_ID}/` : collection.location,
    can_restore: collection.isArchived,
  };
}

function ancestorRow({ id, name, ownerId, type }: Collection): Row {
  return { name, id, personal_owner_id: ownerId, type, can_write: type !== 'trash' };
}
