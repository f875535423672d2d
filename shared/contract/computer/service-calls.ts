/** The relay as a service of the operating system. */
import * as z from 'zod';
import { call } from '../call.ts';

/** Why this program can't be a service. */
export const noServiceReasons = ['checkout', 'portable', 'system'] as const;

const commandNames = ['install', 'remove', 'start', 'stop'] as const;
export type ServiceCommand = (typeof commandNames)[number];

export const serviceStateSchema = z.object({
  /** Null where this program can be a service. */
  notPossible: z.enum(noServiceReasons).nullable(),
  state: z.enum(['running', 'stopped', 'starting', 'stopping', 'paused', 'absent']),
  /** What it runs as, or would run as. */
  account: z.string(),
  dataFolder: z.string(),
  /** For somebody who does it in a prompt that has the rights. */
  commands: z.record(z.enum(commandNames), z.string()),
});
export type ServiceState = z.infer<typeof serviceStateSchema>;

const nothing = z.null();

/** All but `service.status` fail with 'notPossible' without administrator rights (parameter reason: 'notElevated'). */
export const serviceCalls = {
  'service.status': call(nothing, serviceStateSchema),
  /**
   * Makes the service, or corrects the one there is, and starts it. A relay that this application hosts is stopped first, and
   * the console attaches to the service afterwards; when it fails, a new service is taken out and the relay hosted again.
   */
  'service.install': call(nothing, serviceStateSchema),
  /** Stops the service and takes it out; settings and mail stay. The relay is then hosted by this application, if it has a window. */
  'service.remove': call(nothing, serviceStateSchema),
  'service.start': call(nothing, serviceStateSchema),
  /** Mail waits on disk. */
  'service.stop': call(nothing, serviceStateSchema),
} as const;
