// Cards, made from their index: the eleven recorded ones (native, MBQL, model, metric, archived …), then more in their shapes.
import { entityId, hash, uuid } from '../deterministic.ts';
import type { JsonTemplate, Fillings } from '../json-template.ts';
import { legacyCard, legacyQuery } from '../legacy.ts';
import type { Settings } from '../options.ts';
import { recordedRow } from '../recordings.ts';
import { filled, type Row } from '../row.ts';
import { detailShape, FIRST_CARD_ID, listShape, shapeAt, SHAPES, stubShape, type ShapeName } from './card-shapes.ts';
import { cardWriter } from './card-writer.ts';
import { TRASH_ID, type Collection, type Collections } from './collections.ts';
import type { Moment } from './moment.ts';
import { ADMIN_ID, INTERNAL_ID, READER_ID } from './known-people.ts';
import { editedBy } from './person-rows.ts';
import type { People } from './people.ts';

const SALT = 200;
const SALT_VIEWS = 290;
const RECORDED = SHAPES.length;

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

/** What differs between cards of one shape. */
export type CardValues = {
  entityId: string;
  createdAt: string;
  updatedAt: string;
  viewCount: number;
  publicUuid: string | null;
};

export type Cards = {
  count: number;
  at: (index: number) => Card;
  byId: (id: number | string) => Card | undefined;
  /** All of them, in the order of the list: by name. */
  inOrder: () => Generator<Card>;
  /** Without the questions that live in a dashboard there, which are listed only when asked for. */
  inCollection: (collection: Collection | null) => Generator<Card>;
  inDashboards: (collection: Collection | null) => Generator<Card>;
  modelOf: (card: Card) => 'card' | 'dataset' | 'metric';
  listRow: (card: Card) => Row;
  detailRow: (card: Card, options: DetailOptions) => Row;
  /** As nested in a dashboard's cards. */
  stubRow: (card: Card) => Row;
  /** The same JSON as `listRow`, made much faster. */
  writer: () => (card: Card) => { template: JsonTemplate; fillings: Fillings };
  /** Id of the recorded card of the same shape. */
  recordedId: (card: Card) => number;
};

type DetailOptions = { isSuperuser: boolean; isLegacyQuery: boolean; dashboardName: string | null };

type CardParts = {
  settings: Settings;
  moment: Moment;
  people: People;
  collections: Collections;
  /** The live dashboard that holds the n-th dashboard question. */
  dashboardFor: (turn: number) => { id: number; collection: Collection | null } | undefined;
};

export function makeCards(parts: CardParts): Cards {
  const { settings, collections, people } = parts;
  const isLegacy = settings.version === '0.43';
  const dressed = isLegacy ? legacyCard : (row: Row) => row;
  const at = (index: number) => cardAt(parts, index);
  const values = (card: Card) => valuesOf(parts, card);
  return {
    count: settings.cards,
    at,
    byId: (id) => find(parts, id),
    inOrder: () => inOrder(settings.cards, at),
    inCollection: (collection) => inCollection(parts, collection, at),
    inDashboards: (collection) => inDashboards(settings.cards, collection, at),
    modelOf: ({ shape }) => (shape === 'model' ? 'dataset' : shape === 'metric' && !isLegacy ? 'metric' : 'card'),
    listRow: (card) => dressed(filled(listShape(card.shape), rowValues(parts, card))),
    detailRow: (card, options) => dressed(detailRow(parts, card, options)),
    stubRow: (card) => dressed(filled(stubShape(card.shape), rowValues(parts, card))),
    writer: () => cardWriter({ collections, people, dressed, values }),
    recordedId: ({ shape }) => FIRST_CARD_ID + SHAPES.indexOf(shape),
  };
}

function cardAt({ settings, collections, dashboardFor }: CardParts, index: number): Card {
  const turn = index - RECORDED;
  const isRecorded = turn < 0;
  const wanted = shapeAt(index);
  const isQuestion = wanted === 'dashboard_question';
  const home = isQuestion && settings.version !== '0.43' ? dashboardFor(isRecorded ? 0 : turn) : undefined;
  const shape = isQuestion && !home ? 'native' : wanted;
  const place = isRecorded ? recordedPlace(shape, collections) : placeOf(turn, collections);
  return {
    index,
    id: FIRST_CARD_ID + index,
    shape,
    name: isRecorded ? String(listShape(shape).name) : `Question ${String(index).padStart(7, '0')}`,
    collection: home ? home.collection : place,
    dashboardId: home?.id ?? null,
    isArchived: shape === 'archived',
    creatorId: shape === 'sample' ? INTERNAL_ID : turn % 7 === 3 ? READER_ID : ADMIN_ID,
  };
}

function recordedPlace(shape: ShapeName, collections: Collections): Collection | null {
  return collections.byId.get(listShape(shape).collection_id as number) ?? null;
}

function placeOf(turn: number, { places }: Collections): Collection | null {
  return places[turn % places.length] ?? null;
}

function* inOrder(count: number, at: (index: number) => Card): Generator<Card> {
  const recorded = Array.from({ length: Math.min(count, RECORDED) }, (_, index) => at(index));
  recorded.sort((one, other) => (one.name.toLowerCase() < other.name.toLowerCase() ? -1 : 1));
  yield* recorded.filter(({ name }) => name < 'Question');
  for (let index = RECORDED; index < count; index++) yield at(index);
  yield* recorded.filter(({ name }) => name >= 'Question');
}

function* inCollection(
  { settings, collections }: CardParts,
  collection: Collection | null,
  at: (index: number) => Card,
): Generator<Card> {
  for (let index = 0; index < Math.min(settings.cards, RECORDED); index++) {
    const card = at(index);
    if (card.collection === collection && card.dashboardId === null) yield card;
  }
  const place = collections.places.indexOf(collection);
  if (place < 0) return;
  for (let index = RECORDED + place; index < settings.cards; index += collections.places.length) {
    const card = at(index);
    if (card.dashboardId === null) yield card;
  }
}

function* inDashboards(count: number, collection: Collection | null, at: (index: number) => Card): Generator<Card> {
  for (let index = 0; index < count; index++) {
    const card = at(index);
    if (card.dashboardId !== null && card.collection === collection) yield card;
  }
}

function find(parts: CardParts, id: number | string): Card | undefined {
  const { cards } = parts.settings;
  if (typeof id === 'number') {
    const index = id - FIRST_CARD_ID;
    return index >= 0 && index < cards ? cardAt(parts, index) : undefined;
  }
  for (let index = 0; index < cards; index++) {
    if (cardEntityId(parts.settings, index) === id) return cardAt(parts, index);
  }
  return undefined;
}

function cardEntityId(settings: Settings, index: number): string {
  if (index < RECORDED) return String(listShape(shapeAt(index)).entity_id);
  return entityId(settings.seed, SALT, index);
}

function valuesOf({ settings, moment }: CardParts, { id, index, shape }: Card): CardValues {
  const isPublic = shape === 'native' && index % 20 === 1;
  return {
    entityId: cardEntityId(settings, index),
    createdAt: moment.of('card', id),
    updatedAt: moment.after('card', id),
    viewCount: hash(settings.seed, SALT_VIEWS, index) % 500,
    publicUuid: isPublic ? uuid(settings.seed, SALT, index) : null,
  };
}

function rowValues(parts: CardParts, card: Card): Row {
  const values = valuesOf(parts, card);
  return {
    id: card.id,
    name: card.name,
    entity_id: values.entityId,
    created_at: values.createdAt,
    updated_at: values.updatedAt,
    last_used_at: values.updatedAt,
    cache_invalidated_at: card.isArchived ? values.updatedAt : null,
    'last-edit-info': editedBy(values.updatedAt),
    creator_id: card.creatorId,
    creator: parts.people.creatorRow(card.creatorId),
    collection_id: card.collection?.id ?? null,
    collection: card.collection && parts.collections.nestedRow(card.collection),
    dashboard_id: card.dashboardId,
    view_count: values.viewCount,
    public_uuid: values.publicUuid,
    made_public_by_id: values.publicUuid === null ? null : ADMIN_ID,
  };
}

function detailRow(parts: CardParts, card: Card, options: DetailOptions): Row {
  const isLegacy = parts.settings.version === '0.43';
  const { collection, dashboardId: id } = card;
  const row = filled(detailShape(card.shape), {
    ...rowValues(parts, card),
    dashboard: id === null ? null : { name: options.dashboardName, id, moderation_status: null },
    can_manage_db: options.isSuperuser,
  });
  row.collection = collection
    ? { ...parts.collections.nestedRow(collection), is_personal: collection.ownerId !== null }
    : ROOT_OF_DETAIL;
  if (card.isArchived && !isLegacy) row.collection_id = TRASH_ID;
  if (options.isLegacyQuery && !isLegacy) row.dataset_query = legacyQuery(row.dataset_query as Row);
  return row;
}

const ROOT_OF_DETAIL = recordedRow('admin/card_one_model').collection;
