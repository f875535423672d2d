import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  decodeState,
  encodeState,
  isAbout,
  type MessageState,
  withAttempt,
} from '../../../electron/spool/state-file.ts';
import type { DeliveryRecord } from '../../../electron/spool/types.ts';
import type { Attempt } from '../../../shared/contract/messages.ts';

const record: DeliveryRecord = {
  held: true,
  failed: false,
  recipients: [
    {
      address: 'a@x.example',
      state: 'pending',
      attempts: 3,
      nextAttemptAtMs: 1_893_456_000_000.5,
      lastFailure: { permanent: false, stage: 'rcpt', code: 450, enhanced: '4.2.2', text: 'x'.repeat(1_500) },
      deliveredAtMs: null,
    },
    {
      address: 'b@x.example',
      state: 'delivered',
      attempts: 1,
      nextAttemptAtMs: 0,
      lastFailure: null,
      deliveredAtMs: 5,
    },
  ],
};

const attempt = (number: number): Attempt => ({
  startedAtMs: number,
  endedAtMs: number + 1,
  nextHop: 'x.example',
  host: null,
  outcomes: [{ recipient: 'a@x.example', result: 'retry', reply: `reply ${number}` }],
});

test('record and attempts come back as they were', () => {
  const state: MessageState = { record, attempts: [attempt(1), attempt(2)] };
  expect(decodeState(encodeState(state))).toEqual({ kind: 'state', state });
});

test('what is stored only when it holds comes back as well, and older files have none of it', () => {
  const marked: DeliveryRecord = { ...record, delayReported: true, route: ['mx.example', '[::1]:25'], released: true };
  expect(decodeState(encodeState({ record: marked, attempts: [] }))).toEqual({
    kind: 'state',
    state: { record: marked, attempts: [] },
  });
  const older = decodeState(Buffer.from(JSON.stringify({ version: 1, record, attempts: [] })));
  expect(older.kind === 'state' && Object.keys(older.state.record).sort()).toEqual(['failed', 'held', 'recipients']);
});

test('a failure of local delivery can be stored', () => {
  const [first, ...others] = record.recipients;
  if (first === undefined) throw new Error('the test needs a recipient');
  const lastFailure = { permanent: false, stage: 'drop' as const, enhanced: '4.2.2', text: 'The folder is full.' };
  const full = { ...record, recipients: [{ ...first, lastFailure }, ...others] };
  expect(decodeState(encodeState({ record: full, attempts: [] }))).toMatchObject({ state: { record: full } });
});

test('a record that could not be read again is refused when it is written', () => {
  const [first, ...others] = record.recipients;
  const broken = { ...record, recipients: [{ ...first, nextAttemptAtMs: Number.NaN }, ...others] } as DeliveryRecord;
  expect(() => encodeState({ record: broken, attempts: [] })).toThrow('cannot be stored');
});

test('an attempt that does not fit is left out, the record counts', () => {
  const json = JSON.stringify({ version: 1, record, attempts: [attempt(1), { startedAtMs: 'yesterday' }, 7] });
  expect(decodeState(Buffer.from(json))).toEqual({ kind: 'state', state: { record, attempts: [attempt(1)] } });
});

test.each([
  { name: 'empty', text: '', reason: 'not JSON' },
  { name: 'half', text: '{"version":1,"rec', reason: 'not JSON' },
  { name: 'null', text: 'null', reason: 'does not fit' },
  { name: 'a later version', text: JSON.stringify({ version: 2, record, attempts: [] }), reason: 'version' },
  { name: 'no record', text: '{"version":1,"attempts":[]}', reason: 'record' },
])('$name is malformed', ({ text, reason }) => {
  expect(decodeState(Buffer.from(text))).toEqual({ kind: 'malformed', reason: expect.stringContaining(reason) });
});

test('no bytes make it throw', () => {
  fc.assert(
    fc.property(fc.oneof(fc.json().map(Buffer.from), fc.uint8Array().map(Buffer.from)), (bytes) => {
      expect(decodeState(Buffer.from(bytes)).kind).toBe('malformed');
    }),
  );
});

test('of many attempts the first 5 and the latest 45 are kept', () => {
  let attempts: readonly Attempt[] = [];
  for (let number = 1; number <= 200; number += 1) attempts = withAttempt(attempts, attempt(number));
  expect(attempts.map(({ startedAtMs }) => startedAtMs)).toEqual([
    ...[1, 2, 3, 4, 5],
    ...Array.from({ length: 45 }, (_, index) => 156 + index),
  ]);
});

test.each([
  { addresses: ['a@x.example', 'b@x.example'], answer: true },
  { addresses: ['b@x.example', 'a@x.example'], answer: false },
  { addresses: ['a@x.example'], answer: false },
  { addresses: ['a@x.example', 'b@x.example', 'c@x.example'], answer: false },
])('the record is about $addresses: $answer', ({ addresses, answer }) => {
  expect(isAbout(record, addresses)).toBe(answer);
});
