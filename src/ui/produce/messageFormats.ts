import * as vscode from 'vscode';
import { isAbortError } from '../../core/async/abortError';
import { unlessFailed } from '../../core/async/unlessFailed';
import {
  formatOf,
  formatText,
  isPlain,
  PLAIN,
  type PayloadFormat,
  type RecordFormats,
} from '../../core/message/codec';
import { encodeRecords, openEncoders, type Part } from '../../core/produce/encodeRecords';
import { carriedForm, formatChoices, readFormat } from '../../kafkaFile/formats';
import { needsRegistry, SCHEMA_FORMATS } from '../../kafkaFile/schemas';
import type { Connections } from '../clusters/connections';
import type { Registries } from '../clusters/registry/registries';
import type { Decoders } from '../decoding/decoders';
import type { Decoding } from '../decoding/decoding';
import { writtenBy } from '../decoding/schemaWords';
import { askPick, type Choice, heading } from '../dialogs/questions';
import { type Answer, back, type StepContext } from '../dialogs/wizard';
import type { FileSchemas } from '../fileSchemas/fileSchemas';
import { isCancelled, UserError } from '../words/report';
import { type Draft, type Encoding, needsEncoding, payloadOf } from './draft';
import { openFormats, type OpenFormats } from './openFormats';

export interface MessageFormatsServices {
  readonly connections: Connections;
  readonly fileSchemas: FileSchemas;
  readonly decoders: Decoders;
  readonly decoding: Decoding;
  readonly registries: () => Promise<Registries>;
}

/**
 * Messages for a topic, the file that holds them, and their formats. Missing: they are sent as the
 * texts that they are.
 */
export type Formatted = Pick<Draft, 'cluster' | 'topic' | 'uri' | 'formats'>;

type FormatChoice = Choice<PayloadFormat> & { readonly choice: PayloadFormat };

const TEXTS: RecordFormats = { key: PLAIN, value: PLAIN };

/** The formats in which messages are produced: which there are, and what they make of a draft. */
export class MessageFormats {
  constructor(private readonly services: MessageFormatsServices) {}

  /**
   * Returns the formats of messages for which nothing else is chosen: those by which their file is
   * checked, or those of the setting.
   */
  usual(draft: Formatted): RecordFormats {
    const { cluster, topic } = draft;
    return { ...this.services.decoders.toWrite(cluster, topic), ...this.#checked(draft) };
  }

  /** Whether a draft has a format other than text, or something names one for it. */
  isNamed(draft: Formatted): boolean {
    return needsEncoding(draft) || needsEncoding({ formats: this.usual(draft) });
  }

  /** Describes a format of a draft, and where it comes from. */
  describe(part: Part, draft: Formatted): string {
    const t = vscode.l10n.t;
    const format = draft.formats?.[part] ?? PLAIN;
    if (isPlain(format)) return textWords();
    const text = formatText(format);
    if (text !== formatText(this.usual(draft)[part])) return text;
    return this.#checked(draft)[part]
      ? t('{0} (as this file is checked)', text)
      : t('{0} (by kafkaRest.decoders)', text);
  }

  #checked({ cluster, uri }: Formatted): Partial<RecordFormats> {
    const { connections, fileSchemas } = this.services;
    if (!uri || !connections.clusters.get(cluster)) return {};
    const { produce } = connections.capabilities(cluster);
    return fileSchemas.formatsOf(uri, cluster, produce && produce.binary);
  }

  /**
   * Asks for the format of keys or values, and for the sign-in to the registry if the format needs
   * one. `binary`: whether the proxy of the cluster carries any bytes.
   */
  async ask(
    part: Part,
    draft: Formatted,
    binary: boolean,
    context: StepContext,
  ): Promise<Answer<{ readonly formats: RecordFormats }>> {
    const t = vscode.l10n.t;
    const { cluster, formats = TEXTS } = draft;
    let likely = formats[part];
    const answer = await askPick<PayloadFormat>(context, {
      placeholder:
        part === 'key'
          ? t('The format of the keys. You can type one, such as avro(orders-key@3).')
          : t('The format of the values. You can type one, such as avro(orders-value@3).'),
      choices: async (signal, list) => {
        const others = otherChoices(formats[part], binary);
        list(others);
        const ofTopic = await this.#ofTopic(part, draft, binary, signal);
        if (!ofTopic) return others;
        // Text that nobody has asked for is no reason to pass over the schema of the topic.
        const isDefault = isPlain(likely) && isPlain(this.usual(draft)[part]);
        if (isDefault) likely = ofTopic.choice;
        return [heading(t('schema of the topic')), ofTopic, heading(t('all formats')), ...others];
      },
      active: (format) => formatText(format) === formatText(likely),
      custom: (typed) => typedChoice(typed),
    });
    if (answer === undefined || answer === back) return answer;
    const chosen = { ...formats, [part]: answer };
    return (await this.ready({ cluster, formats: chosen })) ? { formats: chosen } : undefined;
  }

  /**
   * Asks for the secrets of the cluster's registry that are missing, or has the person sign in, if a
   * draft needs that. Returns whether the registry can be asked then.
   */
  async ready(draft: Pick<Draft, 'cluster' | 'formats'>): Promise<boolean> {
    const registries = await this.#registriesFor(draft);
    try {
      await registries?.ready(draft.cluster);
      return true;
    } catch (error) {
      if (isCancelled(error)) return false;
      throw error;
    }
  }

  /**
   * Opens what encodes many messages by the schemas as they are now. `binary` as in `ask`. Rejects
   * as `openFormats` does, or if nobody is signed in to the registry.
   */
  async open(draft: Formatted, binary: boolean, signal: AbortSignal): Promise<OpenFormats> {
    const { cluster, topic, formats = TEXTS } = draft;
    const context = { ...this.services.decoding.contextOf(cluster, topic), topic };
    try {
      return await openFormats(formats, context, binary, signal);
    } catch (error) {
      if (!isAbortError(error)) await this.#requireSecrets(draft);
      throw error;
    }
  }

  /** Encodes the messages of a draft. Rejects only with the reason of the signal. */
  async encode(draft: Draft, binary: boolean, signal: AbortSignal): Promise<Encoding> {
    const { cluster, topic, formats } = draft;
    const of = { ...draft, encoding: undefined };
    const context = this.services.decoding.contextOf(cluster, topic);
    try {
      const { records = [] } = payloadOf(draft);
      const encoders = openEncoders(formats ?? TEXTS, context, binary);
      const result = await encodeRecords(records, encoders, { signal });
      if (!result.records) await this.#requireSecrets(draft);
      return {
        of,
        result,
        schema:
          result.records && formats ? await writtenBy(formats.value, context, { signal }) : '',
      };
    } catch (error) {
      if (isAbortError(error)) throw error;
      return { of, result: { error }, schema: '' };
    }
  }

  /** Returns the format of the subject that is named after the topic, if there is one. */
  async #ofTopic(
    part: Part,
    { cluster, topic }: Formatted,
    binary: boolean,
    signal: AbortSignal,
  ): Promise<FormatChoice | undefined> {
    const registries = await this.services.registries();
    if (!registries.has(cluster)) return undefined;
    const subject = `${topic}-${part}`;
    const found = await unlessFailed(async () => {
      const registry = await registries.registryOf(cluster);
      return registry.version(subject, 'latest', { signal });
    });
    const format = found && formatOf(SCHEMA_FORMATS[found.schema.type], subject);
    if (!format || typeof format === 'string') return undefined;
    const { version, id } = found;
    const description = vscode.l10n.t('the latest version, now {0} (id {1})', version, id);
    return choiceOf(carriedForm(format, binary), description, 'symbol-structure');
  }

  async #requireSecrets(draft: Formatted): Promise<void> {
    const registries = await this.#registriesFor(draft);
    if (!(await registries?.lacksSecret(draft.cluster))) return;
    const t = vscode.l10n.t;
    throw new UserError(
      t('the schema registry of {0} needs a sign-in', draft.cluster),
      t('Sign in, or choose another format'),
      { title: t('Sign In'), run: () => this.ready(draft) },
    );
  }

  /** Returns the registries if a draft needs that of its cluster. */
  async #registriesFor({
    cluster,
    formats,
  }: Pick<Draft, 'cluster' | 'formats'>): Promise<Registries | undefined> {
    if (!formats || ![formats.key, formats.value].some(needsRegistry)) return undefined;
    const registries = await this.services.registries();
    return registries.has(cluster) ? registries : undefined;
  }
}

/** Returns the format of the draft, and all others that can be written. */
function otherChoices(current: PayloadFormat, binary: boolean): readonly Choice<PayloadFormat>[] {
  const all = formatChoices('producer').flatMap(({ value, about }) => {
    const format = formatOf(value, '');
    if (typeof format === 'string' || isPlain(format)) return [];
    const description = about().replaceAll('`', '');
    return [choiceOf(carriedForm(format, binary), description)];
  });
  const known = new Set(all.map(({ label }) => label));
  const isListed = isPlain(current) || known.has(formatText(current));
  return [
    { label: textWords(), iconPath: new vscode.ThemeIcon('symbol-string'), choice: PLAIN },
    ...(isListed ? [] : [choiceOf(current, vscode.l10n.t('as it is now'))]),
    ...all,
  ];
}

function typedChoice(typed: string): Choice<PayloadFormat> {
  const t = vscode.l10n.t;
  const format = readFormat(typed, 'producer');
  if (!('problem' in format)) return choiceOf(format, t('as typed'));
  const [nearest] = format.suggestions;
  const description =
    nearest === undefined
      ? t('is not a format that can be written')
      : t('is not a format that can be written. Did you mean {0}?', nearest);
  return { label: typed, description, iconPath: new vscode.ThemeIcon('warning') };
}

function choiceOf(format: PayloadFormat, description: string, icon = 'symbol-misc'): FormatChoice {
  const iconPath = new vscode.ThemeIcon(icon);
  return { label: formatText(format), description, iconPath, choice: format };
}

function textWords(): string {
  return vscode.l10n.t('text, as it is');
}
