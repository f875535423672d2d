/** The service control manager of Windows as the relay sees it. `advapi32.ts` is the real one; tests pass a fake. */

/** What a service tells about itself; `waitHintMs` is how long the next word may take. */
export type ServiceState =
  | { readonly state: 'starting' | 'stopping'; readonly waitHintMs: number }
  | { readonly state: 'running' }
  /** 0 is a wish of somebody; anything else makes Windows run the recovery actions of the service. */
  | { readonly state: 'stopped'; readonly exitCode: number };

export interface ServiceSession {
  /** @throws {Error} with the number of Windows' error when it refuses the report. */
  report(state: ServiceState): void;
  /** Resolves once Windows took note of 'stopped': the process may end. */
  readonly ended: Promise<void>;
}

export interface ServiceControlManager {
  /**
   * @param onStop  somebody stops the service, or the computer shuts down; may be called more than once.
   * @returns null when the process was not started by the service control manager but by a person.
   * @throws {Error} with the number of Windows' error.
   */
  connect(serviceName: string, onStop: () => void): Promise<ServiceSession | null>;
}
