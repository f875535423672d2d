import Button from '@mui/material/Button';
import { styled } from '@mui/material/styles';
import { useCallback, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { AnswerOf } from '../../shared/contract/calls.ts';
import { problemOf } from '../app/dialogs.tsx';
import { problemText } from '../app/problem-text.ts';
import type { QueueFormat } from './format.ts';
import { Monospace, Remark } from './property-parts.tsx';
import { visibleBytes } from './visible-bytes.ts';

const Row = styled('div')({ display: 'flex', alignItems: 'center', gap: 8, flexWrap: 'wrap', marginBottom: 8 });

/** Small enough to be drawn at once; a large message comes piece by piece. */
const pieceBytes = 65_536;

/** Reads a piece of the message. */
export type ReadSource = (piece: {
  readonly offsetBytes: number;
  readonly limitBytes: number;
}) => Promise<AnswerOf<'queue.source'>>;

interface SourceTabProps {
  /** Stable function. */
  readonly read: ReadSource;
  readonly format: QueueFormat;
}

/** The message byte by byte, as it will be sent. */
export function SourceTab({ read, format }: SourceTabProps) {
  const { t, i18n } = useTranslation('queue');
  const { t: tProblem } = useTranslation('problems');
  /** One character per byte. */
  const [text, setText] = useState('');
  const [totalBytes, setTotalBytes] = useState<number | null>(null);
  const [remark, setRemark] = useState('');
  const loading = useRef(false);

  const loadFrom = useCallback(
    async (offsetBytes: number): Promise<void> => {
      if (loading.current) return;
      loading.current = true;
      try {
        const piece = await read({ offsetBytes, limitBytes: pieceBytes });
        setText((before) => before.slice(0, offsetBytes) + piece.text);
        setTotalBytes(piece.totalBytes);
        setRemark('');
      } catch (error) {
        const { summary } = problemText(tProblem, i18n.language, problemOf(error));
        setRemark(`${t('source.failed')} ${summary}`);
      } finally {
        loading.current = false;
      }
    },
    [read, t, tProblem, i18n.language],
  );
  // The bytes of a message never change: the first piece is read once.
  const begun = useRef(false);
  useEffect(() => {
    if (begun.current) return;
    begun.current = true;
    void loadFrom(0);
  }, [loadFrom]);

  const copy = (): void => {
    navigator.clipboard.writeText(text).then(
      () => setRemark(t('source.copied')),
      () => setRemark(t('outcome.copyFailed')),
    );
  };
  const hasMore = totalBytes !== null && text.length < totalBytes;
  return (
    <>
      <Row>
        <Button disabled={text === ''} onClick={copy}>
          {t('source.copy')}
        </Button>
        <Button disabled={!hasMore} onClick={() => void loadFrom(text.length)}>
          {t('source.more')}
        </Button>
        {totalBytes !== null && (
          <span>
            {t('source.loaded', { loaded: format.exactSize(text.length), total: format.exactSize(totalBytes) })}
          </span>
        )}
        <span role="status">{remark}</span>
      </Row>
      <Monospace aria-label={t('source.label')}>{visibleBytes(text)}</Monospace>
      <Remark>{t('source.note')}</Remark>
    </>
  );
}
