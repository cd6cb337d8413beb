// Revisions of a card or a dashboard, by both of its addresses.
import { forbidden, invalid, jsonArray, notFound, type Reply } from '../reply.ts';
import type { Route, UserVisit } from '../router.ts';
import { revisionsOf, type Revised } from '../world/revisions.ts';

export const revisionRoutes: Route[] = [
  {
    method: 'GET',
    path: '/api/revision',
    access: 'user',
    reply: (visit) => answer(visit, visit.query.get('entity') ?? '', visit.query.get('id') ?? ''),
  },
  {
    method: 'GET',
    path: '/api/revision/:entity/:id',
    access: 'user',
    reply: (visit) => answer(visit, visit.params.entity ?? '', visit.params.id ?? ''),
  },
];

function answer(visit: UserVisit, entity: string, id: string): Reply {
  if (entity !== 'card' && entity !== 'dashboard') return badEntity(entity);
  const found = /^[1-9]\d*$/.test(id) ? revised(visit, entity, Number(id)) : undefined;
  if (!found) return notFound();
  return found.isReadable ? jsonArray(revisionsOf(visit.world, found)) : forbidden();
}

function revised(
  { world, person }: UserVisit,
  entity: Revised['entity'],
  id: number,
): (Revised & { isReadable: boolean }) | undefined {
  if (entity === 'card') {
    const card = world.cards.byId(id);
    return card && { ...card, entity, isReadable: world.canReadCard(person, card) };
  }
  const dashboard = world.dashboards.byId(id);
  const creatorId = Number(dashboard && world.dashboards.listRow(dashboard).creator_id);
  return dashboard && { ...dashboard, entity, creatorId, isReadable: world.canRead(person, dashboard.collection) };
}

/** The words of this refusal are not recorded (U). */
function badEntity(entity: string): Reply {
  return invalid('entity', {
    errors: 'enum of card, dashboard',
    specific: [`should be either card or dashboard, received: ${JSON.stringify(entity)}`],
  });
}
