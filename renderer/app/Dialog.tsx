/** Dialogs as in Windows: title bar, content, a row of buttons at the lower right. They nest; Esc closes the top one. */
import Button from '@mui/material/Button';
import Dialog from '@mui/material/Dialog';
import { styled } from '@mui/material/styles';
import {
  type FormEvent,
  type KeyboardEvent,
  type ReactNode,
  type SyntheticEvent,
  useCallback,
  useEffect,
  useEffectEvent,
  useId,
  useState,
} from 'react';
import { useTranslation } from 'react-i18next';
import type { HelpTopic } from '../help/topics.ts';
import { useDialogs } from './dialogs.tsx';
import { HelpTopicContext, useHelpTopic } from './help-topic.ts';

export interface DialogButton {
  readonly label: string;
  readonly onClick: () => void;
  readonly disabled?: boolean;
  /** Enter presses it, and it has the stronger border. At most one. */
  readonly isDefault?: boolean;
}

interface ConsoleDialogProps {
  readonly title: string;
  readonly children: ReactNode;
  /** Left to right. */
  readonly buttons: readonly DialogButton[];
  /** Esc and the cross of the title bar. */
  readonly onClose: () => void;
  /** Pixels; the window's width is never exceeded. */
  readonly width?: number;
  /** Pixels; without it the content decides. */
  readonly height?: number;
  /** 'alertdialog' for questions and errors. */
  readonly role?: 'dialog' | 'alertdialog';
  /** Something at the lower left, beside the buttons. */
  readonly footer?: ReactNode;
  /** The page F1 opens; without it that of the dialog or view this one was opened from. Null: no help here. */
  readonly help?: HelpTopic | null;
  /** Where the keyboard begins; without it at the marked element or the first control. Looked at once, as the dialog opens. */
  readonly initialFocus?: (content: HTMLElement) => HTMLElement | null;
}

const TitleBar = styled('div')(({ theme }) => ({
  display: 'flex',
  alignItems: 'center',
  height: 32,
  paddingLeft: 12,
  backgroundColor: theme.vars.palette.frame.titleBar,
  borderBottom: `1px solid ${theme.vars.palette.frame.line}`,
}));

const Title = styled('h2')({
  flex: 1,
  margin: 0,
  fontSize: 13,
  fontWeight: 400,
  overflow: 'hidden',
  textOverflow: 'ellipsis',
  whiteSpace: 'nowrap',
});

const TitleButton = styled('button')(({ theme }) => ({
  width: 36,
  height: 31,
  border: 'none',
  background: 'transparent',
  color: 'inherit',
  font: 'inherit',
  fontSize: 14,
  '&:hover': { backgroundColor: theme.vars.palette.frame.hover },
}));

const CloseCross = styled(TitleButton)(({ theme }) => ({
  width: 44,
  fontSize: 16,
  '&:hover': { backgroundColor: theme.vars.palette.error.main, color: theme.vars.palette.background.paper },
}));

const Form = styled('form')({ display: 'flex', flexDirection: 'column', flex: 1, minHeight: 0 });
const Content = styled('div')({
  flex: 1,
  minHeight: 0,
  overflow: 'auto',
  padding: 12,
  display: 'flex',
  flexDirection: 'column',
});
const ButtonRow = styled('div')({ display: 'flex', alignItems: 'center', gap: 8, padding: '0 12px 12px' });

/** React events travel through portals to the view that opened the dialog, which must not act on them. */
const keepInside = (event: SyntheticEvent): void => event.stopPropagation();

// Of a group of radio buttons the chosen one is the stop of the keyboard.
const focusable =
  'input:not(:disabled, [type="radio"]:not(:checked)), select:not(:disabled), textarea, button:not(:disabled), [tabindex="0"]';

/** Focuses what the dialog wants, else the marked element, else the first control of the content, else the default button. */
const focusFirst = (content: HTMLElement, wanted: HTMLElement | null): void => {
  const form = content.closest('form');
  const target =
    wanted ??
    form?.querySelector<HTMLElement>('[data-initial-focus]') ??
    content.querySelector<HTMLElement>(focusable) ??
    form?.querySelector<HTMLElement>('button[type="submit"]');
  target?.focus();
};

export function ConsoleDialog({
  title,
  children,
  buttons,
  onClose,
  width = 420,
  height,
  role = 'dialog',
  footer,
  help,
  initialFocus,
}: ConsoleDialogProps) {
  const { t } = useTranslation('app');
  const { open } = useDialogs();
  const inherited = useHelpTopic();
  const topic = help === undefined ? inherited : help;
  const titleId = useId();
  const defaultButton = buttons.find((button) => button.isDefault === true);
  useFocusReturn();

  const [wantedFirst] = useState(() => initialFocus);
  const attachContent = useCallback(
    (content: HTMLElement | null) => {
      if (content !== null) focusFirst(content, wantedFirst?.(content) ?? null);
    },
    [wantedFirst],
  );
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    event.stopPropagation();
    if (defaultButton?.disabled !== true) defaultButton?.onClick();
  };

  const showHelp = (): void => {
    if (topic !== null) open({ kind: 'help', topic });
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    event.stopPropagation();
    if (event.key !== 'F1' || event.defaultPrevented) return;
    event.preventDefault();
    showHelp();
  };
  const hasHelpButton = buttons.some(({ label }) => label === t('dialog.help'));

  return (
    <Dialog
      open
      disableRestoreFocus
      aria-labelledby={titleId}
      onKeyDown={onKeyDown}
      onKeyUp={keepInside}
      onMouseDown={keepInside}
      onDoubleClick={keepInside}
      onContextMenu={keepInside}
      onFocus={keepInside}
      onClose={(_event, reason) => {
        if (reason === 'escapeKeyDown') onClose();
      }}
      slotProps={{
        paper: {
          role,
          sx: { width, maxWidth: 'calc(100vw - 32px)', height, maxHeight: 'calc(100vh - 32px)' },
        },
      }}
    >
      <TitleBar>
        <Title id={titleId}>{title}</Title>
        {topic !== null && !hasHelpButton && (
          <TitleButton type="button" tabIndex={-1} aria-label={t('dialog.help')} title="F1" onClick={showHelp}>
            ?
          </TitleButton>
        )}
        <CloseCross type="button" tabIndex={-1} aria-label={t('dialog.close')} onClick={onClose}>
          ×
        </CloseCross>
      </TitleBar>
      <Form noValidate onSubmit={submit}>
        <Content ref={attachContent}>
          {topic === null ? children : <HelpTopicContext value={topic}>{children}</HelpTopicContext>}
        </Content>
        <ButtonRow>
          <div style={{ flex: 1 }}>{footer}</div>
          {buttons.map(({ label, onClick, disabled = false, isDefault = false }) => (
            <Button
              key={label}
              type={isDefault ? 'submit' : 'button'}
              disabled={disabled}
              {...(isDefault ? {} : { onClick })}
            >
              {label}
            </Button>
          ))}
        </ButtonRow>
      </Form>
    </Dialog>
  );
}

/** Gives the focus back to where it was before the dialog came. */
function useFocusReturn(): void {
  const [opener] = useState(() => document.activeElement);
  const giveBack = useEffectEvent(() => {
    if (opener instanceof HTMLElement && opener.isConnected) opener.focus();
  });
  useEffect(() => () => giveBack(), []);
}

interface ConfirmDialogProps {
  readonly title: string;
  readonly children: ReactNode;
  /** What happens when the answer is yes, as a verb: 'Stop', 'Delete'. */
  readonly confirmLabel: string;
  readonly onConfirm: () => void;
  readonly onCancel: () => void;
}

/** A question before something that hurts. Cancel is the default button. */
export function ConfirmDialog({ title, children, confirmLabel, onConfirm, onCancel }: ConfirmDialogProps) {
  const { t } = useTranslation('app');
  return (
    <ConsoleDialog
      role="alertdialog"
      title={title}
      onClose={onCancel}
      buttons={[
        { label: confirmLabel, onClick: onConfirm },
        { label: t('dialog.cancel'), onClick: onCancel, isDefault: true },
      ]}
    >
      {children}
    </ConsoleDialog>
  );
}
