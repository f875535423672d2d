/** The console window. */
import { BrowserWindow, nativeTheme, screen } from 'electron';
import { boundsFor, readWindowPlace, smallestWindow } from './window-place.ts';

export interface ConsoleWindowOptions {
  readonly title: string;
  readonly preloadFile: string;
  readonly placeFile: string;
  readonly developerTools: boolean;
  /** Stays out of sight until it is asked for. */
  readonly hidden: boolean;
}

/** Shown at once, in the colour of its page: an empty window after the click is better than none. */
export function createConsoleWindow(options: ConsoleWindowOptions): BrowserWindow {
  const place = readWindowPlace(options.placeFile);
  const workAreas = screen.getAllDisplays().map(({ workArea }) => workArea);
  const window = new BrowserWindow({
    ...boundsFor(place, workAreas),
    minWidth: smallestWindow.width,
    minHeight: smallestWindow.height,
    title: options.title,
    show: !options.hidden,
    backgroundColor: nativeTheme.shouldUseDarkColors ? '#1e1e1e' : '#ffffff',
    webPreferences: {
      preload: options.preloadFile,
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      nodeIntegrationInSubFrames: false,
      nodeIntegrationInWorker: false,
      webSecurity: true,
      allowRunningInsecureContent: false,
      webviewTag: false,
      navigateOnDragDrop: false,
      spellcheck: false,
      devTools: options.developerTools,
    },
  });
  // Maximizing shows a hidden window.
  if (place?.maximized === true) {
    if (options.hidden) window.once('show', () => window.maximize());
    else window.maximize();
  }
  return window;
}
