/** The frame around the field of a setting: what it is for, on hover and on F1, and a mark by which the field is found. */
import { styled } from '@mui/material/styles';
import Tooltip from '@mui/material/Tooltip';
import { type KeyboardEvent, type ReactNode, useRef, useState } from 'react';
import type { SettingKey } from '../../shared/settings/server-settings.ts';
import { FieldProblem } from '../app/fields.tsx';

interface SettingRowProps {
  readonly settingKey: SettingKey;
  readonly help: string;
  /** Told below the field, which names the id as what describes it. */
  readonly problem?: string | undefined;
  readonly problemId?: string;
  readonly children: ReactNode;
}

const Row = styled('div')({});

/** 'hover' goes with the pointer; 'asked' stays until Esc, or until the focus leaves. */
type HelpShown = 'hover' | 'asked' | null;

export function SettingRow({
  settingKey,
  help,
  problem,
  problemId = `${settingKey}-problem`,
  children,
}: SettingRowProps) {
  const [shown, setShown] = useState<HelpShown>(null);
  const row = useRef<HTMLDivElement>(null);
  const onKeyDown = (event: KeyboardEvent): void => {
    // A second F1 goes on to the page about all of it.
    if (event.key === 'F1' && shown !== 'asked') setShown('asked');
    else if (event.key === 'Escape' && shown === 'asked') setShown(null);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <Tooltip
      describeChild
      disableFocusListener
      disableInteractive
      enterDelay={700}
      placement="bottom-start"
      slotProps={{
        popper: {
          // Inside the dialog, where screen readers are; fixed, so that the dialog does not grow a scroll bar.
          container: () => row.current?.closest('[role="dialog"]') ?? document.body,
          popperOptions: { strategy: 'fixed' },
        },
      }}
      open={shown !== null}
      onOpen={() => setShown((now) => now ?? 'hover')}
      onClose={() => setShown((now) => (now === 'hover' ? null : now))}
      title={shown === 'asked' ? <span role="status">{help}</span> : <span>{help}</span>}
    >
      <Row ref={row} data-setting={settingKey} onKeyDown={onKeyDown} onBlur={() => setShown(null)}>
        {children}
        <FieldProblem id={problemId} problem={problem} />
      </Row>
    </Tooltip>
  );
}
