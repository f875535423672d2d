/** The frame of a domain's property sheet: tabs, OK, Cancel, Apply, Help. */
import { styled } from '@mui/material/styles';
import Tab from '@mui/material/Tab';
import Tabs from '@mui/material/Tabs';
import { type ReactNode, useEffect, useId, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { ConsoleDialog } from '../app/Dialog.tsx';
import { useDialogs } from '../app/dialogs.tsx';
import type { HelpTopic } from '../help/topics.ts';

export interface DomainSheetTab<Id extends string> {
  readonly id: Id;
  readonly label: string;
}

interface DomainSheetProps<Id extends string> {
  readonly title: string;
  readonly tabs: readonly DomainSheetTab<Id>[];
  readonly tab: Id;
  readonly onTab: (tab: Id) => void;
  readonly topic: HelpTopic;
  /** Pixels. */
  readonly height: number;
  readonly canApply: boolean;
  readonly busy: boolean;
  readonly onOk: () => void;
  readonly onApply: () => void;
  readonly onClose: () => void;
  /** Counts the tries that failed for a field, so that the focus goes there each time. */
  readonly failedTries: number;
  readonly children: ReactNode;
}

const Panel = styled('div')(({ theme }) => ({
  flex: 1,
  minHeight: 0,
  overflow: 'auto',
  padding: 12,
  backgroundColor: theme.vars.palette.background.paper,
  border: `1px solid ${theme.vars.palette.frame.line}`,
}));

export function DomainSheet<Id extends string>({ title, tabs, tab, onTab, children, ...sheet }: DomainSheetProps<Id>) {
  const { t } = useTranslation('app');
  const { open } = useDialogs();
  const id = useId();
  const panel = useRef<HTMLDivElement>(null);
  const { failedTries } = sheet;
  useEffect(() => {
    if (failedTries > 0) panel.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
  }, [failedTries]);
  return (
    <ConsoleDialog
      title={title}
      help={sheet.topic}
      onClose={sheet.onClose}
      width={610}
      height={sheet.height}
      buttons={[
        { label: t('dialog.ok'), onClick: sheet.onOk, isDefault: true, disabled: sheet.busy },
        { label: t('dialog.cancel'), onClick: sheet.onClose },
        { label: t('dialog.apply'), onClick: sheet.onApply, disabled: !sheet.canApply || sheet.busy },
        { label: t('dialog.help'), onClick: () => open({ kind: 'help', topic: sheet.topic }) },
      ]}
    >
      <Tabs
        value={tab}
        aria-label={title}
        selectionFollowsFocus
        onChange={(_event, next: Id) => onTab(next)}
        sx={{ flex: 'none', marginBottom: '-1px' }}
      >
        {tabs.map((one) => (
          <Tab
            key={one.id}
            value={one.id}
            id={`${id}-${one.id}`}
            aria-controls={`${id}-panel`}
            label={one.label}
            {...(one.id === tab ? { 'data-initial-focus': true } : {})}
          />
        ))}
      </Tabs>
      <Panel ref={panel} role="tabpanel" id={`${id}-panel`} aria-labelledby={`${id}-${tab}`}>
        {children}
      </Panel>
    </ConsoleDialog>
  );
}
