import { expect, test } from 'vitest';
import { storageProblem } from '../../../electron/spool/storage-problem.ts';
import { problem } from '../../../shared/contract/problem.ts';

const failure = (code: string): Error => Object.assign(new Error(`${code}: broken`), { code });

test.each([
  { code: 'ENOSPC', words: 'D:\\Queue could not be written: the disk is full (ENOSPC). Free some space.' },
  { code: 'EACCES', words: 'D:\\Queue could not be written: access was denied (EACCES). Give the account' },
  { code: 'EBUSY', words: 'D:\\Queue could not be written: another program holds it open (EBUSY).' },
  { code: 'EWEIRD', words: 'D:\\Queue could not be written: EWEIRD: broken' },
])('$code in words', ({ code, words }) => {
  const made = storageProblem('D:\\Queue', 'be written', failure(code));
  expect(made.problem.code).toBe('storage');
  expect(made.message).toContain(words);
  expect(made.cause).toMatchObject({ code });
});

test('a problem for people is passed on as it is', () => {
  const known = problem('notFound', 'gone');
  expect(storageProblem('x', 'be read', known)).toBe(known);
});
