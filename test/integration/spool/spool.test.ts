import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { decodeHead } from '../../../electron/spool/message-file.ts';
import type { SpoolChange } from '../../../electron/spool/types.ts';
import type { Attempt } from '../../../shared/contract/messages.ts';
import { envelope } from '../../fakes/envelopes.ts';
import { eventually } from '../../fakes/eventually.ts';
import { FakeClock } from '../../fakes/fake-clock.ts';
import { FaultyDisk } from '../../fakes/faulty-disk.ts';
import {
  accept,
  acceptAsFile,
  contentOf,
  openTestSpool,
  realDisk,
  retried,
  temporaryMailroot,
} from '../../fakes/spools.ts';

const attempt: Attempt = {
  startedAtMs: 1_893_456_000_000,
  endedAtMs: 1_893_456_001_000,
  nextHop: 'corp.example',
  host: 'mx.corp.example [192.0.2.1]:25',
  outcomes: [{ recipient: 'admin@corp.example', result: 'retry', reply: '450 4.2.2 Mailbox full' }],
};

test('an accepted message is in the list, on disk, and there again after a restart', async () => {
  await using mailroot = await temporaryMailroot();
  const first = await openTestSpool({ mailroot: mailroot.path });
  const over = {
    recipients: [
      { address: 'a@x.example', dsn: { notify: ['NEVER'] as const } },
      { address: 'b@y.example', dsn: {} },
    ],
  };
  const entry = await accept(first.spool, 'Subject: =?utf-8?Q?Gr=C3=BC=C3=9Fe?=\r\n\r\nHello\r\n', over);
  expect(entry).toMatchObject({ sender: 'ca@corp.example', subject: 'Grüße', receivedAtMs: envelope().receivedAtMs });
  expect(entry.record.recipients.map(({ address, state }) => `${address} ${state}`)).toEqual([
    'a@x.example pending',
    'b@y.example pending',
  ]);
  expect([...first.spool.entries()]).toEqual([entry]);
  await first.spool.close();

  const second = await openTestSpool({ mailroot: mailroot.path });
  expect(await second.spool.recovered).toEqual({ messages: 1, sweptFiles: 0, damaged: [] });
  expect([...second.spool.entries()]).toEqual([entry]);
  const stored = await second.spool.read(entry.id);
  expect(stored.envelope).toEqual(envelope(over));
  expect(stored.contentBytes).toBe(entry.sizeBytes);
  expect((await contentOf(second.spool, entry.id)).toString()).toBe(
    'Received: from PKICA01 ([127.0.0.1])\r\n' +
      `\tby relay.corp.example with ESMTP id ${entry.id};\r\n\tTue, 01 Jan 2030 08:30:00 +0000\r\n` +
      'Subject: =?utf-8?Q?Gr=C3=BC=C3=9Fe?=\r\n\r\nHello\r\n',
  );
  await second.spool.close();
});

test('every byte survives, whatever the chunks', async () => {
  await using mailroot = await temporaryMailroot();
  const { spool } = await openTestSpool({ mailroot: mailroot.path });
  const chunk = fc.oneof(
    fc.uint8Array({ maxLength: 500 }),
    fc.nat({ max: 200_000 }).map((size) => Buffer.alloc(size, 0xe4)),
  );
  await fc.assert(
    fc.asyncProperty(fc.array(chunk, { maxLength: 6 }), async (chunks) => {
      const incoming = await spool.begin(envelope());
      for (const bytes of chunks) await incoming.write(bytes);
      const entry = await incoming.commit();
      const received = Buffer.concat(chunks);
      const content = await contentOf(spool, entry.id);
      expect(content.length).toBe(entry.sizeBytes);
      expect(content.subarray(content.length - received.length).equals(received)).toBe(true);
      expect(content.subarray(0, content.length - received.length).toString()).toMatch(
        /^Received: [^\n]*\n(?:\t[^\n]*\n)*$/,
      );
    }),
    { numRuns: 30 },
  );
  await spool.close();
});

test('ranges of the content', async () => {
  await using mailroot = await temporaryMailroot();
  const { spool } = await openTestSpool({ mailroot: mailroot.path });
  const { id } = await accept(spool);
  const whole = await contentOf(spool, id);
  const stored = await spool.read(id);
  for (const [startBytes, endBytes] of [
    [0, 10],
    [10, 20],
    [5, undefined],
    [0, 100_000],
    [50_000, undefined],
    [7, 7],
  ] as const) {
    const piece = await buffer(stored.content(endBytes === undefined ? { startBytes } : { startBytes, endBytes }));
    expect(piece.toString(), `${startBytes} to ${endBytes}`).toBe(whole.subarray(startBytes, endBytes).toString());
  }
  await spool.close();
});

test('an aborted message leaves nothing, and nothing is in the list before the commit', async () => {
  await using mailroot = await temporaryMailroot();
  const { spool } = await openTestSpool({ mailroot: mailroot.path });
  const incoming = await spool.begin(envelope());
  await incoming.write(Buffer.alloc(200_000));
  expect(spool.size).toBe(0);
  expect(await readdir(spool.folders.queue)).toEqual([`${incoming.id}.tmp`]);
  await incoming.abort();
  await incoming.abort();
  expect(await readdir(spool.folders.queue)).toEqual([]);
  await expect(incoming.commit()).rejects.toThrow('after its end');
  await spool.close();
});

test('an abort after the commit does no harm', async () => {
  await using mailroot = await temporaryMailroot();
  const { spool } = await openTestSpool({ mailroot: mailroot.path });
  const incoming = await spool.begin(envelope());
  const committing = incoming.commit();
  await incoming.abort();
  const entry = await committing;
  expect((await contentOf(spool, entry.id)).length).toBe(entry.sizeBytes);
  await spool.close();
});

test.skipIf(process.platform === 'win32')('only the account of the relay can read mail', async () => {
  await using mailroot = await temporaryMailroot();
  const opened = await openTestSpool({ mailroot: mailroot.path });
  const { spool } = opened;
  const { id } = await acceptAsFile(opened);
  const modeOf = async (path: string): Promise<number> => (await stat(path)).mode & 0o777;
  expect(await modeOf(join(spool.folders.queue, `${id}.eml`))).toBe(0o600);
  expect(await modeOf(spool.folders.queue)).toBe(0o700);
  expect(await modeOf(join(mailroot.path, 'Journal'))).toBe(0o700);
  for (const name of await readdir(join(mailroot.path, 'Journal'))) {
    expect(await modeOf(join(mailroot.path, 'Journal', name)), name).toBe(0o600);
  }
  await spool.close();
});

test('the file in the queue folder is one that IIS Pickup takes', async () => {
  await using mailroot = await temporaryMailroot();
  const opened = await openTestSpool({ mailroot: mailroot.path });
  const { spool } = opened;
  const { id } = await acceptAsFile(opened);
  const file = await readFile(join(spool.folders.queue, `${id}.eml`));
  expect(file.toString()).toMatch(
    /^x-sender: ca@corp\.example\r\nx-receiver: admin@corp\.example\r\nx-envelope: \{.*\}\r\nReceived: /,
  );
  expect(decodeHead({ bytes: file, whole: true, arrivedAtMs: 0 }).kind).toBe('head');
  await spool.close();
});

test('a record and its attempts are there after a restart', async () => {
  await using mailroot = await temporaryMailroot();
  const first = await openTestSpool({ mailroot: mailroot.path });
  const { id, record } = await accept(first.spool);
  const changes: SpoolChange[] = [];
  first.spool.onChange((change) => changes.push(change));
  await first.spool.update(id, retried(record), attempt);
  const held = { ...retried(retried(record)), held: true };
  const updated = await first.spool.update(id, held);
  expect(updated.record).toEqual(held);
  expect(changes.map(({ type }) => type)).toEqual(['updated', 'updated']);
  await first.spool.close();

  const second = await openTestSpool({ mailroot: mailroot.path });
  await second.spool.recovered;
  expect(second.spool.get(id)).toEqual(updated);
  expect((await second.spool.read(id)).attempts).toEqual([attempt]);
  await second.spool.close();
});

test('updates of one message at the same time lose no attempt', async () => {
  await using mailroot = await temporaryMailroot();
  const { spool } = await openTestSpool({ mailroot: mailroot.path });
  const { id, record } = await accept(spool);
  const numbers = Array.from({ length: 20 }, (_, number) => number);
  await Promise.all(numbers.map((number) => spool.update(id, retried(record), { ...attempt, startedAtMs: number })));
  expect((await spool.read(id)).attempts.map(({ startedAtMs }) => startedAtMs)).toEqual(numbers);
  await spool.close();
});

test('a removed message is gone, with its state, after a restart too', async () => {
  await using mailroot = await temporaryMailroot();
  const first = await openTestSpool({ mailroot: mailroot.path });
  const { id, record } = await accept(first.spool);
  await first.spool.update(id, retried(record));
  const changes: SpoolChange[] = [];
  first.spool.onChange((change) => changes.push(change));
  await first.spool.remove(id);
  expect(changes).toEqual([{ type: 'removed', id }]);
  expect(await readdir(first.spool.folders.queue)).toEqual([]);
  for (const gone of [
    first.spool.remove(id),
    first.spool.read(id),
    first.spool.update(id, record),
    first.spool.moveToBadmail(id, 'x'),
  ]) {
    await expect(gone).rejects.toMatchObject({ problem: { code: 'notFound' } });
  }
  await first.spool.close();

  const second = await openTestSpool({ mailroot: mailroot.path });
  expect((await second.spool.recovered).messages).toBe(0);
  await second.spool.close();
});

test('bad mail is moved with its reason, and counted after a restart too', async () => {
  await using mailroot = await temporaryMailroot();
  const first = await openTestSpool({ mailroot: mailroot.path });
  const { id, record } = await accept(first.spool);
  await first.spool.update(id, retried(record));
  const content = await contentOf(first.spool, id);
  await first.spool.moveToBadmail(id, 'The report could not be returned.');
  expect([first.spool.size, first.spool.badmail.count]).toEqual([0, 1]);
  expect(await readdir(first.spool.folders.queue)).toEqual([]);
  expect((await readdir(first.spool.folders.badmail)).sort()).toEqual([`${id}.eml`, `${id}.txt`]);
  expect(await readFile(join(first.spool.folders.badmail, `${id}.txt`), 'utf8')).toContain(
    'The report could not be returned.',
  );
  expect((await readFile(join(first.spool.folders.badmail, `${id}.eml`))).toString()).toContain(content.toString());
  await first.spool.close();

  const second = await openTestSpool({ mailroot: mailroot.path });
  expect((await second.spool.recovered).messages).toBe(0);
  expect(second.spool.badmail.count).toBe(1);
  await second.spool.close();
});

test('ids rise over a restart although the clock was set back', async () => {
  await using mailroot = await temporaryMailroot();
  const first = await openTestSpool({ mailroot: mailroot.path, clock: new FakeClock('2030-06-01T00:00:00Z') });
  const before = await accept(first.spool);
  const bad = await accept(first.spool);
  await first.spool.moveToBadmail(bad.id, 'x');
  await first.spool.close();
  const second = await openTestSpool({ mailroot: mailroot.path, clock: new FakeClock('2029-01-01T00:00:00Z') });
  const after = await accept(second.spool);
  expect(after.id > bad.id).toBe(true);
  await second.spool.recovered;
  expect([...second.spool.entries()].map(({ id }) => id)).toEqual([before.id, after.id]);
  await second.spool.close();
});

test('many sessions at once: all are stored, one flush serves several', async () => {
  await using mailroot = await temporaryMailroot();
  const disk = new FaultyDisk(realDisk);
  const { spool, clock } = await openTestSpool({ mailroot: mailroot.path, disk });
  await spool.recovered;
  const before = disk.steps.length;
  const entries = await Promise.all(
    Array.from({ length: 200 }, (_, number) => accept(spool, `Subject: ${number}\r\n\r\n`)),
  );
  expect(spool.size).toBe(200);
  expect([...spool.entries()].map(({ id }) => id)).toEqual(entries.map(({ id }) => id).sort());
  const flushes = disk.steps.slice(before).filter(({ operation }) => operation.startsWith('sync'));
  expect(flushes.length).toBeLessThan(20);
  await clock.advance(1_000);
  await eventually(() => readdir(spool.folders.queue)).toHaveLength(200);
  await spool.close();
});

test('a listener that fails does not turn an accepted message into a refusal', async () => {
  await using mailroot = await temporaryMailroot();
  const { spool, log } = await openTestSpool({ mailroot: mailroot.path });
  const seen: string[] = [];
  spool.onChange(() => {
    throw new Error('listener');
  });
  const end = spool.onChange(({ type }) => seen.push(type));
  await accept(spool);
  end();
  await accept(spool);
  expect(seen).toEqual(['added']);
  expect(spool.size).toBe(2);
  expect(log.of('listener of the spool failed')).toHaveLength(2);
  await spool.close();
});

test('closing waits for what is under way, and takes nothing more', async () => {
  await using mailroot = await temporaryMailroot();
  const { spool } = await openTestSpool({ mailroot: mailroot.path });
  const unfinished = await spool.begin(envelope());
  const finishing = await spool.begin(envelope());
  const commit = finishing.commit();
  await spool.close();
  await expect(commit).resolves.toMatchObject({ id: finishing.id });
  expect(await readdir(spool.folders.queue)).toEqual([`${finishing.id}.eml`]);
  await expect(unfinished.write(Buffer.from('x'))).rejects.toThrow('after its end');
  await expect(spool.begin(envelope())).rejects.toMatchObject({ problem: { code: 'notPossible' } });
});
