/** What every browser test starts from: a relay of its own with the browser console, and a page that shows it. */
import { join, resolve } from 'node:path';
import { test as base, expect, type Page } from '@playwright/test';
import type { ComputerHandlers } from '../../shared/contract/computer/computer-calls.ts';
import { startComputerConsole } from '../fakes/computer-console.ts';
import { freePort } from '../fakes/free-port.ts';
import { type RelayProcess, removeDataFolder, startRelayProcess } from '../fakes/relay-process.ts';
import { SmtpDialogue } from '../fakes/smtp-dialogue.ts';

const screenshotFolder = resolve(import.meta.dirname, '../output/screenshots');

export interface ConsoleFixtures {
  /**
   * What answers the console's questions about its computer: these handlers in the process of the test, over those that refuse
   * everything. Without it the relay's process answers for the real computer. Set it with `test.use({ computer: … })`.
   */
  readonly computer: Partial<ComputerHandlers> | null;
  /** Nobody listens there until a test starts an upstream on it. */
  readonly gatewayPort: number;
  readonly relay: RelayProcess;
  readonly console: Console;
}

type Place = 'computer' | 'server' | 'domains' | 'sessions' | 'queue' | 'badmail' | 'log';

/** The page with the ways a person gets around in it. */
export class Console {
  readonly page: Page;

  constructor(page: Page) {
    this.page = page;
  }

  /** The label of a tree node; the node itself spans its children. */
  node(place: Place) {
    const labels: Readonly<Record<Place, RegExp>> = {
      computer: /\((local computer|lokaler Computer)\)/,
      server: /^\[SMTP Virtual Server #1\]$/,
      domains: /^(Domains|Domänen)$/,
      sessions: /^(Current Sessions|Aktuelle Sitzungen)$/,
      queue: /^(Queue|Warteschlange)$/,
      badmail: /^Badmail$/,
      log: /^(Log|Protokoll)$/,
    };
    return this.page.getByRole('tree').getByText(labels[place]);
  }

  async open(place: Place): Promise<void> {
    await this.node(place).click();
  }

  /** The row of a message in the queue, by its subject. */
  message(subject: string) {
    return this.page.getByRole('grid', { name: 'Queued messages' }).getByRole('row').filter({ hasText: subject });
  }

  /** Right-click and choose. */
  async choose(subject: string, item: string): Promise<void> {
    await this.message(subject).click({ button: 'right' });
    await this.page.getByRole('menuitem', { name: item }).click();
  }

  /** Written to an ignored folder at every run, for people to look at. */
  async screenshot(name: string): Promise<void> {
    await this.page.evaluate(() => document.fonts.ready);
    await this.page.screenshot({ path: join(screenshotFolder, `${name}.png`), animations: 'disabled' });
  }
}

export const test = base.extend<ConsoleFixtures>({
  computer: [null, { option: true }],
  gatewayPort: async ({ browserName: _ }, use) => use(await freePort()),
  relay: async ({ gatewayPort }, use) => {
    const relay = await startRelayProcess({
      saved: {
        'delivery.smartHosts': [`127.0.0.1:${gatewayPort}`],
        'delivery.retryIntervals': [3_600, 3_600, 3_600, 3_600],
      },
      withConsole: true,
    });
    await use(relay);
    await relay.stop();
    await removeDataFolder(relay.dataFolder);
  },
  console: async ({ relay, computer, page }, use) => {
    const errors: string[] = [];
    page.on('pageerror', (error) => errors.push(error.message));
    const server = computer === null ? null : await startComputerConsole(relay.dataFolder, computer);
    await page.goto(server?.address ?? relay.consoleUrl ?? '');
    await expect(page.getByRole('tree')).toBeVisible();
    await use(new Console(page));
    await server?.stop();
    expect(errors, 'errors in the page').toEqual([]);
  },
});

/** One message into the relay, as a program on this computer would send it. */
export async function sendMessage(port: number, subject: string, body = 'Hello'): Promise<void> {
  const dialogue = await SmtpDialogue.connect(port);
  await dialogue.expect('220');
  await dialogue.send('EHLO client.test.invalid', '250');
  await dialogue.mail(
    { from: 'sender@corp.example.com', to: ['recipient@corp.example.com'] },
    `From: <sender@corp.example.com>\r\nTo: <recipient@corp.example.com>\r\nSubject: ${subject}\r\n\r\n${body}\r\n`,
  );
  await dialogue.send('QUIT', '221');
  dialogue.close();
}
