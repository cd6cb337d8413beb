// Actions of models, and documents. Both are absent on 0.43; what is listed of them is from the source (S).
import { forbidden, json, jsonArray, type Reply } from '../reply.ts';
import { rowById, type Route, type UserVisit } from '../router.ts';
import { actionsOf, isModel } from '../world/actions.ts';

export const contentRoutes: Route[] = [
  { method: 'GET', path: '/api/action', access: 'user', since: '0.58', reply: (visit) => jsonArray(actions(visit)) },
  { method: 'GET', path: '/api/document', access: 'user', since: '0.58', reply: documents },
  { method: 'GET', path: '/api/document/:id', access: 'user', since: '0.58', reply: document },
];

function* actions({ world, person, query }: UserVisit) {
  const modelId = query.get('model-id');
  for (const card of world.cards.inOrder()) {
    if (!isModel(card) || !world.canReadCard(person, card)) continue;
    if (modelId === null || Number(modelId) === card.id) yield* actionsOf(world, card);
  }
}

/** The archived ones are in the trash alone. */
function documents({ world, person }: UserVisit): Reply {
  const live = world.documents.filter(({ isArchived, collection }) => !isArchived && world.canRead(person, collection));
  return json({ items: live.map(({ row }) => row()) });
}

function document(visit: UserVisit): Reply {
  const { world, person } = visit;
  const found = rowById(visit, (wanted) => world.documents.find(({ id }) => id === wanted));
  if ('refusal' in found) return found.refusal;
  const { row, isArchived, collection } = found.row;
  if (!world.canRead(person, collection)) return forbidden();
  return json({ ...row(), can_delete: isArchived, can_restore: isArchived });
}
