import {
  Edition,
  type FieldDescriptorProto,
  FieldDescriptorProto_Label as Label,
  FieldDescriptorProto_Type as Type,
} from '@bufbuild/protobuf/wkt';

export const EDITIONS: ReadonlyMap<string, Edition> = new Map([
  ['2023', Edition.EDITION_2023],
  ['2024', Edition.EDITION_2024],
]);

const SCALARS: ReadonlyMap<string, Type> = new Map([
  ['double', Type.DOUBLE],
  ['float', Type.FLOAT],
  ['int64', Type.INT64],
  ['uint64', Type.UINT64],
  ['int32', Type.INT32],
  ['fixed64', Type.FIXED64],
  ['fixed32', Type.FIXED32],
  ['bool', Type.BOOL],
  ['string', Type.STRING],
  ['bytes', Type.BYTES],
  ['uint32', Type.UINT32],
  ['sfixed32', Type.SFIXED32],
  ['sfixed64', Type.SFIXED64],
  ['sint32', Type.SINT32],
  ['sint64', Type.SINT64],
]);

export const LABELS: ReadonlyMap<string, Label> = new Map([
  ['optional', Label.OPTIONAL],
  ['required', Label.REQUIRED],
  ['repeated', Label.REPEATED],
]);

/** Sets the type that a field has by its name: a scalar one, or one that a file defines. */
export function setType(field: FieldDescriptorProto, typeName: string): void {
  const scalar = SCALARS.get(typeName);
  if (scalar === undefined) field.typeName = typeName;
  else field.type = scalar;
}

/** The name of a field in JSON: `orderId` for `order_id`, as `protoc` makes it. */
export function jsonNameOf(name: string): string {
  return name.replace(/_+([^_])?/g, (_, next: string | undefined) => next?.toUpperCase() ?? '');
}

/** The name of the message that a field with a map has: `TotalsByDayEntry`. */
export function entryNameOf(name: string): string {
  const camel = jsonNameOf(name);
  return `${camel.charAt(0).toUpperCase()}${camel.slice(1)}Entry`;
}
