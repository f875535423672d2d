import { expect } from '@playwright/test';
import { exitModuleMessages, sendLikeTheExitModule } from '../fakes/exit-module.ts';
import { startUpstream } from '../fakes/upstream.ts';
import { sendMessage, test } from './console-test.ts';

test('a message that waits is seen within a second, opened, retried and delivered', async ({
  console,
  relay,
  gatewayPort,
}) => {
  const { page } = console;
  await console.open('queue');
  await expect(page.getByText('No mail is waiting.')).toBeVisible();
  await console.screenshot('queue-empty');

  await sendMessage(relay.port, 'Certificate issued', 'Request ID: 77');
  await expect(console.message('Certificate issued')).toBeVisible({ timeout: 1_000 });
  await expect(console.message('Certificate issued')).toContainText('nothing listens there');

  await console.message('Certificate issued').dblclick();
  const properties = page.getByRole('dialog');
  await expect(properties).toContainText('recipient@corp.example.com');
  await console.screenshot('message-general');
  await properties.getByRole('tab', { name: 'Attempts' }).click();
  await expect(properties).toContainText('nothing listens there');
  await console.screenshot('message-attempts');
  await properties.getByRole('tab', { name: 'Headers' }).click();
  await expect(properties).toContainText('Received');
  await properties.getByRole('tab', { name: 'Text' }).click();
  await expect(properties).toContainText('Request ID: 77');
  await properties.getByRole('tab', { name: 'Source' }).click();
  await expect(properties).toContainText('Subject: Certificate issued');
  await console.screenshot('message-source');
  await page.keyboard.press('Escape');
  await expect(properties).toBeHidden();

  const gateway = await startUpstream({ port: gatewayPort });
  try {
    await console.choose('Certificate issued', 'Retry Now');
    await expect(console.message('Certificate issued')).toBeHidden();
    expect(gateway.messages.map(({ recipients }) => recipients[0]?.address)).toEqual(['recipient@corp.example.com']);
  } finally {
    await gateway.stop();
  }
});

test('hold, release and delete act on what is selected, and deleting asks first', async ({ console, relay }) => {
  const { page } = console;
  await console.open('queue');
  for (const subject of ['first', 'second', 'third']) await sendMessage(relay.port, subject);
  await expect(console.message('third')).toContainText('Retry');

  await console.choose('second', 'Hold');
  await expect(console.message('second')).toContainText('Held');
  await expect(page.getByText('1 message held')).toBeVisible();
  await console.choose('second', 'Release');
  await expect(console.message('second')).not.toContainText('Held');

  await console.message('first').click();
  await page.keyboard.press('Delete');
  const question = page.getByRole('alertdialog', { name: 'Delete messages' });
  await expect(question.getByRole('button', { name: 'Cancel' })).toBeFocused();
  await console.screenshot('queue-delete');
  await page.keyboard.press('Enter');
  await expect(question).toBeHidden();
  await expect(console.message('first')).toBeVisible();

  await page.keyboard.press('Delete');
  await question.getByRole('button', { name: 'Delete without NDR' }).click();
  await expect(console.message('first')).toBeHidden();
  expect((await relay.json<{ total: number }>('queue', 'list')).total).toBe(2);

  await expect(page.getByText('1 message deleted')).toBeVisible();
  await console.screenshot('queue-deleted');
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(console.message('first')).toBeVisible();
  await expect(page.getByText('1 message taken back into the queue')).toBeVisible();
  await expect(page.getByRole('grid', { name: 'Queued messages' })).toBeFocused();

  await console.choose('third', 'Delete…');
  await question.getByRole('button', { name: 'Delete with NDR' }).click();
  await expect(console.message('third')).toBeHidden();
  await expect(console.message('Delivery Status Notification (Failure)')).toBeVisible();
});

test('Ctrl+A takes everything the search matches, and the outcome is counted', async ({ console, relay }) => {
  const { page } = console;
  for (const subject of ['issued 1', 'issued 2', 'denied 1']) await sendMessage(relay.port, subject);
  await console.open('queue');
  await expect(console.message('denied 1')).toBeVisible();

  await page.keyboard.press('Control+f');
  await page.getByRole('searchbox').fill('issued');
  await expect(console.message('denied 1')).toBeHidden();
  await page.keyboard.press('Enter');
  await page.keyboard.press('Control+a');
  await expect(page.getByText('2 selected')).toBeVisible();
  await page.keyboard.press('Shift+F10');
  await page.getByRole('menuitem', { name: 'Hold' }).click();
  await expect(page.getByText('2 messages held')).toBeVisible();
  const { rows } = await relay.json<{ rows: { subject: string; state: string }[] }>('queue', 'list');
  expect(new Map(rows.map(({ subject, state }) => [subject, state]))).toEqual(
    new Map([
      ['issued 1', 'held'],
      ['issued 2', 'held'],
      ['denied 1', 'retry'],
    ]),
  );
});

test('what a filter matched and Delete took comes back by Ctrl+Z', async ({ console, relay }) => {
  const { page } = console;
  for (const subject of ['issued 1', 'issued 2', 'denied 1']) await sendMessage(relay.port, subject);
  await console.open('queue');
  await page.keyboard.press('Control+f');
  await page.getByRole('searchbox').fill('issued');
  await expect(console.message('denied 1')).toBeHidden();
  await page.keyboard.press('Enter');
  await page.keyboard.press('Control+a');
  await page.keyboard.press('Delete');
  const question = page.getByRole('alertdialog', { name: 'Delete messages' });
  await expect(question).toContainText('For ten minutes they can be taken back');
  await question.getByRole('button', { name: 'Delete without NDR' }).click();
  await expect(page.getByText('2 messages deleted')).toBeVisible();
  expect((await relay.json<{ total: number }>('queue', 'list')).total).toBe(1);

  await page.keyboard.press('Control+z');
  await expect(page.getByText('2 messages taken back into the queue')).toBeVisible();
  expect((await relay.json<{ total: number }>('queue', 'list')).total).toBe(3);
});

test('the list sorts by a click on a column head', async ({ console, relay }) => {
  const { page } = console;
  for (const subject of ['b', 'c', 'a']) await sendMessage(relay.port, `Subject ${subject}`);
  await console.open('queue');
  await expect(console.message('Subject a')).toBeVisible();
  const subjects = () =>
    page
      .getByRole('grid', { name: 'Queued messages' })
      .getByText(/^Subject [abc]$/)
      .allTextContents();
  await page.getByRole('columnheader', { name: /^Subject/ }).click();
  await expect.poll(subjects).toEqual(['Subject a', 'Subject b', 'Subject c']);
  await page.getByRole('columnheader', { name: /^Subject/ }).click();
  await expect.poll(subjects).toEqual(['Subject c', 'Subject b', 'Subject a']);
});

test('the queue of the CA, in light and dark, for people to look at', async ({ console, relay }) => {
  const { page } = console;
  for (const message of exitModuleMessages) await sendLikeTheExitModule(relay.port, message);
  await console.open('queue');
  const grid = page.getByRole('grid', { name: 'Queued messages' });
  await expect(grid.getByRole('row')).toHaveCount(exitModuleMessages.length + 1);
  await expect(grid.getByRole('gridcell', { name: 'Ready' })).toHaveCount(0);
  await console.screenshot('queue');
  await page.emulateMedia({ colorScheme: 'dark' });
  await console.screenshot('queue-dark');
});
