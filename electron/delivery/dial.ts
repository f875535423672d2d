/** One TCP connection, within a time limit that follows the clock port. */
import { connect, type Socket } from 'node:net';
import { errorCode } from '../base/error-code.ts';
import type { Clock } from '../base/ports.ts';
import type { ConversationError } from './reply-class.ts';

export interface DialOptions {
  readonly clock: Clock;
  readonly connectTimeoutMs: number;
  readonly signal: AbortSignal;
}

export type Dialled = { readonly socket: Socket } | { readonly error: ConversationError };

/** Never throws. */
export function dial(
  address: string,
  port: number,
  { clock, connectTimeoutMs, signal }: DialOptions,
): Promise<Dialled> {
  return new Promise((resolve) => {
    const socket = connect({ host: address, port });
    const settle = (result: Dialled): void => {
      cancelLimit();
      signal.removeEventListener('abort', abort);
      socket.removeListener('connect', connected);
      resolve(result);
    };
    const fail = (error: ConversationError): void => {
      settle({ error });
      socket.destroy();
    };
    const connected = (): void => {
      settle({ socket });
      socket.removeListener('error', refused);
    };
    const refused = (error: Error): void => fail({ message: error.message, originalCode: errorCode(error) });
    const abort = (): void => fail({ message: 'the relay is stopping' });
    const cancelLimit = clock.after(connectTimeoutMs, () =>
      fail({ message: 'no connection in time', code: 'ETIMEDOUT' }),
    );
    // One listener stays for good: without any, an error at a bad moment would end the process.
    socket.on('error', () => undefined);
    socket.once('connect', connected);
    socket.once('error', refused);
    if (signal.aborted) abort();
    else signal.addEventListener('abort', abort);
  });
}
