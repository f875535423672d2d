/** Which settings have their field on the screen at the moment; the problems of others must be told elsewhere. */
import { useCallback, useMemo, useState } from 'react';
import type { SettingKey } from '../../shared/settings/server-settings.ts';

export function useFieldsOnScreen() {
  /** With repetitions: a field may be on the tab and in a dialog above it. */
  const [keys, setKeys] = useState<readonly SettingKey[]>([]);
  const announce = useCallback((key: SettingKey) => {
    setKeys((now) => [...now, key]);
    return () =>
      setKeys((now) => {
        const at = now.indexOf(key);
        return at < 0 ? now : now.toSpliced(at, 1);
      });
  }, []);
  const shown = useMemo(() => new Set(keys), [keys]);
  return { shown, announce };
}
