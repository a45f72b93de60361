using System.Globalization;

namespace S3ModelStore.Benchmarks;

/// <summary>Relative keys of a model of 100,000 files in a hundred directories.</summary>
internal static class ManyKeys
{
    public static string[] Create()
        => [.. Enumerable.Range(0, 100_000).Select(i => string.Create(CultureInfo.InvariantCulture, $"layer-{i / 1000:00}/experts/part-{i % 1000:000}.{(i % 3 == 0 ? "json" : "safetensors")}"))];
}
