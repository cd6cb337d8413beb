// All tests run in one pool; the bundle is built by `npm ci` (prepare), so tests of the executable use it as users do.
import { defineConfig } from 'vitest/config';

export default defineConfig({ test: { include: ['test/**/*.test.ts'], testTimeout: 30_000 } });
