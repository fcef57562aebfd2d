/** What the name of a query field says of its value, whatever its case and separators. */
export interface NameRoles {
  /** What only a thief would send. */
  readonly stolen: boolean
  /** What holds content, and has no use in the address of a picture. */
  readonly content: boolean
  /** What may hold anything. */
  readonly data: boolean
  /** What is shown in a picture: badges, banners; and what analytics are told. */
  readonly display: boolean
  /** Signatures and their like, which are opaque by nature. */
  readonly signing: boolean
}

const stolen =
  words(`exfil exfiltrate exfiltrated exfildata leak leaked leaks stolen steal loot dump dumped secret secrets
  conversation conversations chathistory chatlog conversationhistory transcript systemprompt sysprompt instructions userdata
  userinput sensitive confidential creds credentials password passwd pwd passphrase ssn creditcard cardnumber cvv
  userprompt usermessage privatekey memories envvars pw otp pan iban card`)
const content = words(`data info information payload note notes summary content contents msg message body details report
  record records document input output answer response result results customer session cookie cookies dob balance address
  phone prompt history memory private chat cc account`)
const data =
  words(`data d q c m msg message messages text txt body content contents info information payload p log logs l
  s x input output value val v result results response answer summary note notes context email mail e user username u
  param params str string enc encoded b64 base64 hex query question search document doc file address phone name names
  customer account dob balance k key apikey i b cmd out report details record records session cookie cookies token t prompt chat
  history memory private env collected stuff r h n`)
const display = words(`label title caption alt lines font family style desc description color colour theme upmessage
  downmessage suffix prefix header section subtitle heading customtitle watermark logo format`)
const signing =
  words(`sig signature expires exp keypairid policy token jwt hash hm hmac sv se sp sr st spr skoid sktid oh
  oe ex is sqp rs ixlib ixid auth accesstoken awsaccesskeyid googleaccessid s t v cb ts nonce etag verify alg code state
  codechallenge clientid integrity checksum md5 sha1 sha256 key e gid sdata fbclid gclid msclkid`)

const tells = /^(?:exfil|stolen|steal|leaked|loot)/

export function rolesOf(name: string): NameRoles {
  const plain = name
    .slice(0, 64)
    .toLowerCase()
    .replace(/[^a-z0-9]/g, '')
  const isStolen = stolen.has(plain) || tells.test(plain)
  return {
    stolen: isStolen,
    content: content.has(plain),
    data: isStolen || data.has(plain) || content.has(plain),
    display: display.has(plain) || /^utm|..name$/.test(plain),
    signing: signing.has(plain) || /^(?:xamz|xgoog|xms|nc|utm|amp)/.test(plain),
  }
}

/** A folder that says that what is below it was taken. */
export function isLoot(segment: string): boolean {
  return /^(?:exfil\w*|stolen|steal|leak(?:ed|s)?|loot|dump)$/i.test(segment)
}

function words(list: string): ReadonlySet<string> {
  return new Set(list.split(/\s+/))
}
