import { type TObject, Type } from '@sinclair/typebox'

const closed = { additionalProperties: false }
const amount = (description: string, value: number) =>
  Type.Optional(Type.Number({ minimum: 0, maximum: 1000, description, default: value }))
const count = (minimum: number, description: string, value: number) =>
  Type.Optional(Type.Integer({ minimum, maximum: 1_000_000_000, description, default: value }))
const group = <Group extends TObject>(schema: Group) =>
  Type.Optional(Type.Unsafe<Group['static']>({ ...schema, default: {} }))

const ceilings = Type.Object(
  {
    BASIC: amount('Of a claimed identity.', 25),
    STANDARD: amount('Of a standard identity.', 50),
    VERIFIED: amount('Of a verified identity.', 80),
    STRONG: amount('Of a strongly verified identity.', 95),
  },
  { ...closed, description: 'The most trust an identity of each strength can have.' },
)

const signal = Type.Object(
  {
    LOW: amount('Of a detection of severity LOW.', 10),
    MEDIUM: amount('Of a detection of severity MEDIUM.', 30),
    HIGH: amount('Of a detection of severity HIGH.', 60),
    CRITICAL: amount('Of a detection of severity CRITICAL.', 100),
  },
  { ...closed, description: 'What the severest detection of an exchange adds.' },
)

const risk = Type.Object(
  {
    signal: group(signal),
    perViolation: amount('What each earlier violation of the actor adds.', 2),
    maxViolations: amount('The most that violations add.', 50),
    distrust: amount('Added for each point of trust the actor lacks.', 0.3),
    credentialsSeen: amount('Credentials were seen in the session.', 30),
    sensitiveThenOutbound: amount('Sensitive data was seen in the session, and a tool that reaches out is called.', 20),
    highVolume: amount('The session has a high volume.', 10),
    highVolumeFrom: count(1, 'Interactions of a session from which its volume is high.', 100),
    maxSession: amount('The most that the session adds.', 50),
  },
  { ...closed, description: 'Risk of an exchange, 0 to 100: the sum of these, cut at 100.' },
)

export const trustSchema = Type.Object(
  {
    cleanInteraction: amount('Earned by a clean interaction.', 0.2),
    warmupInteractions: count(0, 'The first so many earn half.', 5),
    violation: amount('Lost by a violation.', 1),
    dailyEarnings: amount('The most that clean interactions earn in a UTC day.', 5),
    restorationPerDay: amount('Restored for each day without a request. 0: nothing is.', 0),
    claimsThatBindKey: count(1, 'So many quarantined claims under one key quarantine the key.', 3),
    ceilings: group(ceilings),
    risk: group(risk),
  },
  { ...closed, description: 'Trust of actors, 0 to 100.' },
)
