/** Entry of the executable. With `--service` or `--cli` the desktop application is never loaded. */
import { chooseProgram } from './program-choice.ts';

const choice = chooseProgram(process.argv.slice(1));
if (choice.program === 'desktop') {
  await import('./index.ts');
} else {
  const { runWithoutWindow } = await import('./without-window.ts');
  void runWithoutWindow(choice);
}
