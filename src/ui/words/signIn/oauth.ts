import * as vscode from 'vscode';
import type { oauth } from '../../../auth/methods/oauth';
import type { KafkaError, KafkaErrorKind } from '../../../core/errors';
import type { Explanation, NextStep } from '../../base/explanation';
import { clause } from '../sentences';
import type { SignInWords } from './signInWords';

export function oauthWords(): SignInWords<keyof typeof oauth.fields, keyof typeof oauth.secrets> {
  const t = vscode.l10n.t;
  return {
    label: t('OAuth client credentials'),
    detail: t('With a client of Keycloak, Auth0, Okta, PingFederate or another provider'),
    fields: {
      issuer: {
        label: t('Issuer'),
        prompt: t('The address of the issuer, or of its token endpoint'),
        placeholder: 'https://keycloak.example.com/realms/kafka',
      },
      clientId: {
        label: t('Client ID'),
        prompt: t('The ID of the client, as the identity provider knows it'),
      },
      tokenEndpoint: {
        label: t('Token endpoint'),
        prompt: t('The address of the token endpoint, in place of the issuer'),
        placeholder: 'https://login.example.com/oauth2/token',
      },
      scope: {
        label: t('Scope'),
        prompt: t('The scopes of the token, separated by blanks. Empty: those of the client'),
      },
      audience: {
        label: t('Audience'),
        prompt: t('The API that the token is for, as Auth0 needs it. Empty: none is asked for'),
      },
      resource: {
        label: t('Resource'),
        prompt: t('The address or URN that the token is for (RFC 8707). Empty: none is asked for'),
      },
      clientAuthentication: {
        label: t('Client authentication'),
        prompt: t('How is the secret sent to the identity provider?'),
        options: {
          auto: {
            label: t('As the issuer says'),
            detail: t('In a header, unless its discovery document asks for the body'),
          },
          basic: {
            label: t('In a header'),
            detail: t('client_secret_basic: every identity provider should accept it'),
          },
          post: {
            label: t('In the body'),
            detail: t('client_secret_post: for clients that are set up for it'),
          },
        },
      },
    },
    secrets: {
      clientSecret: {
        label: t('Client secret'),
        prompt: t('The secret of the client. It is kept in VS Code’s secret storage'),
        title: (cluster) => t('Client Secret of {0}', cluster),
        question: (sentTo, opens) =>
          t(
            'The secret of the client. It is sent to {0}, to sign in for {1}, and kept in VS Code’s secret storage.',
            sentTo,
            opens,
          ),
      },
    },
    explain: explainOauth,
  };
}

/** Explains why an identity provider, or a REST proxy that takes its tokens, refused a request. */
function explainOauth(error: KafkaError): Explanation<NextStep> | undefined {
  const t = vscode.l10n.t;
  const { kind, host = '' } = error;
  const explanations: Readonly<Partial<Record<KafkaErrorKind, Explanation<NextStep>>>> = {
    ...explainProvider(error),
    'secret-missing': {
      reason: t('the client secret is not stored here'),
      advice: t('Enter it'),
      next: ['enterSecret'],
    },
    'secret-wrong': {
      reason: t('the client ID or the secret is not accepted by {0}', host),
      advice: t(
        'Check both. Some clients must send the secret in the body: see “Client authentication”',
      ),
      next: ['enterSecret', { field: 'signIn.clientId' }, 'tryAgain'],
    },
    'secret-expired': {
      reason: t('the client secret has expired'),
      advice: t('Create a new one at the identity provider, and enter it'),
      next: ['enterSecret', 'tryAgain'],
    },
    unauthorized: {
      reason: t('the token is not accepted by {0}', host),
      advice: t('Check that issuer, audience and scope are those that the REST proxy expects'),
      next: [{ field: 'signIn.audience' }, { field: 'signIn.scope' }, 'tryAgain'],
    },
  };
  return explanations[kind];
}

/** Explains what the identity provider says of the sign-in as a whole. */
function explainProvider({
  kind,
  host = '',
  status,
  detail,
  dialect,
}: KafkaError): Readonly<Partial<Record<KafkaErrorKind, Explanation<NextStep>>>> {
  const t = vscode.l10n.t;
  const isOther = kind === 'tenant-unknown' && status === undefined;
  const ofProvider = dialect === undefined && status === undefined;
  return {
    'tenant-unknown': isOther
      ? {
          reason: t('the issuer calls itself {0}', clause(detail)),
          advice: t('Enter that as the issuer if it is right, or else its token endpoint'),
          next: [{ field: 'signIn.issuer' }, 'tryAgain'],
        }
      : {
          reason: t('no identity provider is found at this address of {0}', host),
          advice: t('Check the path of the issuer, such as the realm, or enter its token endpoint'),
          next: [{ field: 'signIn.issuer' }, 'tryAgain'],
        },
    'scope-unknown': {
      reason: t('the scope is refused by {0}: {1}', host, clause(detail)),
      advice: t('Enter scopes that the client may use, or none'),
      next: [{ field: 'signIn.scope' }, 'tryAgain'],
    },
    'consent-missing': {
      reason: t('the client gets no token for this audience: {0}', clause(detail)),
      advice: t('Check audience and resource, or have the client authorised for it'),
      next: [{ field: 'signIn.audience' }, { field: 'signIn.resource' }, 'tryAgain'],
    },
    'sign-in-failed': {
      reason: t('the sign-in was refused by {0}: {1}', host, clause(detail)),
      advice: t('Check that the client may use the grant “client credentials”'),
      next: ['tryAgain', 'editCluster'],
    },
    ...(ofProvider && {
      redirect: {
        reason: t('the token endpoint of the issuer is elsewhere: {0}', detail),
        advice: t('If that is right, enter the address of the token endpoint there'),
        next: [{ field: 'signIn.tokenEndpoint' }, 'tryAgain'],
      },
    }),
    ...(dialect === undefined && {
      protocol: {
        reason: t('this is not the response of an identity provider: {0} ({1})', host, detail),
        advice: t('Check the address of the issuer or of the token endpoint'),
        next: [{ field: 'signIn.issuer' }, 'tryAgain'],
      },
    }),
  };
}
