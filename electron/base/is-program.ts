import { realpathSync } from 'node:fs';
import { argv, versions } from 'node:process';
import { pathToFileURL } from 'node:url';

/**
 * Whether Node was started with this module. Node says so in `import.meta.main` since 22.18; before, the name in the
 * command line has to tell, because a program that believes it is a library ends without a word.
 */
export const isProgram = ({ main, url }: { readonly main?: boolean; readonly url: string }): boolean =>
  main ?? (versions.electron === undefined && url === startedUrl());

function startedUrl(): string | null {
  const [, started] = argv;
  if (started === undefined) return null;
  try {
    return pathToFileURL(realpathSync(started)).href;
  } catch {
    return null;
  }
}
