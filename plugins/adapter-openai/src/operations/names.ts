/**
 * Member names of the operations' requests, responses and frames in the provider's OpenAPI document and in what Azure adds
 * to them, and the keywords of JSON Schema: the vocabulary in which nobody's text can stand. Every other name is inspected.
 */
export const NAMES: readonly string[] = `
  $defs $ref $schema accepted_prediction_tokens additionalProperties after allOf
  allowed_tools anchor annotations anyOf approximate arguments audio audio_tokens
  avg_logprob best_of bytes cache_write_tokens cached_tokens cancelled_at cancelling_at
  categories category_applied_input_types category_scores choices chunking_strategy city code
  completed completed_at completion_tokens completion_tokens_details completion_window
  compression_ratio const content country created created_at custom data default
  definition definitions delta description detail dimensions duration echo embedding
  encoding_format end end_index endpoint enum error error_file_id errors examples
  exclusiveMaximum exclusiveMinimum expired_at expires_at failed failed_at file file_data
  file_id filename finalizing_at finish_reason first_id flagged format frequency_penalty
  function function_call functions grammar harassment harassment/threatening has_more hate
  hate/threatening id illicit illicit/violent image_tokens image_url in_progress_at include
  include_obfuscation include_usage index input input_audio input_file_id input_token_details
  input_tokens input_tokens_details items json_schema keywords known_speaker_names
  known_speaker_references language languages last_id limit line logit_bias logprob
  logprobs maxItems maxLength max_completion_tokens max_tokens maximum message messages
  metadata minItems minLength minimum modalities mode model moderation n name
  no_speech_prob not nullable obfuscation object oneOf output output_expires_after
  output_file_id output_tokens output_tokens_details owned_by parallel_tool_calls param
  parameters pattern policy prediction prefix_padding_ms presence_penalty prompt
  prompt_cache_breakpoint prompt_cache_key prompt_cache_options prompt_cache_retention prompt_tokens
  prompt_tokens_details properties reasoning reasoning_content reasoning_effort reasoning_tokens
  refusal region rejected_prediction_tokens request_counts required response_format results
  role safety_identifier schema search_context_size seconds seed seek segment_id segments
  self-harm self-harm/instructions self-harm/intent service_tier sexual sexual/minors
  shutdown_date silence_duration_ms speaker start start_index status stop store stream
  stream_options strict suffix syntax system_fingerprint task temperature text text_offset
  text_tokens threshold timestamp_granularities timezone title token token_logprobs tokens
  tool_call_id tool_calls tool_choice tools top_logprobs top_p total total_tokens
  transcript ttl type uniqueItems url url_citation usage user user_location verbosity
  violence violence/graphic voice web_search_options word words
  api-version blocklists check_offset content_filter_offsets content_filter_result content_filter_results
  custom_blocklists details detected end_offset filtered indirect_attack innererror jailbreak profanity
  prompt_annotations prompt_filter_results prompt_index protected_material_code protected_material_text
  self_harm severity start_offset
`
  .trim()
  .split(/\s+/)
