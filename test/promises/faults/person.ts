import { randomUUID } from 'node:crypto';
import type { SignInHost } from '../../../src/auth/base/signInHost';
import { openHttp } from '../../../src/core/http/client';
import type { EmulatorInfo } from '../../../src/emulator/server';
import { signInHost } from '../../../src/ui/clusters/signInHost';
import { entraSource } from '../../support/entraSource';
import { type Behaviour, type FakeAzureCli, fakeAzureCli } from '../../support/signIn/fakeAzureCli';
import { accounts } from './vscode';

/** How a person signs in in place of an application, and what goes wrong. */
export type PersonFacts =
  /** `cli` is what the Azure CLI does. Missing: it gives a token. */
  | { readonly by: 'azureCli'; readonly cli?: Behaviour | 'none' }
  /**
   * `says` is the error of VS Code; empty if nobody is signed in. Missing: it gives a token, unless it
   * `hangs`.
   */
  | { readonly by: 'account'; readonly says?: string; readonly hangs?: boolean };

/** What signs a person in to one cluster. */
export interface Person {
  readonly host: SignInHost;
  /** The facts that lead to them. */
  readonly facts: { readonly signIn: string; readonly clientId?: string };
  /** How often a token was asked for. */
  asked(): number;
  /** The ids of the programs that hang. */
  hanging(): readonly number[];
  close(): void;
}

/** Returns a person who gets the tokens that an emulator issues to its application. */
export function personFor(info: EmulatorInfo, facts: PersonFacts): Person {
  return facts.by === 'azureCli' ? withAzureCli(info, facts) : withAccount(info, facts);
}

const RESOURCE = 'https://hib.azurehdinsight.net';

function withAzureCli(
  { authority, clientId, clientSecret, caFile }: EmulatorInfo,
  { by, cli }: PersonFacts & { by: 'azureCli' },
): Person {
  const az: FakeAzureCli = fakeAzureCli();
  const issuer = {
    authority: authority ?? '',
    clientId: clientId ?? '',
    clientSecret: clientSecret ?? '',
    resource: RESOURCE,
    caFile: caFile ?? '',
  };
  az.will(cli === undefined || cli === 'none' ? { issuer } : cli);
  const path = cli === 'none' ? `${az.path}-nowhere` : az.path;
  return {
    host: { ...signInHost, azureCli: () => path },
    facts: { signIn: by },
    asked: () => az.calls().length,
    hanging: () => az.hanging(),
    close: () => {
      az.remove();
    },
  };
}

/** VS Code tells who asks for a token by the client ID, which is another one for each person. */
function withAccount(
  info: EmulatorInfo,
  { by, says, hangs = false }: PersonFacts & { by: 'account' },
): Person {
  const http = openHttp({ caFile: info.caFile ?? '' });
  const clientId = randomUUID();
  let asked = 0;
  accounts.set(clientId, async () => {
    asked++;
    if (hangs) return new Promise(() => undefined);
    if (says === '') return undefined;
    if (says !== undefined) throw new Error(says);
    // A source of its own each time, because VS Code decides on its own when to get a new token.
    const auth = { clientSecret: info.clientSecret ?? '' };
    const source = entraSource(info, () => Promise.resolve({ auth, hidden: [] }), http);
    return { accessToken: await source.token({}) };
  });
  return {
    host: signInHost,
    facts: { signIn: by, clientId },
    asked: () => asked,
    hanging: () => [],
    close: () => {
      accounts.delete(clientId);
      http.dispose();
    },
  };
}
