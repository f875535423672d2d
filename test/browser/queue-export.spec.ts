import { readFile } from 'node:fs/promises';
import { expect, type Page } from '@playwright/test';
import { sendMessage, test } from './console-test.ts';
import { destination, queued, sendMail } from './queue-parts.ts';
import { dialogOf, expectAccessible } from './sheet.ts';

/** Presses the button and reads the file that comes. */
async function download(page: Page, press: () => Promise<void>): Promise<{ name: string; bytes: Buffer }> {
  const [file] = await Promise.all([page.waitForEvent('download'), press()]);
  return { name: file.suggestedFilename(), bytes: await readFile(await file.path()) };
}

test('one message becomes an .eml file, byte by byte as it will be sent', async ({ console, relay }) => {
  const { page } = console;
  await sendMessage(relay.port, 'to keep', 'äöü \u00a9');
  await console.open('queue');
  await console.choose('to keep', 'Export Messages…');
  const dialog = dialogOf(page, 'Export Messages');
  await expectAccessible(page);
  await console.screenshot('queue-export-message');
  const [message] = await queued(relay);
  const { name, bytes } = await download(page, () => dialog.getByRole('button', { name: 'Export' }).click());
  expect(name).toBe(`${message?.id}.eml`);
  await expect(page.getByText('1 message exported')).toBeVisible();
  const shown = await relay.cli('queue', 'show', message?.id ?? '', '--source');
  expect(bytes.toString('utf8')).toBe(shown.stdout);
  expect(bytes.toString('latin1')).toContain('äöü ©');
});

test('many messages become one mailbox, also those a filter matches', async ({ console, relay }) => {
  const { page } = console;
  for (const subject of ['issued 1', 'issued 2', 'denied 1']) {
    await sendMail(relay.port, { subject, body: 'From here on\r\nFrom there' });
  }
  await console.open('queue');
  await page.keyboard.press('Control+f');
  await page.getByRole('searchbox').fill('issued');
  await expect(console.message('denied 1')).toBeHidden();
  await page.keyboard.press('Enter');
  await page.keyboard.press('Control+a');
  await page.keyboard.press('Shift+F10');
  await page.getByRole('menuitem', { name: 'Export Messages…' }).click();
  const dialog = dialogOf(page, 'Export Messages');
  await expect(dialog).toContainText('2 messages are saved as one mailbox file (.mbox)');
  const { name, bytes } = await download(page, () => dialog.getByRole('button', { name: 'Export' }).click());
  expect(name).toBe('Queued messages.mbox');
  const text = bytes.toString('latin1');
  expect(text.match(/^From ca@corp\.example\.com \w{3} \w{3} [ \d]\d [\d:]{8} \d{4}$/gm)).toHaveLength(2);
  expect([...text.matchAll(/^Subject: (.*)$/gm)].map(([, subject]) => subject)).toEqual(['issued 1', 'issued 2']);
  expect(text.match(/^>From (here on|there)$/gm)).toHaveLength(4);
  expect(text).not.toContain('\r');
  await expect(page.getByText('2 messages exported')).toBeVisible();
});

test('Export List writes all rows of the view, more than are loaded, as a spreadsheet reads them', async ({
  console,
  relay,
}) => {
  test.slow(); // many messages
  const { page } = console;
  for (let number = 1; number <= 230; number += 1) await sendMessage(relay.port, `=cmd ${number}`);
  await console.open('queue');
  await expect(page.getByText('230 messages')).toBeVisible();
  await page.keyboard.press('Control+s');
  const dialog = dialogOf(page, 'Export List');
  const exported = () => download(page, () => dialog.getByRole('button', { name: 'Export' }).click());
  const csv = await exported();
  expect(csv.name).toBe('Queued messages.csv');
  expect([...csv.bytes.subarray(0, 3)]).toEqual([0xef, 0xbb, 0xbf]);
  const lines = csv.bytes.toString('utf8').slice(1).trimEnd().split('\r\n');
  expect(lines).toHaveLength(231);
  expect(lines[0]).toBe('Status,From,To,Subject,Size,Received,Age,Attempts,Last error,Next attempt,Next hop,ID');
  expect(lines[230]).toContain(",'=cmd 230,");

  // The selection alone, with tabs.
  await console.message('=cmd 1').first().click();
  await page.keyboard.press('Shift+ArrowDown');
  await page.keyboard.press('Control+s');
  await expect(dialog.getByLabel('Selected rows (2)')).toBeChecked();
  await dialog.getByLabel('Tab-separated (.txt)').check();
  const tabs = await exported();
  expect(tabs.name).toBe('Queued messages.txt');
  expect(tabs.bytes.toString('utf8').slice(1).trimEnd().split('\r\n')).toHaveLength(3);
});

test('the destinations are a list to export as well', async ({ console, relay, gatewayPort }) => {
  const { page } = console;
  await sendMessage(relay.port, 'one');
  await console.open('queue');
  await destination(page, `127.0.0.1:${gatewayPort}`).click();
  await page.keyboard.press('Control+s');
  const dialog = dialogOf(page, 'Export List');
  const { name, bytes } = await download(page, () => dialog.getByRole('button', { name: 'Export' }).click());
  expect(name).toBe('Destinations.csv');
  expect(bytes.toString('utf8')).toContain(`\r\n127.0.0.1:${gatewayPort},Down,1,`);
});

test('rows are copied as text with their headings', async ({ console, relay, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  const { page } = console;
  for (const subject of ['first', 'second']) await sendMessage(relay.port, subject);
  await console.open('queue');
  await console.message('first').click();
  await page.keyboard.press('Control+a');
  await page.keyboard.press('Control+c');
  await expect(page.getByText('2 rows copied')).toBeVisible();
  const text = await page.evaluate(() => navigator.clipboard.readText());
  const lines = text.trimEnd().split(/\r?\n/);
  expect(lines[0]?.split('\t').slice(0, 4)).toEqual(['Status', 'From', 'To', 'Subject']);
  expect(lines.slice(1).map((line) => line.split('\t')[3])).toEqual(['first', 'second']);
});

test('columns are made wider by pointer and keyboard, hidden and moved, and stay so', async ({ console, relay }) => {
  const { page } = console;
  await sendMessage(relay.port, 'one');
  await console.open('queue');
  const grid = page.getByRole('grid', { name: 'Queued messages' });
  const grip = grid.getByRole('separator', { name: 'Width of the column Subject' });
  const before = Number(await grip.getAttribute('aria-valuenow'));
  await grip.focus();
  await page.keyboard.press('ArrowRight');
  await expect(grip).toHaveAttribute('aria-valuenow', String(before + 10));
  const box = await grip.boundingBox();
  await grip.hover();
  await page.mouse.down();
  await page.mouse.move((box?.x ?? 0) + 104, (box?.y ?? 0) + 5);
  await page.mouse.up();
  const wide = Number(await grip.getAttribute('aria-valuenow'));
  expect(wide).toBeGreaterThan(before + 90);
  const head = await grid.getByRole('columnheader', { name: /^Subject/ }).boundingBox();
  expect(head?.width).toBe(wide);

  await page.getByRole('menuitem', { name: 'View' }).click();
  await page.getByRole('menuitem', { name: 'Columns…' }).click();
  const dialog = dialogOf(page, 'Columns');
  await dialog.getByLabel('Age').uncheck();
  await dialog.getByLabel('Subject').focus();
  for (let step = 0; step < 3; step += 1) await dialog.getByRole('button', { name: 'Move up' }).click();
  await expectAccessible(page);
  await dialog.getByRole('button', { name: 'OK' }).click();
  const headings = () =>
    grid
      .getByRole('columnheader')
      .allTextContents()
      .then((texts) => texts.map((text) => text.replace(/ [▴▾]$/, '')));
  await expect
    .poll(headings)
    .toEqual([
      ...[
        'Subject',
        'Status',
        'From',
        'To',
        'Size',
        'Received',
        'Attempts',
        'Last error',
        'Next attempt',
        'Next hop',
        'ID',
      ],
    ]);
  await page.reload();
  await console.open('queue');
  await expect.poll(headings).not.toContain('Age');
  await expect(grip).toHaveAttribute('aria-valuenow', String(wide));
});
