/** The topics of `wamux help NAME`, with their descriptions. */
export const TOPICS: Readonly<Record<string, string>> = {
  environment: 'variables that wamux reads',
  'exit-codes': 'what they mean to a script',
  output: 'formats, fields and filters',
  profiles: 'accounts, and which one counts',
  agents: 'for programs that use wamux',
  topics: 'this list',
}
