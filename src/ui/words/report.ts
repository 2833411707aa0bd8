import * as vscode from 'vscode';
import { isAbortError } from '../../core/async/abortError';
import { KafkaError } from '../../core/errors';
import { visible } from '../../core/text/visible';
import { type Action, notify, type Severity } from '../dialogs/notify';
import type { Explanation } from '../base/explanation';
import { dialectWords } from './dialects/registry';
import { signInWords } from './signIn/registry';

/** Returns whether the failure is only a cancellation by the person. */
export function isCancelled(error: unknown): boolean {
  return error instanceof vscode.CancellationError || isAbortError(error);
}

/** A failure that we word ourselves, such as a selection that cannot be sent. */
export class UserError extends Error {
  constructor(
    readonly reason: string,
    readonly advice: string,
    /** The action that follows the advice. */
    readonly remedy?: Action,
  ) {
    super(reason);
    this.name = 'UserError';
  }
}

export function explain(error: unknown): Explanation {
  if (error instanceof UserError) return error;
  if (error instanceof KafkaError) return explainKafkaError(error);
  return {
    reason: error instanceof Error ? error.message : String(error),
    advice: vscode.l10n.t('See the log for details'),
  };
}

function explainKafkaError(error: KafkaError): Explanation {
  const t = vscode.l10n.t;
  const host = error.host ?? t('the server');
  const detail = error.detail;
  const words = error.signIn === undefined ? undefined : signInWords(error.signIn);
  const byDialect = error.dialect === undefined ? undefined : dialectWords(error.dialect);
  const particular = words?.explain(error) ?? byDialect?.explain(error);
  if (particular) return particular;
  switch (error.kind) {
    case 'host-not-found':
      return {
        reason: t('the host {0} does not exist', host),
        advice: t('Check the address, and whether you must join a VPN first'),
      };
    case 'connection':
      return {
        reason: t('{0} accepts no connection ({1})', host, detail),
        advice: t('Check the address, the network and the proxy settings of VS Code'),
      };
    case 'tls':
      return {
        reason: t('the certificate of {0} is not trusted ({1})', host, detail),
        advice: t('If your company inspects HTTPS, set its CA certificate as the CA file'),
      };
    case 'tls-name':
      return {
        reason: t('the certificate of {0} is for another name ({1})', host, detail),
        advice: t('Check the address; it must be the name for which the certificate was issued'),
      };
    case 'http-proxy-refused':
      return {
        reason: t(
          'the HTTP proxy on the way did not connect to {0} ({1})',
          host,
          String(error.status),
        ),
        advice: t('Check http.proxy in the settings, and whether the proxy needs a sign-in'),
      };
    case 'timeout':
      return {
        reason: t('{0} did not respond in time', host),
        advice: t('Try again, or raise kafkaRest.request.timeout in the settings'),
      };
    case 'unclear':
      return {
        reason: t('no clear response came from {0} after sending, so it may have succeeded', host),
        advice: t('Look before you do it again'),
      };
    case 'unauthorized':
      return {
        reason: t('{0} does not accept the sign-in', host),
        advice: t('Check how the cluster signs in'),
      };
    case 'forbidden':
      return {
        reason: t('{0} does not allow it', host),
        advice: t('Ask whoever runs the cluster for the permission'),
      };
    case 'not-found':
      return {
        reason: t('it is not there ({0})', detail || '404'),
        advice: t('Check its name, and whether it still exists'),
      };
    case 'rejected':
      return {
        reason: t('the REST proxy said no: {0}', detail || String(error.status)),
        advice: t('Change the request and try again'),
      };
    case 'too-large':
      return {
        reason: t('it is too large for the REST proxy'),
        advice: t('Send less at once'),
      };
    case 'throttled':
      return {
        reason: t('{0} asks for fewer requests', host),
        advice: t('Wait a minute and try again'),
      };
    case 'unavailable':
      return {
        reason: t('{0} is not available ({1})', host, [error.status, detail].join(' ').trim()),
        advice: t('Try again; if that does not help, ask whoever runs the server'),
      };
    case 'redirect':
      return {
        reason: t('{0} redirects to another address, and credentials are not sent there', host),
        advice: t('Give the final address as the endpoint or the authority of the cluster'),
      };
    case 'response-too-large':
      return {
        reason: t('the response is larger than the limit'),
        advice: t('Raise kafkaRest.request.maxAnswerSize in the settings'),
      };
    case 'protocol':
      return {
        reason: t('{0} does not respond like a Kafka REST proxy ({1})', host, detail),
        advice: t('Check that the address is that of the Kafka REST proxy'),
      };
    case 'closed':
      return {
        reason: t('the cluster has changed meanwhile, or is gone'),
        advice: t('Try again'),
      };
    case 'read-only':
      return {
        reason: t('the cluster is read-only'),
        advice: t('Change its protection with “Kafka REST: Protect Cluster...”'),
      };
    case 'unsupported':
      return {
        reason: t('the REST proxy of this cluster cannot do it: {0}', detail),
        advice: t('Leave it out'),
      };
    case 'ca-file':
      return {
        reason: t('the CA file cannot be used: {0}', detail),
        advice: t('Choose a PEM file that holds certificates'),
      };
    case 'client-certificate-unusable':
      return {
        reason: t('the client certificate or its private key cannot be used: {0}', detail),
        advice: t('Check both, and the passphrase of the key'),
      };
    case 'client-certificate-refused':
      return {
        reason: t('{0} asks for a client certificate that it trusts ({1})', host, detail),
        advice: t('Check the client certificate of the cluster, and whether it has expired'),
      };
    case 'secret-missing':
      return {
        reason: t('a secret of this cluster is not stored here'),
        advice: t('Enter it'),
      };
    case 'secret-wrong':
    case 'secret-expired':
    case 'client-unknown':
    case 'tenant-unknown':
    case 'scope-unknown':
    case 'sign-in-failed':
      return {
        reason: t('{0} refused the sign-in: {1}', host, detail || error.kind),
        advice: t('Check how the cluster signs in'),
      };
  }
}

/** Describes failures to the person who asked, and writes them to the log. */
export class Reporter {
  constructor(private readonly log: { error(message: string): void; show(): void }) {}

  /**
   * Shows "Could not <action>: <reason>. <advice>." with the remedy, if there is one, and *Show
   * Log*. Shows nothing if the person cancelled.
   */
  async failure(action: string, error: unknown): Promise<void> {
    if (isCancelled(error)) return;
    this.record(action, error);
    const { reason, advice } = explain(error);
    const message = vscode.l10n.t('Could not {0}: {1}. {2}.', action, reason, advice);
    const remedy = error instanceof UserError && error.remedy ? [error.remedy] : [];
    await notify('error', message, [...remedy, this.showLog]);
  }

  /** As `notify`, and also reports an action that fails. */
  async tell(severity: Severity, message: string, actions: readonly Action[]): Promise<void> {
    const told = actions.map((action) => ({
      title: action.title,
      run: async () => {
        try {
          await action.run();
        } catch (error) {
          await this.failure(vscode.l10n.t('do “{0}”', action.title), error);
        }
      },
    }));
    await notify(severity, message, told);
  }

  get showLog(): Action {
    return {
      title: vscode.l10n.t('Show Log'),
      run: () => {
        this.log.show();
      },
    };
  }

  /** Only writes a failure to the log, for failures that are already shown elsewhere. */
  record(action: string, error: unknown): void {
    if (isCancelled(error)) return;
    const facts =
      error instanceof KafkaError
        ? [error.kind, error.status, error.host, error.detail].filter(Boolean).join(' · ')
        : error instanceof Error
          ? (error.stack ?? error.message)
          : String(error);
    // Indents the lines after the first, so that nobody can forge an entry of the log.
    const lines = visible(`Could not ${action}: ${facts}`, '\n\t');
    this.log.error(lines.replaceAll('\n', '\n    '));
  }
}
