import { expect, test } from 'vitest';
import { createMetricsFile } from '../../../electron/logging/metrics-file.ts';
import { metricsText } from '../../../electron/logging/metrics-text.ts';
import type { ServerMetrics } from '../../../electron/logging/types.ts';
import { FakeClock } from '../../fakes/fake-clock.ts';
import { MemoryDisk } from '../../fakes/memory-disk.ts';
import { MemoryLog } from '../../fakes/memory-log.ts';

const server: ServerMetrics = {
  serverId: '1',
  name: 'SMTP "one"\n\\',
  state: 'started',
  queue: { ready: 1, sending: 2, retry: 3, held: 4, failed: 5 },
  oldestReceivedAtMs: 1_000,
  badmail: 6,
  inboundSessions: 7,
  outboundSessions: 8,
  accepted: 9,
  refused: 10,
  delivered: 11,
  failed: 12,
  listeners: 2,
  listenersBound: 1,
  unreachableDestinations: 1,
  certificateExpiresAtMs: null,
};

test('the format of Prometheus, with labels that cannot break a line', () => {
  const text = metricsText(
    [server, { ...server, serverId: '2', certificateExpiresAtMs: 5_500 }],
    '1.2.3',
    61_000,
    true,
  );
  const lines = text.split('\n');
  expect(lines).toContain('smtp_relay_up 1');
  expect(lines).toContain('smtp_relay_build_info{version="1.2.3"} 1');
  expect(lines).toContain('smtp_relay_server_info{server="1",name="SMTP \\"one\\"\\n\\\\",state="started"} 1');
  expect(lines).toContain('smtp_relay_queue_messages{server="1",state="retry"} 3');
  expect(lines).toContain('smtp_relay_oldest_message_age_seconds{server="2"} 60');
  expect(lines).toContain('smtp_relay_sessions{server="1",direction="outbound"} 8');
  expect(lines.filter((line) => line.startsWith('smtp_relay_certificate'))).toEqual([
    'smtp_relay_certificate_expiry_timestamp_seconds{server="2"} 5',
  ]);
  // Samples of one metric stand together below one HELP and one TYPE line.
  const names = lines.filter((line) => line.startsWith('# TYPE')).map((line) => line.split(' ')[2]);
  expect(new Set(names).size).toBe(names.length);
  expect(text.endsWith('\n')).toBe(true);
});

function open() {
  const [clock, disk, log] = [new FakeClock(), new MemoryDisk(), new MemoryLog()];
  let accepted = 0;
  const file = createMetricsFile({
    path: '/data/metrics/smtp-relay.prom',
    version: '1.2.3',
    ports: { clock, disk, log },
    collect: async () => [{ ...server, accepted }],
  });
  return {
    clock,
    log,
    disk,
    file,
    accept: () => {
      accepted += 1;
    },
    text: async () => (await disk.readFile('/data/metrics/smtp-relay.prom')).toString(),
  };
}

test('the file is written at the start, every fifteen seconds, and says at the stop that the relay is not up', async () => {
  const { clock, file, accept, text } = open();
  file.start();
  await clock.advance(0);
  expect(await text()).toContain('smtp_relay_accepted_total{server="1"} 0');
  accept();
  await clock.advance(15_000);
  expect(await text()).toContain('smtp_relay_accepted_total{server="1"} 1');
  await file.stop();
  expect(await text()).toContain('smtp_relay_up 0');
});

test('a disk that refuses is said once, and the file comes when it can', async () => {
  const { clock, disk, file, log, text } = open();
  const { rename } = disk;
  disk.rename = async () => {
    throw new Error('EACCES');
  };
  file.start();
  await clock.advance(60_000);
  expect(log.entries).toHaveLength(1);
  disk.rename = rename;
  await clock.advance(15_000);
  expect(await text()).toContain('smtp_relay_up 1');
});
