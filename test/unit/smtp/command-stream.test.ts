import fc from 'fast-check';
import { expect, test } from 'vitest';
import { CommandStream } from '../../../electron/smtp/command-stream.ts';

const maxBytes = 20;
const tooLong = '<too long>';

interface Heard {
  readonly lines: string[];
  readonly messages: string[];
  floods: number;
  pending: boolean;
}

/** Feeds the pieces one by one; 'DATA' starts a message. Half of the commands are answered later, half at once. */
async function feed(pieces: readonly string[]): Promise<Heard> {
  const heard: Heard = { lines: [], messages: [], floods: 0, pending: false };
  const stream = new CommandStream(maxBytes, {
    command: (line, done = () => undefined) => {
      heard.lines.push(line.toString('latin1'));
      if (line.toString() === 'DATA') {
        const message: Buffer[] = [];
        stream
          .startDataMode(0)
          .on('data', (chunk: Buffer) => message.push(chunk))
          .on('end', () => {
            heard.messages.push(Buffer.concat(message).toString('latin1'));
            stream.continue();
          });
        done();
      } else if (heard.lines.length % 2 === 0) {
        setImmediate(done);
      } else {
        done();
      }
    },
    lineTooLong: () => heard.lines.push(tooLong),
    flood: () => {
      heard.floods += 1;
    },
    partialLine: (pending) => {
      heard.pending = pending;
    },
  });
  for (const piece of pieces) {
    await new Promise<void>((resolve) => void stream.write(Buffer.from(piece, 'latin1'), () => resolve()));
  }
  return heard;
}

/** Cuts a text at the given places. */
function cut(text: string, places: readonly number[]): string[] {
  const sorted = [...new Set(places.map((place) => place % (text.length + 1)))].sort((one, other) => one - other);
  return [0, ...sorted].map((from, index) => text.slice(from, sorted[index]));
}

test('lines are the same however they arrive, and one that is too long costs nobody else', async () => {
  const shortLine = fc.stringMatching(/^(?:[A-Z ]{0,5}|[A-Z ]{19,20})$/).filter((line) => line !== 'DATA');
  const longLine = fc.stringMatching(/^[A-Z ]{21,70}$/);
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.oneof(shortLine, longLine), { maxLength: 8 }),
      fc.array(fc.nat(600), { maxLength: 10 }),
      async (lines, places) => {
        const { lines: heard, floods } = await feed(cut(lines.map((line) => `${line}\r\n`).join(''), places));
        expect(heard).toEqual(lines.map((line) => (line.length > maxBytes ? tooLong : line)));
        expect(floods).toBe(0);
      },
    ),
    { numRuns: 300 },
  );
});

test('a long line of a message is one, even when DATA stands before it in the same piece', async () => {
  const text = `${'y'.repeat(50)}\r\n`;
  const conversation = `${'x'.repeat(30)}\r\nDATA\r\n${text}.\r\nNOOP\r\n${'z'.repeat(30)}\r\nQUIT\r\n`;
  await fc.assert(
    fc.asyncProperty(fc.array(fc.nat(conversation.length), { maxLength: 8 }), async (places) => {
      const heard = await feed(cut(conversation, places));
      expect(heard.lines).toEqual([tooLong, 'DATA', 'NOOP', tooLong, 'QUIT']);
      expect(heard.messages).toEqual([text]);
    }),
  );
});

test.each([
  { name: 'just fits', line: 'x'.repeat(20), heard: 'x'.repeat(20) },
  { name: 'is one octet too long', line: 'x'.repeat(21), heard: tooLong },
])('a line that $name', async ({ line, heard }) => {
  expect((await feed([`${line}\r\n`])).lines).toEqual([heard]);
  expect((await feed([`${line}\n`])).lines).toEqual([heard]);
  expect((await feed([...line, '\r\n'])).lines).toEqual([heard]);
  expect((await feed([`${line}\r`, '\n'])).lines).toEqual([heard]);
});

test.each([
  { pieces: ['NO'], pending: true },
  { pieces: ['NO', 'OP\r\n'], pending: false },
  { pieces: ['NOOP\r\nNO'], pending: true },
  { pieces: ['x'.repeat(30)], pending: true },
  { pieces: ['x'.repeat(30), 'x\r\n'], pending: false },
  { pieces: ['DATA\r\nhalf a message'], pending: false },
])('a line waits for its end after $pieces: $pending', async ({ pieces, pending }) => {
  expect((await feed(pieces)).pending).toBe(pending);
});

test('what never ends is cut, and does not fill the memory', async () => {
  const pieces = Array.from({ length: 70 }, () => 'x'.repeat(1_000));
  const heard = await feed(pieces);
  expect(heard.lines).toEqual([tooLong]);
  expect(heard.floods).toBeGreaterThan(0);
  expect((await feed(pieces.slice(0, 60))).floods).toBe(0);
});

test('messages that came in one piece are all worked off, and what follows them', async () => {
  const heard = await feed(['DATA\r\nx\r\n.\r\nDATA\r\ny\r\n.\r\nDATA\r\nz\r\n.\r\nNOOP\r\n', 'QUIT\r\n']);
  expect(heard.messages).toEqual(['x\r\n', 'y\r\n', 'z\r\n']);
  expect(heard.lines).toEqual(['DATA', 'DATA', 'DATA', 'NOOP', 'QUIT']);
});
