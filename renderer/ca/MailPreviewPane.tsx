import { styled } from '@mui/material/styles';
import { useTranslation } from 'react-i18next';
import type { ExitMail } from '../../shared/contract/computer/exit-module-calls.ts';
import { exitEvents } from '../../shared/exit-module/exit-events.ts';
import { type PreviewFacts, previewMail } from '../../shared/exit-module/mail-preview.ts';
import { GroupBox } from '../app/fields.tsx';
import { linesOf, type MailDraft, namesOf } from './mail-draft.ts';
import { Pair, Pairs } from './parts.tsx';

interface MailPreviewPaneProps {
  readonly mail: ExitMail;
  readonly draft: MailDraft;
  readonly facts: PreviewFacts;
}

const Body = styled('pre')(({ theme }) => ({
  margin: 0,
  padding: 8,
  minHeight: 160,
  whiteSpace: 'pre-wrap',
  overflowWrap: 'anywhere',
  userSelect: 'text',
  font: 'inherit',
  border: `1px solid ${theme.vars.palette.frame.line}`,
}));

/** How the mail reads, as plain text. */
export function MailPreviewPane({ mail, draft, facts }: MailPreviewPaneProps) {
  const { t } = useTranslation('ca');
  const { subject, body } = previewMail(
    {
      titleFormat: draft.titleFormat,
      titleArguments: namesOf(draft.titleArguments),
      bodyFormat: linesOf(draft.bodyFormat),
      bodyArguments: namesOf(draft.bodyArguments),
    },
    facts,
  );
  const to = draft.to === '' && exitEvents[mail.event].ofCertificate ? t('mails.previewTo') : draft.to;
  return (
    <GroupBox legend={t('mails.preview')}>
      <Pairs>
        <Pair name={t('mails.from')}>{draft.from}</Pair>
        <Pair name={t('mails.to')}>{to}</Pair>
        {draft.cc !== '' && <Pair name={t('mails.cc')}>{draft.cc}</Pair>}
        <Pair name={t('mails.subject')}>
          <strong>{subject}</strong>
        </Pair>
      </Pairs>
      <Body>{body}</Body>
    </GroupBox>
  );
}
