/** Relays, gateways and clients of one test, all on loopback, gone when it ends. */
import type { Host } from '../../../electron/host/types.ts';
import type { QueueFilter, QueueRow } from '../../../shared/contract/messages.ts';
import type { ServerSettings } from '../../../shared/settings/server-settings.ts';
import { SmtpDialogue } from '../../fakes/smtp-dialogue.ts';
import {
  newDataFolder,
  removeFolder,
  startTestHost,
  type TestHostOptions,
  writeServers,
} from '../../fakes/test-host.ts';
import { startUpstream, type Upstream, type UpstreamOptions } from '../../fakes/upstream.ts';

export const patience = { timeout: 20_000, interval: 25 };

export class RelayBed {
  readonly dataFolder: string;
  readonly #hosts: Host[] = [];
  readonly #upstreams: Upstream[] = [];

  private constructor(dataFolder: string) {
    this.dataFolder = dataFolder;
  }

  static async make(servers: Readonly<Record<string, Partial<ServerSettings>>> = {}): Promise<RelayBed> {
    const bed = new RelayBed(await newDataFolder());
    if (Object.keys(servers).length > 0) await writeServers(bed.dataFolder, servers);
    return bed;
  }

  async start(options: Partial<TestHostOptions> = {}): Promise<Host> {
    const host = await startTestHost({ dataFolder: this.dataFolder, ...options });
    this.#hosts.push(host);
    return host;
  }

  async gateway(options: UpstreamOptions = {}): Promise<Upstream> {
    const upstream = await startUpstream(options);
    this.#upstreams.push(upstream);
    return upstream;
  }

  async clear(): Promise<void> {
    await Promise.all(this.#hosts.map((host) => host.stop()));
    await Promise.all(this.#upstreams.map((upstream) => upstream.stop()));
    await removeFolder(this.dataFolder);
  }
}

export interface Mail {
  readonly from?: string;
  readonly to?: readonly string[];
  readonly content?: string | Uint8Array;
}

/** @returns the id that the relay gave it. */
export async function sendMail(port: number, mail: Mail = {}): Promise<string> {
  const { from = 'ca@example.org', to = ['eva@example.org'], content = 'Subject: issued\r\n\r\nHello\r\n' } = mail;
  const client = await SmtpDialogue.connect(port);
  await client.expect('220');
  await client.send('EHLO CA01', '250');
  const reply = await client.mail({ from, to }, content);
  await client.send('QUIT', '221');
  client.close();
  const id = /[0-9A-Z]{26}/.exec(reply)?.[0];
  if (id === undefined) throw new Error(`no id in ${reply}`);
  return id;
}

export async function queueOf(host: Host, serverId = '1', filter: QueueFilter = {}): Promise<readonly QueueRow[]> {
  const sort = { by: 'receivedAtMs', descending: false } as const;
  return (await host.handlers['queue.list']({ serverId, filter, sort, offset: 0, limit: 500 })).rows;
}
