import { expect, test } from 'vitest';
import { type Arrival, settle } from '../../crash/ledger.ts';

const arrival = (address: string, round = 0, over: Partial<Arrival> = {}): Arrival => ({
  address,
  round,
  atMs: 1_000 * round + 500,
  isWhole: true,
  ...over,
});
const killedAtMs = [900, 1_900];
const reckon = (promised: readonly string[], arrivals: readonly Arrival[]) =>
  settle(new Set(promised), arrivals, killedAtMs);

test('all that was promised arrived once', () => {
  expect(reckon(['a', 'b'], [arrival('a'), arrival('b', 2)])).toEqual({
    acknowledged: 2,
    arrived: 2,
    lost: [],
    damaged: [],
    unknownOutcomes: 0,
    unexplained: [],
    longestUnknownMs: 0,
  });
});

test('what was promised and did not arrive is lost; what arrived without a promise is not', () => {
  expect(reckon(['a', 'b'], [arrival('b'), arrival('unheard')])).toMatchObject({ lost: ['a'], unexplained: [] });
});

test('an octet that is not as it was sent is damage', () => {
  expect(reckon(['a'], [arrival('a', 0, { isWhole: false })])).toMatchObject({ damaged: ['a'] });
});

test.each([
  { name: 'a kill between the copies explains the second', rounds: [0, 1], unknownOutcomes: 1, unexplained: [] },
  { name: 'two kills explain two more', rounds: [0, 1, 2], unknownOutcomes: 2, unexplained: [] },
  { name: 'two copies of one run are a fault', rounds: [1, 1], unknownOutcomes: 0, unexplained: ['a'] },
  { name: 'a run that ended in order left nothing unknown', rounds: [2, 3], unknownOutcomes: 0, unexplained: ['a'] },
])('$name', ({ rounds, unknownOutcomes, unexplained }) => {
  const copies = rounds.map((round) => arrival('a', round));
  expect(reckon(['a'], copies)).toMatchObject({ lost: [], unknownOutcomes, unexplained });
});

test('how long before the kill the gateway had the message already', () => {
  expect(reckon(['a'], [arrival('a', 0, { atMs: 880 }), arrival('a', 1)])).toMatchObject({ longestUnknownMs: 20 });
});
