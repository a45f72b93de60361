using BenchmarkDotNet.Attributes;
using S3ModelStore.Engine;
using S3ModelStore.Engine.Model;
using S3ModelStore.Engine.Planning;
using S3ModelStore.Engine.Source;

namespace S3ModelStore.Benchmarks;

/// <summary>What a plan of a very large model costs without its disk: names, clashes, and the plan itself.</summary>
[MemoryDiagnoser]
public class PlanningKernels
{
    private const string Destination = "/models/llm";

    private readonly string[] _keys = ManyKeys.Create();
    private readonly PathMapper _linux = new(PlatformNames.Linux, NamePolicy.Error);
    private readonly PathMapper _windows = new(PlatformNames.Windows, NamePolicy.Escape);
    private readonly ModelPlanner _planner = new(new DownloadRequest { Source = S3ModelUri.Parse("s3://bench/llm"), Destination = Destination }, PlatformNames.Linux);
    private S3ModelObject[] _objects = [];

    [GlobalSetup]
    public void List() => _objects = [.. _keys.Select(key => new S3ModelObject
    {
        Bucket = "bench",
        Key = "llm/" + key,
        RelativePath = key,
        Size = 4096,
        ETag = "0123456789abcdef0123456789abcdef",
        LastModified = default,
    })];

    [Benchmark]
    public int MapPathsOf100000() => _linux.Map(_keys, Destination).Count;

    [Benchmark]
    public int MapAndEscapePathsOf100000ForWindows() => _windows.Map(_keys, Destination).Count;

    [Benchmark]
    public int Plan100000Objects() => _planner.Plan(_objects, local: null, CancellationToken.None).FileCount;
}
