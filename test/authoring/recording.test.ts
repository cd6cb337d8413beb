// What a test read keeps, and how it is read again without the server, or with as little of it as it takes.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { type Recording, readRecording, writeRecording } from '../../engine/authoring/trial/recording.ts';
import { createRecordings } from '../../engine/testing/recordings.ts';
import { type Answer, json } from '../support/http.ts';
import { seen, streamOf, tryOf } from './attempts.ts';

const folder = mkdtempSync(join(tmpdir(), 'recordings-'));
afterAll(() => rmSync(folder, { recursive: true }));

const KEY = 'sEcret/key+1?';
const PASSWORD = 'pass wörd&2';
const TOKEN = 'tok3n-of-the-session';

const SESSION = `, authenticator: {
        type: SessionTokenAuthenticator, session_token_path: [id],
        login_requester: { type: HttpRequester, url: https://example.com/session, http_method: POST, request_body_json: { user: ada, pass: "{{ config['password'] }}" } },
        logout_requester: { type: HttpRequester, url: https://example.com/session, http_method: DELETE },
        request_authentication: { type: ApiKey, inject_into: { type: RequestOption, inject_into: request_parameter, field_name: t } } } }`;
const withSession = streamOf('users').replace(
  'path: users }',
  `path: users, request_parameters: { key: "{{ config['key'] }}" }${SESSION}`,
);

const config = { key: KEY, password: PASSWORD };
const query = new URLSearchParams({ key: KEY, t: TOKEN }).toString();
const base64 = Buffer.from(`ada:${PASSWORD}`).toString('base64');

const server: Record<string, Answer> = {
  'POST /session': json({ id: TOKEN, refresh: 'another-credential' }),
  'DELETE /session': new Response(null, { status: 204 }),
};
server[`DELETE /session?t=${TOKEN}`] = new Response(null, { status: 204 });

/** A server that says every secret that it has heard. */
const talkative = {
  ...server,
  [`GET /users?${query}`]: new Response(
    JSON.stringify({ data: [{ id: 1, heard: [KEY, PASSWORD, TOKEN, base64, encodeURIComponent(KEY)].join(' ') }] }),
    { headers: { 'content-type': 'application/json', 'set-cookie': `session=${TOKEN}`, 'x-echo': KEY } },
  ),
};

/** The secrets, in every spelling in which they could be used. */
const spellings = [KEY, PASSWORD, TOKEN, 'another-credential'].flatMap((secret) => [
  secret,
  encodeURIComponent(secret),
  new URLSearchParams([['', secret]]).toString().slice(1),
  Buffer.from(secret).toString('base64'),
  JSON.stringify(secret).slice(1, -1),
]);
const secretsIn = (text: string): string[] => [...spellings, base64].filter((secret) => text.includes(secret));

test('nothing that is shown or kept has a credential in it, in any spelling', async () => {
  const result = await tryOf(withSession, talkative, { config, isRecording: true });
  expect(result.trial.error).toBeUndefined();
  const path = writeRecording(folder, result.recording as Recording);
  expect(secretsIn(readFileSync(path, 'utf8'))).toEqual([]);
  for (const show of ['http', 'records', 'schema', 'all'] as const) {
    expect(secretsIn(seen(result, { show }))).toEqual([]);
    expect(secretsIn(seen(result, { show, format: 'json' }))).toEqual([]);
  }
});

test('a login that fails tells no credential either', async () => {
  const refused = { 'POST /session': json({ error: `${PASSWORD} is wrong` }, 401) };
  const result = await tryOf(withSession, refused, { config });
  const screen = seen(result);
  expect(screen).toContain('401 Unauthorized');
  expect(secretsIn(screen)).toEqual([]);
});

test('a recording is read again without the server and without a config, to the same records', async () => {
  const first = await tryOf(withSession, talkative, { config, isRecording: true });
  writeRecording(folder, first.recording as Recording);
  const again = await tryOf(withSession, undefined, { config: undefined, recording: readRecording(folder, 'users') });
  expect(again.trial.error).toBeUndefined();
  expect(again.trial.records).toEqual(first.trial.records);
});

test('a recording is read at the time when it was made', async () => {
  const stream = streamOf('users').replace(
    'path: users }',
    `path: users, request_parameters: { day: "{{ now_utc().strftime('%Y-%m-%d') }}" } }`,
  );
  const answers = { 'GET /users?day=2026-11-21': json({ data: [{ id: 1 }] }) };
  const { recording } = await tryOf(stream, answers, { isRecording: true });
  const clock = { now: () => Date.UTC(2030, 0, 1), sleep: () => Promise.resolve() };
  expect((await tryOf(stream, undefined, { recording, clock })).trial.records).toEqual([{ id: 1 }]);
});

test('a request that is not recorded is an error that names it and what is there', async () => {
  const { recording } = await tryOf(streamOf('users'), { 'GET /users': json({ data: [] }) }, { isRecording: true });
  const { trial } = await tryOf(streamOf('users').replace('path: users', 'path: usres'), undefined, { recording });
  expect(trial.error).toMatchObject({ failureType: 'config_error' });
  expect(trial.error?.message).toBe(
    'GET /usres is not in the recording. Record again with --config and --record. What is there:\n  GET /users',
  );
});

test('answers to the same request come in the order in which they came', async () => {
  const answers = { 'GET /users': [json({}, 503), json({ data: [{ id: 1 }] })] };
  const { recording } = await tryOf(streamOf('users'), answers, { isRecording: true });
  expect(recording?.exchanges.map(({ name, status }) => [name, status])).toEqual([
    ['GET /users', 503],
    ['GET /users (2)', 200],
  ]);
  expect((await tryOf(streamOf('users'), undefined, { recording })).trial.records).toEqual([{ id: 1 }]);
});

test('a reply is kept whole, though the limit is reached before its end', async () => {
  const reply = `{"data": [${Array.from({ length: 200_000 }, () => '{"id": 1.10}').join(',')}]}`;
  const { trial, recording } = await tryOf(
    streamOf('users'),
    { 'GET /users': new Response(reply) },
    { limit: 1, isRecording: true },
  );
  expect(trial.records).toHaveLength(1);
  expect((recording?.exchanges[0]?.reply as { data: unknown[] }).data).toHaveLength(200_000);
});

test('with a server too, it is asked only for what is not recorded, after a login of its own', async () => {
  const stream = withSession;
  const first = await tryOf(stream, talkative, { config, isRecording: true });
  const same = await tryOf(stream, talkative, { config, recording: first.recording, isRecording: true });
  expect(same.asked).toEqual([]);

  const edited = stream.replace('path: users,', 'path: people,');
  const people = { ...server, [`GET /people?${query}`]: json({ data: [{ id: 7 }] }) };
  const other = await tryOf(edited, people, { config, recording: first.recording, isRecording: true });
  expect(other.asked).toEqual(['POST /session', `GET /people?${query}`, `DELETE /session?t=${TOKEN}`]);
  expect(other.trial.records).toEqual([{ id: 7 }]);
  // What was recorded before is there still.
  expect(
    (await tryOf(stream, undefined, { config: undefined, recording: other.recording })).trial.records,
  ).toHaveLength(1);
});

test('tests of streams read the same file', async () => {
  const reply = new Response('{"data": [{"id": 1.10}]}', { headers: { 'content-type': 'application/json' } });
  const { recording } = await tryOf(streamOf('users'), { 'GET /users': reply }, { isRecording: true });
  writeRecording(folder, recording as Recording);
  expect(createRecordings()(folder, 'GET /users')).toEqual({
    ...{ status: 200, type: 'application/json', text: '{"data":[{"id":1.10}]}' },
  });
});
