/** Would the next hop take mail from here to there? MAIL and RCPT, then RSET: no DATA, so nothing is sent. */
import type { Failure } from '../../shared/contract/messages.ts';
import type { ConversationWatch } from './conversation-watch.ts';
import { permanentFailure, replyFailure, temporaryFailure } from './failure.ts';
import { toAsciiAddress } from './header-encoding.ts';
import type { OutboundConnection } from './outbound-connection.ts';

type DryConnection = Pick<OutboundConnection, 'command' | 'offers' | 'once' | 'removeListener' | 'destroyed'>;

/** @returns why not, or null */
export async function dryRun(
  connection: DryConnection,
  watch: Pick<ConversationWatch, 'loss'>,
  { sender, recipient }: { readonly sender: string; readonly recipient: string },
): Promise<Failure | null> {
  const from = toAsciiAddress(sender) ?? sender;
  const to = toAsciiAddress(recipient) ?? recipient;
  const isUtf8 = /[^\x20-\x7e]/.test(from + to);
  if (isUtf8 && !connection.offers('SMTPUTF8')) {
    return permanentFailure('local', '5.6.7', `${recipient} needs SMTPUTF8, which the next hop does not offer.`);
  }
  const say = async (stage: 'mail' | 'rcpt', line: string): Promise<Failure | null> => {
    const reply = await replyTo(connection, line);
    if (reply === null) return temporaryFailure(stage, watch.loss.message);
    return reply.startsWith('2') ? null : replyFailure(stage, reply.startsWith('5'), reply);
  };
  const refusal =
    (await say('mail', `MAIL FROM:<${from}>${isUtf8 ? ' SMTPUTF8' : ''}`)) ?? (await say('rcpt', `RCPT TO:<${to}>`));
  await replyTo(connection, 'RSET');
  return refusal;
}

/** Null: the connection was lost. */
function replyTo(connection: DryConnection, line: string): Promise<string | null> {
  if (connection.destroyed) return Promise.resolve(null);
  return new Promise((resolve) => {
    const lost = (): void => resolve(null);
    connection.once('end', lost);
    void connection.command(line).then((reply) => {
      connection.removeListener('end', lost);
      resolve(reply);
    });
  });
}
