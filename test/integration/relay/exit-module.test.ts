import { afterEach, expect, test } from 'vitest';
import {
  exitModuleMessages,
  readExitModuleMessage,
  sendLikeTheExitModule,
  withoutReceivedLine,
} from '../../fakes/exit-module.ts';
import { freePort } from '../../fakes/free-port.ts';
import { eventually, type RelayProcess, removeDataFolder, startRelayProcess } from '../../fakes/relay-process.ts';
import { startUpstream, type Upstream } from '../../fakes/upstream.ts';

let relay: RelayProcess | undefined;
let upstream: Upstream | undefined;

afterEach(async () => {
  await relay?.stop();
  await upstream?.stop();
  if (relay !== undefined) await removeDataFolder(relay.dataFolder);
  relay = undefined;
  upstream = undefined;
});

interface QueueList {
  readonly total: number;
  readonly rows: readonly { readonly state: string; readonly subject: string; readonly lastError: string | null }[];
}

test('the eight messages of the CA wait while the gateway is down and arrive byte for byte when it is up', async () => {
  const gatewayPort = await freePort();
  const running = await startRelayProcess({
    smartHost: `127.0.0.1:${gatewayPort}`,
    settings: { 'delivery.retryIntervals': '1s,1s,1s,1s' },
  });
  relay = running;
  for (const message of exitModuleMessages) await sendLikeTheExitModule(running.port, message);

  const list = await eventually(
    () => running.json<QueueList>('queue', 'list'),
    ({ rows }) => rows.length === exitModuleMessages.length && rows.every(({ lastError }) => lastError !== null),
  );
  expect(list.rows.map(({ state }) => state)).toEqual(exitModuleMessages.map(() => 'retry'));
  expect(list.rows.map(({ subject }) => subject)).toContain(
    'Zertifikat für den Geschäftsbereich Süd ausgestellt von Musterger!00e4te Ausstellende CA 2',
  );

  const gateway = await startUpstream({ port: gatewayPort });
  upstream = gateway;
  await eventually(
    () => gateway.messages.length,
    (count) => count >= exitModuleMessages.length,
  );
  await eventually(
    () => running.json<QueueList>('queue', 'list'),
    ({ total }) => total === 0,
  );

  expect(gateway.messages).toHaveLength(exitModuleMessages.length);
  for (const { file, from, to } of exitModuleMessages) {
    const original = await readExitModuleMessage(file);
    const arrived = gateway.messages.find(({ bytes }) => withoutReceivedLine(bytes).equals(original));
    expect(arrived, `${file} arrived unchanged`).toBeDefined();
    expect(arrived?.sender).toBe(from);
    expect(arrived?.recipients.map(({ address }) => address)).toEqual(to);
    // The name comes back in lower case: host names do not distinguish it (RFC 5321 section 2.3.5).
    expect(arrived?.bytes.toString('latin1')).toMatch(/^Received: from CA01 \(\[127\.0\.0\.1\]\)\r\n\tby /i);
  }
  expect(await running.stop()).toBe(0);
});

test('one recipient in two domains refused for good gives the sender one report that names it', async () => {
  const gateway = await startUpstream({
    rcpt: (address) =>
      address === 'bereitschaft@rechenzentrum.example' ? '550 5.1.1 No such user here' : '250 2.1.5 Ok',
  });
  upstream = gateway;
  const running = await startRelayProcess({ smartHost: `127.0.0.1:${gateway.port}` });
  relay = running;
  const startup = exitModuleMessages.find(({ file }) => file.startsWith('07-'));
  if (startup === undefined) throw new Error('fixture 07 is missing');
  await sendLikeTheExitModule(running.port, startup);

  await eventually(
    () => gateway.messages.length,
    (count) => count === 2,
  );
  const [delivered, report] = gateway.messages;
  expect(delivered?.recipients.map(({ address }) => address)).toEqual(['pki-betrieb@mustergeraete.example']);
  expect(report?.sender).toBe('');
  expect(report?.recipients.map(({ address }) => address)).toEqual([startup.from]);
  const text = report?.bytes.toString('latin1') ?? '';
  expect(text).toMatch(/^Content-Type: multipart\/report; report-type=delivery-status/im);
  expect(text).toContain('Final-Recipient: rfc822; bereitschaft@rechenzentrum.example');
  expect(text).toContain('Diagnostic-Code: smtp; 550 5.1.1 No such user here');
  await eventually(
    () => running.json<QueueList>('queue', 'list'),
    ({ total }) => total === 0,
  );
});

test('a report that is refused in turn lies in Badmail, and nothing is sent again', async () => {
  const gateway = await startUpstream({ rcpt: () => '550 5.7.1 Nobody may send to nobody' });
  upstream = gateway;
  const running = await startRelayProcess({ smartHost: `127.0.0.1:${gateway.port}` });
  relay = running;
  const [first] = exitModuleMessages;
  if (first === undefined) throw new Error('fixtures are missing');
  await sendLikeTheExitModule(running.port, first);

  interface Status {
    readonly servers: readonly { readonly queue: { readonly total: number; readonly badmail: number } }[];
  }
  const status = await eventually(
    () => running.json<Status>('status'),
    ({ servers }) => servers[0]?.queue.total === 0 && servers[0].queue.badmail === 1,
  );
  expect(status.servers).toHaveLength(1);
  expect(gateway.messages).toHaveLength(0);
});
