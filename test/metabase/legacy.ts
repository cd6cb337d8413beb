// The shapes of 0.43: which keys its rows have, and MBQL 4 out of MBQL 5.
import { names, pick, without, type Row } from './row.ts';

type Clause = unknown[];
type Stage = Row & { 'lib/type': string };

const CARD_KEYS = names(
  'archived cache_ttl collection collection_id collection_position collection_preview created_at creator ' +
    'creator_id database_id dataset_query description display embedding_params enable_embedding id ' +
    'last-edit-info made_public_by_id name parameter_mappings parameters public_uuid query_type result_metadata ' +
    'table_id updated_at visualization_settings can_write average_query_time last_query_start dashboard_count ' +
    'moderation_reviews query_average_duration',
);
const DASHBOARD_KEYS = names(
  'archived cache_ttl caveats collection_id collection_position created_at creator creator_id description ' +
    'embedding_params enable_embedding id last-edit-info made_public_by_id name parameters points_of_interest ' +
    'position public_uuid show_in_getting_started updated_at can_write collection_authority_level param_fields',
);
const DASHCARD_KEYS = names(
  'id dashboard_id card_id card col row series parameter_mappings visualization_settings created_at ' + 'updated_at',
);
const COLLECTION_KEYS = names(
  'archived authority_level can_write description effective_ancestors effective_location id location name ' +
    'namespace parent_id personal_owner_id slug children here below',
);
const ITEM_KEYS = names(
  'id name description model collection_position display moderated_status last-edit-info authority_level ' +
    'can_write collection_preview icon',
);
const DATABASE_KEYS = names(
  'auto_run_queries cache_field_values_schedule cache_ttl caveats created_at creator_id description details ' +
    'engine features id initial_sync_status is_full_sync is_on_demand is_sample metadata_sync_schedule name ' +
    'native_permissions points_of_interest refingerprint schedules settings timezone updated_at tables',
);
const USER_KEYS = names(
  'common_name date_joined email first_name group_ids id is_active is_qbnewb is_superuser last_login ' +
    'last_name locale login_attributes personal_collection_id updated_at has_invited_second_user ' +
    'has_question_and_dashboard is_installer first_login',
);
const CREATOR_KEYS = names('email first_name last_login is_qbnewb is_superuser id last_name date_joined common_name');
const SNIPPET_KEYS = names(
  'archived collection_id content created_at creator creator_id description id name updated_at',
);
const SEGMENT_KEYS = names(
  'archived caveats created_at creator creator_id definition description id name points_of_interest ' +
    'show_in_getting_started table_id updated_at',
);
const TIMELINE_KEYS = names(
  'archived collection collection_id created_at creator creator_id default description events icon id name updated_at',
);
const TIMELINE_EVENT_KEYS = names(
  'archived created_at creator creator_id description icon id name time_matters timeline_id timestamp timezone updated_at',
);
const PULSE_KEYS = names(
  'archived can_write cards channels collection_id collection_position created_at creator creator_id dashboard_id id ' +
    'name parameters skip_if_empty updated_at',
);
const ALERT_KEYS = names(
  'alert_above_goal alert_condition alert_first_only archived can_write card channels collection_id ' +
    'collection_position created_at creator creator_id id name skip_if_empty updated_at',
);
const CHANNEL_KEYS = names(
  'channel_type created_at details enabled id pulse_id recipients schedule_day schedule_frame schedule_hour ' +
    'schedule_type updated_at',
);
const TABLE_KEYS = names(
  'active caveats created_at db_id description display_name entity_type field_order id initial_sync_status name ' +
    'points_of_interest schema segments metrics show_in_getting_started updated_at visibility_type',
);
const FIELD_KEYS = names(
  'active base_type caveats coercion_strategy created_at custom_position database_position database_required ' +
    'database_type description dimensions display_name effective_type fingerprint fingerprint_version ' +
    'fk_target_field_id has_field_values id last_analyzed name name_field nfc_path parent_id points_of_interest ' +
    'position preview_display semantic_type settings table_id target updated_at visibility_type',
);

export const legacyCollection = (row: Row): Row => ({ ...pick(row, COLLECTION_KEYS), color: '#509EE3' });
export const legacyItem = (row: Row): Row => pick(row, ITEM_KEYS);
export const legacyDatabase = (row: Row): Row => ({ ...pick(row, DATABASE_KEYS), options: null });
export const legacyUser = (row: Row): Row => ({ ...pick(row, USER_KEYS), google_auth: false, ldap_auth: false });
export const legacyCreator = (row: Row): Row => pick(row, CREATOR_KEYS);
export const legacySnippet = (row: Row): Row => pick(row, SNIPPET_KEYS);
export const legacyTable = (row: Row): Row => pick(row, TABLE_KEYS);

export function legacyField(row: Row): Row {
  const target = row.target ? pick(row.target as Row, FIELD_KEYS) : null;
  return { ...pick(row, FIELD_KEYS), target };
}

export const legacyTimelineEvent = (row: Row): Row => pick(row, TIMELINE_EVENT_KEYS);
export const legacyTimeline = (row: Row): Row => pick(row, TIMELINE_KEYS);
export const legacyPulse = (row: Row): Row => withLegacyChannels(pick(row, PULSE_KEYS));
export const legacyAlert = (row: Row): Row => withLegacyChannels(pick(row, ALERT_KEYS));

function withLegacyChannels(row: Row): Row {
  return { ...row, channels: (row.channels as Row[]).map((channel) => pick(channel, CHANNEL_KEYS)) };
}

export function legacySegment(row: Row): Row {
  return { ...pick(row, SEGMENT_KEYS), definition: legacyQuery(row.definition as Row).query };
}

export function legacyCard(row: Row): Row {
  const dataset_query = legacyQuery(row.dataset_query as Row);
  return { ...pick(row, CARD_KEYS), dataset: row.type === 'model', dataset_query };
}

export function legacyDashboard(row: Row): Row {
  const kept = pick(row, DASHBOARD_KEYS);
  if (!('dashcards' in row)) return kept;
  return { ...kept, param_values: null, ordered_cards: (row.dashcards as Row[]).map(legacyDashcard) };
}

/** The cards in it are in their old shape already. */
function legacyDashcard(row: Row): Row {
  return { ...pick(row, DASHCARD_KEYS), sizeX: row.size_x, sizeY: row.size_y };
}

/** `{"lib/type":…,"stages":[…]}` as `{"type":…,"native"|"query":{…}}`, which `?legacy-mbql=true` answers on 0.58 too. */
export function legacyQuery(query: Row): Row {
  const [stage] = query.stages as [Stage];
  const { 'lib/type': kind, ...parts } = stage;
  if (kind === 'mbql.stage/native') {
    const { native, ...rest } = parts;
    return { database: query.database, type: 'native', native: { query: native, ...rest } };
  }
  const { filters, ...clauses } = parts;
  const inner = Object.fromEntries(Object.entries(clauses).map(([key, value]) => [key, legacyClauses(value)]));
  const conditions = (filters as Clause[] | undefined)?.map(legacyClause) ?? [];
  const filter = conditions.length > 1 ? ['and', ...conditions] : conditions[0];
  return { database: query.database, type: 'query', query: filter ? { ...inner, filter } : inner };
}

function legacyClauses(value: unknown): unknown {
  return Array.isArray(value) ? value.map((clause) => legacyClause(clause as Clause)) : value;
}

function legacyClause(clause: Clause): Clause {
  const [operator, settings, ...operands] = clause;
  const kept = without(settings as Row, 'lib/uuid', 'effective-type');
  if (operator === 'field') return ['field', operands[0], Object.keys(kept).length > 0 ? kept : null];
  return [operator, ...operands.map((operand) => (Array.isArray(operand) ? legacyClause(operand as Clause) : operand))];
}
