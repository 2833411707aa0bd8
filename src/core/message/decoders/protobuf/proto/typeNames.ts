import {
  type DescriptorProto,
  type EnumDescriptorProto,
  type FieldDescriptorProto,
  FieldDescriptorProto_Type as Type,
  type FileDescriptorProto,
} from '@bufbuild/protobuf/wkt';
import { ProtoSyntaxError } from './tokens';

type Symbols = Map<string, Type.MESSAGE | Type.ENUM>;

/** The types that files define, by their whole names. */
export class TypeNames {
  readonly #symbols: Symbols = new Map();

  /** Adds what a file defines. */
  add({ package: scope, messageType, enumType }: FileDescriptorProto): void {
    define(this.#symbols, scope, messageType, enumType);
  }

  /**
   * Gives each type that the fields of a parsed file name its kind and its whole name. Throws a
   * `ProtoSyntaxError` for a name that no file that was added defines.
   */
  resolve(file: FileDescriptorProto): void {
    for (const extension of file.extension) resolveField(this.#symbols, extension, file.package);
    for (const message of file.messageType) resolveMessage(this.#symbols, message, file.package);
  }
}

function define(
  symbols: Symbols,
  scope: string,
  messages: readonly DescriptorProto[],
  enums: readonly EnumDescriptorProto[],
): void {
  for (const { name } of enums) symbols.set(joined(scope, name), Type.ENUM);
  for (const { name, nestedType, enumType } of messages) {
    const full = joined(scope, name);
    symbols.set(full, Type.MESSAGE);
    define(symbols, full, nestedType, enumType);
  }
}

function resolveMessage(symbols: Symbols, message: DescriptorProto, scope: string): void {
  const full = joined(scope, message.name);
  for (const field of [...message.field, ...message.extension]) resolveField(symbols, field, full);
  for (const nested of message.nestedType) resolveMessage(symbols, nested, full);
}

function resolveField(symbols: Symbols, field: FieldDescriptorProto, scope: string): void {
  if (field.extendee !== '') field.extendee = `.${wholeName(symbols, field.extendee, scope)}`;
  if (field.typeName === '') return;
  const name = wholeName(symbols, field.typeName, scope);
  field.typeName = `.${name}`;
  if (field.type !== Type.GROUP) field.type = symbols.get(name) ?? Type.MESSAGE;
}

/** Looks for a name in the scope where it stands, and then in those around it. */
function wholeName(symbols: Symbols, name: string, scope: string): string {
  if (name.startsWith('.') && symbols.has(name.slice(1))) return name.slice(1);
  for (let around = scope; ; around = around.slice(0, Math.max(0, around.lastIndexOf('.')))) {
    const candidate = joined(around, name);
    if (symbols.has(candidate)) return candidate;
    if (around === '') throw new ProtoSyntaxError(`the type ${name} is not defined`);
  }
}

function joined(scope: string, name: string): string {
  return scope === '' ? name : `${scope}.${name}`;
}
