import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import type { Disk } from '../../electron/base/disk.ts';
import { createNodeDisk } from '../../electron/base/node-disk.ts';
import { type OpenSpool, openSpool } from '../../electron/spool/spool.ts';
import type { DeliveryRecord, Envelope, QueueEntry, Spool } from '../../electron/spool/types.ts';
import { defaultServerSettings, type ServerSettings } from '../../shared/settings/server-settings.ts';
import { envelope } from './envelopes.ts';
import { eventually } from './eventually.ts';
import { FakeClock } from './fake-clock.ts';
import { MemoryLog } from './memory-log.ts';

export const realDisk: Disk = createNodeDisk({
  platform: process.platform,
  wait: (delayMs) => new Promise((resolve) => setTimeout(resolve, delayMs)),
});

export interface TestSpool {
  readonly spool: OpenSpool;
  readonly clock: FakeClock;
  readonly log: MemoryLog;
}

export interface TestSpoolOptions {
  readonly mailroot: string;
  readonly disk?: Disk;
  readonly clock?: FakeClock;
  /** What differs from the defaults; read anew at each use. */
  readonly settings?: Partial<ServerSettings>;
}

export async function openTestSpool(options: TestSpoolOptions): Promise<TestSpool> {
  const { mailroot, disk = realDisk, clock = new FakeClock(), settings } = options;
  const log = new MemoryLog();
  const spool = await openSpool({
    mailroot,
    ports: { clock, disk, log, random: Math.random },
    fullyQualifiedName: () => 'relay.corp.example',
    settings: () => ({ ...defaultServerSettings, ...settings }),
  });
  return { spool, clock, log };
}

/** A new temporary mailroot; removed with everything in it when the test ends (`await using`). */
export async function temporaryMailroot(): Promise<AsyncDisposable & { readonly path: string }> {
  const folder = await mkdtemp(join(tmpdir(), 'smtp-relay-spool-'));
  return {
    path: join(folder, 'mailroot', '1'),
    [Symbol.asyncDispose]: () => rm(folder, { recursive: true, force: true }),
  };
}

export async function accept(
  spool: Spool,
  content: Uint8Array | string = 'Subject: Certificate issued\r\n\r\nHello\r\n',
  over: Partial<Envelope> = {},
): Promise<QueueEntry> {
  const incoming = await spool.begin(envelope(over));
  await incoming.write(Buffer.from(content));
  return await incoming.commit();
}

/** Accepted, and a moment later, when it has its file in the queue folder. */
export async function acceptAsFile(
  { spool, clock }: Pick<TestSpool, 'spool' | 'clock'>,
  content?: Uint8Array | string,
  over?: Partial<Envelope>,
): Promise<QueueEntry> {
  const entry = await accept(spool, content, over);
  await clock.advance(1_000);
  await eventually(() => readdir(spool.folders.queue)).toContain(`${entry.id}.eml`);
  return entry;
}

/** The message as it would go out. */
export async function contentOf(spool: Spool, id: string): Promise<Buffer> {
  const stored = await spool.read(id);
  return await buffer(stored.content());
}

/** The record after a failed attempt. */
export const retried = (record: DeliveryRecord, text = '450 4.2.2 Mailbox full'): DeliveryRecord => ({
  ...record,
  recipients: record.recipients.map((recipient) => ({
    ...recipient,
    attempts: recipient.attempts + 1,
    nextAttemptAtMs: 1_893_456_060_000,
    lastFailure: { permanent: false, stage: 'rcpt', code: 450, enhanced: '4.2.2', text },
  })),
});
