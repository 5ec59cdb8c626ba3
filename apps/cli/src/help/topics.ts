/** Texts of `wamux help NAME`, and what each is about. */
export const TOPICS: Readonly<Record<string, string>> = {
  environment: 'variables that wamux reads',
  'exit-codes': 'what a script can tell from them',
  output: 'formats, fields and filters',
  profiles: 'accounts, and which one counts',
  agents: 'for programs that use wamux',
  topics: 'this list',
}
