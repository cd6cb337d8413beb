// Dashboards: the list, one with its cards and tabs, and the questions that live in it.
import { archivedGone, forbidden, json, jsonArray, noSuchEndpoint, text, type Reply } from '../reply.ts';
import { rowById, type Route, type UserVisit } from '../router.ts';
import { cardItem } from './items.ts';

export const dashboardRoutes: Route[] = [
  { method: 'GET', path: '/api/dashboard', access: 'user', reply: list },
  { method: 'GET', path: '/api/dashboard/public', access: 'superuser', reply: shared },
  {
    method: 'GET',
    path: '/api/dashboard/embeddable',
    access: 'superuser',
    reply: () => text('Embedding is not enabled.', 400),
  },
  { method: 'GET', path: '/api/dashboard/:id', access: 'user', reply: detail },
  { method: 'GET', path: '/api/dashboard/:id/items', access: 'user', since: '0.58', reply: items },
];

function list(visit: UserVisit): Reply {
  if (!visit.world.settings.hasDashboardList) return noSuchEndpoint();
  return jsonArray(rows(visit));
}

function* rows({ world, person, query }: UserVisit) {
  const { dashboards } = world;
  const wantsArchived = query.get('f') === 'archived';
  const indexes = Array.from({ length: dashboards.count }, (_, index) => index);
  const all = indexes.map(dashboards.at).filter(({ isArchived }) => isArchived === wantsArchived);
  all.sort((one, other) => (one.name.toLowerCase() < other.name.toLowerCase() ? -1 : 1));
  for (const dashboard of all) {
    if (world.canRead(person, dashboard.collection)) yield dashboards.listRow(dashboard);
  }
}

function detail(visit: UserVisit): Reply {
  const { world, person } = visit;
  const found = rowById(visit, world.dashboards.byId);
  if ('refusal' in found) return found.refusal;
  const dashboard = found.row;
  if (!world.canRead(person, dashboard.collection)) return forbidden();
  if (dashboard.isArchived && world.isLegacy) return archivedGone();
  const viewCount = world.views.get(dashboard.id) ?? 0;
  if (!world.settings.isStill) world.views.set(dashboard.id, viewCount + 1);
  return json(world.dashboards.detailRow(dashboard, { viewCount, canRead: (card) => world.canReadCard(person, card) }));
}

function items(visit: UserVisit): Reply {
  const { world } = visit;
  const found = rowById(visit, world.dashboards.byId);
  if ('refusal' in found) return found.refusal;
  const inside = [...world.cards.inOrder()].filter(({ dashboardId }) => dashboardId === found.row.id);
  const data = inside.map((card) => cardItem(world, card));
  return json({ total: data.length, data, limit: null, offset: null, models: ['card'] });
}

function shared({ world }: UserVisit): Reply {
  const indexes = Array.from({ length: world.dashboards.count }, (_, index) => index);
  const all = indexes.map(world.dashboards.at).map(world.dashboards.listRow);
  const listed = all.filter(({ public_uuid, archived }) => public_uuid !== null && archived === false);
  return json(listed.map(({ public_uuid, name, id }) => ({ public_uuid, name, id })));
}
