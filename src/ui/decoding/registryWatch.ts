import * as vscode from 'vscode';
import { KafkaError, type KafkaErrorKind } from '../../core/errors';
import { SchemaError, type SchemaLookup } from '../../core/schemaRegistry/lookup';
import type { Registries } from '../clusters/registry/registries';
import { notify } from '../dialogs/notify';
import type { Reporter } from '../words/reporter';

/** The failures that pass once the person has signed in. */
const SIGNED_OUT: ReadonlySet<KafkaErrorKind> = new Set(['secret-missing', 'signed-out']);

/** How many schemas that could not be asked for are remembered. */
const MAX_MISSED = 1_000;

/**
 * Watches the schema registries while messages are decoded. Offers to sign in where that is
 * missing, and decodes anew what is shown once a registry responds again.
 */
export class RegistryWatch {
  readonly #watched = new WeakMap<SchemaLookup, SchemaLookup>();

  /** `decodeAgain` decodes anew what is shown of a cluster, and returns whether anything is. */
  constructor(
    private readonly registries: () => Promise<Registries>,
    private readonly reporter: Pick<Reporter, 'run' | 'tell'>,
    private readonly decodeAgain: (cluster: string) => Promise<boolean>,
  ) {}

  /** Returns a lookup that works like another one, and is watched. */
  watched(cluster: string, lookup: SchemaLookup): SchemaLookup {
    const known = this.#watched.get(lookup);
    if (known) return known;
    let isOffered = false;
    /** What could not be asked for. Only these tell that the registry is back: others are known. */
    const missed = new Set<string>();
    const watched: SchemaLookup = {
      find: async (address, use, options) => {
        const key = JSON.stringify(address);
        try {
          const found = await lookup.find(address, use, options);
          if (missed.has(key)) {
            missed.clear();
            void this.#recover(cluster);
          }
          return found;
        } catch (error) {
          if (isUnreachable(error) && missed.size < MAX_MISSED) missed.add(key);
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

  async #recover(cluster: string): Promise<void> {
    const title = vscode.l10n.t('Decode Messages Again');
    await this.reporter.run({ title, run: () => this.decodeAgain(cluster) });
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

function isUnreachable(error: unknown): boolean {
  return error instanceof SchemaError && error.kind === 'unreachable';
}

function isSignedOut(error: unknown): boolean {
  const cause = error instanceof SchemaError ? error.cause : undefined;
  return cause instanceof KafkaError && SIGNED_OUT.has(cause.kind);
}
