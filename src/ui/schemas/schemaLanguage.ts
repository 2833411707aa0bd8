import * as vscode from 'vscode';
import type { SchemaReference } from '../../core/schemaRegistry/schema';
import { oneLine } from '../../core/text/visible';
import { capitalise } from '../words/sentences';
import { typeNames, versionInWords } from '../words/schemaWords';
import { latestOf } from './latest';
import type { SchemaDocuments } from './schemaDocuments';
import { SCHEMA_SCHEME, schemaPlace, type SchemaPlace, schemaUri } from './schemaUri';
import type { SchemaServices } from './services';

/**
 * What documents with schemas show beside their text: a line above it that says which schema it is
 * and what can be done with it, and links to the schemas that it refers to.
 */
export class SchemaLanguage
  implements vscode.CodeLensProvider, vscode.DocumentLinkProvider, vscode.Disposable
{
  readonly #subscriptions: vscode.Disposable;

  constructor(
    private readonly services: Pick<SchemaServices, 'registries'>,
    private readonly documents: SchemaDocuments,
  ) {
    const selector = { scheme: SCHEMA_SCHEME };
    this.#subscriptions = vscode.Disposable.from(
      vscode.languages.registerCodeLensProvider(selector, this),
      vscode.languages.registerDocumentLinkProvider(selector, this),
    );
  }

  async provideCodeLenses({ uri }: vscode.TextDocument): Promise<vscode.CodeLens[]> {
    const place = schemaPlace(uri);
    if (!place) return [];
    // The text shows without them where the registry does not respond.
    const commands = await this.#commands(uri, place).catch(() => []);
    const top = new vscode.Range(0, 0, 0, 0);
    return commands.map((command) => new vscode.CodeLens(top, command));
  }

  async provideDocumentLinks(document: vscode.TextDocument): Promise<vscode.DocumentLink[]> {
    const place = schemaPlace(document.uri);
    if (!place) return [];
    const { cluster } = place;
    const references = await this.#references(document.uri, place).catch(() => []);
    const links: vscode.DocumentLink[] = [];
    for (const { name, subject, version } of references) {
      const type = await this.#typeOf(cluster, { name, subject, version }).catch(() => undefined);
      if (!type) continue;
      const target = schemaUri({ cluster, subject, version, type });
      const tooltip = oneLine(vscode.l10n.t('Open {0}, {1}', subject, versionInWords(version)));
      for (const range of placesOf(document, name)) {
        const link = new vscode.DocumentLink(range, target);
        link.tooltip = tooltip;
        links.push(link);
      }
    }
    return links;
  }

  dispose(): void {
    this.#subscriptions.dispose();
  }

  async #commands(
    uri: vscode.Uri,
    { cluster, subject, version, type }: SchemaPlace,
  ): Promise<readonly vscode.Command[]> {
    const t = vscode.l10n.t;
    const registry = await this.services.registries.registryOf(cluster);
    const [latest, compatibility] = await Promise.all([
      latestOf(registry, subject),
      registry.compatibility(subject).catch(() => undefined),
    ]);
    const level = compatibility ? [compatibility.level] : [];
    if (version === undefined) {
      const next = latest
        ? t('Version {0} of {1} on {2}', latest.version + 1, subject, cluster)
        : t('New subject {0} on {1}', subject, cluster);
      return [
        said([next, typeNames[type], ...level]),
        { command: 'kafkaRest.saveSchema', title: t('Register'), arguments: [uri] },
        ...(latest
          ? [
              {
                command: 'kafkaRest.checkSchema',
                title: t('Check Compatibility'),
                arguments: [uri],
              },
            ]
          : []),
      ];
    }
    const shown = await this.documents.versionOf(uri);
    const isLatest = latest?.version === version;
    const id = shown ? [t('id {0}', shown.id)] : [];
    return [
      said([capitalise(versionInWords(version, isLatest)), ...id, typeNames[type], ...level]),
      ...(version > 1
        ? [
            {
              command: 'kafkaRest.compareWithPrevious',
              title: t('Compare with Previous Version'),
              arguments: [uri],
            },
          ]
        : []),
      {
        command: 'kafkaRest.registerSchema',
        title: t('Register New Version...'),
        arguments: [{ cluster, subject }],
      },
    ];
  }

  /** Returns what a schema refers to; of a draft, what the latest version does. */
  async #references(
    uri: vscode.Uri,
    { cluster, subject, version }: SchemaPlace,
  ): Promise<readonly SchemaReference[]> {
    if (version !== undefined)
      return (await this.documents.versionOf(uri))?.schema.references ?? [];
    const registry = await this.services.registries.registryOf(cluster);
    return (await latestOf(registry, subject))?.schema.references ?? [];
  }

  async #typeOf(cluster: string, { subject, version }: SchemaReference) {
    const registry = await this.services.registries.registryOf(cluster);
    return (await registry.version(subject, version)).schema.type;
  }
}

/** Returns a lens that only says something. */
function said(facts: readonly string[]): vscode.Command {
  return { command: '', title: oneLine(facts.join(' · ')) };
}

/** Returns where a name stands in quotes. */
function placesOf(document: vscode.TextDocument, name: string): readonly vscode.Range[] {
  const text = document.getText();
  const places: vscode.Range[] = [];
  for (const quote of ['"', "'"]) {
    const quoted = quote + name + quote;
    for (let at = text.indexOf(quoted); at >= 0; at = text.indexOf(quoted, at + 1)) {
      const start = document.positionAt(at + 1);
      places.push(new vscode.Range(start, start.translate(0, name.length)));
    }
  }
  return places;
}
