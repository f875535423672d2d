import { countLimitField, durationLimitField, sizeField } from './field.ts';
import { day, gibibyte, hour, mebibyte } from './patterns.ts';

const alerts = { tab: 'alerts' } as const;

export const alertSettings = {
  'alerts.oldestMessage': durationLimitField({ ...alerts, shownIn: 'hours' }, { min: 60, max: 365 * day }, 4 * hour),
  'alerts.queueDepth': countLimitField(alerts, { min: 1, max: 10_000_000 }, 1_000),
  /** With less than this free, new mail is refused with 452; delivery goes on. */
  'alerts.freeSpaceFloor': sizeField(
    { ...alerts, shownIn: 'megabytes' },
    { min: 10 * mebibyte, max: 1_024 * gibibyte },
    100 * mebibyte,
  ),
  'alerts.certificateExpiry': durationLimitField(
    { ...alerts, shownIn: 'days' },
    { min: day, max: 365 * day },
    30 * day,
  ),
} as const;
