/** Amounts, instants and outcomes in the words of the command line. Pure. */
import type { BulkOutcome, EpochMs } from '../../shared/contract/messages.ts';

const minuteS = 60;
const hourS = 60 * minuteS;
const dayS = 24 * hourS;

/** The two largest units: '3d 4h', '2h 5m', '45s'. */
export function formatSpan(ms: number): string {
  const seconds = Math.max(Math.round(ms / 1_000), 0);
  if (seconds >= dayS) return `${Math.floor(seconds / dayS)}d ${Math.floor((seconds % dayS) / hourS)}h`;
  if (seconds >= hourS) return `${Math.floor(seconds / hourS)}h ${Math.floor((seconds % hourS) / minuteS)}m`;
  return seconds >= minuteS ? `${Math.floor(seconds / minuteS)}m ${seconds % minuteS}s` : `${seconds}s`;
}

/** 'in 4m 10s', or 'now' when it is due. */
export const formatUntil = (atMs: EpochMs, nowMs: EpochMs): string =>
  atMs <= nowMs ? 'now' : `in ${formatSpan(atMs - nowMs)}`;

/** '2026-11-24 03:40:55' in the time of this computer. */
export function formatTime(atMs: EpochMs): string {
  const at = new Date(atMs);
  const two = (value: number): string => String(value).padStart(2, '0');
  const day = `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`;
  return `${day} ${two(at.getHours())}:${two(at.getMinutes())}:${two(at.getSeconds())}`;
}

/** '512 B', '2.1 KB', '10 MB'. */
export function formatSize(bytes: number): string {
  const units = ['B', 'KB', 'MB', 'GB'] as const;
  const power = bytes < 1_024 ? 0 : Math.min(Math.floor(Math.log2(bytes) / 10), units.length - 1);
  const amount = bytes / 1_024 ** power;
  return `${power === 0 || amount >= 10 ? Math.round(amount) : amount.toFixed(1)} ${units[power] ?? 'B'}`;
}

type SkipReason = BulkOutcome['skipped'][number]['reason'];

const skipWords: Readonly<Record<SkipReason, string>> = {
  beingSent: 'being sent',
  alreadySo: 'already so',
  notFound: 'not found',
  failed: 'failed',
};

/** '12 changed, 1 skipped: being sent', '0 changed, 3 skipped: 2 being sent, 1 already so'. */
export function formatOutcome({ changed, skipped }: BulkOutcome): string {
  const reasons = skipped.filter(({ count }) => count > 0);
  if (reasons.length === 0) return `${changed} changed`;
  const total = reasons.reduce((sum, { count }) => sum + count, 0);
  const words = reasons.map(({ reason, count }) =>
    reasons.length === 1 ? skipWords[reason] : `${count} ${skipWords[reason]}`,
  );
  return `${changed} changed, ${total} skipped: ${words.join(', ')}`;
}

/** The outcome of several actions as one. */
export function sumOutcomes(outcomes: readonly BulkOutcome[]): BulkOutcome {
  const counts = new Map<SkipReason, number>();
  for (const { skipped } of outcomes) {
    for (const { reason, count } of skipped) counts.set(reason, (counts.get(reason) ?? 0) + count);
  }
  return {
    changed: outcomes.reduce((sum, { changed }) => sum + changed, 0),
    skipped: [...counts].map(([reason, count]) => ({ reason, count })),
  };
}
