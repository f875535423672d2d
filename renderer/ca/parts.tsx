/** Small parts that the steps share. */
import Button from '@mui/material/Button';
import { styled } from '@mui/material/styles';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ShownCommand } from '../../shared/contract/computer/exit-module-calls.ts';
import { monospaceFontFamily } from '../app/theme.ts';

export const Paragraph = styled('p')({ margin: '0 0 10px' });
export const Secondary = styled('div')(({ theme }) => ({ color: theme.vars.palette.text.secondary, fontSize: 12 }));
export const Row = styled('div')({ display: 'flex', alignItems: 'center', gap: 8, margin: '8px 0' });
export const ErrorText = styled('p')(({ theme }) => ({ margin: '8px 0', color: theme.vars.palette.error.main }));
export const GoodText = styled('p')(({ theme }) => ({ margin: '8px 0', color: theme.vars.palette.success.main }));

/** Names and values below each other. */
export const Pairs = styled('dl')({
  display: 'grid',
  gridTemplateColumns: 'max-content 1fr',
  gap: '4px 16px',
  margin: '0 0 12px',
  '& dd': { margin: 0, overflowWrap: 'anywhere', userSelect: 'text' },
});

export const Pair = ({ name, children }: { readonly name: string; readonly children: ReactNode }) => (
  <>
    <dt>{name}</dt>
    <dd>{children}</dd>
  </>
);

const Line = styled('div')(({ theme }) => ({
  display: 'flex',
  alignItems: 'flex-start',
  gap: 8,
  padding: '4px 4px 4px 8px',
  marginTop: 4,
  backgroundColor: theme.vars.palette.frame.bar,
  border: `1px solid ${theme.vars.palette.frame.line}`,
  '& code': {
    flex: 1,
    fontFamily: monospaceFontFamily,
    fontSize: 12,
    lineHeight: '22px',
    overflowWrap: 'anywhere',
    userSelect: 'text',
    cursor: 'text',
  },
}));

/** A command to read and to copy. */
export const CommandLine = ({ text }: { readonly text: string }) => (
  <Line>
    <code>{text}</code>
    <CopyButton text={text} about={text} />
  </Line>
);

export function Commands({ commands }: { readonly commands: readonly ShownCommand[] }) {
  const { t } = useTranslation('ca');
  const all = commands.map(({ text }) => text).join('\n');
  return (
    <>
      {commands.map(({ text }) => (
        <CommandLine key={text} text={text} />
      ))}
      {commands.length > 1 && (
        <Row>
          <CopyButton text={all} label={t('copyAll')} />
        </Row>
      )}
    </>
  );
}

interface CopyButtonProps {
  readonly text: string;
  readonly label?: string;
  /** Tells buttons of one name apart. */
  readonly about?: string;
}

export function CopyButton({ text, label, about }: CopyButtonProps) {
  const { t } = useTranslation('ca');
  const [copied, setCopied] = useState<string | null>(null);
  const shown = copied === text ? t('copied') : (label ?? t('copy'));
  return (
    <Button
      {...(about === undefined ? {} : { 'aria-label': `${shown}: ${about}` })}
      style={{ flex: 'none' }}
      onClick={() =>
        void navigator.clipboard.writeText(text).then(
          () => setCopied(text),
          () => setCopied(null),
        )
      }
    >
      {shown}
    </Button>
  );
}
