import * as vscode from 'vscode';
import { askPick } from '../dialogs/questions';
import { back, onlyStep } from '../dialogs/wizard';
import { withRemedies } from '../words/remedies';
import { UserError } from '../words/report';
import { compareSchemas, compareWithPrevious } from './compareSchemas';
import { newSubject } from './newSubject';
import { type ChosenSubject, chosenSubject, chosenVersion, schemaOfTopic } from './openSchema';
import { activeUri, type GivenSchema } from './pickSchema';
import { checkSchema, registerSchema } from './registerSchema';
import { SchemaDocuments } from './schemaDocuments';
import { SchemaLanguage } from './schemaLanguage';
import { shownText } from './schemaText';
import type { SchemaServices } from './services';
import { activeSource, candidateOf, draftIn, type SchemaSource, sourceIn } from './sources';

/** What a person does with the subjects of schema registries, and the documents that hold schemas. */
export class Schemas implements vscode.Disposable {
  readonly documents: SchemaDocuments;
  readonly #language: SchemaLanguage;

  constructor(private readonly services: SchemaServices) {
    this.documents = new SchemaDocuments(services);
    this.#language = new SchemaLanguage(services, this.documents);
  }

  async open(given: GivenSchema): Promise<void> {
    const title = vscode.l10n.t('Open Schema');
    const { cluster, found } = await chosenVersion(title, this.services, given);
    await this.documents.show(cluster, found);
  }

  /** Opens the schema of the keys or values of a topic. */
  async openOfTopic({ cluster, topic }: GivenSchema, part: 'key' | 'value'): Promise<void> {
    if (cluster === undefined || topic === undefined) {
      await this.open(cluster === undefined ? {} : { cluster });
      return;
    }
    const place = { cluster, topic, part };
    const found = await schemaOfTopic(vscode.l10n.t('Open Schema'), this.services, place);
    await this.documents.show(cluster, found);
  }

  async compare(given: GivenSchema, selected: readonly GivenSchema[]): Promise<void> {
    await compareSchemas(this.services, this.documents, given, selected);
  }

  async compareWithPrevious(given: GivenSchema): Promise<void> {
    await compareWithPrevious(this.services, this.documents, given);
  }

  async copy(given: GivenSchema): Promise<void> {
    const { found } = await chosenVersion(vscode.l10n.t('Copy Schema'), this.services, given);
    await vscode.env.clipboard.writeText(shownText(found.schema));
  }

  async copyId(given: GivenSchema): Promise<void> {
    const { found } = await chosenVersion(vscode.l10n.t('Copy Schema ID'), this.services, given);
    await vscode.env.clipboard.writeText(String(found.id));
  }

  async newSubject(given: GivenSchema): Promise<void> {
    await newSubject(this.services, this.documents, given);
  }

  /**
   * Begins a new version of a subject: the text of a file if one is given or chosen, otherwise a
   * draft with the latest version. A draft in the active editor is registered at once.
   */
  async register(given: GivenSchema, file: vscode.Uri | undefined): Promise<void> {
    const title = vscode.l10n.t('Register New Version');
    const source = file ? await sourceIn(file) : await this.#askSource(title);
    const question = source ? { takesNew: true, active: source.name.split('.', 1)[0] } : {};
    const subject = await chosenSubject(title, this.services, given, question);
    if (source) {
      await this.#register(source, subject);
      return;
    }
    const { found } = await chosenVersion(title, this.services, subject);
    await this.documents.showDraft({ ...subject, type: found.schema.type });
  }

  /** Registers the draft in the active editor. */
  async registerDraft(given: vscode.Uri | undefined): Promise<void> {
    const draft = await draftIn(given ?? activeUri());
    if (!draft) throw noDraft();
    // What was typed must outlast whatever happens next. If it cannot, VS Code says why.
    const { document } = draft;
    if (document.isDirty && !(await document.save())) throw new vscode.CancellationError();
    await this.#register(draft, draft);
    await this.documents.endDraft(document.uri);
  }

  /** Checks the draft or file in the active editor. */
  async check(given: GivenSchema, file: vscode.Uri | undefined): Promise<void> {
    const title = vscode.l10n.t('Check Compatibility');
    const draft = await draftIn(file ?? activeUri());
    const source = draft ?? activeSource();
    if (!source) {
      const t = vscode.l10n.t;
      throw new UserError(
        t('no editor with a schema to check is active'),
        t(
          'Open a file with one, or use “Kafka REST: Register New Version of Schema...” to edit the latest',
        ),
      );
    }
    const question = { takesNew: false };
    const subject = draft ?? (await chosenSubject(title, this.services, given, question));
    await checkSchema(this.services, candidateOf(this.documents, source, subject));
  }

  dispose(): void {
    this.#language.dispose();
    this.documents.dispose();
  }

  async #register(
    source: Pick<SchemaSource, 'document' | 'type'>,
    subject: ChosenSubject,
  ): Promise<void> {
    const { cluster } = subject;
    const again = () => this.#register(source, subject);
    await withRemedies({ cluster, again }, async () => {
      const candidate = candidateOf(this.documents, source, subject);
      const found = await registerSchema(this.services, candidate);
      await this.documents.show(cluster, found);
    });
  }

  /** Asks whether to take the file in the active editor, if there is one with a schema. */
  async #askSource(title: string): Promise<SchemaSource | undefined> {
    const t = vscode.l10n.t;
    const source = activeSource();
    if (!source) return undefined;
    const answer = await askPick<'file' | 'latest'>(onlyStep(title), {
      placeholder: t('What do you want to register?'),
      choices: [
        {
          label: t('The text of {0}', source.name),
          detail: t('As it is in the editor now'),
          iconPath: new vscode.ThemeIcon('file-code'),
          choice: 'file',
        },
        {
          label: t('The latest version, changed'),
          detail: t('Opens it in an editor. Nothing is registered until you say so.'),
          iconPath: new vscode.ThemeIcon('edit'),
          choice: 'latest',
        },
      ],
    });
    if (answer === undefined || answer === back) throw new vscode.CancellationError();
    return answer === 'file' ? source : undefined;
  }
}

function noDraft(): UserError {
  const t = vscode.l10n.t;
  return new UserError(
    t('no draft of a schema is active'),
    t('Begin one with “Kafka REST: Register New Version of Schema...”'),
  );
}
