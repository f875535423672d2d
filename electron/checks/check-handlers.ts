import type { HandlersOf } from '../../shared/contract/call.ts';
import type { checkCalls } from '../../shared/contract/computer/check-calls.ts';
import { runChecks } from './run-checks.ts';
import type { CheckOptions } from './types.ts';

export const createCheckHandlers = (options: CheckOptions): HandlersOf<typeof checkCalls> => ({
  'check.run': (request) => runChecks(options, request),
});
