/** A wizard as in Windows: one question per page; Back, Next, Finish, Cancel. */
import { styled } from '@mui/material/styles';
import { type KeyboardEvent, type ReactNode, useCallback, useId } from 'react';
import { useTranslation } from 'react-i18next';
import { ConsoleDialog } from '../app/Dialog.tsx';
import type { HelpTopic } from '../help/topics.ts';

export interface WizardPage {
  readonly heading: string;
  readonly content: ReactNode;
}

interface WizardProps {
  readonly title: string;
  readonly help: HelpTopic;
  readonly pages: readonly WizardPage[];
  /** Index of the page that is shown. */
  readonly at: number;
  readonly onBack: () => void;
  /** Next, or Finish on the last page. */
  readonly onForward: () => void;
  readonly onClose: () => void;
  readonly busy?: boolean;
  /** Pixels, for pages with a table. */
  readonly width?: number;
  readonly height?: number;
}

const Page = styled('div')({});
const Heading = styled('h3')({ margin: '0 0 10px', fontSize: 13, fontWeight: 600 });

const focusable = 'input:not(:disabled, [type="radio"]:not(:checked)), select:not(:disabled)';

export function Wizard({
  title,
  help,
  pages,
  at,
  onBack,
  onForward,
  onClose,
  busy = false,
  width = 500,
  height = 320,
}: WizardProps) {
  const { t } = useTranslation('wizards');
  const { t: tApp } = useTranslation('app');
  const headingId = useId();
  // A new page begins at its first field; the dialog sees to the first page itself.
  const attachPage = useCallback((page: HTMLElement | null) => {
    page?.querySelector<HTMLElement>(focusable)?.focus();
  }, []);
  /** A drop-down list would keep Enter for itself. */
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key !== 'Enter' || busy || !(event.target instanceof HTMLSelectElement)) return;
    event.preventDefault();
    onForward();
  };
  const page = pages[at];
  const isLast = at === pages.length - 1;
  return (
    <ConsoleDialog
      title={title}
      help={help}
      onClose={onClose}
      width={width}
      height={height}
      footer={t('step', { step: at + 1, count: pages.length })}
      buttons={[
        { label: t('back'), onClick: onBack, disabled: at === 0 || busy },
        { label: t(isLast ? 'finish' : 'next'), onClick: onForward, isDefault: true, disabled: busy },
        { label: tApp('dialog.cancel'), onClick: onClose },
      ]}
    >
      <Page key={at} ref={attachPage} onKeyDown={onKeyDown} role="group" aria-labelledby={headingId}>
        <Heading id={headingId}>{page?.heading}</Heading>
        {page?.content}
      </Page>
    </ConsoleDialog>
  );
}
