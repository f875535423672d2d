/** Set-up of every test file under Wine. */
import { relative, resolve } from 'node:path';
import { beforeEach, type RunnerTask } from 'vitest';
import { knownLimits } from './known-limits.ts';

const root = resolve(import.meta.dirname, '../..');

beforeEach(({ task, skip }) => {
  const file = relative(root, task.file.filepath).replaceAll('\\', '/');
  const known = knownLimits.find((limit) => limit.file === file && limit.test === nameOf(task));
  if (known !== undefined) skip(known.reason);
});

const nameOf = (task: RunnerTask): string =>
  task.suite === undefined || task.suite === task.file ? task.name : `${nameOf(task.suite)} > ${task.name}`;
