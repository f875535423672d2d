import { test } from '@playwright/test';
import { build } from '../../electron/scripts/build.ts';

test('the application is built from the sources', async () => {
  await build(['main', 'preload', 'renderer']);
});
