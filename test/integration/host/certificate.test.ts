/** Certificate, passphrase and users of a running server: from the console to the conversation, without a restart. */
import { once } from 'node:events';
import { mkdir, readdir, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { connect, type TLSSocket } from 'node:tls';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Host } from '../../../electron/host/types.ts';
import { freePort } from '../../fakes/free-port.ts';
import { SmtpDialogue } from '../../fakes/smtp-dialogue.ts';
import { relayCertificate, testAuthority, testPassphrase } from '../../fakes/test-certificates.ts';
import { statusOf } from '../../fakes/test-host.ts';
import { patience, queueOf, RelayBed } from './relay-bed.ts';

const server1 = { serverId: '1' };
let bed: RelayBed;
let host: Host;
let [port, tlsPort] = [0, 0];

beforeEach(async () => {
  [port, tlsPort] = [await freePort(), await freePort()];
  bed = await RelayBed.make({
    1: { 'general.listen': [`127.0.0.1:${port}`], 'delivery.smartHosts': [`127.0.0.1:${await freePort()}`] },
  });
  host = await bed.start();
});
afterEach(() => bed.clear());

async function save(changes: Record<string, unknown>): Promise<void> {
  const { revision } = await host.handlers['settings.get'](server1);
  await host.handlers['settings.save']({ ...server1, revision, changes });
}

async function offers(extension: string): Promise<boolean> {
  const client = await SmtpDialogue.connect(port);
  await client.expect('220');
  const reply = await client.send('EHLO CA01', '250');
  client.close();
  return reply.includes(extension);
}

/** The greeting behind a handshake that proves the name of the relay. */
async function greetingByTls(): Promise<string> {
  const socket: TLSSocket = connect({
    port: tlsPort,
    host: '127.0.0.1',
    servername: 'relay.example.org',
    ca: testAuthority,
  });
  try {
    const [chunk] = (await once(socket, 'data')) as [Buffer];
    return chunk.toString();
  } finally {
    socket.destroy();
  }
}

test('a certificate and its passphrase count at once; a listener with TLS waits for them and says so', async () => {
  const file = join(bed.dataFolder, 'relay.pem');
  await writeFile(file, relayCertificate.cert + relayCertificate.protectedKey);
  expect(await offers('STARTTLS')).toBe(false);

  await save({ 'access.certificateFile': file, 'general.listenTls': [`127.0.0.1:${tlsPort}`] });
  const waiting = await statusOf(host);
  expect(waiting.listeners).toMatchObject([
    { implicitTls: false, problem: null },
    { implicitTls: true, boundTo: null, problem: { message: expect.stringContaining(file) } },
  ]);
  expect(waiting.certificate).toMatchObject({ file, subject: null, problem: expect.stringContaining(file) });
  expect(await offers('STARTTLS')).toBe(false);

  await host.handlers['secret.set']({ ...server1, name: 'certificate.passphrase', value: testPassphrase });
  expect(await statusOf(host)).toMatchObject({
    listeners: [{ problem: null }, { boundTo: `127.0.0.1:${tlsPort}`, problem: null }],
    certificate: { file, subject: expect.stringContaining('relay.example.org'), problem: null },
  });
  expect(await offers('STARTTLS')).toBe(true);
  expect(await greetingByTls()).toMatch(/^220 /);
});

test('a user who gets a password can log in at once, and no more once it is taken away', async () => {
  await save({
    'access.users': ['anna'],
    'access.basic': true,
    'access.basicRequiresTls': false,
    'access.failedLoginDelay': 0,
  });
  const login = async (): Promise<string> => {
    const client = await SmtpDialogue.connect(port);
    await client.expect('220');
    await client.send('EHLO CA01', '250');
    await client.send(`AUTH PLAIN ${Buffer.from('\0anna\0geheim').toString('base64')}`);
    const reply = await client.expect('');
    client.close();
    return reply.slice(0, 3);
  };
  expect(await login()).toBe('535');
  await host.handlers['secret.set']({ ...server1, name: 'user:anna', value: 'geheim' });
  expect(await login()).toBe('235');
  await host.handlers['secret.set']({ ...server1, name: 'user:anna', value: null });
  expect(await login()).toBe('535');
});

test('files in the Pickup folder are taken while the server is paused, and again once it was stopped and started', async () => {
  const { pickupFolder } = await statusOf(host);
  await mkdir(pickupFolder, { recursive: true });
  const drop = async (name: string): Promise<void> => {
    const mail = 'x-sender: ca@example.org\r\nx-receiver: eva@example.org\r\nSubject: dropped\r\n\r\nHello\r\n';
    await writeFile(join(bed.dataFolder, name), mail);
    await rename(join(bed.dataFolder, name), join(pickupFolder, name));
  };
  await host.handlers['server.pause'](server1);
  await drop('one.eml');
  await vi.waitUntil(async () => (await queueOf(host)).length === 1, patience);
  expect(await queueOf(host)).toMatchObject([{ sender: 'ca@example.org', subject: 'dropped' }]);
  expect(await readdir(pickupFolder)).toEqual([]);

  await host.handlers['server.stop'](server1);
  await drop('two.eml');
  await host.handlers['server.start'](server1);
  await vi.waitUntil(async () => (await queueOf(host)).length === 2, patience);
});
