/**
 * Runs `work` at once, and once more afterwards if it was asked for meanwhile, however often. For events that come faster
 * than the answers they call for: nothing is cancelled, nothing piles up, and the last change is always seen.
 * @param pause  Called after each run with what ends the pause until the next one.
 */
export function coalesce(
  work: () => Promise<unknown>,
  pause: (over: () => void) => void = (over) => over(),
): () => void {
  let running = false;
  let wanted = false;
  const run = (): void => {
    running = true;
    wanted = false;
    const end = (): void => {
      running = false;
      if (wanted) run();
    };
    // Whoever does the work shows its failures; here the next turn matters.
    work().then(
      () => pause(end),
      () => pause(end),
    );
  };
  return () => {
    if (running) wanted = true;
    else run();
  };
}
