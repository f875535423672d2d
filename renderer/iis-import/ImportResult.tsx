import { useTranslation } from 'react-i18next';
import type { SecretName } from '../../shared/settings/secrets.ts';
import { ConsoleDialog } from '../app/Dialog.tsx';
import { problemOf } from '../app/dialogs.tsx';
import { problemText } from '../app/problem-text.ts';
import type { ImportedServer } from './import-entry.ts';
import { LeftFiles } from './MailTable.tsx';
import type { MailTakeOver } from './use-mail-take-over.ts';

interface ImportResultProps {
  readonly imported: ImportedServer;
  readonly started: boolean;
  /** Null: no mail was asked for. */
  readonly mail: MailTakeOver | null;
  readonly onRetry: () => void;
  readonly onProperties: () => void;
  readonly onClose: () => void;
}

/** Nobody would hear of a failure later on. */
const stay = (): void => {};

const paragraph = { margin: '0 0 10px' } as const;

/** The last word of the wizard: what was made, what became of the mail, what is left to do. */
export function ImportResult({ imported, started, mail, onRetry, onProperties, onClose }: ImportResultProps) {
  const { t } = useTranslation('iisImport');
  const { t: tApp } = useTranslation('app');
  const { name, serverId, missingSecrets } = imported;
  const running = mail?.isRunning === true;
  return (
    <ConsoleDialog
      title={t('result.heading')}
      help="import-from-iis"
      width={520}
      onClose={running ? stay : onClose}
      buttons={[
        ...(mail?.error == null ? [] : [{ label: t('result.retry'), onClick: onRetry }]),
        { label: t('result.properties'), onClick: onProperties, disabled: running },
        { label: tApp('dialog.close'), onClick: onClose, disabled: running, isDefault: true },
      ]}
    >
      <p style={paragraph}>{t('result.made', { name, number: serverId })}</p>
      {mail !== null && <MailResult mail={mail} />}
      {missingSecrets.length > 0 && (
        <>
          <p style={{ margin: 0 }}>{t('result.secrets')}</p>
          <ul style={{ margin: '2px 0 10px', paddingLeft: 22 }}>
            {missingSecrets.map((secret) => (
              <li key={secret}>
                <SecretPlace name={secret} />
              </li>
            ))}
          </ul>
        </>
      )}
      <p style={{ margin: 0 }}>{t(started ? 'result.nextStarted' : 'result.next')}</p>
    </ConsoleDialog>
  );
}

function MailResult({ mail }: { readonly mail: MailTakeOver }) {
  const { t } = useTranslation('iisImport');
  const { t: tProblems, i18n } = useTranslation('problems');
  const { taken, remaining, isRunning, error, left, keptIn } = mail;
  const problem = error === null ? null : problemText(tProblems, i18n.language, problemOf(error));
  return (
    <>
      <p style={paragraph} role="status">
        {isRunning ? t('result.taking', { taken, remaining }) : t('result.taken', { count: taken })}
      </p>
      {problem !== null && (
        <p style={paragraph} role="alert">
          {t('result.mailFailed')} {problem.summary}{' '}
          {problem.detail !== null && <span lang="en">{problem.detail}</span>}
        </p>
      )}
      {keptIn.map((folder) => (
        <p key={folder} style={paragraph}>
          {t('result.kept', { folder })}
        </p>
      ))}
      {left.length > 0 && <LeftFiles files={left} />}
    </>
  );
}

function SecretPlace({ name }: { readonly name: SecretName }) {
  const { t } = useTranslation('iisImport');
  const domain = /^domain:(.*):[a-zA-Z]+$/.exec(name)?.[1];
  return domain === undefined ? t('result.secretServer') : t('result.secretDomain', { name: domain });
}
