import { expect, test } from 'vitest';
import { connectedTime } from '../../../../renderer/sessions/connected-time.ts';

test.each([
  [0, '0:00:00'],
  [999, '0:00:00'],
  [61_000, '0:01:01'],
  [3_599_999, '0:59:59'],
  [100 * 3_600_000, '100:00:00'],
  [-5_000, '0:00:00'],
])('%i ms after the start it shows %s', (elapsedMs, text) => {
  expect(connectedTime(1_000_000, 1_000_000 + elapsedMs)).toBe(text);
});
