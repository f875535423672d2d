/** The test function of this folder: each test has a data folder and a port of its own, and leaves nothing running. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test as base, type Page } from '@playwright/test';
import type { Bridge } from '../../shared/contract/bridge.ts';
import type { AnswerOf, ArgumentOf, CallName } from '../../shared/contract/calls.ts';
import type { HostFrame } from '../../shared/contract/frames.ts';
import { freePort } from '../fakes/free-port.ts';
import { SmtpDialogue } from '../fakes/smtp-dialogue.ts';
import { launchStandIn, type StandInApplication, type StandInOptions } from './stand-in/launch.ts';

export { expect } from '@playwright/test';

export interface MailContent {
  readonly headers: readonly string[];
  /** Lines end with CRLF. */
  readonly text: string;
}

export interface Place {
  readonly dataFolder: string;
  readonly userDataFolder: string;
  readonly smtpPort: number;
  /** The next hop of all mail; nobody listens there. */
  readonly gatewayPort: number;
  /** The command line of the application for this place. */
  readonly args: readonly string[];
  /** Hands in a message by SMTP; its next hop is down, so it stays in the queue. */
  sendMail(subject: string, content?: MailContent): Promise<void>;
}

export interface Desktop extends Place {
  /** Starts the application on the stand-in; it is ended with the test. */
  launch(options?: Partial<StandInOptions>): StandInApplication;
}

export const test = base.extend<{ readonly place: Place; readonly desktop: Desktop }>({
  place: async ({ headless: _ }, use) => {
    const folder = mkdtempSync(join(tmpdir(), 'smtp-relay-desktop-'));
    const dataFolder = join(folder, 'data');
    const [smtpPort, gatewayPort] = [await freePort(), await freePort()];
    mkdirSync(dataFolder, { mode: 0o700 });
    const settings = { 'delivery.smartHosts': [`127.0.0.1:${gatewayPort}`] };
    writeFileSync(
      join(dataFolder, 'settings.json'),
      JSON.stringify({ version: 1, revision: 1, servers: [{ id: '1', settings }] }),
      { mode: 0o600 },
    );
    await use({
      dataFolder,
      userDataFolder: join(folder, 'user'),
      smtpPort,
      gatewayPort,
      args: ['--data', dataFolder, '--listen', `127.0.0.1:${smtpPort}`],
      sendMail: (subject, content) => sendMail(smtpPort, subject, content),
    });
    rmSync(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
  },
  desktop: async ({ place }, use) => {
    const started: StandInApplication[] = [];
    await use({
      ...place,
      launch(options = {}) {
        const application = launchStandIn({ userDataFolder: place.userDataFolder, args: place.args, ...options });
        started.push(application);
        return application;
      },
    });
    for (const application of started) await application.kill();
  },
});

const plain: MailContent = { headers: [], text: 'Issued.' };

async function sendMail(port: number, subject: string, { headers, text }: MailContent = plain): Promise<void> {
  const dialogue = await SmtpDialogue.connect(port);
  await dialogue.expect('220');
  await dialogue.send('EHLO ca01.example.org', '250');
  const head = ['From: ca@example.org', 'To: admin@example.org', `Subject: ${subject}`, ...headers].join('\r\n');
  const content = `${head}\r\n\r\n${text}\r\n`;
  await dialogue.mail({ from: 'ca@example.org', to: ['admin@example.org'] }, content);
  await dialogue.send('QUIT', '221');
  dialogue.socket.destroy();
}

/** Asks the relay from inside the page, through the bridge alone, as the console does. */
export function callFromPage<Name extends CallName>(
  page: Page,
  name: Name,
  argument: ArgumentOf<Name>,
): Promise<AnswerOf<Name>> {
  return page.evaluate(
    ([name, argument]) =>
      new Promise<never>((resolve, reject) => {
        const { bridge } = globalThis as unknown as { bridge: Bridge };
        const id = 1_000_000 + Math.floor(Math.random() * 1_000_000); // far from the numbers of the console's own calls
        const end = bridge.onFrame((raw) => {
          const frame = raw as HostFrame | { readonly type: 'end' };
          if (frame.type === 'end') reject(new Error('the channel ended'));
          if (!('id' in frame) || frame.id !== id) return;
          end();
          if (frame.type === 'answer') resolve(frame.value as never);
          else reject(new Error(frame.problem.message));
        });
        bridge.send({ type: 'call', id, name, argument });
      }),
    [name, argument] as const,
  );
}
