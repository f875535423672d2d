/** What tells of the relay while nobody looks: metrics file, event log, log files. */
import { readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { SystemEvent } from '../../../electron/base/ports.ts';
import {
  conditionEndedEventId,
  relayStartedEventId,
  relayStoppedEventId,
  warningEvents,
} from '../../../shared/contract/alerts.ts';
import { FakeClock } from '../../fakes/fake-clock.ts';
import { freePort } from '../../fakes/free-port.ts';
import { statusOf } from '../../fakes/test-host.ts';
import { patience, RelayBed, sendMail } from './relay-bed.ts';

let bed: RelayBed;
let port: number;

beforeEach(async () => {
  port = await freePort();
  bed = await RelayBed.make({
    1: { 'general.listen': [`127.0.0.1:${port}`], 'delivery.smartHosts': [`127.0.0.1:${await freePort()}`] },
    2: { 'general.listen': [`127.0.0.1:${await freePort()}`], 'general.state': 'stopped' },
  });
});
afterEach(() => bed.clear());

const metrics = (): Promise<string> => readFile(join(bed.dataFolder, 'metrics', 'smtp-relay.prom'), 'utf8');

test('the metrics file counts each server, and says in the end that the relay is down', async () => {
  const host = await bed.start();
  await vi.waitUntil(async () => (await metrics().catch(() => '')).includes('smtp_relay_up 1'), patience);
  expect(await metrics()).toMatch(/^smtp_relay_build_info\{version="1\.2\.3"\} 1$/m);
  await sendMail(port);
  await sendMail(port);
  await host.stop();
  const text = await metrics();
  expect(text).toMatch(/^smtp_relay_up 0$/m);
  expect(text).toMatch(/^smtp_relay_accepted_total\{server="1"[^}]*\} 2$/m);
  expect(text).toMatch(/^smtp_relay_accepted_total\{server="2"[^}]*\} 0$/m);
});

test('start, trouble, its end and stop are entries of the event log', async () => {
  const blocker = createServer();
  await new Promise<void>((resolve) => blocker.listen(port, '127.0.0.1', resolve));
  const clock = new FakeClock();
  const systemEvents: SystemEvent[] = [];
  const host = await bed.start({ systemEvents, ports: { clock } });
  const ids = (): number[] => systemEvents.map(({ eventId }) => eventId);
  await vi.waitUntil(() => ids().length === 2, patience);
  expect(ids()).toEqual([relayStartedEventId, warningEvents.listenerNotBound.eventId]);
  expect(systemEvents[1]).toMatchObject({ severity: 'error', text: expect.stringContaining(`127.0.0.1:${port}`) });

  await new Promise((resolve) => blocker.close(resolve));
  await vi.waitUntil(async () => {
    await clock.advance(30_000);
    return ids().includes(conditionEndedEventId);
  }, patience);
  expect((await statusOf(host)).listeners).toMatchObject([{ problem: null }]);
  let stopped = false;
  const stopping = host.stop().then(() => {
    stopped = true;
  });
  await vi.waitUntil(async () => {
    await clock.advance(1_000);
    return stopped;
  }, patience);
  await stopping;
  expect(ids().at(-1)).toBe(relayStoppedEventId);
});

test('badmail that somebody removed by hand ends its warning', async () => {
  const clock = new FakeClock();
  const badmail = join(bed.dataFolder, 'mailroot', '2', 'Badmail');
  const systemEvents: SystemEvent[] = [];
  const first = await bed.start();
  await first.stop();
  const mail = 'x-sender: ca@example.org\r\nx-receiver: eva@example.org\r\nSubject: x\r\n\r\nx\r\n';
  await writeFile(join(badmail, '01KAT5Q2VFM8ZT4E0000000000.eml'), mail);
  const host = await bed.start({ systemEvents, ports: { clock } });
  await vi.waitUntil(() => systemEvents.some(({ eventId }) => eventId === warningEvents.badmail.eventId), patience);
  await rm(join(badmail, '01KAT5Q2VFM8ZT4E0000000000.eml'));
  await vi.waitUntil(async () => {
    await clock.advance(30_000);
    return systemEvents.some(({ eventId }) => eventId === conditionEndedEventId);
  }, patience);
  expect((await statusOf(host, '2')).queue.badmail).toBe(0);
});

test.each([
  ['service', true],
  ['desktop', true],
  ['console', false],
] as const)('hosted by %s, the operator log is in files of the data folder: %j', async (hostedBy, isWritten) => {
  const host = await bed.start({ hostedBy });
  const id = await sendMail(port);
  await host.stop();
  const logs = await readdir(join(bed.dataFolder, 'logs')).catch(() => []);
  const own = logs.filter((name) => name.startsWith('relay-'));
  expect(own.length > 0).toBe(isWritten);
  const text = (await Promise.all(own.map((name) => readFile(join(bed.dataFolder, 'logs', name), 'utf8')))).join('');
  if (isWritten) {
    expect(text).toContain(` accept id=${id} `);
    expect(text.trimEnd().split('\n').at(-1)).toContain('relay-stopped');
  }
});
