import { describe, expect, test } from 'vitest';
import type { Progress } from '../../../../renderer/app/ProgressBar.tsx';
import { mailboxEntry } from '../../../../renderer/queue/mailbox.ts';
import { type ReadPiece, readMailbox, readMessage } from '../../../../renderer/queue/message-files.ts';
import { problem } from '../../../../shared/contract/problem.ts';
import { queueRow } from './rows.ts';

const receivedAtMs = Date.parse('2030-01-01T02:03:04Z');
const entry = (source: string, sender = 'ca@ca01.example.org') => mailboxEntry({ sender, receivedAtMs, source });

describe('one message in a mailbox (RFC 4155)', () => {
  test('stands between its separator line and an empty line, with the line ends of Unix', () => {
    expect(entry('Subject: hi\r\n\r\nHello\r\n')).toBe(
      'From ca@ca01.example.org Tue Jan  1 02:03:04 2030\nSubject: hi\n\nHello\n\n',
    );
  });

  test('ends with an empty line even when the message has no last line end', () => {
    expect(entry('\r\nHello')).toMatch(/\n\nHello\n\n$/);
  });

  test('a report has no sender, and an address never ends early', () => {
    expect(entry('\r\n', '')).toMatch(/^From MAILER-DAEMON Tue /);
    expect(entry('\r\n', '"two words"@example.org')).toMatch(/^From "two\?words"@example\.org Tue /);
    expect(entry('\r\n', 'müller@example.org')).toMatch(/^From m\?ller@example\.org Tue /);
  });

  test('lines that look like a separator are quoted so that they can be had back', () => {
    const source = 'X: 1\r\n\r\nFrom here\r\n>From there\r\n From elsewhere\r\nfrom below\r\nFrom\r\n';
    const [, ...lines] = entry(source).split('\n');
    expect(lines).toEqual([
      ...['X: 1', '', '>From here', '>>From there', ' From elsewhere', 'from below', 'From', '', ''],
    ]);
    const back = lines.map((line) => line.replace(/^>(?=>*From )/, '')).join('\r\n');
    expect(back).toBe(`${source}\r\n`);
  });

  test('a message that begins like a separator is quoted as well', () => {
    expect(entry('From me\r\n').split('\n')[1]).toBe('>From me');
  });
});

describe('reading messages', () => {
  const sources = new Map([
    [queueRow(1).id, 'Subject: one\r\n\r\nä\r\n'],
    [queueRow(2).id, `Subject: two\r\n\r\n${'x'.repeat(600_000)}\r\n`],
  ]);
  const read: ReadPiece = async (id, { offsetBytes, limitBytes }) => {
    const source = sources.get(id);
    if (source === undefined) throw problem('notFound', 'It is gone.');
    return { totalBytes: source.length, text: source.slice(offsetBytes, offsetBytes + limitBytes) };
  };
  const control = () => {
    const seen: Progress[] = [];
    const controller = new AbortController();
    return { controller, seen, signal: controller.signal, onProgress: (progress: Progress) => seen.push(progress) };
  };
  const latin1 = async (blob: Blob) => Buffer.from(await blob.arrayBuffer()).toString('latin1');

  test('a message comes in pieces, byte by byte', async () => {
    const { seen, ...rest } = control();
    const blob = await readMessage(queueRow(2).id, read, rest);
    expect(await latin1(blob)).toBe(sources.get(queueRow(2).id));
    expect(seen.map(({ done }) => done)).toEqual([262_144, 524_288, 600_018]);
    expect(seen.every(({ total }) => total === 600_018)).toBe(true);
  });

  test('a character of the contract is one byte of the file', async () => {
    const bytes = new Uint8Array(await (await readMessage(queueRow(1).id, read, control())).arrayBuffer());
    expect([...bytes].at(-3)).toBe(0xe4);
  });

  test('a mailbox has the messages in their order; those that are gone are counted', async () => {
    const { seen, ...rest } = control();
    const file = await readMailbox([queueRow(2), queueRow(3), queueRow(1)], read, rest);
    const text = await latin1(file.content);
    expect({ exported: file.exported, missing: file.missing }).toEqual({ exported: 2, missing: 1 });
    expect([...text.matchAll(/^Subject: (.*)$/gm)].map(([, subject]) => subject)).toEqual(['two', 'one']);
    expect(text.match(/^From /gm)).toHaveLength(2);
    expect(seen).toEqual([
      { done: 1, total: 3 },
      { done: 2, total: 3 },
      { done: 3, total: 3 },
    ]);
  });

  test('whoever cancels gets nothing more read', async () => {
    const { controller, ...rest } = control();
    const asked: string[] = [];
    const cancelling: ReadPiece = async (id, piece) => {
      asked.push(id);
      controller.abort();
      return await read(id, piece);
    };
    await expect(readMailbox([queueRow(1), queueRow(2)], cancelling, rest)).rejects.toThrow('aborted');
    expect(asked).toEqual([queueRow(1).id]);
  });

  test('any other failure is told', async () => {
    const failing: ReadPiece = async () => {
      throw problem('storage', 'The file cannot be read.');
    };
    await expect(readMailbox([queueRow(1)], failing, control())).rejects.toThrow('The file cannot be read.');
  });
});
