import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { MessageDetails, ServerId } from '../../shared/contract/messages.ts';
import { FieldRow, SelectBox } from '../app/fields.tsx';
import { RouteAnswer } from './RouteAnswer.tsx';
import { useRouteExplanation } from './use-route-explanation.ts';

interface RouteTabProps {
  readonly serverId: ServerId;
  readonly details: MessageDetails;
}

/** Where the message would go to each of its recipients, if it were tried now. */
export function RouteTab({ serverId, details }: RouteTabProps) {
  const { t } = useTranslation('queue');
  const { row, recipients } = details;
  const [address, setAddress] = useState(
    () => (recipients.find(({ state }) => state === 'pending') ?? recipients[0])?.address ?? row.recipient,
  );
  const { explanation, explain } = useRouteExplanation(serverId, row.id);
  useEffect(() => void explain(address), [explain, address]);
  return (
    <>
      <FieldRow label={t('route.recipient')} narrowLabel={154}>
        {(ids) => (
          <SelectBox
            {...ids}
            value={address}
            options={recipients.map((recipient) => ({ value: recipient.address, label: recipient.address }))}
            onChange={setAddress}
          />
        )}
      </FieldRow>
      <div role="status" style={{ marginTop: 8 }}>
        <RouteAnswer explanation={explanation} />
      </div>
    </>
  );
}
