import { readFileSync } from 'node:fs'

/** @typedef {{ label: string, reference?: true, pages: { page: string, label: string }[] }} Section */

/** @type {Section[]} */
const sections = JSON.parse(readFileSync(new URL('./sections.json', import.meta.url), 'utf8'))
// a reference has its own side bar: all of them in one would be 150 lines
const written = sections.filter(({ reference }) => !reference)
const references = sections.filter(({ reference }) => reference)
const BACK = { items: [{ text: '← All pages', link: '/guide' }] }
const link = (/** @type {string} */ page) => `/${page.replace(/(^|\/)index$/, '$1')}`

/** @param {Section} section */
function folderOf({ pages: [first] }) {
  return `/${first.page.replace(/[^/]*$/, '')}`
}

/** @param {Section} section */
function group({ label, pages }) {
  return { text: label, items: pages.map((one) => ({ text: one.label, link: link(one.page) })) }
}

/** @param {Section} section */
function entry({ label, pages: [first] }) {
  return { text: label, link: link(first.page) }
}

export default {
  title: 'wamux',
  description: 'One typed contract over the WhatsApp gateways WAHA, Wawp, WARest and SparkBot',
  lang: 'en',
  cleanUrls: true,
  lastUpdated: false,
  markdown: { theme: { light: 'github-light-high-contrast', dark: 'github-dark-high-contrast' } },
  themeConfig: {
    search: { provider: 'local' },
    outline: { level: 2 },
    nav: [
      { text: 'Start', link: '/start' },
      { text: 'Guide', link: '/guide' },
      { text: 'Verbs', link: '/verbs/' },
      { text: 'Command line', link: '/cli' },
      { text: 'n8n', link: '/n8n' },
    ],
    sidebar: {
      ...Object.fromEntries(references.map((section) => [folderOf(section), [BACK, group(section)]])),
      '/': [...written.map(group), { text: 'References', items: references.map(entry) }],
    },
    socialLinks: [{ icon: 'github', link: 'https://github.com/wamux/wamux' }],
    footer: { message: 'MIT licence. wamux is an independent project; WhatsApp and the gateways are trademarks of their owners.' },
  },
}
