/** The system's own dialog for a file or folder. */
import { existsSync } from 'node:fs';
import { dirname } from 'node:path';
import { type BrowserWindow, dialog, type FileFilter } from 'electron';
import type { FileKind } from '../../shared/contract/computer/file-calls.ts';
import type { Texts } from '../../shared/texts/index.ts';

const extensions: Readonly<Record<Exclude<FileKind, 'folder' | 'any'>, readonly string[]>> = {
  certificate: ['pem', 'crt', 'cer', 'pfx', 'p12'],
  privateKey: ['pem', 'key'],
  metabase: ['xml'],
};

/** Resolves with null when the person chose nothing. @param startAt  Opens there, or in the folder above, if that exists. */
export async function chooseFile(
  window: BrowserWindow,
  texts: Texts,
  kind: FileKind,
  startAt: string,
): Promise<string | null> {
  const place = [startAt, dirname(startAt)].find((path) => path !== '.' && existsSync(path));
  const { canceled, filePaths } = await dialog.showOpenDialog(window, {
    title: texts.desktop.choose[kind],
    properties: kind === 'folder' ? ['openDirectory', 'createDirectory', 'promptToCreate'] : ['openFile'],
    filters: filtersFor(kind, texts),
    ...(place === undefined ? {} : { defaultPath: place }),
  });
  return canceled ? null : (filePaths[0] ?? null);
}

function filtersFor(kind: FileKind, texts: Texts): FileFilter[] {
  if (kind === 'folder' || kind === 'any') return [];
  return [
    { name: texts.desktop.choose[kind], extensions: [...extensions[kind]] },
    { name: texts.desktop.choose.any, extensions: ['*'] },
  ];
}
