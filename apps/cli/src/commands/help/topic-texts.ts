/** A paragraph, lines without wrapping, or a list of names with descriptions. */
export type TopicParts =
  | string
  | { readonly title: string; readonly lines: readonly string[] }
  | { readonly title: string; readonly entries: readonly (readonly [name: string, about: string])[] }

/** The texts of `wamux help NAME`. */
export const paragraphs: Readonly<Record<string, readonly TopicParts[]>> = {
  environment: [
    'Variables are for one shell, and override the profile in use. --profile and WAMUX_PROFILE override the variables of gateways.',
    {
      title: 'wamux',
      entries: [
        ['WAMUX_PROFILE', 'name of the profile to use'],
        ['WAMUX_SESSION', 'the session of commands that name none; --session and an argument override it'],
        ['WAMUX_SPEC_USER, WAMUX_SPEC_PASSWORD', 'for wamux spec diff, where the document is behind a password'],
        ['WAMUX_CONFIG_DIR', 'folder of the configuration; default wamux below XDG_CONFIG_HOME, %APPDATA% or ~/.config'],
        ['WAMUX_DATA_DIR', "folder of the outbox's file; default wamux below XDG_DATA_HOME, %LOCALAPPDATA% or ~/.local/share"],
        ['WAMUX_OUTBOX_STORE', 'what wamux outbox takes without --store'],
        ['WAMUX_OUTBOX_POSTGRES_URL', 'address of the database of wamux outbox --store postgres'],
        ['WAMUX_SECRETS', 'file: keep secrets in a file, also where there is a keychain'],
        ['XDG_CACHE_HOME', 'where compiled code and the words for completion are kept; they can be deleted at any time'],
      ],
    },
    {
      title: 'Terminal',
      entries: [
        ['NO_COLOR, CLICOLOR=0', 'no colours'],
        ['FORCE_COLOR, CLICOLOR_FORCE', 'colours also where there is no terminal'],
        ['COLUMNS', 'how wide the terminal is, where it does not say so itself'],
      ],
    },
    'wamux sends only the requests of the command: no telemetry, no check for updates.',
  ],
  output: [
    'Data goes to stdout, messages for people to stderr. A table is for people; in a pipe it has tabs between its cells, no padding, and always the same columns: cut -f1. The other formats are for programs.',
    {
      title: 'Formats',
      entries: [
        ['--json', 'one JSON document; an error is one JSON object on stderr'],
        ['--json=id,me.phone', 'only these fields of each row; a dot leads into an object'],
        ['--output ndjson', 'one line of JSON for each row, as soon as it is there'],
        ['--output csv', 'RFC 4180; lists and objects as JSON, the gateway’s own answer (raw) left out'],
        [
          '--csv-raw',
          "keep texts that begin with = + - @ tab or a line break; otherwise they get a ' in front, so that no spreadsheet runs them",
        ],
        ['--show-secrets', 'keys, tokens and passwords in answers are hidden in every format without it'],
        ['--output yaml', 'the same as --json, in YAML'],
        ['--jq FILTER', 'what the filter makes of the JSON: text as it is, all else as JSON'],
      ],
    },
    {
      title: 'Examples',
      lines: [
        'wamux session list --json=session,state',
        `wamux session list --jq '.sessions[] | select(.state != "connected") | .session'`,
        'wamux chat list default --all --output ndjson > chats.ndjson',
        'wamux contact list default --all --json=phone,name --output csv',
      ],
    },
    'The filter is jqjs, jq written in JavaScript. It lacks try/catch, label/break, destructuring (. as {a:$x}), limit of repeat, strftime, input, env, modules, SQL-style JOIN on streams, and numbers beyond 2^53; regular expressions are those of JavaScript, text counts in UTF-16, and del() on a list leaves null in its place. A filter that cannot be read is refused before anything is sent.',
  ],
  profiles: [
    'A profile is one account of one gateway: where it is, and its credentials. There may be several for each gateway.',
    {
      title: 'Commands',
      lines: [
        'wamux profile add                  # asks, tests, saves',
        'wamux profile list',
        'wamux profile use shop',
        'wamux profile use shop --session sales   # commands without a session mean this one',
        'wamux session list --profile shop',
      ],
    },
    {
      title: 'Which one counts',
      entries: [
        ['1', '--profile NAME'],
        ['2', 'WAMUX_PROFILE'],
        ['3', 'the variables of a gateway, WAMUX_WAHA_API_KEY: wamux help environment'],
        ['4', 'the profile in use, or the only one'],
      ],
    },
    '--gateway waha limits all of these to one gateway.',
    'Secrets are in the keychain of the system where one can be reached (macOS Keychain, Windows Credential Manager, Secret Service), else in secrets.json beside the configuration, which only you can read; wamux says which. They are never taken from the command line, where others can see them.',
  ],
  agents: [
    'For programs that write programs: wamux is predictable, says what it would do, and never sends a message twice.',
    {
      title: 'How to find what there is',
      lines: [
        'wamux capabilities --json                      # which gateway has which verb',
        'wamux operations --search "pin message" --json # every operation, with its safety and evidence',
        'wamux waha messages send-text --help           # fields, limits, an example',
      ],
    },
    {
      title: 'How to try without effect',
      lines: [
        'wamux message send-text default +4915112345678 "Hi" --dry-run --json',
        'wamux emulate --json                           # four gateways on this machine',
      ],
    },
    {
      title: 'Rules',
      entries: [
        ['--no-input', 'wamux never asks: a command that would ask fails with exit code 2, unless --yes is given'],
        ['exit code 8', 'it may have been done: check (message list, session get) before you repeat anything'],
        ['exit code 7', 'the gateway has no such verb; the error names those that it has, none of which does the same'],
        ['safety', 'read, converge (may be repeated), create, send (never by itself), danger (asks first)'],
        ['audience', 'who is touched: nobody else, others (they see it), access (somebody gains access or data)'],
        ['secrets', 'hidden in all that is printed, [redacted]; agents over wamux mcp never get them'],
        ['evidence', 'verified: seen. node-label and inferred: concluded from similar operations, may be wrong'],
      ],
    },
  ],
}
