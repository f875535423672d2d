import { readFile } from 'node:fs/promises';
import { expect, type Page } from '@playwright/test';
import type { RelayProcess } from '../fakes/relay-process.ts';
import { SmtpDialogue } from '../fakes/smtp-dialogue.ts';
import { type Console, test } from './console-test.ts';
import { dialogOf, expectAccessible } from './sheet.ts';

const heads = (page: Page) => page.getByRole('main').getByRole('columnheader');
const row = (page: Page, name: string) => page.getByRole('main').getByRole('row').filter({ hasText: name });

/** Three programs are connected, so that the list has rows that stay. */
async function withSessions(console: Console, relay: RelayProcess): Promise<readonly SmtpDialogue[]> {
  const sessions: SmtpDialogue[] = [];
  for (const name of ['alpha', 'bravo', 'beta']) {
    const session = await SmtpDialogue.connect(relay.port);
    await session.expect('220');
    await session.send(`EHLO ${name}.corp.example.com`, '250');
    sessions.push(session);
  }
  await console.open('sessions');
  await expect(row(console.page, 'beta.corp')).toBeVisible();
  return sessions;
}

const closeAll = (sessions: readonly SmtpDialogue[]): void => {
  for (const session of sessions) session.close();
};

test('columns are hidden, moved and sorted, and stay so', async ({ console, relay }) => {
  const { page } = console;
  const sessions = await withSessions(console, relay);
  await expect(heads(page)).toHaveCount(7);
  await heads(page).first().click({ button: 'right' });
  await page.getByRole('menuitemcheckbox', { name: 'Phase' }).click();
  await expect(heads(page)).toHaveCount(6);

  await page.getByRole('menuitem', { name: 'View' }).click();
  await page.getByRole('menuitem', { name: 'Columns…' }).click();
  const columns = dialogOf(page, 'Columns');
  await expect(columns.getByRole('checkbox', { name: 'Phase' })).not.toBeChecked();
  await columns.getByRole('checkbox', { name: 'Encrypted' }).uncheck();
  await columns.getByRole('checkbox', { name: 'Direction' }).focus();
  for (let step = 0; step < 3; step++) await columns.getByRole('button', { name: 'Move up' }).click();
  await console.screenshot('list-columns');
  await expectAccessible(page);
  await columns.getByRole('button', { name: 'OK' }).click();
  const order = ['Direction', 'User', 'From', 'Connected Time', 'Messages'];
  await expect(heads(page)).toContainText(order);

  await heads(page).filter({ hasText: 'User' }).getByRole('button').click();
  await expect(page.getByRole('main').getByRole('row').nth(1)).toContainText('alpha');
  await page.reload();
  await expect(heads(page)).toContainText(order);
  await expect(heads(page).filter({ hasText: 'User' })).toHaveAttribute('aria-sort', 'ascending');
  closeAll(sessions);
});

test('keys select rows, letters lead to them, and the heads have keys of their own', async ({ console, relay }) => {
  const { page } = console;
  const sessions = await withSessions(console, relay);
  const isSelected = (name: string) => expect(row(page, name)).toHaveAttribute('aria-selected', 'true');
  await page.keyboard.press('F6');
  await expect(page.getByRole('main').getByRole('row').nth(1)).toBeFocused();
  await page.keyboard.type('br');
  await isSelected('bravo.corp');
  await expect(row(page, 'bravo.corp')).toBeFocused();
  await page.keyboard.press('Control+a');
  for (const name of ['alpha.corp', 'bravo.corp', 'beta.corp']) await isSelected(name);
  await expect(page.getByRole('status', { name: 'Status bar' })).toContainText('3 selected');

  // On a head, Space sorts and selects nothing; arrow down leads to the rows.
  const head = heads(page).filter({ hasText: 'User' }).getByRole('button');
  await row(page, 'bravo.corp').click();
  await head.focus();
  await page.keyboard.press('Space');
  await expect(heads(page).filter({ hasText: 'User' })).toHaveAttribute('aria-sort', 'ascending');
  await page.keyboard.press('Delete');
  await isSelected('bravo.corp');
  await expect(row(page, 'alpha.corp')).toHaveAttribute('aria-selected', 'false');
  await page.keyboard.press('ArrowDown');
  await expect(row(page, 'bravo.corp')).toBeFocused();

  // The row goes away, the keyboard does not.
  sessions[1]?.close();
  await expect(row(page, 'bravo.corp')).toBeHidden();
  await expect(page.getByRole('main').getByRole('row').nth(3)).toBeHidden();
  await expect(page.locator('[data-row]:focus')).toHaveCount(1);
  closeAll(sessions);
});

test('selected rows are copied with their headings, the list is exported as it is shown', async ({
  console,
  relay,
  context,
}) => {
  const { page } = console;
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  const sessions = await withSessions(console, relay);
  await row(page, 'alpha.corp').click();
  await page.keyboard.press('Control+c');
  const copied = await page.evaluate(() => navigator.clipboard.readText());
  const [headings, ...rows] = copied.trimEnd().split('\r\n');
  expect(headings?.split('\t').slice(0, 2)).toEqual(['User', 'From']);
  expect(rows.map((line) => line.split('\t').slice(0, 2))).toEqual([['alpha.corp.example.com', '127.0.0.1']]);

  await page.keyboard.press('Control+s');
  const dialog = dialogOf(page, 'Export List');
  await dialog.getByRole('radio', { name: 'All rows (3)' }).check();
  const download = page.waitForEvent('download');
  await dialog.getByRole('button', { name: 'Export' }).click();
  const text = await readFile(await (await download).path(), 'utf8');
  expect(text.startsWith('\uFEFFUser,From,')).toBe(true);
  expect(text.trimEnd().split('\r\n')).toHaveLength(4);
  closeAll(sessions);
});

test('Live lets the list stand still and go on', async ({ console, relay }) => {
  const { page } = console;
  const sessions = await withSessions(console, relay);
  const chooseLive = async (): Promise<void> => {
    await page.getByRole('menuitem', { name: 'View' }).click();
    await page.getByRole('menuitemcheckbox', { name: 'Live' }).click();
  };
  await chooseLive();
  await expect(page.getByRole('status', { name: 'Status bar' })).toContainText('refresh paused');
  sessions[0]?.close();
  // The relay has noticed, the list has not.
  await expect.poll(async () => (await relay.json<readonly unknown[]>('session', 'list')).length).toBe(2);
  await expect(row(page, 'alpha.corp')).toBeVisible();
  await chooseLive();
  await expect(row(page, 'alpha.corp')).toBeHidden();
  closeAll(sessions);
});

test('the heads are one stop of the keyboard: arrows walk along them, with Ctrl they set the width', async ({
  console,
  relay,
}) => {
  const { page } = console;
  const sessions = await withSessions(console, relay);
  await row(page, 'beta.corp').click();
  await page.keyboard.press('Shift+Tab');
  await expect(heads(page).first().getByRole('button')).toBeFocused();
  await page.keyboard.press('ArrowRight');
  const second = heads(page).nth(1);
  await expect(second.getByRole('button')).toBeFocused();
  await expect(page.getByRole('main').locator('[data-head][tabindex="0"]')).toHaveCount(1);
  const width = async (): Promise<number> => Number(await second.getByRole('separator').getAttribute('aria-valuenow'));
  const before = await width();
  await page.keyboard.press('Control+ArrowRight');
  await expect.poll(width).toBe(before + 10);
  await page.keyboard.press('End');
  await expect(heads(page).last().getByRole('button')).toBeFocused();
  await page.keyboard.press('Tab');
  await expect(row(page, 'beta.corp')).toBeFocused();
  closeAll(sessions);
});
