import * as vscode from 'vscode';
import type { KafkaError, KafkaErrorKind } from '../../../core/errors';
import type { Explanation, NextStep } from '../../base/explanation';
import { clause } from '../../words/sentences';

/** Returns the words for a failure of a schema registry, where those for any server do not fit. */
export function explainRegistryFailure(error: KafkaError): Explanation<NextStep> | undefined {
  const t = vscode.l10n.t;
  const { status, host = '' } = error;
  const detail = clause(error.detail);
  const explanations: Readonly<Partial<Record<KafkaErrorKind, Explanation<NextStep>>>> = {
    unauthorized: refusedSignIn(error, host),
    forbidden: {
      reason: t('it is not allowed by the schema registry {0}', host),
      advice: t('Ask whoever runs the registry for the permission'),
      next: ['tryAgain'],
    },
    'not-found': {
      reason: t('the schema registry {0} does not have it ({1})', host, detail || '404'),
      advice: t('Check the name, and the address of the schema registry'),
      next: ['tryAgain', 'setSchemaRegistry'],
    },
    rejected: {
      reason: t('the schema registry refused it: {0}', detail || String(status)),
      advice: t('Change the schema and try again'),
      next: ['tryAgain'],
    },
    'too-large': {
      reason: t('the schema is too large for the schema registry'),
      advice: t('Split it into several that refer to each other'),
    },
    unclear: {
      reason: t('it may have succeeded, because {0} gave no clear response', host),
      advice: t('Do it again: a schema that is registered already is not registered twice'),
      next: ['tryAgain'],
    },
    protocol: {
      reason: t('this is not the response of a schema registry: {0} ({1})', host, detail),
      advice: t('Check the address of the schema registry'),
      next: ['setSchemaRegistry', 'tryAgain'],
    },
    'response-too-large': {
      reason: t('the response of the schema registry is larger than 16 MB'),
      advice: t('Ask whoever runs the registry'),
    },
    'read-only': {
      reason: t('the schema registry is read-only'),
      advice: t('Change its protection with “Kafka REST: Set Schema Registry...”'),
      next: ['setSchemaRegistry'],
    },
  };
  return explanations[error.kind];
}

function refusedSignIn({ signIn }: KafkaError, host: string): Explanation<NextStep> {
  const t = vscode.l10n.t;
  return signIn === 'none'
    ? {
        reason: t('a sign-in is required by the schema registry {0}', host),
        advice: t('Choose how to sign in to the schema registry'),
        next: ['setSchemaRegistry', 'tryAgain'],
      }
    : {
        reason: t('the sign-in is not accepted by the schema registry {0}', host),
        advice: t('Enter its secret again, or check how to sign in to the schema registry'),
        next: ['enterSecret', 'setSchemaRegistry', 'tryAgain'],
      };
}
