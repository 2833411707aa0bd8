import * as vscode from 'vscode';
import type { FieldDoubt } from '../../core/cluster/parsed';
import type { InvalidEntry } from '../../core/cluster/settings';
import { dialects } from '../../core/dialects/registry';
import { dialectWords } from './dialects/registry';

/**
 * Says what is wrong with a field of a cluster's definition, as a sentence for the person typing
 * it.
 */
export function fieldProblem(problem: InvalidEntry['problem']): string {
  const t = vscode.l10n.t;
  switch (problem) {
    case 'empty':
      return t('This cannot be empty.');
    case 'not-an-address':
      return t('This is not an address. Enter one such as https://kafka.example.com.');
    case 'not-https':
      return t('The address must begin with https://, because calls carry credentials.');
    case 'not-plain-address':
      return t('The address must not contain a user name, password, “?” or “#”.');
    case 'kafka-protocol':
      return t(
        'This is an address of Kafka’s own protocol. Enter that of the REST proxy, such as https://kafka.example.com.',
      );
    case 'not-the-proxy':
      return t(
        'This is not the address of the REST proxy. Enter one such as https://kafka.example.com.',
      );
    case 'not-a-tenant':
      return t('Enter the tenant’s ID (a GUID) or one of its domain names.');
    case 'not-a-guid':
      return t('Enter the Application (client) ID, a GUID such as 1a2b3c4d-….');
    case 'has-blanks':
      return t('A scope cannot contain blanks.');
    case 'has-colon':
      return t('A user name cannot contain a colon.');
    case 'has-control':
      return t('This holds a control character, such as a line break.');
    case 'not-a-dialect':
      return t(
        'This dialect is unknown. Remove it to use {0}, the default.',
        dialectWords(dialects[0].kind)?.label ?? dialects[0].kind,
      );
    case 'not-an-isolation':
      return t('The isolation is read_uncommitted or read_committed.');
    case 'not-a-sign-in':
      return t('This way of signing in is not known here.');
    case 'not-a-scope':
      return t('A scope cannot begin with @.');
    case 'not-absolute':
      return t('Enter the whole path of the file.');
    case 'not-a-header':
      return t('Enter names of headers with commas between them, such as X-Api-Key, X-Tenant.');
    case 'header-reserved':
      return t('Authorization, Cookie, Host, Content-* and the like cannot be extra headers.');
    case 'header-twice':
      return t('One of the headers is named twice.');
    case 'not-a-header-value':
      return t('A header takes Latin letters, digits and signs, and no line break.');
    case 'not-a-key':
      return t(
        'Paste a private key in PEM, with its lines “BEGIN PRIVATE KEY” and “END PRIVATE KEY”.',
      );
    case 'not-an-identity':
      return t('The identity is system, clientId, objectId or resourceId.');
    case 'not-a-protection':
      return t('The protection is none, production or readOnly.');
    case 'http-not-yours':
      return t('A workspace cannot allow plain http. Set allowHttp in your own settings.');
    case 'has-hidden':
      return t('This contains invisible characters. Type it again.');
    case 'not-an-option':
      return t('This value is not known here.');
    case 'not-a-resource':
      return t('Enter a whole address or URN, without “#”.');
    case 'not-a-token':
      return t('This is not a token: it holds blanks or characters that no header can carry.');
    case 'expired':
      return t('This has expired.');
    case 'hidden-by-workspace':
      return t('A cluster of the workspace has this name too, and is used. Rename one of them.');
    case 'duplicate':
      return t('There is already a cluster with this name.');
  }
}

/** Questions a value that may be right, and says how to go on all the same. */
export function fieldDoubt(doubt: FieldDoubt, value: string): string {
  const t = vscode.l10n.t;
  switch (doubt) {
    case 'scheme-mended':
      return t('Do you mean {0}? Press Enter again if so.', value);
    case 'kafka-port':
      return t(
        'This is an address of Kafka’s own protocol. Enter that of the REST proxy, such as https://kafka.example.com, or press Enter again to use {0}.',
        value,
      );
    case 'tenant-as-client':
      return t(
        'The tenant and the application have the same ID, which is unusual. Press Enter again if it is right.',
      );
    case 'secret-id':
      return t(
        'This looks like the ID of the secret. Enter its value, or press Enter again if this is it.',
      );
  }
}
