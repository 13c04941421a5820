// Writes CallCenter.Core/Phones/phone-countries.json and the vectors that check our reading of it, from libphonenumber-js:
//   npm install && node generate.mjs
// Run it when numbering plans change; commit what it writes. The build does not need Node for this.
import { createRequire } from 'node:module'
import { writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parsePhoneNumberFromString } from 'libphonenumber-js/max'

const require = createRequire(import.meta.url)
const metadata = require('libphonenumber-js/metadata.max.json')
const examples = require('libphonenumber-js/examples.mobile.json')
const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..')

// One line a plan: region, calling code, international prefix, national pattern, lengths, formats, national prefix, prefix to
// parse, transform, leading digits, types. Formats: pattern, template abroad, leading digits, template at home. Of several
// leading digits the last is the narrowest, and the only one that decides.
const plan = (region, row) => {
  const formats = (row[4] || []).map(([pattern, template, leading, rule, , abroad]) => {
    const usedAbroad = abroad === 'NA' ? '' : abroad || template
    return [pattern, usedAbroad, leading?.at(-1) ?? '', rule ? template.replace(/\$1/, rule) : template]
  })
  const types = (row[11] || []).map(type => (type ? (type[1] ? [type[0], type[1]] : [type[0]]) : 0))
  return [region, row[0], row[1] || '', row[2], row[3], formats, row[5] || '', row[7] || '', row[8] || '', row[10] || '', types]
}

const plans = Object.values(metadata.country_calling_codes).flat().filter(region => region !== '001').map(region => plan(region, metadata.countries[region]))
for (const [code, row] of Object.entries(metadata.nonGeographic)) {
  plans.push(plan('001', [code, ...row.slice(1)]))
}

writeFileSync(join(root, 'CallCenter.Core/Phones/phone-countries.json'), `[\n${plans.map(p => JSON.stringify(p)).join(',\n')}\n]\n`)

// A number of each kind and country in many spellings, with what libphonenumber-js makes of it. Only valid ones: of others our
// rules differ on purpose.
const lines = []
const seen = new Set()
const add = (text, from) => {
  const number = parsePhoneNumberFromString(text, from)
  const line = number && [text, from, number.number, number.country ?? '001', number.getType() ?? ''].join('\t')
  if (line && number.isValid() && !seen.has(line)) { seen.add(line); lines.push(line) }
}
let seed = 20261121
const random = limit => (seed = (seed * 1103515245 + 12345) % 2147483648, Math.floor(seed / 65536) % limit)
for (const region of Object.keys(metadata.countries)) {
  const [code, idd, , lengths, , trunk] = metadata.countries[region]
  const nationals = examples[region] ? [examples[region]] : []
  for (let tries = 0; tries < 4000 && nationals.length < 9; tries++) {
    const length = lengths[random(lengths.length)]
    const start = nationals[0] && random(2) ? nationals[0].slice(0, random(4)) : ''
    const digits = (start + Array.from({ length }, () => random(10)).join('')).slice(0, length)
    if (parsePhoneNumberFromString(`+${code}${digits}`)?.isValid()) nationals.push(digits)
  }
  for (const [index, national] of nationals.entries()) {
    const abroad = region === 'SA' ? 'GB' : 'SA'
    add(`+${code}${national}`, abroad)
    if (index < 4) {
      add(`00${code} ${national}`, abroad)
      if (trunk) add(`${trunk}${national}`, region)
      if (national.length > 6) add(national, region)
      if (trunk === '0') add(`+${code} (0) ${national}`, region)
      if (/^\d+$/.test(idd)) add(`${idd}${code}${national}`, region)
    }
  }
}
writeFileSync(join(root, 'CallCenter.Tests/Phones/phone-vectors.tsv'), lines.join('\n') + '\n')
console.log(plans.length, 'plans', lines.length, 'vectors')
