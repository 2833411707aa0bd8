import * as vscode from 'vscode';
import type { CommandTable } from '../base/command';
import { toGivenSchema } from './pickSchema';
import { schemaPlace } from './schemaUri';
import type { Schemas } from './schemas';

type SchemaCommandId =
  | 'openSchema'
  | 'openValueSchema'
  | 'openKeySchema'
  | 'compareSchemas'
  | 'compareWithPrevious'
  | 'copySchema'
  | 'copySchemaId'
  | 'registerSchema'
  | 'saveSchema'
  | 'checkSchema'
  | 'newSubject';

/** The commands on schemas; their code is loaded when the first one is called. */
export function schemaCommands(load: () => Promise<Schemas>): Pick<CommandTable, SchemaCommandId> {
  const t = vscode.l10n.t;
  return {
    openSchema: {
      action: t('open the schema'),
      // The schema in the active editor is open already.
      run: async (argument) => (await load()).open(toGivenSchema(argument ?? {})),
    },
    openValueSchema: {
      action: t('open the schema'),
      run: async (argument) => (await load()).openOfTopic(toGivenSchema(argument), 'value'),
    },
    openKeySchema: {
      action: t('open the schema'),
      run: async (argument) => (await load()).openOfTopic(toGivenSchema(argument), 'key'),
    },
    compareSchemas: {
      action: t('compare the schemas'),
      run: async (argument, selected) => {
        const nodes: readonly unknown[] = Array.isArray(selected) ? selected : [];
        const several = nodes.length > 1 ? nodes.map(toGivenSchema) : [];
        await (await load()).compare(toGivenSchema(argument), several);
      },
    },
    compareWithPrevious: {
      action: t('compare the schemas'),
      run: async (argument) => (await load()).compareWithPrevious(toGivenSchema(argument)),
    },
    copySchema: {
      action: t('copy the schema'),
      run: async (argument) => (await load()).copy(toGivenSchema(argument)),
    },
    copySchemaId: {
      action: t('copy the schema id'),
      run: async (argument) => (await load()).copyId(toGivenSchema(argument)),
    },
    registerSchema: {
      action: t('register the schema'),
      run: async (argument) => {
        const uri = toUri(argument);
        const file = uri && schemaPlace(uri) ? undefined : uri;
        await (await load()).register(toGivenSchema(argument), file);
      },
    },
    saveSchema: {
      action: t('register the schema'),
      run: async (argument) => (await load()).registerDraft(toUri(argument)),
    },
    checkSchema: {
      action: t('check the schema'),
      run: async (argument) => {
        await (await load()).check(toGivenSchema(argument), toUri(argument));
      },
    },
    newSubject: {
      action: t('create the subject'),
      run: async (argument) => (await load()).newSubject(toGivenSchema(argument)),
    },
  };
}

function toUri(argument: unknown): vscode.Uri | undefined {
  return argument instanceof vscode.Uri ? argument : undefined;
}
