import type { Failure, QueueRow } from '../../shared/contract/messages.ts';
import { type CellContext, nextAttemptText } from './columns.ts';

/** One sentence: why the message is still here. Pure. */
export function whyText(row: QueueRow, context: CellContext): string {
  const { t, nowMs } = context;
  const values = { nextHop: row.nextHop };
  if (row.state !== 'retry') return t(`why.${row.state}`, values);
  if (row.nextAttemptAtMs === null) return t('why.retry', values);
  if (row.nextAttemptAtMs - nowMs < 1_000) return t('why.retryNow', values);
  return t('why.retryAt', { ...values, time: nextAttemptText(row, context) });
}

/** 'Recipient: 550 5.1.1 No such user', in full. Pure. */
export function failureText(
  { stage, code, enhanced, text }: Failure,
  { t, format }: Pick<CellContext, 't' | 'format'>,
): string {
  const reply = code === undefined ? text : [code, enhanced, text].filter((part) => part !== undefined).join(' ');
  return t('failure.text', { stage: t(`stage.${stage}`), text: format.relayText(reply) });
}
