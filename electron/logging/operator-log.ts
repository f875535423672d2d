/**
 * The operator log: one event, one line.
 *   2026-11-24T03:40:55.123Z accept id=01KAT… from=<ca01@corp.example.com> size=2048 client=127.0.0.1
 * A value comes from anywhere, the network included: it can neither begin a line of its own nor pass for another field.
 */
import type { Writable } from 'node:stream';
import { nodeClock } from '../base/node-ports.ts';
import type { Clock, Log, LogFields } from '../base/ports.ts';

type Value = LogFields[string];

export function createOperatorLog(stream: Writable, clock: Pick<Clock, 'now'> = nodeClock): Log {
  // A closed terminal must not end the relay.
  stream.on('error', () => {});
  const write = (level: 'info' | 'warn', event: string, fields: LogFields): void => {
    stream.write(`${formatLogLine(clock.now(), level, event, fields)}\n`);
  };
  return {
    info: (event, fields = {}) => write('info', event, fields),
    warn: (event, fields = {}) => write('warn', event, fields),
    error: (event, error, fields = {}) => void stream.write(`${formatErrorLine(clock.now(), event, error, fields)}\n`),
  };
}

/** Without the line end. */
export const formatErrorLine = (atMs: number, event: string, error: unknown, fields: LogFields): string =>
  formatLogLine(atMs, 'error', event, { ...fields, ...errorFields(error) });

/** Without the line end. */
export function formatLogLine(
  atMs: number,
  level: 'info' | 'warn' | 'error',
  event: string,
  fields: LogFields,
): string {
  const words = [new Date(atMs).toISOString(), event.trim().replaceAll(/\s+/g, '-')];
  if (level !== 'info') words.push(`level=${level}`);
  for (const [name, value] of Object.entries(fields)) {
    if (value !== undefined) words.push(`${name}=${formatValue(value)}`);
  }
  return words.join(' ');
}

const formatValue = (value: Exclude<Value, undefined>): string => {
  if (value === null) return '-';
  if (typeof value !== 'string') return String(value);
  const escaped = value.replaceAll(unsafe, escapeCharacter);
  return escaped === '' || escaped === '-' || escaped !== value || /[\s=]/.test(escaped) ? `"${escaped}"` : escaped;
};

/**
 * Control characters (line ends and the escape sequences of terminals among them), Unicode's own line ends and marks that
 * turn the direction of the text, quotes and the escape character itself.
 */
const unsafe = /["\\\p{Cc}\p{Cf}\u2028\u2029]|\p{Cs}/gu;

const shortEscapes: Readonly<Record<string, string>> = {
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
  '"': '\\"',
  '\\': '\\\\',
};

const escapeCharacter = (character: string): string =>
  shortEscapes[character] ?? `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`;

const errorFields = (error: unknown): LogFields =>
  error instanceof Error
    ? { error: error.message, stack: [error.stack, causeOf(error)].filter(Boolean).join('\ncaused by ') }
    : { error: String(error) };

const causeOf = ({ cause }: Error): string | undefined =>
  cause === undefined ? undefined : cause instanceof Error ? cause.stack : String(cause);
