import type { LoadSample, QueueCounts } from '../../shared/contract/servers.ts';

const minuteMs = 60_000;

/** A day by the minute: waves of mail and, when it is troubled, a last hour without a gateway. */
export function sampleDay(
  nowMs: number,
  { total, oldestWaitingAtMs }: Pick<QueueCounts, 'total' | 'oldestWaitingAtMs'>,
  troubled: boolean,
): LoadSample[] {
  const thisMinuteMs = Math.floor(nowMs / minuteMs) * minuteMs;
  return Array.from({ length: 1_440 }, (_, index) => {
    const ago = 1_439 - index;
    const down = troubled && ago < 60;
    // Waves instead of chance: the same picture each time.
    const accepted = Math.max(0, Math.round(6 + 5 * Math.sin(ago / 95) + 3 * Math.sin(ago / 7)));
    const queued = down ? Math.round(total * (1 - ago / 60)) : Math.round(accepted / 4);
    return {
      atMs: thisMinuteMs - ago * minuteMs,
      queued: ago === 0 ? total : queued,
      oldestAgeMs:
        ago === 0 && oldestWaitingAtMs !== null ? nowMs - oldestWaitingAtMs : down ? (60 - ago) * minuteMs : 20_000,
      accepted,
      delivered: down ? 0 : accepted,
      failed: ago % 170 === 30 ? 1 : 0,
      refused: ago % 220 === 50 ? 2 : 0,
    };
  });
}
