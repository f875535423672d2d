import { expect, test } from 'vitest';
import { StorageHealth } from '../../../electron/spool/storage-health.ts';
import { problem } from '../../../shared/contract/problem.ts';

const fails = (code: 'storage' | 'notFound', text: string) => () => Promise.reject(problem(code, text));

test('the last write that failed is remembered until one succeeds', async () => {
  const health = new StorageHealth();
  expect(health.problem).toBeNull();
  await expect(health.watch(fails('storage', 'The disk is full.'))).rejects.toThrow('The disk is full.');
  expect(health.problem).toBe('The disk is full.');
  health.note(problem('storage', 'It is worse.'));
  expect(health.problem).toBe('It is worse.');
  expect(await health.watch(async () => 7)).toBe(7);
  expect(health.problem).toBeNull();
});

test('what is not a failure of the disk does not count, nor does it heal', async () => {
  const health = new StorageHealth();
  health.note(problem('storage', 'The disk is full.'));
  await expect(health.watch(fails('notFound', 'It is gone.'))).rejects.toThrow('It is gone.');
  expect(health.problem).toBe('The disk is full.');
});
