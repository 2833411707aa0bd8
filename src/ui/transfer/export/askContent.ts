import * as vscode from 'vscode';
import type { Content } from '../../../core/message/decoded';
import type { ExportFormat } from '../../../transfer/export/exportFormats';
import { askPick, type Choice } from '../../dialogs/questions';
import { back, onlyStep } from '../../dialogs/wizard';

/**
 * Asks what to write of messages that are decoded. Blocks are written as they were read, because
 * they produce the same messages. Returns `undefined` if the person gives up.
 */
export async function askContent(format: ExportFormat): Promise<Content | undefined> {
  const t = vscode.l10n.t;
  if (format === 'kafka') return 'raw';
  const raw: Choice<Content> = {
    label: t('As They Were Read'),
    description: t('bytes as they are, to be produced again'),
    choice: 'raw',
  };
  const decoded: Choice<Content> = {
    label: t('Decoded'),
    description: t('as they are shown'),
    choice: 'decoded',
  };
  const both: Choice<Content> = {
    label: t('Both'),
    description: t('decoded, with what was read beside it; produced again from that'),
    choice: 'both',
  };
  const answer = await askPick<Content>(onlyStep(t('Export Messages')), {
    placeholder: t('What should be written of decoded keys and values?'),
    choices: format === 'csv' ? [raw, decoded] : [raw, decoded, both],
  });
  return answer === back ? undefined : answer;
}
