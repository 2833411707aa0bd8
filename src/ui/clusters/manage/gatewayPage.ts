import * as vscode from 'vscode';
import { parseBootstrap } from '../../../core/cluster/bootstrap';
import type { Page, PageRow } from '../../dialogs/page';
import { askPick, askText } from '../../dialogs/questions';
import { type Answer, mapAnswer, type StepContext } from '../../dialogs/wizard';

/** How the brokers know who connects; `none` is for brokers that let everyone in. */
export const mechanisms = ['none', 'plain', 'scram-sha-256', 'scram-sha-512'] as const;
export type Mechanism = (typeof mechanisms)[number];

/** How to reach the Kafka cluster behind a gateway, as typed. */
export interface GatewayDraft {
  /** Addresses of brokers, as `parseBootstrap` reads them. */
  readonly brokers: string;
  readonly tls: boolean;
  /** A PEM file with the authorities to trust; empty: the usual ones. */
  readonly caFile: string;
  readonly mechanism: Mechanism;
  readonly username: string;
  readonly password: string;
}

export const emptyGateway: GatewayDraft = {
  brokers: 'localhost:9092',
  tls: false,
  caFile: '',
  mechanism: 'none',
  username: '',
  password: '',
};

/** The page that says what the gateway will connect to. */
export function gatewayPage(): Page<GatewayDraft> {
  const t = vscode.l10n.t;
  return {
    placeholder: () => t('The gateway serves the HDInsight API in front of a Kafka cluster'),
    go: (draft) => ({
      label: t('Start the gateway to {0}', draft.brokers),
      refused: refusalOf(draft),
    }),
    rows: rowsOf,
  };
}

function refusalOf({ mechanism, username, password }: GatewayDraft): string | undefined {
  const t = vscode.l10n.t;
  if (mechanism === 'none') return undefined;
  if (username === '') return t('This is missing: {0}', t('User name'));
  return password === '' ? t('This is missing: {0}', t('Password')) : undefined;
}

function rowsOf(draft: GatewayDraft): readonly PageRow<GatewayDraft>[] {
  const t = vscode.l10n.t;
  const { brokers, tls, mechanism, password } = draft;
  const text = (
    name: 'caFile' | 'username' | 'password',
    label: string,
    prompt: string,
  ): PageRow<GatewayDraft> => ({
    label,
    description: name === 'password' ? (password ? t('entered') : t('none')) : draft[name],
    ask: async (draft, context) => {
      const isSecret = name === 'password';
      const value = isSecret ? '' : draft[name];
      const answer = await askText(context, { prompt, value, password: isSecret });
      return mapAnswer(answer, (text) => ({ [name]: isSecret ? text : text.trim() }));
    },
  });
  return [
    { label: t('Kafka brokers'), description: brokers, ask: askBrokers },
    {
      label: t('Encryption'),
      description: tls ? t('TLS') : t('none'),
      ask: ({ tls }) => Promise.resolve({ tls: !tls }),
    },
    ...(tls
      ? [
          text(
            'caFile',
            t('CA file'),
            t('A PEM file with certificates to trust for this cluster too. Empty: none'),
          ),
        ]
      : []),
    { label: t('Sign-in'), description: mechanismName(mechanism), ask: askMechanism },
    ...(mechanism === 'none'
      ? []
      : [
          text('username', t('User name'), t('The user name that the brokers know')),
          text(
            'password',
            t('Password'),
            t('The password. It is kept in VS Code’s secret storage'),
          ),
        ]),
  ];
}

/** Asks for the brokers. A protocol in front of them decides whether to use TLS. */
export async function askBrokers(
  draft: GatewayDraft,
  context: StepContext,
): Promise<Answer<Partial<GatewayDraft>>> {
  const t = vscode.l10n.t;
  const answer = await askText(context, {
    prompt: t('The addresses of some brokers, separated by commas'),
    placeholder: 'localhost:9092',
    value: draft.brokers,
    validate: (text) =>
      parseBootstrap(text) ? undefined : t('Enter addresses such as kafka.example.com:9092.'),
  });
  return mapAnswer(answer, (text) => {
    const { brokers = [], tls = draft.tls } = parseBootstrap(text) ?? {};
    return { brokers: brokers.join(','), tls };
  });
}

async function askMechanism(
  { mechanism }: GatewayDraft,
  context: StepContext,
): Promise<Answer<Partial<GatewayDraft>>> {
  const answer = await askPick<Mechanism>(context, {
    placeholder: vscode.l10n.t('How do the brokers know who you are?'),
    choices: mechanisms.map((each) => ({ label: mechanismName(each), choice: each })),
    active: (each) => each === mechanism,
  });
  return mapAnswer(answer, (mechanism) => ({ mechanism }));
}

function mechanismName(mechanism: Mechanism): string {
  return mechanism === 'none' ? vscode.l10n.t('No sign-in') : `SASL ${mechanism.toUpperCase()}`;
}
