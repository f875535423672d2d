import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, type Locator, type Page } from '@playwright/test';
import { nodePorts } from '../../electron/base/node-ports.ts';
import { createExitModuleHandlers } from '../../electron/ca/create-exit-module-handlers.ts';
import { connectPipe, pipeAddressOf } from '../../electron/host/pipe-client.ts';
import { type ContractClient, createContractClient } from '../../shared/contract/client.ts';
import type { ComputerHandlers } from '../../shared/contract/computer/computer-calls.ts';
import { type FakeCaOptions, FakeCertificationAuthority } from '../fakes/fake-certification-authority.ts';
import { MemoryLog } from '../fakes/memory-log.ts';
import { startUpstream } from '../fakes/upstream.ts';
import { test as base, type Console } from './console-test.ts';
import { dialogOf, expectAccessible, expectNothingCutOff } from './sheet.ts';

interface CaFixtures {
  readonly caOptions: FakeCaOptions & { readonly elevated?: boolean; readonly isWindows?: boolean };
  readonly ca: FakeCertificationAuthority;
}

/** The console of a made-up server with a certification authority, beside a real relay. */
const test = base.extend<CaFixtures>({
  caOptions: [{}, { option: true }],
  ca: async ({ caOptions }, use) => use(new FakeCertificationAuthority(caOptions)),
  computer: async ({ ca, caOptions, relay }, use) => {
    const folder = await mkdtemp(join(tmpdir(), 'ca-browser-'));
    const ports = nodePorts({ log: new MemoryLog() });
    const relays: ContractClient[] = [];
    const { elevated = true, isWindows = true } = caOptions;
    const handlers: Partial<ComputerHandlers> = {
      'computer.facts': async () => ({
        platform: isWindows ? 'windows' : 'linux',
        hostName: 'CA01',
        elevated,
        canElevate: isWindows,
        canChooseFiles: false,
      }),
      'computer.restartElevated': async () => ({ restarted: false }),
      'service.status': async () => ({
        notPossible: null,
        state: 'running',
        account: 'NT SERVICE\\SmtpRelay',
        dataFolder: relay.dataFolder,
        commands: { install: '', remove: '', start: '', stop: '' },
      }),
      ...createExitModuleHandlers({
        isWindows,
        systemRoot: 'C:\\Windows',
        runner: ca,
        disk: ports.disk,
        clock: ports.clock,
        log: ports.log,
        eventLog: { write: () => {} },
        dataFolder: folder,
        computerName: 'ca01.corp.example.com',
        ownAddresses: () => ['127.0.0.1'],
        elevated: async () => elevated,
        relay: async () => {
          const client = createContractClient(await connectPipe(pipeAddressOf(relay.dataFolder)));
          relays.push(client);
          return client;
        },
        token: () => String(relays.length),
        smtpPort: relay.port,
      }),
    };
    await use(handlers);
    for (const client of relays) client.close();
    await rm(folder, { recursive: true, force: true });
  },
});

async function openSetUp(page: Page, german = false): Promise<Locator> {
  await page.getByRole('menuitem', { name: german ? 'Datei' : 'File' }).click();
  await page.getByRole('menuitem', { name: german ? 'CA-Mail einrichten…' : 'CA mail set-up…' }).click();
  const dialog = dialogOf(page, german ? 'CA-Mail einrichten' : 'CA mail set-up');
  await expect(dialog.getByRole('heading', { level: 3 })).toBeVisible();
  return dialog;
}

const step = (dialog: Locator, number: number): Locator =>
  dialog.getByRole('list', { name: /^(Steps|Schritte)$/ }).getByRole('button', { name: new RegExp(`^${number}\\.`) });

async function answer(page: Page, name: string, button: string): Promise<void> {
  const question = page.getByRole('alertdialog', { name });
  await expect(question.getByRole('button', { name: 'Cancel' })).toBeFocused();
  await question.getByRole('button', { name: button, exact: true }).click();
  await expect(question).toBeHidden();
}

test('from the gateway to the relay and back, step by step', async ({ console, ca, gatewayPort }) => {
  test.slow();
  const { page } = console;
  const upstream = await startUpstream({ port: gatewayPort });
  const dialog = await openSetUp(page);
  await expect(dialog).toContainText('The mail server is mailgw.corp.example.com');
  await expect(dialog).toContainText('Example Corp Issuing CA 1');
  await expect(dialog).toContainText('a certificate is issued; a revocation list is published');
  await console.screenshot('ca-check');

  const next = dialog.getByRole('button', { name: 'Next >' });
  await next.click();
  await expect(dialog.getByRole('heading', { name: 'Test the route' })).toBeVisible();
  await dialog.getByRole('button', { name: 'Send test mail' }).click();
  await expect(dialog).toContainText('Enter the address');
  await dialog.getByRole('textbox', { name: 'Recipient' }).fill('operations@corp.example.com');
  await dialog.getByRole('button', { name: 'Send test mail' }).click();
  await expect(dialog).toContainText('Delivered: the next hop has taken it.');
  await expect(step(dialog, 2)).toHaveAccessibleName(/done/);
  await console.screenshot('ca-route');

  await next.click();
  await dialog.getByRole('button', { name: 'Send a mail as the CA does' }).click();
  await expect(dialog).toContainText(/Taken after \d+ ms: 250/);
  await console.screenshot('ca-relay');

  await next.click();
  await dialog.getByRole('button', { name: 'Add the rule…' }).click();
  await answer(page, 'Firewall', 'Add');
  await expect(dialog).toContainText('closed for other computers by a rule');
  expect(ca.blocked).toBe(true);
  await console.screenshot('ca-firewall');

  await next.click();
  await expect(dialog).toContainText('certutil.exe -setreg exit\\smtp\\SMTPServer 127.0.0.1');
  await expect(dialog).toContainText('Old value: mailgw.corp.example.com · New value: 127.0.0.1');
  await dialog.getByRole('checkbox', { name: /Send mail when the service starts/ }).check();
  await expect(dialog).toContainText('+EXITEVENT_STARTUP');
  await console.screenshot('ca-change');
  expect(ca.changes.filter((line) => line.includes('-setreg'))).toEqual([]);
  await dialog.getByRole('button', { name: 'Run…' }).click();
  await answer(page, 'Change the certification authority', 'Run');
  await expect(dialog).toContainText('Done: each value was written and read back.');
  await expect(dialog.getByText('done, read back')).toHaveCount(2);
  await console.screenshot('ca-changed');
  expect([ca.value('', 'SMTPServer'), ca.value('', 'EventFilter')]).toEqual(['127.0.0.1', 0xa1]);
  await expect(step(dialog, 5)).toHaveAccessibleName(/done/);

  await next.click();
  await expect(dialog).toContainText('the CA still uses the old ones');
  await console.screenshot('ca-restart');
  await dialog.getByRole('button', { name: 'Restart the CA…' }).click();
  await answer(page, 'Restart the certification authority', 'Restart');
  await expect(dialog).toContainText('ran again after');
  await expect(step(dialog, 6)).toHaveAccessibleName(/done/);

  await next.click();
  await expect(dialog).toContainText('the CA has reported no mail that it could not send');
  await console.screenshot('ca-verify');
  await expect(next).toBeDisabled();
  await dialog.getByRole('button', { name: 'Take the change back…' }).click();
  const rollback = dialogOf(page, 'Take the latest change back');
  await expect(rollback).toContainText('-setreg exit\\smtp\\SMTPServer mailgw.corp.example.com');
  await expectAccessible(page);
  await console.screenshot('ca-rollback');
  await rollback.getByRole('button', { name: 'Run…' }).click();
  await answer(page, 'Change the certification authority', 'Run');
  await expect(rollback).toContainText('Done: each value was written');
  expect([ca.value('', 'SMTPServer'), ca.value('', 'EventFilter')]).toEqual(['mailgw.corp.example.com', 0x21]);
  await upstream.stop();
});

test('events and texts: a preview while typing, only what differs is written', async ({ console, ca }) => {
  test.slow();
  const { page } = console;
  const dialog = await openSetUp(page);
  await dialog.getByRole('button', { name: 'Events and texts…' }).click();
  const editor = dialogOf(page, 'Events and texts of the CA’s mail');
  await expect(editor.getByRole('button', { name: 'Review changes…' })).toBeDisabled();
  await editor.getByRole('checkbox', { name: 'a request is denied' }).check();
  await editor.getByRole('textbox', { name: 'Subject', exact: true }).fill('Issued by %1, request %2');
  await editor.getByRole('textbox', { name: 'Values in the subject' }).fill('SanitizedCAName\nRequest.RequestID');
  await editor.getByRole('textbox', { name: 'Text', exact: true }).fill('Hello,\n\nfor %1 and %9.');
  await expect(editor).toContainText('Issued by Example Corp Issuing CA 1, request 4711');
  await expect(editor).toContainText('for 4711 and ???.');
  await expectAccessible(page);
  await console.screenshot('ca-events');
  await page.emulateMedia({ colorScheme: 'dark' });
  await console.screenshot('ca-events-dark');
  await page.emulateMedia({ colorScheme: 'light' });
  await editor.getByRole('button', { name: 'Review changes…' }).click();
  const review = dialogOf(page, 'Review the changes');
  await expect(review.getByRole('listitem')).toHaveCount(4);
  await console.screenshot('ca-events-review');
  await review.getByRole('button', { name: 'Run…' }).click();
  await answer(page, 'Change the certification authority', 'Run');
  await expect(review).toContainText('Done: each value was written');
  const key = 'Templates\\Default\\Issued';
  expect(ca.value(key, 'TitleFormat')).toBe('Issued by %1, request %2');
  expect(ca.value(key, 'BodyFormat')).toEqual(['Hello,', ' ', 'for %1 and %9.']);
  expect(ca.value('', 'EventFilter')).toBe(0x25);
  expect(ca.changes.filter((line) => line.includes('/v From'))).toEqual([]);
});

test('the step list, help and Escape by keyboard; accessible light and dark', async ({ console }) => {
  test.slow();
  const { page } = console;
  const dialog = await openSetUp(page);
  for (const number of [1, 2, 3, 4, 5, 6, 7]) {
    await page.emulateMedia({ colorScheme: number % 2 === 0 ? 'light' : 'dark' });
    await step(dialog, number).click();
    await expect(step(dialog, number)).toHaveAttribute('aria-current', 'step');
    if (number === 5) await expect(dialog).toContainText('certutil.exe');
    // The whole page is looked at each time, which takes a while.
    if (number === 1 || number > 4) await expectAccessible(page);
    if (number % 2 === 1) await console.screenshot(`ca-dark-${number}`);
  }
  await page.emulateMedia({ colorScheme: 'light' });
  await step(dialog, 1).focus();
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await expect(step(dialog, 2)).toHaveAttribute('aria-current', 'step');
  await page.keyboard.press('F1');
  await expect(page.getByRole('dialog', { name: 'Help Topics' })).toContainText('CA mail set-up');
  await page.keyboard.press('Escape');
  await page.keyboard.press('Escape');
  await expect(dialog).toBeHidden();
});

test.describe('where Windows refuses', () => {
  test.use({ caOptions: { writable: false } });
  test('the failing command is named with its number, what follows is not run', async ({ console, ca }) => {
    const { page } = console;
    const dialog = await openSetUp(page);
    await step(dialog, 5).click();
    await dialog.getByRole('checkbox', { name: /Send mail when the service starts/ }).check();
    await dialog.getByRole('button', { name: 'Run…' }).click();
    await answer(page, 'Change the certification authority', 'Run');
    await expect(dialog).toContainText('Windows denied access.');
    await expect(dialog).toContainText('0x80070005');
    await expect(dialog).toContainText('not run');
    await expect(dialog).toContainText('Stopped at the command that failed');
    await console.screenshot('ca-change-failed');
    expect(ca.value('', 'SMTPServer')).toBe('mailgw.corp.example.com');
  });
});

test.describe('without administrator rights', () => {
  test.use({ caOptions: { elevated: false } });
  test('everything is shown and nothing can be run', async ({ console }) => {
    const { page } = console;
    const dialog = await openSetUp(page);
    await expect(dialog.getByRole('button', { name: 'Restart as administrator' })).toBeVisible();
    await step(dialog, 5).click();
    await expect(dialog).toContainText('certutil.exe -setreg');
    await expect(dialog.getByRole('button', { name: 'Run…' })).toBeDisabled();
    await console.screenshot('ca-not-elevated');
    await step(dialog, 6).click();
    await expect(dialog.getByRole('button', { name: 'Restart the CA…' })).toBeDisabled();
    await dialog.getByRole('button', { name: 'Restart as administrator' }).click();
    await expect(dialog).toContainText('Windows did not give administrator rights.');
  });
});

test.describe('on a computer without Windows', () => {
  test.use({ caOptions: { isWindows: false } });
  test('every command can be copied', async ({ console, context }) => {
    await context.grantPermissions(['clipboard-read', 'clipboard-write']);
    const { page } = console;
    const dialog = await openSetUp(page);
    await expect(dialog).toContainText('This computer does not run Windows.');
    await step(dialog, 5).click();
    await expect(dialog).toContainText('Old value: not known here');
    await dialog.getByRole('button', { name: 'Copy all' }).click();
    await expect(dialog.getByRole('button', { name: 'Copied', exact: true })).toBeVisible();
    expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(
      'certutil.exe -setreg exit\\smtp\\SMTPServer 127.0.0.1\ncertutil.exe -setreg exit\\smtp\\SMTPAuthenticate 0',
    );
    await console.screenshot('ca-copy');
  });
});

test.describe('on a cluster', () => {
  test.use({ caOptions: { cluster: 'ca' } });
  test('there is no restart', async ({ console }) => {
    const dialog = await openSetUp(console.page);
    await expect(dialog).toContainText('belongs to a failover cluster');
    await step(dialog, 6).click();
    await expect(dialog).toContainText('Failover Cluster Manager');
    await expect(dialog.getByRole('button', { name: 'Restart the CA…' })).toBeHidden();
  });
});

test.describe('on a German system', () => {
  test.use({
    locale: 'de-DE',
    caOptions: { language: 'de', caName: 'Musterger!00e4te CA', layout: 'flat', authentication: 1 },
  });

  test('all steps speak German and nothing is cut off', async ({ console }: { console: Console }) => {
    test.slow();
    const { page } = console;
    const dialog = await openSetUp(page, true);
    await expect(dialog).toContainText('Mustergeräte CA');
    for (const number of [1, 2, 3, 4, 5, 6, 7]) {
      await step(dialog, number).click();
      if (number === 5) await expect(dialog).toContainText('Alter Wert');
      await expectNothingCutOff(dialog);
      await console.screenshot(`ca-german-${number}`);
    }
    await step(dialog, 1).click();
    await dialog.getByRole('button', { name: 'Ereignisse und Texte…' }).click();
    const editor = dialogOf(page, 'Ereignisse und Texte der CA-Mail');
    await expectNothingCutOff(editor);
    await console.screenshot('ca-german-events');
  });
});
