import { Readable } from 'node:stream';
import { expect, test } from 'vitest';
import type { Transaction } from '../../../electron/delivery/conversation.ts';
import { conversationBench, mail, to } from './conversations.ts';

const { openTo, upstreamWith } = conversationBench();

const text = (...lines: readonly string[]): Buffer => Buffer.from(`${lines.join('\r\n')}\r\n`);
const eightBit = text('Subject: x', 'Content-Type: text/plain; charset=utf-8', '', 'ü');

/** Sends one message to a next hop with these extensions. */
const sendTo = async (extensions: readonly string[], change: Partial<Transaction>, bytes: Buffer) => {
  const upstream = await upstreamWith({ extensions });
  const conversation = await openTo(upstream.port);
  const { outcomes, serverFailure } = await conversation.send(mail(change, bytes));
  expect(serverFailure).toBeNull();
  return { upstream, conversation, outcomes, received: upstream.messages[0] };
};

test('a next hop with 8BITMIME gets eight bits as they are', async () => {
  const { received } = await sendTo(['8BITMIME'], { body: '8BITMIME' }, eightBit);
  expect(received?.mailParameters).toBe('BODY=8BITMIME');
  expect(received?.bytes.equals(eightBit)).toBe(true);
});

test.each(['8BITMIME', '7BIT'] as const)(
  'a next hop without 8BITMIME gets seven bits, declared as %s or not',
  async (body) => {
    const { received } = await sendTo([], { body }, eightBit);
    expect(received?.mailParameters).toBe('');
    expect(received?.bytes.toString()).toBe(
      text(
        'Subject: x',
        'Content-Type: text/plain; charset=utf-8',
        'MIME-Version: 1.0',
        'Content-Transfer-Encoding: quoted-printable',
        '',
        '=C3=BC',
      ).toString(),
    );
  },
);

test('a message in ASCII goes as it is to a next hop without 8BITMIME', async () => {
  const bytes = text('Subject: x', 'Content-Transfer-Encoding: 8bit', '', 'text');
  const { received } = await sendTo([], { body: '8BITMIME' }, bytes);
  expect(received?.bytes.equals(bytes)).toBe(true);
});

test('what cannot be converted fails for good, and the connection goes on', async () => {
  const signed = text('Content-Type: multipart/signed; boundary=b', '', '--b', '', 'ü', '--b--');
  const { upstream, conversation, outcomes } = await sendTo(
    [],
    { recipients: to('a@example.org', 'b@example.org') },
    signed,
  );
  for (const address of ['a@example.org', 'b@example.org']) {
    expect(outcomes.get(address)).toMatchObject({
      delivered: false,
      failure: {
        permanent: true,
        stage: 'local',
        enhanced: '5.6.3',
        text: expect.stringContaining('cannot be converted for a next hop without 8BITMIME'),
      },
    });
  }
  expect(upstream.commands).toEqual(['EHLO relay.test.invalid']);
  expect((await conversation.send(mail())).outcomes.get('a@example.org')).toMatchObject({ delivered: true });
});

test('a file that cannot be read for conversion waits', async () => {
  const content = (): Readable =>
    Readable.from(
      (function* () {
        yield Buffer.from('Subject: x\r\n');
        throw new Error('EIO: i/o error');
      })(),
      { objectMode: false },
    );
  const { outcomes } = await sendTo([], { content }, eightBit);
  expect(outcomes.get('a@example.org')).toMatchObject({
    failure: { permanent: false, stage: 'local', text: expect.stringContaining('EIO') },
  });
});

const utf8 = ['8BITMIME', 'SMTPUTF8'];
const utf8Headers = text('Subject: Prüfung', 'From: ü <ca@example.org>', '', 'x');

test('SMTPUTF8 is asked for when the envelope did, for headers alone as well', async () => {
  const { received } = await sendTo(utf8, { smtpUtf8: true, body: '8BITMIME' }, utf8Headers);
  expect(received?.mailParameters).toBe('BODY=8BITMIME SMTPUTF8');
  expect(received?.bytes.equals(utf8Headers)).toBe(true);
});

test('without SMTPUTF8 at the next hop, declared headers are encoded', async () => {
  const { received } = await sendTo(['8BITMIME'], { smtpUtf8: true, body: '8BITMIME' }, utf8Headers);
  expect(received?.mailParameters).toBe('BODY=8BITMIME');
  expect(received?.bytes.toString()).toBe(
    text('Subject: =?UTF-8?Q?Pr=C3=BCfung?=', 'From: =?UTF-8?Q?=C3=BC?= <ca@example.org>', '', 'x').toString(),
  );
});

test('headers that nobody declared go as they are where eight bits may', async () => {
  const { received } = await sendTo(['8BITMIME'], {}, utf8Headers);
  expect(received?.bytes.equals(utf8Headers)).toBe(true);
});

test('headers that only SMTPUTF8 can carry fail for good without it', async () => {
  const bytes = text('From: ü@example.org', '', 'x');
  const { outcomes } = await sendTo(['8BITMIME'], { smtpUtf8: true }, bytes);
  expect(outcomes.get('a@example.org')).toMatchObject({ failure: { permanent: true, enhanced: '5.6.7' } });
});

test('an address beyond ASCII fails for good without SMTPUTF8, the others do not', async () => {
  const { upstream, outcomes } = await sendTo(
    ['8BITMIME'],
    { recipients: to('ü@example.org', 'a@example.org') },
    text('', 'x'),
  );
  expect(outcomes.get('ü@example.org')).toMatchObject({
    failure: {
      permanent: true,
      stage: 'local',
      enhanced: '5.6.7',
      text: 'The recipient ü@example.org needs SMTPUTF8, which the next hop does not offer.',
    },
  });
  expect(outcomes.get('a@example.org')).toMatchObject({ delivered: true });
  expect(upstream.messages[0]?.recipients.map(({ address }) => address)).toEqual(['a@example.org']);
});

test('a sender beyond ASCII fails for all without SMTPUTF8', async () => {
  const { upstream, outcomes } = await sendTo(['8BITMIME'], { sender: 'ü@example.org' }, text('', 'x'));
  expect(outcomes.get('a@example.org')).toMatchObject({ failure: { permanent: true, enhanced: '5.6.7' } });
  expect(upstream.messages).toEqual([]);
});

test('a domain beyond ASCII has another spelling, and the outcome keeps the first', async () => {
  const recipients = to('a@bücher.example', 'a@xn--bcher-kva.example', 'b@bücher.example');
  for (const extensions of [['8BITMIME'], utf8]) {
    const { outcomes, received } = await sendTo(extensions, { sender: 'ca@bücher.example', recipients }, text('', 'x'));
    expect(received?.mailParameters).toBe('');
    expect(received?.sender).toBe('ca@xn--bcher-kva.example');
    expect(received?.recipients.map(({ address }) => address)).toEqual([
      'a@xn--bcher-kva.example',
      'b@xn--bcher-kva.example',
    ]);
    expect([...outcomes.keys()].sort()).toEqual(recipients.map(({ address }) => address).sort());
    for (const outcome of outcomes.values()) expect(outcome).toMatchObject({ delivered: true });
  }
});

test('a refusal finds back to the recipient as the envelope has it', async () => {
  const upstream = await upstreamWith({ rcpt: '550 5.1.1 Unknown' });
  const conversation = await openTo(upstream.port);
  const { outcomes } = await conversation.send(mail({ recipients: to('a@bücher.example') }));
  expect([...outcomes]).toMatchObject([['a@bücher.example', { delivered: false, failure: { code: 550 } }]]);
});
