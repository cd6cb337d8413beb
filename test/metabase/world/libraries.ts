// The small lists: native query snippets and databases, after the recorded ones.
import { entityId } from '../deterministic.ts';
import { legacyDatabase, legacySnippet } from '../legacy.ts';
import type { Settings } from '../options.ts';
import { recordedRow, recordedRows } from '../recordings.ts';
import { without, type Row } from '../row.ts';
import type { Moment } from './moment.ts';
import { ADMIN_ID } from './known-people.ts';
import type { People } from './people.ts';

const SALT_SNIPPET = 400;
const ARCHIVED_EVERY = 4;
const SNIPPET_FOLDER_ID = 10;

export type Database = { id: number; listRow: Row; detailRow: Row };
export type Snippet = { id: number; isArchived: boolean; entityId: string; row: () => Row };

export function makeDatabases(settings: Settings, moment: Moment): Database[] {
  const dressed = settings.version === '0.43' ? legacyDatabase : (row: Row) => row;
  const [listed] = recordedRows('admin/database');
  const detail = recordedRow('admin/database_one');
  return Array.from({ length: settings.databases }, (_, index) => {
    const id = index + 1;
    const values = { id, ...(index > 0 && warehouse(id)), ...dates(moment, id) };
    return { id, listRow: dressed({ ...listed, ...values }), detailRow: dressed({ ...detail, ...values }) };
  });
}

/** What a user without rights sees of a database: no connection details. */
export function withoutDetails(row: Row): Row {
  return without(row, 'details', 'can-manage');
}

export function makeSnippets(settings: Settings, moment: Moment, people: People): Snippet[] {
  const isLegacy = settings.version === '0.43';
  const recorded = [...recordedRows('admin/native_query_snippet')].sort(
    (one, other) => Number(one.id) - Number(other.id),
  );
  return Array.from({ length: settings.snippets }, (_, index) => {
    const shape = recorded[index] ?? { ...recorded[0], ...generatedSnippet(settings, index) };
    const id = index + 1;
    const isArchived = index % ARCHIVED_EVERY === ARCHIVED_EVERY - 1;
    const stamps = dates(moment, id);
    const row = () => {
      const creator = people.creatorRow(ADMIN_ID);
      const values = { ...shape, ...stamps, id, archived: isArchived, creator, creator_id: ADMIN_ID };
      return isLegacy ? legacySnippet({ ...values, ...zoned(stamps) }) : values;
    };
    return { id, isArchived, entityId: String(shape.entity_id), row };
  });
}

function generatedSnippet({ seed }: Settings, index: number): Row {
  return {
    name: `snippet ${String(index).padStart(5, '0')}`,
    description: null,
    content: `total > ${index}`,
    collection_id: index % 2 === 0 ? SNIPPET_FOLDER_ID : null,
    is_remote_synced: null,
    template_tags: {},
    entity_id: entityId(seed, SALT_SNIPPET, index),
  };
}

function warehouse(id: number): Row {
  return {
    name: `Warehouse ${id}`,
    engine: 'postgres',
    is_sample: false,
    description: null,
    caveats: null,
    points_of_interest: null,
    creator_id: ADMIN_ID,
    details: {
      host: 'warehouse.example.com',
      port: 5432,
      dbname: 'warehouse',
      user: 'metabase',
      password: '**MetabasePass**',
    },
    dbms_version: { flavor: 'PostgreSQL', version: '16.4', 'semantic-version': [16, 4] },
  };
}

function dates(moment: Moment, id: number): { created_at: string; updated_at: string } {
  return { created_at: moment.of('library', id), updated_at: moment.after('library', id) };
}

/** Snippets carry a zone on 0.43, where other rows have none. */
function zoned(stamps: { created_at: string; updated_at: string }): Row {
  return { created_at: `${stamps.created_at}Z`, updated_at: `${stamps.updated_at}Z` };
}
