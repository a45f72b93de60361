using S3ModelStore.TestServer.Catalog;
using S3ModelStore.TestServer.Content;

namespace S3ModelStore.TestServer.Samples;

/// <summary>A small language model as it lies in a bucket: its JSON files, a README, two safetensors shards and their index.</summary>
public sealed class SampleModel
{
    private const int LayerCount = 8;
    private const int VocabularyPerHidden = 8;

    private static readonly string[] ShardNames = ["model-00001-of-00002.safetensors", "model-00002-of-00002.safetensors"];

    private SampleModel(string bucket, string prefix, IReadOnlyList<StoredObject> objects)
    {
        Bucket = bucket;
        Prefix = prefix;
        Objects = objects;
    }

    public string Bucket { get; }

    /// <summary>Empty, or with a slash at the end.</summary>
    public string Prefix { get; }

    public string Uri => $"s3://{Bucket}/{Prefix}";

    public IReadOnlyList<StoredObject> Objects { get; }

    public long TotalBytes => Objects.Sum(each => each.Size);

    /// <summary>Puts the model's objects under the prefix, which is given its slash if it has none.</summary>
    public static SampleModel Put(ObjectCatalog catalog, string bucket, string prefix, SampleModelOptions? options = null)
    {
        options ??= new SampleModelOptions();
        if (prefix.Length > 0 && !prefix.EndsWith('/'))
            prefix += "/";

        // Eight layers of 16 h² numbers and two embeddings of 8 h² each, two bytes a number.
        var hidden = Math.Max(8, (int)Math.Sqrt(options.WeightBytes / (2.0 * ((LayerCount * 16) + (2 * VocabularyPerHidden)))) / 8 * 8);
        var shards = Shards(hidden);
        var texts = SampleModelTexts.Create(hidden, LayerCount, hidden * VocabularyPerHidden, ShardNames, shards);
        var objects = new List<StoredObject>();
        foreach (var (name, contentType, text) in texts)
            objects.Add(catalog.Put(bucket, prefix + name, ObjectContent.FromText(text), new PutOptions { ContentType = contentType }));

        for (var i = 0; i < shards.Length; i++)
        {
            var content = SafetensorsFile.Create(shards[i], options.Seed + i);
            objects.Add(catalog.Put(bucket, prefix + ShardNames[i], content, new PutOptions { MultipartPartSize = options.MultipartPartSize }));
        }

        return new SampleModel(bucket, prefix, objects);
    }

    private static IReadOnlyList<SampleTensor>[] Shards(int hidden)
    {
        var tensors = Tensors(hidden).ToList();
        var half = tensors.Sum(tensor => tensor.ByteLength) / 2;
        long before = 0;
        var count = tensors.TakeWhile(tensor => (before += tensor.ByteLength) <= half).Count();
        return [tensors[..count], tensors[count..]];
    }

    private static IEnumerable<SampleTensor> Tensors(int hidden)
    {
        long vocabulary = hidden * VocabularyPerHidden;
        long inner = hidden * 4;
        yield return new("model.embed_tokens.weight", [vocabulary, hidden]);
        for (var layer = 0; layer < LayerCount; layer++)
        {
            var name = $"model.layers.{layer}.";
            yield return new(name + "input_layernorm.weight", [hidden]);
            foreach (var projection in (string[])["q", "k", "v", "o"])
                yield return new($"{name}self_attn.{projection}_proj.weight", [hidden, hidden]);

            yield return new(name + "post_attention_layernorm.weight", [hidden]);
            yield return new(name + "mlp.gate_proj.weight", [inner, hidden]);
            yield return new(name + "mlp.up_proj.weight", [inner, hidden]);
            yield return new(name + "mlp.down_proj.weight", [hidden, inner]);
        }

        yield return new("model.norm.weight", [hidden]);
        yield return new("lm_head.weight", [vocabulary, hidden]);
    }
}
