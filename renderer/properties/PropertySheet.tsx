/** '<name> Properties': tabs over one draft; OK, Cancel, Apply, Help. */
import { styled } from '@mui/material/styles';
import Tab from '@mui/material/Tab';
import Tabs from '@mui/material/Tabs';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { ServerId } from '../../shared/contract/messages.ts';
import type { SettingsTab } from '../../shared/settings/field.ts';
import { settingKeys } from '../../shared/settings/server-settings.ts';
import { useServerStatus, useSettings } from '../api/queries.ts';
import { ConsoleDialog } from '../app/Dialog.tsx';
import { problemOf, useDialogs } from '../app/dialogs.tsx';
import { Note } from '../app/fields.tsx';
import { ProblemDialog } from '../app/ProblemDialog.tsx';
import { AccessTab } from './AccessTab.tsx';
import { ConflictDialog } from './ConflictDialog.tsx';
import { DeliveryTab } from './DeliveryTab.tsx';
import { isEditedKey } from './draft.ts';
import { GeneralTab } from './GeneralTab.tsx';
import { MessagesTab } from './MessagesTab.tsx';
import { OpenRelayDialog } from './OpenRelayDialog.tsx';
import { HiddenProblem } from './SettingField.tsx';
import { type Sheet, SheetContext } from './sheet.tsx';
import { type SettingsSnapshot, usePropertySheet } from './use-property-sheet.ts';

interface PropertySheetProps {
  readonly serverId: ServerId;
  readonly onClose: () => void;
}

const tabs: readonly { readonly id: SettingsTab; readonly Content: () => React.ReactNode }[] = [
  { id: 'general', Content: GeneralTab },
  { id: 'access', Content: AccessTab },
  { id: 'messages', Content: MessagesTab },
  { id: 'delivery', Content: DeliveryTab },
];

const TabPanel = styled('div')(({ theme }) => ({
  flex: 1,
  minHeight: 0,
  overflow: 'auto',
  padding: 12,
  backgroundColor: theme.vars.palette.background.paper,
  border: `1px solid ${theme.vars.palette.frame.line}`,
}));

const sheetSize = { width: 620, height: 640 } as const;

export function PropertySheet({ serverId, onClose }: PropertySheetProps) {
  const settings = useSettings(serverId);
  if (settings.isError) return <ProblemDialog problem={problemOf(settings.error)} onClose={onClose} />;
  // Nothing is drawn until the settings are here, a moment later: a dialog that is replaced would lose the focus.
  if (settings.data === undefined) return null;
  return <LoadedSheet serverId={serverId} snapshot={settings.data} onClose={onClose} />;
}

function LoadedSheet({ serverId, snapshot, onClose }: PropertySheetProps & { readonly snapshot: SettingsSnapshot }) {
  const { t } = useTranslation('properties');
  const { t: tApp } = useTranslation('app');
  const { open } = useDialogs();
  const server = useServerStatus(serverId);
  const control = usePropertySheet(serverId, snapshot, onClose);
  const { draft, problems, change, judge, tab, failedTries } = control;
  const panel = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (failedTries > 0) panel.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
  }, [failedTries]);
  const sheet: Sheet = {
    server,
    draft,
    problems,
    change,
    judge,
    isOverridden: (key) => snapshot.overridden.includes(key),
  };
  /** The relay may refuse what was changed because of a setting that no tab shows. */
  const elsewhere = settingKeys.find((key) => problems[key] !== undefined && !isEditedKey(key));
  const Content = tabs.find(({ id }) => id === tab)?.Content ?? GeneralTab;
  return (
    <ConsoleDialog
      title={t('title', { name: server?.name ?? draft['general.name'] })}
      onClose={onClose}
      {...sheetSize}
      buttons={[
        { label: tApp('dialog.ok'), onClick: control.ok, isDefault: true, disabled: control.busy },
        { label: tApp('dialog.cancel'), onClick: onClose },
        { label: tApp('dialog.apply'), onClick: control.apply, disabled: !control.canApply },
        { label: tApp('dialog.help'), onClick: () => open({ kind: 'help', topic: 'properties' }) },
      ]}
    >
      <Tabs
        value={tab}
        aria-label={t('title', { name: draft['general.name'] })}
        selectionFollowsFocus
        onChange={(_event, next: SettingsTab) => control.setTab(next)}
        sx={{ flex: 'none', marginBottom: '-1px' }}
      >
        {tabs.map(({ id }) => (
          <Tab
            key={id}
            value={id}
            id={`tab-${id}`}
            aria-controls={`panel-${id}`}
            label={t(`tab.${id}`)}
            {...(id === tab ? { 'data-initial-focus': true } : {})}
          />
        ))}
      </Tabs>
      <TabPanel ref={panel} role="tabpanel" id={`panel-${tab}`} aria-labelledby={`tab-${tab}`}>
        <SheetContext.Provider value={sheet}>
          <Content key={tab} />
          {elsewhere !== undefined && <HiddenProblem settingKey={elsewhere} />}
        </SheetContext.Provider>
        {snapshot.overridden.length > 0 && <Note>{t('overriddenHint')}</Note>}
      </TabPanel>
      {control.question === 'openRelay' && (
        <OpenRelayDialog onConfirm={control.confirmOpenRelay} onCancel={control.cancelQuestion} />
      )}
      {control.question === 'conflict' && (
        <ConflictDialog onReload={control.reload} onOverwrite={control.overwrite} onCancel={control.cancelQuestion} />
      )}
    </ConsoleDialog>
  );
}
