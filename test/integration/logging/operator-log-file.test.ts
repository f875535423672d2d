import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { createNodeDisk } from '../../../electron/base/node-disk.ts';
import { createOperatorLogFile } from '../../../electron/logging/operator-log-file.ts';
import { FakeClock } from '../../fakes/fake-clock.ts';
import { MemoryLog } from '../../fakes/memory-log.ts';

test('lines of the operator log go into a file of the day, and a folder in the way stops nothing', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'relay-log-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const disk = createNodeDisk({ platform: process.platform, wait: async () => undefined });
  const ports = { clock: new FakeClock('2026-11-24T12:00:00Z'), disk, log: new MemoryLog() };
  const file = createOperatorLogFile({ folder, ports });
  file.log.info('accept', { id: '01ABC' });
  file.log.warn('destination down', { nextHop: 'mail.example.org' });
  file.log.error('attempt', new Error('broken'));
  await file.close();
  const [name = ''] = await readdir(folder);
  expect(name).toMatch(/^relay-\d{4}-\d{2}-\d{2}\.log$/);
  const lines = (await readFile(join(folder, name), 'utf8')).split('\n');
  expect(lines[0]).toBe('2026-11-24T12:00:00.000Z accept id=01ABC');
  expect(lines[1]).toContain('level=warn nextHop=mail.example.org');
  expect(lines[2]).toContain('level=error error=broken stack=');

  await writeFile(join(folder, 'occupied'), '');
  const blocked = createOperatorLogFile({ folder: join(folder, 'occupied'), ports });
  blocked.log.info('accept');
  await blocked.close();
});
