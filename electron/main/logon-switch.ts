import { app } from 'electron';
import type { LogonItem } from './logon-item.ts';

/** Whether the application starts with its user's sessions. The system keeps the answer; people may change it there. */
export interface LogonSwitch {
  /** Null where the system keeps no such list. */
  startsAtLogon(): boolean | null;
  set(enabled: boolean): void;
}

export function createLogonSwitch(item: LogonItem | null): LogonSwitch {
  if (item === null) return { startsAtLogon: () => null, set: () => {} };
  const { name, ...started } = item;
  return {
    startsAtLogon() {
      const { openAtLogin, executableWillLaunchAtLogin } = app.getLoginItemSettings(started);
      // False once somebody disabled the entry in the Task Manager; Windows alone tells.
      return openAtLogin && (executableWillLaunchAtLogin ?? true);
    },
    set(enabled) {
      app.setLoginItemSettings({ openAtLogin: enabled, ...started, ...(name === undefined ? {} : { name }) });
    },
  };
}
