// Dashboards, made from their index: the four of the recordings (all kinds of cards, tabs, empty, archived), then more of them.
import { entityId, uuid } from '../deterministic.ts';
import { legacyDashboard } from '../legacy.ts';
import type { Settings } from '../options.ts';
import { filled, type Row } from '../row.ts';
import type { Card, Cards } from './cards.ts';
import type { Collection, Collections } from './collections.ts';
import { DETAIL_SHAPES, LIST_SHAPES, type DashboardShape } from './dashboard-shapes.ts';
import { dashcards, tabRow } from './dashcards.ts';
import type { Moment } from './moment.ts';
import { ADMIN_ID, INTERNAL_ID } from './known-people.ts';
import { editedBy } from './person-rows.ts';
import type { People } from './people.ts';

const SALT = 300;
const ARCHIVED_EVERY = 10;

const RECORDED: DashboardShape[] = ['sample', 'main', 'empty', 'archived'];

export type Dashboard = {
  index: number;
  id: number;
  shape: DashboardShape;
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
