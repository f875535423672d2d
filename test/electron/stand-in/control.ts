/** The test process asks, the main process answers: by functions sent as source text, as Playwright does on the real runtime. */
import { runInThisContext } from 'node:vm';

export type ControlRequest =
  | { readonly id: number; readonly ask: 'browserAddress' }
  | { readonly id: number; readonly ask: 'evaluate'; readonly source: string; readonly argument: unknown };

export type ControlAnswer =
  | { readonly id: number; readonly value: unknown }
  | { readonly id: number; readonly failure: string };

export interface ControlOptions {
  readonly electron: object;
  /** @throws {Error} before the application is ready. */
  readonly browserAddress: () => string;
}

export function answerTests(options: ControlOptions): void {
  process.on('message', (request: ControlRequest) => {
    answer(request, options).then(
      (value) => process.send?.({ id: request.id, value } satisfies ControlAnswer),
      (error: unknown) => process.send?.({ id: request.id, failure: String(error) } satisfies ControlAnswer),
    );
  });
}

async function answer(request: ControlRequest, { electron, browserAddress }: ControlOptions): Promise<unknown> {
  if (request.ask === 'browserAddress') return browserAddress();
  const action = runInThisContext(`(${request.source})`) as (electron: object, argument: unknown) => unknown;
  return await action(electron, request.argument);
}
