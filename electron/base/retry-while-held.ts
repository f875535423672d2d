/** Patience with files that somebody else holds open for a moment. */
import { errorCode } from './error-code.ts';

const heldCodes: ReadonlySet<string> = new Set(['EPERM', 'EACCES', 'EBUSY']);
const firstDelayMs = 10;
const longestDelayMs = 320;
/** 10 + 20 + 40 + 80 + 160 + 5 x 320: about two seconds in all. */
const maxRetries = 10;

/**
 * Runs `action` again while it fails as it does on Windows when a virus scanner, an indexer or a backup holds the
 * file: seldom longer than a few hundred milliseconds. Any other failure, and the last one, is passed on.
 */
export async function retryWhileHeld(
  action: () => Promise<void>,
  wait: (delayMs: number) => Promise<void>,
): Promise<void> {
  for (let retries = 0; ; retries += 1) {
    try {
      return await action();
    } catch (error) {
      const code = errorCode(error);
      if (code === undefined || !heldCodes.has(code) || retries >= maxRetries) throw error;
      await wait(Math.min(firstDelayMs * 2 ** retries, longestDelayMs));
    }
  }
}
