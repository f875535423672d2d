/** The relay of a window and that of a service, one after the other on the same data: real relays, a process for the service. */
import { afterEach, beforeEach, expect, test } from 'vitest';
import { nodePorts } from '../../../electron/base/node-ports.ts';
import { connectPipe, pipeAddressOf } from '../../../electron/host/pipe-client.ts';
import { openRelay } from '../../../electron/main/relay.ts';
import { createRelayDesk, type RelayDesk } from '../../../electron/main/relay-desk.ts';
import { createContractClient } from '../../../shared/contract/client.ts';
import { freePort } from '../../fakes/free-port.ts';
import { MemoryLog } from '../../fakes/memory-log.ts';
import { newDataFolder, type RelayProcess, removeDataFolder, startRelayProcess } from '../../fakes/relay-process.ts';
import { SmtpDialogue } from '../../fakes/smtp-dialogue.ts';

let dataFolder: string;
let port: number;
let desk: RelayDesk;
let service: RelayProcess | null;
let lost: unknown[];

beforeEach(async () => {
  dataFolder = await newDataFolder();
  port = await freePort();
  service = null;
  lost = [];
  const ports = { ...nodePorts({ log: new MemoryLog() }), eventLog: { write: () => {} } };
  desk = createRelayDesk({
    openRelay: () =>
      openRelay({
        dataFolder,
        version: '1.2.3',
        overrides: { 'general.listen': [`127.0.0.1:${port}`], 'delivery.smartHosts': ['127.0.0.1:1'] },
        ports,
      }),
    clock: ports.clock,
    log: ports.log,
    onChange: () => {},
    onLost: (error) => lost.push(error),
  });
  await desk.open();
});

afterEach(async () => {
  await desk.stop();
  await service?.stop();
  await removeDataFolder(dataFolder);
});

const startService = async (): Promise<void> => {
  service = await startRelayProcess({ dataFolder, port, smartHost: '127.0.0.1:1' });
};

async function sendMail(): Promise<void> {
  const dialogue = await SmtpDialogue.connect(port);
  await dialogue.expect('220');
  await dialogue.send('EHLO ca01.example.org', '250');
  await dialogue.mail({ from: 'ca@example.org', to: ['admin@example.org'] }, 'Subject: Issued\r\n\r\nIssued.\r\n');
  await dialogue.send('QUIT', '221');
  dialogue.close();
}

async function relayNow() {
  const client = createContractClient(await connectPipe(pipeAddressOf(dataFolder)));
  const { hostedBy, servers } = await client.call('status.get', null);
  client.close();
  return { hostedBy, queued: servers[0]?.queue.total };
}

test('the mail of the window is the mail of the service, and comes back with it', async () => {
  await sendMail();
  expect(await relayNow()).toEqual({ hostedBy: 'desktop', queued: 1 });
  await desk.handOver(startService);
  expect(desk.state()).toBe('attached');
  await sendMail();
  expect(await relayNow()).toEqual({ hostedBy: 'service', queued: 2 });
  await desk.handOver(async () => void (await service?.stop()));
  expect(desk.state()).toBe('hosted');
  await sendMail();
  expect(await relayNow()).toEqual({ hostedBy: 'desktop', queued: 3 });
  expect(lost).toEqual([]);
});

test('a service that can not be made leaves the relay where it was, with its mail', async () => {
  await sendMail();
  await expect(desk.handOver(() => Promise.reject(new Error('error 1053')))).rejects.toThrow('error 1053');
  expect(desk.state()).toBe('hosted');
  await sendMail();
  expect(await relayNow()).toEqual({ hostedBy: 'desktop', queued: 2 });
});
