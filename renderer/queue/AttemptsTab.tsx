import { useTranslation } from 'react-i18next';
import type { Attempt } from '../../shared/contract/messages.ts';
import type { QueueFormat } from './format.ts';
import { ColumnShares, DataTable, Remark } from './property-parts.tsx';

interface AttemptsTabProps {
  /** Oldest first, as the relay tells them. */
  readonly attempts: readonly Attempt[];
  readonly format: QueueFormat;
}

/** What was tried, newest first, with the reply of the server for each recipient. */
export function AttemptsTab({ attempts, format }: AttemptsTabProps) {
  const { t } = useTranslation('queue');
  if (attempts.length === 0) return <Remark>{t('attempts.none')}</Remark>;
  const newestFirst = attempts.map((attempt, number) => ({ ...attempt, number })).toReversed();
  return (
    <DataTable aria-label={t('attempts.label')}>
      <ColumnShares percent={[17, 20, 19, 13, 31]} />
      <thead>
        <tr>
          <th scope="col">{t('attempts.time')}</th>
          <th scope="col">{t('attempts.host')}</th>
          <th scope="col">{t('attempts.recipient')}</th>
          <th scope="col">{t('attempts.result')}</th>
          <th scope="col">{t('attempts.reply')}</th>
        </tr>
      </thead>
      <tbody>
        {newestFirst.flatMap((attempt) =>
          attempt.outcomes.map((outcome, index) => (
            <tr key={`${attempt.number}/${outcome.recipient}`}>
              {index === 0 && (
                <>
                  <td rowSpan={attempt.outcomes.length}>
                    {format.dateTime(attempt.startedAtMs)}
                    <br />
                    <Remark>
                      {t('attempts.took', { time: format.fineDuration(attempt.endedAtMs - attempt.startedAtMs) })}
                    </Remark>
                  </td>
                  <td rowSpan={attempt.outcomes.length}>
                    {attempt.host ?? t('attempts.noHost', { nextHop: attempt.nextHop })}
                  </td>
                </>
              )}
              <td>{outcome.recipient}</td>
              <td className={outcome.result}>{t(`attempts.results.${outcome.result}`)}</td>
              <td>{format.relayText(outcome.reply)}</td>
            </tr>
          )),
        )}
      </tbody>
    </DataTable>
  );
}
