import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import type { CallClient } from '../../shared/contract/client.ts';
import type { ComputerCalls } from '../../shared/contract/computer/computer-calls.ts';
import type { ServerId } from '../../shared/contract/messages.ts';

export interface MailTakeOver {
  readonly taken: number;
  readonly remaining: number;
  readonly isRunning: boolean;
  readonly error: unknown;
  readonly left: readonly { name: string; reason: string }[];
  readonly keptIn: readonly string[];
}

export interface MailSource {
  readonly path: string;
  readonly number: number;
  readonly serverId: ServerId;
}

const nothing = { taken: 0, remaining: 0, left: [], keptIn: [] } as const;

/** Fetches the mail piece by piece, so that one sees it go on; it can be repeated after a failure. */
export function useMailTakeOver(computer: CallClient<ComputerCalls> | null) {
  const [progress, setProgress] = useState<Omit<MailTakeOver, 'isRunning' | 'error'>>(nothing);
  const mutation = useMutation({
    mutationFn: async (source: MailSource) => {
      if (computer === null) return;
      for (;;) {
        const part = await computer.call('iisImport.takeOverMail', source);
        setProgress((now) => ({
          taken: now.taken + part.taken,
          remaining: part.remaining,
          left: part.left,
          keptIn: [...new Set([...now.keptIn, ...part.keptIn])],
        }));
        if (part.taken === 0 || part.remaining === 0) return;
      }
    },
  });
  const state: MailTakeOver = { ...progress, isRunning: mutation.isPending, error: mutation.error };
  return { state, start: (source: MailSource): void => mutation.mutate(source) };
}
