import { readdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import type { Disk } from '../../../electron/base/disk.ts';
import { encodeHead } from '../../../electron/spool/message-file.ts';
import type { TakeOverResult } from '../../../electron/spool/take-over-types.ts';
import { envelope } from '../../fakes/envelopes.ts';
import { eventually } from '../../fakes/eventually.ts';
import { FakeClock } from '../../fakes/fake-clock.ts';
import { FaultyDisk } from '../../fakes/faulty-disk.ts';
import { PowerLossDisk } from '../../fakes/power-loss-disk.ts';
import { contentOf, openTestSpool, realDisk, type TestSpool, temporaryMailroot } from '../../fakes/spools.ts';

const mail = `From: ca@corp.example\nTo: admin@corp.example\nSubject: s\n\n${'Hello\n'.repeat(15_000)}`;
const sent = mail.slice(mail.indexOf('From')).replaceAll('\n', '\r\n');
const report = Buffer.concat([
  encodeHead(envelope({ sender: '', recipients: [{ address: 'ca@corp.example', dsn: {} }] })),
  Buffer.from(sent),
]);

async function put(disk: Disk, path: string, content: string | Buffer): Promise<void> {
  const writer = await disk.createFile(path);
  await writer.write(Buffer.from(content as string));
  await writer.sync();
  await writer.close();
  await disk.syncFolder(dirname(path));
}

interface Scenario {
  readonly name: string;
  readonly folder: 'Pickup' | 'Badmail';
  readonly files: Readonly<Record<string, string | Buffer>>;
  readonly act: (opened: TestSpool, mailroot: string) => Promise<unknown>;
}

const pickUp =
  (name: string) =>
  ({ spool }: TestSpool, mailroot: string): Promise<TakeOverResult> =>
    spool.takeOver({
      folder: join(mailroot, 'Pickup'),
      name,
      note: null,
      protocol: 'Pickup',
      limits: { sizeLimitBytes: null, hopLimit: 30 },
    });

const fromPickup: Scenario = {
  name: 'a file from Pickup',
  folder: 'Pickup',
  files: { 'mail.txt': mail },
  act: pickUp('mail.txt'),
};
const fromBadmail: Scenario = {
  name: 'a message from Badmail',
  folder: 'Badmail',
  files: { 'report.eml': report, 'report.txt': 'why' },
  act: ({ spool }) => spool.badmail.resubmit('report'),
};

/** Runs the scenario until the crash. @returns the ids that could have been delivered before it. */
async function live(scenario: Scenario, mailroot: string, disk: FaultyDisk, crashAt: number): Promise<Set<string>> {
  const opened = await openTestSpool({ mailroot, disk });
  await opened.spool.recovered;
  const delivered = new Set<string>();
  opened.spool.onChange((change) => change.type === 'added' && delivered.add(change.entry.id));
  disk.crashAt(crashAt);
  await scenario.act(opened, mailroot).catch(() => undefined);
  await opened.spool.close();
  return delivered;
}

/** Opens what the crash left, does it again if it was undone, and counts what could be delivered in all. */
async function examine(scenario: Scenario, mailroot: string, disk: Disk, delivered: Set<string>): Promise<void> {
  const opened = await openTestSpool({ mailroot, disk });
  const { spool } = opened;
  const ids = new Set(delivered);
  expect((await spool.recovered).damaged).toEqual([]);
  const namesIn = async (folder: string): Promise<readonly string[]> =>
    (await disk.list(join(mailroot, folder))).map(({ name }) => name).sort();
  const left = await namesIn(scenario.folder);
  if (spool.size === 0) {
    expect(left, 'undone: as it was').toEqual(Object.keys(scenario.files));
    await scenario.act(opened, mailroot);
  }
  for (const { id } of spool.entries()) ids.add(id);
  expect(ids.size, 'one message, whatever happened').toBe(1);
  const [entry] = spool.entries();
  if (entry === undefined) throw new Error('no message');
  expect((await contentOf(spool, entry.id)).toString().endsWith(sent), 'whole').toBe(true);
  expect(await namesIn(scenario.folder), 'nothing is left to be taken again').toEqual([]);
  expect(await namesIn('Queue')).toEqual([`${entry.id}.eml`]);
  await spool.close();
}

test.each([fromPickup, fromBadmail])('the process dies at any step of taking over $name', async (scenario) => {
  for (let crashAt = 1; ; crashAt += 1) {
    await using mailroot = await temporaryMailroot();
    const first = await openTestSpool({ mailroot: mailroot.path });
    await first.spool.close();
    await realDisk.ensureFolder(join(mailroot.path, 'Pickup'));
    for (const [name, content] of Object.entries(scenario.files)) {
      await writeFile(join(mailroot.path, scenario.folder, name), content);
    }
    const disk = new FaultyDisk(realDisk);
    const delivered = await live(scenario, mailroot.path, disk, crashAt);
    await examine(scenario, mailroot.path, realDisk, delivered);
    if (!disk.crashed) {
      expect(delivered.size).toBe(1);
      expect(crashAt, 'the crash was tried at every step').toBeGreaterThan(15);
      return;
    }
  }
});

test.each([fromPickup, fromBadmail])('the power fails at any step of taking over $name', async (scenario) => {
  const mailroot = '/mailroot/1';
  for (let crashAt = 1; ; crashAt += 1) {
    const memory = new PowerLossDisk();
    for (const [name, content] of Object.entries(scenario.files)) {
      await put(memory, join(mailroot, scenario.folder, name), content);
    }
    const disk = new FaultyDisk(memory);
    const delivered = await live(scenario, mailroot, disk, crashAt);
    for (let kept = 0; kept <= memory.pendingChanges; kept += 1) {
      await examine(scenario, mailroot, memory.afterPowerLoss(kept), delivered);
    }
    if (!disk.crashed) return;
  }
});

test.each([{ volumes: 'one volume' }, { volumes: 'two volumes' }])(
  'the process dies at any step of moving a file that is no mail to Badmail on $volumes: it is never lost',
  async ({ volumes }) => {
    const mailroot = '/mailroot/1';
    const broken = 'From: a@x\nTo: nobody\n\nHi\n';
    for (let crashAt = 1; ; crashAt += 1) {
      const memory = new PowerLossDisk();
      await put(memory, join(mailroot, 'Pickup', 'mail.txt'), broken);
      const disk = new FaultyDisk(memory);
      const otherVolume = (): void => {
        disk.fail({
          code: 'EXDEV',
          when: ({ operation, path, to = '' }) => operation === 'rename' && dirname(path) !== dirname(to),
        });
      };
      if (volumes === 'two volumes') otherVolume();
      const scenario = { ...fromPickup, act: pickUp('mail.txt') };
      expect((await live(scenario, mailroot, disk, crashAt)).size).toBe(0);
      for (let kept = 0; kept <= memory.pendingChanges; kept += 1) {
        const found = memory.afterPowerLoss(kept);
        const opened = await openTestSpool({ mailroot, disk: found });
        await opened.spool.recovered;
        if (found.fileNames(join(mailroot, 'Pickup')).length > 0) await pickUp('mail.txt')(opened, mailroot);
        expect(opened.spool.size).toBe(0);
        expect(found.fileNames(join(mailroot, 'Pickup'))).toEqual([]);
        expect(found.fileNames(join(mailroot, 'Queue'))).toEqual([]);
        const copies = found.fileNames(join(mailroot, 'Badmail')).filter((name) => name.endsWith('.eml'));
        // Between two volumes a crash may leave a copy; on one volume never.
        if (volumes === 'one volume') expect(copies).toHaveLength(1);
        else expect(copies.length).toBeGreaterThan(0);
        for (const name of copies) {
          expect((await found.readFile(join(mailroot, 'Badmail', name))).toString()).toBe(broken);
        }
        await opened.spool.close();
      }
      if (!disk.crashed) return;
    }
  },
);

test('what cannot be finished waits outside the queue, and is finished when it can be', async () => {
  await using mailroot = await temporaryMailroot();
  const disk = new FaultyDisk(realDisk);
  const clock = new FakeClock();
  const opened = await openTestSpool({ mailroot: mailroot.path, disk, clock });
  const { spool, log } = opened;
  const folder = join(mailroot.path, 'Pickup');
  await realDisk.ensureFolder(folder);
  await writeFile(join(folder, 'mail.txt'), mail);
  await spool.recovered;
  const repair = disk.fail({
    code: 'EACCES',
    when: ({ operation, path }) => operation === 'remove' && path.startsWith(folder),
  });
  await expect(fromPickup.act(opened, mailroot.path)).rejects.toThrow('access was denied');
  expect(spool.size, 'delivered now, it could be taken once more after a crash').toBe(0);
  expect(log.of('file that was being taken over has to wait')).toHaveLength(1);
  await clock.advance(10_000);
  await eventually(() => log.of('file that was being taken over has to wait').length).toBe(2);
  expect(spool.size).toBe(0);
  repair();
  await eventually(() => clock.pendingTimers).toBe(1);
  await clock.advance(10_000);
  await eventually(() => spool.size).toBe(1);
  expect(await readdir(folder)).toEqual([]);
  await eventually(() => clock.pendingTimers).toBe(0);
  await spool.close();
});

test('a file that got a successor of its name meanwhile comes back under another one', async () => {
  const mailroot = '/mailroot/1';
  const folder = join(mailroot, 'Pickup');
  const memory = new PowerLossDisk();
  await put(memory, join(folder, 'mail.txt'), mail);
  const disk = new FaultyDisk(memory);
  const first = await openTestSpool({ mailroot, disk });
  await first.spool.recovered;
  disk.fail({ code: 'EIO', when: ({ operation, path }) => operation === 'readHead' && path.endsWith('.taken.tmp') });
  const repair = disk.fail({
    code: 'EIO',
    when: ({ operation, path }) => operation === 'rename' && path.endsWith('.taken.tmp'),
  });
  await expect(fromPickup.act(first, mailroot)).rejects.toThrow('the disk reported an error');
  await first.spool.close();
  repair();
  await put(memory, join(folder, 'mail.txt'), 'a new one');
  const second = await openTestSpool({ mailroot, disk: memory });
  await second.spool.recovered;
  const [renamed = '', ...others] = memory.fileNames(folder).filter((name) => name !== 'mail.txt');
  expect(others).toEqual([]);
  expect(renamed).toMatch(/^[0-9A-Z]{26} mail\.txt$/);
  expect((await memory.readFile(join(folder, renamed))).toString()).toBe(mail);
  expect((await memory.readFile(join(folder, 'mail.txt'))).toString()).toBe('a new one');
  await second.spool.close();
});

test('a take-over nobody can read any more costs no message', async () => {
  await using mailroot = await temporaryMailroot();
  const first = await openTestSpool({ mailroot: mailroot.path });
  const id = '01JGFJJZ00AAAAAAAAAAAAAAAA';
  await writeFile(join(first.spool.folders.queue, `${id}.eml`), report);
  await writeFile(join(first.spool.folders.queue, `${id}.pickup`), 'nonsense');
  await first.spool.close();
  const second = await openTestSpool({ mailroot: mailroot.path });
  await second.spool.recovered;
  expect([...second.spool.entries()].map((entry) => entry.id)).toEqual([id]);
  expect((await readdir(second.spool.folders.damaged)).sort()).toEqual([`${id}.pickup`, `${id}.pickup.txt`]);
  await second.spool.close();
});
