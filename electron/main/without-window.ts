/** The executable as a service or as the command line: no window, no tray, no graphics. */
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { app } from 'electron';
import type { runCommandLine } from '../cli/index.ts';
import { firstSignal } from '../host/first-signal.ts';
import type { runService } from '../service.ts';
import type { ProgramChoice } from './program-choice.ts';

/** Nothing is ever drawn: no process for it, and no driver of somebody else on a server. */
const noGraphics = ['disable-gpu', 'disable-software-rasterizer'] as const;

/** Not awaited where the application starts: Chromium would wait for it. */
export async function runWithoutWindow({ program, args }: ProgramChoice): Promise<void> {
  for (const name of noGraphics) app.commandLine.appendSwitch(name);
  // The window of somebody who is logged on keeps its own profile.
  app.setPath('userData', `${app.getPath('userData')}-${program}`);
  app.exit(await run(program, args));
}

async function run(program: ProgramChoice['program'], args: readonly string[]): Promise<number> {
  try {
    if (program === 'service') {
      const service = await load<{ runService: typeof runService }>('service');
      return await service.runService(args, Promise.race([firstSignal(), quitWanted()]));
    }
    const cli = await load<{ runCommandLine: typeof runCommandLine }>('cli');
    const exitStatus = await cli.runCommandLine(args);
    await Promise.all([written(process.stdout), written(process.stderr)]);
    return exitStatus;
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
    return 1;
  }
}

/** The same files that run on plain Node. */
const load = async <Program>(name: string): Promise<Program> =>
  (await import(pathToFileURL(join(app.getAppPath(), 'dist', name, 'index.js')).href)) as Program;

/** Chromium takes signals for itself once it is up, and turns them into a wish to quit. */
const quitWanted = (): Promise<void> =>
  new Promise((resolve) => {
    app.on('before-quit', (event) => {
      event.preventDefault();
      resolve();
    });
  });

/** Pipes take what is written later; the exit would cut it off. */
const written = (stream: NodeJS.WriteStream): Promise<void> =>
  new Promise((resolve) => void stream.write('', () => resolve()));
