import { mkdtemp, type open, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import { createNodeDisk } from '../../../electron/base/node-disk.ts';

// As on Windows, and for an administrator as well: what is marked as read-only is not opened for writing.
vi.mock('node:fs/promises', async (importOriginal) => {
  const real = await importOriginal<typeof import('node:fs/promises')>();
  return {
    ...real,
    open: async (...parameters: Parameters<typeof open>) => {
      const [path, flags] = parameters;
      const isReadOnly = flags === 'r+' && ((await real.stat(path)).mode & 0o200) === 0;
      if (isReadOnly) throw Object.assign(new Error('EPERM: operation not permitted'), { code: 'EPERM' });
      return await real.open(...parameters);
    },
  };
});

test('a file that somebody marked as read-only is taken, and flushed under its new name', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'smtp-relay-disk-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const waits: number[] = [];
  const disk = createNodeDisk({ platform: 'win32', wait: async (delayMs) => void waits.push(delayMs) });
  await writeFile(join(folder, 'mail.eml'), 'x', { mode: 0o444 });
  await disk.rename(join(folder, 'mail.eml'), join(folder, 'taken'));
  expect(await readdir(folder)).toEqual(['taken']);
  // Not taken for one that a virus scanner holds.
  expect(waits).toEqual([]);
  await disk.remove(join(folder, 'taken'));
  expect(await readdir(folder)).toEqual([]);
});
