import { create } from '@bufbuild/protobuf';
import {
  type DescriptorProto,
  DescriptorProtoSchema,
  type FieldDescriptorProto,
  FieldDescriptorProto_Label as Label,
  FieldDescriptorProto_Type as Type,
  FieldDescriptorProtoSchema,
  FieldOptionsSchema,
  type FileDescriptorProto,
  FileDescriptorProtoSchema,
  FileOptionsSchema,
  MessageOptionsSchema,
  OneofDescriptorProtoSchema,
} from '@bufbuild/protobuf/wkt';
import { parseEnum } from './parseEnum';
import { readBracketed, readOption, setFeatures, skipBlock } from './protoOptions';
import { EDITIONS, entryNameOf, jsonNameOf, LABELS, setType } from './protoWords';
import { ProtoSyntaxError, Tokens } from './tokens';

/** As many messages may stand in each other; `protoc` allows no more either. */
const MAX_DEPTH = 32;
/** How long a name may be: every scope that it stands in is looked into. */
const MAX_NAME = 1000;

/** What a message, a file or an `extend` block collects. */
interface Scope {
  readonly fields: FieldDescriptorProto[];
  /** Where the messages of groups and maps stand. */
  readonly messages: DescriptorProto[];
}

/**
 * Reads a `.proto` file (proto2, proto3 and editions) and returns its descriptor. The types of
 * fields have the names with which they are written, and no kind; see `TypeNames`. Services and
 * what does not matter for messages are skipped. No code is made of the text: every name is checked
 * to be one. Throws a `ProtoSyntaxError`.
 */
export function parseProto(name: string, text: string): FileDescriptorProto {
  return new ProtoParser(name, text).parse();
}

const implied = new WeakSet<DescriptorProto>();

/** Whether the text of a message has it only as `map<...>` or as a group. */
export function isImplied(message: DescriptorProto): boolean {
  return implied.has(message);
}

class ProtoParser {
  readonly #tokens: Tokens;
  readonly #file: FileDescriptorProto;

  constructor(name: string, text: string) {
    this.#tokens = new Tokens(text);
    this.#file = create(FileDescriptorProtoSchema, { name, syntax: 'proto2' });
  }

  parse(): FileDescriptorProto {
    const tokens = this.#tokens;
    const file = this.#file;
    if (tokens.peek(1) === '=' && tokens.take('syntax')) {
      tokens.expect('=');
      file.syntax = tokens.next('text');
      tokens.expect(';');
      if (!/^proto[23]$/.test(file.syntax)) throw new ProtoSyntaxError('the syntax is not known');
    } else if (tokens.peek(1) === '=' && tokens.take('edition')) {
      tokens.expect('=');
      const edition = EDITIONS.get(tokens.next('text'));
      if (edition === undefined) throw new ProtoSyntaxError('the edition is not known');
      tokens.expect(';');
      Object.assign(file, { syntax: 'editions', edition });
    }
    while (!tokens.isNext('end')) this.#fileStatement();
    return file;
  }

  #fileStatement(): void {
    const tokens = this.#tokens;
    const file = this.#file;
    if (tokens.take(';')) return;
    if (tokens.take('package')) {
      file.package = this.#typeName();
      tokens.expect(';');
    } else if (tokens.take('import')) {
      if (!tokens.isNext('text')) tokens.next('word');
      file.dependency.push(tokens.next('text'));
      tokens.expect(';');
    } else if (tokens.take('option')) {
      const option = readOption(tokens);
      file.options ??= create(FileOptionsSchema);
      setFeatures(file.options, [option]);
      tokens.expect(';');
    } else if (tokens.take('service')) {
      tokens.next('word');
      skipBlock(tokens);
    } else if (tokens.take('extend')) {
      this.#extend(file.extension, file.messageType, 0);
    } else {
      // From the edition of 2024 on, types say who may import them.
      if (tokens.peek() === 'export' || tokens.peek() === 'local') tokens.any();
      if (tokens.take('message')) file.messageType.push(this.#message(1));
      else if (tokens.take('enum')) file.enumType.push(parseEnum(tokens));
      else throw tokens.unexpected('a definition');
    }
  }

  #message(depth: number): DescriptorProto {
    const message = create(DescriptorProtoSchema, { name: this.#tokens.next('word') });
    this.#messageBody(message, depth);
    return message;
  }

  #messageBody(message: DescriptorProto, depth: number): void {
    if (depth > MAX_DEPTH) throw new ProtoSyntaxError('messages are nested too deeply');
    const tokens = this.#tokens;
    tokens.expect('{');
    while (!tokens.take('}')) this.#messageStatement(message, depth);
    // Those that `optional` makes come after all that are written, as `protoc` has them.
    for (const field of message.field) {
      if (!field.proto3Optional) continue;
      field.oneofIndex = message.oneofDecl.length;
      message.oneofDecl.push(create(OneofDescriptorProtoSchema, { name: `_${field.name}` }));
    }
  }

  #messageStatement(message: DescriptorProto, depth: number): void {
    const tokens = this.#tokens;
    const opensBlock = tokens.peek(2) === '{';
    if (tokens.take(';')) return;
    if (opensBlock && tokens.take('message')) message.nestedType.push(this.#message(depth + 1));
    else if (opensBlock && tokens.take('enum')) message.enumType.push(parseEnum(tokens));
    else if (opensBlock && tokens.take('oneof')) this.#oneof(message, depth);
    else if (tokens.peek(1) !== '.' && tokens.peek(2) !== '=' && tokens.take('extend')) {
      this.#extend(message.extension, message.nestedType, depth);
    } else if (tokens.take('option')) {
      const option = readOption(tokens);
      message.options ??= create(MessageOptionsSchema);
      setFeatures(message.options, [option]);
      // `protoc` takes `map<...>` alone, but Confluent's library for Java writes maps in this way.
      if (option.name === 'map_entry') message.options.mapEntry = option.value === 'true';
      if (option.name === 'message_set_wire_format' && option.value === 'true') {
        throw new ProtoSyntaxError('message sets are not supported');
      }
      tokens.expect(';');
    } else if (tokens.peek(2) !== '=' && /^(?:reserved|extensions)$/.test(tokens.peek())) {
      while (!tokens.take(';')) {
        if (tokens.peek() === '{') skipBlock(tokens);
        else tokens.any();
      }
    } else this.#field({ fields: message.field, messages: message.nestedType }, depth);
  }

  #oneof(message: DescriptorProto, depth: number): void {
    const tokens = this.#tokens;
    const oneofIndex = message.oneofDecl.length;
    const scope: Scope = { fields: [], messages: message.nestedType };
    message.oneofDecl.push(create(OneofDescriptorProtoSchema, { name: tokens.next('word') }));
    tokens.expect('{');
    while (!tokens.take('}')) {
      if (tokens.take(';')) continue;
      if (tokens.take('option')) {
        readOption(tokens);
        tokens.expect(';');
      } else this.#field(scope, depth);
    }
    for (const field of scope.fields) field.oneofIndex = oneofIndex;
    message.field.push(...scope.fields);
  }

  #extend(extensions: FieldDescriptorProto[], messages: DescriptorProto[], depth: number): void {
    const tokens = this.#tokens;
    const extendee = this.#typeName();
    const scope: Scope = { fields: [], messages };
    tokens.expect('{');
    while (!tokens.take('}')) {
      if (!tokens.take(';')) this.#field(scope, depth);
    }
    for (const field of scope.fields) {
      field.extendee = extendee;
      // Those of extensions stand in no oneof.
      field.proto3Optional = false;
    }
    extensions.push(...scope.fields);
  }

  #field(scope: Scope, depth: number): void {
    const tokens = this.#tokens;
    const label = tokens.peek(1) === '=' ? undefined : LABELS.get(tokens.peek());
    if (label !== undefined) tokens.any();
    const isMap = tokens.peek(1) === '<' && tokens.take('map');
    const entry = isMap ? this.#mapEntry() : undefined;
    const isGroup = tokens.peek(2) === '=' && tokens.peek(4) === '{' && tokens.take('group');
    const typeName = entry || isGroup ? '' : this.#typeName();
    const name = tokens.next('word');
    tokens.expect('=');
    const field = create(FieldDescriptorProtoSchema, {
      name: isGroup ? name.toLowerCase() : name,
      number: this.#fieldNumber(),
      label: entry ? Label.REPEATED : (label ?? Label.OPTIONAL),
      proto3Optional: this.#file.syntax === 'proto3' && label === Label.OPTIONAL,
    });
    field.jsonName = jsonNameOf(field.name);
    this.#fieldOptions(field);
    scope.fields.push(field);
    if (isGroup) {
      Object.assign(field, { type: Type.GROUP, typeName: name });
      const message = create(DescriptorProtoSchema, { name });
      this.#messageBody(message, depth + 1);
      implied.add(message);
      scope.messages.push(message);
      return;
    }
    tokens.expect(';');
    if (entry) {
      entry.name = entryNameOf(name);
      implied.add(entry);
      scope.messages.push(entry);
      Object.assign(field, { type: Type.MESSAGE, typeName: entry.name });
    } else setType(field, typeName);
  }

  #mapEntry(): DescriptorProto {
    const tokens = this.#tokens;
    tokens.expect('<');
    const part = (name: string, number: number) => {
      const label = Label.OPTIONAL;
      const field = create(FieldDescriptorProtoSchema, { name, jsonName: name, number, label });
      setType(field, this.#typeName());
      return field;
    };
    const key = part('key', 1);
    tokens.expect(',');
    const value = part('value', 2);
    tokens.expect('>');
    return create(DescriptorProtoSchema, {
      field: [key, value],
      options: create(MessageOptionsSchema, { mapEntry: true }),
    });
  }

  #fieldNumber(): number {
    const number = Number(this.#tokens.next('number'));
    if (Number.isInteger(number) && number > 0 && number < 2 ** 29) return number;
    throw this.#tokens.unexpected('the number of a field');
  }

  #fieldOptions(field: FieldDescriptorProto): void {
    const options = readBracketed(this.#tokens);
    if (options.length === 0) return;
    field.options = create(FieldOptionsSchema);
    setFeatures(field.options, options);
    for (const { name, value } of options) {
      if (value === undefined) continue;
      if (name === 'packed') field.options.packed = value === 'true';
      else if (name === 'json_name') field.jsonName = value;
      else if (name === 'default') field.defaultValue = value;
    }
  }

  /** Reads a name with dots; one that begins with a dot is a whole one. */
  #typeName(): string {
    const tokens = this.#tokens;
    let name = tokens.take('.') ? '.' : '';
    do name += `${name === '' || name === '.' ? '' : '.'}${tokens.next('word')}`;
    while (tokens.take('.'));
    if (name.length > MAX_NAME) throw new ProtoSyntaxError('a name is too long');
    return name;
  }
}
