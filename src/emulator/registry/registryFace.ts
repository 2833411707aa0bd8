import type { Face } from '../faces/face';
import { type Call, type CallResponse, HttpError, parseJson } from '../http';
import { dispatch, json, type Route } from '../routes';
import { invalidSchema, invalidVersion, RegistryError, subjectNotFound } from './registryError';
import type { NewSchema, Reference, SchemaType } from './compatibility/schema';
import type { SchemaStore, StoredSchema } from './schemaStore';

const V1 = 'application/vnd.schemaregistry.v1+json';
const TYPES: readonly string[] = [V1, 'application/vnd.schemaregistry+json', 'application/json'];

/**
 * A schema registry with the API of Confluent's, as its sources (`rest/resources`) and those of
 * Karapace (`api/routers`) describe it, without deletions and modes.
 */
export class RegistryFace implements Face {
  readonly #routes: readonly Route[];

  constructor(store: SchemaStore) {
    this.#routes = [...schemaRoutes(store), ...subjectRoutes(store), ...configRoutes(store)];
  }

  async handle(call: Call): Promise<CallResponse> {
    const type = negotiated(call);
    const response = await dispatch(this.#routes, call);
    return { ...response, headers: { 'Content-Type': type, ...response.headers } };
  }

  failed(error: HttpError): CallResponse {
    const { status, message, headers } = error;
    const code = error instanceof RegistryError ? error.code : status;
    const response = json({ error_code: code, message }, status);
    return { ...response, headers: { 'Content-Type': V1, ...headers } };
  }
}

function schemaRoutes(store: SchemaStore): readonly Route[] {
  return [
    { method: 'GET', path: /^\/$/, handle: () => json({}) },
    { method: 'GET', path: /^\/schemas\/types$/, handle: () => json(['JSON', 'PROTOBUF', 'AVRO']) },
    {
      method: 'GET',
      path: /^\/schemas\/ids\/(\d{1,9})$/,
      handle: ([id]) => json(schemaJson(store.schema(Number(id)))),
    },
    {
      method: 'GET',
      path: /^\/schemas\/ids\/(\d{1,9})\/versions$/,
      handle: ([id]) =>
        json(store.usesOf(Number(id)).map(({ subject, version }) => ({ subject, version }))),
    },
    {
      method: 'GET',
      path: /^\/schemas\/ids\/(\d{1,9})\/subjects$/,
      handle: ([id]) => json([...new Set(store.usesOf(Number(id)).map(({ subject }) => subject))]),
    },
    {
      method: 'GET',
      path: /^\/schemas\/guids\/([\da-f-]{36})$/,
      handle: ([guid = '']) => json(schemaJson(store.schemaByGuid(guid))),
    },
  ];
}

function subjectRoutes(store: SchemaStore): readonly Route[] {
  return [
    { method: 'GET', path: /^\/subjects$/, handle: () => json(store.subjects) },
    {
      method: 'GET',
      path: /^\/subjects\/([^/]+)\/versions$/,
      handle: ([subject = '']) => json(store.versions(subject).map(({ version }) => version)),
    },
    {
      method: 'GET',
      path: /^\/subjects\/([^/]+)\/versions\/([^/]+)$/,
      handle: ([subject = '', version = '']) =>
        json(versionJson(store, subject, versionOf(version))),
    },
    {
      method: 'POST',
      path: /^\/subjects\/([^/]+)\/versions$/,
      handle: async ([subject = ''], call) => {
        const { id } = store.register(subject, await schemaIn(call));
        return json({ id });
      },
    },
    {
      method: 'POST',
      path: /^\/subjects\/([^/]+)$/,
      handle: async ([subject = ''], call) => {
        const found = store.find(subject, await schemaIn(call));
        if (!found) throw new RegistryError(404, 40_403, 'Schema not found');
        return json(versionJson(store, subject, found.version));
      },
    },
    {
      method: 'POST',
      path: /^\/compatibility\/subjects\/([^/]+)\/versions\/([^/]+)$/,
      handle: async ([subject = '', version = ''], call) => {
        const messages = store.check(subject, await schemaIn(call), versionOf(version));
        const isVerbose = call.query.get('verbose') === 'true';
        return json({ is_compatible: messages.length === 0, ...(isVerbose && { messages }) });
      },
    },
  ];
}

function configRoutes(store: SchemaStore): readonly Route[] {
  return [
    {
      method: 'GET',
      path: /^\/config$/,
      handle: () => json({ compatibilityLevel: store.globalLevel }),
    },
    {
      method: 'PUT',
      path: /^\/config$/,
      handle: async (_, call) => json({ compatibility: store.setLevel(await levelIn(call)) }),
    },
    {
      method: 'GET',
      path: /^\/config\/([^/]+)$/,
      handle: ([subject = ''], call) => {
        const isLenient = call.query.get('defaultToGlobal') === 'true';
        const level = isLenient ? store.level(subject) : store.ownLevel(subject);
        return json({ compatibilityLevel: level });
      },
    },
    {
      method: 'PUT',
      path: /^\/config\/([^/]+)$/,
      handle: async ([subject = ''], call) =>
        json({ compatibility: store.setLevel(await levelIn(call), subject) }),
    },
  ];
}

/** Returns the type of the response. Throws with 406 or 415 as Karapace does. */
function negotiated({ method, headers }: Call): string {
  const [sent = ''] = (headers['content-type'] ?? 'application/json').split(';');
  if (method !== 'GET' && ![...TYPES, 'application/octet-stream'].includes(sent.trim())) {
    throw new HttpError(415, 'HTTP 415 Unsupported Media Type');
  }
  const accepted = (headers['accept'] ?? '*/*')
    .split(',')
    .map((each) => (each.split(';')[0] ?? '').trim());
  const type = accepted.includes('*/*') ? V1 : TYPES.find((each) => accepted.includes(each));
  if (type === undefined) throw new HttpError(406, 'HTTP 406 Not Acceptable');
  return type;
}

function versionOf(text: string): number | 'latest' {
  if (text === 'latest' || text === '-1') return 'latest';
  const version = /^\d{1,10}$/.test(text) ? Number(text) : 0;
  if (version < 1 || version >= 2 ** 31) throw invalidVersion(text);
  return version;
}

function versionJson(store: SchemaStore, name: string, wanted: number | 'latest'): object {
  if (!store.subjects.includes(name)) throw subjectNotFound(name);
  const { subject, version, schema } = store.version(name, wanted);
  return { subject, version, id: schema.id, guid: schema.guid, ...schemaJson(schema) };
}

function schemaJson({ type, text, references }: StoredSchema): object {
  return {
    ...(type !== 'AVRO' && { schemaType: type }),
    schema: text,
    ...(references.length > 0 && { references }),
  };
}

async function membersIn(call: Call): Promise<ReadonlyMap<string, unknown>> {
  const value = parseJson(await call.text());
  return new Map(typeof value === 'object' && value !== null ? Object.entries(value) : []);
}

async function levelIn(call: Call): Promise<string> {
  return String((await membersIn(call)).get('compatibility'));
}

async function schemaIn(call: Call): Promise<NewSchema> {
  const members = await membersIn(call);
  const text = members.get('schema');
  if (typeof text !== 'string' || text.trim() === '') throw invalidSchema('Empty schema');
  const type = SCHEMA_TYPES.find((each) => each === (members.get('schemaType') ?? 'AVRO'));
  if (!type) throw invalidSchema(`Invalid schema type ${String(members.get('schemaType'))}`);
  const references: readonly unknown[] = [members.get('references') ?? []].flat();
  return { type, text, references: references.map(referenceOf) };
}

const SCHEMA_TYPES: readonly SchemaType[] = ['AVRO', 'PROTOBUF', 'JSON'];

function referenceOf(value: unknown): Reference {
  const members = new Map<string, unknown>(Object.entries(value ?? {}));
  const [name, subject, version] = ['name', 'subject', 'version'].map((each) => members.get(each));
  if (typeof name === 'string' && typeof subject === 'string' && typeof version === 'number') {
    return { name, subject, version };
  }
  throw invalidSchema('A reference needs name, subject and version');
}
