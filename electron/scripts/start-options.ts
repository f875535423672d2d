/** The command line of `npm start`. */
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { parseEndpoint } from '../../shared/settings/address.ts';

export interface StartOptions {
  /** Absolute path; null for the development folder of this account. */
  readonly dataFolder: string | null;
  readonly listen: readonly string[];
  /** 0 for any free port. */
  readonly consolePort: number;
  readonly browserWanted: boolean;
  /** False to start what was built before. */
  readonly buildWanted: boolean;
}

/** Not port 25: a developer is no administrator, and a mail server may run on this machine already. */
export const developmentEndpoints = ['127.0.0.1:2525', '[::1]:2525'] as const;

/** @throws {Error} one sentence that names the option. */
export function parseStartOptions(args: readonly string[]): StartOptions {
  const { values } = parseArgs({
    args: [...args],
    allowNegative: true,
    options: {
      data: { type: 'string' },
      listen: { type: 'string', multiple: true },
      'console-port': { type: 'string', default: '0' },
      browser: { type: 'boolean', default: false },
      build: { type: 'boolean', default: true },
    },
  });
  const listen = values.listen ?? developmentEndpoints;
  const badEndpoint = listen.find((text) => parseEndpoint(text) === null);
  if (badEndpoint !== undefined) {
    throw new Error(
      `--listen '${badEndpoint}' is not an address and port, such as '127.0.0.1:2525', '[::1]:2525' or '*:2525'.`,
    );
  }
  const consolePort = Number(values['console-port']);
  if (!/^\d{1,5}$/.test(values['console-port']) || consolePort > 65_535) {
    throw new Error(
      `--console-port '${values['console-port']}' is not a port: give 1 to 65535, or 0 for any free one.`,
    );
  }
  return {
    dataFolder: values.data === undefined ? null : resolve(values.data),
    listen,
    consolePort,
    browserWanted: values.browser,
    buildWanted: values.build,
  };
}
