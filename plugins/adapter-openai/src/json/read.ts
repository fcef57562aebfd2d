// What every adapter needs of JSON is the core's; this file keeps its names short here.
export {
  asArray,
  asCount,
  asObject,
  asString,
  asText,
  elementsOf,
  jsonIn as parseJson,
  jsonText,
  member,
  rootOf,
} from '@sluice/core'
