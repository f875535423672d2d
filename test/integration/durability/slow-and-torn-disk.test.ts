/** A disk that takes its time, and one that keeps half of what it was given, under a whole relay. */
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { Disk, FileWriter } from '../../../electron/base/disk.ts';
import { closedGate } from '../../fakes/gate.ts';
import { SmtpDialogue } from '../../fakes/smtp-dialogue.ts';
import { realDisk } from '../../fakes/spools.ts';
import { patience, until } from '../relay/stage.ts';
import { startWork } from './work-of-a-relay.ts';

/** The real disk with other writers for the files that fit. */
const withWriters = (fits: (path: string) => boolean, change: (writer: FileWriter) => Partial<FileWriter>): Disk => ({
  ...realDisk,
  async createFile(path) {
    const writer = await realDisk.createFile(path);
    return fits(path) ? { ...writer, ...change(writer) } : writer;
  },
});

test('while the disk does not come back from a flush, nobody is told 250, everybody else is served, and then all are answered', async () => {
  const gate = closedGate();
  let flushing = 0;
  const disk = withWriters(
    (path) => path.endsWith('.journal'),
    (writer) => ({
      async sync() {
        flushing += 1;
        await gate.promise;
        await writer.sync();
      },
    }),
  );
  const { relay, gateway } = await startWork({ disk });
  const clients = await Promise.all(
    Array.from({ length: 20 }, async (_, index) => {
      const client = await SmtpDialogue.connect(relay.port);
      await client.expect('220');
      await client.send('EHLO CA01', '250');
      await client.send('MAIL FROM:<ca@example.org>', '250');
      await client.send(`RCPT TO:<mail-${index}@example.org>`, '250');
      await client.send('DATA', '354');
      client.sendBytes('Subject: x\r\n\r\nx\r\n.\r\n');
      return client;
    }),
  );
  let answered = 0;
  const replies = clients.map(async (client) => {
    const reply = await client.expect('');
    answered += 1;
    return reply;
  });
  await until(() => flushing === 1);
  const other = await SmtpDialogue.connect(relay.port);
  await other.expect('220');
  await other.send('EHLO CA01', '250');
  await other.send('MAIL FROM:<ca@example.org>', '250');
  await other.send('RCPT TO:<eva@example.org>', '250');
  other.close();
  expect([answered, gateway.messages.length, (await relay.rows()).length]).toEqual([0, 0, 0]);
  gate.open();
  for (const reply of await Promise.all(replies)) expect(reply).toMatch(/^250 2\.6\.0 /);
  for (const client of clients) client.close();
  await until(() => gateway.messages.length === 20);
});

test('a disk that keeps half of a write and lets nothing be removed: half files are never mail, and the next start sweeps them', async () => {
  let torn = false;
  const half = (chunk: Uint8Array): Uint8Array => chunk.subarray(0, chunk.byteLength >> 1);
  const fault = (): Error => Object.assign(new Error('EIO: made by the test'), { code: 'EIO' });
  const tearing = withWriters(
    () => true,
    (writer) => ({
      async write(chunk) {
        await writer.write(torn ? half(chunk) : chunk);
        if (torn) throw fault();
      },
    }),
  );
  const disk: Disk = {
    ...tearing,
    async remove(path) {
      if (torn) throw fault();
      await realDisk.remove(path);
    },
  };
  const work = await startWork({ disk });
  await work.round();
  torn = true;
  await work.round();
  const mailroot = join(work.relay.dataFolder, 'mailroot', '1');
  const [queue, journal] = [join(mailroot, 'Queue'), join(mailroot, 'Journal')];
  expect((await readdir(journal)).length, 'half of something is left').toBeGreaterThan(1);
  torn = false;
  await work.relay.restart();
  await work.round();
  await work.settled();
  await expect.poll(() => readdir(queue), patience).toEqual([]);
  await expect.poll(() => readdir(journal), patience).toEqual([]);
});
