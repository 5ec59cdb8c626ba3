import { invalidInput } from '@wamux/core'

/** A text with places for values: `Hello {name}`. */
export interface Template {
  /** Names of the places, each once. */
  readonly names: readonly string[]
  /**
   * Fills the places.
   *
   * @param values a value for each name
   * @returns the text
   * @throws {GatewayError} `invalid_request`: a value is missing or empty
   */
  fill(values: Readonly<Record<string, string | undefined>>): string
}

/**
 * Reads a template. `{name}` is a place for a value; `{{` and `}}` are the braces themselves.
 *
 * @param text the template
 * @param field input field to name in errors. Default `template`
 * @returns the template, to be filled any number of times
 * @throws {GatewayError} `invalid_request`: a brace has no partner, or a place has no name
 */
export function readTemplate(text: string, field = 'template'): Template {
  const parts: { readonly literal: string; readonly name?: string }[] = []
  let literal = ''
  for (let at = 0; at < text.length; at++) {
    const one = text[at] ?? ''
    if (one !== '{' && one !== '}') literal += one
    else if (text[at + 1] === one) {
      literal += one
      at++
    } else {
      const end = one === '{' ? text.indexOf('}', at) : -1
      const name = text.slice(at + 1, end).trim()
      if (end < 0 || name === '' || name.includes('{')) {
        throw invalidInput(field, `expected {name} at character ${at + 1}; a brace of the text itself is written twice`)
      }
      parts.push({ literal, name })
      literal = ''
      at = end
    }
  }
  parts.push({ literal })
  const names = [...new Set(parts.flatMap(({ name }) => name ?? []))]
  return {
    names,
    fill: (values) =>
      parts
        .map(({ literal: before, name }) => {
          if (name === undefined) return before
          const value = Object.hasOwn(values, name) ? values[name] : undefined
          if (value === undefined || value.trim() === '') throw invalidInput(name, `expected a value for {${name}}`)
          return before + value
        })
        .join(''),
  }
}
