// Segments after the recorded one, and the metrics that 0.43 keeps beside cards, after a recorded reply of 0.35.
import { entityId } from '../deterministic.ts';
import { legacySegment } from '../legacy.ts';
import type { Settings } from '../options.ts';
import { recordedRows } from '../recordings.ts';
import type { Row } from '../row.ts';
import { ADMIN_ID } from './known-people.ts';
import type { Moment } from './moment.ts';
import type { People } from './people.ts';

const SALT = 690;

type Parts = { settings: Settings; moment: Moment; people: People };

export function segmentRows(parts: Parts): Row[] {
  const names = parts.settings.size === 'empty' ? [] : ['Big orders', 'Larger orders'];
  return names.map((name, index) => segmentOf(parts, index + 1, name));
}

function segmentOf(parts: Parts, id: number, name: string): Row {
  const { settings } = parts;
  const [recorded = {}] = recordedRows('admin/segment');
  const row = { ...recorded, ...made(parts, id, name), entity_id: entityId(settings.seed, SALT, id) };
  return settings.version === '0.43' ? legacySegment(row) : row;
}

export function legacyMetricRows(parts: Parts): Row[] {
  if (parts.settings.size === 'empty' || parts.settings.version !== '0.43') return [];
  return ['Number of orders', 'Number of large orders'].map((name, index) => ({
    ...made(parts, index + 1, name),
    description: null,
    archived: false,
    table_id: 2,
    definition: { 'source-table': 2, aggregation: [['count']] },
    database_id: 1,
    show_in_getting_started: false,
    caveats: null,
    how_is_this_calculated: null,
    points_of_interest: null,
  }));
}

function made({ moment, people }: Parts, id: number, name: string): Row {
  const stamps = { created_at: moment.of('segment', id), updated_at: moment.after('segment', id) };
  return { ...stamps, id, name, creator_id: ADMIN_ID, creator: people.creatorRow(ADMIN_ID) };
}
