import { KafkaError } from '../../core/errors';
import { serverDetail } from '../../core/http/serverDetail';
import { either, lenient, map, number, object, string } from '../../core/schema';
import { cachedTokens, renewalBefore, type Token, type TokenSource } from '../base/bearer';
import { parseJson } from '../base/parseJson';
import { isToken } from '../base/tokenText';
import { kindOfPersonFailure } from '../entra/errorCodes';
import { findAzureCli, type Program } from './program';
import { run } from './run';

export interface AzureCliOptions {
  /** Such as `https://hib.azurehdinsight.net/.default`. */
  readonly scope: string;
  /** Empty: the tenant that the Azure CLI uses when none is given. */
  readonly tenantId: string;
  /** Returns the path of the Azure CLI; empty if the system is to find it. */
  readonly path: () => string;
  /** The kind of sign-in, which errors name. */
  readonly signIn?: string;
  /** After how many milliseconds the Azure CLI is killed. */
  readonly limitMs?: number;
}

/** The Azure CLI takes two seconds, and five times that at the first start after an update. */
const LIMIT_MS = 30_000;

/** How long a token is used whose end the Azure CLI does not tell. */
const UNKNOWN_LIFE_MS = 5 * 60_000;

const seconds = either(
  number,
  map(string, (text) => (/^\d+$/.test(text) ? Number(text) : undefined)),
);

const tokenOutput = object({
  accessToken: map(string, (text) => (isToken(text) ? text : undefined)),
  expires_on: lenient(seconds),
  expiresOn: lenient(map(string, parseLocalTime)),
});

/**
 * Returns a source of tokens for the person who is signed in to the Azure CLI.
 *
 * `token` rejects with the signal's reason or a `KafkaError`: `program-missing`, `timeout`,
 * `signed-out`, `consent-missing`, `interaction-required`, `tenant-unknown`, `scope-unknown`,
 * `credential-unusable`, `sign-in-failed`. The `detail` is a command to run where a new sign-in
 * helps, and what the Azure CLI says otherwise.
 */
export function azureCliTokens(options: AzureCliOptions): TokenSource {
  const { signIn, limitMs = LIMIT_MS } = options;
  return cachedTokens(async (signal) => {
    const program = await requireAzureCli(options);
    try {
      const { code, stdout, stderr } = await run(program, argumentsFor(options), {
        signal,
        limitMs,
      });
      if (code !== 0) throw failureOf(stderr, options);
      return toToken(stdout);
    } catch (error) {
      if (!(error instanceof KafkaError)) throw error;
      const { kind, detail, cause } = error;
      throw new KafkaError(kind, { detail, signIn, cause });
    }
  });
}

/** Returns the Azure CLI and the arguments with which a person signs in to it. */
export async function azureCliLogin(options: AzureCliOptions): Promise<Program> {
  const { file, args } = await requireAzureCli(options);
  return { file, args: [...args, ...loginArguments(options)] };
}

async function requireAzureCli({ path, signIn }: AzureCliOptions): Promise<Program> {
  const wanted = path();
  const program = await findAzureCli(wanted);
  if (program) return program;
  throw new KafkaError('program-missing', { detail: wanted || 'az', signIn });
}

/**
 * Returns the arguments for a token. Values are joined to their options, so that none of them can
 * be taken for an option.
 */
function argumentsFor({ scope, tenantId }: AzureCliOptions): readonly string[] {
  const resource = scope.endsWith(DEFAULT_SUFFIX)
    ? `--resource=${scope.slice(0, -DEFAULT_SUFFIX.length)}`
    : `--scope=${scope}`;
  return [
    'account',
    'get-access-token',
    resource,
    ...(tenantId ? [`--tenant=${tenantId}`] : []),
    '--output=json',
  ];
}

const DEFAULT_SUFFIX = '/.default';

function loginArguments({ scope, tenantId }: AzureCliOptions): readonly string[] {
  return ['login', ...(tenantId ? ['--tenant', tenantId] : []), '--scope', scope];
}

function toToken(stdout: string): Token {
  const { accessToken, expires_on, expiresOn } = tokenOutput(parseJson(stdout)) ?? {};
  if (accessToken === undefined) {
    throw new KafkaError('credential-unusable', { detail: 'no usable token' });
  }
  const end = expires_on === undefined ? expiresOn : expires_on * 1000;
  if (end !== undefined && end <= Date.now()) {
    throw new KafkaError('credential-expired', { detail: isoDate(end) });
  }
  const renewAt = end === undefined ? Date.now() + UNKNOWN_LIFE_MS : renewalBefore(end);
  return { value: accessToken, renewAt };
}

/**
 * Returns a time such as `2026-11-28 09:30:00.000000` in epoch milliseconds. It has no time zone:
 * older versions of the Azure CLI give the local time, and nothing else.
 */
function parseLocalTime(text: string): number | undefined {
  const [, ...parts] = /^(\d{4})-(\d\d)-(\d\d) (\d\d):(\d\d):(\d\d)/.exec(text) ?? [];
  const [year, month = 0, day, hour, minute, second] = parts.map(Number);
  return year === undefined
    ? undefined
    : new Date(year, month - 1, day, hour, minute, second).getTime();
}

function isoDate(time: number): string {
  const date = new Date(time);
  return Number.isNaN(date.getTime()) ? '' : date.toISOString();
}

/** Returns why the Azure CLI gives no token. What it says comes from elsewhere, and is not trusted. */
function failureOf(stderr: string, options: AzureCliOptions): KafkaError {
  const text = stderr.replace(/^(ERROR|az): /gm, '');
  const detail = serverDetail(text);
  const command = ['az', ...loginArguments(options)].join(' ');
  const kind = kindOfPersonFailure(text);
  if (kind === 'interaction-required' || kind === 'consent-missing') {
    return new KafkaError(kind, { detail: command });
  }
  if (kind !== undefined) return new KafkaError(kind, { detail });
  return /\baz login\b|\baz account set\b/.test(text)
    ? new KafkaError('signed-out', { detail: command })
    : new KafkaError('sign-in-failed', { detail });
}
