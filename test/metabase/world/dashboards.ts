// Dashboards, made from their index: the four of the recordings (all kinds of cards, tabs, empty, archived), then more of them.
import { entityId, uuid } from '../deterministic.ts';
import { legacyDashboard } from '../legacy.ts';
import type { Settings } from '../options.ts';
import { recordedRow, recordedRows } from '../recordings.ts';
import { filled, type Row } from '../row.ts';
import type { Card, Cards } from './cards.ts';
import type { Collection, Collections } from './collections.ts';
import type { Moment } from './moment.ts';
import { ADMIN_ID, editedBy, INTERNAL_ID, type People } from './people.ts';

const SALT = 300;
const SALT_DASHCARD = 330;
const SALT_TAB = 360;
const ARCHIVED_EVERY = 10;

type ShapeName = 'sample' | 'main' | 'empty' | 'archived';
const RECORDED: ShapeName[] = ['sample', 'main', 'empty', 'archived'];

export type Dashboard = {
  index: number;
  id: number;
  shape: ShapeName;
  name: string;
  collection: Collection | null;
  isArchived: boolean;
};

export type Dashboards = {
  count: number;
  at: (index: number) => Dashboard;
  byId: (id: number | string) => Dashboard | undefined;
  inCollection: (collection: Collection | null) => Generator<Dashboard>;
  listRow: (dashboard: Dashboard) => Row;
  detailRow: (dashboard: Dashboard, options: { viewCount: number; canRead: (card: Card) => boolean }) => Row;
  lastEdit: (dashboard: Dashboard) => string;
};

export type DashboardParts = { settings: Settings; moment: Moment; people: People; collections: Collections };

export function makeDashboards(parts: DashboardParts, cards: () => Cards): Dashboards {
  const { settings, collections, moment } = parts;
  const dressed = settings.version === '0.43' ? legacyDashboard : (row: Row) => row;
  return {
    count: settings.dashboards,
    at: (index) => dashboardAt(parts, index),
    byId: (id) => find(parts, id),
    inCollection: (collection) => inCollection(parts, collection),
    listRow: (dashboard) =>
      dressed(
        filled(LIST_SHAPES[dashboard.shape], { ...rowValues(parts, dashboard), collection_id: placeId(dashboard) }),
      ),
    detailRow: (dashboard, options) => {
      const row = filled(DETAIL_SHAPES[dashboard.shape], rowValues(parts, dashboard));
      row.view_count = options.viewCount;
      row.collection_id = dashboard.isArchived ? 1 : placeId(dashboard);
      row.collection = dashboard.collection && detailCollection(collections, dashboard.collection);
      row.tabs = (row.tabs as Row[]).map((tab, position) => tabRow(parts, dashboard, tab, position));
      row.dashcards = dashcards(parts, cards(), dashboard, options.canRead);
      return dressed(row);
    },
    lastEdit: ({ id }) => moment.after('dashboard', id),
  };
}

/** The live dashboard that holds the n-th dashboard question: the recorded empty one first. */
export function dashboardFor(parts: DashboardParts, turn: number): Dashboard | undefined {
  const { dashboards } = parts.settings;
  if (dashboards < RECORDED.length) return undefined;
  const generated = dashboards - RECORDED.length;
  const home = dashboardAt(parts, turn === 0 || generated === 0 ? 2 : RECORDED.length + (turn % generated));
  return home.isArchived ? dashboardAt(parts, 2) : home;
}

const LIST_SHAPES: Record<ShapeName, Row> = {
  sample: recordedRows('admin/dashboard').find(({ id }) => id === 1) ?? {},
  main: recordedRows('admin/dashboard').find(({ id }) => id === 2) ?? {},
  empty: recordedRows('admin/dashboard').find(({ id }) => id === 3) ?? {},
  archived: recordedRows('admin/dashboard_archived')[0] ?? {},
};
const DETAIL_SHAPES: Record<ShapeName, Row> = {
  sample: recordedRow('admin/dashboard_one_sample'),
  main: recordedRow('admin/dashboard_one_main'),
  empty: recordedRow('admin/dashboard_one_empty'),
  archived: recordedRow('admin/dashboard_one_archived'),
};
const MAIN_CARD_INDEXES = [1, 5, 2];
const SERIES_CARD_INDEX = 4;

function dashboardAt({ collections }: DashboardParts, index: number): Dashboard {
  const recorded = RECORDED[index];
  const shape = recorded ?? (index % ARCHIVED_EVERY === ARCHIVED_EVERY - 1 ? 'archived' : 'main');
  const isArchived = shape === 'archived';
  const name = recorded ? String(LIST_SHAPES[shape].name) : `Report ${String(index).padStart(6, '0')}`;
  const place = recorded
    ? collections.byId.get(LIST_SHAPES[shape].collection_id as number)
    : collections.places[index % collections.places.length];
  return { index, id: index + 1, shape, name, collection: place ?? null, isArchived };
}

function* inCollection(parts: DashboardParts, collection: Collection | null): Generator<Dashboard> {
  for (let index = 0; index < parts.settings.dashboards; index++) {
    const dashboard = dashboardAt(parts, index);
    if (dashboard.collection === collection) yield dashboard;
  }
}

function find(parts: DashboardParts, id: number | string): Dashboard | undefined {
  const { dashboards } = parts.settings;
  if (typeof id === 'number') return id >= 1 && id <= dashboards ? dashboardAt(parts, id - 1) : undefined;
  for (let index = 0; index < dashboards; index++) {
    if (dashboardEntityId(parts, index) === id) return dashboardAt(parts, index);
  }
  return undefined;
}

function dashboardEntityId({ settings }: DashboardParts, index: number): string {
  const recorded = RECORDED[index];
  return recorded ? String(LIST_SHAPES[recorded].entity_id) : entityId(settings.seed, SALT, index);
}

function placeId(dashboard: Dashboard): number | null {
  return dashboard.collection?.id ?? null;
}

function rowValues(parts: DashboardParts, dashboard: Dashboard): Row {
  const { settings, moment, people } = parts;
  const { id, name, index, shape } = dashboard;
  const [created_at, updated_at] = [moment.of('dashboard', id), moment.after('dashboard', id)];
  const creator_id = shape === 'sample' ? INTERNAL_ID : ADMIN_ID;
  const public_uuid = shape === 'main' && index % 5 === 1 ? uuid(settings.seed, SALT, index) : null;
  return {
    id,
    name,
    entity_id: dashboardEntityId(parts, index),
    created_at,
    updated_at,
    last_viewed_at: created_at,
    creator_id,
    creator: people.creatorRow(creator_id),
    public_uuid,
    made_public_by_id: public_uuid === null ? null : ADMIN_ID,
    'last-edit-info': editedBy(updated_at),
  };
}

function detailCollection(collections: Collections, collection: Collection): Row {
  const is_personal = collection.ownerId !== null;
  return { ...collections.nestedRow(collection), effective_location: collection.location, is_personal };
}

/** Ids as recorded: the main dashboard has tabs 4 and 5, cards 35 to 38. */
function tabId({ index }: Dashboard, position: number): number {
  return index === 0 ? 1 + position : 4 + (index - 1) * 2 + position;
}

function dashcardId({ index }: Dashboard, position: number): number {
  return index === 0 ? 1 + position : 35 + (index - 1) * 8 + position;
}

function tabRow({ settings, moment }: DashboardParts, dashboard: Dashboard, tab: Row, position: number): Row {
  const id = tabId(dashboard, position);
  const created_at = moment.of('dashboard', dashboard.id);
  const entity_id = entityId(settings.seed, SALT_TAB, id);
  return { ...tab, id, dashboard_id: dashboard.id, entity_id, created_at, updated_at: created_at };
}

function dashcards(parts: DashboardParts, cards: Cards, dashboard: Dashboard, canRead: (card: Card) => boolean): Row[] {
  if (dashboard.shape === 'empty') return questionsOf(parts, cards, dashboard, canRead);
  const shape = DETAIL_SHAPES[dashboard.shape];
  const firstTab = Math.min(...(shape.tabs as { id: number }[]).map(({ id }) => id));
  const chosen = chosenCards(cards, dashboard);
  return (shape.dashcards as Row[]).flatMap((dashcard, position) => {
    const card = dashcard.card_id === null ? undefined : chosen.shift();
    if (dashcard.card_id !== null && (!card || card.isArchived)) return [];
    const tab = tabId(dashboard, (dashcard.dashboard_tab_id as number) - firstTab);
    const series = position === 3 && dashboard.index % 2 === 0 ? [cards.at(SERIES_CARD_INDEX % cards.count)] : [];
    return [dashcardRow(parts, cards, { dashboard, dashcard, position, tab, card, series, canRead })];
  });
}

function chosenCards(cards: Cards, { index }: Dashboard): Card[] {
  if (cards.count === 0) return [];
  if (index <= 1) return MAIN_CARD_INDEXES.filter((card) => card < cards.count).map(cards.at);
  return MAIN_CARD_INDEXES.map((offset) => cards.at((index * MAIN_CARD_INDEXES.length + offset) % cards.count));
}

/** An empty dashboard still shows the questions that live in it. */
function questionsOf(
  parts: DashboardParts,
  cards: Cards,
  dashboard: Dashboard,
  canRead: (card: Card) => boolean,
): Row[] {
  const [dashcard] = DETAIL_SHAPES.empty.dashcards as Row[];
  const question = cards.byId('oFthWynYyIhK8KdXH_cKj');
  if (!dashcard || question?.dashboardId !== dashboard.id) return [];
  return [
    dashcardRow(parts, cards, { dashboard, dashcard, position: 0, tab: null, card: question, series: [], canRead }),
  ];
}

type Place = {
  dashboard: Dashboard;
  dashcard: Row;
  position: number;
  tab: number | null;
  card: Card | undefined;
  series: Card[];
  canRead: (card: Card) => boolean;
};

function dashcardRow(parts: DashboardParts, cards: Cards, place: Place): Row {
  const { dashboard, dashcard, card } = place;
  const id = dashcardId(dashboard, place.position);
  const created_at = parts.moment.of('dashboard', dashboard.id);
  const shown = card && (place.canRead(card) ? cards.stubRow(card) : { id: card.id });
  const mappings = (dashcard.parameter_mappings as Row[]).map((mapping) => ({ ...mapping, card_id: card?.id ?? null }));
  return {
    ...dashcard,
    id,
    dashboard_id: dashboard.id,
    dashboard_tab_id: place.tab,
    card_id: card?.id ?? null,
    created_at,
    updated_at: created_at,
    entity_id: entityId(parts.settings.seed, SALT_DASHCARD, id),
    parameter_mappings: mappings,
    card: shown ?? dashcard.card,
    series: place.series.map(cards.stubRow),
  };
}
