import type { SchemaType } from '../../core/schemaRegistry/schema';

/** Returns a small valid schema to begin with, named after its subject. */
export function templateOf(type: SchemaType, subject: string): string {
  const name = nameFrom(subject);
  switch (type) {
    case 'AVRO':
      return pretty({
        type: 'record',
        name,
        namespace: 'com.example',
        fields: [
          { name: 'id', type: 'string' },
          { name: 'note', type: ['null', 'string'], default: null },
        ],
      });
    case 'PROTOBUF':
      return [
        'syntax = "proto3";',
        '',
        'package com.example;',
        '',
        `message ${name} {`,
        '  string id = 1;',
        '  optional string note = 2;',
        '}',
        '',
      ].join('\n');
    case 'JSON':
      return pretty({
        $schema: 'http://json-schema.org/draft-07/schema#',
        title: name,
        type: 'object',
        properties: {
          id: { type: 'string' },
          note: { type: 'string' },
        },
        required: ['id'],
      });
  }
}

function pretty(schema: object): string {
  return `${JSON.stringify(schema, undefined, 2)}\n`;
}

/** Returns a name that all types take: `orders-value` becomes `Orders`. */
function nameFrom(subject: string): string {
  const words = subject.replace(/-(key|value)$/, '').match(/[A-Za-z0-9]+/g) ?? [];
  const name = words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join('');
  return /^[A-Za-z]/.test(name) ? name : `Record${name}`;
}
