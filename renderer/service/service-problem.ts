/** Why the service could not be changed, in the language of the console. Pure. */
import type { TFunction } from 'i18next';
import type { Problem } from '../../shared/contract/problem.ts';
import { service } from '../../shared/texts/en/service.ts';

type ProblemKey = keyof typeof service.problem;
type RefusalKey = keyof typeof service.notPossible;

const isKnown = (key: string): key is ProblemKey => Object.hasOwn(service.problem, key);
const isRefusal = (key: string): key is RefusalKey => Object.hasOwn(service.notPossible, key);

/** Null where only the English sentence is known. */
export function serviceProblemText(t: TFunction<'service'>, { parameters = {} }: Problem): string | null {
  const { reason = '', errorCode = '', state = '', ...values } = parameters;
  const special = `error${errorCode}`;
  const key = isKnown(special) ? special : String(reason);
  if (isRefusal(key)) return t(`notPossible.${key}`);
  if (!isKnown(key)) return null;
  return t(`problem.${key}`, { ...values, errorCode, state: isState(state) ? t(`state.${state}`) : state });
}

type StateKey = keyof typeof service.state;
const isState = (state: string | number): state is StateKey => Object.hasOwn(service.state, state);
