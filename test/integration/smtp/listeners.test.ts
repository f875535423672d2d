import { once } from 'node:events';
import { createServer } from 'node:net';
import { networkInterfaces } from 'node:os';
import { expect, onTestFinished, test, vi } from 'vitest';
import { freePort } from '../../fakes/free-port.ts';
import { patience, startInbound } from '../../fakes/inbound.ts';
import { SmtpDialogue } from '../../fakes/smtp-dialogue.ts';

const hasIpv6Loopback = Object.values(networkInterfaces()).some((addresses) =>
  addresses?.some(({ address }) => address === '::1'),
);

const greetingFrom = async (port: number, host: string): Promise<string> => {
  const client = await SmtpDialogue.connect(port, host);
  try {
    return await client.expect('');
  } finally {
    client.close();
  }
};

const refusesConnections = (port: number): Promise<boolean> =>
  greetingFrom(port, '127.0.0.1').then(
    () => false,
    () => true,
  );

/** Another program on the port. */
async function occupy(port: number): Promise<void> {
  const other = createServer().listen(port, '127.0.0.1');
  await once(other, 'listening');
  onTestFinished(() => void other.close());
}

test('listeners show what is bound', async () => {
  const { server, port, log } = await startInbound();
  const here = `127.0.0.1:${port}`;
  const expected = [{ endpoint: here, implicitTls: false, boundTo: here, problem: null }];
  expect(server.listeners()).toEqual(expected);
  expect(await server.apply('started')).toEqual(expected);
  expect(log.of('listening')).toHaveLength(1);
});

test('new endpoints are bound, old ones closed, their sessions go on', async () => {
  const { server, port, set, greet } = await startInbound();
  const [old, other] = [await greet(), await freePort()];
  set({ 'general.listen': [`127.0.0.1:${other}`] });
  expect(await server.apply('started')).toMatchObject([{ boundTo: `127.0.0.1:${other}`, problem: null }]);
  expect(await refusesConnections(port)).toBe(true);
  expect(await greetingFrom(other, '127.0.0.1')).toMatch(/^220 /);
  await old.mail({ from: 'a@b', to: ['c@d'] }, 'hello\r\n', '250 2.6.0');
});

test("'*' takes the place of the address it covers, for both families", async () => {
  const { server, port, set, greet } = await startInbound();
  const old = await greet();
  set({ 'general.listen': [`127.0.0.1:${port}`, `*:${port}`] });
  const found = await server.apply('started');
  expect(found.map(({ problem }) => problem)).toEqual([null, null]);
  expect(found[0]?.boundTo).toBe(found[1]?.boundTo);
  expect(await greetingFrom(port, '127.0.0.1')).toMatch(/^220 /);
  await old.send('NOOP', '250');

  set({ 'general.listen': [`127.0.0.1:${port}`] });
  expect(await server.apply('started')).toMatchObject([{ boundTo: `127.0.0.1:${port}`, problem: null }]);
});

test('IPv6 loopback, beside IPv4 and through all addresses; or the problem that there is none', async () => {
  const { server, port, set, intake } = await startInbound();
  set({ 'general.listen': [`127.0.0.1:${port}`, `[::1]:${port}`] });
  if (!hasIpv6Loopback) {
    const [v4, v6] = await server.apply('started');
    expect(v4?.problem).toBeNull();
    expect(v6?.problem).toMatchObject({ code: 'addressNotAvailable' });
    return;
  }
  expect((await server.apply('started')).map(({ boundTo }) => boundTo)).toEqual([`127.0.0.1:${port}`, `[::1]:${port}`]);
  const client = await SmtpDialogue.connect(port, '::1');
  onTestFinished(() => client.close());
  await client.expect('220');
  await client.send('EHLO ca01', '250-relay.example.org Hello [::1]');
  await client.mail({ from: 'a@b', to: ['c@d'] }, 'hello\r\n');
  expect(intake.kept[0]?.envelope.clientAddress).toBe('::1');

  set({ 'general.listen': [`*:${port}`] });
  expect((await server.apply('started')).map(({ boundTo }) => boundTo)).toEqual([`[::]:${port}`]);
  expect(await greetingFrom(port, '::1')).toMatch(/^220 /);
  expect(await greetingFrom(port, '127.0.0.1')).toMatch(/^220 /);
});

test('an endpoint that cannot be bound is reported, the others work, and the next apply tries again', async () => {
  const { server, port, set } = await startInbound();
  const taken = createServer().listen(0, '127.0.0.1');
  await once(taken, 'listening');
  const address = taken.address();
  const takenPort = typeof address === 'object' && address !== null ? address.port : 0;
  set({ 'general.listen': [`127.0.0.1:${takenPort}`, `192.0.2.1:${port}`, `127.0.0.1:${port}`] });
  const [inUse, notHere, fine] = await server.apply('started');
  expect(inUse).toMatchObject({ boundTo: null, problem: { code: 'addressInUse' } });
  expect(inUse?.problem?.message).toContain(`Another program listens on 127.0.0.1:${takenPort}`);
  expect(notHere).toMatchObject({ boundTo: null, problem: { code: 'addressNotAvailable' } });
  expect(fine).toMatchObject({ boundTo: `127.0.0.1:${port}`, problem: null });

  taken.close();
  await once(taken, 'close');
  const [now] = await server.apply('started');
  expect(now).toMatchObject({ boundTo: `127.0.0.1:${takenPort}`, problem: null });
});

test('paused: the port stays ours, new connections are turned away, sessions go on', async () => {
  const { server, port, greet, connect } = await startInbound();
  const old = await greet();
  expect(await server.apply('paused')).toMatchObject([{ boundTo: `127.0.0.1:${port}`, problem: null }]);
  const turnedAway = await connect();
  await turnedAway.expect('421 4.3.2 Service not available');
  await turnedAway.closed();
  await old.mail({ from: 'a@b', to: ['c@d'] }, 'hello\r\n', '250 2.6.0');
  expect(server.sessions()).toHaveLength(1);
  expect(server.totals).toEqual({ accepted: 1, refused: 1 });
  await server.apply('started');
  await greet();
});

test('stopped: sessions get 421, the port is free, and a stopped server has no problem', async () => {
  const { server, port, greet, connect } = await startInbound();
  const [greeted, silent] = [await greet(), await connect()];
  await silent.expect('220');
  const stopping = server.apply('stopped');
  for (const client of [greeted, silent]) {
    await client.expect('421 4.3.2 Service is shutting down');
    await client.closed();
    client.close();
  }
  expect(await stopping).toMatchObject([{ endpoint: `127.0.0.1:${port}`, boundTo: null, problem: null }]);
  expect(await refusesConnections(port)).toBe(true);
  await occupy(port);
  expect(await server.apply('started')).toMatchObject([{ problem: { code: 'addressInUse' } }]);
});

test('a message under way may finish when the server stops; then the session ends', async () => {
  const { server, greet, intake } = await startInbound();
  const client = await greet();
  await client.send('MAIL FROM:<a@b>', '250');
  await client.send('RCPT TO:<c@d>', '250');
  await client.send('DATA', '354');
  const closing = server.close();
  client.sendBytes('hello\r\n.\r\nMAIL FROM:<next@one>\r\n');
  await client.expect('250 2.6.0');
  await client.expect('421 4.3.2');
  await client.closed();
  client.close();
  await closing;
  expect(intake.counts).toEqual({ begun: 1, committed: 1, aborted: 0 });
});

test('a client that does not finish its message is cut off in the end', async () => {
  const { server, greet, intake, clock } = await startInbound();
  const client = await greet();
  await client.send('MAIL FROM:<a@b>', '250');
  await client.send('RCPT TO:<c@d>', '250');
  await client.send('DATA', '354');
  client.sendBytes('half a message\r\n');
  await vi.waitFor(() => expect(intake.counts.begun).toBe(1), patience);
  const closing = server.close();
  await vi.waitFor(() => expect(clock.nextTimerAtMs).toBe(clock.now() + 10_000), patience);
  await clock.advance(9_000);
  expect(intake.counts.aborted).toBe(0);
  await clock.advance(2_000);
  await closing;
  expect(intake.counts).toEqual({ begun: 1, committed: 0, aborted: 1 });
  expect(server.sessions()).toEqual([]);
  expect(clock.pendingTimers).toBe(0);
});

test('calls of apply come one after the other, whatever their order of arrival', async () => {
  const { server, port, log } = await startInbound();
  const results = await Promise.all([
    server.apply('stopped'),
    server.apply('started'),
    server.apply('started'),
    server.apply('paused'),
    server.apply('stopped'),
    server.apply('started'),
  ]);
  const here = `127.0.0.1:${port}`;
  expect(results.map(([listener]) => listener?.boundTo)).toEqual([null, here, here, here, null, here]);
  expect(log.of('not listening')).toEqual([]);
});
