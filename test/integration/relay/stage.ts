/** One whole relay of a test on a folder and ports of its own, the servers it talks to, and clients. Gone when the test ends. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { onTestFinished, vi } from 'vitest';
import type { Ports } from '../../../electron/base/ports.ts';
import type { Host } from '../../../electron/host/types.ts';
import type { MessageDetails, QueueRow } from '../../../shared/contract/messages.ts';
import type { SecretName } from '../../../shared/settings/secrets.ts';
import type { ServerSettings } from '../../../shared/settings/server-settings.ts';
import { type DnsServer, type DnsServerOptions, startDnsServer } from '../../fakes/dns-server.ts';
import { freePort } from '../../fakes/free-port.ts';
import { SmtpDialogue, stuffed } from '../../fakes/smtp-dialogue.ts';
import { newDataFolder, removeFolder, startTestHost, writeServers } from '../../fakes/test-host.ts';
import { startUpstream, type Upstream, type UpstreamOptions } from '../../fakes/upstream.ts';

export const patience = { timeout: 20_000, interval: 25 };
export const server1 = { serverId: '1' } as const;

/** Waits until it is so. */
export const until = <Value>(look: () => Value | Promise<Value>) => vi.waitUntil(look, patience);

export interface Mail {
  readonly from?: string;
  /** Each with what follows the address: 'eva@example.org' or 'eva@example.org> NOTIFY=SUCCESS'. */
  readonly to?: readonly string[];
  /** After the address in MAIL FROM. */
  readonly parameters?: string;
  readonly content?: string | Uint8Array;
  /** Default: 127.0.0.1. */
  readonly clientAddress?: string;
}

export interface WholeRelay {
  readonly host: Host;
  readonly port: number;
  readonly dataFolder: string;
  /** Takes a message in and gives its id. */
  send(mail?: Mail): Promise<string>;
  rows(): Promise<readonly QueueRow[]>;
  details(id: string): Promise<MessageDetails>;
  /** Waits until the message rests after an attempt: its details. */
  waiting(id: string): Promise<MessageDetails>;
  /** Waits until nothing is in the queue. */
  empty(): Promise<void>;
  retry(id: string): Promise<void>;
  save(changes: Partial<ServerSettings>): Promise<void>;
  secret(name: SecretName, value: string): Promise<void>;
  /** Ends it and starts it again on the same folder. */
  restart(): Promise<void>;
}

/** @param settings  Of virtual server 1; it listens on a free port of 127.0.0.1. */
export async function startRelay(
  settings: Partial<ServerSettings> = {},
  ports: Partial<Ports> = {},
  further: Readonly<Record<string, Partial<ServerSettings>>> = {},
): Promise<WholeRelay> {
  const [dataFolder, port] = [await newDataFolder(), await freePort()];
  await writeServers(dataFolder, { 1: { 'general.listen': [`127.0.0.1:${port}`], ...settings }, ...further });
  const start = (): Promise<Host> => startTestHost({ dataFolder, ports });
  let host = await start();
  onTestFinished(async () => {
    await host.stop();
    await removeFolder(dataFolder);
  });

  const rows: WholeRelay['rows'] = async () => {
    const sort = { by: 'receivedAtMs', descending: false } as const;
    return (await host.handlers['queue.list']({ ...server1, filter: {}, sort, offset: 0, limit: 500 })).rows;
  };
  const details: WholeRelay['details'] = (id) => host.handlers['queue.show']({ ...server1, id });
  return {
    get host() {
      return host;
    },
    port,
    dataFolder,
    send: (mail) => sendTo(port, mail),
    rows,
    details,
    waiting: (id) =>
      until(async () => {
        const found = await details(id);
        return found.row.state !== 'sending' && found.attempts.length > 0 ? found : undefined;
      }),
    empty: async () => void (await until(async () => (await rows()).length === 0)),
    async retry(id) {
      await host.handlers['queue.retry']({ ...server1, target: { ids: [id] } });
    },
    async save(changes) {
      const { revision } = await host.handlers['settings.get'](server1);
      await host.handlers['settings.save']({ ...server1, revision, changes });
    },
    async secret(name, value) {
      await host.handlers['secret.set']({ ...server1, name, value });
    },
    async restart() {
      await host.stop();
      host = await start();
    },
  };
}

export async function upstreamWith(options: UpstreamOptions = {}): Promise<Upstream> {
  const upstream = await startUpstream(options);
  onTestFinished(() => upstream.stop());
  return upstream;
}

export async function dnsWith(names: DnsServerOptions['names'], truncated = false): Promise<DnsServer> {
  const server = await startDnsServer({ names, truncated });
  onTestFinished(() => server.stop());
  return server;
}

export const smartHost = ({ port }: { readonly port: number }): string => `127.0.0.1:${port}`;
export const through = (upstream: { readonly port: number }): Partial<ServerSettings> => ({
  'delivery.smartHosts': [smartHost(upstream)],
});

export const usualMail = 'From: ca@corp.example\r\nSubject: issued\r\n\r\nHello\r\n';

/** @returns the id that the relay gave the message */
export async function sendTo(port: number, mail: Mail = {}): Promise<string> {
  const {
    from = 'ca@corp.example',
    to = ['eva@example.org'],
    parameters = '',
    content = usualMail,
    clientAddress,
  } = mail;
  const client = await SmtpDialogue.connect(port, '127.0.0.1', clientAddress);
  try {
    await client.expect('220');
    await client.send('EHLO CA01', '250');
    await client.send(`MAIL FROM:<${from}> ${parameters}`.trimEnd(), '250');
    for (const recipient of to) {
      await client.send(`RCPT TO:<${recipient.includes('>') ? recipient : `${recipient}>`}`, '250');
    }
    await client.send('DATA', '354');
    client.sendBytes(stuffed(content));
    const reply = await client.expect('250');
    await client.send('QUIT', '221');
    const id = /[0-9A-Z]{26}/.exec(reply)?.[0];
    if (id === undefined) throw new Error(`no id in ${reply}`);
    return id;
  } finally {
    client.close();
  }
}

/** A file in the data folder, by its whole path. */
export async function writeText(relay: WholeRelay, name: string, text: string): Promise<string> {
  const path = join(relay.dataFolder, name);
  await writeFile(path, text);
  return path;
}
