import * as vscode from 'vscode';
import type { CallOptions } from '../../core/kafka';
import type { PayloadFormat } from '../../core/message/codec';
import type { ReadingRegistry } from '../../core/schemaRegistry/registry';
import { canBeSpelt, formatOfFile, formatOfSubject } from '../../kafkaFile/schemas';
import type { Registries } from '../clusters/registry/registries';
import { withProgress } from '../dialogs/progress';
import { askPick } from '../dialogs/questions';
import { type Answer, back, type StepContext } from '../dialogs/wizard';
import { UserError } from '../words/report';
import { pathOfSchema } from './schemaFiles';

interface Topic {
  readonly cluster: string;
  readonly topic: string;
}

/** The schemas by which a person can have a topic decoded. */
export class TopicSchemas {
  constructor(private readonly registries: () => Promise<Registries>) {}

  async hasRegistry(cluster: string): Promise<boolean> {
    return (await this.registries()).has(cluster);
  }

  /** Has the registry of a cluster asked again for schemas that it could not tell before. */
  async forgetFailures(cluster: string): Promise<void> {
    (await this.registries()).forgetFailures(cluster);
  }

  /**
   * Returns the formats of the subjects of a topic, those of a part first. Never asks the person
   * anything: there are none if the registry cannot be asked now, or not in time.
   */
  async formatsOf(
    { cluster, topic }: Topic,
    part: 'key' | 'value',
    options: CallOptions,
  ): Promise<readonly PayloadFormat[]> {
    try {
      const registry = await (await this.registries()).registryOf(cluster);
      const all = new Set(await registry.subjects(options));
      const own = [part, 'value', 'key'].map((each) => `${topic}-${each}`);
      const found = await Promise.all(
        [...new Set(own)]
          .filter((subject) => all.has(subject))
          .map((subject) => formatIn(registry, subject, options)),
      );
      return found.filter((format) => format !== undefined);
    } catch {
      return [];
    }
  }

  /** Asks for any subject of the registry, after its sign-in, and returns its format. */
  async ask(cluster: string, context: StepContext): Promise<Answer<PayloadFormat>> {
    const t = vscode.l10n.t;
    const registry = await (await this.registries()).ready(cluster);
    const subject = await askPick<string>(context, {
      placeholder: t('Which subject?'),
      choices: async (signal) => {
        const subjects = await registry.subjects({ signal });
        return subjects
          .filter((each) => formatOfSubject(each, 'AVRO'))
          .map((each) => ({ label: each, choice: each }));
      },
    });
    if (subject === undefined || subject === back) return subject;
    return withProgress(t('Reading the schema {0}', subject), (signal) =>
      formatIn(registry, subject, { signal }),
    );
  }
}

async function formatIn(
  registry: ReadingRegistry,
  subject: string,
  options: CallOptions,
): Promise<PayloadFormat | undefined> {
  const { schema } = await registry.version(subject, 'latest', options);
  return formatOfSubject(subject, schema.type);
}

/** Has the person choose a schema file. Returns its format; `undefined` if they give up. */
export async function askSchemaFile(
  title = vscode.l10n.t('Decode with a Schema File'),
): Promise<PayloadFormat | undefined> {
  const t = vscode.l10n.t;
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
  const [file] =
    (await vscode.window.showOpenDialog({
      title,
      openLabel: t('Choose'),
      filters: { [t('Schemas')]: ['avsc', 'proto', 'desc', 'protoset', 'json'] },
      ...(folder && { defaultUri: folder }),
    })) ?? [];
  if (!file) return undefined;
  const path = pathOfSchema(file);
  const format = formatOfFile(path);
  if (format && canBeSpelt(format)) return format;
  throw new UserError(
    t('the path {0} cannot be used in a format', path),
    t('Choose a file without “#” in its path'),
  );
}
