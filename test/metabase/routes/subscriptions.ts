// Dashboard subscriptions, alerts and notifications. Those of others are an administrator's to see; the reader has none.
import { jsonArray } from '../reply.ts';
import type { Row } from '../row.ts';
import type { Route, UserVisit } from '../router.ts';

export const subscriptionRoutes: Route[] = [
  { method: 'GET', path: '/api/pulse', access: 'user', reply: (visit) => jsonArray(pulses(visit)) },
  { method: 'GET', path: '/api/alert', access: 'user', reply: (visit) => jsonArray(alerts(visit)) },
  {
    method: 'GET',
    path: '/api/notification',
    access: 'user',
    since: '0.58',
    reply: (visit) => jsonArray(notifications(visit)),
  },
];

const pulses = (visit: UserVisit): Row[] => visibleTo(visit, visit.world.subscriptions().pulses).filter(isAsked(visit));
const alerts = (visit: UserVisit): Row[] => visibleTo(visit, visit.world.subscriptions().alerts).filter(isAsked(visit));

function notifications(visit: UserVisit): Row[] {
  const { query, world } = visit;
  const cardId = query.get('card_id');
  const withInactive = query.get('include_inactive') === 'true';
  return visibleTo(visit, world.subscriptions().notifications).filter(
    ({ active, payload }) =>
      (active === true || withInactive) && (cardId === null || String((payload as Row | null)?.card_id) === cardId),
  );
}

function visibleTo({ person }: UserVisit, rows: Row[]): Row[] {
  return person.isSuperuser ? rows : [];
}

/** Archived ones, or the others. */
function isAsked({ query }: UserVisit): (row: Row) => boolean {
  return ({ archived }) => archived === (query.get('archived') === 'true');
}
