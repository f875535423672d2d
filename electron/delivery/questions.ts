/** What an operator asks of the routes: answered with their settings of this moment, without changing anything or sending mail. */
import { problem } from '../../shared/contract/problem.ts';
import type { ServerSettings } from '../../shared/settings/server-settings.ts';
import type { Ports } from '../base/ports.ts';
import type { Spool } from '../spool/types.ts';
import { ownName } from './own-name.ts';
import { type ProbeOptions, probeGateway } from './probe.ts';
import { explainRoute } from './route-explanation.ts';
import type { Routes } from './routes.ts';
import type { Delivery } from './types.ts';

export interface QuestionOptions extends Pick<ProbeOptions, 'conversation' | 'isFrozen'> {
  readonly spool: Pick<Spool, 'get'>;
  readonly settings: () => ServerSettings;
  readonly routes: () => Routes;
  readonly ports: Ports;
}

export function createQuestions(options: QuestionOptions): Pick<Delivery, 'explain' | 'probe'> {
  const { spool, settings, routes, ports, conversation, isFrozen } = options;
  let lastProbe = 0;
  return {
    async explain(address, id) {
      const entry = id === undefined ? undefined : spool.get(id);
      if (id !== undefined && entry === undefined) {
        throw problem('notFound', `The message ${id} is not in the queue any more.`);
      }
      return await explainRoute(address, {
        routes: routes(),
        ports,
        isFrozen,
        ownHosts: entry?.record.route,
        released: entry?.record.released === true,
      });
    },
    probe: (recipient) =>
      probeGateway(recipient, {
        routes: routes(),
        ports,
        isFrozen,
        sender: `postmaster@${ownName(settings(), ports.computerName)}`,
        conversation,
        nextSessionId: () => {
          lastProbe += 1;
          return `probe-${lastProbe}`;
        },
      }),
  };
}
