import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, type Locator } from '@playwright/test';
import { eventually } from '../fakes/relay-process.ts';
import { startUpstream } from '../fakes/upstream.ts';
import { type Console, sendMessage, test } from './console-test.ts';
import { apply, dialogOf, expectAccessible, expectNothingCutOff, savedSettings } from './sheet.ts';

const ours = 'corp.example.com';

async function addDomain(console: Console, type: 'Remote' | 'Alias', name: string): Promise<void> {
  const { page } = console;
  await console.node('domains').click({ button: 'right' });
  await page.getByRole('menuitem', { name: 'New' }).click();
  await page.getByRole('menuitem', { name: 'Domain…' }).click();
  const wizard = dialogOf(page, 'New SMTP Domain Wizard');
  await wizard.getByRole('radio', { name: type }).check();
  await wizard.getByRole('button', { name: 'Next >' }).click();
  await wizard.getByRole('textbox', { name: 'Name' }).fill(name);
  await wizard.getByRole('button', { name: 'Finish' }).click();
}

const domainRow = (console: Console, name: string): Locator =>
  console.page.getByRole('grid', { name: 'Domains' }).getByRole('row').filter({ hasText: name });

async function openDomain(console: Console, name: string): Promise<Locator> {
  await domainRow(console, name).dblclick();
  const sheet = dialogOf(console.page, `${name} Properties`);
  await expect(sheet).toBeVisible();
  return sheet;
}

async function chooseForDomain(console: Console, name: string, item: string): Promise<void> {
  await domainRow(console, name).click({ button: 'right' });
  await console.page.getByRole('menuitem', { name: item }).click();
}

test('a remote domain sends its mail to a smart host of its own, with a login of its own', async ({
  console,
  relay,
}) => {
  const { page } = console;
  const gateway = await startUpstream({ startTls: 'works', auth: ['PLAIN'] });
  try {
    await console.open('domains');
    await expect(page.getByText('There are no domains.')).toBeVisible();
    await console.screenshot('domains-empty');
    await addDomain(console, 'Remote', ours);
    await expect(domainRow(console, ours)).toContainText('DNS');

    const sheet = await openDomain(console, ours);
    await sheet.getByRole('radio', { name: 'Forward all mail to smart host' }).check();
    await sheet.getByRole('button', { name: 'OK' }).click();
    await expect(sheet.getByRole('alert')).toHaveText('Add a smart host, or choose DNS.');
    await sheet.getByRole('button', { name: 'Add…' }).click();
    const host = dialogOf(page, 'Add smart host');
    await host.getByRole('textbox', { name: 'Host name or IP address' }).fill('127.0.0.1');
    await host.getByRole('textbox', { name: 'Port' }).fill(String(gateway.port));
    await host.getByRole('button', { name: 'OK' }).click();

    await sheet.getByRole('button', { name: 'Outbound Security…' }).click();
    const security = dialogOf(page, 'Outbound Security');
    await security.getByRole('radio', { name: 'Settings of its own for this domain' }).check();
    await security.getByRole('combobox', { name: 'TLS encryption' }).selectOption('Required');
    await security.getByRole('radio', { name: 'Basic authentication' }).check();
    await expect(security).toContainText('Still missing: User name, Password.');
    await security.getByRole('textbox', { name: 'User name' }).fill('relay');
    await security.getByLabel('Password').fill('only for this domain');
    await expect(security).not.toContainText('Still missing');
    await console.screenshot('domain-security');
    await security.getByRole('button', { name: 'OK' }).click();
    await console.screenshot('domain-remote');
    await apply(sheet);
    await sheet.getByRole('button', { name: 'OK' }).click();
    await expect(domainRow(console, ours)).toContainText(`127.0.0.1:${gateway.port}`);
    await expect(domainRow(console, ours)).toContainText('Own security');

    await sendMessage(relay.port, 'by its own way');
    await expect.poll(() => gateway.messages.length).toBe(1);
    expect(gateway.messages[0]?.encrypted).toBe(true);
    expect(gateway.logins).toEqual([{ mechanism: 'PLAIN', user: 'relay', secret: 'only for this domain' }]);

    await page.reload();
    const again = await openDomain(console, ours);
    await again.getByRole('button', { name: 'Outbound Security…' }).click();
    await expect(security.getByLabel('Password')).toHaveValue('');
    await expect(security.getByLabel('Password')).toHaveAttribute('placeholder', 'Stored. Type to replace it.');
  } finally {
    await gateway.stop();
  }
});

test('mail for a held domain waits until it is released in the queue', async ({ console, relay, gatewayPort }) => {
  const { page } = console;
  const gateway = await startUpstream({ port: gatewayPort });
  try {
    await console.open('domains');
    await addDomain(console, 'Remote', '*.example.com');
    const sheet = await openDomain(console, '*.example.com');
    await sheet.getByRole('radio', { name: 'Forward all mail to smart host' }).check();
    await sheet.getByRole('button', { name: 'Add…' }).click();
    const host = dialogOf(page, 'Add smart host');
    await host.getByRole('textbox', { name: 'Host name or IP address' }).fill('127.0.0.1');
    await host.getByRole('button', { name: 'OK' }).click();
    await sheet.getByRole('textbox', { name: 'TCP port' }).fill(String(gatewayPort));
    await sheet.getByRole('tab', { name: 'Advanced' }).click();
    await sheet.getByRole('checkbox', { name: 'Hold messages until they are released' }).check();
    await console.screenshot('domain-remote-advanced');
    await sheet.getByRole('button', { name: 'OK' }).click();
    await expect(domainRow(console, '*.example.com')).toContainText(`Held, Port ${gatewayPort}`);

    await sendMessage(relay.port, 'held by its domain');
    await console.open('queue');
    await expect(console.message('held by its domain')).toContainText('Held');
    await console.choose('held by its domain', 'Release');
    await expect.poll(() => gateway.messages.length).toBe(1);
  } finally {
    await gateway.stop();
  }
});

test('a name is refused that is there already, or whose star is in the wrong place', async ({ console }) => {
  const { page } = console;
  await console.open('domains');
  await addDomain(console, 'Remote', 'example.org');
  await expect(domainRow(console, 'example.org')).toBeVisible();
  await addDomain(console, 'Remote', 'EXAMPLE.org');
  const wizard = dialogOf(page, 'New SMTP Domain Wizard');
  const name = wizard.getByRole('textbox', { name: 'Name' });
  await expect(wizard).toContainText('There is a domain EXAMPLE.org already.');
  await name.fill('mail.*.example.org');
  await expect(wizard).toContainText('A * is possible only for remote domains and only as *. in front');
  await console.screenshot('wizard-domain-refused');
  await name.fill('*.example.org');
  await page.keyboard.press('Enter');
  await expect(domainRow(console, '*.example.org')).toContainText('Remote');
});

test('local domains: the first is the default, aliases take its place, the last may go', async ({ console, relay }) => {
  const { page } = console;
  await console.open('domains');
  await addDomain(console, 'Alias', ours);
  await expect(domainRow(console, ours)).toContainText('Local (Default)');
  await sendMessage(relay.port, 'stays here');
  const drop = join(relay.dataFolder, 'mailroot/1/Drop');
  const [file = ''] = await eventually(
    () => readdir(drop).catch(() => []),
    (files) => files.length === 1 && files.every((name) => name.endsWith('.eml')),
  );
  expect(await readFile(join(drop, file), 'utf8')).toContain('Subject: stays here');

  await addDomain(console, 'Alias', 'old.example.com');
  await expect(domainRow(console, 'old.example.com')).toContainText('Local (Alias)');
  await domainRow(console, ours).click();
  await page.keyboard.press('Delete');
  await expect(page.getByRole('alertdialog')).toBeHidden();
  await chooseForDomain(console, 'old.example.com', 'Set as Default');
  await expect(domainRow(console, 'old.example.com')).toContainText('Local (Default)');
  await expect(domainRow(console, ours)).toContainText('Local (Alias)');
  await console.screenshot('domains-local');

  const alias = await openDomain(console, ours);
  await expect(alias).toContainText('an alias of the default domain old.example.com');
  await alias.getByRole('button', { name: 'OK' }).click();

  const local = await openDomain(console, 'old.example.com');
  await local.getByRole('textbox', { name: 'Drop directory' }).fill('relative');
  await local.getByRole('button', { name: 'OK' }).click();
  await expect(local).toContainText('Enter a full path on a local disk');
  await local.getByRole('textbox', { name: 'Drop directory' }).fill(join(relay.dataFolder, 'own-drop'));
  await local.getByRole('checkbox', { name: 'Enable drop directory quota' }).uncheck();
  await console.screenshot('domain-local');
  await local.getByRole('button', { name: 'OK' }).click();
  await expect(local).toBeHidden();
  const values = await savedSettings(relay);
  expect(values['domains.dropFolder']).toBe(join(relay.dataFolder, 'own-drop'));
  expect(values['domains.dropQuota']).toBe(false);

  await domainRow(console, 'old.example.com').click();
  await page.keyboard.press('F2');
  const rename = dialogOf(page, 'Rename domain');
  await rename.getByRole('textbox', { name: 'Name' }).fill('new.example.com');
  await page.keyboard.press('Enter');
  await expect(domainRow(console, 'new.example.com')).toContainText('Local (Default)');

  await domainRow(console, ours).click();
  await page.keyboard.press('Delete');
  const question = page.getByRole('alertdialog', { name: 'Delete domain' });
  await expect(question.getByRole('button', { name: 'Cancel' })).toBeFocused();
  await question.getByRole('button', { name: 'Delete' }).click();
  await expect(domainRow(console, ours)).toBeHidden();
  await chooseForDomain(console, 'new.example.com', 'Delete');
  await expect(question).toContainText('It is the last local domain.');
  await console.screenshot('domain-delete-last');
  await question.getByRole('button', { name: 'Delete' }).click();
  await expect(page.getByText('There are no domains.')).toBeVisible();
  expect((await savedSettings(relay))['domains.default']).toBe('');
});

test('a rename takes the stored password with it only after it is typed again', async ({ console, relay }) => {
  const { page } = console;
  const remote = [{ name: ours, security: { authentication: 'basic', userName: 'relay' } }];
  await relay.cli('config', 'set', 'domains.remote', JSON.stringify(remote));
  await console.open('domains');
  const sheet = await openDomain(console, ours);
  await sheet.getByRole('button', { name: 'Outbound Security…' }).click();
  const security = dialogOf(page, 'Outbound Security');
  await security.getByLabel('Password').fill('secret');
  await security.getByRole('button', { name: 'OK' }).click();
  await sheet.getByRole('button', { name: 'OK' }).click();
  await expect(sheet).toBeHidden();

  await chooseForDomain(console, ours, 'Rename');
  const rename = dialogOf(page, 'Rename domain');
  await rename.getByRole('textbox', { name: 'Name' }).fill('other.example.com');
  await expect(rename).toContainText('enter it again in Properties');
  await console.screenshot('domain-rename');
  await rename.getByRole('button', { name: 'OK' }).click();
  const again = await openDomain(console, 'other.example.com');
  await again.getByRole('button', { name: 'Outbound Security…' }).click();
  await expect(security).toContainText('Still missing: Password.');
});

test('a change of the domains by somebody else is not overwritten unasked; other changes do not matter', async ({
  console,
  relay,
}) => {
  const { page } = console;
  await relay.cli('config', 'set', 'domains.remote', JSON.stringify([{ name: ours }]));
  await console.open('domains');
  const sheet = await openDomain(console, ours);
  await sheet.getByRole('checkbox', { name: 'Send HELO instead of EHLO' }).check();
  await relay.cli('config', 'set', 'messages.recipientLimit', '55');
  await apply(sheet);

  await relay.cli('config', 'set', 'domains.default', 'local.example.com');
  await sheet.getByRole('checkbox', { name: 'Allow incoming mail to be relayed to this domain' }).check();
  await sheet.getByRole('button', { name: 'Apply' }).click();
  const conflict = page.getByRole('alertdialog', { name: 'The settings were changed meanwhile' });
  await conflict.getByRole('button', { name: 'Overwrite' }).click();
  await expect(sheet.getByRole('button', { name: 'Apply' })).toBeDisabled();
  const values = await savedSettings(relay);
  expect(values['domains.default']).toBe('local.example.com');
  expect(values['domains.remote']).toMatchObject([{ name: ours, helo: true, relayAllowed: true }]);
});

for (const colorScheme of ['light', 'dark'] as const) {
  test(`the domains and their dialogs are accessible in ${colorScheme} colours`, async ({ console, relay }) => {
    test.slow();
    const { page } = console;
    await relay.cli('config', 'set', 'domains.default', ours);
    await relay.cli('config', 'set', 'domains.aliases', 'pki.example.com');
    const remote = [
      { name: 'example.org', held: true, smartHosts: ['mail.example.org:587'] },
      { name: '*.example.net' },
    ];
    await relay.cli('config', 'set', 'domains.remote', JSON.stringify(remote));
    await page.emulateMedia({ colorScheme });
    await console.open('domains');
    await expect(domainRow(console, 'pki.example.com')).toBeVisible();
    await expectAccessible(page);
    await console.screenshot(`domains-${colorScheme}`);
    const sheet = await openDomain(console, 'example.org');
    await expectAccessible(page);
    await console.screenshot(`domain-remote-${colorScheme}`);
    await sheet.getByRole('button', { name: 'Outbound Security…' }).click();
    const security = dialogOf(page, 'Outbound Security');
    await security.getByRole('radio', { name: 'Settings of its own for this domain' }).check();
    await security.getByRole('radio', { name: 'OAuth 2.0' }).check();
    await expectAccessible(page);
    await console.screenshot(`domain-security-oauth-${colorScheme}`);
    await security.getByRole('button', { name: 'Cancel' }).click();
    await sheet.getByRole('tab', { name: 'Advanced' }).click();
    await expectAccessible(page);
    await sheet.getByRole('button', { name: 'Cancel' }).click();
    const local = await openDomain(console, ours);
    await expectAccessible(page);
    await console.screenshot(`domain-local-${colorScheme}`);
    await local.getByRole('button', { name: 'Cancel' }).click();
    await page.getByRole('menuitem', { name: 'Action' }).click();
    await page.getByRole('menuitem', { name: 'New' }).click();
    await page.getByRole('menuitem', { name: 'Domain…' }).click();
    await expectAccessible(page);
    await console.screenshot(`wizard-domain-${colorScheme}`);
  });
}

test.describe('on a German system', () => {
  test.use({ locale: 'de-DE' });

  test('the domains speak German and nothing is cut off', async ({ console, relay }) => {
    const { page } = console;
    await relay.cli('config', 'set', 'domains.default', ours);
    await relay.cli('config', 'set', 'domains.remote', JSON.stringify([{ name: 'example.org', helo: true }]));
    await console.open('domains');
    const row = (name: string) => page.getByRole('row').filter({ hasText: name });
    await expect(row(ours)).toContainText('Lokal (Standard)');
    await console.screenshot('domains-german');
    await row('example.org').dblclick();
    const sheet = dialogOf(page, 'Eigenschaften von example.org');
    await expectNothingCutOff(sheet);
    await console.screenshot('domain-remote-german');
    await sheet.getByRole('button', { name: 'Ausgehende Sicherheit…' }).click();
    const security = dialogOf(page, 'Ausgehende Sicherheit');
    await security.getByRole('radio', { name: 'Eigene Einstellungen für diese Domäne' }).check();
    await security.getByRole('radio', { name: 'OAuth 2.0' }).check();
    await expectNothingCutOff(security);
    await console.screenshot('domain-security-german');
    await security.getByRole('button', { name: 'Abbrechen' }).click();
    await sheet.getByRole('tab', { name: 'Erweitert' }).click();
    await expectNothingCutOff(sheet);
    await console.screenshot('domain-remote-advanced-german');
    await sheet.getByRole('button', { name: 'Abbrechen' }).click();
    await row(ours).dblclick();
    await expectNothingCutOff(dialogOf(page, `Eigenschaften von ${ours}`));
    await console.screenshot('domain-local-german');
  });
});
