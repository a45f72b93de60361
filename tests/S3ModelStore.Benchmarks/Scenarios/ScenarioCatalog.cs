using System.Globalization;
using S3ModelStore.Benchmarks.Neutral;

namespace S3ModelStore.Benchmarks.Scenarios;

/// <summary>The situations, at full size or scaled for a try-out.</summary>
internal sealed class ScenarioCatalog
{
    private const long Kilobyte = 1000;
    private const long MiB = 1 << 20;
    private const long GiB = 1 << 30;

    private readonly double _scale;

    /// <param name="scale">Factor of sizes where a file is large, of counts where there are many; 1 is full size.</param>
    public ScenarioCatalog(double scale)
    {
        _scale = scale;
        All =
        [
            new Scenario("big", "two large files", Shards(2, GiB)),
            new Scenario("shards", "a model in shards", Shards(16, 128 * MiB)),
            new Scenario("small", "many small files", Small(10_000, 4096)),
            new Scenario("small-minio", "many small files, from MinIO", Small(10_000, 4096)) { Front = Front.Minio },
            new Scenario("mixed", "a model as people publish them: configurations, a tokenizer, six shards", Mixed()),
            new Scenario("capped", "20 MB/s for each connection", Shards(2, GiB)) { BytesPerSecond = 20_000_000 },
            new Scenario("latency", "30 ms for each round trip", [.. Small(1000, 64 * 1024), .. Shards(4, 256 * MiB)]) { RoundTripMilliseconds = 30 },
            new Scenario("tls", "over TLS", Shards(2, GiB)) { Front = Front.Tls },
            new Scenario("warm", "everything is there already", Small(10_000, 4096)) { Kind = ScenarioKind.Warm },
            new Scenario("resume", "killed at half, then run again", Shards(2, GiB)) { Kind = ScenarioKind.Resume },
            new Scenario("verify", "what proving every byte costs", Shards(2, GiB)) { Kind = ScenarioKind.Levels, Front = Front.Md5 },
        ];
    }

    public IReadOnlyList<Scenario> All { get; }

    /// <param name="names">With commas between; <see langword="null"/> for all.</param>
    /// <returns><see langword="null"/> when one of them is unknown.</returns>
    public IReadOnlyList<Scenario>? Choose(string? names)
    {
        if (names is null)
            return All;
        var chosen = names.Split(',').Select(name => All.FirstOrDefault(scenario => scenario.Name == name)).ToList();
        return chosen.Contains(null) ? null : [.. chosen.OfType<Scenario>()];
    }

    private List<ScenarioFile> Shards(int count, long size)
        => [.. Enumerable.Range(1, count).Select(i => new ScenarioFile(string.Create(CultureInfo.InvariantCulture, $"model-{i:00000}-of-{count:00000}.safetensors"), Scaled(size)))];

    private List<ScenarioFile> Small(int count, long size)
        => [.. Enumerable.Range(0, (int)Math.Max(10, count * _scale)).Select(i => new ScenarioFile(string.Create(CultureInfo.InvariantCulture, $"part-{i:00000}.json"), size))];

    private List<ScenarioFile> Mixed() =>
    [
        new("README.md", 8 * Kilobyte),
        new("config.bin", Kilobyte),
        new("generation_config.bin", 200),
        new("merges.txt", 1670 * Kilobyte),
        new("special_tokens_map.bin", 400),
        new("tokenizer.bin", 9085 * Kilobyte),
        new("tokenizer_config.bin", 50 * Kilobyte),
        new("vocab.bin", 2776 * Kilobyte),
        .. ((int[])[480, 470, 465, 400, 310, 120]).Select((size, i) => new ScenarioFile($"model-0000{i + 1}-of-00006.safetensors", Scaled(size * MiB))),
    ];

    // Below that the start of the processes is all there is.
    private long Scaled(long size) => Math.Max(MiB, (long)(size * _scale));
}
