/** Names of protocol log files as IIS 6 gives them, and which files of a folder are ours. Pure. */
import type { ServerSettings } from '../../shared/settings/server-settings.ts';

export type LogPeriod = ServerSettings['logging.period'];

interface DateParts {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly weekday: number;
}

const partsOf = (date: Date, localTime: boolean): DateParts =>
  localTime
    ? {
        year: date.getFullYear(),
        month: date.getMonth() + 1,
        day: date.getDate(),
        hour: date.getHours(),
        weekday: date.getDay(),
      }
    : {
        year: date.getUTCFullYear(),
        month: date.getUTCMonth() + 1,
        day: date.getUTCDate(),
        hour: date.getUTCHours(),
        weekday: date.getUTCDay(),
      };

const two = (value: number): string => String(value % 100).padStart(2, '0');

/** Weeks of a month begin on Sunday; the first one may be short. */
const weekOfMonth = ({ day, weekday }: DateParts): number => {
  const weekdayOfFirst = (((weekday - (day - 1)) % 7) + 7) % 7;
  return Math.ceil((day + weekdayOfFirst) / 7);
};

/**
 * 'ex26112407.log' (hourly), 'ex261124.log' (daily), 'ex261104.log' (weekly, the fourth week), 'ex2611.log' (monthly),
 * 'extend3.log' (by size, and with 1 for a file without limit).
 * @param index  From 1; counts files by size only.
 */
export function protocolLogName(period: LogPeriod, date: Date, localTime: boolean, index: number): string {
  const parts = partsOf(date, localTime);
  const month = `ex${two(parts.year)}${two(parts.month)}`;
  switch (period) {
    case 'hourly':
      return `${month}${two(parts.day)}${two(parts.hour)}.log`;
    case 'daily':
      return `${month}${two(parts.day)}.log`;
    case 'weekly':
      return `${month}${two(weekOfMonth(parts))}.log`;
    case 'monthly':
      return `${month}.log`;
    case 'unlimited':
      return 'extend1.log';
    case 'bySize':
      return `extend${index}.log`;
  }
}

/** Any name that `protocolLogName` gives: nothing else in the folder is ever removed. */
export const isProtocolLogName = (name: string): boolean =>
  /^ex(?:[0-9]{4}|[0-9]{6}|[0-9]{8}|tend[0-9]{1,4})\.log$/i.test(name);
