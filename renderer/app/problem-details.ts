import type { Problem } from '../../shared/contract/problem.ts';
import type { RelayStatus } from '../../shared/contract/servers.ts';

/** For a support request: what the relay said, word for word, and which relay it was. In English, as logs are. Pure. */
export const problemDetails = (
  { code, message, field, parameters }: Problem,
  status: Pick<RelayStatus, 'version' | 'hostedBy' | 'dataFolder'> | undefined,
): string =>
  [
    `code: ${code}`,
    `message: ${message}`,
    ...(field === undefined ? [] : [`field: ${field}`]),
    ...Object.entries(parameters ?? {}).map(([name, value]) => `${name}: ${value}`),
    ...(status === undefined
      ? []
      : [`relay: ${status.version}, hosted by ${status.hostedBy}, data folder ${status.dataFolder}`]),
  ].join('\n');
