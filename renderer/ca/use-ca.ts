/** What the dialogs ask the computer; every answer is asked for again after a change. */
import { useQuery, useQueryClient } from '@tanstack/react-query';
import type { CallClient } from '../../shared/contract/client.ts';
import type { ComputerCalls } from '../../shared/contract/computer/computer-calls.ts';
import type { ExitModuleChange } from '../../shared/contract/computer/exit-module-calls.ts';

export type Computer = CallClient<ComputerCalls>;

const key = (...parts: readonly string[]): readonly string[] => ['ca', ...parts];

export const useCaStatus = (computer: Computer | null) =>
  useQuery({
    queryKey: key('status'),
    queryFn: () => (computer === null ? Promise.reject(new Error('nobody answers')) : computer.call('ca.status', null)),
    enabled: computer !== null,
    gcTime: 0,
  });

/** The plan of a change, or of the way back from the latest one. */
export const useCaPlan = (computer: Computer, change: ExitModuleChange | 'rollback') =>
  useQuery({
    queryKey: key('plan', JSON.stringify(change)),
    queryFn: () => (change === 'rollback' ? computer.call('ca.rollbackPlan', null) : computer.call('ca.plan', change)),
    gcTime: 0,
  });

/** What the certification authority has reported since a moment; asked again from time to time. */
export const useCaFailures = (computer: Computer, sinceMs: number | null) =>
  useQuery({
    queryKey: key('failures', String(sinceMs)),
    queryFn: () => computer.call('ca.failures', { sinceMs: sinceMs ?? 0 }),
    enabled: sinceMs !== null,
    refetchInterval: 5_000,
    gcTime: 0,
  });

export const useRelayService = (computer: Computer) =>
  useQuery({ queryKey: key('service'), queryFn: () => computer.call('service.status', null), gcTime: 0 });

export function useReadAgain(): () => void {
  const client = useQueryClient();
  return () => void client.invalidateQueries({ queryKey: key() });
}
