/**
 * `npm run test:crash`: the long form of test/integration/durability/crash-rounds.test.ts. Exit code 1 when anything was lost.
 *   --rounds 100     how often the relay is killed
 *   --seed 1         other moments
 *   --round-ms 5000  the longest time between a start and its kill
 *   --minutes 12     no round begins later; what was promised by then is settled
 */
import { parseArgs } from 'node:util';
import { crashAndSettle } from './rounds.ts';

const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '100' },
    seed: { type: 'string', default: '1' },
    'round-ms': { type: 'string', default: '5000' },
    minutes: { type: 'string', default: '60' },
  },
});

const startedAtMs = Date.now();
const result = await crashAndSettle({
  rounds: Number(values.rounds),
  seed: Number(values.seed),
  longestRoundMs: Number(values['round-ms']),
  limitMs: Number(values.minutes) * 60_000,
  onRound: (round, acknowledged, arrived) =>
    console.log(`round ${round + 1}: ${acknowledged} promised, ${arrived} arrived`),
});
const { lost, damaged, unexplained, leftFiles, ...counts } = result;
console.log(
  JSON.stringify({
    ...counts,
    lost: lost.length,
    damaged: damaged.length,
    unexplained: unexplained.length,
    leftFiles: leftFiles.length,
    seconds: Math.round((Date.now() - startedAtMs) / 1_000),
  }),
);
for (const [what, names] of Object.entries({ lost, damaged, unexplained, leftFiles })) {
  if (names.length > 0) console.error(`${what}: ${names.slice(0, 20).join(', ')}`);
}
process.exitCode = [lost, damaged, unexplained, leftFiles].every(({ length }) => length === 0) ? 0 : 1;
