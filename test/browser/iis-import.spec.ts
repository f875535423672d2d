import { readFile, writeFile } from 'node:fs/promises';
import AxeBuilder from '@axe-core/playwright';
import { expect, type Locator, type Page } from '@playwright/test';
import { computerSocketPath } from '../../shared/contract/bridge.ts';
import { freePort } from '../fakes/free-port.ts';
import { startUpstream } from '../fakes/upstream.ts';
import { OldServer, oldMail } from '../integration/iis-import/old-server.ts';
import { test as base, type Console } from './console-test.ts';
import { dialogOf, expectNothingCutOff } from './sheet.ts';

const test = base.extend<{ readonly old: OldServer }>({
  old: async ({ gatewayPort }, use) => {
    const old = await OldServer.make('everything');
    const text = await readFile(old.metabase, 'utf8');
    await writeFile(
      old.metabase,
      text
        .replace('RouteAction="260"', 'RouteAction="0"')
        .replace('"smtp.example.net"', `"127.0.0.1:${gatewayPort}"`)
        .replace('AccessSSL | AccessSSL128', ''),
    );
    await use(old);
    await old.clear();
  },
});

const title = { en: 'Import from IIS Wizard', de: 'Assistent für den Import aus IIS' };
const forward = (wizard: Locator) => wizard.getByRole('button', { name: /^(Next >|Weiter >)$/ });

async function openWizard(console: Console, language: 'en' | 'de' = 'en'): Promise<Locator> {
  const { page } = console;
  const [menu, item] =
    language === 'en' ? (['File', 'Import from IIS…'] as const) : (['Datei', 'Aus IIS importieren…'] as const);
  await page.getByRole('menubar').getByRole('menuitem', { name: menu, exact: true }).click();
  await page.getByRole('menuitem', { name: item }).click();
  const wizard = dialogOf(page, title[language]);
  await expect(wizard).toBeVisible();
  return wizard;
}

test('a server of IIS becomes a server here, with its settings and its mail', async ({
  console,
  relay,
  old,
  gatewayPort,
}) => {
  test.slow();
  const { page } = console;
  const listen = `127.0.0.1:${await freePort()}`;
  await old.put('Queue', 'NTFS_1.EML', oldMail('from the queue'));
  await old.put('Pickup', 'issued.txt', oldMail('from pickup'));
  await old.put('Queue', 'NTFS_2.EML', 'Subject: nobody\r\n\r\nx');

  const wizard = await openWizard(console);
  const file = wizard.getByRole('textbox', { name: 'File' });
  await expect(file).toBeFocused();
  await file.fill('/nowhere/MetaBase.xml');
  await page.keyboard.press('Enter');
  await expect(wizard.getByRole('alert')).toContainText('/nowhere/MetaBase.xml could not be read: it does not exist.');
  await file.fill(old.metabase);
  await console.screenshot('iis-import-file');
  await page.keyboard.press('Enter');

  await expect(wizard.getByRole('radio', { name: '1: Relay of the PKI' })).toBeChecked();
  await console.screenshot('iis-import-server');
  await page.keyboard.press('Enter');

  const table = wizard.getByRole('group', { name: 'What becomes of it' }).getByRole('table');
  await expect(table.getByRole('row', { name: /^MaxMessageSize 4194304 .* 4 MB the same$/ })).toBeVisible();
  await console.screenshot('iis-import-mapping');
  await wizard.getByRole('combobox', { name: 'Show' }).selectOption('noEquivalent');
  await expect(table.getByRole('row', { name: /^MaxMessageSize/ })).toBeHidden();
  await expect(table.getByRole('row', { name: /^AdminACL/ })).toBeVisible();
  await console.screenshot('iis-import-without-equivalent');
  await forward(wizard).click();

  await expect(wizard.getByRole('textbox', { name: 'Name' })).toHaveValue('Relay of the PKI');
  const endpoints = wizard.getByRole('textbox', { name: 'Addresses and ports, one per line' });
  await expect(endpoints).toHaveValue('10.1.1.5:25\n*:587');
  await endpoints.fill('somewhere');
  await forward(wizard).click();
  await expect(wizard.getByRole('alert')).toContainText('“somewhere” is no address with a port');
  await endpoints.fill(listen);
  await wizard.getByRole('checkbox', { name: 'Start the new server at once' }).check();
  await console.screenshot('iis-import-listen');
  await forward(wizard).click();

  await expect(wizard).toContainText('NTFS_2.EML: It has no sender');
  await wizard.getByRole('checkbox', { name: 'Take over the waiting mail' }).check();
  await console.screenshot('iis-import-mail');
  await forward(wizard).click();
  await expect(wizard).toContainText('2 messages are taken over');
  await console.screenshot('iis-import-confirm');
  const gateway = await startUpstream({ port: gatewayPort });
  await wizard.getByRole('button', { name: 'Finish' }).click();

  const result = dialogOf(page, 'Done');
  await expect(result).toContainText('[Relay of the PKI] is virtual server 2 here.');
  await expect(result).toContainText('2 messages were taken over.');
  await expect(result).toContainText(`The originals are in ${old.folder}/Queue.taken-over.`);
  await expect(result).toContainText('Domain *.example.net > Outbound Security');
  await console.screenshot('iis-import-result');
  await result.getByRole('button', { name: 'Close' }).last().click();
  await expect(page.getByRole('tree').getByText('[Relay of the PKI]')).toBeVisible();

  const { values } = await relay.json<{ values: Record<string, unknown> }>('config', 'show', '--server', '2');
  expect(values).toMatchObject({
    'general.listen': [listen],
    'general.state': 'started',
    'messages.sizeLimit': 4_194_304,
    'access.relayList': ['127.0.0.1', '10.1.1.5', '10.9.0.0/255.255.255.0'],
    'delivery.hopLimit': 30,
  });
  await expect.poll(() => gateway.messages.length).toBe(2);
  expect(await old.names('Queue')).toEqual(['NTFS_2.EML']);
  await gateway.stop();
});

/** As Windows answers while SMTPSVC runs and the console has no administrator rights. */
async function pretendWindows(console: Console): Promise<void> {
  await console.page.routeWebSocket(
    ({ pathname }) => pathname === computerSocketPath,
    (socket) => {
      const computer = socket.connectToServer();
      computer.onMessage((message) =>
        socket.send(
          String(message)
            .replace('"service":"unknown"', '"service":"running"')
            .replace('"warnings":["serviceUnknown"', '"warnings":["serviceRuns"')
            .replace(/"platform":"[a-z]+"/, '"platform":"windows"')
            .replace(/"elevated":(true|false)/, '"elevated":false')
            .replace('"canElevate":false', '"canElevate":true')
            .replace('"canChooseFiles":false', '"canChooseFiles":true'),
        ),
      );
    },
  );
  await console.page.reload();
}

test('while SMTPSVC runs no mail is taken over; without rights the way to them is shown', async ({ console, old }) => {
  test.slow();
  await old.put('Queue', 'NTFS_1.EML', oldMail('once'));
  await pretendWindows(console);
  const wizard = await openWizard(console);
  await expect(wizard).toContainText('Windows shows this file to administrators only.');
  await expect(wizard.getByRole('button', { name: 'Restart as administrator' })).toBeVisible();
  await expect(wizard.getByRole('button', { name: 'Browse…' })).toBeVisible();
  await console.screenshot('iis-import-without-rights');
  await wizard.getByRole('textbox', { name: 'File' }).fill(old.metabase);
  for (const step of [2, 3, 4]) {
    await forward(wizard).click();
    await expect(wizard).toContainText(`Step ${step} of 6`);
  }
  await expect(wizard).toContainText('The SMTP service of IIS (SMTPSVC) still runs and keeps its ports.');
  await forward(wizard).click();
  await expect(wizard.getByRole('checkbox', { name: 'Take over the waiting mail' })).toBeDisabled();
  await expect(wizard).toContainText('Stop the SMTP service of IIS first: both would send the same mail.');
  await console.screenshot('iis-import-service-runs');
  await old.put('Queue', 'NTFS_2.EML', oldMail('later'));
  await wizard.getByRole('button', { name: 'Look again' }).click();
  await expect(wizard.getByRole('row', { name: /^Queue: .* 2 0\.4 KB 0$/ })).toBeVisible();
});

/** The console behind it has checks of its own. */
async function expectAccessibleWizard(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).include('[role="dialog"]').analyze();
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' | ')}`)).toEqual([]);
}

for (const colorScheme of ['light', 'dark'] as const) {
  test(`each page in German, ${colorScheme}: accessible, nothing cut off`, async ({ console, old }) => {
    test.slow();
    const { page } = console;
    await old.put('Queue', 'NTFS_1.EML', oldMail('eins'));
    await page.evaluate(() => localStorage.setItem('smtp-relay.language', 'de'));
    await page.emulateMedia({ colorScheme });
    await page.reload();
    const wizard = await openWizard(console, 'de');
    await wizard.getByRole('textbox', { name: 'Datei' }).fill(old.metabase);
    const pages = ['file', 'server', 'mapping', 'listen', 'mail', 'confirm'];
    for (const [index, name] of pages.entries()) {
      await expect(wizard).toContainText(`Schritt ${index + 1} von ${pages.length}`);
      await expectAccessibleWizard(page);
      await console.screenshot(`iis-import-de-${name}-${colorScheme}`);
      await expectNothingCutOff(wizard);
      if (name !== 'confirm') await forward(wizard).click();
    }
    await page.keyboard.press('F1');
    await expect(page.getByRole('dialog').last()).toContainText('Import aus IIS');
  });
}
