/** `windows-program.ts pipe|secret|seal LIBRARY`: uses the functions of Windows in that library, and says what came of it. */
import { createWindowsDataProtection } from '../../electron/base/windows-data-protection.ts';
import { readSecret } from '../../electron/cli/read-secret.ts';
import { createConsolePrompt } from '../../electron/cli/windows-console.ts';
import { createPipeRights } from '../../electron/host/windows-pipe-rights.ts';

const [what, library = ''] = process.argv.slice(2);
try {
  if (what === 'pipe') createPipeRights({ advapi32: library, kernel32: library })('\\\\.\\pipe\\smtp-relay');
  else if (what === 'seal') {
    const protection = createWindowsDataProtection({ crypt32: library, kernel32: library });
    const seal = await protection.protect('Größe');
    console.log(`sealed ${Buffer.from(seal).toString('hex')}`);
    console.log(`open ${await protection.unprotect(seal)}`);
  } else console.log(`secret ${await readSecret(createConsolePrompt(library), 'password')}`);
} catch (error) {
  console.log(error instanceof Error ? error.message : error);
}
