/** Stands where the browser console's server is when an installer is built: the installed application has a window. */
import { problem } from '../../shared/contract/problem.ts';
import type { startConsoleServer as realServer } from '../console-server.ts';

export const startConsoleServer: typeof realServer = () => {
  throw problem(
    'notPossible',
    'The installed application has no browser console. Open its window instead of --console.',
  );
};
