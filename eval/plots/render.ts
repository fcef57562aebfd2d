/** Vega-Lite: a chart is data, and becomes SVG without a browser. Drawn to be read on white and on black. */
const ink = '#7d8590'
export const ours = '#2f81f7'
export const colours: readonly string[] = [ours, '#d29922', '#3fb950', '#db61a2', '#a371f7', '#f0883e']

const config = {
  background: 'transparent',
  font: 'system-ui, sans-serif',
  view: { stroke: null },
  axis: { labelColor: ink, titleColor: ink, gridColor: ink, gridOpacity: 0.25, domainColor: ink, tickColor: ink },
  legend: { labelColor: ink, titleColor: ink, orient: 'bottom', columns: 3, labelLimit: 400 },
  header: { labelColor: ink, titleColor: ink },
  title: { color: ink, subtitleColor: ink, anchor: 'start' },
}

/** The chart as SVG text. `spec`: Vega-Lite 6, without what all charts share. */
export async function render(spec: object): Promise<string> {
  const [{ View, parse }, { compile }] = await Promise.all([import('vega'), import('vega-lite')])
  const view = new View(parse(compile({ config, ...spec }).spec), { renderer: 'none' })
  return `${await view.toSVG()}\n`
}
