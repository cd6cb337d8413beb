// What lies on a dashboard: tabs and the cards in them, the unreadable ones cut down to their id.
import { entityId } from '../deterministic.ts';
import type { Row } from '../row.ts';
import type { Card, Cards } from './cards.ts';
import { DETAIL_SHAPES } from './dashboard-shapes.ts';
import type { Dashboard, DashboardParts } from './dashboards.ts';

const SALT_DASHCARD = 330;
const SALT_TAB = 360;
const MAIN_CARD_INDEXES = [1, 5, 2];
const SERIES_CARD_INDEX = 4;

/** Ids as recorded: the main dashboard has tabs 4 and 5, cards 35 to 38. */
function tabId({ index }: Dashboard, position: number): number {
  return index === 0 ? 1 + position : 4 + (index - 1) * 2 + position;
}

function dashcardId({ index }: Dashboard, position: number): number {
  return index === 0 ? 1 + position : 35 + (index - 1) * 8 + position;
}

export function tabRow({ settings, moment }: DashboardParts, dashboard: Dashboard, tab: Row, position: number): Row {
  const id = tabId(dashboard, position);
  const created_at = moment.of('dashboard', dashboard.id);
  const entity_id = entityId(settings.seed, SALT_TAB, id);
  return { ...tab, id, dashboard_id: dashboard.id, entity_id, created_at, updated_at: created_at };
}

export function dashcards(
  parts: DashboardParts,
  cards: Cards,
  dashboard: Dashboard,
  canRead: (card: Card) => boolean,
): Row[] {
  if (dashboard.shape === 'empty') return questionsOf(parts, cards, dashboard, canRead);
  const shape = DETAIL_SHAPES[dashboard.shape];
  const firstTab = Math.min(...(shape.tabs as { id: number }[]).map(({ id }) => id));
  const chosen = chosenCards(cards, dashboard);
  return (shape.dashcards as Row[]).flatMap((dashcard, position) => {
    const card = dashcard.card_id === null ? undefined : chosen.shift();
    if (dashcard.card_id !== null && (!card || card.isArchived)) return [];
    const tab = tabId(dashboard, (dashcard.dashboard_tab_id as number) - firstTab);
    const series = position === 3 && dashboard.index % 2 === 0 ? [cards.at(SERIES_CARD_INDEX % cards.count)] : [];
    return [dashcardRow(parts, cards, { dashboard, dashcard, position, tab, card, series, canRead })];
  });
}

function chosenCards(cards: Cards, { index }: Dashboard): Card[] {
  if (cards.count === 0) return [];
  if (index <= 1) return MAIN_CARD_INDEXES.filter((card) => card < cards.count).map(cards.at);
  return MAIN_CARD_INDEXES.map((offset) => cards.at((index * MAIN_CARD_INDEXES.length + offset) % cards.count));
}

/** An empty dashboard still shows the questions that live in it. */
function questionsOf(
  parts: DashboardParts,
  cards: Cards,
  dashboard: Dashboard,
  canRead: (card: Card) => boolean,
): Row[] {
  const [dashcard] = DETAIL_SHAPES.empty.dashcards as Row[];
  const question = cards.byId('oFthWynYyIhK8KdXH_cKj');
  if (!dashcard || question?.dashboardId !== dashboard.id) return [];
  return [
    dashcardRow(parts, cards, { dashboard, dashcard, position: 0, tab: null, card: question, series: [], canRead }),
  ];
}

type Place = {
  dashboard: Dashboard;
  dashcard: Row;
  position: number;
  tab: number | null;
  card: Card | undefined;
  series: Card[];
  canRead: (card: Card) => boolean;
};

function dashcardRow(parts: DashboardParts, cards: Cards, place: Place): Row {
  const { dashboard, dashcard, card } = place;
  const id = dashcardId(dashboard, place.position);
  const created_at = parts.moment.of('dashboard', dashboard.id);
  const shown = card && (place.canRead(card) ? cards.stubRow(card) : { id: card.id });
  const mappings = (dashcard.parameter_mappings as Row[]).map((mapping) => ({ ...mapping, card_id: card?.id ?? null }));
  return {
    ...dashcard,
    id,
    dashboard_id: dashboard.id,
    dashboard_tab_id: place.tab,
    card_id: card?.id ?? null,
    created_at,
    updated_at: created_at,
    entity_id: entityId(parts.settings.seed, SALT_DASHCARD, id),
    parameter_mappings: mappings,
    card: shown ?? dashcard.card,
    series: place.series.map(cards.stubRow),
  };
}
