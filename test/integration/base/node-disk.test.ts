import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createNodeDisk } from '../../../electron/base/node-disk.ts';

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'smtp-relay-disk-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

// The way of Windows works elsewhere too: it flushes files instead of folders.
/** A folder can be flushed nowhere on Windows; its own ways work on Linux as well. */
const platforms = process.platform === 'win32' ? (['win32'] as const) : (['linux', 'win32'] as const);

describe.each(platforms)('as on %s', (platform) => {
  const disk = createNodeDisk({ platform, wait: async () => undefined });
  const at = (name: string): string => join(folder, name);

  async function write(name: string, content: Uint8Array | string): Promise<void> {
    const writer = await disk.createFile(at(name));
    await writer.write(Buffer.from(content));
    await writer.sync();
    await writer.close();
  }

  test('a file is written, renamed over another one, read and removed', async () => {
    const content = Buffer.from(Array.from({ length: 300_000 }, (_, index) => index % 256));
    await write('old', 'old');
    await write('new', content);
    await disk.rename(at('new'), at('old'));
    await disk.syncFolder(folder);
    expect((await disk.readFile(at('old'))).equals(content)).toBe(true);
    expect(await disk.sizeBytes(at('old'))).toBe(300_000);
    expect(await disk.list(folder)).toEqual([{ name: 'old', isFile: true }]);
    await disk.remove(at('old'));
    await disk.remove(at('old'));
    expect(await disk.list(folder)).toEqual([]);
  });

  test('several writes follow one another', async () => {
    const writer = await disk.createFile(at('file'));
    for (const text of ['one ', 'two ', '', 'three']) await writer.write(Buffer.from(text));
    await writer.close();
    expect((await disk.readFile(at('file'))).toString()).toBe('one two three');
  });

  test('an existing file is not overwritten by a new one', async () => {
    await write('file', 'first');
    await expect(disk.createFile(at('file'))).rejects.toMatchObject({ code: 'EEXIST' });
  });

  test.each([
    { maxBytes: 0, head: '' },
    { maxBytes: 4, head: 'abcd' },
    { maxBytes: 10, head: 'abcdefghij' },
    { maxBytes: 1_000, head: 'abcdefghij' },
  ])('the first $maxBytes bytes', async ({ maxBytes, head }) => {
    await writeFile(at('file'), 'abcdefghij');
    expect((await disk.readHead(at('file'), maxBytes)).toString()).toBe(head);
  });

  test('what was read stays as it is, whatever is read at the same time and afterwards', async () => {
    const names = Array.from({ length: 100 }, (_, index) => `file-${index}`);
    for (const name of names) await writeFile(at(name), name.repeat(1_000));
    const heads = await Promise.all(names.map((name) => disk.readHead(at(name), 65_536)));
    for (const name of names) await disk.readHead(at(name), 4);
    expect(heads.map(String)).toEqual(names.map((name) => name.repeat(1_000)));
  });

  test('one that cannot be read does not stand in the way of the next', async () => {
    await expect(disk.readHead(folder, 100)).rejects.toThrow(/EISDIR|EPERM|EACCES/);
    await expect(disk.readHead(at('missing'), 100)).rejects.toThrow('ENOENT');
    await writeFile(at('file'), 'abc');
    expect((await disk.readHead(at('file'), 100)).toString()).toBe('abc');
  });

  test.each([
    { range: undefined, text: 'abcdefghij' },
    { range: { start: 3 }, text: 'defghij' },
    { range: { start: 3, end: 5 }, text: 'def' },
  ])('a stream over $range', async ({ range, text }) => {
    await writeFile(at('file'), 'abcdefghij');
    expect((await buffer(disk.readStream(at('file'), range))).toString()).toBe(text);
  });

  test('folders are made with their parents, and told apart from files', async () => {
    await disk.ensureFolder(at('a/b/c'));
    await disk.ensureFolder(at('a/b/c'));
    expect(await disk.list(at('a'))).toEqual([{ name: 'b', isFile: false }]);
  });

  test('the free space is a sensible number', async () => {
    expect(await disk.freeBytes(folder)).toBeGreaterThan(1_000_000);
  });

  test.each(['readFile', 'sizeBytes', 'list', 'freeBytes'] as const)(
    '%s of what is not there fails with ENOENT',
    async (call) => {
      await expect(disk[call](at('missing'))).rejects.toMatchObject({ code: 'ENOENT' });
    },
  );
});
