import type { Log, LogFields } from '../../electron/base/ports.ts';

export interface LogEntry {
  readonly level: 'info' | 'warn' | 'error';
  readonly event: string;
  readonly fields: LogFields;
  readonly error?: unknown;
}

/** A log that remembers. */
export class MemoryLog implements Log {
  readonly entries: LogEntry[] = [];

  info(event: string, fields: LogFields = {}): void {
    this.entries.push({ level: 'info', event, fields });
  }

  warn(event: string, fields: LogFields = {}): void {
    this.entries.push({ level: 'warn', event, fields });
  }

  error(event: string, error: unknown, fields: LogFields = {}): void {
    this.entries.push({ level: 'error', event, fields, error });
  }

  /** Entries of one event, oldest first. */
  of(event: string): readonly LogEntry[] {
    return this.entries.filter((entry) => entry.event === event);
  }
}
