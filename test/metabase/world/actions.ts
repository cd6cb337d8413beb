// Actions: every live model can have a row added, every second one runs a query too. No recording shows one: all fields are from
// the source (S). Those of archived models and archived ones are not listed.
import { entityId } from '../deterministic.ts';
import type { Row } from '../row.ts';
import type { Card } from './cards.ts';
import { ADMIN_ID } from './known-people.ts';
import type { World } from './world.ts';

const SALT = 630;
const PER_MODEL = 2;

export function* actionsOf(world: World, model: Card): Generator<Row> {
  const turn = model.index * PER_MODEL;
  yield { ...base(world, model, turn + 1), name: 'Create', type: 'implicit', kind: 'row/create' };
  if (model.index % 2 === 0) return;
  yield { ...base(world, model, turn + 2), name: 'Forget', type: 'query', ...queryOf(model) };
}

export function isModel(card: Card): boolean {
  return card.shape === 'model' && !card.isArchived;
}

function base({ settings, moment, people }: World, model: Card, id: number): Row {
  return {
    id,
    description: null,
    model_id: model.id,
    parameters: [],
    parameter_mappings: null,
    visualization_settings: {},
    public_uuid: null,
    made_public_by_id: null,
    creator_id: ADMIN_ID,
    creator: people.creatorRow(ADMIN_ID),
    archived: false,
    entity_id: entityId(settings.seed, SALT, id),
    created_at: moment.of('action', id),
    updated_at: moment.after('action', id),
  };
}

function queryOf({ id }: Card): Row {
  const native = `delete from people where id = {{id}} -- of model ${id}`;
  return {
    database_id: 1,
    dataset_query: { 'lib/type': 'mbql/query', database: 1, stages: [{ 'lib/type': 'mbql.stage/native', native }] },
  };
}
