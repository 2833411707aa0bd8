import * as vscode from 'vscode';
import {
  type ClusterDefinition,
  defaultAuthority,
  defaultScope,
  isUnencrypted,
  type Parsed,
  parseAuthority,
  parseCaFile,
  parseClientId,
  parseEndpoint,
  parseName,
  parseScope,
  parseTenant,
} from '../../core/cluster/definition';
import { fieldProblem } from '../words/fieldProblem';
import { confirm } from '../dialogs/notify';
import { type Answer, askText, back, type StepContext } from '../dialogs/wizard';

/** What the wizard for clusters asks for: the fields as typed, and how the cluster is protected. */
export type Draft = Readonly<Required<ClusterDefinition>> & { readonly secret: string };
export type Field = Exclude<keyof Draft, 'protection'>;

export const emptyDraft: Draft = {
  name: '',
  endpoint: '',
  tenantId: '',
  clientId: '',
  secret: '',
  authority: defaultAuthority,
  scope: defaultScope,
  caFile: '',
  protection: 'none',
};

interface FieldQuestion {
  readonly label: string;
  readonly prompt: string;
  readonly placeholder?: string;
  readonly password?: boolean;
  /** The field in its normal form, or what is wrong with it. */
  parse(text: string): Parsed<string>;
}

/** The fields that the wizard asks, with the rules of each. */
export function fieldQuestions(): Readonly<Record<Field, FieldQuestion>> {
  const t = vscode.l10n.t;
  return {
    name: {
      label: t('Name'),
      prompt: t('A name for the cluster, as the sidebar shows it'),
      placeholder: t('for example contoso'),
      parse: parseName,
    },
    endpoint: {
      label: t('Endpoint'),
      prompt: t('The address of its Kafka REST proxy, or the bare name of the HDInsight cluster'),
      placeholder: 'https://contoso-kafkarest.azurehdinsight.net',
      parse: (text) => parseEndpoint(text, true),
    },
    tenantId: {
      label: t('Tenant ID'),
      prompt: t('The Microsoft Entra tenant of the app registration: its ID or a domain name'),
      placeholder: '00000000-0000-0000-0000-000000000000',
      parse: parseTenant,
    },
    clientId: {
      label: t('Client ID'),
      prompt: t('The Application (client) ID of the app registration'),
      placeholder: '00000000-0000-0000-0000-000000000000',
      parse: parseClientId,
    },
    secret: {
      label: t('Client secret'),
      prompt: t('The client secret’s value. It is kept in VS Code’s secret storage'),
      password: true,
      parse: parseName,
    },
    authority: {
      label: t('Authority'),
      prompt: t('The sign-in service, without the tenant. Sovereign clouds have their own'),
      placeholder: defaultAuthority,
      parse: (text) => (text.trim() === '' ? { value: defaultAuthority } : parseAuthority(text)),
    },
    scope: {
      label: t('Scope'),
      prompt: t('The scope of the token. That of HDInsight is the same for all clusters'),
      placeholder: defaultScope,
      parse: (text) => (text.trim() === '' ? { value: defaultScope } : parseScope(text)),
    },
    caFile: {
      label: t('CA file'),
      prompt: t('A PEM file with certificates to trust for this cluster too. Empty: none'),
      parse: parseCaFile,
    },
  };
}

/** What may differ from one run of the wizard to the other. */
export interface FieldRules {
  /** Whether another cluster has the name. */
  isTaken(name: string): boolean;
  /** Whether the stored secret serves the draft, so that the field may stay empty. */
  keepsSecret(draft: Draft): boolean;
}

/** Asks for one field and returns it in its normal form. Plain http needs the person's consent. */
export async function askField(
  field: Field,
  draft: Draft,
  rules: FieldRules,
  context: StepContext,
): Promise<Answer<Partial<Draft>>> {
  const question = fieldQuestions()[field];
  const optional = field === 'secret' && rules.keepsSecret(draft);
  const parse = (text: string): Parsed<string> =>
    optional && text.trim() === '' ? { value: '' } : question.parse(text);
  let typed = draft[field] || suggestion(field, draft);
  for (;;) {
    const answer = await askText(context, {
      prompt: optional
        ? vscode.l10n.t('{0}. Empty: keep the stored one', question.prompt)
        : question.prompt,
      value: typed,
      ...(question.placeholder && { placeholder: question.placeholder }),
      password: question.password ?? false,
      validate: (text) => {
        const { value, problem } = parse(text);
        if (problem !== undefined) return fieldProblem(problem);
        return field === 'name' && rules.isTaken(value) ? fieldProblem('duplicate') : undefined;
      },
    });
    if (answer === back || answer === undefined) return answer;
    const { value = '' } = parse(answer);
    const isAgreed = field !== 'endpoint' || value === draft.endpoint || !isUnencrypted(value);
    if (isAgreed || (await allowHttp(value))) return { [field]: value };
    typed = answer;
  }
}

/** Whether the person wants tokens and messages to go to an endpoint unencrypted. */
function allowHttp(endpoint: string): Promise<boolean> {
  const t = vscode.l10n.t;
  return confirm(
    'warning',
    t('Send the token and all messages to {0} unencrypted?', new URL(endpoint).host),
    t(
      'Over plain http, whoever is on the way can read and change the messages, and can use the cluster with the token. Use https:// if the REST proxy offers it.',
    ),
    t('Allow Plain HTTP'),
  );
}

/** A cluster is mostly named as it is in Azure, so the address follows from the name. */
function suggestion(field: Field, { name }: Draft): string | undefined {
  if (field !== 'endpoint' || !/^[a-z0-9-]+$/i.test(name)) return undefined;
  return parseEndpoint(name).value;
}

export function toDefinition(draft: Draft): ClusterDefinition {
  const { name, endpoint, tenantId, clientId, authority, scope, caFile, protection } = draft;
  const identity = { name, endpoint, tenantId, clientId, authority, scope };
  return { ...identity, ...(caFile && { caFile }), protection };
}
