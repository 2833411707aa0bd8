import type { Answers } from './person';

type Wizard = NonNullable<Answers['wizard']>;

/** A cluster as the settings hold it. */
type Definition = Readonly<Record<string, unknown>>;

/** Returns the answers for the first pages of the wizard, up to the client secret. */
export function clientSecretPages(definition: Definition): Wizard {
  return [
    ...firstPages(definition, 'Microsoft Entra ID: client secret'),
    [/tenant of the app/, String(definition['tenantId'])],
    [/client\) ID/, String(definition['clientId'])],
  ];
}

/** Returns the answers for the first pages of the wizard, up to the password. */
export function passwordPages(definition: Definition, username: string): Wizard {
  return [...firstPages(definition, 'User name and password'), [/The user name/, username]];
}

function firstPages(definition: Definition, signIn: string): Wizard {
  return [
    [/or choose its kind/, 'Azure HDInsight'],
    [/The address of/, String(definition['endpoint'])],
    [/How does the REST proxy know/, signIn],
  ];
}

/** Returns the answers for the last page of the wizard, with a name and a CA file. */
export function lastPages(name: string, caFile: string): Wizard {
  return [
    [/defaults fit/, 'Name'],
    [/A name for/, name],
    [/defaults fit/, 'CA file'],
    [/A PEM file/, caFile],
    [/defaults fit/, 'Test the connection and save'],
  ];
}
