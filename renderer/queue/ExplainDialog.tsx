import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ServerId } from '../../shared/contract/messages.ts';
import { ConsoleDialog } from '../app/Dialog.tsx';
import { FieldRow, TextInput } from '../app/fields.tsx';
import { TabBody } from './property-parts.tsx';
import { RouteAnswer } from './RouteAnswer.tsx';
import { useRouteExplanation } from './use-route-explanation.ts';

interface ExplainDialogProps {
  readonly serverId: ServerId;
  /** To begin with. */
  readonly address: string;
  readonly onClose: () => void;
}

const longestAddress = 320;

/** "Where would it go?" for any address. */
export function ExplainDialog({ serverId, address: first, onClose }: ExplainDialogProps) {
  const { t } = useTranslation('queue');
  const { t: tApp } = useTranslation('app');
  const [address, setAddress] = useState(first);
  const [problem, setProblem] = useState<string | undefined>(undefined);
  const { explanation, explain } = useRouteExplanation(serverId);

  // Whoever comes from a message wants its answer.
  useEffect(() => {
    if (first !== '') void explain(first);
  }, [explain, first]);

  const ask = (): void => {
    const trimmed = address.trim();
    const isAddress = /^[^\s@]+@[^\s@]+$/.test(trimmed);
    setProblem(isAddress ? undefined : t('route.badAddress'));
    if (isAddress) void explain(trimmed);
  };
  return (
    <ConsoleDialog
      title={t('route.title')}
      width={620}
      onClose={onClose}
      buttons={[
        { label: t('route.explain'), onClick: ask, isDefault: true, disabled: explanation.kind === 'asking' },
        { label: tApp('dialog.close'), onClick: onClose },
      ]}
    >
      <div style={{ marginBottom: 8 }}>{t('route.intro')}</div>
      <FieldRow label={t('route.address')} narrowLabel={120} problem={problem}>
        {(ids) => (
          <TextInput
            {...ids}
            initialFocus
            value={address}
            maxLength={longestAddress}
            onChange={(text) => {
              setAddress(text);
              setProblem(undefined);
            }}
          />
        )}
      </FieldRow>
      <TabBody
        role="status"
        aria-live="polite"
        tabIndex={0}
        aria-label={t('route.title')}
        sx={{ minHeight: 190, marginTop: '8px' }}
      >
        <RouteAnswer explanation={explanation} />
      </TabBody>
    </ConsoleDialog>
  );
}
