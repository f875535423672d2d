import { expect } from '@playwright/test';
import { freePort } from '../fakes/free-port.ts';
import { startUpstream } from '../fakes/upstream.ts';
import { sendMessage, test } from './console-test.ts';
import { queued } from './queue-parts.ts';
import { dialogOf, expectAccessible } from './sheet.ts';

test('another route takes chosen messages past a gateway that is down', async ({ console, relay }) => {
  const { page } = console;
  for (const subject of ['urgent', 'patient']) await sendMessage(relay.port, subject);
  const detour = await startUpstream();
  try {
    await console.open('queue');
    await console.choose('urgent', 'Change Route…');
    const dialog = dialogOf(page, 'Change Route');
    await expect(dialog).toContainText('How 1 message is to be sent:');
    await dialog.getByLabel('By these smart hosts, in this order').check();
    await dialog.getByRole('button', { name: 'OK' }).click();
    await expect(dialog).toContainText('Add at least one smart host');

    for (const [host, port] of [
      ['127.0.0.1', String(await freePort())],
      ['127.0.0.1', String(detour.port)],
    ] as const) {
      await dialog.getByRole('button', { name: 'Add…' }).click();
      const one = page.getByRole('dialog').last();
      await one.getByRole('textbox').first().fill(host);
      await one.getByRole('textbox').last().fill(port);
      await one.getByRole('button', { name: 'OK' }).click();
    }
    await expectAccessible(page);
    await console.screenshot('queue-change-route');
    await dialog.getByRole('button', { name: 'OK' }).click();
    await expect(page.getByText('1 message takes the other route')).toBeVisible();
    await expect(console.message('urgent')).toBeHidden();
    expect(detour.messages).toHaveLength(1);
    expect((await queued(relay)).map(({ subject }) => subject)).toEqual(['patient']);
  } finally {
    await detour.stop();
  }
});

test('a message tells where it would go, and goes the usual way again', async ({ console, relay, gatewayPort }) => {
  const { page } = console;
  await sendMessage(relay.port, 'undecided');
  const [message] = await queued(relay);
  const detour = `127.0.0.1:${await freePort()}`;
  await relay.cli('queue', 'route', message?.id ?? '', '--smart-host', detour);
  await console.open('queue');
  await console.message('undecided').dblclick();
  const properties = page.getByRole('dialog', { name: /^undecided/ });
  await properties.getByRole('tab', { name: 'Route' }).click();
  await expect(properties).toContainText('An administrator chose smart hosts for this message alone.');
  await expect(properties.getByRole('listitem')).toContainText(detour);
  await expectAccessible(page);
  await console.screenshot('message-route');

  await properties.getByRole('button', { name: 'Change Route…' }).click();
  const dialog = dialogOf(page, 'Change Route');
  await expect(dialog.getByLabel('By these smart hosts, in this order')).toBeChecked();
  await expect(dialog).toContainText(detour);
  await dialog.getByLabel('By the usual route, as the settings say').check();
  await dialog.getByRole('button', { name: 'OK' }).click();
  await expect(properties).toContainText(
    'The smart hosts of the virtual server (Properties > Delivery) take all mail.',
  );
  await expect(properties.getByRole('listitem')).toContainText(`127.0.0.1:${gatewayPort}`);
  const shown = await relay.json<{ route: string[] | null }>('queue', 'show', message?.id ?? '');
  expect(shown.route).toBeNull();
});

test('"Where would it go?" answers for any address', async ({ console, relay, gatewayPort }) => {
  const { page } = console;
  await relay.cli('domain', 'add', 'partner.example', '--smart-host', '127.0.0.1:2526');
  await console.open('queue');
  await page.getByRole('menuitem', { name: 'Action' }).click();
  await page.getByRole('menuitem', { name: 'Where Would It Go…' }).click();
  const dialog = dialogOf(page, 'Where would it go?');
  await dialog.getByLabel('Recipient').fill('nobody');
  await page.keyboard.press('Enter');
  await expect(dialog).toContainText('Type a mail address');
  await dialog.getByLabel('Recipient').fill('anybody@corp.example.com');
  await page.keyboard.press('Enter');
  await expect(dialog).toContainText('The smart hosts of the virtual server');
  await expect(dialog).toContainText(`127.0.0.1:${gatewayPort}`);
  await expectAccessible(page);
  await console.screenshot('queue-explain');

  const added = await relay.json<unknown>('queue', 'explain', 'anybody@partner.example');
  await dialog.getByLabel('Recipient').fill('anybody@partner.example');
  await page.keyboard.press('Enter');
  await expect(dialog).toContainText((added as { nextHop: string }).nextHop);
});

test('explaining begins with the recipient of the message it was asked for', async ({ console, relay }) => {
  const { page } = console;
  await sendMessage(relay.port, 'whither');
  await console.open('queue');
  await console.choose('whither', 'Where Would It Go…');
  const dialog = dialogOf(page, 'Where would it go?');
  await expect(dialog.getByLabel('Recipient')).toHaveValue('recipient@corp.example.com');
  await expect(dialog).toContainText('The smart hosts of the virtual server');
});
