import { expect, test } from 'vitest';
import { crashAndSettle } from '../../crash/rounds.ts';

/** Under Wine a relay is slow to start and to write. */
const longestRoundMs = process.platform === 'win32' ? 8_000 : 2_500;

test('killed five times while it takes mail in by SMTP and Pickup and sends it on: nothing is lost, and only unknown outcomes come twice', async () => {
  const result = await crashAndSettle({ rounds: 5, seed: 20, longestRoundMs });
  expect(result).toMatchObject({ lost: [], damaged: [], unexplained: [], leftFiles: [] });
  expect(result.acknowledged).toBeGreaterThan(100);
}, 180_000);
