import * as vscode from 'vscode';
import type { KafkaError } from '../../core/errors';
import type { Explanation, NextStep } from '../base/explanation';
import { megabytes } from './counts';
import { dateWords } from './dateWords';
import { clause } from './sentences';

/** Returns the words for a failure of any server, whatever it is and however one signs in. */
export function explainByKind(error: KafkaError): Explanation<NextStep> {
  const t = vscode.l10n.t;
  const host = error.host ?? t('the server');
  const detail = clause(error.detail);
  switch (error.kind) {
    case 'host-not-found':
      return {
        reason: t('no such host: {0}', host),
        advice: t('Check the address, and whether you must join a VPN first'),
        next: ['tryAgain', 'editCluster'],
      };
    case 'connection':
      return {
        reason: t('no connection to {0} ({1})', host, detail),
        advice: t('Check the address, the network and the proxy settings of VS Code'),
        next: ['tryAgain', 'editCluster', { setting: 'http.proxy' }],
      };
    case 'tls':
      return {
        reason: t('the certificate is not trusted: {0} ({1})', host, detail),
        advice: t(
          'If your company inspects HTTPS or has its own CA, set the CA certificate as the CA file',
        ),
        next: [{ field: 'caFile' }, 'tryAgain'],
      };
    case 'tls-name':
      return {
        reason: t('the certificate is for another name than {0} ({1})', host, detail),
        advice: t('Check the address; it must be the name for which the certificate was issued'),
        next: ['editCluster', 'tryAgain'],
      };
    case 'http-proxy-refused':
      return {
        reason: t('the HTTP proxy did not connect to {0} ({1})', host, String(error.status)),
        advice: t('Check http.proxy in the settings, and whether the proxy needs a sign-in'),
        next: [{ setting: 'http.proxy' }, 'tryAgain'],
      };
    case 'timeout':
      return {
        reason: t('no response in time from {0}', host),
        advice: t('Try again, or raise kafkaRest.request.timeout in the settings'),
        next: ['tryAgain', { setting: 'kafkaRest.request.timeout' }],
      };
    case 'unclear':
      return {
        reason: t('it may have succeeded, because {0} gave no clear response', host),
        advice: t('Look before you do it again'),
        next: ['openMessages'],
      };
    case 'unauthorized':
      return {
        reason: t('the sign-in is not accepted by {0}', host),
        advice: t('Check how the cluster signs in'),
        next: [{ field: 'signIn' }, 'tryAgain'],
      };
    case 'forbidden':
      return {
        reason: t('it is not allowed by {0}', host),
        advice: t('Ask whoever runs the cluster for the permission'),
        next: ['tryAgain'],
      };
    case 'not-found':
      return {
        reason: t('it is not there ({0})', detail || '404'),
        advice: t('Check its name, and whether it still exists'),
        next: ['createTopic', 'tryAgain'],
      };
    case 'rejected':
      return {
        reason: t('the REST proxy refused it: {0}', detail || String(error.status)),
        advice: t('Change the request and try again'),
        next: ['tryAgain'],
      };
    case 'too-large':
      return {
        reason:
          error.bytes === undefined
            ? t('it is too large for the REST proxy')
            : t('it is too large for the REST proxy: {0} MB', megabytes(error.bytes)),
        advice: t('Send less at once'),
      };
    case 'throttled':
      return {
        reason: t('too many requests for {0}', host),
        advice: t('Wait a minute and try again'),
        next: ['tryAgain'],
      };
    case 'unavailable':
      return {
        reason: t(
          'the server is not available: {0} ({1})',
          host,
          [error.status, detail].join(' ').trim(),
        ),
        advice: t('Try again; if that does not help, ask whoever runs the server'),
        next: ['tryAgain'],
      };
    case 'redirect':
      return {
        reason: t('a redirect leads away from {0}, and credentials are not sent there', host),
        advice: t('Give the final address as the endpoint or the authority of the cluster'),
        next: ['editCluster', 'tryAgain'],
      };
    case 'response-too-large':
      return {
        reason:
          error.bytes === undefined
            ? t('the response is larger than the limit')
            : t('the response is larger than {0} MB, which is the limit', megabytes(error.bytes)),
        advice: t('Raise kafkaRest.request.maxAnswerSize in the settings'),
        next: [{ setting: 'kafkaRest.request.maxAnswerSize' }, 'tryAgain'],
      };
    case 'protocol':
      return {
        reason: t('this is not the response of a Kafka REST proxy: {0} ({1})', host, detail),
        advice: t('Check that the address is that of the Kafka REST proxy'),
        next: ['editCluster', 'tryAgain'],
      };
    case 'closed':
      return {
        reason: t('the cluster has changed meanwhile, or is gone'),
        advice: t('Try again'),
        next: ['tryAgain'],
      };
    case 'read-only':
      return {
        reason: t('the cluster is read-only'),
        advice: t('Change its protection with “Kafka REST: Protect Cluster...”'),
        next: ['changeProtection'],
      };
    case 'unsupported':
      return {
        reason: t('the REST proxy of this cluster cannot do it: {0}', detail),
        advice: t('Leave it out'),
        next: ['tryAgain'],
      };
    case 'offsets-unknown':
      return {
        reason: t(
          'the REST proxy does not tell which offsets there are in partition {0}, and trying found none',
          detail,
        ),
        advice: t('Give an offset that you know, to read from there'),
        next: ['openMessages', 'tryAgain'],
      };
    case 'ca-file':
      return {
        reason:
          detail === 'ENOENT'
            ? t('there is no such CA file')
            : t('the CA file cannot be used: {0}', detail),
        advice: t('Choose a PEM file that holds certificates'),
        next: [{ field: 'caFile' }, 'tryAgain'],
      };
    case 'client-certificate-unusable':
      return {
        reason: t('the client certificate or its private key cannot be used: {0}', detail),
        advice: t('Check both, and the passphrase of the key'),
        next: ['tryAgain', 'editCluster'],
      };
    case 'client-certificate-refused':
      return {
        reason: t('a client certificate that it trusts is missing for {0} ({1})', host, detail),
        advice: t('Check the client certificate of the cluster, and whether it has expired'),
        next: ['tryAgain', 'editCluster'],
      };
    case 'secret-missing':
      return {
        reason: t('a secret is not stored here'),
        advice: t('Enter it'),
        next: ['enterSecret'],
      };
    case 'secrets-locked':
      return {
        reason: t('the secret storage of VS Code fails ({0})', detail),
        advice: t('Unlock the keyring of this computer, and try again'),
        next: ['tryAgain'],
      };
    case 'credential-expired':
      return {
        reason: t(
          'the certificate or token that signs in is not valid now: {0}',
          dateWords(Date.parse(detail)),
        ),
        advice: t('Get a new one, or check the clock of this computer'),
        next: [{ field: 'signIn' }, 'tryAgain'],
      };
    case 'credential-unusable':
      return {
        reason: t('what the cluster signs in with cannot be used: {0}', clause(detail)),
        advice: t('Check the file and the passphrase'),
        next: [{ field: 'signIn' }, 'tryAgain'],
      };
    case 'clock-off':
      return {
        reason: t('the clock of this computer is wrong, says {0}', host),
        advice: t('Set the clock, and try again'),
        next: ['tryAgain'],
      };
    case 'consent-missing':
      return {
        reason: t('consent is missing: the application may not use it'),
        advice: t('Ask an administrator of the tenant for admin consent'),
        next: ['tryAgain'],
      };
    case 'interaction-required':
      return {
        reason: t('{0} wants you to sign in again', host),
        advice: t('Sign in again, and try again'),
        next: ['tryAgain'],
      };
    case 'signed-out':
      return {
        reason: t('nobody is signed in'),
        advice: t('Sign in, and try again'),
        next: ['tryAgain'],
      };
    case 'program-missing':
      return {
        reason: t('there is no such program: {0}', detail),
        advice: t('Install it, or give its path in the settings'),
        next: ['tryAgain'],
      };
    case 'identity-missing':
      return {
        reason: t('this computer has no such managed identity'),
        advice: t('Choose another way to sign in, or connect to a machine on Azure'),
        next: [{ field: 'signIn' }, 'tryAgain'],
      };
    case 'workspace-untrusted':
      return {
        reason: t('this way to sign in needs a workspace that you trust'),
        advice: t('Trust the workspace, or choose another way to sign in'),
        next: ['manageTrust', { field: 'signIn' }],
      };
    case 'secret-wrong':
    case 'secret-expired':
      return { ...refusedSignIn(error, host), next: ['enterSecret', 'tryAgain'] };
    case 'client-unknown':
    case 'tenant-unknown':
    case 'scope-unknown':
    case 'sign-in-failed':
      return { ...refusedSignIn(error, host), next: [{ field: 'signIn' }, 'tryAgain'] };
  }
}

function refusedSignIn({ kind, detail }: KafkaError, host: string): Explanation<NextStep> {
  const t = vscode.l10n.t;
  return {
    reason: t('the sign-in was refused by {0}: {1}', host, clause(detail) || kind),
    advice: t('Check how the cluster signs in'),
  };
}
