/** One flush for everybody who waits for one: what makes a durable accept affordable with many sessions. */

/**
 * @param flush  Makes everything durable that was done before it was called.
 * @returns a function that resolves once a flush has ended that began after the call. It never joins a flush under
 *   way: that one may have passed the caller's change already. Rejects with the failure of its own flush only.
 */
export function createGroupFlush(flush: () => Promise<void>): () => Promise<void> {
  let latest: Promise<void> = Promise.resolve();
  let waiting: Promise<void> | undefined;
  return () => {
    waiting ??= latest = latest
      .catch(() => undefined)
      .then(() => {
        waiting = undefined;
        return flush();
      });
    return waiting;
  };
}
