// What is shown of exchanges: nothing by which somebody could log in.
import { expect, test } from 'vitest';
import type { Exchange } from '../../engine/authoring/trial/exchange.ts';
import { shown } from '../../engine/authoring/trial/hide.ts';
import { createRedactor } from '../../engine/protocol/redact.ts';

interface Parts {
  url?: string;
  headers?: Record<string, string>;
  body?: string;
  status?: number;
  replyHeaders?: Record<string, string>;
  reply?: string;
}

const SECRET = 'p&ss w0rd-12';

/** An exchange as it is shown when the secret is known. */
function showOf({ url = 'https://example.com/a', body, status = 200, reply = '', ...parts }: Parts, isLogin = false) {
  const redactor = createRedactor();
  redactor.add(SECRET);
  redactor.add('12345678');
  const exchange: Exchange = {
    purpose: 'users',
    request: { method: 'POST', url: new URL(url), headers: new Headers(parts.headers), body },
    headers: new Headers(parts.replyHeaders),
    ...{ status, ms: 1, bytes: reply.length, chunks: [Buffer.from(reply)], isWhole: true, failure: undefined },
  };
  return shown(exchange, redactor, isLogin);
}

test('a secret that is known goes wherever it stands, encoded or not', () => {
  const base64 = Buffer.from(`ada:${SECRET}`).toString('base64');
  const { url, requestHeaders, requestBody, text } = showOf({
    url: `https://example.com/a?q=${encodeURIComponent(SECRET)}`,
    headers: { 'x-trace': SECRET, 'x-other': base64 },
    body: JSON.stringify({ q: SECRET }),
    reply: `{"echo": "${SECRET}", "coded": "${base64}"}`,
  });
  const all = JSON.stringify([url, requestHeaders, requestBody, text]);
  for (const spelling of [SECRET, encodeURIComponent(SECRET), base64]) expect(all).not.toContain(spelling);
});

test('a secret that is a number leaves JSON that is still JSON', () => {
  const { text } = showOf({ reply: '{"a": 12345678, "b": [9912345678, 1], "c": 1.5}' });
  expect(JSON.parse(text)).toEqual({ a: '****', b: ['****', 1], c: 1.5 });
});

test('a value goes whose name says what it is: in headers, parameters, forms and JSON', () => {
  const { url, requestHeaders, requestBody } = showOf({
    url: 'https://example.com/a?page=2&api_key=abc&access_token=def',
    headers: {
      authorization: 'Bearer abc',
      cookie: 'a=b',
      'x-metabase-session': 'abc',
      'x-api-key': 'k',
      accept: '*/*',
    },
    body: 'grant_type=password&client_secret=abc',
  });
  expect(url).toBe('https://example.com/a?page=2&api_key=****&access_token=****');
  expect(Object.fromEntries(requestHeaders)).toEqual({
    ...{
      authorization: 'Bearer ****',
      cookie: '****',
      'x-metabase-session': '****',
      'x-api-key': '****',
      accept: '*/*',
    },
  });
  expect(requestBody).toBe('grant_type=password&client_secret=****');
  const reply = '{"password": "x\\"y", "clientSecret": "a", "next_page": "b", "token": null, "refresh_token": "cut o';
  expect(showOf({ reply }).text).toBe(
    '{"password": "****", "clientSecret": "****", "next_page": "b", "token": null, "refresh_token": "****"',
  );
});

test('what a login answers with is hidden whole; why it refuses is not', () => {
  const reply = '{"id": "0af1", "user": {"roles": ["abc"], "n": 1}}';
  expect(showOf({ reply }, true).text).toBe('{"id": "****", "user": {"roles": ["****"], "n": 1}}');
  expect(showOf({ reply: '0af1-token' }, true).text).toBe('****');
  expect(showOf({ status: 401, reply: '{"error": "wrong user"}' }, true).text).toBe('{"error": "wrong user"}');
});

test('cookies that the server sets keep their names only', () => {
  const { headers } = showOf({ replyHeaders: { 'set-cookie': 'session=abc; Path=/', link: '<b>; rel="next"' } });
  expect(Object.fromEntries(headers)).toEqual({ 'set-cookie': 'session=****', link: '<b>; rel="next"' });
});
