import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from '@playwright/test';
import { SmtpDialogue } from '../fakes/smtp-dialogue.ts';
import { relayCertificate, testPassphrase } from '../fakes/test-certificates.ts';
import { test } from './console-test.ts';
import { apply, dialogOf, expectAccessible, expectNothingCutOff, openSheet, savedSettings } from './sheet.ts';

/** The reply to AUTH PLAIN on a connection without TLS. */
async function logOn(port: number, user: string, password: string): Promise<string> {
  const session = await SmtpDialogue.connect(port);
  try {
    await session.expect('220');
    await session.send('EHLO client.test.invalid', '250');
    return await session.send(`AUTH PLAIN ${Buffer.from(`\0${user}\0${password}`).toString('base64')}`, '');
  } finally {
    session.close();
  }
}

/** The greeting for a client that comes from `clientAddress`. */
async function greeting(port: number, clientAddress: string): Promise<string> {
  const session = await SmtpDialogue.connect(port, '127.0.0.1', clientAddress);
  try {
    return await session.expect('');
  } finally {
    session.close();
  }
}

/** The capabilities in the reply to EHLO. */
async function capabilities(port: number): Promise<string> {
  const session = await SmtpDialogue.connect(port);
  try {
    await session.expect('220');
    return await session.send('EHLO client.test.invalid', '250');
  } finally {
    session.close();
  }
}

test('a user added in the sheet can log on, with the password that was set there, until it is removed', async ({
  console,
  relay,
}) => {
  test.slow(); // several dialogs and conversations
  const { page } = console;
  const sheet = await openSheet(console, 'Access');
  await expect(sheet).toContainText('At present: anonymous access only; nobody can log on.');
  await sheet.getByRole('button', { name: 'Authentication…' }).click();
  const authentication = dialogOf(page, 'Authentication');
  await expect(authentication.getByRole('checkbox', { name: 'Integrated Windows Authentication' })).toBeDisabled();
  await authentication.getByRole('checkbox', { name: 'Anonymous access' }).uncheck();
  await expect(authentication).toContainText('At least one method must be ticked');
  await expect(authentication.getByRole('button', { name: 'OK' })).toBeDisabled();
  await authentication.getByRole('checkbox', { name: 'Basic authentication' }).check();
  await expect(authentication).toContainText('There is no certificate');
  await console.screenshot('properties-authentication-warnings');
  await authentication.getByRole('checkbox', { name: 'Requires TLS encryption' }).uncheck();
  await authentication.getByRole('textbox', { name: 'Delay after a failed logon (seconds)' }).fill('0');

  await authentication.getByRole('button', { name: 'Add…' }).click();
  const user = dialogOf(page, 'Add user');
  await user.getByRole('textbox', { name: 'User name' }).fill('ca:01');
  await user.getByRole('button', { name: 'OK' }).click();
  await expect(user).toContainText('without a colon');
  await user.getByRole('textbox', { name: 'User name' }).fill('ca01');
  await user.getByLabel('Password', { exact: true }).fill('correct horse');
  await user.getByLabel('Confirm password').fill('correct house');
  await user.getByRole('button', { name: 'OK' }).click();
  await expect(user).toContainText('The two passwords are not the same.');
  await console.screenshot('properties-user');
  await user.getByLabel('Confirm password').fill('correct horse');
  await user.getByRole('button', { name: 'OK' }).click();
  await expect(authentication.getByRole('row', { name: /ca01/ })).toContainText('will be set');
  await console.screenshot('properties-authentication');
  await authentication.getByRole('button', { name: 'OK' }).click();
  await expect(sheet).toContainText('At present: clients must log on; there is 1 user.');
  await apply(sheet);

  expect(await logOn(relay.port, 'ca01', 'correct horse')).toMatch(/^235 /);
  expect(await logOn(relay.port, 'ca01', 'wrong')).toMatch(/^535 /);
  const stranger = await SmtpDialogue.connect(relay.port);
  await stranger.expect('220');
  await stranger.send('EHLO client.test.invalid', '250');
  await stranger.send('MAIL FROM:<a@corp.example.com>', '530');
  stranger.close();

  await page.reload();
  const again = await openSheet(console, 'Access');
  await again.getByRole('button', { name: 'Authentication…' }).click();
  await expect(authentication.getByRole('gridcell', { name: 'set', exact: true })).toBeVisible();
  await authentication.getByRole('button', { name: 'Remove' }).click();
  await authentication.getByRole('button', { name: 'OK' }).click();
  await apply(again);
  await expect.poll(() => logOn(relay.port, 'ca01', 'correct horse')).toMatch(/^535 /);
  expect((await relay.cli('config', 'secret', 'list')).stdout).not.toContain('ca01');
});

test('Cancel in the dialog forgets a new password; only a new password is something to apply', async ({
  console,
  relay,
}) => {
  const { page } = console;
  await relay.cli('config', 'set', 'access.users', 'ca01');
  const sheet = await openSheet(console, 'Access');
  const authentication = dialogOf(page, 'Authentication');
  const setPassword = async (): Promise<void> => {
    await sheet.getByRole('button', { name: 'Authentication…' }).click();
    await authentication.getByRole('button', { name: 'Set password…' }).click();
    const password = dialogOf(page, 'Password of ca01');
    await password.getByLabel('Password', { exact: true }).fill('secret');
    await password.getByLabel('Confirm password').fill('secret');
    await password.getByRole('button', { name: 'OK' }).click();
  };
  await setPassword();
  await authentication.getByRole('button', { name: 'Cancel' }).click();
  await expect(sheet.getByRole('button', { name: 'Apply' })).toBeDisabled();
  await setPassword();
  await authentication.getByRole('button', { name: 'OK' }).click();
  await apply(sheet);
  expect((await relay.cli('config', 'secret', 'list')).stdout).toContain('user:ca01');
});

test('a failed logon locks out for as long as the dialog says', async ({ console, relay }) => {
  const { page } = console;
  const sheet = await openSheet(console, 'Access');
  await sheet.getByRole('button', { name: 'Authentication…' }).click();
  const authentication = dialogOf(page, 'Authentication');
  await authentication.getByRole('textbox', { name: 'Limit number of failed logons to' }).fill('3');
  await authentication.getByRole('textbox', { name: 'Lockout duration (minutes)' }).fill('30');
  await authentication.getByRole('button', { name: 'OK' }).click();
  await apply(sheet);
  const values = await savedSettings(relay);
  expect(values['access.lockoutThreshold']).toBe(3);
  expect(values['access.lockoutTime']).toBe(1_800);
});

test('certificate, key and passphrase from the dialog make the relay offer TLS', async ({ console, relay }) => {
  test.slow(); // several dialogs and conversations
  const { page } = console;
  const file = join(relay.dataFolder, 'relay.pem');
  const keyFile = join(relay.dataFolder, 'relay.key');
  await writeFile(file, relayCertificate.cert);
  await writeFile(keyFile, relayCertificate.protectedKey);
  expect(await capabilities(relay.port)).not.toContain('STARTTLS');

  const sheet = await openSheet(console, 'Access');
  await expect(sheet).toContainText('No certificate is set up');
  await expect(sheet.getByRole('checkbox', { name: 'Require TLS encryption' })).toBeDisabled();
  await sheet.getByRole('button', { name: 'Certificate…' }).click();
  const certificate = dialogOf(page, 'Certificate');
  await certificate.getByRole('textbox', { name: 'Certificate file' }).fill(file);
  await certificate.getByRole('textbox', { name: 'Private key file' }).fill(keyFile);
  await certificate.getByRole('button', { name: 'OK' }).click();
  await apply(sheet);
  await expect(sheet).toContainText('The certificate cannot be used.');
  await console.screenshot('properties-certificate-problem');

  await sheet.getByRole('button', { name: 'Certificate…' }).click();
  await certificate.getByLabel('Passphrase').fill(testPassphrase);
  await certificate.getByRole('button', { name: 'OK' }).click();
  await sheet.getByRole('checkbox', { name: 'Require TLS encryption' }).check();
  await apply(sheet);
  await expect(sheet).toContainText('relay.example.org');
  await expect(sheet).toContainText('valid until');
  expect(await capabilities(relay.port)).toContain('STARTTLS');
  const plain = await SmtpDialogue.connect(relay.port);
  await plain.expect('220');
  await plain.send('EHLO client.test.invalid', '250');
  await plain.send('MAIL FROM:<a@corp.example.com>', '530');
  plain.close();

  await sheet.getByRole('button', { name: 'Certificate…' }).click();
  await expect(certificate.getByLabel('Passphrase')).toHaveAttribute('placeholder', /type to replace/);
  await console.screenshot('properties-certificate');
  await certificate.getByRole('button', { name: 'Remove' }).click();
  await certificate.getByRole('button', { name: 'OK' }).click();
  await apply(sheet);
  expect((await relay.cli('config', 'secret', 'list')).stdout).not.toContain('passphrase');
});

test('a computer that is denied can no longer connect, as the check foretold', async ({ console, relay }) => {
  test.slow(); // several dialogs and conversations
  const { page } = console;
  const sheet = await openSheet(console, 'Access');
  await expect(sheet).toContainText('At present: every computer that reaches this server may connect.');
  await sheet.getByRole('button', { name: 'Connection…' }).click();
  const connection = dialogOf(page, 'Connection');
  await connection.getByRole('button', { name: 'Add…' }).click();
  const computer = dialogOf(page, 'Add computers');
  await computer.getByRole('radio', { name: 'Group of computers' }).check();
  await computer.getByRole('textbox', { name: 'Subnet address' }).fill('127.0.0.4');
  await computer.getByRole('textbox', { name: 'Subnet mask or prefix length' }).fill('30');
  await computer.getByRole('button', { name: 'OK', exact: true }).click();
  const address = connection.getByRole('textbox', { name: 'IP address of the client' });
  await address.fill('127.0.0.6');
  await page.keyboard.press('Enter');
  await expect(connection).toContainText('No. It is excluded by the entry 127.0.0.4');
  await console.screenshot('properties-connection');
  await address.fill('127.0.0.1');
  await expect(connection).not.toContainText('It is excluded');
  await connection.getByRole('button', { name: 'Check' }).click();
  await expect(connection).toContainText('Yes. No entry of the list covers it.');
  await connection.getByRole('button', { name: 'OK' }).click();
  await apply(sheet);
  await expect.poll(() => greeting(relay.port, '127.0.0.6')).toMatch(/^(421|554) /);
  expect(await greeting(relay.port, '127.0.0.1')).toMatch(/^220 /);

  await page.reload();
  const again = await openSheet(console, 'Access');
  await expect(again).toContainText('At present: every computer except the 1 entry of the list may connect.');
  await again.getByRole('button', { name: 'Connection…' }).click();
  await connection.getByRole('radio', { name: 'Only the list below' }).check();
  await expect(connection).toContainText('The entry “This computer” is missing');
});

test('who has logged on may relay when the sheet says so', async ({ console, relay }) => {
  const { page } = console;
  const sheet = await openSheet(console, 'Access');
  await sheet.getByRole('button', { name: 'Relay…' }).click();
  const relaying = dialogOf(page, 'Relay Restrictions');
  await relaying.getByRole('textbox', { name: 'IP address of the client' }).fill('192.0.2.9');
  await relaying.getByRole('checkbox', { name: 'It has authenticated' }).check();
  await relaying.getByRole('button', { name: 'Check' }).click();
  await expect(relaying).toContainText('No. No entry of the list covers it.');
  await relaying.getByRole('checkbox', { name: /^Allow all computers which successfully authenticate/ }).check();
  await relaying.getByRole('button', { name: 'Check' }).click();
  await expect(relaying).toContainText('Yes. It has logged in');
  await console.screenshot('properties-relay-authenticated');
  await relaying.getByRole('button', { name: 'OK' }).click();
  await apply(sheet);
  expect((await savedSettings(relay))['access.relayAuthenticated']).toBe(true);
});

test('DNS Lookup fills in the address of a name, or says that there is none', async ({ console }) => {
  const { page } = console;
  const sheet = await openSheet(console, 'Access');
  await sheet.getByRole('button', { name: 'Connection…' }).click();
  await dialogOf(page, 'Connection').getByRole('button', { name: 'Add…' }).click();
  const computer = dialogOf(page, 'Add computers');
  await computer.getByRole('button', { name: 'DNS Lookup…' }).click();
  const lookup = dialogOf(page, 'DNS Lookup');
  await lookup.getByRole('textbox', { name: 'DNS name' }).fill('not a name');
  await page.keyboard.press('Enter');
  await expect(lookup).toContainText('is not a name of DNS');
  await console.screenshot('properties-dns-lookup');
  await page.keyboard.press('Escape');
  await expect(lookup).toBeHidden();
  await expect(computer).toBeVisible();
});

const dialogs = [
  ['Authentication…', 'Authentication'],
  ['Certificate…', 'Certificate'],
  ['Connection…', 'Connection'],
  ['Relay…', 'Relay Restrictions'],
] as const;

for (const colorScheme of ['light', 'dark'] as const) {
  test(`the Access tab and its dialogs are accessible in ${colorScheme} colours`, async ({ console }) => {
    test.slow();
    const { page } = console;
    await page.emulateMedia({ colorScheme });
    const sheet = await openSheet(console, 'Access');
    await expectAccessible(page);
    await console.screenshot(`sheet-access-${colorScheme}`);
    for (const [button, title] of dialogs) {
      await sheet.getByRole('button', { name: button }).click();
      await expectAccessible(page);
      await console.screenshot(`sheet-${title.toLowerCase().replace(' ', '-')}-${colorScheme}`);
      await dialogOf(page, title).getByRole('button', { name: 'Cancel' }).click();
    }
    await sheet.getByRole('button', { name: 'Authentication…' }).click();
    await dialogOf(page, 'Authentication').getByRole('button', { name: 'Add…' }).click();
    await expectAccessible(page);
  });
}

test.describe('on a German system', () => {
  test.use({ locale: 'de-DE' });

  test('no text of the Access tab and its dialogs is cut off', async ({ console }) => {
    const { page } = console;
    const sheet = await openSheet(console, 'Zugriff');
    await expectNothingCutOff(sheet);
    const panel = sheet.getByRole('tabpanel');
    expect(await panel.evaluate(({ scrollHeight, clientHeight }) => scrollHeight - clientHeight)).toBe(0);
    await console.screenshot('sheet-german-zugriff');
    for (const [button, title] of [
      ['Authentifizierung…', 'Authentifizierung'],
      ['Zertifikat…', 'Zertifikat'],
      ['Verbindung…', 'Verbindung'],
      ['Relay…', 'Relayeinschränkungen'],
    ] as const) {
      await sheet.getByRole('button', { name: button }).click();
      const dialog = dialogOf(page, title);
      await expectNothingCutOff(dialog);
      await console.screenshot(`sheet-german-${title.toLowerCase()}`);
      await dialog.getByRole('button', { name: 'Abbrechen' }).click();
    }
  });
});
