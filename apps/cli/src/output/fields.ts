type UnknownRecord = Readonly<Record<string, unknown>>

/** The rows of a command's data: the entries of a list, or the data itself. */
export function rowsOf(data: unknown): readonly unknown[] {
  return Array.isArray(data) ? data : [data]
}

/** Some fields of a row; `me.phone` looks inside `me`. A missing field is null. */
export function pickFields(row: unknown, fields: readonly string[]): Record<string, unknown> {
  return Object.fromEntries(fields.map((field) => [field, at(row, field) ?? null]))
}

/** The field names of the rows, first level only. */
export function fieldsOf(rows: readonly unknown[]): string[] {
  return [...new Set(rows.flatMap((row) => (isRecord(row) ? Object.keys(row) : [])))]
}

/** The value of a field; a dot leads into an object. */
export function at(row: unknown, field: string): unknown {
  if (isRecord(row) && Object.hasOwn(row, field)) return row[field]
  return field.split('.').reduce<unknown>((value, name) => (isRecord(value) && Object.hasOwn(value, name) ? value[name] : undefined), row)
}

export function isRecord(value: unknown): value is UnknownRecord {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Uint8Array)
}
