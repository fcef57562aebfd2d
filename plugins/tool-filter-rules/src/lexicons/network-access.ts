import { type Lexicon, set } from '../lexicon.ts'

/** Lets the model choose where to connect (a URL or host that it writes), or searches the open web. */
export const networkAccess: Lexicon = {
  alone: set('curl wget http https browse browser crawl crawler scrape scraper webhook'),
  names: new Set(['fetch', 'web', 'download', 'web fetch', 'google', 'google search', 'bing search', 'navigate']),
  pairs: [
    {
      verbs: set(`
        fetch browse download crawl scrape navigate visit request open load call ping connect access surf curl post
        retrieve get read send make
      `),
      objects: set('url uri website webpage site internet http https host hostname web'),
    },
    { verbs: set('fetch browse crawl scrape navigate visit open load'), objects: set('page link endpoint') },
    { verbs: set('call request'), objects: set('endpoint api') },
    { verbs: set('search google'), objects: set('web internet online google bing') },
  ],
  properties: set('url urls uri href endpoint host hostname base_url target_url website webhook_url link'),
  readingActs: true,
}
