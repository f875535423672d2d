import { useTranslation } from 'react-i18next';
import type { BadmailDetails } from '../../shared/contract/messages.ts';
import type { QueueFormat } from '../queue/format.ts';
import { ColumnShares, DataTable, Facts, Monospace, Remark } from '../queue/property-parts.tsx';
import { senderText, subjectText } from './badmail-texts.ts';

interface BadmailGeneralTabProps {
  readonly details: BadmailDetails;
  readonly format: QueueFormat;
}

/** Why the message is here, whom it was for, and the note beside it word for word. */
export function BadmailGeneralTab({ details, format }: BadmailGeneralTabProps) {
  const { t } = useTranslation('badmail');
  const { row, note, recipients, attachments } = details;
  // Attachments may share a name.
  const numbered = attachments.map((attachment, number) => ({ ...attachment, number }));
  return (
    <>
      <Facts
        facts={[
          [t('column.reason'), format.relayText(row.reason)],
          [t('column.from'), senderText(t, row)],
          [
            t('message.recipients'),
            recipients.length === 0 ? t('message.noRecipients') : <Lines key="recipients" of={recipients} />,
          ],
          [t('column.subject'), subjectText(t, row)],
          [t('column.moved'), format.fullDateTime(row.movedAtMs)],
          [t('column.size'), `${format.size(row.sizeBytes)} (${format.exactSize(row.sizeBytes)})`],
          [t('column.name'), row.name],
        ]}
      />
      {numbered.length > 0 && (
        <DataTable>
          <caption>{t('message.attachments')}</caption>
          <ColumnShares percent={[50, 34, 16]} />
          <thead>
            <tr>
              <th scope="col">{t('message.attachmentName')}</th>
              <th scope="col">{t('message.attachmentType')}</th>
              <th scope="col">{t('column.size')}</th>
            </tr>
          </thead>
          <tbody>
            {numbered.map(({ name, contentType, sizeBytes, number }) => (
              <tr key={number}>
                <td>{name === '' ? t('message.noName') : name}</td>
                <td>{contentType}</td>
                <td>{format.size(sizeBytes)}</td>
              </tr>
            ))}
          </tbody>
        </DataTable>
      )}
      <h3 style={{ margin: '0 0 4px', fontSize: 13, fontWeight: 600 }}>{t('message.noteLabel')}</h3>
      {note.trim() === '' ? <Remark>{t('message.noNote')}</Remark> : <Monospace>{note}</Monospace>}
    </>
  );
}

const Lines = ({ of }: { readonly of: readonly string[] }) =>
  [...new Set(of)].map((line) => <div key={line}>{line}</div>);
