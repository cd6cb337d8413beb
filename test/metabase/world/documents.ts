// Documents: text with cards in it. The recorded build has none: all fields are from the source of later ones (S).
import { entityId } from '../deterministic.ts';
import type { Settings } from '../options.ts';
import type { Row } from '../row.ts';
import type { Collection, Collections } from './collections.ts';
import { TRASH_ID } from './collections.ts';
import { ADMIN_ID } from './known-people.ts';
import type { Moment } from './moment.ts';
import type { People } from './people.ts';

const SALT = 660;
const ARCHIVED_EVERY = 4;

export type Document = { id: number; name: string; isArchived: boolean; collection: Collection | null; row: () => Row };

type Parts = { settings: Settings; moment: Moment; people: People; collections: Collections };

export function makeDocuments(parts: Parts): Document[] {
  return Array.from({ length: parts.settings.documents }, (_, index) => documentAt(parts, index));
}

function documentAt({ settings, moment, people, collections: { places } }: Parts, index: number): Document {
  const id = index + 1;
  const name = `Notes ${String(id).padStart(4, '0')}`;
  const isArchived = index % ARCHIVED_EVERY === ARCHIVED_EVERY - 1;
  const collection = places[index % places.length] ?? null;
  const row = () => ({
    id,
    name,
    document: { type: 'doc', content: [{ type: 'paragraph', content: [{ type: 'text', text: `About ${name}` }] }] },
    content_type: 'application/json+vnd.prose-mirror',
    collection_id: isArchived ? TRASH_ID : (collection?.id ?? null),
    collection_position: null,
    creator_id: ADMIN_ID,
    creator: people.creatorRow(ADMIN_ID),
    archived: isArchived,
    archived_directly: isArchived,
    entity_id: entityId(settings.seed, SALT, index),
    can_write: true,
    is_remote_synced: false,
    view_count: 0,
    created_at: moment.of('document', id),
    updated_at: moment.after('document', id),
  });
  return { id, name, isArchived, collection, row };
}
