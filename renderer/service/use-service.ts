/** The relay as a service of this computer, for the components. */
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { ServiceState } from '../../shared/contract/computer/service-calls.ts';
import { useComputer } from '../api/computer-context.tsx';

const statusKey = ['service.status'] as const;

/** Looked at anew whenever a component with it appears. */
export function useService() {
  const computer = useComputer();
  const queryClient = useQueryClient();
  const { data: status } = useQuery({
    queryKey: statusKey,
    queryFn: () =>
      computer === null ? Promise.reject(new Error('nobody answers')) : computer.call('service.status', null),
    enabled: computer !== null,
    refetchOnMount: 'always',
  });
  const change = useMutation({
    mutationFn: (what: 'install' | 'remove'): Promise<ServiceState> =>
      computer === null ? Promise.reject(new Error('nobody answers')) : computer.call(`service.${what}`, null),
    onSettled: () => queryClient.invalidateQueries({ queryKey: statusKey }),
  });
  return { computer, status, change };
}
