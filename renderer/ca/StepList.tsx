import { styled } from '@mui/material/styles';
import { useTranslation } from 'react-i18next';
import { Icon } from '../app/Icon.tsx';
import { type CaStep, type CaStepState, caSteps } from './ca-steps.ts';

interface StepListProps {
  readonly at: CaStep;
  readonly states: Readonly<Record<CaStep, CaStepState>>;
  readonly onGo: (step: CaStep) => void;
}

const List = styled('ol')(({ theme }) => ({
  flex: '0 0 236px',
  margin: 0,
  padding: '4px 0',
  listStyle: 'none',
  overflow: 'auto',
  borderRight: `1px solid ${theme.vars.palette.frame.line}`,
}));

const Entry = styled('button')(({ theme }) => ({
  display: 'flex',
  alignItems: 'center',
  gap: 8,
  width: 'calc(100% - 8px)',
  minHeight: 30,
  padding: '2px 8px',
  border: 'none',
  background: 'transparent',
  color: 'inherit',
  font: 'inherit',
  textAlign: 'left',
  '&:hover': { backgroundColor: theme.vars.palette.frame.hover },
  '&[aria-current="step"]': { backgroundColor: theme.vars.palette.frame.selected, fontWeight: 600 },
}));

const Optional = styled('span')({ fontWeight: 400 });
const Mark = styled('span')({ flex: 'none', width: 16, textAlign: 'center' });
const marks: Readonly<Record<Exclude<CaStepState, 'problem'>, string>> = { done: '✓', open: '○', skipped: '–' };

/** The way through the set-up; every step can be looked at any time. */
export function StepList({ at, states, onGo }: StepListProps) {
  const { t } = useTranslation('ca');
  return (
    <List aria-label={t('stepList')}>
      {caSteps.map((step, index) => {
        const state = states[step];
        return (
          <li key={step}>
            <Entry
              type="button"
              aria-current={step === at ? 'step' : undefined}
              aria-label={`${index + 1}. ${t(`step.${step}`)} (${t(`state.${state}`)})`}
              onClick={() => onGo(step)}
            >
              {state === 'problem' ? <Icon name="warning" /> : <Mark aria-hidden="true">{marks[state]}</Mark>}
              <span>
                {index + 1}. {t(`step.${step}`)}
                {step === 'firewall' && <Optional> ({t('optional')})</Optional>}
              </span>
            </Entry>
          </li>
        );
      })}
    </List>
  );
}
