import { useTranslation } from 'react-i18next';
import type { ServerStatus } from '../../shared/contract/servers.ts';
import { FieldRow, Note, TextInput } from '../app/fields.tsx';
import { AddressSelect } from '../properties/AddressSelect.tsx';
import { freePortOf, type NewServer, type NewServerPage, ownerOf } from './new-server.ts';

interface NewServerPageContentProps {
  readonly page: NewServerPage;
  readonly entry: NewServer;
  readonly problem: string | undefined;
  readonly servers: readonly ServerStatus[];
  readonly dataFolder: string;
  readonly onChange: (part: Partial<NewServer>) => void;
}

const labelWidth = 120;
const paragraph = { margin: '0 0 10px' } as const;

export function NewServerPageContent({ page, ...props }: NewServerPageContentProps) {
  switch (page) {
    case 'name':
      return <NamePage {...props} />;
    case 'address':
      return <AddressPage {...props} />;
    case 'folder':
      return <FolderPage {...props} />;
    case 'domain':
      return <DomainPage {...props} />;
  }
}

type PageProps = Omit<NewServerPageContentProps, 'page'>;

function NamePage({ entry, problem, onChange }: PageProps) {
  const { t } = useTranslation('wizards');
  return (
    <>
      <p style={paragraph}>{t('server.nameText')}</p>
      <FieldRow label={t('server.name')} narrowLabel={labelWidth} problem={problem}>
        {(ids) => <TextInput {...ids} value={entry.name} maxLength={100} onChange={(name) => onChange({ name })} />}
      </FieldRow>
    </>
  );
}

function AddressPage({ entry, problem, servers, onChange }: PageProps) {
  const { t } = useTranslation('wizards');
  const owner = ownerOf(servers, entry.address, 25);
  return (
    <>
      <p style={paragraph}>{t('server.addressText')}</p>
      <div style={{ display: 'flex', flexDirection: 'column', gap: 6 }}>
        <FieldRow label={t('server.address')} narrowLabel={labelWidth}>
          {(ids) => (
            <AddressSelect
              {...ids}
              value={entry.address}
              onChange={(address) => onChange({ address, portText: String(freePortOf(servers, address)) })}
            />
          )}
        </FieldRow>
        <FieldRow label={t('server.port')} narrowLabel={labelWidth} problem={problem}>
          {(ids) => (
            <TextInput
              {...ids}
              numeric
              width={80}
              maxLength={5}
              value={entry.portText}
              onChange={(portText) => onChange({ portText })}
            />
          )}
        </FieldRow>
      </div>
      <Note>{owner === null ? t('server.portFree') : t('server.portTaken', { server: owner })}</Note>
    </>
  );
}

function FolderPage({ entry, problem, dataFolder, onChange }: PageProps) {
  const { t } = useTranslation('wizards');
  const separator = dataFolder.includes('\\') ? '\\' : '/';
  const folder = [dataFolder, 'mailroot', '…'].join(separator);
  return (
    <>
      <p style={paragraph}>{t('server.folderText')}</p>
      <FieldRow label={t('server.folder')} narrowLabel={labelWidth} problem={problem}>
        {(ids) => (
          <TextInput
            {...ids}
            value={entry.mailroot}
            maxLength={1_000}
            placeholder={t('server.folderHint', { folder })}
            onChange={(mailroot) => onChange({ mailroot })}
          />
        )}
      </FieldRow>
    </>
  );
}

function DomainPage({ entry, problem, onChange }: PageProps) {
  const { t } = useTranslation('wizards');
  return (
    <>
      <p style={paragraph}>{t('server.domainText')}</p>
      <FieldRow label={t('server.domain')} narrowLabel={labelWidth} problem={problem}>
        {(ids) => (
          <TextInput
            {...ids}
            value={entry.defaultDomain}
            maxLength={253}
            placeholder={t('server.domainHint')}
            onChange={(defaultDomain) => onChange({ defaultDomain })}
          />
        )}
      </FieldRow>
      <p style={{ margin: '12px 0 0' }}>
        <Note>{t('server.startsNow')}</Note>
      </p>
    </>
  );
}
