/** Settings of the server as such, seen from outside: its name, state, addresses, folders, and what it calls itself. */
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { eventually } from '../../fakes/eventually.ts';
import { freePort } from '../../fakes/free-port.ts';
import { SmtpDialogue } from '../../fakes/smtp-dialogue.ts';
import { relayCertificate } from '../../fakes/test-certificates.ts';
import { statusOf } from '../../fakes/test-host.ts';
import {
  sendTo,
  server1,
  smartHost,
  startRelay,
  through,
  until,
  upstreamWith,
  type WholeRelay,
  writeText,
} from './stage.ts';

const greetingOf = async (port: number): Promise<string> => {
  const client = await SmtpDialogue.connect(port);
  try {
    return await client.expect('');
  } finally {
    client.close();
  }
};

test('general.name: the name in the tree follows it', async () => {
  const relay = await startRelay({ 'general.name': 'CA mail' });
  expect(await statusOf(relay.host)).toMatchObject({ name: 'CA mail' });
  await relay.save({ 'general.name': 'Certificates' });
  expect(await statusOf(relay.host)).toMatchObject({ name: 'Certificates' });
});

test('general.state: stopped there is no listener, paused nobody gets in, started mail is taken; each after a restart as well', async () => {
  const relay = await startRelay({ 'general.state': 'stopped' });
  await expect(SmtpDialogue.connect(relay.port)).rejects.toThrow('ECONNREFUSED');
  await relay.host.handlers['server.pause'](server1);
  await relay.restart();
  expect(await greetingOf(relay.port)).toMatch(/^421 /);
  await relay.host.handlers['server.start'](server1);
  await relay.restart();
  await relay.send();
});

test('general.listen: other addresses are served at once, the old ones no more', async () => {
  const [relay, other] = [await startRelay(), await freePort()];
  await relay.save({ 'general.listen': [`127.0.0.1:${other}`] });
  await sendTo(other);
  await expect(SmtpDialogue.connect(relay.port)).rejects.toThrow('ECONNREFUSED');
});

test('general.listenTls: encrypted from the first octet, mail goes through', async () => {
  const [upstream, tlsPort] = [await upstreamWith(), await freePort()];
  const relay = await startRelay(through(upstream));
  const certificateFile = await writeText(relay, 'certificate.pem', relayCertificate.cert + relayCertificate.key);
  await relay.save({ 'access.certificateFile': certificateFile, 'general.listenTls': [`127.0.0.1:${tlsPort}`] });
  const client = await SmtpDialogue.connect(tlsPort);
  await client.secure();
  await client.expect('220');
  await client.send('EHLO CA01', '250');
  await client.mail({ from: 'ca@corp.example', to: ['eva@example.org'] }, 'Subject: encrypted\r\n\r\n');
  client.close();
  await until(() => upstream.messages.length === 1);
  expect(upstream.messages[0]?.bytes.toString()).toMatch(/with ESMTPS id/);
});

const queueFiles = (mailroot: string): Promise<readonly string[]> =>
  readdir(join(mailroot, 'Queue')).then((names) => names.filter((name) => name.endsWith('.eml')));

test('general.mailroot: the queue lies there from the next start on; mail in the old one stays where it is', async () => {
  const gateway = { port: await freePort() };
  const relay: WholeRelay = await startRelay(through(gateway));
  const [first, elsewhere] = [await relay.send(), join(relay.dataFolder, 'elsewhere')];
  await relay.save({ 'general.mailroot': elsewhere });
  await relay.restart();
  const second = await relay.send();
  expect(await statusOf(relay.host)).toMatchObject({ mailroot: elsewhere });
  await eventually(() => queueFiles(elsewhere)).toEqual([`${second}.eml`]);
  expect(await queueFiles(join(relay.dataFolder, 'mailroot', '1'))).toEqual([`${first}.eml`]);
});

test('delivery.fullyQualifiedName: what the relay calls itself to clients, to next hops, in headers and in reports', async () => {
  const upstream = await upstreamWith({
    rcpt: (address) => (address.startsWith('gone') ? '550 5.1.1 Unknown' : '250 2.1.5 Ok'),
  });
  const relay = await startRelay({ ...through(upstream), 'delivery.fullyQualifiedName': 'relay.corp.example' });
  expect(await greetingOf(relay.port)).toMatch(/^220 relay\.corp\.example /);
  await relay.send({ to: ['eva@example.org', 'gone@example.org'] });
  await until(() => upstream.messages.length === 2);
  const [mail, report] = upstream.messages;
  expect(mail?.heloName).toBe('relay.corp.example');
  expect(mail?.bytes.toString()).toMatch(/^Received: [\s\S]*?\tby relay\.corp\.example with ESMTP id/);
  expect(report?.bytes.toString()).toContain('Reporting-MTA: dns; relay.corp.example\r\n');
});

test('delivery.smartHosts: new ones are used at once for mail that waits', async () => {
  const relay = await startRelay(through({ port: await freePort() }));
  const id = await relay.send();
  await relay.waiting(id);
  const upstream = await upstreamWith();
  await relay.save({ 'delivery.smartHosts': [smartHost(upstream)] });
  await relay.empty();
  expect(upstream.messages).toHaveLength(1);
});
