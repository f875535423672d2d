import { expect, test } from 'vitest';
import { decodeIntent, encodeIntent } from '../../../electron/spool/take-over-intent.ts';

test('it comes back as it was', () => {
  const intent = { folder: 'D:\\Mail\\Pickup', name: 'order "1"\n.eml', note: null };
  expect(decodeIntent(encodeIntent(intent))).toEqual(intent);
});

test.each(['', '{', 'null', '{"version":1}', '{"version":2,"folder":"a","name":"b","note":null}'])(
  '%j is none',
  (text) => {
    expect(decodeIntent(Buffer.from(text))).toBeNull();
  },
);
