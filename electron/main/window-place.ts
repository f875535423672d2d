/** Where the window was, from one start to the next. */
import type { BrowserWindow, Rectangle } from 'electron';
import * as z from 'zod';
import { readProfileFile, writeProfileFile } from './profile-file.ts';

const placeSchema = z.object({
  x: z.int(),
  y: z.int(),
  width: z.int().min(1).max(100_000),
  height: z.int().min(1).max(100_000),
  maximized: z.boolean(),
});
export type WindowPlace = z.infer<typeof placeSchema>;

export const smallestWindow = { width: 640, height: 400 } as const;
const firstWindow = { width: 1_100, height: 700 } as const;

/** Room for a hand on the title bar. */
const graspPixels = 80;

export interface WindowBounds {
  readonly width: number;
  readonly height: number;
  /** Absent: centred. */
  readonly x?: number;
  readonly y?: number;
}

/** The remembered place where its title bar can be reached on one of today's screens; else the size alone. Pure. */
export function boundsFor(place: WindowPlace | null, workAreas: readonly Rectangle[]): WindowBounds {
  if (place === null) return firstWindow;
  const largest = {
    width: Math.max(...workAreas.map(({ width }) => width)),
    height: Math.max(...workAreas.map(({ height }) => height)),
  };
  const width = Math.max(Math.min(place.width, largest.width), smallestWindow.width);
  const height = Math.max(Math.min(place.height, largest.height), smallestWindow.height);
  const reachable = workAreas.some(
    (area) =>
      place.x + width >= area.x + graspPixels &&
      place.x <= area.x + area.width - graspPixels &&
      place.y >= area.y &&
      place.y <= area.y + area.height - graspPixels,
  );
  return reachable ? { width, height, x: place.x, y: place.y } : { width, height };
}

export const readWindowPlace = (file: string): WindowPlace | null => readProfileFile(file, placeSchema);

export const saveWindowPlace = (file: string, window: BrowserWindow): void =>
  writeProfileFile(file, { ...window.getNormalBounds(), maximized: window.isMaximized() });
