type Record_ = Readonly<Record<string, unknown>>

/** The rows of what a command gives: its entries when it is a list. */
export function rowsOf(data: unknown): readonly unknown[] {
  return Array.isArray(data) ? data : [data]
}

/** A row reduced to some fields, `me.phone` among them; what a row lacks is null. */
export function pickFields(row: unknown, fields: readonly string[]): Record<string, unknown> {
  return Object.fromEntries(fields.map((field) => [field, at(row, field) ?? null]))
}

/** The names that rows have at their first level. */
export function fieldsOf(rows: readonly unknown[]): string[] {
  return [...new Set(rows.flatMap((row) => (isRecord(row) ? Object.keys(row) : [])))]
}

/** What a row has under a name; dots lead further in. */
export function at(row: unknown, field: string): unknown {
  if (isRecord(row) && Object.hasOwn(row, field)) return row[field]
  return field.split('.').reduce<unknown>((value, name) => (isRecord(value) && Object.hasOwn(value, name) ? value[name] : undefined), row)
}

export function isRecord(value: unknown): value is Record_ {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Uint8Array)
}
