import { expect, test, vi } from 'vitest';
import type { ServerSettings } from '../../../shared/settings/server-settings.ts';
import { patience, startInbound } from '../../fakes/inbound.ts';
import type { SmtpDialogue } from '../../fakes/smtp-dialogue.ts';

const timeLimit = '421 4.4.2 Time limit exceeded, closing connection';

/** Sends octets one at a time, a second of the server's clock for each, until the server hangs up. @returns how many. */
async function trickle(client: SmtpDialogue, octets: string, advance: (ms: number) => Promise<void>): Promise<number> {
  let ended = false;
  client.socket.once('end', () => {
    ended = true;
  });
  let sent = 0;
  for (const octet of octets) {
    if (ended) break;
    client.sendBytes(octet);
    sent += 1;
    await vi.waitFor(() => expect(client.socket.writableLength).toBe(0), patience);
    await advance(1_000);
  }
  return sent;
}

async function start(changes: Partial<ServerSettings>) {
  const inbound = await startInbound(changes);
  return { ...inbound, advance: (ms: number) => inbound.clock.advance(ms) };
}

test('general.commandTimeLimit: a client that says nothing after the greeting is told so', async () => {
  const { connect, clock, server } = await start({ 'general.commandTimeLimit': 30 });
  const client = await connect();
  await client.expect('220');
  await clock.advance(29_999);
  expect(server.sessions()).toHaveLength(1);
  await clock.advance(1);
  expect(await client.expect('421')).toBe(timeLimit);
  await client.closed();
  expect(clock.pendingTimers).toBe(0);
});

test('general.commandTimeLimit: the first command stops it, and quiet between commands is the idle time-out', async () => {
  const { greet, clock } = await start({ 'general.commandTimeLimit': 30 });
  const client = await greet();
  await clock.advance(120_000);
  await client.send('NOOP', '250');
});

test('general.commandTimeLimit: one octet a second does not hold a connection', async () => {
  const { greet, advance } = await start({ 'general.commandTimeLimit': 30 });
  const client = await greet();
  const sent = await trickle(client, 'NOOP '.repeat(100), advance);
  expect(await client.expect('421')).toBe(timeLimit);
  expect(sent).toBeLessThan(60);
  await client.closed();
});

test('general.commandTimeLimit: it counts anew for each line, and for a line that is skipped', async () => {
  const { greet, clock } = await start({ 'general.commandTimeLimit': 30 });
  const client = await greet();
  for (let turn = 0; turn < 4; turn += 1) {
    client.sendBytes('NO');
    await vi.waitFor(() => expect(clock.pendingTimers).toBe(1), patience);
    await clock.advance(20_000);
    client.sendBytes('OP\r\n');
    await client.expect('250');
    expect(clock.pendingTimers).toBe(0);
  }
  client.sendBytes('x'.repeat(5_000));
  await client.expect('500 5.5.2');
  await clock.advance(30_000);
  await client.expect(timeLimit);
});

test('general.commandTimeLimit: it counts for a line of AUTH as well', async () => {
  const { greet, clock } = await start({
    'general.commandTimeLimit': 30,
    'access.basic': true,
    'access.basicRequiresTls': false,
  });
  const client = await greet();
  await client.send('AUTH LOGIN', '334');
  client.sendBytes('Y2');
  await vi.waitFor(() => expect(clock.pendingTimers).toBe(1), patience);
  await clock.advance(30_000);
  await client.expect(timeLimit);
});

test('general.commandTimeLimit: a client that asks and asks and reads a little now and then does not hold a connection', async () => {
  const { greet, clock, server, log } = await start({ 'general.commandTimeLimit': 30 });
  const client = await greet();
  client.socket.pause();
  const ended = new Promise<void>((resolve) => client.socket.once('close', () => resolve()));
  // Until neither side's buffers take more: then replies wait, and no further command is carried out.
  client.sendBytes('EHLO ca01\r\n'.repeat(400_000));
  await vi.waitFor(() => expect(clock.pendingTimers).toBe(1), patience);
  let read = 0;
  for (let second = 0; second < 29; second += 1) {
    read += (client.socket.read(1) as Buffer | null)?.length ?? 0;
    await clock.advance(1_000);
  }
  expect(read).toBeGreaterThan(0);
  expect(server.sessions()).toHaveLength(1);
  await clock.advance(1_000);
  await vi.waitFor(() => expect(server.sessions()).toEqual([]), patience);
  expect(log.of('time limit exceeded')).toMatchObject([{ fields: { limit: 'reply' } }]);
  client.socket.resume();
  client.vanish();
  await ended;
  expect(clock.pendingTimers).toBe(0);
});

test('general.transactionTimeLimit: from MAIL to the final dot, whatever is said in between', async () => {
  const { greet, clock } = await start({ 'general.transactionTimeLimit': 100 });
  const client = await greet();
  await client.send('MAIL FROM:<a@b>', '250');
  for (let turn = 0; turn < 9; turn += 1) {
    await clock.advance(10_000);
    await client.send(`RCPT TO:<c${turn}@d>`, '250');
  }
  await clock.advance(9_999);
  await client.send('NOOP', '250');
  await clock.advance(1);
  expect(await client.expect('421')).toBe(timeLimit);
  await client.closed();
});

test.each(['RSET', 'EHLO ca01', 'HELO ca01', 'a whole message'])(
  'general.transactionTimeLimit: %s ends it, and MAIL begins another',
  async (line) => {
    const { greet, clock } = await start({ 'general.transactionTimeLimit': 100 });
    const client = await greet();
    if (line === 'a whole message') {
      await client.mail({ from: 'a@b', to: ['c@d'] }, 'hello\r\n');
    } else {
      await client.send('MAIL FROM:<a@b>', '250');
      await clock.advance(99_000);
      await client.send(line, '250');
    }
    expect(clock.pendingTimers).toBe(0);
    await clock.advance(99_000);
    await client.send('MAIL FROM:<a@b>', '250');
    await clock.advance(99_000);
    await client.send('NOOP', '250');
    await clock.advance(1_000);
    await client.expect(timeLimit);
  },
);

test('general.messageTimeLimit: one line a second does not hold a message', async () => {
  const { greet, clock, intake, server } = await start({ 'general.messageTimeLimit': 60 });
  const client = await greet();
  await client.send('MAIL FROM:<a@b>', '250');
  await client.send('RCPT TO:<c@d>', '250');
  await client.send('DATA', '354');
  for (let second = 0; second < 59; second += 1) {
    client.sendBytes('x\r\n');
    await clock.advance(1_000);
  }
  expect(server.sessions()).toMatchObject([{ phase: 'data' }]);
  await clock.advance(1_000);
  expect(await client.expect('421')).toBe(timeLimit);
  client.close();
  await vi.waitFor(() => expect(intake.counts).toEqual({ begun: 1, committed: 0, aborted: 1 }), patience);
  await vi.waitFor(() => expect(clock.pendingTimers).toBe(0), patience);
});

test('a message that is complete is answered, however long the disk takes', async () => {
  const { greet, clock, intake } = await start({
    'general.messageTimeLimit': 60,
    'general.transactionTimeLimit': 60,
  });
  let release: () => void = () => undefined;
  const reached = new Promise<void>((resolve) => {
    intake.before = (step) => {
      if (step !== 'commit') return;
      resolve();
      return new Promise<void>((open) => {
        release = open;
      });
    };
  });
  const client = await greet();
  await client.send('MAIL FROM:<a@b>', '250');
  await client.send('RCPT TO:<c@d>', '250');
  await client.send('DATA', '354');
  client.sendBytes('hello\r\n.\r\n');
  await reached;
  await clock.advance(3_600_000);
  release();
  await client.expect('250 2.6.0');
  await client.send('NOOP', '250');
});
