import { useTranslation } from 'react-i18next';
import { problemText } from '../app/problem-text.ts';
import { Notice, Remark } from './property-parts.tsx';
import { RouteFacts } from './RouteFacts.tsx';
import type { RouteExplanationState } from './use-route-explanation.ts';

/** The answer to "Where would it go?", or what stands in its place. */
export function RouteAnswer({ explanation }: { readonly explanation: RouteExplanationState }) {
  const { t, i18n } = useTranslation('queue');
  const { t: tProblem } = useTranslation('problems');
  switch (explanation.kind) {
    case 'idle':
      return null;
    case 'asking':
      return <Remark>{t('route.asking')}</Remark>;
    case 'failed': {
      const { summary, detail } = problemText(tProblem, i18n.language, explanation.problem);
      return (
        <Notice>
          {t('route.failed')} {summary} {detail}
        </Notice>
      );
    }
    case 'explained':
      return <RouteFacts route={explanation.route} />;
  }
}
