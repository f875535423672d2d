import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { WaitingMail } from '../../shared/contract/computer/iis-import-calls.ts';
import { createQueueFormat, localeOf } from '../queue/format.ts';
import type { ImportPreview } from './import-entry.ts';
import { PlainTable } from './PlainTable.tsx';

const mostShown = 5;

/** How much mail waits in the folders of the old server, and which files of it cannot be sent. */
export function MailTable({ mail }: { readonly mail: ImportPreview['mail'] }) {
  const { t, i18n } = useTranslation('iisImport');
  const format = useMemo(() => createQueueFormat(localeOf(i18n.language, navigator.languages)), [i18n.language]);
  const folders = (['queue', 'pickup'] as const).map((kind) => ({ kind, ...mail[kind] }));
  const headings = [t('mail.folder'), t('mail.files'), t('mail.size'), t('mail.unusable')];
  const unusable = folders.flatMap(({ unusableFiles }) => unusableFiles);
  return (
    <>
      <div style={{ display: 'flex', height: 82 }}>
        <PlainTable label={t('mail.heading')} headings={headings} widths={[undefined, 100, 100, 120]}>
          {folders.map(({ kind, folder, ready, sizeBytes, unusable: count }) => (
            <tr key={kind}>
              <td>
                {t(`mail.${kind}`)}: {folder}
              </td>
              <td>{format.count(ready)}</td>
              <td>{format.size(sizeBytes)}</td>
              <td>{format.count(count)}</td>
            </tr>
          ))}
        </PlainTable>
      </div>
      {folders.map(({ kind, folder, problem }) => (
        <FolderProblem key={kind} folder={folder} problem={problem} />
      ))}
      {unusable.length > 0 && <LeftFiles files={unusable} />}
    </>
  );
}

function FolderProblem({ folder, problem }: Pick<WaitingMail, 'folder' | 'problem'>) {
  const { t } = useTranslation('iisImport');
  return problem === null ? null : <p role="alert">{t('mail.problem', { folder, reason: problem })}</p>;
}

/** The first ones; the reasons are those of the relay, in English. */
export function LeftFiles({ files }: { readonly files: readonly WaitingMail['unusableFiles'][number][] }) {
  const { t } = useTranslation('iisImport');
  return (
    <div style={{ margin: '8px 0' }}>
      {t('mail.stays')}
      <ul style={{ margin: '2px 0', paddingLeft: 22 }}>
        {files.slice(0, mostShown).map(({ name, reason }) => (
          <li key={name}>
            {name}: <span lang="en">{reason}</span>
          </li>
        ))}
        {files.length > mostShown && <li>…</li>}
      </ul>
    </div>
  );
}
