import { choiceField, countLimitField, sizeLimitField, switchField, textField } from './field.ts';
import { addressOrEmpty, gibibyte, kibibyte, localPathOrEmpty, mebibyte } from './patterns.ts';

const messages = { tab: 'messages' } as const;
const inKilobytes = { ...messages, shownIn: 'kilobytes' } as const;

export const messageSettings = {
  'messages.sizeLimit': sizeLimitField(inKilobytes, { min: kibibyte, max: gibibyte }, 10 * mebibyte),
  /** Octets of messages one connection may send in all. */
  'messages.sessionSizeLimit': sizeLimitField(inKilobytes, { min: kibibyte, max: 1_024 * gibibyte }, 100 * mebibyte),
  /** Outbound, as in IIS: after so many a further connection is opened. */
  'messages.messagesPerConnection': countLimitField(messages, { min: 1, max: 1_000_000 }, 100),
  'messages.inboundMessagesPerConnection': countLimitField(messages, { min: 1, max: 1_000_000 }, null),
  'messages.recipientLimit': countLimitField(messages, { min: 1, max: 10_000 }, 100),
  'messages.badCommandLimit': countLimitField(messages, { min: 1, max: 1_000 }, 20),
  'messages.reportCopyTo': textField({ ...messages, content: 'address' }, addressOrEmpty, ''),
  'messages.reportLanguage': choiceField(messages, ['en', 'de'], 'en'),
  'messages.badmailFolder': textField({ ...messages, content: 'folder' }, localPathOrEmpty, ''),
  'messages.pickup': switchField(messages, true),
  'messages.pickupFolder': textField({ ...messages, content: 'folder' }, localPathOrEmpty, ''),
} as const;
