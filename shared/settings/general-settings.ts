import * as z from 'zod';
import { choiceField, countLimitField, durationField, listField, textField } from './field.ts';
import { day, endpoint, hour, localPathOrEmpty, minute } from './patterns.ts';

const general = { tab: 'general' } as const;

export const generalSettings = {
  'general.name': textField(general, z.string().trim().min(1).max(100), 'SMTP Virtual Server #1'),
  'general.state': choiceField(general, ['started', 'stopped', 'paused'], 'started'),
  'general.listen': listField(general, 'endpoint', endpoint, { min: 1, max: 32 }, ['127.0.0.1:25', '[::1]:25']),
  /** Encrypted from the first octet (implicit TLS, RFC 8314); needs a certificate. */
  'general.listenTls': listField(general, 'endpoint', endpoint, { min: 0, max: 32 }, []),
  'general.connectionLimit': countLimitField(general, { min: 1, max: 100_000 }, 1_000),
  'general.connectionLimitPerClient': countLimitField(general, { min: 1, max: 100_000 }, 200),
  'general.connectionTimeout': durationField({ ...general, shownIn: 'minutes' }, { min: 10, max: day }, 10 * minute),
  /** Overall deadlines: one octet now and then must not hold a connection for ever. */
  'general.commandTimeLimit': durationField({ ...general, shownIn: 'minutes' }, { min: 10, max: day }, 5 * minute),
  'general.transactionTimeLimit': durationField({ ...general, shownIn: 'minutes' }, { min: 10, max: day }, hour),
  'general.messageTimeLimit': durationField({ ...general, shownIn: 'minutes' }, { min: 10, max: day }, 30 * minute),
  /** Home directory of Queue, Pickup, Drop, Badmail; read when the server is opened. */
  'general.mailroot': textField({ ...general, content: 'folder' }, localPathOrEmpty, ''),
} as const;
