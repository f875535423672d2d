/** The whole relay with a DNS server that speaks the wire protocol: exchangers, domains that take no mail, names of clients. */
import { expect, test } from 'vitest';
import { dnsWith, server1, smartHost, startRelay, through, until, upstreamWith } from './stage.ts';

const mx = (exchange: string, priority: number) => ({ exchange, priority });

test.each([{ truncated: false }, { truncated: true }])(
  'mail goes to the second exchanger when the first is down (answers truncated: $truncated)',
  async ({ truncated }) => {
    const upstream = await upstreamWith();
    const { dns, questions } = await dnsWith(
      {
        'example.org': { MX: [mx('mx2.example.org', 20), mx('mx1.example.org', 10)] },
        // Nobody listens on this address.
        'mx1.example.org': { A: ['127.0.0.99'] },
        'mx2.example.org': { A: ['127.0.0.1'] },
      },
      truncated,
    );
    const relay = await startRelay({ 'delivery.outboundPort': upstream.port }, { dns });
    await relay.send();
    await relay.empty();
    expect(upstream.messages).toHaveLength(1);
    expect(upstream.connections).toBe(1);
    const transport = truncated ? 'TCP' : 'UDP';
    const asked = ['MX example.org', 'A mx1.example.org', 'A mx2.example.org'].map((text) => `${transport} ${text}`);
    expect(questions.filter((question) => asked.includes(question))).toEqual(asked);
  },
);

test('a domain with an address alone is its own host', async () => {
  const upstream = await upstreamWith();
  const { dns } = await dnsWith({ 'example.org': { A: ['127.0.0.1'] } });
  const relay = await startRelay({ 'delivery.outboundPort': upstream.port }, { dns });
  await relay.send();
  await relay.empty();
  expect(upstream.messages).toHaveLength(1);
});

test.each([
  { what: 'takes no mail (null MX)', name: { MX: [mx('.', 0)] }, status: '5.1.10' },
  { what: 'does not exist', name: null, status: '5.1.2' },
])('a domain that $what: the sender has a report at once', async ({ name, status }) => {
  const upstream = await upstreamWith();
  const { dns } = await dnsWith({
    ...(name === null ? {} : { 'gone.example': name }),
    'corp.example': { MX: [mx('mx.corp.example', 10)] },
    'mx.corp.example': { A: ['127.0.0.1'] },
  });
  const relay = await startRelay({ 'delivery.outboundPort': upstream.port }, { dns });
  await relay.send({ to: ['eva@gone.example'] });
  await relay.empty();
  expect(upstream.messages).toMatchObject([{ sender: '', recipients: [{ address: 'ca@corp.example' }] }]);
  const text = upstream.messages[0]?.bytes.toString();
  expect(text).toContain(`Final-Recipient: rfc822; eva@gone.example\r\nAction: failed\r\nStatus: ${status}\r\n`);
});

test.each([{ answer: 'servfail' }, { answer: 'silent' }] as const)(
  'a DNS that is $answer bounces nothing: the mail waits and goes when DNS is back',
  async ({ answer }) => {
    const upstream = await upstreamWith();
    const server = await dnsWith({ 'example.org': answer, 'mx.example.org': { A: ['127.0.0.1'] } });
    const relay = await startRelay({ 'delivery.outboundPort': upstream.port }, { dns: server.dns });
    const id = await relay.send();
    const { row, recipients } = await relay.waiting(id);
    expect(row.state).toBe('retry');
    expect(recipients[0]?.lastFailure).toMatchObject({ stage: 'dns', permanent: false });
    server.set('example.org', { MX: [mx('mx.example.org', 10)] });
    await relay.retry(id);
    await relay.empty();
    expect(upstream.messages).toHaveLength(1);
  },
);

test('delivery.directFirst: by MX where there is one, through the smart host for a domain that DNS does not know', async () => {
  const [exchanger, gateway] = [await upstreamWith(), await upstreamWith()];
  const { dns } = await dnsWith({
    'known.example': { MX: [mx('mx.known.example', 10)] },
    'mx.known.example': { A: ['127.0.0.1'] },
  });
  const relay = await startRelay(
    {
      'delivery.outboundPort': exchanger.port,
      'delivery.smartHosts': [smartHost(gateway)],
      'delivery.directFirst': true,
    },
    { dns },
  );
  await relay.send({ to: ['a@known.example', 'b@intern.example'] });
  await relay.empty();
  expect(exchanger.messages).toMatchObject([{ recipients: [{ address: 'a@known.example' }] }]);
  expect(gateway.messages).toMatchObject([{ recipients: [{ address: 'b@intern.example' }] }]);
});

/** Not 127.0.0.1: its name is in the hosts file. */
const clientAddress = '127.0.0.7';
const clientInDns = {
  '7.0.0.127.in-addr.arpa': { PTR: ['ca01.corp.example'] },
  'ca01.corp.example': { A: [clientAddress] },
};

test('delivery.reverseLookup: once DNS has answered, the name of the client is in the Received line', async () => {
  const upstream = await upstreamWith();
  const { dns } = await dnsWith(clientInDns);
  const relay = await startRelay(
    { ...through(upstream), 'access.relayList': [clientAddress], 'delivery.reverseLookup': true },
    { dns },
  );
  await until(async () => {
    await relay.send({ clientAddress });
    await relay.empty();
    return upstream.messages.at(-1)?.bytes.includes('(ca01.corp.example [127.0.0.7])');
  });
});

test('where would it go: the answer follows DNS', async () => {
  const server = await dnsWith({
    'example.org': { MX: [mx('mx1.example.org', 10), mx('mx2.example.org', 20)] },
    'mx1.example.org': { A: ['192.0.2.1'], AAAA: ['2001:db8::1'] },
  });
  const relay = await startRelay({}, { dns: server.dns });
  const explain = () => relay.host.handlers['route.explain']({ ...server1, address: 'eva@example.org' });
  expect(await explain()).toMatchObject({
    rule: 'mx',
    hosts: ['mx1.example.org [192.0.2.1]:25', 'mx1.example.org [2001:db8::1]:25'],
    problems: ['The name mx2.example.org could not be resolved (ENOTFOUND).'],
  });
  server.set('example.org', { MX: [mx('.', 0)] });
  expect(await explain()).toMatchObject({ hosts: [], problems: [expect.stringContaining('null MX')] });
});
