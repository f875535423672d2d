/** The signals by which a terminal, a service manager or a container asks a program to end; SIGBREAK is Windows' own. */
export const endSignals = ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGBREAK'] as const;

/** Resolves at the first one. A second one ends the process at once: its handler is gone by then. */
export const firstSignal = (): Promise<void> =>
  new Promise((resolve) => {
    const ended = (): void => {
      for (const signal of endSignals) process.off(signal, ended);
      resolve();
    };
    for (const signal of endSignals) process.on(signal, ended);
  });
