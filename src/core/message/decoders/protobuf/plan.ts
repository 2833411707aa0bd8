import type {
  DescEnum,
  DescExtension,
  DescField,
  DescMessage,
  Registry,
  ScalarType,
} from '@bufbuild/protobuf';
import { FeatureSet_FieldPresence as Presence } from '@bufbuild/protobuf/wkt';

/** What a single value is. */
export type ValuePlan =
  | { readonly kind: 'scalar'; readonly scalar: ScalarType }
  | { readonly kind: 'enum'; readonly enum: EnumPlan }
  | { readonly kind: 'message'; readonly message: () => MessagePlan; readonly isGroup: boolean };

export interface EnumPlan {
  readonly name: string;
  /** The first name of each number. */
  readonly names: ReadonlyMap<number, string>;
  readonly numbers: ReadonlyMap<string, number>;
}

/** What is to be known of a field to read and write it. */
export interface FieldPlan {
  readonly number: number;
  /** In JSON: in camel case, unless the schema says otherwise. */
  readonly name: string;
  /** The name as the beginning of a member of JSON. */
  readonly label: string;
  readonly shape: 'one' | 'list' | 'map';
  /** Of a map: of its values. */
  readonly value: ValuePlan;
  readonly mapKey: ScalarType | undefined;
  readonly isPacked: boolean;
  /** Whether it is written only where it differs from its default. */
  readonly isImplicit: boolean;
  readonly isRequired: boolean;
  readonly isExtension: boolean;
  /** Those of which only one may be there. */
  readonly oneof: string | undefined;
}

/** What is to be known of a message. */
export interface MessagePlan {
  readonly name: string;
  readonly desc: DescMessage;
  /** In the order of the schema, without extensions. */
  readonly fields: readonly FieldPlan[];
  find(number: number): FieldPlan | undefined;
  /** By its name in JSON, or that in the schema, or that of an extension in brackets. */
  named(name: string): FieldPlan | undefined;
}

/** Makes the plans of the messages of some files, each when it is first needed. */
export class Plans {
  readonly #messages = new Map<DescMessage, MessagePlan>();
  readonly #enums = new Map<DescEnum, EnumPlan>();

  constructor(readonly registry: Registry) {}

  /** Returns the plan of a message by its whole name. */
  named(name: string): MessagePlan | undefined {
    const desc = this.registry.getMessage(name);
    return desc && this.of(desc);
  }

  of(desc: DescMessage): MessagePlan {
    const known = this.#messages.get(desc);
    if (known) return known;
    const fields: FieldPlan[] = [];
    const byNumber = new Map<number, FieldPlan | undefined>();
    const byName = new Map<string, FieldPlan | undefined>();
    const plan: MessagePlan = {
      name: desc.typeName,
      desc,
      fields,
      find: (number) => {
        if (!byNumber.has(number)) {
          const extension = this.registry.getExtensionFor(desc, number);
          byNumber.set(number, extension && this.#field(extension));
        }
        return byNumber.get(number);
      },
      named: (name) => {
        if (!byName.has(name) && name.startsWith('[')) {
          const extension = this.registry.getExtension(name.slice(1, -1));
          const isOurs = extension?.extendee.typeName === desc.typeName;
          byName.set(name, isOurs ? plan.find(extension.number) : undefined);
        }
        return byName.get(name);
      },
    };
    this.#messages.set(desc, plan);
    for (const field of desc.fields) {
      const made = this.#field(field);
      fields.push(made);
      byNumber.set(field.number, made);
      byName.set(field.name, made);
    }
    for (const field of fields) byName.set(field.name, field);
    return plan;
  }

  #field(field: DescField | DescExtension): FieldPlan {
    const name = field.kind === 'extension' ? `[${field.typeName}]` : field.jsonName;
    return {
      number: field.number,
      name,
      label: `${JSON.stringify(name)}:`,
      shape: field.fieldKind === 'list' || field.fieldKind === 'map' ? field.fieldKind : 'one',
      value: this.#value(field),
      mapKey: field.fieldKind === 'map' ? field.mapKey : undefined,
      isPacked: field.fieldKind === 'list' && field.packed,
      isImplicit: field.presence === Presence.IMPLICIT,
      isExtension: field.kind === 'extension',
      isRequired: field.presence === Presence.LEGACY_REQUIRED,
      oneof: field.kind === 'field' && 'oneof' in field ? field.oneof?.name : undefined,
    };
  }

  #value(field: DescField | DescExtension): ValuePlan {
    const { message } = field;
    if (message) {
      const isGroup = 'delimitedEncoding' in field && field.delimitedEncoding;
      // Only when it is needed, because messages may hold themselves.
      return { kind: 'message', message: () => this.of(message), isGroup };
    }
    if (field.enum) return { kind: 'enum', enum: this.#enum(field.enum) };
    return { kind: 'scalar', scalar: field.scalar };
  }

  #enum(desc: DescEnum): EnumPlan {
    const known = this.#enums.get(desc);
    if (known) return known;
    const names = new Map<number, string>();
    for (const { number, name } of desc.values) if (!names.has(number)) names.set(number, name);
    const numbers = new Map(desc.values.map(({ number, name }) => [name, number]));
    const plan = { name: desc.typeName, names, numbers };
    this.#enums.set(desc, plan);
    return plan;
  }
}
