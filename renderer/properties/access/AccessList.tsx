/** Which computers are let in: a choice between 'only' and 'all except', and the list it applies to. */
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { FieldProblem, Note, RadioButton } from '../../app/fields.tsx';
import { RowList } from '../../app/RowList.tsx';
import { removeAt, replaceAt, selectedAfterRemoval } from '../edit-list.ts';
import { ListButtons } from '../ListButtons.tsx';
import { useSheet } from '../sheet.tsx';
import { useSettingText } from '../use-setting-text.ts';
import { ComputerDialog } from './ComputerDialog.tsx';
import { entryText } from './relay-entry.ts';

interface AccessListProps {
  readonly modeKey: 'access.connectionMode' | 'access.relayMode';
  readonly listKey: 'access.connectionList' | 'access.relayList';
  /** The sentence above the choice. */
  readonly question: string;
  /** In place of rows, by the choice. */
  readonly empty: { readonly onlyListed: string; readonly allExceptListed: string };
}

export function AccessList({ modeKey, listKey, question, empty }: AccessListProps) {
  const { t } = useTranslation('properties');
  const { draft, change } = useSheet();
  const modeWords = useSettingText(modeKey);
  const listWords = useSettingText(listKey);
  const [mode, list] = [draft[modeKey], draft[listKey]];
  const [selected, setSelected] = useState<number | null>(list.length === 0 ? null : 0);
  const [editing, setEditing] = useState<number | 'new' | null>(null);

  const set = (next: readonly string[], at: number | null): void => {
    change(listKey, [...next]);
    setSelected(at);
  };
  const remove = (index: number): void => {
    const left = removeAt(list, index);
    set(left, selectedAfterRemoval(index, left.length));
  };
  const edited = editing === null || editing === 'new' ? undefined : list[editing];
  const note = modeWords.note ?? listWords.note;
  return (
    <>
      <div role="radiogroup" aria-label={question}>
        <p style={{ margin: '0 0 4px' }}>
          {question} {note !== undefined && <Note>{note}</Note>}
        </p>
        {(['onlyListed', 'allExceptListed'] as const).map((option) => (
          <RadioButton
            key={option}
            name={modeKey}
            label={t(`relay.${option}`)}
            checked={mode === option}
            onSelect={() => change(modeKey, option)}
          />
        ))}
      </div>
      <p style={{ margin: '4px 0 0' }}>{t('relay.computers')}:</p>
      <RowList
        label={t('relay.computers')}
        columns={[
          { heading: t('relay.access'), track: '110px' },
          { heading: t('relay.address'), track: '1fr' },
        ]}
        rows={list.map((entry) => ({
          id: entry,
          cells: [
            t(mode === 'onlyListed' ? 'relay.granted' : 'relay.denied'),
            entryText(entry, t('relay.thisComputer')),
          ],
        }))}
        selected={selected}
        onSelect={setSelected}
        onEdit={setEditing}
        onRemove={remove}
        empty={empty[mode]}
      />
      <FieldProblem id={`${listKey}-problem`} problem={modeWords.problem ?? listWords.problem} />
      <ListButtons
        onAdd={() => setEditing('new')}
        onEdit={selected === null ? undefined : () => setEditing(selected)}
        onRemove={selected === null ? undefined : () => remove(selected)}
      />
      {editing !== null && (
        <ComputerDialog
          entry={edited}
          others={list.filter((entry) => entry !== edited)}
          onClose={() => setEditing(null)}
          onAccept={(entry) => {
            setEditing(null);
            if (editing === 'new') set([...list, entry], list.length);
            else set(replaceAt(list, editing, entry), editing);
          }}
        />
      )}
    </>
  );
}
