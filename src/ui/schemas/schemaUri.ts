import * as vscode from 'vscode';
import type { SchemaType } from '../../core/schemaRegistry/schema';
import { escaped, unescaped } from '../base/uriNames';

export const SCHEMA_SCHEME = 'kafkaRest-schema';

/** What stands for the version of a draft, which is to become the next one of its subject. */
const DRAFT = 'new';
/** The endings of names, by which VS Code knows the language, and this code the type. */
const ENDINGS: Readonly<Record<SchemaType, string>> = {
  AVRO: 'avsc',
  PROTOBUF: 'proto',
  JSON: 'json',
};
const NAME = new RegExp(`^(.+)@(${DRAFT}|[1-9]\\d{0,9})\\.(avsc|proto|json)$`, 's');

/** A schema that is a document: a version of a subject, or the draft of the next one. */
export interface SchemaPlace {
  readonly cluster: string;
  readonly subject: string;
  /** Missing: a draft. */
  readonly version?: number;
  readonly type: SchemaType;
}

/** Returns the address of a schema. Its last part, the title of the tab, is `orders-value@3.avsc`. */
export function schemaUri({ cluster, subject, version, type }: SchemaPlace): vscode.Uri {
  const name = `${escaped(subject)}@${version ?? DRAFT}.${ENDINGS[type]}`;
  return vscode.Uri.from({ scheme: SCHEMA_SCHEME, path: `/${escaped(cluster)}/${name}` });
}

/** Returns which schema an address is of; `undefined` for another address. */
export function schemaPlace({ scheme, path }: vscode.Uri): SchemaPlace | undefined {
  if (scheme !== SCHEMA_SCHEME) return undefined;
  const [, cluster, name = '', more] = path.split('/');
  const [, subject, version, ending = ''] = NAME.exec(name) ?? [];
  const type = typeOfName(`.${ending}`);
  if (!cluster || subject === undefined || more !== undefined || !type) return undefined;
  return {
    cluster: unescaped(cluster),
    subject: unescaped(subject),
    type,
    ...(version !== DRAFT && { version: Number(version) }),
  };
}

/** Returns the type of the schema in a file, by the ending of its name. */
export function typeOfName(name: string): SchemaType | undefined {
  const ending = /\.(\w+)$/.exec(name)?.[1]?.toLowerCase();
  const found = Object.entries(ENDINGS).find(([, each]) => each === ending)?.[0];
  return found === 'AVRO' || found === 'PROTOBUF' || found === 'JSON' ? found : undefined;
}
