import { choiceField, choicesField, countLimitField, sizeField, switchField, textField } from './field.ts';
import { gibibyte, localPathOrEmpty, mebibyte } from './patterns.ts';

const logging = { tab: 'logging' } as const;

/** W3C extended log file format, in the order IIS writes them. */
export const protocolLogFields = [
  'date',
  'time',
  'c-ip',
  'cs-username',
  's-sitename',
  's-computername',
  's-ip',
  's-port',
  'cs-method',
  'cs-uri-stem',
  'cs-uri-query',
  'sc-status',
  'sc-win32-status',
  'sc-bytes',
  'cs-bytes',
  'time-taken',
  'cs-version',
  'cs-host',
  'cs(User-Agent)',
  'cs(Cookie)',
  'cs(Referer)',
] as const;
export type ProtocolLogField = (typeof protocolLogFields)[number];

export const loggingSettings = {
  'logging.enabled': switchField(logging, false),
  'logging.period': choiceField(logging, ['hourly', 'daily', 'weekly', 'monthly', 'unlimited', 'bySize'], 'daily'),
  'logging.fileSizeLimit': sizeField(
    { ...logging, shownIn: 'megabytes' },
    { min: mebibyte, max: 4 * gibibyte },
    20 * mebibyte,
  ),
  /** For file names and rollover; stamps inside the files are UTC in any case. */
  'logging.localTime': switchField(logging, false),
  'logging.folder': textField({ ...logging, content: 'folder' }, localPathOrEmpty, ''),
  'logging.filesKept': countLimitField(logging, { min: 1, max: 100_000 }, 90),
  'logging.fields': choicesField(logging, protocolLogFields, [
    'date',
    'time',
    'c-ip',
    'cs-username',
    'cs-method',
    'cs-uri-query',
    'sc-status',
    'time-taken',
  ]),
} as const;
