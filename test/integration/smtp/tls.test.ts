import type { TLSSocket } from 'node:tls';
import { expect, onTestFinished, test, vi } from 'vitest';
import { freePort } from '../../fakes/free-port.ts';
import { patience, startInbound } from '../../fakes/inbound.ts';
import { SmtpDialogue } from '../../fakes/smtp-dialogue.ts';
import { relayCertificate, renewedCertificate } from '../../fakes/test-certificates.ts';

const mail = { from: 'a@b', to: ['c@d'] };
const subjectOf = (socket: TLSSocket): unknown => socket.getPeerCertificate().subject.O;

/** A server with implicit TLS on a port of its own, beside the one in clear. */
async function startWithImplicitTls(changes: Parameters<typeof startInbound>[0] = {}) {
  const tlsPort = await freePort();
  const inbound = await startInbound(
    { 'general.listenTls': [`127.0.0.1:${tlsPort}`], ...changes },
    { keyPair: relayCertificate },
  );
  const connectTls = async (): Promise<SmtpDialogue> => {
    const client = await SmtpDialogue.connect(tlsPort);
    onTestFinished(() => client.close());
    return client;
  };
  return { ...inbound, tlsPort, connectTls };
}

test('without a certificate STARTTLS is neither announced nor known', async () => {
  const { greet } = await startInbound();
  const client = await greet();
  expect(await client.send('EHLO ca01', '250')).not.toContain('STARTTLS');
  await client.send('STARTTLS', '500 5.5.2');
});

test('STARTTLS: encrypted with the certificate of the settings, and nothing of before counts', async () => {
  const { greet, server, intake, certificate } = await startInbound({}, { keyPair: relayCertificate });
  const client = await greet();
  expect(await client.send('EHLO ca01', '250')).toContain('250-STARTTLS');
  await client.send('MAIL FROM:<a@b>', '250');
  expect(server.sessions()).toMatchObject([{ phase: 'mail', encrypted: false }]);
  await client.send('STARTTLS', '220 2.0.0');
  const socket = await client.secure();
  expect(subjectOf(socket)).toBe('Example');
  await client.send('MAIL FROM:<a@b>', '503 5.5.1'); // HELO is forgotten
  await client.send('RCPT TO:<c@d>', '503 5.5.1');
  expect(server.sessions()).toMatchObject([{ phase: 'connected', user: '', encrypted: true }]);
  expect(await client.send('EHLO CA01', '250')).not.toContain('STARTTLS');
  await client.send('STARTTLS', '503 5.5.1');
  await client.mail(mail, 'hello\r\n', '250 2.6.0');
  expect(intake.kept[0]?.envelope).toMatchObject({ protocol: 'ESMTPS', heloName: 'CA01', sender: 'a@b' });
  expect(certificate.current).not.toBeNull();
});

test.each([
  { name: 'in the same packet', inject: 'STARTTLS\r\nMAIL FROM:<evil@x>\r\nRCPT TO:<c@d>\r\n' },
  { name: 'half a line', inject: 'STARTTLS\r\nEHLO evil' },
  { name: 'a flood of lines', inject: `STARTTLS\r\n${'NOOP\r\n'.repeat(2_000)}` },
  { name: 'a line that is too long', inject: `STARTTLS\r\n${'x'.repeat(6_000)}\r\nEHLO evil\r\n` },
])('what is sent in clear behind STARTTLS is never executed: $name', async ({ inject }) => {
  const { greet, protocol } = await startInbound({}, { keyPair: relayCertificate });
  const client = await greet();
  client.sendBytes(inject);
  await client.expect('220 2.0.0');
  const encrypted = await client.secure().then(
    () => true,
    () => false, // what stood behind STARTTLS is no handshake: the connection ends
  );
  if (encrypted) {
    expect(await client.send('MAIL FROM:<a@b>', '503')).toBe('503 5.5.1 Error: send HELO/EHLO first');
    await client.send('EHLO ca01', '250');
    await client.mail(mail, 'hello\r\n', '250 2.6.0');
  } else {
    await client.closed();
  }
  expect(protocol.filter(({ query }) => query.includes('evil'))).toEqual([]);
  expect(protocol.filter(({ method }) => method === 'NOOP')).toEqual([]);
});

test('a reloaded certificate serves the next connection, sessions go on with theirs', async () => {
  const { greet, greetEncrypted, certificate } = await startInbound({}, { keyPair: relayCertificate });
  const [before, undecided] = [await greetEncrypted(), await greet()];
  certificate.use(renewedCertificate);
  expect(subjectOf((await greetEncrypted()).socket as TLSSocket)).toBe('Example Renewed');
  await before.mail(mail, 'hello\r\n', '250 2.6.0');
  certificate.lose('gone');
  await undecided.send('STARTTLS', '220');
  expect(subjectOf(await undecided.secure())).toBe('Example');
  expect(await (await greet()).send('EHLO x', '250')).not.toContain('STARTTLS');
});

test('TLS 1.1 is refused, TLS 1.2 and 1.3 are not', async () => {
  const { greet, log } = await startInbound({}, { keyPair: relayCertificate });
  const handshake = async (version: 'TLSv1.1' | 'TLSv1.2' | 'TLSv1.3'): Promise<string | null> => {
    const client = await greet();
    await client.send('STARTTLS', '220');
    // Whatever this computer's TLS library would not even offer by itself.
    const socket = await client.secure({ minVersion: version, maxVersion: version, ciphers: 'DEFAULT@SECLEVEL=0' });
    return socket.getProtocol();
  };
  await expect(handshake('TLSv1.1')).rejects.toThrow(/alert|reset|disconnected/i);
  await vi.waitFor(() => expect(log.of('connection lost')).toHaveLength(1), patience);
  expect(log.of('connection lost')[0]?.fields.reason).toBe('unsupported protocol');
  expect(await handshake('TLSv1.2')).toBe('TLSv1.2');
  expect(await handshake('TLSv1.3')).toBe('TLSv1.3');
});

test('access.requireTls: nothing but a few commands before STARTTLS', async () => {
  const { greet, intake, set } = await startInbound({ 'access.requireTls': true }, { keyPair: relayCertificate });
  const client = await greet();
  for (const line of ['MAIL FROM:<a@b>', 'RCPT TO:<c@d>', 'DATA', 'VRFY x', 'HELP']) {
    expect(await client.send(line, '530')).toBe('530 5.7.0 Must issue a STARTTLS command first');
  }
  for (const line of ['NOOP', 'RSET', 'HELO ca01', 'EHLO ca01']) await client.send(line, '250');
  await client.send('WHAT', '500');
  await client.send('STARTTLS', '220');
  await client.secure();
  await client.send('EHLO ca01', '250');
  await client.mail(mail, 'hello\r\n', '250 2.6.0');
  expect(intake.kept).toHaveLength(1);

  const other = await greet();
  await other.send('MAIL FROM:<a@b>', '530');
  set({ 'access.requireTls': false });
  await other.send('MAIL FROM:<a@b>', '250');
  await other.send('QUIT', '221');
});

test('a handshake has a limit', async () => {
  const { greet, connectTls, server, clock } = await startWithImplicitTls({ 'general.commandTimeLimit': 60 });
  const [starting, silent] = [await greet(), await connectTls()];
  await starting.send('STARTTLS', '220');
  await vi.waitFor(() => expect(server.sessions()).toHaveLength(2), patience);
  starting.sendBytes([0x16, 0x03, 0x01, 0x00].map((code) => String.fromCharCode(code)).join(''));
  await clock.advance(59_000);
  expect(server.sessions()).toHaveLength(2);
  await clock.advance(2_000);
  await starting.closed();
  await silent.closed();
  await vi.waitFor(() => expect(server.sessions()).toEqual([]), patience);
  await vi.waitFor(() => expect(clock.pendingTimers).toBe(0), patience);
});

test('implicit TLS: encrypted from the first octet, before the greeting', async () => {
  const { connectTls, server, intake, tlsPort, port } = await startWithImplicitTls();
  expect(server.listeners()).toMatchObject([
    { endpoint: `127.0.0.1:${port}`, implicitTls: false, boundTo: `127.0.0.1:${port}`, problem: null },
    { endpoint: `127.0.0.1:${tlsPort}`, implicitTls: true, boundTo: `127.0.0.1:${tlsPort}`, problem: null },
  ]);
  const client = await connectTls();
  const socket = await client.secure();
  expect(subjectOf(socket)).toBe('Example');
  await client.expect('220 relay.example.org ESMTP');
  expect(await client.send('EHLO ca01', '250')).not.toContain('STARTTLS');
  expect(server.sessions()).toMatchObject([{ encrypted: true, phase: 'greeted' }]);
  await client.mail(mail, 'hello\r\n', '250 2.6.0');
  expect(intake.kept[0]?.envelope).toMatchObject({ protocol: 'ESMTPS', clientAddress: '127.0.0.1' });
  await client.send('QUIT', '221');
  await client.closed();
});

test('a client of an encrypted session that closes its side after the final dot still gets its answer', async () => {
  const { greetEncrypted } = await startInbound({}, { keyPair: relayCertificate });
  const client = await greetEncrypted();
  await client.send('MAIL FROM:<a@b>', '250');
  await client.send('RCPT TO:<c@d>', '250');
  await client.send('DATA', '354');
  client.sendBytes('hello\r\n.\r\n');
  client.halfClose();
  await client.expect('250 2.6.0');
  await client.closed();
});

test('plain text on an implicit TLS port gets no greeting, and the server goes on', async () => {
  const { connectTls, server } = await startWithImplicitTls();
  const plain = await connectTls();
  plain.sendBytes('EHLO ca01\r\n');
  await plain.closed();
  const other = await connectTls();
  await other.secure();
  await other.expect('220');
  await vi.waitFor(() => expect(server.sessions()).toHaveLength(1), patience);
});

test('an implicit TLS listener waits for a certificate, and says why', async () => {
  const [tlsPort, { server, set, certificate }] = [await freePort(), await startInbound()];
  set({ 'general.listenTls': [`127.0.0.1:${tlsPort}`] });
  const [plain, missing] = await server.apply('started');
  expect(plain).toMatchObject({ problem: null });
  expect(missing).toMatchObject({ implicitTls: true, boundTo: null, problem: { field: 'access.certificateFile' } });
  expect(missing?.problem?.message).toContain('No certificate is set up.');

  certificate.lose('The file C:\\ca.pfx cannot be read.');
  const [, broken] = await server.apply('started');
  expect(broken?.problem?.message).toContain('The file C:\\ca.pfx cannot be read.');

  certificate.use(relayCertificate);
  expect(await server.apply('started')).toMatchObject([{ problem: null }, { boundTo: `127.0.0.1:${tlsPort}` }]);
  const client = await SmtpDialogue.connect(tlsPort);
  onTestFinished(() => client.close());
  await client.secure();
  await client.expect('220');

  certificate.lose(null);
  expect(await server.apply('started')).toMatchObject([{ problem: null }, { boundTo: null }]);
  await client.send('NOOP', '250'); // its session goes on
});

test('the same endpoint cannot be served both ways', async () => {
  const { server, port, set } = await startInbound({}, { keyPair: relayCertificate });
  set({ 'general.listenTls': [`127.0.0.1:${port}`] });
  expect(await server.apply('started')).toMatchObject([
    { implicitTls: false, problem: null },
    { implicitTls: true, boundTo: null, problem: { code: 'addressInUse', field: 'general.listenTls' } },
  ]);
});

test('paused and full: an implicit TLS port closes without a handshake', async () => {
  const { connectTls, server } = await startWithImplicitTls();
  await server.apply('paused');
  const client = await connectTls();
  await client.closed();
  expect(server.totals.refused).toBe(1);
  expect(server.sessions()).toEqual([]);
});

test('the server stops while a handshake is under way', async () => {
  const { connectTls, server } = await startWithImplicitTls();
  const client = await connectTls();
  await vi.waitFor(() => expect(server.sessions()).toHaveLength(1), patience);
  const stopped = server.apply('stopped');
  await client.closed();
  client.close();
  await stopped;
  expect(server.sessions()).toEqual([]);
});

test("the library's own certificate, whose key everybody knows, is never shown", async () => {
  const { greet, connectTls, certificate } = await startWithImplicitTls();
  const starting = await greet();
  await starting.send('STARTTLS', '220');
  const shown = [await starting.secure(), await (await connectTls()).secure()];
  for (const socket of shown) expect(socket.getPeerCertificate().subject.CN).toBe('relay.example.org');
  certificate.lose(null); // the listener is still bound: nobody has applied it yet
  const late = await connectTls();
  await late.closed();
  expect(late.socket.bytesRead).toBe(0);
});

test('clients that vanish in the middle of a handshake do no harm', async () => {
  const { connect, connectTls, server, log, clock } = await startWithImplicitTls();
  await Promise.all(
    Array.from({ length: 100 }, async (_, index) => {
      const client = index % 2 === 0 ? await connectTls() : await connect();
      if (index % 2 === 1) {
        await client.expect('220');
        await client.send('STARTTLS', '');
      }
      client.secure().catch(() => undefined);
      if (index % 3 > 0) await new Promise((resolve) => setImmediate(resolve));
      if (index % 5 > 0) client.vanish();
      else client.close();
    }),
  );
  await vi.waitFor(() => expect(server.sessions()).toEqual([]), patience);
  await vi.waitFor(() => expect(clock.pendingTimers).toBe(0), patience);
  expect(log.entries.filter(({ level }) => level === 'error')).toEqual([]);
});
