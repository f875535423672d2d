/** Clients that never come to an end: they get an answer or the door, and the memory of the relay does not grow with them. */
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { expect, test } from 'vitest';
import { SmtpDialogue } from '../../fakes/smtp-dialogue.ts';
import { patience, startRelay, upstreamWith, type WholeRelay } from '../relay/stage.ts';

const megabyte = 1_048_576;
/** What is still referred to: garbage says nothing about bounds. */
setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;
const memoryBytes = (): number => {
  collectGarbage();
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return heapUsed + arrayBuffers;
};

/** Sends pieces until so much is out or the relay hangs up. */
async function pour({ socket }: SmtpDialogue, piece: Buffer, megabytes: number): Promise<void> {
  const closed = new Promise<void>((resolve) => socket.once('close', () => resolve()));
  for (let sent = 0; sent < megabytes * megabyte && !socket.destroyed && socket.writable; sent += piece.length) {
    if (socket.write(piece)) continue;
    await Promise.race([new Promise<void>((resolve) => socket.once('drain', () => resolve())), closed]);
  }
}

const begin = async (relay: WholeRelay): Promise<SmtpDialogue> => {
  const client = await SmtpDialogue.connect(relay.port);
  await client.expect('220');
  await client.send('EHLO CA01', '250');
  return client;
};

const inTransaction = async (relay: WholeRelay): Promise<SmtpDialogue> => {
  const client = await begin(relay);
  await client.send('MAIL FROM:<ca@example.org>', '250');
  return client;
};

const inData = async (relay: WholeRelay): Promise<SmtpDialogue> => {
  const client = await inTransaction(relay);
  await client.send('RCPT TO:<eva@example.org>', '250');
  await client.send('DATA', '354');
  return client;
};

const start = async (): Promise<WholeRelay> => {
  const gateway = await upstreamWith();
  return await startRelay({
    'delivery.smartHosts': [`127.0.0.1:${gateway.port}`],
    'messages.sizeLimit': megabyte,
    'messages.sessionSizeLimit': null,
    'messages.badCommandLimit': null,
  });
};

test.each([
  { what: 'a message', open: inData, text: `${'x'.repeat(76)}\r\n`, megabytes: 40 },
  { what: 'a line of a message', open: inData, text: 'x', megabytes: 40 },
  { what: 'a header', open: inData, text: 'X-Header: x\r\n', megabytes: 40 },
  { what: 'a folded header field', open: inData, text: ' x\r\n', megabytes: 40 },
  { what: 'a command line', open: begin, text: 'x', megabytes: 40 },
  {
    what: 'a list of recipients',
    open: inTransaction,
    text: `RCPT TO:<${'x'.repeat(200)}@example.org>\r\n`,
    megabytes: 4,
  },
  { what: 'commands nobody knows', open: begin, text: `X ${'x'.repeat(200)}\r\n`, megabytes: 4 },
])('$what without end', async ({ open, text, megabytes }) => {
  const relay = await start();
  const client = await open(relay);
  client.socket.resume();
  const before = memoryBytes();
  await pour(client, Buffer.from(text.repeat(Math.ceil(65_536 / text.length))), megabytes);
  // A quarter of what was sent, whatever the sockets of both sides hold; buffers are given back some turns later.
  const riseMegabytes = () => (memoryBytes() - before) / megabyte;
  await expect.poll(riseMegabytes, patience).toBeLessThan(Math.max(megabytes / 4, 3));
  client.vanish();
  await relay.send();
  await relay.empty();
});
