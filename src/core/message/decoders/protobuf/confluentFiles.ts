/** The files that Confluent's registry knows without having been told, by the names of imports. */
export const confluentFiles: ReadonlyMap<string, string> = new Map([
  [
    'confluent/type/decimal.proto',
    `syntax = "proto3";
package confluent.type;
message Decimal {
  bytes value = 1;
  uint32 precision = 2;
  int32 scale = 3;
}`,
  ],
]);
