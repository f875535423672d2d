/** A relay that finds in its queue what a crash, a full disk, a person or a virus scanner may leave there. */
import { chmod, mkdir, readdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { encodeHead } from '../../../electron/spool/message-file.ts';
import { envelope } from '../../fakes/envelopes.ts';
import { FaultyDisk } from '../../fakes/faulty-disk.ts';
import { freePort } from '../../fakes/free-port.ts';
import { realDisk } from '../../fakes/spools.ts';
import { newDataFolder, removeFolder, startTestHost } from '../../fakes/test-host.ts';
import { sendTo, server1, until, upstreamWith } from '../relay/stage.ts';

/** By hand with more: MESSAGES=100000. */
const count = Number(process.env.MESSAGES ?? 5_000);
const idOf = (number: number, letter = '0'): string => `01JGFJJZ0${letter}${String(number).padStart(16, '0')}`;
const recipientOf = (number: number): string => `eva-${number}@example.org`;
const messageTo = (recipient: string): Buffer =>
  Buffer.concat([
    encodeHead({ ...envelope(), recipients: [{ address: recipient, dsn: {} }] }),
    Buffer.from('Received: x\r\nSubject: one of many\r\n\r\nx\r\n'),
  ]);

test(`listens at once with ${count} messages and rubbish of all kinds in the queue; every message goes, nothing is deleted`, async () => {
  const [dataFolder, port] = [await newDataFolder(), await freePort()];
  const queue = join(dataFolder, 'mailroot', '1', 'Queue');
  const damagedFolder = join(dataFolder, 'mailroot', '1', 'Damaged');
  await mkdir(queue, { recursive: true });
  for (let at = 0; at < count; at += 200) {
    const numbers = Array.from({ length: Math.min(200, count - at) }, (_, index) => at + index);
    await Promise.all(
      numbers.map((number) => writeFile(join(queue, `${idOf(number)}.eml`), messageTo(recipientOf(number)))),
    );
  }
  const whole = messageTo('half@example.org');
  const files: Readonly<Record<string, string | Uint8Array>> = {
    // Half-written: of a message that was never acknowledged, and of a state.
    [`${idOf(1, 'A')}.tmp`]: whole.subarray(0, 40),
    [`${idOf(0)}.json.tmp`]: '{"version":1,"rec',
    // Damaged.
    [`${idOf(2, 'A')}.eml`]: '',
    [`${idOf(3, 'A')}.eml`]: Buffer.alloc(100_000),
    [`${idOf(4, 'A')}.eml`]: encodeHead(envelope()).subarray(0, -20),
    [`${idOf(1)}.json`]: '{"version":1,"recipients":"none"}',
    [`${idOf(2)}.json`]: Buffer.alloc(1_000, 0xff),
    // Foreign.
    'thumbs.db': 'x',
    'desktop.ini': '[.ShellClassInfo]',
    'NTFS_0d1e3f.EML': 'x-sender: a@b\r\n',
    '.hidden': '',
    [`${idOf(5, 'A')}.EML.bak`]: whole,
  };
  for (const [name, bytes] of Object.entries(files)) await writeFile(join(queue, name), bytes);
  await mkdir(join(queue, `${idOf(6, 'A')}.eml`));
  await symlink(join(queue, 'nowhere'), join(queue, `${idOf(7, 'A')}.eml`)).catch(() => undefined); // not for everybody on Windows
  // Unreadable: by its rights, and for whom these do not count, by the disk.
  const unreadable = `${idOf(3)}.eml`;
  await chmod(join(queue, unreadable), 0o000);
  const disk = new FaultyDisk(realDisk);
  const repair = disk.fail({ code: 'EACCES', when: ({ path }) => path.endsWith(unreadable) });

  const gateway = await upstreamWith();
  const startedAtMs = Date.now();
  const host = await startTestHost({ dataFolder, port, smartHostPort: gateway.port, ports: { disk } });
  onTestFinished(async () => {
    await host.stop();
    await removeFolder(dataFolder);
  });
  const arrived = (): Set<string> =>
    new Set(gateway.messages.flatMap(({ recipients }) => recipients.map(({ address }) => address)));
  const listeningMs = Date.now() - startedAtMs;
  await sendTo(port, { to: ['fresh@example.org'] });
  await until(() => gateway.messages.length > 0);
  const firstMs = Date.now() - startedAtMs;
  await expect.poll(() => arrived().size, { timeout: 600_000, interval: 100 }).toBeGreaterThanOrEqual(count);
  console.log(
    `${count} messages: listening after ${listeningMs} ms, first delivery ${firstMs} ms, all ${Date.now() - startedAtMs} ms`,
  );

  const expected = Array.from({ length: count }, (_, number) => recipientOf(number)).filter(
    (_, number) => number !== 3,
  );
  expect([...arrived()].filter((address) => address !== 'fresh@example.org').sort()).toEqual([...expected].sort());
  // One that nobody can read now is not called damaged: it stays, and goes once it can be read.
  const left = await readdir(queue);
  expect(left).toEqual(expect.arrayContaining([unreadable, 'thumbs.db', 'desktop.ini', 'NTFS_0d1e3f.EML', '.hidden']));
  expect(left).not.toContain(`${idOf(1, 'A')}.tmp`);
  const damaged = await readdir(damagedFolder);
  for (const number of [2, 3, 4]) {
    expect(damaged).toContain(`${idOf(number, 'A')}.eml`);
    expect((await readFile(join(damagedFolder, `${idOf(number, 'A')}.eml.txt`), 'utf8')).length).toBeGreaterThan(10);
  }
  const { warnings } = await host.handlers['status.get'](null);
  expect(warnings.map(({ code }) => code)).toContain('damagedFiles');

  repair();
  await chmod(join(queue, unreadable), 0o600);
  await host.stop();
  const again = await startTestHost({ dataFolder, port, smartHostPort: gateway.port });
  onTestFinished(() => again.stop());
  await until(() => arrived().has(recipientOf(3)));
  await until(
    async () =>
      (
        await again.handlers['queue.list']({
          ...server1,
          filter: {},
          sort: { by: 'id', descending: false },
          offset: 0,
          limit: 1,
        })
      ).total === 0,
  );
}, 900_000);
