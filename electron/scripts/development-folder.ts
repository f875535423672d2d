import { posix, win32 } from 'node:path';

export interface AccountFacts {
  readonly platform: NodeJS.Platform;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly homeFolder: string;
}

/** The data folder of `npm start`: apart from the folder of an installed relay, so that trying things out never meets real mail. */
export function developmentFolder({ platform, env, homeFolder }: AccountFacts): string {
  switch (platform) {
    case 'win32':
      return win32.join(env.LOCALAPPDATA ?? win32.join(homeFolder, 'AppData', 'Local'), 'SmtpRelayDev');
    case 'darwin':
      return posix.join(homeFolder, 'Library', 'Application Support', 'smtp-relay-dev');
    default:
      return posix.join(homeFolder, '.local', 'share', 'smtp-relay-dev');
  }
}
