/** The protocol log of one virtual server: W3C extended files as IIS 6 writes them, and the latest lines in memory. */
import { join } from 'node:path';
import { createStream, type RotatingFileStream } from 'rotating-file-stream';
import type { ServerSettings } from '../../shared/settings/server-settings.ts';
import type { Ports } from '../base/ports.ts';
import { LineRing } from './line-ring.ts';
import { isProtocolLogName, type LogPeriod, protocolLogName } from './protocol-log-name.ts';
import { pruneFiles } from './prune-files.ts';
import { RotatingLines } from './rotating-lines.ts';
import type { ProtocolLog } from './types.ts';
import { type LogFacts, w3cHeader, w3cLine } from './w3c-line.ts';

export interface ProtocolLogOptions {
  readonly serverId: string;
  /** In force at this moment. */
  readonly settings: () => ServerSettings;
  /** Where logs go when `logging.folder` is empty; the server's own folder is made below it. */
  readonly usualFolder: string;
  readonly version: string;
  readonly ports: Pick<Ports, 'clock' | 'disk' | 'log' | 'computerName'>;
}

/** Logs hold addresses: for this account only. */
const fileMode = 0o600;
/** A week of files is opened anew each day under the same name: the library knows no weeks. */
const intervals: Readonly<Record<LogPeriod, string>> = {
  hourly: '1h',
  daily: '1d',
  weekly: '1d',
  monthly: '1M',
  unlimited: '1d',
  bySize: '1d',
};

export function createProtocolLog(options: ProtocolLogOptions): ProtocolLog {
  const { serverId, settings, usualFolder, version, ports } = options;
  const { clock, log } = ports;
  const facts: LogFacts = { siteName: `SMTPSVC${serverId}`, computerName: ports.computerName() };
  const ring = new LineRing();
  const listeners = new Set<() => void>();
  let file: { readonly fingerprint: string; readonly lines: RotatingLines } | null = null;
  let closing: Promise<void> = Promise.resolve();

  const folder = (): string => join(settings()['logging.folder'] || usualFolder, facts.siteName);
  const changed = (): void => {
    for (const listener of listeners) listener();
  };

  const openFile = (values: ServerSettings, path: string): RotatingLines => {
    const lines = new RotatingLines({
      open: () => openStream(values, path),
      header: () => w3cHeader(values['logging.fields'], version, clock.now()),
      clock,
      onFile: () => {
        const filesKept = settings()['logging.filesKept'];
        if (filesKept !== null) void pruneFiles({ folder: path, isOwn: isProtocolLogName, filesKept, ports });
      },
      onProblem: () => {
        if (lines.problem !== null) log.warn('protocol log', { folder: path, reason: lines.problem });
        changed();
      },
    });
    return lines;
  };

  /** Fields and names belong to a file: with others, a new one is begun. */
  const follow = (): void => {
    const values = settings();
    const path = folder();
    const fingerprint = values['logging.enabled'] ? fingerprintOf(values, path) : null;
    if (file !== null && file.fingerprint === fingerprint) return;
    const old = file;
    file = null;
    if (old !== null) closing = closing.then(() => old.lines.close());
    if (fingerprint !== null) file = { fingerprint, lines: openFile(values, path) };
    changed();
  };
  follow();

  return {
    write(entry) {
      const stamped = { ...entry, atMs: clock.now() };
      ring.add(stamped);
      file?.lines.write(w3cLine(stamped, settings()['logging.fields'], facts));
      changed();
    },
    get sequence() {
      return ring.sequence;
    },
    tail: (query) => ring.tail(query),
    get problem() {
      return file?.lines.problem ?? null;
    },
    get folder() {
      return folder();
    },
    settingsChanged: follow,
    onChange(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    async close() {
      const last = file;
      file = null;
      await closing;
      await last?.lines.close();
    },
  };
}

const fingerprintOf = (values: ServerSettings, path: string): string =>
  JSON.stringify([
    path,
    values['logging.period'],
    values['logging.fileSizeLimit'],
    values['logging.localTime'],
    values['logging.fields'],
  ]);

function openStream(values: ServerSettings, path: string): RotatingFileStream {
  const period = values['logging.period'];
  const localTime = values['logging.localTime'];
  // Null asks for the name of the library's own history, which is not used.
  const name = (time: number | Date | null, index = 1): string =>
    time === null ? 'history' : protocolLogName(period, new Date(time), localTime, index);
  return createStream(name, {
    path,
    interval: intervals[period],
    intervalUTC: !localTime,
    immutable: true,
    mode: fileMode,
    ...(period === 'bySize' ? { size: `${values['logging.fileSizeLimit']}B` } : {}),
  });
}
