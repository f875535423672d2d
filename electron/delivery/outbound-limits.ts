/** The limits of outbound conversations and transactions, from the settings. Pure. */
import { localDomains } from '../../shared/settings/domain-match.ts';
import type { ServerSettings } from '../../shared/settings/server-settings.ts';
import type { TransactionOptions } from './attempt.ts';
import type { ConversationTimeouts } from './conversation.ts';

export const conversationTimeouts = (settings: ServerSettings): ConversationTimeouts => ({
  connectTimeoutMs: settings['delivery.connectTimeout'] * 1_000,
  greetingTimeoutMs: settings['delivery.greetingTimeout'] * 1_000,
  commandTimeoutMs: settings['delivery.commandTimeout'] * 1_000,
  finalReplyTimeoutMs: settings['delivery.finalReplyTimeout'] * 1_000,
  idleTimeoutMs: settings['delivery.connectionTimeout'] * 1_000,
});

export const transactionOptions = (settings: ServerSettings): TransactionOptions => ({
  recipientLimit: settings['messages.recipientLimit'],
  masquerade:
    settings['delivery.masqueradeDomain'] === ''
      ? null
      : {
          domain: settings['delivery.masqueradeDomain'],
          localDomains: localDomains(settings).map(({ name }) => name),
        },
});
