// The recorded dashboards as shapes: their rows in the list, and alone.
import { recordedRow, recordedRows } from '../recordings.ts';
import type { Row } from '../row.ts';

export type DashboardShape = 'sample' | 'main' | 'empty' | 'archived';

export const LIST_SHAPES: Record<DashboardShape, Row> = {
  sample: recordedRows('admin/dashboard').find(({ id }) => id === 1) ?? {},
  main: recordedRows('admin/dashboard').find(({ id }) => id === 2) ?? {},
  empty: recordedRows('admin/dashboard').find(({ id }) => id === 3) ?? {},
  archived: recordedRows('admin/dashboard_archived')[0] ?? {},
};
export const DETAIL_SHAPES: Record<DashboardShape, Row> = {
  sample: recordedRow('admin/dashboard_one_sample'),
  main: recordedRow('admin/dashboard_one_main'),
  empty: recordedRow('admin/dashboard_one_empty'),
  archived: recordedRow('admin/dashboard_one_archived'),
};
