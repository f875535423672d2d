/** Menu bar as in Windows: Alt or F10 enters it, arrow keys walk, an open menu follows the pointer along the bar. */
import { styled } from '@mui/material/styles';
import { type KeyboardEvent, useEffect, useEffectEvent, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ActionMenu } from './ActionMenu.tsx';
import type { ViewAction } from './view-chrome.tsx';

export interface BarMenu {
  readonly id: string;
  readonly label: string;
  readonly actions: readonly ViewAction[];
}

const Bar = styled('div')(({ theme }) => ({
  display: 'flex',
  flex: 'none',
  height: 26,
  padding: '0 4px',
  backgroundColor: theme.vars.palette.background.default,
}));

const BarItem = styled('button')(({ theme }) => ({
  padding: '0 10px',
  border: 'none',
  background: 'transparent',
  color: 'inherit',
  font: 'inherit',
  '&:hover, &[aria-expanded="true"]': { backgroundColor: theme.vars.palette.frame.selected },
}));

export function MenuBar({ menus }: { readonly menus: readonly BarMenu[] }) {
  const { t } = useTranslation('menus');
  const [open, setOpen] = useState<number | null>(null);
  const [tabStop, setTabStop] = useState(0);
  const items = useRef<(HTMLButtonElement | null)[]>([]);
  /** Where the focus was before the bar had it; it goes back there. */
  const before = useRef<Element | null>(null);

  const rememberFocus = (): void => {
    const active = document.activeElement;
    if (!items.current.some((item) => item === active)) before.current = active;
  };
  const giveFocusBack = (): void => {
    if (before.current instanceof HTMLElement && before.current.isConnected) before.current.focus();
    before.current = null;
  };
  const focusItem = (index: number): void => {
    setTabStop(index);
    items.current[index]?.focus();
  };
  const step = (from: number, by: number): number => (from + by + menus.length) % menus.length;

  const enter = useEffectEvent(() => {
    if (open !== null) return;
    if (items.current.some((item) => item === document.activeElement)) giveFocusBack();
    else {
      rememberFocus();
      focusItem(0);
    }
  });
  useEffect(() => listenForMenuKey(() => enter()), []);

  const onKeyDown = (event: KeyboardEvent, index: number): void => {
    if (event.key === 'ArrowRight' || event.key === 'ArrowLeft') {
      focusItem(step(index, event.key === 'ArrowRight' ? 1 : -1));
    } else if (event.key === 'ArrowDown' || event.key === 'Enter' || event.key === ' ') {
      setOpen(index);
    } else if (event.key === 'Escape') {
      giveFocusBack();
    } else return;
    event.preventDefault();
    event.stopPropagation();
  };

  return (
    <Bar role="menubar" aria-label={t('bar')}>
      {menus.map(({ id, label }, index) => (
        <BarItem
          key={id}
          ref={(element) => {
            items.current[index] = element;
          }}
          type="button"
          role="menuitem"
          aria-haspopup="menu"
          aria-expanded={open === index}
          tabIndex={index === tabStop ? 0 : -1}
          onMouseDown={(event) => {
            // The list keeps the focus: what is selected there is what the menu is about.
            event.preventDefault();
            if (event.button !== 0) return;
            rememberFocus();
            setOpen(open === index ? null : index);
          }}
          onMouseEnter={() => {
            if (open !== null) setOpen(index);
          }}
          onKeyDown={(event) => onKeyDown(event, index)}
          onClick={(event) => {
            // A click without a pointer: assistive technology.
            if (event.detail === 0 && open === null) setOpen(index);
          }}
        >
          {label}
        </BarItem>
      ))}
      {open !== null && (
        <ActionMenu
          key={open}
          actions={menus[open]?.actions ?? []}
          anchor={items.current[open] ?? null}
          label={menus[open]?.label ?? ''}
          onClose={() => {
            // A press on another item of the bar has opened that one already.
            setOpen((now) => (now === open ? null : now));
            giveFocusBack();
          }}
          onSideways={(by) => setOpen(step(open, by))}
        />
      )}
    </Bar>
  );
}

/** F10, or Alt pressed and released with nothing in between. Not while a dialog is open. */
function listenForMenuKey(enter: () => void): () => void {
  let altAlone = false;
  const blocked = (): boolean => document.querySelector('[role="dialog"], [role="alertdialog"]') !== null;
  const onKeyDown = (event: globalThis.KeyboardEvent): void => {
    altAlone = event.key === 'Alt' && !event.ctrlKey && !event.shiftKey && !event.repeat;
    if (event.key === 'F10' && !event.shiftKey && !event.altKey && !event.ctrlKey && !blocked()) {
      event.preventDefault();
      enter();
    }
  };
  const onKeyUp = (event: globalThis.KeyboardEvent): void => {
    if (event.key !== 'Alt' || !altAlone || blocked()) return;
    altAlone = false;
    event.preventDefault();
    enter();
  };
  const onPointerDown = (): void => {
    altAlone = false;
  };
  document.addEventListener('keydown', onKeyDown);
  document.addEventListener('keyup', onKeyUp);
  document.addEventListener('pointerdown', onPointerDown, true);
  return () => {
    document.removeEventListener('keydown', onKeyDown);
    document.removeEventListener('keyup', onKeyUp);
    document.removeEventListener('pointerdown', onPointerDown, true);
  };
}
