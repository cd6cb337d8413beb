// Segments, and on 0.43 metrics at the address where the newest versions list cards.
import { jsonArray, noSuchEndpoint } from '../reply.ts';
import type { Route } from '../router.ts';

export const segmentRoutes: Route[] = [
  {
    method: 'GET',
    path: '/api/segment',
    access: 'user',
    // On 0.43 they are there for those without rights too (seen on 0.49).
    reply: ({ world, person }) => jsonArray(person.isSuperuser || world.isLegacy ? world.segments() : []),
  },
  {
    method: 'GET',
    path: '/api/metric',
    access: 'user',
    reply: ({ world }) => (world.isLegacy ? jsonArray(world.legacyMetrics()) : noSuchEndpoint()),
  },
];
