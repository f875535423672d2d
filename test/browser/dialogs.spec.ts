/** Every dialog of the console, in German: nothing cut off, accessible in light, dark and forced colours, pictures of each. */
import { expect, type Page } from '@playwright/test';
import type { DialogRequest } from '../../renderer/app/dialogs.tsx';
import { texts } from '../../shared/texts/index.ts';
import { freePort } from '../fakes/free-port.ts';
import type { RelayProcess } from '../fakes/relay-process.ts';
import { SmtpDialogue } from '../fakes/smtp-dialogue.ts';
import { type Console, sendMessage, test } from './console-test.ts';
import { expectAccessible, expectNothingCutOff } from './sheet.ts';

const { menus, wizards, sessions, queue } = texts.de;

type Opening = (console: Console, relay: RelayProcess) => Promise<void>;

const choose = async (page: Page, ...items: readonly string[]): Promise<void> => {
  for (const name of items) await page.getByRole('menuitem', { name, exact: true }).click();
};

const stopServer: Opening = async (console) => {
  await console.open('server');
  await choose(console.page, menus.action, menus.stop);
};

/** An open dialog by the word of the dialog host; a new one does not compile until it is here. */
const openings: Readonly<Record<DialogRequest['kind'], Opening | 'has a spec of its own'>> = {
  properties: async (console) => {
    await console.open('server');
    await console.page.keyboard.press('Alt+Enter');
  },
  confirmStop: stopServer,
  newServer: async (console) => {
    await console.open('computer');
    await choose(console.page, menus.action, wizards.new, wizards.newServer);
  },
  newDomain: async (console) => {
    await console.open('server');
    await choose(console.page, menus.action, wizards.new, wizards.newDomain);
  },
  renameServer: async (console) => {
    await console.open('server');
    await console.page.keyboard.press('F2');
  },
  deleteServer: async (console, relay) => {
    await relay.cli('server', 'create', '--name', 'Zweiter', '--listen', `127.0.0.1:${await freePort()}`);
    await relay.cli('server', 'stop');
    await console.open('server');
    await expect(console.page.getByRole('tree')).toContainText('Zweiter');
    await choose(console.page, menus.action, wizards.delete);
  },
  about: async ({ page }) => choose(page, menus.help, menus.about),
  help: async ({ page }) => page.keyboard.press('F1'),
  problem: async (console, relay) => {
    const { page } = console;
    await sendMessage(relay.port, 'gleich gelöscht');
    await console.open('queue');
    const grid = page.getByRole('grid', { name: queue.list });
    await grid.getByText('gleich gelöscht').click();
    // The list stands still: it shows what is there no more.
    await page.getByRole('button', { name: queue.toolbar.live }).click();
    await relay.cli('queue', 'delete', '--all');
    await grid.getByText('gleich gelöscht').click({ button: 'right' });
    await choose(page, queue.action.changeRoute);
  },
  importIis: 'has a spec of its own',
  caMail: 'has a spec of its own',
  checkServer: 'has a spec of its own',
  service: 'has a spec of its own',
  testMail: 'has a spec of its own',
};

/** Those that a view opens itself. */
const ofViews: Readonly<Record<string, Opening>> = {
  terminate: async (console, relay) => {
    const session = await SmtpDialogue.connect(relay.port);
    await session.expect('220');
    await session.send('EHLO ca01.corp.example.com', '250');
    await console.open('sessions');
    await console.page.getByRole('main').getByText('ca01.corp').click();
    await choose(console.page, menus.action, sessions.action.terminate);
  },
  exportList: async (console) => {
    await console.open('server');
    await console.page.getByRole('main').getByRole('row').nth(1).click();
    await console.page.keyboard.press('Control+s');
  },
  deleteMessages: async (console, relay) => {
    await sendMessage(relay.port, 'Zertifikat ausgestellt');
    await console.open('queue');
    await console.page.getByRole('grid', { name: queue.list }).getByText('Zertifikat ausgestellt').click();
    await console.page.keyboard.press('Delete');
  },
};

const looks = [
  { name: 'light', media: { colorScheme: 'light', forcedColors: 'none' } },
  { name: 'dark', media: { colorScheme: 'dark', forcedColors: 'none' } },
  { name: 'forced-colours', media: { colorScheme: 'light', forcedColors: 'active' } },
] as const;

test.use({ locale: 'de-DE' });

for (const [name, open] of [...Object.entries(openings), ...Object.entries(ofViews)]) {
  if (typeof open === 'string') continue;
  test(`the dialog ${name} in German, in light, dark and forced colours`, async ({ console, relay }) => {
    test.slow(); // the checker looks at the whole window, three times
    const { page } = console;
    await open(console, relay);
    const dialog = page.getByRole('dialog').or(page.getByRole('alertdialog'));
    await expect(dialog).toBeVisible();
    await expectNothingCutOff(dialog);
    for (const look of looks) {
      await page.emulateMedia(look.media);
      await expectAccessible(page);
      await console.screenshot(`dialog-${name}-${look.name}`);
    }
    await page.keyboard.press('Escape');
    await expect(dialog).toBeHidden();
  });
}

test('what the relay says by itself is German in the queue', async ({ console, relay, gatewayPort }) => {
  await sendMessage(relay.port, 'wartet');
  await console.open('queue');
  await expect(console.page.getByRole('grid', { name: queue.list })).toContainText(
    `127.0.0.1:${gatewayPort}: dort lauscht nichts, die Verbindung wurde abgelehnt.`,
  );
});
