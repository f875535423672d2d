import { useTranslation } from 'react-i18next';
import { thisComputerEntry } from '../../../shared/settings/address.ts';
import { SettingsDialog } from '../SettingsDialog.tsx';
import { useSheet } from '../sheet.tsx';
import { AccessList } from './AccessList.tsx';
import { Caution } from './Caution.tsx';
import { ClientCheck } from './ClientCheck.tsx';

export const connectionKeys = ['access.connectionMode', 'access.connectionList'] as const;

/** 'Connection': which computers may connect at all. */
export function ConnectionDialog({ onClose }: { readonly onClose: () => void }) {
  const { t } = useTranslation('accessTab');
  const { draft } = useSheet();
  const [mode, list] = [draft['access.connectionMode'], draft['access.connectionList']];
  const listed = list.includes(thisComputerEntry);
  return (
    <SettingsDialog title={t('connection')} keys={connectionKeys} onClose={onClose} width={540} help="connection">
      <AccessList
        modeKey="access.connectionMode"
        listKey="access.connectionList"
        question={t('connectionQuestion')}
        empty={{ onlyListed: t('connectionEmptyOnlyListed'), allExceptListed: t('connectionEmptyAllExcept') }}
      />
      <div role="status">
        {mode === 'onlyListed' && !listed && <Caution>{t('thisComputerMissing')}</Caution>}
        {mode === 'allExceptListed' && listed && <Caution>{t('thisComputerDenied')}</Caution>}
      </div>
      <ClientCheck
        rules={{ mode, list }}
        ask={(client, clientAddress) => client.call('connection.check', { clientAddress, mode, list: [...list] })}
      />
    </SettingsDialog>
  );
}
