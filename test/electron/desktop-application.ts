/** The desktop application under test, the same on the stand-in and on the real runtime. */
import type { ElectronApplication, Page } from '@playwright/test';

/** What `evaluate` hands to a function that runs in the main process. */
export type ElectronMain = typeof Electron.CrossProcessExports;
export type EvaluateInMain = ElectronApplication['evaluate'];

export interface DesktopApplication {
  readonly evaluate: EvaluateInMain;
  firstWindow(): Promise<Page>;
  /** Resolves when the application has ended; null when a signal ended it. */
  readonly exitCode: Promise<number | null>;
  /** Everything the main process wrote so far. */
  output(): string;
  /** For the end of a test: nothing is left running. */
  kill(): Promise<void>;
}
