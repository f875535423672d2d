/** The command line of the desktop application. Pure. */
import { parseArgs } from 'node:util';
import { problem } from '../../shared/contract/problem.ts';
import { parseEndpoint } from '../../shared/settings/address.ts';

export interface DesktopOptions {
  /** As given; null for the default one. */
  readonly dataFolder: string | null;
  /** Endpoints for this run only; empty to listen as the settings say. */
  readonly listen: readonly string[];
  /** Without showing the window: how the application starts with its user's session. */
  readonly hidden: boolean;
  /** The process that started this one in its place and is about to end; null for everybody else's start. */
  readonly after: number | null;
}

/**
 * Lenient about everything it does not know: Chromium, the test driver and the shell add arguments of their own.
 * @param args  without the program.
 * @throws {ProblemError} 'badArgument'
 */
export function readDesktopOptions(args: readonly string[]): DesktopOptions {
  const { values } = parseArgs({
    args: [...args],
    strict: false,
    options: {
      data: { type: 'string' },
      listen: { type: 'string', multiple: true },
      hidden: { type: 'boolean' },
      after: { type: 'string' },
    },
  });
  // Without a value the lenient parser hands out `true`.
  if (values.data !== undefined && typeof values.data !== 'string') {
    throw problem('badArgument', '--data needs a folder.');
  }
  const listen = (values.listen ?? []).map((endpoint) => {
    if (typeof endpoint === 'string' && parseEndpoint(endpoint) !== null) return endpoint;
    throw problem(
      'badArgument',
      `--listen needs an address and port, such as '127.0.0.1:25' or '[::1]:25'; '${String(endpoint)}' is none.`,
    );
  });
  return { dataFolder: values.data ?? null, listen, hidden: values.hidden === true, after: processIdIn(values.after) };
}

const processIdIn = (text: unknown): number | null =>
  typeof text === 'string' && /^[1-9][0-9]{0,9}$/.test(text) ? Number(text) : null;
