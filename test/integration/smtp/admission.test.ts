import { expect, onTestFinished, test, vi } from 'vitest';
import type { Admission } from '../../../electron/smtp/admission.ts';
import { InboundSession } from '../../../electron/smtp/inbound-session.ts';
import { listen } from '../../../electron/smtp/listen.ts';
import { PromptServer } from '../../../electron/smtp/prompt-server.ts';
import { replies } from '../../../electron/smtp/replies.ts';
import { defaultServerSettings } from '../../../shared/settings/server-settings.ts';
import { FakeCertificate } from '../../fakes/fake-certificate.ts';
import { FakeClock } from '../../fakes/fake-clock.ts';
import { fakeDns } from '../../fakes/fake-dns.ts';
import { freePort } from '../../fakes/free-port.ts';
import { closedGate } from '../../fakes/gate.ts';
import { patience, protocolLogInto, startInbound } from '../../fakes/inbound.ts';
import { MemoryLog } from '../../fakes/memory-log.ts';
import { createMemorySpoolIntake } from '../../fakes/memory-spool-intake.ts';
import { SmtpDialogue } from '../../fakes/smtp-dialogue.ts';
import { relayCertificate } from '../../fakes/test-certificates.ts';

test('access.connectionList: who is not welcome gets 554 instead of a greeting, and one line in the log', async () => {
  const { connect, server, log, set } = await startInbound({ 'access.connectionList': ['127.0.0.0/8'] });
  for (let turn = 0; turn < 3; turn += 1) {
    const client = await connect();
    expect(await client.expect('554')).toBe('554 5.7.1 Your computer may not use this server');
    await client.closed();
  }
  expect(server.totals).toEqual({ accepted: 0, refused: 3 });
  expect(server.sessions()).toEqual([]);
  expect(log.of('connection refused').map(({ fields }) => fields)).toEqual([
    {
      client: '127.0.0.1',
      reason: 'Your computer may not use this server',
      verdict: 'exceptListed',
      entry: '127.0.0.0/8',
      name: null,
    },
  ]);

  set({ 'access.connectionMode': 'onlyListed' });
  await (await connect()).expect('220');
  set({ 'access.connectionMode': 'allExceptListed' });
  await (await connect()).expect('554');
  expect(log.of('connection refused')).toHaveLength(2); // it was welcome in between
});

test('access.connectionMode onlyListed: an empty list lets nobody in', async () => {
  const { connect } = await startInbound({ 'access.connectionMode': 'onlyListed' });
  await (await connect()).expect('554 5.7.1');
});

test('commands sent with the connection are not executed for who is not welcome', async () => {
  const { connect, protocol } = await startInbound({ 'access.connectionList': ['host'] });
  const client = await connect();
  client.sendBytes('EHLO ca01\r\nMAIL FROM:<a@b>\r\n');
  await client.expect('554');
  await client.closed();
  client.close();
  await vi.waitFor(() => expect(protocol.at(-1)?.query).toBe('disconnected'), patience);
  expect(protocol.map(({ method, status }) => [method, status])).toEqual([
    ['', 554],
    ['', 0],
  ]);
});

test('general.connectionLimitPerClient: one client does not take the places of the others', async () => {
  const { port, connect, greet, server, log, set } = await startInbound({ 'general.connectionLimitPerClient': 2 });
  const [first] = [await greet(), await greet()];
  for (let turn = 0; turn < 3; turn += 1) {
    const third = await connect();
    expect(await third.expect('421')).toBe('421 4.7.0 Too many connections from your computer');
    await third.closed();
  }
  expect(log.of('connection refused')).toHaveLength(1);
  const other = await SmtpDialogue.connect(port, '127.0.0.1', '127.0.0.2');
  await other.expect('220');
  other.close();
  expect(server.totals.refused).toBe(3);

  await first.send('QUIT', '221');
  await greet();
  await (await connect()).expect('421 4.7.0');
  set({ 'general.connectionLimitPerClient': null });
  await greet();
});

/** An own server whose clients are judged as the test says: loopback addresses are never looked up in DNS. */
async function startJudging(decide: Admission['decide'], { implicitTls = false } = {}) {
  const [port, clock, log, intake] = [await freePort(), new FakeClock(), new MemoryLog(), createMemorySpoolIntake()];
  const sessions = new Set<InboundSession>();
  const certificate = new FakeCertificate();
  certificate.use(relayCertificate);
  const counted: string[] = [];
  const server = new PromptServer({
    banner: 'test',
    newTerms: () => {
      const session = new InboundSession(
        {
          ports: { clock, log, dns: fakeDns(), ownAddresses: () => [], computerName: () => 'CA01' },
          begin: intake.begin,
          settings: () => defaultServerSettings,
          authenticator: { check: async () => 'refused' },
          certificate,
          protocolLog: protocolLogInto([]),
          admission: { decide },
          rules: { mayRelay: async () => ({ allowed: true, reason: 'listed', entry: null, clientName: 'ca02' }) },
          reverseLookups: { start: () => () => null },
          count: (what) => void counted.push(what),
          changed: (changedSession) => {
            if (changedSession.over) sessions.delete(changedSession);
          },
        },
        implicitTls,
      );
      sessions.add(session);
      return session;
    },
    socketError: () => undefined,
  });
  await listen(server.server, { address: '127.0.0.1', port });
  onTestFinished(() => {
    for (const session of sessions) session.destroy();
    server.server.close();
  });
  const connect = async (): Promise<SmtpDialogue> => {
    const client = await SmtpDialogue.connect(port);
    onTestFinished(() => client.close());
    return client;
  };
  return { connect, sessions, counted, intake, log };
}

test.each([
  { name: 'welcome', verdict: null, greeting: '220' },
  { name: 'unwelcome', verdict: replies.clientDenied, greeting: '554 5.7.1' },
])('while DNS is asked, a client waits and is counted; then it is $name', async ({ verdict, greeting }) => {
  const gate = closedGate();
  const { connect, sessions, counted } = await startJudging(() => gate.promise.then(() => verdict));
  const client = await connect();
  client.sendBytes('EHLO ca01\r\n'); // too early, and not too soon: it is answered after the greeting
  await vi.waitFor(() => expect([...sessions].map(({ liveAddress }) => liveAddress)).toEqual(['127.0.0.1']), patience);
  expect(client.socket.bytesRead).toBe(0);
  gate.open();
  await client.expect(greeting);
  if (verdict === null) await client.expect('250-CA01');
  else await client.closed();
  expect(counted).toEqual(verdict === null ? [] : ['refused']);
});

test('a recipient that DNS has to decide about is answered later, in order', async () => {
  const { connect, intake } = await startJudging(() => null);
  const client = await connect();
  client.sendBytes('HELO ca01\r\nMAIL FROM:<a@b>\r\nRCPT TO:<c@d>\r\nRCPT TO:<e@f>\r\nDATA\r\nhello\r\n.\r\n');
  for (const reply of ['220', '250', '250 2.1.0', '250 2.1.5', '250 2.1.5', '354', '250 2.6.0']) {
    await client.expect(reply);
  }
  expect(intake.kept[0]?.envelope.recipients).toHaveLength(2);
});

test('a client that leaves while DNS is asked is forgotten', async () => {
  const gate = closedGate();
  const { connect, sessions } = await startJudging(() => gate.promise.then(() => null));
  const client = await connect();
  await vi.waitFor(() => expect(sessions.size).toBe(1), patience);
  client.vanish();
  await vi.waitFor(() => expect(sessions.size).toBe(0), patience);
  gate.open();
});

test('a judgement that fails lets nobody in', async () => {
  const { connect, log } = await startJudging(() => Promise.reject(new Error('bug')));
  await (await connect()).expect('421 4.3.2');
  expect(log.of('client not judged')).toHaveLength(1);
});

test('implicit TLS: no handshake with a client before it is welcome', async () => {
  const gate = closedGate();
  const { connect, sessions } = await startJudging(() => gate.promise.then(() => replies.clientDenied), {
    implicitTls: true,
  });
  const client = await connect();
  await vi.waitFor(() => expect(sessions.size).toBe(1), patience);
  gate.open();
  await client.closed();
  expect(client.socket.bytesRead).toBe(0);
  await vi.waitFor(() => expect(sessions.size).toBe(0), patience);
});

test.each([
  { implicitTls: false, reply: '421 4.3.2 Service is shutting down' },
  { implicitTls: true, reply: null },
])('the server stops while DNS is asked; implicit TLS: $implicitTls', async ({ implicitTls, reply }) => {
  const gate = closedGate();
  const { connect, sessions } = await startJudging(() => gate.promise.then(() => null), { implicitTls });
  const client = await connect();
  await vi.waitFor(() => expect(sessions.size).toBe(1), patience);
  for (const session of sessions) session.end();
  if (reply !== null) await client.expect(reply);
  gate.open();
  await client.closed();
  expect(client.socket.bytesRead).toBe(reply === null ? 0 : reply.length + 2);
  client.close();
  await vi.waitFor(() => expect(sessions.size).toBe(0), patience);
});
