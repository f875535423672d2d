import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, type Locator } from '@playwright/test';
import { SmtpDialogue } from '../fakes/smtp-dialogue.ts';
import { startUpstream } from '../fakes/upstream.ts';
import { type Console, sendMessage, test } from './console-test.ts';
import { apply, dialogOf, expectAccessible, expectNothingCutOff, openSheet, savedSettings } from './sheet.ts';

/** A dialog behind a button of the tab. */
async function openBehind(console: Console, sheet: Locator, button: string, title: string): Promise<Locator> {
  await sheet.getByRole('button', { name: button, exact: true }).click();
  const dialog = dialogOf(console.page, title);
  await expect(dialog).toBeVisible();
  return dialog;
}

const ok = (dialog: Locator): Promise<void> => dialog.getByRole('button', { name: 'OK', exact: true }).click();

async function addSmartHost(console: Console, advanced: Locator, host: string, port?: number): Promise<void> {
  await advanced.getByRole('button', { name: 'Add…' }).click();
  const dialog = dialogOf(console.page, 'Add smart host');
  await dialog.getByRole('textbox', { name: 'Host name or IP address' }).fill(host);
  if (port !== undefined) await dialog.getByRole('textbox', { name: 'Port' }).fill(String(port));
  await console.screenshot('delivery-smart-host');
  await ok(dialog);
}

test('a smart host added in the sheet takes the mail that waits for one that is down', async ({ console, relay }) => {
  const { page } = console;
  await sendMessage(relay.port, 'waits');
  await console.open('queue');
  await expect(console.message('waits')).toContainText('Retry');
  const gateway = await startUpstream();
  try {
    const sheet = await openSheet(console, 'Delivery');
    const advanced = await openBehind(console, sheet, 'Advanced…', 'Advanced Delivery');
    await addSmartHost(console, advanced, '127.0.0.1', gateway.port);
    await console.screenshot('delivery-advanced');
    await ok(advanced);
    await expect(sheet).toContainText(`, 127.0.0.1:${gateway.port}. See Advanced.`);
    await console.screenshot('properties-delivery');
    await ok(sheet);
    await expect.poll(() => gateway.messages.length).toBe(1);
    await console.open('queue');
    await expect(page.getByText('No mail is waiting.')).toBeVisible();
  } finally {
    await gateway.stop();
  }
});

test('what the Messages tab says holds for the next message', async ({ console, relay }) => {
  const { page } = console;
  const sheet = await openSheet(console, 'Messages');
  await sheet.getByRole('textbox', { name: 'Limit message size to (KB)' }).fill('2');
  await sheet.getByRole('checkbox', { name: 'Limit session size to (KB)' }).uncheck();
  await sheet.getByRole('textbox', { name: 'Limit number of messages per connection to' }).fill('7');
  await sheet.getByRole('checkbox', { name: 'Limit number of incoming messages per connection to' }).check();
  await sheet.getByRole('textbox', { name: 'Limit number of incoming messages per connection to' }).fill('3');
  await sheet.getByRole('textbox', { name: 'Limit number of recipients per message to' }).fill('2');
  await sheet.getByRole('textbox', { name: 'Limit number of bad commands per connection to' }).fill('4');
  await sheet.getByRole('textbox', { name: 'Send copy of Non-Delivery Report to' }).fill('nobody');
  await sheet.getByRole('button', { name: 'Apply' }).click();
  await expect(sheet).toContainText('Enter a mail address');
  await sheet.getByRole('textbox', { name: 'Send copy of Non-Delivery Report to' }).fill('pki@corp.example.com');
  await sheet.getByRole('combobox', { name: 'Language of reports' }).selectOption('German');
  await sheet.getByRole('textbox', { name: 'Badmail directory' }).fill(join(relay.dataFolder, 'own-badmail'));
  await sheet.getByRole('textbox', { name: 'Pickup directory' }).fill(join(relay.dataFolder, 'own-pickup'));
  await console.screenshot('properties-messages');
  await apply(sheet);

  const dialogue = await SmtpDialogue.connect(relay.port);
  await dialogue.expect('220');
  expect(await dialogue.send('EHLO client.test.invalid', '250')).toContain('SIZE 2048');
  await dialogue.send('MAIL FROM:<a@corp.example.com>', '250');
  await dialogue.send('RCPT TO:<b@corp.example.com>', '250');
  await dialogue.send('RCPT TO:<c@corp.example.com>', '250');
  await dialogue.send('RCPT TO:<d@corp.example.com>', '452');
  dialogue.close();
  const pickup = join(relay.dataFolder, 'own-pickup');
  await expect.poll(() => existsSync(pickup)).toBe(true);
  await writeFile(
    join(pickup, 'note.txt'),
    'x-sender: a@corp.example.com\r\nx-receiver: b@corp.example.com\r\nSubject: by Pickup\r\n\r\nHello\r\n',
  );

  expect(await savedSettings(relay)).toMatchObject({
    'messages.sizeLimit': 2_048,
    'messages.sessionSizeLimit': null,
    'messages.messagesPerConnection': 7,
    'messages.inboundMessagesPerConnection': 3,
    'messages.recipientLimit': 2,
    'messages.badCommandLimit': 4,
    'messages.reportCopyTo': 'pki@corp.example.com',
    'messages.reportLanguage': 'de',
    'messages.badmailFolder': join(relay.dataFolder, 'own-badmail'),
    'messages.pickupFolder': join(relay.dataFolder, 'own-pickup'),
  });
  await sheet.getByRole('checkbox', { name: 'Send messages from the Pickup directory' }).uncheck();
  await expect(sheet.getByRole('textbox', { name: 'Pickup directory' })).toBeDisabled();
  await sheet.getByRole('button', { name: 'Cancel' }).click();
  await console.open('queue');
  await expect(console.message('by Pickup')).toBeVisible();
  await page.reload();
  const again = await openSheet(console, 'Messages');
  await expect(again.getByRole('textbox', { name: 'Limit message size to (KB)' })).toHaveValue('2');
  await expect(again.getByRole('checkbox', { name: 'Limit session size to (KB)' })).not.toBeChecked();
});

test('retry intervals, notifications and expiration are kept in the unit one chooses', async ({ console, relay }) => {
  const { page } = console;
  const sheet = await openSheet(console, 'Delivery');
  await sheet.getByRole('textbox', { name: 'First retry interval (minutes)' }).fill('2');
  await sheet.getByRole('textbox', { name: 'Second retry interval (minutes)' }).fill('x');
  await sheet.getByRole('button', { name: 'Apply' }).click();
  await expect(sheet).toContainText('Enter a number.');
  await sheet.getByRole('textbox', { name: 'Second retry interval (minutes)' }).fill('4');
  await sheet.getByRole('textbox', { name: 'Third retry interval (minutes)' }).fill('');
  await sheet.getByRole('textbox', { name: 'Subsequent retry interval (minutes)' }).fill('0.5');
  const outbound = sheet.getByRole('group', { name: 'Outbound' });
  await outbound.getByRole('checkbox', { name: 'Delay notification' }).uncheck();
  await outbound.getByRole('textbox', { name: 'Expiration timeout' }).fill('36');
  await outbound.getByRole('combobox', { name: 'Unit of “Expiration timeout”' }).selectOption('Hours');
  await outbound.getByRole('checkbox', { name: 'Let messages expire while' }).check();
  const local = sheet.getByRole('group', { name: 'Local' });
  await local.getByRole('textbox', { name: 'Delay notification' }).fill('45');
  await local.getByRole('combobox', { name: 'Unit of “Delay notification”' }).selectOption('Minutes');
  await local.getByRole('textbox', { name: 'Expiration timeout' }).fill('1');
  await apply(sheet);
  expect(await savedSettings(relay)).toMatchObject({
    'delivery.retryIntervals': [120, 240, 30],
    'delivery.delayNotification': null,
    'delivery.expiration': 129_600,
    'delivery.expireDuringOutage': true,
    'delivery.localDelayNotification': 2_700,
    'delivery.localExpiration': 86_400,
  });
  await page.reload();
  const again = await openSheet(console, 'Delivery');
  await expect(again.getByRole('textbox', { name: 'Third retry interval (minutes)' })).toHaveValue('');
  const reloaded = again.getByRole('group', { name: 'Outbound' });
  await expect(reloaded.getByRole('textbox', { name: 'Expiration timeout' })).toHaveValue('36');
  await expect(reloaded.getByRole('combobox', { name: 'Unit of “Expiration timeout”' })).toHaveValue('hours');
});

test('Outbound Security logs in to the smart host over TLS, with a password nobody can read back', async ({
  console,
  relay,
  gatewayPort,
}) => {
  const { page } = console;
  const gateway = await startUpstream({ port: gatewayPort, startTls: 'works', auth: ['PLAIN'] });
  try {
    const sheet = await openSheet(console, 'Delivery');
    const security = await openBehind(console, sheet, 'Outbound Security…', 'Outbound Security');
    await security.getByRole('radio', { name: 'Basic authentication' }).check();
    await expect(security).toContainText('Without TLS, password and token travel in clear text.');
    await security.getByRole('combobox', { name: 'TLS encryption' }).selectOption('Required');
    await security.getByRole('textbox', { name: 'User name' }).fill('ca01');
    await security.getByLabel('Password').fill('correct horse');
    await console.screenshot('delivery-security-basic');
    await ok(security);
    await apply(sheet);
    await ok(sheet);
    await sendMessage(relay.port, 'with a login');
    await expect.poll(() => gateway.messages.length).toBe(1);
    expect(gateway.messages[0]?.encrypted).toBe(true);
    expect(gateway.logins).toEqual([{ mechanism: 'PLAIN', user: 'ca01', secret: 'correct horse' }]);

    await page.reload();
    const again = await openSheet(console, 'Delivery');
    const stored = await openBehind(console, again, 'Outbound Security…', 'Outbound Security');
    await expect(stored.getByLabel('Password')).toHaveValue('');
    await stored.getByRole('button', { name: 'Remove' }).click();
    await expect(stored).toContainText('Still missing: Password.');
    await stored.getByRole('button', { name: 'Cancel' }).click();
    await expect(again.getByRole('button', { name: 'Apply' })).toBeDisabled();
  } finally {
    await gateway.stop();
  }
});

test('Microsoft 365 is filled in from tenant, client ID and mailbox', async ({ console, relay }) => {
  const { page } = console;
  const sheet = await openSheet(console, 'Delivery');
  const security = await openBehind(console, sheet, 'Outbound Security…', 'Outbound Security');
  await security.getByRole('button', { name: 'Microsoft 365…' }).click();
  const helper = dialogOf(page, 'Microsoft 365');
  await helper.getByRole('button', { name: 'Fill in' }).click();
  await expect(helper.getByRole('alert')).toHaveCount(3);
  await helper.getByRole('textbox', { name: 'Tenant (ID or domain)' }).fill('contoso.onmicrosoft.com');
  await helper.getByRole('textbox', { name: 'Application (client) ID' }).fill('11111111-2222-3333-4444-555555555555');
  await helper.getByRole('textbox', { name: 'Mailbox that sends' }).fill('ca@contoso.example');
  await helper.getByLabel('Client secret').fill('from the portal');
  await console.screenshot('delivery-microsoft365');
  await helper.getByRole('button', { name: 'Fill in' }).click();
  await expect(security.getByRole('radio', { name: 'OAuth 2.0' })).toBeChecked();
  await expect(security).not.toContainText('Still missing');
  await console.screenshot('delivery-security-oauth');
  await ok(security);
  await expect(sheet).toContainText('All mail goes to: smtp.office365.com:587.');
  await apply(sheet);
  expect(await savedSettings(relay)).toMatchObject({
    'delivery.smartHosts': ['smtp.office365.com:587'],
    'delivery.tlsMode': 'verified',
    'delivery.authentication': 'oauth2',
    'delivery.userName': 'ca@contoso.example',
    'delivery.oauthTokenEndpoint': 'https://login.microsoftonline.com/contoso.onmicrosoft.com/oauth2/v2.0/token',
    'delivery.oauthClientId': '11111111-2222-3333-4444-555555555555',
    'delivery.oauthScope': 'https://outlook.office365.com/.default',
    'delivery.connectionsPerDestination': 3,
    'delivery.messagesPerMinute': 30,
  });
  const again = await openBehind(console, sheet, 'Outbound Security…', 'Outbound Security');
  await expect(again.getByLabel('Client secret')).toHaveAttribute('placeholder', 'Stored. Type to replace it.');
});

test('Outbound Connections: port, limits and the time-outs of each stage', async ({ console, relay }) => {
  const { page } = console;
  const gateway = await startUpstream();
  try {
    await relay.cli('config', 'set', 'delivery.smartHosts', '127.0.0.1');
    const sheet = await openSheet(console, 'Delivery');
    const connections = await openBehind(console, sheet, 'Outbound Connections…', 'Outbound Connections');
    const number = (name: string): Locator => connections.getByRole('textbox', { name, exact: true });
    await number('TCP port').fill('70000');
    await ok(connections);
    await expect(number('TCP port')).toBeFocused();
    await number('TCP port').fill(String(gateway.port));
    await number('Limit number of connections to').fill('20');
    await number('Limit number of connections per domain to').fill('2');
    await connections.getByRole('checkbox', { name: 'Limit number of messages per minute and domain to' }).check();
    await number('Time-out (minutes)').fill('5');
    await number('Connect time-out (seconds)').fill('15');
    await number('Greeting time-out (seconds)').fill('60');
    await number('Command time-out (seconds)').fill('90');
    await number('Final reply time-out (seconds)').fill('300');
    await console.screenshot('delivery-connections');
    await ok(connections);
    await apply(sheet);
    expect(await savedSettings(relay)).toMatchObject({
      'delivery.outboundPort': gateway.port,
      'delivery.connectionLimit': 20,
      'delivery.connectionsPerDestination': 2,
      'delivery.messagesPerMinute': 30,
      'delivery.connectionTimeout': 300,
      'delivery.connectTimeout': 15,
      'delivery.greetingTimeout': 60,
      'delivery.commandTimeout': 90,
      'delivery.finalReplyTimeout': 300,
    });
    await ok(sheet);
    await sendMessage(relay.port, 'by another port');
    await expect.poll(() => gateway.messages.length).toBe(1);
    await expect(page.getByRole('dialog')).toBeHidden();
  } finally {
    await gateway.stop();
  }
});

test('Advanced Delivery: names, hop count, order of smart hosts', async ({ console, relay, gatewayPort }) => {
  const gateway = await startUpstream({ port: gatewayPort });
  try {
    const sheet = await openSheet(console, 'Delivery');
    const advanced = await openBehind(console, sheet, 'Advanced…', 'Advanced Delivery');
    const name = advanced.getByRole('textbox', { name: 'Fully-qualified domain name' });
    await name.fill('nobody-knows-this.invalid');
    await advanced.getByRole('button', { name: 'Check DNS' }).click();
    await expect(advanced.getByRole('status').first()).toContainText('nobody-knows-this.invalid is not valid');
    await name.fill('ca01.corp.example.com');
    await expect(advanced).not.toContainText('is not valid');
    await advanced.getByRole('textbox', { name: 'Masquerade domain' }).fill('masked.example.com');
    await advanced.getByRole('textbox', { name: 'Maximum hop count' }).fill('20');
    await advanced.getByRole('checkbox', { name: 'Perform reverse DNS lookup' }).check();
    await addSmartHost(console, advanced, '127.0.0.2', gatewayPort);
    await advanced.getByRole('button', { name: 'Up' }).click();
    await console.screenshot('delivery-advanced-filled');
    await ok(advanced);
    await apply(sheet);
    expect(await savedSettings(relay)).toMatchObject({
      'delivery.fullyQualifiedName': 'ca01.corp.example.com',
      'delivery.masqueradeDomain': 'masked.example.com',
      'delivery.hopLimit': 20,
      'delivery.reverseLookup': true,
      'delivery.smartHosts': [`127.0.0.2:${gatewayPort}`, `127.0.0.1:${gatewayPort}`],
    });
    await sendMessage(relay.port, 'masked');
    await expect.poll(() => gateway.messages.length).toBe(1);
    expect(gateway.messages[0]?.heloName).toBe('ca01.corp.example.com');

    const again = await openBehind(console, sheet, 'Advanced…', 'Advanced Delivery');
    await again.getByRole('button', { name: 'Remove' }).click();
    await again.getByRole('button', { name: 'Remove' }).click();
    await expect(again.getByRole('checkbox', { name: 'Attempt direct delivery' })).toBeDisabled();
    await again.getByRole('button', { name: 'Cancel' }).click();
    await expect(sheet).toContainText(`All mail goes to: 127.0.0.2:${gatewayPort}, 127.0.0.1:${gatewayPort}.`);
  } finally {
    await gateway.stop();
  }
});

const behindButtons = {
  en: [
    ['Outbound Security…', 'Outbound Security', 'security'],
    ['Outbound Connections…', 'Outbound Connections', 'connections'],
    ['Advanced…', 'Advanced Delivery', 'advanced'],
  ],
  de: [
    ['Ausgehende Sicherheit…', 'Ausgehende Sicherheit', 'security'],
    ['Ausgehende Verbindungen…', 'Ausgehende Verbindungen', 'connections'],
    ['Erweitert…', 'Erweiterte Übermittlung', 'advanced'],
  ],
} as const;

for (const colorScheme of ['light', 'dark'] as const) {
  test(`Messages, Delivery and their dialogs are accessible in ${colorScheme} colours`, async ({ console }) => {
    test.slow();
    const { page } = console;
    await page.emulateMedia({ colorScheme });
    const sheet = await openSheet(console, 'Messages');
    await expectAccessible(page);
    await console.screenshot(`properties-messages-${colorScheme}`);
    await sheet.getByRole('tab', { name: 'Delivery' }).click();
    await expectAccessible(page);
    await console.screenshot(`properties-delivery-${colorScheme}`);
    for (const [button, title, name] of behindButtons.en) {
      const dialog = await openBehind(console, sheet, button, title);
      await expectAccessible(page);
      await console.screenshot(`delivery-${name}-${colorScheme}`);
      await dialog.getByRole('button', { name: 'Cancel' }).click();
    }
  });
}

test.describe('on a German system', () => {
  test.use({ locale: 'de-DE' });

  test('Messages, Delivery and their dialogs speak German and nothing is cut off', async ({ console }) => {
    const { page } = console;
    await console.open('server');
    await page.keyboard.press('Alt+Enter');
    const sheet = dialogOf(page, 'Eigenschaften von SMTP Virtual Server #1');
    for (const tab of ['Nachrichten', 'Übermittlung']) {
      await sheet.getByRole('tab', { name: tab }).click();
      await expectNothingCutOff(sheet);
      const panel = sheet.getByRole('tabpanel');
      expect(await panel.evaluate(({ scrollHeight, clientHeight }) => scrollHeight - clientHeight)).toBe(0);
      await console.screenshot(`properties-german-${tab.toLowerCase()}`);
    }
    for (const [button, title, name] of behindButtons.de) {
      const dialog = await openBehind(console, sheet, button, title);
      await expectNothingCutOff(dialog);
      await console.screenshot(`delivery-${name}-german`);
      if (name === 'security') {
        await dialog.getByRole('button', { name: 'Microsoft 365…' }).click();
        const helper = dialogOf(page, 'Microsoft 365');
        await helper.getByRole('button', { name: 'Eintragen' }).click();
        await expectNothingCutOff(helper);
        await console.screenshot('delivery-microsoft365-german');
        await helper.getByRole('button', { name: 'Abbrechen' }).click();
      }
      await dialog.getByRole('button', { name: 'Abbrechen' }).click();
    }
  });
});
