import { createContext, type ReactNode, useContext, useEffect, useMemo, useReducer } from 'react';
import { type History, type Place, parentOf, parsePlaceId, placeId, travel } from './place.ts';

const lastPlaceKey = 'smtp-relay.place';

interface Navigation {
  readonly place: Place;
  readonly go: (to: Place) => void;
  /** Undefined where there is nowhere to go. */
  readonly back: (() => void) | undefined;
  readonly forward: (() => void) | undefined;
  readonly up: (() => void) | undefined;
}

const NavigationContext = createContext<Navigation | null>(null);

/** Starts where the console was left; the first time at the computer, which shows state and warnings. */
const startPlace = (): History => ({
  past: [],
  now: parsePlaceId(localStorage.getItem(lastPlaceKey) ?? '') ?? { kind: 'computer' },
  future: [],
});

export function NavigationProvider({ children }: { readonly children: ReactNode }) {
  const [history, dispatch] = useReducer(travel, null, startPlace);
  const place = history.now;
  useEffect(() => localStorage.setItem(lastPlaceKey, placeId(place)), [place]);
  const navigation = useMemo<Navigation>(() => {
    const go = (to: Place): void => dispatch({ type: 'go', to });
    const parent = parentOf(history.now);
    return {
      place: history.now,
      go,
      back: history.past.length === 0 ? undefined : () => dispatch({ type: 'back' }),
      forward: history.future.length === 0 ? undefined : () => dispatch({ type: 'forward' }),
      up: parent === null ? undefined : () => go(parent),
    };
  }, [history]);
  return <NavigationContext.Provider value={navigation}>{children}</NavigationContext.Provider>;
}

export function useNavigation(): Navigation {
  const navigation = useContext(NavigationContext);
  if (navigation === null) throw new Error('useNavigation needs a NavigationProvider above it');
  return navigation;
}
