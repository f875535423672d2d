/** Durations and sizes as people write them: `2s`, `15m`, `4h`, `5d`; `512KB`, `10MB`. */

const secondsPer = { s: 1, m: 60, h: 3_600, d: 86_400 } as const;
const bytesPer = { B: 1, KB: 1_024, MB: 1_048_576, GB: 1_073_741_824 } as const;

const isUnit = <Units extends object>(units: Units, text: string): text is keyof Units & string =>
  Object.hasOwn(units, text);

/** Seconds; a bare number is seconds. Null when the text is no duration. */
export const parseDurationS = (text: string): number | null => {
  const [, digits, unit = 's'] = /^([0-9]{1,9})\s*([a-z]?)$/.exec(text.trim().toLowerCase()) ?? [];
  if (digits === undefined) return null;
  const name = unit === '' ? 's' : unit;
  return isUnit(secondsPer, name) ? Number(digits) * secondsPer[name] : null;
};

/** The largest unit that divides evenly: 900 → '15m'. */
export const formatDurationS = (seconds: number): string => {
  for (const unit of ['d', 'h', 'm'] as const) {
    if (seconds > 0 && seconds % secondsPer[unit] === 0) return `${seconds / secondsPer[unit]}${unit}`;
  }
  return `${seconds}s`;
};

/** Bytes; a bare number is bytes. Null when the text is no size. */
export const parseSizeBytes = (text: string): number | null => {
  const [, digits, unit = ''] = /^([0-9]{1,15})\s*([A-Z]{0,2})$/.exec(text.trim().toUpperCase()) ?? [];
  if (digits === undefined) return null;
  const name = unit === '' ? 'B' : unit;
  return isUnit(bytesPer, name) ? Number(digits) * bytesPer[name] : null;
};

/** The largest unit that divides evenly: 10485760 → '10MB'. */
export const formatSizeBytes = (bytes: number): string => {
  for (const unit of ['GB', 'MB', 'KB'] as const) {
    if (bytes > 0 && bytes % bytesPer[unit] === 0) return `${bytes / bytesPer[unit]}${unit}`;
  }
  return `${bytes}B`;
};
