// What runs the instance, beyond the recorded settings and tasks: persisted models, channels, cache policies and transforms.
// The recordings hold no row of these (R: the paths and the empty lists); rows are those of Metabase's source (S).
import { entityId } from '../deterministic.ts';
import { pageOf, pageRows } from '../paging.ts';
import { forbidden, json, noSuchEndpoint, type Reply } from '../reply.ts';
import type { Row } from '../row.ts';
import type { Route, UserVisit } from '../router.ts';
import { ADMIN_ID } from '../world/known-people.ts';
import type { World } from '../world/world.ts';

export const operationRoutes: Route[] = [
  { method: 'GET', path: '/api/persist', access: 'superuser', since: '0.58', reply: persistedModels },
  { method: 'GET', path: '/api/channel', access: 'user', since: '0.58', reply: channels },
  { method: 'GET', path: '/api/cache', access: 'superuser', since: '0.58', reply: cachePolicies },
  { method: 'GET', path: '/api/ee/transform', access: 'user', since: '0.58', reply: transforms },
  { method: 'GET', path: '/api/ee/transform/run', access: 'user', since: '0.58', reply: transformRuns },
];

const SALT_TRANSFORM = 800;
const PERSISTED = 2;
const TRANSFORMS = 3;
const RUNS = 5;

function persistedModels({ world, query }: UserVisit): Reply {
  const models = [...world.cards.inOrder()].filter(({ shape, isArchived }) => shape === 'model' && !isArchived);
  const rows = models.slice(0, PERSISTED).map(({ id: card_id, name: card_name, collection }, index) => ({
    id: index + 1,
    database_id: 1,
    definition: { 'table-name': `model_${card_id}`, 'field-definitions': [] },
    active: true,
    state: 'persisted',
    error: null,
    ...{ refresh_begin: world.moment.of('persist', index), refresh_end: world.moment.after('persist', index) },
    ...{ table_name: `model_${card_id}`, creator_id: ADMIN_ID, card_id, card_name },
    ...{ card_archived: false, card_type: 'model', database_name: 'Sample Database' },
    ...{ collection_id: collection?.id ?? null, collection_name: collection?.name ?? null },
    collection_authority_level: null,
    creator: world.people.creatorRow(ADMIN_ID),
    schema_name: 'metabase_cache_00000_1',
    'next-fire-time': world.moment.at(world.settings.now()),
  }));
  return envelope(rows.reverse(), query);
}

/** The details only to those who may change them (S). */
function channels({ world, person, query }: UserVisit): Reply {
  const names = world.settings.size === 'empty' ? [] : ['Incident hook', 'Old hook'];
  const rows = names.map((name, index) => ({
    id: index + 1,
    name,
    description: null,
    type: 'channel/http',
    ...(person.isSuperuser && { details: { url: 'https://hooks.example.com/x', 'auth-method': 'none' } }),
    active: index === 0,
    created_at: world.moment.of('channel', index),
    updated_at: world.moment.after('channel', index),
  }));
  return json(rows.filter(({ active }) => active || query.get('include_inactive') === 'true'));
}

const POLICIES: Record<string, Row[]> = {
  root: [{ model: 'root', model_id: 0, strategy: { type: 'ttl', multiplier: 10, min_duration_ms: 1000 } }],
  database: [{ model: 'database', model_id: 1, strategy: { type: 'nocache' } }],
  dashboard: [{ model: 'dashboard', model_id: 2, strategy: { type: 'schedule', schedule: '0 0 6 * * ? *' } }],
  question: [{ model: 'question', model_id: 38, strategy: { type: 'duration', duration: 2, unit: 'hours' } }],
};

function cachePolicies({ world: { settings }, query }: UserVisit): Reply {
  const model = query.get('model');
  if (model !== null && model !== 'root' && settings.edition === 'oss') return paidOnly('Granular Caching');
  const isSet = settings.size !== 'empty' && model !== null;
  return json({ data: isSet ? (POLICIES[model] ?? []) : [] });
}

/** The status is seen (R); the words are those of the source (S). */
function paidOnly(feature: string): Reply {
  const message = `${feature} is a paid feature not currently available to your instance. Please upgrade to use it. Learn more at metabase.com/upgrade/`;
  return json(
    { cause: message, data: { 'status-code': 402 }, status: 'error-premium-feature-not-available', message },
    402,
  );
}

function transforms(visit: UserVisit): Reply {
  return refusal(visit) ?? json(transformRows(visit.world));
}

function transformRuns(visit: UserVisit): Reply {
  const { world, query } = visit;
  const all = transformRows(world);
  const runs = Array.from({ length: all.length === 0 ? 0 : RUNS }, (_, index) => runRow(world, all, index));
  return refusal(visit) ?? envelope(runs.reverse(), query);
}

function refusal({ world, person }: UserVisit): Reply | undefined {
  if (world.settings.edition === 'oss') return noSuchEndpoint();
  return person.isSuperuser ? undefined : forbidden();
}

function transformRows({ settings, moment, people }: World): Row[] {
  return Array.from({ length: settings.size === 'empty' ? 0 : TRANSFORMS }, (_, index) => ({
    id: index + 1,
    name: `Transform ${index + 1}`,
    description: null,
    source: { type: 'query', query: { database: 1, type: 'native', native: { query: 'select 1' } } },
    source_type: 'native',
    target: { type: 'table', name: `transformed_${index + 1}`, schema: 'public', database: 1 },
    entity_id: entityId(settings.seed, SALT_TRANSFORM, index),
    ...{ creator_id: ADMIN_ID, creator: people.creatorRow(ADMIN_ID) },
    ...{ tag_ids: [1], last_run: null },
    ...{ created_at: moment.of('transform', index), updated_at: moment.after('transform', index) },
  }));
}

function runRow({ moment }: World, all: Row[], index: number): Row {
  const transform = all[index % all.length];
  const [start_time, end_time] = [moment.of('run', index), moment.after('run', index)];
  const run = {
    id: index + 1,
    transform_id: transform?.id,
    status: 'succeeded',
    run_method: 'cron',
    start_time,
    end_time,
  };
  return { ...run, message: null, is_active: null, user_id: null, transform };
}

function envelope(rows: Row[], query: URLSearchParams): Reply {
  const page = pageOf(query);
  return json({ data: pageRows(rows, page), total: rows.length, ...page });
}
