import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, type Locator, type Page } from '@playwright/test';
import { SmtpDialogue } from '../fakes/smtp-dialogue.ts';
import { startUpstream } from '../fakes/upstream.ts';
import { sendMessage, test } from './console-test.ts';
import { expectAccessible, expectNothingCutOff } from './sheet.ts';

const grid = (page: Page): Locator => page.getByRole('grid', { name: /^(Protocol log|Protokoll)$/ });
const line = (page: Page, text: string | RegExp): Locator => grid(page).getByRole('row').filter({ hasText: text });

/** So many lines in one conversation: each NOOP is one. */
async function sayNothing(port: number, times: number): Promise<void> {
  const dialogue = await SmtpDialogue.connect(port);
  await dialogue.expect('220');
  await dialogue.send('EHLO talker.example.org', '250');
  for (let time = 0; time < times; time += 1) await dialogue.send('NOOP', '250');
  await dialogue.send('QUIT', '221');
  dialogue.close();
}

const distanceToEnd = (page: Page): Promise<number> =>
  grid(page).evaluate(({ scrollHeight, scrollTop, clientHeight }) => scrollHeight - scrollTop - clientHeight);

test('each command and reply shows as it happens, of both directions', async ({ console, relay, gatewayPort }) => {
  test.slow(); // the checker looks at every element
  const { page } = console;
  await console.open('log');
  await expect(page.getByText('Nothing has been said yet.')).toBeVisible();
  await expectAccessible(page);
  await console.screenshot('log-empty');
  const gateway = await startUpstream({ port: gatewayPort, rcpt: '451 4.3.0 Later' });
  try {
    await sendMessage(relay.port, 'watched');
    await expect(line(page, 'RCPT TO:<recipient@corp.example.com>').first()).toContainText('250');
    await expect(line(page, '451 4.3.0 Later')).toContainText('Outbound reply');
    await expect(line(page, 'EHLO client.test.invalid')).toContainText('127.0.0.1');
    await expectAccessible(page);
    await console.screenshot('log');

    await page.keyboard.press('Control+f');
    await page.keyboard.type('rcpt 250');
    await expect(line(page, '451 4.3.0 Later')).toBeHidden();
    await expect(line(page, 'RCPT TO:<recipient@corp.example.com>')).toHaveCount(1);
    await expect(page.getByRole('status', { name: 'Status bar' })).toContainText(/1 of [0-9]+ lines/);
    await page.keyboard.press('Control+a');
    await page.keyboard.type('no such words');
    await expect(page.getByText('No line contains all of these words.')).toBeVisible();
    await console.screenshot('log-no-match');
    await page.getByRole('button', { name: 'Clear Filter' }).click();
    await expect(line(page, '451 4.3.0 Later')).toBeVisible();
  } finally {
    await gateway.stop();
  }
});

test('it follows the last line until one scrolls up, and goes on when one wants', async ({ console, relay }) => {
  const { page } = console;
  await console.open('log');
  await sayNothing(relay.port, 80);
  await expect(line(page, 'disconnected')).toBeVisible();
  expect(await distanceToEnd(page)).toBeLessThan(24);

  await grid(page).evaluate((element) => {
    element.scrollTop = 240;
  });
  const jump = page.getByRole('button', { name: 'Jump to latest' });
  await expect(jump).toBeVisible();
  const topBefore = await grid(page).evaluate(({ scrollTop }) => scrollTop);
  await sayNothing(relay.port, 20);
  await expect(jump).toContainText('new');
  expect(await grid(page).evaluate(({ scrollTop }) => scrollTop)).toBe(topBefore);
  await console.screenshot('log-scrolled-up');
  await jump.click();
  await expect(jump).toBeHidden();
  expect(await distanceToEnd(page)).toBeLessThan(24);
  await sayNothing(relay.port, 20);
  await expect(page.getByRole('status', { name: 'Status bar' })).toContainText('132 lines');
  expect(await distanceToEnd(page)).toBeLessThan(24);
});

test('paused, nothing moves, and what was written meanwhile comes when it goes on', async ({ console, relay }) => {
  const { page } = console;
  await console.open('log');
  await sayNothing(relay.port, 3);
  await expect(line(page, 'disconnected')).toHaveCount(1);
  const live = page.getByRole('button', { name: 'Live' });
  await live.click();
  await expect(live).toHaveAttribute('aria-pressed', 'false');
  await sayNothing(relay.port, 3);
  await expect(page.getByText('Paused; 7 lines since.')).toBeVisible();
  await expect(line(page, 'disconnected')).toHaveCount(1);
  await console.screenshot('log-paused');
  await live.click();
  await expect(line(page, 'disconnected')).toHaveCount(2);

  await page.getByRole('button', { name: 'Clear', exact: true }).click();
  await expect(page.getByText('The view was cleared.')).toBeVisible();
  await sayNothing(relay.port, 1);
  await expect(line(page, 'disconnected')).toHaveCount(1);
});

test('selected lines are copied, and the list is exported', async ({ console, relay, context }) => {
  const { page } = console;
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await console.open('log');
  await sayNothing(relay.port, 2);
  await line(page, 'EHLO').click();
  await page.keyboard.press('Shift+ArrowDown');
  await expect(page.getByRole('status', { name: 'Status bar' })).toContainText('2 selected');
  await page.keyboard.press('Control+c');
  const copied = await page.evaluate(() => navigator.clipboard.readText());
  expect(copied.split('\r\n').map((row) => row.split('\t')[5])).toEqual([
    'Command',
    'EHLO talker.example.org',
    'NOOP',
    undefined,
  ]);

  await page.keyboard.press('Control+s');
  const dialog = page.getByRole('dialog', { name: 'Export List' });
  await dialog.getByRole('radio', { name: /All rows/ }).check();
  const download = page.waitForEvent('download');
  await dialog.getByRole('button', { name: 'Export' }).click();
  const text = await readFile(await (await download).path(), 'utf8');
  expect(text).toMatch(/^\uFEFFTime,Direction,Session,Peer,User,Command,Reply,Duration\r\n/);
  expect(text).toContain(',EHLO talker.example.org,250,');
});

test('it says whether a file is written, and where', async ({ console, relay }) => {
  const { page } = console;
  await console.open('log');
  await expect(page.getByText('No log file is written')).toBeVisible();
  await page.getByRole('button', { name: 'Logging Properties…' }).click();
  const sheet = page.getByRole('dialog');
  await sheet.getByRole('checkbox', { name: 'Enable logging' }).check();
  await sheet.getByRole('button', { name: 'OK' }).click();
  const folder = join(relay.dataFolder, 'logs', 'SMTPSVC1');
  await expect(page.getByText(`The log is also written to files in ${folder}.`)).toBeVisible();
  await sayNothing(relay.port, 1);
  await expect.poll(async () => (await readdir(folder)).length).toBe(1);
  await console.screenshot('log-with-file');
});

test.describe('on a German system in dark colours', () => {
  test.use({ locale: 'de-DE', colorScheme: 'dark' });

  test('the log speaks German and nothing is cut off', async ({ console, relay }) => {
    test.slow(); // the checker looks at every element
    const { page } = console;
    await console.open('log');
    await sayNothing(relay.port, 3);
    await expect(line(page, 'disconnected')).toBeVisible();
    await expectNothingCutOff(page.getByRole('main'));
    await expectAccessible(page);
    await console.screenshot('log-german-dark');
  });
});
