import { expect, test } from 'vitest';
import { boundsFor } from '../../../electron/main/window-place.ts';

const screen = { x: 0, y: 0, width: 1920, height: 1040 };
const second = { x: 1920, y: 0, width: 1280, height: 1000 };
const place = { x: 100, y: 50, width: 900, height: 600, maximized: false };

test.each([
  { when: 'there is nothing to remember', place: null, areas: [screen], bounds: { width: 1100, height: 700 } },
  { when: 'it fits', place, areas: [screen], bounds: { x: 100, y: 50, width: 900, height: 600 } },
  {
    when: 'it was on a screen that is gone',
    place: { ...place, x: 2200 },
    areas: [screen],
    bounds: { width: 900, height: 600 },
  },
  {
    when: 'that screen is there',
    place: { ...place, x: 2200 },
    areas: [screen, second],
    bounds: { x: 2200, y: 50, width: 900, height: 600 },
  },
  {
    when: 'its title bar is above the screen',
    place: { ...place, y: -30 },
    areas: [screen],
    bounds: { width: 900, height: 600 },
  },
  {
    when: 'only a corner would show',
    place: { ...place, x: -880 },
    areas: [screen],
    bounds: { width: 900, height: 600 },
  },
  {
    when: 'it is larger than every screen',
    place: { ...place, width: 5000, height: 3000 },
    areas: [screen],
    bounds: { x: 100, y: 50, width: 1920, height: 1040 },
  },
  {
    when: 'it was made too small to use',
    place: { ...place, width: 10, height: 10 },
    areas: [screen],
    bounds: { x: 100, y: 50, width: 640, height: 400 },
  },
])('where the window opens when $when', ({ place, areas, bounds }) => {
  expect(boundsFor(place, areas)).toEqual(bounds);
});
