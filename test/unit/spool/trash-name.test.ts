import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseTrashName, trashName } from '../../../electron/spool/trash-name.ts';

const id = '01JGFJJZ00ABCDEFGHJKMNPQRS';

test('the name can be read, and Windows takes it', () => {
  expect(trashName({ id, deletedAtMs: Date.UTC(2030, 0, 1, 8, 30, 0, 250) })).toBe(
    `${id}.deleted-20300101T083000.250Z.eml`,
  );
});

test('every time comes back', () => {
  fc.assert(
    fc.property(fc.nat({ max: 250_000_000_000_000 }), (deletedAtMs) => {
      expect(parseTrashName(trashName({ id, deletedAtMs }))).toEqual({ id, deletedAtMs });
    }),
  );
});

test.each([
  `${id}.eml`,
  `${id}.json`,
  `${id}.deleted-20301301T083000.250Z.eml`,
  `${id}.deleted-20300101T083000Z.eml`,
  `${id}.deleted-20300101T083000.250Z.eml.bak`,
  'desktop.ini',
])('%s is not ours', (name) => {
  expect(parseTrashName(name)).toBeUndefined();
});
