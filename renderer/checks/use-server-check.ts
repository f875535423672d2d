import { useQuery } from '@tanstack/react-query';
import type { CheckReport } from '../../shared/contract/computer/check-calls.ts';
import type { ServerId } from '../../shared/contract/messages.ts';
import { useComputer } from '../api/computer-context.tsx';
import { useContract } from '../api/contract-context.tsx';

/** Everything there is to check; where nobody answers for the computer, the gateway alone. */
export function useServerCheck(serverId: ServerId, recipients: readonly string[]) {
  const computer = useComputer();
  const relay = useContract();
  const query = useQuery({
    queryKey: ['serverCheck', serverId, computer === null, ...recipients],
    queryFn: async (): Promise<Pick<CheckReport, 'findings' | 'gateways' | 'atMs' | 'computerName'>> => {
      if (computer !== null) return await computer.call('check.run', { serverId, recipients: [...recipients] });
      const asked = recipients.length === 0 ? [null] : recipients;
      const { computerName } = await relay.call('status.get', null);
      const gateways = await Promise.all(
        asked.map((recipient) => relay.call('gateway.check', { serverId, recipient })),
      );
      return { atMs: Date.now(), computerName, findings: [], gateways };
    },
    gcTime: 0,
  });
  return { ...query, isWhole: computer !== null };
}
