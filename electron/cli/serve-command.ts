import { collect, parseWhole } from './argument-parsers.ts';
import type { AddCommands } from './cli.ts';
import type { ServeOptions } from './serve-options.ts';

export const addServeCommand: AddCommands = (program, cli) => {
  program
    .command('serve')
    .description('run the relay without a window until it is stopped (Ctrl+C, SIGTERM)')
    .option('--listen <endpoint>', 'address and port to listen on, for this run; several times for several', collect)
    .option('--smart-host <host[:port]>', 'mail gateway for this run; several times, in order', collect)
    .option('--set <key=value>', 'any other setting for this run; several times for several', collect)
    .option(
      '--console <port>',
      'also serve the console to a browser on this computer, 0 for any port',
      parseWhole(0, 65_535),
    )
    .action(async (options: ServeOptions) => {
      // The whole relay: too much to load for a command that only asks one.
      const { serve } = await import('./serve.ts');
      await serve(cli, options);
    });
};
