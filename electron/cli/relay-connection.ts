/** The way from a command to the relay that runs on a data folder. */
import { type ContractClient, createContractClient } from '../../shared/contract/client.ts';
import { ProblemError, problem } from '../../shared/contract/problem.ts';
import { connectPipe, pipeAddressOf } from '../host/pipe-client.ts';

/** Null when no relay runs there. */
export async function connectRelay(dataFolder: string): Promise<ContractClient | null> {
  try {
    return createContractClient(await connectPipe(pipeAddressOf(dataFolder)));
  } catch (error) {
    if (error instanceof ProblemError && error.problem.code === 'notFound') return null;
    throw error;
  }
}

/** @throws {ProblemError} 'notPossible' when no relay runs there. */
export async function withRelay<Answer>(
  dataFolder: string,
  action: (relay: ContractClient) => Promise<Answer>,
): Promise<Answer> {
  const relay = await connectRelay(dataFolder);
  if (relay === null) {
    throw problem(
      'notPossible',
      `No relay is running on ${dataFolder}. Start it with "smtp-relay --data ${dataFolder} serve", or name the folder of a running one with --data.`,
    );
  }
  try {
    return await action(relay);
  } finally {
    relay.close();
  }
}
