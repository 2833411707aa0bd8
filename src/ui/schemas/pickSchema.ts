import * as vscode from 'vscode';
import { index, lenient, object, type Read, string } from '../../core/schema';
import { inNaturalOrder } from '../../core/text/naturalOrder';
import { otherTopic, pickCluster } from '../clusters/pick';
import { askPick, type Choice } from '../dialogs/questions';
import { type Answer, back, mapAnswer, type StepContext } from '../dialogs/wizard';
import { runs } from '../words/remedies';
import { UserError } from '../words/report';
import { schemaPlace } from './schemaUri';
import type { SchemaServices } from './services';

const given = object({
  cluster: lenient(string),
  subject: lenient(string),
  version: lenient(index),
  topic: lenient(string),
});

/** The schema that a command was called on, as far as it is given. */
export type GivenSchema = Read<typeof given>;

/**
 * Reads the schema that a command was called on: a node of the tree, an argument of a keybinding, the
 * address of a document with a schema, or else the schema in the active editor.
 */
export function toGivenSchema(argument: unknown): GivenSchema {
  const uri = argument instanceof vscode.Uri ? argument : undefined;
  const place = schemaPlaceOf(argument === undefined ? activeUri() : uri);
  if (place) return place;
  return given(argument) ?? {};
}

function schemaPlaceOf(uri: vscode.Uri | undefined): GivenSchema | undefined {
  return uri && schemaPlace(uri);
}

export function activeUri(): vscode.Uri | undefined {
  return vscode.window.activeTextEditor?.document.uri;
}

type Registered = Pick<SchemaServices, 'connections' | 'registries'>;

/**
 * Returns the cluster of a command, if it is given or the only one with a registry. Throws a
 * `UserError` if there is none.
 */
export function onlyCluster(
  { connections, registries }: Registered,
  cluster: string | undefined,
): string | undefined {
  const t = vscode.l10n.t;
  if (cluster !== undefined) return cluster;
  const names = connections.clusters.list().map(({ definition }) => definition.name);
  const [first, second] = names.filter((name) => registries.has(name));
  if (first === undefined) {
    throw new UserError(
      t('no cluster has a schema registry'),
      t('Give its address with “Kafka REST: Set Schema Registry...”'),
      names.length === 0 ? 'addCluster' : runs(t('Set Schema Registry...'), 'setSchemaRegistry'),
    );
  }
  return second === undefined ? first : undefined;
}

/** Asks for a cluster. Those without a registry are shown but cannot be chosen. */
export function pickRegistry(
  context: StepContext,
  { connections, registries }: Registered,
  active: string,
): Promise<Answer<{ cluster: string }>> {
  return pickCluster(context, connections.clusters, active, (name) =>
    registries.has(name) ? undefined : vscode.l10n.t('no schema registry'),
  );
}

/** Asks for a subject of the registry of a cluster. `active` begins the names to propose. */
export async function pickSubject(
  context: StepContext,
  { registries }: Pick<SchemaServices, 'registries'>,
  cluster: string,
  {
    placeholder = vscode.l10n.t('Which subject?'),
    active,
    before = [],
    takesNew = false,
  }: {
    readonly placeholder?: string;
    readonly active?: string | undefined;
    readonly before?: readonly Choice<string>[];
    /** Whether the name of a subject that does not exist may be typed. */
    readonly takesNew?: boolean;
  } = {},
): Promise<Answer<{ subject: string }>> {
  const registry = await registries.ready(cluster);
  const answer = await askPick<string>(context, {
    placeholder,
    choices: async (signal) => [
      ...before,
      ...inNaturalOrder(await registry.subjects({ signal })).map((name) => ({
        label: name,
        iconPath: new vscode.ThemeIcon('symbol-structure'),
        choice: name,
      })),
    ],
    active: (name) => active !== undefined && name.startsWith(active),
    custom: (name) =>
      takesNew ? otherTopic(name, vscode.l10n.t('New subject: {0}', name)) : undefined,
  });
  return mapAnswer(answer, (subject) => ({ subject }));
}

/** Asks for a version of a subject, the newest first. */
export async function pickVersion(
  context: StepContext,
  { registries }: Pick<SchemaServices, 'registries'>,
  { cluster, subject }: { readonly cluster: string; readonly subject: string },
  { placeholder, without }: { readonly placeholder: string; readonly without?: number | undefined },
): Promise<Answer<{ version: number }>> {
  const registry = await registries.ready(cluster);
  const t = vscode.l10n.t;
  const answer = await askPick<number>(context, {
    placeholder,
    choices: async (signal) => {
      const versions = newestFirst(await registry.versions(subject, { signal }));
      return versions
        .map((version, at) => ({
          label: t('Version {0}', version),
          ...(at === 0 && { description: t('latest') }),
          iconPath: new vscode.ThemeIcon('file-code'),
          choice: version,
        }))
        .filter(({ choice }) => choice !== without);
    },
  });
  if (answer === undefined || answer === back) return answer;
  return { version: answer };
}

export function newestFirst(versions: readonly number[]): readonly number[] {
  return versions.toSorted((a, b) => b - a);
}
