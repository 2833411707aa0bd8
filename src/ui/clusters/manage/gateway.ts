import { readFile } from 'node:fs/promises';
import * as vscode from 'vscode';
import { parseBootstrap } from '../../../core/cluster/bootstrap';
import { boolean, lenient, literal, object, string } from '../../../core/schema';
import type { KafkaOptions } from '../../../emulator/gateway';
import { runPage } from '../../dialogs/page';
import { showResult } from '../../dialogs/result';
import { clause } from '../../words/sentences';
import { runs } from '../../words/remedies';
import { isCancelled, UserError } from '../../words/report';
import type { EmulatorService } from '../emulator';
import { emptyGateway, type GatewayDraft, gatewayPage, mechanisms } from './gatewayPage';

/** Where the last gateway is remembered, and its password apart from it. */
const STATE_KEY = 'gateway';
const SECRET_KEY = 'kafkaRest.gateway';

const given = object({ brokers: string });

const remembered = object({
  brokers: string,
  tls: lenient(boolean),
  caFile: lenient(string),
  mechanism: lenient(literal(...mechanisms)),
  username: lenient(string),
});

export interface GatewayServices {
  readonly emulator: EmulatorService;
  readonly globalState: vscode.Memento;
  readonly secretStorage: vscode.SecretStorage;
}

/**
 * Starts a gateway to a Kafka cluster and shows it as a cluster. Shows a page first that begins with
 * what was used last, unless the argument of the command names the brokers, which then have neither
 * TLS nor a sign-in. Throws a `UserError` that says what to do next if no broker accepts it.
 */
export async function startGateway(services: GatewayServices, argument: unknown): Promise<void> {
  const t = vscode.l10n.t;
  const brokers = given(argument)?.brokers;
  const draft =
    brokers === undefined
      ? await runPage(t('Start Gateway to Kafka'), await lastDraft(services), gatewayPage())
      : { ...emptyGateway, brokers };
  if (brokers === undefined) await remember(services, draft);
  const options = await toOptions(draft);
  try {
    const name = await services.emulator.startGateway(options.brokers, async (serving) => {
      const { startGateway } = await import('../../../emulator/gateway');
      return startGateway(options, serving);
    });
    showResult(t('{0} is running.', name));
  } catch (error) {
    throw isCancelled(error) ? error : failureOf(error);
  }
}

/** Returns what was used last, with its password. */
async function lastDraft({ globalState, secretStorage }: GatewayServices): Promise<GatewayDraft> {
  const last: Partial<GatewayDraft> = remembered(globalState.get(STATE_KEY)) ?? {};
  const needsPassword = (last.mechanism ?? 'none') !== 'none';
  const password = needsPassword
    ? await secretStorage.get(secretKey({ ...emptyGateway, ...last }))
    : '';
  return { ...emptyGateway, ...last, password: password ?? '' };
}

/** Remembers a gateway also if it does not start, so that it can be mended. */
async function remember(
  { globalState, secretStorage }: GatewayServices,
  { password, ...draft }: GatewayDraft,
): Promise<void> {
  await globalState.update(STATE_KEY, draft);
  if (draft.mechanism !== 'none') await secretStorage.store(secretKey(draft), password);
}

/** The password of one user of one cluster must not go to another one. */
function secretKey({ brokers, username }: Omit<GatewayDraft, 'password'>): string {
  return `${SECRET_KEY} ${username} ${brokers}`;
}

async function toOptions(draft: GatewayDraft): Promise<KafkaOptions> {
  const { tls, caFile, mechanism, username, password } = draft;
  const t = vscode.l10n.t;
  const found = parseBootstrap(draft.brokers);
  if (!found) {
    throw new UserError(
      t('these are not addresses of brokers: {0}', draft.brokers),
      t('Separate host names or host:port by commas'),
      'tryAgain',
    );
  }
  const ca = tls && caFile !== '' ? await readFile(caFile, 'utf8') : undefined;
  return {
    brokers: found.brokers,
    tls,
    ...(ca !== undefined && { ca }),
    ...(mechanism !== 'none' && { sasl: { mechanism, username, password } }),
  };
}

/** Says why the gateway cannot reach the cluster, and what to do about it. */
function failureOf(error: unknown): UserError {
  const t = vscode.l10n.t;
  const showLog = runs(t('Show Log'), 'showLog');
  const kind = error instanceof Error && 'kind' in error ? String(error.kind) : '';
  const message = clause(error instanceof Error ? error.message : String(error));
  const isUnreachable = kind === 'NETWORK_EXCEPTION' || kind === 'BROKER_NOT_AVAILABLE';
  if (isUnreachable) {
    return new UserError(
      t('Kafka cannot be reached: {0}', message),
      t('Check the address, and whether Kafka runs there'),
      'tryAgain',
      showLog,
    );
  }
  if (kind === 'SASL_AUTHENTICATION_FAILED' || kind === 'UNSUPPORTED_SASL_MECHANISM') {
    return new UserError(
      t('the brokers refuse the sign-in: {0}', message),
      t('Check the mechanism, the user name and the password'),
      'tryAgain',
      showLog,
    );
  }
  return new UserError(message, t('See the log for details'), 'tryAgain', showLog);
}
