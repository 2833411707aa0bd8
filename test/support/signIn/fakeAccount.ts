import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

/** What the account does from now on. */
export interface AccountBehaviour {
  /** The token of the person, once they have signed in. */
  readonly token?: string;
  /** What signing in fails with. */
  readonly failure?: string;
}

/**
 * An extension by which people sign in to VS Code, in place of Microsoft's for sovereign clouds,
 * which provides nothing as long as no cloud is set.
 */
export interface FakeAccount {
  /** The folder of the extension. */
  readonly folder: string;
  will(behaviour: AccountBehaviour): void;
  /** The scopes of each sign-in so far that a person was asked for. */
  signIns(): readonly (readonly string[])[];
  remove(): void;
}

export const ACCOUNT_PROVIDER = 'microsoft-sovereign-cloud';
export const ACCOUNT_LABEL = 'Cloud of the Test';

/** Makes an extension with an account that nobody is signed in to. */
export function fakeAccount(): FakeAccount {
  const scratch = mkdtempSync(path.join(tmpdir(), 'fake-account-'));
  const folder = path.join(scratch, 'test.fake-account-1.0.0');
  const [behaviour, calls] = [path.join(scratch, 'next.json'), path.join(scratch, 'calls')];
  mkdirSync(folder);
  const manifest = {
    name: 'fake-account',
    publisher: 'test',
    version: '1.0.0',
    engines: { vscode: '^1.105.0' },
    main: './extension.js',
    activationEvents: ['*'],
    contributes: { authentication: [{ id: ACCOUNT_PROVIDER, label: ACCOUNT_LABEL }] },
  };
  writeFileSync(path.join(folder, 'package.json'), JSON.stringify(manifest));
  const facts = { behaviour, calls, id: ACCOUNT_PROVIDER, label: ACCOUNT_LABEL };
  writeFileSync(path.join(folder, 'extension.js'), SOURCE.replace('FACTS', JSON.stringify(facts)));
  const will = (next: AccountBehaviour) => {
    writeFileSync(behaviour, JSON.stringify(next));
  };
  will({});
  return {
    folder,
    will,
    signIns: () =>
      (existsSync(calls) ? readFileSync(calls, 'utf8') : '')
        .split('\n')
        .filter(Boolean)
        .map((line) => JSON.parse(line) as readonly string[]),
    remove: () => {
      rmSync(scratch, { recursive: true, force: true });
    },
  };
}

const SOURCE = `
const { appendFileSync, readFileSync } = require('node:fs');
const { authentication, EventEmitter } = require('vscode');
const { behaviour, calls, id, label } = FACTS;
const next = () => JSON.parse(readFileSync(behaviour, 'utf8'));
const signedIn = [];
const changed = new EventEmitter();

const session = (scopes) => ({
  id: scopes.join(' '),
  accessToken: next().token,
  account: { id: 'ada', label: 'ada@contoso.example' },
  scopes,
});

const isSame = (one, other) => one.join(' ') === other.join(' ');

exports.activate = () => authentication.registerAuthenticationProvider(id, label, {
  onDidChangeSessions: changed.event,
  getSessions: async (scopes) =>
    signedIn.filter((own) => scopes === undefined || isSame(own, scopes)).map(session),
  createSession: async (scopes) => {
    appendFileSync(calls, JSON.stringify(scopes) + '\\n');
    const { failure } = next();
    if (failure !== undefined) throw new Error(failure);
    signedIn.push(scopes);
    const added = session(scopes);
    changed.fire({ added: [added], removed: [], changed: [] });
    return added;
  },
  removeSession: async (id) => {
    const removed = signedIn.filter((scopes) => scopes.join(' ') === id).map(session);
    for (const { scopes } of removed) signedIn.splice(signedIn.indexOf(scopes), 1);
    changed.fire({ added: [], removed, changed: [] });
  },
});
`;
