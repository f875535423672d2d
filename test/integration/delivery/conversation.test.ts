import { readdir, readFile } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { expect, test } from 'vitest';
import type { Failure } from '../../../shared/contract/messages.ts';
import { eventually } from '../../fakes/eventually.ts';
import { startUpstream, type UpstreamOptions } from '../../fakes/upstream.ts';
import { conversationBench, mail, to } from './conversations.ts';

const { clock, logged, openTo, tryOpen, upstreamWith } = conversationBench();

const fixtures = new URL('../../fixtures/exit-module/', import.meta.url);

test.each((await readdir(fixtures)).filter((name) => name.endsWith('.eml')))(
  '%s arrives byte for byte',
  async (name) => {
    const upstream = await upstreamWith();
    const bytes = await readFile(new URL(name, fixtures));
    const conversation = await openTo(upstream.port);
    // In pieces of odd length, so that line ends and leading dots meet the borders of chunks.
    const content = (): Readable =>
      Readable.from(
        Array.from({ length: Math.ceil(bytes.length / 7) }, (_, n) => bytes.subarray(n * 7, n * 7 + 7)),
        { objectMode: false },
      );
    const { outcomes } = await conversation.send(mail({ content }, bytes));
    expect(outcomes.get('a@example.org')).toEqual({
      delivered: true,
      reply: '250 2.0.0 Ok: queued',
      dsnPassedOn: true,
    });
    expect(upstream.messages[0]?.bytes.equals(bytes)).toBe(true);
  },
);

test('a message is streamed: no more of it is read than the connection takes', async () => {
  const upstream = await upstreamWith({ stallDuringData: true });
  const chunk = Buffer.alloc(65_536, 'x');
  let read = 0;
  const conversation = await openTo(upstream.port);
  void conversation.send(
    mail({
      content: () =>
        Readable.from(
          (function* () {
            for (; read < 1_000; read += 1) yield chunk;
          })(),
          { objectMode: false, highWaterMark: 65_536 },
        ),
    }),
  );
  await eventually(() => read).toBeGreaterThan(0);
  let before = -1;
  await eventually(() => {
    const isStill = read === before;
    before = read;
    return isStill;
  }).toBe(true);
  expect(read).toBeLessThan(500);
});

test('envelope parameters go along when the server knows them', async () => {
  const upstream = await upstreamWith();
  const conversation = await openTo(upstream.port);
  const { outcomes } = await conversation.send(
    mail({
      sender: '',
      recipients: [
        {
          address: 'm\u00fcller@example.org',
          dsn: { notify: ['FAILURE', 'DELAY'], orcpt: 'rfc822;m+x@example.org' },
        },
      ],
      body: '8BITMIME',
      dsn: { ret: 'HDRS', envid: 'a+b' },
    }),
  );
  expect(upstream.messages[0]).toMatchObject({
    sender: '',
    mailParameters: 'SMTPUTF8 BODY=8BITMIME SIZE=20 RET=HDRS ENVID=a+2Bb',
    recipients: [
      { address: 'm\u00fcller@example.org', parameters: 'NOTIFY=FAILURE,DELAY ORCPT=rfc822;m+2Bx@example.org' },
    ],
  });
  expect(outcomes.get('m\u00fcller@example.org')).toMatchObject({ delivered: true, dsnPassedOn: true });
});

test.each([{ extensions: ['DSN', 'PIPELINING'] }, { extensions: ['DSN'] }])(
  'each recipient keeps its own wish for reports in one transaction ($extensions)',
  async ({ extensions }) => {
    const upstream = await upstreamWith({ extensions });
    const conversation = await openTo(upstream.port);
    await conversation.send(
      mail({
        recipients: [
          { address: 'a@example.org', dsn: { notify: ['NEVER'] } },
          { address: 'b@example.org', dsn: {} },
          { address: 'c@example.org', dsn: { notify: ['SUCCESS', 'FAILURE'], orcpt: 'rfc822;c@old.example' } },
        ],
      }),
    );
    expect(upstream.messages.map(({ recipients }) => recipients)).toEqual([
      [
        { address: 'a@example.org', parameters: 'NOTIFY=NEVER' },
        { address: 'b@example.org', parameters: '' },
        { address: 'c@example.org', parameters: 'NOTIFY=SUCCESS,FAILURE ORCPT=rfc822;c@old.example' },
      ],
    ]);
  },
);

test('an envelope id or original recipient that does not fit into a command line stays behind', async () => {
  const upstream = await upstreamWith();
  const conversation = await openTo(upstream.port);
  const longest = `${'+'.repeat(33)}x`; // 100 octets as xtext
  const recipients = [{ address: 'a@example.org', dsn: { orcpt: `rfc822;${'+'.repeat(200)}@example.org` } }];
  await conversation.send(mail({ dsn: { envid: longest }, recipients }));
  await conversation.send(mail({ dsn: { envid: `${longest}y` } }));
  expect(upstream.messages[0]?.mailParameters).toContain(`ENVID=${'+2B'.repeat(33)}x`);
  expect(upstream.messages[0]?.recipients[0]?.parameters).toBe('');
  expect(upstream.messages[1]?.mailParameters).not.toContain('ENVID');
});

test('a host name that looks like an extension is none', async () => {
  const upstream = await upstreamWith({ ehlo: '250-mx-dsn.example.org\r\n250 8BITMIME' });
  const conversation = await openTo(upstream.port);
  expect(conversation.supports).toEqual({ dsn: false, eightBitMime: true, smtpUtf8: false });
  const { outcomes } = await conversation.send(mail({ dsn: { ret: 'FULL' } }));
  expect(upstream.messages[0]?.mailParameters).toBe('');
  expect(outcomes.get('a@example.org')).toMatchObject({ delivered: true, dsnPassedOn: false });
});

test('a server without extensions gets a plain envelope', async () => {
  const upstream = await upstreamWith({ ehlo: '502 What?' });
  const conversation = await openTo(upstream.port);
  await conversation.send(mail({ body: '8BITMIME', dsn: { envid: 'x' } }));
  expect(upstream.messages[0]).toMatchObject({ mailParameters: '', heloName: 'relay.test.invalid' });
});

test('HELO is all that is said where it is set', async () => {
  const upstream = await upstreamWith({ ehlo: 'drop', startTls: 'works' });
  const conversation = await openTo(upstream.port, { helo: true });
  await conversation.send(mail({ dsn: { envid: 'x' } }));
  expect(upstream.commands).toEqual([
    'HELO relay.test.invalid',
    'MAIL FROM:<ca@corp.example.com>',
    'RCPT TO:<a@example.org>',
    'DATA',
  ]);
  expect(upstream.messages).toHaveLength(1);
  expect(conversation.supports).toEqual({ dsn: false, eightBitMime: false, smtpUtf8: false });
});

test('replies are read whole however they arrive', async () => {
  const upstream = await upstreamWith({ octetByOctet: true, rcpt: '550-5.1.1 No\r\n550 5.1.1 such user' });
  const conversation = await openTo(upstream.port);
  const { outcomes } = await conversation.send(mail());
  expect(outcomes.get('a@example.org')).toMatchObject({ failure: { code: 550, text: 'No such user' } });
});

interface Refusal {
  readonly what: string;
  readonly behaviour: UpstreamOptions;
  readonly outcomes?: Readonly<Record<string, object>>;
  readonly serverFailure?: object;
}

const delivered = { delivered: true };
const failed = (failure: object): object => ({ delivered: false, failure });
const byName =
  (replies: Readonly<Record<string, string>>) =>
  (address: string): string =>
    replies[address.slice(0, 1)] ?? '250 Ok';

const refusals: readonly Refusal[] = [
  {
    what: 'one of several recipients, in a reply of several lines',
    behaviour: { rcpt: byName({ b: '550-5.1.1 No\r\n550 5.1.1 such user' }) },
    outcomes: {
      a: delivered,
      b: failed({ permanent: true, stage: 'rcpt', code: 550, enhanced: '5.1.1', text: 'No such user' }),
    },
  },
  {
    what: 'all recipients, each with its own words',
    behaviour: { rcpt: byName({ a: '550 5.1.1 Unknown', b: '450 4.2.1 Busy' }) },
    outcomes: { a: failed({ permanent: true, code: 550 }), b: failed({ permanent: false, code: 450 }) },
  },
  {
    what: 'the sender for now',
    behaviour: { mail: '451 4.3.0 Later' },
    outcomes: { a: failed({ permanent: false, stage: 'mail' }), b: failed({ permanent: false, stage: 'mail' }) },
  },
  {
    what: 'the sender for good',
    behaviour: { mail: '550 5.7.1 No' },
    outcomes: { a: failed({ permanent: true, stage: 'mail' }), b: failed({ permanent: true, stage: 'mail' }) },
  },
  {
    what: 'DATA for now, and one recipient for good before',
    behaviour: { rcpt: byName({ b: '550 5.1.1 Unknown' }), data: '451 4.3.0 Later' },
    outcomes: { a: failed({ permanent: false, stage: 'data' }), b: failed({ permanent: true, stage: 'rcpt' }) },
  },
  {
    what: 'the message for good, and one recipient for now before',
    behaviour: { rcpt: byName({ b: '450 4.2.1 Busy' }), final: '554 5.6.0 Bad content' },
    outcomes: { a: failed({ permanent: true, stage: 'data' }), b: failed({ permanent: false, stage: 'rcpt' }) },
  },
  {
    what: 'everything with 421 at MAIL',
    behaviour: { mail: '421 4.3.2 Bye' },
    serverFailure: { code: 421, permanent: false },
  },
  {
    what: 'everything with 421 at a recipient, after one that is unknown',
    behaviour: { rcpt: byName({ a: '550 5.1.1 Unknown', b: '421 4.3.2 Bye' }) },
    outcomes: { a: failed({ permanent: true, code: 550 }) },
    serverFailure: { code: 421 },
  },
  {
    what: 'everything with 421 after the final dot',
    behaviour: { final: '421 4.3.2 Bye' },
    serverFailure: { code: 421 },
  },
  {
    what: 'us without a login',
    behaviour: { mail: '530 5.7.0 Login' },
    serverFailure: { stage: 'auth', permanent: false },
  },
  {
    what: 'us without a login, and every recipient for good after that',
    behaviour: { mail: '530 5.7.0 Login', rcptWithoutSender: '550 5.7.1 Login first' },
    serverFailure: { stage: 'auth', permanent: false },
  },
  { what: 'to go on at MAIL', behaviour: { mail: 'drop' }, serverFailure: { stage: 'mail', permanent: false } },
  {
    what: 'to go on within the message',
    behaviour: { dropDuringData: true },
    outcomes: { a: failed({ permanent: false, stage: 'data' }), b: failed({ permanent: false, stage: 'data' }) },
  },
  {
    what: 'to answer the final dot',
    behaviour: { final: 'drop' },
    outcomes: {
      a: failed({ permanent: false, stage: 'data', text: expect.stringContaining('may have been delivered') }),
      b: failed({ permanent: false, stage: 'data' }),
    },
  },
  {
    what: 'a message over the size it announced',
    behaviour: { extensions: ['SIZE 10'] },
    outcomes: { a: failed({ permanent: true, enhanced: '5.3.4' }), b: failed({ permanent: true }) },
  },
];

const plain = ['8BITMIME', 'DSN'];

test.each(
  refusals.flatMap((row) => [
    { ...row, pipelining: true },
    { ...row, pipelining: false },
  ]),
)(
  'a server that refuses $what, pipelining $pipelining',
  async ({ behaviour, pipelining, outcomes = {}, serverFailure }) => {
    const extensions = pipelining ? ['PIPELINING', ...plain] : plain;
    const upstream = await upstreamWith({ extensions, ...behaviour });
    const conversation = await openTo(upstream.port);
    const result = await conversation.send(mail({ recipients: to('a@example.org', 'b@example.org') }));
    const byLetter = Object.fromEntries(
      [...result.outcomes].map(([address, outcome]) => [address.slice(0, 1), outcome]),
    );
    expect(Object.keys(byLetter).sort()).toEqual(Object.keys(outcomes).sort());
    expect(byLetter).toMatchObject(outcomes);
    if (serverFailure === undefined) expect(result.serverFailure).toBeNull();
    else expect(result.serverFailure).toMatchObject(serverFailure);
  },
);

test('a conversation goes on with RSET after a refusal, and without one after a success', async () => {
  const upstream = await upstreamWith({ rcpt: (_address, time) => (time === 1 ? '550 5.1.1 Unknown' : '250 Ok') });
  const conversation = await openTo(upstream.port);
  await conversation.send(mail());
  for (const subject of ['one', 'two']) {
    const bytes = Buffer.from(`Subject: ${subject}\r\n\r\n`);
    const { outcomes } = await conversation.send(mail({}, bytes));
    expect(outcomes.get('a@example.org')).toMatchObject(delivered);
  }
  expect(upstream.commands.filter((command) => command === 'RSET')).toHaveLength(1);
  expect(upstream.messages.map(({ bytes }) => bytes.toString())).toEqual([
    'Subject: one\r\n\r\n',
    'Subject: two\r\n\r\n',
  ]);
  expect(upstream.connections).toBe(1);
});

test('a server that does not answer RSET well is left', async () => {
  const upstream = await upstreamWith({ rcpt: '550 5.1.1 Unknown', rset: '500 What?' });
  const conversation = await openTo(upstream.port);
  await conversation.send(mail());
  expect((await conversation.send(mail())).serverFailure).toMatchObject({ permanent: false });
  expect(conversation.usable).toBe(false);
});

test.each([
  {
    earlyFinal: '552 5.3.4 Too large',
    outcome: { delivered: false, failure: { permanent: true, code: 552, stage: 'data' } },
  },
  {
    earlyFinal: '250 2.0.0 Ok',
    outcome: {
      delivered: false,
      failure: { permanent: false, stage: 'data', text: expect.stringContaining('may have been delivered') },
    },
  },
])('after an answer in the middle of a message ($earlyFinal) nothing more goes over the connection', async (row) => {
  const upstream = await upstreamWith({ earlyFinal: row.earlyFinal });
  const conversation = await openTo(upstream.port);
  const line = Buffer.from(`${'x'.repeat(998)}\r\n`);
  const source = Readable.from(
    (function* () {
      for (let n = 0; n < 50_000; n += 1) yield line;
    })(),
    { objectMode: false },
  );
  const { outcomes } = await conversation.send(mail({ content: () => source }));
  expect(outcomes.get('a@example.org')).toMatchObject(row.outcome);
  await eventually(() => source.destroyed).toBe(true);
  expect(clock.pendingTimers).toBe(0);
  expect(conversation.usable).toBe(false);
});

test('a file that cannot be read ends the connection, and the server gets no half message', async () => {
  const upstream = await upstreamWith();
  const conversation = await openTo(upstream.port);
  const content = (): Readable =>
    Readable.from(
      (function* () {
        yield Buffer.from('Subject: half\r\n');
        throw new Error('EIO: i/o error');
      })(),
    );
  const { outcomes, serverFailure } = await conversation.send(mail({ content }));
  expect(serverFailure).toBeNull();
  expect(outcomes.get('a@example.org')).toMatchObject(failed({ permanent: false, stage: 'local' }));
  await eventually(() => upstream.openConnections).toBe(0);
  expect(upstream.messages).toEqual([]);
});

test('the message is not opened before the server is ready for it', async () => {
  const upstream = await upstreamWith({ rcpt: '550 5.1.1 Unknown' });
  const conversation = await openTo(upstream.port);
  let opened = 0;
  const content = (): Readable => {
    opened += 1;
    return Readable.from([]);
  };
  await conversation.send(mail({ content }));
  expect(opened).toBe(0);
});

test.each<{ what: string; behaviour: UpstreamOptions; failure: Partial<Failure> }>([
  { what: 'greets with 421', behaviour: { greeting: '421 4.3.2 Busy' }, failure: { stage: 'greeting', code: 421 } },
  {
    what: 'greets with 554',
    behaviour: { greeting: '554-5.7.1 No\r\n554 5.7.1 service' },
    failure: { code: 554, text: 'No service' },
  },
  { what: 'drops at the greeting', behaviour: { greeting: 'drop' }, failure: { stage: 'greeting' } },
  { what: 'answers EHLO with 421', behaviour: { ehlo: '421 Bye' }, failure: { stage: 'greeting', code: 421 } },
  {
    what: 'refuses EHLO and HELO',
    behaviour: { ehlo: '550 No', helo: '550 No' },
    failure: { stage: 'greeting', code: 550 },
  },
  { what: 'drops at EHLO', behaviour: { ehlo: 'drop' }, failure: { stage: 'greeting' } },
])('a server that $what gives no conversation, for now', async ({ behaviour, failure }) => {
  const upstream = await upstreamWith(behaviour);
  expect(await tryOpen(upstream.port)).toMatchObject({ failure: { permanent: false, ...failure } });
});

test('nobody listening is a failure to connect', async () => {
  const upstream = await startUpstream();
  await upstream.stop();
  expect(await tryOpen(upstream.port)).toMatchObject({
    failure: {
      stage: 'connect',
      text: expect.stringContaining(`gw.example.org [127.0.0.1]:${upstream.port}: nothing listens`),
    },
  });
});

test('stopping ends a conversation that is being opened', async () => {
  const upstream = await upstreamWith({ greeting: 'hang' });
  const stop = new AbortController();
  const opening = tryOpen(upstream.port, { signal: stop.signal });
  await eventually(() => upstream.connections).toBe(1);
  stop.abort();
  expect(await opening).toMatchObject({ failure: { permanent: false } });
  await eventually(() => upstream.openConnections).toBe(0);
});

test('cutting a conversation ends its transaction', async () => {
  const upstream = await upstreamWith({ final: 'hang' });
  const conversation = await openTo(upstream.port);
  const result = conversation.send(mail());
  await eventually(() => upstream.commands.includes('DATA')).toBe(true);
  conversation.destroy();
  expect((await result).outcomes.size + ((await result).serverFailure === null ? 0 : 1)).toBe(1);
});

test('QUIT closes the connection, also when it is not answered', async () => {
  const upstream = await upstreamWith();
  const conversation = await openTo(upstream.port);
  conversation.quit();
  await eventually(() => upstream.openConnections).toBe(0);
  expect(upstream.commands.at(-1)).toBe('QUIT');

  const silent = await upstreamWith({ quit: 'hang' });
  const second = await openTo(silent.port);
  second.quit();
  await eventually(() => silent.commands.at(-1)).toBe('QUIT');
  await clock.advance(5_000);
  await eventually(() => silent.openConnections).toBe(0);
});

test('the protocol log has every command and reply, and nothing of the message', async () => {
  const upstream = await upstreamWith({ extensions: ['PIPELINING'], final: '250-2.0.0 Ok\r\n250 2.0.0 queued' });
  const conversation = await openTo(upstream.port, { sessionId: 'outbound-7' });
  await conversation.send(mail({}, Buffer.from('Subject: secret\r\n\r\nsecret\r\n')));
  expect(logged.map(({ direction, method, query, status }) => [direction, method, query, status])).toEqual([
    ['outboundResponse', '', '220 upstream.test.invalid ESMTP', 220],
    ['outboundCommand', 'EHLO', 'relay.test.invalid', 0],
    ['outboundResponse', '', '250-upstream.test.invalid 250 PIPELINING', 250],
    ['outboundCommand', 'MAIL', 'FROM:<ca@corp.example.com>', 0],
    ['outboundCommand', 'RCPT', 'TO:<a@example.org>', 0],
    ['outboundCommand', 'DATA', '', 0],
    ['outboundResponse', '', '250 2.1.0 Ok', 250],
    ['outboundResponse', '', '250 2.1.5 Ok', 250],
    ['outboundResponse', '', '354 Go ahead', 354],
    ['outboundResponse', '', '250-2.0.0 Ok 250 2.0.0 queued', 250],
  ]);
  expect(new Set(logged.map(({ sessionId }) => sessionId))).toEqual(new Set(['outbound-7']));
  expect(new Set(logged.map(({ peerAddress, serverPort }) => `${peerAddress} ${serverPort}`))).toEqual(
    new Set([`127.0.0.1 ${upstream.port}`]),
  );
  expect(JSON.stringify(logged)).not.toContain('secret');
  expect(logged[1]?.bytesSent).toBe('EHLO relay.test.invalid\r\n'.length);
});

test.each([
  { what: 'a bare LF before a dot', sent: 'a\n.\r\nb\r\n', wire: 'a\r\n..\r\nb\r\n.\r\n' },
  { what: 'a bare LF on both sides of a dot', sent: 'a\n.\nb\r\n', wire: 'a\r\n..\r\nb\r\n.\r\n' },
  { what: 'a bare CR before a dot', sent: 'a\r.\r\nb\r\n', wire: 'a\r\n..\r\nb\r\n.\r\n' },
  { what: 'a bare CR after a dot', sent: 'a\r\n.\rb\r\n', wire: 'a\r\n..\r\nb\r\n.\r\n' },
  { what: 'dots at the start of lines', sent: '.\r\n..\r\n.a\r\n', wire: '..\r\n...\r\n..a\r\n.\r\n' },
  { what: 'no line end at the end', sent: 'a', wire: 'a\r\n.\r\n' },
  { what: 'a bare CR at the end', sent: 'a\r', wire: 'a\r\n.\r\n' },
  { what: 'nothing', sent: '', wire: '\r\n.\r\n' },
])('no message ends before its end: $what', async ({ sent, wire }) => {
  const upstream = await upstreamWith();
  const conversation = await openTo(upstream.port);
  // In pieces of one octet, so that every sequence meets the border of chunks, and in one.
  for (const pieces of [[...sent], [sent]]) {
    const content = (): Readable =>
      Readable.from(
        pieces.map((piece) => Buffer.from(piece)),
        { objectMode: false },
      );
    const { outcomes } = await conversation.send(mail({ content }));
    expect(outcomes.get('a@example.org')).toMatchObject(delivered);
  }
  expect(upstream.messages.map(({ raw }) => raw.toString())).toEqual([wire, wire]);
});
