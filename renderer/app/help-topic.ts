/** Which page of the help F1 opens. */
import { createContext, useContext } from 'react';
import type { HelpTopic } from '../help/topics.ts';
import type { Place } from './place.ts';

export const topicOfPlace = ({ kind }: Place): HelpTopic => {
  switch (kind) {
    case 'root':
      return 'console';
    case 'computer':
      return 'overview';
    default:
      return kind;
  }
};

/** A dialog without a page of its own has that of the dialog or view it was opened from. */
export const HelpTopicContext = createContext<HelpTopic>('console');

export const useHelpTopic = (): HelpTopic => useContext(HelpTopicContext);
