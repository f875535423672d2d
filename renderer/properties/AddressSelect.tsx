import { useTranslation } from 'react-i18next';
import { useNetworkAddresses } from '../api/queries.ts';
import { type FieldIds, SelectBox } from '../app/fields.tsx';

interface AddressSelectProps extends Partial<FieldIds> {
  readonly value: string;
  readonly onChange: (address: string) => void;
}

/** Every address this computer has, loopback included, and all of them together. */
export function AddressSelect({ value, onChange, ...ids }: AddressSelectProps) {
  const { t } = useTranslation('properties');
  const { data: addresses = [] } = useNetworkAddresses();
  const options = [
    { value: '*', label: t('identity.allUnassigned') },
    ...addresses.map(({ address, adapter }) => ({
      value: address,
      label: t('identity.withAdapter', { address, adapter }),
    })),
  ];
  const known = options.some((option) => option.value === value);
  return (
    <SelectBox
      {...ids}
      value={value}
      options={known ? options : [...options, { value, label: t('identity.notOnThisComputer', { address: value }) }]}
      onChange={onChange}
    />
  );
}
