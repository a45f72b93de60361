using System.Text.Json;
using System.Text.Json.Nodes;

namespace S3ModelStore.TestServer.Samples;

/// <summary>The files of the sample model that people read.</summary>
internal static class SampleModelTexts
{
    private const string Json = "application/json";

    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, NewLine = "\n" };

    public static IEnumerable<(string Name, string ContentType, string Text)> Create(
        int hidden, int layers, int vocabulary, string[] shardNames, IReadOnlyList<SampleTensor>[] shards)
    {
        yield return ("README.md", "text/markdown", Readme);
        yield return ("config.json", Json, Config(hidden, layers, vocabulary));
        yield return ("generation_config.json", Json, GenerationConfig());
        yield return ("model.safetensors.index.json", Json, Index(shardNames, shards));
        yield return ("tokenizer.json", Json, Tokenizer(vocabulary));
        yield return ("tokenizer_config.json", Json, TokenizerConfig());
    }

    private static string Readme => """
        ---
        license: apache-2.0
        library_name: transformers
        ---
        # Sample model

        A model with the files, names and headers of a real one and weights that mean nothing.

        """.ReplaceLineEndings("\n");

    private static string Config(int hidden, int layers, int vocabulary) => new JsonObject
    {
        ["architectures"] = new JsonArray("LlamaForCausalLM"),
        ["model_type"] = "llama",
        ["hidden_size"] = hidden,
        ["intermediate_size"] = hidden * 4,
        ["num_attention_heads"] = hidden / 8,
        ["num_hidden_layers"] = layers,
        ["vocab_size"] = vocabulary,
        ["max_position_embeddings"] = 4096,
        ["rms_norm_eps"] = 1e-5,
        ["bos_token_id"] = 1,
        ["eos_token_id"] = 2,
        ["tie_word_embeddings"] = false,
        ["torch_dtype"] = "bfloat16",
    }.ToJsonString(Indented);

    private static string GenerationConfig() => new JsonObject
    {
        ["bos_token_id"] = 1,
        ["eos_token_id"] = 2,
        ["do_sample"] = true,
        ["temperature"] = 0.7,
        ["max_length"] = 4096,
    }.ToJsonString(Indented);

    private static string TokenizerConfig() => new JsonObject
    {
        ["tokenizer_class"] = "PreTrainedTokenizerFast",
        ["bos_token"] = "<s>",
        ["eos_token"] = "</s>",
        ["unk_token"] = "<unk>",
        ["model_max_length"] = 4096,
    }.ToJsonString(Indented);

    private static string Tokenizer(int vocabulary)
    {
        var entries = new JsonObject { ["<unk>"] = 0, ["<s>"] = 1, ["</s>"] = 2 };
        for (var id = entries.Count; id < vocabulary; id++)
            entries[$"token{id}"] = id;

        return new JsonObject
        {
            ["version"] = "1.0",
            ["added_tokens"] = new JsonArray(),
            ["model"] = new JsonObject { ["type"] = "BPE", ["unk_token"] = "<unk>", ["vocab"] = entries, ["merges"] = new JsonArray() },
        }.ToJsonString(Indented);
    }

    private static string Index(string[] shardNames, IReadOnlyList<SampleTensor>[] shards)
    {
        var weightMap = new JsonObject();
        long total = 0;
        for (var i = 0; i < shards.Length; i++)
        {
            foreach (var tensor in shards[i])
            {
                weightMap[tensor.Name] = shardNames[i];
                total += tensor.ByteLength;
            }
        }

        return new JsonObject { ["metadata"] = new JsonObject { ["total_size"] = total }, ["weight_map"] = weightMap }.ToJsonString(Indented);
    }
}
