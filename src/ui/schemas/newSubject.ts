import * as vscode from 'vscode';
import { type SchemaType, schemaTypes } from '../../core/schemaRegistry/schema';
import { askPick, askText } from '../dialogs/questions';
import { mapAnswer, runWizard } from '../dialogs/wizard';
import { type GivenSchema, onlyCluster, pickRegistry } from './pickSchema';
import type { SchemaDocuments } from './schemaDocuments';
import type { SchemaServices } from './services';
import { typeNames } from '../words/schemaWords';

interface Draft {
  readonly cluster: string;
  readonly subject: string;
  readonly type: SchemaType;
}

/** Asks for the name and type of a new subject, and opens a schema to begin with. */
export async function newSubject(
  services: SchemaServices,
  documents: SchemaDocuments,
  given: GivenSchema,
): Promise<void> {
  const t = vscode.l10n.t;
  const cluster = onlyCluster(services, given.cluster);
  const suggested = given.topic === undefined ? '' : `${given.topic}-value`;
  const initial: Draft = { cluster: cluster ?? '', subject: suggested, type: 'AVRO' };
  let taken: ReadonlySet<string> = new Set();
  const draft = await runWizard<Draft>(t('New Subject'), initial, [
    {
      skip: () => cluster !== undefined,
      ask: (state, context) => pickRegistry(context, services, state.cluster),
    },
    {
      ask: async (state, context) => {
        const registry = await services.registries.ready(state.cluster);
        const answer = await askText(context, {
          prompt: t('Name of the subject, such as orders-value for the values of the topic orders'),
          value: state.subject,
          load: async (signal) => {
            taken = new Set(await registry.subjects({ signal }));
          },
          objection: (text) =>
            taken.has(text.trim())
              ? t('The subject {0} already exists on {1}.', text.trim(), state.cluster)
              : undefined,
          validate: subjectProblem,
        });
        return mapAnswer(answer, (text) => ({ subject: text.trim() }));
      },
    },
    {
      ask: async (state, context) => {
        const answer = await askPick<SchemaType>(context, {
          placeholder: t('Which type of schema?'),
          choices: schemaTypes.map((type) => ({ label: typeNames[type], choice: type })),
          active: (type) => type === state.type,
        });
        return mapAnswer(answer, (type) => ({ type }));
      },
    },
  ]);
  await documents.showDraft(draft);
}

function subjectProblem(text: string): string | undefined {
  const t = vscode.l10n.t;
  const name = text.trim();
  if (name === '') return t('Enter a name.');
  return /[\0-\x1f\x7f]/.test(name) || name.length > 500
    ? t('Use at most 500 characters, and no line breaks.')
    : undefined;
}
