/** The relay as a service of the operating system: what the command line, the installer and the console can do with it. */

export type ServiceRunState = 'notInstalled' | 'stopped' | 'starting' | 'running' | 'stopping' | 'paused';

export interface ServiceStatus {
  readonly state: ServiceRunState;
  /** Null while it does not run. */
  readonly processId: number | null;
  /** Why it stopped: 0 for a wish of somebody. */
  readonly exitCode: number;
}

export interface ServiceInstallation {
  /** Absolute path of the installed application. */
  readonly program: string;
  /** Absolute; null for the default one of this computer. */
  readonly dataFolder: string | null;
  /** Ports that other computers may reach from now on; empty to leave the firewall alone. */
  readonly firewallPorts: readonly number[];
}

/** Every method @throws {ProblemError} with the sentence for people; `notPossible` also for missing rights. */
export interface ServiceControl {
  status(): Promise<ServiceStatus>;
  /** Sets up what is missing and corrects what differs: an upgrade calls it again. Does not start. */
  install(installation: ServiceInstallation): Promise<void>;
  /** Stops and removes the service; mail and settings stay. Nothing to do when there is none. */
  remove(): Promise<void>;
  /** Resolves when it runs. */
  start(): Promise<void>;
  /** Resolves when it has stopped. */
  stop(): Promise<void>;
}
