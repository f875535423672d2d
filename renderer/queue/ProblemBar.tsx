import { styled } from '@mui/material/styles';
import { useTranslation } from 'react-i18next';
import type { Problem } from '../../shared/contract/problem.ts';
import { problemText } from '../app/problem-text.ts';

const Bar = styled('div')(({ theme }) => ({
  flex: 'none',
  padding: '4px 8px',
  overflowWrap: 'anywhere',
  backgroundColor: theme.vars.palette.background.paper,
  color: theme.vars.palette.error.main,
  borderBottom: `1px solid ${theme.vars.palette.error.main}`,
}));

/** Why the list is not up to date. Quiet about a lost connection: the frame already says so. */
export function ProblemBar({ problem, headline }: { readonly problem: Problem; readonly headline: string }) {
  const { i18n } = useTranslation('queue');
  const { t: tProblem } = useTranslation('problems');
  if (problem.code === 'disconnected') return null;
  const { summary, detail } = problemText(tProblem, i18n.language, problem);
  return (
    <Bar role="alert">
      {headline} {summary} {detail}
    </Bar>
  );
}
