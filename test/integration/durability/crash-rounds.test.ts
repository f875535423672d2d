import { expect, test } from 'vitest';
import { crashAndSettle } from '../../crash/rounds.ts';

test('killed five times while it takes mail in by SMTP and Pickup and sends it on: nothing is lost, and only unknown outcomes come twice', async () => {
  const result = await crashAndSettle({ rounds: 5, seed: 20, longestRoundMs: 2_500 });
  expect(result).toMatchObject({ lost: [], damaged: [], unexplained: [], leftFiles: [] });
  expect(result.acknowledged).toBeGreaterThan(100);
}, 180_000);
