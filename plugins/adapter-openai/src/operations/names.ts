/**
 * Member names of the operations' requests, responses and frames in the provider's OpenAPI document and in what Azure adds
 * to them, and the keywords of JSON Schema: the vocabulary in which nobody's text can stand. Every other name is inspected.
 */
export const NAMES: readonly string[] = `
  $defs $ref $schema accepted_prediction_tokens acknowledged_safety_checks action actions
  additionalProperties after agent agent_name allOf allowed_callers allowed_domains allowed_tools
  always anchor annotation annotation_index annotations anyOf api-version approval_request_id
  approve approximate arguments attributes audio audio_tokens author authorization avg_logprob
  background best_of billing blocklists body button bytes cache_write_tokens cached_tokens call_id
  caller caller_id cancelled_at cancelling_at categories category_applied_input_types
  category_scores check_offset choices chunking_strategy city code command command_index commands
  compact_threshold completed completed_at completion_tokens completion_tokens_details
  completion_window compression_ratio connector_id const container container_id content
  content_filter_offsets content_filter_result content_filter_results content_index context
  context_management conversation country created created_at created_by custom custom_blocklists
  custom_id data default defer_loading definition definitions deleted delta description detail
  details detected diff dimensions display_height display_width domain domain_secrets duration echo
  effort embedding embedding_weight enabled encoding_format encrypted_content end end_index
  end_offset endpoint enum env environment error error_file_id errors examples exclusiveMaximum
  exclusiveMinimum execution exit_code expired_at expires_after expires_after[anchor]
  expires_after[seconds] expires_at external_web_access failed failed_at file file_data file_id
  file_ids file_url filename filtered filters finalizing_at fingerprint finish_reason first_id
  flagged format frequency_penalty function function_call functions generate_summary grammar
  harassment harassment/threatening has_more hate hate/threatening headers hybrid_search id illicit
  illicit/violent image_tokens image_url in_progress_at include include_obfuscation include_usage
  incomplete_details index indirect_attack innererror input input_audio input_fidelity input_file_id
  input_image_mask input_schema input_token_details input_tokens input_tokens_details instructions
  item item_id items jailbreak json_schema keepalive key keys keywords known_speaker_names
  known_speaker_references language languages last_id limit line logit_bias logprob logprobs logs
  maxItems maxLength max_completion_tokens max_concurrent_subagents max_num_results
  max_output_length max_output_tokens max_tokens max_tool_calls maximum media_type memory_limit
  message messages metadata method minItems minLength minimum modalities mode model moderation
  multi_agent n name namespace network_policy never no_speech_prob not nullable obfuscation object
  oneOf operation outcome output output_compression output_expires_after output_file_id
  output_format output_index output_schema output_text output_tokens output_tokens_details outputs
  owned_by parallel_tool_calls param parameters part partial_image_b64 partial_image_index
  partial_images path pattern payer pending_safety_checks personality phase policy prediction
  prefix_padding_ms presence_penalty previous_response_id profanity prompt prompt_annotations
  prompt_cache_breakpoint prompt_cache_key prompt_cache_options prompt_cache_retention
  prompt_filter_results prompt_index prompt_tokens prompt_tokens_details properties
  protected_material_code protected_material_text purpose quality queries query ranker
  ranking_options read_only reason reasoning reasoning_content reasoning_effort reasoning_tokens
  recipient refusal region rejected_prediction_tokens request_counts request_id require_approval
  required response response_format result results revised_prompt role safety_identifier schema
  score score_threshold scroll_x scroll_y search_content_types search_context_size seconds seed seek
  segment_id segments self-harm self-harm/instructions self-harm/intent self_harm sequence_number
  server_description server_label server_url service_tier severity sexual sexual/minors
  shutdown_date silence_duration_ms size skill_id skills source sources speaker start start_index
  start_offset status status_code status_details stderr stdout stop store stream stream_options
  strict suffix summary summary_index syntax system_fingerprint task temperature text text_offset
  text_tokens text_weight threshold timeout_ms timestamp_granularities timezone title token
  token_logprobs tokens tool_call_id tool_calls tool_choice tool_names tools top_logprobs top_p
  total total_tokens transcript truncation ttl tunnel_id type uniqueItems url url_citation usage
  user user_location value variables vector_store_ids verbosity version violence violence/graphic
  voice web_search_options word words working_directory x y
`
  .trim()
  .split(/\s+/)
