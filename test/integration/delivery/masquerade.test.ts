import { expect, test } from 'vitest';
import { conversationBench, mail } from './conversations.ts';

const { openTo, upstreamWith } = conversationBench();
const masquerade = { domain: 'example.com', localDomains: ['corp.example.com'] };
const message = (from: string): Buffer =>
  Buffer.from(`From: CA\r\n <${from}>\r\nSubject: x\r\n\r\nca@corp.example.com\r\n`);

test('delivery.masqueradeDomain takes the place of our domains in sender and From', async () => {
  const upstream = await upstreamWith();
  const conversation = await openTo(upstream.port);
  await conversation.send(mail({ masquerade }, message('ca@corp.example.com')));
  await conversation.send(mail({ masquerade, sender: '' }, message('postmaster@relay.test.invalid')));
  await conversation.send(mail({ masquerade: null }, message('ca@corp.example.com')));
  expect(upstream.messages.map(({ sender, bytes }) => ({ sender, bytes: bytes.toString() }))).toEqual([
    { sender: 'ca@example.com', bytes: message('ca@example.com').toString() },
    { sender: '', bytes: message('postmaster@example.com').toString() },
    { sender: 'ca@corp.example.com', bytes: message('ca@corp.example.com').toString() },
  ]);
});
