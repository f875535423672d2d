import { useState } from 'react';
import { flushSync } from 'react-dom';
import { useTranslation } from 'react-i18next';
import type { ServerId } from '../../shared/contract/messages.ts';
import { useSettings } from '../api/queries.ts';
import { problemOf } from '../app/dialogs.tsx';
import { FieldRow, Note, RadioButton, TextInput } from '../app/fields.tsx';
import { useNavigation } from '../app/navigation.tsx';
import { ProblemDialog } from '../app/ProblemDialog.tsx';
import { DomainConflictDialog } from '../domains/DomainConflictDialog.tsx';
import { addDomain, domainNameProblem, type NewDomainKind } from '../domains/domain-rows.ts';
import { type DomainState, domainStateOf } from '../domains/domain-store.ts';
import { useDomainEdits } from '../domains/use-domain-edits.ts';
import { Wizard } from './Wizard.tsx';

interface NewDomainWizardProps {
  readonly serverId: ServerId;
  readonly onClose: () => void;
}

/** 'New SMTP Domain Wizard': type, then name. */
export function NewDomainWizard({ serverId, onClose }: NewDomainWizardProps) {
  const settings = useSettings(serverId);
  if (settings.isError) return <ProblemDialog problem={problemOf(settings.error)} onClose={onClose} />;
  if (settings.data === undefined) return null;
  return <LoadedWizard serverId={serverId} first={domainStateOf(settings.data)} onClose={onClose} />;
}

const kinds = ['remote', 'alias'] as const;

function LoadedWizard({ serverId, first, onClose }: NewDomainWizardProps & { readonly first: DomainState }) {
  const { t } = useTranslation('domains');
  const { go } = useNavigation();
  const edits = useDomainEdits(serverId);
  const [base, setBase] = useState(first);
  const [kind, setKind] = useState<NewDomainKind>('remote');
  const [text, setText] = useState('');
  const [at, setAt] = useState(0);
  const [judging, setJudging] = useState(false);
  const name = text.trim();
  const problem = domainNameProblem(base.settings, kind, name);
  const turn = (to: number): void => {
    setJudging(false);
    setAt(to);
  };
  const forward = (): void => {
    if (at === 0) {
      turn(1);
      return;
    }
    setJudging(true);
    if (problem !== null) return;
    edits.submit({
      base,
      edit: addDomain(kind, name),
      onSaved: () => {
        // The focus goes back to the tree first, where the place follows it.
        flushSync(onClose);
        go({ kind: 'domains', serverId });
      },
      onReload: setBase,
    });
  };
  const type = (
    <div role="radiogroup" aria-label={t('wizard.typeQuestion')}>
      {kinds.map((one) => (
        <div key={one} style={{ marginBottom: 8 }}>
          <RadioButton
            name="domain-type"
            label={t(`wizard.${one}`)}
            checked={kind === one}
            onSelect={() => setKind(one)}
          />
          <div style={{ marginLeft: 21 }}>
            <Note>
              {t(`wizard.${one}Note`)}{' '}
              {one === 'alias' && base.settings['domains.default'] === '' && t('wizard.firstLocal')}
            </Note>
          </div>
        </div>
      ))}
    </div>
  );
  const nameField = (
    <>
      <FieldRow
        label={t('wizard.name')}
        narrowLabel={70}
        problem={judging && problem !== null ? t(`problem.${problem}`, { name }) : undefined}
      >
        {(ids) => <TextInput {...ids} value={text} maxLength={255} placeholder="example.org" onChange={setText} />}
      </FieldRow>
      <Note>{t(kind === 'remote' ? 'wizard.remoteNameNote' : 'wizard.aliasNameNote')}</Note>
    </>
  );
  return (
    <>
      <Wizard
        title={t('wizard.title')}
        help="new-domain"
        at={at}
        busy={edits.busy}
        onBack={() => turn(0)}
        onForward={forward}
        onClose={onClose}
        pages={[
          { heading: t('wizard.typeQuestion'), content: type },
          { heading: t('wizard.nameQuestion'), content: nameField },
        ]}
      />
      <DomainConflictDialog edits={edits} />
    </>
  );
}
