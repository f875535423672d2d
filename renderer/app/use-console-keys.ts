/** The keys that work wherever the focus is, unless a view or a dialog has used them. */
import { useEffect, useEffectEvent } from 'react';
import type { ViewAction } from './view-chrome.tsx';

interface ConsoleKeys {
  /** What can be done now; found by id. */
  readonly actions: readonly ViewAction[];
  readonly back: (() => void) | undefined;
  readonly forward: (() => void) | undefined;
  readonly up: (() => void) | undefined;
  readonly nextPane: () => void;
  readonly help: () => void;
  readonly find: () => void;
}

const actionOfKey = (event: KeyboardEvent): string | null => {
  const key = event.key.toLowerCase();
  if (event.altKey) return key === 'enter' && !event.ctrlKey ? 'properties' : null;
  if (event.ctrlKey) return { r: 'refresh', s: 'exportList', c: 'copy', z: 'undo' }[key] ?? null;
  return { f2: 'rename', f5: 'refresh', delete: 'delete' }[key] ?? null;
};

const isTextField = (target: EventTarget | null): boolean =>
  target instanceof Element && target.closest('input, textarea, select, [contenteditable]') !== null;

const isInDialogOrMenu = (target: EventTarget | null): boolean =>
  target instanceof Element && target.closest('[role="dialog"], [role="alertdialog"], [role="menu"]') !== null;

const hasSelectedText = (): boolean => (window.getSelection()?.toString() ?? '') !== '';

/** The browser would reload the page or save it as a file. */
const isForTheBrowser = ({ key, ctrlKey }: KeyboardEvent): boolean =>
  key === 'F5' || (ctrlKey && ['k', 'r', 's'].includes(key.toLowerCase()));

export function useConsoleKeys(keys: ConsoleKeys): void {
  const onKeyDown = useEffectEvent((event: KeyboardEvent) => {
    if (event.defaultPrevented && !isForTheBrowser(event)) return;
    if (isInDialogOrMenu(event.target)) return;
    const travel = travelOf(event, keys);
    if (travel !== null) {
      event.preventDefault();
      travel();
      return;
    }
    const id = actionOfKey(event);
    const action = keys.actions.find((candidate) => candidate.id === id);
    if (action === undefined || action.disabledReason !== undefined) return;
    const forText = id === 'copy' || id === 'delete' || id === 'undo';
    if (forText && (isTextField(event.target) || (id === 'copy' && hasSelectedText()))) return;
    event.preventDefault();
    action.run();
  });
  useEffect(() => {
    const keepFromBrowser = (event: KeyboardEvent): void => {
      if (isForTheBrowser(event)) event.preventDefault();
    };
    const listen = (event: KeyboardEvent): void => onKeyDown(event);
    document.addEventListener('keydown', keepFromBrowser, true);
    document.addEventListener('keydown', listen);
    return () => {
      document.removeEventListener('keydown', keepFromBrowser, true);
      document.removeEventListener('keydown', listen);
    };
  }, []);
}

function travelOf(event: KeyboardEvent, keys: ConsoleKeys): (() => void) | null {
  const nowhere = (): void => {};
  if (event.altKey && event.key === 'ArrowLeft') return keys.back ?? nowhere;
  if (event.altKey && event.key === 'ArrowRight') return keys.forward ?? nowhere;
  if (event.ctrlKey && !event.altKey && event.key.toLowerCase() === 'k') return keys.find;
  if (event.altKey || event.ctrlKey) return null;
  if (event.key === 'Backspace' && !isTextField(event.target)) return keys.up ?? nowhere;
  if (event.key === 'F6') return keys.nextPane;
  return event.key === 'F1' ? keys.help : null;
}
