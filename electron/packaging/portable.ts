/** Whether the application runs from where somebody unpacked it, rather than from where its installer put it. Pure. */
import { win32 } from 'node:path';

export interface ProgramPlace {
  readonly platform: NodeJS.Platform;
  readonly executable: string;
  /** Set by the runtime of an AppImage. */
  readonly appImage: string | undefined;
  readonly exists: (path: string) => boolean;
}

export function isPortable({ platform, executable, appImage, exists }: ProgramPlace): boolean {
  if (platform === 'linux') return appImage !== undefined;
  if (platform !== 'win32') return false;
  // The installer puts its counterpart beside the program; nothing else does.
  const name = win32.basename(executable);
  return !exists(win32.join(win32.dirname(executable), `Uninstall ${name}`));
}
