import { join } from 'node:path';
import { expect } from '@playwright/test';
import { startUpstream } from '../fakes/upstream.ts';
import { Console, sendMessage, test } from './console-test.ts';
import { expectAccessible, expectNothingCutOff } from './sheet.ts';

test('a destination that is down shows with its reason, and is tried again from here', async ({
  console,
  relay,
  gatewayPort,
}) => {
  test.slow(); // the checker looks at every element
  const { page } = console;
  await console.open('server');
  const down = page.getByRole('region', { name: 'Destinations that cannot be reached' });
  await expect(down).toContainText('Every destination that was tried could be reached.');
  await console.screenshot('server-quiet');

  await sendMessage(relay.port, 'waits');
  await expect(down).toContainText(`127.0.0.1:${gatewayPort}`);
  await expect(down).toContainText('nothing listens there');
  await expect(page.getByRole('region', { name: 'At a glance' })).toContainText('1 accepted, 0 delivered');
  await expect(page.getByRole('region', { name: 'At a glance' })).toContainText(`127.0.0.1:${relay.port}`);
  await expect(page.getByRole('region', { name: 'Folders' })).toContainText(relay.dataFolder);
  await expectAccessible(page);
  await console.screenshot('server-destination-down');

  await down.getByRole('button', { name: /^Retry/ }).click();
  await expect(down).toContainText('1 message is tried now');
  const gateway = await startUpstream({ port: gatewayPort });
  try {
    await down.getByRole('button', { name: /^Retry/ }).click();
    await expect(down).toContainText('Every destination that was tried could be reached.');
    await expect(page.getByRole('region', { name: 'At a glance' })).toContainText('1 accepted, 1 delivered');
    expect(gateway.messages.length).toBe(1);
  } finally {
    await gateway.stop();
  }
});

test('a warning leads to where one can do something about it', async ({ console, relay }) => {
  test.slow(); // the checker looks at every element
  const { page } = console;
  await sendMessage(relay.port, 'waits');
  await console.open('computer');
  const warnings = page.getByRole('region', { name: 'Warnings' });
  await expect(warnings).toContainText('cannot be reached');
  await expectAccessible(page);
  await console.screenshot('computer-warning');
  await warnings.getByRole('button', { name: 'Open Queue: SMTP Virtual Server #1' }).click();
  await expect(console.message('waits')).toBeVisible();
});

test('a warning about a setting opens the sheet at its field', async ({ console, relay }) => {
  const { page } = console;
  await relay.cli('config', 'set', 'access.certificateFile', join(relay.dataFolder, 'missing.pem'));
  await console.open('computer');
  await page.getByRole('button', { name: 'Properties…: SMTP Virtual Server #1' }).click();
  const sheet = page.getByRole('dialog', { name: /SMTP Virtual Server #1/ });
  await expect(sheet.getByRole('tab', { name: 'Access' })).toHaveAttribute('aria-selected', 'true');
});

test('the charts show what came in, as a drawing and as a table, for the time one chooses', async ({
  console,
  relay,
}) => {
  test.slow(); // the checker looks at every element of long tables
  const { page } = console;
  await console.open('server');
  for (const subject of ['one', 'two']) await sendMessage(relay.port, subject);
  const queue = page.getByRole('region', { name: 'Queue', exact: true });
  const traffic = page.getByRole('region', { name: 'Messages per minute, last hour' });
  await expect(traffic).toContainText('In the last hour: 2 accepted', { timeout: 20_000 });
  await expect(queue).toContainText('2 messages in the queue now');
  await expect(queue.locator('svg').first()).toBeVisible();
  await queue.getByRole('button', { name: '24 hours' }).click();
  await expect(queue.getByRole('button', { name: '24 hours' })).toHaveAttribute('aria-pressed', 'true');
  await console.screenshot('server-charts');

  await traffic.getByRole('button', { name: 'Show as table' }).click();
  const latest = traffic.getByRole('table').getByRole('row');
  const sum = async (): Promise<number> =>
    (await latest.locator('td:nth-child(2)').allTextContents()).reduce((all, cell) => all + (Number(cell) || 0), 0);
  expect(await sum()).toBe(2);
  await expect(queue.getByRole('table').getByRole('row')).toHaveCount(97);
  await expectAccessible(page);
  await console.screenshot('server-charts-table');

  await page.reload();
  await expect(queue.getByRole('table')).toBeVisible();
  await queue.getByRole('button', { name: 'Show as table' }).click();
  await expect(queue.locator('svg').first()).toBeVisible();
});

for (const colorScheme of ['light', 'dark'] as const) {
  test(`both overviews are accessible and fit in German, ${colorScheme}`, async ({ browser, relay }) => {
    test.slow(); // the checker looks at every element of two screens
    const context = await browser.newContext({ locale: 'de-DE', colorScheme, viewport: { width: 1280, height: 820 } });
    const page = await context.newPage();
    await page.goto(relay.consoleUrl ?? '');
    await sendMessage(relay.port, 'wartet');
    for (const [name, node] of [
      ['computer', /\(lokaler Computer\)/],
      ['server', /Server #1/],
    ] as const) {
      await page.getByRole('tree').getByText(node).click();
      await expect(page.getByRole('region', { name: 'Nicht erreichbare Ziele' })).toContainText('127.0.0.1:');
      await expect(
        page.getByRole('region', { name: 'Warteschlange', exact: true }).locator('svg').first(),
      ).toBeVisible();
      await expectNothingCutOff(page.getByRole('main'));
      await expectAccessible(page);
      await new Console(page).screenshot(`overview-${name}-german-${colorScheme}`);
    }
    await context.close();
  });
}

test('with the colours of the system the charts keep to them', async ({ console, relay }) => {
  const { page } = console;
  await page.emulateMedia({ forcedColors: 'active' });
  await console.open('server');
  await sendMessage(relay.port, 'waits');
  await expect(page.getByRole('region', { name: 'Queue', exact: true }).locator('svg').first()).toBeVisible();
  await console.screenshot('server-forced-colours');
});
