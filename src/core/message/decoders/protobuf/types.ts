import { phrase } from '../../../phrase';
import {
  createFileRegistry,
  type DescFile,
  type DescMessage,
  create,
  fromBinary,
} from '@bufbuild/protobuf';
import {
  file_google_protobuf_any,
  file_google_protobuf_api,
  file_google_protobuf_descriptor,
  file_google_protobuf_duration,
  file_google_protobuf_empty,
  file_google_protobuf_field_mask,
  file_google_protobuf_source_context,
  file_google_protobuf_struct,
  file_google_protobuf_timestamp,
  file_google_protobuf_type,
  file_google_protobuf_wrappers,
  type DescriptorProto,
  type FileDescriptorProto,
  FileDescriptorSetSchema,
} from '@bufbuild/protobuf/wkt';
import type { WholeSchema } from '../../../schemaRegistry/schema';
import { InvalidSchema } from '../schemas/problems';
import { knownFiles } from './proto/knownFiles';
import { isImplied, parseProto } from './proto/parseProto';
import { type MessagePlan, Plans } from './plan';
import { TypeNames } from './proto/typeNames';

/** How large a schema may be with all that it imports: in characters, or bytes of descriptors. */
const MAX_SIZE = 4 * 1024 * 1024;

const wellKnown: ReadonlyMap<string, DescFile> = new Map(
  [
    file_google_protobuf_any,
    file_google_protobuf_api,
    file_google_protobuf_descriptor,
    file_google_protobuf_duration,
    file_google_protobuf_empty,
    file_google_protobuf_field_mask,
    file_google_protobuf_source_context,
    file_google_protobuf_struct,
    file_google_protobuf_timestamp,
    file_google_protobuf_type,
    file_google_protobuf_wrappers,
  ].map((file) => [file.proto.name, file]),
);

/** The messages of a schema. */
export interface ProtoTypes {
  readonly plans: Plans;
  /** The messages of the file itself, at its top level. */
  readonly messages: readonly DescMessage[];
  readonly names: MessageNames;
}

/**
 * The whole names of all messages of a file. They are found when the first is looked up, because
 * only some framings name messages, and then kept, because these do so in each message.
 */
class MessageNames {
  #all: ReadonlySet<string> | undefined;
  #sorted: readonly string[] | undefined;

  constructor(private readonly messages: readonly DescMessage[]) {}

  /** Those within others come after these. */
  get all(): ReadonlySet<string> {
    this.#all ??= new Set(allNames(this.messages));
    return this.#all;
  }

  get sorted(): readonly string[] {
    this.#sorted ??= [...this.all].sort();
    return this.#sorted;
  }
}

/**
 * Opens a schema: `.proto` texts, or a set of descriptors, of which the last file is the schema and
 * the others what it imports. Throws `InvalidSchema`.
 */
export function openTypes(schema: WholeSchema): ProtoTypes {
  const size = schema.imports.reduce((sum, { text }) => sum + text.length, schema.text.length);
  if (size > MAX_SIZE || (schema.descriptors?.length ?? 0) > MAX_SIZE) {
    throw new InvalidSchema(phrase('it is too large'));
  }
  try {
    const files = schema.descriptors ? described(schema.descriptors) : new ParsedFiles(schema).all;
    const registry = createFileRegistry(create(FileDescriptorSetSchema, { file: [...files] }));
    const main = registry.getFile(files.at(-1)?.name ?? '');
    if (!main) throw new InvalidSchema(phrase('it defines nothing'));
    if (main.messages.length === 0) throw new InvalidSchema(phrase('it has no message'));
    const { messages } = main;
    return { plans: new Plans(registry), messages, names: new MessageNames(messages) };
  } catch (error) {
    if (error instanceof InvalidSchema || !(error instanceof Error)) throw error;
    throw new InvalidSchema(phrase('it is not valid ({0})', error.message), { cause: error });
  }
}

function described(descriptors: Uint8Array): readonly FileDescriptorProto[] {
  const { file } = fromBinary(FileDescriptorSetSchema, descriptors);
  const names = new Set(file.map(({ name }) => name));
  const missing = file.flatMap(({ dependency }) => dependency.filter((name) => !names.has(name)));
  const added = new Map(missing.flatMap(wellKnownFiles).map((known) => [known.name, known]));
  return [...added.values(), ...file];
}

/** Returns a file that comes with Protobuf, after those that it imports; none if it does not. */
function wellKnownFiles(name: string): readonly FileDescriptorProto[] {
  const known = wellKnown.get(name);
  if (!known) return [];
  return [...known.dependencies.flatMap(({ proto }) => wellKnownFiles(proto.name)), known.proto];
}

/** Files, each after those that it imports. */
class ParsedFiles {
  readonly #files = new Map<string, FileDescriptorProto>();
  readonly #names = new TypeNames();

  constructor({ text, imports }: WholeSchema) {
    for (const { name, text: imported } of imports) this.#add(name, imported);
    let name = 'schema.proto';
    while (this.#files.has(name)) name = `_${name}`;
    this.#add(name, text);
  }

  get all(): readonly FileDescriptorProto[] {
    return [...this.#files.values()];
  }

  #add(name: string, text: string): void {
    const file = parseProto(name, text);
    // What is not there may be for options alone. If it is not, a name is not found.
    file.dependency = file.dependency.filter((wanted) => this.#has(wanted));
    this.#put(file);
    this.#names.resolve(file);
  }

  #put(file: FileDescriptorProto): void {
    this.#files.set(file.name, file);
    this.#names.add(file);
  }

  #has(name: string): boolean {
    if (this.#files.has(name)) return true;
    for (const file of wellKnownFiles(name)) if (!this.#files.has(file.name)) this.#put(file);
    if (this.#files.has(name)) return true;
    const text = knownFiles.get(name);
    if (text !== undefined) this.#add(name, text);
    return text !== undefined;
  }
}

/**
 * Returns the messages that the indexes of Confluent's framing may stand for, the likeliest first.
 * They lead from a message of the file to one within it, and so on. Confluent's library for Java
 * counts the messages that the text of the schema has: the entry of a map if it stands there as a
 * message, as in the texts that it makes of descriptors, and not if there is a `map<...>`
 * (`ProtobufSchema.toMessageName` and `toMessageIndexes`). Others, such as that for Python, count
 * what the descriptors have, whatever the text.
 */
export function messagesAt(
  { messages, plans }: ProtoTypes,
  indexes: readonly number[],
): readonly MessagePlan[] {
  const [first = 0, ...others] = indexes;
  const top = messages[first];
  if (!top) return [];
  if (others.length === 0) return [plans.of(top)];
  const found = [writtenMessages, describedMessages].flatMap((within) => {
    let message: DescMessage | undefined = top;
    for (const index of others) message = message && childOf(message, within(message)[index]);
    return message ?? [];
  });
  return [...new Set(found)].map((message) => plans.of(message));
}

function writtenMessages({ proto }: DescMessage): readonly DescriptorProto[] {
  return proto.nestedType.filter((nested) => !isImplied(nested));
}

function describedMessages({ proto }: DescMessage): readonly DescriptorProto[] {
  return proto.nestedType;
}

function childOf(
  { nestedMessages }: DescMessage,
  proto: DescriptorProto | undefined,
): DescMessage | undefined {
  return nestedMessages.find((nested) => nested.name === proto?.name);
}

/** Returns the indexes that lead to a message of the file; `undefined` if it is of another one. */
export function indexesOf(
  { messages }: ProtoTypes,
  { desc }: MessagePlan,
): readonly number[] | undefined {
  const indexes: number[] = [];
  for (let message: DescMessage | undefined = desc; message; message = message.parent) {
    const { proto, parent } = message;
    const among = parent ? writtenMessages(parent) : messages.map((each) => each.proto);
    const index = among.indexOf(proto);
    if (index < 0) return undefined;
    indexes.unshift(index);
  }
  return indexes;
}

/**
 * Returns the message of the file that has a name, whole or without the package and the messages
 * around it, as Apicurio's library writes it; `undefined` if there is none.
 */
export function messageNamed({ plans, names }: ProtoTypes, name: string): MessagePlan | undefined {
  if (names.all.has(name)) return plans.named(name);
  const end = `.${name}`;
  for (const whole of names.all) if (whole.endsWith(end)) return plans.named(whole);
  return undefined;
}

/**
 * Returns the message of the file that has a number, as the library of AWS Glue counts them: by
 * their names, with those of groups and of entries of maps; `undefined` if there is none.
 */
export function messageNumbered(
  { plans, names }: ProtoTypes,
  number: number,
): MessagePlan | undefined {
  const name = names.sorted[number];
  return name === undefined ? undefined : plans.named(name);
}

function allNames(messages: readonly DescMessage[]): readonly string[] {
  const names: string[] = [];
  const add = ({ nestedType }: DescriptorProto, name: string) => {
    names.push(name);
    for (const nested of nestedType) add(nested, `${name}.${nested.name}`);
  };
  for (const { proto, typeName } of messages) add(proto, typeName);
  return names;
}
