/** The power goes at moments of a whole relay's work; what had not been flushed is gone, names and contents. */
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import type { Host } from '../../../electron/host/types.ts';
import { fastClock } from '../../fakes/fast-clock.ts';
import { freePort } from '../../fakes/free-port.ts';
import { PowerLossDisk } from '../../fakes/power-loss-disk.ts';
import { SmtpDialogue } from '../../fakes/smtp-dialogue.ts';
import { newDataFolder, removeFolder, startTestHost } from '../../fakes/test-host.ts';
import { startUpstream, type Upstream } from '../../fakes/upstream.ts';
import { server1, until } from '../relay/stage.ts';

interface PowerLoss {
  readonly disk: PowerLossDisk;
  readonly keptChanges: number;
  /** Answered with 250 by then. */
  readonly promised: readonly string[];
  /** At the gateway by then. */
  readonly delivered: readonly string[];
}

const sessions = 6;
const messagesPerSession = 10;
const wholeQueue = {
  ...server1,
  filter: {},
  sort: { by: 'receivedAtMs', descending: false },
  offset: 0,
  limit: 1,
} as const;

const recipientsAt = (gateway: Upstream): string[] =>
  gateway.messages.flatMap(({ recipients }) => recipients.map(({ address }) => address));

test('whenever the power goes, and whatever the disk keeps of what was not flushed: all that was promised arrives', async () => {
  const [dataFolder, port] = [await newDataFolder(), await freePort()];
  const gateway = await startUpstream({
    rcpt: (address, time) => (address.startsWith('later') && time === 1 ? '450 4.2.0 Not now' : '250 2.1.5 Ok'),
  });
  onTestFinished(async () => {
    await gateway.stop();
    await removeFolder(dataFolder);
  });
  const start = (disk: PowerLossDisk): Promise<Host> =>
    startTestHost({
      dataFolder,
      port,
      smartHostPort: gateway.port,
      overrides: { 'delivery.retryIntervals': [1, 1, 1, 1] },
      ports: { disk, clock: fastClock(20) },
    });

  const first = new PowerLossDisk();
  const host = await start(first);
  const promised: string[] = [];
  const losses: PowerLoss[] = [];
  /** Nothing else runs in between: what was promised, what the gateway has and what is on disk belong together. */
  const lose = (): void => {
    for (const keptChanges of new Set([0, Math.ceil(first.pendingChanges / 2), first.pendingChanges])) {
      const disk = first.afterPowerLoss(keptChanges);
      losses.push({ disk, keptChanges, promised: [...promised], delivered: recipientsAt(gateway) });
    }
  };
  await Promise.all(
    Array.from({ length: sessions }, async (_, session) => {
      const client = await SmtpDialogue.connect(port);
      await client.expect('220');
      await client.send('EHLO CA01', '250');
      for (let count = 0; count < messagesPerSession; count += 1) {
        const address = `${count % 3 === 0 ? 'later' : 'mail'}-${session}-${count}@example.org`;
        await client.mail({ from: 'ca@example.org', to: [address] }, `Subject: ${address}\r\n\r\nx\r\n`);
        promised.push(address);
        if (promised.length % 6 === 0) lose();
      }
      client.close();
    }),
  );
  lose();
  await host.stop();

  expect(losses.length).toBeGreaterThanOrEqual(11);
  for (const { disk, keptChanges, promised: owed, delivered } of losses) {
    const before = gateway.messages.length;
    // After a power loss the boot id is another one, so that this owner is known to be gone.
    await disk.remove(join(dataFolder, 'lock'));
    const restarted = await start(disk);
    await until(async () => {
      const { total, recovering } = await restarted.handlers['queue.list'](wholeQueue);
      return total === 0 && !recovering;
    });
    await restarted.stop();
    const arrived = new Set([...delivered, ...recipientsAt(gateway).slice(before)]);
    const lost = owed.filter((address) => !arrived.has(address));
    expect(lost, `${owed.length} promised, ${keptChanges} unflushed changes kept`).toEqual([]);
    expect(disk.fileNames(join(dataFolder, 'mailroot', '1', 'Damaged'))).toEqual([]);
  }
});
