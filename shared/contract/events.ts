/** Events say what changed; the screen asks again for the rows it shows. Sent a few times a second at the most. */
import * as z from 'zod';
import { serverIdSchema } from './messages.ts';

const server = z.object({ serverId: serverIdSchema });

export const events = {
  'queue.changed': server.extend({ revision: z.int() }),
  'server.changed': server,
  'settings.changed': server.extend({ revision: z.int() }),
  'sessions.changed': server,
  'badmail.changed': server,
  'trash.changed': server,
  /** Lines were added to the protocol log. */
  'log.changed': server.extend({ sequence: z.int() }),
  /** This virtual server was added or removed. */
  'servers.changed': server,
} as const;

export type Events = typeof events;
export type EventName = keyof Events;
export type EventOf<Name extends EventName> = z.output<Events[Name]>;
export const eventNames = Object.keys(events) as readonly EventName[];
