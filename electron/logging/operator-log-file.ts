/** The operator log in files of its own, for a relay that nobody watches at a terminal. */
import { createStream } from 'rotating-file-stream';
import type { Log, LogFields, Ports } from '../base/ports.ts';
import { formatErrorLine, formatLogLine } from './operator-log.ts';
import { pruneFiles } from './prune-files.ts';
import { RotatingLines } from './rotating-lines.ts';

export interface OperatorLogFileOptions {
  readonly folder: string;
  readonly ports: Pick<Ports, 'clock' | 'disk' | 'log'>;
}

export interface OperatorLogFile {
  readonly log: Log;
  close(): Promise<void>;
}

const fileMode = 0o600;
const filesKept = 30;

/** 'relay-2026-11-24.log', and 'relay-2026-11-24.2.log' when that has become too large. */
const nameOf = (date: Date, index: number): string =>
  `relay-${date.toISOString().slice(0, 10)}${index === 1 ? '' : `.${index}`}.log`;
const isOwn = (name: string): boolean => /^relay-[0-9]{4}-[0-9]{2}-[0-9]{2}(?:\.[0-9]{1,3})?\.log$/.test(name);

/** A new file each day and for every 20 MB; 30 files are kept. */
export function createOperatorLogFile({ folder, ports }: OperatorLogFileOptions): OperatorLogFile {
  const { clock } = ports;
  const lines = new RotatingLines({
    open: () =>
      createStream(
        (time: number | Date | null, index = 1) => (time === null ? 'history' : nameOf(new Date(time), index)),
        {
          path: folder,
          interval: '1d',
          intervalUTC: true,
          immutable: true,
          size: '20M',
          mode: fileMode,
        },
      ),
    header: () => '',
    clock,
    onFile: () => void pruneFiles({ folder, isOwn, filesKept, ports }),
    onProblem: () => {
      if (lines.problem !== null) ports.log.warn('log file', { folder, reason: lines.problem });
    },
  });
  const write = (level: 'info' | 'warn', event: string, fields: LogFields = {}): void =>
    lines.write(`${formatLogLine(clock.now(), level, event, fields)}\n`);
  return {
    log: {
      info: (event, fields) => write('info', event, fields),
      warn: (event, fields) => write('warn', event, fields),
      error: (event, error, fields = {}) => lines.write(`${formatErrorLine(clock.now(), event, error, fields)}\n`),
    },
    close: () => lines.close(),
  };
}
