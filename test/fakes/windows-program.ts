/** `windows-program.ts pipe|secret LIBRARY`: uses the functions of Windows in that library, and says what came of it. */
import { readSecret } from '../../electron/cli/read-secret.ts';
import { createConsolePrompt } from '../../electron/cli/windows-console.ts';
import { createPipeRights } from '../../electron/host/windows-pipe-rights.ts';

const [what, library = ''] = process.argv.slice(2);
try {
  if (what === 'pipe') createPipeRights({ advapi32: library, kernel32: library })('\\\\.\\pipe\\smtp-relay');
  else console.log(`secret ${await readSecret(createConsolePrompt(library), 'password')}`);
} catch (error) {
  console.log(error instanceof Error ? error.message : error);
}
