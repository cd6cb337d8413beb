// Cards: the list, streamed, and one of them.
import { filledArray } from '../json-template.ts';
import { forbidden, invalid, json, JSON_TYPE, text, type Reply } from '../reply.ts';
import { rowById, type Route, type UserVisit } from '../router.ts';
import type { Card } from '../world/cards.ts';
import { USAGE_DATABASE_ID } from '../world/usage.ts';
import { usageCards } from './usage.ts';

export const cardRoutes: Route[] = [
  { method: 'GET', path: '/api/card', access: 'user', reply: list },
  { method: 'GET', path: '/api/card/public', access: 'superuser', reply: shared },
  {
    method: 'GET',
    path: '/api/card/embeddable',
    access: 'superuser',
    reply: () => text('Embedding is not enabled.', 400),
  },
  { method: 'GET', path: '/api/card/:id', access: 'user', reply: detail },
];

const FILTERS = ['archived', 'table', 'using_model', 'bookmarked', 'using_segment', 'all', 'mine', 'database'];

function list(visit: UserVisit): Reply {
  const filter = visit.query.get('f') ?? 'all';
  if (!FILTERS.includes(filter)) return badFilter(filter);
  if (filter === 'database' && Number(visit.query.get('model_id')) === USAGE_DATABASE_ID) return usageCards(visit);
  return { status: 200, type: JSON_TYPE, body: filledArray(rows(visit, filter)) };
}

function* rows(visit: UserVisit, filter: string) {
  const write = visit.world.cards.writer();
  for (const card of visit.world.cards.inOrder()) {
    if (isListed(visit, card, filter) && visit.world.canReadCard(visit.person, card)) yield write(card);
  }
}

function isListed({ world, person, query }: UserVisit, card: Card, filter: string): boolean {
  if (filter === 'archived') return card.isArchived;
  if (card.isArchived) return false;
  if (filter === 'all') return true;
  if (filter === 'mine') return card.creatorId === person.id;
  const modelId = Number(query.get('model_id'));
  const column = filter === 'table' ? 'table_id' : filter === 'database' ? 'database_id' : null;
  return column !== null && world.cards.listRow(card)[column] === modelId;
}

function detail(visit: UserVisit): Reply {
  const { world, person, query } = visit;
  const found = rowById(visit, world.cards.byId);
  if ('refusal' in found) return found.refusal;
  const card = found.row;
  if (!world.canReadCard(person, card)) return forbidden();
  const dashboardName = card.dashboardId === null ? null : (world.dashboards.byId(card.dashboardId)?.name ?? null);
  const isLegacyQuery = query.get('legacy-mbql') === 'true';
  return json(world.cards.detailRow(card, { isSuperuser: person.isSuperuser, isLegacyQuery, dashboardName }));
}

function shared({ world }: UserVisit): Reply {
  const cards = [...world.cards.inOrder()].filter(({ isArchived, shape }) => !isArchived && shape === 'native');
  const listed = cards.map((card) => world.cards.listRow(card)).filter(({ public_uuid }) => public_uuid !== null);
  return json(listed.map(({ public_uuid, id, name, card_schema }) => ({ public_uuid, id, name, card_schema })));
}

function badFilter(filter: string): Reply {
  const names = FILTERS.map((name) => `:${name}`);
  return invalid('f', {
    specific: [`should be either ${names.slice(0, -1).join(', ')} or ${names.at(-1) ?? ''}, received: :${filter}`],
    errors: `enum of ${names.join(', ')}`,
  });
}
