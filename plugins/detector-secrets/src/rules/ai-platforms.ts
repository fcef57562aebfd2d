import { format } from '../format.ts'
import type { SecretRule } from '../secret-rule.ts'

/**
 * Formats as they are described by the key pages of each vendor's documentation (cerebras.ai, fireworks.ai, docs.tavily.com, langfuse.com, …).
 * Written from memory, and not looked up again.
 */
export const aiPlatformRules: readonly SecretRule[] = [
  format('cerebras-api-key', 'Cerebras API key', 'csk-{lowan:48}'),
  format('fireworks-api-key', 'Fireworks AI API key', ['fw_{an:22-24}', 'fpk_{an:22-32}']),
  format('together-api-key', 'Together AI API key', 'tgp_v1_{url:43}'),
  format('langfuse-secret-key', 'Langfuse secret key', 'sk-lf-{uuid}'),
  format('pinecone-api-key', 'Pinecone API key', ['pcsk_{an:5-6}_{an:60-64}', 'pclocal_{an:40-64}']),
  format('voyage-api-key', 'Voyage AI API key', 'pa-{url:43}'),
  format('jina-api-key', 'Jina AI API key', 'jina_{hex:32}{url:28}'),
  format('tavily-api-key', 'Tavily API key', ['tvly-{an:32}', 'tvly-dev-{url:32-64}', 'tvly-prod-{url:32-64}']),
  format('firecrawl-api-key', 'Firecrawl API key', 'fc-{hex:32}'),
  format('e2b-api-key', 'E2B API key', ['e2b_{hex:40}', 'sk_e2b_{hex:40}']),
  format('modal-token', 'Modal token secret', ['as-{an:22}', 'wk-{an:22}', 'ws-{an:22}']),
  format('elevenlabs-api-key', 'ElevenLabs API key', 'sk_{hex:48}'),
  format('wandb-api-key', 'Weights & Biases API key', 'wandb_v1_{url:40-90}'),
  format('anyscale-api-key', 'Anyscale API key', 'esecret_{an:22-40}'),
  format('friendli-token', 'Friendli token', 'flp_{an:40-60}'),
  format('helicone-api-key', 'Helicone API key', [
    'sk-helicone-{lowan:7}-{lowan:7}-{lowan:7}-{lowan:7}',
    'pk-helicone-{lowan:7}-{lowan:7}-{lowan:7}-{lowan:7}',
  ]),
  format('llama-cloud-api-key', 'LlamaCloud API key', 'llx-{an:48}'),
  format('vectara-api-key', 'Vectara API key', ['zwt_{url:36-44}', 'zqt_{url:36-44}', 'zut_{url:36-44}']),
  format('composio-api-key', 'Composio API key', 'ak_{url:20}'),
  format('browserbase-api-key', 'Browserbase API key', ['bb_live_{url:22-40}', 'bb_test_{url:22-40}']),
  format('runpod-api-key', 'RunPod API key', ['rpa_{upan:34}{lowan:6-12}', 'rps_{upan:34}{lowan:6-12}']),
  format('salad-cloud-api-key', 'SaladCloud API key', 'salad_cloud_user_{an:40-80}'),
  format('mem0-api-key', 'Mem0 API key', 'm0-{an:40}'),
  format('braintrust-api-key', 'Braintrust API key', 'sk-{an:48}-bt', { confidence: 0.9 }),
  format('dify-api-key', 'Dify application or dataset key', ['app-{an:24}', 'dataset-{an:24}'], { confidence: 0.8 }),
  format('kimi-api-key', 'Kimi Code key', 'sk-kimi-{an:48-72}'),
  format('openai-session-token', 'OpenAI service or session token', ['sess-{an:40}', 'sk-None-{url:40-160}']),
  format('langsmith-legacy-api-key', 'LangSmith API key (older form)', 'ls__{hex:32}'),
  format('huggingface-user-token', 'Hugging Face OAuth token', ['hf_oauth_{url:60-600}', 'hf_jwt_{url:60-600}']),
  format('kaggle-api-token', 'Kaggle API token', 'KGAT_{hex:32}'),
]
