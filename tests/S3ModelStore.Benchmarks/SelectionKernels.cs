using BenchmarkDotNet.Attributes;
using S3ModelStore.Engine.Selection;

namespace S3ModelStore.Benchmarks;

/// <summary>What choosing costs over the keys of a very large model.</summary>
[MemoryDiagnoser]
public class SelectionKernels
{
    private readonly string[] _keys = ManyKeys.Create();
    private readonly ModelFilter _names = ModelFilter.Create(["*.safetensors", "*.json"], ["original/"]);
    private readonly ModelFilter _paths = ModelFilter.Create(["**/layer-[0-4]?/**/part-*.json"], ["layer-1?/**"]);

    [Benchmark]
    public int FilterNamesOf100000() => _keys.Count(_names.Matches);

    [Benchmark]
    public int FilterPathsOf100000() => _keys.Count(_paths.Matches);
}
