import { expect, test, vi } from 'vitest';
import { patience, startInbound } from '../../fakes/inbound.ts';
import type { SmtpDialogue } from '../../fakes/smtp-dialogue.ts';

const mail = { from: 'a@b', to: ['c@d'] };
const mebibyte = 1_048_576;
const lines = (bytes: number): string => `${'x'.repeat(98)}\r\n`.repeat(Math.ceil(bytes / 100));

async function startData(client: SmtpDialogue): Promise<void> {
  await client.send('MAIL FROM:<a@b>', '250');
  await client.send('RCPT TO:<c@d>', '250');
  await client.send('DATA', '354');
}

test.each([
  { name: 'a small limit', limit: 2_048, readBytes: 10 * mebibyte },
  { name: 'a large limit', limit: 6 * mebibyte, readBytes: 18 * mebibyte },
])('messages.sizeLimit: whoever goes on and on is answered and cut off; $name', async ({ limit, readBytes }) => {
  const { greet, intake, server } = await startInbound({
    'messages.sizeLimit': limit,
    'messages.sessionSizeLimit': null,
  });
  const client = await greet();
  await startData(client);
  client.sendBytes(lines(readBytes - mebibyte)); // as much as is read without a final dot
  await vi.waitFor(() => expect(client.socket.writableLength).toBe(0), patience);
  expect(server.sessions()).toMatchObject([{ phase: 'data' }]);
  client.sendBytes(lines(3 * mebibyte));
  expect(await client.expect('552')).toBe('552 5.3.4 Message size exceeds fixed maximum message size');
  await client.closed();
  expect(intake.counts).toEqual({ begun: 1, committed: 0, aborted: 1 });
  client.close();
  await vi.waitFor(() => expect(server.sessions()).toEqual([]), patience);
});

test('a message that is refused for another reason is not read for ever either', async () => {
  const { greet, server } = await startInbound({ 'messages.sizeLimit': null, 'messages.sessionSizeLimit': null });
  const client = await greet();
  await startData(client);
  client.sendBytes('bare\nline end\r\n');
  client.sendBytes(lines(12 * mebibyte));
  await client.expect('550 5.6.11');
  await client.closed();
  client.close();
  await vi.waitFor(() => expect(server.sessions()).toEqual([]), patience);
});

test('messages.sessionSizeLimit: beyond it the message is refused and the connection closed', async () => {
  const { greet, intake } = await startInbound({ 'messages.sessionSizeLimit': 10_000 });
  const client = await greet();
  await client.mail(mail, lines(6_000), '250 2.6.0');
  await client.mail(mail, lines(6_000), '421 4.7.0 Session size exceeded');
  await client.closed();
  expect(intake.counts).toEqual({ begun: 2, committed: 1, aborted: 1 });
  await (await greet()).mail(mail, lines(6_000), '250 2.6.0');
});

test('messages.sessionSizeLimit: reached exactly, the next MAIL is told to come again', async () => {
  const { greet } = await startInbound({ 'messages.sessionSizeLimit': 6_000 });
  const client = await greet();
  await client.mail(mail, lines(6_000), '250 2.6.0');
  await client.send('MAIL FROM:<a@b>', '421 4.7.0 Session size exceeded');
  await client.closed();
});

test('messages.sessionSizeLimit: octets of refused messages count, too', async () => {
  const { greet } = await startInbound({ 'messages.sessionSizeLimit': 6_000, 'messages.sizeLimit': 1_024 });
  const client = await greet();
  await client.mail(mail, lines(5_000), '552 5.3.4');
  await client.mail(mail, lines(1_000), '250');
  await client.send('MAIL FROM:<a@b>', '421 4.7.0');
});

test('messages.inboundMessagesPerConnection: the next MAIL is told to come again', async () => {
  const { greet, set } = await startInbound({ 'messages.inboundMessagesPerConnection': 2 });
  const client = await greet();
  await client.mail(mail, 'bare\nlf\r\n', '550'); // only accepted ones count
  for (let turn = 0; turn < 2; turn += 1) await client.mail(mail, 'hello\r\n', '250 2.6.0');
  await client.send('MAIL FROM:<a@b>', '421 4.7.0 Too many messages on this connection');
  await client.closed();
  set({ 'messages.inboundMessagesPerConnection': null });
  const unlimited = await greet();
  for (let turn = 0; turn < 5; turn += 1) await unlimited.mail(mail, 'hello\r\n', '250 2.6.0');
});

test.each([
  { name: 'unknown', line: 'WHAT', reply: '500' },
  { name: 'too long', line: `NOOP ${'x'.repeat(5_000)}`, reply: '500 5.5.2 Command line is too long' },
  { name: 'malformed', line: 'MAIL FROM:a@b', reply: '501' },
  { name: 'out of order', line: 'DATA', reply: '503' },
  { name: 'with an unknown parameter', line: 'MAIL FROM:<a@b> X=1', reply: '555' },
])('messages.badCommandLimit: commands that are $name', async ({ line, reply }) => {
  const { greet, set } = await startInbound({ 'messages.badCommandLimit': 3 });
  const client = await greet();
  for (let turn = 0; turn < 3; turn += 1) {
    await client.send(line, reply);
    await client.send('NOOP', '250'); // good ones in between change nothing
  }
  await client.send(line, '421 4.7.0 Too many bad commands');
  await client.closed();
  set({ 'messages.badCommandLimit': null });
  const unlimited = await greet();
  for (let turn = 0; turn < 30; turn += 1) await unlimited.send(line, reply);
});

test('refused recipients are no bad commands', async () => {
  const { greet } = await startInbound({ 'messages.badCommandLimit': 1, 'access.relayList': [] });
  const client = await greet();
  await client.send('MAIL FROM:<a@b>', '250');
  for (let turn = 0; turn < 5; turn += 1) await client.send('RCPT TO:<c@d>', '550');
});

test('a command line that is too long is answered, and what stands behind it is executed', async () => {
  const { greet, intake } = await startInbound();
  const client = await greet();
  const tooLong = `RCPT TO:<${'x'.repeat(5_000)}@d>\r\n`;
  client.sendBytes(
    `MAIL FROM:<a@b>\r\n${tooLong}RCPT TO:<c@d>\r\n${tooLong}DATA\r\n${'y'.repeat(70_000)}\r\n.\r\nNOOP\r\n`,
  );
  for (const reply of ['250', '500 5.5.2', '250 2.1.5', '500 5.5.2', '354', '250 2.6.0', '250'])
    await client.expect(reply);
  expect(intake.kept[0]?.content.length).toBe(70_002);
});

test('a flood without a line end is cut', async () => {
  const { greet, server } = await startInbound();
  const client = await greet();
  client.sendBytes('x'.repeat(4_000));
  await client.send('x'.repeat(4_000), '500 5.5.2');
  await client.send('NOOP', '250');
  client.sendBytes('x'.repeat(200_000));
  await client.expect('500 5.5.2');
  await client.expect('421 4.5.0');
  await client.closed();
  client.close();
  await vi.waitFor(() => expect(server.sessions()).toEqual([]), patience);
});

const received = (by: string, id: string): string =>
  `received: from x ([192.0.2.1])\r\n\tby ${by} with ESMTP\r\n\tid ${id}; Tue, 1 Jan 2030 00:00:00 +0000\r\n`;
const foreign = (count: number): string => received('mail.example.net', 'a1b2').repeat(count);
const ours = (count: number): string => received('RELAY.example.org', '01JGFJJZ0000000000000ABCDE').repeat(count);

test.each([
  { name: 'as many hops as allowed', header: foreign(10), reply: '250 2.6.0' },
  { name: 'one hop more', header: foreign(11), reply: '554 5.4.6 Too many hops' },
  { name: 'twice through here', header: ours(2), reply: '250 2.6.0' },
  { name: 'three times through here', header: foreign(1) + ours(3), reply: '554 5.4.6 Mail loop' },
  { name: 'Received lines in the text', header: `Subject: x\r\n\r\n${foreign(20)}`, reply: '250 2.6.0' },
])('delivery.hopLimit: $name', async ({ header, reply }) => {
  const { greet, intake } = await startInbound({ 'delivery.hopLimit': 10 });
  const client = await greet();
  await client.mail(mail, `${header}\r\nhello\r\n`, reply);
  expect(intake.counts.committed).toBe(reply.startsWith('250') ? 1 : 0);
  await client.mail(mail, '\r\nhello\r\n', '250 2.6.0');
});
