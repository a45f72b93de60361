namespace S3ModelStore.Benchmarks.Children;

/// <summary>What the server counted since it was last asked.</summary>
internal sealed record ServerCounts(long Requests, long Connections, long PeakConcurrency, double CpuSeconds)
{
    /// <summary>Bytes of the answers, without their headers, where the server counts them.</summary>
    public long BodyBytes { get; init; }
}
