/** Where a value breaks its JSON Schema, in the form that Ajv reports. */
export interface SchemaError {
  /** `additionalProperties` */
  readonly keyword: string
  /** JSON pointer: `/replies/0/when` */
  readonly instancePath: string
  readonly params: Readonly<Record<string, unknown>>
  /** The part of the schema that has the keyword. */
  readonly parentSchema?: { readonly properties?: object; readonly examples?: readonly unknown[] }
  readonly message?: string
}

/** Checks a value; `errors` are those of the last call. */
export interface SchemaCheck {
  (value: unknown): boolean
  readonly errors?: readonly SchemaError[] | null
}

/** Whether a text is a regular expression, as replies match with it. */
export function isExpression(text: string): boolean {
  try {
    new RegExp(text, 'iu')
    return true
  } catch {
    return false
  }
}
