// Timelines and their events: the recorded one, one without events, one archived. What the recordings do not show (archived
// ones, 0.43) is from the source (S).
import { entityId } from '../deterministic.ts';
import { legacyTimeline, legacyTimelineEvent } from '../legacy.ts';
import type { Settings } from '../options.ts';
import { recordedRow } from '../recordings.ts';
import { without, type Row } from '../row.ts';
import type { Collection, Collections } from './collections.ts';
import { ADMIN_ID } from './known-people.ts';
import type { Moment } from './moment.ts';
import type { People } from './people.ts';

const SALT = 680;

type EventDraft = { id: number; name: string; timestamp: string; isArchived: boolean };
type Draft = { id: number; name: string; collectionId: number; isArchived: boolean; events: EventDraft[] };

export type Timeline = Omit<Draft, 'events'> & {
  collection: Collection | null;
  row: () => Row;
  events: { isArchived: boolean; row: () => Row }[];
};

type Parts = { settings: Settings; moment: Moment; people: People; collections: Collections };

const DRAFTS: Draft[] = [
  {
    id: 1,
    name: 'Releases',
    collectionId: 5,
    isArchived: false,
    events: [
      { id: 1, name: 'v1', timestamp: '2024-05-01T00:00:00Z', isArchived: false },
      { id: 2, name: 'v2, withdrawn', timestamp: '2024-06-01T00:00:00Z', isArchived: true },
    ],
  },
  { id: 2, name: 'Campaigns', collectionId: 2, isArchived: false, events: [] },
  {
    id: 3,
    name: 'Old launches',
    collectionId: 5,
    isArchived: true,
    events: [{ id: 3, name: 'v0', timestamp: '2023-01-01T00:00:00Z', isArchived: true }],
  },
];

export function makeTimelines(parts: Parts): Timeline[] {
  return parts.settings.size === 'empty' ? [] : DRAFTS.map((draft) => timelineOf(parts, draft));
}

function timelineOf(parts: Parts, draft: Draft): Timeline {
  const { settings, collections } = parts;
  const collection = collections.byId.get(draft.collectionId) ?? null;
  const recorded = without(recordedRow('admin/timeline_one'), 'events');
  const row = () => ({
    ...recorded,
    ...made(parts, draft),
    collection_id: draft.collectionId,
    collection: collection && { ...collections.nestedRow(collection), can_write: true },
    ...(draft.id > 1 && { entity_id: entityId(settings.seed, SALT, draft.id) }),
  });
  return {
    ...draft,
    collection,
    row: () => (settings.version === '0.43' ? legacyTimeline(row()) : row()),
    events: draft.events.map((event) => ({ isArchived: event.isArchived, row: () => eventRow(parts, draft, event) })),
  };
}

function eventRow(parts: Parts, { id }: Draft, draft: EventDraft): Row {
  const [recorded] = recordedRow('admin/timeline_one').events as Row[];
  const row = { ...recorded, ...made(parts, draft), timeline_id: id, timestamp: draft.timestamp };
  return parts.settings.version === '0.43' ? legacyTimelineEvent(row) : row;
}

function made({ moment, people }: Parts, { id, name, isArchived }: Pick<Draft, 'id' | 'name' | 'isArchived'>): Row {
  const stamps = { created_at: moment.of('timeline', id), updated_at: moment.after('timeline', id) };
  return { ...stamps, id, name, archived: isArchived, creator_id: ADMIN_ID, creator: people.creatorRow(ADMIN_ID) };
}
