/** One connection to the relay for all handlers, opened when somebody needs it and kept until the relay goes away. */
import { type ContractClient, createContractClient } from '../../shared/contract/client.ts';
import { ProblemError } from '../../shared/contract/problem.ts';
import { connectPipe, pipeAddressOf } from '../host/pipe-client.ts';

/** The function gives null when no relay runs on the folder. Nobody but this module closes the client. */
export function keepRelay(dataFolder: string): () => Promise<ContractClient | null> {
  let kept: Promise<ContractClient | null> | null = null;
  return () => {
    kept ??= open(dataFolder).then(
      (client) => {
        if (client === null) kept = null;
        else client.onClose(() => (kept = null));
        return client;
      },
      (error: unknown) => {
        kept = null;
        throw error;
      },
    );
    return kept;
  };
}

async function open(dataFolder: string): Promise<ContractClient | null> {
  try {
    return createContractClient(await connectPipe(pipeAddressOf(dataFolder)));
  } catch (error) {
    if (error instanceof ProblemError && error.problem.code === 'notFound') return null;
    throw error;
  }
}
