/** `smtp-relay send-test --follow` against a real relay and gateway. */
import { afterEach, expect, test } from 'vitest';
import { nodePorts } from '../../../electron/base/node-ports.ts';
import { failedStatus, warningStatus } from '../../../electron/cli/exit-statuses.ts';
import { freePort } from '../../fakes/free-port.ts';
import { MemoryLog } from '../../fakes/memory-log.ts';
import { runCliHere } from '../../fakes/memory-terminal.ts';
import type { UpstreamOptions } from '../../fakes/upstream.ts';
import { RelayBed } from '../host/relay-bed.ts';

const beds: RelayBed[] = [];
afterEach(async () => {
  for (const bed of beds.splice(0)) await bed.clear();
});

async function sendTest(upstream: UpstreamOptions | null, ...options: readonly string[]) {
  const bed = await RelayBed.make();
  beds.push(bed);
  const smartHostPort = upstream === null ? await freePort() : (await bed.gateway(upstream)).port;
  await bed.start({ port: await freePort(), smartHostPort });
  const ports = nodePorts({ log: new MemoryLog() });
  const mail = ['send-test', '--to', 'ops@example.org', '--from', 'ca@example.org', '--follow'];
  return await runCliHere(['--data', bed.dataFolder, ...mail, ...options], ports);
}

test('followed to its delivery, line by line', async () => {
  const { stdout, exitCode } = await sendTest({ final: '250 2.0.0 Ok: queued as 4711' });
  expect(exitCode).toBe(0);
  expect(stdout).toMatch(/^Accepted: .*\nSafely on disk: .*\nRouted: .*\nAttempt: .*4711\nEnd: .*\n$/);
});

test('a refused recipient is a failure', async () => {
  const refusing: UpstreamOptions = { rcpt: (address) => (address === 'ops@example.org' ? '550 5.1.1 No' : '250 Ok') };
  const { stdout, exitCode } = await sendTest(refusing);
  expect(exitCode).toBe(failedStatus);
  expect(stdout).toContain('550 5.1.1 No');
});

test('one that still waits when the time is over says until when', async () => {
  const { stdout, exitCode } = await sendTest(null, '--wait', '3');
  expect(exitCode).toBe(warningStatus);
  expect(stdout).toMatch(/Waits: .*next attempt/);
});

test('as JSON once, at the end', async () => {
  const { stdout } = await sendTest({}, '--json');
  expect(JSON.parse(stdout)).toMatchObject({ state: 'delivered', recipients: ['ops@example.org'] });
});
