import { resolve } from 'node:path';
import { defineConfig } from 'vitest/config';

/** What a relay is made of. Packaging and scripts are about Linux, or about a runtime that Wine does not have. */
const folders = ['base', 'cli', 'delivery', 'durability', 'host', 'logging', 'relay', 'settings', 'smtp', 'spool'];

export default defineConfig({
  root: resolve(import.meta.dirname, '../..'),
  test: {
    include: [...folders.map((folder) => `test/integration/${folder}/*.test.ts`), 'test/wine/*.test.ts'],
    setupFiles: ['test/wine/skip-known-limits.ts'],
    environment: 'node',
    testTimeout: 120_000,
    hookTimeout: 120_000,
    fileParallelism: false,
  },
});
