import { NAMES } from '../operations/names.ts'

/** Member names of the Realtime API's events in the provider's OpenAPI document, beside those of its other endpoints. */
export const REALTIME_NAMES: readonly string[] = [
  ...NAMES,
  ...`
  allowed_callers always approval_request_id approve audio_end_ms audio_start_ms authorization
  cached_tokens_details call_id client_secret connector_id content_index conversation conversation_id
  create_response defer_loading delay eagerness effort event event_id file_url group_id headers
  idle_timeout_ms input_audio_format input_audio_noise_reduction input_audio_transcription input_schema
  instructions interrupt_response item item_id max_output_tokens max_response_output_tokens never
  noise_reduction output_audio_format output_index output_modalities output_token_details part
  post_instructions previous_item_id rate rate_limits read_only reason received_at remaining
  require_approval reset_seconds response response_id retention_ratio server_description server_label
  server_url session speed status_details token_limits tool_names tracing transcription truncation
  tunnel_id turn_detection value variables version workflow_name
`
    .trim()
    .split(/\s+/),
]
