/** Where the window was, from one start to the next. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import type { BrowserWindow, Rectangle } from 'electron';
import * as z from 'zod';

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

/** Null at the first start, and when the file holds something else: a size is not worth a message. */
export function readWindowPlace(file: string): WindowPlace | null {
  try {
    return placeSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch {
    return null;
  }
}

/** Written at once, since the window may be gone with the next event. A profile that can't be written is no reason to complain. */
export function saveWindowPlace(file: string, window: BrowserWindow): void {
  const place: WindowPlace = { ...window.getNormalBounds(), maximized: window.isMaximized() };
  try {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, JSON.stringify(place));
  } catch {}
}
