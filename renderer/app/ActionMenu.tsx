/** One menu for everything: menu bar, context menus of tree and rows. It shows a list of actions and nothing else. */
import ClickAwayListener from '@mui/material/ClickAwayListener';
import MenuItem from '@mui/material/MenuItem';
import MenuList from '@mui/material/MenuList';
import Popper, { type PopperProps } from '@mui/material/Popper';
import { styled } from '@mui/material/styles';
import Tooltip from '@mui/material/Tooltip';
import { Fragment, type KeyboardEvent, type SyntheticEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ViewAction } from './view-chrome.tsx';

/** A point of the window (right-click) or an element below which the menu opens. */
export type MenuAnchor = { readonly x: number; readonly y: number } | HTMLElement;

interface ActionMenuProps {
  readonly actions: readonly ViewAction[];
  /** Null: no menu. */
  readonly anchor: MenuAnchor | null;
  readonly onClose: () => void;
  /** Accessible name; 'Context menu' when absent. */
  readonly label?: string;
  /** Left and right arrow in a menu of the menu bar. */
  readonly onSideways?: (step: -1 | 1) => void;
  readonly placement?: PopperProps['placement'];
}

const MenuPaper = styled('div')(({ theme }) => ({
  minWidth: 180,
  maxWidth: 480,
  maxHeight: '90vh',
  overflow: 'auto',
  backgroundColor: theme.vars.palette.background.paper,
  border: `1px solid ${theme.vars.palette.frame.control}`,
  boxShadow: '2px 3px 8px rgb(0 0 0 / 25%)',
}));

const Separator = styled('li')(({ theme }) => ({
  height: 1,
  margin: '3px 0 3px 28px',
  backgroundColor: theme.vars.palette.frame.line,
  listStyle: 'none',
}));

const Mark = styled('span')({ width: 20, flex: 'none', textAlign: 'center' });
const Label = styled('span')({ flex: 1, paddingRight: 24 });
const Hint = styled('span')(({ theme }) => ({ color: theme.vars.palette.text.secondary }));

/** The view below must not take clicks in its menu for its own. A nested menu's are its parent's, which stays open for them. */
const keepInside = (event: SyntheticEvent): void => event.stopPropagation();

export function ActionMenu(props: ActionMenuProps) {
  // A new opening is a new menu: it remembers where the focus was and starts at its first item.
  return props.anchor === null ? null : <OpenMenu {...props} anchor={props.anchor} />;
}

function OpenMenu({
  actions,
  anchor,
  onClose,
  label,
  onSideways,
  placement = 'bottom-start',
  nested = false,
}: ActionMenuProps & { readonly anchor: MenuAnchor; readonly nested?: boolean }) {
  const { t } = useTranslation('menus');
  const [opener] = useState(() => document.activeElement);
  // Once: the opener may leave the document, and a menu that moves to another place loses the focus.
  const [region] = useState(() => regionOf(opener));
  const [submenu, setSubmenu] = useState<{ readonly id: string; readonly anchor: HTMLElement } | null>(null);

  const close = (): void => {
    // Before the action runs, so that a dialog it opens knows where the focus belongs.
    if (opener instanceof HTMLElement && opener.isConnected) opener.focus();
    onClose();
  };
  const choose = (action: ViewAction, element: HTMLElement): void => {
    if (action.disabledReason !== undefined) return;
    if (action.submenu !== undefined) {
      setSubmenu({ id: action.id, anchor: element });
      return;
    }
    close();
    action.run();
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    event.stopPropagation();
    if (nested && event.key === 'Escape') {
      onSideways?.(-1);
    } else if (['Escape', 'Tab', 'F10', 'Alt'].includes(event.key)) {
      event.preventDefault();
      close();
    } else if (event.key === 'ArrowLeft' || event.key === 'ArrowRight') {
      event.preventDefault();
      onSideways?.(event.key === 'ArrowLeft' ? -1 : 1);
    }
  };

  const shown = actions.length > 0 ? actions : [emptyAction(t('nothing'))];
  return (
    <Popper
      open
      role="presentation" // Popper calls itself a tooltip otherwise
      container={region}
      // A fixed place is not cut off by the scrolling pane around it.
      popperOptions={{ strategy: 'fixed' }}
      anchorEl={anchor instanceof HTMLElement ? anchor : pointAnchor(anchor)}
      placement={placement}
      style={{ zIndex: 1500 }}
      onContextMenu={(event) => {
        event.preventDefault();
        event.stopPropagation();
      }}
      {...(nested ? {} : { onMouseDown: keepInside })}
      onClick={keepInside}
      onDoubleClick={keepInside}
      onFocus={keepInside}
    >
      <ClickAwayListener mouseEvent="onMouseDown" onClickAway={nested ? () => {} : onClose}>
        <MenuPaper>
          <MenuList
            autoFocusItem
            disabledItemsFocusable
            variant="menu"
            aria-label={label ?? t('context')}
            onKeyDown={onKeyDown}
            sx={{ padding: '3px 0' }}
          >
            {shown.map((action) => (
              <Fragment key={action.id}>
                {action.separatorBefore === true && <Separator role="separator" />}
                <Tooltip title={action.disabledReason ?? ''} placement="right" describeChild>
                  <MenuItem
                    role={action.pressed === undefined ? 'menuitem' : 'menuitemcheckbox'}
                    selected={action.pressed === true}
                    disabled={action.disabledReason !== undefined}
                    {...(action.submenu === undefined
                      ? {}
                      : { 'aria-haspopup': 'menu' as const, 'aria-expanded': submenu?.id === action.id })}
                    onClick={(event) => choose(action, event.currentTarget)}
                    onMouseEnter={(event) => {
                      event.currentTarget.focus();
                      setSubmenu(action.submenu === undefined ? null : { id: action.id, anchor: event.currentTarget });
                    }}
                    onKeyDown={(event) => {
                      if (event.key !== 'ArrowRight' || action.submenu === undefined) return;
                      event.preventDefault();
                      event.stopPropagation();
                      setSubmenu({ id: action.id, anchor: event.currentTarget });
                    }}
                  >
                    <Mark aria-hidden>{action.pressed === true ? '✓' : ''}</Mark>
                    <Label>{action.label}</Label>
                    {action.shortcut !== undefined && <Hint aria-hidden>{action.shortcut}</Hint>}
                    {action.submenu !== undefined && <Hint aria-hidden>▸</Hint>}
                  </MenuItem>
                </Tooltip>
              </Fragment>
            ))}
          </MenuList>
          {submenu !== null && (
            <OpenMenu
              nested
              actions={actions.find((action) => action.id === submenu.id)?.submenu ?? []}
              anchor={submenu.anchor}
              placement="right-start"
              label={actions.find((action) => action.id === submenu.id)?.label ?? ''}
              onClose={close}
              onSideways={(step) => {
                if (step === 1) return onSideways?.(1);
                submenu.anchor.focus();
                setSubmenu(null);
              }}
            />
          )}
        </MenuPaper>
      </ClickAwayListener>
    </Popper>
  );
}

const emptyAction = (label: string): ViewAction => ({ id: 'nothing', label, disabledReason: label, run: () => {} });

/** The landmark or dialog in which the menu was opened: there screen readers look for it, and a dialog lets it have the focus. */
const regionOf = (opener: Element | null): Element =>
  opener?.closest('[role="dialog"], [role="alertdialog"], main, nav, header') ??
  document.querySelector('main') ??
  document.body;

/** What Popper needs of an element: a place. */
const pointAnchor = ({ x, y }: { readonly x: number; readonly y: number }) => ({
  getBoundingClientRect: () => new DOMRect(x, y, 0, 0),
});
