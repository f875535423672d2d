import { expect } from '@playwright/test';
import { sendMessage, test } from './console-test.ts';
import { addCondition, destination, queued, sendMail } from './queue-parts.ts';
import { dialogOf, expectAccessible } from './sheet.ts';

test('conditions are put together, seen as chips, remembered and taken away one by one', async ({ console, relay }) => {
  const { page } = console;
  await sendMail(relay.port, { from: 'ca@corp.example.com', subject: 'issued', body: 'x'.repeat(3_000) });
  await sendMail(relay.port, { from: 'ca@corp.example.com', subject: 'denied' });
  await sendMail(relay.port, { from: 'printer@corp.example.com', to: 'helpdesk@corp.example.com', subject: 'paper' });
  await console.open('queue');
  await expect(console.message('paper')).toBeVisible();

  await page.getByRole('button', { name: 'Filter…' }).click();
  const dialog = dialogOf(page, 'Filter');
  await expect(dialog.getByLabel('Value')).toHaveCount(1);
  await dialog.getByRole('button', { name: 'OK' }).click();
  await expect(dialog).toContainText('Type a part of the text, or remove the condition.');
  await dialog.getByLabel('Value').fill('CA@');
  const size = await addCondition(dialog, 'Size');
  await size.getByLabel('Value').fill('0');
  await dialog.getByRole('button', { name: 'OK' }).click();
  await expect(size).toContainText('Type a whole number from 1 to 999999.');
  await expectAccessible(page);
  await console.screenshot('queue-filter-dialog');
  await size.getByLabel('Value').fill('2');
  await dialog.getByRole('button', { name: 'OK' }).click();
  await expect(dialog).toBeHidden();

  const chip = (name: string) => page.getByRole('button', { name, exact: true });
  await expect(chip('From contains “CA@”')).toBeVisible();
  await expect(chip('Larger than 2 KB')).toBeVisible();
  await expect(console.message('issued')).toBeVisible();
  await expect(console.message('denied')).toBeHidden();
  await expect(console.message('paper')).toBeHidden();
  await expect(page.getByText('1 of 3 messages')).toBeVisible();
  await console.screenshot('queue-filter');

  await page.reload();
  await console.open('queue');
  await expect(chip('Larger than 2 KB')).toBeVisible();
  await expect(page.getByText('1 of 3 messages')).toBeVisible();

  await chip('Remove: Larger than 2 KB').click();
  await expect(console.message('denied')).toBeVisible();
  await expect(console.message('paper')).toBeHidden();
  await page.getByRole('button', { name: 'Clear Filter' }).click();
  await expect(console.message('paper')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Clear Filter' })).toBeDisabled();
  await expect(page.getByRole('grid', { name: 'Queued messages' })).toBeFocused();
});

test('every condition is one that the relay understands', async ({ console, relay, gatewayPort }) => {
  const { page } = console;
  for (const subject of ['issued', 'denied']) await sendMessage(relay.port, subject);
  await console.open('queue');
  await expect(console.message('denied')).toContainText('Retry');
  const cases: readonly { field: string; condition?: string; value: string; listed: readonly string[] }[] = [
    { field: 'To', value: 'recipient@', listed: ['issued', 'denied'] },
    { field: 'Subject', value: 'ISSUED', listed: ['issued'] },
    { field: 'Last error', value: 'nothing listens', listed: ['issued', 'denied'] },
    { field: 'Last error', value: 'no such error', listed: [] },
    { field: 'Age', condition: 'older than', value: '1', listed: [] },
    { field: 'Age', condition: 'newer than', value: '1', listed: ['issued', 'denied'] },
    { field: 'Size', value: '1', listed: [] },
  ];
  const dialog = dialogOf(page, 'Filter');
  for (const { field, condition, value, listed } of cases) {
    await page.getByRole('button', { name: 'Filter…' }).click();
    await dialog.getByRole('button', { name: 'Remove All' }).click();
    const row = await addCondition(dialog, field, condition);
    await row.getByLabel('Value').fill(value);
    await dialog.getByRole('button', { name: 'OK' }).click();
    await expect(page.getByText(`${listed.length} of 2 messages`)).toBeVisible();
    for (const subject of listed) await expect(console.message(subject)).toBeVisible();
  }
  await expect(page.getByText('No message matches the search and the filter.')).toBeVisible();
  await console.screenshot('queue-filter-nothing');

  await page.getByRole('button', { name: 'Filter…' }).click();
  await dialog.getByRole('button', { name: 'Remove All' }).click();
  const states = await addCondition(dialog, 'Status');
  await states.getByLabel('Held').check();
  await dialog.getByRole('button', { name: 'OK' }).click();
  await expect(page.getByText('0 of 2 messages')).toBeVisible();
  // The switches of the toolbar are the same condition.
  const switches = page.getByRole('search');
  await expect(switches.getByRole('button', { name: 'Held' })).toHaveAttribute('aria-pressed', 'true');
  await switches.getByRole('button', { name: 'All', exact: true }).click();

  await page.getByRole('button', { name: 'Filter…' }).click();
  await dialog.getByRole('button', { name: 'Remove All' }).click();
  const nextHop = await addCondition(dialog, 'Next hop');
  await nextHop.getByLabel('Value').selectOption(`127.0.0.1:${gatewayPort}`);
  await dialog.getByRole('button', { name: 'OK' }).click();
  await expect(page.getByText('2 of 2 messages')).toBeVisible();
  await expect(destination(page, `127.0.0.1:${gatewayPort}`)).toHaveAttribute('aria-selected', 'true');
});

test('a bulk action reaches what the conditions match and nothing else', async ({ console, relay }) => {
  const { page } = console;
  for (const subject of ['issued 1', 'issued 2', 'denied 1']) await sendMessage(relay.port, subject);
  await console.open('queue');
  await page.getByRole('button', { name: 'Filter…' }).click();
  const dialog = dialogOf(page, 'Filter');
  await dialog.getByLabel('Field').selectOption({ label: 'Subject' });
  await dialog.getByLabel('Value').fill('issued');
  await page.keyboard.press('Enter');
  await expect(page.getByText('2 of 3 messages')).toBeVisible();
  await page.getByRole('grid', { name: 'Queued messages' }).focus();
  await page.keyboard.press('Control+a');
  await page.keyboard.press('Shift+F10');
  await page.getByRole('menuitem', { name: 'Hold' }).click();
  await expect(page.getByText('2 messages held')).toBeVisible();
  const states = (await queued(relay)).map(({ subject, state }) => `${subject}: ${state}`);
  expect(states.toSorted()).toEqual(['denied 1: retry', 'issued 1: held', 'issued 2: held']);
});

test('Find Messages of a destination opens the conditions with it', async ({ console, relay, gatewayPort }) => {
  const { page } = console;
  await sendMessage(relay.port, 'one');
  await console.open('queue');
  await destination(page, `127.0.0.1:${gatewayPort}`).click({ button: 'right' });
  await page.getByRole('menuitem', { name: 'Find Messages…' }).click();
  const dialog = dialogOf(page, 'Filter');
  await expect(dialog.getByLabel('Field')).toHaveValue('nextHop');
  await expect(dialog.getByLabel('Value')).toHaveValue(`127.0.0.1:${gatewayPort}`);
});
