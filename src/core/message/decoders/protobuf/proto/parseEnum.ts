import { create } from '@bufbuild/protobuf';
import {
  type EnumDescriptorProto,
  EnumDescriptorProtoSchema,
  EnumOptionsSchema,
  EnumValueDescriptorProtoSchema,
} from '@bufbuild/protobuf/wkt';
import { readBracketed, readOption, setFeatures } from './protoOptions';
import { ProtoSyntaxError, type Tokens } from './tokens';

/** Reads an enum from its name on. Throws a `ProtoSyntaxError`. */
export function parseEnum(tokens: Tokens): EnumDescriptorProto {
  const result = create(EnumDescriptorProtoSchema, { name: tokens.next('word') });
  tokens.expect('{');
  while (!tokens.take('}')) {
    if (tokens.take(';')) continue;
    if (tokens.peek(1) !== '=' && tokens.take('option')) {
      result.options ??= create(EnumOptionsSchema);
      setFeatures(result.options, [readOption(tokens)]);
      tokens.expect(';');
    } else if (tokens.peek(1) !== '=' && tokens.take('reserved')) {
      while (!tokens.take(';')) tokens.any();
    } else {
      const name = tokens.next('word');
      tokens.expect('=');
      const sign = tokens.take('-') ? -1 : 1;
      const number = sign * Number(tokens.next('number'));
      if ((number | 0) !== number) throw tokens.unexpected('a number of 32 bits');
      readBracketed(tokens);
      tokens.expect(';');
      result.value.push(create(EnumValueDescriptorProtoSchema, { name, number }));
    }
  }
  if (result.value.length === 0) throw new ProtoSyntaxError(`the enum ${result.name} is empty`);
  return result;
}
