import { expect, test } from 'vitest';
import type { Disk } from '../../../electron/base/disk.ts';
import { LateMail } from '../../../electron/delivery/late-mail.ts';
import { createOperations, type Operations } from '../../../electron/delivery/operations.ts';
import { Reporter } from '../../../electron/delivery/reporter.ts';
import { createRoutes } from '../../../electron/delivery/routes.ts';
import { Serial } from '../../../electron/delivery/serial.ts';
import { Settlement } from '../../../electron/delivery/settlement.ts';
import type { DeliveryRecord, QueueEntry, Spool } from '../../../electron/spool/types.ts';
import { defaultServerSettings } from '../../../shared/settings/server-settings.ts';
import { eventually } from '../../fakes/eventually.ts';
import { FakeClock } from '../../fakes/fake-clock.ts';
import { FaultyDisk } from '../../fakes/faulty-disk.ts';
import { PowerLossDisk } from '../../fakes/power-loss-disk.ts';
import { accept, openTestSpool } from '../../fakes/spools.ts';

const mailroot = '/mailroot/1';
const hourMs = 3_600_000;

interface Desk {
  readonly spool: Spool;
  readonly settlement: Settlement;
  readonly operations: Operations;
  /** One look for late mail, to its end. */
  lookForLateMail(): Promise<void>;
  close(): Promise<void>;
}

/** Everything that decides about messages, without connections. */
async function openDesk(disk: Disk): Promise<Desk> {
  const clock = new FakeClock();
  const { spool, log } = await openTestSpool({ mailroot, disk, clock });
  await spool.recovered;
  const settings = () => defaultServerSettings;
  const serial = new Serial();
  const isSending = () => false;
  const ports = { clock, log, computerName: () => 'ca01.corp.example' };
  const reporter = new Reporter({ spool, settings, ports, version: '0.0.0' });
  const settlement = new Settlement({ spool, log, reporter, isSending, isLocal: () => false });
  const finish = (id: string): Promise<void> => serial.run(id, () => settlement.finish(id)).catch(() => undefined);
  const operations = createOperations({
    spool,
    log,
    serial,
    settlement,
    isSending,
    heldByDomain: () => 'none',
    dueNow: () => undefined,
    finish,
  });
  const lateMail = new LateMail({
    spool,
    settings,
    routes: () => createRoutes(defaultServerSettings),
    ports,
    destinations: { outage: () => undefined, downMs: () => 0 },
    serial,
    settlement,
    reporter,
    isSending,
    finish,
  });
  return {
    spool,
    settlement,
    operations,
    async lookForLateMail() {
      lateMail.start();
      await clock.advance(60_000);
      await eventually(() => clock.pendingTimers).toBeGreaterThan(0);
      await lateMail.stop();
    },
    close: () => spool.close(),
  };
}

interface Story<Told> {
  readonly prepare: (desk: Desk) => Promise<string>;
  /** @returns true when the outside world was told that it is done */
  readonly act: (desk: Desk, id: string) => Promise<Told>;
  readonly examine: (desk: Desk, id: string, told: Told | undefined) => Promise<void>;
}

/** Lets the power fail at every disk step of `act`, with every outcome the disk may have kept, and starts anew. */
async function atEveryStep<Told>({ prepare, act, examine }: Story<Told>): Promise<void> {
  for (let crashAt = 1; ; crashAt += 1) {
    const memory = new PowerLossDisk();
    const disk = new FaultyDisk(memory);
    const before = await openDesk(disk);
    const id = await prepare(before);
    disk.crashAt(crashAt);
    const told = await act(before, id).catch(() => undefined);
    await before.close();
    for (let kept = 0; kept <= memory.pendingChanges; kept += 1) {
      const after = await openDesk(memory.afterPowerLoss(kept));
      for (const entry of [...after.spool.entries()]) if (entry.record.failed) await after.settlement.finish(entry.id);
      await examine(after, id, told);
      await after.close();
    }
    if (!disk.crashed) {
      expect(crashAt, 'the power failed at several steps').toBeGreaterThan(4);
      return;
    }
  }
}

const reportsIn = ({ spool }: Desk): number => [...spool.entries()].filter(({ sender }) => sender === '').length;

const isPending = (entry: QueueEntry | undefined): boolean =>
  entry?.record.recipients.some(({ state }) => state === 'pending') === true;

/** In the queue, in the trash: exactly one of them. */
const places = ({ spool }: Desk, id: string): number =>
  (spool.get(id) === undefined ? 0 : 1) + spool.trash.list().filter((row) => row.id === id).length;

const acceptOne = async ({ spool }: Desk): Promise<string> => (await accept(spool)).id;

const deliveredToAll = ({ record }: QueueEntry): DeliveryRecord => ({
  ...record,
  recipients: record.recipients.map((recipient) => ({ ...recipient, state: 'delivered', deliveredAtMs: 1 })),
});

test('a deletion with report: the message is in one place, and deleted only with its report', () =>
  atEveryStep({
    prepare: acceptOne,
    act: async ({ operations }, id) => (await operations.remove([id], { report: true })).changed === 1,
    examine: async (desk, id, told) => {
      expect(places(desk, id)).toBe(1);
      const isDeleted = desk.spool.get(id) === undefined;
      if (told === true) expect(isDeleted).toBe(true);
      if (isDeleted) expect(reportsIn(desk)).toBeGreaterThan(0);
      else expect(isPending(desk.spool.get(id)), 'nothing in between').toBe(true);
    },
  }));

test('a deletion taken back: the message is in one place, and waits once it was said so', () =>
  atEveryStep({
    prepare: async (desk) => {
      const id = await acceptOne(desk);
      await desk.operations.remove([id], { report: true });
      return id;
    },
    act: async ({ operations }, id) => (await operations.restore([id])).changed === 1,
    examine: async (desk, id, told) => {
      expect(places(desk, id)).toBe(1);
      if (told === true) expect(isPending(desk.spool.get(id))).toBe(true);
    },
  }));

test('a success that is to be told is told, or the message still knows that it is owed', () =>
  atEveryStep({
    prepare: async ({ spool }) => {
      const recipients = [{ address: 'admin@corp.example', dsn: { notify: ['SUCCESS' as const] } }];
      return (await accept(spool, undefined, { recipients })).id;
    },
    act: async ({ spool, settlement }, id) => {
      const entry = spool.get(id);
      if (entry === undefined) throw new Error('the message is gone');
      await settlement.store(
        entry,
        deliveredToAll(entry),
        undefined,
        new Map([['admin@corp.example', 'relayed' as const]]),
      );
      await settlement.finish(id);
      return true;
    },
    examine: async (desk, id, told) => {
      const entry = desk.spool.get(id);
      if (told === true) expect(entry).toBeUndefined();
      if (entry === undefined) expect(reportsIn(desk)).toBeGreaterThan(0);
      else expect(isPending(entry), 'not delivered yet as far as the disk knows').toBe(true);
    },
  }));

test('a delay is told once, twice after a crash in between, and never not at all', () =>
  atEveryStep({
    prepare: async ({ spool }) =>
      (await accept(spool, undefined, { receivedAtMs: Date.UTC(2030, 0, 1) - 13 * hourMs })).id,
    act: async (desk, id) => {
      await desk.lookForLateMail();
      return desk.spool.get(id)?.record.delayReported;
    },
    examine: async (desk, id, told) => {
      if (told === true) expect(desk.spool.get(id)?.record.delayReported).toBe(true);
      if (desk.spool.get(id)?.record.delayReported === true) expect(reportsIn(desk)).toBe(1);
      await desk.lookForLateMail();
      await desk.lookForLateMail();
      expect(desk.spool.get(id)?.record.delayReported).toBe(true);
      expect([1, 2]).toContain(reportsIn(desk));
    },
  }));
