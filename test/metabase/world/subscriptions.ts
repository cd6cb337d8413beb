// What is sent by mail, to Slack or to a webhook: dashboard subscriptions (pulses), alerts, and on 0.58 the notifications that
// alerts are. Archived ones, Slack and 0.43 are no recordings but the source (S) and a recorded reply of 0.35.
import { legacyAlert, legacyPulse } from '../legacy.ts';
import type { Settings } from '../options.ts';
import { recordedRows } from '../recordings.ts';
import type { Row } from '../row.ts';
import { ADMIN_ID } from './known-people.ts';
import type { Moment } from './moment.ts';
import type { People } from './people.ts';

export type Subscriptions = { pulses: Row[]; alerts: Row[]; notifications: Row[] };

type Parts = { settings: Settings; moment: Moment; people: People };

const ARCHIVED_PULSE_ID = 2;
const ARCHIVED_NOTIFICATION_ID = 7;
/** On 0.43 alerts and pulses have one sequence of ids. */
const LEGACY_ALERT_IDS = [3, 4];
const WEBHOOK_ID = 1;

export function subscriptionRows(parts: Parts): Subscriptions {
  const isLegacy = parts.settings.version === '0.43';
  if (parts.settings.size === 'empty') return { pulses: [], alerts: [], notifications: isLegacy ? [] : ofTheSystem() };
  const pulses = [...recordedRows('admin/pulse'), ...recordedRows('admin/pulse').map(archivedPulse)];
  const alerts = [...recordedRows('admin/alert'), ...recordedRows('admin/alert').map(archivedAlert)];
  const made = pulses.map((row) => ({ ...row, ...madeBy(parts, Number(row.id)) }));
  if (!isLegacy) return { pulses: made, alerts, notifications: notifications() };
  const older = alerts.map((row, index) => ({ ...row, ...madeBy(parts, LEGACY_ALERT_IDS[index] ?? 0) }));
  return { pulses: made.map(legacyPulse), alerts: older.map(oldAlert), notifications: [] };
}

function madeBy({ moment, people }: Parts, id: number): Row {
  const stamps = { created_at: moment.of('pulse', id), updated_at: moment.after('pulse', id) };
  return { ...stamps, id, creator_id: ADMIN_ID, creator: people.creatorRow(ADMIN_ID) };
}

function archivedPulse(row: Row): Row {
  const [channel] = row.channels as Row[];
  const slack = {
    channel_type: 'slack',
    recipients: [],
    details: { channel: '#old-news' },
    pulse_id: ARCHIVED_PULSE_ID,
  };
  return {
    ...row,
    id: ARCHIVED_PULSE_ID,
    name: 'Old news',
    archived: true,
    channels: [{ ...channel, ...slack, id: 2 }],
  };
}

function archivedAlert(row: Row): Row {
  return { ...row, id: ARCHIVED_NOTIFICATION_ID, archived: true };
}

function oldAlert(row: Row): Row {
  return legacyAlert({ ...row, can_write: true, card: { id: 38, ...(row.card as Row) } });
}

const ofTheSystem = (): Row[] => recordedRows('admin/notification').filter(({ payload }) => payload === null);

/** The recorded ones, and one that is off and goes to a webhook. */
function notifications(): Row[] {
  const recorded = recordedRows('admin/notification');
  const alerts = recorded.filter(({ payload }) => payload !== null);
  return [...recorded, ...alerts.map(inactiveNotification)];
}

function inactiveNotification(row: Row): Row {
  const stamps = { created_at: row.created_at, updated_at: row.updated_at };
  const details = {
    url: 'https://hooks.example.com/a',
    'auth-method': 'header',
    'auth-info': { token: 'example-token' },
  };
  const channel = {
    ...stamps,
    id: WEBHOOK_ID,
    name: 'Hook',
    description: null,
    type: 'channel/http',
    active: true,
    details,
  };
  const [handler] = row.handlers as Row[];
  const toWebhook = { channel_type: 'channel/http', channel_id: WEBHOOK_ID, channel, recipients: [] };
  const id = ARCHIVED_NOTIFICATION_ID;
  return { ...row, id, active: false, handlers: [{ ...handler, ...toWebhook, id, notification_id: id }] };
}
