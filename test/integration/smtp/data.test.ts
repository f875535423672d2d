import fc from 'fast-check';
import { expect, test, vi } from 'vitest';
import { problem } from '../../../shared/contract/problem.ts';
import { exitModuleMessages, readExitModuleMessage, sendLikeTheExitModule } from '../../fakes/exit-module.ts';
import { patience, startInbound } from '../../fakes/inbound.ts';
import type { MemorySpoolIntake } from '../../fakes/memory-spool-intake.ts';
import { converse, type SmtpDialogue, stuffed } from '../../fakes/smtp-dialogue.ts';

const anybody = { from: 'a@b', to: ['c@d'] };

async function startData(client: SmtpDialogue): Promise<void> {
  await client.send('MAIL FROM:<a@b>', '250');
  await client.send('RCPT TO:<c@d>', '250');
  await client.send('DATA', '354');
}

test.each(exitModuleMessages)('$file arrives byte for byte', async (message) => {
  const { port, intake } = await startInbound();
  await sendLikeTheExitModule(port, message);
  const [kept] = intake.kept;
  expect(kept?.content.equals(await readExitModuleMessage(message.file))).toBe(true);
  expect(kept?.envelope).toMatchObject({
    sender: message.from,
    recipients: message.to.map((address) => ({ address })),
  });
});

test('any lines, in any pieces, arrive byte for byte', async () => {
  const { greet, intake } = await startInbound();
  const client = await greet();
  const line = fc.oneof(
    fc.constantFrom('', '.', '..', '.x', '...', '\0', ' .', '\x80\xff', 'QUIT'),
    fc.string({ unit: fc.integer({ min: 0, max: 255 }).map((code) => String.fromCharCode(code)), maxLength: 30 }),
  );
  const content = fc
    .array(line, { maxLength: 12 })
    .map((lines) => lines.map((text) => `${text.replace(/[\r\n]/g, '?')}\r\n`).join(''));
  await fc.assert(
    fc.asyncProperty(content, fc.array(fc.integer({ min: 1, max: 7 }), { maxLength: 12 }), async (text, cuts) => {
      await startData(client);
      const bytes = stuffed(text);
      let at = 0;
      for (const length of cuts) {
        client.sendBytes(bytes.subarray(at, at + length));
        at += length;
        await new Promise((resolve) => setImmediate(resolve)); // its own segment, usually
      }
      client.sendBytes(bytes.subarray(at));
      await client.expect('250 2.6.0');
      expect(intake.kept.at(-1)?.content.toString('latin1')).toBe(text);
    }),
    { numRuns: 150 },
  );
});

/** Stops the spool at a step until `release`. */
function holdAt(intake: MemorySpoolIntake, held: 'begin' | 'write' | 'commit') {
  let release: () => void = () => undefined;
  const gate = new Promise<void>((resolve) => {
    release = resolve;
  });
  const reached = new Promise<void>((resolve) => {
    intake.before = (step) => {
      if (step !== held) return;
      resolve();
      return gate;
    };
  });
  return { reached, release };
}

test('250 comes after the message is kept, not before', async () => {
  const { greet, intake } = await startInbound();
  const commit = holdAt(intake, 'commit');
  const client = await greet();
  await startData(client);
  client.sendBytes('hello\r\n.\r\n');
  await commit.reached;
  const keptWhenAnswered = client.expect('250 2.6.0').then(() => intake.kept.length);
  await greet(); // whatever was on its way to the first client has arrived when a second one has been served
  commit.release();
  expect(await keptWhenAnswered).toBe(1);
});

test('a client that closes its side after the final dot still gets its answer', async () => {
  const { greet, intake } = await startInbound();
  const commit = holdAt(intake, 'commit');
  const client = await greet();
  await startData(client);
  client.sendBytes('hello\r\n.\r\n');
  client.halfClose();
  await commit.reached;
  await greet(); // by now the end of the first client has arrived, too
  commit.release();
  await client.expect('250 2.6.0');
  await client.closed();
});

test('a slow disk slows the client instead of filling the memory', async () => {
  const { greet, intake } = await startInbound();
  const write = holdAt(intake, 'write');
  const client = await greet();
  await startData(client);
  const piece = Buffer.from(`${'x'.repeat(998)}\r\n`.repeat(64));
  const pieces = 120; // 7.5 MB: more than the socket buffers of the system take on loopback
  for (let sent = 0; sent < pieces; sent += 1) client.sendBytes(piece);
  client.sendBytes('.\r\n');
  await write.reached;
  // While nothing is written, the client's data stays on the client's side.
  expect(client.socket.writableLength).toBeGreaterThan(0);
  write.release();
  await client.expect('250 2.6.0');
  expect(intake.kept[0]?.content.length).toBe(pieces * piece.length);
});

test('SIZE= beyond the limit is refused at MAIL', async () => {
  const { greet } = await startInbound({ 'messages.sizeLimit': 2_048 });
  const client = await greet();
  expect(await client.send('MAIL FROM:<a@b> SIZE=2049', '552')).toBe(
    '552 5.3.4 Message size exceeds fixed maximum message size',
  );
  await client.send('MAIL FROM:<a@b> SIZE=2048', '250');
});

test('a message beyond the limit is read to its end, refused, and nothing of it stays', async () => {
  const { greet, intake } = await startInbound({ 'messages.sizeLimit': 2_048 });
  const client = await greet();
  const tooLarge = `${'x'.repeat(100)}\r\nQUIT\r\n`.repeat(5_000);
  expect(await client.mail(anybody, tooLarge, '552')).toBe('552 5.3.4 Message size exceeds fixed maximum message size');
  expect(intake.counts).toEqual({ begun: 1, committed: 0, aborted: 1 });
  await client.mail(anybody, `${'x'.repeat(2_046)}\r\n`, '250 2.6.0');
  await client.mail(anybody, `${'x'.repeat(2_047)}\r\n`, '552 5.3.4');
});

test.each([
  { name: 'a bare LF', bytes: 'a\\nb\\r\\n.\\r\\n' },
  { name: 'a bare CR', bytes: 'a\\rb\\r\\n.\\r\\n' },
  { name: 'LF . CRLF', bytes: 'a\\n.\\r\\nMAIL FROM:<evil@x>\\r\\n.\\r\\n' },
  { name: 'LF . LF', bytes: 'a\\n.\\nMAIL FROM:<evil@x>\\r\\n.\\r\\n' },
  { name: 'CRLF . LF', bytes: 'a\\r\\n.\\nMAIL FROM:<evil@x>\\r\\n.\\r\\n' },
  { name: 'CRLF . CR', bytes: 'a\\r\\n.\\rMAIL FROM:<evil@x>\\r\\n.\\r\\n' },
  { name: 'CR . CRLF', bytes: 'a\\r.\\r\\nMAIL FROM:<evil@x>\\r\\n.\\r\\n' },
  { name: '. LF at the very start', bytes: '.\\nMAIL FROM:<evil@x>\\r\\n.\\r\\n' },
  { name: 'LF . CRLF at the very start', bytes: '\\n.\\r\\nMAIL FROM:<evil@x>\\r\\n.\\r\\n' },
])('$name ends no message; the whole of it is refused after its real end', async ({ bytes }) => {
  const { port, intake } = await startInbound();
  await converse(
    port,
    `
    S: 220
    C: HELO ca01
    S: 250
    C: MAIL FROM:<a@b>
    S: 250
    C: RCPT TO:<c@d>
    S: 250
    C: DATA
    S: 354
    X: ${bytes}
    S: 550 5.6.11
    C: NOOP
    S: 250 2.0.0
    `,
  );
  expect(intake.counts).toEqual({ begun: 1, committed: 0, aborted: 1 });
});

test.each([
  {
    step: 'begin',
    error: problem('storage', 'Less than 100 MB are free.'),
    reply: '452 4.3.1 Insufficient system storage',
  },
  { step: 'write', error: problem('storage', 'The disk is full.'), reply: '452 4.3.1 Insufficient system storage' },
  { step: 'commit', error: problem('storage', 'The disk is full.'), reply: '452 4.3.1 Insufficient system storage' },
  { step: 'begin', error: new Error('secret path'), reply: '451 4.3.0 Local error in processing' },
  { step: 'write', error: new Error('secret path'), reply: '451 4.3.0 Local error in processing' },
  { step: 'commit', error: new Error('secret path'), reply: '451 4.3.0 Local error in processing' },
])('$error at $step: $reply, and the conversation goes on', async ({ step, error, reply }) => {
  const { greet, intake, log, server } = await startInbound();
  const client = await greet();
  intake.before = (reached) => {
    if (reached === step) throw error;
  };
  expect(await client.mail(anybody, 'hello\r\nQUIT\r\n', '4')).toBe(reply);
  expect(log.of('message not stored')).toHaveLength(1);
  expect(log.of('message not stored')[0]?.error).toBe(reply.startsWith('451') ? error : undefined);
  expect(intake.counts.aborted).toBe(intake.counts.begun);
  intake.before = () => undefined;
  await client.mail(anybody, 'hello\r\n', '250 2.6.0');
  expect(server.totals.accepted).toBe(1);
});

test('a bug in the spool never reaches the client', async () => {
  const { greet, intake, log } = await startInbound();
  const client = await greet();
  const broken = new Error('secret path');
  Object.assign(intake, {
    begin: () => {
      throw broken;
    },
  });
  expect(await client.mail(anybody, 'hello\r\n', '451')).toBe('451 4.3.0 Local error in processing');
  expect(log.of('message not stored')[0]?.error).toBe(broken);
  await client.send('NOOP', '250');
});

test.each([
  { name: 'with a reset', leave: (client: SmtpDialogue) => client.vanish() },
  { name: 'with an end', leave: (client: SmtpDialogue) => client.close() },
  { name: 'closing only its side', leave: (client: SmtpDialogue) => client.halfClose() },
])('a client that disappears in the middle of DATA $name leaves nothing', async ({ leave }) => {
  const { greet, intake, server, log } = await startInbound();
  const client = await greet();
  await startData(client);
  client.sendBytes('half a message\r\n');
  await vi.waitFor(() => expect(intake.counts.begun).toBe(1), patience);
  leave(client);
  await vi.waitFor(() => expect(intake.counts).toEqual({ begun: 1, committed: 0, aborted: 1 }), patience);
  await vi.waitFor(() => expect(server.sessions()).toEqual([]), patience);
  expect(log.entries.filter(({ level }) => level === 'error')).toEqual([]);
});

test('a client that disappears while the file is being opened leaves nothing', async () => {
  const { greet, intake, server } = await startInbound();
  const begin = holdAt(intake, 'begin');
  const client = await greet();
  await startData(client);
  await begin.reached;
  client.vanish();
  await vi.waitFor(() => expect(server.sessions()).toEqual([]), patience);
  begin.release();
  await vi.waitFor(() => expect(intake.counts).toEqual({ begun: 1, committed: 0, aborted: 1 }), patience);
});

test('a message that was received in full is kept even if the client does not wait for the answer', async () => {
  const { greet, intake, server } = await startInbound();
  const commit = holdAt(intake, 'commit');
  const client = await greet();
  await startData(client);
  client.sendBytes('hello\r\n.\r\n');
  await commit.reached;
  client.vanish();
  await vi.waitFor(() => expect(server.sessions()).toEqual([]), patience);
  commit.release();
  await vi.waitFor(() => expect(intake.counts).toEqual({ begun: 1, committed: 1, aborted: 0 }), patience);
  expect(server.totals.accepted).toBe(1);
});

test('one line in the log for each accepted message', async () => {
  const { greet, log } = await startInbound();
  const client = await greet();
  await client.mail({ from: 'pki@ca01', to: ['a@example.org', 'b@example.org'] }, 'hello\r\n');
  expect(log.of('accept').map(({ fields }) => fields)).toEqual([
    { id: '01TEST00000000000000000001', from: 'pki@ca01', recipients: 2, size: 7, client: '127.0.0.1', helo: 'ca01' },
  ]);
});
