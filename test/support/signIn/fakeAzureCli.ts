import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** What the program does the next time. */
export interface Behaviour {
  readonly stdout?: string;
  readonly stderr?: string;
  readonly code?: number;
  /** Whether it starts a program that never ends, and waits for it. */
  readonly hangs?: boolean;
  /** Tokens by the resource that is asked for. */
  readonly tokens?: Readonly<Record<string, string>>;
  /** The emulator that issues a token for the resource that is asked for, if it is this one. */
  readonly issuer?: {
    readonly authority: string;
    readonly clientId: string;
    readonly clientSecret: string;
    readonly resource: string;
    readonly caFile: string;
  };
}

export interface FakeAzureCli {
  readonly path: string;
  will(behaviour: Behaviour): void;
  /** The arguments of each call so far. */
  calls(): readonly (readonly string[])[];
  /** The ids of the programs that hang. */
  hanging(): readonly number[];
  remove(): void;
}

/** What the Azure CLI writes for a token. */
export function tokenOutput(accessToken: string, expiresOn: number): string {
  return JSON.stringify({
    accessToken,
    expiresOn: '2000-01-01 00:00:00.000000',
    expires_on: Math.floor(expiresOn / 1000),
    subscription: '6b1a0000-0000-0000-0000-000000000000',
    tenant: '5f0c1c1e-7d5b-4a51-9c1f-0e3a6a3c9b10',
    tokenType: 'Bearer',
  });
}

/** Makes a program that behaves like the Azure CLI. */
export function fakeAzureCli(): FakeAzureCli {
  const folder = mkdtempSync(join(tmpdir(), 'fake-az-'));
  const path = join(folder, 'az');
  const lines = (name: string): readonly string[] => {
    try {
      return readFileSync(join(folder, name), 'utf8').split('\n').filter(Boolean);
    } catch {
      return [];
    }
  };
  writeFileSync(path, SOURCE.replace('NODE', process.execPath), { mode: 0o755 });
  const will = (behaviour: Behaviour) => {
    writeFileSync(join(folder, 'next.json'), JSON.stringify(behaviour));
  };
  will({ code: 1, stderr: "ERROR: Please run 'az login' to setup account.\n" });
  return {
    path,
    will,
    calls: () => lines('calls').map((line) => JSON.parse(line) as readonly string[]),
    hanging: () => lines('hanging').map(Number),
    remove: () => {
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

const SOURCE = `#!NODE
const { appendFileSync, readFileSync } = require('node:fs');
const { spawn } = require('node:child_process');
const { request } = require('node:https');
const file = (name) => require('node:path').join(__dirname, name);
const given = process.argv.slice(2);
appendFileSync(file('calls'), JSON.stringify(given) + '\\n');
const next = JSON.parse(readFileSync(file('next.json'), 'utf8'));

const resource = given.map((each) => /^--resource=(.*)/.exec(each)?.[1]).find(Boolean);

function issue({ authority, clientId, clientSecret, resource: own, caFile }) {
  if (resource !== own) {
    process.stderr.write('ERROR: AADSTS500011: The resource principal was not found.\\n');
    process.exitCode = 1;
    return;
  }
  const form = new URLSearchParams({
    grant_type: 'client_credentials',
    client_id: clientId,
    client_secret: clientSecret,
    scope: resource + '/.default',
  });
  const headers = { 'content-type': 'application/x-www-form-urlencoded' };
  const url = authority + '/oauth2/v2.0/token';
  request(url, { method: 'POST', headers, ca: readFileSync(caFile) }, (response) => {
    let text = '';
    response.on('data', (chunk) => (text += chunk));
    response.on('end', () => {
      const { access_token, expires_in } = JSON.parse(text);
      const expires_on = Math.floor(Date.now() / 1000) + expires_in;
      process.stdout.write(JSON.stringify({ accessToken: access_token, expires_on }));
    });
  }).end(form.toString());
}

if (next.hangs) {
  const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { stdio: 'inherit' });
  appendFileSync(file('hanging'), process.pid + '\\n' + child.pid + '\\n');
} else if (next.tokens?.[resource]) {
  process.stdout.write(JSON.stringify({ accessToken: next.tokens[resource], expires_on: 4e9 }));
} else if (next.issuer && given[0] === 'account') {
  issue(next.issuer);
} else {
  process.stdout.write(next.stdout ?? '');
  process.stderr.write(next.stderr ?? '');
  process.exitCode = next.code ?? 0;
}
`;
