import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from '@playwright/test';

import { freePort } from '../fakes/free-port.ts';
import { eventually } from '../fakes/relay-process.ts';
import { SmtpDialogue } from '../fakes/smtp-dialogue.ts';
import { relayCertificate } from '../fakes/test-certificates.ts';
import { sendMessage, test } from './console-test.ts';
import { apply, dialogOf, expectAccessible, expectNothingCutOff, openSheet, savedSettings } from './sheet.ts';

test('a client beyond its limit of connections is turned away, and the numbers are there after a reload', async ({
  console,
  relay,
}) => {
  const sheet = await openSheet(console);
  await sheet.getByRole('textbox', { name: 'Limit number of connections to' }).fill('50');
  await sheet.getByRole('textbox', { name: 'Limit number of connections per client to' }).fill('1');
  await sheet.getByRole('textbox', { name: 'Connection time-out (minutes)' }).fill('2.5');
  await apply(sheet);
  const first = await SmtpDialogue.connect(relay.port);
  await first.expect('220');
  const second = await SmtpDialogue.connect(relay.port);
  await second.expect('421');
  first.close();
  second.close();

  await console.page.reload();
  const again = await openSheet(console);
  await expect(again.getByRole('textbox', { name: 'Limit number of connections to' })).toHaveValue('50');
  await expect(again.getByRole('textbox', { name: 'Connection time-out (minutes)' })).toHaveValue('2.5');
  const values = await savedSettings(relay);
  expect(values['general.connectionLimitPerClient']).toBe(1);
  expect(values['general.connectionTimeout']).toBe(150);
});

test('a limit is switched off and on again with its number', async ({ console, relay }) => {
  const sheet = await openSheet(console);
  const limit = sheet.getByRole('textbox', { name: 'Limit number of connections to' });
  const on = sheet.getByRole('checkbox', { name: 'Limit number of connections to' });
  await on.uncheck();
  await expect(limit).toBeDisabled();
  await apply(sheet);
  expect((await savedSettings(relay))['general.connectionLimit']).toBeNull();
  await on.check();
  await expect(limit).toHaveValue('1000');
});

test('time limits are edited in a dialog of their own, and Cancel puts them back', async ({ console, relay }) => {
  const { page } = console;
  const sheet = await openSheet(console);
  const limits = dialogOf(page, 'Time Limits');
  const command = limits.getByRole('textbox', { name: 'Limit time per command to (minutes)' });
  await sheet.getByRole('button', { name: 'Time limits…' }).click();
  await command.fill('never');
  await limits.getByRole('button', { name: 'OK' }).click();
  await expect(command).toBeFocused();
  await expect(limits).toContainText('Enter a number.');
  await console.screenshot('properties-time-limits');
  await limits.getByRole('button', { name: 'Cancel' }).click();
  await expect(sheet.getByRole('button', { name: 'Apply' })).toBeDisabled();

  await sheet.getByRole('button', { name: 'Time limits…' }).click();
  await command.fill('7');
  await limits.getByRole('textbox', { name: 'Limit time per transaction to (minutes)' }).fill('20');
  await limits.getByRole('textbox', { name: 'Limit time per message transfer to (minutes)' }).fill('15');
  await limits.getByRole('button', { name: 'OK' }).click();
  await apply(sheet);
  const values = await savedSettings(relay);
  expect(values['general.commandTimeLimit']).toBe(420);
  expect(values['general.transactionTimeLimit']).toBe(1_200);
  expect(values['general.messageTimeLimit']).toBe(900);
});

test('an identity with TLS is opened beside the one without', async ({ console, relay }) => {
  const { page } = console;
  const certificate = join(relay.dataFolder, 'relay.pem');
  await writeFile(certificate, relayCertificate.cert + relayCertificate.key);
  await relay.cli('config', 'set', 'access.certificateFile', certificate);
  const port = await freePort();

  const sheet = await openSheet(console);
  await sheet.getByRole('button', { name: 'Advanced…' }).click();
  const identities = dialogOf(page, 'Advanced Multiple Identity Configuration');
  await identities.getByRole('button', { name: 'Add…' }).click();
  const identity = dialogOf(page, 'Identification');
  await expect(identity.getByRole('combobox', { name: 'IP address' })).toContainText('(All Unassigned)');
  await expect(identity.getByRole('combobox', { name: 'IP address' })).toContainText('127.0.0.1');
  await identity.getByRole('checkbox', { name: /^Encrypted from the first byte/ }).check();
  await expect(identity.getByRole('textbox', { name: 'TCP port' })).toHaveValue('465');
  await identity.getByRole('textbox', { name: 'TCP port' }).fill(String(relay.port));
  await identity.getByRole('button', { name: 'OK' }).click();
  await expect(identity).toContainText(`127.0.0.1:${relay.port} is in the list already.`);
  await identity.getByRole('textbox', { name: 'TCP port' }).fill(String(port));
  await console.screenshot('properties-identity');
  await identity.getByRole('button', { name: 'OK' }).click();
  await expect(identities.getByRole('row').last()).toContainText('Yes');
  await console.screenshot('properties-identities');
  await identities.getByRole('button', { name: 'OK' }).click();
  await apply(sheet);
  await expect(sheet).toContainText(`127.0.0.1:${port} (TLS)`);

  const session = await SmtpDialogue.connect(port);
  await session.secure();
  await session.expect('220');
  session.close();
  expect((await savedSettings(relay))['general.listenTls']).toEqual([`127.0.0.1:${port}`]);
});

test('one identity without TLS must stay', async ({ console }) => {
  const sheet = await openSheet(console);
  await sheet.getByRole('button', { name: 'Advanced…' }).click();
  const identities = dialogOf(console.page, 'Advanced Multiple Identity Configuration');
  await identities.getByRole('button', { name: 'Edit…' }).click();
  const identity = dialogOf(console.page, 'Identification');
  await identity.getByRole('checkbox', { name: /^Encrypted/ }).check();
  await expect(identity).toContainText('There is no certificate yet');
  await identity.getByRole('button', { name: 'OK' }).click();
  await expect(identities).toContainText('At least one address without TLS is needed.');
  await expect(identities.getByRole('button', { name: 'OK' })).toBeDisabled();
});

test('logging writes the chosen fields into files of the chosen schedule and folder', async ({ console, relay }) => {
  const { page } = console;
  const folder = join(relay.dataFolder, 'protocol');
  const sheet = await openSheet(console);
  await sheet.getByRole('checkbox', { name: 'Enable logging' }).check();
  await expect(sheet.getByRole('combobox', { name: 'Active log format' })).toContainText(
    'W3C Extended Log File Format',
  );
  await sheet.getByRole('button', { name: 'Properties…' }).click();
  const logging = dialogOf(page, 'Extended Logging Properties');
  await expect(logging).toContainText('SMTPSVC1\\exyymmdd.log');
  await console.screenshot('properties-logging-general');
  await logging.getByRole('radio', { name: 'Monthly' }).check();
  await expect(logging).toContainText('SMTPSVC1\\exyymm.log');
  await logging.getByRole('textbox', { name: 'Log file directory' }).fill('protocol');
  await logging.getByRole('tab', { name: 'Advanced' }).click();
  await logging.getByRole('checkbox', { name: 'Bytes Received (cs-bytes)' }).check();
  await logging.getByRole('checkbox', { name: 'User Name (cs-username)' }).uncheck();
  await console.screenshot('properties-logging-advanced');

  // A problem of the other page is shown there.
  await logging.getByRole('button', { name: 'OK' }).click();
  await expect(logging.getByRole('textbox', { name: 'Log file directory' })).toBeFocused();
  await expect(logging).toContainText('Enter a full path on a local disk');
  await logging.getByRole('textbox', { name: 'Log file directory' }).fill(folder);
  await logging.getByRole('button', { name: 'OK' }).click();
  await apply(sheet);

  await sendMessage(relay.port, 'logged');
  const file = await eventually(
    async () => (await readdir(join(folder, 'SMTPSVC1')).catch(() => []))[0] ?? '',
    (name) => name !== '',
  );
  expect(file).toMatch(/^ex[0-9]{4}\.log$/);
  const text = await eventually(
    () => readFile(join(folder, 'SMTPSVC1', file), 'utf8'),
    (content) => content.includes('QUIT'),
  );
  expect(text).toContain('#Fields: date time c-ip cs-method cs-uri-query sc-status cs-bytes time-taken');
});

test('F1 in a field tells what it is for; Esc takes that away and leaves the sheet', async ({ console }) => {
  const { page } = console;
  const sheet = await openSheet(console);
  await sheet.getByRole('textbox', { name: 'Connection time-out (minutes)' }).focus();
  await page.keyboard.press('F1');
  await expect(page.getByRole('status').filter({ hasText: 'sends nothing for this long is closed' })).toBeVisible();
  await console.screenshot('properties-field-help');
  await page.keyboard.press('Escape');
  await expect(page.getByText('sends nothing for this long is closed')).toBeHidden();
  await expect(sheet).toBeVisible();
});

test('a problem on another tab leads there', async ({ console }) => {
  const sheet = await openSheet(console);
  const timeout = sheet.getByRole('textbox', { name: 'Connection time-out (minutes)' });
  await timeout.fill('');
  await sheet.getByRole('tab', { name: 'Security' }).click();
  await sheet.getByRole('button', { name: 'Apply' }).click();
  await expect(timeout).toBeFocused();
  await expect(timeout).toHaveAttribute('aria-invalid', 'true');
});

test('what warns is set on the Alerts tab, with the unit of one’s choice', async ({ console, relay }) => {
  const sheet = await openSheet(console, 'Alerts');
  await sheet.getByRole('textbox', { name: 'Warn when the oldest message has waited for' }).fill('90');
  await sheet.getByRole('combobox', { name: /^Unit of “Warn when the oldest message/ }).selectOption('Minutes');
  await sheet.getByRole('textbox', { name: 'Warn when the number of queued messages exceeds' }).fill('1');
  await sheet.getByRole('textbox', { name: /^Refuse new mail when free disk space/ }).fill('64');
  await sheet.getByRole('checkbox', { name: 'Warn before the certificate expires' }).uncheck();
  await apply(sheet);
  const values = await savedSettings(relay);
  expect(values['alerts.oldestMessage']).toBe(5_400);
  expect(values['alerts.freeSpaceFloor']).toBe(67_108_864);
  expect(values['alerts.certificateExpiry']).toBeNull();
  for (const subject of ['first', 'second']) await sendMessage(relay.port, subject);
  const warnings = async (): Promise<string> => (await relay.cli('status', '--json')).stdout;
  await expect.poll(warnings).toContain('queueDepth');
});

for (const colorScheme of ['light', 'dark'] as const) {
  test(`the General tab and its dialogs are accessible in ${colorScheme} colours`, async ({ console }) => {
    test.slow();
    const { page } = console;
    await page.emulateMedia({ colorScheme });
    const sheet = await openSheet(console);
    for (const tab of ['General', 'LDAP Routing', 'Security', 'Alerts']) {
      await sheet.getByRole('tab', { name: tab }).click();
      await expectAccessible(page);
      await console.screenshot(`sheet-${tab.toLowerCase().replace(' ', '-')}-${colorScheme}`);
    }
    await sheet.getByRole('tab', { name: 'General' }).click();
    for (const [button, title] of [
      ['Advanced…', 'Advanced Multiple Identity Configuration'],
      ['Time limits…', 'Time Limits'],
      ['Properties…', 'Extended Logging Properties'],
    ] as const) {
      await sheet.getByRole('button', { name: button }).click();
      const dialog = dialogOf(page, title);
      await expectAccessible(page);
      await console.screenshot(`sheet-${title.toLowerCase().replaceAll(' ', '-')}-${colorScheme}`);
      await dialog.getByRole('button', { name: 'Cancel' }).click();
      await expect(dialog).toBeHidden();
    }
  });
}

test.describe('on a German system', () => {
  test.use({ locale: 'de-DE' });

  test('no text of the General tab and its dialogs is cut off', async ({ console }) => {
    const { page } = console;
    const sheet = await openSheet(console);
    for (const tab of ['Allgemein', 'LDAP-Routing', 'Sicherheit', 'Warnungen']) {
      await sheet.getByRole('tab', { name: tab }).click();
      await expectNothingCutOff(sheet);
      const panel = sheet.getByRole('tabpanel');
      expect(await panel.evaluate(({ scrollHeight, clientHeight }) => scrollHeight - clientHeight)).toBe(0);
      await console.screenshot(`sheet-german-${tab.toLowerCase()}`);
    }
    await sheet.getByRole('tab', { name: 'Allgemein' }).click();
    for (const [button, title] of [
      ['Erweitert…', 'Erweiterte Konfiguration mehrerer Identitäten'],
      ['Zeitlimits…', 'Zeitlimits'],
      ['Eigenschaften…', 'Erweiterte Protokollierungseigenschaften'],
    ] as const) {
      await sheet.getByRole('button', { name: button }).click();
      const dialog = dialogOf(page, title);
      await expectNothingCutOff(dialog);
      await console.screenshot(`sheet-german-${button.replace('…', '').toLowerCase()}`);
      await dialog.getByRole('button', { name: 'Abbrechen' }).click();
    }
  });
});
