// The recorded cards as shapes: list rows, details, and what of them a dashboard nests; and which shape comes when.
import { recordedRow, recordedRows } from '../recordings.ts';
import { names, without, type Row } from '../row.ts';

/** The id of the first recorded card; the others follow without a gap. */
export const FIRST_CARD_ID = 37;

export const SHAPES = [
  'sample',
  'native',
  'mbql',
  'model',
  'metric',
  'tags',
  'broken',
  'all_orders',
  'archived',
  'types',
  'dashboard_question',
] as const;

export type ShapeName = (typeof SHAPES)[number];

/** What follows the recorded cards, over and over: about 3 kB a card. */
const PATTERN = names(
  'mbql native types mbql tags metric native mbql archived sample native mbql tags native types model mbql native metric ' +
    'mbql native mbql sample tags native dashboard_question mbql broken native mbql archived native metric types mbql ' +
    'all_orders native tags mbql native',
) as ShapeName[];

const STUB_LACKS = names(
  'can_run_adhoc_query creator last_query_start is_remote_synced dashboard_count dashboard average_query_time ' +
    'can_restore can_manage_db last-edit-info collection parameter_usage_count can_delete',
);

const LIST_ROWS = rowsOf((shape, index) =>
  shape === 'archived' ? recordedRows('admin/card_archived')[0] : listed(FIRST_CARD_ID + index),
);
const DETAIL_ROWS = rowsOf((shape) => (shape === 'sample' ? sampleDetail() : recordedRow(`admin/card_one_${shape}`)));
const STUB_ROWS = rowsOf((shape) => ({ ...without(detailShape(shape), ...STUB_LACKS), query_average_duration: null }));

export function listShape(shape: ShapeName): Row {
  return LIST_ROWS.get(shape) ?? {};
}

export function detailShape(shape: ShapeName): Row {
  return DETAIL_ROWS.get(shape) ?? {};
}

/** What is nested of a card in the cards of a dashboard. */
export function stubShape(shape: ShapeName): Row {
  return STUB_ROWS.get(shape) ?? {};
}

export function shapeAt(index: number): ShapeName {
  return SHAPES[index] ?? PATTERN[(index - SHAPES.length) % PATTERN.length] ?? 'native';
}

function rowsOf(recorded: (shape: ShapeName, index: number) => Row | undefined): Map<ShapeName, Row> {
  return new Map(SHAPES.map((shape, index) => [shape, recorded(shape, index) ?? {}]));
}

function listed(id: number): Row | undefined {
  return recordedRows('admin/card').find((row) => row.id === id);
}

/** The sample card has no recorded detail: its list row with what a detail adds. */
function sampleDetail(): Row {
  return { ...without(recordedRow('admin/card_one_native'), 'last-edit-info'), ...listed(FIRST_CARD_ID) };
}
