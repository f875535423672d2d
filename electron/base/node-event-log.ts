/**
 * The event log of the operating system. On Windows through its own `eventcreate.exe`: it registers the source by itself,
 * so that the viewer shows the text, and no foreign binary comes to the machine. Elsewhere a line with a priority for the
 * journal, when there is one.
 */
import { execFile } from 'node:child_process';
import type { EventLog, Log, SystemEvent } from './ports.ts';

export type RunProgram = (file: string, args: readonly string[], done: (error: Error | null) => void) => void;

export interface EventLogOptions {
  readonly platform: NodeJS.Platform;
  readonly systemRoot: string | undefined;
  /** Where systemd reads priorities; null when nobody does. */
  readonly journal: { write(text: string): unknown } | null;
  readonly log: Log;
  readonly run?: RunProgram;
}

const source = 'SmtpRelay';
const longestText = 1_000;
/** An alert that waits behind this many others is better dropped. */
const maxWaiting = 50;

const windowsTypes = { information: 'INFORMATION', warning: 'WARNING', error: 'ERROR' } as const;
/** sd-daemon(3) */
const priorities = { information: 6, warning: 4, error: 3 } as const;

export function createEventLog({ platform, systemRoot, journal, log, run = runProgram }: EventLogOptions): EventLog {
  if (platform !== 'win32') return { write: (event) => writeToJournal(event, journal) };
  // The whole path: a program of that name in the current folder must not be taken.
  const program = `${systemRoot ?? 'C:\\Windows'}\\System32\\eventcreate.exe`;
  const waiting: SystemEvent[] = [];
  let running = false;
  let failing = false;

  const next = (): void => {
    const event = waiting.shift();
    running = event !== undefined;
    if (event === undefined) return;
    run(program, eventArguments(event), (error) => {
      if (error !== null && !failing) log.warn('event log', { reason: error.message });
      failing = error !== null;
      next();
    });
  };

  return {
    write(event) {
      if (waiting.length >= maxWaiting) return;
      waiting.push(event);
      if (!running) next();
    },
  };
}

const eventArguments = ({ eventId, severity, text }: SystemEvent): readonly string[] => [
  '/L',
  'APPLICATION',
  '/SO',
  source,
  '/T',
  windowsTypes[severity],
  '/ID',
  String(eventId),
  '/D',
  textOf(text),
];

/** One line; a leading slash would be taken for an option, and quotes are not worth the rules of two parsers. */
const textOf = (text: string): string =>
  text
    .replace(/[\p{Cc}"]+/gu, ' ')
    .trim()
    .replace(/^\/+/, '')
    .slice(0, longestText) || '-';

function writeToJournal({ severity, eventId, text }: SystemEvent, journal: EventLogOptions['journal']): void {
  journal?.write(`<${priorities[severity]}>event ${eventId}: ${textOf(text)}\n`);
}

const runProgram: RunProgram = (file, args, done) => {
  execFile(file, [...args], { windowsHide: true, timeout: 30_000 }, (error) => done(error));
};
