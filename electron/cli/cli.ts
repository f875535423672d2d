/** What every command works with: where to write, which relay is meant, how to end. */
import type { Command } from 'commander';
import type { ContractClient } from '../../shared/contract/client.ts';
import type { ServerId } from '../../shared/contract/messages.ts';
import type { Ports } from '../base/ports.ts';

export interface Terminal {
  /** Standard output, for the answer. */
  out(text: string): void;
  /** The same for bytes; resolves when the reader has room for more. */
  outBytes(bytes: Uint8Array): Promise<void>;
  /** Standard error, one sentence without line end. */
  complain(sentence: string): void;
  /**
   * Asked for without showing it, or all of standard input when it comes from a file or a program.
   * @param name  'password', for the question. @throws {ProblemError} 'badArgument' when there is none.
   */
  readSecret(name: string): Promise<string>;
  /** Somebody looks at standard output, rather than a file or a program. */
  readonly isWatched: boolean;
}

export interface Cli {
  readonly terminal: Terminal;
  readonly ports: Ports;
  /** Absolute. */
  dataFolder(): string;
  serverId(): ServerId;
  /** @throws {ProblemError} 'notPossible' when no relay runs on the data folder. */
  withRelay<Answer>(action: (relay: ContractClient) => Promise<Answer>): Promise<Answer>;
  /** The exit status, if nothing else goes wrong. */
  endWith(exitStatus: number): void;
}

/** A group of commands adds itself to the program. */
export type AddCommands = (program: Command, cli: Cli) => void;

export interface JsonOption {
  readonly json?: true;
}

export const jsonFlag = ['--json', 'print the answer as JSON'] as const;
