// The glossary. It is empty in the recording: entries are from the source (S).
import { json } from '../reply.ts';
import type { Row } from '../row.ts';
import type { Route } from '../router.ts';
import { ADMIN_ID } from '../world/known-people.ts';
import type { World } from '../world/world.ts';

export const glossaryRoutes: Route[] = [
  {
    method: 'GET',
    path: '/api/glossary',
    access: 'user',
    since: '0.58',
    reply: ({ world }) => json({ data: entries(world) }),
  },
];

const TERMS = [
  ['ARR', 'Annual recurring revenue.'],
  ['Churn', 'Customers who leave, in per cent of all.'],
];

function entries({ settings, moment, people }: World): Row[] {
  if (settings.size === 'empty') return [];
  return TERMS.map(([term, definition], index) => ({
    id: index + 1,
    term,
    definition,
    creator_id: ADMIN_ID,
    creator: people.creatorRow(ADMIN_ID),
    created_at: moment.of('glossary', index + 1),
    updated_at: moment.after('glossary', index + 1),
  }));
}
