import { describe, expect, test } from 'vitest';
import { createAsker } from '../../../../renderer/queue/asker.ts';
import { FakeClock } from '../../../fakes/fake-clock.ts';

const everyMs = 1_000;

function setUp() {
  const clock = new FakeClock('2030-01-01T00:00:00Z');
  const startMs = clock.now();
  const askedAtMs: number[] = [];
  let answer: (() => void) | null = null;
  let answersAtOnce = true;
  const asker = createAsker(
    {
      ask: () => {
        askedAtMs.push(clock.now() - startMs);
        return answersAtOnce
          ? Promise.resolve()
          : new Promise((resolve) => {
              answer = resolve;
            });
      },
      nowMs: () => clock.now(),
      after: (delayMs, action) => clock.after(delayMs, action),
    },
    everyMs,
  );
  return {
    asker,
    askedAtMs,
    advance: (ms: number) => clock.advance(ms),
    holdAnswers: () => {
      answersAtOnce = false;
    },
    answer: async () => {
      answer?.();
      await Promise.resolve();
      await Promise.resolve();
    },
  };
}

describe('asking again as something changes', () => {
  test('at once, then at the most once in a while', async () => {
    const { asker, askedAtMs, advance } = setUp();
    asker.start();
    await advance(100);
    for (let change = 0; change < 50; change += 1) {
      asker.later();
      await advance(100);
    }
    expect(askedAtMs).toEqual([0, 1_000, 2_000, 3_000, 4_000, 5_000]);
  });

  test('nobody asks while nothing changes', async () => {
    const { asker, askedAtMs, advance } = setUp();
    asker.start();
    await advance(60_000);
    expect(askedAtMs).toEqual([0]);
    asker.later();
    await advance(0);
    expect(askedAtMs).toEqual([0, 60_000]);
  });

  test('one question at a time; what changed while it was on its way is asked for after it', async () => {
    const { asker, askedAtMs, advance, holdAnswers, answer } = setUp();
    holdAnswers();
    asker.start();
    await advance(5_000);
    asker.later();
    asker.now();
    await advance(5_000);
    expect(askedAtMs).toEqual([0]);
    await answer();
    await advance(0);
    expect(askedAtMs).toEqual([0, 10_000]);
  });

  test('somebody who wants to know now does not wait', async () => {
    const { asker, askedAtMs, advance } = setUp();
    asker.start();
    await advance(10);
    asker.later();
    asker.now();
    await advance(5_000);
    expect(askedAtMs).toEqual([0, 10]);
  });

  test('stopped it asks nothing, and starts again with a question', async () => {
    const { asker, askedAtMs, advance } = setUp();
    const stop = asker.start();
    await advance(10);
    asker.later();
    stop();
    asker.later();
    asker.now();
    await advance(5_000);
    expect(askedAtMs).toEqual([0]);
    asker.start();
    await advance(0);
    expect(askedAtMs).toEqual([0, 5_010]);
  });
});
