import { expect, test } from 'vitest';
import { SharedValues } from '../../../electron/spool/shared-values.ts';

test('messages for the same people share one fresh record', () => {
  const shared = new SharedValues();
  const record = shared.freshRecord(['a@x.example', 'b@x.example']);
  expect(shared.freshRecord(['a@x.example', 'b@x.example'])).toBe(record);
  expect(shared.freshRecord(['b@x.example', 'a@x.example'])).not.toBe(record);
  expect(record).toEqual({
    held: false,
    failed: false,
    recipients: ['a@x.example', 'b@x.example'].map((address) => ({
      address,
      state: 'pending',
      attempts: 0,
      nextAttemptAtMs: 0,
      lastFailure: null,
      deliveredAtMs: null,
    })),
  });
});

test('a record keeps its values', () => {
  const shared = new SharedValues();
  const record = {
    held: false,
    failed: true,
    recipients: [
      {
        address: 'a@x.example',
        state: 'failed' as const,
        attempts: 2,
        nextAttemptAtMs: 7,
        lastFailure: { permanent: true, stage: 'rcpt' as const, code: 550, text: 'no such user \ud800' },
        deliveredAtMs: null,
      },
    ],
  };
  expect(shared.record(record)).toEqual(record);
});

test('more different values than the pool holds are still right', () => {
  const shared = new SharedValues();
  for (let number = 0; number < 25_000; number += 1) {
    expect(shared.text(`subject ${number}`)).toBe(`subject ${number}`);
  }
});
