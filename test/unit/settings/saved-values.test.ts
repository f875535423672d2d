/** Every setting: whatever value it takes is saved, found again by the next start, exported, imported and rolled back. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { openSettings } from '../../../electron/settings/settings-store.ts';
import { defaultServerSettings, settingKeys } from '../../../shared/settings/server-settings.ts';
import { FakeClock } from '../../fakes/fake-clock.ts';
import { MemoryDisk } from '../../fakes/memory-disk.ts';
import { MemoryLog } from '../../fakes/memory-log.ts';
import { valuesOf } from './setting-values.ts';

const keptByImport: ReadonlySet<string> = new Set([
  'general.state',
  'general.listen',
  'general.listenTls',
  'general.mailroot',
]);

test.each(settingKeys)('%s', async (key) => {
  const isDefault = (value: unknown): boolean => JSON.stringify(value) === JSON.stringify(defaultServerSettings[key]);
  // The endpoint of the default list cannot be in both lists.
  const values = valuesOf(key).filter((value) => !isDefault(value) && !JSON.stringify(value).includes(':25"'));
  await fc.assert(
    fc.asyncProperty(values, async (value) => {
      const ports = { clock: new FakeClock(), disk: new MemoryDisk(), log: new MemoryLog() };
      const open = () => openSettings({ dataFolder: '/data', ports });
      const store = await open();
      await store.save('1', 0, { 'general.name': 'before' });
      const { revision, values: saved } = await store.save('1', 1, { [key]: value });
      expect(revision).toBe(2);
      const expected = key === 'general.name' ? String(value).trim() : value;
      expect(saved[key]).toEqual(expected);
      const again = await open();
      expect(again.get('1').values).toEqual(saved);

      const text = again.exportServer('1');
      await again.rollback(revision, 1);
      expect(again.get('1').values[key]).toEqual(key === 'general.name' ? 'before' : defaultServerSettings[key]);
      await again.importServer('1', text, { preview: false });
      expect(again.get('1').values[key]).toEqual(keptByImport.has(key) ? defaultServerSettings[key] : expected);
    }),
    { numRuns: 5 },
  );
});
