import { useTranslation } from 'react-i18next';
import { Icon } from '../app/Icon.tsx';

/** A tab of the IIS 6 sheet that has nothing to set here, and why. */
export function ExplainedTab({ area }: { readonly area: 'ldapRouting' | 'security' }) {
  const { t } = useTranslation(area);
  return (
    <div style={{ display: 'flex', gap: 10, padding: 4 }} data-selectable>
      <Icon name="help" />
      <div>
        <h3 style={{ margin: '0 0 6px', fontSize: 13, fontWeight: 600 }}>{t('title')}</h3>
        <p style={{ margin: 0 }}>{t('explanation')}</p>
      </div>
    </div>
  );
}
