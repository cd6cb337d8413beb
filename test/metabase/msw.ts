// The same simulator inside a process, for tests that use msw.
import { http, HttpResponse, type HttpHandler } from 'msw';
import { ConnectionEndedError } from './faults.ts';
import type { Metabase } from './metabase.ts';

/** Handlers for everything under `origin`; a dropped connection becomes a network error. */
export function metabaseHandlers(metabase: Pick<Metabase, 'handle'>, origin: string): HttpHandler[] {
  return [
    http.all(`${origin}/*`, async ({ request }) => {
      try {
        return await metabase.handle(request);
      } catch (error) {
        if (error instanceof ConnectionEndedError) return HttpResponse.error();
        throw error;
      }
    }),
  ];
}
