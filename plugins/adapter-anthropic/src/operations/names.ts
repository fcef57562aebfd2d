/**
 * Member names of the operations' requests, responses and events in the types of the provider's own client, and the
 * keywords of JSON Schema: the vocabulary in which nobody's text can stand. Every other name is inspected.
 */
export const NAMES: readonly string[] = `
  $defs $ref $schema active adaptive additionalProperties allOf allowed_callers allowed_domains allowed_tools anyOf
  applied_edits archived_at authorization_token batch batches betas between_tools bill_to billing_policy
  block_binding blocked_domains budget_tokens cache_control cache_creation cache_creation_input_tokens
  cache_miss_reason cache_missed_input_tokens cache_read_input_tokens caching caller cancel_initiated_at canceled
  capabilities category citation citations cited_text city clear_at clear_at_least clear_thinking_20251015
  clear_tool_inputs clear_tool_uses_20250919 cleared_input_tokens cleared_thinking_turns cleared_tool_uses
  client_tool_results close_tab code_execution command compact_20260112 compaction configs const container content
  content_block context context_management coordinate country created_at cursor_position custom_id data default
  default_config defer_loading definition definitions delta deprecated_at depth description details diagnostics
  disable_parallel_tool_use disabled display display_height_px display_name display_number display_width_px
  document_ids document_index document_title double_click download_id duration eager_input_streaming edits effort
  enable_zoom enabled encrypted_content encrypted_index encrypted_stdout end_block_index end_char_index
  end_page_number ended_at enum ephemeral_1h_input_tokens ephemeral_5m_input_tokens error error_code error_message
  errored estimated_tokens examples exclude_tools exclusiveMaximum exclusiveMinimum expired expires_at explanation
  fallback_credit fallback_credit_token fallback_has_prefill_claim fallbacks file_id file_text file_type file_upload
  filter find first_id form_input format from get_page_text has_more high hold_key hover id image_input index
  inference_geo input input_examples input_schema input_tokens input_transformations insert_line insert_text
  instructions is_error is_file_update items iterations javascript_exec keep key last_id left_click left_click_drag
  left_mouse_down left_mouse_up lifecycle line lines list_tabs low max maxItems maxLength max_characters
  max_content_tokens max_input_tokens max_side_length_pixels max_tokens max_uses maximum mcp_server_name mcp_servers
  media_type medium message messages metadata middle_click minItems minLength minimum mode model modifiers
  mouse_move name navigate new_lines new_path new_start new_str new_tab not nullable num_lines old_lines old_path
  old_start old_str oneOf original_input_tokens output_config output_format output_tokens output_tokens_details
  oversized_image page_age params partial_json path paths pattern pause_after_compaction pdf_input
  prefix_mismatch_behavior previous_message_id processing processing_status properties query read_console
  read_network read_page reason recommended_model ref region remaining remove_to_redeem repeat request_counts
  request_id requests required response_inclusion result results_url retires_at retrieved_at return_code right_click
  role schema screenshot scroll scroll_amount scroll_direction scroll_to search_result_index server_name
  server_tool_results server_tool_use server_tools service_tier signature size_bytes skill_id skills source speed
  start_block_index start_char_index start_coordinate start_line start_page_number state_changes status stderr
  stdout stop_details stop_reason stop_sequence stop_sequences stream strict structured_outputs succeeded supported
  switch_tab system tab_id tabs target task_budget text thinking thinking_tokens thread timezone title to token tool
  tool_changes tool_choice tool_configuration tool_id tool_name tool_references tool_use_id tools toolset_name total
  total_lines transformations trigger triple_click ttl type types uniqueItems unsupported url url_sources usage
  use_cache user_id user_input user_location user_profile_id value version view_range wait web_fetch_requests
  web_search web_search_requests workspace_id x xhigh y zoom
`
  .trim()
  .split(/\s+/)
