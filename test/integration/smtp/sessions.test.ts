import { expect, test, vi } from 'vitest';
import { fakeDns } from '../../fakes/fake-dns.ts';
import { patience, startInbound } from '../../fakes/inbound.ts';
import { relayCertificate } from '../../fakes/test-certificates.ts';

const mail = { from: 'a@b', to: ['c@d'] };

test('terminate cuts the sessions it names, an unfinished message is discarded, the others go on', async () => {
  const { greet, greetEncrypted, server, intake, log } = await startInbound({}, { keyPair: relayCertificate });
  const [inData, encrypted, other] = [await greet(), await greetEncrypted(), await greet()];
  await inData.send('MAIL FROM:<a@b>', '250');
  await inData.send('RCPT TO:<c@d>', '250');
  await inData.send('DATA', '354');
  inData.sendBytes('half a message\r\n');
  await vi.waitFor(() => expect(intake.counts.begun).toBe(1), patience);
  const chosen = server.sessions().filter(({ phase, encrypted: secure }) => phase === 'data' || secure);
  expect(chosen).toHaveLength(2);
  expect(server.terminate([...chosen.map(({ id }) => id), 'nobody'])).toBe(2);
  for (const client of [inData, encrypted]) await client.closed();
  await vi.waitFor(() => expect(server.sessions()).toHaveLength(1), patience);
  await vi.waitFor(() => expect(intake.counts).toEqual({ begun: 1, committed: 0, aborted: 1 }), patience);
  await other.mail(mail, 'hello\r\n', '250 2.6.0');

  await greet();
  expect(server.terminate(null)).toBe(2);
  await vi.waitFor(() => expect(server.sessions()).toEqual([]), patience);
  expect(server.terminate(null)).toBe(0);
  expect(log.of('sessions terminated').map(({ fields }) => fields.count)).toEqual([2, 2]);
});

const address = { reverse: { '127.0.0.1': ['ca01.example.org'] } };

test.each([
  {
    name: 'a name that leads back',
    dns: fakeDns({ ...address, addresses: { 'ca01.example.org': ['127.0.0.1'] } }),
    found: { result: 'verified', name: 'ca01.example.org' },
  },
  {
    name: 'a name that leads elsewhere',
    dns: fakeDns({ ...address, addresses: { 'ca01.example.org': ['192.0.2.1'] } }),
    found: { result: 'unverified', name: 'ca01.example.org' },
  },
  { name: 'no name', dns: fakeDns(), found: { result: 'failed' } },
])('delivery.reverseLookup: $name', async ({ dns, found }) => {
  const { greet, intake } = await startInbound({ 'delivery.reverseLookup': true }, { dns });
  const client = await greet();
  await client.mail(mail, 'hello\r\n', '250 2.6.0');
  expect(intake.kept[0]?.envelope.reverseLookup).toEqual(found);
});

test('delivery.reverseLookup off: nobody is asked', async () => {
  let asked = 0;
  const dns = fakeDns(address);
  const counting = {
    ...dns,
    reverse: (client: string) => {
      asked += 1;
      return dns.reverse(client);
    },
  };
  const { greet, intake, set } = await startInbound({}, { dns: counting });
  await (await greet()).mail(mail, 'hello\r\n', '250 2.6.0');
  expect(intake.kept[0]?.envelope.reverseLookup).toBeUndefined();
  expect(asked).toBe(0);
  set({ 'delivery.reverseLookup': true });
  await greet();
  expect(asked).toBe(1);
});

test('delivery.reverseLookup: a DNS that never answers delays nothing', async () => {
  const dns = { ...fakeDns(), reverse: () => new Promise<string[]>(() => undefined) };
  const { greet, intake } = await startInbound({ 'delivery.reverseLookup': true }, { dns });
  const client = await greet();
  await client.mail(mail, 'hello\r\n', '250 2.6.0');
  expect(intake.kept[0]?.envelope.reverseLookup).toBeUndefined();
});

test('the protocol log has each command with its reply, and no text of a message', async () => {
  const { connect, clock, protocol, port } = await startInbound();
  const client = await connect();
  await client.expect('220');
  await client.send('HELO CA01', '250');
  await client.send('mail from:<a@b>', '250');
  await client.send('RCPT TO:<c@d>', '250');
  await client.send('DATA', '354');
  client.sendBytes('Subject: secret\r\n');
  await clock.advance(1_500);
  await client.send('.', '250');
  await client.send('PASSWORD', '500');
  await client.send('NOOP one two', '250');
  await client.send('QUIT', '221');
  await client.closed();
  client.close();
  await vi.waitFor(() => expect(protocol.at(-1)?.query).toBe('disconnected'), patience);

  expect(
    protocol.map(({ method, query, status, bytesReceived, user }) => [method, query, status, bytesReceived, user]),
  ).toEqual([
    ['', '', 220, 0, ''],
    ['HELO', 'CA01', 250, 11, 'CA01'],
    ['MAIL', 'from:<a@b>', 250, 17, 'CA01'],
    ['RCPT', 'TO:<c@d>', 250, 15, 'CA01'],
    ['DATA', '', 250, 6 + 17, 'CA01'],
    ['unknown', '8 octets', 500, 10, 'CA01'],
    ['NOOP', 'one two', 250, 14, 'CA01'],
    ['QUIT', '', 221, 6, 'CA01'],
    ['', 'disconnected', 0, 0, 'CA01'],
  ]);
  expect(protocol.find(({ method }) => method === 'DATA')?.timeTakenMs).toBe(1_500);
  expect(protocol.at(-1)?.timeTakenMs).toBe(1_500);
  expect(new Set(protocol.map(({ sessionId }) => sessionId)).size).toBe(1);
  for (const entry of protocol) {
    expect(entry).toMatchObject({
      direction: 'inbound',
      peerAddress: '127.0.0.1',
      serverAddress: '127.0.0.1',
      serverPort: port,
    });
  }
});

test('the protocol log has the user who logged in, and nothing of the login itself', async () => {
  const { greet, protocol } = await startInbound(
    { 'access.basic': true, 'access.basicRequiresTls': false },
    { authenticator: { check: async () => 'accepted' } },
  );
  const client = await greet();
  await client.send('AUTH LOGIN', '334');
  await client.send('Y2E=', '334');
  await client.send('Z2VoZWlt', '235');
  await client.send('NOOP', '250');
  expect(protocol.slice(-2)).toMatchObject([
    { method: 'AUTH', query: '', status: 235, user: 'ca', bytesReceived: 12 + 6 + 10 },
    { method: 'NOOP', user: 'ca' },
  ]);
});

test('a command that never got its reply is in the protocol log, too', async () => {
  const { greet, intake, protocol } = await startInbound();
  const client = await greet();
  await client.send('MAIL FROM:<a@b>', '250');
  await client.send('RCPT TO:<c@d>', '250');
  await client.send('DATA', '354');
  client.sendBytes('half\r\n');
  await vi.waitFor(() => expect(intake.counts.begun).toBe(1), patience);
  client.vanish();
  await vi.waitFor(() => expect(protocol.at(-1)?.query).toBe('disconnected'), patience);
  expect(protocol.at(-2)).toMatchObject({ method: 'DATA', status: 0 });
});
