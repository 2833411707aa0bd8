import * as vscode from 'vscode';
import { KafkaError, type KafkaErrorKind } from '../../core/errors';
import { SchemaError, type SchemaLookup } from '../../core/schemaRegistry/lookup';
import type { Registries } from '../clusters/registry/registries';
import { notify } from '../dialogs/notify';
import type { Reporter } from '../words/reporter';

/** The failures that pass once the person has signed in. */
const SIGNED_OUT: ReadonlySet<KafkaErrorKind> = new Set(['secret-missing', 'signed-out']);

/** Offers to sign in to a schema registry if messages cannot be decoded without it. */
export class RegistrySignIn {
  readonly #watched = new WeakMap<SchemaLookup, SchemaLookup>();

  /** `decodeAgain` decodes anew what is shown of a cluster, and returns whether anything is. */
  constructor(
    private readonly registries: () => Promise<Registries>,
    private readonly reporter: Pick<Reporter, 'run' | 'tell'>,
    private readonly decodeAgain: (cluster: string) => Promise<boolean>,
  ) {}

  /** Returns a lookup that works like another one, and makes the offer once. */
  watched(cluster: string, lookup: SchemaLookup): SchemaLookup {
    const known = this.#watched.get(lookup);
    if (known) return known;
    let isOffered = false;
    const watched: SchemaLookup = {
      find: async (address, use, options) => {
        try {
          return await lookup.find(address, use, options);
        } catch (error) {
          if (isSignedOut(error) && !isOffered) {
            isOffered = true;
            void this.#offer(cluster);
          }
          throw error;
        }
      },
    };
    this.#watched.set(lookup, watched);
    return watched;
  }

  async #offer(cluster: string): Promise<void> {
    const t = vscode.l10n.t;
    const title = t('Sign In');
    const signIn = () => this.#signIn(cluster);
    await notify(
      'information',
      t('Messages of {0} cannot be decoded: its schema registry needs a sign-in.', cluster),
      [{ title, run: () => this.reporter.run({ title, run: signIn }) }],
    );
  }

  async #signIn(cluster: string): Promise<void> {
    const t = vscode.l10n.t;
    const registries = await this.registries();
    await registries.ready(cluster);
    const isShown = await this.decodeAgain(cluster);
    const text = isShown
      ? t('Signed in to the schema registry of {0}.', cluster)
      : t('Signed in to the schema registry of {0}. Read the messages again.', cluster);
    await this.reporter.tell('information', text, []);
  }
}

function isSignedOut(error: unknown): boolean {
  const cause = error instanceof SchemaError ? error.cause : undefined;
  return cause instanceof KafkaError && SIGNED_OUT.has(cause.kind);
}
