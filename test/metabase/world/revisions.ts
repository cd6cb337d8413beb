// Revisions of cards and dashboards, made from their ids: the newest first. The newest of all is what the row shows now.
import { hash } from '../deterministic.ts';
import type { Settings } from '../options.ts';
import { recordedRows } from '../recordings.ts';
import { pick, names, type Row } from '../row.ts';
import { FIRST_CARD_ID } from './card-shapes.ts';
import { ADMIN_ID, INTERNAL_ID } from './known-people.ts';
import type { Moment } from './moment.ts';

const SALT = 600;
const MOST = 5;
/** So many ids are set aside for each card, and as many for each dashboard. */
const BLOCK = 15;

export type Revised = { entity: 'card' | 'dashboard'; id: number; name: string; creatorId: number };

/** The keys of a recorded 0.35; 0.43 is taken to have the same (U). */
const LEGACY_KEYS = names('description diff id is_creation is_reversion message timestamp user');

/**
 * What is said in place of an empty list, of content that came with the server. Seen on 0.58, where the keys below were told
 * of; the rest of it from the source (S).
 */
const NO_REVISION: Row = { diff: null, description: 'modified this.', has_multiple_changes: false, user: {} };

export function revisionsOf({ settings, moment }: { settings: Settings; moment: Moment }, revised: Revised): Row[] {
  const isLegacy = settings.version === '0.43';
  if (revised.creatorId === INTERNAL_ID) return [isLegacy ? pick(NO_REVISION, LEGACY_KEYS) : NO_REVISION];
  const isRecorded = revised.entity === 'card' && revised.id <= FIRST_CARD_ID + 1;
  const count = isRecorded ? 1 : 1 + (hash(settings.seed, SALT, revised.id) % MOST);
  const rows = Array.from({ length: count }, (_, age) => revisionRow(moment, revised, { turn: count - 1 - age, age }));
  return isLegacy ? rows.map((row) => pick(row, LEGACY_KEYS)) : rows;
}

function revisionRow(moment: Moment, { entity, id, name }: Revised, { turn, age }: { turn: number; age: number }): Row {
  const [shape] = recordedRows('admin/revision');
  const before = `${name} (draft ${turn})`;
  const after = age === 0 ? name : `${name} (draft ${turn + 1})`;
  const change = {
    description: `renamed this from "${before}" to "${after}".`,
    diff: { before: { name: before }, after: { name: after } },
  };
  return {
    ...shape,
    id: blockOf(entity, id) + turn,
    most_recent: age === 0,
    is_creation: turn === 0,
    timestamp:
      turn === 0 ? moment.of(entity, id) : moment.at(Date.parse(`${moment.of(entity, id).replace('Z', '')}Z`) + turn),
    user: { ...(shape?.user as Row), id: ADMIN_ID },
    ...(turn > 0 && change),
  };
}

/** The recorded revision of card 38 has id 1. */
function blockOf(entity: Revised['entity'], id: number): number {
  return entity === 'card' ? 1 + (id - FIRST_CARD_ID - 1) * 2 * BLOCK : 1 + ((id - 1) * 2 + 1) * BLOCK;
}
