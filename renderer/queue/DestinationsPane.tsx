import { styled } from '@mui/material/styles';
import { useTranslation } from 'react-i18next';
import type { MenuAnchor } from '../app/ActionMenu.tsx';
import { DestinationsGrid } from './DestinationsGrid.tsx';
import type { DestinationActionId } from './destination-actions.ts';
import { HeightSplitter } from './HeightSplitter.tsx';
import { NowProvider } from './now-context.tsx';
import { ProblemBar } from './ProblemBar.tsx';
import type { DestinationList } from './use-destination-list.ts';

const Place = styled('section')({ position: 'relative', display: 'flex', flexDirection: 'column', flex: 'none' });

const Empty = styled('p')(({ theme }) => ({
  position: 'absolute',
  top: 25,
  left: 8,
  margin: '6px 0',
  color: theme.vars.palette.text.secondary,
}));

interface DestinationsPaneProps {
  readonly list: DestinationList;
  readonly selected: string | null;
  readonly onSelect: (nextHop: string | null) => void;
  readonly onRun: (action: DestinationActionId | 'copy') => void;
  /** On to the messages of the selected one. */
  readonly onOpen: () => void;
  readonly onMenu: (anchor: MenuAnchor) => void;
  readonly onFocus: () => void;
}

/** Above the messages: each next hop with what waits for it. */
export function DestinationsPane({ list, selected, onSelect, onRun, onOpen, onMenu, onFocus }: DestinationsPaneProps) {
  const { t } = useTranslation('queue');
  const { layout, setLayout, destinations, rows } = list;
  const { problem } = destinations;
  return (
    <>
      <Place
        style={{ height: layout.heightPx }}
        aria-label={t('destinations.label')}
        onFocus={onFocus}
        onPointerEnter={() => list.setPointedAt(true)}
        onPointerLeave={() => list.setPointedAt(false)}
      >
        {problem !== null && <ProblemBar problem={problem} headline={t('destinations.failed')} />}
        <NowProvider>
          <DestinationsGrid
            rows={rows}
            selected={selected}
            onSelect={onSelect}
            layout={layout.list}
            onLayout={list.setListLayout}
            format={list.format}
            gridRef={list.grid}
            onOpen={onOpen}
            onDelete={() => onRun('delete')}
            onCopy={() => onRun('copy')}
            onMenu={onMenu}
          />
        </NowProvider>
        {rows.length === 0 && problem === null && (
          <Empty>{t(destinations.rows === null ? 'destinations.loading' : 'destinations.none')}</Empty>
        )}
      </Place>
      <HeightSplitter heightPx={layout.heightPx} onChange={(heightPx) => setLayout({ ...layout, heightPx })} />
    </>
  );
}
