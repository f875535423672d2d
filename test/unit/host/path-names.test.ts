/** What a console says and what becomes a part of a path on the disk of the relay. */
import { expect, test } from 'vitest';
import { calls } from '../../../shared/contract/calls.ts';

const traversals = [
  '../x',
  '..\\x',
  '..',
  '.',
  '/etc/passwd',
  'C:\\x',
  'a/b',
  'a\\b',
  'x\0',
  'x:stream',
  '',
  'CON/..',
  '%2e%2e/',
];

test.each(traversals)('%j names no message, no bad mail and no server', (name) => {
  const piece = { offsetBytes: 0, limitBytes: 10 };
  const server = { serverId: '1' };
  expect(calls['queue.show'].argument.safeParse({ ...server, id: name }).success).toBe(false);
  expect(calls['queue.source'].argument.safeParse({ ...server, id: name, ...piece }).success).toBe(false);
  expect(calls['settings.export'].argument.safeParse({ serverId: name }).success).toBe(false);
  const badmail = calls['badmail.source'].argument.safeParse({ ...server, name, ...piece });
  expect(badmail.success).toBe(false);
});

test('names of their kind are taken, so that the refusals above mean something', () => {
  expect(calls['queue.show'].argument.safeParse({ serverId: '1', id: '01JGFJJZ000000000000000000' }).success).toBe(
    true,
  );
  expect(
    calls['badmail.show'].argument.safeParse({ serverId: '1', name: '01JGFJJZ000000000000000000.eml' }).success,
  ).toBe(true);
});
