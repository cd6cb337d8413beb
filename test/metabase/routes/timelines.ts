// Timelines: the list without or with events, and one of them. Only the latter tells archived events of a live timeline.
import { forbidden, json, jsonArray, type Reply } from '../reply.ts';
import type { Row } from '../row.ts';
import { rowById, type Route, type UserVisit } from '../router.ts';
import type { Timeline } from '../world/timelines.ts';

export const timelineRoutes: Route[] = [
  { method: 'GET', path: '/api/timeline', access: 'user', reply: list },
  { method: 'GET', path: '/api/timeline/:id', access: 'user', reply: detail },
];

function list(visit: UserVisit): Reply {
  const { world, person, query } = visit;
  const wantsArchived = query.get('archived') === 'true';
  const listed = world.timelines.filter(
    ({ isArchived, collection }) => isArchived === wantsArchived && world.canRead(person, collection),
  );
  return jsonArray(listed.map((timeline) => withEvents(visit, timeline)));
}

function detail(visit: UserVisit): Reply {
  const { world, person } = visit;
  const found = rowById(visit, (wanted) => world.timelines.find(({ id }) => id === wanted));
  if ('refusal' in found) return found.refusal;
  if (!world.canRead(person, found.row.collection)) return forbidden();
  return json(withEvents(visit, found.row));
}

function withEvents({ query }: UserVisit, { row, events }: Timeline): Row {
  if (query.get('include') !== 'events') return row();
  const listed = events.filter(({ isArchived }) => !isArchived || query.get('archived') === 'true');
  return { ...row(), events: listed.map((event) => event.row()) };
}
