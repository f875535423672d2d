/** Every call of the contract, by topic. Arguments are parsed already; a refusal is thrown as ProblemError. */
import type { Handlers } from '../../shared/contract/calls.ts';
import { badmailHandlers } from './badmail-handlers.ts';
import { checkHandlers } from './check-handlers.ts';
import { destinationHandlers } from './destination-handlers.ts';
import type { HandlerOptions } from './handler-options.ts';
import { queueHandlers } from './queue-handlers.ts';
import { serverHandlers } from './server-handlers.ts';
import { sessionHandlers } from './session-handlers.ts';
import { settingsHandlers } from './settings-handlers.ts';

export const createHandlers = (options: HandlerOptions): Handlers => ({
  ...serverHandlers(options),
  ...settingsHandlers(options),
  ...checkHandlers(options),
  ...queueHandlers(options),
  ...destinationHandlers(options),
  ...badmailHandlers(options),
  ...sessionHandlers(options),
});
