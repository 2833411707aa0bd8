import * as vscode from 'vscode';
import type { Detected } from '../../../core/dialects/detect';
import { dialects } from '../../../core/dialects/registry';
import { KafkaError } from '../../../core/errors';
import { withProgress } from '../../dialogs/progress';
import { askPick } from '../../dialogs/questions';
import { type Answer, mapAnswer, type StepContext } from '../../dialogs/wizard';
import { dialectWords } from '../../words/dialects/registry';
import { isCancelled } from '../../words/report';
import type { Detect } from '../connect';
import { choiceQuestion } from './choices';
import type { Draft } from './draft';

/**
 * Looks at what answers at the endpoint of a draft. Returns what that changes: the dialect if it is
 * recognised and the person has not chosen one, and why nothing answers if that is so. If the person
 * has chosen another dialect, asks which it is to be.
 */
export async function recognise(
  draft: Draft,
  detect: Detect,
  context: StepContext,
): Promise<Answer<Partial<Draft>>> {
  const detected = await detectWithProgress(draft, detect);
  if (detected instanceof KafkaError) return { silence: detected };
  if (!detected) return { silence: undefined };
  const { kind } = detected;
  const silence = undefined;
  const change = () => ({
    ...choiceQuestion('dialect').change(draft, kind),
    ...{ decidedBy: detected, silence },
  });
  if (kind === draft.dialect.kind) {
    return draft.decidedBy === 'person' ? { silence } : { decidedBy: detected, silence };
  }
  if (draft.decidedBy !== 'person') return change();
  const answer = await askWhich(draft, kind, context);
  return mapAnswer(answer, (chosen) => (chosen === kind ? change() : { silence }));
}

/** Returns why nothing answers; `undefined` if nothing is recognised, or if the person cancels. */
async function detectWithProgress(
  { endpoint, caFile }: Draft,
  detect: Detect,
): Promise<Detected | KafkaError | undefined> {
  const title = vscode.l10n.t('Looking at {0}', new URL(endpoint).host);
  try {
    const found = await withProgress(title, (signal) => detect(endpoint, caFile, signal));
    return dialects.some(({ kind }) => kind === found?.kind) ? found : undefined;
  } catch (error) {
    if (isCancelled(error)) return undefined;
    if (error instanceof KafkaError) return error;
    throw error;
  }
}

/** Asks whether to keep the chosen kind or to take the one that was recognised. */
function askWhich(draft: Draft, found: string, context: StepContext): Promise<Answer<string>> {
  const t = vscode.l10n.t;
  const name = (kind: string) => dialectWords(kind)?.label ?? kind;
  const { kind: chosen } = draft.dialect;
  const { host } = new URL(draft.endpoint);
  return askPick<string>(context, {
    placeholder: t('{0} answers as another kind of REST proxy', host),
    choices: [
      { label: t('Use {0}', name(found)), detail: t('This is what answers there.'), choice: found },
      { label: t('Keep {0}', name(chosen)), detail: t('This is what you chose.'), choice: chosen },
    ],
  });
}

/** Says how the dialect of a draft is known, if nobody chose it: "recognised, version 1.1.0". */
export function evidenceFor({ decidedBy, dialect }: Draft): string | undefined {
  const t = vscode.l10n.t;
  if (typeof decidedBy === 'string' || decidedBy.kind !== dialect.kind) return undefined;
  const { by, version } = decidedBy;
  if (by === 'host') return t('recognised by its host name');
  return version === undefined ? t('recognised') : t('recognised, version {0}', version);
}
