/** The accepting half of a spool, in memory: keeps envelope and bytes, can be made to fail or to wait at every step. */

import type { Envelope, IncomingMessage } from '../../electron/spool/types.ts';
import type { MessageId } from '../../shared/contract/messages.ts';

interface KeptMessage {
  readonly id: MessageId;
  readonly envelope: Envelope;
  readonly content: Buffer;
}

export interface MemorySpoolIntake {
  readonly begin: (envelope: Envelope) => Promise<IncomingMessage>;
  /** Committed messages, in order. */
  readonly kept: readonly KeptMessage[];
  readonly counts: { begun: number; committed: number; aborted: number };
  /** Called before each step; throw or wait here. */
  before: (step: 'begin' | 'write' | 'commit') => void | Promise<void>;
}

export function createMemorySpoolIntake(): MemorySpoolIntake {
  const kept: KeptMessage[] = [];
  const counts = { begun: 0, committed: 0, aborted: 0 };

  const intake: MemorySpoolIntake = {
    kept,
    counts,
    before: () => undefined,
    begin: async (envelope) => {
      await intake.before('begin');
      counts.begun += 1;
      const id = `01TEST${String(counts.begun).padStart(20, '0')}`;
      const chunks: Buffer[] = [];
      return {
        id,
        write: async (chunk) => {
          await intake.before('write');
          chunks.push(Buffer.from(chunk));
        },
        commit: async () => {
          await intake.before('commit');
          const content = Buffer.concat(chunks);
          kept.push({ id, envelope, content });
          counts.committed += 1;
          return {
            id,
            sender: envelope.sender,
            subject: '',
            sizeBytes: content.length,
            receivedAtMs: envelope.receivedAtMs,
            record: { held: false, failed: false, recipients: [] },
          };
        },
        abort: async () => {
          counts.aborted += 1;
        },
      };
    },
  };
  return intake;
}
