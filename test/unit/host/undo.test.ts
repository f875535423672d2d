import { expect, test } from 'vitest';
import { createUndo } from '../../../electron/host/undo.ts';

test('the last first, each once; a failure keeps nothing from being released and is passed on', async () => {
  const undo = createUndo();
  const released: string[] = [];
  undo.later(async () => void released.push('lock'));
  undo.later(async () => {
    released.push('pipe');
    throw new Error('pipe stuck');
  });
  undo.later(async () => void released.push('spool'));
  await expect(undo.all()).rejects.toThrow('pipe stuck');
  expect(released).toEqual(['spool', 'pipe', 'lock']);
  await undo.all();
  expect(released).toHaveLength(3);
});
