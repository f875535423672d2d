import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, expect, test, vi } from 'vitest';
import { freePort } from '../../fakes/free-port.ts';
import { realDisk } from '../../fakes/spools.ts';
import { patience, queueOf, RelayBed, sendMail } from './relay-bed.ts';

let bed: RelayBed | undefined;
afterEach(() => bed?.clear());

test.each(['started', 'stopped'] as const)(
  'Pickup and Drop are there once a server that is %s was opened',
  async (state) => {
    bed = await RelayBed.make({ 1: { 'general.listen': [`127.0.0.1:${await freePort()}`], 'general.state': state } });
    await bed.start();
    expect(await readdir(join(bed.dataFolder, 'mailroot', '1'))).toEqual(expect.arrayContaining(['Drop', 'Pickup']));
  },
);

test('folders of the settings are made as soon as they are chosen', async () => {
  bed = await RelayBed.make({ 1: { 'general.listen': [`127.0.0.1:${await freePort()}`] } });
  const { dataFolder } = bed;
  const host = await bed.start();
  const changes = {
    'messages.pickupFolder': join(dataFolder, 'new', 'in'),
    'domains.dropFolder': join(dataFolder, 'new', 'out'),
  };
  const { revision } = await host.handlers['settings.get']({ serverId: '1' });
  await host.handlers['settings.save']({ serverId: '1', revision, changes });
  await vi.waitFor(
    async () => expect((await readdir(join(dataFolder, 'new'))).sort()).toEqual(['in', 'out']),
    patience,
  );
});

test('a share that does not answer keeps nobody waiting, and one that cannot be made is no obstacle', async () => {
  const [port, dead] = [await freePort(), '/dead'];
  let answer: () => void = () => undefined;
  const disk = {
    ...realDisk,
    ensureFolder: async (path: string): Promise<void> => {
      if (!path.startsWith(dead)) return await realDisk.ensureFolder(path);
      if (path.endsWith('in')) throw Object.assign(new Error('EACCES'), { code: 'EACCES' });
      await new Promise<void>((resolve) => {
        answer = resolve;
      });
    },
  };
  bed = await RelayBed.make({
    1: {
      'general.listen': [`127.0.0.1:${port}`],
      'messages.pickup': false,
      'messages.pickupFolder': `${dead}/in`,
      'domains.dropFolder': `${dead}/out`,
      'delivery.smartHosts': [`127.0.0.1:${await freePort()}`],
    },
  });
  const host = await bed.start({ ports: { disk } });
  await sendMail(port);
  expect(await queueOf(host)).toHaveLength(1);
  answer();
});
