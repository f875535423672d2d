import { thisComputerEntry } from './address.ts';
import { choiceField, countLimitField, durationField, listField, switchField, textField } from './field.ts';
import { day, localPathOrEmpty, minute, relayEntry, userName } from './patterns.ts';

const access = { tab: 'access' } as const;

export const accessSettings = {
  'access.anonymous': switchField(access, true),
  'access.basic': switchField(access, false),
  'access.basicRequiresTls': switchField(access, true),
  /** Their passwords are secrets, see secrets.ts. */
  'access.users': listField(access, 'userName', userName, { min: 0, max: 1_000 }, []),
  'access.failedLoginDelay': durationField({ ...access, shownIn: 'seconds' }, { min: 0, max: minute }, 3),
  /** Failed logins of one client or for one user before both are refused for a while. */
  'access.lockoutThreshold': countLimitField(access, { min: 1, max: 1_000 }, 10),
  'access.lockoutTime': durationField({ ...access, shownIn: 'minutes' }, { min: 1, max: day }, 15 * minute),

  'access.certificateFile': textField({ ...access, content: 'file' }, localPathOrEmpty, ''),
  'access.certificateKeyFile': textField({ ...access, content: 'file' }, localPathOrEmpty, ''),
  'access.requireTls': switchField(access, false),

  'access.connectionMode': choiceField(access, ['onlyListed', 'allExceptListed'], 'allExceptListed'),
  'access.connectionList': listField(access, 'relayEntry', relayEntry, { min: 0, max: 1_000 }, []),

  'access.relayMode': choiceField(access, ['onlyListed', 'allExceptListed'], 'onlyListed'),
  'access.relayList': listField(access, 'relayEntry', relayEntry, { min: 0, max: 1_000 }, [thisComputerEntry]),
  'access.relayAuthenticated': switchField(access, false),
} as const;
