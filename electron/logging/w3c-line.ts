/** One line of the W3C extended log file format, with the fields and meanings that IIS 6 gives them for SMTP. Pure. */
import type { EpochMs } from '../../shared/contract/messages.ts';
import { type ProtocolLogField, protocolLogFields } from '../../shared/settings/logging-settings.ts';
import type { ProtocolLogEntry } from './types.ts';

export interface LogFacts {
  /** 'SMTPSVC1' */
  readonly siteName: string;
  readonly computerName: string;
}

export interface StampedEntry extends ProtocolLogEntry {
  readonly atMs: EpochMs;
}

/** In the order of IIS whatever the order of the setting: programs that read logs expect it. */
export const inIisOrder = (fields: readonly ProtocolLogField[]): readonly ProtocolLogField[] =>
  protocolLogFields.filter((field) => fields.includes(field));

/** Written at each start, and when the fields change. */
export const w3cHeader = (fields: readonly ProtocolLogField[], version: string, nowMs: EpochMs): string =>
  [
    `#Software: SMTP Relay Manager ${version}`,
    '#Version: 1.0',
    `#Date: ${dateOf(nowMs)} ${timeOf(nowMs)}`,
    `#Fields: ${inIisOrder(fields).join(' ')}`,
    '',
  ].join('\r\n');

export const w3cLine = (entry: StampedEntry, fields: readonly ProtocolLogField[], facts: LogFacts): string =>
  `${inIisOrder(fields)
    .map((field) => escapeValue(textOf[field](entry, facts)))
    .join(' ')}\r\n`;

const dateOf = (atMs: EpochMs): string => new Date(atMs).toISOString().slice(0, 10);
const timeOf = (atMs: EpochMs): string => new Date(atMs).toISOString().slice(11, 19);

const clientNames = {
  outboundCommand: 'OutboundConnectionCommand',
  outboundResponse: 'OutboundConnectionResponse',
} as const;

/** Fields of web requests never carry anything for SMTP. */
const nothing = (): string => '';

const textOf: Readonly<Record<ProtocolLogField, (entry: StampedEntry, facts: LogFacts) => string>> = {
  date: ({ atMs }) => dateOf(atMs),
  time: ({ atMs }) => timeOf(atMs),
  'c-ip': ({ peerAddress }) => peerAddress,
  'cs-username': ({ direction, user }) => (direction === 'inbound' ? user : clientNames[direction]),
  's-sitename': (_entry, { siteName }) => siteName,
  's-computername': (_entry, { computerName }) => computerName,
  's-ip': ({ serverAddress }) => serverAddress,
  's-port': ({ serverPort }) => String(serverPort),
  'cs-method': ({ method }) => method,
  'cs-uri-stem': nothing,
  'cs-uri-query': ({ query }) => query,
  'sc-status': ({ status }) => String(status),
  'sc-win32-status': () => '0',
  'sc-bytes': ({ bytesSent }) => String(bytesSent),
  'cs-bytes': ({ bytesReceived }) => String(bytesReceived),
  'time-taken': ({ timeTakenMs }) => String(timeTakenMs),
  'cs-version': () => 'SMTP',
  'cs-host': nothing,
  'cs(User-Agent)': nothing,
  'cs(Cookie)': nothing,
  'cs(Referer)': nothing,
};

const longestValue = 2_000;

/**
 * A value is one word: blanks become '+', as IIS writes them, and what could begin a line of its own or steer a terminal
 * is percent-encoded. Everything in it may come from a stranger.
 */
function escapeValue(text: string): string {
  const value = text
    .slice(0, longestValue)
    .replace(/[+%]/g, encode)
    .replace(/ /g, '+')
    .replace(/[^\x21-\x7e]/gu, encode);
  return value === '' ? '-' : value;
}

const encode = (character: string): string =>
  [...new TextEncoder().encode(character)]
    .map((byte) => `%${byte.toString(16).toUpperCase().padStart(2, '0')}`)
    .join('');
