import { useTranslation } from 'react-i18next';
import type { MessageDetails, Recipient } from '../../shared/contract/messages.ts';
import { type CellContext, nextAttemptText, queueColumns, senderText, subjectText } from './columns.ts';
import { useNowMs } from './now-context.tsx';
import { ColumnShares, DataTable, Facts, Remark } from './property-parts.tsx';
import { StateIcon } from './StateIcon.tsx';
import { failureText, whyText } from './why-text.ts';

interface GeneralTabProps {
  readonly details: MessageDetails;
  readonly format: CellContext['format'];
}

/** Why the message waits, what it is, where it goes, and each recipient with the last reply in full. */
export function GeneralTab({ details, format }: GeneralTabProps) {
  const { t } = useTranslation('queue');
  const nowMs = useNowMs();
  const context: CellContext = { t, format, nowMs };
  const { row, envelope, route, recipients, attachments } = details;
  // Attachments may share a name.
  const numbered = attachments.map((attachment, number) => ({ ...attachment, number }));
  const receivedFrom =
    envelope.protocol === 'local'
      ? t('general.receivedFromLocal')
      : t('general.receivedFromValue', {
          client: envelope.clientAddress,
          helo: envelope.heloName,
          protocol: envelope.protocol,
        });
  return (
    <>
      <Facts
        facts={[
          [
            t('general.state'),
            <span key="state" style={{ display: 'inline-flex', alignItems: 'center' }}>
              <StateIcon state={row.state} />
              {t(`states.${row.state}`)}
            </span>,
          ],
          [t('general.why'), whyText(row, context)],
          [t('general.nextAttempt'), nextAttemptFact(row.nextAttemptAtMs, context)],
          [t('general.attempts'), queueColumns.attempts.text(row, context)],
          [t('general.nextHop'), row.nextHop],
          ...(route === null ? [] : [[t('general.route'), route.join(', ')] as const]),
        ]}
      />
      <Facts
        facts={[
          [t('general.sender'), senderText(row, t)],
          [t('general.subject'), subjectText(row, t)],
          [
            t('general.received'),
            t('general.ageAgo', {
              time: format.fullDateTime(row.receivedAtMs),
              age: format.duration(nowMs - row.receivedAtMs),
            }),
          ],
          [t('general.receivedFrom'), receivedFrom],
          ...(envelope.authenticatedUser === null
            ? []
            : [[t('general.authenticatedUser'), envelope.authenticatedUser] as const]),
          [t('general.size'), `${format.size(row.sizeBytes)} (${format.exactSize(row.sizeBytes)})`],
          [t('general.id'), row.id],
          ...(envelope.dsn.envid === undefined ? [] : [[t('general.envelopeId'), envelope.dsn.envid] as const]),
        ]}
      />
      <DataTable>
        <caption>{t('general.recipients')}</caption>
        <ColumnShares percent={[28, 14, 10, 16, 32]} />
        <thead>
          <tr>
            <th scope="col">{t('general.recipient')}</th>
            <th scope="col">{t('general.recipientState')}</th>
            <th scope="col">{t('general.attempts')}</th>
            <th scope="col">{t('general.nextAttempt')}</th>
            <th scope="col">{t('general.lastReply')}</th>
          </tr>
        </thead>
        <tbody>
          {recipients.map((recipient) => (
            <RecipientLine
              key={recipient.address}
              recipient={recipient}
              goesElsewhere={recipient.nextHop !== row.nextHop}
              context={context}
            />
          ))}
        </tbody>
      </DataTable>
      {attachments.length > 0 && (
        <DataTable>
          <caption>{t('general.attachments')}</caption>
          <ColumnShares percent={[50, 34, 16]} />
          <thead>
            <tr>
              <th scope="col">{t('general.attachmentName')}</th>
              <th scope="col">{t('general.attachmentType')}</th>
              <th scope="col">{t('general.size')}</th>
            </tr>
          </thead>
          <tbody>
            {numbered.map(({ name, contentType, sizeBytes, number }) => (
              <tr key={number}>
                <td>{name === '' ? t('general.noName') : name}</td>
                <td>{contentType}</td>
                <td>{format.size(sizeBytes)}</td>
              </tr>
            ))}
          </tbody>
        </DataTable>
      )}
    </>
  );
}

interface RecipientLineProps {
  readonly recipient: Recipient;
  /** Not where all of the message goes. */
  readonly goesElsewhere: boolean;
  readonly context: CellContext;
}

function RecipientLine({ recipient, goesElsewhere, context }: RecipientLineProps) {
  const { t, format } = context;
  const { state, deliveredAtMs, lastFailure } = recipient;
  const lastReply =
    state === 'delivered' && deliveredAtMs !== null
      ? t('general.deliveredAt', { time: format.dateTime(deliveredAtMs) })
      : lastFailure === null
        ? t('cell.none')
        : failureText(lastFailure, context);
  return (
    <tr>
      <td>
        {recipient.address}
        {goesElsewhere && <Remark>{t('general.by', { nextHop: recipient.nextHop })}</Remark>}
      </td>
      <td className={state}>{t(`general.recipientStates.${state}`)}</td>
      <td>{format.count(recipient.attempts)}</td>
      <td>{state === 'pending' ? nextAttemptText(recipient, context) : t('cell.none')}</td>
      <td>{lastReply}</td>
    </tr>
  );
}

/** Both ways: what the clock says, and how long that is. */
function nextAttemptFact(nextAttemptAtMs: number | null, context: CellContext): string {
  const relative = nextAttemptText({ nextAttemptAtMs }, context);
  if (nextAttemptAtMs === null || nextAttemptAtMs <= context.nowMs) return relative;
  return context.t('general.nextIn', { time: context.format.fullDateTime(nextAttemptAtMs), relative });
}
