import { Readable } from 'node:stream';
import { expect, test } from 'vitest';
import type { Failure } from '../../../shared/contract/messages.ts';
import { eventually } from '../../fakes/eventually.ts';
import type { UpstreamOptions } from '../../fakes/upstream.ts';
import { conversationBench, mail, timeouts } from './conversations.ts';

const { clock, failureOf, logged, openTo, upstreamWith } = conversationBench();

test('delivery.connectTimeout: an address that does not answer is given up', async () => {
  const upstream = await upstreamWith();
  const failure = failureOf(upstream.port);
  // No input or output happens between microtasks: the connection cannot be there yet.
  while (clock.pendingTimers === 0) await Promise.resolve();
  await clock.advance(timeouts.connectTimeoutMs);
  expect(await failure).toMatchObject({
    permanent: false,
    stage: 'connect',
    text: `gw.example.org [127.0.0.1]:${upstream.port}: no answer in time.`,
  });
  await eventually(() => upstream.openConnections).toBe(0);
  expect(upstream.commands).toEqual([]);
});

test.each<{
  what: string;
  behaviour: UpstreamOptions;
  limitMs: number;
  seen: string;
  stage: Failure['stage'];
  words: string;
}>([
  {
    what: 'delivery.greetingTimeout: the greeting',
    behaviour: { greeting: 'hang' },
    limitMs: timeouts.greetingTimeoutMs,
    seen: '',
    stage: 'greeting',
    words: 'no greeting within 40 seconds',
  },
  {
    what: 'delivery.commandTimeout: the answer to EHLO',
    behaviour: { ehlo: 'hang' },
    limitMs: timeouts.commandTimeoutMs,
    seen: 'EHLO relay.test.invalid',
    stage: 'greeting',
    words: 'no answer to EHLO within 50 seconds',
  },
])(
  '$what has a limit, and an octet now and then does not move it',
  async ({ behaviour, limitMs, seen, stage, words }) => {
    const upstream = await upstreamWith(behaviour);
    const failure = failureOf(upstream.port);
    await eventually(() => upstream.connections).toBe(1);
    if (seen !== '') await eventually(() => upstream.commands).toContain(seen);
    else await eventually(() => clock.pendingTimers).toBe(1);
    for (const octet of '220') {
      upstream.dripToAll(octet);
      await clock.advance(limitMs / 4);
    }
    expect(upstream.openConnections).toBe(1);
    await clock.advance(limitMs / 4);
    expect(await failure).toMatchObject({ permanent: false, stage, text: expect.stringContaining(words) });
    await eventually(() => upstream.openConnections).toBe(0);
  },
);

test.each([{ extensions: ['PIPELINING'] }, { extensions: [] }])(
  'delivery.commandTimeout: the answer to a recipient has a limit ($extensions)',
  async ({ extensions }) => {
    const upstream = await upstreamWith({ extensions, rcpt: 'hang' });
    const conversation = await openTo(upstream.port);
    const result = conversation.send(mail());
    await eventually(() => upstream.commands).toContain('RCPT TO:<a@example.org>');
    upstream.dripToAll('250-still\r\n25');
    await clock.advance(timeouts.commandTimeoutMs - 1);
    expect(conversation.usable).toBe(true);
    await clock.advance(1);
    expect(await result).toMatchObject({
      serverFailure: { permanent: false, text: expect.stringContaining('within 50 seconds') },
    });
    expect(conversation.usable).toBe(false);
  },
);

test.each(['hang', 'silent', 'broken'] as const)(
  'delivery.commandTimeout: STARTTLS that ends in %s gives way to clear text',
  async (startTls) => {
    const upstream = await upstreamWith({ startTls });
    const opening = openTo(upstream.port);
    if (startTls !== 'broken') {
      await eventually(() => upstream.commands).toContain('STARTTLS');
      if (startTls === 'silent') await eventually(() => logged.at(-1)?.query).toContain('Ready to start TLS');
      await clock.advance(timeouts.commandTimeoutMs);
    }
    expect((await opening).encrypted).toBe(false);
    expect(upstream.connections).toBe(2);
  },
);

test('delivery.finalReplyTimeout: without an answer to the final dot nobody knows', async () => {
  const upstream = await upstreamWith({ final: 'hang' });
  const conversation = await openTo(upstream.port);
  const result = conversation.send(mail());
  await eventually(() => upstream.commands).toContain('DATA');
  await eventually(() => upstream.unanswered).toBe(1);
  await clock.advance(timeouts.finalReplyTimeoutMs - 1);
  expect(conversation.usable).toBe(true);
  upstream.dripToAll('2');
  await clock.advance(1);
  const { outcomes, serverFailure } = await result;
  expect(serverFailure).toBeNull();
  expect(outcomes.get('a@example.org')).toMatchObject({
    delivered: false,
    failure: {
      permanent: false,
      stage: 'data',
      text: 'The server did not confirm the message (no answer to the end of the message within 60 seconds). It may have been delivered.',
    },
  });
});

test('an answer to the final dot just in time counts', async () => {
  const upstream = await upstreamWith({ final: 'hang' });
  const conversation = await openTo(upstream.port);
  const result = conversation.send(mail());
  await eventually(() => upstream.unanswered).toBe(1);
  await clock.advance(timeouts.finalReplyTimeoutMs - 1);
  upstream.sayToAll('250 2.0.0 Ok at last');
  expect((await result).outcomes.get('a@example.org')).toMatchObject({
    delivered: true,
    reply: '250 2.0.0 Ok at last',
  });
  expect(clock.pendingTimers).toBe(0);
});

test('delivery.connectionTimeout: a server that takes nothing of the message is left', async () => {
  const upstream = await upstreamWith({ stallDuringData: true });
  const conversation = await openTo(upstream.port);
  let read = 0;
  const content = (): Readable =>
    Readable.from(
      (function* () {
        for (; read < 1_000; read += 1) yield Buffer.alloc(65_536, 'x');
      })(),
      { objectMode: false, highWaterMark: 65_536 },
    );
  const result = conversation.send(mail({ content }));
  let before = -1;
  await eventually(() => {
    const isStill = read > 0 && read === before;
    before = read;
    return isStill;
  }).toBe(true);
  await clock.advance(timeouts.idleTimeoutMs - 1);
  expect(conversation.usable).toBe(true);
  await clock.advance(1);
  expect((await result).outcomes.get('a@example.org')).toMatchObject({
    failure: {
      permanent: false,
      stage: 'data',
      text: expect.stringContaining('took nothing of the message within 70 seconds'),
    },
  });
});

test('delivery.connectionTimeout: a server that takes a little now and then has that long once more for each megabyte begun', async () => {
  const upstream = await upstreamWith();
  const conversation = await openTo(upstream.port);
  let wanted = 0;
  let next: () => void = () => undefined;
  // A server that takes one piece a minute looks from here like a source that is asked for one a minute.
  const content = (): Readable =>
    Readable.from(
      (async function* () {
        for (;;) {
          yield Buffer.alloc(1_024, 'x');
          wanted += 1;
          await new Promise<void>((resolve) => {
            next = resolve;
          });
        }
      })(),
      { objectMode: false },
    );
  const result = conversation.send(mail({ content, sizeBytes: 2.5 * 1_048_576 }));
  const limitMs = 4 * timeouts.idleTimeoutMs;
  const pauseMs = timeouts.idleTimeoutMs - 1;
  let passedMs = 0;
  const takeSome = async (): Promise<void> => {
    const before = wanted;
    next();
    await eventually(() => wanted).toBe(before + 1);
  };
  await eventually(() => wanted).toBe(1);
  while (passedMs + pauseMs < limitMs) {
    await takeSome();
    await clock.advance(pauseMs);
    passedMs += pauseMs;
  }
  await takeSome();
  expect(conversation.usable).toBe(true);
  await clock.advance(limitMs - passedMs);
  expect((await result).outcomes.get('a@example.org')).toMatchObject({
    failure: {
      permanent: false,
      stage: 'data',
      text: expect.stringContaining('did not take the message within 280 seconds'),
    },
  });
  next();
  expect(clock.pendingTimers).toBe(0);
});

test('delivery.connectionTimeout: no stage is longer than it', async () => {
  const upstream = await upstreamWith({ rcpt: 'hang' });
  const conversation = await openTo(upstream.port, { timeouts: { ...timeouts, idleTimeoutMs: 10_000 } });
  const result = conversation.send(mail());
  await eventually(() => upstream.commands).toContain('RCPT TO:<a@example.org>');
  await clock.advance(10_000);
  expect(await result).toMatchObject({ serverFailure: { text: expect.stringContaining('within 10 seconds') } });
});

test('an idle conversation has no limit of its own, and none is left behind when it ends', async () => {
  const upstream = await upstreamWith();
  const conversation = await openTo(upstream.port);
  await conversation.send(mail());
  expect(clock.pendingTimers).toBe(0);
  await clock.advance(86_400_000);
  expect(conversation.usable).toBe(true);
  conversation.destroy();
  expect(clock.pendingTimers).toBe(0);
});
