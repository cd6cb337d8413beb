// Asks a simulator in tests: as the admin, the reader, with an API key, or as nobody.
import type { Metabase } from './metabase.ts';

export const ORIGIN = 'http://127.0.0.1';

type Answer = { status: number; headers: Headers; body: unknown };
export type Role = 'admin' | 'reader' | 'adminApiKey' | 'plainApiKey' | 'nobody';

export type TestClient = {
  get: (path: string, role?: Role) => Promise<Answer>;
  send: (path: string, request: RequestInit) => Promise<Answer>;
  login: (credentials: { username: string; password: string }) => Promise<Answer>;
  headersOf: (role: Role) => Promise<Record<string, string>>;
};

export function testClient(metabase: Pick<Metabase, 'handle' | 'credentials'>): TestClient {
  const tokens = new Map<Role, string>();
  const send = async (path: string, request: RequestInit) =>
    answer(await metabase.handle(new Request(ORIGIN + path, request)));
  const login = (credentials: { username: string; password: string }) =>
    send('/api/session', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(credentials),
    });
  const headersOf = async (role: Role): Promise<Record<string, string>> => {
    if (role === 'nobody') return {};
    if (role === 'adminApiKey' || role === 'plainApiKey') return { 'x-api-key': metabase.credentials[role] };
    const token = tokens.get(role) ?? tokenOf(await login(metabase.credentials[role]));
    tokens.set(role, token);
    return { 'x-metabase-session': token };
  };
  return {
    send,
    login,
    headersOf,
    get: async (path, role = 'admin') => send(path, { headers: await headersOf(role) }),
  };
}

function tokenOf({ body }: Answer): string {
  return (body as { id: string }).id;
}

async function answer(response: Response): Promise<Answer> {
  const { status, headers } = response;
  const text = await response.text();
  const isJson = (headers.get('content-type') ?? '').startsWith('application/json') && text !== '';
  return { status, headers, body: isJson ? (JSON.parse(text) as unknown) : text };
}
