import { relative } from 'node:path';
import { problem } from '../../shared/contract/problem.ts';
import { isOpen, type ServerSlot } from './virtual-servers.ts';

/**
 * Two queues on one folder would deliver each other's mail. The settings refuse that, but a changed home directory counts
 * only from the next start on, and the file can be written by hand.
 * @throws {ProblemError} 'notPossible' naming the server that has the folder open.
 */
export function refuseSharedMailroot(slots: readonly ServerSlot[], mailroot: string): void {
  const owner = slots.filter(isOpen).find(({ server }) => relative(server.spool.folders.mailroot, mailroot) === '');
  if (owner === undefined) return;
  throw problem(
    'notPossible',
    `${mailroot} is still the home directory of virtual server ${owner.id}. Choose another folder, or restart the relay if that server has been given another one.`,
    { field: 'general.mailroot' },
  );
}
