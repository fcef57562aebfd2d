import type { SluiceErrorCode } from './errors.ts'

/** What the person who meets an error can know and do. `docs/errors.md` is made from it. */
export interface ErrorSpec {
  readonly cause: string
  readonly remedy: string
}

export const errorCatalog: Readonly<Record<SluiceErrorCode, ErrorSpec>> = {
  SLUICE_CONFIG_NOT_FOUND: {
    cause: 'There is no configuration file where one was named or looked for.',
    remedy: 'Name it with `--config FILE`, or run `sluice serve` once without one: it writes a first `sluice.yaml`.',
  },
  SLUICE_CONFIG_INVALID: {
    cause: 'The configuration has mistakes. All of them are listed, each with its path and line.',
    remedy: 'Mend what is listed; `sluice check` tells without serving. docs/configuration.md has every option.',
  },
  SLUICE_PLUGIN_NOT_FOUND: {
    cause: 'No package of that name from the configuration’s folder or the gateway’s installation, or no such file.',
    remedy: 'Install the package beside the configuration file, or correct the name: names are exact.',
  },
  SLUICE_PLUGIN_INVALID: {
    cause: 'The module exports no plugin, or the plugin made something that is not what its kind must be.',
    remedy: 'Report it to the plugin’s author; docs/writing-a-detector.md says what a plugin exports.',
  },
  SLUICE_PLUGIN_SPEC_UNSUPPORTED: {
    cause: 'The plugin was written for another version of the protocol; the message names both.',
    remedy: 'Install a version of the plugin for this gateway, or the other way round.',
  },
  SLUICE_PLUGIN_OPTIONS_INVALID: {
    cause: 'The plugin’s options do not fit its own schema.',
    remedy: 'Mend what is listed; the plugin’s README has its options.',
  },
  SLUICE_PLUGIN_FAILED: {
    cause: 'A plugin threw or answered nonsense: while it was created, or (in a record) during an exchange.',
    remedy: 'Look at the plugin named. During an exchange `onError` decides; by default nothing was let through.',
  },
  SLUICE_PLUGIN_TIMEOUT: {
    cause: 'A plugin took longer than its `timeoutMs`.',
    remedy: 'Look at the plugin named, or give it more time.',
  },
  SLUICE_SECRET_MISSING: {
    cause: 'The configuration names `${env:NAME}` and the environment has no such variable.',
    remedy: 'Set the variable, or write `${env:NAME:-default}`.',
  },
  SLUICE_STORE_FAILED: {
    cause: 'The store cannot be opened, read or written.',
    remedy: 'The message says what failed: the path, its permissions, a newer version’s database.',
  },
  SLUICE_ENVIRONMENT_UNSAFE: {
    cause:
      'The environment undoes what the gateway is for: TLS verification off, or a base URL that is the gateway itself.',
    remedy: 'Unset the variable the message names, or correct `baseUrl`.',
  },
  SLUICE_LISTEN_FAILED: {
    cause: 'The address cannot be listened on; mostly another process has the port.',
    remedy: 'Choose another with `--port`, or stop the other process.',
  },
  SLUICE_USAGE: {
    cause: 'The command line was not understood.',
    remedy: '`sluice --help` and `sluice COMMAND --help` list what there is.',
  },
}
