/** Timers of the clock port never keep the process alive; a program that waits while it starts or stops has to stay. */
import { MessageChannel } from 'node:worker_threads';

/** Runs `action`; until it has ended, the process does not end for want of work. */
export async function keepAlive<Answer>(action: () => Promise<Answer>): Promise<Answer> {
  const { port1 } = new MessageChannel();
  port1.on('message', () => {}); // a port that listens counts as work
  try {
    return await action();
  } finally {
    port1.close();
  }
}
