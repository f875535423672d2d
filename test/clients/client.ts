/** A mail program of somebody else, as the tests use it. */
import { execFile, spawnSync } from 'node:child_process';

/** What a client is to do. The file has the message with CRLF at the ends of its lines. */
export interface Delivery {
  readonly port: number;
  readonly from: string;
  readonly to: readonly string[];
  readonly file: string;
  readonly tls: 'none' | 'starttls' | 'implicit';
  /** The authority that the relay's certificate is by; it names relay.example.org. */
  readonly authorityFile: string;
  readonly login?: { readonly user: string; readonly password: string };
  /** The message has octets beyond ASCII. */
  readonly eightBit?: boolean;
}

export interface ClientResult {
  readonly exitCode: number;
  readonly output: string;
}

export interface MailClient {
  readonly name: string;
  readonly command: string;
  /** That make the program say that it is there. */
  readonly versionArgs: readonly string[];
  send(delivery: Delivery): Promise<ClientResult>;
}

const limitMs = 60_000;

export const isInstalled = ({ command, versionArgs }: MailClient): boolean =>
  spawnSync(command, versionArgs, { timeout: limitMs }).status === 0;

/** Runs a program to its end; never throws for an exit code. `input` goes to its standard input. */
export function runClient(command: string, args: readonly string[], input?: Buffer): Promise<ClientResult> {
  return new Promise((resolve) => {
    const child = execFile(command, args, { timeout: limitMs, maxBuffer: 64 * 1_048_576 }, (error, stdout, stderr) => {
      const exitCode = error === null ? 0 : typeof error.code === 'number' ? error.code : 1;
      resolve({ exitCode, output: `${stdout}${stderr}` });
    });
    child.stdin?.on('error', () => undefined); // a client that is refused does not read the message
    child.stdin?.end(input);
  });
}
