// All content of one instance, and who may read what of it.
import type { Settings } from '../options.ts';
import type { Row } from '../row.ts';
import { makeCards, type Card, type Cards } from './cards.ts';
import { ancestorIds, makeCollections, type Collection, type Collections } from './collections.ts';
import { dashboardFor, makeDashboards, type Dashboards } from './dashboards.ts';
import { makeDocuments, type Document } from './documents.ts';
import { makeDatabases, makeSnippets, type Database, type Snippet } from './libraries.ts';
import { makeMoment, type Moment } from './moment.ts';
import type { Person } from './known-people.ts';
import { makePeople, type People } from './people.ts';
import { legacyMetricRows, segmentRows } from './segments.ts';
import { subscriptionRows, type Subscriptions } from './subscriptions.ts';
import { makeTables, type Table } from './tables.ts';
import { makeTimelines, type Timeline } from './timelines.ts';

export type World = {
  settings: Settings;
  isLegacy: boolean;
  moment: Moment;
  people: People;
  collections: Collections;
  cards: Cards;
  dashboards: Dashboards;
  documents: Document[];
  databases: Database[];
  tables: Table[];
  snippets: Snippet[];
  segments: () => Row[];
  legacyMetrics: () => Row[];
  timelines: Timeline[];
  subscriptions: () => Subscriptions;
  /** How often each dashboard was looked at, by id. */
  views: Map<number, number>;
  canRead: (person: Person, collection: Collection | null) => boolean;
  canReadCard: (person: Person, card: Card) => boolean;
};

export function makeWorld(settings: Settings): World {
  const moment = makeMoment(settings);
  const people = makePeople(settings, moment);
  const collections = makeCollections(settings, moment);
  const parts = { settings, moment, people, collections };
  const cards = makeCards({ ...parts, dashboardFor: (turn) => dashboardFor(parts, turn) });
  const databases = makeDatabases(settings, moment);
  const canRead = (person: Person, collection: Collection | null) => isReadable(collections, person, collection);
  return {
    settings,
    isLegacy: settings.version === '0.43',
    moment,
    people,
    collections,
    cards,
    canRead,
    dashboards: makeDashboards(parts, () => cards),
    databases,
    tables: makeTables(settings, moment, databases),
    documents: makeDocuments(parts),
    snippets: makeSnippets(settings, moment, people),
    segments: () => segmentRows(parts),
    legacyMetrics: () => legacyMetricRows(parts),
    timelines: makeTimelines(parts),
    subscriptions: () => subscriptionRows(parts),
    views: new Map(),
    canReadCard: (person, card) => canRead(person, card.collection),
  };
}

/** Everything but what lies in another person's personal collection. */
function isReadable(collections: Collections, person: Person, collection: Collection | null): boolean {
  if (person.isSuperuser || !collection) return true;
  const owners = [collection.id, ...ancestorIds(collection)].map((id) => collections.byId.get(id)?.ownerId ?? null);
  return owners.every((owner) => owner === null || owner === person.id);
}
