import type { BodyText } from '../../src/page/types.ts'
import { bytes, plural } from './format.ts'
import { Text } from './text.tsx'

interface WireProps {
  readonly title: string
  readonly headers: readonly (readonly [string, string])[]
  readonly body: BodyText
}

/** Headers and body of what went one way. */
export function Wire({ title, headers, body }: WireProps) {
  return (
    <section class="wire" aria-label={title}>
      <h3>{title}</h3>
      <details>
        <summary>{plural(headers.length, 'header')}</summary>
        <dl>
          {headers.map(([name, value], index) => (
            <div key={index}>
              <dt>{name}</dt>
              <dd>
                <Text value={value} />
              </dd>
            </div>
          ))}
        </dl>
      </details>
      {body.text === '' ? (
        <p class="note">no body</p>
      ) : (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard
        <section class="body" tabIndex={0} aria-label={`Body of the ${title.toLowerCase()}`}>
          <pre>
            <Text value={body.text} />
          </pre>
        </section>
      )}
      {body.cut && <p class="note">{`${bytes(body.size)}, not all of it is kept`}</p>}
    </section>
  )
}
