import { expect } from '@playwright/test';
import { startFakeConsole } from '../fakes/fake-console.ts';
import { Console, test } from './console-test.ts';
import { expectAccessible } from './sheet.ts';

test('an action on a hundred thousand messages shows how far it is, and can be stopped', async ({ page }) => {
  test.slow(); // a hundred thousand messages, and the checker looks at the whole window
  const relay = await startFakeConsole({ port: 0, rows: 100_000 });
  const console = new Console(page);
  await page.goto(relay.address);
  await page.getByRole('tree').getByText('Queue', { exact: true }).click();
  const grid = page.getByRole('grid', { name: 'Queued messages' });
  await expect(grid.getByRole('row').nth(1)).toContainText('@');
  await grid.focus();
  await page.keyboard.press('Control+a');
  await page.keyboard.press('Shift+F10');
  await page.getByRole('menuitem', { name: 'Hold', exact: true }).click();
  await expect(page.getByRole('progressbar', { name: 'Work on many messages' })).toBeVisible();
  await page.getByRole('button', { name: 'Stop', exact: true }).click();
  await expect(page.getByText('stopped before the rest')).toBeVisible();
  await expect(page.getByRole('progressbar', { name: 'Work on many messages' })).toBeHidden();
  await expectAccessible(page);
  await console.screenshot('queue-bulk-stopped');
  await relay.stop();
});
