// Cards, made from their index: eleven recorded shapes (native, MBQL, model, metric, dashboard question, archived …) in turn.
import { entityId, hash, uuid } from '../deterministic.ts';
import { hole, jsonTemplate, type Fillings, type JsonTemplate } from '../json-template.ts';
import { legacyCard, legacyQuery } from '../legacy.ts';
import type { Settings } from '../options.ts';
import { recordedRow, recordedRows } from '../recordings.ts';
import { filled, without, type Row } from '../row.ts';
import type { Collection, Collections } from './collections.ts';
import type { Moment } from './moment.ts';
import { ADMIN_ID, INTERNAL_ID, READER_ID, type People } from './people.ts';

export const FIRST_CARD_ID = 37;

const SALT = 200;
const SHAPES = [
  ...['sample', 'native', 'mbql', 'model', 'metric', 'tags', 'broken', 'all_orders', 'archived', 'types'],
  'dashboard_question',
] as const;
type ShapeName = (typeof SHAPES)[number];

/** What follows the eleven recorded cards, over and over: about 3 kB a card. */
const PATTERN = shapesFrom(
  'mbql native types mbql tags metric native mbql archived sample native mbql tags native types model mbql native metric mbql ' +
    'native mbql sample tags native dashboard_question mbql broken native mbql archived native metric types mbql all_orders native tags mbql native',
);

export type Card = {
  index: number;
  id: number;
  shape: ShapeName;
  name: string;
  /** Where it is, or was before it went to the trash; null is the root. */
  collection: Collection | null;
  /** Id of the dashboard it lives in. */
  dashboardId: number | null;
  isArchived: boolean;
  creatorId: number;
};

export type Cards = {
  count: number;
  at: (index: number) => Card;
  byId: (id: number | string) => Card | undefined;
  /** All of them, in the order of the list: by name. */
  inOrder: () => Generator<Card>;
  inCollection: (collection: Collection | null) => Generator<Card>;
  modelOf: (card: Card) => 'card' | 'dataset' | 'metric';
  listRow: (card: Card) => Row;
  detailRow: (card: Card, options: DetailOptions) => Row;
  /** As nested in a dashboard's cards. */
  stubRow: (card: Card) => Row;
  /** The list row as a template and what fills it: the same JSON as `listRow`, made faster. */
  compiled: () => (card: Card) => { template: JsonTemplate; fillings: Fillings };
  recordedId: (card: Card) => number;
  lastEdit: (card: Card) => string;
};

export type DetailOptions = { isSuperuser: boolean; isLegacyQuery: boolean; dashboardName: string | null };

export type CardParts = {
  settings: Settings;
  moment: Moment;
  people: People;
  collections: Collections;
  /** The live dashboard that holds the n-th dashboard question. */
  dashboardFor: (turn: number) => { id: number; collection: Collection | null } | undefined;
};

export function makeCards(parts: CardParts): Cards {
  const { settings, collections } = parts;
  const isLegacy = settings.version === '0.43';
  const dressed = isLegacy ? legacyCard : (row: Row) => row;
  const at = (index: number) => cardAt(parts, index);
  const values = (card: Card) => valuesOf(parts, card);
  const trashed = (card: Card) => (card.isArchived && !isLegacy ? 1 : (card.collection?.id ?? null));
  return {
    count: settings.cards,
    at,
    byId: (id) => find(parts, id),
    inOrder: () => inOrder(settings.cards, at),
    inCollection: (collection) => inCollection(parts, collection, at),
    modelOf: ({ shape }) => (shape === 'model' ? 'dataset' : shape === 'metric' && !isLegacy ? 'metric' : 'card'),
    listRow: (card) => dressed(filled(listShape(card.shape), rowValues(parts, values(card), card))),
    detailRow: (card, options) => {
      const row = filled(detailShape(card.shape), {
        ...rowValues(parts, values(card), card),
        ...detailValues(card, options),
      });
      row.collection = card.collection
        ? { ...collections.nestedRow(card.collection), is_personal: card.collection.ownerId !== null }
        : ROOT_OF_DETAIL;
      row.collection_id = trashed(card);
      if (options.isLegacyQuery && !isLegacy) row.dataset_query = legacyQuery(row.dataset_query as Row);
      return dressed(row);
    },
    stubRow: (card) => dressed(filled(stubShape(card.shape), rowValues(parts, values(card), card))),
    compiled: () => compiled(parts, values, dressed),
    recordedId: ({ shape }) => FIRST_CARD_ID + SHAPES.indexOf(shape),
    lastEdit: (card) => parts.moment.after('card', card.id),
  };
}

const ROOT_OF_DETAIL = recordedRow('admin/card_one_model').collection;
const STUB_LACKS = [
  ...['can_run_adhoc_query', 'creator', 'last_query_start', 'is_remote_synced', 'dashboard_count', 'dashboard'],
  ...['average_query_time', 'can_restore', 'can_manage_db', 'last-edit-info', 'collection', 'parameter_usage_count'],
  'can_delete',
];

const LIST_SHAPES = shapeRows((shape, index) =>
  shape === 'archived'
    ? recordedRows('admin/card_archived')[0]
    : recordedRows('admin/card').find(({ id }) => id === FIRST_CARD_ID + index),
);
const DETAIL_SHAPES = shapeRows((shape) =>
  shape === 'sample' ? sampleDetail() : recordedRow(`admin/card_one_${shape}`),
);

function shapeRows(recorded: (shape: ShapeName, index: number) => Row | undefined): Map<ShapeName, Row> {
  return new Map(SHAPES.map((shape, index) => [shape, recorded(shape, index) ?? {}]));
}

/** The sample card has no recorded detail: its list row with what a detail adds. */
function sampleDetail(): Row {
  const detail = without(recordedRow('admin/card_one_native'), 'last-edit-info');
  return { ...detail, ...recordedRows('admin/card').find(({ id }) => id === FIRST_CARD_ID) };
}

function listShape(shape: ShapeName): Row {
  return LIST_SHAPES.get(shape) ?? {};
}

function detailShape(shape: ShapeName): Row {
  return DETAIL_SHAPES.get(shape) ?? {};
}

function stubShape(shape: ShapeName): Row {
  return { ...without(detailShape(shape), ...STUB_LACKS), query_average_duration: null };
}

function shapesFrom(names: string): ShapeName[] {
  return names.split(' ') as ShapeName[];
}

function cardAt({ settings, collections, dashboardFor }: CardParts, index: number): Card {
  const isRecorded = index < SHAPES.length;
  const turn = index - SHAPES.length;
  const wanted = (isRecorded ? SHAPES[index] : PATTERN[turn % PATTERN.length]) ?? 'native';
  const home =
    wanted === 'dashboard_question' && settings.version !== '0.43' ? dashboardFor(isRecorded ? 0 : turn) : undefined;
  const shape = wanted === 'dashboard_question' && !home ? 'native' : wanted;
  const id = FIRST_CARD_ID + index;
  const name = isRecorded ? String(listShape(shape).name) : `Question ${String(index).padStart(7, '0')}`;
  const creatorId = shape === 'sample' ? INTERNAL_ID : turn % 7 === 3 ? READER_ID : ADMIN_ID;
  const collection = home
    ? home.collection
    : isRecorded
      ? recordedPlace(shape, collections)
      : placeOf(turn, collections);
  return {
    index,
    id,
    shape,
    name,
    collection,
    dashboardId: home?.id ?? null,
    isArchived: shape === 'archived',
    creatorId,
  };
}

function recordedPlace(shape: ShapeName, collections: Collections): Collection | null {
  return collections.byId.get(listShape(shape).collection_id as number) ?? null;
}

function placeOf(turn: number, { places }: Collections): Collection | null {
  return places[turn % places.length] ?? null;
}

function* inOrder(count: number, at: (index: number) => Card): Generator<Card> {
  const recorded = Array.from({ length: Math.min(count, SHAPES.length) }, (_, index) => at(index));
  recorded.sort((one, other) => (one.name.toLowerCase() < other.name.toLowerCase() ? -1 : 1));
  yield* recorded.filter(({ name }) => name < 'Question');
  for (let index = SHAPES.length; index < count; index++) yield at(index);
  yield* recorded.filter(({ name }) => name >= 'Question');
}

function* inCollection(
  { settings, collections }: CardParts,
  collection: Collection | null,
  at: (index: number) => Card,
) {
  for (let index = 0; index < Math.min(settings.cards, SHAPES.length); index++) {
    if (at(index).collection === collection) yield at(index);
  }
  const place = collections.places.indexOf(collection);
  if (place < 0) return;
  for (let index = SHAPES.length + place; index < settings.cards; index += collections.places.length) {
    if (at(index).dashboardId === null) yield at(index);
  }
}

function find(parts: CardParts, id: number | string): Card | undefined {
  if (typeof id === 'number') {
    const index = id - FIRST_CARD_ID;
    return index >= 0 && index < parts.settings.cards ? cardAt(parts, index) : undefined;
  }
  for (let index = 0; index < parts.settings.cards; index++) {
    if (cardEntityId(parts.settings, index) === id) return cardAt(parts, index);
  }
  return undefined;
}

function cardEntityId(settings: Settings, index: number): string {
  if (index < SHAPES.length) return String(listShape(SHAPES[index] ?? 'native').entity_id);
  return entityId(settings.seed, SALT, index);
}

type Values = ReturnType<typeof valuesOf>;

function valuesOf({ settings, moment, people }: CardParts, card: Card) {
  const { id, name, index } = card;
  return {
    ...{
      id,
      name,
      entity_id: cardEntityId(settings, index),
      creator_id: people.byId.has(card.creatorId) ? card.creatorId : 1,
    },
    ...{
      created_at: moment.of('card', id),
      updated_at: moment.after('card', id),
      collection_id: card.collection?.id ?? null,
    },
    ...{ dashboard_id: card.dashboardId, view_count: hash(settings.seed, SALT + 90, index) % 500 },
    public_uuid: card.shape === 'native' && index % 20 === 1 ? uuid(settings.seed, SALT, index) : null,
  };
}

/** Values under the names of a row's fields. */
function rowValues(parts: CardParts, values: Values, card: Card): Row {
  const collection = card.collection && parts.collections.nestedRow(card.collection);
  return {
    ...{ ...values, last_used_at: values.updated_at, creator: parts.people.creatorRow(values.creator_id), collection },
    'last-edit-info': edited(values.updated_at),
    cache_invalidated_at: card.isArchived ? values.updated_at : null,
    made_public_by_id: values.public_uuid === null ? null : ADMIN_ID,
  };
}

function edited(timestamp: string): Row {
  return { id: ADMIN_ID, email: 'admin@example.com', first_name: 'Ada', last_name: 'Admin', timestamp };
}

function detailValues(card: Card, { isSuperuser, dashboardName }: DetailOptions): Row {
  const dashboard =
    card.dashboardId === null ? null : { name: dashboardName, id: card.dashboardId, moderation_status: null };
  return { dashboard, can_manage_db: isSuperuser };
}

function compiled(parts: CardParts, values: (card: Card) => Values, dressed: (row: Row) => Row) {
  const templates = new Map(SHAPES.map((shape) => [shape, jsonTemplate(dressed(filled(listShape(shape), HOLES)))]));
  const nested = new Map<number | null, Buffer>([[null, Buffer.from('null')]]);
  for (const collection of parts.collections.all) {
    nested.set(collection.id, Buffer.from(JSON.stringify(parts.collections.nestedRow(collection))));
  }
  const creators = new Map<number, Buffer>();
  for (const id of [ADMIN_ID, READER_ID, INTERNAL_ID]) {
    creators.set(id, Buffer.from(JSON.stringify(parts.people.creatorRow(id))));
  }
  return (card: Card) => {
    const { id, name, entity_id, creator_id, created_at, updated_at, public_uuid, view_count } = values(card);
    const template = templates.get(card.shape);
    if (!template) throw new Error(`No template for cards of shape "${card.shape}".`);
    const updated = `"${updated_at}"`;
    const collectionId = card.collection?.id ?? null;
    return {
      template,
      fillings: {
        ...{ id: String(id), name: JSON.stringify(name), entity_id: `"${entity_id}"`, creator_id: String(creator_id) },
        ...{ created_at: `"${created_at}"`, updated_at: updated, invalidated: card.isArchived ? updated : 'null' },
        ...{
          public_uuid: JSON.stringify(public_uuid),
          made_public_by_id: public_uuid === null ? 'null' : String(ADMIN_ID),
        },
        ...{ collection_id: String(collectionId), collection: nested.get(collectionId) ?? 'null' },
        ...{ creator: creators.get(creator_id) ?? 'null', dashboard_id: String(card.dashboardId) },
        view_count: String(view_count),
      },
    };
  };
}

const HOLES: Row = {
  ...Object.fromEntries(
    [
      ...[
        'id',
        'name',
        'entity_id',
        'creator_id',
        'created_at',
        'updated_at',
        'collection_id',
        'dashboard_id',
        'creator',
      ],
      ...['collection', 'public_uuid', 'made_public_by_id', 'view_count'],
    ].map((key) => [key, hole(key)]),
  ),
  ...{ last_used_at: hole('updated_at'), cache_invalidated_at: hole('invalidated') },
  'last-edit-info': edited(hole('updated_at')),
};
