/** Characters that change the direction of what follows, or cannot be seen: shown by name, so that no text pretends to be another. */
const MARKS: Readonly<Record<string, string>> = {
  '\u061c': 'ALM',
  '\u200e': 'LRM',
  '\u200f': 'RLM',
  '\u202a': 'LRE',
  '\u202b': 'RLE',
  '\u202c': 'PDF',
  '\u202d': 'LRO',
  '\u202e': 'RLO',
  '\u2066': 'LRI',
  '\u2067': 'RLI',
  '\u2068': 'FSI',
  '\u2069': 'PDI',
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for
const UNSEEN = /([\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069])/

/** A text of somebody else, as text: in its own direction, which ends with it. */
export function Text({ value, class: name }: { readonly value: string; readonly class?: string }) {
  return (
    <bdi dir="auto" class={name}>
      {UNSEEN.test(value)
        ? value.split(UNSEEN).map((part, index) => (index % 2 === 1 ? <Mark key={index} character={part} /> : part))
        : value}
    </bdi>
  )
}

function Mark({ character }: { readonly character: string }) {
  const name = MARKS[character] ?? `U+${character.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}`
  return <span class="unseen">{name}</span>
}
