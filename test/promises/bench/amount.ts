/** A number for people, with about three digits: `112,394`, `23.4`, `0.85`. */
export function number(value: number): string {
  const decimals = Math.abs(value) >= 99.95 ? 0 : Math.abs(value) >= 9.995 ? 1 : 2;
  const options = { minimumFractionDigits: decimals, maximumFractionDigits: decimals };
  return value.toLocaleString('en', options);
}

/** As in `112,394 records/s`. */
export function amount(value: number, unit: string): string {
  return `${number(value)} ${unit}`;
}

/** A number for people, without decimals. */
export function whole(value: number): string {
  return Math.round(value).toLocaleString('en');
}

/** As in `1 partition` and `8 partitions`. */
export function partitionCount(count: number): string {
  return count === 1 ? '1 partition' : `${count} partitions`;
}
