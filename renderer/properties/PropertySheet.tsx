/** '<name> Properties': tabs over one draft; OK, Cancel, Apply, Help. */
import { styled } from '@mui/material/styles';
import Tab from '@mui/material/Tab';
import Tabs from '@mui/material/Tabs';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { ServerId } from '../../shared/contract/messages.ts';
import { type SettingKey, settingKeys } from '../../shared/settings/server-settings.ts';
import { useServerStatus, useSettings } from '../api/queries.ts';
import { ConsoleDialog } from '../app/Dialog.tsx';
import { problemOf, useDialogs } from '../app/dialogs.tsx';
import { Note } from '../app/fields.tsx';
import { ProblemDialog } from '../app/ProblemDialog.tsx';
import type { HelpTopic } from '../help/topics.ts';
import { AlertsTab } from './AlertsTab.tsx';
import { AccessTab } from './access/AccessTab.tsx';
import { OpenRelayDialog } from './access/OpenRelayDialog.tsx';
import { ConflictDialog } from './ConflictDialog.tsx';
import { DeliveryTab } from './DeliveryTab.tsx';
import { ExplainedTab } from './ExplainedTab.tsx';
import { GeneralTab } from './general/GeneralTab.tsx';
import { MessagesTab } from './MessagesTab.tsx';
import { HiddenProblem } from './SettingField.tsx';
import { type Sheet, SheetContext } from './sheet.tsx';
import { type SheetTab, sheetTabOf, sheetTabs } from './sheet-tabs.ts';
import { useFieldsOnScreen } from './use-fields-on-screen.ts';
import { type SettingsSnapshot, usePropertySheet } from './use-property-sheet.ts';

interface PropertySheetProps {
  readonly serverId: ServerId;
  /** Begins at the field of this setting. */
  readonly setting?: SettingKey;
  readonly onClose: () => void;
}

const contents: Readonly<Record<SheetTab, () => React.ReactNode>> = {
  general: GeneralTab,
  access: AccessTab,
  messages: MessagesTab,
  delivery: DeliveryTab,
  ldapRouting: () => <ExplainedTab area="ldapRouting" />,
  security: () => <ExplainedTab area="security" />,
  alerts: AlertsTab,
};

const helpOfTab: Readonly<Record<SheetTab, HelpTopic>> = {
  general: 'general',
  access: 'access',
  messages: 'messages',
  delivery: 'delivery',
  ldapRouting: 'ldap-routing',
  security: 'security',
  alerts: 'alerts',
};

const TabPanel = styled('div')(({ theme }) => ({
  flex: 1,
  minHeight: 0,
  overflow: 'auto',
  padding: 12,
  backgroundColor: theme.vars.palette.background.paper,
  border: `1px solid ${theme.vars.palette.frame.line}`,
}));

const sheetSize = { width: 690, height: 720 } as const;

export function PropertySheet({ serverId, setting, onClose }: PropertySheetProps) {
  const settings = useSettings(serverId);
  if (settings.isError) return <ProblemDialog problem={problemOf(settings.error)} onClose={onClose} />;
  // Nothing is drawn until the settings are here, a moment later: a dialog that is replaced would lose the focus.
  if (settings.data === undefined) return null;
  return <LoadedSheet serverId={serverId} setting={setting} snapshot={settings.data} onClose={onClose} />;
}

interface LoadedSheetProps {
  readonly serverId: ServerId;
  readonly setting: SettingKey | undefined;
  readonly snapshot: SettingsSnapshot;
  readonly onClose: () => void;
}

function LoadedSheet({ serverId, setting, snapshot, onClose }: LoadedSheetProps) {
  const { t } = useTranslation('properties');
  const { t: tApp } = useTranslation('app');
  const { open } = useDialogs();
  const server = useServerStatus(serverId);
  const firstTab = (setting === undefined ? null : sheetTabOf(setting)) ?? 'general';
  const control = usePropertySheet(serverId, snapshot, firstTab, onClose);
  const { draft, problems, tab, failedTries } = control;
  const fields = useFieldsOnScreen();
  const panel = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (failedTries > 0) panel.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
  }, [failedTries]);
  const sheet: Sheet = {
    ...control,
    serverId,
    server,
    isOverridden: (key) => snapshot.overridden.includes(key),
    announceField: fields.announce,
  };
  /** Behind a button of this tab, or of a setting that no tab shows: the relay may refuse a change because of one. */
  const elsewhere = settingKeys.filter(
    (key) => problems[key] !== undefined && !fields.shown.has(key) && (sheetTabOf(key) ?? tab) === tab,
  );
  const Content = contents[tab];
  return (
    <ConsoleDialog
      title={t('title', { name: server?.name ?? draft['general.name'] })}
      onClose={onClose}
      {...sheetSize}
      help={helpOfTab[tab]}
      {...(setting === undefined ? {} : { initialFocus: (content: HTMLElement) => controlOfSetting(content, setting) })}
      buttons={[
        { label: tApp('dialog.ok'), onClick: control.ok, isDefault: true, disabled: control.busy },
        { label: tApp('dialog.cancel'), onClick: onClose },
        { label: tApp('dialog.apply'), onClick: control.apply, disabled: !control.canApply },
        { label: tApp('dialog.help'), onClick: () => open({ kind: 'help', topic: helpOfTab[tab] }) },
      ]}
    >
      <Tabs
        value={tab}
        aria-label={t('title', { name: draft['general.name'] })}
        selectionFollowsFocus
        onChange={(_event, next: SheetTab) => control.setTab(next)}
        sx={{ flex: 'none', marginBottom: '-1px' }}
      >
        {sheetTabs.map((id) => (
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
          {elsewhere.map((key) => (
            <HiddenProblem key={key} settingKey={key} />
          ))}
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

/** The first control of a field, or the button behind which the field is. */
function controlOfSetting(content: HTMLElement, key: SettingKey): HTMLElement | null {
  const place = content.querySelector<HTMLElement>(`[data-setting~="${CSS.escape(key)}"]`);
  if (place === null || place.matches('button')) return place;
  const control = place.querySelector<HTMLElement>('input:not(:disabled), select:not(:disabled), button');
  // A field that is off at the moment can't have the keyboard; its row, with the reason, can.
  if (control === null) place.tabIndex = -1;
  return control ?? place;
}
