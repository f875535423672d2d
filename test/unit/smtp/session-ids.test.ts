import { expect, test } from 'vitest';
import { SessionIds } from '../../../electron/smtp/session-ids.ts';

test('each id is another one, in the form of the library', () => {
  const ids = new SessionIds();
  const drawn = Array.from({ length: 1_000 }, () => ids.next());
  expect(new Set(drawn).size).toBe(drawn.length);
  for (const id of drawn) expect(id).toMatch(/^[0-9a-v]{16}$/);
});
