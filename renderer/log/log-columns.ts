/** The columns of the log. What a cell says is a pure function of the line and the language. */
import type { TFunction } from 'i18next';
import type { ProtocolLogLine } from '../../shared/contract/servers.ts';

export interface LogCellContext {
  readonly t: TFunction<'log'>;
  /** '14:05:09.123' */
  readonly time: (atMs: number) => string;
  /** With the date, for tooltips and files. */
  readonly dateTime: (atMs: number) => string;
}

export const logColumnIds = ['time', 'direction', 'session', 'peer', 'user', 'command', 'reply', 'duration'] as const;
export type LogColumnId = (typeof logColumnIds)[number];

export interface LogColumn {
  readonly id: LogColumnId;
  readonly widthPx: number;
  readonly numeric?: boolean;
  readonly text: (line: ProtocolLogLine, context: LogCellContext) => string;
  /** For tooltips, files and the clipboard; the text itself when absent. */
  readonly fullText?: (line: ProtocolLogLine, context: LogCellContext) => string;
}

export const logColumns: Readonly<Record<LogColumnId, LogColumn>> = {
  time: {
    id: 'time',
    widthPx: 104,
    text: ({ atMs }, { time }) => time(atMs),
    fullText: ({ atMs }, { dateTime }) => dateTime(atMs),
  },
  direction: { id: 'direction', widthPx: 138, text: ({ direction }, { t }) => t(`direction.${direction}`) },
  session: { id: 'session', widthPx: 96, text: ({ sessionId }) => sessionId },
  peer: { id: 'peer', widthPx: 106, text: ({ peer }) => peer },
  user: { id: 'user', widthPx: 106, text: ({ user }) => user },
  command: { id: 'command', widthPx: 220, text: (line) => commandText(line) },
  reply: { id: 'reply', widthPx: 160, text: (line) => replyText(line) },
  duration: {
    id: 'duration',
    widthPx: 72,
    numeric: true,
    // A command that is sent takes no time; its reply does.
    text: ({ direction, timeTakenMs }, { t }) =>
      direction === 'outboundCommand' ? '' : t('milliseconds', { count: timeTakenMs }),
  },
};

/** Of an outbound reply, `query` is the reply itself. */
const commandText = ({ direction, method, query }: ProtocolLogLine): string =>
  direction === 'outboundResponse' ? '' : [method, query].filter(Boolean).join(' ');

const replyText = ({ direction, query, status }: ProtocolLogLine): string => {
  if (direction === 'outboundResponse') return query;
  return status === 0 ? '' : String(status);
};

/** 'temporary' and 'permanent' are refusals (RFC 5321 section 4.2.1). */
export const severityOf = ({ status }: ProtocolLogLine): 'none' | 'temporary' | 'permanent' => {
  if (status >= 500) return 'permanent';
  return status >= 400 ? 'temporary' : 'none';
};
