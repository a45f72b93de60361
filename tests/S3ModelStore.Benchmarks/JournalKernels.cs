using BenchmarkDotNet.Attributes;
using S3ModelStore.Engine.Storage;

namespace S3ModelStore.Benchmarks;

/// <summary>What recording a finished part costs: one small write into the page cache.</summary>
[MemoryDiagnoser]
public class JournalKernels
{
    private const int Appends = 1000;
    private const long PartSize = 8 << 20;

    private readonly string _path = Path.GetTempFileName();
    private readonly ObjectIdentity _identity = new("http://127.0.0.1:9000", "bench", "llm/model.safetensors", "0123456789abcdef0123456789abcdef", Version: null, Appends * PartSize);
    private ResumeJournal? _journal;

    // Each iteration gets a file of its own, or it would grow without end.
    [IterationSetup]
    public void Create() => _journal = ResumeJournal.Create(_path, _identity);

    [IterationCleanup]
    public void Close() => _journal?.Dispose();

    [GlobalCleanup]
    public void Delete() => File.Delete(_path);

    [Benchmark(OperationsPerInvoke = Appends)]
    public void AppendPart()
    {
        for (var i = 0; i < Appends; i++)
            _journal!.Append(new JournalPart(i * PartSize, PartSize, 0x0123456789ABCDEF));
    }
}
