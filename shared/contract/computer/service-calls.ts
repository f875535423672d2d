/** The relay as a service of the operating system. */
import * as z from 'zod';
import { call } from '../call.ts';

export const serviceStateSchema = z.object({
  /** False where this program can not be a service (a checkout, an unknown system); `message` says why. */
  possible: z.boolean(),
  installed: z.boolean(),
  state: z.enum(['running', 'stopped', 'starting', 'stopping', 'absent', 'unknown']),
  account: z.string().nullable(),
  message: z.string(),
});
export type ServiceState = z.infer<typeof serviceStateSchema>;

export const serviceCalls = {
  'service.status': call(z.null(), serviceStateSchema),
  /**
   * Makes the service and starts it. A relay that this application hosts is stopped first, and the console attaches to the
   * service afterwards; when the installation fails, the relay is hosted again. Asks for administrator rights where it has none.
   */
  'service.install': call(z.null(), serviceStateSchema),
  /** Stops the service and takes it out; settings and mail stay. */
  'service.remove': call(z.null(), serviceStateSchema),
  'service.start': call(z.null(), serviceStateSchema),
  'service.stop': call(z.null(), serviceStateSchema),
} as const;
