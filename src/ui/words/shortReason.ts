import * as vscode from 'vscode';
import { KafkaError } from '../../core/errors';
import { explain } from './report';

/**
 * Returns why something failed in a few words for a narrow row, and separately the host that it is
 * about, so that a long name of a host does not push the reason out of sight.
 */
export function shortReason(error: unknown): { readonly reason: string; readonly host?: string } {
  const reason = error instanceof KafkaError ? wordsFor(error) : undefined;
  if (reason === undefined) return { reason: capitalise(explain(error).reason) };
  return error instanceof KafkaError && error.host !== undefined
    ? { reason, host: error.host }
    : { reason };
}

function wordsFor({ kind }: KafkaError): string | undefined {
  const t = vscode.l10n.t;
  switch (kind) {
    case 'host-not-found':
      return t('Host does not exist');
    case 'connection':
      return t('No connection');
    case 'tls':
      return t('Certificate is not trusted');
    case 'tls-name':
      return t('Certificate is for another name');
    case 'http-proxy-refused':
      return t('HTTP proxy refused');
    case 'timeout':
      return t('No response in time');
    case 'unauthorized':
      return t('Sign-in is not accepted');
    case 'forbidden':
      return t('No permission');
    case 'throttled':
      return t('Too many requests');
    case 'unavailable':
      return t('Not available');
    case 'redirect':
      return t('Redirects to another address');
    case 'protocol':
      return t('Not a Kafka REST proxy');
    case 'client-certificate-refused':
      return t('Client certificate is not accepted');
    case 'tenant-unknown':
      return t('Unknown tenant');
    case 'client-unknown':
      return t('Unknown client');
    case 'scope-unknown':
      return t('Unknown scope');
    case 'sign-in-failed':
      return t('Sign-in failed');
    case 'unclear':
    case 'not-found':
    case 'rejected':
    case 'too-large':
    case 'response-too-large':
    case 'closed':
    case 'read-only':
    case 'unsupported':
    case 'ca-file':
    case 'client-certificate-unusable':
    case 'secret-missing':
    case 'secret-wrong':
    case 'secret-expired':
      return undefined;
  }
}

function capitalise(text: string): string {
  return text.charAt(0).toLocaleUpperCase() + text.slice(1);
}
