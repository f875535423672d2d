/** One executable, three programs. Pure. */
export interface ProgramChoice {
  readonly program: 'desktop' | 'service' | 'cli';
  /** What the program itself takes: everything behind the word that chose it. */
  readonly args: readonly string[];
}

/**
 * @param args  without the executable. What stands before `--service` or `--cli` is for Chromium, such as
 * `--ozone-platform=headless` on a computer without a display.
 */
export function chooseProgram(args: readonly string[]): ProgramChoice {
  const place = args.findIndex((argument) => argument === '--service' || argument === '--cli');
  if (place === -1) return { program: 'desktop', args };
  return { program: args[place] === '--service' ? 'service' : 'cli', args: args.slice(place + 1) };
}
