import { useTranslation } from 'react-i18next';
import { Icon } from '../../app/Icon.tsx';
import { useNow } from '../../app/use-now.ts';
import { useSheet } from '../sheet.tsx';
import { certificateText } from './certificate-text.ts';

/** Subject and expiry of the saved certificate, or why it cannot be used. */
export function CertificateStatus() {
  const { t, i18n } = useTranslation('accessTab');
  const { server } = useSheet();
  const nowMs = useNow(60_000);
  const certificate = server?.certificate ?? null;
  const bad =
    certificate !== null &&
    (certificate.problem !== null || (certificate.expiresAtMs !== null && certificate.expiresAtMs <= nowMs));
  return (
    <div data-selectable role="status" style={{ display: 'flex', gap: 8 }}>
      {bad && <Icon name="error" />}
      <span>{certificateText(t, i18n.language, certificate, nowMs)}</span>
    </div>
  );
}
