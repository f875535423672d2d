import { expect } from '@playwright/test';
import { freePort } from '../fakes/free-port.ts';
import { SmtpDialogue } from '../fakes/smtp-dialogue.ts';
import { startUpstream } from '../fakes/upstream.ts';
import { sendMessage, test } from './console-test.ts';
import { openSheet } from './sheet.ts';

/** The answer to RCPT for a client that comes from `clientAddress`. */
async function askToRelay(port: number, clientAddress: string): Promise<string> {
  const dialogue = await SmtpDialogue.connect(port, '127.0.0.1', clientAddress);
  try {
    await dialogue.expect('220');
    await dialogue.send('EHLO client.test.invalid', '250');
    await dialogue.send('MAIL FROM:<a@corp.example.com>', '250');
    return await dialogue.send('RCPT TO:<b@elsewhere.example>', '');
  } finally {
    dialogue.close();
  }
}

test('an address added to the relay list is let in at once, others are not', async ({ console, relay }) => {
  const { page } = console;
  const sheet = await openSheet(console);
  await console.screenshot('properties-general');
  await sheet.getByRole('tab', { name: 'Access' }).click();
  await console.screenshot('properties-access');
  await sheet.getByRole('button', { name: 'Relay…' }).click();
  const restrictions = page.getByRole('dialog', { name: 'Relay Restrictions' });
  await expect(restrictions).toContainText('This computer');

  // Without the entry for this computer, loopback addresses are strangers like all others.
  await restrictions.getByRole('button', { name: 'Remove' }).click();
  await restrictions.getByRole('button', { name: 'Add…' }).click();
  const computer = page.getByRole('dialog', { name: 'Add computers' });
  await computer.getByRole('radio', { name: 'Single computer' }).check();
  await computer.getByRole('textbox', { name: 'IP address' }).fill('127.0.0.5');
  await console.screenshot('properties-computer');
  await computer.getByRole('button', { name: 'OK', exact: true }).click();
  await expect(restrictions).toContainText('127.0.0.5');

  await restrictions.getByRole('textbox', { name: 'IP address of the client' }).fill('127.0.0.6');
  await restrictions.getByRole('button', { name: 'Check' }).click();
  await expect(restrictions).toContainText('No entry of the list covers it.');
  await console.screenshot('properties-relay');
  await restrictions.getByRole('button', { name: 'OK' }).click();
  await sheet.getByRole('button', { name: 'Apply' }).click();
  await expect(sheet.getByRole('button', { name: 'Apply' })).toBeDisabled();

  await expect
    .poll(() => askToRelay(relay.port, '127.0.0.6'))
    .toBe('550 5.7.1 Unable to relay for b@elsewhere.example');
  expect(await askToRelay(relay.port, '127.0.0.5')).toMatch(/^250 /);
  await sheet.getByRole('button', { name: 'OK' }).click();
  await page.reload();
  expect(await askToRelay(relay.port, '127.0.0.5')).toMatch(/^250 /);
});

test('computers are let in by their name in DNS, with a word about what that costs', async ({ console, relay }) => {
  const { page } = console;
  const sheet = await openSheet(console);
  await sheet.getByRole('tab', { name: 'Access' }).click();
  await sheet.getByRole('button', { name: 'Relay…' }).click();
  const restrictions = page.getByRole('dialog', { name: 'Relay Restrictions' });
  await restrictions.getByRole('button', { name: 'Add…' }).click();
  const computer = page.getByRole('dialog', { name: 'Add computers' });
  await computer.getByRole('radio', { name: 'Domain' }).check();
  await expect(computer).toContainText('reverse DNS lookup');
  const name = computer.getByRole('textbox', { name: 'Name' });
  await name.fill('corp');
  await computer.getByRole('button', { name: 'OK', exact: true }).click();
  await expect(name).toHaveAttribute('aria-invalid', 'true');
  await console.screenshot('properties-computer-domain');
  await name.fill('*.corp.example.com');
  await computer.getByRole('button', { name: 'OK', exact: true }).click();
  await expect(restrictions).toContainText('*.corp.example.com');
  await restrictions.getByRole('button', { name: 'OK' }).click();
  await sheet.getByRole('button', { name: 'OK' }).click();
  await expect(sheet).toBeHidden();
  const { values } = await relay.json<{ values: Record<string, unknown> }>('config', 'show');
  expect(values['access.relayList']).toEqual(['host', '*.corp.example.com']);
});

test('the check knows the domains of the server as well', async ({ console, relay }) => {
  const { page } = console;
  await relay.cli('config', 'set', 'domains.default', 'local.example.com');
  const sheet = await openSheet(console);
  await sheet.getByRole('tab', { name: 'Access' }).click();
  await sheet.getByRole('button', { name: 'Relay…' }).click();
  const restrictions = page.getByRole('dialog', { name: 'Relay Restrictions' });
  await restrictions.getByRole('textbox', { name: 'IP address of the client' }).fill('192.0.2.99');
  await restrictions.getByRole('textbox', { name: 'Recipient' }).fill('anna@local.example.com');
  await page.keyboard.press('Enter');
  await expect(restrictions).toContainText('Yes. Mail for the domain local.example.com stays on this server');
  await restrictions.getByRole('textbox', { name: 'Recipient' }).fill('anna@elsewhere.example');
  await restrictions.getByRole('button', { name: 'Check' }).click();
  await expect(restrictions).toContainText('No. No entry of the list covers it.');
});

test('an open relay is not saved without a plain warning', async ({ console, relay }) => {
  const { page } = console;
  const sheet = await openSheet(console);
  await sheet.getByRole('tab', { name: 'Access' }).click();
  await sheet.getByRole('button', { name: 'Relay…' }).click();
  const restrictions = page.getByRole('dialog', { name: 'Relay Restrictions' });
  await restrictions.getByRole('radio', { name: 'All except the list below' }).check();
  await restrictions.getByRole('button', { name: 'OK' }).click();
  await sheet.getByRole('button', { name: 'Apply' }).click();
  const warning = page.getByRole('alertdialog', { name: 'Open relay' });
  await expect(warning.getByRole('button', { name: 'Cancel' })).toBeFocused();
  await console.screenshot('properties-open-relay');
  await page.keyboard.press('Enter');
  await expect(warning).toBeHidden();
  const { values } = await relay.json<{ values: Record<string, unknown> }>('config', 'show');
  expect(values['access.relayMode']).toBe('onlyListed');
});

test('a sheet names the field that does not fit and stays open', async ({ console }) => {
  const sheet = await openSheet(console);
  await sheet.getByRole('tab', { name: 'Messages' }).click();
  const limit = sheet.getByRole('textbox', { name: 'Limit number of recipients per message to' });
  await limit.fill('0');
  await console.screenshot('properties-messages');
  await sheet.getByRole('button', { name: 'OK' }).click();
  await expect(sheet).toBeVisible();
  await expect(limit).toHaveAttribute('aria-invalid', 'true');
  await expect(sheet).toContainText('Enter a value from 1 to');
});

test('a refusal because of a setting that no tab shows is told in the sheet', async ({ console, relay }) => {
  const port = await freePort();
  await relay.cli('config', 'set', 'general.listenTls', `127.0.0.1:${port}`);
  const sheet = await openSheet(console);
  await sheet.getByRole('textbox', { name: 'TCP port' }).fill(String(port));
  await sheet.getByRole('button', { name: 'OK' }).click();
  await expect(sheet.getByRole('alert')).toContainText(
    `IP address for implicit TLS: The relay did not accept this value: '127.0.0.1:${port}' is in the list`,
  );
  await console.screenshot('properties-refused-elsewhere');
  await sheet.getByRole('textbox', { name: 'TCP port' }).fill(String(await freePort()));
  await sheet.getByRole('button', { name: 'OK' }).click();
  await expect(sheet).toBeHidden();
});

test('a new port is opened and the old one closed, and a session that is under way goes on', async ({
  console,
  relay,
}) => {
  const { page } = console;
  const session = await SmtpDialogue.connect(relay.port);
  await session.expect('220');
  await session.send('EHLO client.test.invalid', '250');
  const newPort = await freePort();

  const sheet = await openSheet(console);
  await sheet.getByRole('textbox', { name: 'TCP port' }).fill(String(newPort));
  await sheet.getByRole('button', { name: 'Apply' }).click();
  await expect(sheet).toContainText(`127.0.0.1:${newPort}`);
  await sheet.getByRole('button', { name: 'OK' }).click();

  await sendMessage(newPort, 'by the new port');
  await expect(SmtpDialogue.connect(relay.port)).rejects.toThrow('ECONNREFUSED');
  await session.mail({ from: 'a@corp.example.com', to: ['b@corp.example.com'] }, 'Subject: by the old one\r\n\r\n');
  session.close();
  await console.open('queue');
  await expect(console.message('by the new port')).toBeVisible();
  await expect(console.message('by the old one')).toBeVisible();
  const queue = page.getByRole('grid', { name: 'Queued messages' });
  await expect(queue.getByRole('row')).toHaveCount(3);
});

test('a port that somebody else holds is named on the server, and the others go on', async ({ console }) => {
  const { page } = console;
  const other = await startUpstream();
  try {
    const sheet = await openSheet(console);
    await sheet.getByRole('textbox', { name: 'TCP port' }).fill(String(other.port));
    await sheet.getByRole('button', { name: 'OK' }).click();
    await console.open('computer');
    await expect(page.getByText(`Another program listens on 127.0.0.1:${other.port}`).first()).toBeVisible();
    await console.screenshot('computer-warning');
  } finally {
    await other.stop();
  }
});

test('two consoles do not overwrite each other silently', async ({ console, relay }) => {
  const { page } = console;
  const sheet = await openSheet(console);
  await sheet.getByRole('tab', { name: 'Messages' }).click();
  await relay.cli('config', 'set', 'messages.recipientLimit', '55');
  await sheet.getByRole('textbox', { name: 'Limit number of recipients per message to' }).fill('66');
  await sheet.getByRole('button', { name: 'Apply' }).click();
  const conflict = page.getByRole('alertdialog', { name: 'The settings were changed meanwhile' });
  await console.screenshot('properties-conflict');
  await conflict.getByRole('button', { name: 'Reload' }).click();
  await expect(sheet.getByRole('textbox', { name: 'Limit number of recipients per message to' })).toHaveValue('55');
});
