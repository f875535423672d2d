/** Ends of data that are none: whatever stands around a dot, what follows stays part of the message or refuses it. */
import { expect, test } from 'vitest';
import { startInbound } from '../../fakes/inbound.ts';
import { SmtpDialogue } from '../../fakes/smtp-dialogue.ts';
import { startRelay, through, until, upstreamWith } from '../relay/stage.ts';

const ends = ['', '\r', '\n', '\r\n', '\r\r', '\n\n', '\n\r', '\r\r\n', '\r\n\n', '\0', '\x85', '\u2028'] as const;
/** RFC 5321 section 4.1.1.4: this alone ends a message. */
const isEnd = (before: string, after: string): boolean => before.endsWith('\r\n') && after.startsWith('\r\n');
const variants = ends.flatMap((before) =>
  ends.filter((after) => !isEnd(before, after)).map((after) => ({ before, after })),
);
const smuggled =
  'MAIL FROM:<admin@bank.example>\r\nRCPT TO:<eva@example.org>\r\nDATA\r\nSubject: forged\r\n\r\nx\r\n.\r\n';
const bytesOf = (text: string): Buffer => Buffer.from(text, 'utf8');

test(`in: ${variants.length} line ends around a dot make one message or none, never two`, async () => {
  const { greet, intake } = await startInbound();
  for (const { before, after } of variants) {
    const client = await greet();
    const counts = { ...intake.counts };
    await client.send('MAIL FROM:<ca@example.org>', '250');
    await client.send('RCPT TO:<eva@example.org>', '250');
    await client.send('DATA', '354');
    client.sendBytes(bytesOf(`Subject: x\r\n\r\na${before}.${after}${smuggled}`));
    const variant = JSON.stringify({ before, after });
    expect(await client.expect(''), variant).toMatch(/^(?:250 2\.6\.0|550 5\.6\.11) /);
    // Nothing of it was taken for a command: the next reply is for this one.
    await client.send('VRFY x', '252');
    expect(intake.counts.begun - counts.begun, variant).toBe(1);
    client.close();
  }
});

test('out: what came in with a dot anywhere is one message at the next hop, byte for byte', async () => {
  const gateway = await upstreamWith();
  const relay = await startRelay(through(gateway));
  const content = `Subject: x\r\n\r\n.\r\n..\r\n.${smuggled.replaceAll('\r\n.\r\n', '\r\n..\r\n')}last\r\n`;
  await relay.send({ content });
  await until(() => gateway.messages.length > 0);
  await relay.empty();
  expect(gateway.messages).toHaveLength(1);
  expect(gateway.messages[0]?.bytes.toString('latin1').endsWith(content)).toBe(true);
  expect(gateway.commands.filter((command) => command.startsWith('MAIL'))).toHaveLength(1);
});

test('a message that ends in the middle of a conversation cut into single octets is still one message', async () => {
  const { port, intake } = await startInbound();
  const client = await SmtpDialogue.connect(port);
  await client.expect('220');
  const all = 'EHLO ca01\r\nMAIL FROM:<a@b>\r\nRCPT TO:<c@d>\r\nDATA\r\n';
  for (const octet of all) client.sendBytes(octet);
  for (const reply of ['250', '250', '250', '354']) await client.expect(reply);
  for (const octet of 'a\r\n..\r\n.\r\nNOOP\r\n') {
    client.sendBytes(octet);
    await new Promise((resolve) => setImmediate(resolve));
  }
  await client.expect('250 2.6.0');
  await client.expect('250 2.0.0');
  expect(intake.counts).toEqual({ begun: 1, committed: 1, aborted: 0 });
  client.close();
});
