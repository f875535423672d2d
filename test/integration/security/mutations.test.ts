/** Valid conversations with a few octets changed, left out, doubled or moved: the relay stays up and loses nothing. */
import { expect, test } from 'vitest';
import { SmtpDialogue } from '../../fakes/smtp-dialogue.ts';
import { startRelay, until, upstreamWith } from '../relay/stage.ts';

/** By hand with more: MUTATIONS=10000. */
const count = Number(process.env.MUTATIONS ?? 500);
const seed = Number(process.env.SEED ?? 7);
/** Most of the time is spent waiting: a wrong password is answered late. */
const atOnce = Math.max(20, Math.ceil(count / 100));

const dialogues: readonly string[] = [
  'EHLO ca01\r\nMAIL FROM:<ca@example.org>\r\nRCPT TO:<eva@example.org>\r\nDATA\r\nSubject: x\r\n\r\nx\r\n.\r\nQUIT\r\n',
  'HELO ca01\r\nMAIL FROM:<>\r\nRCPT TO:<eva@example.org>\r\nRCPT TO:<jo@example.org>\r\nDATA\r\n..x\r\n.\r\nRSET\r\nQUIT\r\n',
  'EHLO ca01\r\nMAIL FROM:<ca@example.org> SIZE=20 BODY=8BITMIME RET=HDRS ENVID=a+2Bb\r\nRCPT TO:<eva@example.org> NOTIFY=SUCCESS,FAILURE ORCPT=rfc822;eva@example.org\r\nDATA\r\nx\r\n.\r\nQUIT\r\n',
  'EHLO [127.0.0.1]\r\nMAIL FROM:<"a b"@example.org>\r\nRCPT TO:<eva@[192.0.2.1]>\r\nDATA\r\nFrom: a\r\n\r\n\xff\xfe\r\n.\r\nMAIL FROM:<b@example.org>\r\nRCPT TO:<eva@example.org>\r\nDATA\r\ny\r\n.\r\n',
  'EHLO ca01\r\nAUTH PLAIN AGFubmEAcGFzc3dvcmQ=\r\nAUTH LOGIN\r\nYW5uYQ==\r\ncGFzc3dvcmQ=\r\nVRFY eva\r\nHELP\r\nNOOP x\r\nEXPN a\r\nQUIT\r\n',
];

/** Mulberry32. */
function createRandom(start: number): (below: number) => number {
  let state = start >>> 0;
  return (below) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296) * below);
  };
}

const strange = [
  '\r',
  '\n',
  '\0',
  '\r\n',
  '\r\n.\r\n',
  '<',
  '>',
  '@',
  '"',
  ' ',
  ':',
  '\x7f',
  '\xff',
  'x'.repeat(5_000),
  '%s',
  '../',
];

function mutated(text: string, random: (below: number) => number): string {
  let result = text;
  for (let change = 1 + random(4); change > 0; change -= 1) {
    const [at, length] = [random(result.length + 1), 1 + random(12)];
    const [before, piece, after] = [result.slice(0, at), result.slice(at, at + length), result.slice(at + length)];
    const kinds = [
      before + after,
      before + piece + piece + after,
      before + (strange[random(strange.length)] ?? '') + piece + after,
      before + String.fromCharCode(random(256)) + piece.slice(1) + after,
      after + piece + before,
      before,
    ];
    result = kinds[random(kinds.length)] ?? result;
  }
  return result;
}

test(`${count} mutated conversations: what was answered with 250 arrives, memory stays bounded, and the relay serves on`, async () => {
  const gateway = await upstreamWith();
  const relay = await startRelay({
    'delivery.smartHosts': [`127.0.0.1:${gateway.port}`],
    'access.basic': true,
    'access.basicRequiresTls': false,
  });
  const random = createRandom(seed);
  const promised = new Set<string>();

  const play = async (text: string, cut: number, abrupt: boolean): Promise<void> => {
    const client = await SmtpDialogue.connect(relay.port);
    const received: Buffer[] = [];
    client.socket.on('data', (chunk: Buffer) => received.push(chunk));
    client.sendBytes(text.slice(0, cut));
    await new Promise((resolve) => setImmediate(resolve));
    client.sendBytes(text.slice(cut));
    if (abrupt) client.vanish();
    else {
      client.halfClose();
      await client.closed();
    }
    client.close();
    const said = Buffer.concat(received).toString('latin1');
    for (const [, id = ''] of said.matchAll(/^250 2\.6\.0 <?([0-9A-Z]{26})/gm)) promised.add(id);
    // Whatever is said, it is SMTP: no stack, no path, no echo of a control character.
    for (const line of said.split('\r\n').slice(0, -1)) expect(line).toMatch(/^[2-5][0-9]{2}[ -][\x20-\x7e]*$/);
  };

  const playSome = async (): Promise<void> => {
    const batch = Array.from({ length: atOnce }, () => {
      const text = mutated(dialogues[random(dialogues.length)] ?? '', random);
      return play(text, random(text.length + 1), random(8) === 0);
    });
    await Promise.all(batch);
  };
  await playSome();
  const heapBefore = process.memoryUsage().heapUsed;
  for (let played = atOnce; played < count; played += atOnce) await playSome();

  expect(promised.size).toBeGreaterThan(count / 20);
  await relay.empty();
  const arrived = gateway.messages.map(({ bytes }) => bytes.toString('latin1'));
  for (const id of promised)
    expect(
      arrived.filter((text) => text.includes(id)),
      id,
    ).not.toEqual([]);
  await until(async () => (await relay.host.handlers['session.list'](server)).length === 0);
  // All that came in is kept by the gateway of this test; the relay itself keeps none of it.
  const keptByGateway = gateway.messages.reduce((sum, { bytes, raw }) => sum + bytes.length + raw.length, 0);
  expect(process.memoryUsage().heapUsed - heapBefore - keptByGateway).toBeLessThan(200 * 1_048_576);
  await relay.send({ to: ['last@example.org'] });
  await relay.empty();
}, 1_800_000);

const server = { serverId: '1' } as const;
