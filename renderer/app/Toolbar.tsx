import { styled } from '@mui/material/styles';
import Tooltip from '@mui/material/Tooltip';
import { Fragment, type KeyboardEvent, memo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Icon } from './Icon.tsx';
import type { IconName } from './icons.ts';

export interface ToolbarButton {
  readonly icon: IconName;
  readonly label: string;
  readonly disabledReason?: string | undefined;
  readonly pressed?: boolean | undefined;
  readonly run: () => void;
}

const Bar = styled('div')(({ theme }) => ({
  display: 'flex',
  flex: 'none',
  alignItems: 'center',
  gap: 1,
  height: 32,
  padding: '0 4px',
  backgroundColor: theme.vars.palette.frame.bar,
  borderBottom: `1px solid ${theme.vars.palette.frame.line}`,
  borderTop: `1px solid ${theme.vars.palette.frame.line}`,
}));

const BarButton = styled('button')(({ theme }) => ({
  display: 'grid',
  placeItems: 'center',
  width: 28,
  height: 26,
  padding: 0,
  border: '1px solid transparent',
  background: 'transparent',
  '&:hover:not([aria-disabled="true"])': {
    backgroundColor: theme.vars.palette.frame.hover,
    borderColor: theme.vars.palette.primary.main,
  },
  '&[aria-pressed="true"]': {
    backgroundColor: theme.vars.palette.frame.selected,
    borderColor: theme.vars.palette.primary.main,
  },
  '&[aria-disabled="true"] img': { filter: 'grayscale(1)', opacity: 0.35 },
}));

const Gap = styled('div')(({ theme }) => ({
  width: 1,
  height: 20,
  margin: '0 4px',
  backgroundColor: theme.vars.palette.frame.line,
}));

/** One tab stop; arrow keys walk along. A button that is off can be reached and says why. */
export const Toolbar = memo(function Toolbar({ groups }: { readonly groups: readonly (readonly ToolbarButton[])[] }) {
  const { t } = useTranslation('app');
  const [tabStop, setTabStop] = useState(0);
  const bar = useRef<HTMLDivElement>(null);
  const count = groups.reduce((sum, group) => sum + group.length, 0);

  const onKeyDown = (event: KeyboardEvent): void => {
    const step = { ArrowRight: 1, ArrowLeft: -1, Home: -tabStop, End: count - 1 - tabStop }[event.key];
    if (step === undefined) return;
    event.preventDefault();
    const next = (tabStop + step + count) % count;
    setTabStop(next);
    bar.current?.querySelectorAll('button')[next]?.focus();
  };
  let position = -1;
  return (
    <Bar ref={bar} role="toolbar" aria-label={t('pane.toolbar')} onKeyDown={onKeyDown}>
      {groups.map((group, groupIndex) => (
        <Fragment key={group[0]?.icon}>
          {groupIndex > 0 && <Gap role="separator" aria-orientation="vertical" />}
          {group.map(({ icon, label, disabledReason, pressed, run }) => {
            position += 1;
            const index = position;
            return (
              <Tooltip key={icon} title={disabledReason === undefined ? label : `${label}\n${disabledReason}`}>
                <BarButton
                  type="button"
                  aria-label={label}
                  aria-disabled={disabledReason !== undefined}
                  aria-pressed={pressed}
                  tabIndex={index === tabStop ? 0 : -1}
                  onFocus={() => setTabStop(index)}
                  // The pane keeps the focus, so that what is selected there stays what the button is about.
                  onMouseDown={(event) => event.preventDefault()}
                  onClick={disabledReason === undefined ? run : undefined}
                >
                  <Icon name={icon} />
                </BarButton>
              </Tooltip>
            );
          })}
        </Fragment>
      ))}
    </Bar>
  );
});
