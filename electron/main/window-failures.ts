/** A page that crashes is loaded again, one that hangs is offered to be. The relay does not notice either. */
import { app, type BrowserWindow } from 'electron';
import type { Clock, Log } from '../base/ports.ts';
import { createCrashLimit } from './crash-limit.ts';
import type { DesktopLanguage } from './desktop-language.ts';
import { askUnresponsive, tellCrashed } from './questions.ts';

export interface WindowFailureOptions {
  readonly window: BrowserWindow;
  readonly language: DesktopLanguage;
  readonly clock: Clock;
  readonly log: Log;
  readonly isStopping: () => boolean;
  /** The page crashed at each attempt; the window is hidden, and that was said. */
  readonly onGivenUp: () => void;
}

export function handleWindowFailures(options: WindowFailureOptions): void {
  handleCrashes(options);
  handleHangs(options);
  // Chromium starts its other processes again by itself.
  app.on('child-process-gone', (_event, { type, reason, exitCode }) => {
    if (reason !== 'clean-exit') options.log.warn('chromium process gone', { type, reason, exitCode });
  });
}

function handleCrashes({ window, language, clock, log, isStopping, onGivenUp }: WindowFailureOptions): void {
  const mayReload = createCrashLimit(clock);
  const giveUp = async (): Promise<void> => {
    window.hide();
    await tellCrashed(language.texts);
    onGivenUp();
  };
  window.webContents.on('render-process-gone', (_event, { reason, exitCode }) => {
    if (reason === 'clean-exit' || isStopping()) return;
    log.warn('console page crashed', { reason, exitCode });
    // Not inside the event, where Chromium still takes the old process apart.
    clock.after(0, () => {
      if (window.isDestroyed()) return;
      if (mayReload()) window.webContents.reload();
      else void giveUp();
    });
  });
}

function handleHangs({ window, language, log, isStopping }: WindowFailureOptions): void {
  let question: AbortController | null = null;
  const offer = async (): Promise<void> => {
    if (question !== null || isStopping() || !window.isVisible()) return;
    log.warn('console page does not respond');
    question = new AbortController();
    const again = await askUnresponsive(language.texts, question.signal);
    question = null;
    // A page that hangs does not hear of a reload: its process has to go, and is replaced like after a crash.
    if (again && !window.isDestroyed()) window.webContents.forcefullyCrashRenderer();
  };
  window.on('unresponsive', () => void offer());
  window.on('responsive', () => question?.abort());
}
