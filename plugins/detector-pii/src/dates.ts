/** Is it a day of the calendar? A year of two digits is one in which it may have been a day. */
export function isDay(year: string, month: string, day: string): boolean {
  const last = daysOf[Number(month) - 1]
  if (last === undefined) return false
  const number = Number(day)
  if (number < 1 || number > last) return false
  if (number < 29 || month !== '02') return true
  const numeral = Number(year)
  return year.length === 2 ? numeral % 4 === 0 : (numeral % 4 === 0 && numeral % 100 !== 0) || numeral % 400 === 0
}

/** Six digits: year, month, day. */
export function isDayYmd(text: string): boolean {
  return isDay(text.slice(0, 2), text.slice(2, 4), text.slice(4, 6))
}

/** Six digits: day, month, year. */
export function isDayDmy(text: string): boolean {
  return isDay(text.slice(4, 6), text.slice(2, 4), text.slice(0, 2))
}

const daysOf = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
