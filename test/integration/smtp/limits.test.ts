import { expect, test, vi } from 'vitest';
import { patience, startInbound } from '../../fakes/inbound.ts';
import { converse } from '../../fakes/smtp-dialogue.ts';

test('a client that is not listed may connect, but every recipient is refused', async () => {
  const { port, server, log, intake } = await startInbound({ 'access.relayList': ['10.0.0.0/8'] });
  await converse(
    port,
    `
    S: 220
    C: EHLO ca01
    S: 250
    C: MAIL FROM:<a@b>
    S: 250 2.1.0
    C: RCPT TO:<one@example.org>
    S: 550 5.7.1 Unable to relay for one@example.org
    X: RCPT TO:<\\xc3\\xbc@example.org>\\r\\n
    S: 550 5.7.1 Unable to relay for ?@example.org
    C: DATA
    S: 503
    `,
  );
  expect(server.totals).toEqual({ accepted: 0, refused: 2 });
  expect(log.of('relay refused').map(({ fields }) => fields)).toEqual([
    { client: '127.0.0.1', helo: 'ca01', recipient: 'one@example.org', reason: 'notListed' },
  ]);
  expect(intake.counts.begun).toBe(0);
});

test('a new relay list counts from the next recipient on', async () => {
  const { greet, set } = await startInbound({ 'access.relayList': [] });
  const client = await greet();
  await client.send('MAIL FROM:<a@b>', '250');
  await client.send('RCPT TO:<c@d>', '550 5.7.1');
  set({ 'access.relayList': ['host'] });
  await client.send('RCPT TO:<c@d>', '250 2.1.5');
  set({ 'access.relayMode': 'allExceptListed' });
  await client.send('RCPT TO:<e@f>', '550 5.7.1');
});

test('recipients beyond the limit are refused, the others stay', async () => {
  const { greet, intake } = await startInbound({ 'messages.recipientLimit': 2 });
  const client = await greet();
  await client.send('MAIL FROM:<a@b>', '250');
  await client.send('RCPT TO:<one@d>', '250');
  await client.send('RCPT TO:<two@d>', '250');
  expect(await client.send('RCPT TO:<three@d>', '452')).toBe('452 4.5.3 Too many recipients');
  await client.send('RCPT TO:<ONE@d>', '250'); // the same once more is no further one
  await client.send('DATA', '354');
  await client.send('.', '250 2.6.0');
  expect(intake.kept[0]?.envelope.recipients.map(({ address }) => address)).toEqual(['ONE@d', 'two@d']);
});

test('connections beyond the limit are turned away, the others go on', async () => {
  const { connect, greet, server, log, set } = await startInbound({ 'general.connectionLimit': 2 });
  const [first, second] = [await greet(), await greet()];
  for (let turn = 0; turn < 3; turn += 1) {
    const third = await connect();
    await third.expect('421 4.3.2 Too many connections');
    await third.closed();
  }
  expect(server.totals.refused).toBe(3);
  expect(log.of('connection refused')).toHaveLength(1);
  expect(server.sessions()).toHaveLength(2);
  await first.mail({ from: 'a@b', to: ['c@d'] }, 'hello\r\n');

  await second.send('QUIT', '221');
  await greet();
  set({ 'general.connectionLimit': null });
  await greet();
});

test('limits of a session are those of its beginning', async () => {
  const { greet, set } = await startInbound({ 'messages.sizeLimit': 4_096, 'messages.recipientLimit': 2 });
  const before = await greet();
  set({ 'messages.sizeLimit': 1_024, 'messages.recipientLimit': 1, 'delivery.fullyQualifiedName': 'new.example.org' });
  const after = await greet();
  const mail = { from: 'a@b', to: ['c@d', 'e@f'] };
  await before.mail(mail, `${'x'.repeat(2_000)}\r\n`, '250 2.6.0');
  await after.mail({ from: 'a@b', to: ['c@d'] }, `${'x'.repeat(2_000)}\r\n`, '552 5.3.4');
  expect(await before.send('EHLO again', '250')).toContain('SIZE 4096');
  expect(await after.send('EHLO again', '250-new.example.org')).toContain('SIZE 1024');
});

test('an idle client is told so and disconnected', async () => {
  const { connect } = await startInbound({ 'general.connectionTimeout': 0.05 });
  const client = await connect();
  await client.expect('220');
  await client.expect('421 4.4.2');
  await client.closed();
});

test('a client that is silent in the middle of DATA leaves nothing', async () => {
  const { connect, intake } = await startInbound({ 'general.connectionTimeout': 1 });
  const client = await connect();
  // In one piece: silence must not begin before DATA, however busy the machine is.
  client.sendBytes('HELO ca01\r\nMAIL FROM:<a@b>\r\nRCPT TO:<c@d>\r\nDATA\r\nhalf a message\r\n');
  for (const reply of ['220', '250', '250', '250', '354', '421 4.4.2']) await client.expect(reply);
  await client.closed();
  client.close();
  await vi.waitFor(() => expect(intake.counts).toEqual({ begun: 1, committed: 0, aborted: 1 }), patience);
});

test.each([
  { name: 'a command line without end', bytes: 'x'.repeat(20_000), reply: '500 5.5.2' },
  { name: 'a browser', bytes: 'GET / HTTP/1.1\r\nHost: x\r\n\r\n', reply: '421' },
  { name: 'noise', bytes: '\xff\xfe\0\r\n'.repeat(10), reply: '500' },
])('$name ends with a reply', async ({ bytes, reply }) => {
  const { connect, greet } = await startInbound();
  const client = await connect();
  await client.expect('220');
  client.sendBytes(bytes);
  await client.expect(reply);
  await greet(); // and the server is still there
});

test('addresses are bounded', async () => {
  const { greet } = await startInbound();
  const client = await greet();
  const long = `${'x'.repeat(300)}@${'y'.repeat(20)}`;
  await client.send(`MAIL FROM:<${long}>`, '553 5.1.3');
  await client.send('MAIL FROM:<a@b>', '250');
  await client.send(`RCPT TO:<${long}>`, '553 5.1.3');
  await client.send(`RCPT TO:<${long.slice(1)}>`, '250');
});

test('clients that reset their connection at once do no harm', async () => {
  const { connect, greet, server, log } = await startInbound();
  await Promise.all(
    Array.from({ length: 100 }, async (_, index) => {
      const client = await connect();
      if (index % 2 === 0) client.sendBytes('HELO x\r\nMAIL FROM:<a@b>\r\n');
      client.vanish();
    }),
  );
  const other = await greet();
  await vi.waitFor(() => expect(server.sessions()).toHaveLength(1), patience);
  await other.mail({ from: 'a@b', to: ['c@d'] }, 'hello\r\n', '250 2.6.0');
  expect(log.entries.filter(({ level }) => level === 'error')).toEqual([]);
});

test('sessions show who is there and how far they are', async () => {
  const { connect, server, clock } = await startInbound();
  let changes = 0;
  const unsubscribe = server.onChange(() => {
    changes += 1;
  });
  const shown = () => server.sessions().map(({ user, phase, messages }) => ({ user, phase, messages }));
  const client = await connect();
  await client.expect('220');
  expect(server.sessions()).toEqual([
    {
      id: expect.any(String),
      direction: 'inbound',
      user: '',
      peer: '127.0.0.1',
      startedAtMs: clock.now(),
      phase: 'connected',
      messages: 0,
      encrypted: false,
    },
  ]);
  const seen = [changes];
  await client.send('HELO CA01', '250');
  expect(shown()).toEqual([{ user: 'CA01', phase: 'greeted', messages: 0 }]);
  seen.push(changes);
  await client.send('MAIL FROM:<a@b>', '250');
  expect(shown()).toEqual([{ user: 'CA01', phase: 'mail', messages: 0 }]);
  seen.push(changes);
  await client.send('RCPT TO:<c@d>', '250');
  await client.send('DATA', '354');
  expect(shown()).toEqual([{ user: 'CA01', phase: 'data', messages: 0 }]);
  seen.push(changes);
  await client.send('.', '250');
  expect(shown()).toEqual([{ user: 'CA01', phase: 'greeted', messages: 1 }]);
  seen.push(changes);
  expect(new Set(seen).size).toBe(seen.length); // every step was announced
  await client.send('QUIT', '221');
  expect(shown()).toEqual([]);

  client.close();
  const last = changes;
  await vi.waitFor(() => expect(changes).toBeGreaterThan(last), patience);
  unsubscribe();
  const silent = changes;
  await (await connect()).expect('220');
  expect(changes).toBe(silent);
});

test('200 connections at once, one message each, are all answered', async () => {
  const { port, intake, server } = await startInbound();
  const script = `
    S: 220
    C: HELO ca01
    S: 250
    C: MAIL FROM:<a@b>
    S: 250
    C: RCPT TO:<c@d>
    S: 250
    C: DATA
    S: 354
    C: .
    S: 250 2.6.0
    C: QUIT
    S: 221
    S: END`;
  await Promise.all(Array.from({ length: 200 }, () => converse(port, script)));
  expect(intake.counts).toEqual({ begun: 200, committed: 200, aborted: 0 });
  expect(server.totals).toEqual({ accepted: 200, refused: 0 });
  await vi.waitFor(() => expect(server.sessions()).toEqual([]), patience);
});
