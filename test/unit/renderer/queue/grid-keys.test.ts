import { expect, test } from 'vitest';
import { type GridCommand, type GridPlace, gridCommand } from '../../../../renderer/queue/grid-keys.ts';

const middle: GridPlace = { index: 50, total: 100, rowsPerScreen: 20 };
const press = (text: string) => {
  const parts = text.split('+');
  return {
    key: parts.at(-1) === 'Space' ? ' ' : (parts.at(-1) ?? ''),
    ctrlKey: parts.includes('Ctrl'),
    shiftKey: parts.includes('Shift'),
    altKey: parts.includes('Alt'),
  };
};

test.each<{ keys: string; place?: Partial<GridPlace>; command: GridCommand | null }>([
  { keys: 'ArrowDown', command: { type: 'move', to: 51, mode: 'only' } },
  { keys: 'ArrowUp', command: { type: 'move', to: 49, mode: 'only' } },
  { keys: 'ArrowUp', place: { index: 0 }, command: { type: 'move', to: 0, mode: 'only' } },
  { keys: 'ArrowDown', place: { index: 99 }, command: { type: 'move', to: 99, mode: 'only' } },
  { keys: 'ArrowDown', place: { index: null }, command: { type: 'move', to: 0, mode: 'only' } },
  { keys: 'ArrowUp', place: { index: null }, command: { type: 'move', to: 0, mode: 'only' } },
  { keys: 'PageDown', command: { type: 'move', to: 69, mode: 'only' } },
  { keys: 'PageUp', command: { type: 'move', to: 31, mode: 'only' } },
  { keys: 'PageDown', place: { index: 95 }, command: { type: 'move', to: 99, mode: 'only' } },
  { keys: 'PageDown', place: { rowsPerScreen: 0 }, command: { type: 'move', to: 51, mode: 'only' } },
  { keys: 'Home', command: { type: 'move', to: 0, mode: 'only' } },
  { keys: 'End', command: { type: 'move', to: 99, mode: 'only' } },
  { keys: 'Shift+ArrowDown', command: { type: 'move', to: 51, mode: 'range' } },
  { keys: 'Shift+End', command: { type: 'move', to: 99, mode: 'range' } },
  { keys: 'Ctrl+ArrowDown', command: { type: 'move', to: 51, mode: 'focus' } },
  { keys: 'Ctrl+Shift+Home', command: { type: 'move', to: 0, mode: 'addRange' } },
  { keys: 'Space', command: { type: 'toggle' } },
  { keys: 'Ctrl+Space', command: { type: 'toggle' } },
  { keys: 'Shift+Space', command: { type: 'move', to: 50, mode: 'range' } },
  { keys: 'Space', place: { index: null }, command: { type: 'move', to: 0, mode: 'only' } },
  { keys: 'Ctrl+a', command: { type: 'selectAll' } },
  { keys: 'Ctrl+A', command: { type: 'selectAll' } },
  { keys: 'Enter', command: { type: 'run', action: 'properties' } },
  { keys: 'Alt+Enter', command: { type: 'run', action: 'properties' } },
  { keys: 'Delete', command: { type: 'run', action: 'delete' } },
  { keys: 'Shift+Delete', command: null },
  { keys: 'Ctrl+c', command: { type: 'run', action: 'copy' } },
  { keys: 'Ctrl+Insert', command: { type: 'run', action: 'copy' } },
  { keys: 'Shift+F10', command: { type: 'menu' } },
  { keys: 'ContextMenu', command: { type: 'menu' } },
  { keys: 'F10', command: null },
  { keys: 'Alt+ArrowLeft', command: null },
  { keys: 'Alt+ArrowDown', command: null },
  { keys: 'ArrowRight', command: null },
  { keys: 'F5', command: null },
  { keys: 'ArrowDown', place: { index: null, total: 0 }, command: null },
  { keys: 'Space', place: { index: null, total: 0 }, command: null },
  { keys: 'Shift+F10', place: { index: null, total: 0 }, command: { type: 'menu' } },
])('$keys $place', ({ keys, place = {}, command }) => {
  expect(gridCommand(press(keys), { ...middle, ...place })).toEqual(command);
});
